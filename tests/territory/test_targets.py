"""Targets from tables of ages: what is checked, what is mended, what is lent, and that nothing happens silently."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.territory.ages import BANDS, SIZES, frame, rows, table, town, unit

from posad.core.problems import Problem
from posad.core.words import LocalText
from posad.study.frame.plan.dimensions import SEX
from posad.study.frame.plan.values import Dimension
from posad.territory.targets.combining import shares_of
from posad.territory.targets.crosswalk import crosswalk, dictionary, oktmo
from posad.territory.targets.making import Sources, make_targets
from posad.territory.targets.reading import age_table, country_table
from posad.territory.targets.units import band_of, check_unit, partition
from posad.territory.targets.values import AgeTargets
from posad.territory.targets.writing import Provenance, csv_of, report_of, rows_of


def codes(problems: list[Problem]) -> list[str]:
    """Return the codes of problems."""
    return [p.code for p in problems]


def test_rows_are_read_by_the_names_of_their_columns_in_two_languages() -> None:
    """Sexes, ages and totals are known in Russian and English, numbers with decimals and integers, and one year is taken."""
    raw = rows(
        (1, 2024, "Женщины", "0", 10.0), (1, 2024, "m", "0", "12"), (1, 2024, "f", "70+", 5), (1, 2024, "м", "Всего", 30),
        (1, 2023, "f", "0", 99),
        head=("territory_id", "year", "gender", "age", "value"),
    )  # fmt: skip
    made, problems = age_table(raw, "ages.csv", "2024")

    assert made is not None
    assert problems == []
    assert made.units["1"].people == {("f", (0, 0)): 10, ("m", (0, 0)): 12, ("f", (70, None)): 5}
    assert made.units["1"].totals == {"m": 30}


def test_a_table_of_several_years_needs_one_named() -> None:
    """Several years, a year that is not there, and a lacking column are named."""
    raw = rows(("a", 2023, "f", "0", 1), ("a", 2024, "f", "0", 1))

    assert codes(age_table(raw, "a.csv", None)[1]) == ["ages-years"]
    assert codes(age_table(raw, "a.csv", "2022")[1]) == ["ages-year"]
    assert codes(age_table(rows(("a", 1), head=("unit", "age")), "a.csv", None)[1]) == ["ages-columns"]


def test_doubled_rows_count_once_and_contradictions_take_the_unit_out() -> None:
    """A row said twice alike counts once; said twice differently its unit is left out; both are told, as are odd rows."""
    raw = rows(
        ("a", 2024, "f", "0", 1), ("a", 2024, "f", "0", 1), ("b", 2024, "f", "0", 1), ("b", 2024, "f", "0", 2),
        ("a", 2024, "x", "0", 1), ("a", 2024, "f", "old", 1), ("a", 2024, "f", "1", -4),
    )  # fmt: skip
    made, problems = age_table(raw, "a.csv", None)

    assert made is not None
    assert list(made.units) == ["a"]
    told = {p.code: p.facts["n"] for p in problems}
    assert told == {"ages-odd": 3, "ages-twice": 2, "ages-contradict": 1}


def test_overlapping_open_groups_are_counted_once() -> None:
    """65+ beside 65 … 69 and 70+ adds nobody, and a table that has only 65+ serves bands that end below."""
    plain = unit("a")
    both = replace(plain, people={**plain.people, ("f", (65, None)): 150.0, ("m", (65, None)): 150.0})
    one, two = check_unit(plain, BANDS), check_unit(both, BANDS)

    assert one.bands == two.bands is not None
    assert (one.overlap, two.overlap) == (False, True)
    assert check_unit(unit("a", open_at=65), BANDS).bands is not None
    assert check_unit(unit("a", open_at=50), BANDS).why == "incomplete"


def test_one_missing_year_is_what_the_total_leaves() -> None:
    """A missing year is filled from the unit's own total where that is like its neighbours, and else the unit is left out."""
    whole, gap = unit("a"), unit("a", without=(61,))

    assert check_unit(gap, BANDS).bands == check_unit(whole, BANDS).bands
    assert check_unit(gap, BANDS).filled == (61,)
    assert check_unit(unit("a", without=(61,), total=900), BANDS).why == "incomplete"
    assert check_unit(unit("a", without=(61, 62)), BANDS).why == "incomplete"


def test_totals_that_do_not_hold() -> None:
    """Ages within half a per cent of the total pass, further off is told, and grossly off is left out."""
    assert check_unit(unit("a", total=803), BANDS).off < 0.005
    assert check_unit(unit("a", total=820), BANDS).off > 0.005
    assert check_unit(unit("a", total=1000), BANDS).why == "gross"


def test_bands_cut_groups_by_their_years() -> None:
    """A band takes two fifths of 15–19 for 18 and 19; an open group cannot be cut."""
    groups = {(15, 19): 10.0, (20, 24): 20.0, (25, None): 70.0}

    assert band_of(groups, 18, 24) == 24.0
    assert band_of(groups, 18, None) == 94.0
    assert band_of(groups, 18, 29) is None
    assert band_of(groups, 30, None) is None
    assert partition({(0, 4): 1.0, (10, None): 1.0}) == (None, None)


@pytest.mark.parametrize(
    ("written", "digits"),
    [("79-701-000-000", "79701000000"), ("1703000001", "01703000001"), ("80701000", "80701000000")],
)
def test_municipal_codes(written: str, digits: str) -> None:
    """Codes are read with dashes, without the zero that spreadsheets drop, and as the eight digits of a municipality."""
    assert oktmo(written) == digits


