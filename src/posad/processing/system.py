"""The columns every file has beside its answers: who, which wave, when, the design, given weights."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

from posad.processing.cells import Unknown, as_number
from posad.processing.targets import GIVEN, Targets, first_few
from posad.store.values import RawTable
from posad.study.plans.values import AnswersFile

Warn = Callable[..., None]
LARGEST_WEIGHT = 1e15  # beyond it no survey weight lies and no sum of squares is exact
_TEXTS = ("started", "finished", "stratum", "psu")


def system_columns(
    raw: RawTable, file: AnswersFile, targets: Targets, warn: Warn
) -> dict[str, tuple[str, list[object]]]:
    """Return ``respondent``, ``wave``, the design's columns and every given weight of a raw file.

    A file without a respondent column numbers its rows; a missing or doubled number is named. A given weight that is zero,
    negative, missing or not a number is kept as read (or missing) and named: weighing decides what follows.
    """
    columns: dict[str, tuple[str, list[object]]] = {
        "respondent": ("VARCHAR", _respondents(raw, targets, warn)),
        "wave": ("VARCHAR", _waves(raw, file, targets, warn)),
    }
    for name in _TEXTS:
        if name in targets.system:
            values = raw.columns[targets.system[name]]
            columns[name] = ("VARCHAR", [None if v is None else fold_id(v) for v in values])
    for name, column in targets.system.items():
        if name.startswith(GIVEN):
            columns[name] = ("DOUBLE", _weights(name.removeprefix(GIVEN), raw.columns[column], warn))
    return columns


def fold_id(value: object) -> str:
    """Return an identifier as text, whole floats without their point."""
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def _respondents(raw: RawTable, targets: Targets, warn: Warn) -> list[object]:
    column = targets.system.get("respondent")
    if column is None:
        return [str(i) for i in range(1, raw.rows + 1)]
    ids = [None if v is None else fold_id(v) for v in raw.columns[column]]
    nameless = [i for i, v in enumerate(ids, 1) if v is None]
    if nameless:
        warn("respondent-without-id", column=column, count=len(nameless), rows=first_few(nameless, 5))
    twice = [v for v, n in Counter(v for v in ids if v is not None).items() if n > 1]
    if twice:
        rows = sum(v in set(twice) for v in ids)
        warn("respondent-twice", column=column, count=len(twice), rows=rows, examples=first_few(twice, 5))
    return [v if v is not None else f"row {i}" for i, v in enumerate(ids, 1)]


def _waves(raw: RawTable, file: AnswersFile, targets: Targets, warn: Warn) -> list[object]:
    column = targets.system.get("wave")
    if column is None:
        return [file.wave] * raw.rows
    values = raw.columns[column]
    blank = [i for i, v in enumerate(values, 1) if v is None]
    if blank:
        warn("wave-missing", column=column, count=len(blank), rows=first_few(blank, 5), wave=file.wave)
    return [file.wave if v is None else fold_id(v) for v in values]


def _weights(name: str, values: Sequence[object], warn: Warn) -> list[object]:
    wrong, lost, low = Unknown(), Unknown(), Unknown()
    result: list[object] = []
    for row, value in enumerate(values, 1):
        number = None if value is None else as_number(value)
        if value is None:
            lost.add("", row)
        elif number is None or not abs(number) < LARGEST_WEIGHT:  # neither infinite
            number = None
            wrong.add(value, row)
        elif number <= 0:
            low.add(f"{number:g}", row)
        result.append(number)
    for code, found in (("weight-not-a-number", wrong), ("weight-missing", lost), ("weight-not-positive", low)):
        if found.count:
            warn(code, weight=name, count=found.count, values=first_few(found.values, 5), rows=first_few(found.rows, 5))
    return result
