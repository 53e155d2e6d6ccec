"""Trends in words, charts and a table: a smoothed line never stands without the raw points."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from posad.analysis.kinds.towns.trends.planning import TrendsPlan
from posad.analysis.kinds.towns.trends.smoothing import Smoothed, smooth, times_of
from posad.analysis.linear.estimates import Linear, combined, covariance, estimates_of, ratios_of
from posad.analysis.linear.fitting.terms import Term
from posad.analysis.people import people_cut
from posad.analysis.saying.speaking import LEVEL, POWER, Desk, p_text, texts
from posad.analysis.values import Column, Declared, Grid, Line, Result
from posad.core.problems import Problem, problem
from posad.core.words import LocalText
from posad.evidence.values import Bar, Figure, Series
from posad.kernel.design import Floats
from posad.kernel.testing.corrections import adjusted
from posad.kernel.testing.tails import t_tails
from posad.kernel.values import Estimate
from posad.study.addresses.waves import comparable
from posad.study.plans.values import LowBase
from posad.tabulation.cells import bases, chosen, estimates, in_base, share_of, tier
from posad.tabulation.context import Context, Cut
from posad.tabulation.wording import EVERYBODY, LANGUAGES

FEWEST = 4
METHOD = LocalText.of(
    ru="""Точки – доли по волнам с их ошибками. Линия – уровень, который мог меняться от волны к волне: чем больше ошибка точки, тем ближе \
линия к соседям; насколько уровень подвижен, не задано, а усреднено по правдоподобию. Линия всегда стоит рядом с точками. Изменение к прошлой \
волне проверяется по самим долям, не по линии, с поправкой на все показатели страницы. Волны, где вопрос звучал иначе, линией не соединены.""",
    en="""Points are the shares of the waves with their errors. The line is a level that may have moved between waves: the larger a point's \
error, the nearer the line to its neighbours; how much the level moves is not fixed but averaged by its likelihood. The line always stands \
beside the points. Change since the last wave is tested by the shares themselves, not by the line, corrected over all measures of the page. \
Waves that asked otherwise are not joined by the line.""",
)


@dataclass(frozen=True, slots=True)
class Followed:
    """One share over the waves that asked it in the same words: raw estimates, the line, change since the last wave."""

    term: Term
    waves: tuple[str, ...]
    raw: list[Estimate]
    line: Smoothed
    cut: Cut
    last: Linear
    p: float


def compute(context: Context, declared: Declared) -> tuple[Result | None, list[Problem]]:
    """Return shares over waves with their line, or why there is none."""
    plan: TrendsPlan = declared.plan
    followed, problems = [], list[Problem]()
    for term in plan.of:
        one, waves = _follow(context, plan, term)
        if one is not None:
            followed.append(one)
        else:
            facts: dict[str, str | int] = {"name": f"{declared.id}: {term.name}", "n": waves, "needed": FEWEST}
            problems.append(problem("trends-waves-few", declared.place, **facts))
    if not followed:
        return None, problems
    desk = Desk(context, declared, plan.weight, declared.title, EVERYBODY)
    held = adjusted(np.array([f.p for f in followed]), plan.correction)
    for one in followed:
        _keep(desk, one)
    _say(desk, followed, held)
    figures = [_figure(desk, one) for one in followed]
    return desk.result("trends", METHOD, figures=figures, grids=[_grid(desk, one) for one in followed]), problems


def _follow(context: Context, plan: TrendsPlan, term: Term) -> tuple[Followed | None, int]:
    """Return a share over the last run of waves that asked alike and have people enough, or nothing and how many there are."""
    item = context.items[term.item]
    cut = people_cut(context, [item, context.waves], plan.weight)
    run: list[str] = []
    for wave in context.waves_there:
        side = chosen(cut, context.waves, (context.wave_code(wave),)) & in_base(cut, item)
        if tier(bases(cut, side), LowBase()) in ("hidden", "no_tests"):
            continue
        if run and not comparable(context.study, item, (run[-1], wave)):
            run = []
        run.append(wave)
    if len(run) < FEWEST:
        return None, len(run)
    sides = [chosen(cut, context.waves, (context.wave_code(w),)) & in_base(cut, item) for w in run]
    raw = estimates(cut, [share_of(cut, item, term.codes, s) for s in sides])
    values = np.array([e.value for e in raw], dtype=np.float64)
    over = np.column_stack(sides).astype(np.float64)
    yes = chosen(cut, item, term.codes).astype(np.float64)
    linear = ratios_of(cut.cells, over * yes[:, None], over)
    errors = np.array(
        [max(e.se or 0.0, 0.5 / e.bases.effective) for e in raw]
    )  # a share of nought or one has an error too
    line = smooth(values, errors**2, times_of(tuple(run)))
    row = np.zeros((1, len(run)))
    row[0, -1], row[0, -2] = 1, -1
    last = combined(linear, row)
    return Followed(term, tuple(run), raw, line, cut, last, _p(cut, last)), len(run)


def _p(cut: Cut, change: Linear) -> float:
    error = float(np.sqrt(max(float(covariance(cut.design, cut.cells, change)[0, 0]), 0.0)))
    if error <= 0:
        return float("nan")
    return float(t_tails(np.abs(change.values) / error, np.array([float(cut.design.df)]))[0])