def test_a_town_is_found_by_its_own_code_then_by_its_district() -> None:
    """Eight digits are the town's own unit, five the district around it; of two units of a code the latest valid one counts."""
    raw = rows(
        (1, "79-701-000-000", 2018, 9999), (2, "79-605-000-000", 2018, 2020), (3, "79-605-000-000", 2021, 9999),
        head=("territory_id", "oktmo", "year_from", "year_to"),
    )  # fmt: skip
    known, problems = dictionary(raw, "d.xlsx", "2024")
    found = crosswalk(
        [town("a", 1, code="79701000001"), town("b", 1, code="79605101001"), town("c", 1)], {"1", "2", "3"}, known
    )

    assert problems == []
    assert (dict(found.units), set(found.exact)) == ({"a": "1", "b": "3"}, {"a"})
    assert codes(dictionary(rows((1, 2), head=("a", "b")), "d.xlsx")[1]) == ["ages-columns"]


def made_of(*units: str) -> tuple[AgeTargets, list[Problem]]:
    """Return the targets of four towns, of which these have a municipality in the table."""
    towns = (
        town("a", 40_000, code="01701000001"), town("b", 120_000, code="02701000001"),
        town("c", 60_000, code="03701000001"), town("d", 900_000, code="04701000001"),
    )  # fmt: skip
    known = {f"0{i}701000000": (u,) for i, u in enumerate("abcd", 1)}
    made, problems = make_targets(frame(*towns), SIZES, BANDS, Sources(table(*map(unit, units)), known))
    assert made is not None
    return made, problems


def test_cells_sum_to_the_adults_of_the_towns() -> None:
    """Of 80 years alike 62 are adult: 220,000 people in towns under 250 thousand give 170,500 adults, in every cell by years."""
    made, problems = made_of("a", "b", "c")

    assert problems == [] or set(codes(problems)) <= {"ages-larger-unit"}
    assert sum(made.cells.values()) == pytest.approx(220_000 * 62 / 80)
    assert made.cells["north", "medium", "f", "18_24"] == pytest.approx(120_000 * 7 / 160)
    assert made.covered == {"own": (3, 220_000)}


def test_towns_without_ages_borrow_and_say_so() -> None:
    """A town whose municipality is not in the table has the make-up of its district, and that is told with its people."""
    made, problems = made_of("a", "b")
    told = {p.code: p.facts for p in problems}

    assert made.covered == {"own": (2, 160_000), "district": (1, 60_000)}
    assert (told["ages-by-district"]["n"], told["ages-by-district"]["percent"]) == (1, 27.3)
    assert told["ages-unmatched"]["n"] == 1
    assert sum(made.cells.values()) == pytest.approx(220_000 * 62 / 80)


def test_a_region_goes_before_the_district_and_the_country_last() -> None:
    """Tables by region serve before neighbours do, and the table of the country where nothing else is."""
    towns = frame(town("a", 40_000))
    region, country = table(unit("XX-N")), table(unit("country"))
    one, said = make_targets(towns, SIZES, BANDS, Sources(None, {}, region, country))
    two, told = make_targets(towns, SIZES, BANDS, Sources(None, {}, None, country))
    none, wrong = make_targets(towns, SIZES, BANDS, Sources(None, {}))

    assert one is not None
    assert two is not None
    assert none is None
    assert (list(one.covered), list(two.covered)) == (["region"], ["country"])
    assert ("ages-by-region" in codes(said), "ages-by-country" in codes(told)) == (True, True)
    assert codes(wrong) == ["ages-nothing"]


def test_the_table_of_a_country_in_five_year_groups() -> None:
    """Two files of thousands by five-year groups give bands cut by years, in people."""
    raw = rows(*[(f"{a}-{a + 4}", 1.0) for a in range(0, 100, 5)], ("100+", 0.0), head=("age", "2020"))
    made, problems = country_table({"f": raw, "m": raw}, "wpp", "2020")

    assert made is not None
    assert problems == []
    bands = check_unit(made.units["country"], BANDS).bands
    assert bands is not None
    assert bands.people["f", "18_24"] == pytest.approx(1400)
    assert codes(country_table({"f": raw}, "wpp", "2025")[1]) == ["ages-year"]


def test_no_town_in_the_classes() -> None:
    """Size classes that hold no town are told."""
    assert codes(make_targets(frame(town("a", 900_000)), SIZES, BANDS, Sources(None, {}))[1]) == ["ages-no-towns"]


def test_rows_are_those_that_weights_read_and_the_report_names_what_was_lent() -> None:
    """Two rows of strata, ten of each, ten shares that sum to a hundred; the report tells shares with and without lent ages."""
    made, problems = made_of("a", "b")
    district = Dimension("district", (("north", LocalText.of(ru="Север", en="North")),))
    dims = (district, SIZES, Dimension("sex", SEX), BANDS)
    source = Provenance("2024-01-01", "Invented", "en")
    lines = rows_of(made, dims, source)
    values = {r[0]: float(r[3]) for r in lines}

    assert len(lines) == 2 + 20 + 10
    assert values["adults_north_medium"] == 93_000
    assert sum(v for id, v in values.items() if id.startswith("share_")) == pytest.approx(100, abs=0.05)
    assert csv_of(lines).splitlines()[0] == "id,label,label_en,value,unit,as_of,source"
    report = report_of(made, dims, source, problems)
    assert "| other towns of the district | 1 | 60,000 | 27.3 |" in report
    assert "make-up of the other towns of their district" in report


def test_shares_weigh_towns_by_their_adults() -> None:
    """Shares of sex and age over some towns sum to one; over none there are none."""
    made, _ = made_of("a", "b")

    assert sum(shares_of(made.towns).values()) == pytest.approx(1)
    assert shares_of([]) == {}
