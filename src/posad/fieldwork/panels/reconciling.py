"""A panel's own list held against the ledger: who counts as what on both sides, what is disputed, what is to be paid.

Interviews marked as tests are left out. A complete that was rejected later is a complete to the panel and none to us: it is disputed
and named so.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from posad.core.place import Place
from posad.core.problems import Problem, problem
from posad.core.reading.csvs import CsvTable
from posad.fieldwork.panels.exits import STATUSES
from posad.fieldwork.panels.values import EXITS, Panel
from posad.fieldwork.values import Interview, Status

Why = Literal["status", "rejected", "unfinished", "unknown-to-us", "missing-in-file"]
_WORDS = {
    Status.COMPLETE: ("complete", "completed", "завершено", "c"),
    Status.SCREENED_OUT: ("screened-out", "screenout", "screened", "отсев", "s"),
    Status.OVER_QUOTA: ("over-quota", "quotafull", "overquota", "квота", "q"),
}


@dataclass(frozen=True, slots=True)
class Dispute:
    """One respondent on whom the panel and the ledger differ."""

    id: str
    ours: Status | None
    theirs: Status | None
    why: Why
    interview: str = ""


@dataclass(frozen=True, slots=True)
class Reconciled:
    """The panel's list and the ledger: counts by status, disputes, and completes times price."""

    panel: str
    ours: Mapping[Status, int]
    theirs: Mapping[Status, int]
    agreed: int  # completes on both sides
    disputes: tuple[Dispute, ...]
    price: float | None = None
    currency: str = ""

    def pay(self, count: int) -> float | None:
        """Return what a number of completes costs; nothing where field.yaml gives no price."""
        return None if self.price is None else round(self.price * count, 2)


def reconcile(
    panel: Panel, interviews: Iterable[Interview], table: CsvTable, file: str, id: str = "id", status: str = "status"
) -> tuple[Reconciled | None, list[Problem]]:
    """Hold a panel's list against the ledger.

    Args:
        panel: The panel.
        interviews: Interviews of the ledger; only those of the panel, and no tests, are looked at.
        table: The panel's list.
        file: Its name, for places of problems.
        id: Its column of ids.
        status: Its column of statuses, as the panel or as field.yaml calls them.
    """
    theirs, problems = _listed(panel, table, file, id, status)
    if problems:
        return None, problems
    ours = {i.entry.get("id", ""): i for i in interviews if i.panel == panel.name and not i.test}
    disputes = []
    for name in sorted({*ours, *theirs}):
        found = _disputed(name, ours.get(name), theirs.get(name), listed=name in theirs)
        if found is not None:
            disputes.append(found)
    done = {name for name, i in ours.items() if i.status is Status.COMPLETE}
    agreed = sum(theirs.get(name) is Status.COMPLETE for name in done)
    counts = Counter(i.status for i in ours.values())
    named = Counter(s for s in theirs.values() if s is not None)
    return Reconciled(panel.name, counts, named, agreed, tuple(disputes), panel.price, panel.currency), []


def _disputed(id: str, ours: Interview | None, theirs: Status | None, *, listed: bool) -> Dispute | None:
    if ours is None:
        return Dispute(id, None, theirs, "unknown-to-us")
    if ours.status is Status.REJECTED and theirs is Status.COMPLETE:
        return Dispute(id, ours.status, theirs, "rejected", ours.id)
    if ours.status not in EXITS:
        return Dispute(id, ours.status, theirs, "unfinished", ours.id) if theirs is not None else None
    if not listed:
        return Dispute(id, ours.status, None, "missing-in-file", ours.id)
    return None if ours.status is theirs else Dispute(id, ours.status, theirs, "status", ours.id)


def _listed(
    panel: Panel, table: CsvTable, file: str, id: str, status: str
) -> tuple[dict[str, Status | None], list[Problem]]:
    """Return the panel's list: status by id; an empty status is somebody who was sent and did not come back."""
    known = ", ".join(table.header)
    lost = [name for name in (id, status) if name not in table.header]
    if lost:
        return {}, [problem("reconcile-column", Place(file), name=name, known=known) for name in lost]
    at, told = table.header.index(id), table.header.index(status)
    words = {word: s for s, all_ in _WORDS.items() for word in all_}
    words |= {number: s for s, number in STATUSES.items()} | {w.casefold(): s for s, w in panel.statuses.items()}
    found: dict[str, Status | None] = {}
    first: dict[str, int] = {}
    problems: list[Problem] = []
    for line, row in enumerate(table.rows, 2):
        name, said = row[at].strip(), row[told].strip()
        if name in found:
            problems.append(problem("reconcile-twice", Place(file, line), name=name, first=first[name]))
        elif said and said.casefold() not in words:
            problems.append(problem("reconcile-status", Place(file, line), name=said))
        found[name], first[name] = words.get(said.casefold()), first.get(name, line)
    return found, problems
