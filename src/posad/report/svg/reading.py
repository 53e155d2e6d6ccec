"""A figure read against the facts: what each mark is worth, how it is printed, and what must be said under the chart."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from posad.core.numbers import number, percent, signed
from posad.core.words import Language
from posad.evidence.values import Bar, Bracket, Fact, Figure, Series
from posad.kernel.values import Bases, Estimate
from posad.report.wording import words
from posad.tabulation.cells import tier

SMALL_POINTS = 0.0995  # a difference below ten points is printed with a decimal: half a point must not read as nought
WITH_INTERVALS = ("ranked", "dots", "columns", "forest")


@dataclass(frozen=True, slots=True)
class Cell:
    """One number of a chart: ``value`` is None when there is nothing to draw; ``printed`` carries no percent sign."""

    value: float | None
    printed: str
    full: str  # with its sign, for words
    low: float | None = None
    high: float | None = None
    bases: Bases | None = None

    @property
    def hidden(self) -> bool:
        """Tell whether the number exists but its base is too small to show it."""
        return self.bases is not None and self.value is None and tier(self.bases) == "hidden"


EMPTY = Cell(None, "", "")


@dataclass(frozen=True, slots=True)
class Reading:
    """A figure in one language with its cells by address."""

    figure: Figure
    language: Language
    cells: Mapping[str, Cell]

    def row(self, bar: Bar) -> tuple[Cell, ...]:
        """Return the cells of a bar, one for each series."""
        found = [self.cells.get(address, EMPTY) for address in bar.cells[: len(self.figure.series)]]
        return (*found, *[EMPTY] * (len(self.figure.series) - len(found)))

    def label(self, part: Bar | Series) -> str:
        """Return the words of a bar or a series."""
        return part.label.get(self.language)

    def say(self, key: str, **facts: str | int) -> str:
        """Return a fixed phrase in the figure's language."""
        return words(key, self.language, **facts)

    def tip(self, bar: Bar, series: Series, cell: Cell) -> str:
        """Return the words that appear over a mark."""
        names = ": ".join(n for n in (self.label(bar), self.label(series)) if n)
        return f"{names} — {cell.full}" if names else cell.full


def net_address(bracket: Bracket, cell: str) -> str:
    """Return where the net of another bar would be found: the bar's own item and group, the bracket's net.

    >>> from posad.core.words import LocalText
    >>> net_address(Bracket("3", "4", "move.leave", LocalText()), "move.1@sex:female")
    'move.leave@sex:female'
    """
    net = bracket.address.partition("@")[0].rpartition(".")[2]
    subject, at, group = cell.partition("@")
    return f"{subject.rpartition('.')[0]}.{net}{at}{group}"


def small(bases: Bases | None) -> bool:
    """Tell whether a base is so small that its numbers carry a mark."""
    return bases is not None and tier(bases) != "full"


def is_share(estimate: Estimate, parts: tuple[Fact, ...] = ()) -> bool:
    """Tell whether a number is printed in percent (a difference of shares is, in points)."""
    if estimate.statistic == "difference":
        return bool(parts) and all(p.estimate.statistic == "share" for p in parts)
    return estimate.statistic in ("share", "points")


def value_words(fact: Fact, value: float, language: Language, digits: int = 0) -> str:
    """Return a value of a fact as words: "57 %", "+5 п. п.", "1,8"."""
    statistic = fact.estimate.statistic
    if statistic in ("difference", "points") and is_share(fact.estimate, fact.parts):
        said = bare(value, language, digits)
        return f"{said if fact.size else signed(said)}\N{NO-BREAK SPACE}{words('points', language)}"
    if statistic == "share":
        return percent(value, language, digits)
    if statistic in ("count", "base"):
        return number(value, language, 0)
    return number(value, language, max(1, digits))


def bare(value: float, language: Language, digits: int = 0) -> str:
    """Return a share in percent without its sign.

    >>> bare(0.285, "en")
    '29'
    """
    return percent(value, language, digits).rstrip("%").rstrip()


def _cell(fact: Fact | None, language: Language) -> Cell:
    if fact is None:
        return Cell(None, "", words("no_data", language))
    e = fact.estimate
    if fact.official is not None and e.value is not None:
        full = value_words(fact, e.value, language, 1 if e.statistic == "share" else 0)
        return Cell(e.value, full.rstrip("%").rstrip() if e.statistic == "share" else full, full)
    if e.statistic != "base" and tier(e.bases) == "hidden":
        return Cell(None, "", words("few", language, n=e.bases.unweighted), bases=e.bases)
    if e.value is None:
        return Cell(None, "", words("no_data", language), bases=e.bases)
    full = value_words(fact, e.value, language, int(e.statistic == "points" and abs(e.value) < SMALL_POINTS))
    printed = bare(e.value, language) if e.statistic == "share" else full
    return Cell(e.value, printed, full, e.low, e.high, e.bases)


