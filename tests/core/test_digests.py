"""Fingerprints of files and values."""

from __future__ import annotations

import datetime
import subprocess
import sys
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum, StrEnum
from pathlib import Path, PurePosixPath

import numpy as np
import pytest

from posad.core.digests import digest_bytes, digest_file, digest_of


@dataclass(frozen=True)
class One:
    """A value with two fields."""

    a: int
    b: object = None


@dataclass(frozen=True)
class Two:
    """Another value with the same fields."""

    a: int
    b: object = None


class Colour(StrEnum):
    """An enumeration."""

    RED = "red"


class Other(Enum):
    """Another one with the same value."""

    RED = "red"


def test_bytes_have_the_published_sha256(tmp_path: Path) -> None:
    """The digest of bytes and of a file is SHA-256, checked on its published example."""
    expected = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    (tmp_path / "abc").write_bytes(b"abc")

    assert digest_bytes(b"abc") == expected
    assert digest_file(tmp_path / "abc") == expected


def test_a_long_file_is_digested_whole(tmp_path: Path) -> None:
    """A file longer than one read has the digest of all its bytes."""
    data = bytes(range(256)) * 10_000
    (tmp_path / "long").write_bytes(data)

    assert digest_file(tmp_path / "long") == digest_bytes(data)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"a": 1, "b": 2}, {"b": 2, "a": 1}),
        (frozenset({"x", "y"}), {"y", "x"}),
        (One(1, {"k": [1]}), One(1, {"k": [1]})),
        ([1, 2], (1, 2)),
        (np.float64(0.5), 0.5),
    ],
)
def test_equal_values_have_equal_digests(one: object, other: object) -> None:
    """The order of mappings and sets, and lists against tuples, make no difference."""
    assert digest_of(one) == digest_of(other)


def test_different_values_have_different_digests() -> None:
    """Whatever differs in a way that could change a number has another digest."""
    values: list[object] = [
        None, True, 1, 1.0, "1", b"1", Decimal(1), [1], [[1]], {1}, {1: 1}, {"1": 1}, One(1), Two(1), One(2), Colour.RED,
        Other.RED, "red", datetime.date(2025, 5, 1), "2025-05-01", PurePosixPath("a"), "a", 0.1, 0.1 + 2**-56, -1, [], {}, "",
        np.array([1, 2]), np.array([1.0, 2.0]), np.array([[1, 2]]), [1, 2], [2, 1], float("nan"), ["a", "b"], ["ab"], "\ud800",
    ]  # fmt: skip

    assert len({digest_of(v) for v in values}) == len(values)


def test_digests_do_not_depend_on_the_process() -> None:
    """Another process, with another hash seed, gives the same digest."""
    code = "from posad.core.digests import digest_of; print(digest_of({'b': {'y', 'x', 'z'}, 'a': (1, 0.1, 'ё')}))"
    runs = {
        subprocess.run(
            [sys.executable, "-c", code], env={"PYTHONHASHSEED": seed}, capture_output=True, text=True, check=True
        ).stdout
        for seed in ("1", "2", "3")
    }

    assert runs == {digest_of({"a": (1, 0.1, "ё"), "b": {"x", "y", "z"}}) + "\n"}


def test_what_has_no_canonical_form_is_refused() -> None:
    """A value without a canonical form is the programmer's mistake, not a random digest."""
    with pytest.raises(TypeError, match="object"):
        digest_of({"a": object()})
