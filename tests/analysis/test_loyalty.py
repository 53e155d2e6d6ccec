"""Models of loyalty: what they find, what cannot be estimated and how it is told."""

from __future__ import annotations

import math
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from tests.analysis.world import MODEL, world

from posad.analysis.computing import compute
from posad.analysis.declaring import read_plans
from posad.analysis.keeping import to_text
from posad.analysis.values import Result
from posad.core.problems import Problem
from posad.core.speech import say
from posad.study.folder import read_study
from posad.tabulation.context import Context

Answered = Callable[[dict[str, str]], Context]


def model(
    answered: Answered, people: int = 1200, text: str = MODEL, weights: bool = True, simulated: bool = False
) -> tuple[Result | None, list[Problem]]:
    """Return the model of a study whose file says ``text``."""
    files = world(people, weights=weights, simulated=simulated)
    context = answered(files | {"analysis/model.yaml": text})
    found, problems = read_plans(context.study, only="model")
    assert problems == []
    return compute(context, found[0])


def value(found: Result | None, number: str) -> float:
    """Return a number of a result."""
    assert found is not None
    estimate = found.facts[f"analysis:model/{number}"].estimate
    assert estimate.value is not None
    return estimate.value


def test_a_known_truth_is_found(answered: Answered) -> None:
    """The odds ratios that made the answers, e^0.8 for a point of liking and e^0.5 for women, lie in their intervals."""
    found, _ = model(answered)

    assert found is not None
    for name, truth in (("like", math.exp(0.8)), ("sex.2", math.exp(0.5))):
        estimate = found.facts[f"analysis:model/{name}.odds"].estimate
        assert estimate.low is not None
        assert estimate.high is not None
        assert estimate.low < truth < estimate.high


def test_a_linear_effect_is_the_difference_of_means(answered: Answered) -> None:
    """With one driver of two groups, the linear difference is the difference of the groups' weighted shares."""
    text = "kind: loyalty\noutcome: stay.stays\nmodel: linear\ndrivers: [sex]\nprofiles: mirror\n"
    found, _ = model(answered, text=text)

    assert found is not None
    men, women = (found.facts[f"stay.stays@mirror:{g}"].estimate for g in ("m", "f"))
    assert men.value is not None
    assert women.value is not None
    assert value(found, "sex.2.effect") == pytest.approx(women.value - men.value, abs=1e-9)


def test_the_margin_of_a_lone_driver_is_the_same_in_all_models(answered: Answered) -> None:
    """A model of one driver with two groups fits their shares exactly, whatever its form: logit and linear differences agree."""
    head = "kind: loyalty\noutcome: stay.stays\ndrivers: [sex]\n"
    logit, _ = model(answered, text=head)
    linear, _ = model(answered, text=head + "model: linear\n")

    assert value(logit, "sex.2.effect") == pytest.approx(value(linear, "sex.2.effect"), abs=1e-9)


def test_importance_adds_up_and_is_checked(answered: Answered) -> None:
    """The drivers' parts add up to one, each inside its interval, and LMG tells nearly the same."""
    found, _ = model(answered, text=MODEL.replace("[like, sex]", "[like, sex, firms.alpha.comfort.top4]"))

    names = ("like", "sex", "firms.alpha.comfort.top4")
    assert sum(value(found, f"{n}.importance") for n in names) == pytest.approx(1)
    assert sum(value(found, f"{n}.lmg") for n in names) == pytest.approx(1)
    assert value(found, "check") < 0.02
    assert found is not None
    lead = found.facts["analysis:model/like.importance"].estimate
    assert lead.low is not None
    assert lead.high is not None
    assert lead.low <= value(found, "like.importance") <= lead.high


def test_importance_is_never_called_effect(answered: Answered) -> None:
    """Every model says, in both languages, that importance is not effect, and beside what it does not see what it could have seen."""
    found, _ = model(answered, text=MODEL.replace("[like, sex]", "[like, sex, firms.sigma.comfort.top4]"))

    assert found is not None
    told = {f.id: f for f in found.findings}
    assert "Важность – не влияние" in told["not_effect"].text.get("ru")
    assert "Importance is not effect" in told["not_effect"].text.get("en")
    assert "analysis:model/detectable" in told["unclear"].facts


def test_an_ordinal_outcome_has_odds_and_margins(answered: Answered) -> None:
    """A question with answers in order is modelled by proportional odds; the order of codes is the order of answers."""
    found, problems = model(answered, text=MODEL.replace("outcome: stay.stays", "outcome: stay"))

    assert [p.code for p in problems] == ["analysis-empty-group"]
    assert value(found, "like.odds") < 1  # more liking, fewer of code 3, "no"
    assert value(found, "like.effect") < 0


def test_a_number_is_modelled_in_its_own_units(answered: Answered) -> None:
    """A mean as outcome is modelled by least squares and its differences are points of the scale."""
    found, _ = model(answered, text="kind: loyalty\noutcome: like.mean\ndrivers: [sex, stay.stays]\n")

    assert found is not None
    assert found.facts["analysis:model/stay.stays.effect"].estimate.statistic == "coefficient"
    assert 0.5 < value(found, "stay.stays.effect") < 2.5


