"""What acceptance tests share: copies of the two studies, planted mistakes, and the installed command line."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
STUDIES = ROOT / "studies"
POSAD = Path(sys.executable).parent / "posad"
LANGUAGES = ("ru", "en")
BAR = "¦"


@dataclass(frozen=True)
class Plant:
    """One mistake: where it is planted, what must be said of it and at what place, and the words that mend it.

    A bar in ``new`` is the place that must be named; without one it is the start of ``old``. ``names`` must stand in the message or
    in its way out in both languages, ``ru`` and ``en`` in one.
    """

    study: str
    file: str
    old: str
    new: str
    code: str
    names: tuple[str, ...] = ()
    ru: tuple[str, ...] = ()
    en: tuple[str, ...] = ()
    of_numbers: bool = False  # needs answers, which are read only when the settings hold no mistake

    @property
    def id(self) -> str:
        """Return a name of the mistake for the test's report."""
        return f"{self.study}/{self.file}:{self.code}"

    def words(self, language: str) -> tuple[str, ...]:
        """Return the words that mend the mistake, as the message must say them in a language."""
        return (*self.names, *(self.ru if language == "ru" else self.en))


def copy_study(name: str, into: Path) -> Path:
    """Copy the texts and raw answers of a study, and nothing that posad wrote itself."""
    return Path(shutil.copytree(STUDIES / name, into / name, ignore=shutil.ignore_patterns("build", "study.lock")))


def plant_all(folder: Path, plants: Iterable[Plant]) -> Mapping[Plant, str]:
    """Write mistakes into the files of a study and return the place ``file:line:column`` of each in the mistaken text."""
    texts: dict[str, str] = {}
    plants = tuple(plants)
    for number, one in enumerate(plants):
        path = folder / one.file
        text = texts.get(one.file) or (path.read_text(encoding="utf-8") if path.exists() else "")
        assert text.count(one.old) >= 1, f"{one.id}: the text is not there"
        new = one.new if BAR in one.new else BAR + one.new
        mark = chr(0xE000 + number)  # a private character keeps the place while other mistakes are planted
        texts[one.file] = text.replace(one.old, new.replace(BAR, mark, 1), 1) if one.old else new.replace(BAR, mark, 1)
    places = {one: _place(one.file, texts[one.file], chr(0xE000 + number)) for number, one in enumerate(plants)}
    for name, text in texts.items():
        (folder / name).write_text(_plain(text), encoding="utf-8")
    return places


def _place(file: str, text: str, mark: str) -> str:
    before = _plain(text[: text.index(mark)])
    line = before.count("\n") + 1
    return f"{file}:{line}:{len(before) - before.rfind(chr(10))}"


def _plain(text: str) -> str:
    return "".join(c for c in text if not 0xE000 <= ord(c) < 0xE100)


@dataclass(frozen=True)
class Run:
    """What a command answered."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> dict[str, Any]:
        """Return the answer of ``--json``."""
        found = json.loads(self.out)
        assert isinstance(found, dict)
        return found

    @property
    def problems(self) -> list[dict[str, Any]]:
        """Return the problems of ``--json``."""
        found = self.json["problems"]
        assert isinstance(found, list)
        return found

    @property
    def codes(self) -> set[str]:
        """Return the codes of the problems of ``--json``."""
        return {str(p["code"]) for p in self.problems}

    def grave(self) -> list[dict[str, Any]]:
        """Return the problems that are no notes."""
        return [p for p in self.problems if p["severity"] != "note"]


def posad(*words: str | Path) -> Run:
    """Run the installed command; it may fail, but never with a traceback."""
    done = subprocess.run([POSAD, *map(str, words)], capture_output=True, check=False)
    run = Run(done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8"))
    assert "Traceback" not in run.err + run.out, run.err
    assert run.code in (0, 1, 2), run
    return run


def digest(path: Path) -> str:
    """Return the digest of a file's bytes."""
    return sha256(path.read_bytes()).hexdigest()


def place_of(problem: Mapping[str, Any]) -> str:
    """Return ``file:line:column`` of a problem told in JSON."""
    return f"{problem['file']}:{problem['line']}:{problem['column']}"


def said(problem: Mapping[str, Any], language: str) -> str:
    """Return all that a problem tells a person in a language: what is wrong and the way out."""
    return f"{problem['message'][language]} {problem['way_out'][language]}"
