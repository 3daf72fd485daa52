"""WTForms from a form page: parsing what a browser sent, holding what a template shows. Called by citizen and officer
pages.

WTForms reads and renders; what an answer means is the form noun's (`answers.read`), and what is wrong with it comes
back as `Problem`s, which `show_problems` hangs on the controls. Names are dotted paths (`tre.ngay_sinh`,
`nguoi_lam_chung.0.ho_ten`), the same as in problems.

Only what was asked and sent changes an answer: what a page did not show, or a browser did not send, stays as it was.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from dataclasses import field as dataclass_field
from typing import Any, TypeAlias

from werkzeug.datastructures import MultiDict
from wtforms import BooleanField, RadioField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms import Field as Control
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined] # its stubs are of an older version
from wtforms.form import BaseForm

from motcua.domain.form import Field, Kind
from motcua.domain.problems import Problem
from motcua.domain.text import Text
from motcua.web.typed_values import as_typed, clean, date_boxes

Sent = MultiDict[str, str]
#: Words offered, by dotted path; None where the answers that filter a list are not there yet.
Words: TypeAlias = Mapping[str, Text] | None
Offered = Mapping[str, Words]

#: up to so many words are radios, more are a select
RADIOS = 6
#: a browser does not send an empty box: each names itself under this, so that "not ticked" differs from "not asked"
ASKED = "asked"
#: more rows than this in one page are not read
MOST_ROWS = 200
BOXES = ("day", "month", "year")
_YES_NO = {"true": Text("Có", "Yes"), "false": Text("Không", "No")}
_CHOOSE = Text("Chọn", "Choose")


class DateControl(StringField):
    """A date in three boxes (`x.day`, `x.month`, `x.year`); a whole date pasted into one box is taken too."""

    boxes: tuple[str, str, str] = ("", "", "")

    def process(self, formdata: Any, data: Any = None, extra_filters: Any = None) -> None:
        self.process_errors = []
        self.boxes = date_boxes(data)
        if formdata is not None and sent_names(self.name, formdata):
            day, month, year = (clean(formdata.get(f"{self.name}.{box}", "")).strip() for box in BOXES)
            self.boxes = (day, month, year)
        filled = [box for box in self.boxes if box]
        self.data = filled[0] if len(filled) == 1 and len(filled[0]) > 4 else "/".join(self.boxes) if filled else ""


class NarrowedSelect(SelectField):
    """A list that another answer narrows, such as the communes of a province. It waits while that is not given."""

    def __init__(self, *how: Any, waits: bool = False, **more: Any) -> None:
        super().__init__(*how, **more)
        self.waits = waits


def sent_names(name: str, sent: Sent) -> bool:
    """Whether a browser sent anything for a control, be it that nothing was chosen."""
    return name in sent or any(f"{name}.{box}" in sent for box in BOXES) or name in sent.getlist(ASKED)


@dataclass(frozen=True)
class Row:
    """One entry of a repeating group; `name` is its dotted path."""

    number: int
    name: str
    controls: tuple[Node, ...]


@dataclass
class Group:
    """A fieldset, or a repeating group with its `rows`."""

    field: Field
    name: str
    controls: tuple[Node, ...] = ()
    rows: tuple[Row, ...] = ()
    errors: list[str] = dataclass_field(default_factory=list)

    @property
    def may_add(self) -> bool:
        return self.field.max_items is None or len(self.rows) < self.field.max_items


Node: TypeAlias = Control | Group


@dataclass(frozen=True)
class PageForm:
    """The controls of one page, in order, nested as the form is; `by_name` holds controls and groups by dotted path."""

    tree: tuple[Node, ...]
    by_name: Mapping[str, Node]
    kept: Mapping[str, Any]
    sent: Sent | None

    def raw(self) -> dict[str, Any]:
        """What is entered now, nested, still text, for `answers.read`; and beside it what was kept and not asked."""
        return self._raw(self.tree, self.kept)

    def _raw(self, nodes: Iterable[Node], kept: Mapping[str, Any]) -> dict[str, Any]:
        found = dict(kept)
        for node in nodes:
            if not isinstance(node, Group):
                if self.sent is not None and sent_names(node.name, self.sent):
                    found[_last(node.name)] = _entered(node)
            elif node.field.kind is Kind.ROWS:
                old = as_rows(kept.get(node.field.name))
                rows = [(row, old[row.number] if row.number < len(old) else {}) for row in node.rows]
                found[node.field.name] = [self._raw(row.controls, before) for row, before in rows]
            else:
                found[node.field.name] = self._raw(node.controls, as_group(kept.get(node.field.name)))
        return found

    def show_problems(self, problems: Iterable[Problem], lang: str) -> list[tuple[Node, Problem]]:
        """Hang each on its control, or on the group around it; answers with what was hung, in the order of the page."""
        hung = []
        for problem in problems:
            if (node := self._nearest(problem.field)) is not None:
                node.errors = [*node.errors, problem.message(lang)]
                hung.append((node, problem))
        order = {name: number for number, name in enumerate(self.by_name)}
        return sorted(hung, key=lambda pair: order[pair[0].name])

    def _nearest(self, dotted: str) -> Node | None:
        while dotted and dotted not in self.by_name:
            dotted = dotted.rpartition(".")[0]
        return self.by_name.get(dotted)


def page_form(
    fields: Iterable[Field],
    kept: Mapping[str, Any],
    shown: Collection[str] | None,
    offered: Offered,
    *,
    sent: Sent | None = None,
    prefix: str = "",
    lang: str = "vi",
) -> PageForm:
    """Controls for the shown fields (all, for None) with what is kept, or with what was just sent, right or wrong."""
    maker = _Maker(shown, offered, sent, lang)
    nodes = tuple(maker.nodes(fields, kept, prefix))
    return PageForm(nodes, maker.by_name, kept, sent)


class _Maker:
    """Makes the controls of a page while it walks the form."""

    def __init__(self, shown: Collection[str] | None, offered: Offered, sent: Sent | None, lang: str) -> None:
        self._shown = None if shown is None else with_groups(shown)
        self._offered, self._sent, self._lang = offered, sent, lang
        self._form = BaseForm({})
        self.by_name: dict[str, Node] = {}

    def nodes(
        self, fields: Iterable[Field], kept: Mapping[str, Any], prefix: str, fresh: bool = False
    ) -> Iterator[Node]:
        """In a `fresh` row nothing may have been judged yet: it shows what has no condition, and what is known to be
        asked.
        """
        for asked in fields:
            name = f"{prefix}{asked.name}"
            plain = asked.when is None if fresh else self._shown is None
            judged = plain or (self._shown is not None and name in self._shown)
            if judged and asked.computed is None:
                yield self._node(asked, name, kept.get(asked.name), fresh)

    def _node(self, asked: Field, name: str, kept: Any, fresh: bool) -> Node:
        if asked.kind in (Kind.GROUP, Kind.ROWS):
            self.by_name[name] = group = Group(asked, name)
            if asked.kind is Kind.ROWS:
                group.rows = tuple(self._rows(asked, as_rows(kept), name))
            else:
                group.controls = tuple(self.nodes(asked.fields, as_group(kept), f"{name}.", fresh))
            return group
        unbound = control(asked, self._offered.get(name, {}), self._lang)
        bound: Control = unbound.bind(self._form, name)
        bound.process(self._sent, as_typed(asked, kept))
        bound.errors = []
        self.by_name[name] = bound
        return bound

    def _rows(self, asked: Field, kept: list[Mapping[str, Any]], name: str) -> Iterator[Row]:
        for number in range(len(kept)) if self._sent is None else sent_rows(name, self._sent):
            here, fresh = f"{name}.{number}", number >= len(kept)
            row = {} if fresh else kept[number]
            yield Row(number, here, tuple(self.nodes(asked.fields, row, f"{here}.", fresh)))


def with_groups(shown: Collection[str]) -> frozenset[str]:
    """With the groups in which they stand: of a group that is closed as a whole one question may be open."""
    parts = [where.split(".") for where in shown]
    return frozenset(".".join(path[:length]) for path in parts for length in range(1, len(path) + 1))


def sent_rows(name: str, sent: Sent) -> list[int]:
    """The numbers of the rows that a browser sent, in order."""
    keys = [key for key in (*sent, *sent.getlist(ASKED)) if key.startswith(f"{name}.")]
    parts = {key.removeprefix(f"{name}.").partition(".")[0] for key in keys}
    return sorted(int(p) for p in parts if p.isdecimal() and len(p) <= 3 and int(p) < MOST_ROWS)


def control(asked: Field, words: Words, lang: str) -> Any:
    """The WTForms field for a kind of answer, unbound. Words are checked by the form noun, not here."""
    label = asked.title.in_(lang)
    common: dict[str, Any] = {
        "label": label,
        "description": asked.hint.in_(lang) if asked.hint else "",
        "render_kw": {"field": asked},
    }
    make = _MAKERS.get(asked.kind)
    if make is not None:
        return make(asked, words, common, lang)
    return TextAreaField(**common) if asked.widget == "long_text" else StringField(**common)


def _yes_no(asked: Field, _: Words, common: dict[str, Any], lang: str) -> Any:
    if asked.default is not None and not asked.default:
        return BooleanField(false_values=("false", "", None), **common)
    return RadioField(choices=_pairs(_YES_NO, lang), validate_choice=False, **common)


def _choice(asked: Field, words: Words, common: dict[str, Any], lang: str) -> Any:
    pairs = _pairs(words, lang)
    narrowed = asked.choices is not None and any(by.reads for by in asked.choices.filter.values())
    if len(pairs) <= RADIOS and not narrowed and not (asked.choices and asked.choices.code_list):
        return RadioField(choices=pairs, validate_choice=False, **common)
    listed: dict[str, Any] = {
        "choices": [SelectChoice("", _CHOOSE.in_(lang)), *pairs],
        "validate_choice": False,
        **common,
    }
    return NarrowedSelect(waits=words is None, **listed) if narrowed else SelectField(**listed)


def _choices(_: Field, words: Words, common: dict[str, Any], lang: str) -> Any:
    return SelectMultipleField(choices=_pairs(words, lang), validate_choice=False, **common)


def _date(_: Field, __: Words, common: dict[str, Any], lang: str) -> Any:
    return DateControl(**common)


_MAKERS: Mapping[Kind, Callable[[Field, Words, dict[str, Any], str], Any]] = {
    Kind.YES_NO: _yes_no,
    Kind.CHOICE: _choice,
    Kind.CHOICES: _choices,
    Kind.DATE: _date,
}


def _pairs(words: Words, lang: str) -> list[SelectChoice]:
    return [SelectChoice(code, name.in_(lang)) for code, name in (words or {}).items()]


def _entered(node: Control) -> Any:
    if isinstance(node, BooleanField):
        return "true" if node.data else "false"
    if isinstance(node, SelectMultipleField):
        return [clean(word) for word in node.data or () if word]
    asked: Field = node.render_kw["field"]
    text = clean(node.data or "")
    return text.upper() if asked.widget == "upper_name" else text


def as_group(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def as_rows(value: Any) -> list[Mapping[str, Any]]:
    return [as_group(row) for row in value] if isinstance(value, list) else []


def _last(name: str) -> str:
    return name.rpartition(".")[2]
