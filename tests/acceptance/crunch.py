"""Arrays of another program's cubes computed from the cubes' sums alone.

A cube holds counts, weighted or not, by two variables; a variable of several answers has its items and, for each, chosen, not chosen and
missing. ``CUBES`` says which cube and which measure an expected array was made of.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from posad.kernel.distributions import normal_quantile
from posad.kernel.testing.presets import unpooled

Floats = NDArray[np.float64]
LEVEL = 0.05


@dataclass(frozen=True, slots=True)
class Sums:
    """Counts of a table with the bases of its columns, of its lines and of the whole, all of the table's shape."""

    count: Floats
    column: Floats
    line: Floats
    whole: Floats


@dataclass(frozen=True, slots=True)
class _Axis:
    several: bool
    valid: tuple[int, ...]
    parts: tuple[tuple[str, tuple[int, ...], tuple[int, ...]], ...]  # anchor, places added, places taken away
    ids: tuple[int, ...]


def read_cube(path: Path) -> tuple[Sums, Sums] | None:
    """Return the weighted and the unweighted sums of a cube of two variables; None for other cubes."""
    whole = json.loads(path.read_text("utf-8"))
    result = whole.get("result") or whole.get("value", {}).get("result")
    measures = (result or {}).get("measures", {})
    if not result or "count" not in measures:
        return None
    axes = _axes(result["dimensions"])
    if len(axes) != 2:
        return None
    shape = tuple(len(_elements(d)) for d in result["dimensions"])
    found = []
    for data in (measures["count"]["data"], result["counts"]):
        if len(data) != np.prod(shape) or not all(isinstance(x, int | float) for x in data):
            return None
        found.append(_sums(np.array(data, dtype=np.float64).reshape(shape), axes))
    return found[0], found[1]


def _elements(dimension: Mapping[str, Any]) -> Sequence[Mapping[str, Any]]:
    kind = dimension["type"]
    return list(kind["categories"] if "categories" in kind else kind["elements"])


def _axes(dimensions: Sequence[Mapping[str, Any]]) -> list[_Axis]:
    axes: list[_Axis] = []
    skip = False
    for i, dimension in enumerate(dimensions):
        if skip:
            skip = False
            continue
        elements = _elements(dimension)
        valid = tuple(n for n, e in enumerate(elements) if not e.get("missing"))
        ids = tuple(int(elements[n]["id"]) for n in valid)
        following = _elements(dimensions[i + 1]) if i + 1 < len(dimensions) else []
        several = "subreferences" in dimension.get("references", {}) and any(e.get("selected") for e in following)
        skip = several
        axes.append(_Axis(several, valid, _insertions(dimension, ids), ids))
    return axes


def _insertions(
    dimension: Mapping[str, Any], ids: Sequence[int]
) -> tuple[tuple[str, tuple[int, ...], tuple[int, ...]], ...]:
    transform = (dimension["references"].get("view") or {}).get("transform") or {}
    found = []
    for one in transform.get("insertions", []):
        if one.get("function") not in (None, "subtotal"):
            continue
        terms = one.get("kwargs") or {}
        plus = [i for i in (one.get("args") or terms.get("positive") or []) if i in ids]
        minus = [i for i in (terms.get("negative") or []) if i in ids]
        if plus or minus:
            found.append((str(one.get("anchor", "bottom")), tuple(map(ids.index, plus)), tuple(map(ids.index, minus))))
    return tuple(found)


def _sums(data: Floats, axes: Sequence[_Axis]) -> Sums:
    """Return sums, subtotals put where the cube wants them."""
    first, second = axes
    data = np.take(data, first.valid, axis=0)
    data = np.take(data, second.valid, axis=2 if first.several else 1)
    r, s = (data[:, :2], True) if first.several else (data[:, None], False)  # lines × chosen or not × columns …
    full = r[:, :, :, :2] if second.several else r[:, :, :, None]  # lines × chosen × columns × chosen
    joined = full.transpose(0, 2, 1, 3)  # lines × columns × chosen × chosen
    count = joined[:, :, 0, 0]
    over_lines = joined.sum(axis=2)[:, :, 0] if s else np.broadcast_to(count.sum(axis=0), count.shape)
    over_columns = (
        joined.sum(axis=3)[:, :, 0] if second.several else np.broadcast_to(count.sum(axis=1)[:, None], count.shape)
    )
    every = joined.sum(axis=(2, 3))
    whole = every if s else np.broadcast_to(every.sum(axis=0), every.shape)
    whole = whole if second.several else np.broadcast_to(whole.sum(axis=1)[:, None], whole.shape)
    placed = _placed(count, first, second, (True, True))
    return Sums(
        placed,
        _placed(over_lines, first, second, (s, True)),
        _placed(over_columns, first, second, (True, second.several)),
        _placed(whole, first, second, (s, second.several)),
    )


