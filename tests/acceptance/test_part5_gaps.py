"""Gaps, convergence, spheres, types, the influence map: outside values, dated simulations, both studies, degenerate answers."""

from __future__ import annotations

import csv
import math
import re
import subprocess
from collections.abc import Callable, Iterable
from pathlib import Path

import numpy as np
import pytest
from benchmarks import analyses
from tests.acceptance.support import ROOT, STUDIES, copy_study
from tests.analysis.test_gaps import BOTH
from tests.analysis.test_gaps import study as two_sides
from tests.analysis.test_oracle_models import Case, case
from tests.analysis.test_spheres import PLAN as SPHERES
from tests.analysis.test_spheres import SMALLER
from tests.analysis.test_spheres import rows as spheres_rows
from tests.analysis.test_spheres import study as spheres_study
from tests.analysis.test_types import PLAN as TYPES
from tests.analysis.test_types import study as types_study
from tests.analysis.two_waves import people
from tests.analysis.two_waves import study as two_waves
from tests.analysis.world import world

from posad.analysis.computing import compute
from posad.analysis.declaring import read_plans
from posad.analysis.kinds.gaps.counting import joint
from posad.analysis.linear.estimates import combined, covariance, ratios_of
from posad.analysis.values import Result
from posad.claims.prose import check_chapter
from posad.core.problems import Problem
from posad.kernel.testing.association import association
from posad.pipeline.steps.analysing import ask_analyses, facts_of
from posad.pipeline.verbs.ask import opened
from posad.tabulation.context import Context

ORACLE = ROOT / "tests" / "oracles" / "gaps.R"
RESULTS = ROOT / "benchmarks" / "results"
TOLERANCE = 1e-6
OWN = ("gaps", "paired", "convergence", "spheres", "types", "influence", "loyalty")  # kinds held here
SET = {"ru": "задано генератором", "en": "set by the generator"}
Answered = Callable[[dict[str, str]], Context]


