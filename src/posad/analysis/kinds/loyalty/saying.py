"""Loyalty in words, charts and tables."""

from __future__ import annotations

from collections.abc import Sequence

from posad.analysis.kinds.loyalty.findings import Effects, effects_of, say_all
from posad.analysis.kinds.loyalty.modelling import Importance, importance
from posad.analysis.kinds.loyalty.planning import LoyaltyPlan
from posad.analysis.linear.fitting.gathering import Data, effects, fitted, gather
from posad.analysis.linear.fitting.terms import Term
from posad.analysis.people import repeated
from posad.analysis.saying.speaking import Desk, p_text
from posad.analysis.values import Column, Declared, Grid, Line, Result
from posad.core.problems import Problem
from posad.core.words import LocalText
from posad.evidence.values import Bar, Figure, Series
from posad.study.addresses import address_of
from posad.tabulation.context import Context
from posad.tabulation.wording import EVERYBODY, LANGUAGES

METHODS = {
    "logit": LocalText.of(ru="взвешенная логистическая регрессия", en="a weighted logistic regression"),
    "linear": LocalText.of(ru="взвешенная линейная регрессия", en="a weighted linear regression"),
    "ordinal": LocalText.of(
        ru="взвешенная порядковая регрессия (пропорциональные шансы)",
        en="a weighted ordinal regression (proportional odds)",
    ),
}


def compute(context: Context, declared: Declared) -> tuple[Result | None, list[Problem]]:
    """Return the model of an outcome in words and numbers, or why there is none."""
    plan: LoyaltyPlan = declared.plan
    data, problems = gather(context, plan, declared.place, declared.id)
    if data is None:
        return None, problems
    model, wrong = fitted(data, plan, declared.place)
    problems += wrong
    if model is None:
        return None, problems
    drawn, wrong = repeated(context, plan.weight)
    problems += wrong
    desk = _desk(context, declared, plan)
    moved = effects_of(desk, data, model, effects(data, model))
    shared = importance(data, plan, drawn.of(data.cut) if drawn is not None else None)
    parts = _importance(desk, data, shared) if shared is not None else {}
    say_all(desk, data, model, moved, shared, parts)
    figures = [_forest(desk, plan, data, moved)]
    figures += [_bars(desk, shared, parts)] if shared is not None else []
    grids = [_effects_grid(desk, data, moved), *_importance_grid(desk, shared, parts), *_profiles(desk, plan)]
    return desk.result("loyalty", _method(plan), figures=figures, grids=grids), problems


def _desk(context: Context, declared: Declared, plan: LoyaltyPlan) -> Desk:
    item = context.items[plan.outcome.item]
    question = context.study.questionnaire.question(item.question)
    about = question.text if question is not None else item.label
    if plan.group is None:
        return Desk(context, declared, plan.weight, about, EVERYBODY)
    variable, _, group = plan.group.partition(":")
    found = context.study.variable(variable)
    assert found is not None  # the plan was checked
    label = next(g.label for g in found.groups if g.id == group)
    words = {lang: f"{found.label.get(lang)}: {label.get(lang)}" for lang in LANGUAGES}
    return Desk(context, declared, plan.weight, about, LocalText.from_mapping(words))


def _method(plan: LoyaltyPlan) -> LocalText:
    name = METHODS[plan.model]
    unit = {
        "logit": ("в процентных пунктах", "in percentage points"),
        "linear": ("в единицах исхода", "in units of the outcome"),
        "ordinal": ("в процентных пунктах крайнего ответа", "in percentage points of the highest answer"),
    }[plan.model]
    return LocalText.of(
        ru=(
            f"Модель: {name.get('ru')}; ошибки знают веса, их подгонку и то, как отобраны люди. Связь показана {unit[0]}: на сколько "
            "в среднем отличался бы исход, если бы у всех было одно вместо другого, а остальное осталось как есть; в ошибке учтено, что "
            "и сами люди – выборка. Важность – доли Джонсона в том, что признаки объясняют на линейной шкале сверх названных условий, с "
            "проверкой по LMG. Модель описывает, что чему сопутствует: она не доказывает, что признак меняет исход, и не видит того, о "
            "чём не спрашивали."
        ),
        en=(
            f"The model is {name.get('en')}; errors know the weights, their calibration and how people were selected. Associations are {unit[1]}: "
            "by how much the outcome would differ on average if everybody had one thing rather than another, all else as it is; the "
            "error allows for people being a sample too. Importance is Johnson's share of what the drivers explain on the linear scale "
            "beyond the controls, checked by LMG. The model describes what goes with what: it does not prove that a driver changes the "
            "outcome, nor does it see what was not asked."
        ),
    )


