"""Moving in words, charts and tables."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from posad.analysis.kinds.towns.migration.counting import Moving, counted, wishes
from posad.analysis.kinds.towns.migration.planning import MigrationPlan
from posad.analysis.kinds.towns.migration.projecting import project
from posad.analysis.kinds.towns.migration.telling import say_future
from posad.analysis.saying.speaking import LEVEL, POWER, Desk, p_text, texts
from posad.analysis.values import Column, Declared, Grid, Line, Result
from posad.core.problems import Problem
from posad.core.words import LocalText
from posad.evidence.values import Bar, Figure, Series
from posad.kernel.values import Estimate
from posad.tabulation.context import Context
from posad.tabulation.wording import EVERYBODY, LANGUAGES

METHOD = LocalText.of(
    ru="""Желание уехать – доля ответов, а не переезд. Места назначения показаны дважды: среди желающих уехать и среди всех, потому что \
первое легко прочесть как второе. Перевес – разность долей желающих остаться и уехать по одним и тем же ответам. Различия мест \
проверяются вместе (Вальд), молодёжь – против всех остальных. Сценарий, если он есть, – не прогноз: он отвечает, что было бы при другой доле \
желающих, если официальный отток, исполнение планов и возрастной профиль таковы, как в названных источниках; приезд из других мест он не \
моделирует.""",
    en="""The wish to leave is a share of answers, not a move. Destinations are shown twice: among those who would leave and among \
