"""Interviews begun, pages added, answers withdrawn, on every database."""

from __future__ import annotations

from posad.fieldwork.ledger import Ledger, reading
from posad.fieldwork.ledger.commands import KeepVersion, Mark, SavePage, Settle, Start, Tick, Withdraw
from posad.fieldwork.values import Flag, Outcome, Status, Version, new_id

NOW = 1_750_000_000.0


def begun(ledger: Ledger, **more: str) -> str:
    """Begin an interview and return its id."""
    return ledger.do(Start(NOW, new_id(), "v1", "ru", entry=more)).id


def page(id: str, token: str, answers: dict[str, int | float | str | None], at: float = NOW, to: str = "") -> SavePage:
    """Return the command that adds a page."""
    return SavePage(at, id, "p1", token, answers, position=to)


def test_the_last_word_on_every_column_counts(ledger: Ledger) -> None:
    """Answers of later pages replace earlier ones, and an answer taken back is gone; all pages stay as they came."""
    id = begun(ledger)

    ledger.do(page(id, "a", {"sex": 1, "age": 30, "city": "Псков"}))
    ledger.do(page(id, "b", {"sex": 2, "city": None, "share": 0.5}))

    with ledger.reading() as tx:
        assert reading.answers(tx, id) == {"sex": 2, "age": 30, "share": 0.5}
        assert [(p.token, p.revision, p.answers["sex"]) for p in reading.pages(tx, id)] == [("a", 1, 1), ("b", 2, 2)]
        assert reading.all_answers(tx) == {id: {"sex": 2, "age": 30, "share": 0.5}}


def test_a_page_sent_twice_is_kept_once(ledger: Ledger) -> None:
    """The same answers under one token are kept once; other answers under it (a Back in the browser) are a new row."""
    id = begun(ledger)

    first = ledger.do(page(id, "a", {"sex": 1}, to="p2"))
    second = ledger.do(page(id, "a", {"sex": 1}, to="p2"))
    third = ledger.do(page(id, "a", {"sex": 2}, to="p2"))

    assert [first.outcome, second.outcome, third.outcome] == [Outcome.DONE, Outcome.AGAIN, Outcome.DONE]
    assert second.interview == first.interview
    with ledger.reading() as tx:
        assert [p.answers for p in reading.pages(tx, id)] == [{"sex": 1}, {"sex": 2}]
        found = reading.find(tx, id)
    assert found is not None
    assert (found.position, found.revision) == ("p2", 2)


def test_an_entry_that_counts_once_begins_one_interview(ledger: Ledger) -> None:
    """A second start under the same panel id, or the same interview id, returns the first interview."""
    first = ledger.do(Start(NOW, new_id(), "v1", "ru", panel="north", once="north:r7"))
    second = ledger.do(Start(NOW + 5, new_id(), "v1", "ru", panel="north", once="north:r7"))
    third = ledger.do(Start(NOW + 5, first.id, "v2", "en"))

    assert first == second == third


def test_an_ended_interview_takes_no_page(ledger: Ledger) -> None:
    """After the end a new page is refused, a page sent again is known, and an unknown interview is said to be unknown."""
    id = begun(ledger)
    ledger.do(page(id, "a", {"sex": 1}))
    ledger.do(Settle(NOW, id, Status.SCREENED_OUT))

    assert ledger.do(page(id, "b", {"sex": 2})).outcome is Outcome.CLOSED
    assert ledger.do(page(id, "a", {"sex": 1})).outcome is Outcome.AGAIN
    assert ledger.do(page(new_id(), "a", {"sex": 1})).outcome is Outcome.UNKNOWN


def test_who_breaks_off_may_come_back(ledger: Ledger) -> None:
    """An interview without a sign of life breaks off after half an hour of the field's time and goes on with its next page."""
    id = begun(ledger)
    broken = sum(ledger.do(Tick(NOW + 60 * minute)) for minute in range(1, 31))

    assert broken == 1
    back = ledger.do(page(id, "a", {"sex": 1}, at=NOW + 3600))

    assert back.interview is not None
    assert back.interview.status is Status.STARTED
    with ledger.reading() as tx:
        assert [e.what for e in reading.events(tx, id)] == ["started", "broken-off", "started"]


def test_withdrawal_leaves_nothing_but_the_row(ledger: Ledger) -> None:
    """Withdrawing deletes pages, flags, entry and events of an interview, once, and others keep theirs."""
    id, other = begun(ledger, rid="r7"), begun(ledger)
    for one in (id, other):
        ledger.do(page(one, "a", {"sex": 1}))
        ledger.do(Mark(NOW, one, (Flag("speeder", "0.3"),)))

    assert [ledger.do(Withdraw(NOW, id)) for _ in range(2)] == [Outcome.DONE, Outcome.AGAIN]

    with ledger.reading() as tx:
        found = reading.find(tx, id)
        assert reading.pages(tx, id) == []
        assert reading.flags(tx) == {other: (Flag("speeder", "0.3"),)}
        assert [e.what for e in reading.events(tx, id)] == ["withdrawn"]
        assert reading.answers(tx, other) == {"sex": 1}
    assert found is not None
    assert (found.status, found.entry, found.panel) == (Status.WITHDRAWN, {}, "")


def test_wording_is_kept_beside_the_interviews(ledger: Ledger) -> None:
    """The texts of a questionnaire can be read again word for word by the version of an interview."""
    version = Version("v1", {"questionnaire.md": "# Анкета\n\n- 1 да, «очень»\n"})
    for _ in range(2):
        ledger.do(KeepVersion(NOW, version))

    with ledger.reading() as tx:
        assert reading.version(tx, "v1") == version
        assert reading.version(tx, "v2") is None


def test_what_was_saved_is_there_when_it_is_opened_again(ledger: Ledger, where: str) -> None:
    """Closing and opening a ledger keeps interviews, answers and the field's clock."""
    from posad.fieldwork.ledger import open_ledger

    id = begun(ledger)
    ledger.do(page(id, "a", {"sex": 1}, at=NOW + 30))
    ledger.close()

    with open_ledger(where, "town") as opened, opened.reading() as tx:
        assert reading.answers(tx, id) == {"sex": 1}
        assert reading.state(tx).clock == 30
