"""Binds tables, values and formulas that a test writes as YAML, over names that it declares; keeps what was told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from motcua.catalogue.binding import sums
from motcua.catalogue.binding.node import Node
from motcua.catalogue.binding.shop import Files, Shop
from motcua.catalogue.source import parse
from motcua.domain.expression import Type
from motcua.domain.formula import Amount, Formula
from motcua.domain.values import Facts, Values


@dataclass
class Told:
    """What was reported: code and path, and the parameters."""

    mistakes: list[tuple[str, str]] = field(default_factory=list)
    params: list[Mapping[str, Any]] = field(default_factory=list)

    def of(self, file: str) -> Told:
        return self

    def error(
        self, code: str, path: tuple[str | int, ...], *, span: tuple[int, int] | None = None, **params: Any
    ) -> None:
        self.mistakes.append((str(code), ".".join(map(str, path))))
        self.params.append(params)

    @property
    def codes(self) -> list[str]:
        return [code for code, _ in self.mistakes]


@dataclass(frozen=True)
class Bound:
    """A YAML text with `tables`, `values` and `amount`, bound."""

    shop: Shop
    values: Values
    amount: Formula | None
    told: Told

    def facts(self, answers: Mapping[str, Any] | None = None, on: date = date(2026, 10, 6), **roots: Any) -> Facts:
        return Facts(on, answers or {}, {"case": {"filed_on": on}, **roots}, self.values)

    def compute(self, answers: Mapping[str, Any] | None = None, on: date = date(2026, 10, 6), **roots: Any) -> Amount:
        assert self.told.mistakes == []
        assert self.amount is not None
        return self.amount.compute(self.facts(answers, on, **roots), on)

    def value(
        self, name: str, answers: Mapping[str, Any] | None = None, on: date = date(2026, 10, 6), **roots: Any
    ) -> Any:
        assert self.told.mistakes == []
        return self.facts(answers, on, **roots).value(name)


def data_of(text: str) -> Any:
    source = parse(text.encode(), "procedures/thu.yaml")
    assert source.problems == (), source.problems
    return source.data


def bind(text: str, names: Mapping[str, Type], kind: str = "money", files: Mapping[str, str] | None = None) -> Bound:
    """`files` are further files of the catalog: code lists, shared values and tables."""
    told = Told()
    node = Node(data_of(text), "procedures/thu.yaml", (), told)
    others = Files({name: data_of(other) for name, other in (files or {}).items()}, told)
    shop = Shop(others, sums.language(names, others))
    shop, values = sums.bind_values(node, shop)
    bind_it = sums.bind_money if kind == "money" else sums.bind_number
    return Bound(shop, values, bind_it(node.get("amount"), shop), told)
