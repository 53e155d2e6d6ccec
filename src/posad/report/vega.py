"""A figure as a plain Vega-Lite specification with its numbers inside, for those who draw with other tools."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from posad.core.words import Language
from posad.evidence.values import Fact, Figure
from posad.report.svg.kinds.maps.vega import territory
from posad.report.svg.palette import LIGHT, known_role
from posad.report.svg.reading import Reading, is_share, notes, read
from posad.report.wording import words

SCHEMA = "https://vega.github.io/schema/vega-lite/v5.json"


def vega_lite(figure: Figure, facts: Mapping[str, Fact], language: Language) -> str:
    """Return the specification as JSON; hidden numbers are left out of it as out of the picture."""
    reading = read(figure, facts, language)
    title = figure.title.get(language) or figure.question.get(language)
    spec: dict[str, Any] = {
        "$schema": SCHEMA,
        "title": {"text": title, "subtitle": _subtitle(reading)},
        "description": " ".join(notes(reading)),
        "data": {"values": _values(reading, facts)},
        "width": 560,
    }
    if figure.terrain is not None:
        return json.dumps(spec | territory(reading), ensure_ascii=False, separators=(",", ":")) + "\n"
    spec |= _map(reading) if figure.kind == "map" else _bars(reading)
    return json.dumps(spec, ensure_ascii=False, indent=1) + "\n"


def _subtitle(reading: Reading) -> list[str]:
    figure = reading.figure
    mark = words("simulated", reading.language) if figure.simulated else ""
    return [t for t in (mark, figure.question.get(reading.language), figure.answer_type.get(reading.language)) if t]


def _values(reading: Reading, facts: Mapping[str, Fact]) -> list[dict[str, Any]]:
    figure, found = reading.figure, []
    groups = {g.id: reading.label(g) for g in figure.groups}
    for bar in figure.bars:
        cells = list(zip(figure.series, bar.cells, reading.row(bar), strict=False))
        if figure.kind == "map":
            if all(c.value is not None for *_, c in cells):
                values = {s.id: _number(facts[a], c.value) for s, a, c in cells}
                found.append({"name": reading.label(bar), "group": groups.get(bar.group, ""), **values})
            continue
        for series, address, cell in cells:
            if cell.value is None:
                continue
            row = {"bar": reading.label(bar), "series": reading.label(series), "address": address}
            ends = {k: v for k, v in (("value", cell.value), ("low", cell.low), ("high", cell.high)) if v is not None}
            found.append(row | {k: _number(facts[address], v) for k, v in ends.items()})
    return found


def _number(fact: Fact, value: float | None) -> float | None:
    """Return a value as the axis shows it: shares in percent."""
    return None if value is None else round(value * (100 if is_share(fact.estimate, fact.parts) else 1), 4)


def _colours(reading: Reading, parts: tuple[Any, ...]) -> dict[str, Any]:
    return {
        "domain": [reading.label(s) for s in parts],
        "range": [LIGHT[known_role(s.role) if len(parts) > 1 else "bar"] for s in parts],
    }


def _bars(reading: Reading) -> dict[str, Any]:
    figure = reading.figure
    colour = {
        "field": "series",
        "type": "nominal",
        "title": None,
        "scale": _colours(reading, figure.series),
        "sort": [reading.label(s) for s in figure.series],
    }
    order = [reading.label(b) for b in figure.bars]
    line = {"field": "bar", "type": "nominal", "title": None, "sort": order, "axis": {"labelLimit": 280}}
    value: dict[str, Any] = {"field": "value", "type": "quantitative", "title": None}
    if figure.kind in ("stacked", "diverging"):
        stack = {"stack": "zero"} | value
        return {"mark": "bar", "encoding": {"y": line, "x": stack, "color": colour, "order": {"field": "index"}}} | {
            "transform": [{"window": [{"op": "row_number", "as": "index"}]}]
        }
    if figure.kind == "dots":
        return {
            "mark": {"type": "point", "filled": True},
            "encoding": {"y": line, "x": value, "color": colour, "shape": colour},
        }
    if figure.kind == "columns":
        across = {"field": "series", "sort": [reading.label(s) for s in figure.series]}
        return {"mark": "bar", "encoding": {"x": line, "y": value, "color": colour, "xOffset": across}}
    lying = {"field": "series", "sort": [reading.label(s) for s in figure.series]}
    many = {"yOffset": lying} if len(figure.series) > 1 else {}
    return {"mark": "bar", "encoding": {"y": line, "x": value, "color": colour, **many}}


def _map(reading: Reading) -> dict[str, Any]:
    figure = reading.figure
    ends = {
        s.id: {"field": s.id, "type": "quantitative", "title": reading.label(s), "scale": {"zero": False}}
        for s in figure.series
    }
    group = {"field": "group", "type": "nominal", "title": None}
    if figure.groups:
        group["scale"] = _colours(reading, figure.groups)  # type: ignore[assignment]
    marks = [
        {"mark": {"type": "point", "filled": True, "size": 70}, "encoding": {"color": group, "shape": group}},
        {"mark": {"type": "text", "dy": -10}, "encoding": {"text": {"field": "name"}}},
    ]
    return {"height": 420, "encoding": ends, "layer": marks}
