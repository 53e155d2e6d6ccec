"""The lines and columns of a table before any number is known.

Stub: options in the order of the questionnaire, declared nets above their parts, "don't know" and other pinned options last whatever
the order, then the mean or the mean number of answers. Banner: Total first, then one block for each variable; nested variables give
one block for each outer group, because only columns of one block are compared.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import product

from posad.core.problems import Problem, near, problem
from posad.core.words import LocalText
from posad.study.plans import BannerPart, Study
from posad.study.questionnaire.values import Item, Kind, Option, Role
from posad.tabulation.values import Column, Row
from posad.tabulation.wording import LANGUAGES

TOTAL = Column("total", (LocalText.of(ru="Всего", en="Total"),), 0)
MEAN = LocalText.of(ru="Среднее", en="Mean")
ANSWERS_PER_PERSON = LocalText.of(ru="Среднее число ответов", en="Mean number of answers")
COUNTED = frozenset({Kind.SINGLE, Kind.MULTIPLE, Kind.SCALE, Kind.NUMBER})
GROUPING = frozenset({Kind.SINGLE, Kind.MULTIPLE, Kind.SCALE})
_LAST = frozenset({Role.PINNED, Role.DONT_KNOW, Role.TEXT, Role.EXCLUSIVE})  # "other", "nothing"


@dataclass(frozen=True, slots=True)
class Head:
    """One column and the people in it: for each variable of its nest, the code that they have."""

    column: Column
    nest: tuple[tuple[Item, int], ...] = ()


def pinned(option: Option) -> bool:
    """Tell whether an option keeps the last place whatever the order."""
    return bool(option.roles & _LAST)


def stub(item: Item, nets: Sequence[Row] = (), extra: Sequence[Row] = ()) -> tuple[Row, ...]:
    """Return the lines of a table of an item; ``extra`` nets (a top-box asked for) stand above the answers."""
    answers = [o for o in item.options if Role.OUT_OF_BASE not in o.roles]
    if item.kind is Kind.NUMBER:
        return (Row("mean", "mean", MEAN),)
    free = [o for o in answers if not pinned(o)]
    last = tuple(_answer(o, 0) for o in answers if pinned(o))
    declared = [n for n in nets if n.codes]
    rows = (*extra, *_nested(free, _laminar(declared), _crossing(declared)), *last)
    match item.kind:
        case Kind.SCALE:
            return (*rows, Row("mean", "mean", MEAN))
        case Kind.MULTIPLE:
            return (*rows, Row("answers", "answers_per_person", ANSWERS_PER_PERSON))
        case _:
            return rows


def _answer(option: Option, indent: int) -> Row:
    return Row(str(option.code), "answer", option.label or _plain(option.code), (option.code,), pinned(option), indent)


def _plain(code: int) -> LocalText:
    return LocalText.from_mapping({language: str(code) for language in LANGUAGES})


def _crosses(one: Row, other: Row) -> bool:
    a, b = set(one.codes), set(other.codes)
    return bool(a & b) and not a <= b and not b <= a


def _laminar(nets: Sequence[Row]) -> list[Row]:
    """Return the nets that nest in one another cleanly, the first declared winning, the largest first."""
    kept: list[Row] = []
    for net in nets:
        if not any(_crosses(net, other) for other in kept):
            kept.append(net)
    return sorted(kept, key=lambda n: -len(set(n.codes)))


def _crossing(nets: Sequence[Row]) -> list[Row]:
    kept = _laminar(nets)
    return [n for n in nets if n not in kept]


def _nested(free: Sequence[Option], laminar: Sequence[Row], crossing: Sequence[Row]) -> list[Row]:
    """Return answers with each net above its parts; a net that cuts across another one stands alone, at the top."""
    rows = [_net(n, 0) for n in crossing]
    done: set[int] = set()
    for option in free:
        if option.code not in done:
            rows += _opened(option, free, laminar, done, 0)
    shown = {r.id for r in rows}
    return [*(_net(n, 0) for n in laminar if n.id not in shown), *rows]


def _opened(option: Option, free: Sequence[Option], nets: Sequence[Row], done: set[int], indent: int) -> list[Row]:
    """Return an option, inside the largest net that holds it and the smaller nets within."""
    outer = next((n for n in nets if option.code in n.codes), None)
    if outer is None:
        done.add(option.code)
        return [_answer(option, indent)]
    inner = [n for n in nets if n is not outer and set(n.codes) <= set(outer.codes)]
    rows = [_net(outer, indent)]
    for part in free:
        if part.code in outer.codes and part.code not in done:
            rows += _opened(part, free, inner, done, indent + 1)
    return rows


def _net(net: Row, indent: int) -> Row:
    return replace(net, indent=indent)


def heads(study: Study, banner: Sequence[BannerPart], total: bool = True) -> tuple[tuple[Head, ...], list[Problem]]:
    """Return the columns of a banner, Total first, and what is wrong with it."""
    known = {i.id: i for i in study.items()}
    found: list[Head] = [Head(TOTAL)] if total or not banner else []
    problems: list[Problem] = []
    block = 0
    for part in banner:
        items, wrong = _variables(part, known)
        problems += wrong
        if wrong:
            continue
        there = {h.column.id for h in found}
        made = [h for h in _columns(study, items, block) if h.column.id not in there]
        found += made
        block = made[-1].column.block if made else block
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
    title = _block_title(items)
    made: list[Head] = []
    outer: tuple[Option, ...] | None = None
    for combination in product(*(i.options for i in items)):
        if outer is None or combination[:-1] != outer:
            block, outer = block + 1, combination[:-1]
        nest = tuple((i, o.code) for i, o in zip(items, combination, strict=True))
        id = ">".join(f"{i.id}:{names.get(i.id, {}).get(code, str(code))}" for i, code in nest)
        labels = (title, *(o.label or _plain(o.code) for o in combination))
        made.append(Head(Column(id, labels, block), nest))
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
