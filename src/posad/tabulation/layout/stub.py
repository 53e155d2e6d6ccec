"""The lines of a table before any number is known.

Options in the order of the questionnaire, declared nets above their parts, "don't know" and other pinned options last whatever the
order, then the mean or the mean number of answers.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from posad.core.words import LocalText
from posad.study.questionnaire.values import Item, Kind, Option, Role
from posad.tabulation.values import Row
from posad.tabulation.wording import LANGUAGES

MEAN = LocalText.of(ru="Среднее", en="Mean")
ANSWERS_PER_PERSON = LocalText.of(ru="Среднее число ответов", en="Mean number of answers")
COUNTED = frozenset({Kind.SINGLE, Kind.MULTIPLE, Kind.SCALE, Kind.NUMBER})
_LAST = frozenset({Role.PINNED, Role.DONT_KNOW, Role.TEXT, Role.EXCLUSIVE})  # "other", "nothing"


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
    declared = [n for n in nets if n.codes and not _alias(n, item)]
    rows = (*extra, *_nested(free, _laminar(declared), _crossing(declared)), *last)
    match item.kind:
        case Kind.SCALE:
            return (*rows, Row("mean", "mean", MEAN))
        case Kind.MULTIPLE:
            return (*rows, Row("answers", "answers_per_person", ANSWERS_PER_PERSON))
        case _:
            return rows


def _answer(option: Option, indent: int) -> Row:
    return Row(
        str(option.code), "answer", option.label or plain_label(option.code), (option.code,), pinned(option), indent
    )


def plain_label(code: int) -> LocalText:
    """Return a code as its own label."""
    return LocalText.from_mapping({language: str(code) for language in LANGUAGES})


def _alias(net: Row, item: Item) -> bool:
    """Tell whether a net is another name of one answer, for addresses: as a line of its own it would print that answer twice."""
    printed = {o.code for o in item.options if Role.OUT_OF_BASE not in o.roles}
    return len(set(net.codes)) == 1 and net.codes[0] in printed


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
