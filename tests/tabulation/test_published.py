"""Tables as agencies published them, made anew from their answers.

Each survey goes the whole way: its file is imported, the folder read, the answers coded, groups derived and weights taken. What a
person would add after an import (groups of a banner, nets) is written into ``variables.yaml`` here.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import numpy as np
import pytest
from tests.exchange.shared import SURVEYS, real

from posad.core.catalogue import CATALOGUE
from posad.core.numbers import half_up, percent
from posad.core.place import Place
from posad.exchange.importing import import_answers
from posad.kernel.values import Bases, Estimate
from posad.study.addresses import parse_address, resolve
from posad.study.plans.values import BannerPart
from posad.tabulation.context import Context
from posad.tabulation.measures import measure
from posad.tabulation.tables import make_table
from posad.tabulation.values import Table

pytestmark = real
HERE = Place("tables.yaml")
Open = Callable[[Path], Context]


def imported(source: Path, folder: Path, open_folder: Open, variables: str = "") -> Context:
    """Return a survey imported into a folder, given groups and nets, and opened for counting."""
    written, problems = import_answers(source, folder, "en")
    assert written
    assert [p for p in problems if CATALOGUE[p.code].severity == "error"] == []
    if variables:
        (folder / "variables.yaml").write_text(variables, encoding="utf-8")
    return open_folder(folder)


def item_of(context: Context, column: str) -> str:
    """Return the item that a column of the raw file became."""
    found = context.study.answers[0].columns[column]
    assert found is not None
    return found


def table_of(context: Context, item: str, *nests: str, weight: str | None = None) -> Table:
    """Return a table by a banner of nests written with ``>``."""
    banner = tuple(BannerPart(tuple(nest.split(">")), HERE) for nest in nests)
    table, problems = make_table(context, item, banner, weight=weight)
    assert table is not None, problems
    return table


def read_columns(path: Path) -> dict[str, list[str]]:
    """Return the columns of a CSV file as texts."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    return {name: [row[i] for row in rows[1:]] for i, name in enumerate(rows[0])}


def sheet(workbook: str, name: str) -> list[tuple[object, ...]]:
    """Return the rows of a sheet of expected numbers."""
    import openpyxl

    book = openpyxl.load_workbook(SURVEYS / "quantipy-example" / workbook, read_only=True, data_only=True)
    return [tuple(row) for row in book[name].iter_rows(values_only=True)]


IPSOS_BANNER = {
    "Male": "resp_gender:1",
    "Female": "resp_gender:2",
    "18-34": "ages:young",
    "35-54": "ages:middle",
    "55+": "ages:old",
    "Under $50K": "income:low",
    "$50K+": "income:high",
    "Northeast": "region4:1",
    "Midwest": "region4:2",
    "South": "region4:3",
    "West": "region4:4",
}
IPSOS_GROUPS = """\
nets:
  loopdwd7_dwd8_dwd8.accurate: {codes: 1-2, label: Accurate (Net)}
  loopdwd7_dwd8_dwd8.inaccurate: {codes: 3-4, label: Not accurate (Net)}
ages:
  label: Age
  exactly_one: true
  groups:
    young: {label: 18-34, if: resp_age <= 34}
    middle: {label: 35-54, if: resp_age in 35-54}
    old: {label: 55+, if: resp_age >= 55}
income:
  label: Income
  exactly_one: true
  groups:
    low: {label: Under $50K, if: dp_income in 1-2}
    high: {label: $50K+, if: dp_income >= 3}
"""


