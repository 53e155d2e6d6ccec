"""Work done in a copy of the process comes to what it comes to here."""

from __future__ import annotations

import os
import threading
from typing import Any

import pytest
from tests.report import reports

from posad.core.words import Language
from posad.report.html.page import render_all
from posad.report.html.quick.beside import both


def _alone(*_: Any) -> int:
    return 1


def test_both_results_come_back() -> None:
    """What the copy computed comes back whole, however long it is."""
    long = "й" * 3_000_000

    assert both(lambda: 1, lambda: long) == (1, long)


def test_a_copy_that_fails_is_done_without() -> None:
    """Where the copy ends without an answer, or with one that cannot be sent, the work is done here."""
    here = os.getpid()

    assert both(lambda: 1, lambda: 2 if os.getpid() == here else os.abort()) == (1, 2)
    assert both(lambda: 1, lambda: lambda: 2)[1]() == 2


def test_mistakes_are_told_as_without_a_copy() -> None:
    """An exception of either side is raised here."""
    for here, there in ((_fail, _alone), (_alone, _fail)):
        with pytest.raises(ValueError, match="told"):
            both(here, there)


def test_beside_threads_no_copy_is_made() -> None:
    """With other threads about, both pieces are done in this process."""
    waiting = threading.Event()
    thread = threading.Thread(target=waiting.wait)
    thread.start()
    try:
        assert both(os.getpid, os.getpid) == (os.getpid(), os.getpid())
    finally:
        waiting.set()
        thread.join()


def test_the_page_is_the_same_with_and_without_a_copy() -> None:
    """A page of two languages has the same bytes, and leaves the same blocks, whether a copy wrote one of them or not."""
    alone: dict[tuple[str, Language], str] = {}
    beside: dict[tuple[str, Language], str] = {}
    page = render_all(reports.report(), None, beside)
    waiting = threading.Event()
    thread = threading.Thread(target=waiting.wait)
    thread.start()
    try:
        assert render_all(reports.report(), None, alone) == page
    finally:
        waiting.set()
        thread.join()

    assert alone == beside
    assert {language for _, language in beside} == {"ru", "en"}


def _fail() -> int:
    raise ValueError("told")
