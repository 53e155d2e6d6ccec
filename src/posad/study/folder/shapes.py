"""The shapes of a study's YAML files, word for word as their authors write them.

A field ``if_`` is the word ``if``; a :class:`LocalText` is a text, or ``{ru: …, en: …}``. The verbs beside this file turn a shape
into the values of :mod:`posad.study.plans`; ``posad.study.schema`` prints the shapes for editors.

To add a setting: 1. a field here with its comment; 2. its check and its value in the file's reader; 3. a field in ``plans``; 4. the page
of the docs.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from posad.core.words import LocalText

Codes = int | str | list[int | str]  # 3, 3-4, "1, 2, 7-10", [3, 4]
Targets = Mapping[str, float | str]  # code or group: 45.2 %, 0.452, 12345, or the id of a row of frame/targets.csv
SampleType = Literal["quota", "probability", "census", "unknown"]
FigureKindName = Literal["stacked", "ranked", "diverging", "dots"]


@dataclass(frozen=True, slots=True)
class SampleShape:
    """``sample`` of study.yaml: what kind of sample it is, and in words for the method box."""

    type: SampleType
    words: LocalText = LocalText()
    size: int | None = None
    frame: LocalText = LocalText()
    selection: LocalText = LocalText()


@dataclass(frozen=True, slots=True)
class WaveShape:
    """One wave of study.yaml: its label, and the questions it asked in other words than the questionnaire now has."""

    label: LocalText = LocalText()
    changed: Mapping[str, LocalText] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class StudyShape:
    """study.yaml: the study in words, for its title page and method box."""

    title: LocalText
    population: LocalText = LocalText()
    languages: list[str] = field(default_factory=list)
    sample: SampleShape | None = None
    waves: list[str] | Mapping[str, LocalText | WaveShape] = field(default_factory=list)
    who: LocalText = LocalText()  # who carried out the fieldwork and the study
    sponsor: LocalText = LocalText()
    when: LocalText = LocalText()
    where: LocalText = LocalText()
    mode: LocalText = LocalText()  # online, by telephone, face to face
    response: LocalText = LocalText()  # response rate, in words
    purpose: LocalText = LocalText()
    operator: LocalText = LocalText()  # who answers for personal data
    retention: LocalText = LocalText()  # how long personal data are kept
    contact: LocalText = LocalText()
    limits: LocalText = LocalText()  # what the study can't tell


@dataclass(frozen=True, slots=True)
class NetShape:
    """One net of variables.yaml: answers counted as one."""

    codes: Codes
    label: LocalText


@dataclass(frozen=True, slots=True)
class GroupShape:
    """One group of a grouping variable: who is in it."""

    label: LocalText
    if_: str | None = None
    else_: bool = False


@dataclass(frozen=True, slots=True)
class VariableShape:
    """A grouping variable of variables.yaml."""

    label: LocalText
    groups: Mapping[str, GroupShape]
    exclusive: bool = True
    exactly_one: bool = False


@dataclass(frozen=True, slots=True)
class MarginShape:
    """One margin of weights.yaml, written in full."""

    targets: Targets
    source: LocalText = LocalText()
    unit: Literal["percent", "share", "count"] | None = None


@dataclass(frozen=True, slots=True)
class WeightShape:
    """One weight of weights.yaml."""

    method: Literal["none", "given", "rake"]
    margins: Mapping[str, MarginShape | Targets] = field(default_factory=dict)
    source: LocalText = LocalText()  # of every margin that names none
    column: str | None = None
    base_column: str | None = None
    bounds: tuple[float, float] | None = None
    merge: Mapping[str, int | str | list[int | str | list[int]]] = field(default_factory=dict)
    note: LocalText = LocalText()
    reason: LocalText = LocalText()


@dataclass(frozen=True, slots=True)
class RuleShape:
    """One rule of cleaning.yaml."""

    if_: str
    action: Literal["flag", "exclude"]
    reason: LocalText


@dataclass(frozen=True, slots=True)
class CleaningShape:
    """cleaning.yaml."""

    rules: Mapping[str, RuleShape]


@dataclass(frozen=True, slots=True)
class BookShape:
    """One book of tables.yaml."""

    banner: str | list[str]
    title: LocalText = LocalText()
    rows: str | list[str] = "all"
    filter: str | None = None
    weight: str | None = None


@dataclass(frozen=True, slots=True)
class TablesShape:
    """tables.yaml."""

    books: Mapping[str, BookShape]


@dataclass(frozen=True, slots=True)
class AnswersShape:
    """The description beside a raw file of answers."""

    file: str | None = None
    wave: str | None = None
    source: LocalText = LocalText()
    columns: Mapping[str, str | None] = field(default_factory=dict)
    values: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    missing: Mapping[str, str | list[str]] = field(default_factory=dict)
    simulated: bool = False
    delimiter: str | None = None
    sheet: str | None = None


@dataclass(frozen=True, slots=True)
class FigureShape:
    """One chart of report/figures.yaml."""

    of: str | list[str]
    by: str | None = None
    kind: FigureKindName | None = None
    measure: str | None = None
    title: LocalText = LocalText()
    nets: list[str] = field(default_factory=list)
    sort: Literal["questionnaire", "descending"] = "questionnaire"
    total: bool = True
