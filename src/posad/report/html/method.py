"""The method box: who, when, how; what weighting did and cost; what cleaning did; what the intervals mean."""

from __future__ import annotations

from dataclasses import dataclass

from posad.core.numbers import number, percent
from posad.core.words import Language
from posad.report.document import Report, WeightSummary
from posad.report.html.wording import METHOD, method_label, people, words


@dataclass(frozen=True, slots=True)
class Grid:
    """A plain table of texts: the first cell of each line names it; ``numbers`` are the columns set to the right."""

    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numbers: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Section:
    """One part of the method box."""

    title: str
    says: tuple[str, ...] = ()
    pairs: tuple[tuple[str, str], ...] = ()
    grids: tuple[Grid, ...] = ()
    points: tuple[str, ...] = ()


def method_sections(report: Report, language: Language) -> tuple[Section, ...]:
    """Return the method box of a study with answers."""
    return (
        facts_section(report, language),
        *(_weights(w, language) for w in report.weights),
        *(
            (Section(words("weights_head", language), (words("weights_none", language),)),)
            if not report.weights
            else ()
        ),
        _cleaning(report, language),
        intervals_section(report, language),
        *limits_section(report, language),
    )


def facts_section(report: Report, language: Language) -> Section:
    """Return the study's own facts in the order in which method statements give them."""
    order = {key: place for place, key in enumerate(METHOD)}
    known = {"population": report.study.population, **report.study.facts}
    keys = sorted((k for k in known if k != "limits"), key=lambda k: order.get(k, len(order)))
    pairs = [(method_label(k, language), known[k].get(language)) for k in keys if known[k]]
    return Section("", pairs=tuple(pairs))


def intervals_section(report: Report, language: Language) -> Section:
    """Return the sentence on what the intervals assume, by the type of sample."""
    kind = report.study.sample_type
    key = kind if kind in ("quota", "probability", "census") else "unknown"
    return Section(words("intervals", language), (words(f"intervals_{key}", language),))


def limits_section(report: Report, language: Language) -> tuple[Section, ...]:
    """Return the limitations, when any are stated."""
    stated = [*report.limits, *([report.study.facts["limits"]] if "limits" in report.study.facts else [])]
    points = tuple(dict.fromkeys(text.get(language) for text in stated if text))
    return (Section(words("limits", language), points=points),) if points else ()


def _weights(weight: WeightSummary, language: Language) -> Section:
    if weight.method == "none":
        note = weight.note.get(language)
        return Section(words("weights_head", language), (words("weights_none", language), *([note] if note else ())))
    low, high = number(weight.smallest, language, 2), number(weight.largest, language, 2)
    pairs = (
        (words("people_file", language), number(weight.people, language)),
        (words("effective_n", language), number(weight.effective, language)),
        (words("deff", language), number(weight.design_effect, language, 2)),
        (words("efficiency", language), percent(weight.efficiency, language)),
        (words("range", language), f"{low} – {high}"),
    )
    said = (words(f"weights_{weight.method}", language), weight.note.get(language))
    grids = (_margins(weight, language),) if weight.margins else ()
    return Section(words("weights_head", language), tuple(s for s in said if s), pairs, grids)


def _margins(weight: WeightSummary, language: Language) -> Grid:
    heads = ("variable", "group_head", "target", "before", "after", "source")
    rows = []
    seen: set[str] = set()
    for line in weight.margins:
        name = line.variable.get(language)
        shares = (percent(v, language, 1) for v in (line.target, line.before, line.after))
        source = line.source.get(language)
        rows.append(
            (name if name not in seen else "", line.group.get(language), *shares, source if name not in seen else "")
        )
        seen.add(name)
    return Grid(words("margins", language), tuple(words(h, language) for h in heads), tuple(rows), frozenset({2, 3, 4}))


def _cleaning(report: Report, language: Language) -> Section:
    read, used = number(report.read or report.used, language), number(report.used, language)
    counts = words(
        "cleaning_counts", language, read=read, people=people(report.read or report.used, language), used=used
    )
    title = words("cleaning", language)
    if not report.cleaning:
        return Section(title, (counts, words("cleaning_none", language)))
    rows = tuple(
        (c.reason.get(language) or c.rule, words(f"action_{c.action}", language), number(c.people, language))
        for c in report.cleaning
    )
    heads = tuple(words(h, language) for h in ("rule", "action", "people_head"))
    return Section(title, (counts,), grids=(Grid(title, heads, rows, frozenset({2})),))
