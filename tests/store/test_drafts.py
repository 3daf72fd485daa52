"""A draft keeps what was entered, for its own citizen alone, and is sent once."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from functools import partial

import pytest
from tests.store.racers import EDITION, MONDAY, at_step, filed, people_and_rules

from motcua.domain.refusals import Closed, NotThere, Stale
from motcua.store import Store
from motcua.store.drafts import Draft


def started(store: Store, account: int) -> Draft:
    with store.transaction() as books:
        return books.drafts.start(account, "khai_sinh", EDITION, channel="online", now=MONDAY, answers={"tre": {}})


def test_what_is_saved_is_there_at_the_next_look(store: Store) -> None:
    hue = people_and_rules(store)
    draft = started(store, hue)
    later = MONDAY + timedelta(minutes=1)
    with store.transaction() as books:
        changed = replace(draft, answers={"tre": {"ho_ten": "ĐẶNG AN"}}, papers={"don": {"files": ["f"]}})
        saved = books.drafts.save(changed, later)
    assert (saved.version, saved.updated_at) == (2, later)
    with store.reading() as books:
        assert books.drafts.get(draft.id, hue) == saved
        assert books.drafts.of(hue) == (saved,)


def test_another_citizens_draft_is_not_there(store: Store) -> None:
    draft = started(store, people_and_rules(store))
    with store.reading() as books:
        with pytest.raises(NotThere):
            books.drafts.get(draft.id, draft.account + 1)
        with pytest.raises(NotThere):
            books.drafts.get("nothing", draft.account)
    with pytest.raises(NotThere), store.transaction() as books:
        books.drafts.save(replace(draft, account=draft.account + 1), MONDAY)


def test_a_second_window_that_saves_over_the_first_is_told(store: Store) -> None:
    draft = started(store, people_and_rules(store))
    later = MONDAY + timedelta(minutes=1)
    with store.transaction() as books:
        books.drafts.save(replace(draft, answers={"a": 1}), later)
    with pytest.raises(Stale) as refused, store.transaction() as books:
        books.drafts.save(replace(draft, answers={"a": 2}), later)
    assert (refused.value.by, refused.value.at) == (f"citizen:{draft.account}", later)


def press(store: Store, draft: Draft, number: str) -> str:
    """What the button does: the case that the draft became, filed now or by an earlier press."""
    with store.transaction() as books:
        kept = books.drafts.get(draft.id, draft.account)
        if kept.case is not None:
            return kept.case
        case = books.cases.add(filed(draft.account, number, draft=draft.id), at_step())
        books.drafts.submitted(kept, case.ref, MONDAY)
        return case.ref


def test_however_often_the_button_is_pressed_there_is_one_case(store: Store) -> None:
    """R5, the store's part."""
    hue = people_and_rules(store)
    for round in range(10):
        draft, barrier = started(store, hue), threading.Barrier(3)
        with ThreadPoolExecutor(3, initializer=barrier.wait) as fingers:
            refs = list(fingers.map(partial(press, store, draft), [f"{round}-{n}" for n in range(3)]))
        assert len(refs) == 3
        assert len(set(refs)) == 1
    with store.reading() as books:
        assert len(books.inbox.of_applicant(hue)) == 10


def test_a_sent_draft_is_closed_and_no_draft_any_more(store: Store) -> None:
    hue = people_and_rules(store)
    draft = started(store, hue)
    press(store, draft, "1")
    with store.transaction() as books:
        with pytest.raises(Closed):
            books.drafts.save(draft, MONDAY)
        with pytest.raises(Closed):
            books.drafts.submitted(draft, "another", MONDAY)
        books.drafts.drop(draft.id, hue)
        assert books.drafts.of(hue) == ()
        assert books.drafts.get(draft.id, hue).case is not None


def test_a_draft_can_be_thrown_away_by_its_citizen_alone(store: Store) -> None:
    hue = people_and_rules(store)
    draft = started(store, hue)
    with store.transaction() as books:
        books.drafts.drop(draft.id, hue + 1)
        assert books.drafts.of(hue) == (draft,)
        books.drafts.drop(draft.id, hue)
        assert books.drafts.of(hue) == ()


def test_the_answer_to_a_supplement_is_begun_once_and_found_again(store: Store) -> None:
    hue = people_and_rules(store)
    case = press(store, started(store, hue), "1")
    with store.transaction() as books:
        assert books.drafts.supplementing(case, hue) is None
        answer = books.drafts.start(hue, "khai_sinh", EDITION, channel="online", now=MONDAY, supplements=case)
        assert books.drafts.supplementing(case, hue) == answer
        books.drafts.submitted(answer, case, MONDAY)
        assert books.drafts.supplementing(case, hue) is None
