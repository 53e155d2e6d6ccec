"""Weights of every method, crossed margins and means, designs and replicates, as a study declares them."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from tests.processing.test_weighing import engine_of, told, weights_in

from posad.processing.weighing import Weighed, replicates_of, weigh
from posad.study.plans.values import Study

SOURCE = "source: Перепись\n"
CROSSED = """\
method: poststratify
source: Перепись
margins:
  sex > like: {targets: {1 > 1: 10 %, 1 > 5: 40 %, 2 > 1: 20 %, 2 > 5: 30 %}}
"""


def test_a_crossed_margin(small: Callable[..., Study]) -> None:
    """Five people in four pairs: the pair of two shares its 40 %; the method box has the pairs in words."""
    study = small(weights=CROSSED)
    engine = engine_of(study, sex=[1, 1, 1, 2, 2], like=[1, 5, 5, 1, 5])

    made, problems = weigh(engine, study, study.weights[0])

    assert made is not None, problems
    assert weights_in(engine) == [0.5, 1.0, 1.0, 1.0, 1.5]
    assert [(m.variable, m.codes, m.people) for m in made.margins][:2] == [
        ("sex > like", (1,), 1),
        ("sex > like", (2,), 2),
    ]
    item = study.item("sex > like")
    assert item is not None
    assert item.options[0].label.get("ru") == "мужской, совсем нет"
    assert Weighed.from_json(json.loads(json.dumps(made.to_json()))) == made


def test_people_in_a_pair_without_a_target(small: Callable[..., Study]) -> None:
    """A pair that somebody is in and no target names stops the weight, as a level without a target does."""
    study = small(weights=CROSSED)
    engine = engine_of(study, sex=[1, 1, 2, 2, 2], like=[1, 5, 1, 5, 3])

    made, problems = weigh(engine, study, study.weights[0])

    assert made is None
    assert told(problems)["weighting-level-unknown"]["margin"] == "sex > like"


def test_an_empty_pair_is_named_with_its_neighbour(small: Callable[..., Study]) -> None:
    """A pair with a target and nobody in it is named by its codes."""
    study = small(weights=CROSSED)
    engine = engine_of(study, sex=[1, 1, 2], like=[1, 5, 1])

    made, problems = weigh(engine, study, study.weights[0])

    assert made is None
    assert told(problems)["weighting-level-empty"]["level"] == "2 > 5"


@pytest.mark.parametrize("method", ["rake", "linear", "logit\nbounds: [0.1, 3]"])
def test_shares_and_a_mean(small: Callable[..., Study], method: str) -> None:
    """Half women and a mean age of 42 are met together by each method."""
    margins = "margins:\n  sex: {1: 50 %, 2: 50 %}\n  age: {mean: 42}\n"
    study = small(weights=f"method: {method}\n{SOURCE}{margins}")
    ages = [20.0, 30.0, 60.0, 25.0, 50.0, 70.0]
    engine = engine_of(study, sex=[1, 1, 1, 1, 2, 2], age=ages)

    made, problems = weigh(engine, study, study.weights[0])

    assert made is not None, problems
    w = np.array(weights_in(engine), dtype=float)
    assert float(w @ np.array(ages)) / 6 == pytest.approx(42, rel=1e-8)
    assert w[4:].sum() == pytest.approx(3, rel=1e-8)
    assert [(m.variable, m.target) for m in made.means] == [("age", 42.0)]
    again = Weighed.from_json(json.loads(json.dumps(made.to_json())))
    assert np.array_equal(again.design(engine).inverse, made.design(engine).inverse)


def test_a_code_beside_a_number_is_no_number(small: Callable[..., Study]) -> None:
    """A person who refused to tell their age cannot be weighted to a mean age, and is named."""
    study = small(weights=f"method: linear\n{SOURCE}margins: {{age: {{mean: 42}}}}\n")
    engine = engine_of(study, age=[20.0, 999.0, 60.0])

    made, problems = weigh(engine, study, study.weights[0])

    assert made is None
    assert told(problems) == {"weight-margin-without-answer": {"variable": "age", "count": 1, "examples": "2"}}


def test_a_mean_that_cannot_be(small: Callable[..., Study]) -> None:
    """A mean age of 90 of people under 70 is refused with what is possible, at its place."""
    study = small(weights=f"method: rake\n{SOURCE}margins: {{age: {{mean: 90}}}}\n")

    made, problems = weigh(engine_of(study, age=[20.0, 60.0]), study, study.weights[0])

    assert made is None
    assert told(problems) == {
        "weighting-mean-unreachable": {"weight": "main", "number": "age", "target": 90.0, "low": 20.0, "high": 60.0}
    }


DESIGN = "method: rake\nsource: Перепись\nmargins: {sex: {1: 50 %, 2: 50 %}}\n"


def test_strata_by_a_question_with_populations(small: Callable[..., Study]) -> None:
    """Strata named by a question, with populations: 2 of 4 and 4 of 40 leave 1/2 and 9/10 of the variance."""
    study = small(weights=DESIGN + "design: {strata: like, fpc: {1: 4, 5: 40}}\n")
    engine = engine_of(study, sex=[1, 2, 1, 2, 1, 2], like=[1, 1, 5, 5, 5, 5])

    made, problems = weigh(engine, study, study.weights[0])

    assert made is not None, problems
    assert problems == []
    design = Weighed.from_json(json.loads(json.dumps(made.to_json()))).design(engine)
    assert design.units.tolist() == [2, 4]
    assert design.factor.tolist() == pytest.approx([0.5 * 2, 0.9 * 4 / 3])


@pytest.mark.parametrize(
    ("fpc", "facts"),
    [
        ("{1: 4}", {"weight-fpc-stratum": {"name": "5"}}),
        ("{1: 1, 5: 9}", {"weight-fpc-small": {"name": "1", "units": 2, "value": 1.0}}),
    ],
)
def test_wrong_populations(small: Callable[..., Study], fpc: str, facts: dict[str, object]) -> None:
    """A stratum without a population, or with one smaller than its sample, stops the weight."""
    study = small(weights=DESIGN + f"design: {{strata: like, fpc: {fpc}}}\n")

    made, problems = weigh(engine_of(study, sex=[1, 2, 1, 2], like=[1, 1, 5, 5]), study, study.weights[0])

    assert (made, told(problems)) == (None, facts)


def test_a_lonely_unit_is_told_or_decided(small: Callable[..., Study]) -> None:
    """A stratum with one person leaves errors unknown and is named with the ways out; a decision in the plan silences it."""
    for lonely, said in (("", {"weight-lonely": {"strata": 1, "name": "5"}}), (", lonely: adjust", {})):
        study = small(weights=DESIGN + f"design: {{strata: like{lonely}}}\n")
        engine = engine_of(study, sex=[1, 2, 1], like=[1, 1, 5])

        made, problems = weigh(engine, study, study.weights[0])

        assert made is not None
        assert told(problems) == said


def test_replicates_are_drawn_and_known_by_their_digest(small: Callable[..., Study]) -> None:
    """The bootstrap is drawn for respondents by name: its digest stays when rows are turned, and each replicate meets the margin."""
    study = small(weights=DESIGN + "replicates: {type: bootstrap, count: 20, seed: 3}\n")
    engine = engine_of(study, sex=[1, 2] * 12)

    made, problems = weigh(engine, study, study.weights[0])

    assert made is not None
    assert made.replicates is not None, problems
    assert (made.replicates.kind, made.replicates.count, made.replicates.seed, made.replicates.df) == (
        "bootstrap",
        20,
        3,
        23,
    )
    assert len(made.replicates.digest) == 32
    found, _ = replicates_of(engine, study, study.weights[0])
    assert found is not None
    assert found.digest == made.replicates.digest
    sex = np.array([1, 2] * 12)
    for b in range(20):
        assert found.weights(b)[sex == 1].sum() == pytest.approx(12, rel=1e-9)
    assert Weighed.from_json(json.loads(json.dumps(made.to_json()))) == made


def test_a_replicate_that_cannot_be_raked(small: Callable[..., Study]) -> None:
    """The jackknife without the only woman cannot be raked: the weight stands, the replicates don't, the level is named."""
    study = small(weights=DESIGN + "replicates: {type: jk1}\n")

    made, problems = weigh(engine_of(study, sex=[1, 1, 2]), study, study.weights[0])

    assert made is not None
    assert made.replicates is None
    facts = told(problems)
    assert facts["weighting-replicate-impossible"] == {"weight": "main", "kind": "jk1", "replicate": 3, "of": 3}
    assert facts["weighting-replicate-level"] == {"weight": "main", "margin": "sex", "level": "2", "merge": "1"}


