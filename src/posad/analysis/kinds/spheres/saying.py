"""Spheres and the digital thesis in words, charts and tables."""

from __future__ import annotations

from posad.analysis.kinds.spheres.counting import (
    ENOUGH,
    Difference,
    cut_of,
    differences,
    gaps_of,
    of_sphere,
)
from posad.analysis.kinds.spheres.findings import say_groups, say_level, say_spheres, say_trend
from posad.analysis.kinds.spheres.planning import SpheresPlan
from posad.analysis.saying.speaking import Desk
from posad.analysis.values import Column, Declared, Grid, Line, Result
from posad.core.problems import Problem, problem
from posad.core.words import LocalText
from posad.evidence.values import Bar, Figure, Series
from posad.tabulation.context import Context, Cut
from posad.tabulation.wording import EVERYBODY, LANGUAGES, item_title

METHOD = LocalText.of(
    ru="""Каждому пункту всех вопросов дана сфера и вид: цифровой, офлайновый, смешанный; это решение авторов исследования, и таблица его печатает. \
Цифровой разрыв минус офлайновый – средняя доля цифровых пунктов минус средняя доля офлайновых среди преимуществ крупного города, с ошибкой по \
тем же людям. «Показано» значит: интервал целиком ниже нуля – со всеми пунктами, без любого из них и со смешанными, причисленными к тому и к \
другому. Один замер говорит только о величине разрывов; о сближении – лишь второй, и рядом сказано, сколько людей для него нужно. Доля \
назвавших пункт – не мера разрыва: чаще называют то, что важнее, и редким пункт бывает не от близости городов, а от устройства списка.""",
    en="""Every item of all questions is given a sphere and a channel – digital, offline, mixed; that is a decision of the study's authors, and the \
table prints it. The digital gap less the offline gap is the mean share of digital items minus that of offline ones among the advantages of a \
big city, with the error of the same people. "Shown" means that the whole interval is below nought: with all items, without any of them, and \
with mixed ones counted either way. One wave tells only of the size of gaps; of their closing only a second one does, and how many people it \
needs is said. The share who name an item is no measure of a gap: what matters more is named more, and a rare item may come of the list.""",
)
_ROLES = (
    ("improved", LocalText.of(ru="Стало лучше", en="Improved")),
    ("worry", LocalText.of(ru="Тревожит", en="Worries")),
    ("better", LocalText.of(ru="В крупном городе лучше", en="Better in a big city")),
    ("online", LocalText.of(ru="Получают онлайн", en="Got online")),
    ("modern", LocalText.of(ru="Чувство современного города", en="Feels modern")),
)
_CHANNELS = {
    "digital": LocalText.of(ru="цифровой", en="digital"),
    "offline": LocalText.of(ru="офлайновый", en="offline"),
    "mixed": LocalText.of(ru="смешанный", en="mixed"),
}
_ABSENT = LocalText.of(ru="–", en="–")


def compute(context: Context, declared: Declared) -> tuple[Result | None, list[Problem]]:
    """Return the spheres and the test of the thesis, or why it cannot be made."""
    plan: SpheresPlan = declared.plan
    cut = cut_of(context, plan)
    asked = context.items[plan.entries["better"][0].item]
    everybody = cut.cells.n >= 0
    shares, base = gaps_of(context, cut, plan, everybody)
    if min(base.unweighted, base.effective) < ENOUGH:
        return None, [problem("analysis-nobody", declared.place, name=declared.id, n=base.unweighted, needed=ENOUGH)]
    question = context.study.questionnaire.question(asked.question)
    about = question.text if question is not None else item_title(context.study, asked)
    desk = Desk(context, declared, plan.weight, about, EVERYBODY)
    made = differences(cut, plan, shares, base)
    addresses = [_keep(desk, d) for d in made]
    say_level(desk, made, addresses)
    say_groups(desk, context, cut, plan)
    say_trend(desk, context, cut, plan, made[0])
    matrix, cells = _matrix(desk, context, cut, plan)
    say_spheres(desk, plan, cells)
    figures = [_forest(desk, made, addresses), *_dots(desk, plan, cells)]
    return desk.result("spheres", METHOD, figures=figures, grids=[matrix, _crosswalk(context, plan)]), []


def _keep(desk: Desk, one: Difference) -> str:
    heads = {"ru": "цифровой разрыв минус офлайновый", "en": "digital gap less offline gap"}
    words = LocalText.from_mapping({n: f"{heads[n]}: {one.label.get(n)}" for n in LANGUAGES})
    return desk.number(f"difference.{one.id}", one.estimate, words)


