"""Analyses in a build: computed where stale, shown in the report, found by `posad why`, told in JSON."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from click.testing import CliRunner
from tests.analysis.world import MAP, world

from posad.cli.main import main
from posad.core.catalogue import CATALOGUE
from posad.pipeline.steps.analysing import FOLDER, results_of
from posad.pipeline.verbs.ask import opened, why
from posad.pipeline.verbs.build import build
from posad.pipeline.verbs.check import check

StudyOf = Callable[[dict[str, str]], Path]
CHAPTER = "# {title}\n\n![{title}](#analysis:map)\n\n{words}\n"


def files(chapter: str = "") -> dict[str, str]:
    """Return a study whose one chapter shows its map."""
    return world(600) | {
        "report/01-map.md": CHAPTER.format(title="Карта", words=chapter),
        "report/01-map.en.md": CHAPTER.format(title="Map", words=""),
    }


def test_a_report_shows_an_analysis(study_of: StudyOf) -> None:
    """The page holds the chart, the findings with numbers as buttons, the tables and the method, in both languages."""
    folder = study_of(files())

    result = build(folder)

    assert [p.code for p in result.problems if CATALOGUE[p.code].severity == "error"] == []
    page = (folder / "build/report/index.html").read_text(encoding="utf-8")
    assert page.count('<figure class="analysis"') == 2
    assert "Названные группы и их свидетельства" in page
    assert "Named groups and their evidence" in page
    assert "analyses/influence-map" in page


def test_only_what_changed_is_computed(study_of: StudyOf) -> None:
    """A chapter that changed leaves results as they are; a changed plan makes its own anew and no other."""
    folder = study_of(files())
    build(folder)
    marks = {p.name: p.stat().st_mtime_ns for p in (folder / FOLDER).glob("*.json")}

    (folder / "report/01-map.md").write_text(CHAPTER.format(title="Другая", words=""), encoding="utf-8")
    again = build(folder)
    same = {p.name: p.stat().st_mtime_ns for p in (folder / FOLDER).glob("*.json")}
    (folder / "analysis/map.yaml").write_text(MAP + "base: all\n", encoding="utf-8")
    build(folder)
    now = {p.name: p.stat().st_mtime_ns for p in (folder / FOLDER).glob("*.json")}

    assert {d.step for d in again.decisions if d.done} == {"report"}
    assert same == marks
    assert now["map.json"] != marks["map.json"]
    assert now["model.json"] == marks["model.json"]


def test_a_damaged_result_is_computed_again(study_of: StudyOf) -> None:
    """A kept result that was cut off anywhere or altered counts as none: the analysis is computed to the same bytes."""
    folder = study_of(files())
    assert build(folder).reports
    kept = folder / FOLDER / "map.json"
    whole = kept.read_text(encoding="utf-8")
    altered = whole.replace('"result": ', '"result":  ', 1)
    context = opened(folder)[0]
    assert context is not None
    for damaged in (whole[:-1], whole[:-2], whole[:-3], whole[:90], "", "[]}\n", altered):
        kept.write_text(damaged, encoding="utf-8")
        results_of(folder, context.study)
        assert kept.read_text(encoding="utf-8") == whole


def test_why_finds_a_number_of_an_analysis(study_of: StudyOf) -> None:
    """`posad why` explains a number of an analysis, and names the file that declares it."""
    folder = study_of(files())

    reason, _ = why(folder, "analysis:map/alpha.excess")
    nothing, problems = why(folder, "analysis:map/alfa.excess")

    assert reason is not None
    assert reason.fact.estimate.low is not None
    assert "analysis/map.yaml" in [p.file for p in reason.defined]
    assert nothing is None
    assert [(p.code, p.facts["near"]) for p in problems if p.code == "analysis-number-unknown"] == [
        ("analysis-number-unknown", "alpha.excess")
    ]


def test_prose_may_cite_a_number_of_an_analysis(study_of: StudyOf) -> None:
    """A sentence may link to a number of an analysis, and a false one is caught like any other."""
    folder = study_of(files())
    context, _ = opened(folder)
    assert context is not None
    results, _ = results_of(folder, context.study, context, "map")
    pairs = results["map"].facts["analysis:map/pairs"].estimate.value
    assert pairs == 15
    chapter = folder / "report/01-map.md"

    chapter.write_text(CHAPTER.format(title="Карта", words="Пар всего [15](#analysis:map/pairs)."), encoding="utf-8")
    true = [p.code for p in check(folder) if CATALOGUE[p.code].severity == "error"]
    chapter.write_text(CHAPTER.format(title="Карта", words="Пар всего [16](#analysis:map/pairs)."), encoding="utf-8")
    false = [p.code for p in check(folder) if CATALOGUE[p.code].severity == "error"]

    assert true == []
    assert false != []


def test_an_unknown_analysis_in_a_chapter_is_told(study_of: StudyOf) -> None:
    """A chapter that shows an analysis there is not is told the nearest name."""
    folder = study_of(files())
    text = CHAPTER.format(title="Карта", words="").replace("#analysis:map", "#analysis:mapp")
    (folder / "report/01-map.md").write_text(text, encoding="utf-8")

    told = [p for p in check(folder) if p.code == "analysis-unknown"]

    assert [(p.place.file, p.facts["near"]) for p in told] == [("report/01-map.md", "map")]


def test_mistakes_in_a_plan_stop_a_build(study_of: StudyOf) -> None:
    """A build stops at a mistake in a plan and says it, before anything is counted."""
    folder = study_of(files() | {"analysis/map.yaml": MAP.replace("of: firms", "of: frims")})

    result = build(folder)

    assert "analysis-item-unknown" in [p.code for p in result.problems]
    assert result.reports == ()
    assert not (folder / "build/data").exists()


def test_the_command_speaks_to_people_and_programs(study_of: StudyOf) -> None:
    """`posad analyse` prints findings without links; with --json each number has its address, and one name gives one analysis."""
    folder = study_of(files())

    spoken = CliRunner().invoke(main, ["analyse", str(folder), "map", "--lang", "en"])
    plain = CliRunner().invoke(main, ["analyse", str(folder), "--json", "--lang", "en"])
    wrong = CliRunner().invoke(main, ["analyse", str(folder), "mpa", "--lang", "en"])

    assert spoken.exit_code == 0
    assert "Named groups and their evidence" in spoken.output
    assert "](#" not in spoken.output
    made = {a["id"]: a for a in json.loads(plain.output)["analyses"]}
    assert set(made) == {"map", "model"}
    assert made["map"]["facts"]["analysis:map/pairs"]["estimate"]["value"] == 15
    assert wrong.exit_code == 1
    assert "map" in wrong.output
