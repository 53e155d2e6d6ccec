"""Gaps in words, a chart and a table."""

from __future__ import annotations

from dataclasses import dataclass, replace

from posad.analysis.kinds.gaps.counting import Gaps, distance, gaps_of, grouping, sides, together
from posad.analysis.kinds.gaps.planning import GapsPlan
from posad.analysis.linear.estimates import estimates_of
from posad.analysis.saying.naming import groups_of
from posad.analysis.saying.speaking import LEVEL, POWER, Desk, p_text, texts
from posad.analysis.values import Column, Declared, Grid, Line, Result
from posad.core.problems import Problem, problem
from posad.core.words import LocalText
from posad.evidence.values import Bar, Figure, Series
from posad.kernel.values import Estimate
from posad.study.plans.values import LowBase
from posad.tabulation.cells import Target, bases, estimates, share_of, tier
from posad.tabulation.context import Context
from posad.tabulation.wording import EVERYBODY, LANGUAGES, item_title

METHOD = LocalText.of(
    ru="""Разрыв – разница долей двух групп в процентных пунктах. Ошибки знают веса, их подгонку и то, что обе доли посчитаны по одним \
ответам. Сначала все ответы проверяются вместе (Рао – Скотт, поправка второго порядка), потом каждый, с поправкой на их число. Рядом с «не \
показано» стоит наименьший разрыв, который такие базы показали бы в четырёх случаях из пяти. Расстояние между портретами – половина суммы \
разрывов без знаков; оно больше нуля и там, где различий нет, поэтому рядом напечатано, сколько даёт случай. Разрыв говорит, чем группы \
отличаются, а не почему.""",
    en="""A gap is the difference of two groups' shares in percentage points. Errors know the weights, their calibration, and that both shares \
come from the same answers. All answers are tested together first (Rao–Scott, second order), then each, corrected for their number. Beside \
"not shown" stands the smallest gap such bases would show in four cases out of five. The distance of two profiles is half the sum of the \
gaps without signs; it is above nought even where nothing differs, so what chance gives is printed beside it. A gap tells in what groups \
differ, not why.""",
)


@dataclass(frozen=True, slots=True)
class Told:
    """Addresses of what was counted, by answer."""

    first: list[str]
    second: list[str]
    gap: list[str]
    least: list[str | None]
    labels: list[LocalText]
    names: tuple[LocalText, LocalText]


def compute(context: Context, declared: Declared) -> tuple[Result | None, list[Problem]]:
    """Return the gaps between two groups, or why they cannot be told."""
    plan: GapsPlan = declared.plan
    cut, item, first, second = sides(context, plan)
    names = _names(context, plan)
    for side, code in ((first, plan.first), (second, plan.second)):
        held = bases(cut, side)
        if tier(held, LowBase()) in ("hidden", "no_tests"):
            facts: dict[str, str | int] = {
                "name": declared.id,
                "group": _group(context, plan, code),
                "n": held.unweighted,
                "needed": 50,
            }
            return None, [problem("analysis-group-small", declared.place, **facts)]
    found = gaps_of(cut, item, plan, first, second)
    question = context.study.questionnaire.question(item.question)
    about = question.text if question is not None else item_title(context.study, item)
    desk = Desk(context, declared, plan.weight, about, _base(names))
    told = _numbers(desk, found, names)
    _say(desk, found, told)
    return desk.result("gaps", METHOD, figures=[_figure(desk, found, told)], grids=[_grid(found, told)]), []


def _names(context: Context, plan: GapsPlan) -> tuple[LocalText, LocalText]:
    options = {o.code: o.label for o in grouping(context, plan).options}
    others = LocalText.of(ru="все остальные", en="everybody else")
    return options[plan.first], options[plan.second] if plan.second is not None else others


def _group(context: Context, plan: GapsPlan, code: int | None) -> str:
    """Return the name of a group as its study writes it; everybody outside the first as the first with a minus."""
    ids = {code: id for id, code in groups_of(context.study, plan.variable).items()}
    return f"{plan.variable}:{ids[code]}" if code is not None else f"{plan.variable}: ≠ {ids[plan.first]}"


