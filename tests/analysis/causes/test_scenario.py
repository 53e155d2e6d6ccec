"""Scenarios: what would be, whether it is told with its limits, and what is refused."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.analysis.causes.town import Answered, made, said, town, value, wrong

from posad.analysis.declaring import read_plans
from posad.analysis.keeping import from_text, to_text
from posad.analysis.kinds.causes.scenario.shifting import Design, by_part, shifted, to_level
from posad.analysis.kinds.causes.sensitivity import e_value, partial_f, robustness, strongest
from posad.analysis.linear.models import ModelName, fit
from posad.core.place import Place
from posad.evidence.facts import make_fact
from posad.kernel.design import Floats

LIKES = "kind: scenario\noutcome: stay.stays\nchange: {what: like.likes, by: -50 %}\n"
HELD = LIKES + "adjust_for: [sex, band]\n"


def number(answered: Answered, address: str) -> float:
    """Return a number of the town itself."""
    fact, _ = make_fact(answered(town()), address, Place("test"))
    assert fact is not None
    assert fact.estimate.value is not None
    return fact.estimate.value


def test_arithmetic_is_that_of_the_tables(answered: Answered) -> None:
    """With nothing held equal, half of those who like the town liking it no more changes the share by half of their part times the gap."""
    variables = town()["variables.yaml"] + (
        "liking:\n  label: {ru: Нравится, en: Like}\n  groups:\n"
        "    yes: {label: {ru: Да, en: Yes}, if: like in 4-5}\n    no: {label: {ru: Нет, en: No}, if: like in 1-3}\n"
    )
    context = answered(town() | {"variables.yaml": variables})
    shares = []
    for address in ("like.likes", "stay.stays@liking:yes", "stay.stays@liking:no"):
        fact, _ = make_fact(context, address, Place("test"))
        assert fact is not None
        assert fact.estimate.value is not None
        shares.append(fact.estimate.value)

    found, _ = made(answered, LIKES + "label: arithmetic\n")

    likes, stay, other = shares
    assert value(found, "change") == pytest.approx(-0.5 * likes * (stay - other), abs=1e-9)
    assert value(found, "now") == pytest.approx(number(answered, "stay.stays"), abs=1e-9)
    assert value(found, "would") == pytest.approx(value(found, "now") + value(found, "change"), abs=1e-12)
    assert value(found, "movers") == pytest.approx(0.5 * likes, abs=1e-9)


def test_the_raw_contrast_stands_beside(answered: Answered) -> None:
    """The chart and the table show the change with nothing held equal beside the one held equal, and the bound."""
    found, _ = made(answered, HELD)

    assert found is not None
    assert [bar.id for bar in found.figures[0].bars] == ["raw", "change", "flexible", "bound"]
    assert "выровнено" in said(found)["who"]
    assert "raw" in said(found)


def test_every_scenario_is_bound_to_its_name(answered: Answered) -> None:
    """Sentences say "would, if", never "will", bear the label, and the sensitivity row is there, in both languages."""
    found, _ = made(answered, HELD)

    ru, en = said(found), said(found, "en")
    assert ru["would"].startswith("Если бы")
    assert "связь при прочих равных" in ru["would"]
    assert en["would"].startswith("If ")
    assert "would" in en["would"]
    assert "adjusted association" in en["would"]
    assert " будет " not in " ".join(ru.values())
    assert " will " not in " ".join(en.values())
    assert {"hidden", "bound", "label"} <= set(ru)


def test_a_causal_name_prints_its_assumptions(answered: Answered) -> None:
    """Called causal, the assumptions listed are in its sentence."""
    found, _ = made(
        answered,
        HELD + "label: causal under listed assumptions\nassumptions:\n  - {ru: жребий, en: a lottery}\n",
    )

    assert "причинность при названных допущениях" in said(found)["would"]
    assert "жребий" in said(found)["label"]
    assert "a lottery" in said(found, "en")["label"]


def test_points_stop_at_the_ends_of_the_scale(answered: Answered) -> None:
    """One point more of a five-point scale moves those who are below five, and none beyond."""
    found, _ = made(answered, "kind: scenario\noutcome: stay.stays\nchange: {what: like, by: +1}\nadjust_for: [sex]\n")

    fact, _ = make_fact(answered(town()), "like.5", Place("test"))
    assert fact is not None
    assert fact.estimate.value is not None
    assert value(found, "movers") == pytest.approx(1 - fact.estimate.value, abs=1e-9)
    assert value(found, "change") > 0.05


def test_a_service_is_equalised(answered: Answered) -> None:
    """All groups get the level of one: the change is of those outside it, and the sentence names the group."""
    found, _ = made(
        answered,
        "kind: scenario\noutcome: stay.stays\nchange: {what: like.likes, equal: mirror:f}\nadjust_for: [band]\n",
    )

    assert "как в группе «Ж»" in said(found)["would"]
    assert 0 < value(found, "movers") < 0.3


def test_a_number_as_outcome_keeps_its_units(answered: Answered) -> None:
    """A mean as outcome changes in its own units."""
    found, _ = made(
        answered, "kind: scenario\noutcome: like.mean\nchange: {what: stay.stays, by: +100 %}\nadjust_for: [sex]\n"
    )

    assert found is not None
    assert found.facts["analysis:one/change"].estimate.statistic == "coefficient"
    assert 1 < value(found, "now") < value(found, "would") < 5


def test_equal_weights_are_no_weights(answered: Answered) -> None:
    """Without weights the arithmetic is that of plain counts."""
    found, _ = made(answered, LIKES + "label: arithmetic\n", weights=False)

    rows = [r.split(";") for r in town(weights=False)["answers/2025.csv"].splitlines()]
    like, stay = (np.array([int(r[rows[0].index(k)]) for r in rows[1:]]) for k in ("like", "stay"))
    likes, stays = like >= 4, stay < 3
    plain = -0.5 * likes.mean() * (stays[likes].mean() - stays[~likes].mean())
    assert value(found, "change") == pytest.approx(plain, abs=1e-9)


def test_no_overlap_is_refused(answered: Answered) -> None:
    """Where what is held equal determines who would change, nobody is like them, and there is no scenario."""
    found, problems = made(answered, LIKES + "adjust_for: [like.mean]\n")

    assert found is None
    assert "scenario-no-overlap" in [p.code for p in problems]


def test_too_large_a_move_is_refused(answered: Answered) -> None:
    """A number moved beyond the range that people like them have is refused."""
    text = "kind: scenario\noutcome: stay.stays\nchange: {what: like, by: +3}\nadjust_for: [like.likes]\n"
    found, problems = made(answered, text)

    assert found is None
    assert [p.code for p in problems] == ["scenario-no-overlap"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (HELD.replace("like.likes", "same.yes"), "scenario-nothing-changes"),
        (HELD.replace("stay.stays", "same.yes"), "analysis-outcome-constant"),
    ],
)
def test_what_does_not_vary_is_told(answered: Answered, text: str, code: str) -> None:
    """A change of what everybody has, or of an outcome that all share, is told and not computed."""
    found, problems = made(answered, text)

    assert found is None
    assert code in [p.code for p in problems]


def test_three_people_have_no_scenario(answered: Answered) -> None:
    """Three answers are too few, and the number needed is told."""
    found, problems = made(answered, HELD, people=3, weights=False)

    assert found is None
    assert [p.code for p in problems] == ["analysis-nobody"]


def test_simulated_scenarios_say_so(answered: Answered) -> None:
    """On simulated answers every sentence says that the generator set its numbers, and no number is missing."""
    found, _ = made(answered, HELD, simulated=True)

    assert found is not None
    assert all("задано генератором" in text for text in said(found).values())
    assert all("set by the generator" in text for text in said(found, "en").values())
    assert from_text(to_text(found)) == found


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (LIKES + "label: causal under listed assumptions\n", "analysis-no-assumptions"),
        (HELD + "label: arithmetic\n", "analysis-arithmetic-adjusted"),
        (HELD + "assumptions:\n  - {ru: а, en: a}\n", "analysis-assumptions-idle"),
        (LIKES.replace("-50 %", "-50"), "scenario-by-form"),
        (LIKES.replace("-50 %", "half"), "scenario-by-form"),
        (LIKES.replace("-50 %", "-150 %"), "scenario-by-form"),
        (LIKES.replace("what: like.likes, by: -50 %", "what: like, by: 10 %"), "scenario-by-form"),
        (LIKES.replace(", by: -50 %", ""), "scenario-change-one"),
        (LIKES.replace("by: -50 %", "by: -50 %, equal: mirror:f"), "scenario-change-one"),
        (LIKES.replace("by: -50 %", "equal: mirror:x"), "analysis-measure-unknown"),
        (LIKES.replace("outcome: stay.stays", "outcome: stay"), "scenario-groups"),
        (LIKES.replace("like.likes", "sex"), "scenario-groups"),
        (LIKES + "adjust_for: [like.likes]\n", "scenario-held-itself"),
        (LIKES + "suspects: [sexx]\n", "analysis-item-unknown"),
    ],
)
def test_mistakes_are_told_at_their_place(answered: Answered, text: str, code: str) -> None:
    """A wrong change, a name that is not there and a label that does not fit are mistakes with a place."""
    told = wrong(answered, text)

    assert code in [c for c, _ in told]
    assert all(line > 0 for _, line in told)


def test_the_folder_says_the_kind(answered: Answered) -> None:
    """In analysis/scenarios the line of the kind may be left out; elsewhere it may not."""
    text = LIKES.removeprefix("kind: scenario\n")
    context = answered(town(60) | {"analysis/scenarios/inner.yaml": text, "analysis/outer.yaml": text})

    found, problems = read_plans(context.study)

    assert [d.kind for d in found if d.id == "inner"] == ["scenario"]
    assert [p.code for p in problems if p.place.file == "analysis/outer.yaml"] == ["analysis-kind-missing"]


@given(st.floats(min_value=0.05, max_value=1.0), st.integers(0, 10_000))
@settings(max_examples=40, deadline=None)
def test_a_change_grows_with_its_part(part: float, seed: int) -> None:
    """The change of a part of people is that part of the change of all of them."""
    r = np.random.default_rng(seed)
    now, y = (r.random((2, 60)) < 0.5).astype(np.float64)
    z, w, inside = r.normal(size=60), r.random(60) + 0.5, np.ones(60, dtype=bool)
    design = Design(np.column_stack([np.ones(60), z]), now)
    model = fit("linear", design.columns(now), y, w, inside)

    whole = shifted(model, design, by_part(now, -1.0, inside), y, w, inside)
    some = shifted(model, design, by_part(now, -part, inside), y, w, inside)

    assert some.values[2] == pytest.approx(part * whole.values[2], abs=1e-12)
    assert np.allclose(some.columns[:, 2], part * whole.columns[:, 2], atol=1e-12)


@given(st.integers(0, 10_000))
@settings(max_examples=40, deadline=None)
def test_equalised_groups_have_one_level(seed: int) -> None:
    """After groups are equalised by chance each has the expected share of the group wanted."""
    r = np.random.default_rng(seed)
    now = (r.random(90) < 0.4).astype(np.float64)
    groups = [np.arange(90) % 3 == k for k in range(3)]
    now[:6] = [1, 0, 1, 0, 1, 0]  # every group has both
    w, inside = r.random(90) + 0.5, np.ones(90, dtype=bool)

    shift = to_level(now, groups, 1, w, inside, share=True)

    expected = now + shift.part * (shift.target - now)
    shares = [float(np.sum((w * expected)[g]) / np.sum(w[g])) for g in groups]
    assert shares == pytest.approx([shares[1]] * 3, abs=1e-12)


def test_the_column_of_equalised_groups_is_its_slope() -> None:
    """The column of a scenario is how the change moves with the weight of one person, the levels moving too."""
    r = np.random.default_rng(4)
    now, y = (r.random((2, 120)) < 0.5).astype(np.float64)
    groups, z = [np.arange(120) % 2 == k for k in range(2)], r.normal(size=120)
    w, inside = r.random(120) + 0.5, np.ones(120, dtype=bool)
    design = Design(np.column_stack([np.ones(120), z]), now)

    def change(weights: Floats) -> tuple[float, float]:
        model = fit("logit", design.columns(now), y, weights, inside)
        made_ = shifted(model, design, to_level(now, groups, 0, weights, inside, share=True), y, weights, inside)
        return float(made_.values[2]), float(made_.columns[7, 2])

    moved = w.copy()
    moved[7] += 1e-5
    value_, column = change(w)

    assert (change(moved)[0] - value_) / 1e-5 == pytest.approx(column, abs=1e-6)


@pytest.mark.parametrize("model", ["logit", "linear"])
@pytest.mark.parametrize("products", [False, True])
def test_the_column_of_equalised_means_is_its_slope(model: ModelName, products: bool) -> None:
    """The same of a number whose mean is made equal: predictions move with the levels, whatever the model and its products."""
    r = np.random.default_rng(6)
    now, z, noise = r.normal(size=(3, 150))
    groups = [np.arange(150) % 3 == k for k in range(3)]
    now += 0.4 * groups[1]
    y = (noise + 0.5 * now > 0).astype(np.float64)
    w, inside = r.random(150) + 0.5, np.ones(150, dtype=bool)
    design = Design(np.column_stack([np.ones(150), z]), now, products)

    def change(weights: Floats) -> tuple[float, float]:
        fitted = fit(model, design.columns(now), y, weights, inside)
        shift = to_level(now, groups, 1, weights, inside, share=False)
        found = shifted(fitted, design, shift, y, weights, inside)
        return float(found.values[2]), float(found.columns[8, 2])

    moved = w.copy()
    moved[8] += 1e-5
    value_, column = change(w)

    assert (change(moved)[0] - value_) / 1e-5 == pytest.approx(column, abs=1e-6)


def test_a_suspect_that_cannot_be_held_equal_is_told(answered: Answered) -> None:
    """A suspect that tells the outcome without error is named, and the scenario stands without it."""
    found, problems = made(answered, HELD + "suspects: [stayers]\n")

    assert found is not None
    assert "analysis-separated" in [p.code for p in problems]
    assert "suspects" not in said(found)


def test_e_values_are_those_of_their_authors() -> None:
    """A risk ratio of 3.9 has the E-value 7.26, that of VanderWeele and Ding's example, and of its lower end, 1.8, 3.0."""
    assert e_value(3.9) == pytest.approx(7.26, abs=0.005)
    assert e_value(1.8) == pytest.approx(3.0, abs=1e-9)


@pytest.mark.parametrize("strength", [0.3, 1.0])
def test_the_strongest_bound_is_the_bias_of_a_twin(strength: float) -> None:
    """Leaving out one of two equally strong factors moves the coefficient by what the bound says of the one left in."""
    r = np.random.default_rng(1)
    n = 100_000
    u, v, noise, other = r.normal(size=(4, n))
    a = strength * (u + v) + noise
    y = a + strength * (u + v) + other
    w, ones = np.ones(n), np.ones((n, 1))

    hidden = strongest(y, a, [u[:, None]], w)
    assert hidden is not None
    slope = np.linalg.lstsq(np.column_stack([ones, a, u]), y, rcond=None)[0][1]
    full = np.linalg.lstsq(np.column_stack([ones, a, u, v]), y, rcond=None)[0][1]

    assert 1 - full / slope == pytest.approx(hidden.part, rel=0.03)
    assert 0 < robustness(partial_f(y, a, np.column_stack([ones, u]), w)) < 1