def _keep(desk: Desk, one: Followed) -> None:
    name = one.term.name
    for k, wave in enumerate(one.waves):
        label = _wave(desk.context, wave)
        words = LocalText.from_mapping({n: f"{_of(n)}: {one.term.label.get(n)}" for n in LANGUAGES})
        desk.number(f"{name}.{wave}.raw", one.raw[k], words, group=label)
        value, error = float(one.line.level[k]), float(one.line.errors[k])
        low, high = max(value - 1.96 * error, 0.0), min(value + 1.96 * error, 1.0)
        smoothed = Estimate(value, error, low, high, one.raw[k].bases, "share", 0)
        told = LocalText.from_mapping({n: f"{_line(n)}: {one.term.label.get(n)}" for n in LANGUAGES})
        desk.number(f"{name}.{wave}.line", smoothed, told, group=label, assumes=_ASSUMES)
    change = estimates_of(one.cut.design, one.cut.cells, one.last, [one.raw[-1].bases], "points")[0]
    words = LocalText.from_mapping({n: f"{_change(n)}: {one.term.label.get(n)}" for n in LANGUAGES})
    desk.number(f"{name}.change", change, words)
    least = LocalText.of(ru="наименьшее различимое изменение", en="smallest detectable change")
    bare = Estimate(POWER * (change.se or 0.0), None, None, None, change.bases, "points", 0)
    desk.number(f"{name}.least", bare, least, size=True)


_ASSUMES = LocalText.of(
    ru="95 % полоса: верна, если уровень менялся постепенно, а волны отличаются только случаем",
    en="95% band: it holds if the level moved gradually and waves differ by chance only",
)


def _of(language: str) -> str:
    return "доля" if language == "ru" else "share"


def _line(language: str) -> str:
    return "сглаженный уровень" if language == "ru" else "smoothed level"


def _change(language: str) -> str:
    return "изменение к прошлой волне" if language == "ru" else "change since the last wave"


def _wave(context: Context, wave: str) -> LocalText:
    return next(o.label for o in context.waves.options if o.code == context.wave_code(wave))


def _say(desk: Desk, followed: list[Followed], held: Floats) -> None:
    id = desk.declared.id
    sure = [k for k, p in enumerate(held) if p < LEVEL]
    for k in sure:
        one = followed[k]
        given: dict[str, str | LocalText] = {
            "label": one.term.label, "wave": _wave(desk.context, one.waves[-1]), "before": _wave(desk.context, one.waves[-2]),
            "a": f"analysis:{id}/{one.term.name}.{one.waves[-1]}.raw", "b": f"analysis:{id}/{one.term.name}.{one.waves[-2]}.raw",
            "change": f"analysis:{id}/{one.term.name}.change", "p": p_text(float(held[k])),
        }  # fmt: skip
        ru = "«{label}»: {b} ({before}) → {a} ({wave}), изменение {change} (p с поправкой {p})."
        en = "“{label}”: {b} ({before}) → {a} ({wave}), a change of {change} (p corrected {p})."
        desk.say(f"{one.term.name}.change", ru, en, "main", given)
    unclear = [followed[k] for k in range(len(followed)) if k not in sure]
    if unclear:
        worst = max(unclear, key=lambda f: desk.facts[f"analysis:{id}/{f.term.name}.least"].estimate.value or 0.0)
        names = texts([f.term.label for f in unclear])
        ru = "К прошлой волне изменения не показано: {names}; наверняка заметно было бы изменение от {size_least}."
        en = "No change since the last wave is shown: {names}; one of {size_least} was sure to show."
        desk.say(
            "unchanged", ru, en, "detail", {"names": names, "size_least": f"analysis:{id}/{worst.term.name}.least"}
        )
    for one in followed:
        last = f"analysis:{id}/{one.term.name}.{one.waves[-1]}"
        given = {"label": one.term.label, "line": f"{last}.line", "raw": f"{last}.raw"}
        ru = "«{label}»: сглаженный уровень последней волны {line}, сама доля {raw}."
        en = "“{label}”: the smoothed level of the last wave is {line}, the share itself {raw}."
        desk.say(f"{one.term.name}.level", ru, en, "detail", given)


def _figure(desk: Desk, one: Followed) -> Figure:
    context, id, name = desk.context, desk.declared.id, one.term.name
    bars = tuple(
        Bar(w, _wave(context, w), (f"analysis:{id}/{name}.{w}.raw", f"analysis:{id}/{name}.{w}.line"))
        for w in one.waves
    )
    series = (
        Series("raw", LocalText.of(ru="доля волны", en="share of the wave"), "total"),
        Series("line", LocalText.of(ru="сглаженный уровень", en="smoothed level"), "group-1"),
    )
    question = context.study.questionnaire.question(context.items[one.term.item].question)
    kind = LocalText.of(ru="% ответивших", en="% of those who answered")
    title = one.term.label
    own = "" if one.term == desk.declared.plan.of[0] else f"/{name}"
    return Figure(
        f"analysis:{id}{own}", "dots", title, question.text if question is not None else title, kind, desk.base_text, series, bars,
        simulated=context.simulated,
    )  # fmt: skip


def _grid(desk: Desk, one: Followed) -> Grid:
    id, name = desk.declared.id, one.term.name
    columns = (
        Column("raw", LocalText.of(ru="Доля волны", en="Share")),
        Column("line", LocalText.of(ru="Сглаженный уровень", en="Smoothed level")),
    )
    lines = tuple(
        Line(w, _wave(desk.context, w), (f"analysis:{id}/{name}.{w}.raw", f"analysis:{id}/{name}.{w}.line"))
        for w in one.waves
    )
    return Grid(name, one.term.label, columns, lines)
