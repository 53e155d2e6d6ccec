"""The settings of a study as frozen values: who, weights, variables, cleaning, tables, report, answers.

Each class is the shape of one YAML file (``core.reading.yamls`` reads it and reports every mistake with its place); texts that need
parsing (conditions, banners) are kept as written here and parsed by ``study.folder`` into the values of :class:`Study`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from posad.core.place import Place
from posad.core.words import LocalText
from posad.study.expressions.tree import Expression
from posad.study.frame.plan.mapping import MapPlan
from posad.study.frame.values import Frame
from posad.study.questionnaire.values import Item, Questionnaire


@dataclass(frozen=True, slots=True)
class Net:
    """Several answers counted as one: people who gave at least one of the codes.

    ``item`` is an item id, or a grid's question id (the net then serves every item of the grid).
    """

    id: str  # "leave" in move.leave
    item: str
    codes: tuple[int, ...]
    label: LocalText
    place: Place


@dataclass(frozen=True, slots=True)
class Group:
    """One group of a grouping variable; ``condition`` None means everyone whom no earlier group took."""

    id: str
    code: int
    label: LocalText
    condition: Expression | None
    place: Place


@dataclass(frozen=True, slots=True)
class Variable:
    """A grouping variable: people by conditions. Codes run from 1 in the order of the groups; missing where none is true.

    With ``exclusive`` (the default) a person is in one group, else in each that is true (an overlapping banner, stored as a
    multiple-response item). ``exactly_one`` asks ``check`` and ``build`` to prove that everybody is in one.
    """

    id: str
    label: LocalText
    groups: tuple[Group, ...]
    place: Place
    exclusive: bool = True
    exactly_one: bool = False
    coded_from: str = ""  # the code frame it is made by, instead of conditions: "missing", "good.96"


@dataclass(frozen=True, slots=True)
class Margin:
    """One weighting margin: a variable or single-answer item, and the share of each group or code in the population.

    A crossed margin (``sex > age``) names its two variables in ``crossed``; its codes number ``cells``, the pairs of their codes.
    """

    variable: str
    targets: tuple[tuple[int, float], ...]  # (code, share), summing to 1
    source: LocalText
    place: Place
    crossed: tuple[str, ...] = ()
    cells: tuple[tuple[int, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class MeanMargin:
    """One weighting margin that is the mean of a question with a number."""

    variable: str
    mean: float
    source: LocalText
    place: Place


@dataclass(frozen=True, slots=True)
class SamplePlan:
    """How people were drawn: strata and primary units, how many units each stratum's population has, lonely units."""

    place: Place
    strata: str | None = None
    psu: str | None = None
    fpc: tuple[tuple[str, float], ...] = ()
    lonely: str = "fail"


@dataclass(frozen=True, slots=True)
class ReplicatePlan:
    """Replicate weights: drawn (kind, count, seed, ρ), or given as columns with their scales."""

    kind: str
    place: Place
    count: int = 1000
    seed: int = 1
    rho: float = 0.3
    columns: tuple[str, ...] = ()
    scale: float = 1.0
    rscales: tuple[float, ...] = ()
    mse: bool = False


@dataclass(frozen=True, slots=True)
class Benchmark:
    """An outside figure not used in weighting: the study's own number by address, the figure (a share as a fraction)."""

    id: str
    address: str
    value: float
    source: LocalText
    place: Place


@dataclass(frozen=True, slots=True)
class WeightPlan:
    """How one weight is made.

    ``method`` "none" (no weights, said so), "given" (a column of the answers), or "rake", "poststratify", "linear", "logit" (to
    ``margins`` and ``means``, from ``base_column`` if there is one). ``bounds`` are for "rake" the smallest and largest ratio of
    the final weight to its mean, for "linear" and "logit" to the weight before; ``note`` is the reason, printed wherever the
    weight is.
    """

    id: str
    method: str
    place: Place
    margins: tuple[Margin, ...] = ()
    column: str | None = None
    base_column: str | None = None
    bounds: tuple[float, float] | None = None
    merge: tuple[tuple[str, tuple[int, ...]], ...] = ()  # (variable, codes counted as one level)
    note: LocalText = LocalText()
    means: tuple[MeanMargin, ...] = ()
    sample: SamplePlan | None = None
    replicates: ReplicatePlan | None = None
    benchmarks: tuple[Benchmark, ...] = ()


