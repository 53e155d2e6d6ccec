"""Small domains in words, a chart and a table; a domain whose interval is too wide is named and has no number."""

from __future__ import annotations

from dataclasses import dataclass

from posad.analysis.kinds.towns.domains.counting import Found, counted, gather
from posad.analysis.kinds.towns.domains.planning import DomainsPlan
from posad.analysis.saying.speaking import Desk, texts
from posad.analysis.values import Column, Declared, Grid, Line, Result
from posad.core.problems import Problem, problem
from posad.core.words import LocalText
from posad.evidence.values import Bar, Figure, Series
from posad.kernel.values import Estimate
from posad.tabulation.context import Context
from posad.tabulation.wording import EVERYBODY, LANGUAGES

SURE = 0.975  # probability of standing on one side of everybody's share
METHOD = LocalText.of(
    ru="""Доли малых областей – по модели, которая знает обо всех: логит ответа складывается из общего уровня, области, групп, в которые \
она входит, и того, кто человек; разброс каждой группировки оценён по ответам и проинтегрирован (многоуровневая регрессия с \
постстратификацией). Доля области – сумма по людям; их состав – из названных подсчётов, без них он принят одинаковым. Рядом прямые доли \
и вторая модель, Фэя – Хэрриота. Интервалы верны, если верна модель: отличие области, о котором не говорят её собственные ответы, она \
сглаживает. Печатаются только области с интервалом не шире порога; места областей друг относительно друга не называются.""",
    en="""Shares of small domains are by a model that knows of everybody: the logit of an answer is a sum of the common level, the domain, \
the groups it belongs to, and who the person is; the spread of each grouping is estimated and integrated (multilevel regression with \
poststratification). A domain's share is the sum over its people; who they are is as the counts named say, else alike in all. Direct shares \
and a second model, Fay and Herriot's, stand beside. Intervals hold if the model does: what sets a domain apart and its own answers do not \
show is smoothed away. Only domains whose interval is no wider than the threshold are printed, and they are never ranked.""",
)
ASSUMES = LocalText.of(
    ru="95 % интервал по многоуровневой модели: верен, если люди, одинаковые по всем группам модели, отвечают одинаково, взяли их в опрос или нет",
    en="95% interval by the multilevel model: it holds if people alike in all groups of the model answer the same whether asked or not",
)


@dataclass(frozen=True, slots=True)
class Told:
    """Addresses by domain; None where the domain is not published."""

    direct: list[str | None]
    model: list[str | None]
    areas: list[str | None]
    width: list[str]
    people: list[str]
    labels: list[LocalText]
    whole: str


def compute(context: Context, declared: Declared) -> tuple[Result | None, list[Problem]]:
    """Return the shares of small domains, or why they cannot be told."""
    plan: DomainsPlan = declared.plan
    data, problems = gather(context, plan, declared.place, declared.id)
    if data is None:
        return None, problems
    outcome = context.items[plan.outcome.item]
    found = counted(data, plan, outcome)
    shown = [k for k, e in enumerate(found.model) if _width(e) <= plan.widest]
    if not shown:
        facts: dict[str, str | int] = {"name": declared.id, "widest": f"{100 * plan.widest:g}"}
        return None, [*problems, problem("domains-wide", declared.place, **facts)]
    question = context.study.questionnaire.question(outcome.question)
    desk = Desk(context, declared, plan.weight, question.text if question is not None else outcome.label, EVERYBODY)
    labels = {o.code: o.label for o in data.items[0].options}
    told = _numbers(desk, found, [labels[c] for c in found.codes], set(shown))
    _say(desk, found, told, shown)
    return desk.result("domains", METHOD, figures=[_figure(desk, told, shown)], grids=[_grid(found, told)]), problems


def _width(estimate: Estimate) -> float:
    assert estimate.low is not None
    assert estimate.high is not None
    return estimate.high - estimate.low