def read(figure: Figure, facts: Mapping[str, Fact], language: Language) -> Reading:
    """Return the figure with every number looked up; a number that is missing or too thin is left without a mark."""
    tilts = [bar.tilt for bar in figure.bars if bar.tilt]
    addresses = [a for bar in figure.bars for a in bar.cells] + tilts + [b.address for b in figure.brackets]
    nets = [net_address(b, bar.cells[0]) for b in figure.brackets for bar in figure.bars if bar.cells]
    found = {a: _cell(facts[a], language) for a in nets if a in facts}
    return Reading(figure, language, found | {a: _cell(facts.get(a), language) for a in addresses})


def _one_n(cells: Iterable[Cell]) -> int | None:
    found = {c.bases.unweighted for c in cells if c.bases}
    return found.pop() if len(found) == 1 else None


def row_bases(reading: Reading) -> tuple[int | None, ...] | None:
    """Return the base of each bar, when bars have bases of their own that differ."""
    found = tuple(_one_n(reading.row(bar)) for bar in reading.figure.bars)
    return found if len(found) > 1 and len(set(found)) > 1 and any(n is not None for n in found) else None


def series_bases(reading: Reading) -> tuple[int | None, ...] | None:
    """Return the base of each series, when series are groups of people that differ."""
    rows = [reading.row(bar) for bar in reading.figure.bars]
    found = tuple(_one_n(row[i] for row in rows) for i in range(len(reading.figure.series)))
    return found if len(set(found)) > 1 and None not in found else None


def starred(n: int | None, cells: Iterable[Cell], language: Language) -> str:
    """Return a base as printed beside a bar; a star marks one under a hundred."""
    if n is None:
        return "—"
    return number(n, language) + ("*" if any(small(c.bases) for c in cells) else "")


def _span(values: list[float], one: str, many: str, reading: Reading) -> str:
    low, high = (number(v, reading.language) for v in (min(values), max(values)))
    return reading.say(one, n=low) if low == high else reading.say(many, low=low, high=high)


def base_line(reading: Reading) -> str:
    """Return the sentence on the base: who, how many, effective how many."""
    found = [c.bases for c in reading.cells.values() if c.bases]
    who = reading.figure.base_text.get(reading.language) or reading.say("all")
    counted = reading.figure.terrain is not None and not found  # official counts have a source and no base
    line = f"{reading.say('source' if counted else 'base')}: {who}"
    if not found:
        return line
    people = _span([float(b.unweighted) for b in found], "n", "n_range", reading)
    effective = _span([b.effective for b in found], "effective", "effective_range", reading)
    return f"{line}, {people}; {effective}"


def _rounding(reading: Reading) -> bool:
    """Tell whether printed parts miss a hundred, or a net."""
    order = [s.id for s in reading.figure.series]
    for bar in reading.figure.bars:
        row = reading.row(bar)
        values = [c.value for c in row if c.value is not None]
        if len(values) < len(row) or abs(sum(values) - 1) > 0.002:
            continue
        if sum(int(c.printed) for c in row) != 100:
            return True
        for bracket in reading.figure.brackets if len(reading.figure.bars) == 1 else ():
            net = reading.cells.get(bracket.address, EMPTY)
            if net.value is not None and bracket.first in order and bracket.last in order:
                parts = row[order.index(bracket.first) : order.index(bracket.last) + 1]
                if net.printed != str(sum(int(c.printed) for c in parts)):
                    return True
    return False


def notes(reading: Reading) -> tuple[str, ...]:
    """Return what must be said under the chart: the base, the figure's own notes, and what follows from the numbers."""
    figure, said = reading.figure, [base_line(reading)]
    said += [note.get(reading.language) for note in figure.notes if note]
    cells = reading.cells.values()
    if any(c.value is not None and small(c.bases) for c in cells):
        said.append(reading.say("low_base_note"))
    if any(c.hidden for c in cells):
        said.append(reading.say("hidden_note"))
    if figure.kind in ("areas", "tiles"):
        said.append(reading.say("classes_note"))
    if figure.kind == "towns" and figure.terrain is not None and figure.terrain.panels:
        said.append(reading.say("panels_note"))
    if figure.kind == "map":
        off = [reading.label(bar) for bar in figure.bars if any(c.value is None for c in reading.row(bar))]
        said += [reading.say("off_map", names=", ".join(off))] if off else []
    if figure.kind in ("stacked", "diverging") and _rounding(reading):
        said.append(reading.say("rounding_note"))
    if figure.kind in WITH_INTERVALS and any(c.low is not None and c.value is not None for c in cells):
        said.append(reading.say("whisker_note"))
    return tuple(said)


def description(reading: Reading) -> str:
    """Return the chart in words, for those who do not see it."""
    figure = reading.figure
    said = []
    for bar in figure.bars:
        pairs = zip(figure.series, reading.row(bar), strict=True)
        numbers = ", ".join(" ".join(w for w in (reading.label(s), c.full) if w) for s, c in pairs)
        said.append(": ".join(w for w in (reading.label(bar), numbers) if w))
    said += [f"{b.label.get(reading.language)} {reading.cells[b.address].full}" for b in figure.brackets]
    head = [figure.answer_type.get(reading.language), *([reading.say("simulated")] if figure.simulated else [])]
    return ". ".join(part for part in (*head, "; ".join(said), base_line(reading)) if part)
