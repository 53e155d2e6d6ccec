"""The shapes of a study's YAML files, word for word as their authors write them.

A field ``if_`` is the word ``if``; a :class:`LocalText` is a text, or ``{ru: …, en: …}``. The verbs beside this file turn a shape
into the values of :mod:`posad.study.plans.values`; ``posad.study.scaffold.schema`` prints the shapes for editors.

To add a setting: 1. a field here and its line under ``Attributes``, which editors and the docs show; 2. its check and its
value in the file's reader; 3. a field in ``plans``; 4. ``make docs``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from posad.core.words import LocalText
from posad.study.folder.weights.shapes import Targets
from posad.study.folder.weights.shapes import WeightShape as WeightShape

Codes = int | str | list[int | str]  # 3, 3-4, "1, 2, 7-10", [3, 4]
SampleType = Literal["quota", "probability", "census", "unknown"]
FigureKindName = Literal["stacked", "ranked", "diverging", "dots", "columns", "map"]


@dataclass(frozen=True, slots=True)
class SampleShape:
    """``sample`` of study.yaml: what kind of sample it is, and in words for the method box.

    Attributes:
        type: How people were chosen: ``quota``, ``probability``, ``census`` or ``unknown``. It decides what is said
            of intervals.
        words: The sample in a phrase or two.
        size: How many people were to be asked.
        frame: The list people or places were drawn from.
        selection: How they were selected.
    """

    type: SampleType
    words: LocalText = LocalText()
    size: int | None = None
    frame: LocalText = LocalText()
    selection: LocalText = LocalText()


@dataclass(frozen=True, slots=True)
class WaveShape:
    """One wave of study.yaml.

    Attributes:
        label: The wave in words; its name if absent.
        changed: Questions that this wave asked in other words than the questionnaire now has, each with what
            differed; such waves are not compared.
    """

    label: LocalText = LocalText()
    changed: Mapping[str, LocalText] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class StudyShape:
    """study.yaml: the study in words, for its title page and method box.

    Attributes:
        title: Title of the study.
        population: Whom the sample stands for.
        languages: Languages of the study; the first is its own, the others need translations. Without it they are
            guessed from the title.
        sample: Kind of the sample; see below.
        waves: Waves of the fieldwork: a list of names (``2025`` or ``2025-05``), or each name with its label.
            Without it the files of answers name them.
        who: Who carried out the fieldwork and the study.
        sponsor: Who ordered and paid for it.
        when: When people were asked.
        where: Where they were asked.
        mode: How they were asked: online, by telephone, face to face.
        response: Response rate, in words.
        purpose: What the study is for.
        operator: Who answers for personal data.
        retention: How long personal data are kept.
        contact: Whom to write to.
        limits: What the study can't tell.
        require_signatures: Whether every sentence with a number must be signed by a second person (``posad read --sign``).
    """

    title: LocalText
    population: LocalText = LocalText()
    languages: list[str] = field(default_factory=list)
    sample: SampleShape | None = None
    waves: list[str] | Mapping[str, LocalText | WaveShape] = field(default_factory=list)
    who: LocalText = LocalText()
    sponsor: LocalText = LocalText()
    when: LocalText = LocalText()
    where: LocalText = LocalText()
    mode: LocalText = LocalText()
    response: LocalText = LocalText()
    purpose: LocalText = LocalText()
    operator: LocalText = LocalText()
    retention: LocalText = LocalText()
    contact: LocalText = LocalText()
    limits: LocalText = LocalText()
    require_signatures: bool = False


@dataclass(frozen=True, slots=True)
class NetShape:
    """One net under ``nets`` of variables.yaml: answers counted as one. Its name is ``question.net``; a net of a grid
    serves every row.

    Attributes:
        codes: The codes: ``3``, ``3-4``, ``"1, 2, 7-10"`` or ``[3, 4]``.
        label: The net in words, as it stands in tables and charts.
    """

    codes: Codes
    label: LocalText


@dataclass(frozen=True, slots=True)
class GroupShape:
    """One group of a grouping variable: who is in it.

    Attributes:
        label: The group in words.
        if_: The condition that makes a person a member.
        else_: ``true``: everybody whom no earlier group took; only the last group may say so.
    """

    label: LocalText
    if_: str | None = None
    else_: bool = False


@dataclass(frozen=True, slots=True)
class VariableShape:
    """A grouping variable of variables.yaml; its name is the key.

    Attributes:
        label: The variable in words.
        groups: The groups by name, in the order of their codes.
        exclusive: ``false``: a person may be in several groups (an overlapping banner).
        exactly_one: ``true``: check and build prove on the answers that everybody is in exactly one group.
    """

    label: LocalText
    groups: Mapping[str, GroupShape]
    exclusive: bool = True
    exactly_one: bool = False


@dataclass(frozen=True, slots=True)
class RuleShape:
    """One rule of cleaning.yaml; its name is the key.

    Attributes:
        if_: The condition that catches a person.
        action: ``flag``: counted and reported, kept; ``exclude``: left out of tables, kept in the raw file and in
            the log.
        reason: Why; printed in the log.
    """

    if_: str
    action: Literal["flag", "exclude"]
    reason: LocalText


@dataclass(frozen=True, slots=True)
class CleaningShape:
    """cleaning.yaml: whom to flag or leave out.

    Attributes:
        rules: The rules by name.
    """

    rules: Mapping[str, RuleShape]


@dataclass(frozen=True, slots=True)
class AnswersShape:
    """The description beside a raw file of answers, with the same name and the ending .yaml.

    Attributes:
        file: The raw file; the one with the same name if absent.
        wave: The wave; the study's only one, or the file's name if absent.
        source: Where the answers come from.
        columns: What each column is: a question or item, one answer of it (``better.4``), the words of an answer
            (``better.96.text``), ``respondent``, ``started``, ``finished``, ``wave``, ``stratum``, ``psu``,
            ``weight:NAME``, or ``null`` to leave it out. Columns named as the questionnaire's are found without it.
        values: By question or item: texts of the file and their codes.
        missing: By question or item: values that mean "no answer".
        simulated: ``true``: the respondents are invented or simulated; every output says so.
        delimiter: What stands between several answers in one cell; found by itself if absent.
        sheet: The sheet of a workbook; the first if absent.
    """

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
class LookShape:
    """report/look.yaml: how the report looks.

    Attributes:
        accent: The colour of rules and heads, as ``"#0b3f73"``; dark enough to be seen on a white page.
    """

    accent: str | None = None


@dataclass(frozen=True, slots=True)
class PolesShape:
    """The two sides of a scale: which answers stand left and which right of its middle.

    Attributes:
        negative: Codes of the one side.
        positive: Codes of the other side.
    """

    negative: list[int]
    positive: list[int]


@dataclass(frozen=True, slots=True)
class RowGroupShape:
    """Rows of a grid that a point map shows in one colour and shape.

    Attributes:
        label: The name of the group.
        rows: Rows of the grid.
    """

    rows: list[str]
    label: LocalText = LocalText()


@dataclass(frozen=True, slots=True)
class FigureShape:
    """One chart of report/figures.yaml; its name is the key, and a chapter shows it with ``![caption](#chart:name)``.

    Attributes:
        of: A question, an item, a grid or a list of them.
        by: A grouping variable or question: its groups become bars or series.
        kind: The kind of chart; chosen by the kind of question if absent.
        measure: For several items or a single answer: the net, code or ``mean`` to draw; for ``columns`` a list of them.
        title: Title of the chart; the question if absent.
        nets: Nets drawn as brackets.
        sort: Order of the bars.
        total: ``false``: without a bar for everybody.
        poles: Which answers stand on which side of a scale; guessed from codes and words if absent.
        colours: What colours say: ``poles`` good and bad, ``sides`` two sides neither of which is good, ``order`` more
            and less, ``separate`` nothing.
        x: For a ``map``: what is measured along, criterion and measure of the grid, as ``comfort.top2``.
        y: For a ``map``: what is measured upwards.
        groups: For a ``map``: groups of rows, each with its own colour and shape.
        map: A map of the study's territories instead of ``of``: ``towns`` points over outlines, ``regions`` or ``districts`` outlines
            coloured by a number, ``tiles`` a square for each region.
        colour: For ``map: towns``: what colours the points, ``district``, ``size``, ``region``, ``position`` or an imported tag.
        value: For coloured areas: ``frame.people``, ``frame.share``, ``frame.towns``, or with ``by`` a number of the study.
        size: For ``map``: only territories of this size, a class or ``under250``.
        panels: ``true``: a map for each district, side by side.
        breaks: How values are put into classes: ``quantile``, ``jenks`` or ``pretty``.
        classes: How many classes at most, 2 to 5.
        without: Codes of outlines that are not drawn.
        names: How many towns are named on the map, the largest first.
    """

    of: str | list[str] = field(default_factory=list)
    by: str | None = None
    kind: FigureKindName | None = None
    measure: str | list[str] | None = None
    title: LocalText = LocalText()
    nets: list[str] = field(default_factory=list)
    sort: Literal["questionnaire", "descending"] = "questionnaire"
    total: bool = True
    poles: PolesShape | None = None
    colours: Literal["poles", "sides", "order", "separate"] | None = None
    x: str | None = None
    y: str | None = None
    groups: dict[str, RowGroupShape] = field(default_factory=dict)
    map: Literal["towns", "regions", "districts", "tiles"] | None = None
    colour: str | None = None
    value: str | None = None
    size: str | None = None
    panels: bool = False
    breaks: Literal["quantile", "jenks", "pretty"] = "quantile"
    classes: int = 5
    without: list[str] = field(default_factory=list)
    names: int = 0


@dataclass(frozen=True, slots=True)
class SampleDrawShape:
    """``sample`` of simulation.yaml: whom the simulated respondents are drawn as, before weights.

    Attributes:
        margins: By variable or question: the number or share of respondents of each group or code, or the id of a row of
            frame/targets.csv.
        conditions: By condition on the questions of the margins, such as ``"age in 65-80"``: per cent of the respondents.
    """

    margins: Mapping[str, Targets] = field(default_factory=dict)
    conditions: Mapping[str, float | str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SimulationShape:
    """simulation.yaml: how simulated respondents are made; the numbers they carry stand in simulation/targets.csv.

    Attributes:
        size: Number of respondents.
        seed: Any whole number; the same seed gives the same answers.
        sample: Whom they are drawn as.
        source: Where the number of respondents was printed; absent if it is assumed.
        wave: The wave they answer in, where the study has several.
        factors: By name of a latent factor: how strongly the answers to each question or item follow it, from -1 to 1. Higher
            codes follow a positive loading.
        out_of_base: By question or item: per cent of answers out of the base; 5 if absent.
        mean_count: By question of several answers: the mean number of answers, where the shares of some are not given.
    """

    size: int
    seed: int = 1
    sample: SampleDrawShape = SampleDrawShape()
    source: str = ""
    wave: str | None = None
    factors: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    out_of_base: Mapping[str, float] = field(default_factory=dict)
    mean_count: Mapping[str, float] = field(default_factory=dict)