def _importance(desk: Desk, data: Data, shared: Importance) -> dict[str, str]:
    """Keep each driver's part of what is explained, and return the addresses by the driver's name."""
    from posad.analysis.kinds.loyalty.findings import base_of_model, number_with

    held = base_of_model(data)
    found = {}
    for k, term in enumerate(shared.terms):
        values = (float(shared.parts[k]), float(shared.low[k]), float(shared.high[k]))
        words = LocalText.from_mapping({n: f"{_part(n)}: {term.label.get(n)}" for n in LANGUAGES})
        found[term.name] = number_with(desk, f"{term.name}.importance", values, "share", held, words)
    if shared.lmg is not None:
        for k, term in enumerate(shared.terms):
            value = float(shared.lmg[k])
            words = LocalText.from_mapping({n: f"{_part(n)}, LMG: {term.label.get(n)}" for n in LANGUAGES})
            number_with(desk, f"{term.name}.lmg", (value, None, None), "share", held, words)
    return found


def _part(language: str) -> str:
    return "доля в объяснённом" if language == "ru" else "part of what is explained"


def _forest(desk: Desk, plan: LoyaltyPlan, data: Data, moved: Effects) -> Figure:
    context, declared = desk.context, desk.declared
    order = sorted((k for k, r in enumerate(data.regressors) if not r.control), key=lambda k: -moved.values[k])
    bars = tuple(Bar(moved.ids[k], data.regressors[k].label, (moved.addresses[k],)) for k in order)
    units = {
        "logit": LocalText.of(ru="разница в процентных пунктах", en="difference in percentage points"),
        "linear": LocalText.of(ru="разница в единицах исхода", en="difference in units of the outcome"),
        "ordinal": LocalText.of(ru="разница в процентных пунктах", en="difference in percentage points"),
    }
    title = LocalText.from_mapping({n: f"{_goes_with(n)}: {plan.outcome.label.get(n)}" for n in LANGUAGES})
    question = _question(context, plan.outcome)
    note = LocalText.of(
        ru="Связь при прочих равных, а не влияние: модель не доказывает, что одно меняет другое.",
        en="An association with all else equal, not an effect: the model does not prove that one changes the other.",
    )
    kind = units["linear"] if plan.model == "linear" and plan.outcome.kind == "number" else units["logit"]
    return Figure(
        f"analysis:{declared.id}", "forest", title, question, kind, desk.base_text, (Series("value", LocalText(), "bar"),), bars, (),
        (note,), context.simulated,
    )  # fmt: skip


def _goes_with(language: str) -> str:
    return "Что сопутствует" if language == "ru" else "What goes with"


def _question(context: Context, term: Term) -> LocalText:
    question = context.study.questionnaire.question(context.items[term.item].question)
    return question.text if question is not None else term.label


def _bars(desk: Desk, shared: Importance, parts: dict[str, str]) -> Figure:
    context, declared = desk.context, desk.declared
    order = sorted(range(len(shared.terms)), key=lambda k: -float(shared.parts[k]))
    bars = tuple(Bar(shared.terms[k].name, shared.terms[k].label, (parts[shared.terms[k].name],)) for k in order)
    title = LocalText.of(ru="Доля каждого признака в объяснённом", en="Each driver's part of what is explained")
    kind = LocalText.of(ru="% объяснённого, доли Джонсона", en="% of what is explained, Johnson's weights")
    note = LocalText.of(ru="Важность – не влияние.", en="Importance is not effect.")
    plan: LoyaltyPlan = declared.plan
    return Figure(
        f"analysis:{declared.id}/importance", "ranked", title, _question(context, plan.outcome), kind, desk.base_text,
        (Series("value", LocalText(), "bar"),), bars, (), (note,), context.simulated,
    )  # fmt: skip


