"""Raking meets its targets, stays within bounds, and says what stands in the way."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given as cases
from hypothesis import settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from posad.core.catalogue import CATALOGUE
from posad.core.place import Place
from posad.core.problems import problem
from posad.core.speech import say, way_out
from posad.kernel.weights.calibration import Calibration, MarginLevel, given, rake
from posad.kernel.weights.checks import Remark
from posad.store.values import BILLION, MISSING

PLACE = Place("weights.yaml")


def levels(*people: tuple[int, ...]) -> NDArray[np.int64]:
    """Return the codes of people on the margins."""
    return np.array(people, dtype=np.int64)


def made(result: Calibration | list[Remark]) -> Calibration:
    """Return the weights, which must have been made."""
    assert isinstance(result, Calibration), result
    return result


def refused(result: Calibration | list[Remark]) -> list[tuple[str, dict[str, object]]]:
    """Return what stood in the way, which something must have; each can be said in both languages."""
    assert not isinstance(result, Calibration)
    return said(result)


def said(remarks: list[Remark] | tuple[Remark, ...]) -> list[tuple[str, dict[str, object]]]:
    """Return codes and facts, having said each in both languages."""
    for remark in remarks:
        for language in ("ru", "en"):
            words = say(problem(remark.code, PLACE, **remark.facts), language)
            assert "{" not in words + way_out(problem(remark.code, PLACE, **remark.facts), language)
    return [(r.code, dict(r.facts)) for r in remarks]


def test_one_margin_by_hand() -> None:
    """Three men and one woman to half and half: 2/3 and 2; Σw² = 16/3, effective 3, design effect 4/3, efficiency 3/4."""
    found = made(rake(levels((1,), (1,), (1,), (2,)), [{1: 0.5, 2: 0.5}]))

    assert found.w.tolist() == [666_666_667, 666_666_667, 666_666_667, 2 * BILLION]
    assert found.d.tolist() == [BILLION] * 4
    assert (found.profile.tolist(), found.profile_levels.tolist()) == ([0, 0, 0, 1], [[1, 0], [0, 1]])
    assert (found.effective, found.design_effect, found.efficiency) == pytest.approx((3, 4 / 3, 3 / 4), rel=1e-8)
    assert (found.lowest, found.highest, found.people, found.remarks) == (0.666666667, 2.0, 4, ())
    assert [replace(level, after=round(level.after, 8)) for level in found.levels] == [
        MarginLevel(0, 1, 3, 0.75, 0.5, 0.5),
        MarginLevel(0, 2, 1, 0.25, 0.5, 0.5),
    ]


def test_independent_margins_by_hand() -> None:
    """In a full crossing, raking multiplies the factors: sex 0.6/0.4, town 0.8/0.2 over four equal cells."""
    found = made(rake(levels((1, 1), (1, 2), (2, 1), (2, 2)), [{1: 0.6, 2: 0.4}, {1: 0.8, 2: 0.2}]))

    assert [w / BILLION for w in found.w.tolist()] == pytest.approx([1.92, 0.48, 1.28, 0.32], abs=1e-9)
    assert found.passes <= 2


def test_base_weights_keep_their_ratios_within_a_profile() -> None:
    """People alike on all margins keep the ratio of their base weights, and the scale is told."""
    found = made(rake(levels((1,), (1,), (2,)), [{1: 0.5, 2: 0.5}], base=np.array([1.0, 3.0, 8.0])))

    assert [w / BILLION for w in found.w.tolist()] == pytest.approx([0.375, 1.125, 1.5], abs=1e-9)
    assert [d / BILLION for d in found.d.tolist()] == pytest.approx([0.25, 0.75, 2.0])
    assert found.scale == 4.0


SHARES = st.lists(st.integers(5, 100), min_size=2, max_size=5)


def sample(seed: int, sizes: list[int], rows: int = 300) -> NDArray[np.int64]:
    """Return people spread over all levels."""
    rng = np.random.default_rng(seed)
    return np.column_stack([np.r_[np.arange(k), rng.integers(0, k, rows - k)] for k in sizes]).astype(np.int64)


def targets_of(parts: list[list[int]]) -> list[dict[int, float]]:
    """Return targets in proportion to the numbers."""
    return [{i: n / sum(numbers) for i, n in enumerate(numbers)} for numbers in parts]


@settings(max_examples=60, deadline=None, derandomize=True)
@cases(st.integers(0, 2**32 - 1), st.lists(SHARES, min_size=1, max_size=4), st.booleans())
def test_margins_are_met(seed: int, parts: list[list[int]], based: bool) -> None:
    """Every margin meets its target to the rounding of weights, whatever the targets and base weights."""
    people = sample(seed, [len(p) for p in parts])
    base = np.random.default_rng(seed).uniform(0.2, 4, len(people)) if based else None

    found = made(rake(people, targets_of(parts), base))

    w = found.w / BILLION
    assert w.sum() == pytest.approx(300, abs=1e-6)
    assert found.gap < 1e-11
    for m, target in enumerate(targets_of(parts)):
        for code, share in target.items():
            assert w[people[:, m] == code].sum() / w.sum() == pytest.approx(share, abs=1e-9)
    factor = w / (found.d / BILLION)
    for profile in np.unique(found.profile):
        assert np.ptp(factor[found.profile == profile]) < 1e-7


@settings(max_examples=30, deadline=None, derandomize=True)
@cases(st.integers(0, 2**32 - 1), st.lists(SHARES, min_size=2, max_size=3), st.floats(0.001, 1000))
def test_order_and_scale_are_irrelevant(seed: int, parts: list[list[int]], scale: float) -> None:
    """Shuffled people get the same weights to the last digit; base weights of another scale, the same but for rounding."""
    people = sample(seed, [len(p) for p in parts])
    rng = np.random.default_rng(seed)
    base, order = rng.uniform(0.2, 4, len(people)), rng.permutation(len(people))

    found = made(rake(people, targets_of(parts), base))
    shuffled = made(rake(people[order], targets_of(parts), base[order]))
    scaled = made(rake(people, targets_of(parts), base * scale))

    assert shuffled.w.tolist() == found.w[order].tolist()
    assert np.abs(scaled.w - found.w).max() <= 20


@settings(max_examples=40, deadline=None, derandomize=True)
@cases(st.integers(0, 2**32 - 1), st.lists(SHARES, min_size=1, max_size=3), st.booleans())
def test_bounds_and_margins_together(seed: int, parts: list[list[int]], based: bool) -> None:
    """With bounds, weights stay inside them and margins are met all the same, or the obstacle is named."""
    people = sample(seed, [len(p) for p in parts], 200)
    base = np.random.default_rng(seed).integers(1, 6, len(people)).astype(float) if based else None

    found = rake(people, targets_of(parts), base, bounds=(0.25, 2.5))

    if isinstance(found, Calibration):
        assert 0.25 - 1e-8 <= found.lowest <= found.highest <= 2.5 + 1e-8
        assert all(level.after == pytest.approx(level.target, abs=1e-8) for level in found.levels)
    else:
        assert {code for code, _ in refused(found)} <= {
            "weighting-bound-too-low",
            "weighting-bound-too-high",
            "weighting-bounds-conflict",
        }


COUNTS = st.tuples(*[st.integers(3, 60)] * 4)


@settings(max_examples=150, deadline=None, derandomize=True)
@cases(COUNTS, st.floats(0.15, 0.85), st.floats(0.15, 0.85))
def test_bounds_refused_only_when_they_cannot_hold(counts: tuple[int, int, int, int], men: float, town: float) -> None:
    """In a two-by-two table the weight of one cell decides all others, so that what is possible can be told by arithmetic."""
    low, high, total = 0.4, 2.0, sum(counts)
    n11, n12, n21, n22 = counts
    # Weighted people of the first cell must lie between these, each cell's being its margin less the rest.
    least = max(low * n11, men * total - high * n12, town * total - high * n21, (men + town - 1) * total + low * n22)
    most = min(high * n11, men * total - low * n12, town * total - low * n21, (men + town - 1) * total + high * n22)
    people = levels(*[(1, 1)] * n11, *[(1, 2)] * n12, *[(2, 1)] * n21, *[(2, 2)] * n22)

    found = rake(people, [{1: men, 2: 1 - men}, {1: town, 2: 1 - town}], bounds=(low, high))

    if most - least > 0.02 * total:
        assert made(found).highest <= high + 1e-8
    elif most < least - 1e-6:
        assert not isinstance(found, Calibration)


def test_wide_bounds_change_nothing() -> None:
    """Bounds that no weight reaches give the weights without bounds."""
    people = sample(3, [2, 4, 3])
    targets = targets_of([[40, 60], [10, 20, 30, 40], [1, 1, 1]])

    free, bound = made(rake(people, targets)), made(rake(people, targets, bounds=(0.001, 100)))

    assert np.abs(free.w - bound.w).max() <= 2
    assert bound.at_bounds == 0


def test_trimmed_by_hand() -> None:
    """Base weights 1, 1, 4 in one group bounded at 1.5: one is cut to 1.5, the others take 0.75 each."""
    found = made(rake(levels((1,), (1,), (1,)), [{1: 1.0}], base=np.array([1.0, 1.0, 4.0]), bounds=(0.1, 1.5)))

    assert [w / BILLION for w in found.w.tolist()] == pytest.approx([0.75, 0.75, 1.5], abs=1e-9)
    assert found.at_bounds == 1


def test_certificate_of_a_bound_too_low() -> None:
    """Twenty people with weights up to 3 reach at most 60 of the 120 their target needs."""
    people = np.array([[1]] * 20 + [[2]] * 180)

    assert refused(rake(people, [{1: 0.6, 2: 0.4}], bounds=(0.1, 3))) == [
        ("weighting-bound-too-low", {"margin": 0, "level": 1, "people": 20, "needed": 120.0, "reach": 60, "bound": 3})
    ]


def test_certificate_of_a_bound_too_high() -> None:
    """A hundred people of weight 0.5 and more are at least 50 where 40 are wanted."""
    people = np.array([[1]] * 100 + [[2]] * 100)

    assert refused(rake(people, [{1: 0.2, 2: 0.8}], bounds=(0.5, 3))) == [
        (
            "weighting-bound-too-high",
            {"margin": 0, "level": 1, "people": 100, "needed": 40.0, "reach": 50.0, "bound": 0.5},
        )
    ]


def test_bounds_that_conflict_together() -> None:
    """Levels reachable one by one but not together are told as a conflict."""
    people = levels(*[(1, 1)] * 40, *[(2, 2)] * 40, *[(1, 2)] * 10, *[(2, 1)] * 10)

    (found,) = refused(rake(people, [{1: 0.3, 2: 0.7}, {1: 0.7, 2: 0.3}], bounds=(0.5, 2)))

    assert found[0] == "weighting-bounds-conflict"


@pytest.mark.parametrize("bounds", [(1.2, 3.0), (0.5, 0.9), (-1.0, 2.0)])
def test_bounds_must_hold_the_mean(bounds: tuple[float, float]) -> None:
    """Bounds on one side of the mean weight are impossible."""
    assert refused(rake(levels((1,), (2,)), [{1: 0.5, 2: 0.5}], bounds=bounds))[0][0] == "weighting-bounds-order"


def test_contradictory_margins_are_named() -> None:
    """When two margins are one and the same and their targets differ, the one that cannot be held is named."""
    people = levels(*[(1, 1)] * 50, *[(2, 2)] * 50)

    (found,) = refused(rake(people, [{1: 0.4, 2: 0.6}, {1: 0.5, 2: 0.5}]))

    assert found[0] == "weighting-not-converged"
    assert {k: found[1][k] for k in ("margin", "level", "target", "reached")} == {
        "margin": 0, "level": 1, "target": 40.0, "reached": 50.0
    }  # fmt: skip


def test_an_empty_level_is_to_be_merged_with_its_neighbour() -> None:
    """Nobody of 65 and over: the level is named, and the nearest one with people proposed."""
    people = levels((18,), (30,), (45,))

    found = refused(rake(people, [{18: 0.2, 30: 0.3, 45: 0.2, 60: 0.2, 65: 0.1}]))

    assert found == [
        ("weighting-level-empty", {"margin": 0, "level": 60, "target": 20.0, "merge": 45}),
        ("weighting-level-empty", {"margin": 0, "level": 65, "target": 10.0, "merge": 45}),
    ]


def test_people_without_a_target_are_named() -> None:
    """A code that has people but no target stops the weighting."""
    found = refused(rake(levels((1,), (2,), (3,), (3,)), [{1: 0.5, 2: 0.5}]))

    assert found == [("weighting-level-unknown", {"margin": 0, "level": 3, "people": 2})]


def test_a_target_of_zero_takes_people_out() -> None:
    """People of a level whose target is zero get weight zero, and that is said."""
    found = made(rake(levels((1,), (2,), (3,)), [{1: 0.5, 2: 0.5, 3: 0.0}]))

    assert found.w.tolist() == [1_500_000_000, 1_500_000_000, 0]
    assert said(found.remarks) == [("weighting-level-zero", {"margin": 0, "level": 3, "people": 1})]


def test_zero_targets_may_empty_another_level() -> None:
    """When the people of a level all go by another margin's zero, that level is named."""
    found = refused(rake(levels((1, 1), (2, 2)), [{1: 1.0, 2: 0.0}, {1: 0.5, 2: 0.5}]))

    assert found == [("weighting-level-emptied", {"margin": 1, "level": 2, "target": 50.0})]


