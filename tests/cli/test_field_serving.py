"""``posad field serve`` and ``posad field reconcile``: one command, clear refusals, an end in order."""

from __future__ import annotations

import importlib.util
import json
import signal
import socket
import subprocess
import time
import urllib.request
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner
from tests.fieldwork.site.kinds import FILES
from tests.fieldwork.site.served import BIN, served
from tests.fieldwork.site.visitor import open_site

from posad.cli.main import main
from posad.fieldwork.links import keys_from
from posad.fieldwork.site.desk import Settings

Study = Callable[[dict[str, str]], Path]


def refused(*arguments: str) -> list[str]:
    """Return the codes of the errors a command ends with."""
    result = CliRunner().invoke(main, ["field", *arguments, "--json"])
    assert result.exit_code == 1, result.output
    return [p["code"] for p in json.loads(result.stdout)["problems"] if p["severity"] == "error"]


def test_a_study_is_served_by_one_command(study_of: Study) -> None:
    """The command prints its address, answers there, keeps its ledger and keys for the owner alone, and stops in order."""
    folder = study_of(FILES)
    with served(folder) as address:
        with urllib.request.urlopen(f"{address}/health", timeout=10) as answer:
            assert json.load(answer) == {"ok": True, "paused": False, "stage": "main"}
        assert refused("serve", str(folder), "--port", "0") == ["ledger-second-server"]
    assert (folder / "field").stat().st_mode & 0o777 == 0o700
    assert (folder / "field" / "ledger.sqlite").exists()


def test_it_stops_in_order_when_the_system_asks(study_of: Study) -> None:
    """SIGTERM ends it with code 0 after saying that everything acknowledged is saved."""
    command = [str(BIN / "posad"), "field", "serve", str(study_of(FILES)), "--port", "0", "--lang", "en", "--test"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8")
    assert process.stdout is not None
    said = [process.stdout.readline() for _ in range(4)]
    process.send_signal(signal.SIGTERM)
    rest, errors = process.communicate(timeout=30)

    assert process.returncode == 0, errors
    assert "Survey: http://127.0.0.1:" in said[0]
    assert "Test mode" in "".join(said)
    assert rest.endswith("Stopped; everything acknowledged is saved.\n")


@pytest.mark.parametrize(
    ("files", "options", "codes"),
    [
        ({}, ["--address", "survey.example"], ["site-address"]),
        ({}, ["--address", "https://survey.example/?a=1"], ["site-address"]),
        ({"field/keys": "short\n"}, [], ["field-keys"]),
        ({"consent.md": "\n"}, [], ["consent-empty"]),
        ({"consent.md": "Согласие\n"}, [], ["consent-translation-missing"]),
        ({"questionnaire.md": "### Q"}, [], ["options-none"]),
        (
            {"field.yaml": "panels: {a: {exits: {done: 'https://a.example'}}}\n"},
            [],
            ["panel-status", "panel-exit-host"],
        ),
    ],
)
def test_what_cannot_be_served_is_refused(
    study_of: Study, files: dict[str, str], options: list[str], codes: list[str]
) -> None:
    """Every mistake that stands in the way is told before the port is open to anybody."""
    folder = study_of({**FILES, **files})
    found = refused("serve", str(folder), "--port", "0", *options)

    assert set(codes) <= set(found)


def test_a_port_in_use_is_told(study_of: Study) -> None:
    """A port that somebody has is named."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        assert refused("serve", str(study_of(FILES)), "--port", str(taken.getsockname()[1])) == ["field-port"]


def test_missing_packages_name_their_extra(study_of: Study, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the packages of the site the command says which extra to install."""
    real = importlib.util.find_spec
    monkeypatch.setattr(importlib.util, "find_spec", lambda name, *a: None if name == "uvicorn" else real(name, *a))

    assert refused("serve", str(study_of(FILES))) == ["field-extra-missing"]


def test_reconciling_writes_disputes(study_of: Study, tmp_path: Path) -> None:
    """The panel's list is held against the ledger; ids that look like formulas are harmless in the file of disputes."""
    field = "panels: {alpha: {price: 100, currency: RUB}}\n"
    folder = study_of({**FILES, "field.yaml": field})
    with served(folder):
        pass
    (tmp_path / "alpha.csv").write_text("id;status\n=1+1;complete\n7;screened-out\n", encoding="utf-8")
    out = tmp_path / "disputes.csv"
    command = ["field", "reconcile", str(tmp_path / "alpha.csv"), "-s", str(folder), "--out", str(out), "--json"]
    result = CliRunner().invoke(main, command)

    found = json.loads(result.stdout)
    assert (found["ok"], found["agreed"], found["pay"]) == (True, 0, 0)
    assert [d["why"] for d in found["disputes"]] == ["unknown-to-us"] * 2
    assert "\n7,,screened-out,unknown-to-us," in out.read_text(encoding="utf-8")
    assert "\n'=1+1,," in out.read_text(encoding="utf-8")
    assert refused("reconcile", str(tmp_path / "alpha.csv"), "-s", str(folder), "--panel", "beta") == ["panel-unknown"]


def test_invitations_begin_one_interview_each(study_of: Study, tmp_path: Path) -> None:
    """As many addresses as asked for, all different; each opens the first page, begins one interview, and no more of them open later."""
    field = 'site: {address: "https://survey.example/town", open: false}\n'
    folder = study_of({**FILES, "field.yaml": field})
    command = ["field", "invite", str(folder), "3", "--days", "1", "--json"]
    links = json.loads(CliRunner().invoke(main, command).stdout)["invitations"]
    assert len(set(links)) == 3
    assert all(link.startswith("https://survey.example/town/v/") for link in links)

    clock = [time.time()]
    site = open_site(folder, tmp_path / "ledger", Settings(open_door=False, clock=lambda: clock[0]))
    site.desk.keys = keys_from(folder / "field" / "keys", folder.name)
    paths = [link.removeprefix("https://survey.example/town") for link in links]
    ids = [site.id_of(site.begin(path)) for path in (*paths, paths[0])]
    assert len(set(ids)) == 3
    assert ids[3] == ids[0]
    assert site.get("/").code == 404
    clock[0] += 86400 + 60
    assert site.get(paths[0]).code == 404
    site.close()
    assert refused("invite", str(study_of({**FILES, "field.yaml": "total: 5\n"})), "3") == ["site-address"]
