"""R10: Tết 1976-2060. The table is that of the libraries holidays 0.109 and vnlunar 1.0.5, which agree; it is compared
with the sky, and the shipped days off with it.
"""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.domain.lunar_new_year import lunar_new_year

from motcua.domain.calendar_file import read_date
from motcua.domain.working_calendar import WorkingCalendar

TABLE = """
31/01/1976 18/02/1977 07/02/1978 28/01/1979 16/02/1980 05/02/1981 25/01/1982 13/02/1983 02/02/1984 21/01/1985
09/02/1986 29/01/1987 17/02/1988 06/02/1989 27/01/1990 15/02/1991 04/02/1992 23/01/1993 10/02/1994 31/01/1995
19/02/1996 07/02/1997 28/01/1998 16/02/1999 05/02/2000 24/01/2001 12/02/2002 01/02/2003 22/01/2004 09/02/2005
29/01/2006 17/02/2007 07/02/2008 26/01/2009 14/02/2010 03/02/2011 23/01/2012 10/02/2013 31/01/2014 19/02/2015
08/02/2016 28/01/2017 16/02/2018 05/02/2019 25/01/2020 12/02/2021 01/02/2022 22/01/2023 10/02/2024 29/01/2025
17/02/2026 06/02/2027 26/01/2028 13/02/2029 02/02/2030 23/01/2031 11/02/2032 31/01/2033 19/02/2034 08/02/2035
28/01/2036 15/02/2037 04/02/2038 24/01/2039 12/02/2040 01/02/2041 22/01/2042 10/02/2043 30/01/2044 17/02/2045
06/02/2046 26/01/2047 14/02/2048 02/02/2049 23/01/2050 11/02/2051 01/02/2052 18/02/2053 08/02/2054 28/01/2055
15/02/2056 04/02/2057 24/01/2058 12/02/2059 02/02/2060
"""
TET = {day.year: day for day in map(read_date, TABLE.split())}


def test_the_table_is_what_the_sky_says() -> None:
    assert sorted(TET) == list(range(1976, 2061))
    assert {year: lunar_new_year(year) for year in TET} == TET


def test_a_chinese_calendar_would_be_wrong_in_four_of_these_years() -> None:
    assert [year for year in TET if lunar_new_year(year, zone=8) != TET[year]] == [1985, 2007, 2030, 2053]


@pytest.mark.parametrize("year", range(2019, 2027))
def test_nobody_works_at_tet_in_the_shipped_calendar(office: WorkingCalendar, year: int) -> None:
    """The eve and the first three days; the fifth day off is chosen each year (Labour Code 2019 article 112)."""
    assert office.is_confirmed(year)
    around = [TET[year] + timedelta(days=days) for days in range(-1, 3)]
    assert [day for day in around if office.is_working_day(day)] == []
    week = [TET[year] + timedelta(days=days) for days in range(-5, 10)]
    named = [day for day in week if "Tết Nguyên đán" in str(office.days_off.get(day, ""))]
    assert len(named) == 5


def test_the_law_s_five_days_stand_beside_no_other_year(office: WorkingCalendar) -> None:
    named = {day for day, name in office.days_off.items() if name.vi.startswith("Tết Nguyên đán")}
    assert all(abs(day - TET[day.year]) < timedelta(days=8) for day in named)
