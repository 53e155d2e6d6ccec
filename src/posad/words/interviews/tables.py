"""Codes by groups, codes together, saturation: counts of people and of passages, never percentages without n."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from posad.core.words import LocalText
from posad.study.words.interviews.values import Case, Code, Interviews, PlanGroup, Segment

SEED = 20_250_531


@dataclass(frozen=True, slots=True)
class Count:
    """How many people and passages a code has in one group."""

    people: int
    passages: int


@dataclass(frozen=True, slots=True)
class CodeLine:
    """One code: its depth in the codebook and its counts by group; those of a heading include the codes below it."""

    code: Code
    depth: int
    counts: Mapping[str, Count]
    total: Count


@dataclass(frozen=True, slots=True)
class CodesByGroup:
    """Codes × groups; ``people`` counts everybody of a group who was spoken to and whose interview was coded."""

    by: str
    groups: tuple[tuple[str, LocalText], ...]
    people: Mapping[str, int]
    lines: tuple[CodeLine, ...]


@dataclass(frozen=True, slots=True)
class Together:
    """Two codes on overlapping words: how many pairs of passages, in how many interviews; and on one paragraph."""

    first: str
    second: str
    overlaps: int
    paragraphs: int
    interviews: int


@dataclass(frozen=True, slots=True)
class SaturationStep:
    """One interview more: how many codes it brought that none before it had, and how many there are now.

    ``expected`` is the mean number of codes after so many interviews over random orders, ``low`` and ``high`` the middle 95 % of them.
    """

    interview: str
    new: int
    seen: int
    expected: float
    low: float
    high: float


def people_of(interviews: Interviews, segments: Iterable[Segment]) -> dict[str, list[tuple[str, Segment]]]:
    """Return, by code, who said each coded passage: the case whose turn it begins in; else the interview."""
    found: dict[str, list[tuple[str, Segment]]] = {}
    for s in segments:
        transcript = interviews.texts[s.interview]
        first, last = transcript.at(s.start, s.end)
        turns = [interviews.speaker_of(s.interview, p) for p in transcript.paragraphs[first - 1 : last]]
        who = next((c.id for c in turns if c is not None), f"interview:{s.interview}")
        found.setdefault(s.code, []).append((who, s))
    return found


def codes_by(interviews: Interviews, segments: Sequence[Segment], by: str = "group") -> CodesByGroup:
    """Return codes × groups.

    Args:
        interviews: The interviews.
        segments: Their sound codings by position; a passage coded alike by two coders counts once.
        by: ``group``, ``region``, or another column of cases.csv.
    """
    coded = {i for i, _ in interviews.coded}
    members: dict[str, list[str]] = {}
    for case in interviews.cases:
        if case.interview in coded:
            members.setdefault(attribute(case, by), []).append(case.id)
    labels = {g.id: g.label for g in _planned(interviews, by)}
    order = [*(g for g in labels if g in members), *(g for g in sorted(members) if g not in labels)]
    groups = tuple((g, labels.get(g, LocalText.of(ru=g or "не указано", en=g or "not given"))) for g in order)
    said = people_of(interviews, segments)
    lines = []
    for code, depth in interviews.codebook.walk():
        passages = [pair for id in interviews.codebook.below(code.id) for pair in said.get(id, ())]
        counts = {g: _count(passages, set(members[g])) for g in order}
        lines.append(CodeLine(code, depth, counts, _count(passages, None)))
    return CodesByGroup(by, groups, {g: len(members[g]) for g in order}, tuple(lines))


def attribute(case: Case, name: str) -> str:
    """Return what a case has in a column."""
    own = {"group": case.group, "region": case.region, "guide": case.guide, "date": case.date}
    return own.get(name, case.attributes.get(name, ""))


def _planned(interviews: Interviews, by: str) -> tuple[PlanGroup, ...]:
    return {"group": interviews.plan.groups, "region": interviews.plan.regions}.get(by, ())


def _count(passages: Iterable[tuple[str, Segment]], among: set[str] | None) -> Count:
    kept = [(who, s) for who, s in passages if among is None or who in among]
    merged = {(s.interview, s.start, s.end, s.code) for _, s in kept}
    return Count(len({who for who, _ in kept}), len(merged))


def together(interviews: Interviews, segments: Sequence[Segment]) -> tuple[Together, ...]:
    """Return every pair of codes that meet, the most frequent first; coders are not told apart."""
    places = sorted({(s.interview, s.start, s.end, s.code) for s in segments})
    by_interview: dict[str, list[tuple[int, int, str]]] = {}
    for interview, start, end, code in places:
        by_interview.setdefault(interview, []).append((start, end, code))
    overlaps: dict[tuple[str, str], int] = {}
    where: dict[tuple[str, str], set[str]] = {}
    paragraphs: dict[tuple[str, str], int] = {}
    order = {c.id: i for i, c in enumerate(interviews.codebook.codes)}

    def pair(a: str, b: str) -> tuple[str, str]:
        return (a, b) if (order.get(a, 0), a) <= (order.get(b, 0), b) else (b, a)

    for interview, spans in by_interview.items():
        for (s1, e1, a), (s2, e2, b) in combinations(spans, 2):
            if a != b and s2 < e1 and s1 < e2:
                overlaps[pair(a, b)] = overlaps.get(pair(a, b), 0) + 1
        for codes in _by_paragraph(interviews, interview, spans):
            for a, b in combinations(sorted(codes), 2):
                paragraphs[pair(a, b)] = paragraphs.get(pair(a, b), 0) + 1
                where.setdefault(pair(a, b), set()).add(interview)
    found = [Together(a, b, overlaps.get((a, b), 0), n, len(where[a, b])) for (a, b), n in paragraphs.items()]
    return tuple(sorted(found, key=lambda t: (-t.overlaps, -t.paragraphs, t.first, t.second)))


def _by_paragraph(interviews: Interviews, interview: str, spans: Iterable[tuple[int, int, str]]) -> Iterable[set[str]]:
    found: dict[int, set[str]] = {}
    for start, end, code in spans:
        first, last = interviews.texts[interview].at(start, end)
        for number in range(first, last + 1):
            found.setdefault(number, set()).add(code)
    return found.values()


def saturation(
    interviews: Interviews, segments: Sequence[Segment], *, orders: int = 1_000, seed: int = SEED
) -> tuple[SaturationStep, ...]:
    """Return how the number of codes grew, interview by interview in the order of their dates (those without one last).

    Interviews that nobody coded are left out. Random orders show whether the curve owes its bend to the order alone.
    """
    coded = {i for i, _ in interviews.coded}
    dates = {c.interview: c.date for c in interviews.cases if c.date}
    order = sorted((t.id for t in interviews.transcripts if t.id in coded), key=lambda i: (dates.get(i, "9"), i))
    codes = sorted({s.code for s in segments})
    if not order or not codes:
        return ()
    held = np.zeros((len(order), len(codes)), dtype=bool)
    for s in segments:
        if s.interview in order:
            held[order.index(s.interview), codes.index(s.code)] = True
    generator = np.random.default_rng(seed)
    curves = np.stack(
        [np.logical_or.accumulate(held[generator.permutation(len(order))]).sum(axis=1) for _ in range(orders)]
    )
    low, high = np.percentile(curves, [2.5, 97.5], axis=0)
    seen = np.logical_or.accumulate(held).sum(axis=1)
    return tuple(
        SaturationStep(
            interview, int(seen[i] - (seen[i - 1] if i else 0)), int(seen[i]), float(curves[:, i].mean()),
            float(low[i]), float(high[i]),
        )
        for i, interview in enumerate(order)
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Reached:
    """One cell of the recruitment grid: planned interviews (None: none were planned for it by number) and those there are."""

    group: str
    region: str
    planned: int | None
    reached: int


def recruitment(interviews: Interviews) -> tuple[Reached, ...]:
    """Return the recruitment grid: groups × regions where both are planned, then groups and regions by themselves.

    A case counts as reached when its transcript is there.
    """
    plan = interviews.plan
    there = [c for c in interviews.cases if c.interview in interviews.texts]
    found = []
    for (group, region), planned in plan.grid.items():
        n = sum(c.group == group and c.region == region for c in there)
        found.append(Reached(group, region, planned, n))
    beyond = {(c.group, c.region) for c in there if plan.grid and (c.group, c.region) not in plan.grid}
    found += [Reached(g, r, 0, sum((c.group, c.region) == (g, r) for c in there)) for g, r in sorted(beyond)]
    found += [Reached(g.id, "", g.planned, sum(c.group == g.id for c in there)) for g in plan.groups]
    found += [Reached("", r.id, r.planned, sum(c.region == r.id for c in there)) for r in plan.regions]
    return tuple(found)
