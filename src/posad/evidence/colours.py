"""What the colours of a chart say: an order with two poles, an order of more and less, answers without order, no answer.

Roles are names (``positive-2``, ``step-3``, ``answer-1``, ``missing``); which colour a role has is the writers' matter.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from posad.study.questionnaire.codes import substantive
from posad.study.questionnaire.values import Item, Kind, Option, Role

_NEGATIVE = re.compile(
    r"(?<!\w)(?:не|нет|плохо|плохая|плохой|хуже|ухудш\w*|отста\w*|отдал\w*|никогда|бесполезн\w*|"
    r"no|not|never|bad|badly|poor|poorly|worse|worst|dis\w+|un\w+|against|oppose\w*)(?!\w)",
    re.IGNORECASE,
)


Poles = tuple[tuple[int, ...], tuple[int, ...]]


def roles_of(
    item: Item,
    nets: Sequence[tuple[int, ...]] = (),
    poles: bool = False,
    declared: Poles = ((), ()),
    colours: str | None = None,
) -> Mapping[int, str]:
    """Return the colour role of each answer by its code.

    Args:
        item: A question with one answer.
        nets: Codes of the nets declared for it: neighbouring answers counted together show that the answers have an order.
        poles: Whether the chart sets one end of the scale against the other.
        declared: Codes of the negative and of the positive side, where the study says which they are.
        colours: What the study wants colours to say: ``poles``, ``sides`` (two sides, neither good), ``order``, ``separate``.
    """
    free = [o for o in substantive(item) if not o.roles & {Role.PINNED, Role.EXCLUSIVE}]
    roles = {o.code: "missing" for o in item.options if o not in free}
    codes = [o.code for o in free]
    if colours == "separate":
        return roles | {code: f"answer-{i}" for i, code in enumerate(codes, 1)}
    falling = len(codes) > 2 and codes == sorted(codes, reverse=True)
    if colours != "order" and (any(declared) or poles or falling or colours in ("poles", "sides")):
        sided = _declared(codes, declared) if any(declared) else _balanced(free, positive_first(item, free))
        return roles | (_neither(sided) if colours == "sides" else sided)
    if colours == "order" or item.kind is Kind.SCALE or any(_neighbours(codes, net) for net in nets):
        return roles | {code: f"step-{_step(i, len(codes))}" for i, code in enumerate(codes)}
    return roles | {code: f"answer-{i}" for i, code in enumerate(codes, 1)}


def positive_first(item: Item, free: Sequence[Option]) -> bool:
    """Tell whether the first answer listed is the good end.

    The words decide where just one end denies something; else the greater code is the better one.
    """
    if not free:
        return True
    first, last = denies(free[0]), denies(free[-1])
    if first != last and item.kind is not Kind.SCALE:
        return last
    return free[0].code > free[-1].code


def denies(option: Option) -> bool:
    """Tell whether an answer denies something or finds it bad, by its words in any language."""
    return any(_NEGATIVE.search(words) for _, words in option.label.parts)


def _neighbours(codes: Sequence[int], net: tuple[int, ...]) -> bool:
    """Tell whether a net holds two or more neighbouring answers and not all of them."""
    places = sorted(codes.index(c) for c in net if c in codes)
    return 1 < len(places) < len(codes) and places[-1] - places[0] == len(places) - 1


def _step(index: int, count: int) -> int:
    """Return a step of eleven, spread over the whole range where there are few answers."""
    if count >= 11:
        return index + 1
    return 2 + round(index * 8 / max(count - 1, 1))


def _balanced(free: Sequence[Option], positive: bool) -> dict[int, str]:
    """Return strong to mild, the middle, mild to strong."""
    half = len(free) // 2
    strengths = [_strength(i, half) for i in range(half)]
    middle = [("neutral", 0)] * (len(free) % 2)
    first, second = ("positive", "negative") if positive else ("negative", "positive")
    names = [(first, s) for s in strengths] + middle + [(second, s) for s in reversed(strengths)]
    return {o.code: name if name == "neutral" else f"{name}-{s}" for o, (name, s) in zip(free, names, strict=True)}


def _declared(codes: Sequence[int], poles: Poles) -> dict[int, str]:
    """Return the roles of declared sides: the answer farthest from the other side is the strongest, the rest is the middle."""
    roles = dict.fromkeys(codes, "neutral")
    for name, side, other in (("negative", poles[0], poles[1]), ("positive", poles[1], poles[0])):
        listed = [c for c in codes if c in side]
        first = codes.index(listed[0]) if listed else 0
        ahead = [codes.index(c) for c in other if c in codes]
        outward = listed if not ahead or first < min(ahead) else listed[::-1]
        roles |= {c: f"{name}-{_strength(i, len(outward))}" for i, c in enumerate(outward)}
    return roles


def _neither(roles: Mapping[int, str]) -> dict[int, str]:
    """Return sides without good and bad: left and right instead of negative and positive."""
    names = {"negative": "left", "positive": "right"}
    return {code: "-".join(names.get(part, part) for part in role.split("-")) for code, role in roles.items()}


def _strength(index: int, half: int) -> int:
    """Return 1 to 3 for an answer counted from the end of the scale: the end is the strongest."""
    return half - index if half <= 3 else 3 - min(2, index * 3 // half)
