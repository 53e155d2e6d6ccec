"""The columns of a table before any number is known.

Banner: Total first, then one block for each variable; nested variables give one block for each outer group, because only columns of
one block are compared. ``wave`` is a variable like others; ``waves`` gives the waves and, behind them, the change of each to the
wave before.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise, product

from posad.core.problems import Problem, near, problem
from posad.core.words import LocalText
from posad.study.addresses.waves import TREND, WAVE, wave_item
from posad.study.plans.values import BannerPart, Study
from posad.study.questionnaire.values import Item, Kind, Option
from posad.tabulation.layout.stub import plain_label
from posad.tabulation.values import Column
from posad.tabulation.wording import LANGUAGES

TOTAL = Column("total", (LocalText.of(ru="Всего", en="Total"),), 0)
CHANGE = LocalText.of(ru="Изменение", en="Change")
GROUPING = frozenset({Kind.SINGLE, Kind.MULTIPLE, Kind.SCALE})
Nest = tuple[tuple[Item, int], ...]


@dataclass(frozen=True, slots=True)
class Head:
    """One column and the people in it: for each variable of its nest, the code that they have.

    ``previous`` are, in a column of changes, the people of the wave before, whose numbers are taken away.
    """

    column: Column
    nest: Nest = ()
    previous: Nest = ()


def heads(study: Study, banner: Sequence[BannerPart], total: bool = True) -> tuple[tuple[Head, ...], list[Problem]]:
    """Return the columns of a banner, Total first, and what is wrong with it."""
    known = {i.id: i for i in (*study.items(), wave_item(study))}
    found: list[Head] = [Head(TOTAL)] if total or not banner else []
    problems: list[Problem] = []
    block = 0
    for part in banner:
        trend = part.variables == (TREND,)
        items, wrong = _variables(BannerPart((WAVE,), part.place) if trend else part, known)
        problems += wrong
        if wrong:
            continue
        there = {h.column.id for h in found}
        made = [h for h in _columns(study, items, block) if h.column.id not in there]
        found += [*made, *(_changes(made) if trend else [])]
        block = found[-1].column.block if made else block
    return tuple(found), problems


def _variables(part: BannerPart, known: dict[str, Item]) -> tuple[list[Item], list[Problem]]:
    items: list[Item] = []
    problems: list[Problem] = []
    for name in part.variables:
        item = known.get(name)
        if item is None:
            problems.append(problem("table-banner-unknown", part.place, name=name, near=near(name, known)))
        elif item.kind not in GROUPING:
            problems.append(problem("table-banner-not-groups", part.place, name=name))
        else:
            items.append(item)
    return items, problems


def _columns(study: Study, items: Sequence[Item], block: int) -> list[Head]:
    names = {v.id: {g.code: g.id for g in v.groups} for v in study.variables}
    names[WAVE] = dict(enumerate(study.wave_ids(), 1))
    title = _block_title(items)
    made: list[Head] = []
    outer: tuple[Option, ...] | None = None
    for combination in product(*(i.options for i in items)):
        if outer is None or combination[:-1] != outer:
            block, outer = block + 1, combination[:-1]
        nest = tuple((i, o.code) for i, o in zip(items, combination, strict=True))
        id = ">".join(f"{i.id}:{names.get(i.id, {}).get(code, str(code))}" for i, code in nest)
        labels = (title, *(o.label or plain_label(o.code) for o in combination))
        made.append(Head(Column(id, labels, block), nest))
    return made


def _changes(waves: Sequence[Head]) -> list[Head]:
    """Return the columns of changes behind a block of waves."""
    made = []
    for before, after in pairwise(waves):
        earlier, later = (h.column.id.removeprefix(f"{WAVE}:") for h in (before, after))
        words = {
            lang: f"{after.column.labels[-1].get(lang)} − {before.column.labels[-1].get(lang)}" for lang in LANGUAGES
        }
        labels = (CHANGE, LocalText.from_mapping(words))
        column = Column(f"change:{later}-{earlier}", labels, after.column.block + 1, kind="change")
        made.append(Head(column, after.nest, before.nest))
    return made


def _block_title(items: Sequence[Item]) -> LocalText:
    return LocalText.from_mapping({lang: " × ".join(i.label.get(lang) for i in items) for lang in LANGUAGES})


def variables_in(nests: Iterable[tuple[tuple[Item, int], ...]]) -> tuple[Item, ...]:
    """Return the items that a set of columns is cut by, each once, in order."""
    found: dict[str, Item] = {}
    for nest in nests:
        for item, _ in nest:
            found.setdefault(item.id, item)
    return tuple(found.values())
