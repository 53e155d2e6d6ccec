"""Tables as agencies published them, made anew from their answers.

The files lie beside the project; their columns are turned into a study by hand here.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import pytest

from posad.core.numbers import half_up, percent
from posad.core.place import Place
from posad.core.words import LocalText
from posad.kernel.design import design_of
from posad.store.duck import DuckEngine
from posad.study.plans import BannerPart, Group, Net, Study, Variable, WeightPlan
from posad.study.questionnaire.values import Kind, Option, Question, Questionnaire, option_column
from posad.tabulation.context import Context
from posad.tabulation.tables import make_table
from posad.tabulation.values import Table
from tests.exchange.shared import SURVEYS, real

pytestmark = real
HERE = Place("questionnaire.md")

Columns = dict[str, tuple[str, list[object]]]


def words(text: str) -> LocalText:
    """Return an English text."""
    return LocalText.of(en=text)


def single(id: str, codes: Mapping[int, str], text: str = "") -> Question:
    """Return a question with one answer."""
    options = tuple(Option(code, words(label), HERE) for code, label in codes.items())
    return Question(id, words(text or id), Kind.SINGLE, HERE, options=options)


def several(id: str, codes: Mapping[int, str], text: str = "") -> Question:
    """Return a question with any number of answers."""
    options = tuple(Option(code, words(label), HERE) for code, label in codes.items())
    return Question(id, words(text or id), Kind.MULTIPLE, HERE, options=options)


def number(id: str) -> Question:
    """Return a question that asks for a number."""
    return Question(id, words(id), Kind.NUMBER, HERE)


def grouping(id: str, groups: Sequence[tuple[str, int]]) -> Variable:
    """Return a grouping variable whose column is given ready."""
    return Variable(id, words(id), tuple(Group(name, code, words(name), None, HERE) for name, code in groups), HERE)


def read_columns(path: Path) -> dict[str, list[str]]:
    """Return the columns of a CSV file as texts."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    return {name: [row[i] for row in rows[1:]] for i, name in enumerate(rows[0])}


def codes(values: Sequence[str]) -> tuple[str, list[object]]:
    """Return a column of answer codes out of texts such as "1.0"."""
    return "INTEGER", [int(float(v)) if v.strip() else None for v in values]


def numbers(values: Sequence[str]) -> tuple[str, list[object]]:
    """Return a column of numbers."""
    return "DOUBLE", [float(v) if v.strip() else None for v in values]


def ticks(question: Question, chosen: Sequence[set[int] | None]) -> Columns:
    """Return the columns of a question of several answers; None where it was not answered."""
    return {
        option_column(question.id, o.code): ("INTEGER", [None if c is None else int(o.code in c) for c in chosen])
        for o in question.options
    }


def context_of(
    questions: Sequence[Question],
    columns: Columns,
    weights: Sequence[float] | None = None,
    variables: Sequence[Variable] = (),
    nets: Sequence[Net] = (),
) -> Context:
    """Return a study with its answers, and with a weight given with them if there is one."""
    plan = WeightPlan("given", "given", HERE, column="w")
    study = Study(
        folder="",
        title=words("Published"),
        population=words("adults"),
        languages=("en",),
        questionnaire=Questionnaire(words("Published"), ("en",), tuple(questions)),
        variables=tuple(variables),
        nets=tuple(nets),
        weights=(plan,) if weights is not None else (),
    )
    engine = DuckEngine.from_columns(columns, threads=1)
    if weights is None:
        return Context(study, engine)
    w = np.asarray(weights, dtype=np.float64)
    engine.set_weight("given", w, w)
    return Context(study, engine, {"given": design_of(engine.moments((), "given"))})


def made(table: Table | None) -> Table:
    """Return a table that must have been made."""
    assert table is not None
    return table


def banner(*variables: str) -> tuple[BannerPart, ...]:
    """Return a banner of nests written with ``>``."""
    return tuple(BannerPart(tuple(v.split(">")), HERE) for v in variables)


def between(values: Sequence[str], *ends: int) -> tuple[str, list[object]]:
    """Return a column of ranges, counted from one; ``ends`` are the last value of each."""
    ranks = [
        next((i for i, end in enumerate(ends, 1) if int(float(v)) <= end), None) if v.strip() else None for v in values
    ]
    return "INTEGER", list(ranks)


IPSOS_BANNER = {
    "sex": ("Male", "Female"),
    "age": ("18-34", "35-54", "55+"),
    "income": ("Under $50K", "$50K+"),
    "region": ("Northeast", "Midwest", "South", "West"),
}


