"""Places in quota cells: reserved, renewed, lapsed, taken again, filled, freed; counters equal a rebuild."""

from __future__ import annotations

import math
import tempfile
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from posad.fieldwork.ledger import Ledger, open_ledger, reading
from posad.fieldwork.ledger.commands import (
    Arrange,
    Pause,
    Rebuild,
    Reject,
    Release,
    Reserve,
    SavePage,
    Settle,
    Start,
    Tick,
    Withdraw,
)
from posad.fieldwork.values import Cell, Outcome, Outgoing, Status, new_id

NOW = 1_750_000_000.0
CELLS = (Cell("total", 3, 3), Cell("sex:f", 2, 2), Cell("sex:m", 2, 2), Cell("age:young", 9, None))


def arranged(ledger: Ledger, cells: tuple[Cell, ...] = CELLS, hold: float = 1800) -> None:
    """Set the cells."""
    ledger.do(Arrange(NOW, cells, hold=hold))


def begun(ledger: Ledger, *, test: bool = False) -> str:
    """Begin an interview."""
    return ledger.do(Start(NOW, new_id(), "v1", "ru", test=test)).id


def placed(ledger: Ledger, *cells: str) -> tuple[str, Outcome]:
    """Begin an interview and reserve for it."""
    id = begun(ledger)
    return id, ledger.do(Reserve(NOW, id, cells)).outcome


def counted(ledger: Ledger) -> dict[str, tuple[int, int]]:
    """Return done and held of each cell."""
    with ledger.reading() as tx:
        return {c.cell.id: (c.done, c.held) for c in reading.counts(tx)}


def passed(ledger: Ledger, minutes: int, begin: float = NOW) -> float:
    """Let minutes pass and return the time."""
    for minute in range(1, minutes + 1):
        ledger.do(Tick(begin + 60 * minute))
    return begin + 60 * minutes


def test_a_place_is_taken_in_all_cells_or_in_none(ledger: Ledger) -> None:
    """Where one cell is full nothing is held in the others, and the full cells are named."""
    arranged(ledger)
    outcomes = [placed(ledger, "total", "sex:f", "age:young")[1] for _ in range(2)]
    third = begun(ledger)
    refused = ledger.do(Reserve(NOW, third, ("total", "sex:f", "age:young")))

    assert outcomes == [Outcome.DONE, Outcome.DONE]
    assert (refused.outcome, refused.refused) == (Outcome.FULL, ("sex:f",))
    assert counted(ledger) == {"total": (0, 2), "sex:f": (0, 2), "sex:m": (0, 0), "age:young": (0, 2)}


def test_a_complete_turns_its_held_place_into_a_filled_one_once(ledger: Ledger) -> None:
    """Settling twice counts once, and says that it was done before."""
    arranged(ledger)
    id, _ = placed(ledger, "total", "sex:f")

    first, second = (ledger.do(Settle(NOW, id, Status.COMPLETE)) for _ in range(2))

    assert (first.outcome, second.outcome) == (Outcome.DONE, Outcome.AGAIN)
    assert counted(ledger)["sex:f"] == (1, 0)
    assert ledger.do(Reserve(NOW, id, ("total", "sex:m"))).outcome is Outcome.CLOSED


def test_screening_out_gives_the_place_back(ledger: Ledger) -> None:
    """An interview that ends otherwise than complete frees what it held."""
    arranged(ledger)
    id, _ = placed(ledger, "total", "sex:f")
    ledger.do(Settle(NOW, id, Status.SCREENED_OUT))

    assert counted(ledger)["total"] == (0, 0)