@pytest.fixture(scope="module")
def survey(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, Case], dict[str, float]]:
    """Return the people of R's designs, and what R says of their gaps."""
    folder = tmp_path_factory.mktemp("gaps")
    subprocess.run(["Rscript", str(ORACLE), str(folder)], check=True, capture_output=True)
    with (folder / "people.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    with (folder / "values.csv").open(encoding="utf-8", newline="") as file:
        values = {row["key"]: float(row["value"]) for row in csv.DictReader(file)}
    columns = {name: np.array([float(row[name]) for row in rows]) for name in rows[0]}
    return {name: case(name, columns, values) for name in ("strata", "units", "raked")}, values


def test_5a_gaps(survey: tuple[dict[str, Case], dict[str, float]]) -> None:
    """Gaps, errors, covariances, the joint and the association test are those of svyby, svycontrast, pFsum and svychisq to 1e-6."""
    cases, values = survey
    missed = []
    for name, own in cases.items():
        given = np.column_stack([own.people[f"r{k}"] for k in (1, 2, 3, 4)])
        sides = [np.repeat((own.people["g"] == g)[:, None], 4, axis=1).astype(np.float64) for g in (3, 1)]
        over = np.hstack(sides)
        gaps = combined(
            ratios_of(own.cells, np.hstack([given, given]) * over, over), np.hstack([np.eye(4), -np.eye(4)])
        )
        cov = covariance(own.design, own.cells, gaps)
        together = joint(gaps.values, cov, own.design.df)
        assert together is not None
        answers, groups = (own.people[c][:, None] == np.arange(1, top + 1) for c, top in (("o", 4), ("g", 3)))
        table = association(own.design, own.cells, answers, groups)
        assert table is not None
        found = {f"gap|{k}": v for k, v in enumerate(gaps.values)} | {
            f"se|{k}": e for k, e in enumerate(np.sqrt(np.diag(cov)))
        }
        found |= {"covariance": cov[0, 1], "together": together.p, "svychisq|F": table.f, "svychisq|p": table.p}
        ones = np.ones((len(given), 2))
        pair = combined(ratios_of(own.cells, given[:, :2], ones), [1, -1])
        found |= {"paired": pair.values[0], "paired error": np.sqrt(covariance(own.design, own.cells, pair)[0, 0])}
        first = own.people["g"] == 1
        split = np.column_stack([first, ~first]).astype(np.float64)
        rest = combined(ratios_of(own.cells, given[:, [0]] * split, split), [1, -1])
        found |= {"rest": rest.values[0]}
        missed += [
            f"{name}|{k}: {v} {values[f'{name}|{k}']}" for k, v in found.items() if not _near(v, values[f"{name}|{k}"])
        ]

    assert missed == []


def _near(ours: float, theirs: float) -> bool:
    return abs(ours - theirs) <= TOLERANCE * max(1.0, abs(theirs))


def numbers_under(title: str, text: str) -> list[list[float]]:
    """Return the numbers of the lines of a table under a heading of dated results, per cent as fractions."""
    part = text.split(f"## {title}", 1)[1].split("\n## ", 1)[0]
    lines = [line for line in part.splitlines() if line.startswith("|")][2:]
    return [[_number(w) for w in re.findall(r"-?\d+(?:\.\d+)?%?", line)] for line in lines]


def _number(word: str) -> float:
    return float(word.rstrip("%")) / (100 if word.endswith("%") else 1)


def test_5b_gaps() -> None:
    """Dated simulations: convergence alarms at most 5 % where a regression passes 40 %, profiles at their floor, ellipses hold."""
    text = max(RESULTS.glob("gaps-*.md")).read_text(encoding="utf-8")
    territories = numbers_under("Convergence of many territories", text)
    assert len(territories) >= 5
    assert all(line[3] <= 0.05 for line in territories), territories
    assert territories[0][:2] == [16, 2000]
    assert territories[0][5] > 0.40
    types = numbers_under("Gaps of few types", text)
    assert types
    assert all(line[3] <= 0.05 for line in types), types
    profiles = numbers_under("Profiles of equal groups", text)
    assert len(profiles) >= 3
    assert all(0.95 <= line[4] <= 1.05 and max(line[5:7]) <= 0.065 for line in profiles), profiles

    ellipses = max(RESULTS.glob("ellipses-*.md")).read_text(encoding="utf-8")
    shares = [
        _number(line.split("|")[-2].strip()) for line in ellipses.splitlines() if line.startswith("| ") and "%" in line
    ]
    assert shares
    assert all(0.94 <= s <= 0.965 for s in shares[1:] or shares), shares


@pytest.fixture(scope="module", params=["platforms-2025", "anes-1996"])
def results(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Context, list[Result]]:
    """Return a study and what its analyses found, computed anew."""
    folder = copy_study(str(request.param), tmp_path_factory.mktemp("study"))
    context, problems = opened(folder)
    assert context is not None, problems
    found, problems = ask_analyses(context, None)
    assert [p.code for p in problems if p.code.startswith("analysis")] == []
    assert {r.id for r in found} == {id for id, _ in context.study.analyses}
    return context, [r for r in found if r.kind in OWN]


def test_5c_gaps(results: tuple[Context, list[Result]]) -> None:
    """Every analysis speaks both languages, each number it prints is true of its address, and simulated answers are said to be so once."""
    context, found = results
    kinds = {r.kind for r in found}
    assert kinds >= (
        {"gaps", "paired"} if not context.simulated else {"gaps", "spheres", "types", "influence", "loyalty"}
    )
    context.standings, context.results = (
        None,
        facts_of({r.id: r for r in found}),
    )  # so that simulated numbers may be judged too
    for result in found:
        assert result.figures or result.grids
        for finding in result.findings:
            for language in ("ru", "en"):
                text = finding.text.get(language)
                assert text.count(SET[language]) == (1 if context.simulated else 0), text
                checked = check_chapter(context.study, "report/01-x.md", language, f"{text}\n", context=context)
                assert [(c.words, c.verdict) for c in checked.claims if c.verdict != "true"] == [], text
                assert [p.code for p in checked.problems] == [], text
        for fact in result.facts.values():
            assert fact.measure.get("ru")
            assert fact.measure.get("en")


def test_5c_names_are_judged_by_evidence(results: tuple[Context, list[Result]]) -> None:
    """Of the young no group is named; of everybody every declared name holds or is told not to be borne out, and why."""
    context, found = results
    if not context.simulated:
        assert not any(r.kind == "influence" for r in found)
        return
    by_id = {r.id: r for r in found}
    young = {f.id: f for f in by_id["influence_youth"].findings}
    assert "refused" in young
    assert not any(id.startswith(("group_", "clusters")) for id in young)
    assert not any(g.id in ("groups", "partitions") for g in by_id["influence_youth"].grids)
    assert "displaced" in {f.id for f in by_id["gaps_mood"].findings}  # up to five answers were allowed
    whole = by_id["influence_map"]
    named = {f.id: f for f in whole.findings if f.id.startswith("group_")}
    assert "group_leaders" in named
    for id, finding in named.items():
        own = whole.facts[f"analysis:influence_map/{id.removeprefix('group_')}.own"].estimate.value
        assert own is not None
        assert (finding.weight == "main") == ("holds" in finding.text.get("en"))
        assert finding.weight == "warning" or own >= 0.85


@pytest.mark.parametrize("results", ["platforms-2025"], indirect=True)
def test_5c_half_as_often_is_judged(results: tuple[Context, list[Result]]) -> None:
    """That optimists would leave half as often as pessimists is borne out by the answers; a third as often is not."""
    context, _ = results
    context.standings = None
    verdicts = {}
    for times in ("в 2 раза", "в 3 раза"):
        text = f"Оптимисты хотели бы переехать [{times}](#move.leave@mood:optimists/pessimists) реже пессимистов.\n"
        verdicts[times] = [
            c.verdict for c in check_chapter(context.study, "report/01-x.md", "ru", text, context=context).claims
        ]

    assert verdicts == {"в 2 раза": ["true"], "в 3 раза": ["false"]}


Degenerate = tuple[
    str, dict[str, str], str | None
]  # name, study, code of the problem that explains it, None for a result


def degenerate() -> Iterable[Degenerate]:
    """Return studies that an analysis has to survive: the name, the texts, the problem that explains it."""
    three, equal = people([0.5, 0.5], 3, 0.5, 1), people([0.5, 0.5], 60, 0.5, 1)
    head, *lines = equal.splitlines()
    empty = "\n".join([head, *(";".join(["1", "1", "1", *[""] * 4, "0", "0", "0", "0"]) for _ in lines)]) + "\n"
    paired = "kind: paired\nof: spheres\nfirst: there\nsecond: here\n"
    waves = 'since: "2024"\nuntil: "2025"\n'
    yield "a company nobody rated", world(unrated="sigma"), None
    yield "three respondents, gaps", two_sides(BOTH, ["1;1;0;0;0", "1;0;1;0;0", "2;1;1;0;0"]), "analysis-group-small"
    yield "three respondents, paired", two_waves(paired, three, three, 2), "analysis-group-small"
    yield "three respondents, spheres", spheres_study(SPHERES, spheres_rows(SMALLER, 3)), "analysis-nobody"
    yield "three respondents, types", types_study(TYPES, 3), "analysis-nobody"
    yield "all answer alike, gaps", two_sides(BOTH, ["1;1;0;0;0"] * 60 + ["2;1;0;0;0"] * 60), None
    yield "an empty answer, gaps", two_sides(BOTH, ["1;1;0;0;0"] * 60 + ["2;0;1;0;0"] * 60), None
    yield (
        "nobody names anything, spheres",
        spheres_study(SPHERES, [[1, 0, 0, 0, 0, 0, 1, 0, 0]] * 60 + [[2, 0, 0, 0, 0, 0, 1, 0, 0]] * 60),
        None,
    )
    yield "equal weights", world(weights=False), None
    yield "a wave without the question, paired", two_waves(paired + waves, equal, empty, 2), None
    closer = f"kind: convergence\nof: spheres.doctors.there.mean\nby: towns\n{waves}"
    yield "a wave without the question, convergence", two_waves(closer, equal, empty, 2), "analysis-group-small"
    yield (
        "waves alike, convergence",
        two_waves("kind: convergence\nof: stay.1\nby: towns\n" + waves, equal, equal, 2),
        None,
    )


@pytest.mark.parametrize("given", list(degenerate()), ids=lambda d: d[0])
def test_5d_gaps(tmp_path: Path, given: Degenerate) -> None:
    """Degenerate answers are explained by a problem or computed without a number that is none."""
    _, files, code = given
    context = _opened(tmp_path, files)
    plans, problems = read_plans(context.study)
    assert problems == []
    made = [compute(context, p) for p in plans if p.kind in OWN]

    assert made
    for result, told in made:
        if code is not None:
            assert (result, [p.code for p in told]) == (None, [code])
        _sound(result, told)


def _sound(result: Result | None, told: list[Problem]) -> None:
    """Check that a result has no number that is none, or that a problem explains why there is no result."""
    assert result is not None or told
    if result is None:
        return
    numbers = [
        x for f in result.facts.values() for x in (f.estimate.value, f.estimate.se, f.estimate.low, f.estimate.high)
    ]
    assert all(x is None or math.isfinite(x) for x in numbers)
    for finding in result.findings:
        for language in ("ru", "en"):
            assert not re.search(r"\b(nan|inf|None)\b", finding.text.get(language))


def _opened(folder: Path, files: dict[str, str]) -> Context:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    context, problems = opened(folder)
    assert context is not None, problems
    return context


def test_5d_no_nan_reaches_the_page() -> None:
    """The built pages of both studies hold no number that is none."""
    for name in ("platforms-2025", "anes-1996"):
        for kept in (STUDIES / name / "build" / "analyses").glob("*.json"):
            assert not re.search(r"\b(NaN|Infinity)\b", kept.read_text(encoding="utf-8")), kept


def test_5e_gaps() -> None:
    """Dated seconds: the flagship's analyses in at most 10, the map of 100 brands in at most 30 and before R; small runs agree with R."""
    text = max(RESULTS.glob("analyses-*.md")).read_text(encoding="utf-8")
    whole = next(line for line in text.splitlines() if line.startswith("| all |"))
    assert max(float(x) for x in re.findall(r"\d+\.\d+", whole)) <= analyses.COLD
    lines = {by: line for line in text.splitlines() for by in ("posad", "R survey") if f"| {by} |" in line}
    assert all("100 brands, 20,000 people, 1,000 replicates" in line for line in lines.values())
    seconds = {by: float(line.split("|")[4]) for by, line in lines.items()}
    assert seconds["posad"] <= analyses.BOUND
    assert seconds["posad"] < seconds["R survey"]

    small = analyses.measure(*analyses.SMALL)

    assert small.values is not None
    assert small.values < 1e-9
    assert small.errors is not None
    assert small.errors[0] > 0.6
    assert small.errors[1] < 1.5  # sixty bootstrap replicates tell an error to a tenth
