"""What a scenario says in sentences: what would be, how much of it holding things equal takes away, and how little it would take."""

from __future__ import annotations

from typing import TYPE_CHECKING

from posad.analysis.kinds.causes.desks import held_equal, plain
from posad.analysis.kinds.causes.labels import NAMES, meaning
from posad.analysis.kinds.causes.scenario.computing import Answer
from posad.analysis.kinds.causes.scenario.planning import ScenarioPlan
from posad.analysis.saying.speaking import POWER, Desk
from posad.core.numbers import number, percent
from posad.core.words import Language, LocalText
from posad.kernel.values import Estimate
from posad.tabulation.wording import LANGUAGES

if TYPE_CHECKING:
    from posad.analysis.kinds.causes.scenario.saying import Told


def say_all(desk: Desk, plan: ScenarioPlan, found: Answer, told: Told) -> None:
    """Say a scenario, what is behind it, and what would undo it."""
    _would(desk, plan, told)
    _who(desk, plan, found, told)
    _raw(desk, plan, told)
    _hidden(desk, plan, found, told)
    _suspects(desk, plan, told)
    _flexible(desk, told)
    words = meaning(plan.label, plan.assumptions)
    desk.say("label", words.get("ru"), words.get("en"), "warning")


def condition(plan: ScenarioPlan, desk: Desk) -> LocalText:
    """Return the change as the clause after "if", in words."""
    change = plan.change
    if change.how == "part":
        more = change.size > 0
        ru = f"признак «{{what}}» {'появился' if more else 'исчез'} у {{part}} тех, у кого {'его нет' if more else 'он есть'}"
        en = "{part} of those without “{what}” had it" if more else "{part} of those with “{what}” had it no more"
        return _filled(plan, ru, en, lambda n: percent(abs(change.size), n, 0))
    if change.how == "points":
        more = change.size > 0
        ru = f"значение «{{what}}» у всех было на {{part}} {'выше' if more else 'ниже'} (не дальше края шкалы)"
        en = f"“{{what}}” were {{part}} {'higher' if more else 'lower'} for everybody (within the scale)"
        return _filled(plan, ru, en, lambda n: number(abs(change.size), n, 0 if change.size == int(change.size) else 1))
    assert plan.variable is not None
    options = {o.code: o.label for o in desk.context.items[plan.variable.item].options}
    ru, en = (
        "признак «{what}» во всех группах был таким, как в группе «{part}»",
        "“{what}” were in all groups as in “{part}”",
    )
    return _filled(plan, ru, en, lambda n: options[change.group].get(n))


def _filled(plan: ScenarioPlan, ru: str, en: str, part: object) -> LocalText:
    assert callable(part)
    texts: dict[Language, str] = {"ru": ru, "en": en}
    return LocalText.from_mapping({n: texts[n].format(what=plan.what.label.get(n), part=part(n)) for n in LANGUAGES})


def _certain(estimate: Estimate) -> bool:
    return estimate.low is not None and estimate.high is not None and estimate.low * estimate.high > 0


def _would(desk: Desk, plan: ScenarioPlan, told: Told) -> None:
    outcome, name = plan.regression.outcome, NAMES[plan.label]
    given: dict[str, str | LocalText] = {"if_": condition(plan, desk), "outcome": outcome.label, "label": name}
    change = desk.facts[told.change].estimate
    if not _certain(change):
        ru = "Если бы {if_}, исход «{outcome}» заметно не отличался бы от нынешнего: {change} ({label}); изменение меньше {size_least} могло "
        ru += "остаться незамеченным."
        en = "If {if_}, the outcome “{outcome}” would not clearly differ from what it is now: {change} ({label}); a change smaller than "
        en += "{size_least} may have gone unseen."
        desk.say("would", ru, en, numbers={**given, "change": told.change, "size_least": _least(desk, plan, change)})
        return
    ru = "Если бы {if_}, исход «{outcome}» был бы {would}, а не {now}: изменение {change} ({label})."
    en = "If {if_}, the outcome “{outcome}” would be {would} rather than {now}: a change of {change} ({label})."
    desk.say("would", ru, en, numbers={**given, "would": told.would, "now": told.now, "change": told.change})


def _least(desk: Desk, plan: ScenarioPlan, change: Estimate) -> str:
    """Keep the smallest change that would be seen in four cases of five."""
    words = LocalText.of(ru="наименьшее различимое изменение", en="smallest detectable change")
    return plain(desk, "least", POWER * (change.se or 0.0), change.statistic, change.bases, words)


