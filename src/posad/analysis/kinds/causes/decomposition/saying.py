"""A decomposition computed and put into words: how much of a difference is composition, how much is left, and by which variables."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from posad.analysis.kinds.causes.decomposition.planning import DecompositionPlan
from posad.analysis.kinds.causes.desks import desk_of, headed, plain, question_of, worded
from posad.analysis.linear.decomposing import composition_by_logit, kitagawa, oaxaca
from posad.analysis.linear.estimates import Linear, estimates_of
from posad.analysis.linear.fitting.gathering import Data, Mask, gather
from posad.analysis.linear.fitting.terms import Term
from posad.analysis.saying.speaking import Desk
from posad.analysis.values import Column, Declared, Grid, Line, Result
from posad.core.problems import Problem, problem
from posad.core.words import LocalText
from posad.evidence.values import Bar, Figure, Series
from posad.kernel.estimators.smooth import base_of
from posad.kernel.values import Estimate, Statistic
from posad.study.plans.values import LowBase
from posad.tabulation.cells import chosen, tier
from posad.tabulation.context import Context
from posad.tabulation.wording import LANGUAGES

APART = 0.01  # by which the linear and the logistic composition may differ before it is told as a warning
METHOD = LocalText.of(
    ru="""Разница двух групп раскладывается без остатка: на состав (группы состоят из разных людей) и на остальное (похожие люди двух групп \
отвечают по-разному). По одному признаку – разложение Китагавы, по нескольким – Оаксаки – Блайндера с коэффициентами общей регрессии, в \
которой есть и сама группа. Ошибки знают веса, их подгонку и то, что обе группы – из одной выборки. «Объяснено составом» – это \
арифметика, а не причина: из неё не следует, что при другом составе разница исчезла бы.""",
    en="""The difference of two groups is taken apart without remainder: into composition (the groups consist of different people) and the rest \
(alike people of the two answer otherwise). Kitagawa's decomposition by one variable, Oaxaca's and Blinder's by several, with the coefficients \
of a common regression that has the group in it. Errors know the weights, their calibration, and that both groups come from one sample. \
"Explained by composition" is arithmetic, no cause: it does not follow that with another composition the difference would be gone.""",
)


@dataclass(frozen=True, slots=True)
class Parts:
    """A difference taken apart, with the terms of its composition; the sides and who is in them."""

    data: Data
    linear: Linear
    terms: tuple[Term, ...]
    sides: tuple[Mask, Mask]
    names: tuple[LocalText, LocalText]
    logit: float | None


def compute(context: Context, declared: Declared) -> tuple[Result | None, list[Problem]]:
    """Return what the difference of two groups consists of, or why it cannot be taken apart."""
    plan: DecompositionPlan = declared.plan
    found, problems = _parts(context, declared, plan)
    if found is None:
        return None, problems
    desk = desk_of(context, declared, plan.regression)
    at = _numbers(desk, plan, found)
    _say(desk, plan, found, at)
    figures, grids = [_figure(desk, plan, found, at)], [_grid(found, at)]
    return desk.result("decomposition", METHOD, figures=figures, grids=grids), problems


def _parts(context: Context, declared: Declared, plan: DecompositionPlan) -> tuple[Parts | None, list[Problem]]:
    among = (plan.variable, (plan.first, *plan.seconds))
    data, problems = gather(context, plan.regression, declared.place, declared.id, among=among)
    if data is None:
        return None, problems
    item = context.items[plan.variable]
    sides = (chosen(data.cut, item, (plan.first,)) & data.inside, chosen(data.cut, item, plan.seconds) & data.inside)
    names = _names(context, plan)
    for side, name in zip(sides, names, strict=True):
        held = base_of(data.cut.cells, side)
        if tier(held, LowBase()) in ("hidden", "no_tests"):
            facts: dict[str, str | int] = {
                "name": declared.id,
                "group": name.get("ru"),
                "n": held.unweighted,
                "needed": 50,
            }
            return None, [*problems, problem("analysis-group-small", declared.place, **facts)]
    terms = tuple(t for t in plan.regression.drivers if data.columns_of(t))
    if plan.method == "kitagawa":
        linear, wrong = _kitagawa(context, declared, data, terms[0], sides)
        problems += wrong
        return (Parts(data, linear, (), sides, names, None), problems) if linear is not None else (None, problems)
    linear = oaxaca(data.y, data.x, [data.columns_of(t) for t in terms], *sides, data.weights)
    share = plan.regression.outcome.kind == "share"
    logit = composition_by_logit(data.y, data.x, *sides, data.weights) if share else None
    return Parts(data, linear, terms, sides, names, logit), problems


