"""The frame of a study is read whole: rows, sources, groups, control totals, each mistake at its row."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from posad.core.problems import Problem
from posad.core.speech import say, way_out
from posad.study.folder import read_study
from posad.study.frame.reading import read_frame, total_of
from posad.study.frame.values import Frame

Study = Callable[[dict[str, str]], Path]

TABLE = """id,name,name_en,region,district,lat,lon,people_2010,people_2021,tag_monotown,code_oktmo,travel_minutes
a,Тула,Tula,RU-TUL,central,54.19,37.62,501169,473622,,70701000001,
b,Ефремов,Yefremov,RU-TUL,,53.15,38.12,42350,35098,2,70714000001,
c,Чита,Chita,Забайкальский край,Дальневосточный,52.03,113.5,324444,334427,,76701000001,95
"""
YAML = """country: RU
population: people_2021
sources:
  people_2010: {as_of: "2010-10-14", source: invented}
  people_2021: {as_of: 2021, source: invented, licence: CC0, kind: census}
sizes: [50000, 400000]
controls:
  country: {value: 1000000, source: invented, beyond: true}
  towns: {value: 3, source: invented, column: territories}
"""


def read(study_of: Study, table: str = TABLE, settings: str = YAML) -> tuple[Frame | None, list[Problem]]:
    """Read a frame given as texts."""
    return read_frame(study_of({"frame/territories.csv": table, "frame/frame.yaml": settings}))


def told(problems: list[Problem]) -> list[tuple[str, int]]:
    """Return the code and line of every problem."""
    return [(p.code, p.place.line) for p in problems]


def test_a_frame_is_read_whole(study_of: Study) -> None:
    """Names, codes, regions by name or code, districts by region, people by year and tags all become values."""
    frame, problems = read(study_of)

    assert problems == []
    assert frame is not None
    tula, efremov, chita = frame.territories
    assert (tula.name.get("ru"), tula.name.get("en"), tula.people) == (
        "Тула",
        "Tula",
        {"people_2010": 501169, "people_2021": 473622},
    )
    assert (efremov.district, efremov.tags, efremov.codes) == ("central", {"monotown": "2"}, {"oktmo": "70714000001"})
    assert (chita.region, chita.district, chita.travel) == ("RU-ZAB", "far_eastern", 95.0)
    assert [(s.id, s.low, s.high) for s in frame.sizes] == [
        ("under_50k", 0, 50000),
        ("50k_400k", 50000, 400000),
        ("400k_up", 400000, None),
    ]
    assert frame.controls == {"country": 1000000, "towns": 3, "country:people_2021": 1000000}
    assert total_of(frame, frame.totals[0]) == 473622 + 35098 + 334427


@pytest.mark.parametrize(
    ("old", "new", "code", "line", "words"),
    [
        ("a,Тула", "b,Тула", "frame-id-twice", 3, "2"),
        ("b,Ефремов", "b,тула", "frame-name-twice", 3, "2"),
        ("70714000001", "70701000001", "frame-code-twice", 3, "70701000001"),
        ("53.15,38.12", ",", "frame-coordinates-missing", 3, "Ефремов"),
        ("53.15,38.12", "53.15,", "frame-coordinates-wrong", 3, "Ефремов"),
        ("53.15,38.12", "38.12,53.15", "frame-coordinates-abroad", 3, "38.12, 53.15"),
        ("35098", "35 098", "frame-people-spaces", 3, "35098"),
        ("35098", "35\u00a0098", "frame-people-spaces", 3, "35098"),
        ("35098", "35.1", "frame-people-wrong", 3, "35.1"),
        ("35098", "много", "frame-people-wrong", 3, "много"),
        ("35098", "-5", "frame-people-wrong", 3, "-5"),
        ("35098", "", "frame-people-missing", 3, "Ефремов"),
        ("Дальневосточный", "Дальневосточнй", "frame-district-unknown", 4, "Дальневосточный"),
        ("Дальневосточный", "Сибирский", "frame-district-differs", 4, "far_eastern"),
        ("Забайкальский край", "Забайкальскй край", "frame-region-unknown", 4, "Забайкальский край"),
        ("Забайкальский край", "", "frame-region-empty", 4, "Чита"),
        ("b,Ефремов", ",Ефремов", "frame-cell-empty", 3, "id"),
        ("b,Ефремов", "b,", "frame-cell-empty", 3, "name"),
        ("70714000001", "7.07E+10", "frame-code-rounded", 3, "7.07E+10"),
        ("70714000001", "1703000001", "frame-code-zero-lost", 3, "1703000001"),
        ("76701000001,95", "76701000001,час", "frame-travel-wrong", 4, "час"),
        ("tag_monotown", "monotown", "frame-column-unknown", 1, "monotown"),
        ("id,name,", "id,nam,", "frame-column-missing", 1, "nam"),
        ("people_2010", "people_2002", "frame-source-missing", 1, "people_2002"),
    ],
)
def test_a_mistake_of_a_row_is_named(study_of: Study, old: str, new: str, code: str, line: int, words: str) -> None:
    """Each mistake of the table is told at its line with what stands there, or with the nearest right name."""
    assert TABLE.count(old) == 1

    _, problems = read(study_of, TABLE.replace(old, new))

    found = next(p for p in problems if p.code == code)
    assert (found.place.file, found.place.line) == ("frame/territories.csv", line)
    assert all(words in say(found, one) + way_out(found, one) for one in ("ru", "en"))


@pytest.mark.parametrize(
    ("old", "new", "code", "line"),
    [
        ("as_of: 2021", "as_of: October", "frame-as-of-form", 5),
        ("as_of: 2021", "as_of: unknown", "frame-as-of-form", 5),
        ("as_of: 2021", "as_of: 2010", "frame-year-differs", 5),
        ("as_of: 2021, source: invented", 'as_of: 2021, source: " "', "frame-source-empty", 5),
        ("licence: CC0", "sha256: abc", "frame-checksum-form", 5),
        ("people_2010: {", "people_2011: {", "frame-source-unused", 4),
        ("population: people_2021", "population: people_2012", "frame-population-unknown", 2),
        ("[50000, 400000]", "[400000, 50000]", "frame-sizes-order", 6),
        ("[50000, 400000]", "{a: {high: 10}, b: {low: 20}}", "frame-sizes-gap", 6),
        ("[50000, 400000]", "{a: {high: 10}, B: {low: 10}}", "frame-name-form", 6),
        ("value: 3,", "value: 4,", "frame-control-differs", 9),
        ("value: 1000000", "value: 1000", "frame-control-exceeded", 8),
        ("value: 3,", "value: -3,", "frame-control-negative", 9),
        ("column: territories", "column: town", "frame-control-name", 9),
    ],
)
def test_a_mistake_of_the_settings_is_named(study_of: Study, old: str, new: str, code: str, line: int) -> None:
    """Each mistake of frame.yaml is told at its line."""
    assert YAML.count(old) == 1

    _, problems = read(study_of, settings=YAML.replace(old, new))

    assert (code, line) in told(problems)


def test_a_gazetteer_may_lack_a_date(study_of: Study) -> None:
    """Only a gazetteer may say that the date of its numbers is not known."""
    settings = YAML.replace("as_of: 2021", "as_of: unknown").replace("kind: census", "kind: gazetteer")

    _, problems = read(study_of, settings=settings)

    assert problems == []


def test_districts_are_the_studys_own(study_of: Study) -> None:
    """Declared districts replace the federal ones; a region stands in one of them, and must exist."""
    own = "districts:\n  west: {name: Запад, regions: [RU-TUL]}\n  east: {name: Восток, regions: [RU-ZAB, RU-TUL, RU-ZZZ]}\n"
    table = TABLE.replace("central", "Запад").replace("Дальневосточный", "east")

    frame, problems = read(study_of, table, YAML + own)

    assert told(problems) == [("frame-region-twice", 12), ("frame-region-unknown", 12)]
    assert frame is not None
    assert [t.district for t in frame.territories] == ["west", "west", "east"]


def test_another_country_names_its_own_regions(study_of: Study) -> None:
    """Outside Russia regions are those that frame.yaml names; a misspelt one is told with the nearest."""
    table = "id,name,region,district,people_2021\n1,Aktau,Mangystau,west,100\n2,Oral,Batys,west,200\n3,Aral,Mangystu,west,5\n"
    settings = (
        "country: KZ\npopulation: people_2021\nsources:\n  people_2021: {as_of: 2021, source: invented}\n"
        "regions: {KZ-MAN: {ru: Мангистау, en: Mangystau}, KZ-ZAP: {ru: Запад, en: Batys}}\n"
    )

    frame, problems = read(study_of, table, settings)

    assert [(p.code, p.place.line, p.facts.get("near")) for p in problems] == [("frame-region-unknown", 4, "Mangystau")]
    assert frame is not None
    assert [t.region for t in frame.territories] == ["KZ-MAN", "KZ-ZAP"]
    assert [d.id for d in frame.districts] == ["west"]


def test_half_a_frame_is_told(study_of: Study) -> None:
    """A table without its sources, or sources without a table, is an error; no frame at all is none."""
    assert read_frame(study_of({})) == (None, [])

    frame, problems = read_frame(study_of({"frame/territories.csv": TABLE}))

    assert frame is None
    assert told(problems) == [("frame-half", 1)]


def test_a_sum_is_not_told_wrong_because_a_row_is(study_of: Study) -> None:
    """Control totals are compared only where every row could be read."""
    _, problems = read(study_of, TABLE.replace("35098", "many"))

    assert [p.code for p in problems] == ["frame-people-wrong"]


def test_a_table_of_an_older_program_is_read(study_of: Study) -> None:
    """Semicolons, decimal commas and cp1251 are accepted, and what was assumed is said."""
    folder = study_of({"frame/frame.yaml": YAML})
    rows = TABLE.replace(",", ";").replace("54.19", "54,19").replace("37.62", "37,62")
    (folder / "frame" / "territories.csv").write_bytes(rows.encode("cp1251"))

    frame, problems = read_frame(folder)

    assert {p.code for p in problems} == {"text-encoding-assumed", "csv-delimiter-assumed"}
    assert frame is not None
    assert (frame.territories[0].latitude, frame.territories[0].name.get("ru")) == (54.19, "Тула")


def test_mistakes_beyond_a_hundred_are_counted(study_of: Study) -> None:
    """A mistake of many rows is named for the first hundred and counted beyond."""
    rows = "".join(f"n{i},Место {i},,RU-TUL,,,,1,1,,,\n" for i in range(130))

    _, problems = read(study_of, TABLE + rows, YAML.replace("value: 3,", "value: 133,"))

    assert sum(p.code == "frame-coordinates-missing" for p in problems) == 100
    more = next(p for p in problems if p.code == "frame-rows-more")
    assert more.facts["count"] == 30


def test_the_frame_is_part_of_the_study(study_of: Study) -> None:
    """A study folder with a frame gives it, and without one gives none; a misspelt file is told."""
    study = {
        "study.yaml": "title: Т\nlanguages: [ru]\nsample: {type: quota}\n",
        "questionnaire.md": "# Т\n\n### q. Да?\n[один ответ]\n- 1 да\n- 2 нет\n",
    }

    without, _ = read_study(study_of(study))
    folder = study_of({**study, "frame/territories.csv": TABLE, "frame/frame.yaml": YAML, "frame/frames.yaml": ""})
    within, problems = read_study(folder)

    assert without is not None
    assert without.frame is None
    assert within is not None
    assert within.frame is not None
    assert len(within.frame.territories) == 3
    assert "study-name-misspelt" in {p.code for p in problems}
