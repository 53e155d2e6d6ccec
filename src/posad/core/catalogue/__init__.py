"""Every problem posad can name, in two languages, by topic.

To add one: 1. an entry in the topic's file here; 2. one ``problem("the-code", place, fact=…)`` where it is found; 3. a test that
asserts the code. Its page in the docs is written from the entry.

Braces name facts and may say how to show them: ``{name}`` as it is, ``{rows:row|rows}`` and ``{rows:строка|строки|строк}`` a
count with its noun, ``{needed:kinds}`` kinds of value (``text+list``) in words.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from posad.core.catalogue import (
    analysis,
    analysis_causes,
    analysis_gaps,
    analysis_towns,
    claims,
    coding,
    data,
    estimation,
    expressions,
    fieldwork_answers,
    fieldwork_contacts,
    fieldwork_forecast,
    fieldwork_ledger,
    fieldwork_quotas,
    fieldwork_site,
    frame,
    interviews,
    maps,
    pathways,
    pipeline,
    plans,
    questionnaire,
    reading,
    report,
    simulation,
    territory_indicators,
    territory_rules,
)
from posad.core.problems import Entry

TOPICS: Mapping[str, Mapping[str, Entry]] = MappingProxyType(
    {
        "reading": reading.ENTRIES,
        "questionnaire": questionnaire.ENTRIES,
        "expressions": expressions.ENTRIES,
        "plans": plans.ENTRIES,
        "frame": frame.ENTRIES,
        "position and strategies": territory_rules.ENTRIES,
        "indicators": territory_indicators.ENTRIES,
        "maps": maps.ENTRIES,
        "data": data.ENTRIES,
        "estimation": estimation.ENTRIES,
        "analysis": analysis.ENTRIES,
        "analyses of causes": analysis_causes.ENTRIES,
        "analyses of gaps": analysis_gaps.ENTRIES,
        "analyses of towns": analysis_towns.ENTRIES,
        "claims": claims.ENTRIES,
        "report": report.ENTRIES,
        "pipeline": pipeline.ENTRIES,
        "simulation": simulation.ENTRIES,
        "rehearsals and forecasts": fieldwork_forecast.ENTRIES,
        "interviews": interviews.ENTRIES,
        "coding of open answers": coding.ENTRIES,
        "impact pathways": pathways.ENTRIES,
        "ledger of interviews": fieldwork_ledger.ENTRIES,
        "answers of the field": fieldwork_answers.ENTRIES,
        "quotas in the field": fieldwork_quotas.ENTRIES,
        "site and panels": fieldwork_site.ENTRIES,
        "people invited": fieldwork_contacts.ENTRIES,
    }
)


def merge(topics: Mapping[str, Mapping[str, Entry]]) -> Mapping[str, Entry]:
    """Return one catalogue of all topics.

    Raises:
        ValueError: when two topics use the same code.
    """
    merged: dict[str, Entry] = {}
    owner: dict[str, str] = {}
    for topic, entries in topics.items():
        for code, entry in entries.items():
            if code in merged:
                raise ValueError(f"problem code '{code}' is in two topics: {owner[code]} and {topic}")
            merged[code] = entry
            owner[code] = topic
    return MappingProxyType(merged)


CATALOGUE: Mapping[str, Entry] = merge(TOPICS)

__all__ = ["CATALOGUE", "TOPICS", "merge"]
