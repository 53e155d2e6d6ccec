"""What a researcher knows beside the file: a codebook, and kinds of columns, each a CSV made in Excel.

A codebook has the columns ``column, label, code, code label``; one line for each code, the column's name and label on the first
of them at least. A file of kinds has ``column, kind`` with single, multiple, number, open, weight, respondent or skip.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from pathlib import Path

from posad.core.place import Place
from posad.core.problems import Problem, near, problem
from posad.core.reading.csvs import CsvTable, read_csv
from posad.exchange.inference.columns import text_of
from posad.exchange.inference.values import Hints

KINDS: Mapping[str, tuple[str, ...]] = {
    "single": ("single", "one", "один ответ", "один"),
    "multiple": ("multiple", "several", "несколько", "несколько ответов"),
    "number": ("number", "numeric", "число"),
    "open": ("open", "text", "текст", "открытый"),
    "weight": ("weight", "вес"),
    "respondent": ("respondent", "id", "респондент"),
    "skip": ("skip", "ignore", "пропустить", "не брать", "-"),
}
_HEADS: Mapping[str, tuple[str, ...]] = {
    "column": ("column", "variable", "столбец", "переменная"),
    "label": ("label", "question", "подпись", "вопрос"),
    "code": ("code", "value", "код", "значение"),
    "code label": ("code label", "value label", "answer", "подпись кода", "ответ"),
    "kind": ("kind", "type", "вид", "тип"),
}


def read_codebook(path: Path, known: Collection[str]) -> tuple[Hints, list[Problem]]:
    """Return the labels of a codebook; lines about columns the file does not have are named."""
    table, heads, problems = _open(path, ("column",))
    if table is None:
        return Hints(), problems
    labels: dict[str, str] = {}
    values: dict[str, dict[str, str]] = {}
    column = ""
    for i, row in enumerate(table.rows):
        cells = {h: row[c].strip() for h, c in heads.items() if c < len(row)}
        if cells.get("column") and cells["column"] != column:
            column = cells["column"]
            if column not in known:
                place = table.place(i, heads["column"])
                problems.append(problem("codebook-no-such-column", place, column=column, near=near(column, known)))
        if not column:
            continue
        if cells.get("label"):
            labels.setdefault(column, cells["label"])
        if cells.get("code"):
            values.setdefault(column, {})[text_of(cells["code"])] = cells.get("code label") or cells["code"]
    return Hints(labels, values), problems


def read_kinds(path: Path, known: Collection[str]) -> tuple[dict[str, str], list[Problem]]:
    """Return the kinds of columns a researcher wrote down."""
    table, heads, problems = _open(path, ("column", "kind"))
    if table is None:
        return {}, problems
    words = {w: kind for kind, forms in KINDS.items() for w in forms}
    kinds: dict[str, str] = {}
    for i, row in enumerate(table.rows):
        column, said = (row[heads[h]].strip() if heads[h] < len(row) else "" for h in ("column", "kind"))
        if not column:
            continue
        if column not in known:
            place = table.place(i, heads["column"])
            problems.append(problem("codebook-no-such-column", place, column=column, near=near(column, known)))
        elif said.casefold() not in words:
            place = table.place(i, heads["kind"])
            facts = {"kind": said, "known": ", ".join(KINDS), "near": near(said.casefold(), words)}
            problems.append(problem("import-kind-unknown", place, **facts))
        else:
            kinds[column] = words[said.casefold()]
    return kinds, problems


def _open(path: Path, needed: tuple[str, ...]) -> tuple[CsvTable | None, dict[str, int], list[Problem]]:
    table, problems = read_csv(path, path.name)
    if table is None:
        return None, {}, problems
    words = {w: head for head, forms in _HEADS.items() for w in forms}
    heads: dict[str, int] = {}
    for i, name in enumerate(table.header):
        head = words.get(" ".join(name.replace("_", " ").split()).casefold())
        if head is not None:
            heads.setdefault(head, i)
    lacking = [h for h in needed if h not in heads]
    if lacking:
        facts = {"columns": ", ".join(lacking)}
        return None, {}, [*problems, problem("codebook-header", Place(path.name), **facts)]
    return table, heads, problems


def joined(hints: Hints, kinds: Mapping[str, str], delimiter: str | None) -> Hints:
    """Return everything the researcher said as one."""
    return replace(hints, kinds=kinds, delimiter=delimiter)
