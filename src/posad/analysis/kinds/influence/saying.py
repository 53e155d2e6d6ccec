"""The influence map in words, charts and tables."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from posad.analysis.kinds.influence.counting import Pair, Places, cut_of, group_of, pairs, places
from posad.analysis.kinds.influence.findings import say_all
from posad.analysis.kinds.influence.grouping import (
    Clusters,
    Evidence,
    bears_names,
    clusters,
    evidence,
    replicated_places,
)
from posad.analysis.kinds.influence.numbers import Numbers, numbers_of
from posad.analysis.kinds.influence.planning import InfluencePlan
from posad.analysis.people import repeated
from posad.analysis.saying.speaking import Desk
from posad.analysis.values import Column, Declared, Grid, Line, Result
from posad.core.problems import Problem, problem
from posad.core.words import LocalText
from posad.evidence.values import Bar, Figure, Series
from posad.tabulation.context import Context
from posad.tabulation.wording import EVERYBODY, item_title

METHOD = LocalText.of(
    ru="""Точка – доли двух вопросов среди оценивших компанию. Эллипс – область, в которой с вероятностью 95 % лежат обе доли вместе: \
их ошибки связаны, потому что отвечали одни и те же люди. Пары сравниваются по обеим долям сразу (T² Хотеллинга), с поправкой Холма на \
все пары. Группы находит метод Уорда; группа держится, если её состав повторяется и на новых выборках людей, и на новых наборах компаний, \
а через её границу нет неразличимых пар. Карта не говорит, почему компания стоит там, где стоит, и не измеряет её вклад: это мнения \
тех, кто её знает.""",
    en="""A point is the shares of two questions among those who rated the company. The ellipse is where both shares lie together with a \
