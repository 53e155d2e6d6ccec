"""The acceptance of small domains, moving, services and trends: other programs, known worlds, both studies, inputs that bear no answer."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.acceptance.support import ROOT
from tests.analysis import test_oracle_domains as oracles
from tests.analysis import test_reliability as reliability
from tests.analysis.test_migration import FUTURE, made
from tests.analysis.test_migration import PLAN as MOVING
from tests.analysis.test_oracle_domains import r as domains_of_r
from tests.analysis.test_services import PLAN as SERVICES
from tests.analysis.test_trends import WAVES, tracker
from tests.analysis.towns import DOMAINS, rows, study

from posad.analysis.computing import compute
from posad.analysis.declaring import read_plans
from posad.analysis.keeping import to_text
from posad.analysis.values import Result
from posad.core.catalogue import CATALOGUE
from posad.core.problems import Problem
from posad.core.speech import has_errors, say
from posad.pipeline.verbs.ask import opened
from posad.pipeline.verbs.check import check
from posad.tabulation.context import Context

__all__ = ["domains_of_r"]  # a fixture: what R computes

Answered = Callable[[dict[str, str]], Context]
RESULTS = ROOT / "benchmarks" / "results"
OWN = {"platforms-2025": ("domains", "migration", "services"), "anes-1996": ("domains",)}
SET = {"ru": "задано генератором", "en": "set by the generator"}
PLANS = {"dom": DOMAINS, "move": MOVING + FUTURE, "serv": SERVICES}
Rows = list[list[int | None]]


def test_5a_domains(domains_of_r: Any, tmp_path: Path) -> None:
    """Fay–Herriot is R's by restricted likelihood to 1e-6 and a published example's; MRP is lme4's mode, and exact integrals, as its page says."""
    oracles.test_the_published_example()
    for name in ("milk", "towns"):
        oracles.test_areas_are_those_of_r(domains_of_r, name)
    oracles.test_the_mode_is_that_of_lme4(domains_of_r)
    oracles.test_shares_are_near_those_of_lme4(domains_of_r)
    oracles.test_a_small_case_integrated_exactly()
    reliability.test_reliability_is_that_of_r(tmp_path)
    page = (ROOT / "docs/explanation/analyses/domains.md").read_text(encoding="utf-8")
    assert "within 1.5 points" in page
    assert "to 1e-5" in page


def test_5b_domains() -> None:
    """Dated results: over 85 regions the model errs at most 0.45 times as much as direct shares, and 85 % and more intervals hold the truth."""
    latest = sorted(RESULTS.glob("domains-*.md"))[-1].read_text(encoding="utf-8")
    found = re.findall(r"^\| (\d+) [^|]+\| ([\d.]+) \| ([\d.]+) \| ([\d.]+) \| ([\d.]+)% \|", latest, re.MULTILINE)

    assert [row[0] for row in found] == ["85", "24"]
    _, direct, model, ratio, held = found[0]
    assert float(ratio) <= 0.45
    assert abs(float(model) / float(direct) - float(ratio)) < 0.002
    assert float(held) >= 85
    assert int(re.findall(r"(\d+) worlds", latest)[0]) >= 100


def test_5c_domains(shown: Path) -> None:
    """Both studies show what they bear of these kinds in both languages; on simulated answers every sentence says so."""
    page = (shown / "build" / "report" / "index.html").read_text(encoding="utf-8")
    simulated = shown.name == "platforms-2025"
    for id in OWN[shown.name]:
        kept = json.loads((shown / "build" / "analyses" / f"{id}.json").read_text(encoding="utf-8"))["result"]
        assert kept["findings"]
        for language in ("ru", "en"):
            assert kept["title"][language] in page.split(f'lang="{language}"', 2)[-1]
            assert all((SET[language] in f["text"][language]) == simulated for f in kept["findings"])
        if kept["kind"] == "domains":
            assert "no_ranking" in {f["id"] for f in kept["findings"]}
            assert any(not isinstance(line["cells"][2], str) for line in kept["grids"][0]["lines"])
        if kept["kind"] == "migration":
            assert {"scenario", "sources", "youth"} <= {f["id"] for f in kept["findings"]}
            assert kept["facts"]["analysis:migration/outflow"]["official"]["note"]["en"].startswith("Rosstat")
            edition = page.split('lang="en"', 2)[-1]
            assert re.search(r">\d\d\d,000–\d\d\d,000<", edition), "numbers of people are whole, intervals too"
    assert not has_errors(check(shown))


def test_5c_findings_of_towns_are_sentences_that_check_bears(answered: Answered, tmp_path: Path) -> None:
    """Put into a chapter, in both languages, the sentences of these kinds stand, and one with another number does not."""
    files = study(PLANS)
    context = answered(files)
    said: dict[str, list[str]] = {"ru": [], "en": []}
    for declared in read_plans(context.study)[0]:
        found, _ = compute(context, declared)
        assert found is not None
        for language, lines in said.items():
            lines += [f.text.get(language) for f in found.findings]
    texts = {"report/01-said.md": ("Найдено", "ru"), "report/01-said.en.md": ("Found", "en")}
    whole = files | {name: f"# {head}\n\n" + "\n\n".join(said[lang]) + "\n" for name, (head, lang) in texts.items()}
    for name, body in whole.items():
        path = tmp_path / "said" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(body, encoding="utf-8")

    told = [p for p in check(tmp_path / "said") if p.place.file.startswith("report/")]

    assert [(str(p.place), say(p, "en")) for p in told if has_errors([p])] == []
    chapter = tmp_path / "said" / "report" / "01-said.en.md"
    wrong = re.sub(r"\[\d+%\]\(#analysis:serv/digital\)", "[3%](#analysis:serv/digital)", chapter.read_text("utf-8"))
    chapter.write_text(wrong, encoding="utf-8")
    assert has_errors([p for p in check(tmp_path / "said") if p.place.file == "report/01-said.en.md"])


