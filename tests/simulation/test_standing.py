"""What simulated numbers stand on, from the manifest to every output; rehearsals."""

from __future__ import annotations

import json
from pathlib import Path

from hypothesis import given
from tests.simulation.small import FILES, Write
from tests.strategies import questionnaires

from posad.pipeline.verbs.build import build
from posad.pipeline.verbs.check import check
from posad.pipeline.verbs.simulate import rehearse_study, simulate_study
from posad.simulation.rehearsal import rehearse
from posad.simulation.standing import read_standings
from posad.study.folder import read_study
from posad.study.plans.values import Study
from posad.study.plans.variables import scope_of
from posad.study.questionnaire.values import Questionnaire
from posad.study.rules import violations


def simulated(study_of: Write, chapter: str) -> Path:
    """Return the study with simulated answers and a chapter."""
    folder = study_of({**FILES, "report/01-town.md": f"# Город\n\n{chapter}\n"})
    assert simulate_study(folder).files == ("answers/simulated.csv", "answers/simulated.yaml", "simulation.lock")
    return folder


def codes(folder: Path) -> list[str]:
    """Return the codes of a study's problems that are errors of claims or of the simulation."""
    return [p.code for p in check(folder) if p.code.startswith(("claim-", "simulation-"))]


def test_prose_may_cite_printed_numbers_only(study_of: Write) -> None:
    """A printed share, the net of the same answer, a printed ratio and the size pass; assumed and emergent numbers fail."""
    good = "[72 %](#like.top), [48 %](#move.leave) ([48 %](#move.2)), из [600](#n)."
    assert codes(simulated(study_of, good)) == []

    chapter = "[60 %](#move.leave@youth:young) и [50 %](#like.5@sex:1)."

    assert codes(simulated(study_of, chapter)) == ["claim-assumed", "claim-emergent"]


def test_a_ratio_stands_on_the_weaker_of_its_parts(study_of: Write) -> None:
    """The ratio of two printed shares may be cited, 72 to 48 per cent; with an assumed part it may not."""
    assert codes(simulated(study_of, "[в 1,5 раза](#like.top/move.leave) больше.")) == []
    assert codes(simulated(study_of, "[в 1,5 раза](#better.1/move.leave) больше.")) == ["claim-assumed"]


def test_answers_touched_by_hand_stand_on_nothing(study_of: Write) -> None:
    """A changed answer, a lost manifest, changed targets and answers from elsewhere are each told."""
    folder = simulated(study_of, "Слова.")
    answers, lock, targets = (
        folder / "answers/simulated.csv",
        folder / "simulation.lock",
        folder / "simulation/targets.csv",
    )
    kept, manifest, printed = answers.read_bytes(), lock.read_bytes(), targets.read_bytes()

    answers.write_bytes(
        kept.replace(b"s001,1,1,", b"s001,1,2,", 1)
        if b"s001,1,1," in kept
        else kept.replace(b"s001,1,2,", b"s001,1,1,", 1)
    )
    assert codes(folder) == ["simulation-answers-changed"]
    answers.write_bytes(kept)
    lock.unlink()
    assert codes(folder) == ["simulation-no-manifest"]
    lock.write_bytes(manifest)
    targets.write_bytes(printed + b"like.1,2 %,assumed,,\xd0\xbf,\n")
    assert codes(folder) == ["simulation-stale"]
    targets.write_bytes(printed)
    assert codes(folder) == []
    (folder / "answers/2025.csv").write_text("respondent,sex\n1,1\n", encoding="utf-8")
    assert "answers-simulated-mixed" in [p.code for p in check(folder)]
    assert [p.code for p in simulate_study(folder).problems if p.code.startswith("simulation")] == [
        "simulation-not-alone"
    ]


def test_the_manifest_holds_for_the_same_cell_under_every_name(study_of: Write) -> None:
    """A target on a net of one answer stands for the answer's own address too, and for nothing wider."""
    folder = simulated(study_of, "Слова.")
    study, _ = read_study(folder)
    assert study is not None

    standings, problems = read_standings(folder, study)

    assert problems == []
    assert standings is not None
    asked = ("move.2", "move.leave", "move.1", "n", "move.leave@youth:young", "like.top", "like.4-5", "like.4")
    said = [standings.get(a, "emergent") for a in asked]
    assert said[:5] == ["published", "published", "emergent", "published", "assumed"]
    assert "published" in said[5:7]
    assert said[7] == "emergent"


def test_every_output_carries_the_mark_and_the_standing(study_of: Write) -> None:
    """Page, tables as JSON and CSV, charts and the raw answers say that the respondents are simulated, and what numbers stand on."""
    chart = "move:\n  title: Переезд\n  of: move\n"
    folder = study_of(
        {
            **FILES,
            "report/01-town.md": "# Город\n\n[48 %](#move.leave)\n\n![Переезд](#chart:move)\n",
            "report/figures.yaml": chart,
        }
    )
    simulate_study(folder)

    result = build(folder)

    assert result.reports == ("build/report/index.html",), result.problems
    page = (folder / "build/report/index.html").read_text("utf-8")
    svg = page[page.index("<svg") :]
    assert "Смоделированные респонденты" in svg[: svg.index("</svg>")]
    assert "из 3 чисел под напечатанные подогнано 1" in page.replace("\u00a0", " ")
    tables = sorted((folder / "build/tables").iterdir())
    assert {t.suffix for t in tables} == {".json", ".csv"}
    for table in tables:
        text = table.read_text("utf-8-sig")
        assert "смоделированы" in text
        assert "Смоделировано" in text
    book = json.loads(next(t for t in tables if t.suffix == ".json").read_text("utf-8"))
    move = next(t for t in book if t["item"] == "move")
    cells = {r["id"]: r["cells"]["total"]["standing"] for r in move["rows"]}
    assert (cells["2"], cells["1"], move["simulated"]) == ("published", "emergent", True)
    assert (folder / "answers/simulated.csv").read_text("utf-8").startswith("respondent,simulated,")


@given(questionnaires())
def test_a_rehearsal_obeys_any_questionnaire(questionnaire: Questionnaire) -> None:
    """Random interviews break no rule of any questionnaire: routing, codes, limits, exclusive answers, bounds."""
    from posad.core.words import LocalText

    study = Study("", LocalText(), LocalText(), questionnaire.languages, questionnaire)

    rows = rehearse(study, 5, 1)

    assert [v for row in rows for v in violations(questionnaire, row, scope_of(study))] == []


def test_a_rehearsal_is_marked_and_kept_out_of_the_answers(study_of: Write) -> None:
    """It is written beside the build, or among the answers where asked by name, with a description that marks it."""
    folder = study_of(FILES)

    aside = rehearse_study(folder, 20)
    among = rehearse_study(folder, 20, into="answers/proba.csv")

    assert (aside.files, among.files) == (("build/rehearsal.csv",), ("answers/proba.csv", "answers/proba.yaml"))
    lines = (folder / "build/rehearsal.csv").read_text("utf-8").splitlines()
    assert (len(lines), lines[0].split(",")[1], {line.split(",")[1] for line in lines[1:]}) == (21, "simulated", {"1"})
    study, _ = read_study(folder)
    assert study is not None
    assert [a.simulated for a in study.answers] == [True]
