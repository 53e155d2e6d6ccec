"""Agreement of coders: Krippendorff's alpha and Cohen's kappa for each code over paragraphs, with bootstrap intervals.

A unit is a paragraph of an interview that at least two coders coded, the interviewer's own turns apart; a coder's value is whether the
code (or one below it) touches it. A coder without a file for the interview has no value there.

Alpha (nominal) is 1 - Do/De with the coincidence matrix of Krippendorff, "Computing Krippendorff's Alpha-Reliability" (2011); kappa
is (po - pe)/(1 - pe) of Cohen, "A coefficient of agreement for nominal scales" (1960). Intervals resample interviews, whose
paragraphs are not independent; where fewer than ``FEWEST`` interviews were coded by several, paragraphs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from posad.study.words.interviews.values import Interviews, Segment

FEWEST = 6
DRAWS = 2_000
SEED = 20_250_531
Table = NDArray[np.float64]  # coders × units; NaN where a coder has no value


@dataclass(frozen=True, slots=True)
class Agreement:
    """How coders agree on one code (``code`` empty: on all of them together).

    ``value`` is None where it is not defined: nobody coded it, or no unit has two values. ``low`` and ``high`` are the ends of the
    95 % interval; ``units`` are paragraphs with at least two values, ``used`` those where at least one coder used the code.
    """

    code: str
    coders: tuple[str, ...]
    statistic: str  # alpha, kappa
    value: float | None
    low: float | None
    high: float | None
    units: int
    used: int
    interviews: int
    resampled: str  # interviews, paragraphs


def alpha(table: Table) -> float | None:
    """Return nominal alpha of a table of coders × units; NaN where a value is missing.

    >>> round(alpha(np.array([[1.0, 0, 1, 0], [1.0, 0, 0, 0]])), 6)
    0.533333

    Returns:
        The coefficient, or None where no unit has two values or all values are the same.
    """
    values = np.unique(table[~np.isnan(table)])
    counts = np.stack([(table == v).sum(axis=0) for v in values]).astype(float) if len(values) else np.zeros((0, 0))
    if counts.size == 0:
        return None
    m = counts.sum(axis=0)
    counts, m = counts[:, m >= 2], m[m >= 2]
    n = float(m.sum())
    if n == 0:
        return None
    observed = float(((m * m - (counts * counts).sum(axis=0)) / (m - 1)).sum())
    totals = counts.sum(axis=1)
    expected = n * n - float((totals * totals).sum())
    return None if expected == 0 else 1 - (n - 1) * observed / expected


def kappa(a: NDArray[np.float64], b: NDArray[np.float64]) -> float | None:
    """Return kappa of two coders over the units that both have a value for; None where it is not defined.

    >>> round(kappa(np.array([1.0, 1, 0, 0]), np.array([1.0, 0, 0, 0])), 6)
    0.5
    """
    both = ~np.isnan(a) & ~np.isnan(b)
    a, b = a[both], b[both]
    n = len(a)
    if n == 0:
        return None
    values = np.unique(np.concatenate([a, b]))
    agreed = int((a == b).sum())
    by_chance = sum(int((a == v).sum()) * int((b == v).sum()) for v in values)
    return None if by_chance == n * n else (agreed * n - by_chance) / (n * n - by_chance)


@dataclass(frozen=True)
class Units:
    """The paragraphs that several coders coded: by code a table of coders × units, and the interview of each unit."""

    coders: tuple[str, ...]
    interviews: tuple[str, ...]
    tables: Mapping[str, Table]


def units_of(interviews: Interviews, segments: Iterable[Segment], coders: Sequence[str] = ()) -> Units:
    """Return the units of agreement.

    Args:
        interviews: The interviews.
        segments: Their codings by position.
        coders: Whose codings are compared; everybody's where nobody is named.
    """
    who = tuple(coders) or interviews.coders
    coded = {(i, c) for i, c in interviews.coded if c in who}
    several = [t for t in interviews.transcripts if sum((t.id, c) in coded for c in who) >= 2]
    offsets, total = {}, 0
    for t in several:
        offsets[t.id] = total
        total += len(t.paragraphs)
    blank = np.full((len(who), total), np.nan)
    for t in several:
        for row, coder in enumerate(who):
            if (t.id, coder) in coded:
                blank[row, offsets[t.id] : offsets[t.id] + len(t.paragraphs)] = 0.0
        asked = [p.number - 1 for p in t.paragraphs if p.speaker in interviews.plan.interviewer]
        blank[:, [offsets[t.id] + i for i in asked]] = np.nan
    tables = {code.id: blank.copy() for code in interviews.codebook.codes}
    above = {code.id: interviews.codebook.path(code.id) for code in interviews.codebook.codes}
    for s in segments:
        if s.interview not in offsets or s.coder not in who:
            continue
        first, last = interviews.texts[s.interview].at(s.start, s.end)
        begin = offsets[s.interview]
        for code in above.get(s.code, ()):
            cells = tables[code][who.index(s.coder), begin + first - 1 : begin + last]
            cells[~np.isnan(cells)] = 1.0
    return Units(who, tuple(t.id for t in several for _ in t.paragraphs), tables)


def agreements(
    interviews: Interviews,
    segments: Iterable[Segment],
    coders: Sequence[str] = (),
    *,
    draws: int = DRAWS,
    seed: int = SEED,
) -> tuple[Agreement, ...]:
    """Return alpha of all coders for every code, of all codes together, and kappa of every pair of coders."""
    units = units_of(interviews, segments, coders)
    if len(units.coders) < 2 or not units.interviews:
        return ()
    found = [_measured(units, code, units.coders, "alpha", draws, seed) for code in units.tables]
    together = _together(interviews, units)
    whole = Units(units.coders, units.interviews * len(together), {"": np.concatenate(together, axis=1)})
    found.insert(0, _measured(whole, "", units.coders, "alpha", draws, seed))
    for pair in combinations(units.coders, 2):
        found.append(_measured(whole, "", pair, "kappa", draws, seed))
        found += [_measured(units, code, pair, "kappa", draws, seed) for code in units.tables]
    return tuple(found)


def _together(interviews: Interviews, units: Units) -> list[Table]:
    """Return the tables of the codes that can be put on words: headings would count them twice."""
    return [units.tables[c.id] for c in interviews.codebook.codes if c.codable] or list(units.tables.values())


def _measured(units: Units, code: str, coders: tuple[str, ...], statistic: str, draws: int, seed: int) -> Agreement:
    rows = [units.coders.index(c) for c in coders]
    table = units.tables[code][rows]
    full = (~np.isnan(table)).sum(axis=0) >= 2
    table = table[:, full]
    names = np.array(units.interviews, dtype=object)[full]

    def of(some: Table) -> float | None:
        return alpha(some) if statistic == "alpha" else kappa(some[0], some[1])

    clusters = len(set(names))
    resampled = "interviews" if clusters >= FEWEST else "paragraphs"
    low, high = _interval(table, names, of, resampled, draws, seed)
    used = int((np.nan_to_num(table) > 0).any(axis=0).sum())
    return Agreement(code, coders, statistic, of(table), low, high, int(full.sum()), used, clusters, resampled)


def _interval(
    table: Table,
    names: NDArray[np.object_],
    of: Callable[[Table], float | None],
    resampled: str,
    draws: int,
    seed: int,
) -> tuple[float | None, float | None]:
    """Return the 2.5th and 97.5th percentile of the statistic over resampled clusters; draws where it is not defined are left out.

    Columns are counted by pattern: every statistic here depends on how often each pattern of values occurs, never on the order.
    """
    if table.shape[1] == 0 or of(table) is None:
        return None, None
    clusters = names if resampled == "interviews" else np.arange(table.shape[1]).astype(object)
    ids = {name: i for i, name in enumerate(dict.fromkeys(clusters))}
    patterns, which = np.unique(np.nan_to_num(table, nan=-1.0), axis=1, return_inverse=True)
    patterns = np.where(patterns == -1.0, np.nan, patterns)
    counts = np.zeros((len(ids), patterns.shape[1]), dtype=np.int64)
    np.add.at(counts, (np.array([ids[c] for c in clusters]), which.ravel()), 1)
    generator = np.random.default_rng(seed)
    drawn = generator.multinomial(len(ids), np.full(len(ids), 1 / len(ids)), size=draws) @ counts
    cache: dict[bytes, float | None] = {}
    found = []
    for row in drawn:
        key = row.tobytes()
        if key not in cache:
            cache[key] = of(np.repeat(patterns, row, axis=1))
        if (value := cache[key]) is not None:
            found.append(value)
    if not found:
        return None, None
    low, high = np.percentile(found, [2.5, 97.5])
    return float(low), float(high)
