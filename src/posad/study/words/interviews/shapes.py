"""The shapes of the YAML files of ``interviews``, word for word as their authors write them.

To add a setting: 1. a field here and its line under ``Attributes``; 2. its value in ``values`` and its reading beside this file;
3. ``make docs``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from posad.core.words import LocalText


@dataclass(frozen=True, slots=True)
class CodeShape:
    """A code.

    Attributes:
        label: The code in words.
        under: The id of the code above it.
        definition: What the code means.
        include: What is coded with it.
        exclude: What is not.
        example: A typical passage.
        codable: ``false``: the code only gathers those below it.
    """

    label: LocalText
    under: str = ""
    definition: LocalText = LocalText()
    include: LocalText = LocalText()
    exclude: LocalText = LocalText()
    example: LocalText = LocalText()
    codable: bool = True


@dataclass(frozen=True, slots=True)
class CodebookShape:
    """interviews/codebook.yaml: the codes.

    Attributes:
        codes: Codes by id, in the order they are shown in.
    """

    codes: Mapping[str, CodeShape]


@dataclass(frozen=True, slots=True)
class PlannedShape:
    """A group or a region of the recruitment plan.

    Attributes:
        label: The group in words.
        planned: How many interviews are planned in it.
    """

    label: LocalText
    planned: int | None = None


@dataclass(frozen=True, slots=True)
class GuideShape:
    """A version of the interview guide.

    Attributes:
        file: The file, inside ``interviews``.
        since: The date it was first used.
        changed: What is different from the version before.
    """

    file: str
    since: str = ""
    changed: LocalText = LocalText()


@dataclass(frozen=True, slots=True)
class SpeakersShape:
    """The labels that turns of a transcript begin with.

    Attributes:
        interviewer: Labels of the interviewer.
        respondent: Labels of the person asked.
    """

    interviewer: list[str] = field(default_factory=list)
    respondent: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class PrintingShape:
    """What a printed label may reveal of a person.

    Attributes:
        revealing: Columns of cases.csv that narrow a person down.
        most: How many of them a label may reveal at once.
        small_place: A place with fewer people counts as revealing by itself, where the frame knows it.
    """

    revealing: list[str] = field(default_factory=lambda: ["role", "region", "place", "sector", "employer"])
    most: int = 2
    small_place: int = 50_000


@dataclass(frozen=True, slots=True)
class InterviewPlanShape:
    """interviews/plan.yaml: whom to speak to, who speaks under which label, guides, what may be printed.

    Attributes:
        groups: Groups of people by id.
        regions: Regions by id.
        grid: Planned interviews by group and region.
        speakers: Labels of turns.
        guides: Versions of the guide by id.
        printing: What a printed label may reveal.
        invented: ``true``: the interviews are made up, and every page and file that shows them says so.
        note: What readers of every quote must know.
    """

    groups: Mapping[str, PlannedShape] = field(default_factory=dict)
    regions: Mapping[str, PlannedShape] = field(default_factory=dict)
    grid: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    speakers: SpeakersShape = field(default_factory=SpeakersShape)
    guides: Mapping[str, GuideShape] = field(default_factory=dict)
    printing: PrintingShape = field(default_factory=PrintingShape)
    invented: bool = False
    note: LocalText = LocalText()


@dataclass(frozen=True, slots=True)
class QuoteShape:
    """A quote picked for print.

    Attributes:
        text: The words that may be printed; ``[…]`` stands for words left out, other words in brackets are the editor's.
        par: The paragraph it is taken from, or several: ``4-6``.
        case: Who says it, where a transcript has several people.
        label: How the person is named under this quote, instead of ``public_label`` of cases.csv.
        printed: The publication it is taken from, where it is of no interview of your own.
    """

    text: LocalText
    par: str | int = ""
    case: str = ""
    label: LocalText = LocalText()
    printed: LocalText = LocalText()
