"""Totals, contrasts, quantiles, spreads, scores: by a pencil, and what must hold whatever the answers."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from posad.kernel.design import Cells, Design, Lonely, cells_of, design_of, lonely_strata
from posad.kernel.distributions import t_quantile
from posad.kernel.estimates import mean, share
from posad.kernel.estimators.contrasts import contrast, function_of
from posad.kernel.estimators.quantiles import quantile
from posad.kernel.estimators.scores import index_column, mean_score, nps
from posad.kernel.estimators.spreads import correlation, covariance, standard_deviation, variance
from posad.kernel.estimators.totals import total
from posad.kernel.values import Estimate
from posad.kernel.weights.calibration import Calibration, rake
from posad.store.duck import DuckEngine
from posad.store.values import Key

Numbers = NDArray[np.float64]


def engine_of(threads: int = 1, **columns: list[float]) -> DuckEngine:
    """Return answers as numbers."""
    return DuckEngine.from_columns({c: ("DOUBLE", list(v)) for c, v in columns.items()}, threads=threads)


def summed(engine: DuckEngine, weight: str | None, *names: str) -> tuple[Design, Cells, dict[str, Numbers]]:
    """Return the design, the sums by columns, and the columns of the cells."""
    design = design_of(engine.moments([], weight))
    cells = cells_of(design, engine.moments([Key(f'"{n}"', number=True) for n in names], weight))
    return design, cells, {n: np.asarray(k, np.float64) for n, k in zip(names, cells.keys, strict=True)}


def weighted(w: list[float], threads: int = 1, **columns: list[float]) -> tuple[Design, Cells, dict[str, Numbers]]:
    """Return the same with a weight."""
    engine = engine_of(threads, **columns)
    engine.set_weight("main", np.array(w, dtype=float), np.array(w, dtype=float))
    return summed(engine, "main", *columns)


def test_total_in_the_units_of_the_population() -> None:
    """Four people who stand for 100 each spend 1, 2, 3, 4: 1,000; the error is 100·√(4/3·5) as n/(n − 1)·Σ(y − ȳ)²."""
    design, cells, k = summed(engine_of(y=[1, 2, 3, 4]), None, "y")

    found = total(design, cells, k["y"], scale=100)

    assert (found.value, found.statistic) == (1000.0, "total")
    assert found.se == pytest.approx(100 * math.sqrt(4 / 3 * 5), rel=1e-14)


def test_gap_of_gaps_by_hand() -> None:
    """Means of two groups 1.5 and 3.5 and of other scores 1 and 0: the gap of gaps is −2 − 1 = −3."""
    design, cells, k = summed(engine_of(y=[1, 2, 3, 4], x=[1, 1, 0, 0], g=[1, 1, 2, 2]), None, "y", "x", "g")
    a, b = k["g"] == 1, k["g"] == 2
    tops = np.column_stack([k["y"] * a, k["y"] * b, k["x"] * a, k["x"] * b])

    found = contrast(design, cells, tops, np.column_stack([a, b, a, b]), (1, -1, -1, 1))

    assert found.value == pytest.approx(-3.0)
    assert found.se == pytest.approx(math.sqrt(4 / 3 * (4 * 0.25 / 4)), rel=1e-12)


def test_a_function_without_a_base_has_no_value() -> None:
    """A contrast with an empty group is nothing, not zero."""
    design, cells, k = summed(engine_of(y=[1, 2], g=[1, 1]), None, "y", "g")
    none = k["g"] == 2

    found = function_of(design, cells, k["y"][:, None], none[:, None], lambda r: float(r[0]), np.ones_like)

    assert (found.value, found.se, found.statistic) == (None, None, "contrast")


@pytest.mark.parametrize(
    ("values", "w", "p", "math_rule", "school"),
    [
        ([1, 2, 3, 4], [1, 1, 1, 1], 0.5, 2.0, 2.5),
        ([1, 2, 3], [1, 1, 1], 0.5, 2.0, 2.0),
        ([1, 2, 3, 4], [1, 1, 1, 5], 0.5, 4.0, 4.0),
        ([10, 10, 20, 30], [1, 1, 1, 1], 0.5, 10.0, 15.0),
        ([1, 2, 3, 4], [1, 1, 1, 1], 0.1, 1.0, 1.0),
        ([1, 2, 3, 4], [1, 1, 1, 1], 1.0, 4.0, 4.0),
    ],
)
def test_quantiles_by_hand(values: list[float], w: list[float], p: float, math_rule: float, school: float) -> None:
    """The smallest value with p of the weight, and the middle of two where p lies exactly between them."""
    design, cells, k = weighted(w, y=values)

    assert quantile(design, cells, k["y"], p, "math").value == math_rule
    assert quantile(design, cells, k["y"], p, "school").value == school


def test_median_interval_by_hand() -> None:
    """Of 1 … 9 the share up to 5 is 5/9 with error √(9/8·20/81/9) = √20/(18√2)…; turned back it gives ranks by hand."""
    design, cells, k = summed(engine_of(y=[float(i) for i in range(1, 10)]), None, "y")
    p = 5 / 9
    se = math.sqrt(9 / 8 * p * (1 - p) / 9)
    ranks = [9 * (p + side * t_quantile(0.975, 8) * se) for side in (-1, 1)]

    found = quantile(design, cells, k["y"], 0.5)

    assert found.value == 5.0
    assert (found.low, found.high) == (math.ceil(ranks[0]), math.ceil(ranks[1]))
    assert found.se == pytest.approx((found.high - found.low) / (2 * t_quantile(0.975, 8)))  # type: ignore[operator]


def test_spreads_by_hand() -> None:
    """Of 1, 2, 6: variance 7, deviation √7; with 2, 1, 6 the covariance is (−2·−1 + −1·−2 + 3·3)/2 = 6.5, correlation 13/14."""
    design, cells, k = summed(engine_of(y=[1, 2, 6], x=[2, 1, 6]), None, "y", "x")

    assert variance(design, cells, k["y"]).value == pytest.approx(7)
    assert standard_deviation(design, cells, k["y"]).value == pytest.approx(math.sqrt(7))
    assert covariance(design, cells, k["y"], k["x"]).value == pytest.approx(6.5)
    assert correlation(design, cells, k["y"], k["x"]).value == pytest.approx(13 / 14)


def test_a_correlation_stays_between_its_limits() -> None:
    """The interval of a strong correlation ends before 1; one of a constant is nothing; one with itself is 1."""
    design, cells, k = summed(engine_of(y=[1, 2, 3, 4, 6], x=[1, 2, 3, 5, 6], c=[7] * 5), None, "y", "x", "c")
    found = correlation(design, cells, k["y"], k["x"])

    assert found.low is not None
    assert found.high is not None
    assert -1 < found.low < found.value < found.high < 1  # type: ignore[operator]
    assert correlation(design, cells, k["y"], k["c"]).value is None
    assert correlation(design, cells, k["y"], k["y"]).value == 1.0


def test_net_promoter_score_by_hand() -> None:
    """Two promoters, one passive, one detractor and one without an answer: (2 − 1)/4 of 100."""
    nan = float("nan")
    design, cells, k = summed(engine_of(s=[10, 9, 7, 3, nan]), None, "s")

    found = nps(design, cells, k["s"])

    assert (found.value, found.bases.unweighted, found.statistic) == (25.0, 4, "nps")


def test_index_of_questions() -> None:
    """The mean of each person's answers, turned where a scale runs the other way, of those with enough answers."""
    nan = float("nan")
    answers = [[1.0, 5.0, nan], [3.0, nan, nan], [5.0, 1.0, 2.0]]

    assert index_column(answers, 2, (None, None, 6.0))[:2].tolist() == [(1 + 3 + 1) / 3, 5.0]
    assert np.isnan(index_column(answers, 2, (None, None, 6.0))[2])
    design, cells, k = summed(engine_of(a=[1, 5], b=[3, nan]), None, "a", "b")
    assert mean_score(design, cells, index_column([k["a"], k["b"]])).value == pytest.approx(3.5)


