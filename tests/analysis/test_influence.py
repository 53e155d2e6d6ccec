"""The influence map: its numbers, what it says, what it refuses to say."""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from tests.analysis.world import MAP, ROWS, world

from posad.analysis.computing import compute
from posad.analysis.declaring import read_plans
from posad.analysis.keeping import from_text, to_text
from posad.analysis.kinds.influence.counting import Places, excess, pairs, places
from posad.analysis.kinds.influence.grouping import replicated_places
from posad.analysis.linear.estimates import covariance
from posad.analysis.people import repeated
from posad.analysis.values import Declared, Result
from posad.core.problems import Problem
from posad.core.speech import say
from posad.evidence.facts import make_fact
from posad.study.folder import read_study
from posad.tabulation.context import Context

Answered = Callable[[dict[str, str]], Context]
USES = {
    "questionnaire.md": "### uses. Пользуетесь ли\n[сетка; строки: companies; один ответ]\n- 1 нет\n- 2 да\n",
    "questionnaire.en.md": "### uses. Do you use\n[grid; rows: companies; one answer]\n- 1 no\n- 2 yes\n",
}


def declared(context: Context, id: str = "map") -> Declared:
    """Return one of the analyses of a study."""
    found, problems = read_plans(context.study, only=id)
    assert problems == []
    return found[0]


def result(context: Context) -> tuple[Result | None, list[Problem]]:
    """Return the map of a study."""
    return compute(context, declared(context))


def found_places(context: Context) -> Places:
    """Return the places of the companies of a study."""
    return places(context, declared(context).plan)


def test_coordinates_are_the_numbers_of_the_study(answered: Answered) -> None:
    """Each coordinate is the number at its own address, and its error on the map is the error of that number."""
    context = answered(world())
    found = found_places(context)

    for end, k in (("comfort", 0), ("novelty", 1)):
        for i, company in enumerate(found.companies):
            fact, _ = make_fact(context, f"firms.{company.row}.{end}.top4", declared(context).place)
            assert fact is not None
            assert fact.estimate.value is not None
            assert fact.estimate.se is not None
            assert found.xy[i, k] == pytest.approx(fact.estimate.value, abs=1e-12)
            assert math.sqrt(found.of(i)[k, k]) == pytest.approx(fact.estimate.se, rel=1e-9)


def test_both_coordinates_are_linked(answered: Answered) -> None:
    """The same people rate on both axes, so that errors of one company's two shares are positively linked: the ellipse leans."""
    found = found_places(answered(world()))

    tilts = [found.of(i)[0, 1] / math.sqrt(found.of(i)[0, 0] * found.of(i)[1, 1]) for i in range(found.count)]

    assert all(0.05 < t < 0.8 for t in tilts)


def test_errors_of_formula_and_replicates_agree(answered: Answered) -> None:
    """The joint covariance by linearisation is that of a thousand raked replicates, to the noise of the replicates."""
    context = answered(world())
    found = found_places(context)
    drawn, problems = repeated(context)
    assert drawn is not None
    assert problems == []

    repeats = replicated_places(found, drawn.of(found.cut))
    flat = repeats.transpose(0, 2, 1).reshape(len(repeats), -1)
    ratio = flat.std(axis=0, ddof=1) / np.sqrt(np.diag(found.cov))

    assert np.abs(ratio - 1).max() < 0.1
    assert (
        np.abs(np.corrcoef(flat.T) - found.cov / np.sqrt(np.outer(np.diag(found.cov), np.diag(found.cov)))).max() < 0.13
    )


def test_excess_is_the_residual_and_its_error_that_of_replicates(answered: Answered) -> None:
    """Excess novelty is the least-squares residual over companies; its linearised error is that of the replicates."""
    context = answered(world())
    found = found_places(context)
    above = excess(found)
    assert above is not None
    slope, middle = np.polyfit(found.xy[:, 0], found.xy[:, 1], 1)
    drawn, _ = repeated(context)
    assert drawn is not None

    each = []
    for place in replicated_places(found, drawn.of(found.cut)):
        b, a = np.polyfit(place[:, 0], place[:, 1], 1)
        each.append(place[:, 1] - a - b * place[:, 0])
    errors = np.sqrt(np.diag(covariance(found.cut.design, found.cut.cells, above)))

    assert np.allclose(above.values, found.xy[:, 1] - middle - slope * found.xy[:, 0], atol=1e-10)
    assert np.abs(np.std(each, axis=0, ddof=1) / errors - 1).max() < 0.12


