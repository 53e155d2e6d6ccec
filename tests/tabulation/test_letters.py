"""Letters, arrows, statistics and order of tables in a town whose cells are counted by hand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from posad.core.place import Place
from posad.core.words import LocalText
from posad.report.html.tables import table_view
from posad.study.plans.values import USUAL_STYLE, BannerPart, LowBase, TableStyle, TestPlan
from posad.study.plans.variables import nets_of
from posad.tabulation.book.grids import make_grid_table
from posad.tabulation.book.making import book_table
from posad.tabulation.context import Context
from posad.tabulation.json import table_json, table_rows
from posad.tabulation.values import Table

HERE = Place("tables.yaml", 3, 5)
Answered = Callable[[dict[str, str]], Context]


def styled(context: Context, item: str, *variables: str, style: TableStyle = USUAL_STYLE) -> Table:
    """Return a table in a style, made without a problem."""
    table, problems = book_table(context, item, [BannerPart((v,), HERE) for v in variables], style, place=HERE)
    assert problems == []
    assert table is not None
    return table


def test_letters_of_one_block(answered: Answered, town: dict[str, str]) -> None:
    """75 % of 80 men against 33 % of 120 women like the town: the higher column carries the letter of the lower, Total none."""
    table = styled(answered(town), "like", "sex")
    assert table.tests is not None

    assert [c.letter for c in table.columns] == ["", "A", "B"]
    assert table.marks("likes", "sex:1") == ("B", "↑")
    assert table.marks("likes", "sex:2") == ("", "↓")
    assert table.marks("likes", "total") == ("", "")
    assert table.marks("1", "sex:2") == ("", "↑") or table.marks("1", "sex:2")[0] == "A"
    assert {d.second for d in table.tests.pairs} == {"sex:2"}


def test_two_groups_against_the_rest_are_two_groups_against_each_other(
    answered: Answered, town: dict[str, str]
) -> None:
    """Of two groups that are everybody, the rest of one is the other, so p-values of letters and arrows are the same."""
    table = styled(answered(town), "like", "sex")
    assert table.tests is not None
    pairs = {d.row: d.p for d in table.tests.pairs}
    parts = {d.row: d.p for d in table.tests.parts if d.first == "sex:1"}

    assert pairs.keys() == parts.keys()
    assert np.allclose([pairs[r] for r in pairs], [parts[r] for r in pairs], rtol=1e-6)


def test_small_columns_take_no_part(answered: Answered, town: dict[str, str]) -> None:
    """Columns of 20 and 40 people carry no marks and stand in no test; that of 60 is tested against the rest."""
    table = styled(answered(town), "like", "few")
    assert table.tests is not None

    named = {d.first for d in (*table.tests.pairs, *table.tests.parts)} | {d.second for d in table.tests.pairs}
    assert named == {"few:forty"}


def test_minimum_difference_and_levels(answered: Answered, town: dict[str, str]) -> None:
    """A difference under the smallest one asked for gets no letter, though its p-value is kept."""
    plan = TestPlan(minimum_difference=0.9, second_level=0.1)
    table = styled(answered(town), "like", "sex", style=replace(USUAL_STYLE, tests=plan))
    assert table.tests is not None

    assert table.tests.letters == {}
    assert min(d.p for d in table.tests.pairs) < 0.001
    assert "90 п. п." in table.tests.legend.get("ru")


def test_no_tests_where_none_are_wanted(answered: Answered, town: dict[str, str]) -> None:
    """``none`` leaves a table without letters, and without a line about them."""
    table = styled(answered(town), "like", "sex", style=replace(USUAL_STYLE, tests=TestPlan("none")))

    assert table.tests is None
    assert all(not c.letter for c in table.columns)


def test_grid_rows_are_tested_on_the_same_people(answered: Answered, town: dict[str, str]) -> None:
    """The rows of a grid are columns with letters, tested against one another and never against a total."""
    table, problems = make_grid_table(answered(town), "firms")
    assert problems == []
    assert table is not None
    assert table.tests is not None

    assert [c.letter for c in table.columns] == ["A", "B"]
    assert table.tests.parts == ()
    assert {(d.first, d.second) for d in table.tests.pairs} == {("firms.taxi", "firms.market")}


def test_row_and_total_per_cent(answered: Answered, town: dict[str, str]) -> None:
    """Of 100 who like the town 60 are men; of all 200 these are 30 %."""
    context = answered(town)
    rows = styled(context, "like", "sex", style=replace(USUAL_STYLE, percent="row"))
    whole = styled(context, "like", "sex", style=replace(USUAL_STYLE, percent="total"))

    assert rows.cells["likes", "sex:1"].value == 0.6
    assert whole.cells["likes", "sex:1"].value == 0.3
    assert rows.tests is None


def test_statistics_of_numbers(answered: Answered, town: dict[str, str]) -> None:
    """Ages of 20, 20, 30, 30, 40, 40, 50, 60, 60, 70, twenty people each: the mean is 42, the median 40."""
    table = styled(answered(town), "age", style=replace(USUAL_STYLE, statistics=("mean", "median", "sd")))
    values = {r.id: table.cells[r.id, "total"].value for r in table.rows}

    assert values["mean"] == 42
    assert values["median"] == 40
    assert round(values["sd"] or 0, 3) == round(
        float(np.std(np.repeat([20, 20, 30, 30, 40, 40, 50, 60, 60, 70], 20), ddof=1)), 3
    )


def test_sorting_keeps_nets_whole_and_pinned_last(answered: Answered, town: dict[str, str]) -> None:
    """Answers go down by their share, parts stay below their net, "don't know" stays last."""
    table = styled(answered(town), "like", style=replace(USUAL_STYLE, sort="descending"))

    assert [r.id for r in table.rows] == ["likes", "5", "4", "1", "3", "2", "99"]


def test_hidden_columns_and_lines(answered: Answered, town: dict[str, str]) -> None:
    """What is hidden is left out of every output: a column by its id, a line by its id."""
    table = styled(answered(town), "like", "sex", style=replace(USUAL_STYLE, hide=("sex:2", "99")))

    assert [c.id for c in table.columns] == ["total", "sex:1"]
    assert "99" not in {r.id for r in table.rows}
    pairs = table_json(table)["tests"]["pairs"]  # type: ignore[index]
    assert pairs == []


def test_another_rule_for_small_bases_is_said(answered: Answered, town: dict[str, str]) -> None:
    """A changed rule shows the column of twenty, and its reason stands under the table."""
    rule = LowBase(10, 10, 100, "unweighted", LocalText.of(ru="Пробный опрос", en="A pilot"))
    table = styled(answered(town), "like", "few", style=replace(USUAL_STYLE, low_base=rule))

    assert table.tiers["few:twenty"] == "flagged"
    assert any("Пробный опрос" in n.get("ru") for n in table.notes)


def test_index_and_letters_in_rows_of_text(answered: Answered, town: dict[str, str]) -> None:
    """75 % against 50 % of all is an index of 150; letters stand behind the share in text and above it on the page."""
    table = styled(answered(town), "like", "sex")
    index = {r[0].strip(): r[1:] for r in table_rows(table, "en", "index", bare=True)}
    text = {r[0].strip(): r[1:] for r in table_rows(table, "en")}
    view = table_view(table, "en")

    assert index["like it"] == ["100", "150", "67"]
    assert text["like it"][1] == "75% B ↑"
    assert (view.rows[0].cells[1].marks, view.rows[0].cells[1].arrow) == ("B", "↑")
    assert view.notes[-1].startswith("A letter: higher") or any(n.startswith("A letter: higher") for n in view.notes)


def test_p_values_of_every_pair_in_words(answered: Answered, town: dict[str, str]) -> None:
    """Shown p-values are those against everybody else and, by letter, against the other columns; small columns have none."""
    table = styled(answered(town), "like", "sex", "few")
    assert table.tests is not None
    rows = {r[0].strip(): r[1:] for r in table_rows(table, "en", "p")}
    pair = next(d.adjusted for d in table.tests.pairs if d.row == "likes")
    rest = {d.first: d.adjusted for d in table.tests.parts if d.row == "likes"}

    assert rows["like it"] == [
        "–", f"{rest['sex:1']:.3f}; B {pair:.3f}", f"{rest['sex:2']:.3f}; A {pair:.3f}",
        "…", f"{rest['few:forty']:.3f}", "–",
    ]  # fmt: skip


def test_a_net_of_one_answer_is_no_second_line(answered: Answered, town: dict[str, str]) -> None:
    """A net of exactly one printed answer is a name for addresses: its table has the answer once, sentences still find the net."""
    named = "nets:\n  like.love: {codes: [5], label: {ru: очень, en: a lot}}"
    context = answered({**town, "variables.yaml": town["variables.yaml"].replace("nets:", named, 1)})

    assert [r.id for r in styled(context, "like", "sex").rows] == ["likes", "5", "4", "3", "2", "1", "99"]
    assert "love" in nets_of(context.items["like"], context.study.nets)
