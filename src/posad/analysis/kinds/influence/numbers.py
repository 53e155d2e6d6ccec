"""The numbers of an influence map as facts: coordinates, bases, controls, companions."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from posad.analysis.kinds.influence.counting import (
    GREY,
    Places,
    excess,
    group_of,
    own_scale,
    places,
    raters,
)
from posad.analysis.kinds.influence.planning import Company, InfluencePlan
from posad.analysis.linear.estimates import estimates_of
from posad.analysis.saying.speaking import Desk
from posad.core.words import LocalText
from posad.kernel.design import Floats
from posad.kernel.estimates import shares
from posad.kernel.values import Bases, Estimate
from posad.study.addresses import address_of
from posad.tabulation.wording import LANGUAGES


@dataclass
class Numbers:
    """Addresses of the numbers of each company on the map, by its number; empty where they were not asked for."""

    x: dict[int, str] = field(default_factory=dict)
    y: dict[int, str] = field(default_factory=dict)
    tilt: dict[int, str] = field(default_factory=dict)
    rated: dict[int, str] = field(default_factory=dict)
    grey: dict[int, bool] = field(default_factory=dict)
    known: dict[int, str] = field(default_factory=dict)
    excess: dict[int, str] = field(default_factory=dict)
    values: dict[int, float] = field(default_factory=dict)  # of the excess
    x_own: dict[int, str] = field(default_factory=dict)
    y_own: dict[int, str] = field(default_factory=dict)
    x_users: dict[int, str] = field(default_factory=dict)
    y_users: dict[int, str] = field(default_factory=dict)
    repeats: Floats | None = None


def numbers_of(desk: Desk, found: Places, weights: Floats | None) -> Numbers:
    """Keep every number of the map at the desk and return their addresses."""
    plan: InfluencePlan = desk.declared.plan
    numbers = Numbers(repeats=weights)
    for i, company in enumerate(found.companies):
        numbers.x[i], numbers.y[i] = _both(desk, plan, found, i)
        numbers.tilt[i] = _tilt(desk, found, i)
        n = raters(desk.context, found.cut, company, found.people)
        held = Bases(n, found.base(i).weighted, found.base(i).effective)
        counted = Estimate(float(n), None, None, None, held, "base", 0)
        words = _of(company, LocalText.of(ru="число оценивших", en="number of people who rated"))
        numbers.rated[i] = desk.number(f"{company.row}.rated", counted, words)
        numbers.grey[i] = n < GREY
        if company.known is not None:
            item, measure, _ = company.known
            numbers.known[i] = desk.known(_address(desk, plan, item, measure))
    _companions(desk, plan, found, numbers)
    _users(desk, plan, found, numbers)
    return numbers


def _of(company: Company, what: LocalText) -> LocalText:
    return LocalText.from_mapping({lang: f"{what.get(lang)}: {company.label.get(lang)}" for lang in LANGUAGES})


def _address(desk: Desk, plan: InfluencePlan, item: str, measure: str) -> str:
    context = desk.context
    nest = group_of(context, plan)
    variable, code = nest[0] if nest else (None, None)
    return address_of(context.study, context.items[item], measure, variable, code)


def _both(desk: Desk, plan: InfluencePlan, found: Places, i: int) -> tuple[str, str]:
    """Return the addresses of both coordinates: those of the study itself where the base is theirs."""
    company = found.companies[i]
    if plan.base == "raters":
        x, y = ((company.x, plan.x.measure), (company.y, plan.y.measure))
        return desk.known(_address(desk, plan, *x)), desk.known(_address(desk, plan, *y))
    made = []
    for end, axis, at in (("x", plan.x, i), ("y", plan.y, i + found.count)):
        a, b = found.numerators[:, at], found.denominators[:, at]
        estimate = shares(found.cut.design, found.cut.cells, a, b)[0]
        made.append(desk.number(f"{company.row}.{end}", estimate, _of(company, axis.label)))
    return made[0], made[1]


def _tilt(desk: Desk, found: Places, i: int) -> str:
    v = found.of(i)
    size = float(np.sqrt(max(v[0, 0], 0.0) * max(v[1, 1], 0.0)))
    value = float(np.clip(v[0, 1] / size, -1.0, 1.0)) if size > 0 else 0.0
    estimate = Estimate(value, None, None, None, found.base(i), "correlation", found.cut.design.df)
    words = LocalText.of(
        ru="связь ошибок двух долей: наклон эллипса", en="correlation of the errors of both shares: tilt of the ellipse"
    )
    return desk.number(f"{found.companies[i].row}.tilt", estimate, _of(found.companies[i], words))


def _companions(desk: Desk, plan: InfluencePlan, found: Places, numbers: Numbers) -> None:
    """Keep excess novelty and the ratings against everybody's own mean."""
    cut, n = found.cut, found.count
    above = excess(found)
    if above is not None:
        held = [found.base(i) for i in range(n)]
        words = LocalText.of(
            ru="насколько доля по вертикали выше ожидаемой при такой доле по горизонтали",
            en="how far the upward share exceeds what is expected at such a share along",
        )
        for i, estimate in enumerate(estimates_of(cut.design, cut.cells, above, held, "points")):
            company = found.companies[i]
            numbers.excess[i] = desk.number(f"{company.row}.excess", estimate, _of(company, words))
            numbers.values[i] = float(above.values[i])
    own = own_scale(desk.context, plan, found)
    if own is None:
        return
    rated = [found.base(i) for i in range(n)]
    words = LocalText.of(
        ru="оценка минус средняя оценка того же человека", en="rating minus the same person's mean rating"
    )
    for at, estimate in enumerate(estimates_of(cut.design, cut.cells, own, [*rated, *rated], "mean")):
        company, end = found.companies[at % n], "x" if at < n else "y"
        (numbers.x_own if at < n else numbers.y_own)[at % n] = desk.number(
            f"{company.row}.{end}_own", estimate, _of(company, words)
        )


def _users(desk: Desk, plan: InfluencePlan, found: Places, numbers: Numbers) -> None:
    """Keep both shares among those who use each company."""
    if all(c.users is None for c in found.companies):
        return
    among = places(desk.context, plan, found.cut, "users")
    rows = {c.row: i for i, c in enumerate(among.companies)}
    for i, company in enumerate(found.companies):
        if company.row not in rows or company.users is None:
            continue
        at = rows[company.row]
        group = LocalText.of(ru="те, кто ею пользуется", en="those who use it")
        for end, axis, column in (("x", plan.x, at), ("y", plan.y, at + among.count)):
            a, b = among.numerators[:, column], among.denominators[:, column]
            estimate = shares(among.cut.design, among.cut.cells, a, b)[0]
            address = desk.number(f"{company.row}.{end}_users", estimate, _of(company, axis.label), group=group)
            (numbers.x_users if end == "x" else numbers.y_users)[i] = address
