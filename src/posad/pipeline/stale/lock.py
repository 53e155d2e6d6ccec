"""The memory of a study between builds: ``study.lock``, kept in version control.

It holds, for every step, the digests of all it was made from and of what it made; and for every number in the prose, the value,
definition and data it had when it was last found true.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from posad import __version__
from posad.core.place import Place
from posad.core.problems import Problem, problem

LOCK = "study.lock"
FORMAT = 1


@dataclass(frozen=True, slots=True)
class StepRecord:
    """What one step was made from and what it made, by digest."""

    needs: Mapping[str, str]
    made: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Lock:
    """The whole memory."""

    steps: Mapping[str, StepRecord] = field(default_factory=dict)
    claims: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    rows: Mapping[str, int] = field(default_factory=dict)
    changes: tuple[Mapping[str, str], ...] = ()  # the numbers of the prose that moved when any last did

    def with_step(self, name: str, record: StepRecord) -> Lock:
        """Return a copy that remembers a step anew."""
        return replace(self, steps={**self.steps, name: record})

    def with_claims(self, claims: Mapping[str, Mapping[str, str]]) -> Lock:
        """Return a copy with these numbers of the prose remembered instead."""
        return replace(self, claims=claims)

    def with_changes(self, changes: Sequence[Mapping[str, str]]) -> Lock:
        """Return a copy that remembers which numbers moved last."""
        return replace(self, changes=tuple(changes))

    def with_rows(self, rows: Mapping[str, int]) -> Lock:
        """Return a copy with row counts noted."""
        return replace(self, rows={**self.rows, **rows})


def read_lock(folder: Path) -> tuple[Lock, list[Problem]]:
    """Return the memory of a study; a damaged one is said and counts as none, so everything is built again."""
    path = folder / LOCK
    if not path.exists():
        return Lock(), []
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        if data.get("format") != FORMAT:
            return Lock(), [problem("lock-unreadable", Place(LOCK), why=f"format {data.get('format')}")]
        steps = {k: StepRecord(dict(v["needs"]), dict(v["made"])) for k, v in data["steps"].items()}
        changes = tuple({str(k): str(v) for k, v in c.items()} for c in data.get("changes", ()))
        return Lock(steps, dict(data["claims"]), dict(data["rows"]), changes), []
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        line = getattr(error, "lineno", 1)
        return Lock(), [problem("lock-unreadable", Place(LOCK, line), why=type(error).__name__)]


def write_lock(folder: Path, lock: Lock) -> None:
    """Write the memory; the file is replaced whole, and only when it differs."""
    data = {
        "format": FORMAT,
        "posad": __version__,
        "rows": dict(sorted(lock.rows.items())),
        "steps": {k: {"needs": dict(v.needs), "made": dict(v.made)} for k, v in lock.steps.items()},
        "claims": dict(sorted(lock.claims.items())),
    } | ({"changes": [dict(c) for c in lock.changes]} if lock.changes else {})
    text = json.dumps(data, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    path = folder / LOCK
    if path.exists() and path.read_text(encoding="utf-8", errors="replace") == text:
        return
    temporary = path.with_name(f".{LOCK}.{os.getpid()}")
    temporary.write_text(text, encoding="utf-8")
    temporary.replace(path)