def _base(names: tuple[LocalText, LocalText]) -> LocalText:
    heads = {"ru": "ответившие; сравниваются", "en": "those who answered; compared are"}
    ends = {n: f"{heads[n]}: {names[0].get(n)} – {names[1].get(n)}" for n in LANGUAGES}
    return LocalText.from_mapping(ends) if any(ends.values()) else EVERYBODY


def _numbers(desk: Desk, found: Gaps, names: tuple[LocalText, LocalText]) -> Told:
    """Keep the shares of both groups, the gaps, and the smallest gaps that could be seen."""
    cut, plan = found.cut, desk.declared.plan
    labels = {o.code: o.label for o in found.item.options}
    told = Told([], [], [], [], [labels[c] for c in plan.codes], names)
    shares = [
        estimates(cut, [share_of(cut, found.item, (code,), side) for code in plan.codes]) for side in found.people
    ]
    small = min(found.held, key=lambda b: (b.unweighted, b.effective))
    gaps = estimates_of(cut.design, cut.cells, found.gaps, [small], "points")
    for k, code in enumerate(plan.codes):
        words, label = _share_words(told.labels[k]), told.labels[k]
        told.first.append(desk.number(f"{code}.first", shares[0][k], words, group=names[0]))
        told.second.append(desk.number(f"{code}.second", shares[1][k], words, group=names[1]))
        told.gap.append(desk.number(f"{code}.gap", gaps[k], _gap_words(label, names)))
        told.least.append(_least(desk, f"{code}.least", gaps[k], label))
        p = float(found.p[k])
        if p == p:  # a gap without an error has no test
            desk.number(f"{code}.p", Estimate(p, None, None, None, small, "index", cut.design.df), _p_words(label))
    return told


def _least(desk: Desk, id: str, gap: Estimate, label: LocalText) -> str | None:
    """Keep the smallest gap that would be seen in four cases of five."""
    if gap.se is None or gap.se <= 0:
        return None
    heads = {"ru": "наименьший различимый разрыв", "en": "smallest detectable gap"}
    words = LocalText.from_mapping({n: f"{heads[n]}: {label.get(n)}" for n in LANGUAGES})
    return desk.number(id, Estimate(POWER * gap.se, None, None, None, gap.bases, "points", gap.df), words, size=True)


def _share_words(label: LocalText) -> LocalText:
    heads = {"ru": "доля ответа", "en": "share of the answer"}
    return LocalText.from_mapping({n: f"{heads[n]} «{label.get(n)}»" for n in LANGUAGES})


def _gap_words(label: LocalText, names: tuple[LocalText, LocalText]) -> LocalText:
    first, second = names
    return LocalText.from_mapping({n: f"{label.get(n)}: {first.get(n)} – {second.get(n)}" for n in LANGUAGES})


def _p_words(label: LocalText) -> LocalText:
    heads = {"ru": "p с поправкой", "en": "p, corrected"}
    return LocalText.from_mapping({n: f"{heads[n]}: {label.get(n)}" for n in LANGUAGES})


def _say(desk: Desk, found: Gaps, told: Told) -> None:
    """Say all gaps together, those that are certain, those that are not, the distance, and what a limit of answers bends."""
    _say_together(desk, found, told)
    certain = [k for k, p in enumerate(found.p) if p < LEVEL]
    for sign, id in ((1, "more"), (-1, "fewer")):
        held = sorted((k for k in certain if found.gaps.values[k] * sign > 0), key=lambda k: -abs(found.gaps.values[k]))
        for rank, k in enumerate(held[:3], 1):
            words = {"first": told.names[0], "second": told.names[1], "label": told.labels[k]}
            more = ("больше", "more") if sign > 0 else ("меньше", "less")
            desk.say(
                f"{id}.{rank}",
                f"«{{label}}»: {{a}} ({{first}}) и {{b}} ({{second}}); у первых на {{size_gap}} {more[0]}.",
                f"“{{label}}”: {{a}} ({{first}}) and {{b}} ({{second}}); among the former {{size_gap}} {more[1]}.",
                numbers={**words, "a": told.first[k], "b": told.second[k], "size_gap": _size(desk, found, told, k)},
            )
    _say_unclear(desk, found, told)
    _say_distance(desk, found)
    _say_displaced(desk, found, told)