def test_an_idle_place_lapses_and_a_late_one_takes_it_again(ledger: Ledger) -> None:
    """After the hold a place is free; who comes back late and finds room takes it again, else is told and ends over quota."""
    arranged(ledger, (Cell("total", 1, 1),), hold=600)
    late, _ = placed(ledger, "total")
    passed(ledger, 9)
    assert counted(ledger)["total"] == (0, 1)
    now = passed(ledger, 2, NOW + 540)
    assert counted(ledger)["total"] == (0, 0)

    back = ledger.do(SavePage(now, late, "p", "a", {"sex": 1}))
    assert (back.place, counted(ledger)["total"]) == (Outcome.DONE, (0, 1))

    now = passed(ledger, 11, now)
    other, _ = placed(ledger, "total")
    lost = ledger.do(SavePage(now, late, "p", "b", {"sex": 1}))
    ended = ledger.do(Settle(now, late, Status.COMPLETE))

    assert (lost.outcome, lost.place) == (Outcome.DONE, Outcome.FULL)
    assert ended.interview is not None
    assert (ended.interview.status, ended.refused) == (Status.OVER_QUOTA, ("total",))
    done = ledger.do(Settle(now, other, Status.COMPLETE)).interview
    assert done is not None
    assert (done.status, counted(ledger)["total"]) == (Status.COMPLETE, (1, 0))


def test_pages_renew_a_place(ledger: Ledger) -> None:
    """A page every nine minutes keeps a place of ten minutes for an hour."""
    arranged(ledger, hold=600)
    id, _ = placed(ledger, "total")
    now = NOW
    for step in range(6):
        now = passed(ledger, 9, now)
        ledger.do(SavePage(now, id, "p", str(step), {"sex": 1}))

    assert counted(ledger)["total"] == (0, 1)


def test_a_late_complete_may_go_over_where_the_cell_allows(ledger: Ledger) -> None:
    """``over`` lets a late one in beyond the limit; ``extra`` accepts it beyond the quotas, counted in no cell."""
    arranged(ledger, (Cell("total", 9, 9), Cell("sex:f", 1, 1, over=1)), hold=600)
    late = [placed(ledger, "total", "sex:f")[0]]
    for _ in range(2):
        passed(ledger, 11)
        late.append(placed(ledger, "total", "sex:f")[0])

    ended = [
        ledger.do(Settle(NOW, late[2], Status.COMPLETE)),
        ledger.do(Settle(NOW, late[1], Status.COMPLETE)),
        ledger.do(Settle(NOW, late[0], Status.COMPLETE, extra=True)),
    ]

    found = [e.interview for e in ended]
    assert [(i.status, i.extra) for i in found if i is not None] == [
        (Status.COMPLETE, False),
        (Status.COMPLETE, False),
        (Status.COMPLETE, True),
    ]
    assert counted(ledger) == {"total": (2, 0), "sex:f": (2, 0)}
    assert ledger.do(Rebuild(NOW)) == {}


def test_the_least_full_block_is_chosen(ledger: Ledger) -> None:
    """Of blocks shown one to a respondent, the least full for its target is given; full and paused ones are passed over."""
    blocks = (Cell("block:a", 10, None), Cell("block:b", 5, None), Cell("block:c", 10, 1))
    arranged(ledger, (Cell("total", 99, 99), *blocks))
    given_ = []
    for _ in range(10):
        id = begun(ledger)
        answer = ledger.do(Reserve(NOW, id, ("total",), {"block": ("block:a", "block:b", "block:c")}))
        given_.append(answer.chosen["block"][-1])
    again = ledger.do(Reserve(NOW, id, ("total",), {"block": ("block:a", "block:b", "block:c")}))

    assert given_ == ["a", "b", "c", "a", "a", "b", "a", "a", "b", "a"]
    assert (again.outcome, again.chosen["block"]) == (Outcome.AGAIN, "block:a")
    assert counted(ledger) == {"total": (0, 10), "block:a": (0, 6), "block:b": (0, 3), "block:c": (0, 1)}


def test_who_changes_an_answer_changes_cells(ledger: Ledger) -> None:
    """Reserving again with other cells moves the place; without room there the old place is kept."""
    arranged(ledger, (Cell("total", 2, 2), Cell("sex:f", 1, 1), Cell("sex:m", 1, 1)))
    id, _ = placed(ledger, "total", "sex:f")

    assert ledger.do(Reserve(NOW, id, ("total", "sex:m"))).outcome is Outcome.DONE
    assert counted(ledger) == {"total": (0, 1), "sex:f": (0, 0), "sex:m": (0, 1)}
    placed(ledger, "total", "sex:f")
    assert ledger.do(Reserve(NOW, id, ("total", "sex:f"))).outcome is Outcome.FULL
    assert counted(ledger)["sex:m"] == (0, 1)


