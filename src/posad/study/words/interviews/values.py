"""Interviews as frozen values.

Positions are counted in characters (Unicode code points) of the transcript as it is read: line feeds, NFC. Spans are half-open.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from posad.core.place import Place
from posad.core.words import LocalText

Consent = Literal["named", "anonymous", "analysis", "none"]
Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Code:
    """One code of the codebook; ``under`` is the id of the code above it, empty at the top.

    A code that is not ``codable`` only gathers those below it.
    """

    id: str
    label: LocalText
    place: Place
    under: str = ""
    definition: LocalText = LocalText()
    include: LocalText = LocalText()
    exclude: LocalText = LocalText()
    example: LocalText = LocalText()
    codable: bool = True


@dataclass(frozen=True)
class Codebook:
    """The codes in the order of the file; no code is above itself."""

    codes: tuple[Code, ...] = ()

    @cached_property
    def by_id(self) -> Mapping[str, Code]:
        """The codes by id."""
        return {code.id: code for code in self.codes}

    @cached_property
    def _children(self) -> Mapping[str, tuple[Code, ...]]:
        found: dict[str, list[Code]] = {}
        for code in self.codes:
            found.setdefault(code.under, []).append(code)
        return {id: tuple(codes) for id, codes in found.items()}

    def children(self, id: str = "") -> tuple[Code, ...]:
        """Return the codes right below a code; those at the top where none is named."""
        return self._children.get(id, ())

    def below(self, id: str) -> tuple[str, ...]:
        """Return a code and all that are below it, at any depth."""
        return (id, *(inner for child in self.children(id) for inner in self.below(child.id)))

    def path(self, id: str) -> tuple[str, ...]:
        """Return the codes from the top down to a code."""
        code = self.by_id[id]
        return (*self.path(code.under), id) if code.under in self.by_id else (id,)

    def walk(self, under: str = "", depth: int = 0) -> tuple[tuple[Code, int], ...]:
        """Return all codes with their depth, every code before those below it."""
        return tuple(pair for code in self.children(under) for pair in ((code, depth), *self.walk(code.id, depth + 1)))


@dataclass(frozen=True, slots=True)
class Case:
    """One person spoken to: in which transcript, under which label there, what is known, and what may be printed.

    ``speaker`` is the label of the person's turns; empty where it is the respondent's label of the plan.
    ``label`` is how the person is named in print.
    """

    id: str
    interview: str
    place: Place
    group: str = ""
    region: str = ""
    consent: Consent = "none"
    label: LocalText = LocalText()
    speaker: str = ""
    date: str = ""
    guide: str = ""
    attributes: Mapping[str, str] = field(default_factory=dict)  # every other column, as written

    @property
    def may_be_quoted(self) -> bool:
        """Tell whether the person agreed to be quoted."""
        return self.consent in ("named", "anonymous")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One turn: its number from 1, its span with the label of the speaker, where the words themselves begin."""

    number: int
    start: int
    end: int
    said: int
    speaker: str = ""
    timecode: str = ""


@dataclass(frozen=True)
class Transcript:
    """One transcript as read; ``digest`` is that of the file's bytes."""

    id: str
    file: str
    text: str
    paragraphs: tuple[Paragraph, ...]
    digest: str = ""

    def span(self, first: int, last: int) -> Span | None:
        """Return the span of some paragraphs, or nothing where there are not so many."""
        if not 1 <= first <= last <= len(self.paragraphs):
            return None
        return self.paragraphs[first - 1].start, self.paragraphs[last - 1].end

    def words(self, first: int, last: int) -> str:
        """Return the text of some paragraphs; empty where there are not so many."""
        found = self.span(first, last)
        return self.text[slice(*found)] if found else ""

    def at(self, start: int, end: int) -> tuple[int, int]:
        """Return the first and last paragraph that a span touches."""
        touched = [p.number for p in self.paragraphs if p.start < end and start < p.end]
        return (touched[0], touched[-1]) if touched else (0, 0)


@dataclass(frozen=True, slots=True)
class Coding:
    """One row of a coder's file: a code put on words quoted from a paragraph, or from neighbouring ones.

    ``nth`` tells which of several equal quotes of the paragraph is meant, from 1.
    """

    interview: str
    coder: str
    code: str
    first: int
    last: int
    quote: str
    place: Place
    nth: int = 1
    memo: str = ""


