"""Real surveys, each imported by one call: the coded answers count what the raw file counts."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from tests.exchange.shared import SURVEYS, real

from posad.core.catalogue import CATALOGUE
from posad.core.digests import digest_file
from posad.exchange.importing import import_answers
from posad.exchange.reading import read_raw
from posad.processing.coding import code_answers
from posad.study.folder import read_study
from posad.study.plans.values import AnswersFile, Study
from posad.study.questionnaire.values import Item, Kind, option_column

pytestmark = real
FILES = (
    "ipsos-2016/answers.csv",
    "masculinity-2018/raw-responses.csv",
    "quantipy-example/Example Data (A).csv",
    "upshot-siena-2018/elections-poll-az02-1.csv",
    "upshot-siena-2018/elections-poll-ca25-3.csv",
)
Columns = Mapping[str, tuple[str, list[Any]]]


def plainly(path: Path) -> dict[str, list[str]]:
    """Return a CSV by column, read in the plainest way."""
    with path.open(encoding="utf-8-sig", newline="") as stream:
        header, *rows = list(csv.reader(stream))
    names = [name or f"column {i}" for i, name in enumerate(header, 1)]
    return {name: [row[i].strip() for row in rows] for i, name in enumerate(names)}


def without_point(text: str) -> str:
    """Return "2.0" as "2"."""
    return re.sub(r"^(-?\d+)\.0+$", r"\1", text)


def expected(cells: list[str], item: Item, file: AnswersFile, delimiter: str | None = None) -> Counter[int]:
    """Return how often each code of an item stands in raw cells, by the mapping and nothing else."""
    missing = {"", *file.missing.get(item.id, file.missing.get(item.question, ()))}
    values = file.values.get(item.id, file.values.get(item.question, {}))
    parts = [p.strip() for c in cells if c not in missing for p in (c.split(delimiter) if delimiter else [c])]
    return Counter(values[p] if p in values else int(without_point(p)) for p in parts if p)


def check(target: str, cells: list[str], study: Study, file: AnswersFile, coded: Columns) -> None:
    """Compare the counts of one raw column with those of what it was coded to."""
    if target in ("respondent", "started", "finished"):
        assert coded[target][1] == cells
        return
    if target.startswith("weight:"):
        assert coded[target][1] == [float(c) if c else None for c in cells]
        return
    item = study.item(target)
    if item is None:
        owner, _, code = target.rpartition(".")
        item = study.item(owner)
        assert item is not None
        chosen = sum(c not in ("", "0", "Not selected", "NA") for c in cells)
        assert sum(v == 1 for v in coded[option_column(item.column, int(code))][1]) == chosen
        return
    if item.kind is Kind.NUMBER:
        missing = {"", *file.missing.get(item.id, ())}
        assert coded[item.column][1] == [None if c in missing else float(c) for c in cells]
    elif item.kind is Kind.MULTIPLE:
        counts = {o.code: sum(v == 1 for v in coded[option_column(item.column, o.code)][1]) for o in item.options}
        assert Counter({c: n for c, n in counts.items() if n}) == expected(cells, item, file, file.delimiter)
    elif item.kind is Kind.OPEN:
        missing = {"", *file.missing.get(item.id, ())}
        assert coded[item.column][1] == [None if c in missing else c for c in cells]
    else:
        found = Counter(v for v in coded[item.column][1] if v is not None)
        assert found == expected(cells, item, file)


@pytest.mark.parametrize("name", FILES)
def test_an_imported_survey_counts_what_its_file_counts(tmp_path: Path, name: str) -> None:
    """Every column of the raw file has the same counts after import and coding, and the copy is byte for byte."""
    source = SURVEYS / name
    written, problems = import_answers(source, tmp_path / "study", "en")
    assert [p for p in problems if CATALOGUE[p.code].severity == "error"] == []
    assert f"answers/{source.name}" in written

    study, problems = read_study(tmp_path / "study")
    assert [p for p in problems if CATALOGUE[p.code].severity == "error"] == []
    assert study is not None
    file = study.answers[0]
    raw, _ = read_raw(tmp_path / "study" / file.path, name=file.path)
    assert raw is not None
    coded, problems = code_answers(raw, file, study)

    assert coded is not None
    assert {p.code for p in problems} <= {"exclusive-with-others", "weight-missing", "weight-not-positive"}
    assert digest_file(tmp_path / "study" / file.path) == digest_file(source)
    for column, cells in plainly(source).items():
        target = file.columns[column]
        if target is not None:
            check(target, cells, study, file, coded)


def test_masculinity_has_its_questions(tmp_path: Path) -> None:
    """The survey's multi-column questions are found: nine of several answers and one grid of eleven rows."""
    import_answers(SURVEYS / "masculinity-2018" / "raw-responses.csv", tmp_path / "study", "en")
    study, _ = read_study(tmp_path / "study")

    assert study is not None
    kinds = Counter(q.kind for q in study.questionnaire.questions)
    grid = study.questionnaire.question("q0007")
    sources = study.questionnaire.question("q0004")
    assert (kinds[Kind.MULTIPLE], kinds[Kind.GRID]) == (9, 1)
    assert grid is not None
    assert len(grid.rows) == 11
    assert sources is not None
    assert {o.code: o.label.get("en") for o in sources.options}[1] == "Father or father figure(s)"
