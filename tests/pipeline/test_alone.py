"""Several processes in one study's folder: nothing is torn, whoever asks waits its turn, builds refuse one another."""

from __future__ import annotations

import fcntl
import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.pipeline.small import FILES

from posad.core.digests import digest_file
from posad.pipeline.stale.alone import alone
from posad.pipeline.verbs.build import build
from posad.pipeline.verbs.check import check

Write = Callable[[dict[str, str]], Path]
POSAD = Path(sys.executable).parent / "posad"
COMMANDS: tuple[tuple[str, ...], ...] = (
    ("check",),
    ("why", "move.leave"),
    ("table", "move@sex"),
    ("check",),
    ("build",),
    ("why", "move.leave@sex:2"),
)


def command(folder: Path, words: tuple[str, ...]) -> list[str]:
    """Return a command of posad on a study, as a program runs it."""
    place = [str(folder)] if len(words) == 1 else ["--study", str(folder)]
    return [str(POSAD), *words, *place, "--json"]


def results(folder: Path) -> dict[str, str]:
    """Return the digests of everything that was made of the answers and is shown."""
    kept = [*folder.glob("build/data/*"), *folder.glob("build/tables/*"), *folder.glob("build/report/*")]
    return {str(p.relative_to(folder)): digest_file(p) for p in kept}


def test_commands_at_once_tear_nothing(study_of: Write, tmp_path: Path) -> None:
    """Six commands started together on an unbuilt study all answer, and leave what one build alone would have made."""
    folder = study_of(FILES)
    lonely = Path(shutil.copytree(folder, tmp_path / "lonely"))
    assert build(lonely).reports != ()
    for _ in range(2):
        shutil.rmtree(folder / "build", ignore_errors=True)
        (folder / "study.lock").unlink(missing_ok=True)
        running = [
            subprocess.Popen(command(folder, words), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
            for words in COMMANDS
        ]
        ended = [(process.communicate(timeout=120), process.returncode) for process in running]

        assert [(code, err) for (_, err), code in ended] == [(0, "")] * len(COMMANDS)
        assert all(json.loads(out) for (out, _), _ in ended)
        assert build(folder).reports != ()
        assert results(folder) == results(lonely)
        assert not [p for p in folder.rglob("*") if p.name.endswith(".part") or p.name.startswith(".study.lock.")]


def test_who_asks_waits_for_a_build(study_of: Write) -> None:
    """While a build holds the folder a question of another process is not answered; it is as soon as the build ends."""
    folder = study_of(FILES)
    build(folder)
    with alone(folder) as busy:
        assert busy is None
        asking = subprocess.Popen(
            command(folder, ("why", "move.leave")), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        with pytest.raises(subprocess.TimeoutExpired):
            asking.wait(timeout=2)
    out, err = asking.communicate(timeout=60)

    assert (asking.returncode, err) == (0, "")
    assert json.loads(out)


def test_a_build_waits_for_who_asks(study_of: Write) -> None:
    """A build that meets a question being answered goes on when it is; one that meets another build is refused at once."""
    folder = study_of(FILES)
    for asks, code in ((True, 0), (False, 1)):
        with alone(folder, asks=asks):
            other = subprocess.Popen(
                command(folder, ("build",)), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
            )
            if asks:
                with pytest.raises(subprocess.TimeoutExpired):
                    other.wait(timeout=2)
            else:
                assert "build-folder-busy" in other.communicate(timeout=60)[0]
        other.communicate(timeout=60)

        assert other.returncode == code


def test_a_process_does_not_wait_for_itself(study_of: Write) -> None:
    """A question asked inside another of the same process is answered; the lock is let go when the outer one is."""
    folder = study_of(FILES)
    with alone(folder, asks=True):
        assert not [p.code for p in check(folder) if p.code == "build-folder-busy"]
        with (folder / "build/.lock").open() as file, pytest.raises(BlockingIOError):
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    with (folder / "build/.lock").open() as file:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


def test_asking_makes_no_folder_where_nothing_was_answered(study_of: Write) -> None:
    """Checking a study that has no answers leaves its folder as it was."""
    folder = study_of({name: text for name, text in FILES.items() if not name.startswith("answers/")})
    before = sorted(folder.rglob("*"))

    check(folder)

    assert sorted(folder.rglob("*")) == before