probability of 95%: their errors are linked, for the same people answered both. Pairs are compared in both shares at once (Hotelling's T²), \
corrected by Holm over all pairs. Groups are found by Ward's method; a group holds if its members come back in new samples of people and in \
new sets of companies, and no pair across its border is alike. The map does not tell why a company stands where it does, nor does it measure \
what the company brings: it shows the views of those who know it.""",
)

OWN = (
    LocalText.of(ru="1-я оценка относительно своей средней", en="First rating against one's own mean"),
    LocalText.of(ru="2-я оценка относительно своей средней", en="Second rating against one's own mean"),
)
BEYOND = LocalText.of(
    ru="Вторая доля сверх обычной при такой первой", en="Second share beyond the usual at such a first one"
)


def compute(context: Context, declared: Declared) -> tuple[Result | None, list[Problem]]:
    """Return an influence map, or why there is none."""
    plan: InfluencePlan = declared.plan
    cut = cut_of(context, plan)
    found = places(context, plan, cut)
    if found.count < 2:
        people = int(found.people.sum())
        return None, [problem("analysis-nobody", declared.place, name=declared.id, n=people, needed=50)]
    drawn, problems = repeated(context, plan.weight)
    weights = drawn.of(cut) if drawn is not None else None
    tested = pairs(found)
    names = bears_names(found) and weights is not None
    repeats = replicated_places(found, weights) if weights is not None else None
    made = clusters(found, repeats, tested) if names and repeats is not None else []
    spoken = evidence(found, plan.named, repeats, tested) if names and repeats is not None else []
    desk = _desk(context, declared, plan)
    numbers = numbers_of(desk, found, weights)
    say_all(desk, found, numbers, tested, made, spoken, names)
    figures = _figures(desk, plan, found, numbers, spoken if names else [])
    grids = [_companies(plan, found, numbers), *_groups(desk, found, spoken), *_partitions(desk, found, made)]
    return desk.result("influence-map", METHOD, figures=figures, grids=grids, notes=_notes(plan)), problems


def _desk(context: Context, declared: Declared, plan: InfluencePlan) -> Desk:
    nest = group_of(context, plan)
    about = item_title(context.study, context.items[plan.companies[0].x])
    question = context.study.questionnaire.question(plan.of)
    about = question.text if question is not None else about
    if not nest:
        return Desk(context, declared, plan.weight, about, EVERYBODY)
    item, code = nest[0]
    label = next(o.label for o in item.options if o.code == code)
    base = LocalText.from_mapping({lang: f"{item.label.get(lang)}: {words}" for lang, words in label.parts})
    return Desk(context, declared, plan.weight, about, base)


def _notes(plan: InfluencePlan) -> list[LocalText]:
    if plan.base == "raters":
        return [
            LocalText.of(
                ru="Доли посчитаны среди оценивших компанию: кто её не знает, в базу не входит.",
                en="Shares are among those who rated the company: those who do not know it are not in the base.",
            )
        ]
    return [
        LocalText.of(
            ru="Доли посчитаны среди всех опрошенных: кто не знает компанию, считается не поставившим высокую оценку.",
            en="Shares are among all asked: those who do not know the company count as not having rated it high.",
        )
    ]


def _figures(desk: Desk, plan: InfluencePlan, found: Places, numbers: Numbers, spoken: list[Evidence]) -> list[Figure]:
    context, declared = desk.context, desk.declared
    shown = {e.group.id for e in spoken}
    deepest: dict[str, str] = {}
    for group in sorted((e.group for e in spoken), key=lambda g: g.level):
        deepest |= dict.fromkeys(group.rows, group.id)
    order = [e.group for e in spoken if e.group.id in deepest.values()]
    groups = [Series(g.id, g.label, f"group-{n}") for n, g in enumerate(order, 1)]
    small = LocalText.of(ru="оценили меньше 100 человек", en="rated by fewer than 100 people")
    grey = {c.row for i, c in enumerate(found.companies) if numbers.grey[i]}
    if grey:
        groups.append(Series("small_", small, "missing"))
    assert shown >= {g.id for g in order}
    bars = [
        Bar(c.row, c.label, (numbers.x[i], numbers.y[i]), "small_" if c.row in grey else deepest.get(c.row, ""), numbers.tilt[i])
        for i, c in enumerate(found.companies)
    ]  # fmt: skip
    series = (Series("x", plan.x.label, "bar"), Series("y", plan.y.label, "bar"))
    percent = LocalText.of(ru="% оценивших компанию", en="% of those who rated the company")
    everybody = LocalText.of(ru="% опрошенных", en="% of respondents")
    ellipse = LocalText.of(
        ru="Эллипс: здесь с вероятностью 95 % лежат обе доли вместе.",
        en="The ellipse holds both shares together with a probability of 95%.",
    )
    question = context.study.questionnaire.question(plan.of)
    text = question.text if question is not None else LocalText()
    kind = percent if plan.base == "raters" else everybody
    base = desk.base_text
    made = [
        Figure(f"analysis:{declared.id}", "map", declared.title, text, kind, base, series, tuple(bars), (), (ellipse,),
               context.simulated, groups=tuple(groups))
    ]  # fmt: skip
    if numbers.excess:
        made.append(_excess_figure(context, declared, text, base, found, numbers))
    if numbers.x_own:
        made.append(_own_figure(desk, made[0], numbers))
    return made


def _own_figure(desk: Desk, raw: Figure, numbers: Numbers) -> Figure:
    """Return the companion map of ratings against everybody's own mean: points of the same groups, without ellipses."""
    title = LocalText.of(
        ru="Та же карта без привычки ставить высоко", en="The same map without the habit of high marks"
    )
    kind = LocalText.of(
        ru="оценка минус средняя оценка того же человека", en="rating minus the same person's mean rating"
    )
    note = LocalText.of(
        ru="Ноль – компания, которую человек оценил как в среднем остальные; эллипсы не показаны.",
        en="Nought is a company rated as the others are on average by the same person; no ellipses are drawn.",
    )
    bars = tuple(
        replace(bar, cells=(numbers.x_own[i], numbers.y_own[i]), tilt="")
        for i, bar in enumerate(raw.bars)
        if i in numbers.x_own
    )
    series = (Series("x", OWN[0], "bar"), Series("y", OWN[1], "bar"))
    return replace(
        raw,
        id=f"analysis:{desk.declared.id}/own",
        title=title,
        answer_type=kind,
        series=series,
        bars=bars,
        notes=(note,),
    )


def _excess_figure(
    context: Context, declared: Declared, text: LocalText, base: LocalText, found: Places, numbers: Numbers
) -> Figure:
    title = LocalText.of(
        ru="На сколько вторая доля выше той, что обычна при такой первой",
        en="How far the second share exceeds what is usual at such a first one",
    )
    kind = LocalText.of(ru="процентные пункты", en="percentage points")
    value = {i: numbers.values[i] for i in range(found.count)}
    order = sorted(value, key=lambda i: -value[i])
    bars = tuple(Bar(found.companies[i].row, found.companies[i].label, (numbers.excess[i],)) for i in order)
    series = (Series("value", LocalText(), "bar"),)
    return Figure(
        f"analysis:{declared.id}/excess", "forest", title, text, kind, base, series, bars, (), (), context.simulated
    )


def _companies(plan: InfluencePlan, found: Places, numbers: Numbers) -> Grid:
    columns = [
        Column("x", plan.x.label),
        Column("y", plan.y.label),
        Column("rated", LocalText.of(ru="Оценили", en="Rated by")),
        *([Column("known", LocalText.of(ru="Знают", en="Know it"))] if numbers.known else []),
        *([Column("excess", BEYOND)] if numbers.excess else []),
        *([Column("x_own", OWN[0]), Column("y_own", OWN[1])]
          if numbers.x_own else []),
        *([Column("x_users", LocalText.of(ru="1-я доля среди пользователей", en="First share among users")),
           Column("y_users", LocalText.of(ru="2-я доля среди пользователей", en="Second share among users"))]
          if numbers.x_users else []),
    ]  # fmt: skip
    absent = LocalText.of(ru="–", en="–")
    lines = []
    for i, company in enumerate(found.companies):
        cells: list[str | LocalText] = [numbers.x[i], numbers.y[i], numbers.rated[i]]
        for listed in (numbers.known, numbers.excess, numbers.x_own, numbers.y_own, numbers.x_users, numbers.y_users):
            if listed:
                cells.append(listed.get(i, absent))
        lines.append(Line(company.row, company.label, tuple(cells)))
    title = LocalText.of(ru="Координаты и проверки", en="Places and controls")
    return Grid("companies", title, tuple(columns), tuple(lines))


YES, NO = LocalText.of(ru="да", en="yes"), LocalText.of(ru="нет", en="no")
Row = tuple[
    str, LocalText, tuple[str | LocalText, ...], Pair | None, bool
]  # id, words, cells, nearest pair, whether it holds


def _evidence(
    id: str,
    title: LocalText,
    heads: Sequence[tuple[str, LocalText]],
    found: Places,
    rows: Sequence[Row],
    note: LocalText,
) -> list[Grid]:
    """Return the table of what speaks for groups or partitions: their own numbers, the nearest pair across a border, whether they hold."""
    if not rows:
        return []
    last = [("nearest", LocalText.of(ru="Ближайшая пара через границу", en="Nearest pair across a border")),
            ("holds", LocalText.of(ru="Держится", en="Holds"))]  # fmt: skip
    columns = tuple(Column(name, label) for name, label in [*heads, *last])
    lines = tuple(
        Line(
            name,
            label,
            (*cells, _pair_text(found, pair.first, pair.second) if pair is not None else NO, YES if holds else NO),
        )
        for name, label, cells, pair, holds in rows
    )
    return [Grid(id, title, columns, lines, (note,))]


def _pair_text(found: Places, first: int, second: int) -> LocalText:
    a, b = found.companies[first].label, found.companies[second].label
    return LocalText.from_mapping({lang: f"{words} – {b.get(lang)}" for lang, words in a.parts})


def _groups(desk: Desk, found: Places, spoken: list[Evidence]) -> list[Grid]:
    heads = (
        ("weakest", LocalText.of(ru="Слабейший член", en="Weakest member")),
        ("own", LocalText.of(ru="Он ближе к своей группе", en="It is nearest to its own group")),
    )
    head = f"analysis:{desk.declared.id}"
    weakest = [found.companies[e.members[e.weakest]].label for e in spoken]
    rows: list[Row] = [
        (e.group.id, e.group.label, (name, f"{head}/{e.group.id}.own"), e.nearest, e.holds)
        for e, name in zip(spoken, weakest, strict=True)
    ]
    title = LocalText.of(ru="Названные группы и их свидетельства", en="Named groups and their evidence")
    note = LocalText.of(
        ru="Второй столбец – в какой доле повторных выборок член группы ближе к ней, чем к другим группам того же уровня.",
        en="The second column is the share of replicates in which the member is nearer to its own group than to others of the same level.",
    )
    return _evidence("groups", title, heads, found, rows, note)


def _partitions(desk: Desk, found: Places, made: list[Clusters]) -> list[Grid]:
    heads = (
        ("people", LocalText.of(ru="На новых выборках людей", en="In new samples of people")),
        ("companies", LocalText.of(ru="На новых наборах компаний", en="In new sets of companies")),
        ("silhouette", LocalText.of(ru="Силуэт", en="Silhouette")),
    )
    head = f"analysis:{desk.declared.id}"
    labels = [LocalText.of(ru=f"групп: {c.k}", en=f"{c.k} groups") for c in made]
    rows: list[Row] = [
        (f"k{c.k}", label, tuple(f"{head}/k{c.k}.{name}" for name, _ in heads), c.nearest, c.holds)
        for c, label in zip(made, labels, strict=True)
    ]
    title = LocalText.of(ru="На сколько групп делятся компании", en="Into how many groups the companies fall")
    note = LocalText.of(
        ru="Сходство состава по Жаккару, худшая группа разбиения; держится от 0,85.",
        en="Jaccard similarity of members, the worst group of the partition; 0.85 and more holds.",
    )
    return _evidence("partitions", title, heads, found, rows, note)