def _who(desk: Desk, plan: ScenarioPlan, found: Answer, told: Told) -> None:
    ru, en = "Изменение случилось бы с {movers} людей.", "The change would happen to {movers} of people."
    if plan.regression.controls and plan.label != "arithmetic":
        ru = "Изменение случилось бы с {movers} людей; выровнено: {equal}."
        en = "The change would happen to {movers} of people; held equal: {equal}."
    desk.say("who", ru, en, "detail", movers=told.movers, equal=held_equal(plan.regression.controls))


def _raw(desk: Desk, plan: ScenarioPlan, told: Told) -> None:
    """Set the raw contrast beside the adjusted one, so that what holding equal takes away is seen."""
    if plan.label == "arithmetic":
        return
    ru, en = "Без выравнивания вышло бы {raw}.", "With nothing held equal it would come to {raw}."
    if told.over is None or not _certain(desk.facts[told.raw].estimate):
        desk.say("raw", ru, en, "detail", raw=told.raw)
        return
    ru = "Без выравнивания вышло бы {raw}: выравнивание снимает {over} этого изменения, и неизмеренное могло бы снять ещё."
    en = "With nothing held equal it would come to {raw}: holding equal takes {over} of that away, and what was not measured could take more."
    desk.say("raw", ru, en, raw=told.raw, over=told.over)


def _hidden(desk: Desk, plan: ScenarioPlan, found: Answer, told: Told) -> None:
    fragile = found.fragile
    ru = "Скрытому фактору довольно быть связанным и с изменяемым, и с исходом в отношении рисков {e}, чтобы от связи ничего не осталось, "
    ru += (
        "и {e_interval}, чтобы её интервал задел ноль."
        if fragile.e_interval > 1
        else "а её интервал и так задевает ноль."
    )
    en = "A hidden factor need only go with both what is changed and the outcome by a risk ratio of {e} to leave nothing of the association, "
    en += (
        "and by {e_interval} for its interval to meet nought."
        if fragile.e_interval > 1
        else "and its interval meets nought as it is."
    )
    desk.say("hidden", ru, en, "warning", e=told.e, e_interval=told.e_interval)
    if fragile.like is None:
        ru = "Ничто не выровнено, и с чем сравнить силу скрытого фактора, нет: сценарий может быть завышен во сколько угодно раз."
        en = "Nothing is held equal, so there is nothing to compare a hidden factor with: the scenario may be overstated any number of times."
        desk.say("bound", ru, en, "warning")
    elif told.bound is not None:
        ru = "Будь скрытый фактор не слабее самого сильного из измеренных («{like}»), изменение было бы {bound}."
        en = "Were a hidden factor as strong as the strongest measured one (“{like}”), the change would be {bound}."
        desk.say("bound", ru, en, "warning", like=fragile.like.label, bound=told.bound)
    else:
        ru = "Самый сильный из измеренных («{like}») почти определяет изменяемое: скрытый фактор такой силы не оставил бы ничего."
        en = "The strongest measured one (“{like}”) nearly determines what is changed: a hidden factor so strong would leave nothing."
        desk.say("bound", ru, en, "warning", like=fragile.like.label)


def _suspects(desk: Desk, plan: ScenarioPlan, told: Told) -> None:
    """Say what the suspects make of the answer: where they change it, something was left out that matters."""
    if told.suspected is None:
        return
    given: dict[str, str | LocalText] = {"names": held_equal(plan.suspects), "n": told.suspected, "was": told.change}
    if told.fallen:
        ru = "При равных ещё и подозреваемых ({names}) изменение было бы {n}, а не {was}: либо выровнено недостаточно, либо изменение шло "
        ru += "бы через них; оценке верить рано."
        en = "With the suspects ({names}) held equal too the change would be {n}, not {was}: either too little is held equal, or the change "
        en += "would pass through them; it is too early to trust the estimate."
    else:
        ru = "При равных ещё и подозреваемых ({names}) изменение было бы {n}: от прежнего оно не отличимо."
        en = "With the suspects ({names}) held equal too the change would be {n}: not distinguishable from the former."
    desk.say("suspects", ru, en, "warning" if told.fallen else "detail", given)


def _flexible(desk: Desk, told: Told) -> None:
    if told.flexible is None:
        return
    ru = "Модель, в которой связь может быть разной в разных группах, дала бы {n}."
    en = "A model in which the association may differ between groups would give {n}."
    desk.say("flexible", ru, en, "detail", n=told.flexible)