def test_people_without_an_answer_get_no_weight() -> None:
    """A missing margin or base weight leaves a person without a weight, and how many is said."""
    people = levels((1,), (2,), (MISSING,), (1,), (2,))

    found = made(rake(people, [{1: 0.5, 2: 0.5}], base=np.array([1, 1, 1, np.nan, 0.0])))

    assert found.w.tolist() == [1_500_000_000, 1_500_000_000, MISSING, MISSING, 0]
    assert found.profile.tolist() == [0, 1, MISSING, MISSING, 1]
    assert found.people == 3
    assert said(found.remarks) == [
        ("weighting-base-missing", {"people": 1}),
        ("weighting-zero", {"people": 1}),
        ("weighting-margin-missing", {"margin": 0, "people": 1}),
    ]


def test_targets_that_are_no_shares() -> None:
    """Negative targets and sums far from one are refused; a sum off by rounding is brought to one."""
    people = levels((1,), (2,))

    assert refused(rake(people, [{1: -0.5, 2: 1.5}])) == [("weighting-target-negative", {"margin": 0})]
    assert refused(rake(people, [{1: 0.5, 2: 0.4}])) == [("weighting-targets-sum", {"margin": 0, "sum": 90.0})]
    assert made(rake(people, [{1: 0.333, 2: 0.666}])).levels[0].target == pytest.approx(1 / 3)


