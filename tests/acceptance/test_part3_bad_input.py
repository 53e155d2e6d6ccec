"""The acceptance of bad input: each fault is named by code and place, the rest is built, and a good report is never replaced."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.acceptance.support import Run, digest, posad, said
from tests.simulation.small import FILES, with_targets

REPORT = "build/report/index.html"
DRAFT = "build/draft/index.html"
CHAPTER = "report/02-few.md"
LONG = "# A long chapter\n\n" + "\n\n".join(
    f"## Part {part}\n\n" + " ".join(["The word stands here without any number at all."] * 125) for part in range(9)
)
SHORT = """\
# Few people

Of all [51%](#sex.1) are men.
Of the twenty [100%](#sex.2@size:few) are women.
Of the forty [100%](#sex.2@size:some) are women.
Of the hidden town [50%](#sex.1@size:nobody) are men.

> A quotation says it too: [100%](#sex.2@size:few).

![By size of the town](#chart:size)
"""
TABLE = "\n\n![Every answer](#table:all/q1)\n\n![By sex](#chart:q)\n"
SETTINGS = "title: Large\npopulation: People\nlanguages: [en]\nsample: {type: quota}\n"
VARIABLES = """\
size:
  label: Size
  groups:
    many: {label: Many, if: age >= 50}
    few: {label: Twenty, if: age = 20}
    some: {label: Forty, if: age = 30}
    nobody: {label: Nobody, if: age = 19}
"""


def _write(folder: Path, texts: dict[str, str]) -> Path:
    for name, text in texts.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8")
    return folder


def _large(folder: Path) -> Path:
    """Return a study with a question of 300 answers, a chapter of 10,000 words, and groups of 20, 40 and no people."""
    answers = "\n".join(f"- {i} Answer number {i}" for i in range(1, 301))
    people = (f"{i},{i % 300 + 1},{1 if i >= 450 else 2},{20 if i < 20 else 30 if i < 60 else 50}" for i in range(900))
    return _write(
        folder,
        {
            "study.yaml": SETTINGS,
            "questionnaire.md": f"# Q\n\n## All\n\n### q1. Which one?\n[one answer]\n{answers}\n\n"
            "### sex. Your sex\n[one answer]\n- 1 Man\n- 2 Woman\n- 3 Nobody chose this\n\n### age. Age\n[number 18–99, years]\n",
            "variables.yaml": VARIABLES,
            "answers/a.csv": "\n".join(["respondent,q1,sex,age", *people]) + "\n",
            "report/figures.yaml": "q: {of: sex, by: sex}\nsize: {of: sex, by: size}\n",
            "tables.yaml": "books:\n  all: {banner: [total, size], rows: [q1]}\n",
            "report/01-long.md": LONG + TABLE,
        },
    )


def _told(run: Run) -> set[tuple[str, str, int]]:
    return {(str(p["code"]), str(p["file"]), int(p["line"])) for p in run.grave() if p["severity"] == "error"}


def _the(run: Run, code: str, line: int) -> dict[str, Any]:
    (one,) = [p for p in run.grave() if (p["code"], p["line"]) == (code, line)]
    return one


def _says(problem: dict[str, Any], ru: tuple[str, ...], en: tuple[str, ...]) -> None:
    for language, words in (("ru", ru), ("en", en)):
        for word in words:
            assert word in said(problem, language)


def test_3g(tmp_path: Path) -> None:
    """Every fault of a report and of targets is named by line, the rest is built as a draft, and the good report stays as it was."""
    study = _large(tmp_path / "large")
    good = _large_report_is_built_whole(study)
    _hidden_bases_and_empty_groups_are_named(study, good)
    _a_missing_figure_is_named(study, good)
    _the_rest_is_built(study, good)
    _mended_it_builds_again(study, good)
    _the_smallest_conflict_is_named(tmp_path / "simulated")


def _large_report_is_built_whole(study: Path) -> str:
    """Build the long chapter and the long table: nothing is cut, and a group without people says so."""
    _write(study, {CHAPTER: "# Few people\n\nOf all [50%](#sex.2) are women.\n\n![By size of the town](#chart:size)\n"})
    result = posad("build", study, "--json")
    assert (result.code, _told(result)) == (0, set()), result.grave()
    page = (study / REPORT).read_text("utf-8")
    assert page.count("The word stands here") >= 9 * 125
    assert len(LONG.split()) >= 10_000
    for number in range(1, 301):
        assert f">Answer number {number}<" in page, number
    assert page.count("too few answers (n = 0)") + page.count("no data") >= 1
    assert not (study / "build/draft").exists()
    return digest(study / REPORT)


def _hidden_bases_and_empty_groups_are_named(study: Path, good: str) -> None:
    _write(study, {CHAPTER: SHORT})
    run = posad("build", study, "--json")
    assert run.code == 1
    assert _told(run) - {("build-failed", "build", 1)} == {
        ("claim-false", CHAPTER, 3),
        ("claim-low-base", CHAPTER, 4),
        ("claim-low-base", CHAPTER, 5),
        ("claim-empty-base", CHAPTER, 6),
        ("claim-low-base", CHAPTER, 8),
    }
    hidden, shown = _the(run, "claim-low-base", 4), _the(run, "claim-low-base", 5)
    _says(hidden, ("опрошено 20", "Объедините группы"), ("respondents 20", "Merge groups"))
    _says(shown, ("опрошено 40",), ("respondents 40",))
    _says(
        _the(run, "claim-empty-base", 6),
        ("нет ни одного ответа", "sex.1@size:nobody"),
        ("nobody stands behind this address", "sex.1@size:nobody"),
    )
    assert (hidden["column"], shown["column"]) == (16, 15)
    assert (digest(study / REPORT), (study / "build/draft").exists()) == (good, False)


def _a_missing_figure_is_named(study: Path, good: str) -> None:
    _write(study, {CHAPTER: SHORT + "\n![No such figure](#chart:no_such)\n\n![No such table](#table:all/none)\n"})
    run = posad("build", study, "--json")
    assert run.code == 1
    figure, table = _the(run, "chart-unknown", 12), _the(run, "table-item-unknown", 14)
    assert (figure["file"], figure["column"], table["column"]) == (CHAPTER, 26, 25)
    _says(figure, ("no_such", "report/figures.yaml"), ("no_such", "report/figures.yaml"))
    assert (digest(study / REPORT), (study / "build/draft").exists()) == (good, False)


def _the_rest_is_built(study: Path, good: str) -> None:
    run = posad("build", study, "--keep-going", "--lang", "en")
    assert run.code == 1
    assert DRAFT in run.out
    draft = (study / DRAFT).read_text("utf-8")
    assert 'role="note"><p><strong>Draft.</strong>' in draft
    for line in (3, 4, 5, 6, 8, 12, 14):
        assert f"{CHAPTER}:{line}:" in draft, line
    assert ">51%</button>" not in draft
    assert ">100%</button>" not in draft
    assert "The word stands here" in draft
    assert ">Answer number 300<" in draft
    assert draft.count('class="chart"') == 2
    assert digest(study / REPORT) == good


def _mended_it_builds_again(study: Path, good: str) -> None:
    _write(study, {CHAPTER: "# Few people\n\nOf all [50%](#sex.2) are women.\n\n![By size of the town](#chart:size)\n"})
    assert posad("build", study).code == 0
    assert (digest(study / REPORT), (study / DRAFT).exists()) == (good, False)


def _the_smallest_conflict_is_named(folder: Path) -> None:
    """Of six targets the three that cannot be together are named with their lines; answers made before stay."""
    fine = ("change.1,57 %,published,с,,", "move.2@mood:good,40 %,published,с,,", "like.5,38 %,published,с,,")
    _write(folder, {**FILES, **with_targets(*fine)})
    first = posad("simulate", folder, "--json")
    assert first.code == 0, first.out
    made = digest(folder / "answers/simulated.csv")

    _write(
        folder,
        with_targets(
            *fine[:1],
            "like.1,5 %,published,с,,",
            "move.2@mood:good,90 %,published,с,,",
            fine[2],
            "move.2,20 %,published,с,,",
        ),
    )
    run = posad("simulate", folder, "--json")
    assert run.code == 1
    (conflict,) = [p for p in run.problems if p["severity"] == "error"]
    assert (conflict["code"], conflict["file"], conflict["line"]) == (
        "simulation-conflict",
        "simulation/targets.csv",
        6,
    )
    names = "change.1 = 57 % (simulation/targets.csv:2); move.2@mood:good = 90 % (simulation/targets.csv:4); move.2 = 20 % (simulation/targets.csv:6)"
    assert conflict["facts"]["names"] == names
    _says(conflict, (names, "наименьший такой набор"), (names, "no smaller set"))
    assert digest(folder / "answers/simulated.csv") == made
