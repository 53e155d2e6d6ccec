"""The forecast of a field: nobody is lost, no cell passes its limit, plain cases come out as counted by hand."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Mapping, Sequence

from hypothesis import given, settings
from hypothesis import strategies as st

from posad.fieldwork.forecast.arrivals import DAY, Manners, Supply, arrivals
from posad.fieldwork.forecast.forecasting import forecast
from posad.fieldwork.values import Cell

SURE = Manners(leave=0, pause=0)


def cells(total: int, men: int, women: int) -> list[Cell]:
    """Return a plan of one table."""
    return [Cell("total", total, total), Cell("sex:m", men, men), Cell("sex:f", women, women)]


def cells_of(groups: Mapping[str, str]) -> Sequence[str]:
    """Return the cells of somebody."""
    return ["total", f"sex:{groups['sex']}"]


def panel(per_day: float, men: float = 0.5, most: int | None = None) -> Supply:
    """Return a panel with a share of men."""
    return Supply("p", per_day, {"sex": {"m": men, "f": 1 - men}}, most)


def test_people_come_as_often_as_a_panel_says() -> None:
    """Over many days the starts a day are those stated, most of them soon after a mailing, in the mix of the panel."""
    found = list(arrivals([panel(600, men=0.25)], random.Random(5), 40))

    assert 0.97 < len(found) / (600 * 40) < 1.03
    assert 0.22 < sum(p.groups["sex"] == "m" for p in found) / len(found) < 0.28
    soon = sum((p.at % (DAY / 3)) < DAY / 24 for p in found) / len(found)
    assert 0.36 < soon < 0.42  # 0.3 · 1/8 + 0.7 · (1 − 1/2), within an hour of eight
    assert [p.at for p in found] == sorted(p.at for p in found)


def test_a_panel_that_ends_sends_no_more() -> None:
    """A panel of a hundred people sends a hundred."""
    assert len(list(arrivals([panel(600, most=100)], random.Random(1), 40))) == 100


def test_a_field_with_room_for_everybody_takes_everybody() -> None:
    """With quotas as wide as the total, no break-offs and enough people, exactly the total is taken and nobody finishes in vain."""
    found = forecast(cells(100, 100, 100), cells_of, [panel(400)], SURE, days=5, runs=5)

    for run in found.runs:
        assert run.complete == 100
        assert (run.late, run.broken, run.missing) == (0, 0, {})
        assert run.full is not None
        assert run.at90 is not None
        assert run.at90 < run.full < 1


def test_a_cell_without_people_jams() -> None:
    """Where the panel has no men their cell stays empty, the total is never reached, and the jam is named."""
    found = forecast(cells(100, 50, 50), cells_of, [panel(400, men=0)], SURE, days=5, runs=3)

    assert found.middle(lambda r: r.full) is None
    assert found.ends(lambda r: r.full) == (None, None)
    assert found.jams() == [("sex:m", 50.0)]
    assert all(run.complete == 50 and run.over_quota > 0 for run in found.runs)


def test_rejected_completes_are_replaced() -> None:
    """Places of rejected completes are filled anew, so that the total is reached by those that stay."""
    manners = Manners(leave=0, pause=0, rejected=0.1)
    found = forecast(cells(200, 200, 200), cells_of, [panel(2000)], manners, days=10, runs=5)

    assert all(run.rejected > 0 for run in found.runs)
    assert all(run.complete <= 200 for run in found.runs)


def test_the_same_seed_foresees_the_same() -> None:
    """A forecast can be repeated."""
    plan = (cells(50, 30, 30), cells_of, [panel(300)])

    assert forecast(*plan, runs=2, seed=3) == forecast(*plan, runs=2, seed=3)
    assert forecast(*plan, runs=2, seed=3) != forecast(*plan, runs=2, seed=4)


@settings(max_examples=40, deadline=None)
@given(
    st.integers(1, 40), st.integers(0, 30), st.integers(0, 30), st.floats(0, 0.6), st.floats(0, 0.3), st.integers(0, 99)
)  # fmt: skip
def test_nobody_is_lost_and_no_cell_is_passed(
    total: int, men: int, women: int, leave: float, pause: float, seed: int
) -> None:
    """Everybody who starts is complete, sent away, broken off, late or rejected; no cell takes more than its limit."""
    taken: Counter[str] = Counter()

    def counted(groups: Mapping[str, str]) -> Sequence[str]:
        taken[groups["sex"]] += 1
        return cells_of(groups)

    manners = Manners(leave=leave, pause=pause, screened=0.1)
    run = forecast(cells(total, men, women), counted, [panel(150)], manners, days=2, runs=1, seed=seed).runs[0]

    ended = run.complete + run.over_quota + run.screened + run.broken + run.late + run.rejected
    assert ended == sum(run.starts.values())
    assert run.complete <= min(total, men + women)
    assert sum(taken.values()) == sum(run.starts.values()) - run.screened
