"""What an analysis is asked, and what it answers: numbers with passports, charts and tables of their addresses, findings in words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from posad.core.place import Place
from posad.core.problems import Problem
from posad.core.words import LocalText
from posad.evidence.values import Arrow, Fact, Figure, Standing
from posad.study.folder.reading import Sheet
from posad.study.plans.values import Study
from posad.tabulation.context import Context

SCHEME = "analysis:"  # an address of an analysis: analysis:NAME, of one of its numbers: analysis:NAME/NUMBER
Weight = Literal["main", "detail", "warning"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One sentence that an analysis says, in Markdown: each number in it is a link to its address, as in a chapter.

    ``facts`` are the addresses it stands on, those of numbers it does not print among them; ``standing`` is that of the weakest.
    ``warning`` is a finding about the limits of the analysis itself.
    """

    id: str
    text: LocalText
    facts: tuple[str, ...]
    weight: Weight = "main"
    standing: Standing = "real"


@dataclass(frozen=True, slots=True)
class Column:
    """One column of an analysis's table."""

    id: str
    label: LocalText


@dataclass(frozen=True, slots=True)
class Line:
    """One line of an analysis's table: for each column an address (``#…`` left out), or words where it is no number."""

    id: str
    label: LocalText
    cells: tuple[str | LocalText, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """A table of an analysis: addresses of numbers by lines and columns."""

    id: str
    title: LocalText
    columns: tuple[Column, ...]
    lines: tuple[Line, ...]
    notes: tuple[LocalText, ...] = ()


@dataclass(frozen=True, slots=True)
class Result:
    """What an analysis found.

    ``facts`` hold every number of its charts, tables and findings by address, the study's own and those of the analysis.
    ``method`` says in a paragraph how it was computed and what it cannot tell; ``page`` names its page in the documentation.
    ``arrows`` are what goes with what, for pathways to cite.
    """

    id: str
    kind: str
    title: LocalText
    page: str
    method: LocalText
    base_text: LocalText
    facts: Mapping[str, Fact]
    figures: tuple[Figure, ...] = ()
    grids: tuple[Grid, ...] = ()
    findings: tuple[Finding, ...] = ()
    notes: tuple[LocalText, ...] = ()
    simulated: bool = False
    arrows: tuple[Arrow, ...] = ()


@dataclass(frozen=True, slots=True)
class Declared:
    """An analysis as its file declares it: ``plan`` is the frozen plan of its kind."""

    id: str
    kind: str
    plan: Any
    place: Place
    title: LocalText = field(default=LocalText())


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of analysis.

    ``shape`` is the shape of its YAML file; it has the fields ``kind`` and ``title``. ``declare`` turns a file that has the shape
    into a plan, with every name checked. ``compute`` answers, or says what is wrong; it never gives a number that is not one.
    """

    name: str
    title: LocalText
    page: str
    shape: type[Any]
    declare: Callable[[Sheet, Any, Study], tuple[Any | None, list[Problem]]]
    compute: Callable[[Context, Declared], tuple[Result | None, list[Problem]]]
    version: int = 1


def address_of_number(analysis: str, number: str) -> str:
    """Return the address of a number of an analysis.

    >>> address_of_number("map", "sber.excess")
    'analysis:map/sber.excess'
    """
    return f"{SCHEME}{analysis}/{number}"


def parts_of_address(address: str) -> tuple[str, str] | None:
    """Return the analysis and the number of an address, an empty number where it names the whole; nothing for another address.

    >>> parts_of_address("#analysis:map/sber.excess"), parts_of_address("like.top2")
    (('map', 'sber.excess'), None)
    """
    name = address.removeprefix("#")
    if not name.startswith(SCHEME):
        return None
    analysis, _, number = name[len(SCHEME) :].partition("/")
    return analysis, number
