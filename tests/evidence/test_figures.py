"""Charts as addresses."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from posad.core.place import Place
from posad.core.words import LocalText
from posad.evidence.colours import roles_of
from posad.evidence.facts import make_fact
from posad.evidence.figures import addresses_of, make_figure
from posad.evidence.rows import figure_data, figure_table
from posad.evidence.values import Fact, Figure
from posad.study.questionnaire.values import Item, Kind, Option
from posad.tabulation.context import Context
from posad.tabulation.tables import make_table

Answered = Callable[[dict[str, str]], Context]
HERE = Place("report/01-town.md", 5, 3)
NB = "\N{NO-BREAK SPACE}"


def declared(town: dict[str, str], figures: str) -> dict[str, str]:
    """Return the town with declared figures."""
    return {
        **town,
        "report/figures.yaml": figures,
        "report/01-town.md": "# Город\n",
        "report/01-town.en.md": "# Town\n",
    }


def figure_of(context: Context, id: str) -> Figure:
    """Return a figure that must be right."""
    figure, problems = make_figure(context.study, id, HERE, context=context)
    assert problems == []
    assert figure is not None
    return figure


def facts_of(context: Context, figure: Figure) -> dict[str, Fact]:
    """Return the facts of a figure by address."""
    found = {address: make_fact(context, address, HERE)[0] for address in addresses_of(figure)}
    return {address: fact for address, fact in found.items() if fact is not None}


def test_single_answers_make_one_stacked_bar(answered: Answered, town: dict[str, str]) -> None:
    """A question with one answer is one bar with its declared net as a bracket; codes that fall show two poles."""
    figure = figure_of(answered(town), "like")

    assert figure.kind == "stacked"
    assert [(s.id, s.role) for s in figure.series] == [
        ("5", "positive-2"),
        ("4", "positive-1"),
        ("3", "neutral"),
        ("2", "negative-1"),
        ("1", "negative-2"),
        ("99", "missing"),
    ]
    assert [b.cells for b in figure.bars] == [("like.5", "like.4", "like.3", "like.2", "like.1", "like.99")]
    assert [(b.first, b.last, b.address) for b in figure.brackets] == [("5", "4", "like.likes")]
    assert figure.answer_type.get("ru") == "% опрошенных, один ответ"
    assert figure.base_text.get("en") == "all respondents"


def test_groups_as_bars(answered: Answered, town: dict[str, str]) -> None:
    """A figure by a variable has a bar for everybody and one for each group, Total unless it is put off."""
    figures = "mood: {of: like, by: mood, title: {ru: Настрой, en: Mood}}\nbare: {of: like, by: mood, total: false}\n"
    context = answered(declared(town, figures))
    figure, bare = figure_of(context, "mood"), figure_of(context, "bare")

    assert [(b.id, b.label.get("ru"), b.cells[0]) for b in figure.bars] == [
        ("total", "Всего", "like.5"),
        ("glad", "Довольные", "like.5@mood:glad"),
        ("sad", "Недовольные", "like.5@mood:sad"),
    ]
    assert [b.id for b in bare.bars] == ["glad", "sad"]
    assert figure.title.get("en") == "Mood"


def test_a_grid_has_one_bar_a_row(answered: Answered, town: dict[str, str]) -> None:
    """Rows of a grid are bars with steps of one colour; who is out of the base is no answer, who cannot rate is grey."""
    figure = figure_of(answered(town), "firms")

    assert [(b.id, b.label.get("en"), b.cells[0]) for b in figure.bars] == [
        ("firms.taxi", "Taxi", "firms.taxi.1"),
        ("firms.market", "Market", "firms.market.1"),
    ]
    assert [(s.id, s.role) for s in figure.series] == [
        ("1", "step-2"), ("2", "step-6"), ("3", "step-10"), ("8", "missing"),
    ]  # fmt: skip
    assert figure.answer_type.get("en") == "% of those who answered, scale from 1 to 3"
    assert figure.question.get("ru") == "Оцените компании"


def test_several_answers_are_ranked(answered: Answered, town: dict[str, str]) -> None:
    """Several answers are ranked bars, sorted on demand with "other" and "nothing" last."""
    context = answered(declared(town, "ranked: {of: better, sort: descending}\n"))
    figure, plain = figure_of(context, "ranked"), figure_of(context, "better")

    assert figure.kind == "ranked"
    assert [b.id for b in figure.bars] == ["1", "4", "96", "97"]
    assert [b.id for b in plain.bars] == ["1", "4", "96", "97"]
    assert figure.answer_type.get("ru") == "% опрошенных, до двух вариантов"
    assert figure.answer_type.get("en") == "% of respondents, up to two answers"
    assert "не дают 100 %" in figure.notes[0].get("ru")


def test_groups_of_the_study_are_no_answers(answered: Answered, town: dict[str, str]) -> None:
    """Of groups that overlap nobody gave several answers: the chart and the table say what they are, and why shares do not add up."""
    context = answered(town)
    overlapping, exclusive = figure_of(context, "wants"), figure_of(context, "mood")
    table, _ = make_table(context, "wants")

    assert table is not None
    assert overlapping.answer_type.get("ru") == "% опрошенных, группы могут пересекаться"
    assert overlapping.answer_type.get("en") == "% of respondents, groups may overlap"
    assert exclusive.answer_type.get("ru") == "% опрошенных, каждый не больше чем в одной группе"
    assert exclusive.answer_type.get("en") == "% of respondents, each in one group at most"
    for note in (overlapping.notes[0], table.notes[0]):
        assert note.get("ru") == "Один человек может входить в несколько групп, поэтому доли в сумме не дают 100 %."
        assert note.get("en") == "One person may be in several groups, so shares do not add to 100%."


def test_sorting_puts_the_largest_first(answered: Answered, town: dict[str, str]) -> None:
    """Bars of groups are sorted by the number asked for, everybody first."""
    context = answered(declared(town, "groups: {of: like, by: sex, kind: ranked, measure: 1, sort: descending}\n"))
    figure = figure_of(context, "groups")

    assert [(b.id, b.cells) for b in figure.bars] == [
        ("total", ("like.1",)), ("2", ("like.1@sex:2",)), ("1", ("like.1@sex:1",)),
    ]  # fmt: skip


def test_dots_have_groups_as_series(answered: Answered, town: dict[str, str]) -> None:
    """Several answers by a variable are dots: a line for each answer, a series for each group."""
    figure = figure_of(answered(declared(town, "dots: {of: better, by: mood}\n")), "dots")

    assert figure.kind == "dots"
    assert [(s.id, s.role) for s in figure.series] == [("total", "total"), ("glad", "group-1"), ("sad", "group-2")]
    assert figure.bars[1].cells == ("better.4", "better.4@mood:glad", "better.4@mood:sad")


def test_means_of_several_items(answered: Answered, town: dict[str, str]) -> None:
    """A measure of several items is one line each, and says that it is a mean."""
    figure = figure_of(answered(declared(town, "means: {of: firms, kind: ranked, measure: mean}\n")), "means")

    assert [b.cells for b in figure.bars] == [("firms.taxi.mean",), ("firms.market.mean",)]
    assert figure.answer_type.get("en") == "mean"


@pytest.mark.parametrize(
    ("figures", "id", "code"),
    [
        ("", "lik", "chart-unknown"),
        ("a: {of: better, kind: stacked}\n", "a", "chart-several-stacked"),
        ("a: {of: age, kind: stacked, measure: mean}\n", "a", "chart-number-stacked"),
        ("a: {of: firms, kind: dots}\n", "a", "chart-measure-missing"),
        ("a: {of: [sex, like]}\n", "a", "chart-answers-differ"),
        ("", "word", "chart-not-counted"),
    ],
)
def test_what_cannot_be_drawn(answered: Answered, town: dict[str, str], figures: str, id: str, code: str) -> None:
    """Each chart that would mislead or cannot be made is refused by its own code."""
    context = answered(declared(town, figures) if figures else town)
    figure, problems = make_figure(context.study, id, HERE)

    assert figure is None
    assert [p.code for p in problems] == [code]


def test_scattered_nets_are_told(answered: Answered, town: dict[str, str]) -> None:
    """A net of answers that are not neighbours cannot be a bracket, and that is said."""
    nets = town["variables.yaml"].replace(
        "nets:\n", "nets:\n  like.ends: {codes: '1,5', label: {ru: края, en: ends}}\n"
    )
    context = answered(declared({**town, "variables.yaml": nets}, "a: {of: like, nets: [ends, likes]}\n"))
    figure, problems = make_figure(context.study, "a", HERE)

    assert [p.code for p in problems] == ["chart-net-scattered"]
    assert figure is not None
    assert [b.address for b in figure.brackets] == ["like.likes"]


def test_poles_follow_the_words(answered: Answered, town: dict[str, str]) -> None:
    """Where one end of a list denies something, that end is the bad one, whatever the codes."""
    rising = town["questionnaire.md"].replace(
        "- 1 скучно\n- 2 далеко\n", "- 1 стало лучше\n- 2 так же\n- 3 стало хуже\n"
    )
    english = town["questionnaire.en.md"].replace("- 1 dull\n- 2 far away\n", "- 1 better\n- 2 same\n- 3 worse\n")
    study = answered({**town, "questionnaire.md": rising, "questionnaire.en.md": english}).study
    item = study.item("why")

    assert item is not None
    assert roles_of(item, poles=True) == {1: "positive-1", 2: "neutral", 3: "negative-1"}
    assert roles_of(item) == {1: "answer-1", 2: "answer-2", 3: "answer-3"}


def test_rows_behind_a_chart(answered: Answered, town: dict[str, str]) -> None:
    """The file beside a chart has every number with its base; what is hidden in the chart is empty in the file."""
    context = answered(declared(town, "a: {of: like, by: few}\n"))
    figure = figure_of(context, "a")
    facts = facts_of(context, figure)
    data, table = figure_data(figure, facts, "ru"), figure_table(figure, facts, "ru")

    assert data[0][:4] == ["bar", "series", "address", "value"]
    assert data[1][:4] == ["Всего", "очень", "like.5", "0.3"]
    assert data[1][7] == "200"
    assert data[7][2:8] == ["like.5@few:twenty", "", "", "", "", "20"]
    assert table[0] == ["", "очень", "скорее да", "и да, и нет", "скорее нет", "совсем нет", "не знаю", "База, человек"]
    assert table[1] == ["Всего", *(f"{n}{NB}%" for n in (30, 20, 10, 10, 20, 10)), "200"]
    assert table[2] == ["Двадцать", *["…"] * 6, "20"]


def test_columns_stand_side_by_side(answered: Answered, town: dict[str, str]) -> None:
    """Several measures of one question are series, everybody and each group a bar; a list of measures beside a mean is refused."""
    figures = "side: {of: like, by: mood, kind: columns, measure: [likes, '3']}\nmixed: {of: like, kind: columns, measure: [likes, mean]}\n"
    context = answered(declared(town, figures))
    figure = figure_of(context, "side")
    none, problems = make_figure(context.study, "mixed", HERE, context=context)

    assert (figure.kind, [s.id for s in figure.series], [b.id for b in figure.bars]) == (
        "columns",
        ["likes", "3"],
        ["total", "glad", "sad"],
    )
    assert figure.bars[1].cells == ("like.likes@mood:glad", "like.3@mood:glad")
    assert (none, [p.code for p in problems]) == (None, ["chart-measures-mixed"])


def test_declared_poles_and_colours() -> None:
    """Declared sides decide roles whatever the words and codes say; ``sides`` takes good and bad out of them, ``order`` both."""
    item = Item(
        "v",
        Kind.SINGLE,
        LocalText(),
        "v",
        tuple(Option(c, LocalText.of(en=f"answer {c}"), place=HERE) for c in range(1, 6)),
    )
    poles = ((4, 5), (1, 2))

    assert [roles_of(item, declared=poles)[c] for c in range(1, 6)] == [
        "positive-2",
        "positive-1",
        "neutral",
        "negative-1",
        "negative-2",
    ]
    assert roles_of(item, declared=poles, colours="sides")[5] == "left-2"
    assert roles_of(item, declared=poles, colours="separate")[5] == "answer-5"
    assert roles_of(item, declared=poles, colours="order")[1].startswith("step-")


def test_a_map_has_a_point_for_each_row(answered: Answered, town: dict[str, str]) -> None:
    """Rows of a grid are points with two addresses and a group; a wrong axis and an unknown row are named."""
    good = "near: {of: firms, kind: map, x: good, y: mean, groups: {all: {label: {ru: Все, en: All}, rows: [taxi]}}}\n"
    bad = "off: {of: firms, kind: map, x: nowhere.good, y: mean, groups: {all: {label: {ru: Все, en: All}, rows: [taxis]}}}\n"
    context = answered(declared(town, good + bad))
    figure = figure_of(context, "near")
    _, problems = make_figure(context.study, "off", HERE, context=context)

    assert [(s.id, bool(s.label)) for s in figure.series] == [("x", True), ("y", True)]
    assert [(b.id, b.group, len(b.cells)) for b in figure.bars] == [("taxi", "all", 2), ("market", "", 2)]
    assert sorted(p.code for p in problems) == ["chart-axis-unknown", "chart-map-row-unknown"]