def _numbers(desk: Desk, found: Found, labels: list[LocalText], shown: set[int]) -> Told:
    plan: DomainsPlan = desk.declared.plan
    share = _words("доля ответа", "share of the answer", plan.outcome.label)
    told = Told([], [], [], [], [], labels, desk.number("everybody", found.whole, share))
    for k, code in enumerate(found.codes):
        group, there = labels[k], k in shown
        e, own = found.model[k], found.direct[k]
        by_model = _words("доля по многоуровневой модели", "share by the multilevel model", plan.outcome.label)
        by_areas = _words("доля по модели Фэя – Хэрриота", "share by Fay and Herriot's model", plan.outcome.label)
        told.model.append(desk.number(f"{code}.model", e, by_model, group=group, assumes=ASSUMES) if there else None)
        told.direct.append(desk.number(f"{code}.direct", own, share, group=group) if there else None)
        area = found.areas[k] if found.areas is not None and there else None
        told.areas.append(desk.number(f"{code}.areas", area, by_areas, group=group) if area is not None else None)
        base = Estimate(float(own.bases.unweighted), None, None, None, own.bases, "base", 0)
        count = LocalText.of(ru="ответили в области", en="people who answered in the domain")
        told.people.append(desk.number(f"{code}.people", base, count, group=group))
        wide = Estimate(_width(e), None, None, None, own.bases, "points", 0)
        width = LocalText.of(ru="ширина 95 % интервала", en="width of the 95% interval")
        told.width.append(desk.number(f"{code}.width", wide, width, group=group, size=True))
    return told


def _words(ru: str, en: str, label: LocalText) -> LocalText:
    heads = {"ru": ru, "en": en}
    quotes = {"ru": "«»", "en": "“”"}
    return LocalText.from_mapping({n: f"{heads[n]} {quotes[n][0]}{label.get(n)}{quotes[n][1]}" for n in LANGUAGES})


def _say(desk: Desk, found: Found, told: Told, shown: list[int]) -> None:
    _say_published(desk, found, told, shown)
    _say_apart(desk, found, told, shown)
    _say_checks(desk, found, told, shown)
    _say_sources(desk)
    desk.say(
        "no_ranking",
        "Это не рейтинг: у соседних областей интервалы перекрываются, а часть различий модель сгладила.",
        "This is no ranking: intervals of neighbouring domains overlap, and the model has smoothed part of the differences.",
        "warning",
    )


def _say_sources(desk: Desk) -> None:
    """Say what else the model knows of domains and of who lives there, and from whom."""
    plan: DomainsPlan = desk.declared.plan
    if plan.known:
        named = LocalText.from_mapping(
            {n: "; ".join(f"{k.label.get(n)} ({k.source.get(n).rstrip('.')})" for k in plan.known) for n in LANGUAGES}
        )
        ru, en = "Об областях модель знает ещё: {named}.", "Of the domains the model also knows: {named}."
        desk.say("known", ru, en, "detail", named=named)
    if plan.frame is not None:
        source = LocalText.from_mapping({n: plan.frame.source.get(n).rstrip(".") for n in LANGUAGES})
        ru, en = (
            "Сколько каких людей живёт в каждой области: {source}.",
            "How many people of which kind live in each domain: {source}.",
        )
        desk.say("frame", ru, en, "detail", source=source)
    else:
        ru = "Состав людей в областях принят одинаковым: общих подсчётов по областям не дано."
        en = "Who lives in the domains is taken to be alike: no joint counts are given."
        desk.say("frame", ru, en, "detail")


def _say_published(desk: Desk, found: Found, told: Told, shown: list[int]) -> None:
    plan: DomainsPlan = desk.declared.plan
    hidden = [k for k in range(len(found.codes)) if k not in shown]
    held = found.whole.bases
    words = LocalText.of(ru="число печатаемых областей", en="number of domains published")
    n = desk.number("published", Estimate(float(len(shown)), None, None, None, held, "count", 0), words)
    limit = LocalText.of(ru="порог ширины интервала", en="threshold of the interval's width")
    widest = desk.number("widest", Estimate(plan.widest, None, None, None, held, "points", 0), limit, size=True)
    given: dict[str, str | LocalText] = {
        "n": n,
        "size_widest": widest,
        "outcome": plan.outcome.label,
        "whole": told.whole,
    }
    ru = "«{outcome}»: у всех {whole}; доли печатаются для {n} областей"
    en = "“{outcome}”: {whole} of everybody; shares are published for {n} domains"
    if hidden:
        given["hidden"] = texts([told.labels[k] for k in hidden])
        ru += "; у остальных ({hidden}) 95 % интервал шире {size_widest}."
        en += "; of the others ({hidden}) the 95% interval is wider than {size_widest}."
    else:
        ru += ": у каждой 95 % интервал не шире {size_widest}."
        en += ": each has a 95% interval no wider than {size_widest}."
    desk.say("published", ru, en, "main", given)