def _size(desk: Desk, found: Gaps, told: Told, k: int) -> str:
    """Return the address of a gap; of a negative one, of its size."""
    if found.gaps.values[k] >= 0:
        return told.gap[k]
    e = desk.facts[told.gap[k]].estimate
    assert e.value is not None
    low, high = (None if v is None else -v for v in (e.high, e.low))
    plan: GapsPlan = desk.declared.plan
    words = _gap_words(told.labels[k], (told.names[1], told.names[0]))
    return desk.number(f"{plan.codes[k]}.size", replace(e, value=-e.value, low=low, high=high), words)


def _say_together(desk: Desk, found: Gaps, told: Told) -> None:
    test = together(found)
    names = {"first": told.names[0], "second": told.names[1]}
    if test is None:
        return
    words = LocalText.of(ru="p всех разрывов вместе (Рао – Скотт)", en="p of all gaps together (Rao–Scott)")
    held = min(found.held, key=lambda b: (b.unweighted, b.effective))
    desk.number("all.p", Estimate(test.p, None, None, None, held, "index", found.cut.design.df), words)
    if test.p < LEVEL:
        ru = "По вопросу в целом группы отличаются: {first} и {second} отвечают по-разному."
        en = "Over the whole question the groups differ: {first} and {second} answer differently."
        if not any(p < LEVEL for p in found.p):
            ru = f"{ru.rstrip('.')}, но ни об одном ответе отдельно этого не сказать."
            en = f"{en.rstrip('.')}, though of no single answer it can be said."
    else:
        ru = "По вопросу в целом различий между группами не показано: {first} и {second}."
        en = "Over the whole question no difference is shown between {first} and {second}."
    desk.say("all", ru, en, "main" if test.p < LEVEL else "detail", names)


def _say_unclear(desk: Desk, found: Gaps, told: Told) -> None:
    unclear = [k for k, p in enumerate(found.p) if not p < LEVEL and told.least[k] is not None]
    if not unclear:
        return
    worst = max(unclear, key=lambda k: float(found.errors[k]))
    least = told.least[worst]
    assert least is not None
    desk.say(
        "unclear",
        "Разница не показана: {labels}. Разрыв меньше {size_least} при таких базах мог остаться незамеченным.",
        "No difference is shown: {labels}. With such bases a gap under {size_least} may have gone unseen.",
        "detail",
        {"labels": texts([told.labels[k] for k in unclear]), "size_least": least},
    )


def _say_distance(desk: Desk, found: Gaps) -> None:
    far = distance(found)
    held = min(found.held, key=lambda b: (b.unweighted, b.effective))
    kept = {}
    for id, value, ru, en in (
        ("distance", far.value, "расстояние между портретами", "distance of the profiles"),
        ("distance.floor", far.floor, "расстояние, которое в среднем даёт случай", "distance that chance gives on average"),
        ("distance.top", far.top, "расстояние, которое случай даёт в одном случае из двадцати", "distance that chance gives once in twenty"),
    ):  # fmt: skip
        estimate = Estimate(value, None, None, None, held, "points", found.cut.design.df)
        kept[id] = desk.number(id, estimate, LocalText.of(ru=ru, en=en), size=True)
    beyond = (
        ("больше, чем даёт случай", "more than chance gives") if far.beyond else ("в пределах случая", "within chance")
    )
    desk.say(
        "distance",
        f"Портреты расходятся на {{size_far}}; при равных группах было бы в среднем {{size_floor}} и редко больше {{size_top}}: {beyond[0]}.",
        f"The profiles are {{size_far}} apart; equal groups would give {{size_floor}} on average, seldom over {{size_top}}: {beyond[1]}.",
        "detail",
        {"size_far": kept["distance"], "size_floor": kept["distance.floor"], "size_top": kept["distance.top"]},
    )


