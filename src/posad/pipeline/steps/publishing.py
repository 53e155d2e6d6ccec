"""The step that makes the report: facts, figures and tables of the chapters, then one page with all languages."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path

from posad.analysis.values import Result
from posad.claims.language.checking import NOTED
from posad.core.catalogue import CATALOGUE
from posad.core.digests import digest_of
from posad.core.place import Place
from posad.core.problems import Problem
from posad.core.words import LocalText
from posad.evidence.facts import make_fact
from posad.evidence.figures import addresses_of
from posad.evidence.territory.targets import is_official, official_fact
from posad.evidence.values import Fact, Figure
from posad.pipeline.field.told.telling import field_lines
from posad.pipeline.stale.lock import Lock
from posad.pipeline.steps.analysing import facts_of, with_results
from posad.pipeline.steps.chapters import CheckedChapters, check_chapters, waiver_lines
from posad.pipeline.steps.context import book_of, open_context, read_weighed
from posad.pipeline.steps.standing import figure_with_standing, with_standing
from posad.pipeline.steps.writing import look_problems, write_draft, write_report
from posad.pipeline.values import CLEANING, Outcome, Step
from posad.pipeline.words.opening import INTERVIEW_FILES
from posad.report.document import ChapterText, Report, WeightSummary, missing
from posad.report.summaries import benchmark_line, cleaning_lines, weight_summary
from posad.report.svg.reading import net_address
from posad.simulation.standing import read_standings
from posad.simulation.values import MANIFEST, SETTINGS, TARGETS
from posad.study.plans.values import Study
from posad.study.words.pathways.reading import PATHWAY_FILES
from posad.tabulation.book.making import book_table
from posad.tabulation.context import Context
from posad.tabulation.layout import COUNTED
from posad.tabulation.tables import make_table
from posad.tabulation.values import Table


def publish_step(lock: Lock) -> Step:
    """Return the step, with the memory that tells changed data from a changed definition."""
    return Step(
        "report",
        LocalText.of(ru="отчёт", en="report"),
        (
            "study.yaml",
            "questionnaire*.md",
            "variables.yaml",
            "weights.yaml",
            "tables.yaml",
            "report/*",
            "frame/*",
            "approvals.csv",
            "field.yaml",
            "answers/*.lock",
            *INTERVIEW_FILES,
            *PATHWAY_FILES,
            MANIFEST,
            SETTINGS,
            TARGETS,
        ),
        ("weigh", *(("analyses",) if "analyses" in lock.steps else ())),
        partial(publish, lock=lock),
        version=3,
    )


def publish(folder: Path, study: Study, lock: Lock) -> Outcome:
    """Check the chapters and, when nothing is wrong, put the new report in place of the old one."""
    book = book_of(folder, study) if study.answers else None
    stood = read_standings(folder, study)
    context = open_context(folder, study, book, stood) if book is not None else None
    results = with_results(folder, study, context)[0] if context is not None else {}
    chapters = check_chapters(folder, study, context, lock)
    problems = [*stood[1], *chapters.problems]
    report, found = gather(folder, study, context, chapters, results)
    if book is not None:
        book.save(less=NOTED)
    problems = list(dict.fromkeys([*problems, *found]))
    if any(CATALOGUE[p.code].severity == "error" for p in problems):
        return Outcome((), tuple(problems))
    return Outcome(tuple(write_report(folder, report, chapters, lock)), (*problems, *look_problems(report)))


def publish_draft(folder: Path, study: Study, lock: Lock, met: Sequence[Problem]) -> tuple[str, list[Problem]]:
    """Write what can be shown of a study with errors, as a draft beside the good report; return its name and what was found."""
    book = book_of(folder, study) if study.answers else None
    stood = read_standings(folder, study)
    context = open_context(folder, study, book, stood) if book is not None else None
    results = with_results(folder, study, context)[0] if context is not None else {}
    chapters = check_chapters(folder, study, context, lock)
    report, found = gather(folder, study, context, chapters, results)
    if book is not None:
        book.save(less=NOTED)
    problems = [*stood[1], *chapters.problems, *found]
    every = list(dict.fromkeys([*met, *problems]))
    return write_draft(folder, report, chapters, every), every


def gather(
    folder: Path,
    study: Study,
    context: Context | None,
    chapters: CheckedChapters,
    results: Mapping[str, Result],
) -> tuple[Report, list[Problem]]:
    """Return the report as a value, and what its chapters ask for in vain."""
    texts = _texts(study, chapters)
    quotes = {id: q for checked in chapters.checked for id in checked.interviews if (q := chapters.quotes.get(id))}
    facts = {c.address: c.fact for checked in chapters.checked for c in checked.claims if c.fact is not None}
    figures = {f.id: f for checked in chapters.checked for f in checked.figures}
    if context is None:
        maps = _of_frame(study, figures, facts)
        return Report(
            study, tuple(texts), facts, maps, stamp=digest_of([study.title, texts]), quotes=quotes, words=chapters.words
        ), []
    shown = {id: results[id] for checked in chapters.checked for id in checked.analyses if id in results}
    facts |= facts_of(shown)
    figures |= {f.id: f for result in shown.values() for f in result.figures}
    problems = _facts_of_figures(context, figures, facts)
    tables, found = _tables(context, sorted({name for checked in chapters.checked for name in checked.tables}))
    topline, more = _topline(context)
    log = json.loads((folder / CLEANING).read_text(encoding="utf-8"))
    weights, wrong = _weights(context, folder)
    story = field_lines(folder, study)
    told = [*map(digest_of, (*quotes.values(), *chapters.words.values())), *story]
    report = Report(
        study,
        tuple(texts),
        facts,
        figures,
        tables,
        topline,
        weights,
        cleaning_lines(log),
        log["read"],
        log["used"],
        context.simulated,
        limits=waiver_lines(chapters.checked),
        analyses=shown,
        quotes=quotes,
        words=chapters.words,
        field_story=story,
        data_digest=context.data_digest,
        stamp=digest_of([context.data_digest, [t.texts for t in texts], study.title, *told]),
    )
    return report, [*problems, *found, *more, *wrong, *missing(report)]


def _texts(study: Study, chapters: CheckedChapters) -> list[ChapterText]:
    return [
        ChapterText(
            chapter.id,
            {lang: (s.name, s.text) for lang, _ in chapter.files if (s := chapters.sources.get((chapter.id, lang)))},
        )
        for chapter in study.chapters
    ]


def _of_frame(study: Study, figures: Mapping[str, Figure], facts: dict[str, Fact]) -> dict[str, Figure]:
    """Return the figures that show official counts alone, which need no answers; their counts are put among the facts."""
    found = {}
    for id, figure in figures.items():
        addresses = addresses_of(figure)
        made = {a: official_fact(study, a, Place(""))[0] for a in addresses if is_official(study, a)}
        counts = {a: fact for a, fact in made.items() if fact is not None}
        if addresses and len(counts) == len(addresses):
            facts.update(counts)
            found[id] = figure
    return found


def _weights(context: Context, folder: Path) -> tuple[tuple[WeightSummary, ...], list[Problem]]:
    """Return the diagnostics of the weights, outside figures beside the study's own among them."""
    summaries, problems = [], []
    for id, weighed in read_weighed(folder).items():
        plan = context.study.weight(id)
        lines = []
        for benchmark in plan.benchmarks if plan is not None else ():
            fact, wrong = make_fact(context, benchmark.address, benchmark.place, weight=id)
            problems += wrong
            lines += [benchmark_line(benchmark, fact)] if fact is not None else []
        summaries.append(weight_summary(weighed, context.study, tuple(lines)))
    return tuple(summaries), problems


