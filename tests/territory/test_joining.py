"""Two tables of territories are joined by codes, then by name and region, and nothing is overwritten."""

from __future__ import annotations

from posad.territory.invented import invent, invented_csv, latin
from posad.territory.joining import Conflict, copied, join, plain

OURS = {
    "id": ["1", "2", "3", "4"],
    "name": ["Киров", "Киров", "Орёл", "Мирный"],
    "region": ["RU-KIR", "RU-KLU", "RU-ORL", "RU-SA"],
    "code_oktmo": ["33", "29", "54", "98"],
    "lat": ["58.6", "54.08", "52.97", ""],
    "lon": ["49.66", "34.3", "36.06", ""],
    "people_2021": ["468212", "29000", "", "30000"],
}


def test_rows_meet_by_code_then_by_name_and_region() -> None:
    """A code decides first; without one the name within a region does; the letter ё and town marks don't matter."""
    theirs = {
        "id": ["a", "b", "c"],
        "name": ["г. Орел", "Киров", "Мирный"],
        "region": ["RU-ORL", "RU-KLU", "RU-ARK"],
        "code_oktmo": ["", "29", "11"],
        "people_2010": ["317747", "31888", "30280"],
    }

    found = join(OURS, theirs)

    assert found.pairs == [(1, 1), (2, 0)]
    assert (found.ours_alone, found.theirs_alone) == ([0, 3], [2])
    assert found.columns["people_2010"] == ["", "31888", "317747", ""]
    assert (found.conflicts, found.added) == ([], ("people_2010",))


def test_a_reused_code_is_not_believed_against_the_name() -> None:
    """Where a code leads to one row and the name to another, the name decides."""
    theirs = {"id": ["a"], "name": ["Орел"], "region": ["RU-ORL"], "code_oktmo": ["29"]}

    found = join(OURS, theirs)

    assert found.pairs == [(2, 0)]
    assert found.conflicts == [Conflict(2, 0, "code_oktmo", "54", "29")]


def test_doubled_codes_and_names_match_nobody() -> None:
    """A code or a name that stands twice can't tell which row is meant."""
    theirs = {"id": ["a", "b"], "name": ["Киров", "Киров"], "region": ["RU-KIR", "RU-KIR"], "code_oktmo": ["9", "9"]}

    assert join(OURS, theirs).pairs == []


def test_both_values_of_a_contradiction_are_told() -> None:
    """The frame's value stays, the other is told beside it; equal numbers written with spaces are no contradiction."""
    theirs = {
        "id": ["a", "b"],
        "name": ["Киров", "Киров"],
        "region": ["RU-KIR", "RU-KLU"],
        "people_2021": ["468 212", "29 999"],
        "lat": ["58.61", "55.08"],
        "lon": ["49.66", "34.3"],
    }

    found = join(OURS, theirs)

    assert found.columns["people_2021"] == OURS["people_2021"]
    assert found.conflicts == [
        Conflict(1, 1, "people_2021", "29000", "29 999"),
        Conflict(1, 1, "coordinates", "54.08, 34.3", "55.08, 34.3 (111 km)"),
    ]


def test_empty_cells_are_filled_unless_they_count_people() -> None:
    """Missing coordinates are taken; missing numbers of people only when asked, for a column has one source."""
    theirs = {
        "id": ["a", "b"],
        "name": ["Орёл", "Мирный"],
        "region": ["RU-ORL", "RU-SA"],
        "people_2021": ["303169", "1"],
        "lat": ["52.9", "62.54"],
        "lon": ["36", "113.98"],
    }

    left, filled = join(OURS, theirs), join(OURS, theirs, fill=True)

    assert left.columns["lat"][3] == "62.54"
    assert (left.columns["people_2021"][2], left.left["people_2021"]) == ("", 1)
    assert (filled.columns["people_2021"][2], filled.filled["people_2021"]) == ("303169", 1)
    assert filled.columns["people_2021"][3] == "30000"


def test_rows_are_added_when_asked() -> None:
    """A territory the frame lacks is added with what the other table knows of it."""
    theirs = {"id": ["a"], "name": ["Мирный"], "region": ["RU-ARK"], "people_2010": ["30280"]}

    found = join(OURS, theirs, add=True)

    assert [found.columns[c][4] for c in ("id", "name", "people_2021", "people_2010")] == ["a", "Мирный", "", "30280"]


def test_a_year_under_another_name_is_found_out() -> None:
    """Numbers that repeat another year's in nine rows of ten are a copy of it, whatever they are called."""
    ours = {"people_2010": [str(i) for i in range(100)]}
    pairs = [(i, i) for i in range(100)]

    assert copied(ours, {"people_2021": [str(i + (i < 10)) for i in range(100)]}, pairs) == [
        ("people_2021", "people_2010", 90, 100)
    ]
    assert copied(ours, {"people_2021": [str(i + (i < 11)) for i in range(100)]}, pairs) == []
    assert copied(ours, {"people_2021": ["5"] * 19}, pairs[:19]) == []


def test_names_are_compared_without_their_spelling() -> None:
    """Hyphens, additions in brackets, ё and the word for a town don't make another name."""
    assert plain("г. Ростов-на-Дону") == plain("Ростов на Дону")
    assert plain("Королёв (город)") == plain("королев")
    assert plain("Киров") != plain("Кировск")


def test_an_invented_country_is_the_same_every_time() -> None:
    """The same seed gives the same table byte for byte, another seed another one; names are unique in their region."""
    towns = tuple(invent(2000, 3))

    assert invented_csv(towns) == invented_csv(tuple(invent(2000, 3)))
    assert invented_csv(towns) != invented_csv(tuple(invent(2000, 4)))
    assert len({(t.name, t.region) for t in towns}) == 2000
    assert len({t.region for t in towns}) == 12
    assert towns[0].people[1] > 1_000_000
    assert latin("Щучье") == "Shchuche"
