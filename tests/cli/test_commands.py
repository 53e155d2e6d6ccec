"""The terminal door: help, languages, JSON, exit codes, nearest names."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.pipeline.small import FILES

from posad.cli.main import COMMANDS
from posad.cli.output import default_language

POSAD = Path(sys.executable).parent / "posad"


def run(*words: object, folder: Path | None = None) -> subprocess.CompletedProcess[str]:
    """Run the installed command."""
    return subprocess.run([POSAD, *map(str, words)], capture_output=True, text=True, check=False, cwd=folder)


@pytest.fixture
def folder(study_of: Callable[[dict[str, str]], Path]) -> Path:
    """Return the small study, unbuilt."""
    return study_of(FILES)


def test_help_names_every_command() -> None:
    """The help of posad lists each command, and each command has a help of its own."""
    said = run("--help").stdout

    assert [name for name in COMMANDS if f"\n  {name} " not in said] == []
    assert [name for name in COMMANDS if run(name, "--help").returncode != 0] == []


def test_a_mistyped_command_is_answered_with_the_nearest() -> None:
    """`posad buld` ends with 2 and offers build."""
    done = run("buld")

    assert (done.returncode, "Did you mean 'build'?" in done.stderr) == (2, True)


@pytest.mark.parametrize(
    ("variables", "expected"),
    [
        ({"LANG": "ru_RU.UTF-8"}, "ru"),
        ({"LANG": "de_DE.UTF-8"}, "en"),
        ({"POSAD_LANG": "ru", "LANG": "C"}, "ru"),
        ({}, "en"),
    ],
)
def test_the_language_is_that_of_the_terminal(
    variables: dict[str, str], expected: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Russian where the locale is Russian, English elsewhere; POSAD_LANG decides first."""
    for name in ("POSAD_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)

    assert default_language() == expected


def test_build_says_what_it_did_and_then_that_there_is_nothing_to_do(folder: Path) -> None:
    """The first build names its reasons and the report; the second says that everything is up to date."""
    first, second = run("build", folder, "--lang", "en"), run("build", folder, "--lang", "en")

    assert (first.returncode, second.returncode) == (0, 0)
    assert "never done" in first.stdout
    assert "nothing to do" in second.stdout


def test_build_in_json(folder: Path) -> None:
    """--json gives steps with reasons, reports and problems in both languages."""
    said = json.loads(run("build", folder, "--json").stdout)

    assert said["ok"] is True
    assert [s["step"] for s in said["steps"]] == ["code", "prepare", "weigh", "tables", "report"]
    assert said["reports"] == ["build/report/index.html"]
    assert all({"ru", "en"} == set(p["message"]) for p in said["problems"])


def test_check_ends_with_one_when_a_number_is_false(folder: Path) -> None:
    """A false number is told with its place, the caret under it, and exit code 1."""
    chapter = folder / "report/01-town.md"
    chapter.write_text(chapter.read_text("utf-8").replace("75 %", "57 %"), "utf-8")

    done = run("check", folder, "--lang", "ru")

    assert done.returncode == 1
    assert "report/01-town.md:3:54: ошибка" in done.stderr
    assert "75" in done.stderr


def test_table_and_why_answer_the_same_number(folder: Path) -> None:
    """A cell of the table and the passport of its address agree, in JSON to the last bit."""
    table = json.loads(run("table", "move@sex", "-s", folder, "--json").stdout)["tables"][0]
    why = json.loads(run("why", "move.leave@sex:2", "-s", folder, "--json").stdout)

    cell = next(r for r in table["rows"] if r["id"] == "2")["cells"]["sex:2"]
    assert cell["value"] == why["estimate"]["value"] == 0.75
    assert cell["se"] == why["estimate"]["se"]
    assert why["raw"] == ["answers/2025.csv"]
    assert why["used"] == ["report/01-town.md:3:54"]


def test_the_table_for_the_eye_and_as_csv(folder: Path) -> None:
    """The table prints shares by group; as CSV it is separated as the language's Excel expects."""
    eye = run("table", "move@sex", "-s", folder, "--lang", "ru", folder=folder).stdout
    sheet = run("table", "move@sex", "-s", folder, "--lang", "ru", "--csv").stdout

    assert "75\N{NO-BREAK SPACE}%" in eye
    assert any(line.split(";")[0].strip() == "да" for line in sheet.splitlines())


def test_wrong_names_are_answered_with_the_nearest(folder: Path) -> None:
    """A mistyped item, group, filter, schema and problem code are each answered with what there is."""
    answers = {
        ("table", "moev", "-s", folder): "move",
        ("why", "move.leav", "-s", folder): "leave",
        ("table", "move", "-s", folder, "--filter", "sexx = 1"): "sex",
        ("schema", "weight"): "weights.yaml",
        ("explain", "claim-fals"): "claim-false",
    }

    assert [
        w for w, near in answers.items() if near not in run(*w, *(() if w[0] == "schema" else ("--lang", "en"))).stderr
    ] == []


@pytest.mark.parametrize("words", [("table", "move"), ("why", "move.2")])
@pytest.mark.parametrize(
    ("language", "said"), [("ru", "Положите туда файл ответов"), ("en", "Put a file of answers there")]
)
def test_without_answers_it_is_said_what_to_do(folder: Path, words: tuple[str, str], language: str, said: str) -> None:
    """A number that nobody answered is an error that names it and both ways to answers; the exit status is one."""
    for file in (folder / "answers").iterdir():
        file.unlink()
    plain = run(words[0], "-s", folder, words[1], "--lang", language)
    told = json.loads(run(words[0], "-s", folder, words[1], "--json").stdout)

    assert plain.returncode == 1
    for part in (said, words[1], "answers/", "posad simulate"):
        assert part in plain.stderr
    assert [(p["code"], p["severity"]) for p in told["problems"]] == [("answers-needed", "error")]


def test_a_command_answers_at_once() -> None:
    """Help and version load none of the heavy libraries."""
    code = "import sys; from posad.cli.main import main; print([m for m in ('duckdb', 'numpy', 'pydantic', 'jinja2') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "[]"