def test_a_pause_stops_newcomers_only(ledger: Ledger) -> None:
    """A paused cell or field gives no new place, and those inside go on and complete."""
    arranged(ledger)
    inside, _ = placed(ledger, "total", "sex:f")
    assert ledger.do(Pause(NOW, "sex:f", True, "anna", "переспрос")) is Outcome.DONE
    assert ledger.do(Pause(NOW, "sex:f", True, "anna")) is Outcome.AGAIN
    assert ledger.do(Pause(NOW, "sex:x", True, "anna")) is Outcome.UNKNOWN

    assert placed(ledger, "total", "sex:f")[1] is Outcome.PAUSED
    assert placed(ledger, "total", "sex:m")[1] is Outcome.DONE
    ledger.do(Pause(NOW, "", True, "anna"))
    assert placed(ledger, "total", "sex:m")[1] is Outcome.PAUSED
    assert ledger.do(Settle(NOW, inside, Status.COMPLETE)).outcome is Outcome.DONE
    with ledger.reading() as tx:
        told = [(e.what, e.who) for e in reading.events(tx, "")]
    assert told == [("arranged", ""), ("paused sex:f", "anna"), ("paused field", "anna")]


def test_a_rejected_complete_frees_its_place(ledger: Ledger) -> None:
    """Rejection keeps the answers and refills the cell; withdrawal frees a place too."""
    arranged(ledger, (Cell("total", 1, 1),))
    id, _ = placed(ledger, "total")
    assert ledger.do(Reject(NOW, id, "anna", "speeder")) is Outcome.CLOSED
    ledger.do(Settle(NOW, id, Status.COMPLETE))
    assert placed(ledger, "total")[1] is Outcome.FULL

    assert [ledger.do(Reject(NOW, id, "anna", "speeder")) for _ in range(2)] == [Outcome.DONE, Outcome.AGAIN]
    second, outcome = placed(ledger, "total")
    ledger.do(Settle(NOW, second, Status.COMPLETE))
    ledger.do(Withdraw(NOW, second))

    assert outcome is Outcome.DONE
    assert counted(ledger)["total"] == (0, 0)


def test_nobody_passes_the_total_by(ledger: Ledger) -> None:
    """An interview that is completed without a reservation counts in the total and the stage, or ends over quota."""
    arranged(ledger, (Cell("total", 1, 1), Cell("stage:main", 1, 1)))
    ended = [ledger.do(Settle(NOW, begun(ledger), Status.COMPLETE)).interview for _ in range(2)]

    assert [i.status for i in ended if i is not None] == [Status.COMPLETE, Status.OVER_QUOTA]
    assert counted(ledger) == {"total": (1, 0), "stage:main": (1, 0)}


def test_moved_places_keep_what_is_held(ledger: Ledger) -> None:
    """Cells set anew keep their counts; a smaller limit sends nobody away, and a dropped cell stops nobody."""
    arranged(ledger)
    inside = [placed(ledger, "total", "sex:f")[0] for _ in range(2)]
    arranged(ledger, (Cell("total", 3, 3), Cell("sex:m", 3, 3)))
    smaller = (Cell("total", 1, 1), Cell("sex:f", 1, 1))
    assert placed(ledger, "total", "sex:f")[1] is Outcome.DONE
    arranged(ledger, smaller)

    assert placed(ledger, "total", "sex:f")[1] is Outcome.FULL
    done = [ledger.do(Settle(NOW, id, Status.COMPLETE)).interview for id in inside]
    assert [i.status for i in done if i is not None] == [Status.COMPLETE] * 2
    assert counted(ledger) == {"total": (2, 1), "sex:f": (2, 1), "sex:m": (0, 0), "age:young": (0, 0)}


def test_tests_take_no_places(ledger: Ledger) -> None:
    """An interview in test mode passes where everything is full, and counts nowhere."""
    arranged(ledger, (Cell("total", 0, 0),))
    id = begun(ledger, test=True)

    assert ledger.do(Reserve(NOW, id, ("total",))).outcome is Outcome.DONE
    assert ledger.do(Settle(NOW, id, Status.COMPLETE)).outcome is Outcome.DONE
    assert counted(ledger)["total"] == (0, 0)
    assert ledger.do(Rebuild(NOW)) == {}