@dataclass(frozen=True, slots=True)
class CleaningRule:
    """One rule: whom it flags or excludes, and why."""

    id: str
    condition: Expression
    action: str  # "flag" or "exclude" (excluded rows stay in the raw file and in the log)
    reason: LocalText
    place: Place


@dataclass(frozen=True, slots=True)
class BannerPart:
    """One block of a banner: a variable, or variables nested left to right (``town_size > mood``)."""

    variables: tuple[str, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class TestPlan:
    """How columns are tested: whose test, at which level, corrected how, from which difference on.

    Levels and correction None are those of the preset; ``minimum_difference`` is a share, 0.03 for 3 points of per cent.
    """

    __test__ = False  # no test of the product itself

    preset: str = "posad"  # posad, welch, spss, dimensions, q, crunch, none
    level: float | None = None
    second_level: float | None = None
    correction: str | None = None  # bh, holm, bonferroni, none
    minimum_difference: float = 0.0


@dataclass(frozen=True, slots=True)
class LowBase:
    """What small bases allow: under ``hidden`` nothing is shown, under ``no_tests`` nothing tested, under ``flagged`` marked.

    ``by`` is the base that counts, ``smaller`` the smaller of people and effective base; any departure needs a ``reason``,
    which is printed.
    """

    hidden: float = 30
    no_tests: float = 50
    flagged: float = 100
    by: str = "smaller"  # smaller, unweighted, weighted, effective
    reason: LocalText = LocalText()


@dataclass(frozen=True, slots=True)
class TableStyle:
    """What stands in the tables of a book and how."""

    percent: str = "column"  # column, row, total
    statistics: tuple[str, ...] = ()  # mean, median, sd, index beside what a table has by itself
    tests: TestPlan = TestPlan()
    sort: str = "questionnaire"  # or descending, by the first column; pinned answers stay last
    hide: tuple[str, ...] = ()  # columns by id or by variable, lines by id
    nets: tuple[str, ...] = ()  # built-in nets, such as top2
    decimals: int = 0
    low_base: LowBase = LowBase()


USUAL_TESTS = TestPlan()
USUAL_STYLE = TableStyle()


@dataclass(frozen=True, slots=True)
class Book:
    """A book of tables: banner, rows (item or question ids), filter, weight, style."""

    id: str
    title: LocalText
    banner: tuple[BannerPart, ...]
    rows: tuple[str, ...]
    place: Place
    filter: Expression | None = None
    weight: str | None = None
    total: bool = True
    style: TableStyle = USUAL_STYLE


@dataclass(frozen=True, slots=True)
class AnswersFile:
    """One raw file of answers and how its columns become items.

    ``columns`` maps the file's column names to items, options (``better.4``), written-in words (``better.96.text``) or the
    system names ``respondent``, ``started``, ``finished``, ``weight:NAME`` (a given weight), ``stratum``, ``psu``; None means
    "leave out". ``values`` maps an item (or a grid's question) to {text in the file: code}; ``missing`` lists, by item, values that
    mean "no answer".
    """

    path: str  # relative to the study, "answers/2025-05.csv"
    wave: str
    source: LocalText
    columns: Mapping[str, str | None]
    values: Mapping[str, Mapping[str, int]]
    missing: Mapping[str, tuple[str, ...]]
    place: Place
    simulated: bool = False
    delimiter: str | None = None  # between the codes of a several-answers column, ";" in "1;3;5;"
    sheet: str | None = None


@dataclass(frozen=True, slots=True)
class Chapter:
    """One chapter of the report: its Markdown by language, not yet parsed."""

    id: str  # "01-periphery"
    files: tuple[tuple[str, str], ...]  # (language, path relative to the study)


@dataclass(frozen=True, slots=True)
class RowGroup:
    """Rows of a grid that a point map shows in one colour and shape."""

    id: str
    label: LocalText
    rows: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FigurePlan:
    """A chart declared in ``report/figures.yaml``; a chapter shows it with ``![title](#chart:ID)``.

    ``of`` are item or question ids (a grid gives one bar for each row), ``by`` a grouping variable whose groups become bars
    (or, for ``dots``, series). ``kind`` None lets posad choose by the kind of question.
    """

    id: str
    of: tuple[str, ...]
    place: Place
    by: str | None = None
    kind: str | None = None  # stacked, ranked, diverging, dots, columns, map
    measure: str | None = None  # for dots and ranked bars of a single-answer item: code, net or mean
    title: LocalText = LocalText()
    nets: tuple[str, ...] = ()  # drawn as brackets
    sort: str = "questionnaire"  # or "descending"
    total: bool = True
    measures: tuple[str, ...] = ()  # for columns: several measures of one item side by side
    poles: tuple[tuple[int, ...], tuple[int, ...]] = ((), ())  # codes of the negative and of the positive side
    colours: str | None = None  # poles, sides, order, separate: what the colours of answers say
    x: str | None = None  # for a map: what is measured along, "comfort.top2" or "top2"
    y: str | None = None
    groups: tuple[RowGroup, ...] = ()
    territory: MapPlan | None = None  # what a map of territories shows


@dataclass(frozen=True, slots=True)
class Target:
    """A published population figure of the frame, for plans and margins."""

    id: str
    label: LocalText
    value: float
    unit: str
    source: str
    place: Place
    as_of: str = ""


@dataclass(frozen=True, slots=True)
class Wave:
    """One wave of the fieldwork; addresses name it after ``~``.

    ``changed`` are the questions that this wave asked in other words than the questionnaire has, each with what was different.
    """

    id: str  # "2025" or "2025-05"
    label: LocalText
    place: Place
    changed: Mapping[str, LocalText] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Study:
    """Everything a study folder says, read once and never changed.

    ``folder`` is the absolute path; every Place is relative to it.
    """

    folder: str
    title: LocalText
    population: LocalText
    languages: tuple[str, ...]  # the first is the study's own
    questionnaire: Questionnaire
    facts: Mapping[str, LocalText] = field(default_factory=dict)  # who, when, sponsor, mode, sample …: the method box
    sample_type: str = "quota"  # quota, probability, census, unknown: decides the wording of intervals
    nets: tuple[Net, ...] = ()
    variables: tuple[Variable, ...] = ()
    weights: tuple[WeightPlan, ...] = ()
    cleaning: tuple[CleaningRule, ...] = ()
    books: tuple[Book, ...] = ()
    answers: tuple[AnswersFile, ...] = ()
    chapters: tuple[Chapter, ...] = ()
    figures: tuple[FigurePlan, ...] = ()
    targets: tuple[Target, ...] = ()
    target_rows: frozenset[str] | None = (
        frozenset()
    )  # ids of all rows, wrong ones too; None: some row is not known by its id
    look: Mapping[str, str] = field(default_factory=dict)
    waves: tuple[Wave, ...] = ()
    frame: Frame | None = None
    analyses: tuple[tuple[str, str], ...] = ()  # id and file of each, "map" and "analysis/map.yaml"
    require_signatures: bool = False  # whether a second person must sign every sentence with a number
    _found: dict[str, Item] = field(default_factory=dict, init=False, repr=False, compare=False)  # filled on first use
    memo: dict[str, object] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )  # what follows from the rest

    def items(self) -> tuple[Item, ...]:
        """Return every variable that can be tabulated: items of questions, then grouping variables as items."""
        from posad.study.plans.variables import variable_item

        return (*self.questionnaire.items(), *(variable_item(v) for v in self.variables))

    def item(self, id: str) -> Item | None:
        """Return an item or a grouping variable (as an item) by its id, or nothing."""
        if not self._found:
            from posad.study.plans.variables import crossed_items

            self._found.update({i.id: i for i in reversed((*self.items(), *crossed_items(self)))})
        return self._found.get(id)

    def variable(self, id: str) -> Variable | None:
        """Return a grouping variable by its id, or nothing."""
        return next((v for v in self.variables if v.id == id), None)

    def wave_ids(self) -> tuple[str, ...]:
        """Return the waves: those declared in study.yaml, then others that the files of answers name."""
        return tuple(dict.fromkeys([*(w.id for w in self.waves), *(a.wave for a in self.answers)]))

    def weight(self, id: str | None = None) -> WeightPlan | None:
        """Return a weight plan by id; without an id the first one, or nothing."""
        if id is None:
            return self.weights[0] if self.weights else None
        return next((w for w in self.weights if w.id == id), None)
