"""Judge declared analyses before the field: detectable differences and power, from the errors of shares with a design effect."""

from __future__ import annotations

from collections.abc import Sequence
from math import sqrt

from posad.analysis.power.comparing import KINDS, anything
from posad.analysis.power.values import Assumed, Compared, Judged, Line
from posad.analysis.values import Declared
from posad.core.numbers import number, percent
from posad.core.words import LocalText
from posad.kernel.distributions import normal_cdf, normal_quantile
from posad.study.plans.values import Study
from posad.study.questionnaire.values import Item
from posad.tabulation.wording import LANGUAGES

LEVEL, POWER = 0.05, 0.8
FEWEST = 50


def judge(study: Study, declared: Declared, assumed: Assumed) -> Judged:
    """Return what an analysis could show with so many people."""
    compares = KINDS.get(declared.kind, anything)
    lines = tuple(_line(c, assumed) for c in compares(study, declared.plan, assumed))
    return Judged(declared.id, declared.kind, declared.title, lines)


def detectable(error: float, tests: int = 1, level: float = LEVEL, power: float = POWER) -> float:
    """Return the smallest difference found with a power at a two-sided level shared among some tests.

    >>> round(detectable(1.0), 3), round(detectable(1.0, tests=10), 3)
    (2.802, 3.649)
    """
    return (normal_quantile(1 - level / (2 * tests)) + normal_quantile(power)) * error


def power_of(difference: float, error: float, level: float = LEVEL) -> float:
    """Return the chance to find a difference at a two-sided level.

    >>> round(power_of(2.802, 1.0), 3), round(power_of(0.0, 1.0), 3)
    (0.8, 0.05)
    """
    edge, at = normal_quantile(1 - level / 2), difference / error
    return normal_cdf(at - edge) + normal_cdf(-at - edge)


def _line(c: Compared, assumed: Assumed) -> Line:
    error = sqrt(assumed.deff * assumed.at * (1 - assumed.at) * c.scale)
    least = min(detectable(error), 1.0)
    sides = [c.first, *([c.second] if c.second is not None else [])]
    return Line(
        c.label, round(c.first), round(c.second) if c.second is not None else None, error, normal_quantile(0.975) * error, least,
        min(detectable(error, max(c.tests, 1)), 1.0), power_of(assumed.difference, error), c.tests, c.guessed, min(sides) < FEWEST,
    )  # fmt: skip


def known_item(study: Study, name: str) -> Item | None:
    """Return the item or variable that an expected share speaks of, ``mood:optimists`` or ``worry.jobs``."""
    return study.item(name.partition(":")[0]) or study.item(name.rpartition(".")[0])


def notes(assumed: Assumed, judged: Sequence[Judged]) -> tuple[LocalText, ...]:
    """Return in words what was assumed."""

    def said(n: str) -> str:
        people, deff = number(assumed.people, n), number(assumed.deff, n, 2)
        at, diff = percent(assumed.at, n), percent(assumed.difference, n, 1).rstrip("%").rstrip()
        if n == "ru":
            return (
                f"Принято: {people} человек, эффект дизайна {deff}, доля {at}. Различимая разница находится в четырёх случаях из пяти при "
                f"уровне 5 %; сила – вероятность найти разницу {diff} п. п."
            )
        return (
            f"Assumed: {people} people, a design effect of {deff}, a share of {at}. A detectable difference is found in four cases of five at "
            f"a level of 5%; power is the chance to find a difference of {diff} points."
        )

    found = [LocalText.from_mapping({n: said(n) for n in LANGUAGES})]
    if any(line.guessed for j in judged for line in j.lines):
        found.append(LocalText.of(
            ru="* Размер групп неизвестен: группы приняты равными. Свои доли – --share mood:optimists=57.",
            en="* Sizes of groups are not known: they were taken as equal. Your own: --share mood:optimists=57.",
        ))  # fmt: skip
    if any(line.small for j in judged for line in j.lines):
        found.append(LocalText.of(
            ru="! Меньше 50 человек с одной стороны: такое сравнение анализ не покажет.",
            en="! Fewer than 50 people on one side: the analysis will not show such a comparison.",
        ))  # fmt: skip
    return tuple(found)
