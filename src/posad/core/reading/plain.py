"""Frozen values as JSON and back by their types: how what was computed once is kept, and read again as strictly as settings are.

A dataclass becomes the list of its fields in their order, a mapping a list of pairs, a decimal its text. What is read back is equal
to what was written, to the last bit of every number; anything else in the file is refused.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from functools import cache
from types import NoneType, UnionType
from typing import Any, Literal, NamedTuple, Union, get_args, get_origin, get_type_hints

One = Callable[[Any], Any]


class Codec(NamedTuple):
    """The two directions of one type: a value to what JSON can hold, and back."""

    write: One
    read: One


@cache
def codec(kind: Any) -> Codec:
    """Return how values of a type are written and read.

    Reading raises ValueError for anything that writing cannot have made.

    >>> way = codec(tuple[int, ...] | None)
    >>> way.write((1, 2)), way.read([1, 2]), way.read(None)
    ([1, 2], (1, 2), None)

    Raises:
        TypeError: for a type that has no such form.
    """
    origin, inner = get_origin(kind), get_args(kind)
    if kind in _SIMPLE:
        return _SIMPLE[kind]
    if origin is Literal:
        return Codec(lambda value: value, _one_of(frozenset(inner)))
    if origin in (Union, UnionType):
        return _either(tuple(inner))
    if origin is tuple and len(inner) == 2 and inner[1] is Ellipsis:
        return _many(codec(inner[0]), tuple)
    if origin is tuple:
        return _row(tuple(codec(i) for i in inner), lambda *parts: parts)
    if origin is list or origin is Sequence:
        return _many(codec(inner[0]), list if origin is list else tuple)
    if origin in (dict, Mapping):
        pairs = _many(_row((codec(inner[0]), codec(inner[1])), lambda *parts: parts), dict)
        return Codec(lambda value: pairs.write(value.items()), pairs.read)
    if isinstance(kind, type) and dataclasses.is_dataclass(kind):
        return _dataclass(kind)
    raise TypeError(f"no plain form for {kind}")


def _dataclass(kind: type[Any]) -> Codec:
    hints = get_type_hints(kind)
    names = tuple(f.name for f in dataclasses.fields(kind) if f.init)
    row = _row(tuple(codec(hints[name]) for name in names), kind)
    return Codec(lambda value: row.write([getattr(value, name) for name in names]), row.read)


def _row(parts: Sequence[Codec], make: Callable[..., Any]) -> Codec:
    writes, reads, length = [p.write for p in parts], [p.read for p in parts], len(parts)

    def read(plain: Any) -> Any:
        if type(plain) is not list or len(plain) != length:
            raise ValueError("not a row of this length")
        return make(*[one(v) for one, v in zip(reads, plain, strict=True)])

    return Codec(lambda value: [one(v) for one, v in zip(writes, value, strict=True)], read)


def _many(inner: Codec, make: Callable[[Any], Any]) -> Codec:
    write, read_one = inner

    def read(plain: Any) -> Any:
        if type(plain) is not list:
            raise ValueError("not a list")
        return make([read_one(v) for v in plain])

    return Codec(lambda value: [write(v) for v in value], read)


def _either(kinds: tuple[Any, ...]) -> Codec:
    """Return the codec of a value that may be missing, or be one of several simple types."""
    others = [k for k in kinds if k is not NoneType]
    if len(others) == 1:
        write, read = codec(others[0])
        return Codec(lambda v: None if v is None else write(v), lambda p: None if p is None else read(p))
    if all(k in (str, int, float, bool) for k in others):
        known = tuple(kinds)
        return Codec(lambda v: v, lambda p: _plainly(p, known))
    raise TypeError(f"no plain form for one of {kinds}")


def _plainly(plain: Any, kinds: tuple[Any, ...]) -> Any:
    if type(plain) not in kinds:
        raise ValueError("of another type")
    return plain


def _one_of(values: frozenset[Any]) -> One:
    def read(plain: Any) -> Any:
        if type(plain) is list or type(plain) is dict or plain not in values:
            raise ValueError("not one of the words")
        return plain

    return read


def _decimal(plain: Any) -> Decimal:
    if type(plain) is not str:
        raise ValueError("not a decimal")
    try:
        return Decimal(plain)
    except ArithmeticError as error:
        raise ValueError("not a decimal") from error


_SIMPLE: Mapping[Any, Codec] = {
    str: Codec(str, lambda p: _plainly(p, (str,))),
    bool: Codec(bool, lambda p: _plainly(p, (bool,))),
    int: Codec(int, lambda p: _plainly(p, (int,))),
    float: Codec(lambda v: int(v) if isinstance(v, int) else float(v), lambda p: _plainly(p, (float, int))),
    Decimal: Codec(str, _decimal),
}

__all__ = ["Codec", "codec"]