everybody, since the first is easily read as the second. The balance is the difference of the shares that would stay and leave, of the same \
answers. Differences between places are tested together (Wald), the young against everybody else. A scenario, if there is one, is no \
forecast: it tells what would be with another share of those who would leave, if the official outflow, what becomes of plans and the \
age schedule are as in the sources named; arrivals from elsewhere are not modelled.""",
)


@dataclass
class Told:
    """Addresses of what was counted."""

    leave: str
    stay: str
    net: str
    movers: list[str]
    everybody: list[str]
    left: list[str]
    matrix: list[list[str | None]]
    labels: list[LocalText]
    places: list[LocalText] = field(default_factory=list)


def compute(context: Context, declared: Declared) -> tuple[Result | None, list[Problem]]:
    """Return who would leave and where to, or why it cannot be told."""
    plan: MigrationPlan = declared.plan
    found, problems = counted(context, plan, declared.place, declared.id)
    if found is None:
        return None, problems
    item = context.items[plan.leave.item]
    question = context.study.questionnaire.question(item.question)
    desk = Desk(context, declared, plan.weight, question.text if question is not None else item.label, EVERYBODY)
    told = _numbers(desk, found)
    _say(desk, found, told)
    figures, grids = [_figure(desk, told), *_by_origin(desk, found, told)], [_grid(told)]
    if plan.future is not None:
        given, wrong = wishes(context, plan, declared.place)
        problems += wrong
        if given is not None:
            runs = [project(plan.future, r, *given) for r in plan.future.realised]
            kinds = [_label(context, plan.origin, c) for c in plan.future.population]
            grids.append(say_future(desk, plan.future, runs, kinds, found.leave.bases))
    return desk.result("migration", METHOD, figures=figures, grids=grids), problems


def _label(context: Context, item: str | None, code: int) -> LocalText:
    return next(o.label for o in context.items[item or ""].options if o.code == code)


def _numbers(desk: Desk, found: Moving) -> Told:
    plan, context = desk.declared.plan, desk.context
    labels = [_label(context, plan.where, c) for c in found.codes]
    places = [_label(context, plan.origin, c) for c in found.origins]
    leave, stay = (_words("доля ответа", "share of the answer", t.label) for t in (plan.leave, plan.stay))
    net = LocalText.of(ru="перевес желающих остаться", en="balance of those who would stay")
    movers = LocalText.of(ru="желающие уехать", en="those who would leave")
    told = Told(
        desk.number("leave", found.leave, leave), desk.number("stay", found.stay, stay), desk.number("net", found.net, net),
        [], [], [], [], labels, places,
    )  # fmt: skip
    for k, code in enumerate(found.codes):
        words = _words("доля ответа", "share of the answer", labels[k])
        told.movers.append(desk.number(f"{code}.movers", found.movers[k], words, group=movers))
        told.everybody.append(desk.number(f"{code}.all", found.everybody[k], words))
    for g, origin in enumerate(found.origins):
        told.left.append(desk.number(f"from{origin}.leave", found.left[g], leave, group=places[g]))
        line: list[str | None] = []
        for k, code in enumerate(found.codes):
            e = found.matrix[g][k]
            words = _words("доля ответа", "share of the answer", labels[k])
            who = LocalText.from_mapping({n: f"{places[g].get(n)}, {movers.get(n)}" for n in LANGUAGES})
            line.append(desk.number(f"from{origin}.{code}", e, words, group=who) if e is not None else None)
        told.matrix.append(line)
    return told


def _words(ru: str, en: str, label: LocalText) -> LocalText:
    heads = {"ru": ru, "en": en}
    quotes = {"ru": "«»", "en": "“”"}
    return LocalText.from_mapping({n: f"{heads[n]} {quotes[n][0]}{label.get(n)}{quotes[n][1]}" for n in LANGUAGES})


def _say(desk: Desk, found: Moving, told: Told) -> None:
    given: dict[str, str | LocalText] = {"leave": told.leave, "stay": told.stay, "net": told.net}
    sure = found.net.low is not None and found.net.high is not None and found.net.low * found.net.high > 0
    if sure:
        ru = "Хотели бы уехать {leave}, остаться – {stay}; перевес желающих остаться {net}."
        en = "{leave} would leave, {stay} would stay; the balance of those who would stay is {net}."
    else:
        ru = "Хотели бы уехать {leave}, остаться – {stay}: ни одна из сторон не перевешивает ({net})."
        en = "{leave} would leave, {stay} would stay: neither side outweighs the other ({net})."
    desk.say("wish", ru, en, "main", given)
    _say_where(desk, found, told)
    _say_places(desk, found, told)
    _say_youth(desk, found)


def _say_where(desk: Desk, found: Moving, told: Told) -> None:
    order = sorted(range(len(found.codes)), key=lambda k: -(found.movers[k].value or 0.0))[:3]
    given: dict[str, str | LocalText] = {}
    for k in order:
        given |= {f"l{k}": told.labels[k], f"m{k}": told.movers[k], f"a{k}": told.everybody[k]}
    ru = "; ".join(f"«{{l{k}}}» – {{m{k}}} желающих уехать, это {{a{k}}} всех" for k in order)
    en = "; ".join(f"“{{l{k}}}”: {{m{k}}} of those who would leave, which is {{a{k}}} of all" for k in order)
    desk.say("where", f"Куда: {ru}.", f"Where to: {en}.", "main", given)


def _say_places(desk: Desk, found: Moving, told: Told) -> None:
    if found.alike is None:
        return
    p = Estimate(found.alike, None, None, None, found.leave.bases, "index", found.cut.design.df)
    desk.number("places.p", p, LocalText.of(ru="p различий мест (Вальд)", en="p of differences between places (Wald)"))
    given: dict[str, str | LocalText] = {f"n{k}": a for k, a in enumerate(told.left)}
    given |= {f"l{k}": label for k, label in enumerate(told.places)}
    inner = "; ".join(f"{{l{k}}} – {{n{k}}}" for k in range(len(told.left)))
    given["p"] = p_text(found.alike)
    if found.alike < LEVEL:
        ru, en = (
            f"Желание уехать зависит от места: {inner} (p {{p}}).",
            f"The wish to leave depends on the place: {inner} (p {{p}}).",
        )
    else:
        ru = f"Различий мест в желании уехать не показано: {inner} (p {{p}})."
        en = f"No difference between places in the wish to leave is shown: {inner} (p {{p}})."
    desk.say("places", ru, en, "main" if found.alike < LEVEL else "detail", given)


def _say_youth(desk: Desk, found: Moving) -> None:
    if found.youth is None:
        return
    plan: MigrationPlan = desk.declared.plan
    variable, _, group = (plan.youth or "").partition(":")
    known = desk.context.study.variable(variable)
    assert known is not None  # the plan was checked
    young = next(g.label for g in known.groups if g.id == group)
    others = LocalText.of(ru="все остальные", en="everybody else")
    leave = _words("доля ответа", "share of the answer", plan.leave.label)
    gap = LocalText.of(ru="разница с остальными", en="difference from the others")
    a = desk.number("youth.leave", found.youth.first, leave, group=young)
    b = desk.number("others.leave", found.youth.second, leave, group=others)
    given: dict[str, str | LocalText] = {
        "a": a,
        "b": b,
        "young": young,
        "gap": desk.number("youth.gap", found.youth.gap, gap),
    }
    if found.youth.p is not None:
        p = Estimate(found.youth.p, None, None, None, found.youth.gap.bases, "index", found.youth.gap.df)
        desk.number("youth.p", p, LocalText.of(ru="p разницы", en="p of the difference"))
    if found.youth.p is not None and found.youth.p < LEVEL:
        ru = "{young}: хотели бы уехать {a}, среди остальных {b}; разница {gap}."
        en = "{young}: {a} would leave, {b} of the others; the difference is {gap}."
        desk.say("youth", ru, en, "main", given)
        return
    least = Estimate(POWER * (found.youth.gap.se or 0.0), None, None, None, found.youth.gap.bases, "points", 0)
    words = LocalText.of(ru="наименьшая различимая разница", en="smallest detectable difference")
    given["size_least"] = desk.number("youth.least", least, words, size=True)
    ru = "{young}: хотели бы уехать {a}, среди остальных {b}; разница {gap} не показана, наверняка заметна была бы от {size_least}."
    en = "{young}: {a} would leave, {b} of the others; the difference of {gap} is not shown, one of {size_least} was sure to show."
    desk.say("youth", ru, en, "detail", given)


def _figure(desk: Desk, told: Told) -> Figure:
    series = (
        Series("movers", LocalText.of(ru="среди желающих уехать", en="of those who would leave"), "group-1"),
        Series("all", LocalText.of(ru="среди всех", en="of everybody"), "total"),
    )
    bars = tuple(Bar(a, told.labels[k], (a, told.everybody[k])) for k, a in enumerate(told.movers))
    title = LocalText.of(ru="Куда хотели бы уехать: две базы", en="Where people would go: two bases")
    return _dots(desk, "", title, series, bars, LocalText.of(ru="% людей", en="% of people"))


def _by_origin(desk: Desk, found: Moving, told: Told) -> list[Figure]:
    rows = [g for g in range(len(told.places)) if all(a is not None for a in told.matrix[g])][:6]
    if len(rows) < 2:
        return []
    series = tuple(Series(str(found.origins[g]), told.places[g], f"group-{i}") for i, g in enumerate(rows, 1))
    bars = tuple(
        Bar(str(c), told.labels[k], tuple(told.matrix[g][k] or "" for g in rows)) for k, c in enumerate(found.codes)
    )
    title = LocalText.of(ru="Откуда и куда", en="From where and where to")
    return [
        _dots(
            desk, "/origin", title, series, bars, LocalText.of(ru="% желающих уехать", en="% of those who would leave")
        )
    ]


def _dots(
    desk: Desk, id: str, title: LocalText, series: Sequence[Series], bars: Sequence[Bar], kind: LocalText
) -> Figure:
    context, plan = desk.context, desk.declared.plan
    question = context.study.questionnaire.question(context.items[plan.where].question)
    note = LocalText.of(ru="Желание, не переезд.", en="A wish, not a move.")
    return Figure(
        f"analysis:{desk.declared.id}{id}", "dots", title, question.text if question is not None else title, kind, desk.base_text,
        tuple(series), tuple(bars), (), (note,), context.simulated,
    )  # fmt: skip


def _grid(told: Told) -> Grid:
    dash = LocalText.of(ru="мало ответов", en="too few")
    columns = [
        Column("movers", LocalText.of(ru="Среди желающих", en="Of those who would leave")),
        Column("all", LocalText.of(ru="Среди всех", en="Of everybody")),
        *(Column(f"from{g}", label) for g, label in enumerate(told.places)),
    ]
    lines = []
    for k, label in enumerate(told.labels):
        own = [line[k] or dash for line in told.matrix]
        lines.append(Line(told.movers[k], label, (told.movers[k], told.everybody[k], *own)))
    lines.append(
        Line(
            "leave",
            LocalText.of(ru="Хотели бы уехать", en="Would leave"),
            (LocalText.of(ru="–", en="–"), told.leave, *told.left),
        )
    )
    places = texts(told.places) if told.places else LocalText()
    note = LocalText.of(
        ru=f"Столбцы мест – среди желающих уехать оттуда: {places.get('ru')}; последняя строка – среди всех жителей.",
        en=f"Columns of places are of those who would leave them: {places.get('en')}; the last line is of all who live there.",
    )
    title = LocalText.of(ru="Откуда и куда", en="From where and where to")
    return Grid("where", title, tuple(columns), tuple(lines), (note,) if told.places else ())
