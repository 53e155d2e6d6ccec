"""Fingerprints of files and values, the same on every machine and in every process."""

from __future__ import annotations

import dataclasses
import datetime
import hashlib
import json
from collections.abc import Mapping, Set
from decimal import Decimal
from enum import Enum
from functools import cache
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


def _canonical(value: object) -> str:
    return _encode(_plain(value))


_encode = json.JSONEncoder(ensure_ascii=True, separators=(",", ":")).encode
_AS_IT_IS = frozenset({str, int, bool, type(None)})


@cache
def _fields(kind: type[Any]) -> tuple[tuple[str, str], ...]:
    """Return the names of a dataclass's fields, in the order of a mapping, with their canonical texts."""
    names = [f.name for f in dataclasses.fields(kind)]
    return tuple(sorted(((name, _encode(name)) for name in names), key=lambda pair: pair[1]))


def _plain(value: Any) -> Any:
    kind = type(value)
    if kind in _AS_IT_IS:
        return value
    if kind is tuple or kind is list:
        return ["list", *map(_plain, value)]
    if kind is float:
        return ["float", repr(value)]
    if kind is not type and not isinstance(value, Enum) and dataclasses.is_dataclass(kind):
        fields = [[text, _plain(getattr(value, name))] for name, text in _fields(kind)]
        return ["of", kind.__name__, ["map", *fields]]
    return _plain_other(value)


def _plain_other(value: Any) -> Any:
    match value:
        case Enum():
            return ["enum", type(value).__name__, _plain(value.value)]
        case None | bool() | str() | int():
            return value
        case float():
            return ["float", repr(float(value))]
        case list() | tuple():
            return ["list", *map(_plain, value)]
        case Mapping():
            return ["map", *([_canonical(k), _plain(v)] for k, v in _by_key(value))]
        case Set():
            return ["set", *sorted(map(_canonical, value))]
        case _:
            return _plain_rare(value)


def _by_key(value: Mapping[Any, Any]) -> list[tuple[Any, Any]]:
    return sorted(value.items(), key=lambda pair: _canonical(pair[0]))


def _plain_rare(value: Any) -> Any:
    match value:
        case PurePath():
            return ["path", value.as_posix()]
        case bytes() | bytearray():
            return ["bytes", bytes(value).hex()]
        case Decimal():
            return ["decimal", str(value)]
        case datetime.date() | datetime.time():
            return ["date", value.isoformat()]
        case _ if hasattr(value, "tobytes") and hasattr(value, "dtype"):  # a NumPy array or scalar
            return ["array", str(value.dtype), list(value.shape), digest_bytes(value.tobytes())]
        case _:
            raise TypeError(f"no canonical form for {type(value).__name__}")