def test_weights_that_cannot_be() -> None:
    """Negative, infinite and absent weights are refused."""
    assert refused(given([1.0, -2.0, np.inf])) == [("weighting-negative", {"people": 2})]
    assert refused(given([np.nan, 0.0])) == [("weighting-nobody", {})]
    assert refused(rake(levels((MISSING,)), [{1: 1.0}])) == [
        ("weighting-nobody", {}),
    ]
    assert refused(given([1e9] + [1.0] * 200_000))[0][0] == "weighting-too-large"


def test_given_weights() -> None:
    """A weight that came with the answers has no margins; missing and zero ones are told."""
    found = made(given([0.5, 1.5, np.nan, 0.0]))

    assert found.w.tolist() == [750_000_000, 2_250_000_000, MISSING, 0]
    assert (found.profile.tolist(), found.profile_levels.shape) == ([0, 0, MISSING, 0], (1, 0))
    assert said(found.remarks)[:2] == [("weighting-missing", {"people": 1}), ("weighting-zero", {"people": 1})]


def test_codes_taken_for_weights() -> None:
    """A column of a few small whole numbers is suspected of being codes."""
    assert said(made(given([1, 2, 3, 2, 1] * 5)).remarks) == [("weighting-looks-like-codes", {"values": "1, 2, 3"})]


