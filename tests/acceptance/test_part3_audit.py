"""Part 3, line b: every statement of the seed report is answered, its contradictions are found, altered numbers do not pass."""

from __future__ import annotations

import csv
import json
import random
import shutil
import subprocess
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import pytest
from tests.acceptance.published import ipsos_tables
from tests.acceptance.shared import BLIND, KEY, seed
from tests.acceptance.support import POSAD, STUDIES, copy_study
from tests.exchange.shared import real

from posad.core.numbers import half_up

FOUND = ["C013", "C036", "C163", "C212", "C233"]
ANSWER_KEY = ("acceptance_check", "status", "issue", "estimator")
Row = dict[str, str]
pytestmark = [*seed, *real[1:]]


def rows_of(path: Path) -> list[Row]:
    """Return the rows of a table."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def write(path: Path, rows: list[Row]) -> Path:
    """Write rows as a table."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return path


def audited(folder: Path, claims: Path, *words: str) -> tuple[int, dict[str, Any]]:
    """Run the audit by command and return its exit status and what it says."""
    command = [str(POSAD), "audit", str(folder), str(claims), "--json", *words]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.stdout, done.stderr
    return done.returncode, dict(json.loads(done.stdout))


def by_verdict(said: Mapping[str, Any]) -> dict[str, list[str]]:
    """Return the ids of statements by verdict."""
    found: dict[str, list[str]] = {}
    for one in said["statements"]:
        found.setdefault(one["verdict"], []).append(one["id"])
    return found


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the flagship without any answers."""
    folder = copy_study("platforms-2025", tmp_path_factory.mktemp("plain"))
    for path in (folder / "answers").glob("*"):
        path.unlink()
    return folder


@pytest.fixture(scope="module")
def simulated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the flagship with its simulated answers."""
    folder = copy_study("platforms-2025", tmp_path_factory.mktemp("simulated"))
    subprocess.run([POSAD, "simulate", folder], capture_output=True, check=True)
    return folder


def altered(rows: Iterable[Row]) -> tuple[list[Row], list[str]]:
    """Return the statements with thirty clearly printed shares changed by more than rounding, and which they are."""
    rows = [dict(r) for r in rows]
    bindings = {r["id"]: r for r in rows_of(STUDIES / "platforms-2025/audit/bindings.csv")}
    printed = {
        (r["question"], r["option"]) for r in rows_of(STUDIES / "platforms-2025/audit/printed.csv") if r["value"]
    }
    clear = [
        r["id"]
        for r in rows
        if bindings[r["id"]]["reading"] == "number"
        and r["unit"] == "%"
        and r["printed_value"].isdecimal()
        and tuple(bindings[r["id"]]["address"].rsplit(".", 1)) in printed
    ]
    chance = random.Random(2025)
    chosen = sorted(chance.sample(clear, 30))
    for row in (r for r in rows if r["id"] in chosen):
        old = int(row["printed_value"])
        new = chance.choice([v for v in range(max(0, old - 12), old + 13) if v != old])
        row["printed_value"] = str(new)
        row["statement"] = row["statement"].replace(f"{old} %", f"{new} %")
    return rows, chosen


def test_3b(plain: Path, simulated: Path) -> None:
    """All 254 statements get a verdict without answers and with simulated ones, and none is called reproduced."""
    for folder, against in ((plain, "printed"), (simulated, "simulated")):
        status, said = audited(folder, BLIND)

        assert [s["id"] for s in said["statements"]] == [r["id"] for r in rows_of(BLIND)]
        assert (len(said["statements"]), said["against"], status) == (254, against, 1)
        assert [p["code"] for p in said["problems"]] == []
        assert not {"reproduced", "not-reproduced"} & set(by_verdict(said))
        assert all(s["reasons"] or s["bounds"] for s in said["statements"])


def test_3b_the_contradictions_are_found_without_the_key(plain: Path, simulated: Path, tmp_path: Path) -> None:
    """The eleven contradictions, and only they, are found blind; a list with the key in it gives the same answers."""
    key = sorted(r["id"] for r in rows_of(KEY) if r["status"] == "inconsistent")
    blind = audited(plain, BLIND)[1]
    with_key = audited(plain, KEY)[1]

    assert set(FOUND) <= set(key)
    assert sorted(by_verdict(blind)["contradictory"]) == key
    assert sorted(by_verdict(audited(simulated, BLIND)[1])["contradictory"]) == key
    assert [(s["id"], s["verdict"]) for s in with_key["statements"]] == [
        (s["id"], s["verdict"]) for s in blind["statements"]
    ]
    (ignored,) = [p for p in with_key["problems"] if p["code"] == "audit-columns-ignored"]
    assert all(name in ignored["facts"]["names"] for name in ANSWER_KEY)


