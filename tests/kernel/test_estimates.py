"""Estimates and their errors on cases small enough for a pencil."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from posad.kernel.design import Design, cells_of, design_of
from posad.kernel.distributions import t_quantile
from posad.kernel.estimates import base, count, difference, mean, means, ratio, ratio_of, share, shares, wilson
from posad.kernel.ratios import ratios
from posad.kernel.values import Bases
from posad.kernel.weights.calibration import Calibration, rake
from posad.store.duck import DuckEngine
from posad.store.values import Key, Moments

Q, B, Y = Key('"q"'), Key('"b"'), Key('"y"', number=True)


def engine_of(q: list[int], b: list[int], y: list[float] | None = None) -> DuckEngine:
    """Return answers to two questions and a number."""
    return DuckEngine.from_columns(
        {"q": ("INTEGER", q), "b": ("INTEGER", b), "y": ("DOUBLE", y or [0.0] * len(q))}, threads=1
    )


def unweighted(engine: DuckEngine, *keys: Key, where: str | None = None) -> tuple[Design, Moments]:
    """Return the design of people who count one each, and sums by keys."""
    return design_of(engine.moments([], None)), engine.moments(keys, None, where)


def raked(engine: DuckEngine, levels: NDArray[np.int64], targets: list[dict[int, float]]) -> Design:
    """Rake the engine's rows, write the weight and return its design."""
    made = rake(levels, targets)
    assert isinstance(made, Calibration)
    engine.set_weight("main", made.d, made.w, made.profile)
    return design_of(engine.moments([], "main"), made.profile_levels)


def test_share_of_four_people() -> None:
    """One of four: p = 1/4, variance = n/(n−1)·Σ(y − p)²/n² = 4/3 · 0.75/16 = 1/16, so the error is 1/4."""
    design, m = unweighted(engine_of([1, 0, 0, 0], [1, 1, 1, 1]), Q)

    found = share(design, m, m.keys[0] == 1, m.keys[0] >= 0)

    assert (found.value, found.df) == (0.25, 3)
    assert found.se == pytest.approx(0.25, rel=1e-15)
    assert found.bases == Bases(4, 4.0, 4.0)
    assert (found.low, found.high) == pytest.approx(wilson(0.25, 0.25 * 0.75 / 0.0625, t_quantile(0.975, 3)))


def test_raked_share_of_five_people() -> None:
    """Three men and two women raked to half and half, the answer given by one of each.

    Weights: men 5/6, women 5/4. p = (5/6 + 5/4)/5 = 5/12. The linearised z is (y − p)/5: men 7/60, −5/60, −5/60 (mean −1/60), women 7/60,
    −5/60 (mean 1/60). Residuals from the means of the sexes: men 8/60, −4/60, −4/60, women 6/60, −6/60; times the weights: men
    20/180, −10/180, −10/180, women 1/8, −1/8. Their sum is zero, their squares sum to 600/32400 + 2/64 = 43/864,
    and n/(n−1) = 5/4: variance 215/3456. With the weights fixed: Σ(wz)² = (25/36)(99/3600) + (25/16)(74/3600) = 0.05121528…, less
    (Σwz)²/5 = 0, times 5/4: 0.0640191.
    """
    engine = engine_of([1, 0, 0, 1, 0], [1, 1, 1, 2, 2])
    design = raked(engine, np.array([[1], [1], [1], [2], [2]]), [{1: 0.5, 2: 0.5}])
    m = engine.moments([Q], "main")

    found = ratios(design, m, m.keys[0] == 1, m.keys[0] >= 0)

    assert found.values.tolist() == pytest.approx([5 / 12], rel=1e-9)
    assert found.variance.tolist() == pytest.approx([215 / 3456], rel=1e-8)
    assert found.fixed_variance.tolist() == pytest.approx([1.25 * (25 / 36 * 99 + 25 / 16 * 74) / 3600], rel=1e-8)
    assert (found.unweighted.tolist(), found.weighted.tolist()) == ([5], pytest.approx([5.0]))
    assert found.effective.tolist() == pytest.approx([25 / (3 * 25 / 36 + 2 * 25 / 16)], rel=1e-9)


