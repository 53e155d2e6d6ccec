"""A scenario in words, a chart and a table: every sentence says "would, if", and bears its label."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from posad.analysis.kinds.causes.desks import desk_of, headed, held_equal, plain, question_of
from posad.analysis.kinds.causes.labels import NAMES
from posad.analysis.kinds.causes.scenario.computing import Answer, answer, differences
from posad.analysis.kinds.causes.scenario.findings import say_all
from posad.analysis.kinds.causes.scenario.planning import ScenarioPlan
from posad.analysis.linear.estimates import Linear, estimates_of
from posad.analysis.saying.speaking import Desk
from posad.analysis.values import Column, Declared, Grid, Line, Result
from posad.core.problems import Problem
from posad.core.words import LocalText
from posad.evidence.values import Bar, Figure, Series
from posad.kernel.values import Estimate, Statistic
from posad.tabulation.context import Context

METHOD = LocalText.of(
    ru="""Сценарий – это исход, каким он был бы при названном изменении: модель исхода предсказывает ответ каждого как есть и с изменением, \
а изменение случается с названной частью людей (её математическое ожидание точно, ничего не разыгрывается). Ошибки знают веса, их \
подгонку и то, что и люди, и коэффициенты – выборочные. Рядом – то же без выравнивания, чтобы было видно, сколько оно снимает; с \
подозреваемыми переменными; и то, что осталось бы при неизмеренном факторе не слабее самого сильного из измеренных. E – отношение рисков, \
с которым неизмеренный фактор должен быть связан и с изменяемым, и с исходом, чтобы не осталось ничего.""",
    en="""A scenario is the outcome as it would be under a stated change: a model of the outcome predicts everybody's answer as it is and with \
the change, which happens to a stated part of people (its expectation is exact, nothing is drawn). Errors know the weights, their calibration, \
and that people and coefficients come from a sample. Beside it stands the same without anything held equal, so that it can be seen how much \
that takes away; the same with the suspects; and what would remain with a hidden factor as strong as the strongest measured one. E is the \
risk ratio by which a hidden factor would have to go with both what is changed and the outcome, to leave nothing.""",
)


@dataclass(frozen=True, slots=True)
class Told:
    """Addresses of a scenario's numbers; where something was not computed, there is none."""

    now: str
    would: str
    change: str
    raw: str
    over: str | None  # the part of the raw change that holding equal takes away
    suspected: str | None
    fallen: bool  # the suspects change the answer by more than chance
    flexible: str | None
    bound: str | None
    e: str
    e_interval: str
    robustness: str
    movers: str


def compute(context: Context, declared: Declared) -> tuple[Result | None, list[Problem]]:
    """Return what an outcome would be under a change, or why it cannot be told."""
    plan: ScenarioPlan = declared.plan
    found, problems = answer(context, plan, declared.place, declared.id)
    if found is None:
        return None, problems
    desk = desk_of(context, declared, plan.regression)
    told = _numbers(desk, plan, found)
    say_all(desk, plan, found, told)
    figures, grids = [_figure(desk, plan, told)], [_grid(desk, plan, told)]
    return desk.result("scenario", METHOD, figures=figures, grids=grids), problems


def headline(plan: ScenarioPlan, found: Answer) -> Linear:
    """Return the numbers that bear the label: without anything held equal where it is arithmetic."""
    return found.raw if plan.label == "arithmetic" else found.adjusted


def _numbers(desk: Desk, plan: ScenarioPlan, found: Answer) -> Told:
    outcome = plan.regression.outcome
    share = outcome.kind == "share"
    level: Statistic = "share" if share else "mean"
    moved: Statistic = "points" if share else "coefficient"
    head = headline(plan, found)
    kept = {}
    for id, k, statistic, ru, en in (
        ("now", 0, level, "сейчас", "now"),
        ("would", 1, level, "было бы", "would be"),
        ("change", 2, moved, "изменение, которое было бы", "the change there would be"),
    ):  # fmt: skip
        kept[id] = desk.number(id, _estimate(desk, found, head, k, statistic), headed(ru, en, outcome.label))
    ways: dict[str, str | None] = {}
    for id, way, ru, en in (
        ("raw", found.raw, "то же без выравнивания", "the same, nothing held equal"),
        ("suspected", found.suspected, "то же при равных подозреваемых", "the same, suspects held equal too"),
        ("flexible", found.flexible, "то же моделью со взаимодействиями", "the same by a model with interactions"),
    ):
        words = headed(ru, en, outcome.label)
        ways[id] = desk.number(id, _estimate(desk, found, way, 2, moved), words) if way is not None else None
    raw = ways["raw"]
    assert raw is not None
    fragile = _fragile(desk, found)
    return Told(
        kept["now"], kept["would"], kept["change"], raw, _over(desk, found), ways["suspected"], _fallen(desk, found),
        ways["flexible"], _bound(desk, found, moved), *fragile, _movers(desk, found),
    )  # fmt: skip


def _estimate(desk: Desk, found: Answer, way: Linear, k: int, statistic: Statistic) -> Estimate:
    cut = found.data.cut
    return estimates_of(cut.design, cut.cells, way.pick([k]), [found.data.held], statistic)[0]


def _over(desk: Desk, found: Answer) -> str | None:
    """Keep the part of the raw change that holding things equal takes away; nothing where the raw change is none or is not larger."""
    raw, own = found.raw.values[2], found.adjusted.values[2]
    if raw * own <= 0 or abs(raw) <= abs(own):
        return None
    words = LocalText.of(
        ru="часть изменения, которую снимает выравнивание", en="part of the change that holding equal takes away"
    )
    return plain(desk, "over", float(1 - own / raw), "share", found.data.held, words)


