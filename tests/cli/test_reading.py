"""The command read: what it prints, writes and signs."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from click.testing import CliRunner
from tests.pipeline.small import FILES

from posad.cli.main import main


def run(*arguments: str) -> tuple[int, str]:
    """Return the exit code and what a command printed."""
    result = CliRunner().invoke(main, list(arguments))
    return result.exit_code, result.output


def test_read_prints_the_meaning(study_of: Callable[[dict[str, str]], Path]) -> None:
    """Each sentence is printed with question, answers, group, base, value and address; JSON holds the same."""
    folder = study_of(FILES)
    code, said = run("read", str(folder), "--lang", "ru")
    sentences = json.loads(run("read", str(folder), "--json", "--lang", "en")[1])["sentences"]

    assert code == 0
    for words in ("Хотите переехать?", "#move.leave@sex:2", "женский (Пол)", "не подписано"):
        assert words in said
    assert [s["place"] for s in sentences] == ["report/01-town.md:3:1"]
    assert [m["value"] for m in sentences[0]["meanings"]] == ["50.0%", "75.0%"]


def test_read_signs_and_writes_a_page(study_of: Callable[[dict[str, str]], Path], tmp_path: Path) -> None:
    """Signing is kept in approvals.csv with today's date; the page of two columns tells who signed."""
    folder = study_of(FILES)
    code, said = run("read", str(folder), "--sign", "Анна", "--html", str(tmp_path / "page.html"), "--lang", "ru")

    assert code == 0
    assert "подписано предложений: 1" in said
    assert (folder / "approvals.csv").read_text(encoding="utf-8").startswith("document,key,hash,who,when,sentence\n")
    assert "подписано: Анна, " in (tmp_path / "page.html").read_text(encoding="utf-8")


def test_read_names_the_words_that_would_be_true(study_of: Callable[[dict[str, str]], Path]) -> None:
    """With --fix a false number and a mixed alphabet are told with their replacement."""
    text = "Уехать хотят [51 %](#move.leave) жителей, cогласно опросу.\n"
    said = run("read", str(study_of(FILES | {"report/01-town.md": text})), "--fix", "--lang", "ru")[1]

    assert "замена: 51 % → 50 %" in said
    assert "замена: cогласно → согласно" in said


def test_a_study_that_requires_signatures_is_not_built_without_them(study_of: Callable[[dict[str, str]], Path]) -> None:
    """With require_signatures an unsigned sentence stops the build, and a signed one lets it through."""
    folder = study_of(FILES | {"study.yaml": FILES["study.yaml"] + "require_signatures: true\n"})
    refused, said = run("build", str(folder), "--lang", "en")
    run("read", str(folder), "--sign", "Anna")
    built, _ = run("build", str(folder), "--lang", "en")

    assert (refused, built) == (1, 0)
    assert "sentence-unsigned" in said


def test_waivers_stand_among_the_limits(study_of: Callable[[dict[str, str]], Path]) -> None:
    """A rule set aside is counted and printed with its reason in the report, and its comment is not."""
    lists = FILES["questionnaire.md"].replace("## Город", "## Список moves\n- 1 нет\n- 2 да\n## Город")
    waived = "\nВ анкете [2 варианта](#list:moves).\n\n<!-- posad: waive claim-cause слова главы города -->\nСкука ведёт к отъезду.\n"
    folder = study_of(FILES | {"report/01-town.md": FILES["report/01-town.md"] + waived, "questionnaire.md": lists})
    code, _ = run("build", str(folder), "--lang", "ru")
    page = (folder / "build/report/index.html").read_text(encoding="utf-8")

    assert code == 0
    assert "claim-cause (report/01-town.md:7): слова главы города" in page
    assert "posad: waive" not in page
    assert "В анкете 2 варианта." in page