def test_mean_and_ratio_by_hand() -> None:
    """Scores 1, 2, 6: mean 3, variance 3/2·(4 + 1 + 9)/9 = 7/3; spending 1, 2, 6 of income 2, 4, 3 is a ratio of 1."""
    engine = engine_of([2, 4, 3], [1, 1, 1], [1.0, 2.0, 6.0])
    design, m = unweighted(engine, Y, Q)
    y, x = m.keys

    found = mean(design, m, y, np.ones(3))
    whole = ratio(design, m, y, x)

    assert found.value == 3.0
    assert found.se == pytest.approx(math.sqrt(7 / 3))
    assert (found.low, found.high) == pytest.approx(
        (3 - t_quantile(0.975, 2) * math.sqrt(7 / 3), 3 + t_quantile(0.975, 2) * math.sqrt(7 / 3))
    )
    assert (whole.value, whole.statistic) == (1.0, "ratio")
    assert whole.se == pytest.approx(math.sqrt(1.5 * (1 + 4 + 9)) / 9)


def test_difference_of_shares() -> None:
    """1 of 2 against 3 of 4 in six people: variances with z = (y − p)/n_c add up when nobody is in both."""
    engine = engine_of([1, 0, 1, 1, 1, 0], [1, 1, 2, 2, 2, 2])
    design, m = unweighted(engine, B, Q)
    b, q = m.keys

    found = difference(design, m, ((b == 1) & (q == 1), b == 1), ((b == 2) & (q == 1), b == 2))

    assert (found.value, found.statistic, found.bases.unweighted) == (-0.25, "difference", 2)
    assert found.se == pytest.approx(math.sqrt(6 / 5 * (0.5 / 4 + 0.75 / 16)))


def test_ratio_of_shares() -> None:
    """3 of 4 against 1 of 2 is 1.5 times; the interval is symmetrical in the logarithm."""
    engine = engine_of([1, 0, 1, 1, 1, 0], [1, 1, 2, 2, 2, 2])
    design, m = unweighted(engine, B, Q)
    b, q = m.keys
    one, two = ((b == 1) & (q == 1), b == 1), ((b == 2) & (q == 1), b == 2)

    found = ratio_of(design, m, two, one)

    error = math.sqrt(6 / 5 * (0.75 / 16 / 0.75**2 + 0.5 / 4 / 0.5**2))
    half = t_quantile(0.975, 5) * error
    assert found.value == 1.5
    assert found.se == pytest.approx(1.5 * error)
    assert (found.low, found.high) == pytest.approx((1.5 * math.exp(-half), 1.5 * math.exp(half)))


def test_ratio_with_nobody_below() -> None:
    """Nothing divided by nothing has no value; nothing divided by something is zero without an error."""
    design, m = unweighted(engine_of([1, 1, 0, 0], [1, 1, 2, 2]), B, Q)
    b, q = m.keys
    some, none = ((b == 1) & (q == 1), b == 1), ((b == 2) & (q == 1), b == 2)

    assert ratio_of(design, m, some, none).value is None
    below = ratio_of(design, m, none, some)
    assert (below.value, below.se, below.low, below.high) == (0.0, None, None, None)


def test_empty_base_has_no_value() -> None:
    """A base of nobody gives no value, no error, no interval and empty bases; nothing breaks."""
    design, m = unweighted(engine_of([1, 0], [1, 1]), Q)
    nobody = m.keys[0] == 9

    for found in (share(design, m, nobody, nobody), mean(design, m, m.keys[0] * nobody, nobody)):
        assert (found.value, found.se, found.low, found.high) == (None, None, None, None)
        assert found.bases == Bases(0, 0.0, 0.0)
    everybody = m.keys[0] >= 0
    assert difference(design, m, (nobody, nobody), (everybody, everybody)).value is None
    assert base(design, m, everybody) == Bases(2, 2.0, 2.0)


