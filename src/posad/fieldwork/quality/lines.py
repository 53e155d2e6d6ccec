"""Straight-liners: the same answer all the way down a grid, held against how many people answer that grid so.

Everybody may use all eighteen companies; in such a grid one answer is no sign. So each grid has a base rate, the share of people who
answer it in one line, and somebody is marked when the lines they drew are together rarer than 2 in 100.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from posad.fieldwork.quality.values import USUAL, Found, Limits, Trace
from posad.fieldwork.values import Flag
from posad.study.questionnaire.codes import out_of_base, valueless
from posad.study.questionnaire.values import Item, Kind, Question, Questionnaire, items_of

NAME = "straight-liner"
RATED = (Kind.SINGLE, Kind.SCALE)


def straight_liners(questionnaire: Questionnaire, traces: Sequence[Trace], limits: Limits = USUAL) -> Found:
    """Return who answered grids in one line, with the grids and how rare that is."""
    drawn: dict[str, list[str]] = {t.id: [] for t in traces}
    rates: dict[str, float] = {}
    for name, items in _grids(questionnaire, limits):
        judged = {t.id: straight(items, t.answers, limits.least_rows) for t in traces}
        answered = [one for one in judged.values() if one is not None]
        if len(answered) < limits.least_interviews:
            continue
        rates[name] = sum(answered) / len(answered)
        for id, one in judged.items():
            if one:
                drawn[id].append(name)
    flags: dict[str, tuple[Flag, ...]] = {}
    for id, names in drawn.items():
        chance = 1.0
        for name in names:
            chance *= rates[name]
        if names and chance <= limits.straight:
            flags[id] = (Flag(NAME, f"{', '.join(names)} ({chance:.2g})"),)
    return flags


def _grids(questionnaire: Questionnaire, limits: Limits) -> list[tuple[str, list[Item]]]:
    """Return grids with enough rows, each criterion and each turn of a loop as one."""
    found: dict[str, list[Item]] = {}
    for question in questionnaire.questions:
        if question.kind is Kind.GRID and question.cell in RATED:
            for item in items_of(question):
                found.setdefault(_line(question, item), []).append(item)
    return [(name, items) for name, items in found.items() if len(items) >= limits.least_rows]


def _line(question: Question, item: Item) -> str:
    turn = ""
    if question.loop is not None and item.row is not None:
        turn = "_".join(item.row.split("_")[: question.loop.source.count("_") + 2])
    return ".".join(part for part in (question.id, turn, item.criterion) if part)


def straight(items: Sequence[Item], answers: Mapping[str, object], least: int) -> bool | None:
    """Tell whether a grid was answered in one line; None where too few of its rows got an answer that says something."""
    given = []
    for item in items:
        value = answers.get(item.column)
        if value is not None and value not in valueless(item) | out_of_base(item):
            given.append(value)
    return None if len(given) < least else len(set(given)) == 1
