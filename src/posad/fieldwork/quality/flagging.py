"""All doubts about the interviews of a field, put together."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from posad.fieldwork.quality.doubles import copies, duplicates
from posad.fieldwork.quality.lines import straight_liners
from posad.fieldwork.quality.speed import speeders
from posad.fieldwork.quality.values import USUAL, Found, Limits, Trace
from posad.fieldwork.values import Flag
from posad.study.plans.values import CleaningRule
from posad.study.questionnaire.values import Questionnaire
from posad.study.rules import Rules, holds

TRAPPED = "honeypot"
CONTRADICTION = "contradiction"


def flag(
    rules: Rules, traces: Sequence[Trace], contradictions: Sequence[CleaningRule] = (), limits: Limits = USUAL
) -> dict[str, tuple[Flag, ...]]:
    """Return the marks of doubt of every interview that has any.

    Args:
        rules: The questionnaire's rules.
        traces: How the interviews went; each is held against all others.
        contradictions: The rules of cleaning.yaml; whoever meets one is marked with it.
        limits: From where on an interview is doubtful.
    """
    found: dict[str, list[Flag]] = {}
    kinds: Sequence[Found] = (
        speeders(traces, limits),
        *(kind(rules.questionnaire, traces, limits) for kind in KINDS),
        _contradicting(rules, traces, contradictions),
        {t.id: (Flag(TRAPPED),) for t in traces if t.trapped},
    )
    for flags in kinds:
        for id, some in flags.items():
            found.setdefault(id, []).extend(some)
    return {t.id: tuple(found[t.id]) for t in traces if t.id in found}


KINDS: tuple[Callable[[Questionnaire, Sequence[Trace], Limits], Found], ...] = (straight_liners, duplicates, copies)


def _contradicting(rules: Rules, traces: Sequence[Trace], cleaning: Sequence[CleaningRule]) -> Found:
    met: Mapping[str, list[Flag]] = {t.id: [] for t in traces}
    for rule in cleaning:
        for trace in traces:
            if holds(rules, rule.condition, trace.answers):
                met[trace.id].append(Flag(CONTRADICTION, rule.id))
    return {id: tuple(flags) for id, flags in met.items() if flags}
