"""``posad field simulate`` and ``forecast``, and the commands of the cleaning meeting: flag, decide, topline."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from tests.fieldwork.site.kinds import FILES
from tests.fieldwork.site.served import served
from tests.fieldwork.town import STUDY

from posad.cli.main import main

Study = Callable[[dict[str, str]], Path]
MIX = "panel,dimension,group,share\np,gender,m,50 %\np,gender,f,50 %\np,age_group,young,0.4\np,age_group,older,0.6\n"


def run(*arguments: str) -> tuple[int, dict[str, Any]]:
    """Run a command with --json and return its exit code and what it says."""
    result = CliRunner().invoke(main, [*arguments, "--json"])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.exit_code, json.loads(result.stdout)


def refused(*arguments: str) -> list[str]:
    """Return the codes of the errors a command ends with."""
    code, said = run(*arguments)
    assert code == 1, said
    return [p["code"] for p in said["problems"] if p["severity"] == "error"]


def test_invented_respondents_go_through_every_kind_of_question(study_of: Study) -> None:
    """Random respondents get through a site with every kind of question; those who leave are counted; no page is refused."""
    folder = study_of(FILES)
    with served(folder, "--test") as address:
        code, said = run(
            "field", "simulate", str(folder), "--door", f"{address}/", "--random", "--count", "25", "--leave", "0.4"
        )  # fmt: skip

    assert code == 0, said
    assert sum(said["outcomes"].values()) == 25
    assert set(said["outcomes"]) <= {"complete", "screened-out", "broken-off"}
    assert said["outcomes"]["broken-off"] > 0
    assert said["refusals"] == {}


def test_a_whole_field_for_an_exercise(study_of: Study) -> None:
    """Invented respondents fill a field's quotas; the meeting marks, decides and rejects; the snapshot is marked as simulated."""
    folder = study_of(dict(STUDY))
    with served(folder) as address:
        door = ("--door", f"{address}/")
        assert refused("field", "simulate", str(folder), *door, "--random") == ["rehearsal-in-real-field"]
        code, said = run("field", "simulate", str(folder), *door, "--random", "--count", "120", "--into-field")
    assert code == 0, said
    assert said["outcomes"]["complete"] == 10
    assert said["outcomes"]["over-quota"] == 110

    code, flagged = run("field", "flag", str(folder))
    assert code == 0
    assert flagged["completes"] == 10
    sheet = folder / "field" / "cases.csv"
    assert sheet.exists()
    with (folder / "answers.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([["interview", "decision", "reason"], ["x", "reject", "unknown"]])
    assert refused("field", "decide", str(folder), str(folder / "answers.csv")) == ["field-no-interview"]
    code, told = run("topline", str(folder))
    assert (code, told["completes"]) == (0, 10)
    assert "The answers are invented: this is a rehearsal." in told["markdown"]

    code, home = run("field", "close", str(folder))
    assert (code, home["rows"]) == (0, 10)
    assert "simulated: true" in (folder / "answers" / "field.yaml").read_text(encoding="utf-8")


def test_a_meeting_rejects_by_its_sheet(study_of: Study) -> None:
    """Rejections of the sheet take completes out with their reason, once."""
    folder = study_of(dict(STUDY))
    with served(folder) as address:
        run("field", "simulate", str(folder), "--door", f"{address}/", "--random", "--count", "60", "--into-field")
    run("field", "close", str(folder))
    manifest = json.loads((folder / "answers" / "field.lock").read_text(encoding="utf-8"))
    assert manifest["story"] == {"rejected": {}, "earlier_wordings": [], "extra": 0}
    ids = _respondents(folder)
    decided = folder / "field" / "decided.csv"
    decided.write_text(f"interview,decision,reason\n{ids[0]},reject,clicked through\n{ids[1]},keep,\n", "utf-8")

    assert run("field", "decide", str(folder), str(decided), "--who", "A. Fieldwork")[1]["rejected"] == 1
    assert run("field", "decide", str(folder), str(decided))[1]["rejected"] == 0
    code, home = run("field", "snapshot", str(folder))
    assert (code, home["rows"]) == (0, len(ids) - 1)
    manifest = json.loads((folder / "answers" / "field.lock").read_text(encoding="utf-8"))
    assert manifest["story"]["rejected"] == {"clicked through": 1}


def _respondents(folder: Path) -> list[str]:
    from posad.fieldwork.ledger import open_ledger, reading
    from posad.fieldwork.values import Status

    with open_ledger(folder / "field" / "ledger.sqlite", folder.name) as ledger, ledger.reading() as tx:
        return [i.id for i in reading.interviews(tx, [Status.COMPLETE])]


def test_a_forecast_says_days_and_waste(study_of: Study) -> None:
    """A forecast tells when the field is full, how many start, and which mix it assumed."""
    folder = study_of(dict(STUDY))
    options = ("--per-day", "p=200", "--days", "5", "--runs", "3")
    code, even = run("field", "forecast", str(folder), *options)
    assert (code, even["total"], even["even_mix"], even["jams"]) == (0, 10, True, [])
    assert even["days"]["100"]["median"] < 5

    (folder / "mix.csv").write_text(MIX, encoding="utf-8")
    code, mixed = run("field", "forecast", str(folder), *options, "--mix", str(folder / "mix.csv"))
    assert (code, mixed["even_mix"]) == (0, False)
    none = MIX.replace("p,gender,m,50 %", "p,gender,m,0")
    (folder / "mix.csv").write_text(none, encoding="utf-8")
    jammed = run("field", "forecast", str(folder), *options, "--mix", str(folder / "mix.csv"))[1]
    assert {j["cell"]: j["short"] for j in jammed["jams"]} == {"sex_age:m.young": 2.0, "sex_age:m.older": 3.0}
    text = CliRunner().invoke(main, ["field", "forecast", str(folder), *options, "--lang", "en"]).output
    assert "90% of interviews:" in text
    assert "real panels differ" in text


@pytest.mark.parametrize(
    ("mix", "code"),
    [
        ("panel,share\n", "forecast-mix-columns"),
        (MIX.replace("p,gender,m", "q,gender,m"), "forecast-mix-panel"),
        (MIX.replace("p,gender,m", "p,gender,men"), "forecast-mix-group"),
        (MIX.replace("50 %", "half"), "forecast-mix-share"),
        (MIX.replace("p,age_group,young,0.4\np,age_group,older,0.6\n", ""), "forecast-mix-incomplete"),
    ],
)
def test_a_wrong_mix_is_told(study_of: Study, mix: str, code: str) -> None:
    """What is wrong with the table of the panels' mix is told with its line."""
    folder = study_of(dict(STUDY))
    (folder / "mix.csv").write_text(mix, encoding="utf-8")

    found = refused("field", "forecast", str(folder), "--per-day", "p=100", "--mix", str(folder / "mix.csv"))

    assert set(found) == {code}


def test_mistakes_of_the_user_are_told(study_of: Study) -> None:
    """Wrong doors, unknown files, wrong numbers and fields without a plan or a ledger have their codes."""
    folder = str(study_of(dict(STUDY)))

    assert refused("field", "simulate", folder, "--door", "ftp://x") == ["rehearsal-door"]
    assert refused("field", "simulate", folder, "--random", "--door", "http://127.0.0.1:9/") == [
        "rehearsal-unreachable"
    ]
    assert refused("field", "simulate", folder) == ["rehearsal-of-nobody"]
    assert refused("field", "simulate", folder, "--random", "--count", "0") == ["rehearsal-count"]
    assert refused("field", "forecast", folder, "--per-day", "p") == ["forecast-per-day"]
    assert refused("field", "forecast", folder, "--mix", f"{folder}/none.csv") == ["forecast-mix-unreadable"]
    assert refused("field", "flag", folder) == ["field-no-ledger"]
    assert refused("topline", folder) == ["field-no-ledger"]
    Path(folder, "cases.csv").write_bytes(b"\xff\xfe\x00")
    assert refused("field", "decide", folder, f"{folder}/cases.csv") == ["cases-unreadable"]


def test_a_field_without_a_total_cannot_be_foreseen(study_of: Study) -> None:
    """A plan that ends with nothing has no day on which it ends."""
    plan = STUDY["field.yaml"].replace("total: 10\n", "")

    assert refused("field", "forecast", str(study_of({**STUDY, "field.yaml": plan}))) == ["forecast-without-total"]
