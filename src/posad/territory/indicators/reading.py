"""indicators/*.csv: territory, indicator, period, value, unit, source and direction of good, with every mistake at its row."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from posad.core.numbers import parse_number
from posad.core.place import Place
from posad.core.problems import Fact, Problem, near, problem
from posad.core.reading.csvs import CsvTable, read_csv
from posad.core.words import LocalText
from posad.study.folder.reading import NAME
from posad.study.frame.territories import Tally
from posad.study.frame.values import Frame
from posad.territory.indicators.matching import Names
from posad.territory.indicators.values import DIRECTIONS, Direction, Indicator, Period, read_direction, read_period

ROOM = "indicators"
PRESENCE = "presence.csv"
COLUMNS = ("territory", "indicator", "period", "value", "unit", "source", "direction")
JUMP = 20.0  # times a territory's own value before or after: the unit has slipped


@dataclass(slots=True)
class _Draft:
    """An indicator as far as its rows were read; ``seen`` holds where each value stands."""

    id: str
    unit: str
    direction: Direction
    place: Place
    labels: dict[str, str] = field(default_factory=dict)
    sources: dict[str, None] = field(default_factory=dict)
    periods: dict[str, Period] = field(default_factory=dict)
    values: dict[str, dict[str, float]] = field(default_factory=dict)
    seen: dict[tuple[str, str], Place] = field(default_factory=dict)


def read_indicators(
    folder: Path, frame: Frame, languages: tuple[str, ...] = ("ru", "en")
) -> tuple[tuple[Indicator, ...], list[Problem]]:
    """Read every table of indicators of a study folder.

    Args:
        folder: The study's folder.
        frame: Its frame; territories are named by their ids or, where only one is called so, by their names.
        languages: Languages of the study; the column ``label`` is in the first, ``label_en`` and its kin in others.

    Returns:
        The indicators by name, and what is wrong. Rows with a mistake are not in them: where there is an error nothing may be computed.
    """
    room = folder / ROOM
    paths = sorted(p for p in room.glob("*.csv") if p.name != PRESENCE) if room.is_dir() else []
    reader = _Reader(Names(frame), languages)
    for path in paths:
        table, wrong = read_csv(path, f"{ROOM}/{path.name}")
        reader.problems += wrong
        if table is not None and reader.header(table):
            reader.rows(table)
    found = tuple(_finished(d, languages) for _, d in sorted(reader.drafts.items()) if d.values)
    for indicator in found:
        reader.problems += [*_mixed(indicator), *_jumps(indicator, reader.drafts[indicator.id], frame)]
    return found, reader.problems


class _Reader:
    """Reads one table after another; indicators may be spread over several."""

    def __init__(self, names: Names, languages: tuple[str, ...]) -> None:
        self.names, self.languages = names, languages
        self.drafts: dict[str, _Draft] = {}
        self.problems: list[Problem] = []

    def header(self, table: CsvTable) -> bool:
        missing = [c for c in COLUMNS if c not in table.header]
        for name in missing:
            guess = near(name, [c for c in table.header if c not in COLUMNS])
            facts = {"name": name, "near": guess, "known": ", ".join(COLUMNS)}
            self.problems.append(problem("indicator-column-missing", table.place(-1, 0), **facts))
        return not missing

    def rows(self, table: CsvTable) -> None:
        at = {name: i for i, name in enumerate(table.header)}
        tally = Tally(table)
        for i, row in enumerate(table.rows):
            self.row(i, {name: row[k].strip() for name, k in at.items()}, tally)
        self.problems += tally.problems()

    def row(self, i: int, cells: Mapping[str, str], tally: Tally) -> None:
        """Read one row; a mistake in any cell that matters leaves the row out."""
        before = sum(tally.counts.values())
        territory = self._territory(i, cells["territory"], tally)
        period, value = read_period(cells["period"]), parse_number(cells["value"])
        direction = read_direction(cells["direction"])
        if not NAME.fullmatch(cells["indicator"]):
            tally.add("indicator-name", i, "indicator", name=cells["indicator"])
        if period is None:
            tally.add("indicator-period", i, "period", name=cells["period"])
        if value is None:
            code = "indicator-value" if cells["value"] else "indicator-value-missing"
            tally.add(code, i, "value", name=cells["value"])
        if direction is None:
            known = ", ".join(w[0] for w in DIRECTIONS.values())
            tally.add("indicator-direction", i, "direction", name=cells["direction"], known=known)
        for name in ("unit", "source"):
            if not cells[name]:
                tally.add("indicator-cell-empty", i, name, name=name)
        if sum(tally.counts.values()) > before or territory is None or value is None:
            return
        assert period is not None  # a mistake was told else
        assert direction is not None
        self._add(i, cells, tally, territory, period, value, direction)

    def _territory(self, i: int, text: str, tally: Tally) -> str | None:
        found = self.names.find(text)
        if len(found) == 1:
            return found[0]
        if found:
            tally.add("indicator-territory-unclear", i, "territory", name=text, known=", ".join(found[:5]))
        else:
            tally.add("indicator-territory-unknown", i, "territory", name=text, near=self.names.nearest(text))
        return None

    def _add(
        self,
        i: int,
        cells: Mapping[str, str],
        tally: Tally,
        territory: str,
        period: Period,
        value: float,
        way: Direction,
    ) -> None:
        id, place = cells["indicator"], Place(tally.table.name, tally.table.lines[i + 1])
        draft = self.drafts.setdefault(id, _Draft(id, cells["unit"], way, place))
        if cells["unit"] != draft.unit:
            tally.add(
                "indicator-unit-differs", i, "unit", name=cells["unit"], id=id, first=draft.unit, at=str(draft.place)
            )
        if way != draft.direction:
            tally.add(
                "indicator-direction-differs", i, "direction", name=cells["direction"], id=id, at=str(draft.place)
            )
        twice = draft.seen.setdefault((territory, period.id), place)
        if twice is not place:
            facts = {"id": id, "territory": cells["territory"], "period": period.id, "at": str(twice)}
            tally.add("indicator-twice", i, "value", **facts)
            return
        draft.periods[period.id] = period
        draft.sources[cells["source"]] = None
        draft.values.setdefault(period.id, {})[territory] = value
        named = {self.languages[0]: cells.get("label", "")}
        named |= {name: cells.get(f"label_{name}", "") for name in self.languages[1:]}
        for language, words in named.items():
            if words:
                draft.labels.setdefault(language, words)


def _finished(draft: _Draft, languages: tuple[str, ...]) -> Indicator:
    label = LocalText.from_mapping(draft.labels or {languages[0]: draft.id})
    periods = tuple(sorted(draft.periods.values(), key=lambda p: p.start))
    values = {p.id: draft.values[p.id] for p in periods}
    return Indicator(draft.id, label, draft.unit, draft.direction, tuple(draft.sources), periods, values, draft.place)


def _mixed(indicator: Indicator) -> Iterator[Problem]:
    kinds = sorted({p.kind for p in indicator.periods})
    if len(kinds) > 1:
        yield problem("indicator-periods-mixed", indicator.place, name=indicator.id, kinds=", ".join(kinds))


def _jumps(indicator: Indicator, draft: _Draft, frame: Frame) -> Iterator[Problem]:
    """Warn of values so far from the same territory's value one period before that the unit may have slipped."""
    names = {t.id: t.name.get("ru") for t in frame.territories}
    for before, after in zip(indicator.periods, indicator.periods[1:], strict=False):
        earlier = indicator.values[before.id]
        for id, value in indicator.values[after.id].items():
            old = earlier.get(id, 0.0)
            if old > 0 and value > 0 and max(value / old, old / value) > JUMP:
                facts: dict[str, Fact] = {"name": indicator.id, "territory": names[id], "unit": indicator.unit}
                yield problem("indicator-jump", draft.seen[id, after.id], old=old, new=value, **facts)
