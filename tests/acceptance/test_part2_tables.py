"""The acceptance of tables: published letters, arrays of another program's cubes, simulated rates."""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path

import pytest
from tests.acceptance.calmar import calmar_gaps
from tests.acceptance.crunch import arrays, equal, read_cube
from tests.acceptance.published import ipsos_tables

HERE = Path(__file__).parent
ROOT = Path(__file__).resolve().parents[2]
RESULTS = ROOT / "benchmarks" / "results"
CUBES = ROOT.parent / "shared" / "data" / "crunch-cube"
DIMENSIONS = (
    "published: {title: Banner 1, banner: [total, sex, age, income, region], rows: all, tests: dimensions, "
    "low_base: {hidden: 0, no_tests: 30, flagged: 100, by: weighted, reason: As the agency printed its tables}}\n"
)
BLOCKS = ("AB", "CDE", "FG", "HIJK")


@pytest.mark.shared
def test_2b() -> None:
    """CALMAR's weights come out within 1e-7, and at least 40 arrays of Crunch to 1e-6; each of the others has its reason."""
    gaps = calmar_gaps()

    assert {"lin", "raking", "logit"} <= set(gaps)
    assert {method: gap for method, gap in gaps.items() if gap > 1e-7} == {}

    with (HERE / "crunch_arrays.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    wanted = [r for r in rows if r["cube"]]
    assert sorted(r["array"] for r in rows) == sorted(p.stem for p in (CUBES / "expectations_json").glob("*.json"))
    assert len(wanted) >= 40
    assert [r["array"] for r in rows if not r["cube"] and not r["reason"]] == []
    assert [r["array"] for r in wanted if not made(r["cube"], r["measure"], r["array"])] == []


def made(cube: str, measure: str, array: str) -> bool:
    """Tell whether a measure of a cube is the array that Crunch expects."""
    sums = read_cube(CUBES / "tests" / "fixtures" / f"{cube}.json")
    expected = json.loads((CUBES / "expectations_json" / f"{array}.json").read_text("utf-8"))
    return sums is not None and any(equal(found, expected) for name, found in arrays(*sums) if name == measure)


def held_letters(folder: Path) -> tuple[int, int]:
    """Return how many cells of letters were compared with the agency's, and how many differ."""
    tables, published = ipsos_tables(folder, DIMENSIONS)
    compared = differing = 0
    for raw, measures in published.items():
        table = tables[raw]
        printed = {c.id: letter for c, letter in zip(table.columns[1:], "".join(BLOCKS), strict=True)}
        own = {(c.block, c.letter): printed[c.id] for c in table.columns[1:]}
        plain = nets = 0
        for row in measures["letters"]:
            net = "(Net)" in row["row"]
            plain, nets = plain + (not net), nets + net
            id = f"net{nets}" if net else str(plain)
            heads = [h for h in row if h not in ("question", "table", "row", "measure")]
            for head, column in zip(heads[1:], table.columns[1:], strict=True):
                compared += 1
                marks = table.marks(id, column.id)[0]
                ours = "".join(own[column.block, m] for m in marks)
                differing += ours != re.sub(r"[^A-K]", "", row[head] or "")
    return compared, differing


@pytest.mark.shared
def test_2c(tmp_path: Path) -> None:
    """Published letters of Ipsos come out with ``dimensions``; the committed simulations hold every bound."""
    compared, differing = held_letters(tmp_path / "ipsos")

    assert compared - differing >= 2741
    assert compared >= 2728
    assert bounds_broken(sorted(RESULTS.glob("simulations-*.md"))[-1].read_text("utf-8")) == []
    measured = sorted(RESULTS.glob("coverage-*.md"))[-1].read_text("utf-8")
    cells = [float(c) for c in re.findall(r"(?<=\| )\d\d\.\d{3}(?= \|)", measured)]
    assert len(cells) == 24
    assert [c for c in cells if not 94 <= c <= 96.5] == []


def bounds_broken(text: str) -> list[str]:
    """Return the lines of dated results that break a bound, or say that a part is missing."""
    broken = []
    chosen = r"^\| ([^|]+) \| [\d.]+ \| (\d+\.\d\d) \| [\d.]+ \| [^|]+ \| [\d.]+ \| [\d.]+ \|$"
    drawn = r"^\| ([\d,]+ \|(?: [^|]+ \|){6}) (\d+\.\d\d) \| [\d.]+ \| (\d\d\.\d{3}) \| [\d.]+ \|$"
    rates = re.findall(chosen, text, re.MULTILINE)
    by_chance = re.findall(drawn, text, re.MULTILINE)
    rates += [(name, false) for name, false, _ in by_chance]
    broken += [name for name, false in rates if not 1.5 <= float(false) <= 6.8]
    tables = re.findall(r"tables with a false letter\s*\((\d+\.\d\d) %\)", text)
    covered = re.findall(r"(\d\d\.\d{3}) \(\d+\.\d\)", text) + [coverage for *_, coverage in by_chance]
    broken += [f"coverage {c}" for c in covered if not 94 <= float(c) <= 96.5]
    broken += [f"false tables {t}" for t in tables if float(t) >= 6]
    whole = len(rates) == 72 and len(tables) == 1 and len(covered) == 54 and "5,000 seeded samples" in text
    return broken if whole else [*broken, "a part is missing"]