def lonely(policy: Lonely) -> tuple[Design, Estimate]:
    """Return the mean of 1, 3 | 2, 6 | 5 with three strata, the last of one person."""
    engine = engine_of(y=[1, 3, 2, 6, 5])
    ones = np.ones(5)
    engine.set_weight("main", ones, ones, None, np.array([1, 1, 2, 2, 3]))
    design = design_of(engine.moments([], "main"), None, None, policy)
    m = engine.moments([Key('"y"', number=True)], "main")
    return design, mean(design, m, m.keys[0], np.ones(len(m.n)))


@pytest.mark.parametrize(
    ("policy", "variance_"),
    [("certainty", 20 / 25), ("remove", 20 / 25), ("adjust", (20 + 1.6**2) / 25), ("average", 20 / 25 * 3 / 2)],
)
def test_lonely_units(policy: Lonely, variance_: float) -> None:
    """Strata of two give 2·(1 + 1) + 2·(4 + 4) = 20; one of a single 5 adds nothing, 1.6² from the mean of 3.4, or their mean."""
    design, found = lonely(policy)

    assert found.se == pytest.approx(math.sqrt(variance_), rel=1e-12)
    assert lonely_strata(design) == ()


def test_a_lonely_unit_undecided() -> None:
    """Undecided, there is a value and no error, and the stratum is known."""
    design, found = lonely("fail")

    assert (found.value, found.se, found.low) == (3.4, None, None)
    assert lonely_strata(design) == (3,)


