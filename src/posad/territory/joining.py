"""Two tables of territories as one: rows are matched by codes, then by name and region; nothing is overwritten.

What the first table says stays. Where the second says something else, both values are told; what it alone knows is added.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

Columns = Mapping[str, Sequence[str]]

CODES = ("code_fias", "code_oktmo", "code_kladr", "code_geonames")  # in the order they are trusted
FAR = 10.0  # km between two points of one place from which they are told
_EARTH = 6371.0088  # mean radius, km


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two values of one cell: what the frame has, and what the other table says."""

    ours: int  # row of the frame
    theirs: int  # row of the other table
    column: str
    kept: str
    offered: str


@dataclass(slots=True)
class Joined:
    """How two tables meet: pairs of rows, what they contradict each other in, and rows without a partner."""

    pairs: list[tuple[int, int]] = field(default_factory=list)
    conflicts: list[Conflict] = field(default_factory=list)
    ours_alone: list[int] = field(default_factory=list)
    theirs_alone: list[int] = field(default_factory=list)
    columns: dict[str, list[str]] = field(default_factory=dict)  # the table that comes of it
    added: tuple[str, ...] = ()  # columns that are new
    filled: Counter[str] = field(default_factory=Counter)  # cells that were empty, by column
    left: Counter[str] = field(default_factory=Counter)  # empty cells of population that another source could fill


def plain(name: str) -> str:
    """Return a name for comparing: small letters, е for ё, without hyphens, additions and the word for a town.

    >>> plain("г. Ростов-на-Дону"), plain("Орёл"), plain("Мирный (Саха)")
    ('ростов на дону', 'орел', 'мирный')
    """
    text = re.sub(r"\(.*?\)", " ", name.casefold().replace("ё", "е"))
    text = re.sub(r"^(г|город|пгт|рп|с)\.? ", "", text.strip())
    return " ".join(re.sub(r"[-–—.’'`]", " ", text).split())


def join(ours: Columns, theirs: Columns, *, add: bool = False, fill: bool = False) -> Joined:
    """Join a table of territories to the frame.

    Args:
        ours: The frame's columns.
        theirs: The other table's, named as the frame's.
        add: Whether rows that the frame lacks are added to it.
        fill: Whether empty cells of population columns are filled, though they then come from two sources.
    """
    found = Joined()
    partner = _match(ours, theirs)
    rows = len(next(iter(ours.values())))
    found.pairs = sorted((o, t) for t, o in partner.items())
    taken = {o for o, _ in found.pairs}
    found.ours_alone = [i for i in range(rows) if i not in taken]
    found.theirs_alone = [t for t in range(len(next(iter(theirs.values())))) if t not in partner]
    found.columns = {name: list(cells) for name, cells in ours.items()}
    for name, cells in theirs.items():
        if name in ("id", "lat", "lon"):
            continue
        if name not in ours:
            found.columns[name] = [""] * rows
            found.added = (*found.added, name)
            for o, t in found.pairs:
                found.columns[name][o] = cells[t]
        else:
            _compare(name, ours[name], cells, found, fill)
    _points(ours, theirs, found)
    if add:
        _add(theirs, found)
    return found


def _match(ours: Columns, theirs: Columns) -> dict[int, int]:
    """Return the row of ours for every row of theirs that has one."""
    partner: dict[int, int] = {}
    taken: set[int] = set()
    by_name = _names(ours), _names(theirs)
    known = set(by_name[0])
    shared = [c for c in (*CODES, *theirs) if c in ours and c in theirs and c.startswith("code_")]
    for column in dict.fromkeys(shared):
        here, there = _unique(ours[column]), _unique(theirs[column])
        for code, t in there.items():
            o = here.get(code)
            if o is None or t in partner or o in taken or not _believable(by_name[0][o], by_name[1][t], known):
                continue
            partner[t] = o
            taken.add(o)
    here, there = _unique(by_name[0]), _unique(by_name[1])
    for name, t in there.items():
        o = here.get(name)
        if o is not None and t not in partner and o not in taken:
            partner[t] = o
            taken.add(o)
    return partner


def _names(columns: Columns) -> list[str]:
    names = columns.get("name") or [""] * len(next(iter(columns.values())))
    regions = columns.get("region") or [""] * len(names)
    return [f"{plain(n)}|{r.strip()}" for n, r in zip(names, regions, strict=True)]


