"""`tables:` to `Table` nouns, and a table as a function of the language. A table that overlaps or has a hole is told
with its lines."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from typing import TYPE_CHECKING, Any

from motcua.catalogue.binding.node import Node
from motcua.domain.expression import DATE, DECIMAL, INT, RATE, TEXT, Choice, Function, Type
from motcua.domain.expression.dates import read_day
from motcua.domain.expression.functions import exact_decimal
from motcua.domain.interval import Interval, Point, read_interval
from motcua.domain.money import Doubtful, money_of, number_of, rate_of
from motcua.domain.table import Cell, Key, Line, Table, Words

if TYPE_CHECKING:
    from motcua.catalogue.binding.shop import Shop

_VALUE = "value"
_ANY = "*"
_POINTS: Mapping[str, Callable[[str], Point]] = {
    "number": number_of,
    "money": lambda text: Fraction(money_of(text)),
    "date": read_day,
}
_GIVES: Mapping[str, Callable[[str | int], Fraction | int]] = {
    "money": money_of,
    "number": number_of,
    "decimal": number_of,
    "rate": rate_of,
}
_MOST_TOLD = 3  # holes of one table: the rest is seen when these are mended


def bind_tables(node: Node | None, shop: Shop) -> dict[str, Table]:
    """Every table that can be read, by its id."""
    found = {}
    for name, raw in node.items() if node is not None else ():
        table = bind_table(name, shop.used(raw))
        if table is not None:
            found[name] = table
    return found


def bind_table(name: str, node: Node) -> Table | None:
    by = node.get("by")
    keys = tuple(Key(key, _kind(str(kind.data))) for key, kind in by.items()) if by is not None else ()
    gives = str(node.value("gives"))
    wrong = [kind for _, kind in (by.items() if by else ()) if _kind(str(kind.data)) not in (*_POINTS, "choice")]
    if gives not in _GIVES:
        wrong.append(node.at("gives"))
    for kind in wrong:
        kind.error("C419", name=str(kind.data))
    rows = node.each("rows")
    if wrong or by is None or len(rows) < 2:
        return None
    header = _Header.read(rows[0], keys)
    if header is None:
        return None
    lines = [line for number, row in enumerate(rows[1:], start=1) for line in _lines(row, number, header, gives)]
    if any(line is None for line in lines):
        return None
    table = Table(name, gives, keys, tuple(line for line in lines if line is not None), node.value("read", "row"))
    return table if _sound(table, node, rows) else None


def _kind(kind: str) -> str:
    return "choice" if kind == "text" else kind


@dataclass(frozen=True)
class _Header:
    """`columns` are, for each cell of a row, the key that it belongs to; `heads` the columns that hold values, with the
    cells that they
    stand for (of a matrix)."""

    keys: tuple[Key, ...]
    columns: Mapping[int, Key]
    heads: Mapping[int, Mapping[str, tuple[Cell, ...]]]
    width: int

    @staticmethod
    def read(node: Node, keys: tuple[Key, ...]) -> _Header | None:
        by_name = {key.name: key for key in keys}
        columns: dict[int, Key] = {}
        heads: dict[int, dict[str, tuple[Cell, ...]]] = {}
        well = True
        for number, cell in enumerate(node.elements()):
            name, equals, said = str(cell.data).partition("=")
            name = name.strip()
            if name == _VALUE and not equals:
                heads[number] = {}
            elif name not in by_name:
                cell.error("C420", name=name)
                well = False
            elif equals:
                cells = _cells(cell, said.strip(), by_name[name])
                heads[number] = {name: cells or ()}
                well = well and cells is not None
            else:
                columns[number] = by_name[name]
        return (
            _Header(keys, columns, heads, len(node.elements()))
            if well and _complete(node, keys, columns, heads)
            else None
        )


def _complete(
    node: Node, keys: tuple[Key, ...], columns: Mapping[int, Key], heads: Mapping[int, Mapping[str, Any]]
) -> bool:
    """Every key is told once: as a column, or by every column of values."""
    for key in keys:
        told = sum(column == key for column in columns.values())
        in_heads = sum(key.name in head for head in heads.values())
        if told + (1 if in_heads else 0) != 1 or in_heads not in (0, len(heads)):
            node.error("C421" if not told and not in_heads else "C422", name=key.name)
            return False
    if not heads:
        node.error("C432")
    return bool(heads)


def _lines(row: Node, number: int, header: _Header, gives: str) -> Iterator[Line | None]:
    """The lines of one written row: one for every column of values, and for every interval of a list in a cell."""
    cells = row.elements()
    if len(cells) != header.width:
        row.error("C423", got=len(cells), expected=header.width)
        yield None
        return
    read = {header.columns[n].name: _cells(cells[n], cells[n].data, header.columns[n]) for n in header.columns}
    for column, head in header.heads.items():
        value = _value(cells[column], gives)
        options = {**read, **head}
        if value is None or any(option is None for option in options.values()):
            yield None
            continue
        for combination in product(*(options[key.name] or () for key in header.keys)):
            yield Line(combination, value, (number, column))


def _cells(node: Node, data: Any, key: Key) -> tuple[Cell, ...] | None:
    """What a cell covers: words together, or intervals one by one."""
    if data == _ANY:
        return (None,)
    items = data if isinstance(data, list) else [data]
    if key.kind == "choice":
        return (Words(frozenset(map(str, items))),)
    found = []
    for item in items:
        try:
            found.append(read_interval(str(item), _POINTS[key.kind]))
        except Doubtful as doubt:
            node.error("C402", text=doubt.text, first=doubt.first, second=doubt.second)
        except ValueError:
            node.error("C424", text=str(item), key=key.name)
    return tuple(found) if len(found) == len(items) else None


def _value(node: Node, gives: str) -> Fraction | None:
    try:
        return Fraction(_GIVES[gives](node.data))
    except Doubtful as doubt:
        node.error("C402", text=doubt.text, first=doubt.first, second=doubt.second)
    except (ValueError, TypeError, AttributeError):
        node.error("C425", text=str(node.data))
    return None


# ---- what a table must be ----


def _sound(table: Table, node: Node, rows: list[Node]) -> bool:
    if table.read != "row" and not _one_measure(table, node):
        return False
    well = True
    for one, other in table.overlaps():
        rows[other.at[0]].error("C426", first=one.at[0], second=other.at[0])
        well = False
    for number, hole in enumerate(table.holes()):
        if number < _MOST_TOLD:
            node.at("rows").error("C427", given=", ".join(f"{key} = {value}" for key, value in hole.items()))
        well = False
    return well


def _one_measure(table: Table, node: Node) -> bool:
    """`line` and `slices` have one key that can be measured; points for the one, `đến` and `trên` for the other."""
    if len(table.by) != 1 or table.by[0].kind not in ("number", "money"):
        node.at("read").error("C428", read=table.read)
        return False
    intervals = [line.cells[0] for line in table.lines]
    if table.read == "line":
        well = all(isinstance(cell, Interval) and cell.low is not None and cell.low == cell.high for cell in intervals)
    else:
        well = all(isinstance(cell, Interval) and _slice(cell) for cell in intervals)
    if not well:
        node.at("rows").error("C429" if table.read == "line" else "C430")
    return well


def _slice(cell: Interval) -> bool:
    return (cell.low is None or not cell.low_in) and (cell.high is None or cell.high_in)


# ---- a table as a function ----


def functions(table: Table) -> Iterator[Function]:
    """A table in the language: one overload for each way in which its numbers may be whole or decimal."""
    kinds = [_takes(table, number) for number in range(len(table.by))]
    for takes in product(*kinds):
        gives = _gives(table, takes)
        yield Function(table.id, takes, gives, _call(table, gives))


def _takes(table: Table, number: int) -> tuple[Type, ...]:
    key = table.by[number]
    if key.kind == "choice":
        cells = [line.cells[number] for line in table.lines]
        words = frozenset(word for cell in cells if isinstance(cell, Words) for word in cell.words)
        return (TEXT,) if None in cells else (Choice(words),)
    return {"number": (INT, DECIMAL), "money": (INT,), "date": (DATE,)}[key.kind]


def _gives(table: Table, takes: tuple[Type, ...]) -> Type:
    if table.gives == "rate" or table.read == "line" or (table.read == "slices" and DECIMAL in takes):
        return RATE
    return INT if table.whole else DECIMAL


def _call(table: Table, gives: Type) -> Callable[..., Any]:
    def call(_: Any, *given: Any) -> Any:
        exact = table.call(*given)
        return exact if gives == RATE else int(exact) if gives == INT else exact_decimal(exact)

    return call