def test_5e_flagship() -> None:
    """Dated results: all analyses of the flagship, cold, take at most 10 seconds, and R's numbers are the same to 1e-6 where R has them."""
    latest = sorted(RESULTS.glob("flagship-*.md"))[-1].read_text(encoding="utf-8")
    lines = [[c.strip() for c in line.strip("|").split("|")] for line in latest.splitlines() if line.startswith("| ")]
    found = {row[0]: row[1:] for row in lines}
    declared = {p.stem for p in (ROOT / "studies/platforms-2025/analysis").rglob("*.yaml")}

    assert declared <= set(found)
    assert float(found["all"][0]) <= 10
    assert float(found["all"][1]) <= 10
    apart = {name: float(row[5]) for name, row in found.items() if name in declared and row[5]}
    assert {"gaps_mood", "loyalty", "influence_map", "migration", "services"} <= set(apart)
    assert max(apart.values()) <= 1e-6


def without(column: int) -> Rows:
    """Return answers in which nobody was asked one question."""
    return [[None if i == column else v for i, v in enumerate(row)] for row in rows()]


SAME_LEAVE: Rows = [[*row[:3], 1, None, *row[5:]] for row in rows()]
SAME_MODERN: Rows = [[*row[:-1], 7] for row in rows()]
NO_FIVE: Rows = [row for row in rows() if row[2] != 5]
DEGENERATE: list[tuple[str, str, Rows, str]] = [
    ("three people in domains", DOMAINS, rows(3), "analysis-nobody"),
    ("three people who may move", MOVING, rows(3), "analysis-nobody"),
    ("three people and services", SERVICES, rows(3), "analysis-nobody"),
    ("an empty domain", DOMAINS, NO_FIVE, "analysis-empty-group"),
    ("a wish that nobody has", MOVING, made(1, 1, None, 200), "analysis-nobody"),
    ("an outcome all share", DOMAINS, SAME_LEAVE, "analysis-outcome-constant"),
    ("a constant row of the index", SERVICES, SAME_MODERN, "analysis-constant"),
    ("a service nobody was asked about", SERVICES, without(5), "towns-group-small"),
    ("destinations nobody was asked", MOVING, without(4), "analysis-nobody"),
    ("domains of which none is sure enough", DOMAINS + "widest: 1\n", rows(), "domains-wide"),
]


@pytest.mark.parametrize(("what", "plan", "answers", "code"), DEGENERATE, ids=[d[0] for d in DEGENERATE])
def test_5d_domains(answered: Answered, what: str, plan: str, answers: Rows, code: str) -> None:
    """Too few, empty, constant, not asked: each is told by its code with a way out, and no number that is not one is kept."""
    context = answered(study({"own": plan}, answers))
    found, problems = compute(context, read_plans(context.study)[0][0])

    assert code in told(problems), what
    if found is not None:
        whole(found)


def test_5d_waves(study_of: Callable[[dict[str, str]], Path]) -> None:
    """A wave without a question, waves of three people, and one wave alone are told; what stands has no number that is not one."""
    files = tracker(dict.fromkeys(WAVES, 0.5))
    unasked = files | {
        "answers/2023.csv": re.sub(r"^((?:[^;\n]*;){2})[12](;)", r"\1\2", files["answers/2023.csv"], flags=re.MULTILINE)
    }
    for texts, code in (
        (tracker({"2025": 0.5}), "trends-waves-few"),
        (tracker(dict.fromkeys(WAVES, 0.5), many=3), "trends-waves-few"),
        (unasked, ""),
    ):
        context, problems = opened(study_of(texts))
        assert context is not None, problems
        found, problems = compute(context, read_plans(context.study)[0][0])
        assert told(problems) == ({code} if code else set())
        if found is not None:
            whole(found)
            assert "analysis:tr/like.2.2023.raw" not in found.facts
            assert "analysis:tr/like.2.2022.raw" in found.facts


def test_5d_equal_weights_and_raked(answered: Answered) -> None:
    """With equal weights and with raked ones every kind is computed, and nothing is missing in it."""
    raked = "method: rake\nmargins:\n  sex: {targets: {1: 45 %, 2: 55 %}, source: {ru: перепись, en: census}}\n"
    for more in ({}, {"weights.yaml": raked}):
        context = answered(study(PLANS, None, **more))
        for declared in read_plans(context.study)[0]:
            found, problems = compute(context, declared)
            assert not has_errors(problems)
            assert found is not None
            whole(found)


def told(problems: list[Problem]) -> set[str]:
    """Return the codes of what is told; each has a way out in both languages."""
    codes = {p.code for p in problems}
    assert all(CATALOGUE[c].way_out_ru and CATALOGUE[c].way_out_en for c in codes)
    return codes


def whole(found: Result) -> None:
    """Hold every number of a result to be a number."""
    assert "NaN" not in to_text(found)
    assert all(f.estimate.value is not None and f.estimate.value == f.estimate.value for f in found.facts.values())