def _say_displaced(desk: Desk, found: Gaps, told: Told) -> None:
    """Warn where a limit of answers moves answers from one option to another, and tell how many answers each group gave."""
    if found.number is None:
        return
    held = [*found.held, min(found.held, key=lambda b: (b.unweighted, b.effective))]
    made = estimates_of(found.cut.design, found.cut.cells, found.number, held, "mean")
    words = LocalText.of(ru="ответов на человека", en="answers per person")
    a, b = (
        desk.number(f"answers.{id}", e, words, group=name)
        for id, e, name in zip(("first", "second"), made[:2], told.names, strict=True)
    )
    numbers: dict[str, str | LocalText] = {"a": a, "b": b, "first": told.names[0], "second": told.names[1]}
    desk.say(
        "answers",
        "Ответов на человека: {a} – {first}, {b} – {second}.",
        "Answers per person: {a} – {first}, {b} – {second}.",
        "detail",
        numbers,
    )
    _say_limited(desk, found, told)


def _say_limited(desk: Desk, found: Gaps, told: Told) -> None:
    """Warn that a limit of answers moves them from one option to another: how many used it up, which gaps may come of it."""
    limit, filled = found.item.limit, found.filled
    certain, test = [k for k, p in enumerate(found.p) if p < LEVEL], together(found)
    if limit is None or filled is None or not (certain or (test is not None and test.p < LEVEL)):
        return
    words = LocalText.of(ru=f"доля тех, кто дал все {limit}", en=f"share of those who gave all {limit}")
    made = estimates(found.cut, [Target("share", (filled & side).astype(float), side) for side in found.people])
    a, b = (
        desk.number(f"filled.{id}", e, words, group=name)
        for id, e, name in zip(("first", "second"), made, told.names, strict=True)
    )
    sizes = found.gaps.values
    lead = max(range(len(sizes)), key=lambda k: abs(float(sizes[k])))
    against = [k for k in certain if sizes[k] * sizes[lead] < 0]
    number = LocalText.of(ru=str(limit), en=str(limit))
    ru = "Можно было выбрать не больше {limit} ответов; все {limit} дали {a} ({first}) и {b} ({second})"
    ru += ". Кто реже называет одно, отдаёт место другому"
    en = "No more than {limit} answers were allowed; {a} ({first}) and {b} ({second}) gave all {limit}"
    en += ". Naming one thing less leaves room for another"
    given: dict[str, str | LocalText] = {
        "limit": number,
        "a": a,
        "b": b,
        "first": told.names[0],
        "second": told.names[1],
    }
    if against:
        ru += ". Вытеснением могут быть разрывы против главного: {labels}."
        en += ". Gaps against the main one may be displacement: {labels}."
        given["labels"] = texts([told.labels[k] for k in against])
    else:
        ru, en = f"{ru}, и часть разрывов – это вытеснение.", f"{en}, and part of the gaps is displacement."
    desk.say("displaced", ru, en, "warning", given)


def _figure(desk: Desk, found: Gaps, told: Told) -> Figure:
    context, declared = desk.context, desk.declared
    order = sorted(range(len(told.labels)), key=lambda k: -float(found.gaps.values[k]))
    plan: GapsPlan = declared.plan
    bars = tuple(Bar(str(plan.codes[k]), told.labels[k], (told.first[k], told.second[k])) for k in order)
    series = (Series("first", told.names[0], "group-1"), Series("second", told.names[1], "group-2"))
    kind = LocalText.of(ru="% группы; по убыванию разрыва", en="% of the group; by falling gap")
    return Figure(
        f"analysis:{declared.id}", "dots", declared.title, desk.about, kind, desk.base_text, series, bars, (), (), context.simulated
    )  # fmt: skip


def _grid(found: Gaps, told: Told) -> Grid:
    columns = (
        Column("first", told.names[0]),
        Column("second", told.names[1]),
        Column("gap", LocalText.of(ru="Разрыв", en="Gap")),
        Column("p", LocalText.of(ru="p с поправкой", en="p, corrected")),
        Column("least", LocalText.of(ru="Различимый", en="Detectable")),
    )
    dash = LocalText.of(ru="–", en="–")
    lines = [
        Line(
            told.gap[k],
            told.labels[k],
            (told.first[k], told.second[k], told.gap[k], p_text(float(found.p[k])), least or dash),
        )
        for k, least in enumerate(told.least)
    ]
    title = LocalText.of(ru="Разрывы по ответам", en="Gaps by answer")
    return Grid("gaps", title, columns, tuple(lines))