def _say_apart(desk: Desk, found: Found, told: Told, shown: list[int]) -> None:
    high = [k for k in shown if found.above[k] >= SURE]
    low = [k for k in shown if found.above[k] <= 1 - SURE]
    for id, rows, ru, en in (
        ("above", high, "Выше, чем у всех", "Above everybody's"),
        ("below", low, "Ниже, чем у всех", "Below everybody's"),
    ):
        if rows:
            given: dict[str, str | LocalText] = {f"n{k}": told.model[k] or "" for k in rows}
            given |= {f"l{k}": told.labels[k] for k in rows}
            inner = "; ".join(f"{{l{k}}} {{n{k}}}" for k in rows)
            desk.say(
                id, f"{ru}, {{whole}}: {inner}.", f"{en}, {{whole}}: {inner}.", "main", {**given, "whole": told.whole}
            )
    if not high and not low:
        desk.say(
            "alike",
            "Ни об одной области нельзя уверенно сказать, что её доля отличается от общей, {whole}.",
            "Of no domain can it be said with certainty that its share differs from everybody's, {whole}.",
            "main",
            {"whole": told.whole},
        )


def _say_checks(desk: Desk, found: Found, told: Told, shown: list[int]) -> None:
    """Say how far the model moved the direct shares, and how far the other model is from it."""
    plan: DomainsPlan = desk.declared.plan
    held = found.whole.bases
    moved = max(abs((found.model[k].value or 0.0) - (found.direct[k].value or 0.0)) for k in shown)
    words = LocalText.of(
        ru="наибольшее расхождение модели и прямых долей", en="largest difference of the model from direct shares"
    )
    far = desk.number("moved", Estimate(moved, None, None, None, held, "points", 0), words, size=True)
    ru, en = (
        "Прямые доли областей модель сдвинула не более чем на {size_far}",
        "The model moved the direct shares of domains by at most {size_far}",
    )
    given: dict[str, str | LocalText] = {"size_far": far, "outcome": plan.outcome.label}
    if found.areas is not None:
        apart = max(abs((found.model[k].value or 0.0) - (found.areas[k].value or 0.0)) for k in shown)
        words = LocalText.of(ru="наибольшее расхождение двух моделей", en="largest difference of both models")
        given["size_two"] = desk.number("apart", Estimate(apart, None, None, None, held, "points", 0), words, size=True)
        ru += "; модель Фэя – Хэрриота расходится с ней не более чем на {size_two}"
        en += "; Fay and Herriot's model differs from it by at most {size_two}"
    desk.say("checks", ru + ".", en + ".", "detail", given)


def _figure(desk: Desk, told: Told, shown: list[int]) -> Figure:
    context, declared = desk.context, desk.declared
    plan: DomainsPlan = declared.plan
    bars = tuple(Bar(str(k), told.labels[k], (told.direct[k] or "", told.model[k] or "")) for k in shown)
    series = (
        Series("direct", LocalText.of(ru="прямая доля", en="direct share"), "total"),
        Series("model", LocalText.of(ru="по модели", en="by the model"), "group-1"),
    )
    kind = _words("% области, ответ", "% of the domain, answer", plan.outcome.label)
    note = LocalText.of(
        ru="Порядок – как в анкете: это не рейтинг.",
        en="The order is that of the questionnaire: this is no ranking.",
    )
    return Figure(
        f"analysis:{declared.id}", "dots", declared.title, desk.about, kind, desk.base_text, series, bars, (), (note,), context.simulated
    )  # fmt: skip


def _grid(found: Found, told: Told) -> Grid:
    columns = (
        Column("people", LocalText.of(ru="Ответили", en="People")),
        Column("direct", LocalText.of(ru="Прямая доля", en="Direct")),
        Column("model", LocalText.of(ru="Модель", en="Model")),
        *([Column("areas", LocalText.of(ru="Фэй – Хэрриот", en="Fay–Herriot"))] if found.areas is not None else []),
        Column("width", LocalText.of(ru="Ширина интервала", en="Width of interval")),
    )
    hidden = LocalText.of(ru="не печатается", en="not published")
    lines = []
    for k, label in enumerate(told.labels):
        cells: list[str | LocalText] = [told.people[k], told.direct[k] or hidden, told.model[k] or hidden]
        cells += [told.areas[k] or hidden] if found.areas is not None else []
        lines.append(Line(str(found.codes[k]), label, (*cells, told.width[k])))
    return Grid("domains", LocalText.of(ru="Доли областей", en="Shares of domains"), columns, tuple(lines))
