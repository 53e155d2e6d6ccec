"""Building does what is stale, says why, and never puts a wrong report in place of a good one."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.pipeline.small import FILES

from posad.core.digests import digest_file
from posad.pipeline.values import BuildResult
from posad.pipeline.verbs.build import build

StudyOf = Callable[[dict[str, str]], Path]
REPORT = "build/report/index.html"


@pytest.fixture
def folder(study_of: StudyOf) -> Path:
    """Return the small study, unbuilt."""
    return study_of(FILES)


def codes(result: BuildResult) -> list[str]:
    """Return the codes of all problems."""
    return [p.code for p in result.problems]


def done(result: BuildResult) -> dict[str, list[str]]:
    """Return the steps that were done, each with its reasons in English."""
    return {d.step: [r.say("en") for r in d.reasons] for d in result.decisions if d.done}


def test_a_first_build_does_every_step(folder: Path) -> None:
    """A study that was never built gets all steps done and a report."""
    result = build(folder)

    assert result.reports == (REPORT,)
    assert list(done(result)) == ["code", "prepare", "weigh", "tables", "report"]
    assert "50 %".replace(" ", "\N{NO-BREAK SPACE}") in (folder / REPORT).read_text("utf-8")


def test_a_second_build_does_nothing(folder: Path) -> None:
    """Nothing changed, nothing is done, nothing is written."""
    build(folder)
    before = {p: p.stat().st_mtime_ns for p in folder.rglob("*") if p.is_file() and p.name != ".lock"}

    result = build(folder)

    assert done(result) == {}
    assert result.reports == (REPORT,)
    assert {p: p.stat().st_mtime_ns for p in folder.rglob("*") if p.is_file() and p.name != ".lock"} == before


def test_a_changed_weight_redoes_its_dependents_alone(folder: Path) -> None:
    """New weights redo weighing, tables and report, and say so; coding and cleaning stay."""
    build(folder)
    path = folder / "weights.yaml"
    path.write_text(path.read_text("utf-8").replace("1: 50 %, 2: 50 %", "1: 40 %, 2: 60 %"), "utf-8")
    chapter = folder / "report/01-town.md"
    chapter.write_text(chapter.read_text("utf-8").replace("50 %", "55 %"), "utf-8")  # 0.4·1/4 + 0.6·3/4

    result = build(folder)

    assert list(done(result)) == ["weigh", "tables", "report"]
    assert done(result)["weigh"] == ["weights.yaml changed"]
    assert "step weigh changed" in done(result)["tables"]


def test_a_comment_in_the_weights_stops_early(folder: Path) -> None:
    """A change that gives the same weights does not redo the steps that read only the weighted answers."""
    build(folder)
    path = folder / "weights.yaml"
    path.write_text(path.read_text("utf-8") + "# проверено\n", "utf-8")

    result = build(folder)

    assert done(result)["weigh"] == ["weights.yaml changed"]
    assert "step weigh changed" not in done(result).get("tables", [])


def test_a_false_number_stops_the_build_and_keeps_the_old_report(folder: Path) -> None:
    """A number that was never true is named with its place and the true value; the earlier report stays."""
    build(folder)
    good = digest_file(folder / REPORT)
    chapter = folder / "report/01-town.md"
    chapter.write_text(chapter.read_text("utf-8").replace("75 %", "57 %"), "utf-8")

    result = build(folder)

    assert result.reports == ()
    assert codes(result)[-1] == "build-failed"
    false = next(p for p in result.problems if p.code == "claim-false")
    assert (str(false.place), "75" in str(dict(false.facts))) == ("report/01-town.md:3:54", True)
    assert digest_file(folder / REPORT) == good


def test_write_mends_the_digits_and_no_other_byte(folder: Path) -> None:
    """With --write a false number gets its digits and the rest of the file keeps its bytes, line ends among them."""
    build(folder)
    chapter = folder / "report/01-town.md"
    text = FILES["report/01-town.md"].replace("\n", "\r\n")
    chapter.write_bytes(text.replace("75 %", "57 %").encode())

    result = build(folder, write=True)

    assert result.mended == ("report/01-town.md",)
    assert result.reports == (REPORT,)
    assert chapter.read_bytes() == text.encode()


def test_changed_data_are_told_from_a_changed_definition(folder: Path) -> None:
    """The same stale number is told apart by what changed: the answers, or the net it counts."""
    build(folder)
    answers = folder / "answers/2025.csv"
    kept = answers.read_text("utf-8")
    answers.write_text(kept.replace(";2;1", ";2;2"), "utf-8")
    by_data = codes(build(folder))
    answers.write_text(kept, "utf-8")
    variables = folder / "variables.yaml"
    variables.write_text(variables.read_text("utf-8").replace("codes: 2", "codes: '2, 99'"), "utf-8")
    by_definition = codes(build(folder))

    assert ("claim-stale" in by_data, "claim-definition-changed" in by_data) == (True, False)
    assert ("claim-stale" in by_definition, "claim-definition-changed" in by_definition) == (False, True)


def test_a_number_put_right_by_hand_builds_again(folder: Path) -> None:
    """What a failed build said is not remembered once the chapter is as it was."""
    build(folder)
    chapter = folder / "report/01-town.md"
    chapter.write_text(FILES["report/01-town.md"].replace("75 %", "57 %"), "utf-8")
    failed = build(folder)
    chapter.write_text(FILES["report/01-town.md"], "utf-8")

    again = build(folder)

    assert (failed.reports, again.reports, codes(again)) == ((), (REPORT,), [])


def test_a_number_defined_anew_is_left_to_the_author(folder: Path) -> None:
    """--write does not touch a number whose net changed; --accept does."""
    build(folder)
    chapter, variables = folder / "report/01-town.md", folder / "variables.yaml"
    variables.write_text(variables.read_text("utf-8").replace("codes: 2", "codes: '2, 99'"), "utf-8")
    left = build(folder, write=True)
    after = chapter.read_text("utf-8")
    mended = build(folder, write=True, accept=True)

    assert (left.reports, after) == ((), FILES["report/01-town.md"])
    assert mended.reports == (REPORT,)
    assert "[63 %](#move.leave)" in chapter.read_text("utf-8")  # half of men and three quarters of women: 62.5


def test_a_damaged_lock_is_said_and_everything_is_built_again(folder: Path) -> None:
    """A lock that cannot be read is a warning, and the study is built as if for the first time."""
    build(folder)
    (folder / "study.lock").write_text("<<<<<<< HEAD\n", "utf-8")

    result = build(folder)

    assert "lock-unreadable" in codes(result)
    assert result.reports == (REPORT,)


def test_warnings_of_a_fresh_step_are_said_again(folder: Path) -> None:
    """What a step met is remembered, so a second build says it too."""
    answers = folder / "answers/2025.csv"
    answers.write_text(answers.read_text("utf-8") + "241;2;7\n", "utf-8")
    chapter = folder / "report/01-town.md"
    chapter.write_text("# Город\n", "utf-8")
    first = codes(build(folder))

    second = codes(build(folder))

    assert "unknown-code" in first
    assert second == [c for c in first if c != "csv-delimiter-assumed"]  # a note is said once


def test_a_missing_or_changed_result_is_made_again(folder: Path) -> None:
    """A deleted table and a report edited by hand are both made again, for that reason."""
    build(folder)
    table = next((folder / "build/tables").glob("*.json"))
    table.unlink()
    (folder / REPORT).write_text("нет", "utf-8")

    result = build(folder)

    assert done(result) == {
        "tables": [f"build/tables/{table.name} is missing"],
        "report": [f"{REPORT} was changed by other hands"],
    }


def test_the_report_is_the_same_to_the_byte(folder: Path, tmp_path: Path) -> None:
    """Two builds of the same folder give the same bytes."""
    build(folder)
    first = digest_file(folder / REPORT)
    for path in sorted((folder / "build").rglob("*"), reverse=True):
        path.unlink() if path.is_file() else path.rmdir()

    build(folder)

    assert digest_file(folder / REPORT) == first


def test_the_lock_holds_digests_and_no_answers(folder: Path) -> None:
    """The lock names files, digests and the numbers of the prose; no answer of anybody."""
    build(folder)

    lock = json.loads((folder / "study.lock").read_text("utf-8"))

    assert set(lock) == {"format", "posad", "rows", "steps", "claims"}
    assert lock["rows"] == {"read": 240, "used": 240}
    assert set(lock["claims"]) == {"report/01-town.md#move.leave", "report/01-town.md#move.leave@sex:2"}


def test_what_is_no_study_is_said(tmp_path: Path) -> None:
    """A folder that is missing, and one without study.yaml, are each named."""
    assert codes(build(tmp_path / "none")) == ["folder-not-found"]
    assert codes(build(tmp_path)) == ["folder-not-a-study"]


def test_a_slip_put_right_leaves_no_trace(folder: Path) -> None:
    """A chapter that is as it was before a failed build is fresh, and the failure is not told again."""
    build(folder)
    chapter = folder / "report/01-town.md"
    good = chapter.read_text("utf-8")
    chapter.write_text(good.replace("75 %", "57 %"), "utf-8")
    build(folder)
    chapter.write_text(good, "utf-8")

    result = build(folder)

    assert (codes(result), result.reports) == ([], (REPORT,))


def test_a_book_taken_out_leaves_no_old_tables(folder: Path) -> None:
    """Tables of a book that is no longer declared are removed with it."""
    tables = folder / "tables.yaml"
    tables.write_text("books:\n  one: {banner: total}\n  two: {banner: total}\n", "utf-8")
    build(folder)
    before = sorted(p.name for p in (folder / "build/tables").iterdir())
    tables.write_text("books:\n  two: {banner: total}\n", "utf-8")

    build(folder)

    assert before == ["one.json", "one.ru.csv", "two.json", "two.ru.csv"]
    assert sorted(p.name for p in (folder / "build/tables").iterdir()) == ["two.json", "two.ru.csv"]


def test_what_changed_since_the_last_build_is_told_with_its_reason(folder: Path) -> None:
    """Answers that move a number put it into the report with what it was; a rebuild of the same tells the same bytes."""
    build(folder)
    assert 'id="changes"' not in (folder / REPORT).read_text("utf-8")
    answers = folder / "answers/2025.csv"
    answers.write_text(answers.read_text("utf-8").replace("1;1;2\n", "1;1;1\n", 1), "utf-8")

    assert build(folder, write=True).reports == (REPORT,)

    page = (folder / REPORT).read_text("utf-8")
    table = page[page.index('id="changes"') : page.index('id="method"')]
    space = "\N{NO-BREAK SPACE}"
    assert (f"50,0{space}%" in table, f"49,4{space}%" in table) == (True, True)
    assert table.count("изменились ответы или веса") == 1
    (folder / REPORT).unlink()
    assert build(folder).reports == (REPORT,)
    assert (folder / REPORT).read_text("utf-8") == page


def test_a_draft_shows_the_rest_and_goes_away(folder: Path) -> None:
    """With errors a build that keeps going writes a draft that shows no refused number; the next good build removes it."""
    build(folder)
    good, chapter = digest_file(folder / REPORT), folder / "report/01-town.md"
    text = chapter.read_text("utf-8")
    chapter.write_text(text.replace("[50 %]", "[58 %]"), "utf-8")

    result = build(folder, keep_going=True)

    draft = (folder / result.drafts[0]).read_text("utf-8")
    assert (result.reports, result.drafts) == ((), ("build/draft/index.html",))
    assert codes(result)[-1] == "build-failed"
    assert ("58 %" in draft.split("</section>")[1], "[?]" in draft, ">75 %</button>" in draft) == (False, True, True)
    assert digest_file(folder / REPORT) == good
    chapter.write_text(text, "utf-8")
    assert build(folder).reports == (REPORT,)
    assert not (folder / result.drafts[0]).exists()


def test_a_warning_of_colours_names_the_line_of_the_figure(study_of: StudyOf) -> None:
    """Two neighbours of like colour are told at the line of figures.yaml where the figure stands, or at its question."""
    answers = "".join(f"- {n} Ответ {n}\n" for n in range(1, 5)) + "- 99 Не знаю {не знаю}\n"
    questions = f"### many. Что выберете?\n[один ответ]\n{answers}### other. Что ещё?\n[один ответ]\n{answers}"
    rows = "\n".join(f"{n % 4 + 1};99" for n in range(900))
    folder = study_of(
        {
            "study.yaml": FILES["study.yaml"],
            "questionnaire.md": f"# Проба\n## Всё\n{questions}",
            "answers/a.csv": f"many;other\n{rows}\n",
            "report/figures.yaml": "first: {of: many, kind: ranked}\nsecond: {of: many, kind: stacked, colours: separate}\n",
            "report/01-all.md": "# Глава\n\n![а](#chart:first)\n\n![б](#chart:second)\n\n![в](#chart:other)\n",
        }
    )
    warned = {(p.place.file, p.place.line) for p in build(folder).problems if p.code == "figure-colours-alike"}

    assert warned == {("report/figures.yaml", 2), ("questionnaire.md", 10)}
