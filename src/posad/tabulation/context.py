"""Everything a number is computed from: the study, its answers in an engine, the design of each weight.

Sums are asked of the engine once for each set of keys and kept: a table, the chart of it and the sentence about it read the same ones.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Literal, Protocol, TypeVar, cast

import numpy as np
from numpy.typing import NDArray

from posad.core.place import Place
from posad.kernel.design import Cells, Design, cells_of, design_of
from posad.store.keys import KeyArray, item_keys, quoted
from posad.store.sql import condition, text_literal
from posad.store.values import EQUAL, Engine, Key, Moments
from posad.study.addresses.waves import WAVE, wave_item
from posad.study.expressions.scope import Scope
from posad.study.expressions.tree import Expression
from posad.study.plans.values import BannerPart, Study, WeightPlan
from posad.study.plans.variables import scope_of
from posad.study.questionnaire.values import Item, Kind

NOWHERE = Place("tables.yaml")
FEW = 3  # items asked for before all are
Asked = tuple[tuple[Key, ...], str | None, str | None]  # keys, weight, condition
Opened = tuple[Engine, Mapping[str, Design]]
T = TypeVar("T")


class Memory(Protocol):
    """Keeps what was computed from these answers before, by type and name."""

    def recall(self, kind: type[T], key: str, make: Callable[[], T]) -> T:
        """Return the value kept under a key, or make it and keep it."""
        ...


MEMORY = "memory"  # its name in what a study remembers


def recalled(study: Study, kind: Any, key: str, make: Callable[[], T]) -> T:
    """Return what was computed from a study before, by itself or with its answers, or make it.

    It is kept where the study's answers are open with a memory; elsewhere it is made each time.

    Args:
        study: The study.
        kind: The type of the value.
        key: Tells it from every other value of the study.
        make: Computes it.
    """
    memory = cast("Memory | None", study.memo.get(MEMORY))
    return make() if memory is None else cast(T, memory.recall(kind, key, make))


@dataclass(frozen=True, slots=True)
class Cut:
    """The sums of one request by joint answers, and where in its keys the answers of each item stand.

    Of a ``census`` nothing is sampled, so that its numbers have no errors.
    """

    cells: Cells
    design: Design
    spans: Mapping[str, tuple[int, int]]
    census: bool = False
    memo: dict[tuple[int, tuple[int, ...] | None], tuple[Item, NDArray[np.bool_]]] = field(
        default_factory=dict, compare=False, repr=False
    )  # who gave which codes of an item, or is in its base

    def keys(self, item: Item) -> tuple[KeyArray, ...]:
        """Return the key arrays of an item: one, or several where it has more options than a key holds."""
        first, last = self.spans[item.id]
        return tuple(self.cells.keys[first:last])


class Context:
    """A study with its answers, ready to be counted.

    Args:
        study: The study.
        engine: Its answers, cleaned, derived and weighted; or how they are opened, with the designs, once a number asks for them.
        designs: The design of each weight that was made, by the weight's id.
        weight: The weight used where none is named; None is the study's first plan.
        simulated: Whether the respondents are simulated.
        standings: What numbers of simulated respondents stand on ("published", "assumed"), by canonical address; None where no
            manifest tells.
        data_digest: A digest of the answers and weights, for the origin of each number.
        memory: What was computed from the same answers before.
    """

    def __init__(
        self,
        study: Study,
        engine: Engine | Callable[[], Opened],
        designs: Mapping[str, Design] | None = None,
        *,
        weight: str | None = None,
        simulated: bool = False,
        standings: Mapping[str, Literal["published", "assumed", "emergent"]] | None = None,
        data_digest: str = "",
        memory: Memory | None = None,
    ) -> None:
        self.study = study
        self._opening = engine
        self.simulated = simulated
        self.standings = standings
        self.data_digest = data_digest
        self.results: Mapping[str, Any] = {}  # numbers of analyses by address, once they are computed
        self._memory = memory
        if memory is not None:
            study.memo[MEMORY] = memory
        self._given = designs or {}
        self._weight = weight
        self.heads: dict[tuple[tuple[BannerPart, ...], bool], Any] = {}  # columns of banners, see ``tables.columns_of``
        self.figures: dict[str, Any] = {}  # charts that were made, by id
        self._moments: dict[Asked, Moments] = {}
        self._items_asked: set[str] | None = set()  # None: the engine was told of all of them
        self._cuts: dict[tuple[Asked, tuple[tuple[str, tuple[int, int]], ...]], Cut] = {}

    @cached_property
    def _open(self) -> Opened:
        """The answers in their engine and the designs of their weights, opened when they are first asked for."""
        return self._opening() if callable(self._opening) else (self._opening, self._given)

    def open(self) -> None:
        """Open the answers now, rather than when a number asks for them."""
        _ = self._open

    @property
    def engine(self) -> Engine:
        """The answers, cleaned, derived and weighted."""
        return self._open[0]

    @cached_property
    def _designs(self) -> dict[str | None, Design]:
        made: dict[str | None, Design] = {}
        made.update(self._open[1])
        return made

    def recall(self, kind: type[T], key: str, make: Callable[[], T]) -> T:
        """Return what was computed from the same answers before under a key, or make it.

        Args:
            kind: The type of the value.
            key: Tells it from every other value of this study and these answers.
            make: Computes it.
        """
        return make() if self._memory is None else self._memory.recall(kind, key, make)

    @cached_property
    def scope(self) -> Scope:
        """The names that conditions may use."""
        return scope_of(self.study)

    @cached_property
    def waves(self) -> Item:
        """The waves as an item, coded from one in their order."""
        return wave_item(self.study)

    def wave_code(self, wave: str) -> int:
        """Return the code of a wave in :attr:`waves`."""
        return self.study.wave_ids().index(wave) + 1

    @cached_property
    def waves_there(self) -> tuple[str, ...]:
        """The waves that have answers, in their order."""
        return self.recall(tuple[str, ...], "waves", self._waves_there)

    def _waves_there(self) -> tuple[str, ...]:
        if WAVE not in self.engine.columns():
            return ()
        codes = self.moments((self.wave_key(),), None, None).keys[0].tolist()
        return tuple(w for w in self.study.wave_ids() if self.wave_code(w) in codes)

    @cached_property
    def items(self) -> Mapping[str, Item]:
        """Every item and grouping variable by id."""
        return {item.id: item for item in self.study.items()}

    def plan(self, weight: str | None = None) -> WeightPlan | None:
        """Return the plan of a weight, by default the study's first; nothing where there is none."""
        return self.study.weight(weight or self._weight)

    def weight(self, weight: str | None = None) -> str | None:
        """Return the name of a weight in the engine; None where people count one each."""
        plan = self.plan(weight)
        return None if plan is None or plan.method == "none" else plan.id

    def weighted(self, weight: str | None = None) -> bool:
        """Tell whether the weight that a plan asks for has been made."""
        name = self.weight(weight)
        return name is None or name in self.recall(
            tuple[str, ...], "weights", lambda: tuple(w for w in self._designs if w)
        )

    def design(self, weight: str | None = None) -> Design:
        """Return the design of a weight over the whole file, or that of people who count one each."""
        name = self.weight(weight)
        if name is None and EQUAL in self._designs:
            return self._designs[EQUAL]
        if name not in self._designs:
            if name is not None:
                raise KeyError(f"no design was given for the weight {name}")
            self._designs[None] = design_of(self.moments((), None, None))
        return self._designs[name]

    def summed_with(self, weight: str | None = None) -> str | None:
        """Return the weight the engine sums with; people who count one each may have strata, units and waves of their own."""
        return self.weight(weight) or (EQUAL if EQUAL in self._designs else None)

    def where(self, *conditions: Expression | None) -> str | None:
        """Return the SQL condition that all the given ones are true; None where there is none."""
        parts = [condition(c, self.scope) for c in conditions if c is not None]
        return " AND ".join(f"({p})" for p in parts) or None

    def cut(self, items: Iterable[Item], weight: str | None = None, where: str | None = None) -> Cut:
        """Return the sums by the joint answers of several items, with a weight, of those for whom a condition is true."""
        keys: list[Key] = []
        spans: dict[str, tuple[int, int]] = {}
        for item in items:
            if item.id not in spans:
                own = (self.wave_key(),) if item.id == WAVE else item_keys(item)
                spans[item.id] = (len(keys), len(keys) + len(own))
                keys += own
        self._foresee(spans)
        design = self.design(weight)
        asked = (tuple(keys), self.summed_with(weight), where)
        place = asked, tuple(spans.items())
        if place not in self._cuts:
            cells = cells_of(design, self.moments(*asked))
            self._cuts[place] = Cut(cells, design, spans, self.study.sample_type == "census")
        return self._cuts[place]

    def _foresee(self, items: Iterable[str]) -> None:
        """Tell the engine of all items once it is plain that more than a number or two are wanted."""
        if self._items_asked is None:
            return
        self._items_asked.update(items)
        if len(self._items_asked) > FEW:
            self._items_asked = None
            counted = [i for i in self.items.values() if i.kind not in (Kind.OPEN, Kind.TERRITORY, Kind.GRID)]
            self.engine.hold([k for i in counted for k in item_keys(i)])

    def wave_key(self) -> Key:
        """Return the key that groups people by wave."""
        cases = [f"WHEN {text_literal(w)} THEN {self.wave_code(w)}" for w in self.study.wave_ids()]
        return Key(f"CASE {quoted('wave')} {' '.join(cases)} END")

    def moments(self, keys: Sequence[Key], weight: str | None, where: str | None) -> Moments:
        """Return the sums by keys; asked of the engine once. ``weight`` is the engine's name or None."""
        asked = (tuple(keys), weight, where)
        if asked not in self._moments:
            self._moments[asked] = self.engine.moments(keys, weight, where)
        return self._moments[asked]

    def people(self, where: str | None = None) -> int:
        """Return how many respondents there are, of all or of those for whom a condition is true."""
        return int(self.moments((), None, where).n.sum())
