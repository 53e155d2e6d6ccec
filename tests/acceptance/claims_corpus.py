"""The corpus of sentences as values."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

CORPUS = Path(__file__).with_suffix(".md")
_HEAD = re.compile(r"## (?P<verdict>true|false): (?P<about>.*?)(?P<waves> \(waves\))?")


@dataclass(frozen=True, slots=True)
class Example:
    """One sentence: whether it is true, what for, its language, whether it needs the study with two waves."""

    true: bool
    about: str
    language: str
    text: str
    waves: bool
    line: int


def read_corpus() -> list[Example]:
    """Return every sentence of the corpus in its order."""
    found: list[Example] = []
    head: re.Match[str] | None = None
    for number, line in enumerate(CORPUS.read_text(encoding="utf-8").splitlines(), 1):
        head = _HEAD.fullmatch(line) or (None if line.startswith("#") else head)
        if head is not None and line.startswith("- "):
            language, _, text = line[2:].partition(": ")
            found.append(Example(head["verdict"] == "true", head["about"], language, text, bool(head["waves"]), number))
    return found