def _placed(values: Floats, first: _Axis, second: _Axis, summed: tuple[bool, bool]) -> Floats:
    """Return values with subtotals; a base that is the same all along an axis stays the same in them."""
    for axis, (one, adds) in enumerate(zip((first, second), summed, strict=True)):
        if one.several or not one.parts:
            continue
        values = np.moveaxis(values, axis, 0)
        extra = [
            (anchor, values[list(plus)].sum(axis=0) - values[list(minus)].sum(axis=0) if adds else values[0])
            for anchor, plus, minus in one.parts
        ]
        lines = [x for anchor, x in extra if anchor == "top"]
        for place, id in enumerate(one.ids):
            lines += [values[place], *(x for anchor, x in extra if anchor == str(id))]
        known = {"top", *map(str, one.ids)}
        lines += [x for anchor, x in extra if anchor not in known]
        values = np.moveaxis(np.array(lines), 0, axis)
    return values


def arrays(weighted: Sums, people: Sums) -> Iterator[tuple[str, Any]]:
    """Yield every measure of a cube under its name: proportions, errors, z scores, tests of each column against a chosen one."""
    with np.errstate(divide="ignore", invalid="ignore"):
        yield "counts", weighted.count
        yield "ucounts", people.count
        for name, base in (("column", weighted.column), ("row", weighted.line), ("table", weighted.whole)):
            share = weighted.count / base
            deviation = np.sqrt(share * (1 - share))
            yield f"{name}-proportions", share
            yield f"{name}-std-dev", deviation
            yield f"{name}-std-err", deviation / np.sqrt(base)
            yield f"{name}-moe", normal_quantile(0.975) * deviation / np.sqrt(base)
        yield "columns-margin-proportions", weighted.column / weighted.whole
        yield "columns-margin-proportions", (weighted.column / weighted.whole)[0]
        yield "row-margin-proportions", weighted.line / weighted.whole
        yield "row-margin-proportions", (weighted.line / weighted.whole)[:, 0]
        n, c, r = weighted.whole, weighted.column, weighted.line
        yield "zscores", (weighted.count - r * c / n) / np.sqrt(r * c * (n - r) * (n - c) / n**3)
        yield "column-index", 100 * (weighted.count / c) / (r / n)
        yield from _tests(weighted, people)


def _tests(weighted: Sums, people: Sums) -> Iterator[tuple[str, Any]]:
    found = unpooled(weighted.count / weighted.column, people.column, people.column)
    statistic = np.where(np.isnan(found.p), 0.0, found.statistic)
    same = np.arange(weighted.count.shape[1])
    statistic[:, same, same] = 0
    p = found.p.copy()
    p[:, same, same] = 1
    for chosen in same:
        yield f"pw-tstats-{chosen}", statistic[:, :, chosen]
        yield f"pw-pvals-{chosen}", p[:, :, chosen]
    for name, level in (("pw-idxs", LEVEL), ("pw-idxs-alt", 0.1)):
        higher = (p < level) & (statistic > 0)
        yield name, [[[int(k) for k in np.flatnonzero(cell)] for cell in line] for line in higher]


def equal(found: Any, expected: Any) -> bool:
    """Tell whether an array is the expected one, to 1e-6; lists of columns must be the same."""
    if isinstance(found, list):
        return bool(found == expected)
    try:
        wanted = np.array(expected, dtype=np.float64)
    except (TypeError, ValueError):
        return False
    return found.shape == wanted.shape and bool(np.allclose(found, wanted, rtol=1e-6, atol=1e-6, equal_nan=True))
