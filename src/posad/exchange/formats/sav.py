"""SPSS files: labels, missing values and multiple-response sets as the file declares them.

Read through ``pyreadstat`` without pandas, in a process of its own: a damaged dictionary can bring that library down, and a bad
file must never take the program, or another person's answers, with it. Old Russian files often declare no code page, and readers then take them for
Western European; such files are tried as UTF-8 and then as cp1251, and what was taken is said.
"""

from __future__ import annotations

import os
import pickle
import re
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from posad.core.place import Place
from posad.core.problems import Problem, problem
from posad.exchange.inference import cyrillic_names
from posad.exchange.tables import clean_cell, clean_text
from posad.store.values import RawTable

_UNDECLARED = "WINDOWS-1252"  # what the reader reports when the file does not say
_CHILD = "from posad.exchange.formats.sav import answer_parent; answer_parent()"
_TRUNCATED = ("expected number of rows", "Unable to read from file")


def read(path: Path, name: str, sheet: str | None = None) -> tuple[RawTable | None, list[Problem]]:
    """Return an SPSS file as a raw table: whole numbers as integers, system-missing as None, user-missing kept and declared."""
    command = [sys.executable, "-c", _CHILD, str(path.resolve()), name, *([sheet] if sheet is not None else [])]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(p for p in sys.path if p)}
    run = subprocess.run(command, capture_output=True, env=environment, check=False)
    if run.returncode != 0:
        return None, [problem("raw-unreadable", Place(name), reason=f"SPSS reader stopped ({run.returncode})")]
    found: tuple[RawTable | None, list[Problem]] = pickle.loads(run.stdout)  # from our own process
    return found


def answer_parent() -> None:
    """Read the file named on the command line and hand the result to the process that waits for it."""
    path, name, *sheet = sys.argv[1:]
    sys.stdout.buffer.write(pickle.dumps(_read_here(Path(path), name, sheet[0] if sheet else None)))


def _read_here(path: Path, name: str, sheet: str | None) -> tuple[RawTable | None, list[Problem]]:
    problems: list[Problem] = []
    if sheet is not None:
        problems.append(problem("raw-sheet-ignored", Place(name), sheet=sheet))
    loaded = _load(path, name, problems)
    if loaded is None:
        return None, problems
    data, meta = loaded
    columns = {n: tuple(clean_cell(v) for v in values) for n, values in data.items()}
    if not columns or not len(next(iter(columns.values()))):
        problems.append(problem("raw-no-rows", Place(name)))
        return None, problems
    table = RawTable(
        columns,
        labels={n: t for n, label in meta.column_names_to_labels.items() if (t := clean_text(label or ""))},
        value_labels=_value_labels(meta.variable_value_labels),
        missing={n: _missing(ranges) for n, ranges in meta.missing_ranges.items() if ranges},
        sets=_sets(meta.mr_sets),
        notes=(f"encoding {meta.file_encoding}",),
    )
    return table, problems


def _load(path: Path, name: str, problems: list[Problem]) -> tuple[Mapping[str, list[object]], Any] | None:
    found, error = _try(path, None)
    if found is None and "byte sequence" in error:
        for encoding in ("UTF-8", "cp1251"):
            found, _ = _try(path, encoding)
            if found is not None:
                problems.append(problem("sav-encoding-assumed", Place(name), encoding=encoding))
                break
    elif found is None:
        found, error = _renamed(path, name, error, problems)
    elif found is not None and found[1].file_encoding == _UNDECLARED and not _ascii(found):
        found = _undeclared(path, name, found, problems)
    if found is None:
        code = "raw-truncated" if any(t in error for t in _TRUNCATED) else "raw-unreadable"
        problems.append(problem(code, Place(name), reason=error))
    return found