def test_profiles_are_the_numbers_of_the_study(answered: Answered) -> None:
    """Profiles of groups hold the study's own numbers at their addresses, the outcome first."""
    found, _ = model(answered, text=MODEL.replace("profiles: band", "profiles: mirror"))

    assert found is not None
    grid = next(g for g in found.grids if g.id == "profiles")
    assert grid.lines[0].cells == ("stay.stays", "stay.stays@mirror:m", "stay.stays@mirror:f")


def test_a_constant_driver_is_told_and_left_out(answered: Answered) -> None:
    """What is the same for everybody is named and left out, and the rest of the model stands."""
    found, problems = model(answered, text=MODEL.replace("[like, sex]", "[like, sex, same.yes, same]"))

    assert [p.facts["name"] for p in problems if p.code == "analysis-constant"] == ["same.yes", "same"]
    assert value(found, "like.effect") > 0


def test_a_group_without_people_is_told_and_left_out(answered: Answered) -> None:
    """A group in which there is nobody is named; no number is made for it."""
    found, problems = model(answered)

    assert [p.code for p in problems] == ["analysis-empty-group"]
    assert found is not None
    assert "NaN" not in to_text(found)


def test_a_driver_that_others_determine_is_told(answered: Answered) -> None:
    """Two names for one thing: the second is left out and both are named."""
    found, problems = model(answered, text=MODEL.replace("[like, sex]", "[like, sex, mirror]"))

    told = next(p for p in problems if p.code == "analysis-collinear")
    assert told.facts["name"] == "mirror"
    assert "sex" in str(told.facts["others"])
    assert value(found, "sex.2.effect") > 0


def test_a_driver_that_tells_the_outcome_is_told(answered: Answered) -> None:
    """A group in which everybody has the same outcome makes the estimate infinite: it is named, and no model is made."""
    found, problems = model(answered, text=MODEL.replace("[like, sex]", "[like, stayers]"))

    assert found is None
    assert "analysis-separated" in [p.code for p in problems]
    assert any("stayers" in str(p.facts["name"]) for p in problems if p.code == "analysis-separated")


def test_an_outcome_that_does_not_vary_is_told(answered: Answered) -> None:
    """Where all have the same outcome there is nothing to explain."""
    found, problems = model(answered, text=MODEL.replace("stay.stays", "same.yes"))

    assert found is None
    assert [p.code for p in problems] == ["analysis-outcome-constant"]


@pytest.mark.parametrize(("people", "code"), [(3, "analysis-nobody"), (35, "analysis-too-few")])
def test_too_few_people_are_told(answered: Answered, people: int, code: str) -> None:
    """With three people, or with fewer than ten for each parameter, no model is made and the number needed is told."""
    found, problems = model(answered, people, weights=False)

    assert found is None
    told = next(p for p in problems if p.code == code)
    assert str(people) in say(told, "ru")
    assert str(told.facts["needed"]) in say(told, "en")


def test_equal_weights_give_the_unweighted_model(answered: Answered) -> None:
    """Without weights the linear difference of two groups is that of plain shares."""
    text = "kind: loyalty\noutcome: stay.stays\nmodel: linear\ndrivers: [sex]\nprofiles: mirror\n"
    context = answered(world(weights=False) | {"analysis/model.yaml": text})
    found, _ = compute(context, read_plans(context.study, only="model")[0][0])

    rows = context.engine.rows(["sex", "stay"])
    sex, stays = np.array(rows["sex"]), np.array(rows["stay"]) != 3
    plain = float(np.mean(stays[sex == 2]) - np.mean(stays[sex == 1]))
    assert value(found, "sex.2.effect") == pytest.approx(plain, abs=1e-12)


def test_a_group_of_people_has_a_model_of_its_own(answered: Answered) -> None:
    """With ``group`` only its people are in the model."""
    found, _ = model(answered, text=MODEL.replace("controls: [band]\n", "") + "group: band:young\n")

    assert found is not None
    whole = value(model(answered)[0], "people")
    assert 0 < value(found, "people") < whole


def test_simulated_models_say_so(answered: Answered) -> None:
    """On simulated answers every sentence says that the generator set its numbers."""
    found, _ = model(answered, simulated=True)

    assert found is not None
    assert all("задано генератором" in f.text.get("ru") for f in found.findings)


def test_names_in_a_model_are_checked(study_of: Callable[[dict[str, str]], Path]) -> None:
    """Unknown names, a model that does not fit its outcome and an overlapping variable are mistakes at their places."""
    text = "kind: loyalty\noutcome: like.mean\nmodel: logit\ndrivers: [lke, like.likess, firms]\ncontrols: [bnd]\nprofiles: bnd\n"
    study, _ = read_study(study_of(world(30) | {"analysis/model.yaml": text}))
    assert study is not None

    told = read_plans(study, only="model")[1]

    assert sorted((p.code, p.place.line) for p in told) == [
        ("analysis-item-unknown", 4),
        ("analysis-item-unknown", 4),
        ("analysis-item-unknown", 5),
        ("analysis-item-unknown", 6),
        ("analysis-measure-unknown", 4),
    ]
