"""Duplicates: interviews whose answers are all but the same, and answers in words that were copied.

Two people rarely agree in 95 of 100 answers when there are thirty or more; where they do, somebody looks at both. Fingerprints of
devices are not taken.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from posad.fieldwork.quality.values import USUAL, Found, Limits, Trace
from posad.fieldwork.values import Flag
from posad.study.questionnaire.values import Kind, Questionnaire, Role, columns_of, text_column

NAME = "duplicate"
COPY = "copied-words"
SHOWN = 8  # characters of another interview's id
_STEP = 256  # interviews compared with all others at once


def duplicates(questionnaire: Questionnaire, traces: Sequence[Trace], limits: Limits = USUAL) -> Found:
    """Return interviews that are all but equal to another, with the nearest one and the share of equal answers."""
    import numpy as np

    columns = [c for i in questionnaire.items() if i.kind not in (Kind.OPEN, Kind.TERRITORY) for c in columns_of(i)]
    if not columns or len(traces) < 2:
        return {}
    table = np.full((len(traces), len(columns)), np.nan)
    for row, trace in enumerate(traces):
        for at, column in enumerate(columns):
            value = trace.answers.get(column)
            if isinstance(value, int | float):
                table[row, at] = value
    answered = ~np.isnan(table)
    table = np.where(answered, table, -1e18)
    flags: dict[str, tuple[Flag, ...]] = {}
    for start in range(0, len(traces), _STEP):
        part, known = table[start : start + _STEP], answered[start : start + _STEP]
        equal = np.zeros((len(part), len(traces)), dtype=np.int32)
        both = np.zeros_like(equal)
        for at in range(len(columns)):
            together = known[:, at, None] & answered[None, :, at]
            both += together
            equal += together & (part[:, at, None] == table[None, :, at])
        share = np.where(both >= limits.least_answers, equal / np.maximum(both, 1), 0.0)
        share[np.arange(len(part)), np.arange(start, start + len(part))] = 0.0
        nearest = share.argmax(axis=1)
        for row, other in enumerate(nearest):
            if share[row, other] >= limits.alike:
                said = f"{traces[int(other)].id[:SHOWN]} ({share[row, other]:.0%})"
                flags[traces[start + row].id] = (Flag(NAME, said),)
    return flags


def copies(questionnaire: Questionnaire, traces: Sequence[Trace], limits: Limits = USUAL) -> Found:
    """Return interviews with a longer answer in words that another interview has word for word."""
    columns = [i.column for i in questionnaire.items() if i.kind is Kind.OPEN]
    columns += [text_column(i.column, o.code) for i in questionnaire.items() for o in i.options if Role.TEXT in o.roles]
    seen: dict[tuple[str, str], list[str]] = {}
    for trace in traces:
        for column in columns:
            words = _plain(trace.answers.get(column))
            if len(words) >= limits.least_words:
                seen.setdefault((column, words), []).append(trace.id)
    flags: dict[str, tuple[Flag, ...]] = {}
    for (column, _), ids in seen.items():
        for id in ids if len(ids) > 1 else ():
            other = next(o for o in ids if o != id)
            flags.setdefault(id, (Flag(COPY, f"{column}: {other[:SHOWN]}"),))
    return flags


def _plain(value: object) -> str:
    return " ".join(re.findall(r"\w+", value.casefold())) if isinstance(value, str) else ""