def _unique(cells: Sequence[str]) -> dict[str, int]:
    """Return the row of every value that stands once."""
    count = Counter(cells)
    return {c: i for i, c in enumerate(cells) if c and not c.startswith("|") and count[c] == 1}


def _believable(ours: str, theirs: str, known: set[str]) -> bool:
    """Tell whether a shared code may be believed: not where the name is that of another row of the frame (a code reused)."""
    return ours == theirs or theirs not in known


def _compare(name: str, ours: Sequence[str], theirs: Sequence[str], found: Joined, fill: bool) -> None:
    for o, t in found.pairs:
        kept, offered = ours[o].strip(), theirs[t].strip()
        if not offered or _same(name, kept, offered):
            continue
        if kept:
            found.conflicts.append(Conflict(o, t, name, kept, offered))
        elif name.startswith("people_") and not fill:
            found.left[name] += 1
        else:
            found.columns[name][o] = offered
            found.filled[name] += 1


def _same(name: str, kept: str, offered: str) -> bool:
    if kept == offered:
        return True
    if name.startswith("name"):
        return plain(kept) == plain(offered)
    if name == "district":
        return kept.casefold() == offered.casefold()
    return name.startswith("people_") and _digits(kept) == _digits(offered) != ""


def _digits(cell: str) -> str:
    return re.sub(r"[\s\u00a0\u202f\u2009]", "", cell)


def _points(ours: Columns, theirs: Columns, found: Joined) -> None:
    """Take coordinates where the frame has none, and tell points that lie far from one another."""
    if "lat" not in theirs or "lon" not in theirs:
        return
    for axis in ("lat", "lon"):
        if axis not in ours:
            found.columns[axis] = [""] * len(next(iter(ours.values())))
            found.added = (*found.added, axis)
    for o, t in found.pairs:
        here = found.columns["lat"][o], found.columns["lon"][o]
        there = theirs["lat"][t], theirs["lon"][t]
        if not any(here) and all(there):
            found.columns["lat"][o], found.columns["lon"][o] = there
            if "coordinates" not in found.added and "lat" in ours:
                found.filled["coordinates"] += 1
        elif all(here) and all(there) and (apart := _apart(here, there)) is not None and apart > FAR:
            found.conflicts.append(
                Conflict(o, t, "coordinates", ", ".join(here), f"{', '.join(there)} ({apart:.0f} km)")
            )


def _apart(a: tuple[str, str], b: tuple[str, str]) -> float | None:
    try:
        (y1, x1), (y2, x2) = (tuple(math.radians(float(v.replace(",", "."))) for v in p) for p in (a, b))
    except ValueError:
        return None
    h = math.sin((y2 - y1) / 2) ** 2 + math.cos(y1) * math.cos(y2) * math.sin((x2 - x1) / 2) ** 2
    return 2 * _EARTH * math.asin(min(1.0, math.sqrt(h)))


def _add(theirs: Columns, found: Joined) -> None:
    for t in found.theirs_alone:
        for name, cells in found.columns.items():
            cells.append(theirs[name][t] if name in theirs else "")
    if "id" in theirs or not found.theirs_alone:
        return
    start = len(found.columns["id"]) - len(found.theirs_alone)
    code = next((c for c in CODES if c in theirs), None)
    for i, t in enumerate(found.theirs_alone):
        found.columns["id"][start + i] = theirs[code][t] if code is not None else ""


def copied(ours: Columns, theirs: Columns, pairs: Sequence[tuple[int, int]]) -> list[tuple[str, str, int, int]]:
    """Return columns of one year that hold the numbers of another: (theirs, ours, equal, compared), at nine in ten or more.

    Two censuses never give the same number for most towns; a table that does was labelled with the wrong year.
    """
    found = []
    for new in (c for c in theirs if c.startswith("people_")):
        for old in (c for c in ours if c.startswith("people_") and c != new):
            both = [(_digits(ours[old][o]), _digits(theirs[new][t])) for o, t in pairs]
            both = [(a, b) for a, b in both if a and b]
            equal = sum(a == b for a, b in both)
            if len(both) >= 20 and equal * 10 >= len(both) * 9:
                found.append((new, old, equal, len(both)))
    return found