def test_no_rows_at_all() -> None:
    """A filter that nobody passes, and a file without rows, give empty estimates."""
    design, m = unweighted(engine_of([1, 0], [1, 1]), Q, where='"q" = 7')
    empty_design, empty = unweighted(engine_of([], []), Q)

    assert share(design, m, m.keys[0] == 1, m.keys[0] >= 0).value is None
    assert share(empty_design, empty, empty.keys[0] == 1, empty.keys[0] >= 0).value is None


def test_one_person_has_no_error() -> None:
    """One person in the base has a value but no error: R's error of zero would say that we know."""
    design, m = unweighted(engine_of([5, 1, 2], [1, 2, 2]), B, Q)
    b, q = m.keys

    score, part = mean(design, m, q * (b == 1), b == 1), share(design, m, (b == 1) & (q == 5), b == 1)

    assert (score.value, score.se, score.low, score.high) == (5.0, None, None, None)
    assert (part.value, part.se) == (1.0, None)
    assert (part.low, part.high) == pytest.approx(wilson(1.0, 1.0, t_quantile(0.975, 2)))


def test_one_respondent_in_the_file() -> None:
    """A file of one person has no degrees of freedom and so no interval."""
    design, m = unweighted(engine_of([1], [1]), Q)

    found = share(design, m, m.keys[0] == 1, m.keys[0] >= 0)

    assert (found.value, found.se, found.low, found.high, found.df) == (1.0, None, None, None, 0)


def test_nobody_and_everybody_keep_an_interval() -> None:
    """At 0 % and 100 % the interval has one side, made of Kish's effective base."""
    design, m = unweighted(engine_of([0] * 40, [1] * 40), Q)
    t = t_quantile(0.975, 39)

    none, all_ = (share(design, m, m.keys[0] == code, m.keys[0] >= 0) for code in (1, 0))

    assert (none.value, none.se, none.low, all_.value, all_.high) == (0.0, 0.0, 0.0, 1.0, 1.0)
    assert none.high == pytest.approx(t * t / 40 / (1 + t * t / 40))
    assert all_.low == pytest.approx(1 / (1 + t * t / 40))
    assert not none.set_by_weights


def sample(rows: int = 400) -> tuple[DuckEngine, Design]:
    """Return made-up answers raked on two margins, q being one of them."""
    rng = np.random.default_rng(8)
    q, b = rng.integers(1, 4, rows), rng.integers(1, 6, rows)
    engine = engine_of(q.tolist(), b.tolist(), (q + rng.integers(0, 5, rows)).tolist())
    targets = [{1: 0.5, 2: 0.3, 3: 0.2}, dict.fromkeys(range(1, 6), 0.2)]
    return engine, raked(engine, np.column_stack([q, b]), targets)


def test_set_by_the_weights() -> None:
    """Shares and counts of a weighting margin are fixed by its targets, of other answers and within groups they are not."""
    engine, design = sample()
    m = engine.moments([Q, B, Y], "main")
    q, b, y = m.keys
    everybody = np.ones(len(q))

    margin, inner = share(design, m, q == 1, everybody), share(design, m, (q == 1) & (b == 2), b == 2)
    both = shares(design, m, np.column_stack([(q == 1) | (q == 3), y > 3]), everybody)

    assert margin.value == pytest.approx(0.5)
    assert (margin.se, margin.low, margin.high) == (0.0, None, None)
    assert [e.set_by_weights for e in (margin, inner, *both)] == [True, False, True, False]
    assert mean(design, m, q, everybody).set_by_weights
    assert difference(design, m, (q == 1, everybody), (q == 2, everybody)).set_by_weights
    assert count(design, m, q == 1).set_by_weights
    assert not count(design, m, y > 3).set_by_weights