def test_costly_weights_are_told() -> None:
    """Efficiency under 60 % is warned of, under 40 % it needs a reason."""
    low, very_low = made(given([0.1] * 50 + [0.9] * 50 + [3.1] * 25)), made(given([0.1] * 90 + [9.9] * 10))

    assert [code for code, _ in said(low.remarks) + said(very_low.remarks)] == [
        "weighting-efficiency-low",
        "weighting-efficiency-very-low",
    ]


def test_every_remark_is_in_the_catalogue() -> None:
    """All codes of weighting have words in both languages."""
    codes = [c for c in CATALOGUE if c.startswith("weighting-")]

    assert len(codes) >= 29


def test_rounding_of_many_moves_the_part_of_few() -> None:
    """Margins of a sample where large joint levels round one way are met, to what rounding everybody may move a level."""
    counts = (421, 330, 240, 184, 71, 53, 172, 121, 90, 48, 23, 21, 66, 46, 37, 23, 15, 4, 16, 6, 6, 4, 2, 1)
    joint = [(a, b, c) for a in range(4) for b in range(3) for c in range(2)]
    people = np.repeat(np.array(joint), counts, axis=0)
    targets = [dict(enumerate(t)) for t in ((0.4, 0.3, 0.2, 0.1), (0.3, 0.4, 0.3), (0.5, 0.5))]

    weight = made(rake(people, targets))

    assert max(abs(level.after - level.target) for level in weight.levels) < 1e-9
