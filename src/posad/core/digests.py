"""Fingerprints of files and values, the same on every machine and in every process."""

from __future__ import annotations

import dataclasses
import datetime
import hashlib
from collections.abc import Iterable, Mapping, Sequence, Set
from decimal import Decimal
from enum import Enum
from functools import cache
from json.encoder import encode_basestring_ascii
from pathlib import Path, PurePath
from typing import Any

_CHUNK = 1 << 20


def digest_bytes(data: bytes) -> str:
    """Return the SHA-256 of bytes, in hexadecimal.

    >>> digest_bytes(b"")[:12]
    'e3b0c44298fc'
    """
    return hashlib.sha256(data).hexdigest()


def digest_file(path: Path) -> str:
    """Return the SHA-256 of a file, as ``sha256sum`` prints it."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


def digest_of(value: object) -> str:
    """Return a digest of a value: dataclasses, mappings, lists, sets, texts, numbers, dates, enums, NumPy arrays.

    The order of a mapping or a set does not matter; the class of a dataclass does, and so does 1 against "1".

    >>> digest_of({"a": 1, "b": 2}) == digest_of({"b": 2, "a": 1})
    True

    Raises:
        TypeError: for a value that has no canonical form.
    """
    return digest_bytes(_canonical(value).encode("utf-8", "surrogatepass"))


def _canonical(value: Any) -> str:
    """Return the canonical JSON of a value, put together directly: most digests are of many small values."""
    kind = type(value)
    if kind is str:
        return _text(value)
    if kind is tuple or kind is list:
        return _list(value)
    if kind is float:
        return f'["float","{value!r}"]'
    if kind is not type and not isinstance(value, Enum) and dataclasses.is_dataclass(kind):
        return _dataclass(value, kind)
    return _canonical_other(value)


_text = encode_basestring_ascii


def _row(parts: Iterable[str]) -> str:
    return f"[{','.join(parts)}]"


def _list(values: Sequence[Any]) -> str:
    if values and type(values[0]) is float and all(type(v) is float for v in values):  # the points of an outline
        return _row(['"list"', *[f'["float","{v!r}"]' for v in values]])
    return _row(['"list"', *map(_canonical, values)])


@cache
def _fields(kind: type[Any]) -> tuple[str, tuple[tuple[str, str], ...]]:
    """Return what a dataclass begins with, and its fields in the order of a mapping, each with the text before its value."""
    fields = sorted((_text(f.name), f.name) for f in dataclasses.fields(kind))
    return f'["of",{_text(kind.__name__)},["map"', tuple((name, f",[{_text(text)},") for text, name in fields)


def _dataclass(value: Any, kind: Any) -> str:
    head, fields = _fields(kind)
    parts = [f"{before}{_canonical(getattr(value, name))}]" for name, before in fields]
    return f"{head}{''.join(parts)}]]"


def _canonical_other(value: Any) -> str:
    match value:
        case Enum():
            return _row(['"enum"', _text(type(value).__name__), _canonical(value.value)])
        case None:
            return "null"
        case bool():
            return "true" if value else "false"
        case str():
            return _text(value)
        case int():
            return int.__repr__(value)
        case float():
            return f'["float","{float(value)!r}"]'
        case list() | tuple():
            return _list(value)
        case Mapping():
            return _row(['"map"', *(f"[{_text(k)},{_canonical(v)}]" for k, v in _by_key(value))])
        case Set():
            return _row(['"set"', *map(_text, sorted(map(_canonical, value)))])
        case _:
            return _canonical_rare(value)


def _by_key(value: Mapping[Any, Any]) -> list[tuple[str, Any]]:
    return sorted(((_canonical(k), v) for k, v in value.items()), key=lambda pair: pair[0])


def _canonical_rare(value: Any) -> str:
    match value:
        case PurePath():
            return _row(['"path"', _text(value.as_posix())])
        case bytes() | bytearray():
            return _row(['"bytes"', _text(bytes(value).hex())])
        case Decimal():
            return _row(['"decimal"', _text(str(value))])
        case datetime.date() | datetime.time():
            return _row(['"date"', _text(value.isoformat())])
        case _ if hasattr(value, "tobytes") and hasattr(value, "dtype"):  # a NumPy array or scalar
            shape = _row(map(str, value.shape))
            return _row(['"array"', _text(str(value.dtype)), shape, _text(digest_bytes(value.tobytes()))])
        case _:
            raise TypeError(f"no canonical form for {type(value).__name__}")
