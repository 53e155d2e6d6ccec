"""The command and the page of an audit: exit status, JSON, words of both languages, the mark of simulated answers."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner
from tests.claims.audit.surveys import audited

from posad.cli.main import main
from posad.report.auditing import bound_text, render_audit
from posad.study.folder import read_study
from posad.study.plans.values import Study

CLAIMS = "A,57% <b>like</b> it,57,%,,\nB,32% rather,32,%,,\nC,Both,?,%,,\n"
BINDINGS = "A,number,like.5,a <i>note</i>\nB,number,like.4,\nC,joint,like.likes sex.1,\n"
PRINTED = "like,5,,57,,,1\nlike,4,,33,,,1\nlike,likes,,72,,,1\nsex,1,,48,,,1\n"


def study_in(folder: Path) -> Study:
    """Return the study of a folder."""
    study, _ = read_study(folder)
    assert study is not None
    return study


@pytest.mark.parametrize(("claims", "status"), [("A,57%,57,%,,\n", 0), ("A,58%,58,%,,\n", 1)])
def test_the_exit_status_tells_of_contradictions(tmp_path: Path, claims: str, status: int) -> None:
    """Nothing contradicted leaves with 0, one contradiction with 1; a page is written either way."""
    audited(tmp_path, claims, "A,number,like.5,\n", "like,5,,57,,,1\n")
    page = tmp_path / "audit.html"
    done = CliRunner().invoke(main, ["audit", str(tmp_path), str(tmp_path / "claims.csv"), "--html", str(page)])

    assert (done.exit_code, page.is_file()) == (status, True)


def test_statements_cannot_move_the_cursor(tmp_path: Path) -> None:
    """Control characters of a statement are shown as replaced; the rest is printed as it is."""
    audited(tmp_path, "A,57%\x1b[2J of all\u202e,57,%,,\n", "A,number,like.5,\n")
    done = CliRunner().invoke(main, ["audit", str(tmp_path), str(tmp_path / "claims.csv"), "--lang", "en"])

    assert "A  compatible  57%\N{REPLACEMENT CHARACTER}[2J of all\N{REPLACEMENT CHARACTER}\n" in done.stdout


def test_json_has_every_statement(tmp_path: Path) -> None:
    """For a program there are verdicts, reasons with their codes, bounds as numbers, and the reading of each statement."""
    audited(tmp_path, CLAIMS, BINDINGS, PRINTED)
    done = CliRunner().invoke(main, ["audit", str(tmp_path), str(tmp_path / "claims.csv"), "--json"])
    said = json.loads(done.stdout)

    assert (said["ok"], said["against"], said["simulated"]) == (False, "printed", False)
    assert [s["id"] for s in said["statements"]] == ["A", "B", "C"]
    assert (
        said["statements"][2]["bounds"]
        == [
            {
                "address": "like.likes & sex.1",
                "low": 20.0,
                "high": 48.0,
                "low_with_rounding": 41.0,
                "high_with_rounding": 48.5,
                "unit": "%",
            }
        ]
        or said["statements"][2]["verdict"] == "contradictory"
    )
    assert said["statements"][0]["note"] == "a <i>note</i>"


def test_a_study_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    """A folder that is no study ends with 1 and a problem, not with a trace."""
    (tmp_path / "claims.csv").write_text("id,statement\nA,One\n", encoding="utf-8")
    done = CliRunner().invoke(main, ["audit", str(tmp_path / "no"), str(tmp_path / "claims.csv"), "--json"])

    assert done.exit_code == 1
    assert json.loads(done.stdout)["problems"] != []


def test_the_page_holds_everything_and_runs_nothing(tmp_path: Path) -> None:
    """Every statement stands on the page with its reasons; markup in statements and notes is text; no script, no request."""
    made = audited(tmp_path, CLAIMS, BINDINGS, PRINTED)
    pages = {language: render_audit(study_in(tmp_path), made, language) for language in ("ru", "en")}

    for page in pages.values():
        assert all(f'id="s-{i}"' in page for i in "ABC")
        assert "57% &lt;b&gt;like&lt;/b&gt; it" in page
        assert "a &lt;i&gt;note&lt;/i&gt;" in page
        assert "<script" not in page
        assert re.findall(r'(?:src|href)="(?!#)', page) == []
    assert "отчёт сверен со своими же напечатанными числами" in pages["ru"]
    assert "held against its own printed numbers" in pages["en"]
    assert pages["en"] == render_audit(study_in(tmp_path), made, "en")


def test_simulated_answers_are_marked(tmp_path: Path) -> None:
    """Where answers are simulated the page says so on top, in words, and calls nothing reproduced."""
    made = replace(audited(tmp_path, CLAIMS, BINDINGS, PRINTED), against="simulated")

    assert "Simulated respondents" in render_audit(study_in(tmp_path), made, "en")
    assert "Смоделированные респонденты" in render_audit(study_in(tmp_path), made, "ru")


def test_bounds_are_said_in_the_language_of_the_reader(tmp_path: Path) -> None:
    """A bound has its decimal sign, its unit and, where rounding widens it, the wider one."""
    made = audited(tmp_path, "A,Both,?,%,,\n", "A,joint,like.likes sex.1,\n", "like,likes,,72,,,1\nsex,1,,48,,,1\n")
    (found,) = made.answers[0].bounds

    assert bound_text(found, "en") == "20 to 48% (with rounding 19 to 48.5%)"
    assert bound_text(found, "ru").replace("\N{NO-BREAK SPACE}", " ") == "от 20 до 48 % (с округлением от 19 до 48,5 %)"