def _facts_of_figures(context: Context, figures: dict[str, Figure], facts: dict[str, Fact]) -> list[Problem]:
    problems: list[Problem] = []
    for figure in list(figures.values()):
        nets = [net_address(bracket, bar.cells[0]) for bar in figure.bars if bar.cells for bracket in figure.brackets]
        for address in dict.fromkeys([*addresses_of(figure), *nets]):
            if address and address not in facts:
                fact, found = make_fact(context, address, Place("report/figures.yaml"))
                problems += found
                if fact is not None:
                    facts[address] = fact
        tilts = {bar.tilt for bar in figure.bars}  # they shape an ellipse and are printed nowhere
        shown = [a for a in addresses_of(figure) if a not in tilts]
        figures[figure.id] = figure_with_standing(context, figure, facts, shown)
    return problems


def _tables(context: Context, names: list[str]) -> tuple[dict[str, Table], list[Problem]]:
    """Return the tables the chapters show: ``book/item`` by the book's banner in its style, with letters; ``item`` by Total alone."""
    tables: dict[str, Table] = {}
    problems: list[Problem] = []
    for name in names:
        book_id, _, item = name.rpartition("/")
        book = next((b for b in context.study.books if b.id == book_id), None)
        if book is None:
            table, found = _kept(context, item, partial(make_table, context, item))
        else:
            make = partial(
                book_table,
                context,
                item,
                book.banner,
                book.style,
                filter=book.filter,
                weight=book.weight,
                total=book.total,
                book=book.id,
            )
            table, found = _kept(context, f"{name} {digest_of(book)}", make)
        problems += found
        if table is not None:
            tables[name] = with_standing(context, table, filtered=book is not None and book.filter is not None)
    return tables, problems


def _kept(
    context: Context, name: str, make: Callable[[], tuple[Table | None, list[Problem]]]
) -> tuple[Table | None, list[Problem]]:
    """Return a table from the memory of these answers, or make it; only one without problems is kept."""
    problems: list[Problem] = []
    made: list[Table | None] = []

    def anew() -> tuple[Table, ...]:
        table, found = make()
        made.append(table)
        problems.extend(found)
        return (table,) if table is not None and not found else ()

    kept = context.recall(tuple[Table, ...], f"table {name}", anew)
    if kept:
        return kept[0], []
    if not made:
        anew()
    return made[0], problems


def _topline(context: Context) -> tuple[dict[str, Table], list[Problem]]:
    items = [i for i in context.study.questionnaire.items() if i.kind in COUNTED]
    found = {item.id: _kept(context, item.id, partial(make_table, context, item.id)) for item in items}
    return {id: with_standing(context, table) for id, (table, _) in found.items() if table is not None}, [
        p for _, ps in found.values() for p in ps
    ]
