"""Convergence in words, a chart and tables."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from posad.analysis.kinds.gaps.convergence.counting import FEW, Gap, Levels, gaps_of_types, levels
from posad.analysis.kinds.gaps.convergence.latent import NORMAL, Spreads, power, spreads
from posad.analysis.kinds.gaps.convergence.planning import ConvergencePlan
from posad.analysis.linear.estimates import combined, estimates_of
from posad.analysis.saying.speaking import LEVEL, POWER, Desk, p_text, texts
from posad.analysis.values import Column, Declared, Grid, Line, Result
from posad.core.problems import Problem, problem
from posad.core.words import LocalText
from posad.evidence.values import Bar, Figure, Series
from posad.kernel.design import Floats
from posad.kernel.distributions import t_quantile
from posad.kernel.values import Bases, Estimate, Statistic
from posad.tabulation.context import Context
from posad.tabulation.wording import LANGUAGES, item_title

METHOD = LocalText.of(
    ru="""Сравниваются две волны опроса. До пяти типов территорий – разрывы каждой пары как обычные контрасты: закрыться может только \
разрыв, который в первой волне показан. Больше пяти – разброс настоящих уровней: выборочный шум каждой территории известен и снят, уровни двух волн \
считаются нормальными и связанными, проверяется равенство их разбросов (отношение правдоподобий). Регрессия изменения на исходный уровень \
здесь не считается: она находит сближение и там, где ничего не менялось, – кто в первой волне оказался низко случайно, во второй выше. Рядом \
стоит, как часто такие базы показали бы разброс, сократившийся вдвое. Сближение в ответах ничего не говорит о его причине.""",
    en="""Two waves of a survey are compared. Up to five types of territory: the gap of every pair as a plain contrast; only a gap shown in \