def _fallen(desk: Desk, found: Answer) -> bool:
    """Tell whether the suspects change the answer by more than chance: the interval of the difference leaves nought out."""
    if found.suspected is None:
        return False
    cut = found.data.cut
    gap = estimates_of(
        cut.design, cut.cells, differences(found.adjusted, [found.suspected]), [found.data.held], "points"
    )[0]
    return gap.low is not None and gap.high is not None and gap.low * gap.high > 0


def _bound(desk: Desk, found: Answer, statistic: Statistic) -> str | None:
    """Keep the change that would remain with a hidden factor as strong as the strongest measured one."""
    hidden = found.fragile.hidden
    if hidden is None or not np.isfinite(hidden.part):
        return None
    words = LocalText.of(
        ru="изменение, если скрытый фактор не слабее самого сильного из измеренных",
        en="the change, were a hidden factor as strong as the strongest measured one",
    )
    value = float(found.adjusted.values[2]) * (1 - hidden.part)
    return plain(desk, "bound", value, statistic, found.data.held, words)


def _fragile(desk: Desk, found: Answer) -> tuple[str, str, str]:
    held, fragile = found.data.held, found.fragile
    e = LocalText.of(ru="E: чтобы не осталось ничего", en="E: to leave nothing")
    ends = LocalText.of(ru="E: чтобы интервал задел ноль", en="E: for the interval to meet nought")
    strength = LocalText.of(
        ru="часть оставшихся различий обоих, которую должен объяснять скрытый фактор, чтобы не осталось ничего",
        en="part of what is left of both that a hidden factor must explain, to leave nothing",
    )
    return (
        plain(desk, "e", fragile.e, "index", held, e),
        plain(desk, "e.interval", fragile.e_interval, "index", held, ends),
        plain(desk, "robustness", fragile.robustness, "share", held, strength),
    )


def _movers(desk: Desk, found: Answer) -> str:
    words = LocalText.of(
        ru="часть людей, с которыми случилось бы изменение", en="part of people to whom the change would happen"
    )
    cut = found.data.cut
    one = estimates_of(cut.design, cut.cells, found.movers, [found.data.held], "share")[0]
    return desk.number("movers", one, words)


def _rows(plan: ScenarioPlan, told: Told) -> list[tuple[str, LocalText, str]]:
    """Return the ways of computing the change, each with its words."""
    equal = plan.regression.controls
    rows = [("raw", LocalText.of(ru="Ничто не выровнено", en="Nothing held equal"), told.raw)]
    if plan.label != "arithmetic":
        rows.append(("change", headed("При прочих равных", "Held equal", held_equal(equal)), told.change))
    if told.suspected is not None:
        rows.append(("suspected", headed("И ещё", "And also", held_equal(plan.suspects)), told.suspected))
    if told.flexible is not None:
        words = LocalText.of(
            ru="При прочих равных, модель со взаимодействиями", en="Held equal, a model with interactions"
        )
        rows.append(("flexible", words, told.flexible))
    if told.bound is not None:
        words = LocalText.of(
            ru="Будь скрытый фактор не слабее самого сильного из измеренных",
            en="Were a hidden factor as strong as the strongest measured one",
        )
        rows.append(("bound", words, told.bound))
    return rows


def _figure(desk: Desk, plan: ScenarioPlan, told: Told) -> Figure:
    context, declared, outcome = desk.context, desk.declared, plan.regression.outcome
    bars = tuple(Bar(id, words, (address,)) for id, words, address in _rows(plan, told))
    kind = (
        LocalText.of(ru="изменение в процентных пунктах", en="change in percentage points")
        if outcome.kind == "share"
        else LocalText.of(ru="изменение в единицах исхода", en="change in units of the outcome")
    )
    note = headed("Что это", "What this is", NAMES[plan.label])
    return Figure(
        f"analysis:{declared.id}", "forest", declared.title, question_of(context, outcome), kind, desk.base_text,
        (Series("value", LocalText(), "bar"),), bars, (), (note,), context.simulated,
    )  # fmt: skip


def _grid(desk: Desk, plan: ScenarioPlan, told: Told) -> Grid:
    columns = (Column("value", LocalText.of(ru="Было бы", en="There would be")),)
    lines = [Line(id, words, (address,)) for id, words, address in _rows(plan, told)]
    head = [
        Line("now", LocalText.of(ru="Исход сейчас", en="The outcome now"), (told.now,)),
        Line("would", LocalText.of(ru="Исход, каким он был бы", en="The outcome as it would be"), (told.would,)),
        Line("movers", LocalText.of(ru="С кем случилось бы изменение", en="To whom it would happen"), (told.movers,)),
    ]
    tail = [
        Line("e", LocalText.of(ru="E оценки", en="E of the estimate"), (told.e,)),
        Line("e.interval", LocalText.of(ru="E интервала", en="E of the interval"), (told.e_interval,)),
        Line("robustness", LocalText.of(ru="Устойчивость", en="Robustness"), (told.robustness,)),
    ]
    title = LocalText.of(ru="Сценарий и его чувствительность", en="The scenario and its sensitivity")
    return Grid("scenario", title, columns, (*head, *lines, *tail), (NAMES[plan.label],))
