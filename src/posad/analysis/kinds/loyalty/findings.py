"""What a model of loyalty says in sentences, and the numbers it says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from posad.analysis.kinds.loyalty.modelling import Importance
from posad.analysis.kinds.loyalty.planning import LoyaltyPlan
from posad.analysis.linear.estimates import Linear, estimates_of
from posad.analysis.linear.fitting.gathering import Data
from posad.analysis.linear.models import Fit
from posad.analysis.saying.speaking import LEVEL, POWER, Desk, texts
from posad.core.words import LocalText
from posad.kernel.estimators.smooth import base_of
from posad.kernel.testing.corrections import adjusted
from posad.kernel.testing.tails import t_tails
from posad.kernel.values import Bases, Estimate, Statistic
from posad.tabulation.wording import LANGUAGES

NAMED = 6  # in one sentence


@dataclass(frozen=True, slots=True)
class Effects:
    """The differences of a model, by regressor: values, addresses, odds ratios where the model has them, p by Holm of drivers."""

    ids: tuple[str, ...]
    values: tuple[float, ...]
    errors: tuple[float, ...]
    addresses: tuple[str, ...]
    odds: tuple[str, ...]
    p: tuple[str, ...]
    certain: tuple[bool, ...]


def base_of_model(data: Data) -> Bases:
    """Return the base of a model: the people inside it."""
    return base_of(data.cut.cells, data.inside)


def number_with(
    desk: Desk,
    id: str,
    values: tuple[float, float | None, float | None],
    statistic: Statistic,
    held: Bases,
    words: LocalText,
) -> str:
    """Keep a number with the ends of its interval and return its address."""
    value, low, high = values
    return desk.number(id, Estimate(value, None, low, high, held, statistic, 0), words)


def effects_of(desk: Desk, data: Data, model: Fit, moved: Linear) -> Effects:
    """Keep every difference, odds ratio and p-value of a model."""
    plan: LoyaltyPlan = desk.declared.plan
    cut, held = data.cut, [base_of_model(data)]
    points: Statistic = "points" if plan.outcome.kind != "number" else "coefficient"
    estimates = estimates_of(cut.design, cut.cells, moved, held, points)
    ids = tuple(_id(r.term.name, r.code) for r in data.regressors)
    words = [_words(r.label, plan.outcome.label) for r in data.regressors]
    addresses = tuple(desk.number(f"{i}.effect", e, w) for i, e, w in zip(ids, estimates, words, strict=True))
    errors = np.array([e.se if e.se is not None else np.nan for e in estimates])
    statistic = np.where(errors > 0, np.abs(moved.values) / np.where(errors > 0, errors, 1.0), np.nan)
    raw = t_tails(np.nan_to_num(statistic), np.full(len(statistic), float(cut.design.df)))
    raw[np.isnan(statistic)] = np.nan
    own = np.array([not r.control for r in data.regressors])
    held_p = np.where(own, adjusted(np.where(own, raw, np.nan), "holm"), raw)
    p = tuple(
        number_with(
            desk, f"{i}.p", (float(q) if np.isfinite(q) else 1.0, None, None), "index", held[0], _p_words(r.label)
        )
        for i, q, r in zip(ids, held_p, data.regressors, strict=True)
    )
    odds = _odds(desk, data, model, ids) if plan.model != "linear" else ()
    certain = tuple(bool(np.isfinite(q) and q < LEVEL) for q in held_p)
    return Effects(ids, tuple(moved.values.tolist()), tuple(errors.tolist()), addresses, odds, p, certain)


def _id(name: str, code: int | None) -> str:
    return name if code is None else f"{name}.{code}"


def _words(label: LocalText, outcome: LocalText) -> LocalText:
    heads = {"ru": "разница при прочих равных", "en": "difference with all else equal"}
    return LocalText.from_mapping({n: f"{heads[n]}, {outcome.get(n)}: {label.get(n)}" for n in LANGUAGES})


def _p_words(label: LocalText) -> LocalText:
    heads = {"ru": "p с поправкой Холма", "en": "p by Holm"}
    return LocalText.from_mapping({n: f"{heads[n]}: {label.get(n)}" for n in LANGUAGES})


def _odds(desk: Desk, data: Data, model: Fit, ids: Sequence[str]) -> tuple[str, ...]:
    """Keep odds ratios: the exponents of the slopes and of their intervals."""
    cut, held = data.cut, [base_of_model(data)]
    first = 0 if model.model == "ordinal" else 1
    slopes = model.linear.pick(list(range(first, first + len(ids))))
    found = []
    for i, e, r in zip(
        ids, estimates_of(cut.design, cut.cells, slopes, held, "odds_ratio"), data.regressors, strict=True
    ):
        low, high, value = (float(np.exp(v)) if v is not None else None for v in (e.low, e.high, e.value))
        words = {"ru": "отношение шансов", "en": "odds ratio"}
        label = LocalText.from_mapping({n: f"{words[n]}: {r.label.get(n)}" for n in LANGUAGES})
        found.append(desk.number(f"{i}.odds", replace(e, value=value, low=low, high=high, se=None), label))
    return tuple(found)


def say_all(
    desk: Desk,
    data: Data,
    model: Fit,
    moved: Effects,
    shared: Importance | None,
    parts: dict[str, str],
) -> None:
    """Say what a model shows, the most important first, and what it does not show."""
    _who(desk, data)
    drivers = [k for k, r in enumerate(data.regressors) if not r.control]
    certain = sorted((k for k in drivers if moved.certain[k]), key=lambda k: -abs(moved.values[k]))
    _clear(desk, data, moved, certain)
    _unclear(desk, data, moved, [k for k in drivers if not moved.certain[k]])
    _explained(desk, data, model, shared)
    if shared is not None:
        _most(desk, shared, parts)
        _checked(desk, data, shared)
    ru = "Важность – не влияние: модель показывает, что чему сопутствует, а не что изменится, если вмешаться."
    en = "Importance is not effect: the model shows what goes with what, not what would change if one stepped in."
    desk.say("not_effect", ru, en, "warning")


def _who(desk: Desk, data: Data) -> None:
    held = base_of_model(data)
    asked = base_of(data.cut.cells, data.asked)
    of = LocalText.of(ru="число людей в модели", en="number of people in the model")
    every = LocalText.of(ru="число опрошенных, из кого модель", en="number of people the model could have")
    n = number_with(desk, "people", (float(held.unweighted), None, None), "base", held, of)
    m = number_with(desk, "asked", (float(asked.unweighted), None, None), "base", asked, every)
    ru = "В модели {n} из {m} человек: у остальных нет ответа хотя бы на один из её вопросов."
    en = "The model has {n} of {m} people: the others lack an answer to at least one of its questions."
    if held.unweighted == asked.unweighted:
        ru, en = "В модели все {n} человек.", "All {n} people are in the model."
        desk.say("people", ru, en, "detail", n=n)
    else:
        desk.say("people", ru, en, "detail", n=n, m=m)


def _clear(desk: Desk, data: Data, moved: Effects, certain: Sequence[int]) -> None:
    plan: LoyaltyPlan = desk.declared.plan
    if not certain:
        ru = "Ни один признак не связан с исходом «{outcome}» настолько, чтобы это нельзя было приписать случаю."
        en = "No driver goes with the outcome “{outcome}” more than chance could explain."
        desk.say("clear", ru, en, outcome=plan.outcome.label)
        return
    shown = certain[:NAMED]
    given: dict[str, str | LocalText] = {f"n{k}": moved.addresses[i] for k, i in enumerate(shown)}
    given |= {f"l{k}": data.regressors[i].label for k, i in enumerate(shown)}
    inner = "; ".join(f"{{l{k}}} {{n{k}}}" for k in range(len(shown)))
    ru = f"При прочих равных с исходом «{{outcome}}» связаны: {inner}."
    en = f"With all else equal, these go with the outcome “{{outcome}}”: {inner}."
    desk.say("clear", ru, en, numbers={**given, "outcome": plan.outcome.label})


def _unclear(desk: Desk, data: Data, moved: Effects, rows: Sequence[int]) -> None:
    """Say what is not shown, beside the smallest difference that these answers could have shown."""
    errors = [moved.errors[k] for k in rows if np.isfinite(moved.errors[k])]
    if not errors:
        return
    plan: LoyaltyPlan = desk.declared.plan
    words = LocalText.of(
        ru="наименьшая разница, которую эти ответы показали бы в четырёх случаях из пяти (для самого неточного признака)",
        en="smallest difference that these answers would show in four cases of five (for the least precise driver)",
    )
    statistic: Statistic = "points" if plan.outcome.kind != "number" else "coefficient"
    least = number_with(desk, "detectable", (POWER * max(errors), None, None), statistic, base_of_model(data), words)
    names = texts([data.regressors[k].label for k in rows], 8)
    ru = "Связи не видно: {names}. Это не значит, что её нет: наверняка заметна была бы только разница от {size_least}."
    en = "No association is seen: {names}. That does not mean there is none: only a difference of {size_least} or more was sure to show."
    desk.say("unclear", ru, en, names=names, size_least=least)


def _explained(desk: Desk, data: Data, model: Fit, shared: Importance | None) -> None:
    held = base_of_model(data)
    pseudo = model.model != "linear"
    words = (
        LocalText.of(ru="псевдо-R² Макфаддена", en="McFadden's pseudo R²") if pseudo else LocalText.of(ru="R²", en="R²")
    )
    r = number_with(desk, "explained", (model.explained, None, None), "index", held, words)
    if shared is None:
        ru, en = "Сколько объясняет модель: {name} = {r}.", "How much the model explains: {name} = {r}."
        desk.say("explained", ru, en, "detail", name=words, r=r)
        return
    own = LocalText.of(
        ru="R² признаков на линейной шкале сверх условий",
        en="R² of the drivers on the linear scale beyond the controls",
    )
    values = (shared.explained, shared.explained_low, shared.explained_high)
    part = number_with(desk, "explained_drivers", values, "share", held, own)
    ru = "Признаки объясняют {part} различий исхода сверх условий; {name} всей модели {r}."
    en = "The drivers explain {part} of the outcome's variance beyond the controls; {name} of the whole model is {r}."
    desk.say("explained", ru, en, "detail", part=part, name=words, r=r)


def _most(desk: Desk, shared: Importance, parts: dict[str, str]) -> None:
    order = sorted(range(len(shared.terms)), key=lambda k: -float(shared.parts[k]))
    lead = order[0]
    ties = [k for k in order[1:] if float(shared.high[k]) >= float(shared.low[lead])]
    given: dict[str, str | LocalText] = {"n": parts[shared.terms[lead].name], "name": shared.terms[lead].label}
    if ties:
        given["others"] = texts([shared.terms[k].label for k in ties])
        ru = "В объяснённом больше всего у признака «{name}» – {n}, но его интервал задевают интервалы: {others}."
        en = "Most of what is explained is with “{name}”, {n}, but its interval meets those of: {others}."
    else:
        ru = "В объяснённом больше всего у признака «{name}» – {n}; интервалы остальных ниже."
        en = "Most of what is explained is with “{name}”, {n}; the intervals of all others lie below."
    desk.say("most", ru, en, numbers=given)


def _checked(desk: Desk, data: Data, shared: Importance) -> None:
    if shared.lmg is None:
        return
    words = LocalText.of(
        ru="наибольшее расхождение долей Джонсона и LMG", en="largest difference of Johnson's weights and LMG"
    )
    gap = float(np.max(np.abs(shared.parts - shared.lmg)))
    held = base_of_model(data)
    at = number_with(desk, "check", (gap, None, None), "share", held, words)
    ru = "Проверка важности по LMG расходится с ней не более чем на {at} объяснённого."
    en = "LMG, the check of importance, differs by at most {at} of what is explained."
    desk.say("check", ru, en, "detail", at=at)
