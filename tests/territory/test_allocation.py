"""Allocation and largest remainders: cases counted by hand, and what always holds."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from posad.core.place import Place
from posad.core.words import LocalText
from posad.study.frame.plan import Dimension, Level, SampleDesign
from posad.study.frame.plan.values import Cell
from posad.territory.sample.allocation import allocate, share_out
from posad.territory.sample.quotas import expected_cells, project, quota_table
from posad.territory.sample.rounding import largest_remainder, scaled
from posad.territory.sample.values import Allocation, Infeasible, Population

HERE = Place("sample.yaml")
NAMES = st.lists(st.integers(0, 10_000), min_size=1, max_size=12)


def dimension(id: str, *groups: str) -> Dimension:
    """Return a dimension whose groups are called by their ids."""
    return Dimension(id, tuple((g, LocalText.of(en=g)) for g in groups))


def design(*levels: Level, size: int = 100) -> SampleDesign:
    """Return a plan over two invented dimensions."""
    dims = (dimension("size", "small", "large"), dimension("district", "a", "b", "c"), dimension("sex", "f", "m"))
    return SampleDesign(size, dims, levels, (), HERE)


def people(**counts: int) -> Population:
    """Return strata of one dimension."""
    strata: dict[Cell, Fraction] = {(g,): Fraction(n) for g, n in counts.items()}
    return Population(strata, ("district",), strata)


@pytest.mark.parametrize(
    ("level", "wanted"),
    [
        (Level(("district",), "proportional", HERE), (10, 30, 60)),
        (Level(("district",), "equal", HERE), (34, 33, 33)),
        (Level(("district",), "fixed", HERE, shares={("a",): 0.5, ("b",): 0.25, ("c",): 0.25}), (50, 25, 25)),
        # roots of 1, 3, 6: 1, 1.73205, 2.44949 of 5.18154 → 19.299, 33.427, 47.273
        (Level(("district",), "root", HERE), (19, 34, 47)),
        (Level(("district",), "power", HERE, exponent=0.5), (19, 34, 47)),
        (Level(("district",), "power", HERE, exponent=1.0), (10, 30, 60)),
        # 1000·0.5, 3000·0.3, 6000·0.1 → 500, 900, 600 of 2000
        (Level(("district",), "neyman", HERE, spread={("a",): 0.5, ("b",): 0.3, ("c",): 0.1}), (25, 45, 30)),
        # a is held at 20; the other 80 go 1 : 2
        (Level(("district",), "proportional", HERE, least=20), (20, 27, 53)),
    ],
)
def test_rules_of_allocation(level: Level, wanted: tuple[int, int, int]) -> None:
    """Each rule shares a hundred interviews out as counted by hand."""
    made = allocate(design(level), people(a=1000, b=3000, c=6000))

    assert tuple(made.whole[d,] for d in "abc") == wanted


def test_equal_remainders_go_to_the_larger_number_then_by_name() -> None:
    """Where remainders tie the larger number comes first, and among equal numbers the earlier name."""
    half = Fraction(1, 2)

    assert largest_remainder({("b",): 1 + half, ("a",): half, ("c",): Fraction(2)}) == {("b",): 2, ("a",): 0, ("c",): 2}
    assert largest_remainder({("b",): half, ("a",): half}) == {("a",): 1, ("b",): 0}


def test_a_stratum_gives_no_more_interviews_than_it_has_people() -> None:
    """What a small stratum cannot give is shared out among the others in their ratio."""
    level = Level(("district",), "equal", HERE)

    assert allocate(design(level), people(a=10, b=1000, c=1000)).whole == {("a",): 10, ("b",): 45, ("c",): 45}


def test_bounds_that_leave_no_way_are_told() -> None:
    """A least that asks for more than there is, or too few people, cannot be met."""
    with pytest.raises(Infeasible) as found:
        allocate(design(Level(("district",), "equal", HERE, least=40)), people(a=99, b=99, c=99))
    assert (found.value.n, found.value.low) == (100, 120)
    with pytest.raises(Infeasible):
        allocate(design(Level(("district",), "proportional", HERE)), people(a=9, b=9, c=9))


def test_steps_nest() -> None:
    """A second step shares out what each cell of the first got."""
    strata: dict[Cell, Fraction] = {
        ("small", "a"): Fraction(100), ("small", "b"): Fraction(300), ("large", "a"): Fraction(500), ("large", "b"): Fraction(0),
    }  # fmt: skip
    levels = (
        Level(("size",), "fixed", HERE, shares={("small",): 0.75, ("large",): 0.25}),
        Level(("district",), "proportional", HERE),
    )
    made = allocate(design(*levels, size=80), Population(strata, ("size", "district"), strata))

    assert made.whole == {("small", "a"): 15, ("small", "b"): 45, ("large", "a"): 20, ("large", "b"): 0}


@given(NAMES, st.integers(0, 5_000), st.randoms())
def test_largest_remainders_keep_the_sum_and_every_floor(weights: list[int], n: int, order: object) -> None:
    """The sum is exact, nobody is further than one from the exact number, and the order of cells does not matter."""
    if not sum(weights):
        weights[0] = 1
    exact = scaled({(f"c{i}",): Fraction(w) for i, w in enumerate(weights)}, n)
    whole = largest_remainder(exact, n)
    shuffled = list(exact.items())
    order.shuffle(shuffled)  # type: ignore[attr-defined]

    assert sum(whole.values()) == n
    assert all(abs(whole[c] - x) < 1 for c, x in exact.items())
    assert largest_remainder(dict(shuffled), n) == whole


@given(NAMES, st.integers(0, 2_000))
def test_larger_weights_never_get_fewer(weights: list[int], n: int) -> None:
    """Of two cells the one with more people never gets fewer interviews."""
    if not sum(weights):
        weights[0] = 1
    cells = {(f"c{i}",): Fraction(w) for i, w in enumerate(weights)}
    whole = largest_remainder(scaled(cells, n), n)
    ranked = sorted(cells, key=lambda c: cells[c])

    assert all(whole[a] <= whole[b] for a, b in pairwise(ranked) if cells[a] < cells[b])


@given(NAMES, st.integers(1, 500), st.integers(0, 20))
def test_shares_between_bounds_sum_exactly_in_one_ratio(weights: list[int], n: int, least: int) -> None:
    """Cells off their bounds are in the ratio of their weights, the others on a bound, and all sum to n."""
    cells: dict[Cell, Fraction] = {(f"c{i}",): Fraction(w + 1) for i, w in enumerate(weights)}
    most = {c: Fraction(100 + 7 * i) for i, c in enumerate(cells)}
    low = sum(min(Fraction(least), most[c]) for c in cells)
    if not low <= n <= sum(most.values()):
        with pytest.raises(Infeasible):
            share_out(cells, n, least, most)
        return
    found = share_out(cells, n, least, most)
    free = {found[c] / cells[c] for c in cells if least < found[c] < most[c]}

    assert sum(found.values()) == n
    assert len(free) <= 1
    assert all(least <= x <= most[c] for c, x in found.items())


def _interlocked() -> tuple[Population, Allocation]:
    counts = {("a", "f"): 37, ("a", "m"): 21, ("b", "f"): 55, ("b", "m"): 61, ("c", "f"): 11, ("c", "m"): 3}
    cells: dict[Cell, Fraction] = {c: Fraction(n) for c, n in counts.items()}
    strata = project(cells, ("district", "sex"), ("district",))
    population = Population(strata, ("district", "sex"), cells)
    return population, allocate(design(Level(("district",), "root", HERE), size=50), population)


def test_quota_tables_agree_with_the_allocation() -> None:
    """A table with the strata keeps each stratum's interviews, one without them the whole."""
    population, made = _interlocked()
    crossed, sex = quota_table(("sex", "district"), population, made), quota_table(("sex",), population, made)

    assert {d: crossed.quota["f", d] + crossed.quota["m", d] for d in "abc"} == {d: made.whole[d,] for d in "abc"}
    assert (crossed.held, sex.held) == (("district",), ())
    assert sum(sex.quota.values()) == 50
    assert sum(expected_cells(population, made).values()) == 50


def test_small_cells_are_named_from_the_smallest() -> None:
    """Cells under a number of interviews come smallest first; cells without people are none."""
    population, made = _interlocked()
    table = quota_table(("district", "sex"), population, made)
    small = table.under(6)

    assert small[0] == ("c", "m")
    assert all(table.quota[c] < 6 for c in small)
