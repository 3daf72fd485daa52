"""The course of a case (đường đi của hồ sơ): what it has passed, where it stands, what is left to a granted end, with
branches beside each other.

Pure, read from the events and the workflow. Called by web/flow_shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from motcua.domain.course.onward import Node, Split, Way
from motcua.domain.course.stay import Stay, stays
from motcua.domain.workflow import Step, Workflow

if TYPE_CHECKING:
    from motcua.domain.case import Case

#: Of each fork the numbers of the events that opened it.
Openings = Mapping[str, Sequence[int]]


def course(case: Case) -> tuple[Node, ...]:
    """Every stay so far; while the case is open, also the way that is left."""
    flow = case.procedure.workflow
    passed = _arranged(stays(case), flow, _openings(case), frozenset())
    return _completed(passed, None, Way.of(case)) if case.open else passed


def plan(flow: Workflow) -> tuple[Node, ...]:
    """The way of a case for which all goes well, before there is one."""
    return Way(flow).along(flow.start, None)


def _openings(case: Case) -> Openings:
    forks = [step.id for step in case.procedure.workflow.steps.values() if step.fork]
    return {fork: [event.seq for event in case.events if f"step.{fork}" in event.names] for fork in forks}


def _arranged(found: Iterable[Stay], flow: Workflow, openings: Openings, inside: frozenset[str]) -> tuple[Node, ...]:
    """Stays of one opening of a fork stand together: nothing beside them moves until its branches meet."""

    def fork_of(stay: Stay) -> tuple[str, int]:
        times = {
            fork: sum(seq <= stay.begun.seq for seq in seqs)
            for fork, seqs in openings.items()
            if fork not in inside and stay.step.id in flow.region(fork)
        }
        outermost = max((f for f in times if times[f]), key=lambda f: len(flow.region(f)), default="")
        return outermost, times.get(outermost, 0)

    nodes: list[Node] = []
    for (fork, _), grouped in groupby(found, fork_of):
        together = list(grouped)
        nodes += _split(flow.steps[fork], together, flow, openings, inside | {fork}) if fork else together
    return tuple(nodes)


def _split(
    fork: Step, found: Iterable[Stay], flow: Workflow, openings: Openings, inside: frozenset[str]
) -> Sequence[Node]:
    """The branches that were started. A single one is no fork: it stands in line."""
    branches: dict[str, list[Stay]] = {branch: [] for branch in fork.fork}
    for stay in found:
        ways = [branch for branch in branches if stay.step.id in flow.reach([branch], fork.join)]
        led = (way for way in ways if branches[way] and branches[way][-1].ended is stay.begun)  # to what two ways share
        branches[next(led, ways[0])].append(stay)
    started = [_arranged(branch, flow, openings, inside) for branch in branches.values() if branch]
    return started[0] if len(started) == 1 else [Split(fork, tuple(started))]


def _completed(nodes: tuple[Node, ...], stop: str | None, way: Way) -> tuple[Node, ...]:
    """With what comes next: inside each branch up to where they meet, then from there on."""
    last = nodes[-1] if nodes else None
    if isinstance(last, Stay) and last.open:
        return (*nodes, *way.after(last.step, stop))
    if isinstance(last, Split) and last.open:
        join = last.fork.join
        branches = tuple(_completed(branch, join, way) for branch in last.branches)
        return (*nodes[:-1], Split(last.fork, branches), *(way.along(join, stop) if join else ()))
    return nodes
