"""SPSS files in cp1251 with the letter «я» in the names of variables."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from posad.exchange.inference.cyrillic_names import without_ya
from posad.exchange.reading import read_raw
from posad.store.values import RawTable

from .savfile import Var, mr_set, sav_bytes


def russian(*names: str, **more: object) -> bytes:
    """Return a cp1251 file with variables of these names, which does not name its encoding."""
    variables = [Var(name, [1, 2, 9], f"вопрос {name}", {1: "я", 2: "ты"}, missing=(9,)) for name in names]
    return sav_bytes(variables, encoding="cp1251", declared=None, code_page=1251, **more)  # type: ignore[arg-type]


def read(tmp_path: Path, content: bytes) -> tuple[RawTable | None, list[str]]:
    """Return a file read, and the codes of what was told."""
    path = tmp_path / "a.sav"
    path.write_bytes(content)
    table, problems = read_raw(path, name="a.sav")
    assert path.read_bytes() == content
    return table, [p.code for p in problems]


def test_names_with_ya_are_read_whole(tmp_path: Path) -> None:
    """The names, labels, value labels and missing values of such a file come back with their «я»."""
    table, codes = read(tmp_path, russian("нравится", "семья", "ёлка"))

    assert table is not None
    assert list(table.columns) == ["нравится", "семья", "ёлка"]
    assert table.columns["семья"] == (1, 2, 9)
    assert table.labels["нравится"] == "вопрос нравится"
    assert table.value_labels["семья"] == {1: "я", 2: "ты"}
    assert table.missing["семья"] == (9,)
    assert codes == ["sav-encoding-assumed"]


@pytest.mark.parametrize("names", [("нрав", "дом"), ("нравится", "семья")])
def test_sets_of_russian_names_are_given_up_aloud(tmp_path: Path, names: tuple[str, ...]) -> None:
    """A multiple-response set of variables with cp1251 names is left out with a warning, and the answers are kept."""
    sets = [mr_set("all", "1", "Все", ["v0", "v1"], "cp1251")]
    table, codes = read(tmp_path, russian(*names, sets=sets))

    assert table is not None
    assert (list(table.columns), table.sets) == (list(names), {})
    assert codes == ["sav-encoding-assumed", "sav-sets-lost"]


def test_names_that_would_become_one_are_refused(tmp_path: Path) -> None:
    """Where «ё» for «я» makes two names one, the file is not read rather than read wrongly."""
    table, codes = read(tmp_path, russian("моя", "моё"))

    assert (table, codes) == (None, ["raw-unreadable"])


@given(st.integers(0, 2000), st.binary(max_size=12))
def test_damaged_files_are_left_alone(at: int, noise: bytes) -> None:
    """Whatever bytes a file holds, it is changed in no other way than «ё» for «я», or not at all."""
    content = russian("нравится")
    damaged = content[:at] + noise + content[at + len(noise) :]
    changed, names = without_ya(damaged)

    assert len(changed) == len(damaged)
    assert all(a == b or (a, b) == (0xFF, 0xB8) for a, b in zip(damaged, changed, strict=True))
    assert names or changed == damaged or b"\xff" in damaged
