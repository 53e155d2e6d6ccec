"""The Ipsos survey of 2016 taken in by command, and its tables held against the agency's own."""

from __future__ import annotations

import csv
import json
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from tests.acceptance.support import POSAD, ROOT

from posad.core.numbers import half_up
from posad.pipeline.steps.books import book_tables
from posad.pipeline.steps.context import open_context
from posad.study.folder import read_study
from posad.tabulation.values import Table

SURVEYS = ROOT.parent / "shared" / "data" / "surveys"
VARIABLES = """\
nets:
{nets}
sex: {{label: Sex, groups: {{male: {{label: Male, if: resp_gender = 1}}, female: {{label: Female, if: resp_gender = 2}}}}}}
age:
  label: Age
  groups:
    young: {{label: 18-34, if: "resp_age <= 34"}}
    middle: {{label: 35-54, if: "resp_age in 35-54"}}
    old: {{label: 55+, if: "resp_age >= 55"}}
income:
  label: Income
  groups:
    under: {{label: Under $50K, if: "dp_income in 1-2"}}
    over: {{label: $50K+, if: "dp_income >= 3"}}
region:
  label: Region
  groups:
    northeast: {{label: Northeast, if: region4 = 1}}
    midwest: {{label: Midwest, if: region4 = 2}}
    south: {{label: South, if: region4 = 3}}
    west: {{label: West, if: region4 = 4}}
"""
TABLES = "published: {title: Banner 1, banner: [total, sex, age, income, region], rows: all}\n"
Published = Mapping[str, Mapping[str, Sequence[Mapping[str, str]]]]


def run(*words: object) -> dict[str, Any]:
    """Run posad with --json and return what it says; it must end well."""
    done = subprocess.run([POSAD, *map(str, words), "--json"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return dict(json.loads(done.stdout))


def read_published() -> Published:
    """Return the printed rows by question and measure."""
    found: dict[str, dict[str, list[Mapping[str, str]]]] = {}
    with (SURVEYS / "ipsos-2016" / "expected_banner1.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            found.setdefault(row["question"], {}).setdefault(row["measure"], []).append(row)
    return found


def ipsos_tables(folder: Path, book: str = TABLES) -> tuple[dict[str, Table], Published]:
    """Import the survey by command, declare groups and nets, build, and return the tables by the file's own column names.

    The agency printed columns of less than 30 people too, so the tables are read before anything is hidden.
    """
    published = read_published()
    run("import", SURVEYS / "ipsos-2016" / "answers.csv", "--into", folder, "--lang", "en")
    study, _ = read_study(folder)
    assert study is not None
    items = {raw: item for raw, item in study.answers[0].columns.items() if item}
    with_nets = [raw for raw, m in published.items() if any("(Net)" in r["row"] for r in m["count"])]
    nets = [
        f"  {items[raw]}.net{n}: {{codes: {2 * n - 1}-{2 * n}, label: net{n}}}" for raw in with_nets for n in (1, 2)
    ]
    (folder / "variables.yaml").write_text(VARIABLES.format(nets="\n".join(nets)), "utf-8")
    (folder / "tables.yaml").write_text(f"books:\n  {book}", "utf-8")
    run("build", folder, "--lang", "en")
    study, _ = read_study(folder)
    assert study is not None
    made, problems = book_tables(open_context(folder, study), study.books[0])
    assert problems == []
    by_item = {t.item: t for t in made}
    return {raw: by_item[items[raw]] for raw in published}, published


def compare(table: Table, measures: Mapping[str, Sequence[Mapping[str, str]]]) -> tuple[dict[str, int], list[object]]:
    """Return how many bases, counts and shares of a question were held against the printed ones, and those that differ."""
    compared = {"base": 0, "count": 0, "share": 0}
    differing: list[object] = []
    heads = [h for h in measures["count"][0] if h not in ("question", "table", "row", "measure")]
    rows = {r.id for r in table.rows}
    for head, column in zip(heads, table.columns, strict=True):
        base = table.bases[column.id]
        for measure in ("unweighted", "weighted"):
            compared["base"] += 1
            printed = int(measures[measure][0][head])
            if printed != int(half_up(base.unweighted if measure == "unweighted" else base.weighted)):
                differing.append((table.item, head, measure, printed))
        plain = nets = 0
        for count, share in zip(measures["count"], measures["share"], strict=True):
            if "(Net)" in count["row"]:
                nets += 1
            else:
                plain += 1
            row = f"net{nets}" if "(Net)" in count["row"] else str(plain)
            value = (table.cells[row, column.id].value or 0.0) if row in rows else 0.0
            compared["count"] += 1
            compared["share"] += 1
            if int(count[head].replace("-", "0")) != int(half_up(value * base.weighted)):
                differing.append((table.item, count["row"], head, value))
            printed_share = share[head].replace("-", "0")
            right = value < 0.005 if printed_share == "*" else float(printed_share) == float(half_up(value, 2))
            if not right:
                differing.append((table.item, share["row"], head, value))
    return compared, differing
