"""A respondent's withdrawal honoured everywhere: the ledger, snapshots and other raw files, whatever was made from them, quotes.

To reach another store: 1. a function that takes the folder and the id and returns what it erased; 2. its line in ``STORES``.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from posad.core.place import Place
from posad.core.problems import Problem, problem
from posad.core.reading.texts import read_text
from posad.fieldwork.ledger import Ledger
from posad.fieldwork.ledger.commands import Withdraw
from posad.fieldwork.values import Outcome
from posad.pipeline.field.snapshots import write_manifest
from posad.pipeline.values import CODED, USABLE, WEIGHTED
from posad.store.parquet import read_parquet, write_parquet

RESPONDENT = "respondent"
MADE = (CODED, USABLE, WEIGHTED)


@dataclass(frozen=True, slots=True)
class Erased:
    """Where a respondent was erased, and what could not be done."""

    problems: tuple[Problem, ...]
    places: tuple[str, ...] = ()


Store = Callable[[Path, str], tuple[list[str], list[Problem]]]


def erase(folder: Path, id: str, ledger: Ledger | None, at: float, stores: tuple[Store, ...] = ()) -> Erased:
    """Erase a respondent from the ledger and from every file of the study that holds their answers.

    Args:
        folder: The study's folder.
        id: The respondent's id, as the answers name it.
        ledger: The study's ledger, where it has one.
        at: The moment.
        stores: Further stores, such as the quotes of interviews.
    """
    places: list[str] = []
    problems: list[Problem] = []
    if ledger is not None and ledger.do(Withdraw(at, id)) in (Outcome.DONE, Outcome.AGAIN):
        places.append("ledger")
    for store in (*STORES, *stores):
        found, wrong = store(folder, id)
        places += found
        problems += wrong
    if places:
        places += drop_made(folder)
    if not places and not problems:
        problems.append(problem("erase-nobody", Place("answers"), name=id))
    return Erased(tuple(problems), tuple(places))


def erase_from_parquet(folder: Path, id: str) -> tuple[list[str], list[Problem]]:
    """Take a respondent's row out of the Parquet files of ``answers``, and renew the manifests of snapshots."""
    found: list[str] = []
    problems: list[Problem] = []
    for path in sorted((folder / "answers").glob("*.parquet")):
        columns, wrong = read_parquet(path)
        problems += wrong
        if columns is None or id not in columns.get(RESPONDENT, ()):
            continue
        kept = [n for n, value in enumerate(columns[RESPONDENT]) if value != id]
        write_parquet(path, {name: _typed([values[n] for n in kept]) for name, values in columns.items()})
        name = f"answers/{path.name}"
        found.append(name)
        if path.with_suffix(".lock").exists():
            facts = json.loads(path.with_suffix(".lock").read_text("utf-8"))
            facts = {k: v for k, v in facts.items() if k not in ("format", "posad", "file", "sha256")}
            write_manifest(folder, name, {**facts, "rows": len(kept), "erased": facts.get("erased", 0) + 1})
    return found, problems


def _typed(values: list[object]) -> tuple[str, list[object]]:
    there = {type(v) for v in values if v is not None}
    if there <= {int}:
        return (
            "INTEGER" if all(v is None or -(2**31) <= v < 2**31 for v in values if isinstance(v, int)) else "BIGINT",
            values,
        )
    return ("DOUBLE" if there <= {int, float} else "VARCHAR", values)


def erase_from_csv(folder: Path, id: str) -> tuple[list[str], list[Problem]]:
    """Take a respondent's row out of the CSV files of ``answers`` whose first line names a column ``respondent``."""
    found: list[str] = []
    problems: list[Problem] = []
    for path in sorted((folder / "answers").glob("*.csv")):
        name = f"answers/{path.name}"
        text, wrong = read_text(path, name)
        if text is None:
            problems += wrong
            continue
        head = text.partition("\n")[0]
        delimiter = ";" if head.count(";") > head.count(",") else ","
        rows = list(csv.reader(io.StringIO(text), delimiter=delimiter))
        if not rows or RESPONDENT not in rows[0]:
            continue
        at = rows[0].index(RESPONDENT)
        kept = [row for row in rows if len(row) <= at or row[at] != id]
        if len(kept) == len(rows):
            continue
        out = io.StringIO()
        csv.writer(out, delimiter=delimiter, lineterminator="\n").writerows(kept)
        beside = path.with_name(f".{path.name}.part")
        beside.write_text(out.getvalue(), encoding="utf-8")
        beside.replace(path)
        found.append(name)
    return found, problems


def drop_made(folder: Path) -> list[str]:
    """Delete what was made of the answers row by row; the next build makes it anew without them."""
    found = [name for name in MADE if (folder / name).exists()]
    for name in found:
        (folder / name).unlink()
    return found


STORES: tuple[Store, ...] = (erase_from_parquet, erase_from_csv)
