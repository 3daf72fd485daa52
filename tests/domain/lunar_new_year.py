"""Tết Nguyên đán by the sky, for comparison with tables: the day, at Hà Nội, of the new moon that begins the first
month. Formulas of Meeus, Astronomical Algorithms, chapters 25 and 49 (good to minutes). Called by test_lunar_new_year.

The months are counted from the eleventh, in which the winter solstice falls; of thirteen months from one to the next
the first in which the sun reaches no multiple of 30 degrees is a leap month and has the number of the one before.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from math import radians, sin

J2000 = datetime(2000, 1, 1, 12)
DYNAMICAL = timedelta(seconds=65)  # how far dynamical time is ahead, about, in these years
#: of the new moon, in days: factor, how often the Earth's eccentricity, then multiples of M, M', F
TERMS = (
    (-0.40720, 0, 0, 1, 0),
    (0.17241, 1, 1, 0, 0),
    (0.01608, 0, 0, 2, 0),
    (0.01039, 0, 0, 0, 2),
    (0.00739, 1, -1, 1, 0),
    (-0.00514, 1, 1, 1, 0),
    (0.00208, 2, 2, 0, 0),
    (-0.00111, 0, 0, 1, -2),
    (-0.00057, 0, 0, 1, 2),
    (0.00056, 1, 1, 2, 0),
    (-0.00042, 0, 0, 3, 0),
    (0.00042, 1, 1, 0, 2),
    (0.00038, 1, 1, 0, -2),
    (-0.00024, 1, -1, 2, 0),
)


def lunar_new_year(year: int, zone: int = 7) -> date:
    """In Vietnam the zone is seven hours ahead; in China eight."""
    before, after = eleventh_month(year - 1, zone), eleventh_month(year, zone)
    months = list(range(before, after + 1))  # thirteen or fourteen new moons
    leap = len(months) - 1 == 13
    number = 11
    for moon in months[1:]:
        leaps = leap and sector(moon, zone) == sector(moon + 1, zone)
        leap, number = leap and not leaps, number + (not leaps)
        if number == 13 and not leaps:
            return day_of(moon, zone)
    raise AssertionError(year)


def eleventh_month(year: int, zone: int) -> int:
    """The last new moon whose day is not after the day of the winter solstice."""
    solstice = date(year, 12, 18)
    while sun(solstice + timedelta(days=1), zone) < 270:
        solstice += timedelta(days=1)
    moon = round((solstice - J2000.date()).days / 29.530588861) + 2
    while day_of(moon, zone) > solstice:
        moon -= 1
    return moon


def sector(moon: int, zone: int) -> int:
    """Which of twelve parts of its way the sun is in as the day of a new moon begins."""
    return int(sun(day_of(moon, zone), zone) // 30)


def day_of(moon: int, zone: int) -> date:
    return (new_moon(moon) + timedelta(hours=zone)).date()


def new_moon(k: int) -> datetime:
    """The k-th since that of 6 January 2000, in universal time."""
    t = k / 1236.85
    eccentricity = 1 - 0.002516 * t - 0.0000074 * t * t
    m = 2.5534 + 29.10535670 * k - 0.0000014 * t * t
    m_ = 201.5643 + 385.81693528 * k + 0.0107582 * t * t
    f = 160.7108 + 390.67050284 * k - 0.0016118 * t * t
    days = 5.09766 + 29.530588861 * k + 0.00015437 * t * t  # since J2000
    days += sum(c * eccentricity**e * sin(radians(a * m + b * m_ + d * f)) for c, e, a, b, d in TERMS)
    return J2000 + timedelta(days=days) - DYNAMICAL


def sun(day: date, zone: int) -> float:
    """The sun's apparent longitude as a day begins, in degrees."""
    moment = datetime(day.year, day.month, day.day) - timedelta(hours=zone) + DYNAMICAL
    t = (moment - J2000) / timedelta(days=36525)
    m = radians(357.52911 + 35999.05029 * t)
    centre = (1.914602 - 0.004817 * t) * sin(m) + 0.019993 * sin(2 * m) + 0.000289 * sin(3 * m)
    node = radians(125.04 - 1934.136 * t)
    return (280.46646 + 36000.76983 * t + 0.0003032 * t * t + centre - 0.00569 - 0.00478 * sin(node)) % 360
