"""Column tests by hand-counted cases, by properties, and corrections held against R's p.adjust."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from posad.kernel.design import Cells, cells_of, design_of
from posad.kernel.testing.columns import PairTests, pair_tests
from posad.kernel.testing.corrections import adjusted
from posad.kernel.testing.presets import column_tests
from posad.kernel.testing.sums import ColumnSums, against_the_rest, gather
from posad.kernel.testing.tails import t_tails
from posad.kernel.weights.calibration import Calibration, rake
from posad.store.values import BILLION, Moments

People = Sequence[tuple[int, int, int, int]]  # in the first column, its value, in the second column, its value


def sums_of(people: People, weights: Sequence[float] | None = None, made: Calibration | None = None) -> ColumnSums:
    """Return the sums of two columns of one line; weights are fixed, or made by raking."""
    rows = np.array(people, dtype=np.int64)
    w = np.array(weights if weights is not None else np.ones(len(rows)), dtype=np.float64)
    units = np.rint(w / w.mean() * BILLION).astype(np.int64) if made is None else made.w
    before = units if made is None else made.d
    profile = np.zeros(len(rows), dtype=np.int64) if made is None else made.profile
    order = np.lexsort((profile, *rows.T[::-1]))
    squares = [int(u) ** 2 for u in units]
    high, low = (np.array([f(s, BILLION) for s in squares], dtype=np.int64) for f in (int.__floordiv__, int.__mod__))
    zeros, ones = np.zeros(len(rows), dtype=np.int64), np.ones(len(rows), dtype=np.int64)

    def moments(keys: tuple[NDArray[np.int64], ...]) -> Moments:
        return Moments(
            tuple(k[order] for k in keys),
            ones,
            before[order],
            units[order],
            high[order],
            low[order],
            profile[order],
            zeros,
            zeros,
        )

    design = design_of(moments(()), None if made is None else made.profile_levels)
    cells: Cells = cells_of(design, moments(tuple(rows.T)))
    column = np.column_stack([k.astype(np.float64) for k in cells.keys])
    return gather(design, cells, column[:, None, [1, 3]], column[:, [0, 2]])


def pair(found: PairTests) -> tuple[float, float, float, float]:
    """Return difference, variance, df and p of the first column less the second."""
    return tuple(float(x[0, 0, 1]) for x in (found.difference, found.variance, found.df, found.p))  # type: ignore[return-value]


def two_columns(yes_a: int, n_a: int, yes_b: int, n_b: int) -> list[tuple[int, int, int, int]]:
    """Return people of two columns that share nobody."""
    first = [(1, int(i < yes_a), 0, 0) for i in range(n_a)]
    return first + [(0, 0, 1, int(i < yes_b)) for i in range(n_b)]


def test_equal_weights_by_hand() -> None:
    """40 of 100 against 30 of 100, P = 0.35: 0.35 × 0.65 × 0.02 less the part of the difference itself, 1/200 × 0.05² a column."""
    difference, variance, df, p = pair(pair_tests(sums_of(two_columns(40, 100, 30, 100))))

    assert math.isclose(difference, 0.1)
    assert math.isclose(variance, 0.35 * 0.65 * 0.02, rel_tol=1e-2)
    assert df == 198
    assert math.isclose(p, float(t_tails(0.1 / math.sqrt(variance), 198)))


def test_two_columns_of_the_same_answers_are_never_tested() -> None:
    """Where both columns hold the same people with the same answers nothing varies, and there is no p-value."""
    people = [(1, i % 3 == 0, 1, i % 3 == 0) for i in range(90)]

    assert math.isnan(pair(pair_tests(sums_of(people)))[3])


def test_nobody_and_everybody_are_never_tested() -> None:
    """Shares of 0 % and 0 %, or of 100 % and 100 %, have no variance and no test; an empty column has none either."""
    for people in (two_columns(0, 60, 0, 60), two_columns(60, 60, 60, 60), two_columns(0, 0, 20, 60)):
        assert math.isnan(pair(pair_tests(sums_of(people)))[3])


def test_a_share_set_by_weights_is_never_tested() -> None:
    """Shares of a raked margin are known exactly, so their difference is not tested."""
    people = two_columns(40, 100, 40, 100)
    levels = np.array([[1 + a + 2 * y] for a, y, _, z in [(p[0], p[1] + p[3], 0, 0) for p in people]], dtype=np.int64)
    made = rake(levels, [{1: 0.2, 2: 0.3, 3: 0.25, 4: 0.25}])
    assert isinstance(made, Calibration)

    assert math.isnan(pair(pair_tests(sums_of(people, made=made)))[3])


def test_rating_the_same_thing_twice_is_more_exact() -> None:
    """The same people who answer alike of two companies vary less than two sets of people, and less than Dimensions allows."""
    people = [(1, int(i < 50), 1, int(i < 40 or i >= 195)) for i in range(200)]
    alike = pair(pair_tests(sums_of(people)))[1]
    apart = pair(pair_tests(sums_of(two_columns(50, 200, 45, 200))))[1]

    assert alike < 0.3 * apart
    counted = [1 if 40 <= i < 50 else -1 if i >= 195 else 0 for i in range(200)]
    assert math.isclose(alike, np.var(counted) / 199, rel_tol=0.05)


def test_part_against_the_rest_is_two_columns() -> None:
    """A part tested against total is the test of the part against those outside it."""
    inside = [(1, int(i < 40), 1, int(i < 40)) for i in range(100)]
    outside = [(0, 0, 1, int(i < 30)) for i in range(100)]
    rest = against_the_rest(sums_of(inside + outside))

    assert rest.values.round(9).tolist() == [[0.4, 0.3]]
    assert rest.n.tolist() == [[100, 100]]
    assert np.allclose(pair(pair_tests(rest)), pair(pair_tests(sums_of(two_columns(40, 100, 30, 100)))))


def test_presets_by_hand() -> None:
    """Each preset's variance and degrees of freedom are those of its printed formula."""
    sums = sums_of(two_columns(40, 100, 30, 100))
    expected = {
        "spss": (0.35 * 0.65 * 0.02, math.inf),
        "dimensions": (0.35 * 0.65 * 0.02, 198),
        "crunch": ((0.24 + 0.21) / 100, 198),
        "q": ((0.24 + 0.21) / 100 * 200 / 199, 198),
    }
    for preset, (variance, df) in expected.items():
        found = pair(column_tests(sums, "share", preset))  # type: ignore[arg-type]
        assert math.isclose(found[1], variance, rel_tol=1e-9), preset
        assert found[2] == df, preset


