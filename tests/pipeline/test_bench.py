"""The benchmark of builds: what it changes is built anew, and every line is a command that ended well."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from benchmarks.studies import build_times, report
from tests.pipeline.small import FILES

TARGETS = "id,label,value,unit,as_of,source\nadults_men,Men,5000,people,2024-01-01,invented\nadults_women,Women,5000,people,2024-01-01,invented\n"


def test_every_kind_of_build_is_timed(study_of: Callable[[dict[str, str]], Path]) -> None:
    """From nothing, unchanged, a sentence, a check and a weight: five lines, each with its seconds, and a table of them."""
    weights = (
        "main:\n  method: rake\n  margins:\n    sex: {targets: {1: adults_men, 2: adults_women}, source: придумано}\n"
    )
    folder = study_of({**FILES, "weights.yaml": weights, "frame/targets.csv": TARGETS})
    root = folder.parent
    folder.rename(root / "town")
    (root / "studies").mkdir()
    (root / "town").rename(root / "studies/town")

    lines = list(build_times(root, ["town"], times=1))

    assert [line[0] for line in lines] == [
        "build town, from nothing",
        "build town, nothing changed",
        "build town, one sentence changed",
        "check town, one sentence changed",
        "build town, one weight changed",
    ]
    assert all(wall > 0 and processor > 0 and not note for _, wall, processor, note in lines)
    assert report(lines).count("| build town") == 4