def _kitagawa(
    context: Context, declared: Declared, data: Data, term: Term, sides: tuple[Mask, Mask]
) -> tuple[Linear | None, list[Problem]]:
    item = context.items[term.item]
    labels = {o.code: o.label for o in item.options}
    cells = [(c, chosen(data.cut, item, (c,)) & data.inside) for c in term.codes]
    cells = [(c, cell) for c, cell in cells if cell.any()]
    for code, cell in cells:
        if not all((side & cell).any() for side in sides):
            return None, [problem("decomposition-empty-cell", declared.place, name=labels[code].get("ru"))]
    return kitagawa(data.y, [cell for _, cell in cells], *sides, data.weights), []


def _names(context: Context, plan: DecompositionPlan) -> tuple[LocalText, LocalText]:
    options = {o.code: o.label for o in context.items[plan.variable].options}
    others = LocalText.of(ru="все остальные", en="everybody else")
    return options[plan.first], others if plan.rest else options[plan.seconds[0]]


@dataclass(frozen=True, slots=True)
class Told:
    """Addresses: both levels, the difference, composition, the rest, the part of each variable, the logistic check."""

    first: str
    second: str
    gap: str
    composition: str
    rest: str
    terms: tuple[str, ...]
    check: str | None


def _numbers(desk: Desk, plan: DecompositionPlan, found: Parts) -> Told:
    data, share = found.data, plan.regression.outcome.kind == "share"
    level, moved = ("share", "points") if share else ("mean", "coefficient")
    sides = []
    for id, side, name in zip(("first", "second"), found.sides, found.names, strict=True):
        sides.append(desk.number(id, _level(found, side, level), plan.regression.outcome.label, group=name))  # type: ignore[arg-type]
    made = estimates_of(data.cut.design, data.cut.cells, found.linear, [data.held], moved)  # type: ignore[arg-type]
    heads = (
        ("gap", "разница", "difference"),
        ("composition", "состав", "composition"),
        ("rest", "остальное", "the rest"),
    )
    three = [
        desk.number(id, e, headed(ru, en, plan.regression.outcome.label))
        for (id, ru, en), e in zip(heads, made[:3], strict=True)
    ]
    terms = tuple(
        desk.number(f"{t.name}.part", e, headed("часть по составу", "part by composition", t.label))
        for t, e in zip(found.terms, made[3:], strict=True)
    )
    check = None
    if found.logit is not None:
        words = LocalText.of(ru="состав по логистической модели", en="composition by a logistic model")
        check = plain(desk, "check", found.logit, "points", data.held, words)
    return Told(sides[0], sides[1], three[0], three[1], three[2], terms, check)


def _level(found: Parts, side: Mask, statistic: Statistic) -> Estimate:
    from posad.analysis.linear.decomposing import means_of

    cut = found.data.cut
    linear = means_of(found.data.y[:, None], side, found.data.weights)
    return estimates_of(cut.design, cut.cells, linear, [base_of(cut.cells, side)], statistic)[0]


def _certain(desk: Desk, address: str) -> bool:
    e = desk.facts[address].estimate
    return e.low is not None and e.high is not None and e.low * e.high > 0


