"""The frame as a table of districts by size classes, and what a check of it comes to."""

from __future__ import annotations

import csv
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from textwrap import wrap

from posad.core.numbers import NO_NUMBER, number
from posad.core.place import Place
from posad.core.problems import Problem, problem
from posad.core.speech import has_errors
from posad.pipeline.territory.importing import CONFLICTS
from posad.study.frame.counting import Count, count, size_of
from posad.study.frame.reading import read_frame, total_of
from posad.study.frame.settings import SETTINGS
from posad.study.frame.values import Frame

_WIDTH = 12  # of a head of a column, in characters
_WORDS = {
    "towns": {"ru": "Территорий, в скобках тысяч человек", "en": "Territories, thousands of people in brackets"},
    "all": {"ru": "Всего", "en": "Total"},
    "sources": {"ru": "Источники", "en": "Sources"},
    "controls": {"ru": "Контрольные итоги", "en": "Control totals"},
    "meets": {"ru": "сходится", "en": "kept"},
    "within": {"ru": "{share} % от итога", "en": "{share}% of it"},
    "differs": {"ru": "в рамке {own}", "en": "the frame has {own}"},
    "recorded": {"ru": "Записано противоречий между источниками", "en": "Contradictions between sources on record"},
    "only": {"ru": "Строк без пары", "en": "Rows without a partner"},
    "territories": {"ru": "Территорий", "en": "Territories"},
}


@dataclass(frozen=True, slots=True)
class FrameTable:
    """Territories and people by district and size class."""

    frame: Frame
    column: str
    cells: dict[tuple[str, str], Count]  # (district or "", size class or "")

    def json(self) -> dict[str, object]:
        """Return the table for a program."""
        return {
            "country": self.frame.country,
            "column": self.column,
            "territories": self.cells["", ""].towns,
            "people": self.cells["", ""].people,
            "cells": [
                {"district": d or None, "size": s or None, "territories": c.towns, "people": c.people}
                for (d, s), c in self.cells.items()
            ],
            "sources": [
                {"column": s.column, "as_of": s.as_of, "source": s.source, "licence": s.licence, "sha256": s.sha256}
                for s in self.frame.sources
            ],
        }

    def text(self, language: str) -> str:
        """Return the table for a person, then the sources of population columns."""
        sizes = [(s.id, s.label.get(language)) for s in self.frame.sizes] + [("", _WORDS["all"][language])]
        there = [d for d in self.frame.districts if (d.id, "") in self.cells]
        rows = [(d.id, d.name.get(language)) for d in there] + [("", _WORDS["all"][language])]
        folded = [wrap(label, _WIDTH) for _, label in sizes]
        high = max(map(len, folded))
        padded = [[""] * (high - len(parts)) + parts for parts in folded]
        heads = [["", *(parts[i] for parts in padded)] for i in range(high)]
        body = [[label, *(self._cell(d, s, language) for s, _ in sizes)] for d, label in rows]
        widths = [max(len(line[i]) for line in [*heads, *body]) for i in range(len(sizes) + 1)]
        lines = [f"{_WORDS['towns'][language]}: {self.column}", ""]
        for line in [*heads, *body]:
            cells = [line[0].ljust(widths[0]), *(c.rjust(w) for c, w in zip(line[1:], widths[1:], strict=True))]
            lines.append("  ".join(cells).rstrip())
        lines += ["", _WORDS["sources"][language]]
        for s in self.frame.sources:
            parts = [s.as_of, s.source, s.licence, s.note.get(language)]
            lines.append(f"  {s.column}: {'; '.join(p for p in parts if p)}")
        return "\n".join(lines)

    def _cell(self, district: str, size: str, language: str) -> str:
        found = self.cells.get((district, size), Count(0, 0))
        if not found.towns:
            return NO_NUMBER
        return f"{number(found.towns, language)} ({number(found.people / 1000, language)})"