def ipsos() -> tuple[Context, dict[str, dict[str, list[dict[str, str]]]]]:
    """Return the Ipsos survey of 2016 and its published rows by question and measure."""
    raw = read_columns(SURVEYS / "ipsos-2016" / "answers.csv")
    published: dict[str, dict[str, list[dict[str, str]]]] = {}
    with (SURVEYS / "ipsos-2016" / "expected_banner1.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            published.setdefault(row["question"], {}).setdefault(row["measure"], []).append(row)
    questions, nets, columns = [], [], {}
    for id, measures in published.items():
        names = [r["row"] for r in measures["count"]]
        plain = [n for n in names if "(Net)" not in n]
        questions.append(single(id, dict(enumerate(plain, 1))))
        columns[id] = codes(raw[id])
        found = [n for n in names if "(Net)" in n]
        nets += [Net(f"net{i}", id, (2 * i + 1, 2 * i + 2), words(n), HERE) for i, n in enumerate(found)]
    columns["sex"] = codes(raw["resp_gender"])
    columns["age"] = between(raw["resp_age"], 34, 54, 200)
    columns["income"] = between(raw["DP_INCOME"], 2, 9)
    columns["region"] = codes(raw["REGION4"])
    variables = [grouping(v, [(g, i) for i, g in enumerate(names, 1)]) for v, names in IPSOS_BANNER.items()]
    return context_of(questions, columns, [float(w) for w in raw["Weightvar"]], variables, nets), published


def test_ipsos_tables_carry_every_published_base_count_and_share() -> None:
    """All 1,200 bases, 3,000 counts and 3,000 shares of banner 1 come out as printed."""
    context, published = ipsos()
    differing, compared = [], {"base": 0, "count": 0, "share": 0}
    for id, measures in published.items():
        table = made(make_table(context, id, banner(*IPSOS_BANNER))[0])
        heads = ["Total", *(g for names in IPSOS_BANNER.values() for g in names)]
        by_label = {r.label.get("en"): r for r in table.rows}
        for name, column in zip(heads, table.columns, strict=True):
            base = table.bases[column.id]
            for measure, value in (("unweighted", base.unweighted), ("weighted", base.weighted)):
                compared["base"] += 1
                if int(measures[measure][0][name]) != int(half_up(value)):
                    differing.append((id, name, measure, value))
            for row in measures["count"]:
                compared["count"] += 1
                cell = table.cells[by_label[row["row"]].id, column.id]
                count = (cell.value or 0.0) * base.weighted
                if int(row[name].replace("-", "0")) != int(half_up(count)):
                    differing.append((id, name, row["row"], count))
            for row in measures["share"]:
                compared["share"] += 1
                value = table.cells[by_label[row["row"]].id, column.id].value or 0.0
                printed = row[name].replace("-", "0")
                right = value < 0.005 if printed == "*" else float(printed) == float(half_up(value, 2))
                if not right:
                    differing.append((id, name, row["row"], value))
    assert compared == {"base": 1200, "count": 3000, "share": 3000}
    assert differing == []


def quantipy(weighted: bool) -> Context:
    """Return the example survey of 8,255 people, weighted by ``weight_a`` or not."""
    raw = read_columns(SURVEYS / "quantipy-example" / "Example Data (A).csv")
    q8 = several("q8", {c: str(c) for c in (1, 2, 3, 4, 5, 96, 98)})
    q2 = several("q2", {c: str(c) for c in (1, 2, 3, 4, 5, 6, 97, 98)})
    q3 = several("q3", {c: str(c) for c in (1, 2, 3, 4, 5, 6, 7, 8, 97)})
    q9 = several("q9", {c: str(c) for c in (1, 2, 3, 4, 96, 98, 99)})
    questions = [
        q2,
        q3,
        q8,
        q9,
        single("q4", {1: "Yes", 2: "No"}),
        single("gender", {1: "Male", 2: "Female"}),
        single("locality", {c: str(c) for c in range(1, 6)}),
        single("Wave", {c: f"Wave {c}" for c in range(1, 6)}),
        *(single(f"q5_{i}", {c: str(c) for c in (1, 2, 3, 4, 5, 97, 98)}) for i in range(1, 7)),
        *(number(f"q5_{i}_n") for i in range(1, 7)),
    ]
    columns = {q.id: codes(raw[q.id]) for q in questions if q.kind is Kind.SINGLE}
    columns |= {f"q5_{i}_n": numbers(raw[f"q5_{i}"]) for i in range(1, 7)}
    for question in (q2, q3, q8, q9):
        columns |= ticks(
            question, [{int(c) for c in v.split(";") if c} if v.strip() else None for v in raw[question.id]]
        )
    weights = [float(w) for w in raw["weight_a"]] if weighted else None
    return context_of(questions, columns, weights)


def sheet(workbook: str, name: str) -> list[tuple[object, ...]]:
    """Return the rows of a sheet of expected numbers."""
    import openpyxl

    book = openpyxl.load_workbook(SURVEYS / "quantipy-example" / workbook, read_only=True, data_only=True)
    return [tuple(row) for row in book[name].iter_rows(values_only=True)]


def test_quantipy_effective_bases_and_weighted_cell_under_a_nested_banner() -> None:
    """Effective bases and a weighted count agree with the published ones to nine digits under a banner of three levels."""
    context = quantipy(weighted=True)
    table = made(make_table(context, "q5_1", banner("q4>gender>Wave", "q4>gender"))[0])
    counts = {id: (table.cells["1", id].value or 0.0) * base.weighted for id, base in table.bases.items()}
    assert table.bases["total"].effective == pytest.approx(5473.2477825807, rel=1e-9)
    assert table.bases["q4:1>gender:1"].effective == pytest.approx(1045.7811643333, rel=1e-9)
    assert counts["total"] == pytest.approx(436.6731985407, rel=1e-9)
    main = sheet("complex_0.xlsx", "Main")
    expected = {str(row[0]): row for row in main[11:20]}
    columns = ["total", "q4:1>gender:1", "q4:1>gender:2", "q4:2>gender:1", "q4:2>gender:2"]
    columns += [f"q4:1>gender:1>Wave:{wave}" for wave in (1, 2, 3)]
    for i, id in enumerate(columns, 1):
        base = table.bases[id]
        assert base.unweighted == expected["Unweighted base"][i]
        assert base.weighted == pytest.approx(expected["Base"][i], rel=1e-9)
        assert base.effective == pytest.approx(expected["Effective base"][i], rel=1e-9)
        assert counts[id] == pytest.approx(expected["I would refuse if asked"][i], rel=1e-8)


def test_quantipy_several_answers_by_a_banner_unweighted() -> None:
    """Bases and counts of the four questions with several answers are the published ones in every column."""
    context = quantipy(weighted=False)
    ids = ["total", "gender:1", "gender:2", *(f"locality:{c}" for c in range(1, 6))]
    places = [1, 2, 3, 6, 7, 8, 9, 10]
    compared = 0
    for name in ("q2", "q3", "q8", "q9"):
        table = made(make_table(context, name, banner("gender", "locality"))[0])
        rows = [r for r in sheet("basic.xlsx", name)[3:] if r[0]]
        answers = [r for r in table.rows if r.kind == "answer"]
        assert len(rows) == len(answers) + 1
        for id, place in zip(ids, places, strict=True):
            base = table.bases[id].unweighted
            assert base == rows[0][place]
            counts = [round((table.cells[r.id, id].value or 0.0) * base, 6) for r in answers]
            assert counts == [0 if r[place] == "-" else r[place] for r in rows[1:]]
            compared += 1 + len(counts)
    assert compared == 8 * (4 + 8 + 9 + 7 + 7)


def test_quantipy_means() -> None:
    """Weighted means are the published ones; two rows of six were printed for 30 people only and are left out."""
    context = quantipy(weighted=True)
    compared = 0
    for i, row in enumerate(sheet("complex_0.xlsx", "mean_0")[6:12], 1):
        if row[1] == 30:
            continue
        table = made(make_table(context, f"q5_{i}_n")[0])
        assert table.bases["total"].unweighted == row[1] == 8255
        assert table.bases["total"].weighted == pytest.approx(row[2], rel=1e-9)
        assert table.cells["mean", "total"].value == pytest.approx(row[3], rel=1e-9)
        compared += 1
    assert compared == 4


MASCULINITY_BANNER = {
    "age3": ("18 - 34", "35 - 64", "65 and up"),
    "racethn": ("White", "Non-white"),
    "kids": ("Has children", "No children"),
    "orient": ("Straight", "Gay/Bisexual"),
}
MASCULINITY_SOURCE = {"age3": "age3", "racethn": "race2", "kids": "kids", "orient": "orientation"}


def masculinity() -> tuple[Context, list[list[str]]]:
    """Return the survey on masculinity of 2018, and the rows of its published crosstab."""
    raw = read_columns(SURVEYS / "masculinity-2018" / "raw-responses.csv")
    with (SURVEYS / "masculinity-2018" / "masculinity-survey.csv").open(encoding="utf-8", errors="replace") as file:
        published = list(csv.reader(file))
    columns: Columns = {}
    questions = []
    for id, first in (("q0001", 3), ("q0002", 9), ("q0005", 22)):
        labels = _block(published, first)
        questions.append(single(id, dict(enumerate(labels, 1))))
        columns[id] = ("INTEGER", [labels.index(v) + 1 if v in labels else None for v in raw[id]])
    labels = _block(published, 15)
    q4 = several("q0004", dict(enumerate(labels, 1)))
    questions.append(q4)
    members = [raw[f"q0004_{i:04}"] for i in range(1, 7)]
    columns |= ticks(q4, [{labels.index(v) + 1 for v in row if v in labels} for row in zip(*members, strict=True)])
    for variable, groups in MASCULINITY_BANNER.items():
        values = raw[MASCULINITY_SOURCE[variable]]
        columns[variable] = ("INTEGER", [groups.index(v) + 1 if v in groups else None for v in values])
    variables = [grouping(v, [(g, i) for i, g in enumerate(names, 1)]) for v, names in MASCULINITY_BANNER.items()]
    return context_of(questions, columns, [float(w) for w in raw["weight"]], variables), published


def _block(published: Sequence[Sequence[str]], first: int) -> list[str]:
    """Return the answers of the block of the crosstab that starts in a row."""
    found = []
    for row in published[first:]:
        if row[0]:
            break
        found.append(row[1])
    return found


def masculinity_differences(context: Context, published: Sequence[Sequence[str]], id: str, first: int) -> list[object]:
    """Return the cells of one question that are not printed as published."""
    table = made(make_table(context, id, banner(*MASCULINITY_BANNER))[0])
    rows = {r.label.get("en"): r for r in table.rows}
    differing: list[object] = []
    for offset, label in enumerate(_block(published, first)):
        for place, column in enumerate(table.columns, 2):
            cell = table.cells[rows[label].id, column.id]
            printed = published[first + offset][place]
            if cell.value is None or percent(cell.value, "en") != printed:
                differing.append((id, label, column.id, cell.value, printed))
    return differing


def test_masculinity_crosstab_cell_for_cell() -> None:
    """All 130 printed cells of the three questions put to everybody come out as published."""
    context, published = masculinity()
    blocks = {"q0001": 3, "q0002": 9, "q0005": 22}
    assert 10 * sum(len(_block(published, first)) for first in blocks.values()) == 130
    assert [d for id, first in blocks.items() for d in masculinity_differences(context, published, id, first)] == []


def test_masculinity_several_answers() -> None:
    """All 60 printed cells of a question with several answers come out as published."""
    context, published = masculinity()
    assert masculinity_differences(context, published, "q0004", 15) == []


@pytest.mark.parametrize("poll", ["az02-1", "ca48-3", "azsen-3"])
def test_upshot_polls_weighted_by_their_final_weight(poll: str) -> None:
    """Weighted shares of a poll equal the sums of its own weights, computed directly."""
    raw = read_columns(SURVEYS / "upshot-siena-2018" / f"elections-poll-{poll}.csv")
    weights = np.array([float(w) for w in raw["final_weight"]])
    answers = sorted(set(raw["response"]))
    groups = sorted(set(raw["gender"]))
    columns: Columns = {
        "response": ("INTEGER", [answers.index(v) + 1 for v in raw["response"]]),
        "gender": ("INTEGER", [groups.index(v) + 1 for v in raw["gender"]]),
    }
    questions = [single("response", dict(enumerate(answers, 1))), single("gender", dict(enumerate(groups, 1)))]
    table = made(make_table(context_of(questions, columns, list(weights)), "response", banner("gender"))[0])
    given, sex = np.array(raw["response"]), np.array(raw["gender"])
    for i, answer in enumerate(answers, 1):
        expected = weights[given == answer].sum() / weights.sum()
        assert table.cells[str(i), "total"].value == pytest.approx(expected, abs=1e-9)
        for j, group in enumerate(groups, 1):
            inside = sex == group
            expected = weights[inside & (given == answer)].sum() / weights[inside].sum()
            assert table.cells[str(i), f"gender:{j}"].value == pytest.approx(expected, abs=1e-8)
