"""A study whose folder was meddled with: damaged memory, two builds at once, files where folders should be."""

from __future__ import annotations

import fcntl
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.pipeline.small import FILES

from posad.pipeline.stale.keeping import way_of_counting
from posad.pipeline.stale.lock import LOCK
from posad.pipeline.verbs.ask import ask_tables
from posad.pipeline.verbs.build import MEMORY, build
from posad.pipeline.verbs.check import check

Write = Callable[[dict[str, str]], Path]


@pytest.mark.parametrize("damage", ["x", '[{"code": "gone", "place": ["a", 1, 1], "facts": {}}]', "5", None])
def test_a_lost_memory_of_warnings_redoes_the_step(study_of: Write, damage: str | None) -> None:
    """A warning is told again when the file that remembers it was damaged or deleted, instead of vanishing."""
    folder = study_of(FILES)
    build(folder)
    path = folder / MEMORY / "code.json"
    path.unlink()
    if damage is not None:
        path.write_text(damage, encoding="utf-8")
    again = build(folder)

    assert [d.step for d in again.decisions if d.done] == ["code"]
    assert again.reports != ()
    assert [d.step for d in build(folder).decisions if d.done] == []


def test_other_code_makes_everything_anew(study_of: Write) -> None:
    """What another state of posad's own code made is not kept, and the lock, the same on every machine, does not tell of code."""
    folder = study_of(FILES)
    build(folder)
    lock = (folder / LOCK).read_bytes()
    path = folder / MEMORY / "report.json"
    path.write_text(path.read_text("utf-8").replace(way_of_counting(), "0" * 64), encoding="utf-8")
    again = {d.step: [r.say("en") for r in d.reasons] for d in build(folder).decisions if d.done}

    assert again == {"report": ["posad changed"]}
    assert (way_of_counting() in path.read_text("utf-8"), (folder / LOCK).read_bytes()) == (True, lock)
    assert [d.step for d in build(folder).decisions if d.done] == []


def test_two_builds_at_once(study_of: Write) -> None:
    """While somebody builds a folder another build says so; a lock left by a killed build stands in nobody's way."""
    folder = study_of(FILES)
    (folder / "build").mkdir()
    path = folder / "build" / ".lock"
    with path.open("w") as held:
        held.write("123\n")
        held.flush()
        fcntl.flock(held, fcntl.LOCK_EX)
        busy = build(folder)

    assert ([p.code for p in busy.problems][-1:], busy.reports) == (["build-folder-busy"], ())
    assert build(folder).reports != ()


@pytest.mark.parametrize("name", ["build", "build/data", LOCK])
def test_a_file_or_folder_in_the_wrong_place_is_told(study_of: Write, name: str) -> None:
    """What cannot be written is a problem of every command, never an exception."""
    folder = study_of(FILES)
    path = folder / name
    path.parent.mkdir(exist_ok=True)
    if name == LOCK:
        path.mkdir()
    else:
        path.write_text("", encoding="utf-8")
    told = [check(folder), list(build(folder).problems), ask_tables(folder, "move")[1]]

    assert [any(p.code == "disk-unwritable" for p in problems) for problems in told] == [True, True, True]


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    """Naming a file of answers instead of the study's folder is told with the way to import it."""
    (tmp_path / "a.sav").write_bytes(b"$FL2")

    assert [p.code for p in check(tmp_path / "a.sav")] == ["folder-is-a-file"]