def test_a_domain_has_degrees_of_freedom_of_its_own() -> None:
    """Four units in two strata have two; a domain in one unit of each has one, not none."""
    engine = engine_of(y=[1, 2, 3, 4, 5, 6, 7, 8], f=[1, 0, 0, 0, 1, 0, 0, 0])
    ones = np.ones(8)
    engine.set_weight("main", ones, ones, None, np.repeat([1, 2], 4), np.tile([1, 1, 2, 2], 2))
    design, cells, k = summed(engine, "main", "y", "f")

    assert share(design, cells, k["y"] > 3, k["f"] >= 0).df == 2
    assert share(design, cells, (k["y"] > 3) & (k["f"] == 1), k["f"] == 1).df == 1


POPULATION = st.lists(st.tuples(st.integers(1, 4), st.integers(1, 3), st.integers(1, 5)), min_size=8, max_size=40)
Statistics = dict[str, Estimate]


def everything(w: list[float], rows: list[tuple[int, int, int]], threads: int = 1) -> Statistics:
    """Return one estimate of every kind."""
    y, g, _ = (np.array(c, dtype=float) for c in zip(*rows, strict=True))
    design, cells, k = weighted(w, threads, y=y.tolist(), g=g.tolist())
    return {
        "share": share(design, cells, (k["y"] == 1) & (k["g"] == 1), k["g"] == 1),
        "mean": mean(design, cells, k["y"], np.ones(len(cells.n))),
        "median": quantile(design, cells, k["y"]),
        "variance": variance(design, cells, k["y"]),
        "correlation": correlation(design, cells, k["y"], k["g"]),
        "nps": nps(design, cells, k["y"], (4,), (1, 2)),
        "total": total(design, cells, k["y"]),
    }


