"""Answers brought home from the field, and respondents erased from everywhere."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner
from tests.fieldwork.town import STUDY

from posad.cli.main import main
from posad.core.digests import digest_file
from posad.fieldwork.ledger import open_ledger, reading
from posad.fieldwork.ledger.commands import Mark, Reserve, SavePage, Settle, Start
from posad.fieldwork.values import Flag, Status, Value
from posad.pipeline.field.desk.forgetting import forget, retire
from posad.pipeline.field.running import apply_plan, bring_home, look, pause, reject
from posad.pipeline.field.told.telling import field_lines
from posad.store.parquet import read_parquet
from posad.study.folder import read_study

Write = Callable[[dict[str, str]], Path]
NOW = 1_750_000_000.0
ANSWERS: dict[str, dict[str, Value]] = {
    "anna": {"sex": 2, "age": 30, "better__1": 1, "better__2": 0, "better__96": 1, "better__97": 0,
             "better__96__text": "=the sea", "why": "so"},
    "boris": {"sex": 1, "age": 40, "better__1": 0, "better__2": 0, "better__96": 0, "better__97": 1},
    "clara": {"sex": 2, "age": 50},
}  # fmt: skip


@pytest.fixture
def fielded(study_of: Write) -> Path:
    """Return a study with a ledger: three completes, one break-off, one test."""
    folder = study_of(STUDY)
    (folder / "field").mkdir(exist_ok=True)
    with open_ledger(folder / "field/ledger.sqlite", folder.name) as ledger:
        for id, given in ANSWERS.items():
            ledger.do(Start(NOW, id, "v1", "en", panel="north", entry={"rid": id}))
            ledger.do(SavePage(NOW, id, "p1", "t1", given))
        ledger.do(Start(NOW, "left", "v1", "en"))
        ledger.do(Start(NOW, "trial", "v1", "en", test=True))
    assert apply_plan(folder, NOW, "anna") == []
    with open_ledger(folder / "field/ledger.sqlite", folder.name) as ledger:
        cells = {"anna": "f.young", "boris": "m.older", "clara": "f.older"}
        for id, cell in cells.items():
            ledger.do(Reserve(NOW, id, ("total", f"sex_age:{cell}")))
        for id in (*ANSWERS, "trial"):
            ledger.do(Settle(NOW + 30, id, Status.COMPLETE))
        ledger.do(Mark(NOW, "boris", (Flag("speeder"),)))
    return folder


def test_a_snapshot_is_a_raw_file_of_the_study(fielded: Path) -> None:
    """Completes come home under the questionnaire's own names, with a description that the study reads without a mistake."""
    made = bring_home(fielded, NOW + 60)

    assert made.problems == ()
    assert (made.rows, made.files) == (3, ("answers/field.parquet", "answers/field.yaml", "answers/field.lock"))
    columns, _ = read_parquet(fielded / made.files[0])
    assert columns is not None
    rows = sorted(
        zip(*(columns[c] for c in ("respondent", "sex", "age", "better.96.text", "why", "flags")), strict=True)
    )
    assert rows == [
        ("anna", 2, 30.0, "=the sea", "so", None),
        ("boris", 1, 40.0, None, None, "speeder"),
        ("clara", 2, 50.0, None, None, None),
    ]
    assert [list(columns[f"better.{c}"]) for c in (1, 97)] == [[1, 0, None], [0, 1, None]]
    study, problems = read_study(fielded)
    assert study is not None
    assert [p.code for p in problems] == []
    assert [a.path for a in study.answers] == ["answers/field.parquet"]
    manifest = json.loads((fielded / "answers/field.lock").read_text())
    assert manifest["sha256"] == digest_file(fielded / "answers/field.parquet")
    assert manifest["interviews"] == {"complete": 3, "started": 1}


def test_the_study_builds_from_a_snapshot(fielded: Path) -> None:
    """Checking the study codes the snapshot without losing a cell."""
    from posad.pipeline.verbs.check import check

    bring_home(fielded, NOW + 60)

    assert [p.code for p in check(fielded) if p.code not in ("answers-wave-unknown",)] == []


def test_an_erased_respondent_is_nowhere(fielded: Path) -> None:
    """Erasing deletes the ledger's answers, the row of the snapshot and what was made of it; the manifest tells that one is gone."""
    from posad.pipeline.verbs.check import check

    bring_home(fielded, NOW + 60)
    check(fielded)
    (fielded / "answers/other.csv").write_text("respondent;note\nanna;x\nboris;y\n", encoding="utf-8")

    erased = forget(fielded, "anna", NOW + 90)

    assert erased.problems == ()
    assert set(erased.places) >= {"ledger", "answers/field.parquet", "answers/other.csv", "build/data/coded.parquet"}
    held = b"".join(p.read_bytes() for p in fielded.rglob("*") if p.is_file())
    assert b"the sea" not in held
    assert (fielded / "answers/other.csv").read_text(encoding="utf-8") == "respondent;note\nboris;y\n"
    manifest = json.loads((fielded / "answers/field.lock").read_text())
    assert (manifest["rows"], manifest["erased"]) == (2, 1)
    assert manifest["sha256"] == digest_file(fielded / "answers/field.parquet")
    assert {c.cell.id: c.done for c in look(fielded).cells}["sex_age:f.young"] == 0
    assert [p.code for p in forget(fielded, "nobody", NOW).problems] == ["erase-nobody"]


