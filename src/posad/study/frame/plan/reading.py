"""sample.yaml: the plan of a sample as a value, with every mistake at its place."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from itertools import product
from pathlib import Path

from posad.core.place import Place
from posad.core.problems import Problem, near, problem
from posad.core.reading.yamls import Places, fit, read_plain
from posad.core.speech import has_errors
from posad.core.words import LocalText
from posad.study.frame.plan.dimensions import read_dimensions
from posad.study.frame.plan.shapes import LevelShape, SampleFileShape
from posad.study.frame.plan.values import Assumptions, Cell, Dimension, Level, SampleDesign, Towns
from posad.study.frame.values import Frame

SAMPLE = "sample.yaml"
CROSSED = ">"
BRACES = re.compile(r"\{([a-z0-9_]*)\}")


def read_sample_design(folder: Path, frame: Frame | None) -> tuple[SampleDesign | None, list[Problem]]:
    """Read the plan of a study's sample.

    Args:
        folder: The study's folder.
        frame: The study's frame, whose districts and sizes are known without being written again.

    Returns:
        The plan, or None where there is none or anything is wrong with it; and what is wrong.
    """
    if not (folder / SAMPLE).exists():
        return None, [problem("sample-missing", Place(SAMPLE))]
    value, places, problems = read_plain(folder / SAMPLE, SAMPLE)
    if value is None:
        return None, problems
    shape, wrong = fit(value, SampleFileShape, places, "ru")
    problems += wrong
    if shape is None:
        return None, problems
    dimensions, wrong = read_dimensions(shape, places, frame)
    problems += wrong
    known = {d.id: d for d in dimensions}
    levels, wrong = _levels(shape, places, known)
    problems += wrong + _numbers(shape, places) + _patterns(shape, places, known) + _quotas(shape, places, known)
    if has_errors(problems):
        return None, problems
    quotas = tuple(tuple(q) for q in shape.quotas) or (tuple(dict.fromkeys(d for lv in levels for d in lv.by)),)
    return _design(shape, places, dimensions, levels, quotas), problems


def _design(
    shape: SampleFileShape,
    places: Places,
    dimensions: tuple[Dimension, ...],
    levels: tuple[Level, ...],
    quotas: tuple[tuple[str, ...], ...],
) -> SampleDesign:
    a, t, adults = shape.assume, shape.towns, shape.adults
    return SampleDesign(
        size=shape.size,
        dimensions=dimensions,
        levels=levels,
        quotas=quotas,
        place=places.value(()),
        counts=shape.counts,
        structure=shape.structure,
        adult_share=adults.share if adults is not None else None,
        adult_source=adults.source if adults is not None else LocalText(),
        assume=Assumptions(a.share, a.deff, a.confidence, a.power, a.icc),
        towns=Towns(t.per_town, t.seed, places.key(("towns",)), t.least) if t is not None else None,
        tolerance=shape.tolerance,
        warn_under=shape.warn_under,
        column=shape.column,
    )


def _levels(
    shape: SampleFileShape, places: Places, known: Mapping[str, Dimension]
) -> tuple[tuple[Level, ...], list[Problem]]:
    found: list[Level] = []
    problems: list[Problem] = []
    used: set[str] = set()
    if not shape.allocation:
        problems.append(problem("sample-allocation-empty", places.value(("allocation",))))
    for i, level in enumerate(shape.allocation):
        at = ("allocation", i)
        by = (level.by,) if isinstance(level.by, str) else tuple(level.by)
        place = places.value((*at, "by"))
        wrong = _known(by, known, place)
        wrong += [problem("sample-dimension-twice", place, name=d) for d in by if d in used or by.count(d) > 1]
        used |= set(by)
        problems += wrong
        if wrong:
            continue
        cells = list(product(*(known[d].ids for d in by)))
        shares, bad = _keyed(level.shares, cells, places, (*at, "shares"))
        spread, worse = _keyed(level.spread, cells, places, (*at, "spread"))
        problems += bad + worse
        if not bad and not worse:
            problems += _rule(level, shares, spread, cells, places, at)
        exponent = level.exponent if level.exponent is not None else 1.0
        found.append(Level(by, level.rule, places.value(at), shares, exponent, spread, level.least))
    return tuple(found), problems


def _known(names: tuple[str, ...], known: Mapping[str, Dimension], place: Place) -> list[Problem]:
    facts = {"known": ", ".join(known)}
    found = [
        problem("sample-dimension-unknown", place, name=n, near=near(n, known), **facts)
        for n in names
        if n not in known
    ]
    return found or ([] if names else [problem("sample-dimension-none", place)])


def _keyed(
    written: Mapping[str, float], cells: list[Cell], places: Places, path: tuple[str | int, ...]
) -> tuple[dict[Cell, float], list[Problem]]:
    """Return numbers by cell; keys of two dimensions are written ``central > small``."""
    names = {f" {CROSSED} ".join(c): c for c in cells}
    found: dict[Cell, float] = {}
    problems: list[Problem] = []
    for key, value in written.items():
        plain = f" {CROSSED} ".join(p.strip() for p in key.split(CROSSED))
        if plain not in names:
            facts = {"name": key, "near": near(plain, names), "known": ", ".join(list(names)[:8])}
            problems.append(problem("sample-group-unknown", places.key((*path, key)), **facts))
        elif not (math.isfinite(value) and value >= 0):
            problems.append(problem("sample-number", places.value((*path, key)), name=key, got=value))
        else:
            found[names[plain]] = value
    return found, problems


def _rule(
    level: LevelShape,
    shares: Mapping[Cell, float],
    spread: Mapping[Cell, float],
    cells: list[Cell],
    places: Places,
    at: tuple[str | int, ...],
) -> list[Problem]:
    """Return what a rule lacks, or has and does not use."""
    problems: list[Problem] = []
    place = places.value(at)
    needs = {"fixed": ("shares", shares), "neyman": ("spread", spread)}.get(level.rule)
    if needs is not None:
        lost = [" > ".join(c) for c in cells if c not in needs[1]]
        if lost:
            problems.append(
                problem("sample-rule-lacks", place, rule=level.rule, word=needs[0], names=", ".join(lost[:8]))
            )
    if level.rule == "fixed" and shares and not shares_are_whole(shares):
        total = round(100 * sum(shares.values()), 4)
        problems.append(problem("sample-shares-sum", places.key((*at, "shares")), sum=total))
    if level.rule == "neyman" and spread and not any(spread.values()):
        problems.append(problem("sample-spread-zero", places.key((*at, "spread"))))
    if level.rule == "power" and (level.exponent is None or not 0 <= level.exponent <= 1):
        problems.append(problem("sample-exponent", place, got="–" if level.exponent is None else level.exponent))
    unused = {"shares": ("fixed", bool(level.shares)), "spread": ("neyman", bool(level.spread))}
    unused["exponent"] = ("power", level.exponent is not None)
    for word, (rule, there) in unused.items():
        if there and level.rule != rule:
            problems.append(problem("sample-rule-unused", places.key((*at, word)), word=word, rule=level.rule))
    if level.least < 0:
        problems.append(problem("value-out-of-range", places.value((*at, "least")), got=str(level.least), limit="≥ 0"))
    return problems


def shares_are_whole(shares: Mapping[Cell, float]) -> bool:
    """Tell whether fixed shares add to 100 %."""
    return abs(sum(shares.values()) - 1) <= 1e-6


def _numbers(shape: SampleFileShape, places: Places) -> list[Problem]:
    a, t = shape.assume, shape.towns
    limits: list[tuple[tuple[str, ...], float, bool, str]] = [
        (("size",), shape.size, shape.size >= 1, "≥ 1"),
        (("warn_under",), shape.warn_under, shape.warn_under >= 0, "≥ 0"),
        (("tolerance",), shape.tolerance, 0 <= shape.tolerance < 1, "0–100 %"),
        (("assume", "share"), a.share, 0 < a.share < 1, "0–100 %"),
        (("assume", "deff"), a.deff, a.deff >= 1, "≥ 1"),
        (("assume", "confidence"), a.confidence, 0.5 < a.confidence < 1, "50–100 %"),
        (("assume", "power"), a.power, 0.5 <= a.power < 1, "50–100 %"),
        (("assume", "icc"), a.icc, 0 <= a.icc < 1, "0–1"),
    ]
    if shape.adults is not None:
        limits.append((("adults", "share"), shape.adults.share, 0 < shape.adults.share <= 1, "0–100 %"))
    if t is not None:
        limits.append((("towns", "per_town"), t.per_town, t.per_town >= 1, "≥ 1"))
        limits.append((("towns", "least"), t.least, t.least >= 1, "≥ 1"))
    return [
        problem("value-out-of-range", places.value(path), got=f"{got:g}", limit=limit)
        for path, got, ok, limit in limits
        if not ok
    ]


def _patterns(shape: SampleFileShape, places: Places, known: Mapping[str, Dimension]) -> list[Problem]:
    """Return what is wrong with the patterns of ids in frame/targets.csv."""
    problems: list[Problem] = []
    strata = {d for level in shape.allocation for d in ([level.by] if isinstance(level.by, str) else level.by)}
    for word, pattern in (("counts", shape.counts), ("structure", shape.structure)):
        if pattern is None:
            continue
        names = tuple(BRACES.findall(pattern))
        place = places.value((word,))
        problems += _known(names, known, place)
        if word == "counts" and not strata <= set(names):
            facts = {"names": ", ".join(sorted(strata - set(names)))}
            problems.append(problem("sample-counts-lack", place, **facts))
    if shape.counts is None and strata - {"district", "size"} and strata <= set(known):
        names = tuple(sorted(strata - {"district", "size"}))
        problems.append(problem("sample-strata-uncounted", places.key(("allocation",)), names=", ".join(names)))
    return problems


def _quotas(shape: SampleFileShape, places: Places, known: Mapping[str, Dimension]) -> list[Problem]:
    """Return what is wrong with the dimensions of quota tables."""
    problems: list[Problem] = []
    strata = {d for level in shape.allocation for d in ([level.by] if isinstance(level.by, str) else level.by)}
    told = strata | set(BRACES.findall(shape.structure or "")) | set(BRACES.findall(shape.counts or ""))
    for i, quota in enumerate(shape.quotas):
        place = places.value(("quotas", i))
        wrong = _known(tuple(quota), known, place)
        wrong += [problem("sample-dimension-twice", place, name=d) for d in dict.fromkeys(quota) if quota.count(d) > 1]
        lost = [d for d in quota if d in known and d not in told]
        if lost:
            wrong.append(problem("sample-structure-lacks", place, names=", ".join(lost)))
        problems += wrong
    return problems