Cells = dict[tuple[str, str], str]  # addresses by sphere and role


def _matrix(desk: Desk, context: Context, cut: Cut, plan: SpheresPlan) -> tuple[Grid, Cells]:
    """Keep what every question says of every sphere, and return the matrix."""
    cells: Cells = {}
    roles = [(role, label) for role, label in _ROLES if role in plan.entries]
    for id, label in plan.spheres:
        for role, words in roles:
            estimate = of_sphere(context, cut, [e for e in plan.entries[role] if e.sphere == id], role)
            if estimate is not None and estimate.value is not None:
                cells[id, role] = desk.number(f"{id}.{role}", estimate, words, group=label)
    lines = tuple(
        Line(id, label, tuple(cells.get((id, role), _ABSENT) for role, _ in roles)) for id, label in plan.spheres
    )
    title = LocalText.of(ru="Сферы по всем вопросам", en="Spheres over all questions")
    note = LocalText.of(
        ru="Доля назвавших хотя бы один пункт сферы; онлайн – средняя доля по услугам сферы. Прочерк: вопрос о сфере не спрашивал.",
        en="Share who name any item of the sphere; online is the mean share over its services. A dash: the question did not ask of it.",
    )
    return Grid("matrix", title, tuple(Column(r, w) for r, w in roles), lines, (note,)), cells


def _crosswalk(context: Context, plan: SpheresPlan) -> Grid:
    """Return the crosswalk itself: item, sphere, channel."""
    columns = (
        Column("sphere", LocalText.of(ru="Сфера", en="Sphere")),
        Column("channel", LocalText.of(ru="Вид", en="Channel")),
    )
    names, roles = dict(plan.spheres), dict(_ROLES)
    lines = []
    for role, entries in plan.entries.items():
        for e in entries:
            id = f"{e.item}.{e.codes[0]}" if role in ("better", "improved", "worry") else e.item
            label = LocalText.from_mapping({n: f"{roles[role].get(n)}: {w}" for n, w in e.label.parts})
            lines.append(Line(id, label, (names[e.sphere], _CHANNELS[e.channel])))
    title = LocalText.of(ru="Сфера и вид каждого пункта", en="Sphere and channel of each item")
    note = LocalText.of(
        ru="Решение авторов исследования, не ответы людей.",
        en="A decision of the study's authors, not answers of people.",
    )
    return Grid("crosswalk", title, columns, tuple(lines), (note,))


def _forest(desk: Desk, made: list[Difference], addresses: list[str]) -> Figure:
    title = LocalText.of(
        ru="Цифровой разрыв минус офлайновый: все пункты и без каждого из них",
        en="Digital gap less offline gap: all items, and without each of them",
    )
    kind = LocalText.of(ru="процентные пункты", en="percentage points")
    bars = tuple(Bar(d.id, d.label, (at,)) for d, at in zip(made, addresses, strict=True))
    series = (Series("value", LocalText(), "bar"),)
    simulated = desk.context.simulated
    return Figure(
        f"analysis:{desk.declared.id}",
        "forest",
        title,
        desk.about,
        kind,
        desk.base_text,
        series,
        bars,
        (),
        (),
        simulated,
    )


def _dots(desk: Desk, plan: SpheresPlan, cells: Cells) -> list[Figure]:
    """Return the chart of spheres by what improved, what worries, what is better elsewhere, where all of them were asked."""
    roles = [(role, label) for role, label in _ROLES[:3] if role in plan.entries]
    rows = [(id, label) for id, label in plan.spheres if all((id, role) in cells for role, _ in roles)]
    if len(roles) < 2 or len(rows) < 2:
        return []
    order = sorted(rows, key=lambda r: -(desk.facts[cells[r[0], roles[-1][0]]].estimate.value or 0.0))
    bars = tuple(Bar(id, label, tuple(cells[id, role] for role, _ in roles)) for id, label in order)
    series = tuple(Series(role, label, f"group-{n}") for n, (role, label) in enumerate(roles, 1))
    kind = LocalText.of(
        ru="% опрошенных, назвавших хотя бы один пункт сферы", en="% of respondents who name any item of the sphere"
    )
    title = LocalText.of(ru="Сферы по трём вопросам", en="Spheres over three questions")
    address = f"analysis:{desk.declared.id}/spheres"
    return [
        Figure(address, "dots", title, LocalText(), kind, desk.base_text, series, bars, (), (), desk.context.simulated)
    ]
