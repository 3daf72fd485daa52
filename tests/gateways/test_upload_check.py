"""Uploads are judged by content, name and a real reading, within two seconds and two hundred megabytes each (S3)."""

from __future__ import annotations

import multiprocessing
import resource
import time

import pytest
from tests.gateways.uploads_to_judge import ALL, MOST_BYTES, Sent, pdf, photograph

from motcua.gateways.upload.check import KINDS, check_upload
from motcua.gateways.upload.verdict import MESSAGES


@pytest.mark.parametrize("sent", ALL, ids=[f"{n:02} {sent.says}" for n, sent in enumerate(ALL)])
def test_a_file_gets_the_verdict_it_deserves(sent: Sent) -> None:
    data = sent.make()
    began = time.perf_counter()
    verdict = check_upload(sent.name, data, most_bytes=MOST_BYTES)
    assert verdict.problem == sent.says, sent.name
    assert time.perf_counter() - began < 2, sent.name
    assert sent.kept_name is None or verdict.name == sent.kept_name
    assert verdict.good == (verdict.type in {kind.type for kind in KINDS.values()})
    assert len(verdict.name.encode()) <= 240


def test_the_corpus_is_large_enough_and_meets_every_verdict() -> None:
    assert len(ALL) >= 60
    assert {sent.says for sent in ALL} == {None, *MESSAGES}


def peak_megabytes(index: int) -> float:
    """How much judging one file of the corpus adds to the memory of a fresh process, beyond the file itself."""
    data = ALL[index].make()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    check_upload(ALL[index].name, data, most_bytes=MOST_BYTES)
    return (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024


def test_the_heaviest_files_take_less_than_two_hundred_megabytes() -> None:
    heavy = [
        n for n, s in enumerate(ALL) if s.name.startswith(("bom nén", "49 triệu", "khổng lồ", "mười nghìn", "quét"))
    ]
    assert len(heavy) == 6
    with multiprocessing.get_context("spawn").Pool(1, maxtasksperchild=1) as pool:
        for index, peak in zip(heavy, pool.map(peak_megabytes, heavy, chunksize=1), strict=True):
            assert peak < 200, ALL[index].name


def test_a_paper_takes_only_the_kinds_that_the_catalog_names() -> None:
    assert check_upload("a.jpg", photograph(), accepts=["jpg"], most_bytes=MOST_BYTES).good
    assert check_upload("a.jpg", photograph(), accepts=["jpeg"], most_bytes=MOST_BYTES).good
    refused = check_upload("a.jpg", photograph(), accepts=["pdf", "png"], most_bytes=MOST_BYTES)
    assert refused.message() == "Giấy tờ này nhận tệp PDF, PNG. Hãy chuyển tệp sang một trong các loại đó."
    assert refused.message("en") == "This paper takes PDF, PNG. Convert the file to one of these."


def test_every_message_can_be_said_in_both_languages() -> None:
    said = [check_upload(s.name, s.make(), most_bytes=MOST_BYTES) for s in ALL if s.says and "bom" not in s.name]
    for verdict in said:
        assert "{" not in verdict.message("vi") + verdict.message("en")
        assert verdict.message("vi") != verdict.message("en")


def test_the_limit_is_said_in_megabytes() -> None:
    verdict = check_upload("a.pdf", pdf() + b" " * MOST_BYTES, most_bytes=MOST_BYTES)
    assert verdict.message() == "Tệp lớn hơn 4 MB. Hãy nén hoặc chia nhỏ."
