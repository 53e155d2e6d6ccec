"""Columns and names that are nearly right: a spoiled weight, a question longer than a YAML name may be."""

from __future__ import annotations

from pathlib import Path

import pytest

from posad.core.speech import severity
from posad.exchange.importing import import_answers
from posad.processing.system import LARGEST_WEIGHT
from posad.study.folder import read_study

LONG = "Насколько вам нравится жить в вашем городе? " * 120


def rows(*weights: str) -> str:
    """Return a file of people whose weights are given."""
    return "id;ok;weight\n" + "\n".join(f"{i};{1 + i % 2};{w}" for i, w in enumerate(weights))


@pytest.mark.parametrize("odd", ["много", "-0,5"])
def test_a_spoiled_weight_is_told(tmp_path: Path, odd: str) -> None:
    """A column named a weight that holds a word or a negative number is not silently taken for a question."""
    source = tmp_path / "a.csv"
    source.write_text(rows(odd, *["0,7", "1,3"] * 20), encoding="utf-8")
    _, problems = import_answers(source, tmp_path / "study", "ru")

    assert "import-weight-not-numbers" in [p.code for p in problems]


def test_a_column_name_of_any_length_is_written_so_that_it_reads_back(tmp_path: Path) -> None:
    """A question of five thousand characters leads to the same column after import."""
    source = tmp_path / "a.csv"
    source.write_text(
        f'id,"{LONG}"\n' + "\n".join(f"{i},{'да' if i % 2 else 'нет'}" for i in range(60)), encoding="utf-8"
    )
    import_answers(source, tmp_path / "study", "ru")
    study, problems = read_study(tmp_path / "study")

    assert study is not None
    assert [p.code for p in problems if severity(p) != "note"] == []
    assert list(study.answers[0].columns) == ["id", LONG.strip()]
    assert study.questionnaire.questions[0].text.get("ru") == LONG.strip()


def test_the_largest_weight_leaves_room_for_squares() -> None:
    """Sums of squares of weights below the bound are finite for any number of people."""
    assert float("inf") > LARGEST_WEIGHT**2 * 1e12
