"""Keys held in memory give the database's sums: same entries, same order, same bits."""

from __future__ import annotations

from dataclasses import fields

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from posad.store.duck import DuckEngine
from posad.store.keys import quoted
from posad.store.values import MISSING, Key, Moments

A, B, C, D = (Key(quoted(n)) for n in "abcd")
AGE = Key(quoted("age"), number=True)
PATTERN = Key('CASE WHEN "a" IS NOT NULL THEN coalesce("b", 0) * 8 + 1 END')
REQUESTS: list[tuple[Key, ...]] = [
    (),
    (A,),
    (B, A),
    (A, B),
    (A, A),
    (C, B, A),
    (AGE,),
    (B, AGE),
    (PATTERN, A),
    (D,),
    (D, A),
]


def assert_same(one: Moments, other: Moments) -> None:
    """Hold two results against each other to the last bit, types included."""
    for field in fields(Moments):
        first, second = getattr(one, field.name), getattr(other, field.name)
        for x, y in zip(first, second, strict=True) if field.name == "keys" else [(first, second)]:
            assert x.dtype == y.dtype, field.name
            assert np.array_equal(x, y, equal_nan=x.dtype.kind == "f"), field.name


@st.composite
def answers(draw: st.DrawFn) -> tuple[DuckEngine, int]:
    """Return an engine with weights of four kinds: by profile, of people, with strata and units, with people left out."""
    n = draw(st.integers(1, 40))

    def column(values: st.SearchStrategy[object]) -> list[object]:
        return draw(st.lists(values, min_size=n, max_size=n))

    small = st.one_of(st.none(), st.integers(-3, 5))
    age = st.one_of(st.none(), st.sampled_from([18.0, 18.5, -2.0, 99.0, 0.0]))
    a = column(st.integers(1, 3))
    engine = DuckEngine.from_columns(
        {
            "a": ("INTEGER", a),
            "b": ("INTEGER", column(small)),
            "c": ("BIGINT", column(st.sampled_from([None, 10**12, 7]))),
            "d": ("INTEGER", [None] * n),
            "age": ("DOUBLE", column(age)),
        },
        threads=1,
    )
    profile = np.array(a, dtype=np.int64) - 1
    by_profile = np.array([1.0, 1.5, 0.25])[profile]
    engine.set_weight("profile", np.ones(n), by_profile, profile)
    own = np.array(draw(st.lists(st.floats(0.1, 9), min_size=n, max_size=n)))
    strata = np.array(draw(st.lists(st.integers(0, 2), min_size=n, max_size=n)), dtype=np.int64)
    engine.set_weight("own", np.ones(n), own, profile, strata, np.arange(n, dtype=np.int64) // 2)
    gaps = np.where(np.arange(n) % 3 == 1, np.nan, own)
    engine.set_weight("gaps", gaps, gaps, profile)
    return engine, n


@settings(deadline=None, max_examples=40)
@given(answers(), st.sampled_from([None, '"b" > 1', '"age" IS NULL OR "a" = 2', "FALSE"]))
def test_memory_equals_database(made: tuple[DuckEngine, int], where: str | None) -> None:
    """Every request, weight and condition gives the same sums in memory as from the database."""
    engine, _ = made
    for weight in (None, "profile", "own", "gaps"):
        found = engine.moments_many(REQUESTS, weight, where)
        wanted = engine.moments_by_query(REQUESTS, weight, where)
        for one, other in zip(found, wanted, strict=True):
            assert_same(one, other)
    engine.close()


def test_what_is_held_follows_the_table() -> None:
    """A column or a weight put in the place of another is counted anew."""
    engine = DuckEngine.from_columns({"a": ("INTEGER", [1, 1, 2])}, threads=1)
    assert engine.moments([A], None).n.tolist() == [2, 1]

    engine.add_columns({"a": ("INTEGER", [1, None, 3])})

    assert engine.moments([A], None).keys[0].tolist() == [MISSING, 1, 3]
    engine.set_weight("w", np.ones(3), np.array([1.0, 2.0, 3.0]))
    before = engine.moments([A], "w").w.tolist()
    engine.set_weight("w", np.ones(3), np.array([3.0, 2.0, 1.0]))
    assert engine.moments([A], "w").w.tolist() != before
    assert engine.keep('"a" IS NOT NULL') == 2
    assert engine.moments([A], None).keys[0].tolist() == [1, 3]


@pytest.mark.parametrize("spread", [1, 10**9])
def test_keys_of_many_values(spread: int) -> None:
    """A key of more values than are worth holding is left to the database; the sums are the same."""
    values = [i * spread for i in range(25_000)]
    engine = DuckEngine.from_columns({"a": ("BIGINT", values), "b": ("INTEGER", [1, 2] * 12_500)}, threads=1)

    for one, other in zip(
        engine.moments_many([(A,), (B, A)], None), engine.moments_by_query([(A,), (B, A)], None), strict=True
    ):
        assert_same(one, other)