def test_what_weights_fix_is_its_target_to_the_last_digit() -> None:
    """A target of 71.5 % is 0.715 and not the dust of whole billionths below it, for half-up rounding to 72 %; ratios of such too."""
    q, b = [1] * 203 + [2] * 197, [1 + i * i % 3 for i in range(400)]
    engine = engine_of(q, b)
    design = raked(engine, np.column_stack([q, b]), [{1: 0.285, 2: 0.715}, {1: 0.3, 2: 0.7}])
    m = engine.moments([Q], "main")
    one, two, everybody = m.keys[0] == 1, m.keys[0] == 2, np.ones(len(m.keys[0]))

    assert [e.value for e in shares(design, m, np.column_stack([one, two]), everybody)] == [0.285, 0.715]
    assert difference(design, m, (two, everybody), (one, everybody)).value == 0.43
    assert ratio_of(design, m, (two, everybody), (one, everybody)).value == round(0.715 / 0.285, 8)


def test_a_difference_is_that_of_the_shares_as_written() -> None:
    """0.575 − 0.33 is 0.245 (25 points half-up), although the nearest doubles differ by less."""
    engine = engine_of([1] * 23 + [2] * 17 + [1] * 33 + [2] * 67, [1] * 40 + [2] * 100)
    design, m = unweighted(engine, Q, B)
    q, b = m.keys

    assert 0.575 - 0.33 < 0.245
    assert difference(design, m, ((q == 1) & (b == 1), b == 1), ((q == 1) & (b == 2), b == 2)).value == 0.245


def test_disjoint_columns_are_correlated_after_raking() -> None:
    """Two columns that share nobody have a covariance once raking ties them; with fixed weights they have none but −TT'/n."""
    engine, design = sample()
    m = engine.moments([B, Y], "main")
    b, y = m.keys
    over = np.column_stack([b == 1, b == 2])

    found = ratios(design, m, over & (y > 3)[:, None], over, covariance=True)

    assert found.covariance is not None
    assert abs(found.covariance[0, 1]) > 1e-6
    gap = difference(design, m, ((b == 1) & (y > 3), b == 1), ((b == 2) & (y > 3), b == 2))
    joint = found.variance[0] + found.variance[1] - 2 * found.covariance[0, 1]
    assert gap.se == pytest.approx(math.sqrt(joint), rel=1e-12)


def test_diagonal_is_that_of_the_covariance() -> None:
    """Variances alone, in blocks, are the diagonal of the covariance; cells give what entries give."""
    engine, design = sample()
    m = engine.moments([B, Y], "main")
    b, y = m.keys
    over = np.column_stack([b == c for c in range(1, 6) for _ in range(8)])
    inside = np.column_stack([(b == c) & (y == s) for c in range(1, 6) for s in range(1, 9)])

    whole, alone = ratios(design, m, inside, over, covariance=True), ratios(design, m, inside, over)
    cells = cells_of(design, m)
    at = [int(np.flatnonzero((b == cb) & (y == cy))[0]) for cb, cy in zip(*cells.keys, strict=True)]
    by_cells = ratios(design, cells, inside[at], over[at])

    assert whole.covariance is not None
    assert alone.variance == pytest.approx(np.diag(whole.covariance), rel=1e-12, abs=1e-18)
    assert (by_cells.values.tolist(), by_cells.variance.tolist()) == (alone.values.tolist(), alone.variance.tolist())


def test_merged_answers_add_up() -> None:
    """A net of two answers is the sum of their shares, and its variance that of the sum."""
    engine, design = sample()
    m = engine.moments([Y], "main")
    y = m.keys[0]

    found = ratios(design, m, np.column_stack([y == 2, y == 5, (y == 2) | (y == 5)]), np.ones(len(y)), covariance=True)

    v = found.covariance
    assert v is not None
    assert found.values[2] == pytest.approx(found.values[0] + found.values[1], rel=1e-13)
    assert v[2, 2] == pytest.approx(v[0, 0] + v[1, 1] + 2 * v[0, 1], rel=1e-12)