def ipsos_rows() -> dict[str, dict[str, list[dict[str, str]]]]:
    """Return the published rows by question and measure."""
    found: dict[str, dict[str, list[dict[str, str]]]] = {}
    with (SURVEYS / "ipsos-2016" / "expected_banner1.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            found.setdefault(row["question"], {}).setdefault(row["measure"], []).append(row)
    return found


def ipsos_row_ids(names: Sequence[str]) -> dict[str, str]:
    """Return the row of our table by its published name: plain rows are codes in their order, nets are named."""
    plain = [n for n in names if "(Net)" not in n]
    nets = {"Accurate (Net)": "accurate", "Not accurate (Net)": "inaccurate"}
    return {n: nets.get(n) or str(plain.index(n) + 1) for n in names}


def as_printed(row: Mapping[str, str], name: str, cell: Estimate, base: Bases) -> bool:
    """Tell whether a published count or share is our number as printed."""
    text, value = row[name].replace("-", "0"), cell.value or 0.0
    if row["measure"] == "count":
        return int(text) == int(half_up(value * base.weighted))
    return value < 0.005 if text == "*" else float(text) == float(half_up(value, 2))


def test_ipsos_tables_carry_every_published_base_count_and_share(tmp_path: Path, open_folder: Open) -> None:
    """All 1,200 bases, 3,000 counts and 3,000 shares of banner 1 come out as printed."""
    context = imported(SURVEYS / "ipsos-2016" / "answers.csv", tmp_path / "study", open_folder, IPSOS_GROUPS)
    heads = {"Total": "total", **IPSOS_BANNER}
    differing: list[object] = []
    compared = {"bases": 0, "count": 0, "share": 0}
    for question, published in ipsos_rows().items():
        table = table_of(context, item_of(context, question), "resp_gender", "ages", "income", "region4")
        ids = ipsos_row_ids([r["row"] for r in published["count"]])
        for name, column in heads.items():
            base = table.bases[column]
            for kind, value in (("unweighted", base.unweighted), ("weighted", base.weighted)):
                compared["bases"] += 1
                differing += [] if int(published[kind][0][name]) == int(half_up(value)) else [(question, name, kind)]
            for row in (*published["count"], *published["share"]):
                compared[row["measure"]] += 1
                cell = table.cells[ids[row["row"]], column]
                differing += [] if as_printed(row, name, cell, base) else [(question, name, row["row"], cell.value)]

    assert compared == {"bases": 1200, "count": 3000, "share": 3000}
    assert differing == []


QUANTIPY = SURVEYS / "quantipy-example" / "Example Data (A).csv"


def test_quantipy_effective_bases_and_weighted_cells_under_a_nested_banner(tmp_path: Path, open_folder: Open) -> None:
    """Bases, effective bases and weighted counts agree with the published ones to nine digits under three nested levels."""
    context = imported(QUANTIPY, tmp_path / "study", open_folder)
    wave = item_of(context, "Wave")
    table = table_of(context, item_of(context, "q5_1"), f"q4>gender>{wave}", "q4>gender", weight="weight_a")
    expected = {str(row[0]): row for row in sheet("complex_0.xlsx", "Main")[11:20]}
    columns = ["total", "q4:1>gender:1", "q4:1>gender:2", "q4:2>gender:1", "q4:2>gender:2"]
    columns += [f"q4:1>gender:1>{wave}:{number}" for number in (1, 2, 3)]

    assert table.bases["total"].effective == pytest.approx(5473.2477825807, rel=1e-9)
    assert table.bases["q4:1>gender:1"].effective == pytest.approx(1045.7811643333, rel=1e-9)
    for i, id in enumerate(columns, 1):
        base, cell = table.bases[id], table.cells["1", id]
        assert base.unweighted == expected["Unweighted base"][i]
        assert base.weighted == pytest.approx(expected["Base"][i], rel=1e-9)
        assert base.effective == pytest.approx(expected["Effective base"][i], rel=1e-9)
        assert (cell.value or 0.0) * base.weighted == pytest.approx(expected["I would refuse if asked"][i], rel=1e-8)


def test_quantipy_several_answers_by_a_banner_unweighted(tmp_path: Path, open_folder: Open) -> None:
    """Bases and counts of the four questions with several answers are the published ones in every column."""
    folder = tmp_path / "study"
    import_answers(QUANTIPY, folder, "en")
    weights = (folder / "weights.yaml").read_text(encoding="utf-8")
    (folder / "weights.yaml").write_text(
        f"plain:\n  method: none\n  note: printed unweighted\n{weights}", encoding="utf-8"
    )
    context = open_folder(folder)
    heads = {1: "total", 2: "gender:1", 3: "gender:2", **{5 + c: f"locality:{c}" for c in range(1, 6)}}
    compared = 0
    for name in ("q2", "q3", "q8", "q9"):
        table = table_of(context, name, "gender", "locality", weight="plain")
        base_row, *rows = [r for r in sheet("basic.xlsx", name)[3:] if r[0]]
        answers = [str(o.code) for o in context.items[name].options]
        assert len(rows) == len(answers)
        for place, id in heads.items():
            base = table.bases[id].unweighted
            counts = [round((table.cells[code, id].value or 0.0) * base, 6) for code in answers]
            assert base == base_row[place]
            assert counts == [0 if r[place] == "-" else r[place] for r in rows]
            compared += 1 + len(counts)

    assert compared == 8 * (4 + 8 + 9 + 7 + 7)


def test_quantipy_means(tmp_path: Path, open_folder: Open) -> None:
    """Weighted means are the published ones; two rows of six were printed for 30 people only and are left out."""
    context = imported(QUANTIPY, tmp_path / "study", open_folder)
    compared = 0
    for i, row in enumerate(sheet("complex_0.xlsx", "mean_0")[6:12], 1):
        address, _ = parse_address(f"{item_of(context, f'q5_{i}')}.mean", HERE)
        assert address is not None
        resolved, problems = resolve(address, context.study, HERE)
        assert resolved is not None, problems
        found = measure(context, resolved, weight="weight_a")
        if row[1] == found.bases.unweighted:
            assert found.bases.weighted == pytest.approx(row[2], rel=1e-9)
            assert found.value == pytest.approx(row[3], rel=1e-9)
            compared += 1

    assert compared == 4


MASCULINITY = SURVEYS / "masculinity-2018"
MASCULINITY_BANNER = ("age3", "race2", "kids", "orientation")


def blocks() -> list[tuple[str, list[list[str]]]]:
    """Return the questions of the published crosstab with their rows of printed cells, the label first."""
    with (MASCULINITY / "masculinity-survey.csv").open(encoding="utf-8", errors="replace", newline="") as file:
        rows = list(csv.reader(file))
    found: list[tuple[str, list[list[str]]]] = []
    for row in rows[2:]:
        if row[0]:
            found.append((row[0], []))
        elif row[1]:
            found[-1][1].append(row[1:])
    return found


def masculinity_cells(context: Context, item: str, rows: Sequence[Sequence[str]]) -> tuple[int, list[object]]:
    """Return how many printed cells of a question were compared, and those that came out otherwise."""
    with (MASCULINITY / "masculinity-survey.csv").open(encoding="utf-8", errors="replace", newline="") as file:
        head = list(csv.reader(file))[1]
    table = table_of(context, item, *MASCULINITY_BANNER)
    columns = {"": "total", **{c.labels[-1].get("en"): c.id for c in table.columns}}
    ids = {r.label.get("en"): r.id for r in table.rows}
    compared = 0
    differing: list[object] = []
    for label, *printed in rows:
        for name, text in zip(head[2:], printed, strict=True):
            cell = table.cells[ids[label], columns[name]]
            compared += 1
            if cell.value is None or percent(cell.value, "en") != text:
                differing.append((item, label, name, cell.value, text))
    return compared, differing


def test_masculinity_crosstab_cell_for_cell(tmp_path: Path, open_folder: Open) -> None:
    """All 130 printed cells of the three plain questions and all 60 of the first with several answers come out as published."""
    context = imported(MASCULINITY / "raw-responses.csv", tmp_path / "study", open_folder)
    published = blocks()
    plain = [masculinity_cells(context, id, published[i][1]) for id, i in (("q0001", 0), ("q0002", 1), ("q0005", 3))]
    several = masculinity_cells(context, "q0004", published[2][1])

    assert sum(n for n, _ in plain) == 130
    assert [d for _, found in plain for d in found] == []
    assert several == (60, [])


@pytest.mark.parametrize("poll", ["az02-1", "ca48-3", "azsen-3"])
def test_upshot_polls_weighted_by_their_final_weight(tmp_path: Path, open_folder: Open, poll: str) -> None:
    """Weighted shares of a poll equal the sums of its own weights, computed directly."""
    source = SURVEYS / "upshot-siena-2018" / f"elections-poll-{poll}.csv"
    raw = read_columns(source)
    weights = np.array([float(w) for w in raw["final_weight"]])
    given, sex = np.array(raw["response"]), np.array(raw["gender"])
    context = imported(source, tmp_path / "study", open_folder)
    table = table_of(context, item_of(context, "response"), item_of(context, "gender"), weight="final_weight")
    people = {c.id: sex == c.labels[-1].get("en") for c in table.columns}
    people["total"] = np.ones(len(weights), dtype=bool)
    assert len(people) == 1 + len(set(raw["gender"]))
    for row in table.rows:
        for id, inside in people.items():
            expected = weights[inside & (given == row.label.get("en"))].sum() / weights[inside].sum()
            assert table.cells[row.id, id].value == pytest.approx(expected, abs=1e-8)