def frame_table(folder: Path, column: str | None = None) -> tuple[FrameTable | None, list[Problem]]:
    """Count the territories and people of a frame by district and size class.

    Args:
        folder: The study's folder.
        column: The population column; the frame's own where None.
    """
    frame, problems = _sound(folder)
    if frame is None:
        return None, problems
    known = [s.column for s in frame.sources if s.column.startswith("people_")]
    if column is not None and column not in known:
        place = Place(SETTINGS)
        return None, [*problems, problem("frame-show-column", place, name=column, known=", ".join(known))]
    return FrameTable(frame, column or frame.population, _cells(frame, column or frame.population)), problems


def _cells(frame: Frame, column: str) -> dict[tuple[str, str], Count]:
    """Return the counts of every cell and margin in one pass."""
    towns: Counter[tuple[str, str]] = Counter()
    people: Counter[tuple[str, str]] = Counter()
    unknown: Counter[tuple[str, str]] = Counter()
    for t in frame.territories:
        size = size_of(frame, t, column)
        sizes = ("", size.id) if size is not None else ("",)
        for key in ((d, s) for d in dict.fromkeys(("", t.district)) for s in sizes):
            towns[key] += 1
            people[key] += t.people.get(column, 0)
            unknown[key] += column not in t.people
    return {key: Count(n, people[key], unknown[key]) for key, n in sorted(towns.items())} or {("", ""): Count(0, 0)}


def _sound(folder: Path) -> tuple[Frame | None, list[Problem]]:
    """Return the frame where nothing in it is wrong."""
    frame, problems = read_frame(folder)
    if frame is None and not problems:
        problems.append(problem("frame-none", Place(SETTINGS)))
    return (None if has_errors(problems) else frame), problems


@dataclass(frozen=True, slots=True)
class FrameCheck:
    """What a check of the frame comes to: its size, its control totals, what sources contradict each other in."""

    frame: Frame
    conflicts: int
    without_partner: int

    def json(self) -> dict[str, object]:
        """Return the check for a program."""
        totals = count(self.frame)
        return {
            "territories": totals.towns,
            "people": totals.people,
            "without_number": totals.unknown,
            "controls": [
                {
                    "name": c.id,
                    "published": c.value,
                    "own": total_of(self.frame, c),
                    "beyond": c.beyond,
                    "source": c.source,
                }
                for c in self.frame.totals
            ],
            "conflicts": self.conflicts,
            "without_partner": self.without_partner,
        }

    def lines(self, language: str) -> list[str]:
        """Return the check for a person."""
        totals = count(self.frame)
        lines = [f"{_WORDS['territories'][language]}: {number(totals.towns, language)}"]
        if self.frame.totals:
            lines.append(f"{_WORDS['controls'][language]}:")
        for c in self.frame.totals:
            own = total_of(self.frame, c)
            said = _WORDS["meets"][language] if own == c.value else _WORDS["differs"][language]
            if c.beyond and c.value:
                said = _WORDS["within"][language]
            share = number(100 * own / c.value, language, 1) if c.value else ""
            said = said.format(own=number(own, language), share=share)
            lines.append(f"  {c.id}: {number(c.value, language)}, {said} ({c.source})")
        if self.conflicts or self.without_partner:
            lines.append(f"{_WORDS['recorded'][language]}: {self.conflicts} ({CONFLICTS})")
            lines.append(f"{_WORDS['only'][language]}: {self.without_partner}")
        return lines


def frame_check(folder: Path) -> tuple[FrameCheck | None, list[Problem]]:
    """Check the frame of a study: every row, every source, every control total; and count what sources disagree in."""
    frame, problems = read_frame(folder)
    if frame is None:
        return None, problems or [problem("frame-none", Place(SETTINGS))]
    kinds: Counter[str] = Counter()
    if (folder / CONFLICTS).exists():
        with (folder / CONFLICTS).open(encoding="utf-8", newline="") as stream:
            kinds = Counter(row.get("kind") or "" for row in csv.DictReader(stream))
    alone = kinds["only in the frame"] + kinds["only in the file"]
    return FrameCheck(frame, kinds["conflict"], alone), problems