@dataclass(frozen=True, order=True, slots=True)
class Segment:
    """A coding by position: what other programs know of it."""

    interview: str
    start: int
    end: int
    code: str
    coder: str
    memo: str = ""


@dataclass(frozen=True, slots=True)
class Memo:
    """A note of a researcher about the project, a code, a case or an interview (``about``: ``code:partner``)."""

    about: str
    text: str
    place: Place
    who: str = ""
    when: str = ""


@dataclass(frozen=True, slots=True)
class Approval:
    """Who let a quote be printed, when, and the digest of what was approved."""

    who: str
    when: str
    hash: str


@dataclass(frozen=True, slots=True)
class Quote:
    """A quote picked for print: where it was said, the words that may be printed, who is named, who approved.

    ``printed`` is the publication a quote is taken from, where it is of no interview of the study's own.
    """

    id: str  # "01/partner"
    interview: str
    text: LocalText
    place: Place
    first: int = 0
    last: int = 0
    case: str = ""
    label: LocalText = LocalText()
    approvals: tuple[Approval, ...] = ()
    printed: LocalText = LocalText()


@dataclass(frozen=True, slots=True)
class Alias:
    """A real name or place that must not be printed, and what stands instead."""

    real: str
    instead: str
    place: Place


@dataclass(frozen=True, slots=True)
class PlanGroup:
    """A group or a region of the recruitment plan and how many interviews were planned in it."""

    id: str
    label: LocalText
    planned: int | None
    place: Place


@dataclass(frozen=True, slots=True)
class Guide:
    """One version of the interview guide: its file, from when it was used, what changed."""

    id: str
    file: str
    since: str
    changed: LocalText
    place: Place


@dataclass(frozen=True, slots=True)
class Printing:
    """What a printed label may reveal of a person: columns that narrow down, and how many of them at once."""

    revealing: tuple[str, ...] = ("role", "region", "place", "sector", "employer")
    most: int = 2
    small_place: int = 50_000


@dataclass(frozen=True, slots=True)
class InterviewPlan:
    """interviews/plan.yaml: whom to speak to, who speaks under which label, guides, what may be printed."""

    groups: tuple[PlanGroup, ...] = ()
    regions: tuple[PlanGroup, ...] = ()
    grid: Mapping[tuple[str, str], int] = field(default_factory=dict)  # (group, region): planned
    interviewer: tuple[str, ...] = ("И", "Инт", "Интервьюер", "I", "Interviewer")
    respondent: tuple[str, ...] = ("Р", "Респ", "Респондент", "R", "Respondent")
    guides: tuple[Guide, ...] = ()
    printing: Printing = Printing()
    invented: bool = False
    note: LocalText = LocalText()


@dataclass(frozen=True)
class Interviews:
    """Everything the folder ``interviews`` says."""

    plan: InterviewPlan = field(default_factory=InterviewPlan)
    codebook: Codebook = field(default_factory=Codebook)
    cases: tuple[Case, ...] = ()
    transcripts: tuple[Transcript, ...] = ()
    codings: tuple[Coding, ...] = ()
    quotes: tuple[Quote, ...] = ()
    memos: tuple[Memo, ...] = ()
    aliases: tuple[Alias, ...] = ()
    languages: tuple[str, ...] = ("ru",)
    coded: tuple[tuple[str, str], ...] = ()  # (interview, coder) of every file of codings, empty ones too

    @cached_property
    def texts(self) -> Mapping[str, Transcript]:
        """The transcripts by id."""
        return {t.id: t for t in self.transcripts}

    @cached_property
    def coders(self) -> tuple[str, ...]:
        """Whoever coded anything, by name."""
        return tuple(sorted({coder for _, coder in self.coded} | {c.coder for c in self.codings}))

    def case(self, id: str) -> Case | None:
        """Return a case by its id."""
        return next((c for c in self.cases if c.id == id), None)

    def speaker_of(self, interview: str, paragraph: Paragraph) -> Case | None:
        """Return who says a paragraph: the case with its label, the only case of the interview, or nobody known."""
        here = [c for c in self.cases if c.interview == interview]
        if paragraph.speaker in self.plan.interviewer:
            return None
        labelled = [c for c in here if c.speaker and c.speaker == paragraph.speaker]
        if labelled:
            return labelled[0]
        unlabelled = [c for c in here if not c.speaker]
        return unlabelled[0] if len(unlabelled) == 1 else None
