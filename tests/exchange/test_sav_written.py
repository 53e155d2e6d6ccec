"""SPSS files written by pyreadstat itself, which needs pandas for it."""

from __future__ import annotations

from datetime import datetime
from importlib import import_module
from pathlib import Path

import pyreadstat

from posad.exchange.reading import read_raw


def test_a_file_of_pyreadstat(tmp_path: Path) -> None:
    """Dates, long texts, labels on fractions and NaN of a file written by pyreadstat come through."""
    frame = import_module("pandas").DataFrame(
        {
            "when": [datetime.fromisoformat("2025-05-03"), datetime.fromisoformat("2025-05-03 10:30")],
            "long": ["ы" * 700, "x"],
            "half": [1.5, 2.0],
            "gone": [float("nan"), 7.25],
        }
    )
    path = tmp_path / "p.sav"
    pyreadstat.write_sav(
        frame,
        str(path),
        column_labels={"half": "Полбалла"},
        variable_value_labels={"half": {1.5: "полтора", 2.0: "два"}},
    )

    table, problems = read_raw(path, name="p.sav")

    assert table is not None
    assert problems == []
    assert table.columns["when"] == ("2025-05-03", "2025-05-03 10:30:00")
    assert table.columns["long"] == ("ы" * 700, "x")
    assert table.columns["gone"] == (None, 7.25)
    assert table.value_labels["half"] == {1.5: "полтора", 2: "два"}