def test_3b_altered_numbers_do_not_pass(plain: Path, simulated: Path, tmp_path: Path) -> None:
    """None of thirty altered shares is called compatible: not beside the charts, and not beside the simulated answers alone."""
    rows, chosen = altered(rows_of(BLIND))
    claims = write(tmp_path / "altered.csv", rows)
    alone = Path(shutil.copytree(simulated, tmp_path / "alone"))
    lists = [r for r in rows_of(plain / "audit/printed.csv") if r["question"].startswith("list:")]
    write(alone / "audit/printed.csv", lists)

    for folder, held in ((plain, chosen), (simulated, chosen)):
        passed = by_verdict(audited(folder, claims)[1])
        assert [i for i in held if i not in passed["contradictory"]] == []
    verdicts = {s["id"]: s for s in audited(alone, claims)[1]["statements"]}
    by_answers = [i for i in chosen if "audit-simulated-differs" in [r["code"] for r in verdicts[i]["reasons"]]]
    published = [i for i in chosen if verdicts[i]["truth"]]
    assert by_answers == published
    assert len(published) >= 25
    assert [i for i in published if verdicts[i]["verdict"] != "contradictory"] == []


def test_3b_bounds_are_those_worked_out_by_hand(plain: Path) -> None:
    """Liking 72 and leaving 48: 20 to 48 are both; half as often as pessimists: 20/87 to 50 % of the optimists would leave."""
    said = {s["id"]: s for s in audited(plain, BLIND)[1]["statements"]}
    (both,), (leave,) = said["C243"]["bounds"], said["C075"]["bounds"]

    assert (said["C243"]["verdict"], both["low"], both["high"]) == ("bounded", 20, 48)
    assert (both["low_with_rounding"], both["high_with_rounding"]) == (71.5 + 47.5 - 100, 48.5)
    assert (said["C075"]["verdict"], leave["low"], leave["high"]) == ("bounded", 100 * 20 / 87, 50)
    # 48 = 57·o + 15·2o + 28·x: all the others leave (x = 1), or every pessimist does (2o = 1)
    low = 100 * (47.5 - (100 - 56.5 - 14.5)) / (56.5 + 2.1 * 14.5)
    assert 0 <= low - leave["low_with_rounding"] < 0.01
    assert 0 <= leave["high_with_rounding"] - 100 / 1.9 < 0.01
    optimists, pessimists = said["C080"]["bounds"]
    assert (optimists["low"], optimists["high"]) == (100 * (72 + 57 - 100) / 57, 100)
    assert (pessimists["low"], pessimists["high"]) == (0, 100)


def test_3b_a_published_table_is_reproduced(tmp_path: Path) -> None:
    """Every printed share of a real survey's first column is reproduced from the answers; changed by two points none is."""
    folder = tmp_path / "ipsos"
    tables, published = ipsos_tables(folder)
    rows: list[Row] = []
    bindings: list[Row] = []
    for raw, measures in published.items():
        head = next(h for h in measures["share"][0] if h not in ("question", "table", "row", "measure"))
        plain_rows = [r for r in measures["share"] if "(Net)" not in r["row"]]
        for n, row in enumerate(plain_rows, 1):
            name = f"S{len(rows) + 1:03}"
            if row[head] in ("*", "-") or (str(n), tables[raw].columns[0].id) not in tables[raw].cells:
                continue
            percent = int(half_up(float(row[head]) * 100))
            bindings.append({"id": name, "reading": "number", "address": f"{tables[raw].item}.{n}"})
            rows.append(
                {"id": name, "statement": f"{row['row']}: {percent}%", "printed_value": str(percent), "unit": "%"}
            )
    write(folder / "audit/bindings.csv", bindings)
    status, said = audited(folder, write(tmp_path / "claims.csv", rows), "--lang", "en")
    for row in rows:
        value = int(row["printed_value"])
        row["printed_value"] = str(value + 2 if value < 50 else value - 2)
    changed = audited(folder, write(tmp_path / "changed.csv", rows), "--lang", "en")

    assert len(rows) > 30
    assert (status, said["against"], list(by_verdict(said))) == (0, "answers", ["reproduced"])
    assert (changed[0], list(by_verdict(changed[1]))) == (1, ["not-reproduced"])
