"""What the results would be without the doubtful interviews: every share and mean with and without them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from posad.fieldwork.quality.values import Trace
from posad.study.questionnaire.codes import out_of_base, valueless
from posad.study.questionnaire.values import Item, Kind, Option, Questionnaire, option_column


@dataclass(frozen=True, slots=True)
class Effect:
    """One share (from 0 to 1) or mean, with all interviews and without the marked ones; bases are people, not weighted."""

    item: Item
    option: Option | None  # None for the mean of a number or scale
    all: float
    without: float
    base: int
    base_without: int

    @property
    def change(self) -> float:
        """How far the number moves: in shares from 0 to 1; means move in spans of their answers, so that both can be compared."""
        return self.without - self.all


def effects(questionnaire: Questionnaire, traces: Sequence[Trace], marked: Collection[str]) -> list[Effect]:
    """Return all shares, those that move most first."""
    rest = [t for t in traces if t.id not in marked]
    found = [e for item in questionnaire.items() for e in _of_item(item, traces, rest)]
    return sorted(found, key=lambda e: -abs(e.change))


def _of_item(item: Item, traces: Sequence[Trace], rest: Sequence[Trace]) -> Iterator[Effect]:
    if item.kind not in (Kind.SINGLE, Kind.SCALE, Kind.MULTIPLE):
        return
    for option in item.options:
        if option.code not in out_of_base(item):
            every, base = share(item, option, traces)
            without, left = share(item, option, rest)
            if base and left:
                yield Effect(item, option, every, without, base, left)


def share(item: Item, option: Option, traces: Sequence[Trace]) -> tuple[float, int]:
    """Return the share of those who gave an answer among those in the base, and the base."""
    given = base = 0
    out = out_of_base(item)
    for trace in traces:
        if item.kind is Kind.MULTIPLE:
            marks: Mapping[int, object] = {
                o.code: trace.answers.get(option_column(item.column, o.code)) for o in item.options
            }
            counted = any(m is not None for m in marks.values()) and not any(marks[c] == 1 for c in out)
            hit = marks[option.code] == 1
        else:
            value = trace.answers.get(item.column)
            counted, hit = value is not None and value not in out, value == option.code
        base += counted
        given += counted and hit
    return (given / base if base else 0.0), base


def mean(item: Item, traces: Sequence[Trace]) -> tuple[float, int]:
    """Return the mean of a number or of the points of a scale, and how many gave one."""
    none = valueless(item)
    values = [v for t in traces if isinstance(v := t.answers.get(item.column), int | float) and v not in none]
    return (sum(values) / len(values) if values else 0.0), len(values)
