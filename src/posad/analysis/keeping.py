"""A result as plain values and back, so that a report need not compute again what a build already knows.

Every field of the frozen values goes by its name; numbers are written as they are, and one that is not a number is refused, so that
none ever reaches a page.
"""

from __future__ import annotations

import json
import types
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from functools import cache
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from posad.analysis.values import Result
from posad.core.words import LocalText


def to_text(result: Result) -> str:
    """Return a result as JSON text, the same for the same result; a number that is not one raises ValueError."""
    return json.dumps(to_plain(result), ensure_ascii=False, indent=1, allow_nan=False) + "\n"


def from_text(text: str) -> Result:
    """Return the result that :func:`to_text` wrote; another text raises ValueError, KeyError or TypeError."""
    found = _read(json.loads(text), Result)
    assert isinstance(found, Result)
    return found


def to_plain(value: Any) -> Any:
    """Return a value as JSON knows it: dataclasses and mappings as objects, tuples as lists, texts by language."""
    if isinstance(value, LocalText):
        return dict(value.parts)
    if is_dataclass(value) and not isinstance(value, type):
        return {f.name: to_plain(getattr(value, f.name)) for f in fields(value)}
    if isinstance(value, Mapping):
        return {str(k): to_plain(v) for k, v in value.items()}
    if isinstance(value, tuple | list):
        return [to_plain(v) for v in value]
    if value is None or isinstance(value, str | bool | int | float):
        return value
    raise TypeError(f"{type(value).__name__} has no plain form")


@cache
def _hints(kind: type[Any]) -> Mapping[str, Any]:
    return get_type_hints(kind)


def _read(plain: Any, kind: Any) -> Any:
    """Return the value of a kind that plain values stand for."""
    origin = get_origin(kind)
    if kind is LocalText:
        return LocalText.from_mapping(plain)
    if isinstance(kind, type) and is_dataclass(kind):
        hints = _hints(kind)
        return kind(**{name: _read(value, hints[name]) for name, value in plain.items()})
    if origin is tuple:
        return _tuple(plain, get_args(kind))
    if origin in (Union, types.UnionType):
        return _either(plain, get_args(kind))
    if origin is not None and isinstance(origin, type) and issubclass(origin, Mapping):
        inner = get_args(kind)[1]
        return {key: _read(value, inner) for key, value in plain.items()}
    if kind is float:
        return float(plain)
    if origin is Literal or kind in (str, int, bool):
        return plain
    raise TypeError(f"no way to read {kind}")


def _tuple(plain: Any, inner: tuple[Any, ...]) -> tuple[Any, ...]:
    if len(inner) == 2 and inner[1] is Ellipsis:
        return tuple(_read(v, inner[0]) for v in plain)
    return tuple(_read(v, kind) for v, kind in zip(plain, inner, strict=True))


def _either(plain: Any, kinds: tuple[Any, ...]) -> Any:
    if plain is None:
        return None
    for kind in kinds:
        if kind is type(None) or (kind is str) != isinstance(plain, str):
            continue
        return _read(plain, kind)
    raise TypeError(f"{type(plain).__name__} is none of {kinds}")