def _renamed(
    path: Path, name: str, error: str, problems: list[Problem]
) -> tuple[tuple[Mapping[str, list[object]], Any] | None, str]:
    """Read a cp1251 file whose names the reader refuses, by way of a copy: «я» in them for «ё», then without its sets."""
    copy, names = cyrillic_names.without_ya(path.read_bytes())
    found, why = _copied(copy)
    sets_lost = found is None
    if found is None:
        found, why = _copied(cyrillic_names.without_sets(copy))
    if found is None:
        return None, why if names else error
    problems.append(problem("sav-encoding-assumed", Place(name), encoding="cp1251"))
    if sets_lost:
        problems.append(problem("sav-sets-lost", Place(name)))
    data, meta = found
    for part in (meta.column_names_to_labels, meta.variable_value_labels, meta.missing_ranges):
        renamed = {names.get(word, word): value for word, value in part.items()}
        part.clear()
        part.update(renamed)
    return ({names.get(word, word): values for word, values in data.items()}, meta), ""


def _copied(content: bytes) -> tuple[tuple[Mapping[str, list[object]], Any] | None, str]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "copy.sav"
        path.write_bytes(content)
        return _try(path, "cp1251")


def _undeclared(path: Path, name: str, western: Any, problems: list[Problem]) -> Any:
    """Choose between UTF-8, cp1251 and what the reader took, for a file that does not name its code page."""
    as_utf8, _ = _try(path, "UTF-8")
    as_russian, _ = _try(path, "cp1251") if as_utf8 is None else (None, "")
    if as_utf8 is not None:
        found, encoding = as_utf8, "UTF-8"
    elif as_russian is not None and _looks_russian(as_russian):
        found, encoding = as_russian, "cp1251"
    else:
        found, encoding = western, "cp1252"
    problems.append(problem("sav-encoding-assumed", Place(name), encoding=encoding))
    return found


def _try(path: Path, encoding: str | None) -> tuple[tuple[Mapping[str, list[object]], Any] | None, str]:
    import pyreadstat

    try:
        return pyreadstat.read_sav(str(path), output_format="dict", user_missing=True, encoding=encoding), ""
    except Exception as error:  # the reader raises its own, Unicode's and overflow's errors for damaged files
        return None, str(error)


def _texts(found: Any) -> str:
    data, meta = found
    words = [*data, *(label or "" for label in meta.column_names_to_labels.values())]
    words += [str(label) for labels in meta.variable_value_labels.values() for label in labels.values()]
    words += [v for values in data.values() for v in values if isinstance(v, str)]
    return "\n".join(words)


def _ascii(found: Any) -> bool:
    return _texts(found).isascii()


def _looks_russian(found: Any) -> bool:
    """Tell whether words decoded as cp1251 are Cyrillic throughout, rather than Latin with a stray letter."""
    words = re.findall(r"[A-Za-z\u0400-\u04ff]+", _texts(found))
    cyrillic = sum(bool(re.fullmatch(r"[\u0400-\u04ff]+", w)) and len(w) > 1 for w in words)
    mixed = sum(bool(re.search(r"[A-Za-z]", w)) and bool(re.search(r"[\u0400-\u04ff]", w)) for w in words)
    return cyrillic > mixed


def _value_labels(labels: Mapping[str, Mapping[object, str]]) -> dict[str, dict[object, str]]:
    return {
        column: {clean_cell(value): clean_text(label) or str(value) for value, label in pairs.items()}
        for column, pairs in labels.items()
        if pairs
    }


def _missing(ranges: list[Any]) -> tuple[object, ...]:
    found: list[object] = []
    for entry in ranges:
        if not isinstance(entry, dict):
            found.append(clean_cell(entry))
        elif entry["lo"] == entry["hi"]:
            found.append(clean_cell(entry["lo"]))
        else:
            found.append((_bound(entry["lo"]), _bound(entry["hi"])))
    return tuple(found)


def _bound(value: object) -> object:
    cleaned = clean_cell(value)
    return value if cleaned is None else cleaned


def _sets(sets: Mapping[str, Any]) -> dict[str, tuple[str, tuple[str, ...], object]]:
    return {
        name: (
            clean_text(s["label"] or "") or "",
            tuple(s["variable_list"]),
            s["counted_value"] if s["is_dichotomy"] else None,
        )
        for name, s in sets.items()
    }
