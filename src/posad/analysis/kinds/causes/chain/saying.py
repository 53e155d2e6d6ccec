"""A chain in words, a picture of its layers, and its tables."""

from __future__ import annotations

from collections.abc import Sequence

from posad.analysis.kinds.causes.chain.findings import say_all
from posad.analysis.kinds.causes.chain.modelling import arrows, mediated, people
from posad.analysis.kinds.causes.chain.numbers import Drawn, Passed, arrow_label, drawn, passed
from posad.analysis.kinds.causes.chain.ordering import orders
from posad.analysis.kinds.causes.chain.planning import ChainPlan
from posad.analysis.kinds.causes.desks import DASH, headed, people_of, question_of
from posad.analysis.kinds.causes.labels import NAMES
from posad.analysis.people import repeated
from posad.analysis.saying.speaking import Desk, p_text
from posad.analysis.values import Column, Declared, Grid, Line, Result
from posad.core.problems import Problem
from posad.core.words import LocalText
from posad.evidence.values import Arrow as Evidence
from posad.evidence.values import Bar, Figure, Series
from posad.tabulation.context import Context

METHOD = LocalText.of(
    ru="""Каждое звено объясняется всеми звеньями предыдущих слоёв и тем, что выровнено, взвешенной линейной регрессией по одним и тем же \
людям; стрелка – на сколько стандартных отклонений отличается звено у людей, отличающихся на одно стандартное отклонение другого. Связь \
ранних слоёв с исходом делится на прямую и идущую через звенья без остатка. Ошибки знают веса, их подгонку и то, что стрелки общие у одних \
людей. Порядок слоёв сравнивается с другими по тому, сколько связи между не соседними слоями он опускает; порядок и обратный ему опускают \
всегда поровну, поэтому, куда смотрят стрелки, ответы одного опроса не говорят.""",
    en="""Each link is explained by all links of earlier layers and by what is held equal, in a weighted linear regression over the same people; \
an arrow is by how many standard deviations a link differs between people who differ by one standard deviation of another. The association of \
early layers with the outcome is divided into a direct and a mediated one without remainder. Errors know the weights, their calibration, \
and that arrows share people. The order of layers is compared with others by how much of the links between layers that are no neighbours it \
leaves out; an order and its reverse always leave out the same, so the answers of one survey do not tell which way arrows point.""",
)


def compute(context: Context, declared: Declared) -> tuple[Result | None, list[Problem]]:
    """Return the arrows of a chain and what passes along it, or why they cannot be told."""
    plan: ChainPlan = declared.plan
    who, problems = people(context, plan, declared.place, declared.id)
    if who is None:
        return None, problems
    found, wrong = arrows(who, plan, declared.place)
    problems += wrong
    again, wrong = repeated(context, plan.weight)
    problems += wrong
    weights, scale = (again.of(who.cut), again.scale * again.rscales) if again is not None else (None, None)
    outcome = plan.whole[-1][0].parts[0]
    desk = Desk(context, declared, plan.weight, question_of(context, outcome), people_of(context, plan.group))
    shown, along = drawn(desk, who, found), passed(desk, who, mediated(who, plan))
    say_all(desk, plan, who, shown, along, orders(who, plan, weights, scale))
    figures, grids = [_figure(desk, plan, shown)], [_arrow_grid(shown), _along_grid(along)]
    made = [_evidence(plan, d) for d in shown]
    return desk.result("chain", METHOD, figures=figures, grids=grids, arrows=made), problems


def _evidence(plan: ChainPlan, one: Drawn) -> Evidence:
    source, target = one.arrow.source, one.arrow.target
    return Evidence(
        source.id, target.id, source.label, target.label, one.address, NAMES[plan.label], one.certain, one.arrow.next
    )


def _figure(desk: Desk, plan: ChainPlan, shown: Sequence[Drawn]) -> Figure:
    context, declared = desk.context, desk.declared
    bars = tuple(
        Bar(d.id, arrow_label(d.arrow), (d.address,), "certain" if d.certain else "unclear")
        for d in shown
        if d.arrow.next
    )
    layers = tuple(tuple(Series(link.id, link.label, "bar") for link in layer) for layer in plan.layers)
    kind = LocalText.of(
        ru="стандартных отклонений на одно стандартное отклонение", en="standard deviations for one standard deviation"
    )
    notes = [
        LocalText.of(
            ru="Сплошная стрелка больше того, что даёт случай (Холм), пунктирная – нет. Куда смотрят стрелки, выбрано, а не измерено.",
            en="A solid arrow is more than chance gives (Holm), a dashed one is not. Which way arrows point was chosen, not measured.",
        ),
        headed("Что это", "What this is", NAMES[plan.label]),
    ]
    return Figure(
        f"analysis:{declared.id}", "layers", declared.title, LocalText(), kind, desk.base_text, (Series("value", LocalText(), "bar"),),
        bars, (), tuple(notes), context.simulated, layers=layers,
    )  # fmt: skip


def _arrow_grid(shown: Sequence[Drawn]) -> Grid:
    columns = (
        Column("arrow", LocalText.of(ru="Стрелка", en="Arrow")),
        Column("p", LocalText.of(ru="p (Холм)", en="p (Holm)")),
        Column("robust", LocalText.of(ru="Устойчивость", en="Robustness")),
    )
    order = sorted(shown, key=lambda d: not d.arrow.next)
    lines = tuple(Line(d.id, arrow_label(d.arrow), (d.address, p_text(d.p), d.robust)) for d in order)
    title = LocalText.of(
        ru="Стрелки: соседние слои, затем остальные", en="Arrows: neighbouring layers, then the others"
    )
    return Grid("arrows", title, columns, lines)


def _along_grid(along: Sequence[Passed]) -> Grid:
    columns = (
        Column("whole", LocalText.of(ru="Вся связь", en="Whole")),
        Column("direct", LocalText.of(ru="Прямая", en="Direct")),
        Column("mediated", LocalText.of(ru="Через звенья", en="Mediated")),
        Column("part", LocalText.of(ru="Часть через звенья", en="Part mediated")),
    )
    lines = []
    for one in along:
        label = {n: f"{one.of.source.label.get(n)} → {one.of.target.label.get(n)}" for n in ("ru", "en")}
        cells = (one.whole, one.direct, one.mediated, one.part if one.part is not None else DASH)
        lines.append(Line(f"{one.of.source.id}.{one.of.target.id}", LocalText.from_mapping(label), cells))
    title = LocalText.of(
        ru="Связь с исходом: прямая и через звенья", en="Association with the outcome: direct and mediated"
    )
    return Grid("along", title, columns, tuple(lines))
