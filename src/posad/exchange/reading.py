"""Any file of answers as a raw table, the format chosen by the extension and confirmed by the first bytes."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import cast

from posad.core.place import Place
from posad.core.problems import Problem, near, problem
from posad.store.values import RawTable

_Read = Callable[[Path, str, "str | None"], tuple["RawTable | None", list[Problem]]]

_FORMATS = {
    ".csv": "csv",
    ".tsv": "csv",
    ".txt": "csv",
    ".tab": "csv",
    ".xlsx": "xlsx",
    ".xlsm": "xlsx",
    ".sav": "sav",
    ".zsav": "sav",
    ".parquet": "parquet",
}
_SPOKEN = {
    "csv": ".csv",
    "xlsx": ".xlsx",
    "sav": ".sav",
    "xls": ".xls",
    "zip": ".zip",
    "pdf": ".pdf",
    "parquet": ".parquet",
}


def read_raw(path: Path, *, sheet: str | None = None, name: str) -> tuple[RawTable | None, list[Problem]]:
    """Return a file of answers as it stands, or what is wrong with it.

    Args:
        path: the file.
        sheet: the sheet of a workbook; without it the first visible one.
        name: the file's name for messages, relative to the study.
    """
    try:
        with path.open("rb") as stream:
            head = stream.read(4096)
    except OSError as error:
        if isinstance(error, FileNotFoundError):
            return None, [problem("file-missing", Place(name), file=name)]
        return None, [problem("file-not-readable", Place(name), file=name, reason=error.strerror or str(error))]
    if not head.strip():
        return None, [problem("raw-empty-file", Place(name))]
    declared = _FORMATS.get(path.suffix.lower())
    actual = sniff(path, head)
    if refusal := _refusal(path, name, declared, actual):
        return None, [refusal]
    module = import_module(f"posad.exchange.formats.{declared or actual}")
    return cast("_Read", module.read)(path, name, sheet)


def _refusal(path: Path, name: str, declared: str | None, actual: str) -> Problem | None:
    if actual == "xls":
        return problem("raw-old-excel", Place(name))
    if declared is None and actual not in _FORMATS.values():
        facts = {"extension": path.suffix or "—", "near": near(path.suffix.lower(), _FORMATS)}
        return problem("raw-unknown-format", Place(name), **facts)
    if declared is not None and declared != actual:
        facts = {"extension": path.suffix, "actual": _SPOKEN.get(actual, actual)}
        return problem("raw-not-what-it-says", Place(name), **facts)
    return None


def sniff(path: Path, head: bytes) -> str:
    """Return what a file is by its bytes: csv, xlsx, sav, xls, zip, pdf, parquet or binary."""
    if head.startswith((b"$FL2", b"$FL3")):
        return "sav"
    if head.startswith(b"PK\x03\x04"):
        return _zip_kind(path, head)
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        return "xls"
    for start, kind in ((b"%PDF", "pdf"), (b"PAR1", "parquet")):
        if head.startswith(start):
            return kind
    utf16 = head.startswith((b"\xff\xfe", b"\xfe\xff"))
    return "binary" if b"\x00" in head and not utf16 else "csv"


def _zip_kind(path: Path, head: bytes) -> str:
    try:
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, OSError, ValueError):
        return "xlsx" if path.suffix.lower() in (".xlsx", ".xlsm") else "zip"
    return "xlsx" if any(n.startswith("xl/") for n in names) else "zip"