def test_a_wrong_clock_takes_no_place_away(ledger: Ledger) -> None:
    """A clock set forward by a year, back by a year, or to no number at all lets no place lapse and holds none for ever."""
    arranged(ledger, hold=600)
    id, _ = placed(ledger, "total")
    for at in (NOW + 3e7, NOW, NOW - 3e7, math.nan, math.inf, NOW):
        ledger.do(Tick(at))
    assert counted(ledger)["total"] == (0, 1)
    passed(ledger, 11)

    assert counted(ledger)["total"] == (0, 0)
    assert ledger.do(Release(NOW, id)) is Outcome.AGAIN


def test_calls_go_out_once(ledger: Ledger) -> None:
    """The call of the status an interview ends with is put in with its end, once, and struck out when it is answered."""
    from posad.fieldwork.ledger.commands import Sent

    arranged(ledger)
    id, _ = placed(ledger, "total")
    calls = {s: (Outgoing(f"{id}:{s.value}", f"https://panel.example/{s.value}", interview=id),) for s in Status}
    for _ in range(2):
        ledger.do(Settle(NOW, id, Status.COMPLETE, calls=calls))

    with ledger.reading() as tx:
        due = reading.due_calls(tx, NOW)
    ledger.do(Sent(NOW, due[0].key, again=NOW + 60, said="503"))
    with ledger.reading() as tx:
        later = [reading.due_calls(tx, NOW), reading.due_calls(tx, NOW + 60)]
    ledger.do(Sent(NOW, due[0].key, said="200"))
    with ledger.reading() as tx:
        last = reading.due_calls(tx, NOW + 1e6)

    assert [c.url for c in due] == ["https://panel.example/complete"]
    assert later == [[], [replace(due[0], tries=1)]]
    assert last == []


def test_a_wrong_command_spoils_no_other(ledger: Ledger) -> None:
    """A reservation in a cell that does not exist raises by itself; what was handed over beside it is done."""
    arranged(ledger)
    one, two = begun(ledger), begun(ledger)
    futures = [
        ledger.submit(Reserve(NOW, one, ("total", "sex:q"))),
        ledger.submit(Reserve(NOW, two, ("total", "sex:f"))),
    ]

    with pytest.raises(ValueError, match="sex:q"):
        futures[0].result()
    assert futures[1].result().outcome is Outcome.DONE
    assert counted(ledger)["total"] == (0, 1)


ACTIONS = st.lists(
    st.tuples(
        st.sampled_from(["reserve", "page", "settle", "reject", "withdraw", "release", "wait"]), st.integers(0, 9)
    ),
    max_size=60,
)


@given(ACTIONS, st.integers(1, 3))
@hypothesis_settings(max_examples=60)
def test_counters_always_equal_a_rebuild(actions: list[tuple[str, int]], limit: int) -> None:
    """Whatever is done in whatever order, no cell passes its limit, and counting anew changes nothing."""
    cells = ("total", "sex:f", "sex:m")
    with tempfile.TemporaryDirectory() as folder, open_ledger(Path(folder) / "l.sqlite", "town") as ledger:
        ledger.do(Arrange(NOW, tuple(Cell(c, limit, limit) for c in cells), hold=100))
        ids = [ledger.do(Start(NOW, new_id(), "v", "ru")).id for _ in range(10)]
        now = NOW
        for step, (what, who) in enumerate(actions):
            id = ids[who]
            match what:
                case "reserve":
                    ledger.do(Reserve(now, id, ("total", cells[1 + step % 2])))
                case "page":
                    ledger.do(SavePage(now, id, "p", str(step), {"a": 1}))
                case "settle":
                    ledger.do(Settle(now, id, Status.COMPLETE if step % 3 else Status.SCREENED_OUT))
                case "reject":
                    ledger.do(Reject(now, id, "a", "b"))
                case "withdraw":
                    ledger.do(Withdraw(now, id))
                case "release":
                    ledger.do(Release(now, id))
                case _:
                    now += 50
                    ledger.do(Tick(now))
        with ledger.reading() as tx:
            assert all(c.done + c.held <= limit for c in reading.counts(tx))
        assert ledger.do(Rebuild(now)) == {}
