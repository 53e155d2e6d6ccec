"""Gaps told by the same people in words, a chart and tables."""

from __future__ import annotations

from posad.analysis.kinds.gaps.paired.counting import Paired, paired
from posad.analysis.kinds.gaps.paired.findings import say_all
from posad.analysis.kinds.gaps.paired.numbers import Numbers, numbers_of
from posad.analysis.kinds.gaps.paired.planning import PairedPlan
from posad.analysis.saying.speaking import Desk, p_text
from posad.analysis.values import Column, Declared, Grid, Line, Result
from posad.core.problems import Problem, problem
from posad.core.words import LocalText
from posad.evidence.values import Bar, Figure, Series
from posad.tabulation.context import Context
from posad.tabulation.wording import LANGUAGES

METHOD = LocalText.of(
    ru="""Обе стороны разрыва назвали одни и те же люди, поэтому ошибка – у разности каждого человека, а не у двух отдельных выборок. \
Чистый разрыв – доля тех, кто ставит выше первую сторону, минус доля тех, кто ставит выше вторую. Закрытая часть – единица минус \
отношение нынешнего разрыва к прежнему, интервал по теореме Филлера; если прежний разрыв не отличить от нуля, закрывать нечего и числа \
нет. Группы сравниваются по каждому разрыву сразу все (Вальд), с поправкой на число разрывов. Рядом с «не показано» стоит наименьшая \
разница, которую такие базы показали бы в четырёх случаях из пяти. Это разрывы в оценках людей, а не в самих услугах.""",
    en="""The same people told both sides of a gap, so that the error is that of each person's difference, not of two samples. The net gap \
is the share of those who rate the first side higher minus the share of those who rate the second higher. The closed part is one minus \
the ratio of the gap now to the gap then, its interval by Fieller's theorem; where the gap then cannot be told from nought there is \
nothing to close, and no number. Groups are compared in every gap all at once (Wald), corrected for the number of gaps. Beside "not \
shown" stands the smallest difference such bases would show in four cases out of five. These are gaps in what people say, not in the \
services themselves.""",
)
MOST = 4  # groups in one chart


def compute(context: Context, declared: Declared) -> tuple[Result | None, list[Problem]]:
    """Return the gaps, or why they cannot be told."""
    plan: PairedPlan = declared.plan
    found = paired(context, plan)
    if not found.columns or not found.pairs:
        n = max((held.unweighted for _, held in found.left_out), default=0)
        return None, [problem("analysis-group-small", declared.place, name=declared.id, group=plan.of, n=n, needed=50)]
    question = context.study.questionnaire.question(plan.of)
    about = question.text if question is not None else LocalText()
    desk = Desk(context, declared, plan.weight, about, _base(plan))
    numbers = numbers_of(desk, found)
    say_all(desk, found, numbers)
    figure = _figure(desk, found, numbers)
    return desk.result("paired", METHOD, figures=[figure], grids=_grids(plan, found, numbers)), []


def _base(plan: PairedPlan) -> LocalText:
    if plan.form == "mention":
        return LocalText.of(ru="ответившие на вопрос", en="those who answered the question")
    return LocalText.of(ru="ответившие на обе стороны", en="those who answered both sides")


def main_columns(found: Paired) -> list[int]:
    """Return the columns of everybody: one, or one for each wave."""
    return [i for i, c in enumerate(found.columns) if c.group is None]


def _shown(found: Paired) -> list[int]:
    groups = [i for i, c in enumerate(found.columns) if c.group is not None]
    whole = main_columns(found)
    return groups if groups and len(groups) <= MOST and len(whole) == 1 else whole or groups[:MOST]


