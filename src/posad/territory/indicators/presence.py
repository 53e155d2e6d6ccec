"""indicators/presence.csv: which service was where at which date, by whose word; and how many towns and people have it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from posad.core.place import Place
from posad.core.problems import Problem, near, problem
from posad.core.reading.csvs import read_csv
from posad.study.folder.reading import NAME
from posad.study.frame.territories import Tally
from posad.study.frame.values import Frame
from posad.territory.indicators.matching import Names
from posad.territory.indicators.reading import PRESENCE, ROOM
from posad.territory.indicators.values import Presence

TABLE = f"{ROOM}/{PRESENCE}"
NEEDED = ("service", "territory", "date", "source")
WORDS = {"": True, "1": True, "yes": True, "да": True, "0": False, "no": False, "нет": False}
_DATE = re.compile(r"[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?")


@dataclass(frozen=True, slots=True)
class PresenceRow:
    """Where a service is at a date, in all territories or in one type of them.

    ``yes`` and ``no`` count territories by the latest word up to the date, ``untold`` those about which nobody says anything; shares
    of ``people`` are of all people of the type, so that the untold are no absence.
    """

    service: str
    date: str
    type: str
    yes: int
    no: int
    untold: int
    people: int
    everyone: int


def read_presence(folder: Path, frame: Frame) -> tuple[tuple[Presence, ...], list[Problem]]:
    """Read indicators/presence.csv: service, territory, date, source and, where absence is told too, ``present`` (1 or 0).

    Returns:
        The sound rows, and what is wrong.
    """
    if not (folder / TABLE).exists():
        return (), []
    table, problems = read_csv(folder / TABLE, TABLE)
    if table is None:
        return (), problems
    missing = [c for c in NEEDED if c not in table.header]
    for name in missing:
        facts = {"name": name, "near": near(name, table.header), "known": ", ".join(NEEDED)}
        problems.append(problem("indicator-column-missing", table.place(-1, 0), **facts))
    if missing:
        return (), problems
    names, tally, rows = Names(frame), Tally(table), []
    seen: dict[tuple[str, str, str], Place] = {}
    for i, row in enumerate(table.rows):
        cells = {name: row[k].strip() for k, name in enumerate(table.header)}
        made = _row(i, cells, names, tally)
        if made is None:
            continue
        twice = seen.setdefault((made.service, made.territory, made.date), made.place)
        if twice is not made.place:
            facts = {"id": made.service, "territory": cells["territory"], "period": made.date, "at": str(twice)}
            tally.add("indicator-twice", i, "service", **facts)
        else:
            rows.append(made)
    return tuple(rows), problems + tally.problems()


def _row(i: int, cells: Mapping[str, str], names: Names, tally: Tally) -> Presence | None:
    before = sum(tally.counts.values())
    found, word = names.find(cells["territory"]), cells.get("present", "").casefold()
    if len(found) > 1:
        tally.add("indicator-territory-unclear", i, "territory", name=cells["territory"], known=", ".join(found[:5]))
    elif not found:
        guess = names.nearest(cells["territory"])
        tally.add("indicator-territory-unknown", i, "territory", name=cells["territory"], near=guess)
    if not NAME.fullmatch(cells["service"]):
        tally.add("indicator-name", i, "service", name=cells["service"])
    if not _DATE.fullmatch(cells["date"]):
        tally.add("presence-date", i, "date", name=cells["date"])
    if not cells["source"]:
        tally.add("indicator-cell-empty", i, "source", name="source")
    if word not in WORDS:
        tally.add("presence-word", i, "present", name=cells["present"])
    if sum(tally.counts.values()) > before:
        return None
    place = Place(TABLE, tally.table.lines[i + 1])
    return Presence(cells["service"], found[0], cells["date"], WORDS[word], cells["source"], place)


def presence_table(rows: Sequence[Presence], frame: Frame, types: Sequence[str]) -> tuple[PresenceRow, ...]:
    """Return for every service, date and type of territory where it is; the type ``all`` holds every territory.

    Args:
        rows: What is told. Dates are compared as written: of ``2025`` and ``2025-05`` the longer is the later.
        frame: The frame.
        types: The type of each territory of the frame, in its order.
    """
    groups = ["all", *dict.fromkeys(types)]
    people = {t.id: t.people.get(frame.population, 0) for t in frame.territories}
    type_of = {t.id: type for t, type in zip(frame.territories, types, strict=True)}
    made = []
    for service in dict.fromkeys(r.service for r in rows):
        own = sorted((r for r in rows if r.service == service), key=lambda r: r.date)
        for date in dict.fromkeys(r.date for r in own):
            known = {r.territory: r.present for r in own if r.date <= date}
            for group in groups:
                inside = [id for id in people if group in ("all", type_of[id])]
                yes = [id for id in inside if known.get(id) is True]
                no = sum(known.get(id) is False for id in inside)
                have, everyone = sum(people[id] for id in yes), sum(people[id] for id in inside)
                untold = len(inside) - len(yes) - no
                made.append(PresenceRow(service, date, group, len(yes), no, untold, have, everyone))
    return tuple(made)