def test_overlap_term_of_dimensions() -> None:
    """Half of each column shared: 1/ea + 1/eb − 2·e0/(ea·eb) and e_a + e_b − e_0 − 2 degrees of freedom."""
    people = (
        [(1, i % 2, 0, 0) for i in range(50)]
        + [(1, i % 2, 1, i % 2) for i in range(50)]
        + [(0, 0, 1, 0) for _ in range(50)]
    )
    _, variance, df, _ = pair(column_tests(sums_of(people), "share", "dimensions"))

    assert math.isclose(variance, 0.375 * 0.625 * (0.02 - 2 * 50 / 10_000))
    assert df == 148


def test_means_by_hand() -> None:
    """Means of 2 and 3 with a variance of 1 within each column of 100: Welch and pooled agree, and ours is no smaller."""
    people = [(1, 1 + 2 * (i % 2), 0, 0) for i in range(100)] + [(0, 0, 1, 2 + 2 * (i % 2)) for i in range(100)]
    sums = sums_of(people)
    within = 100 / 99

    welch, spss, ours = (pair(column_tests(sums, "mean", p)) for p in ("welch", "spss", "posad"))

    assert math.isclose(welch[0], -1)
    assert math.isclose(welch[1], within * 0.02)
    assert math.isclose(welch[2], 198)
    assert math.isclose(spss[1], within * 0.02)
    assert math.isclose(ours[1], within * 200 / 199 * 0.02, rel_tol=1e-6)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(st.booleans(), st.booleans(), st.booleans(), st.booleans(), st.integers(1, 9)),
        min_size=30,
        max_size=120,
    )
)
def test_variance_is_never_negative_and_sides_may_be_turned(rows: list[tuple[bool, bool, bool, bool, int]]) -> None:
    """Whatever the overlap and the weights, a variance is above zero or there is no test, and turning sides turns the sign."""
    people = [(int(a), int(a and y), int(b), int(b and z)) for a, y, b, z, _ in rows]
    weights = [float(w) for *_, w in rows]
    found = pair_tests(sums_of(people, weights))
    turned = pair_tests(sums_of([(b, z, a, y) for a, y, b, z in people], weights))

    assert np.all(np.isnan(found.variance) | (found.variance > 0))
    assert np.array_equal(np.isnan(found.p), np.isnan(turned.p))
    assert np.allclose(found.p, turned.p.transpose(0, 2, 1), equal_nan=True)


def test_corrections_as_r_has_them() -> None:
    """Adjusted p-values are those of R p.adjust for p = 0.001, 0.012, 0.02, 0.02, 0.4, and tests not made stay so."""
    p = [0.001, 0.012, 0.02, 0.02, 0.4, math.nan]
    expected = {
        "bh": [0.005, 0.025, 0.025, 0.025, 0.4],
        "holm": [0.005, 0.048, 0.06, 0.06, 0.4],
        "bonferroni": [0.005, 0.06, 0.1, 0.1, 1.0],
        "none": [0.001, 0.012, 0.02, 0.02, 0.4],
    }
    for correction, values in expected.items():
        found = adjusted(p, correction)  # type: ignore[arg-type]
        assert np.allclose(found[:5], values), correction
        assert math.isnan(found[5])


def test_tails_as_r_has_them() -> None:
    """Two-sided tails of t equal R's 2 * pt(-t, df) to ten digits, for whole and broken degrees of freedom."""
    cases = [(2.0, 3.0, 0.139325968558843), (1.5, 33.3, 0.143036754323453), (5.0, 1000.0, 6.76725636464861e-07)]

    assert np.allclose(t_tails([c[0] for c in cases], [c[1] for c in cases]), [c[2] for c in cases], rtol=1e-10, atol=0)
    assert t_tails([0.0], [7.0]).tolist() == [1.0]