def _figure(desk: Desk, found: Paired, numbers: Numbers) -> Figure:
    plan: PairedPlan = desk.declared.plan
    shown = _shown(found)
    order = sorted(range(len(found.pairs)), key=lambda k: -float(found.gaps.values[found.at(shown[0], k)]))
    bars = tuple(Bar(found.pairs[k].id, found.pairs[k].label, tuple(numbers.gap[c, k] for c in shown)) for k in order)
    series = tuple(Series(found.columns[c].id, found.columns[c].label, f"group-{n}") for n, c in enumerate(shown, 1))
    if len(shown) == 1:
        series = (Series("value", LocalText(), "bar"),)
    first, second = plan.sides
    heads = {
        "paired": ("средняя разность оценок", "mean difference of ratings"),
        "net": ("процентные пункты", "percentage points"),
    }
    words = heads.get(plan.form)
    if words is None:
        kind = LocalText.of(ru="% ответивших", en="% of those who answered")
    else:
        ends = dict(zip(LANGUAGES, words, strict=True))
        kind = LocalText.from_mapping({n: f"{ends[n]}: {first.get(n)} – {second.get(n)}" for n in LANGUAGES})
    return Figure(
        f"analysis:{desk.declared.id}", "forest", desk.declared.title, desk.about, kind, desk.base_text, series, bars, (), (),
        desk.context.simulated,
    )  # fmt: skip


_DASH = LocalText.of(ru="–", en="–")
_GAP = LocalText.of(ru="Разрыв", en="Gap")
_P = LocalText.of(ru="p с поправкой", en="p, corrected")
_LEAST = LocalText.of(ru="Различимый", en="Detectable")


def _grids(plan: PairedPlan, found: Paired, numbers: Numbers) -> list[Grid]:
    made = []
    for c in main_columns(found):
        made.append(_sides(plan, found, numbers, c))
    groups = [i for i, c in enumerate(found.columns) if c.group is not None]
    if groups:
        heads = tuple(Column(found.columns[c].id, found.columns[c].label) for c in groups)
        lines = tuple(
            Line(pair.id, pair.label, tuple(numbers.gap[c, k] for c in groups)) for k, pair in enumerate(found.pairs)
        )
        made.append(Grid("groups", LocalText.of(ru="Разрывы по группам", en="Gaps by group"), heads, lines))
    made += [_moved(found, numbers, c) for c in numbers.before]
    return made


def _sides(plan: PairedPlan, found: Paired, numbers: Numbers, c: int) -> Grid:
    column = found.columns[c]
    nets = bool(numbers.net)
    heads = [Column("first", plan.sides[0]), Column("second", plan.sides[1])] if numbers.first else []
    heads += [Column("gap", _GAP if numbers.first else LocalText.of(ru="Доля", en="Share"))]
    heads += [Column("net", LocalText.of(ru="Чистый разрыв", en="Net gap"))] if nets else []
    heads += [Column("p", _P), Column("least", _LEAST)] if numbers.first else []
    lines = []
    for k, pair in enumerate(found.pairs):
        cells: list[str | LocalText] = [numbers.first[c, k], numbers.second[c, k]] if numbers.first else []
        cells.append(numbers.gap[c, k])
        cells += [numbers.net[c, k][2]] if nets else []
        if numbers.first:
            cells += [p_text(float(numbers.p[c][k])), _least(found, numbers, c, k)]
        lines.append(Line(pair.id, pair.label, tuple(cells)))
    title = LocalText.of(ru="Разрывы", en="Gaps")
    words = {n: f"{title.get(n)}: {column.label.get(n)}" if column.label.get(n) else title.get(n) for n in LANGUAGES}
    return Grid(f"gaps_{column.id}", LocalText.from_mapping(words), tuple(heads), tuple(lines))


def _least(found: Paired, numbers: Numbers, c: int, k: int) -> str | LocalText:
    return _DASH if c in numbers.before else numbers.least.get((c, k), _DASH)


def _moved(found: Paired, numbers: Numbers, c: int) -> Grid:
    column = found.columns[c]
    heads = (
        Column("then", found.columns[numbers.before[c]].label),
        Column("now", column.label),
        Column("change", LocalText.of(ru="Изменение", en="Change")),
        Column("closed", LocalText.of(ru="Закрыто", en="Closed")),
        Column("p", _P),
        Column("least", LocalText.of(ru="Различимое", en="Detectable")),
    )
    lines = tuple(
        Line(pair.id, pair.label, (
            numbers.gap[numbers.before[c], k], numbers.gap[c, k], numbers.change[c, k], numbers.closed.get((c, k), _DASH),
            p_text(float(numbers.p_change[c][k])), numbers.least.get((c, k), _DASH),
        ))
        for k, pair in enumerate(found.pairs)
    )  # fmt: skip
    return Grid(f"change_{column.id}", LocalText.of(ru="Что изменилось", en="What changed"), heads, lines)