def _effects_grid(desk: Desk, data: Data, moved: Effects) -> Grid:
    columns = [
        Column("effect", LocalText.of(ru="Разница", en="Difference")),
        *([Column("odds", LocalText.of(ru="Отношение шансов", en="Odds ratio"))] if moved.odds else []),
        Column("p", LocalText.of(ru="p (Холм)", en="p (Holm)")),
    ]
    lines = []
    for k, r in enumerate(data.regressors):
        cells: list[str | LocalText] = [moved.addresses[k]]
        cells += [moved.odds[k]] if moved.odds else []
        cells.append(p_text(desk.facts[moved.p[k]].estimate.value or 0.0))
        head = LocalText.from_mapping(
            {
                n: f"{r.label.get(n)}{(' – условие' if n == 'ru' else ' – control') if r.control else ''}"
                for n in LANGUAGES
            }
        )
        lines.append(Line(moved.ids[k], head, tuple(cells)))
    title = LocalText.of(ru="Связи при прочих равных", en="Associations with all else equal")
    note = LocalText.of(
        ru="Признак-число: разница на один балл. Поправка Холма – на все признаки; условия в неё не входят.",
        en="A number: the difference of one point. Holm's correction is over the drivers; controls are not among them.",
    )
    return Grid("effects", title, tuple(columns), tuple(lines), (note,))


def _importance_grid(desk: Desk, shared: Importance | None, parts: dict[str, str]) -> list[Grid]:
    if shared is None:
        return []
    columns = [
        Column("johnson", LocalText.of(ru="Доля Джонсона", en="Johnson's weight")),
        *([Column("lmg", LocalText.of(ru="Доля LMG", en="LMG"))] if shared.lmg is not None else []),
    ]
    order = sorted(range(len(shared.terms)), key=lambda k: -float(shared.parts[k]))
    lines = []
    for k in order:
        name = shared.terms[k].name
        cells: Sequence[str] = [parts[name]]
        cells = [*cells, *([f"analysis:{desk.declared.id}/{name}.lmg"] if shared.lmg is not None else [])]
        lines.append(Line(name, shared.terms[k].label, tuple(cells)))
    title = LocalText.of(ru="Важность и её проверка", en="Importance and its check")
    return [Grid("importance", title, tuple(columns), tuple(lines))]


def _profiles(desk: Desk, plan: LoyaltyPlan) -> list[Grid]:
    """Return the groups of a variable described by the outcome and the drivers: the study's own numbers."""
    if plan.profiles is None:
        return []
    context = desk.context
    variable = context.items[plan.profiles]
    heads: list[tuple[str, LocalText, int | None]] = [("total", LocalText.of(ru="Все", en="All"), None)]
    heads += [(str(o.code), o.label, o.code) for o in variable.options]
    lines = []
    for term in (plan.outcome, *plan.drivers):
        item = context.items[term.item]
        if term.item == plan.profiles:
            continue
        measures = [(term.measure, term.label)]
        if term.kind == "groups":
            labels = {o.code: o.label for o in item.options}
            measures = [(str(c), labels[c]) for c in term.codes]
        for measure, label in measures:
            cells = tuple(
                desk.known(address_of(context.study, item, measure, variable if code is not None else None, code))
                for _, _, code in heads
            )
            lines.append(Line(f"{term.name}.{measure}", label, cells))
    title = LocalText.from_mapping({n: f"{_profile(n)}: {variable.label.get(n)}" for n in LANGUAGES})
    return [Grid("profiles", title, tuple(Column(id, label) for id, label, _ in heads), tuple(lines))]


def _profile(language: str) -> str:
    return "Портреты групп" if language == "ru" else "Profiles of groups"
