"""Outside figures not used in weighting, from weights.yaml to the page of the method."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from tests.pipeline.small import FILES

from posad.pipeline.verbs.build import build

BENCHMARKS = (
    "  benchmarks:\n    leave: {address: move.leave, value: 45 %, source: опрос соседей}\n"
    "    lost: {address: mov.leave, value: 45 %, source: опрос соседей}\n"
)


def test_outside_figures_stand_beside_the_answers(study_of: Callable[[dict[str, str]], Path]) -> None:
    """The report puts 45 % from elsewhere beside its own 50 % with a gap of 5 points; an unknown question is told at its place."""
    folder = study_of({**FILES, "weights.yaml": FILES["weights.yaml"] + BENCHMARKS.split("    lost")[0]})
    built = build(folder)
    page = (folder / "build" / "report" / "index.html").read_text("utf-8").replace("\u00a0", " ")

    assert not [p for p in built.problems if p.place.file == "weights.yaml"]
    assert "Внешние цифры, не участвовавшие во взвешивании" in page
    row = page[page.index("Внешние цифры, не участвовавшие во взвешивании") :][:1500]
    assert "45,0 %" in row
    assert "50,0 %" in row
    assert "5,0 (" in row
    assert "опрос соседей" in row

    folder = study_of({**FILES, "weights.yaml": FILES["weights.yaml"] + BENCHMARKS})
    told = [p for p in build(folder).problems if p.place.file == "weights.yaml"]

    assert [(p.place.line, p.code) for p in told] == [(7, "address-unknown-item")]
