"""The shape of weights.yaml, word for word as its authors write it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from posad.core.words import LocalText

Targets = Mapping[str, float | str]  # code or group: 45.2 %, 0.452, 12345, or the id of a row of frame/targets.csv


@dataclass(frozen=True, slots=True)
class MarginShape:
    """One margin of weights.yaml, written in full. Written short it is its targets alone.

    Attributes:
        targets: The share of each group, code or, for a number of people, its size: ``46 %``, ``0.46``, ``12345``,
            or the id of a row of frame/targets.csv. For ``sex > age`` the keys are ``men > 18-34``.
        mean: Instead of targets, for a question with a number: its mean in the population.
        source: Where the figures come from; obligatory here, for the whole weight, or in frame/targets.csv.
        unit: What the figures are, where that cannot be seen from them.
    """

    targets: Targets = field(default_factory=dict)
    mean: float | None = None
    source: LocalText = LocalText()
    unit: Literal["percent", "share", "count"] | None = None


@dataclass(frozen=True, slots=True)
class DesignShape:
    """``design`` of a weight: how people were drawn, for the errors.

    Attributes:
        strata: The variable or question whose groups are the strata; ``stratum`` of the answers if absent.
        psu: The question that holds the primary sampling unit; ``psu`` of the answers if absent.
        fpc: For each stratum how many sampling units the population has; a stratum taken whole adds no error.
        lonely: What a stratum with a single unit does: ``fail``, ``certainty``, ``remove``, ``adjust``, ``average``.
    """

    strata: str | None = None
    psu: str | None = None
    fpc: Mapping[str, float] = field(default_factory=dict)
    lonely: Literal["fail", "certainty", "remove", "adjust", "average"] = "fail"


@dataclass(frozen=True, slots=True)
class ReplicatesShape:
    """``replicates`` of a weight: drawn by posad, or given as columns of the answers.

    Attributes:
        type: How they are or were made.
        count: How many ``bootstrap`` replicates or ``groups``; 1000 and 50 if absent.
        seed: Number that decides what is drawn.
        rho: Fay's coefficient.
        columns: For given ones: the names after ``weight:``.
        scale: For given ones: the factor of the sum of squares.
        rscales: For given ones: a factor for each column.
        mse: Whether squares are taken around the estimate and not around the replicates' mean.
    """

    type: Literal["bootstrap", "jk1", "jkn", "brr", "fay", "groups"]
    count: int | None = None
    seed: int = 1
    rho: float = 0.3
    columns: list[str] = field(default_factory=list)
    scale: float | None = None
    rscales: list[float] = field(default_factory=list)
    mse: bool = False


@dataclass(frozen=True, slots=True)
class BenchmarkShape:
    """One figure known from elsewhere and not used in weighting, beside which the answers are put.

    Attributes:
        address: Which number of the study it is, such as ``q5.1``.
        value: The outside figure: ``74 %`` for a share, a number for a mean.
        source: Where it comes from.
    """

    address: str
    value: float | str
    source: LocalText = LocalText()


@dataclass(frozen=True, slots=True)
class WeightShape:
    """One weight of weights.yaml; its name is the key. With ``method`` on top the file holds one weight, named
    ``main``.

    Attributes:
        method: ``none``: no weights, for the reason given; ``given``: a column of the answers; ``rake``: to margins
            of the population; ``poststratify``: to one margin, crossed or not; ``linear`` and ``logit``: calibration.
        margins: Grouping variables or questions with one answer, each with its targets; two crossed are ``sex > age``.
        source: Source of every margin that names none.
        column: For ``given``: the name after ``weight:`` in the description of the answers.
        base_column: A given weight to start from, such as the inverse of the chance to be selected.
        bounds: For ``rake``: the smallest and largest weight, the mean being 1. For ``linear`` and ``logit``: the smallest
            and largest ratio of the weight to the one before.
        merge: Groups or codes of a margin counted as one level.
        note: What should be said of the weight wherever it is described.
        reason: For ``none``: why there are no weights; the same as ``note``.
        design: How people were drawn.
        replicates: Replicate weights, for errors that no formula covers.
        benchmarks: Outside figures not used in weighting, by name.
    """

    method: Literal["none", "given", "rake", "poststratify", "linear", "logit"]
    margins: Mapping[str, MarginShape | Targets] = field(default_factory=dict)
    source: LocalText = LocalText()
    column: str | None = None
    base_column: str | None = None
    bounds: tuple[float, float] | None = None
    merge: Mapping[str, int | str | list[int | str | list[int]]] = field(default_factory=dict)
    note: LocalText = LocalText()
    reason: LocalText = LocalText()
    design: DesignShape | None = None
    replicates: ReplicatesShape | None = None
    benchmarks: Mapping[str, BenchmarkShape] = field(default_factory=dict)