def test_whole_weights_are_repeated_rows() -> None:
    """Estimates with whole weights equal those of a file where each row stands that many times."""
    q, b, w = [1, 2, 2, 3, 1], [1, 1, 2, 2, 2], [3, 1, 2, 4, 2]
    engine = engine_of(q, b)
    engine.set_weight("main", np.array(w, float), np.array(w, float))
    design = design_of(engine.moments([], "main"))
    repeated = [np.repeat(v, w).tolist() for v in (q, b)]
    plain, rows = unweighted(engine_of(*repeated), B, Q)
    m = engine.moments([B, Q], "main")

    for code in (1, 2):
        weighted = shares(design, m, (m.keys[0] == code) & (m.keys[1] == 2), m.keys[0] == code)[0]
        counted = shares(plain, rows, (rows.keys[0] == code) & (rows.keys[1] == 2), rows.keys[0] == code)[0]
        assert weighted.value == pytest.approx(counted.value, rel=1e-9)


def test_filter_does_not_shrink_the_design() -> None:
    """A filter in SQL and the same filter in the columns give the same numbers."""
    engine, design = sample()
    inside, outside = engine.moments([Y], "main", '"b" = 3'), engine.moments([Y, B], "main")
    y, b = outside.keys

    filtered = mean(design, inside, inside.keys[0], np.ones(len(inside.n)))
    whole = mean(design, outside, y * (b == 3), b == 3)

    assert (filtered.value, filtered.bases) == (whole.value, whole.bases)
    assert filtered.se == pytest.approx(whole.se, rel=1e-12)


def test_columns_must_be_functions_of_the_keys() -> None:
    """A column with two values for one combination of keys, or of another length, is the programmer's mistake."""
    engine, design = sample()
    m = engine.moments([B], "main")

    with pytest.raises(ValueError, match="one value"):
        ratios(design, m, np.arange(len(m.n)), np.ones(len(m.n)))
    with pytest.raises(ValueError, match="entries"):
        ratios(design, m, np.ones(3), np.ones(3))


def test_stratum_of_one_unit_has_no_error() -> None:
    """A stratum with one unit leaves the error unknown, never zero."""
    engine = engine_of([1, 0, 1], [1, 1, 2])
    engine.set_weight("main", np.ones(3), np.ones(3), stratum=np.array([1, 1, 2]))
    design, m = design_of(engine.moments([], "main")), engine.moments([Q], "main")

    found = share(design, m, m.keys[0] == 1, m.keys[0] >= 0)

    assert found.value == pytest.approx(2 / 3)
    assert found.se is None


@settings(max_examples=40, deadline=None, derandomize=True)
@given(st.integers(0, 2**32 - 1), st.floats(0.01, 1000))
def test_scale_of_weights_is_irrelevant(seed: int, scale: float) -> None:
    """Weights multiplied by anything give the same estimates and errors."""
    rng = np.random.default_rng(seed)
    rows = 30
    q, b = rng.integers(1, 4, rows).tolist(), rng.integers(1, 3, rows).tolist()
    w = rng.uniform(0.2, 5, rows)
    found = []
    for factor in (1.0, scale):
        engine = engine_of(q, b)
        engine.set_weight("main", w * factor, w * factor)
        design, m = design_of(engine.moments([], "main")), engine.moments([Q, B], "main")
        found += means(design, m, m.keys[0], np.ones(len(m.n)))

    assert found[0].value == pytest.approx(found[1].value, rel=1e-8)
    assert found[0].se == pytest.approx(found[1].se, rel=1e-7)


@given(st.floats(0, 1), st.floats(0.5, 1e6))
def test_wilson_stays_within_bounds(p: float, n: float) -> None:
    """The interval of Wilson holds the share and stays between nobody and everybody."""
    low, high = wilson(p, n, 1.96)

    assert 0 <= low <= p + 1e-12
    assert p - 1e-12 <= high <= 1
