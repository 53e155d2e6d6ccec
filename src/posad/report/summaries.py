"""What the data steps left behind, as lines of the method box."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from posad.core.words import LocalText
from posad.evidence.values import Fact
from posad.processing.weighing import Level, MeanLine, Weighed
from posad.report.document import BenchmarkLine, CleaningLine, MarginLine, MeanRow, WeightSummary
from posad.study.plans.values import Benchmark, Study
from posad.study.plans.variables import label_of_codes


def weight_summary(weighed: Weighed, study: Study, benchmarks: tuple[BenchmarkLine, ...] = ()) -> WeightSummary:
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
        tuple(_mean(line, weighed.id, study) for line in weighed.means),
        benchmarks,
    )


def _mean(line: MeanLine, weight: str, study: Study) -> MeanRow:
    item, plan = study.item(line.variable), study.weight(weight)
    source = next((m.source for m in (plan.means if plan else ()) if m.variable == line.variable), LocalText())
    label = item.label if item and item.label else LocalText.of(en=line.variable)
    if line.wave:
        label = LocalText(tuple((lang, f"{words} ({line.wave})") for lang, words in label.parts))
    return MeanRow(label, line.target, line.before, line.after, source)


def benchmark_line(benchmark: Benchmark, fact: Fact) -> BenchmarkLine:
    """Return an outside figure beside the study's number."""
    e = fact.estimate
    parts = [text for text in (fact.question, fact.measure, fact.group) if text]
    languages = dict.fromkeys(lang for text in parts for lang, _ in text.parts)
    label = LocalText(tuple((lang, ", ".join(t.get(lang) for t in parts)) for lang in languages))
    return BenchmarkLine(label, benchmark.value, e.value, e.low, e.high, e.statistic == "share", benchmark.source)


def _margin(level: Level, weight: str, study: Study) -> MarginLine:
    item, plan = study.item(level.variable), study.weight(weight)
    margins = plan.margins if plan else ()
    source = next((m.source for m in margins if m.variable == level.variable), LocalText())
    label = item.label if item and item.label else LocalText.of(en=level.variable)
    group = label_of_codes(item, level.codes) if item else LocalText()
    if level.wave:  # every wave is weighted by itself
        group = LocalText(tuple((lang, f"{words} ({level.wave})") for lang, words in group.parts))
    return MarginLine(
        label, group or LocalText.of(en=str(level.codes)), level.target, level.before, level.after, source
    )


def cleaning_lines(log: Mapping[str, Any]) -> tuple[CleaningLine, ...]:
    """Return what each cleaning rule did, from the plain values of the cleaning log."""
    return tuple(
        CleaningLine(r["id"], LocalText.from_mapping(r["reason"]), r["action"], r["people"]) for r in log["rules"]
    )