def test_alike_companies_cannot_be_told_apart(answered: Answered) -> None:
    """Alpha and Beta, made nearly equal, are alike; Alpha and Sigma are not; every p by Holm is at least the plain one."""
    found = found_places(answered(world()))
    rows = [c.row for c in found.companies]
    tested = {(rows[p.first], rows[p.second]): p for p in pairs(found)}

    assert len(tested) == 15
    assert not tested["alpha", "beta"].apart
    assert tested["alpha", "sigma"].apart


def test_a_map_says_what_holds(answered: Answered) -> None:
    """Findings name leaders with ties, alike pairs and the evidence for every named group, nested ones among them."""
    found, problems = result(answered(world()))

    assert found is not None
    assert problems == []
    told = {f.id for f in found.findings}
    assert {"leader_x", "leader_y", "alike", "axes", "group_high", "group_low", "group_inner"} <= told
    holds = {line.id: line.cells[3] for line in next(g for g in found.grids if g.id == "groups").lines}
    assert {id: getattr(cell, "get")("en") for id, cell in holds.items()}["high"] == "yes"  # noqa: B009


def test_every_number_in_a_sentence_is_a_link_to_a_fact(answered: Answered) -> None:
    """Whatever a finding prints in digits stands in a link whose address is among the facts of the result."""
    import re

    found, _ = result(answered(world()))

    assert found is not None
    for finding in found.findings:
        for language in ("ru", "en"):
            text = finding.text.get(language)
            for address in re.findall(r"\]\(#([^)]+)\)", text):
                assert address in found.facts
            bare = re.sub(r"\[[^\]]*\]\([^)]*\)", "", text)
            assert not re.search(r"\d", re.sub(r"7–10|50|100", "", bare)), bare


def test_small_bases_bear_no_names(answered: Answered) -> None:
    """With two hundred people groups get no names and no clusters: the map says so and draws none."""
    found, _ = result(answered(world(200)))

    assert found is not None
    assert "refused" in {f.id for f in found.findings}
    assert not any(f.id.startswith(("group_", "clusters")) for f in found.findings)
    assert found.figures[0].groups == ()
    assert {g.id for g in found.grids} == {"companies"}


def test_a_company_that_nobody_rated_is_left_out(answered: Answered) -> None:
    """A company without raters is off the map and named; no number of the map is not a number."""
    found, _ = result(answered(world(unrated="gamma")))

    assert found is not None
    assert "Gamma" in next(f.text.get("en") for f in found.findings if f.id == "left_out")
    assert [b.id for b in found.figures[0].bars] == ["alpha", "beta", "delta", "omega", "sigma"]
    assert all(math.isfinite(f.estimate.value) for f in found.facts.values() if f.estimate.value is not None)
    assert "NaN" not in to_text(found)


def test_three_people_make_no_map(answered: Answered) -> None:
    """With three respondents there is no map, and the reason is told in both languages."""
    found, problems = result(answered(world(3, weights=False)))

    assert found is None
    assert [p.code for p in problems] == ["analysis-nobody"]
    assert "3" in say(problems[0], "ru")
    assert "3" in say(problems[0], "en")


def test_equal_weights_work_like_others(answered: Answered) -> None:
    """A study without weights has a map with the same kinds of findings."""
    found, problems = result(answered(world(weights=False)))

    assert found is not None
    assert problems == []
    assert "clusters" in {f.id for f in found.findings}


def test_simulated_answers_are_named_in_every_finding(answered: Answered) -> None:
    """On simulated answers each sentence says who set its numbers, in both languages, and no fact passes for real."""
    found, _ = result(answered(world(simulated=True)))

    assert found is not None
    assert found.simulated
    assert all("задано генератором" in f.text.get("ru") for f in found.findings)
    assert all("set by the generator" in f.text.get("en") for f in found.findings)
    assert {f.standing for f in found.facts.values()} == {"emergent"}


def test_shares_among_all_count_those_who_do_not_know(answered: Answered) -> None:
    """With ``base: all`` a share is that among everybody asked: the share among raters times the share of raters."""
    files = world(weights=False)
    among_raters = found_places(answered(files)).xy
    found = found_places(answered({**files, "analysis/map.yaml": MAP + "base: all\n"}))

    assert np.all(found.xy < among_raters)
    assert {found.base(i).unweighted for i in range(found.count)} == {1200}


