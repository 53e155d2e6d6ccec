"""The method box: who, when, how; what weighting did and cost; what cleaning did; what the intervals mean."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import groupby

from posad.core.numbers import number, percent
from posad.core.words import Language, LocalText
from posad.report.document import BenchmarkLine, Report, WeightSummary
from posad.report.wording import METHOD, method_label, people, questions_word, words


@dataclass(frozen=True, slots=True)
class Grid:
    """A plain table of texts: the first cell of each line names it; ``numbers`` are the columns set to the right."""

    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numbers: frozenset[int] = frozenset()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """One part of the method box."""

    title: str
    says: tuple[str, ...] = ()
    pairs: tuple[tuple[str, str], ...] = ()
    grids: tuple[Grid, ...] = ()
    points: tuple[str, ...] = ()


# The order of AAPOR's and ESOMAR's disclosure: who and why, the instrument, whom and how chosen, how and when asked, how many.
PARTS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("part_who", ("sponsor", "who", "operator", "purpose")),
    ("part_instrument", ("language", "languages")),
    ("part_sample", ("population", "frame", "sample", "selection", "incentive")),
    ("part_field", ("mode", "when", "where", "response")),
    ("part_more", ("quality", "retention", "contact")),
)
DISCLOSED = ("sponsor", "who", "frame", "sample", "selection", "mode", "when", "response")  # what a reader is owed


def method_sections(report: Report, language: Language) -> tuple[Section, ...]:
    """Return the method of a study with answers, in the order of professional disclosure."""
    who, instrument, sample, field, more = (_part(report, language, title, keys) for title, keys in PARTS)
    unweighted = Section(words("weights_head", language), (words("weights_none", language),))
    return tuple(
        section
        for section in (
            *_simulated(report, language),
            who,
            replace(instrument, says=_instrument(report, language)),
            sample,
            field,
            Section(words("field_story", language), points=tuple(said.get(language) for said in report.field_story)),
            _precision(report, language),
            *(_weights(w, language) for w in report.weights),
            *(() if report.weights else (unweighted,)),
            _cleaning(report, language),
            *limits_section(report, language),
            *_undisclosed(report, language),
            more,
        )
        if section.says or section.pairs or section.grids or section.points
    )


def _part(report: Report, language: Language, title: str, keys: tuple[str, ...]) -> Section:
    """Return the study's own statements of one part; statements of no known part stand in the last."""
    known = {"population": report.study.population, **report.study.facts}
    placed = {k for _, ks in PARTS for k in ks} | {"limits", "sample_size"}
    extra = tuple(k for k in known if k not in placed) if title == "part_more" else ()
    pairs = tuple((method_label(k, language), known[k].get(language)) for k in (*keys, *extra) if known.get(k))
    return Section(words(title, language), pairs=pairs)


def _simulated(report: Report, language: Language) -> tuple[Section, ...]:
    if not report.simulated:
        return ()
    said = (words("simulated_long", language), words("simulated_method", language))
    return (Section(words("simulated", language), said),)


def _instrument(report: Report, language: Language) -> tuple[str, ...]:
    questions = report.study.questionnaire.questions
    said = words("instrument", language, n=len(questions), questions=questions_word(len(questions), language))
    return (said,)


def _precision(report: Report, language: Language) -> Section:
    """Return how many were asked and how close a share of a half comes, with what that assumes."""
    pairs = [(words("people_file", language), number(report.used, language))]
    wanted = report.study.facts.get("sample_size")
    if wanted:
        pairs.append((words("planned", language), wanted.get(language)))
    for weight in report.weights or ():
        pairs.append((words("effective_n", language), number(weight.effective, language)))
        break
    effective = report.weights[0].effective if report.weights else float(report.used)
    if report.study.sample_type != "census" and effective > 0:
        half = number(100 * 1.96 * (0.25 / effective) ** 0.5, language, 1)
        pairs.append((words("half_width", language), f"±{half}\N{NO-BREAK SPACE}{words('points', language)}"))
    said = intervals_section(report, language).says
    return Section(words("part_precision", language), said, tuple(pairs))


def _undisclosed(report: Report, language: Language) -> tuple[Section, ...]:
    """Say what readers of a survey are owed and the study does not state."""
    missing = [k for k in DISCLOSED if not report.study.facts.get(k)]
    if not missing:
        return ()
    listed = tuple(method_label(k, language) for k in missing)
    return (Section(words("undisclosed", language), (words("undisclosed_long", language),), points=listed),)


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
    return Section(words("weights_head", language), tuple(s for s in said if s), pairs, _margins(weight, language))


def _margins(weight: WeightSummary, language: Language) -> tuple[Grid, ...]:
    """Return a table for each margin: its groups, their shares in the population and in the sample; the source under it."""
    heads = tuple(words(h, language) for h in ("group_head", "target", "before", "after"))
    grids = []
    for name, lines in groupby(weight.margins, key=lambda line: line.variable.get(language)):
        listed = tuple(lines)
        rows = tuple(
            (line.group.get(language), *(percent(v, language, 1) for v in (line.target, line.before, line.after)))
            for line in listed
        )
        grids.append(Grid(name, heads, rows, frozenset({1, 2, 3}), source_note(listed[0].source, language)))
    for mean in weight.means:
        values = tuple(number(v, language, 2) for v in (mean.target, mean.before, mean.after))
        name = mean.variable.get(language)
        row = ((words("mean_row", language), *values),)
        grids.append(Grid(name, heads, row, frozenset({1, 2, 3}), source_note(mean.source, language)))
    return (*grids, *_benchmarks(weight, language))


def _benchmarks(weight: WeightSummary, language: Language) -> tuple[Grid, ...]:
    """Return the outside figures not used in weighting, beside the study's own: how far off, with the interval of the gap."""
    if not weight.benchmarks:
        return ()
    heads = tuple(words(h, language) for h in ("benchmark_head", "target", "after", "gap"))
    rows = []
    for line in weight.benchmarks:
        figures = (_figure(v, line.share, language) for v in (line.outside, line.ours))
        rows.append((line.label.get(language), *figures, _gap(line, language)))
    sources = dict.fromkeys(line.source.get(language) for line in weight.benchmarks if line.source)
    note = f"{words('source', language)}: {'; '.join(sources)}" if sources else ""
    return (Grid(words("benchmarks", language), heads, tuple(rows), frozenset({1, 2, 3}), note),)


def _figure(value: float | None, share: bool, language: Language) -> str:
    if value is None:
        return "–"
    return percent(value, language, 1) if share else number(value, language, 2)


def _gap(line: BenchmarkLine, language: Language) -> str:
    if line.ours is None:
        return "–"
    scale, digits = (100, 1) if line.share else (1, 2)
    gaps = [None if v is None else (v - line.outside) * scale for v in (line.ours, line.low, line.high)]
    value, low, high = (None if g is None else number(g, language, digits) for g in gaps)
    return f"{value} ({low} … {high})" if low is not None and high is not None else str(value)


def source_note(source: LocalText, language: Language) -> str:
    """Return the line that names a source."""
    return f"{words('source', language)}: {source.get(language)}" if source else ""


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