def _say(desk: Desk, plan: DecompositionPlan, found: Parts, at: Told) -> None:
    given: dict[str, str | LocalText] = {
        "outcome": plan.regression.outcome.label,
        "a": found.names[0],
        "b": found.names[1],
    }
    given |= {"first": at.first, "second": at.second, "gap": at.gap, "made": at.composition, "rest": at.rest}
    ru = "«{outcome}»: {first} – {a}, {second} – {b}; разница {gap}. Составом групп объясняется {made}, остаётся {rest} (арифметика)."
    en = "“{outcome}”: {first} of {a}, {second} of {b}; a difference of {gap}. Composition explains {made}, {rest} is left (arithmetic)."
    desk.say("gap", ru, en, numbers=given)
    sure = [k for k, address in enumerate(at.terms) if _certain(desk, address)]
    if sure:
        parts: dict[str, str | LocalText] = {f"n{k}": at.terms[k] for k in sure} | {
            f"l{k}": found.terms[k].label for k in sure
        }
        inner = "; ".join(f"{{l{k}}} {{n{k}}}" for k in sure)
        desk.say("terms", f"Из состава: {inner}.", f"By composition: {inner}.", "detail", parts)
    elif at.terms:
        ru = "Ни один признак состава по отдельности не даёт больше, чем дал бы случай."
        en = "No variable of the composition by itself gives more than chance would."
        desk.say("terms", ru, en, "detail")
    _check(desk, found, at)
    ru = "Это арифметика, а не причина: при другом составе похожие люди могли бы отвечать иначе."
    en = "This is arithmetic, no cause: with another composition alike people might answer otherwise."
    desk.say("label", ru, en, "warning")


def _check(desk: Desk, found: Parts, at: Told) -> None:
    """Set the logistic composition beside the linear one, and warn where they differ by more than a point."""
    if at.check is None or found.logit is None:
        return
    far = abs(found.logit - float(found.linear.values[1])) > APART
    if far:
        ru = "Логистическая модель даёт составу {check}: линейному разложению здесь верить рано."
        en = "A logistic model gives {check} to composition: the linear decomposition is not to be trusted here."
    else:
        ru, en = (
            "Логистическая модель даёт составу {check}, почти столько же.",
            "A logistic model gives {check} to composition, nearly as much.",
        )
    desk.say("check", ru, en, "warning" if far else "detail", check=at.check)


def _rows(found: Parts, at: Told) -> Sequence[tuple[str, LocalText, str]]:
    rows = [
        ("gap", LocalText.of(ru="Вся разница", en="The whole difference"), at.gap),
        ("composition", LocalText.of(ru="Состав", en="Composition"), at.composition),
        ("rest", LocalText.of(ru="Остальное", en="The rest"), at.rest),
    ]
    heads = {"ru": "состав", "en": "composition"}
    for term, address in zip(found.terms, at.terms, strict=True):
        rows.append((f"{term.name}.part", worded({n: f"{heads[n]}: {term.label.get(n)}" for n in LANGUAGES}), address))
    return rows


def _figure(desk: Desk, plan: DecompositionPlan, found: Parts, at: Told) -> Figure:
    context, declared, outcome = desk.context, desk.declared, plan.regression.outcome
    bars = tuple(Bar(id, words, (address,)) for id, words, address in _rows(found, at))
    names = worded({n: f"{found.names[0].get(n)} – {found.names[1].get(n)}" for n in LANGUAGES})
    share = outcome.kind == "share"
    kind = (
        headed("в процентных пунктах", "in percentage points", names)
        if share
        else headed("в единицах исхода", "in units of the outcome", names)
    )
    note = LocalText.of(ru="Арифметика, а не причина.", en="Arithmetic, no cause.")
    return Figure(
        f"analysis:{declared.id}", "forest", declared.title, question_of(context, outcome), kind, desk.base_text,
        (Series("value", LocalText(), "bar"),), bars, (), (note,), context.simulated,
    )  # fmt: skip


def _grid(found: Parts, at: Told) -> Grid:
    columns = (Column("value", LocalText.of(ru="Часть", en="Part")),)
    lines = [Line(id, words, (address,)) for id, words, address in _rows(found, at)]
    if at.check is not None:
        lines.append(
            Line(
                "check", LocalText.of(ru="Состав, логистическая модель", en="Composition, logistic model"), (at.check,)
            )
        )
    head = [Line("first", found.names[0], (at.first,)), Line("second", found.names[1], (at.second,))]
    return Grid(
        "parts",
        LocalText.of(ru="Из чего состоит разница", en="What the difference consists of"),
        columns,
        (*head, *lines),
    )
