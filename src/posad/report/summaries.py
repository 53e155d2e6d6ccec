"""What the data steps left behind, as lines of the method box."""

from __future__ import annotations

from posad.core.words import LocalText
from posad.processing.cleaning import CleaningLog
from posad.processing.weighing import Level, Weighed
from posad.report.document import CleaningLine, MarginLine, WeightSummary
from posad.study.plans import Study
from posad.study.variables import label_of_codes


def weight_summary(weighed: Weighed, study: Study) -> WeightSummary:
    """Return the diagnostics of a weight with names instead of codes and the source of each margin."""
    return WeightSummary(
        weighed.id,
        weighed.method,
        weighed.people,
        weighed.effective,
        weighed.design_effect,
        weighed.lowest,
        weighed.highest,
        tuple(_margin(level, weighed.id, study) for level in weighed.margins),
        weighed.note,
    )


def _margin(level: Level, weight: str, study: Study) -> MarginLine:
    item, plan = study.item(level.variable), study.weight(weight)
    margins = plan.margins if plan else ()
    source = next((m.source for m in margins if m.variable == level.variable), LocalText())
    label = item.label if item and item.label else LocalText.of(en=level.variable)
    group = label_of_codes(item, level.codes) if item else LocalText()
    return MarginLine(
        label, group or LocalText.of(en=str(level.codes)), level.target, level.before, level.after, source
    )


def cleaning_lines(log: CleaningLog) -> tuple[CleaningLine, ...]:
    """Return what each cleaning rule did."""
    return tuple(CleaningLine(rule.id, rule.reason, rule.action, len(rule.respondents)) for rule in log.rules)
