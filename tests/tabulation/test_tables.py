"""Tables of a town whose cells are counted by hand."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from posad.core.place import Place
from posad.kernel.values import Bases
from posad.store.duck import DuckEngine
from posad.study.expressions.parse import parse
from posad.study.expressions.tree import Expression
from posad.study.plans.values import BannerPart
from posad.tabulation.book.grids import make_grid_table, make_grid_tables
from posad.tabulation.context import Context
from posad.tabulation.json import table_json, table_rows
from posad.tabulation.tables import make_table
from posad.tabulation.values import Table

HERE = Place("tables.yaml", 3, 5)
Answered = Callable[[dict[str, str]], Context]
NB = "\N{NO-BREAK SPACE}"


def banner(*nests: str) -> tuple[BannerPart, ...]:
    """Return a banner of nests written with ``>``."""
    return tuple(BannerPart(tuple(nest.split(">")), HERE) for nest in nests)


def when(text: str) -> Expression:
    """Return a filter."""
    tree, problems = parse(text, HERE)
    assert tree is not None, problems
    return tree


def table_of(context: Context, item: str, *nests: str, filter: str | None = None) -> Table:
    """Return a table that must be made without a problem."""
    found = when(filter) if filter else None
    table, problems = make_table(context, item, banner(*nests), filter=found, place=HERE)
    assert problems == []
    assert table is not None
    return table


def values(table: Table, column: str) -> dict[str, float | None]:
    """Return the numbers of a column by row, rounded to six digits."""
    cells = {row.id: table.cells[row.id, column].value for row in table.rows}
    return {id: None if value is None else round(value, 6) for id, value in cells.items()}


def test_single_answers_with_a_net_above_its_parts(answered: Answered, town: dict[str, str]) -> None:
    """A net stands above its parts, which are indented; "don't know" is last; every share is on all who answered."""
    table = table_of(answered(town), "like", "sex")

    assert [(r.id, r.kind, r.indent) for r in table.rows] == [
        ("likes", "net", 0),
        ("5", "answer", 1),
        ("4", "answer", 1),
        ("3", "answer", 0),
        ("2", "answer", 0),
        ("1", "answer", 0),
        ("99", "answer", 0),
    ]
    assert values(table, "total") == {"likes": 0.5, "5": 0.3, "4": 0.2, "3": 0.1, "2": 0.1, "1": 0.2, "99": 0.1}
    assert values(table, "sex:1") == {"likes": 0.75, "5": 0.5, "4": 0.25, "3": 0.0, "2": 0.0, "1": 0.0, "99": 0.25}
    assert table.bases == {
        "total": Bases(200, 200.0, 200.0),
        "sex:1": Bases(80, 80.0, 80.0),
        "sex:2": Bases(120, 120.0, 120.0),
    }
    assert table.tiers == {"total": "full", "sex:1": "flagged", "sex:2": "full"}
    assert table.base_text.get("ru") == "все опрошенные"


def test_several_answers_and_their_mean_number(answered: Answered, town: dict[str, str]) -> None:
    """Shares of several answers are of respondents; "other" and "nothing" stand last; "nothing" is no answer in the mean."""
    table = table_of(answered(town), "better")

    assert [r.id for r in table.rows] == ["1", "4", "96", "97", "answers"]
    assert values(table, "total") == {"1": 0.5, "4": 0.4, "96": 0.2, "97": 0.2, "answers": 1.1}
    assert any("не дают 100 %" in note.get("ru") for note in table.notes)


def test_bases_of_a_grid_row(answered: Answered, town: dict[str, str]) -> None:
    """Who does not know a company is out of its base; who cannot rate it is in the base of shares and out of the mean."""
    table = table_of(answered(town), "firms.taxi")

    assert table.bases["total"].unweighted == 180
    assert table.cells["mean", "total"].bases.unweighted == 160
    assert values(table, "total") == {
        "good": 0.666667, "1": 0.222222, "2": 0.333333, "3": 0.333333, "8": 0.111111, "mean": 2.125,
    }  # fmt: skip
    assert table.base_text.get("ru") == "все опрошенные, кроме ответивших «Не знаю компанию»"
    assert table.base_text.get("en") == "all respondents, except those who answered “Never heard of it”"


def test_a_question_put_to_some(answered: Answered, town: dict[str, str]) -> None:
    """The base of a routed question is who answered it; who was asked and who kept silent is said in words and numbers."""
    table = table_of(answered(town), "why")

    assert table.bases["total"].unweighted == 40
    assert values(table, "total") == {"1": 0.5, "2": 0.5}
    assert table.tiers == {"total": "no_tests"}
    assert table.base_text.get("ru") == (
        "ответившие «скорее нет» или «совсем нет» на вопрос «Нравится ли вам город?» и давшие ответ"
    )
    assert table.base_text.get("en") == (
        "those who answered “rather not” or “not at all” to “Do you like your town?” and gave an answer"
    )
    assert "Без ответа: 20 из 60 тех, кому вопрос задан." in [note.get("ru") for note in table.notes]


def test_numbers_have_a_mean_only(answered: Answered, town: dict[str, str]) -> None:
    """A question that asks for a number has one row, its mean, and its base."""
    table = table_of(answered(town), "age", "sex")

    assert values(table, "total") == {"mean": 42.0}
    assert values(table, "sex:1") == {"mean": 25.0}


def test_nested_and_overlapping_banners(answered: Answered, town: dict[str, str]) -> None:
    """Nested columns are compared inside one outer group; an empty one holds nothing; groups may share people."""
    table = table_of(answered(town), "like", "sex>mood", "wants")

    assert [(c.id, c.block) for c in table.columns] == [
        ("total", 0),
        ("sex:1>mood:glad", 1),
        ("sex:1>mood:sad", 1),
        ("sex:2>mood:glad", 2),
        ("sex:2>mood:sad", 2),
        ("wants:jobs", 3),
        ("wants:care", 3),
    ]
    assert [label.get("en") for label in table.columns[1].labels] == ["Sex × Mood", "male", "Glad"]
    assert table.bases["sex:1>mood:glad"].unweighted == 60
    assert values(table, "sex:1>mood:sad") == dict.fromkeys(["likes", "5", "4", "3", "2", "1", "99"])
    assert table.tiers["sex:1>mood:sad"] == "hidden"
    assert (table.bases["wants:jobs"].unweighted, table.bases["wants:care"].unweighted) == (100, 80)
    assert values(table, "wants:care")["5"] == 0.5


def test_low_bases_by_tier(answered: Answered, town: dict[str, str]) -> None:
    """Bases of 20, 40 and 60 are hidden, untested and flagged, and each is explained under the table."""
    table = table_of(answered(town), "like", "few")
    notes = " ".join(note.get("en") for note in table.notes)

    assert table.tiers == {"total": "full", "few:twenty": "hidden", "few:forty": "flagged", "few:sixty": "no_tests"}
    assert "under 30" in notes
    assert "30–49" in notes
    assert "50–99" in notes


def test_filters_and_nobody_left(answered: Answered, town: dict[str, str]) -> None:
    """A filter narrows every column and is said in words; when nobody is left the table is empty, not broken."""
    context = answered(town)
    women = table_of(context, "like", "mood", filter="sex = 2 and age >= 60")
    nobody = table_of(context, "better", "sex", filter="sex = 1 and like = 3")

    assert women.bases["total"].unweighted == 60
    assert women.base_text.get("ru") == (
        "все опрошенные; отбор: ответившие «женский» на вопрос «Пол» и указавшие 60 или больше в вопросе «Возраст»"
    )
    assert nobody.bases["total"] == Bases(0, 0.0, 0.0)
    assert set(values(nobody, "total").values()) == {None}
    assert set(nobody.tiers.values()) == {"hidden"}
    assert table_rows(nobody, "ru")[5][1:] == ["–", "–", "–"]


def test_one_category_only(answered: Answered, town: dict[str, str]) -> None:
    """A column where all gave one answer shows 100 %, with an interval that ends there."""
    table = table_of(answered(town), "sex", filter="sex = 2")
    cell = table.cells["2", "total"]

    assert values(table, "total") == {"1": 0.0, "2": 1.0}
    assert cell.high == 1.0
    assert cell.low is not None
    assert 0.9 < cell.low < 1


def test_built_in_nets_only_when_asked(answered: Answered, town: dict[str, str]) -> None:
    """The two highest codes are a row when they are asked for, and not otherwise."""
    table, _ = make_table(answered(town), "like", nets=("bottom2",))

    assert table is not None
    assert [r.id for r in table.rows[:2]] == ["bottom2", "likes"]
    assert values(table, "total")["bottom2"] == 0.3


def test_grids_as_one_table_and_as_many(answered: Answered, town: dict[str, str]) -> None:
    """A grid is one table with a column and a base for each row, or a table for each row by a banner."""
    context = answered(town)
    one, problems = make_grid_table(context, "firms")
    many, _ = make_grid_tables(context, "firms", banner("sex"))

    assert problems == []
    assert one is not None
    assert [c.id for c in one.columns] == ["firms.taxi", "firms.market"]
    assert (one.bases["firms.taxi"].unweighted, one.bases["firms.market"].unweighted) == (180, 140)
    assert values(one, "firms.market")["good"] == round(80 / 140, 6)
    assert [t.item for t in many] == ["firms.taxi", "firms.market"]
    assert many[0].cells["mean", "total"].value == 2.125


@pytest.mark.parametrize(
    ("item", "nests", "code"),
    [
        ("liek", (), "table-item-unknown"),
        ("firms", (), "table-item-is-grid"),
        ("word", (), "table-item-not-counted"),
        ("like", ("mod",), "table-banner-unknown"),
        ("like", ("age",), "table-banner-not-groups"),
    ],
)
def test_what_cannot_be_tabulated(
    answered: Answered, town: dict[str, str], item: str, nests: tuple[str, ...], code: str
) -> None:
    """Each thing that cannot be counted or divided by is said by its own code."""
    table, problems = make_table(answered(town), item, banner(*nests), place=HERE)

    assert table is None
    assert [p.code for p in problems] == [code]


def test_unknown_names_bring_the_nearest(answered: Answered, town: dict[str, str]) -> None:
    """A mistyped question is answered with the one meant."""
    _, problems = make_table(answered(town), "liek", place=HERE)

    assert problems[0].facts["near"] == "like"
    assert problems[0].place == HERE


def test_weights_not_there(answered: Answered, town: dict[str, str]) -> None:
    """An unknown weight is a problem, and so is one that is planned but was not made."""
    context = answered(town)
    _, unknown = make_table(context, "like", weight="heavy")
    raked = {
        **town,
        "weights.yaml": "main:\n  method: rake\n  margins:\n    sex: {targets: {1: 50, 2: 50}, source: Перепись}\n",
    }
    study = answered(raked).study
    _, unmade = make_table(Context(study, DuckEngine.from_columns({})), "like")

    assert [p.code for p in unknown] == ["table-weight-unknown"]
    assert [p.code for p in unmade] == ["table-weight-not-made"]


def test_weighted_table(answered: Answered, town: dict[str, str]) -> None:
    """After raking to halves men and women count alike: 75 % and 33 % make 54 %, and the share of men is set by the weights."""
    raked = {
        **town,
        "weights.yaml": "main:\n  method: rake\n  margins:\n    sex: {targets: {1: 50, 2: 50}, source: Перепись}\n",
    }
    context = answered(raked)
    table = table_of(context, "like", "sex")
    sex = table_of(context, "sex")

    assert table.cells["likes", "total"].value == pytest.approx((0.75 + 1 / 3) / 2, abs=1e-9)
    assert table.bases["total"].unweighted == 200
    assert table.bases["total"].effective == pytest.approx(200**2 / (80 * 1.25**2 + 120 * (5 / 6) ** 2), abs=1e-6)
    assert table.bases["sex:1"].effective == pytest.approx(80, abs=1e-6)
    assert sex.cells["1", "total"].set_by_weights
    assert sex.cells["1", "total"].value == pytest.approx(0.5, abs=1e-9)


def test_rounding_note_only_where_parts_miss(answered: Answered, town: dict[str, str]) -> None:
    """The note on rounding stands where printed parts miss a hundred, and not where they make it."""
    context = answered(town)
    exact = [note.get("en") for note in table_of(context, "like").notes]
    missing = [note.get("en") for note in table_of(context, "firms.taxi").notes]

    assert not any("rounded by itself" in note for note in exact)
    assert any("rounded by itself" in note for note in missing)


def test_simulated_respondents_are_marked(answered: Answered, town: dict[str, str]) -> None:
    """A table of simulated respondents says so in its data and in its notes."""
    context = answered(town)
    table = table_of(Context(context.study, context.engine, simulated=True), "like")

    assert table.simulated
    assert table.notes[0].get("en") == "The respondents are simulated."
    assert table_json(table)["simulated"] is True


def test_rows_of_text_hide_what_the_base_hides(answered: Answered, town: dict[str, str]) -> None:
    """A terminal and a JSON file show neither the numbers of a hidden column nor percents with a wrong sign."""
    table = table_of(answered(town), "like", "few")
    rows = table_rows(table, "ru")
    plain = table_json(table)

    assert rows[0] == ["", "Всего", "Малые", "Малые", "Малые"]
    assert rows[1] == ["", "", "Двадцать", "Сорок", "Шестьдесят"]
    assert rows[2] == ["База, человек", "200", "20", "60", "40"]
    assert rows[5] == ["нравится", f"50{NB}%", "…", f"67{NB}%", f"0{NB}%"]
    assert rows[6][0] == "  очень"
    first = plain["rows"]
    assert isinstance(first, list)
    assert sorted(first[0]["cells"]) == ["few:forty", "few:sixty", "total"]
    assert table_rows(table, "en", "interval")[5][1] == "43%–57%"
