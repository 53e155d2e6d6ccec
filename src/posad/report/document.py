"""Everything a publication is made of, as one frozen value: any writer (page, sheet, slide) reads the same.

A :class:`Report` holds no number of its own: facts, figures and tables were made below, and writers only print them. The stamp is
a digest of what went in, never a clock, so the same study gives the same bytes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from posad.analysis.values import Result
from posad.core.problems import Problem, problem
from posad.core.words import Language, LocalText
from posad.evidence.values import Fact, Figure
from posad.evidence.words.quotes import QuoteFact
from posad.evidence.words.tables import WordTable
from posad.study.plans.values import Study
from posad.tabulation.values import Table


@dataclass(frozen=True, slots=True)
class ChapterText:
    """One chapter: by language, the file it was read from and its Markdown."""

    id: str
    texts: Mapping[Language, tuple[str, str]]

    def get(self, language: Language) -> tuple[Language, str, str]:
        """Return the language found, the file and the Markdown: the language asked for, or the first there is."""
        found = language if language in self.texts else next(iter(self.texts), language)
        file, text = self.texts.get(found, (self.id, ""))
        return found, file, text


@dataclass(frozen=True, slots=True)
class MarginLine:
    """One line of a weighting margin: a group's share in the population, and in the sample before and after weighting."""

    variable: LocalText
    group: LocalText
    target: float
    before: float
    after: float
    source: LocalText = LocalText()


@dataclass(frozen=True, slots=True)
class MeanRow:
    """One mean that the weights were brought to: in the population, in the sample before and after."""

    variable: LocalText
    target: float
    before: float
    after: float
    source: LocalText = LocalText()


@dataclass(frozen=True, slots=True)
class BenchmarkLine:
    """One figure known from elsewhere and not used in weighting, beside the study's own with its interval."""

    label: LocalText
    outside: float
    ours: float | None
    low: float | None
    high: float | None
    share: bool
    source: LocalText = LocalText()


@dataclass(frozen=True, slots=True)
class WeightSummary:
    """How the answers were weighted and what it cost.

    ``design_effect`` is 1 + CV² of the weights (Kish), ``efficiency`` its inverse; ``smallest`` and ``largest`` are ratios to the
    mean weight.
    """

    id: str
    method: str  # none, given, rake
    people: int
    effective: float
    design_effect: float
    smallest: float
    largest: float
    margins: tuple[MarginLine, ...] = ()
    note: LocalText = LocalText()
    means: tuple[MeanRow, ...] = ()
    benchmarks: tuple[BenchmarkLine, ...] = ()

    @property
    def efficiency(self) -> float:
        """The share of the sample's precision that weighting leaves."""
        return 1 / self.design_effect if self.design_effect else 0.0


@dataclass(frozen=True, slots=True)
class CleaningLine:
    """What one cleaning rule did: whom it caught, and whether they were only flagged."""

    rule: str
    reason: LocalText
    action: str  # flag, exclude
    people: int


@dataclass(frozen=True, slots=True)
class Change:
    """A number of the chapters that is not what it was at the last build: its address, what it was, and why it moved."""

    address: str
    before: float
    why: str  # data, definition, both


@dataclass(frozen=True, slots=True)
class Report:
    """A study ready to be published.

    ``tables`` are those the chapters show, by the words after ``#table:`` (``like@sex``), ``analyses`` those after ``#analysis:``;
    ``topline`` holds a table with a total column for each item of the questionnaire. ``read`` and ``used`` count the people in the
    raw files and in the tables; a study without answers has none and is published as its plan.
    """

    study: Study
    chapters: tuple[ChapterText, ...] = ()
    facts: Mapping[str, Fact] = field(default_factory=dict)
    figures: Mapping[str, Figure] = field(default_factory=dict)
    tables: Mapping[str, Table] = field(default_factory=dict)
    topline: Mapping[str, Table] = field(default_factory=dict)
    weights: tuple[WeightSummary, ...] = ()
    cleaning: tuple[CleaningLine, ...] = ()
    read: int = 0
    used: int = 0
    simulated: bool = False
    subtitle: LocalText = LocalText()
    limits: tuple[LocalText, ...] = ()
    data_digest: str = ""
    stamp: str = ""
    changes: tuple[Change, ...] = ()
    draft: tuple[LocalText, ...] = ()  # what is wrong, where the report is a draft
    analyses: Mapping[str, Result] = field(default_factory=dict)
    words: Mapping[str, WordTable] = field(default_factory=dict)  # tables of interviews the chapters show
    quotes: Mapping[str, QuoteFact] = field(default_factory=dict)  # those the chapters show, by id
    field_story: tuple[LocalText, ...] = ()  # how the field departed from its plan, a sentence each
    refused: frozenset[tuple[str, int, int]] = frozenset()  # file, line and column of numbers a draft does not show

    @property
    def title(self) -> LocalText:
        """The study's title."""
        return self.study.title

    @property
    def languages(self) -> tuple[Language, ...]:
        """The languages the report is published in, the study's own first."""
        return self.study.languages

    @property
    def has_answers(self) -> bool:
        """Tell whether anybody has answered."""
        return self.used > 0


def missing(report: Report) -> list[Problem]:
    """Return a problem for each link of the chapters that the report cannot show, and each picture it would have to fetch."""
    found = []
    for chapter in report.chapters:
        for file, text in chapter.texts.values():
            found += _missing_in(report, file, text)
    return found


def _missing_in(report: Report, file: str, text: str) -> list[Problem]:
    from posad.core.reading.markdown import links

    kinds: tuple[tuple[str, Mapping[str, object], str], ...] = (
        ("chart:", report.figures, "report-figure-missing"),
        ("table:", report.tables, "report-table-missing"),
        ("analysis:", report.analyses, "report-analysis-missing"),
    )
    found = []
    for link in links(text, file):
        target = link.target
        if not target.startswith("#"):
            if link.image:
                found.append(problem("report-picture-outside", link.place, target=target))
            continue
        kind = next((k for k in kinds if target[1:].startswith(k[0]) and (link.image or k[0] != "analysis:")), None)
        if kind and target[1 + len(kind[0]) :] not in kind[1]:
            found.append(problem(kind[2], link.place, name=target[1 + len(kind[0]) :]))
        elif not kind and is_number(target) and target[1:] not in report.facts and report.has_answers:
            found.append(problem("report-number-missing", link.place, name=target[1:]))
    return found


def is_number(target: str) -> bool:
    """Tell whether a link leads to a number: ``#like.top2``, not a page, a chart or ``#interview:01``.

    >>> is_number("#like.top2@mood:optimists"), is_number("#chart:move"), is_number("https://example.org")
    (True, False, False)
    """
    if not target.startswith("#") or "." not in target:
        return False
    head = target[1:].split("@")[0]
    return ":" not in head


__all__ = ["Change", "ChapterText", "CleaningLine", "MarginLine", "Report", "WeightSummary", "is_number", "missing"]
