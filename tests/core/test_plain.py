"""Values to JSON and back by their types."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from posad.core.reading.plain import codec


@dataclass(frozen=True, slots=True)
class Inner:
    """A value inside another."""

    name: str
    size: float | None = None


@dataclass(frozen=True, slots=True)
class Outer:
    """A value with a field of every kind there is a form for."""

    number: int
    share: float
    exact: Decimal
    word: Literal["up", "down"]
    yes: bool
    row: tuple[int, str]
    many: tuple[Inner, ...]
    inner: Inner | None
    cells: Mapping[tuple[str, str], Inner] = field(default_factory=dict)
    facts: Mapping[str, str | int] = field(default_factory=dict)


FLOATS = st.floats(allow_nan=False)
TEXTS = st.text(max_size=8)
INNER = st.builds(Inner, TEXTS, st.none() | FLOATS)
OUTER = st.builds(
    Outer,
    st.integers(),
    FLOATS,
    st.decimals(allow_nan=False, allow_infinity=False),
    st.sampled_from(["up", "down"]),
    st.booleans(),
    st.tuples(st.integers(), TEXTS),
    st.lists(INNER, max_size=3).map(tuple),
    st.none() | INNER,
    st.dictionaries(st.tuples(TEXTS, TEXTS), INNER, max_size=3),
    st.dictionaries(TEXTS, TEXTS | st.integers(), max_size=3),
)


@given(OUTER)
def test_a_value_comes_back_to_the_last_bit(value: Outer) -> None:
    """Any value, written as JSON text and read back, is equal to itself and prints the same."""
    write, read = codec(Outer)
    back = read(json.loads(json.dumps(write(value))))

    assert back == value
    assert repr(back) == repr(value)


@pytest.mark.parametrize(
    ("kind", "plain"),
    [
        (int, 1.5),
        (int, True),
        (str, 1),
        (float, "1"),
        (bool, 1),
        (Decimal, "x"),
        (Decimal, 1),
        (tuple[int, str], [1]),
        (tuple[int, ...], {"0": 1}),
        (Mapping[str, int], [["a"]]),
        (Literal["up"], "down"),
        (Literal["up"], ["up"]),
        (str | int, 1.5),
        (Inner, ["a"]),
        (Inner, {"name": "a"}),
        (Inner | None, "a"),
    ],
)
def test_what_was_never_written_is_refused(kind: Any, plain: object) -> None:
    """A value of another type or length is no value, rather than one that looks like it."""
    with pytest.raises(ValueError, match=r"not|type"):
        codec(kind).read(plain)


@pytest.mark.parametrize("kind", [set[int], object, Inner | int, bytes])
def test_a_type_without_a_form_is_told_at_once(kind: Any) -> None:
    """What cannot be kept is a mistake of the programmer, told before anything is written."""
    with pytest.raises(TypeError, match="no plain form"):
        codec(kind)