def test_given_replicates(small: Callable[..., Study]) -> None:
    """Replicate weights that came with the answers are taken with their scale."""
    answers = "w,r1,r2,sex\n1,1,1,1\n"
    columns = "columns: {w: 'weight:main', r1: 'weight:r1', r2: 'weight:r2'}\n"
    weights = "method: given\ncolumn: main\nnote: Откуда\nreplicates: {type: brr, columns: [r1, r2], scale: 0.5}\n"
    study = small(answers, columns, weights=weights)
    engine = engine_of(
        study, **{"weight:main": [1.0, 1.1, 0.9], "weight:r1": [2.0, 0.0, 1.0], "weight:r2": [0.0, 2.0, 1.0]}
    )

    made, problems = weigh(engine, study, study.weights[0])

    assert made is not None
    assert made.replicates is not None, problems
    assert (made.replicates.count, made.replicates.scale, made.replicates.df) == (2, 0.5, 1)


@pytest.mark.parametrize(
    ("weights", "code"),
    [
        (f"method: logit\n{SOURCE}margins: {{sex: {{1: 50 %, 2: 50 %}}}}\n", "weight-bounds-needed"),
        (f"method: poststratify\n{SOURCE}margins: {{age: {{mean: 40}}}}\n", "weight-poststratify-one"),
        (f"method: rake\n{SOURCE}bounds: [0.5, 2]\nmargins: {{age: {{mean: 40}}}}\n", "weight-rake-mean-bounds"),
        (f"method: linear\n{SOURCE}margins: {{better: {{mean: 40}}}}\n", "weight-mean-kind"),
        (f"method: linear\n{SOURCE}margins: {{age: {{mean: 40, targets: {{1: 1}}}}}}\n", "weight-mean-and-targets"),
        (f"method: linear\n{SOURCE}margins: {{sex > sex: {{1 > 1: 50 %, 2 > 2: 50 %}}}}\n", "weight-crossed-two"),
        (f"method: rake\n{SOURCE}margins: {{sex > like: {{1 > 7: 50 %, 2 > 1: 50 %}}}}\n", "weight-target-key"),
        (CROSSED + "merge: {sex > like: [1, 2]}\n", "weight-merge-crossed"),
        (DESIGN + "design: {strata: lik}\n", "weight-design-unknown"),
        (DESIGN + "design: {strata: better}\n", "weight-design-kind"),
        (DESIGN + "design: {fpc: {1: 0}}\n", "weight-fpc"),
        (DESIGN + "replicates: {type: brr, columns: [a, b]}\n", "weight-replicates-scale"),
        (DESIGN + "replicates: {type: bootstrap, count: 1}\n", "weight-replicates-count"),
        (DESIGN + "replicates: {type: fay, rho: 1}\n", "weighting-replicates-rho"),
        (DESIGN + "benchmarks: {car: {address: sex.1, value: 60 %}}\n", "weight-benchmark-source"),
        ("method: none\nreason: Квоты\nreplicates: {type: jk1}\n", "weight-key-unused"),
    ],
)
def test_mistakes_in_the_plan(problems_of: Callable[..., dict[str, object]], weights: str, code: str) -> None:
    """Each mistake in weights.yaml is told once, by its own name."""
    assert list(problems_of(weights=weights)) == [code]


def test_benchmarks_are_read(small: Callable[..., Study]) -> None:
    """Outside figures stand in the plan, a share as a fraction."""
    study = small(weights=DESIGN + "benchmarks: {car: {address: sex.1, value: 46.5 %, source: Росстат}}\n")

    (benchmark,) = study.weights[0].benchmarks

    assert (benchmark.id, benchmark.address, benchmark.source.get("ru")) == ("car", "sex.1", "Росстат")
    assert benchmark.value == pytest.approx(0.465)
    assert replace(benchmark, value=0.5).value == 0.5