def test_rejected_and_closed(fielded: Path) -> None:
    """A rejected complete stays out of the next snapshot and frees its place; a closed field takes nobody."""
    assert reject(fielded, ["boris"], NOW, "anna", "speeder") == []
    assert [p.code for p in reject(fielded, ["left"], NOW, "anna", "x")] == ["field-no-interview"]

    made = bring_home(fielded, NOW + 60, close=True)

    assert made.rows == 2
    standing = look(fielded)
    assert standing.paused
    assert {c.cell.id: c.done for c in standing.cells}["sex_age:m.older"] == 0
    with open_ledger(fielded / "field/ledger.sqlite", "study") as ledger:
        ledger.do(Start(NOW, "late", "v1", "en"))
        assert ledger.do(Reserve(NOW, "late", ("total",))).outcome == "paused"
        with ledger.reading() as tx:
            assert reading.answers(tx, "boris")["sex"] == 1


def test_amendments_reach_a_running_field(fielded: Path) -> None:
    """Places moved in field.yaml are moved in the ledger by ``field apply``; what is filled stays."""
    text = (fielded / "field.yaml").read_text()
    more = "amendments:\n- {when: 2025-06-01, who: Anna, why: fewer young, move: [{table: sex_age, from: m > young, to: f > young, places: 2}]}\n"
    (fielded / "field.yaml").write_text(text + more)

    assert apply_plan(fielded, NOW, "anna") == []

    cells = {c.cell.id: (c.cell.limit, c.done) for c in look(fielded).cells}
    assert (cells["sex_age:m.young"], cells["sex_age:f.young"]) == ((0, 0), (4, 1))
    assert [p.code for p in pause(fielded, "sex_age:x", True, NOW, "anna")] == ["field-no-cell"]


def test_the_commands_answer_in_json(fielded: Path) -> None:
    """Each command of the field says what it did to a program, and tells a missing ledger."""
    run = CliRunner().invoke
    for words in (
        ["field", "status"],
        ["field", "pause", "--why", "holiday"],
        ["field", "resume", "--why", "back"],
        ["field", "apply"],
        ["field", "snapshot"],
        ["field", "close"],
    ):
        told = run(main, [*words[:2], str(fielded), *words[2:], "--json", "--lang", "en"])
        assert json.loads(told.stdout)["ok"] is True, told.output
    told = run(main, ["erase", str(fielded), "anna", "--json", "--lang", "en"])
    assert "ledger" in json.loads(told.stdout)["erased"]
    (fielded / "field/ledger.sqlite").unlink()
    told = run(main, ["field", "status", str(fielded), "--json", "--lang", "en"])
    assert [p["code"] for p in json.loads(told.stdout)["problems"]] == ["field-no-ledger"]


def test_who_was_asked_is_forgotten_in_time(fielded: Path) -> None:
    """Thirty days after the last interview the panel's ids are gone from the ledger, not before; answers stay, and once is enough."""
    days = 86400.0

    def entries() -> list[str]:
        with open_ledger(fielded / "field/ledger.sqlite", "study") as ledger, ledger.reading() as tx:
            assert reading.answers(tx, "anna")["sex"] == 2
            return [i.entry["rid"] for i in reading.interviews(tx) if i.entry]

    assert retire(fielded, NOW + 29 * days).detached == 0
    assert sorted(entries()) == ["anna", "boris", "clara"]
    assert retire(fielded, NOW + 31 * days).detached == 3
    assert entries() == []
    assert retire(fielded, NOW + 32 * days).detached == 0


def test_people_beyond_the_quotas_are_marked_and_told(fielded: Path) -> None:
    """A complete accepted beyond the quotas has extra = 1 in the snapshot, counts in no cell, and the method page tells it."""
    with open_ledger(fielded / "field/ledger.sqlite", fielded.name) as ledger:
        ledger.do(Start(NOW, "dora", "v1", "en"))
        ledger.do(SavePage(NOW, "dora", "p1", "t1", {"sex": 2, "age": 51}))
        ledger.do(Settle(NOW, "dora", Status.COMPLETE, extra=True))
    made = bring_home(fielded, NOW + 60)
    columns, _ = read_parquet(fielded / made.files[0])
    study, _ = read_study(fielded)
    assert columns is not None
    assert study is not None

    marked = dict(zip(columns["respondent"], columns["extra"], strict=True))
    assert marked == {"anna": 0, "boris": 0, "clara": 0, "dora": 1}
    assert {c.cell.id: c.done for c in look(fielded).cells}["total"] == 3
    assert [line.get("en") for line in field_lines(fielded, study)] == [
        "Accepted beyond quotas that were full: 1; they count in no quota cell and are marked in the file of answers (extra)"
    ]