def test_use_is_told_apart_from_mere_acquaintance(answered: Answered) -> None:
    """Users against others who rated, meant over companies: here women stand for the users of every company, and draw no other marks."""
    files = world(weights=False)
    for name, asked in USES.items():
        files[name] = files[name].replace("### like.", f"{asked}### like.")
    head, *lines = files["answers/2025.csv"].splitlines()
    rows = [line.split(";") for line in lines]
    widened = [";".join([head, *(f"uses.{c}" for c in ROWS)]), *(";".join([*r, *[r[0]] * len(ROWS)]) for r in rows)]
    files["answers/2025.csv"] = "\n".join(widened) + "\n"
    files["analysis/map.yaml"] += "users: uses.2\n"
    found, problems = result(answered(files))

    assert problems == []
    assert found is not None
    marks = np.array([[int(v) for v in r] for r in rows])
    names = head.split(";")
    apart = []
    for company in ROWS:
        mark = marks[:, names.index(f"firms.{company}.comfort")]
        rated, women = mark != 99, marks[:, 0] == 2
        high = (mark >= 7) & rated
        apart.append(high[rated & women].mean() - high[rated & ~women].mean())
    assert found.facts["analysis:map/use.x"].estimate.value == pytest.approx(float(np.mean(apart)), abs=1e-12)
    assert "use" in {f.id for f in found.findings}


def test_the_map_without_the_habit_of_high_marks(answered: Answered) -> None:
    """The companion map holds each company's rating against everybody's own mean, without ellipses; both maps are told to agree or not."""
    found, _ = result(answered(world()))

    assert found is not None
    own = next(f for f in found.figures if f.id.endswith("/own"))
    assert all(bar.tilt == "" and bar.cells[0].endswith("x_own") for bar in own.bars)
    assert {f.id for f in found.findings} >= {"own"}
    assert 0.9 < (found.facts["analysis:map/own.x"].estimate.value or 0.0) <= 1.0


def test_a_result_is_kept_whole(answered: Answered) -> None:
    """What is written for a later build reads back as the same value, and as JSON without anything that is no number."""
    found, _ = result(answered(world()))
    assert found is not None

    text = to_text(found)

    assert from_text(text) == found
    assert json.loads(text)["id"] == "map"


def test_mistakes_in_the_file_are_told_at_their_places(study_of: Callable[[dict[str, str]], Path]) -> None:
    """Unknown rows, measures, groups and kinds are all told at once, each at its place."""
    wrong = MAP.replace("[alpha, beta, gamma]", "[alpha, betta, gamma]").replace("y: novelty.top4", "y: novelty.top9")
    files = world(30) | {
        "analysis/map.yaml": wrong.replace("within: high", "within: hihg") + "group: band:yong\nweight: none_such\n",
        "analysis/model.yaml": "kind: loyalti\n",
        "analysis/other.yaml": "of: firms\n",
        "analysis/again/map.yaml": MAP,
    }
    study, problems = read_study(study_of(files))
    assert study is not None

    told = [*problems, *read_plans(study)[1]]

    found = {(p.code, p.place.file) for p in told}
    assert ("analysis-name-twice", "analysis/map.yaml") in found
    assert ("analysis-kind-unknown", "analysis/model.yaml") in found
    assert ("analysis-kind-missing", "analysis/other.yaml") in found


def test_names_in_a_map_are_checked(study_of: Callable[[dict[str, str]], Path]) -> None:
    """Each name that does not exist is a mistake with the nearest that does."""
    wrong = MAP.replace("[alpha, beta, gamma]", "[alpha, betta, gamma]").replace("y: novelty.top4", "y: novelty.top9")
    files = world(30) | {"analysis/map.yaml": wrong + "group: band:yong\nweight: none_such\nknown: none.top4\n"}
    study, _ = read_study(study_of(files))
    assert study is not None

    told = read_plans(study, only="map")[1]

    codes = sorted(p.code for p in told)
    assert codes == [
        "analysis-group-nesting",
        "analysis-measure-unknown",
        "analysis-measure-unknown",
        "analysis-measure-unknown",
        "analysis-no-weight",
        "analysis-row-unknown",
    ]
    row = next(p for p in told if p.code == "analysis-row-unknown")
    assert (row.place.line, row.facts["near"]) == (7, "beta")
