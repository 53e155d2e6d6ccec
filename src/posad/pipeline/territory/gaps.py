"""The gaps in a study's indicators and where its services are: read, measured, laid out as tables."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path

from posad.core.numbers import number, percent
from posad.core.place import Place
from posad.core.problems import Problem, near, problem
from posad.core.speech import has_errors
from posad.core.words import LocalText
from posad.pipeline.territory.placing import Rows, TableText, languages_of, position_study
from posad.study.frame.plan.rules.scope import population_columns
from posad.territory.indicators.presence import PresenceRow, presence_table, read_presence
from posad.territory.indicators.reading import COLUMNS, ROOM, read_indicators
from posad.territory.measures.gaps import Gaps, measure_gaps
from posad.territory.measures.panel import Grouping, group_by, make_panel
from posad.territory.measures.wording import MEASURES, PATTERNS, said, sentences

_HEADS: Mapping[str, tuple[str, str]] = {
    "measure": ("Мера", "Measure"),
    "type": ("Тип", "Type"),
    "territories": ("территорий", "territories"),
    "people": ("жителей", "people"),
    "mean": ("среднее {p}", "mean {p}"),
    "ratio": ("ко всем {p}", "to all {p}"),
    "inside": ("вариация внутри {p}", "variation inside {p}"),
    "pattern": ("движение", "movement"),
    "moves": (
        "Движение сравнивает разрыв со средним всех в единицах показателя, с {a} по {b}.",
        "The movement compares the gap to the mean of all, in units of the indicator, from {a} to {b}.",
    ),
    "source": ("Источник: {s}", "Source: {s}"),
    "service": ("Услуга", "Service"),
    "date": ("на дату", "at"),
    "yes": ("есть", "there"),
    "no": ("нет", "not there"),
    "untold": ("не сказано", "not told"),
    "share": ("доля жителей с услугой", "share of people with it"),
    "all": ("Все", "All"),
    "presence": ("Где есть услуги", "Where services are"),
    "untold_note": (
        "«Не сказано» не значит «нет»: доля жителей — нижняя граница.",
        "'Not told' does not mean 'not there': the share of people is a lower bound.",
    ),
}


def gaps_study(
    folder: Path,
    names: Sequence[str] = (),
    by: str = "position",
    weight: str | None = None,
    periods: Sequence[str] = (),
) -> tuple[list[Gaps], list[Problem]]:
    """Return the gaps of a study's indicators.

    Args:
        folder: The study's folder.
        names: Which indicators; all if empty.
        by: Types of territory: ``position``, ``size``, ``district``, ``region`` or a tag.
        weight: The population column that counts people; the frame's own if absent.
        periods: Which periods; all of each indicator if empty.
    """
    positions, problems = position_study(folder)
    if positions is None:
        return [], problems
    grouping, wrong = group_by(positions, by)
    problems += wrong
    indicators, wrong = read_indicators(folder, positions.frame, languages_of(folder))
    problems += wrong
    known = [i.id for i in indicators]
    if not known and not wrong:
        problems.append(problem("indicators-none", Place(ROOM), known=", ".join(COLUMNS)))
    for name in names:
        if name not in known:
            facts = {"name": name, "near": near(name, known), "known": ", ".join(known)}
            problems.append(problem("indicator-unknown", Place(ROOM), **facts))
    columns = population_columns(positions.frame)
    if weight is not None and weight not in columns:
        facts = {"name": weight, "near": near(weight, columns), "known": ", ".join(columns)}
        problems.append(problem("rule-name-unknown", positions.frame.place, **facts))
    if grouping is None or has_errors(problems):
        return [], problems
    found = []
    for indicator in indicators:
        if names and indicator.id not in names:
            continue
        column = weight or positions.frame.population
        panel, wrong = make_panel(indicator, positions.frame, grouping, column, periods)
        problems += wrong
        if panel is not None:
            found.append(measure_gaps(panel))
    return found, problems


def presence_study(
    folder: Path, by: str = "position"
) -> tuple[tuple[PresenceRow, ...], Grouping | None, list[Problem]]:
    """Return where the services of indicators/presence.csv are, by type of territory."""
    positions, problems = position_study(folder)
    if positions is None:
        return (), None, problems
    grouping, wrong = group_by(positions, by)
    rows, more = read_presence(folder, positions.frame)
    problems += wrong + more
    if grouping is None or has_errors(problems):
        return (), grouping, problems
    return presence_table(rows, positions.frame, grouping.types), grouping, problems


def gaps_tables(gaps: Gaps, language: str) -> Iterator[TableText]:
    """Yield the table of measures by period with its sentences, and the table of types."""
    panel = gaps.panel
    title = f"{panel.indicator.label.get(language)}, {panel.indicator.unit}"
    rows: Rows = [[_head("measure", language), *(p.period for p in gaps.periods)]]
    for name, words in MEASURES.items():
        values = [_measure(gaps, i, name) for i in range(len(gaps.periods))]
        if any(v is not None for v in values):
            rows.append([said(words, language), *(_shown(v, language) for v in values)])
    sources = "; ".join(panel.indicator.sources)
    notes = (*sentences(gaps, language), _head("source", language, s=sources))
    yield TableText(title, rows, notes)
    yield _types(gaps, language)


def _measure(gaps: Gaps, i: int, name: str) -> float | None:
    period = gaps.periods[i]
    if name in period.values:
        return period.values[name]
    if name == "delta":
        return period.delta
    theil = period.theil_t if name.startswith("theil_t") else period.theil_l
    if theil is None:
        return None
    return {"between": theil.between, "within": theil.within}.get(name.rpartition("_")[2], theil.total)


def _types(gaps: Gaps, language: str) -> TableText:
    periods = [gaps.periods[0], *([gaps.periods[-1]] if len(gaps.periods) > 1 else [])]
    at = [0, *([len(gaps.periods) - 1] if len(gaps.periods) > 1 else [])]
    head = [_head(n, language) for n in ("type", "territories", "people")]
    for word in ("mean", "ratio", "inside"):
        head += [_head(word, language, p=p.period) for p in periods]
    rows: Rows = [[*head, _head("pattern", language)]]
    for one in gaps.types:
        row = [gaps.panel.grouping.labels[one.type].get(language), number(one.territories, language)]
        row.append(number(one.people, language))
        row += [_shown(one.means[i], language) for i in at]
        for i in at:
            whole = gaps.periods[i].values["mean"]
            row.append(_shown(one.means[i] / whole if whole else None, language))
        row += [_shown(one.spreads[i], language) for i in at]
        rows.append([*row, said(PATTERNS[one.pattern], language) if one.pattern else ""])
    moves = _head("moves", language, a=gaps.periods[0].period, b=gaps.periods[-1].period)
    notes = (moves,) if any(t.pattern for t in gaps.types) else ()
    return TableText(f"{_head('type', language)}: {gaps.panel.grouping.id}", rows, notes)


def presence_text(rows: Sequence[PresenceRow], grouping: Grouping, language: str) -> TableText:
    """Return the table of services."""
    names = ("service", "date", "type", "yes", "no", "untold", "share")
    table: Rows = [[_head(n, language) for n in names]]
    labels = {**grouping.labels, "all": LocalText.of(ru=_HEADS["all"][0], en=_HEADS["all"][1])}
    for row in rows:
        counts = [number(n, language) for n in (row.yes, row.no, row.untold)]
        share = percent(row.people / row.everyone, language, 1) if row.everyone else "—"
        table.append([row.service, row.date, labels[row.type].get(language), *counts, share])
    return TableText(_head("presence", language), table, (_head("untold_note", language),))


def gaps_json(gaps: Gaps) -> dict[str, object]:
    """Return everything measured of an indicator for a program."""
    panel, indicator = gaps.panel, gaps.panel.indicator
    return {
        "indicator": indicator.id,
        "label": dict(indicator.label.parts),
        "unit": indicator.unit,
        "direction": indicator.direction,
        "sources": list(indicator.sources),
        "by": panel.grouping.id,
        "weight": panel.weight,
        "territories": len(panel.territories),
        "left_out": panel.left_out,
        "periods": [
            {
                "period": p.period,
                **p.values,
                "delta": p.delta,
                "theil_t": None if p.theil_t is None else asdict(p.theil_t),
                "theil_l": None if p.theil_l is None else asdict(p.theil_l),
            }
            for p in gaps.periods
        ],
        "types": [asdict(t) for t in gaps.types],
        "relative": gaps.relative,
        "absolute": gaps.absolute,
        "beta": None if gaps.beta is None else {**_finite(asdict(gaps.beta)), "galton": gaps.beta.galton},
        "gamma": gaps.gamma,
        "words": {language: list(sentences(gaps, language)) for language in ("ru", "en")},
    }


def _finite(values: Mapping[str, float | None]) -> dict[str, float | None]:
    """Return numbers with null in the place of those that are not defined."""
    return {name: v if v is None or math.isfinite(v) else None for name, v in values.items()}


def _shown(value: float | None, language: str) -> str:
    """Return a value with about four figures that count."""
    if value is None:
        return "—"
    size = abs(value)
    digits = 0 if size >= 1000 else 1 if size >= 100 else 2 if size >= 10 else 3 if size >= 1 else 4
    return number(value, language, digits)


def _head(name: str, language: str, **facts: str) -> str:
    return said(_HEADS[name], language).format(**facts)