the first wave can close. More than five: the spread of true levels. The sampling noise of every territory is known and taken off, the levels of \
both waves are taken as normal and linked, and the equality of their spreads is tested (ratio of likelihoods). A regression of change on the \
first level is not made: it finds convergence where nothing has changed, for who was low by chance in the first wave is higher in the second. \
Beside it stands how often such bases would show a spread that has halved. Convergence of answers tells nothing of its cause.""",
)


def compute(context: Context, declared: Declared) -> tuple[Result | None, list[Problem]]:
    """Return whether territories have come closer, or why it cannot be told."""
    plan: ConvergencePlan = declared.plan
    found = levels(context, plan)
    if found.count < 2:
        facts: dict[str, str | int] = {"name": declared.id, "group": plan.by, "n": found.fewest, "needed": 30}
        return None, [problem("analysis-group-small", declared.place, **facts)]
    about = item_title(context.study, context.items[plan.item])
    base = LocalText.of(ru="ответившие в обеих волнах", en="those who answered in either wave")
    desk = Desk(context, declared, plan.weight, about, base)
    waves = [o.label for o in context.waves.options if o.code in [context.wave_code(w) for w in plan.waves]]
    told = _levels(desk, found)
    grids = [_grid(found, told, waves)]
    if found.count > FEW:
        _many(desk, found, (waves[0], waves[1]))
    else:
        grids.append(_few(desk, found, (waves[0], waves[1])))
    if found.left_out:
        ru = "Не вошли, в одной из волн ответили меньше 30 человек: {names}."
        en = "Left out, fewer than 30 people answered in one of the waves: {names}."
        desk.say("left_out", ru, en, "warning", names=texts(found.left_out))
    return desk.result("convergence", METHOD, figures=[_figure(desk, found, told, waves)], grids=grids), []


def _unit(plan: ConvergencePlan) -> Statistic:
    return "points" if plan.codes is not None else "mean"


def _said(head: tuple[str, str], *more: LocalText) -> LocalText:
    ends = dict(zip(LANGUAGES, head, strict=True))
    return LocalText.from_mapping({n: ", ".join([ends[n], *(m.get(n) for m in more)]) for n in LANGUAGES})


def _levels(desk: Desk, found: Levels) -> list[tuple[str, str, str]]:
    """Keep the levels of both waves and the change of every territory."""
    plan: ConvergencePlan = desk.declared.plan
    cut, g = found.cut, found.count
    own: Statistic = "share" if plan.codes is not None else "mean"
    made = estimates_of(cut.design, cut.cells, found.linear, found.held, own)
    rows = np.hstack([-np.eye(g), np.eye(g)])
    held = [min(found.held[i], found.held[i + g], key=lambda b: b.effective) for i in range(g)]
    moved = estimates_of(cut.design, cut.cells, combined(found.linear, rows), held, _unit(plan))
    told = []
    for i, (id, label) in enumerate(found.groups):
        first, second = (
            desk.number(f"{id}.{w}", made[i + n * g], plan.label, group=label) for n, w in enumerate(plan.waves)
        )
        told.append(
            (
                first,
                second,
                desk.number(f"{id}.change", moved[i], _said(("изменение", "change"), plan.label), group=label),
            )
        )
    return told


def _grid(found: Levels, told: list[tuple[str, str, str]], waves: list[LocalText]) -> Grid:
    columns = (
        Column("then", waves[0]),
        Column("now", waves[1]),
        Column("change", LocalText.of(ru="Изменение", en="Change")),
    )
    lines = tuple(Line(id, label, cells) for (id, label), cells in zip(found.groups, told, strict=True))
    return Grid("levels", LocalText.of(ru="Уровни двух волн", en="Levels of both waves"), columns, lines)


def _figure(desk: Desk, found: Levels, told: list[tuple[str, str, str]], waves: list[LocalText]) -> Figure:
    plan: ConvergencePlan = desk.declared.plan
    order = sorted(range(found.count), key=lambda i: -float(found.y[i, 0]))
    bars = tuple(Bar(found.groups[i][0], found.groups[i][1], told[i][:2]) for i in order)
    series = tuple(Series(f"w{n}", label, f"group-{n}") for n, label in enumerate(waves, 1))
    kind = plan.label if plan.codes is None else LocalText.from_mapping({n: f"%: {w}" for n, w in plan.label.parts})
    return Figure(
        f"analysis:{desk.declared.id}", "dots", desk.declared.title, desk.about, kind, desk.base_text, series, bars, (), (),
        desk.context.simulated,
    )  # fmt: skip


def _plain(
    desk: Desk, id: str, value: float, statistic: Statistic, held: Bases, words: LocalText, size: bool = True
) -> str:
    return desk.number(id, Estimate(value, None, None, None, held, statistic, 0), words, size=size)


def _many(desk: Desk, found: Levels, waves: tuple[LocalText, LocalText]) -> None:
    """Say whether the spread of true levels has changed, and how often a halving would be seen."""
    plan: ConvergencePlan = desk.declared.plan
    noise = found.noise(plan.codes is not None)
    fit = spreads(found.y[None], noise)
    taken = ("разброс между территориями без выборочного шума", "spread over territories, sampling noise taken off")
    a, b = _both(desk, found, "sigma", np.array([fit.first[0], fit.second[0]]), waves, taken)
    given: dict[str, str | LocalText] = {"a": a, "b": b, "then": waves[0], "now": waves[1], "what": plan.label}
    p = float(fit.p[0])
    given |= _verdict_numbers(desk, found, fit, noise)
    if p < LEVEL:
        word = ("сократился", "narrowed") if fit.ratio[0] < 1 else ("вырос", "widened")
        ru = f"Разброс «{{what}}» между территориями ({{n}}) {word[0]}: {{a}} ({{then}}), {{b}} ({{now}}), отношение {{r}}."
        en = f"The spread of “{{what}}” over territories ({{n}}) has {word[1]}: {{a}} ({{then}}), {{b}} ({{now}}), a ratio of {{r}}."
    else:
        ru = "Сближения территорий ({n}) не показано: разброс «{what}» – {a} ({then}) и {b} ({now}), отношение {r}"
        ru += "; сокращение вдвое такие базы показали бы в {s} случаев."
        en = "No convergence of territories ({n}) is shown: the spread of “{what}” is {a} ({then}) and {b} ({now}), a ratio of {r}"
        en += "; a halving would be seen in {s} of cases."
    desk.say("spread", ru, en, numbers=given)
    whole = ("разброс между территориями вместе с выборочным шумом", "spread over territories, sampling noise included")
    c, d = _both(desk, found, "seen", found.y.std(axis=0, ddof=1), waves, whole)
    ru = "Вместе с выборочным шумом разброс был бы {c} и {d}: часть различий между территориями – случай."
    en = "With sampling noise the spread would be {c} and {d}: part of what sets territories apart is chance."
    desk.say("seen", ru, en, "detail", c=c, d=d)


def _both(
    desk: Desk, found: Levels, id: str, values: Floats, waves: tuple[LocalText, LocalText], words: tuple[str, str]
) -> tuple[str, str]:
    """Keep a spread of both waves."""
    plan: ConvergencePlan = desk.declared.plan
    held = min(found.held, key=lambda b: b.effective)
    first, second = (
        _plain(desk, f"{id}.{w}", float(v), _unit(plan), held, _said(words, label))
        for w, v, label in zip(plan.waves, values, waves, strict=True)
    )
    return first, second


def _verdict_numbers(desk: Desk, found: Levels, fit: Spreads, noise: Floats) -> dict[str, str | LocalText]:
    """Keep the ratio of both spreads with its interval, p, the power to see a halving, the number of territories."""
    held = min(found.held, key=lambda b: b.effective)
    ratio, half = float(fit.ratio[0]), float(np.exp(NORMAL * fit.log_error[0]))
    p = Estimate(float(fit.p[0]), None, None, None, held, "index", 0)
    desk.number("p", p, LocalText.of(ru="p: разбросы равны", en="p: the spreads are equal"))
    words = LocalText.of(
        ru="как часто такие базы показали бы разброс, сократившийся вдвое",
        en="how often such bases would show a spread that has halved",
    )
    number = LocalText.of(ru="число территорий", en="number of territories")
    return {
        "r": desk.number(
            "ratio",
            Estimate(ratio, None, ratio / half, ratio * half, held, "ratio", 0),
            LocalText.of(ru="отношение разбросов двух волн", en="ratio of the spreads of both waves"),
        ),
        "s": _plain(desk, "power", power(float(fit.first[0]), float(fit.rho[0]), noise), "share", held, words),
        "n": _plain(desk, "territories", found.count, "count", held, number),
    }


def _few(desk: Desk, found: Levels, waves: tuple[LocalText, LocalText]) -> Grid:
    """Say of every two types whether their gap has closed, and how much could have gone unseen."""
    gaps = gaps_of_types(found, LEVEL)
    lines, still = [], []
    for one in gaps:
        told = _one(desk, found, one)
        lines.append(told.line)
        if one.p < LEVEL:
            word = ("сократился", "has narrowed") if one.change < 0 else ("вырос", "has widened")
            ru = f"Разрыв {{pair}} {word[0]}: {{a}} ({{then}}), {{b}} ({{now}}); изменение {{change}}."
            en = f"The gap {{pair}} {word[1]}: {{a}} ({{then}}), {{b}} ({{now}}); a change of {{change}}."
            given: dict[str, str | LocalText] = {
                "pair": told.pair,
                "a": told.then,
                "b": told.now,
                "change": told.change,
                "then": waves[0],
                "now": waves[1],
            }
            desk.say(f"gap.{told.id}", ru, en, numbers=given)
        elif one.shown:
            still.append((one, told))
    if still:
        worst = max(still, key=lambda x: x[0].error)[1]
        ru = "Изменения не показано: {pairs}. Меньшее, чем {size_least}, могло остаться незамеченным."
        en = "No change is shown: {pairs}. One under {size_least} may have gone unseen."
        desk.say("unclear", ru, en, numbers={"pairs": texts([t.pair for _, t in still]), "size_least": worst.least})
    none = [t for t in gaps if not t.shown]
    if none:
        ru = "Закрываться нечему, разрыв первой волны от нуля не отличить: {pairs}."
        en = "Nothing to close, the gap of the first wave cannot be told from nought: {pairs}."
        desk.say("none", ru, en, "detail", pairs=texts([_pair(found, t) for t in none]))
    columns = [("then", waves[0]), ("now", waves[1]), ("change", LocalText.of(ru="Изменение", en="Change"))]
    columns += [("closed", LocalText.of(ru="Закрыто", en="Closed")), ("p", LocalText.of(ru="p (Холм)", en="p (Holm)"))]
    columns += [("least", LocalText.of(ru="Различимое", en="Detectable"))]
    title = LocalText.of(ru="Разрывы типов территорий", en="Gaps of types of territory")
    return Grid("gaps", title, tuple(Column(id, label) for id, label in columns), tuple(lines))


def _pair(found: Levels, one: Gap) -> LocalText:
    a, b = found.groups[one.high][1], found.groups[one.low][1]
    return LocalText.from_mapping({n: f"{a.get(n)} – {b.get(n)}" for n in LANGUAGES})


@dataclass(frozen=True, slots=True)
class _Told:
    """Addresses of the numbers of one gap, and its line in the table."""

    id: str
    pair: LocalText
    then: str
    now: str
    change: str
    least: str
    line: Line


def _one(desk: Desk, found: Levels, one: Gap) -> _Told:
    plan: ConvergencePlan = desk.declared.plan
    id = f"{found.groups[one.high][0]}_{found.groups[one.low][0]}"
    pair, unit, df = _pair(found, one), _unit(plan), found.cut.design.df
    held = min((found.held[i] for g in (one.high, one.low) for i in (g, g + found.count)), key=lambda b: b.effective)
    half = t_quantile(0.975, df) * one.error
    values = [
        ("then", Estimate(one.then, None, None, None, held, unit, df), ("разрыв прежде", "gap then")),
        ("now", Estimate(one.now, None, None, None, held, unit, df), ("разрыв теперь", "gap now")),
        ("moved", Estimate(one.change, one.error, one.change - half, one.change + half, held, unit, df), ("изменение разрыва", "change of the gap")),
    ]  # fmt: skip
    then, now, change = (desk.number(f"{id}.{name}", e, _said(words, pair)) for name, e, words in values)
    words = _said(("наименьшее различимое изменение", "smallest detectable change"), pair)
    least = _plain(desk, f"{id}.least", POWER * one.error, unit, held, words)
    closed: str | LocalText = LocalText.of(ru="–", en="–")
    if one.closed is not None:
        part = Estimate(1 - one.now / one.then, None, 1 - one.closed[1], 1 - one.closed[0], held, "share", df)
        closed = desk.number(
            f"{id}.closed", part, _said(("закрытая часть разрыва", "part of the gap that has closed"), pair)
        )
    return _Told(id, pair, then, now, change, least, Line(id, pair, (then, now, change, closed, p_text(one.p), least)))