@settings(max_examples=40, deadline=None, derandomize=True)
@given(POPULATION, st.randoms(use_true_random=False))
def test_order_of_rows_and_threads_change_no_bit(rows: list[tuple[int, int, int]], chance: object) -> None:
    """Turned rows and two threads give every estimate and error to the last bit."""
    turned = list(rows)
    chance.shuffle(turned)  # type: ignore[attr-defined]

    first = everything([float(r[2]) for r in rows], rows)

    assert everything([float(r[2]) for r in turned], turned) == first
    assert everything([float(r[2]) for r in rows], rows, threads=2) == first


@settings(max_examples=40, deadline=None, derandomize=True)
@given(POPULATION, st.sampled_from([0.001, 0.5, 7.0, 1e6]))
def test_the_scale_of_weights_is_irrelevant(rows: list[tuple[int, int, int]], scale: float) -> None:
    """Weights times anything give the same estimates and errors, to the rounding of weights to billionths."""
    first = everything([float(r[2]) for r in rows], rows)
    second = everything([r[2] * scale for r in rows], rows)

    for name, estimate in first.items():
        for a, b in ((estimate.value, second[name].value), (estimate.se, second[name].se)):
            assert (a is None) == (b is None)
            assert a is None or a == pytest.approx(b, rel=1e-6, abs=1e-9)


@settings(max_examples=40, deadline=None, derandomize=True)
@given(POPULATION)
def test_whole_weights_equal_repeated_rows(rows: list[tuple[int, int, int]]) -> None:
    """A weight of three gives the value that three people alike give (errors differ: they count people)."""
    repeated = [r for r in rows for _ in range(r[2])]

    once = everything([float(r[2]) for r in rows], rows)
    many = everything([1.0] * len(repeated), repeated)

    for name in ("share", "mean", "median", "nps"):
        a, b = once[name].value, many[name].value
        assert (a is None) == (b is None)
        assert a is None or a == pytest.approx(b, rel=1e-8, abs=1e-12)


@settings(max_examples=40, deadline=None, derandomize=True)
@given(POPULATION)
def test_merged_answers_add_up(rows: list[tuple[int, int, int]]) -> None:
    """The share of two answers together is the sum of both, and so is its error by their covariance; all answers are one."""
    y = [float(r[0]) for r in rows]
    design, cells, k = weighted([float(r[2]) for r in rows], y=y)
    one = np.ones(len(cells.n))
    each = np.column_stack([k["y"] == c for c in (1, 2, 3, 4)])

    net = share(design, cells, k["y"] <= 2, one)
    summed_ = contrast(design, cells, each[:, :2], np.column_stack([one, one]), (1, 1))
    whole = contrast(design, cells, each, np.column_stack([one] * 4), (1, 1, 1, 1))

    assert net.value == pytest.approx(summed_.value, abs=1e-12)
    assert (net.se or 0.0) == pytest.approx(summed_.se or 0.0, abs=1e-9)
    assert whole.value == pytest.approx(1)
    assert (whole.se or 0.0) == pytest.approx(0, abs=1e-7)


def test_everything_fixed_by_the_weights_says_so() -> None:
    """After raking to sex, the share, the total, the mean, the quantile and the contrast of it are set by the weights, with no interval."""
    engine = engine_of(sex=[1, 1, 1, 2, 2, 1])
    made = rake(np.array([[1], [1], [1], [2], [2], [1]]), [{1: 0.5, 2: 0.5}])
    assert isinstance(made, Calibration)
    engine.set_weight("main", made.d, made.w, made.profile)
    design = design_of(engine.moments([], "main"), made.profile_levels)
    cells = cells_of(design, engine.moments([Key('"sex"', number=True)], "main"))
    sex = np.asarray(cells.keys[0], np.float64)
    men, one = sex == 1, np.ones(len(sex))

    for found in (
        share(design, cells, men, one),
        total(design, cells, men),
        mean_score(design, cells, sex),
        quantile(design, cells, sex, 0.3),
        contrast(design, cells, np.column_stack([men, ~men]), np.column_stack([one, one]), (1, -1)),
    ):
        assert (found.set_by_weights, found.low, found.se) == (True, None, 0.0)
