"""Tables of indicators and of services: what is right is read, what is wrong is told at its row, gaps are those counted by hand."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from tests.territory.country import CAPITAL, CITY, TOWNS, country, town

from posad.core.problems import Problem
from posad.core.words import LocalText
from posad.study.frame.plan.rules.position import default_position
from posad.study.frame.values import Frame, Territory
from posad.territory.indicators.presence import presence_table, read_presence
from posad.territory.indicators.reading import read_indicators
from posad.territory.indicators.values import Indicator, read_direction, read_period
from posad.territory.measures.gaps import Gaps, measure_gaps
from posad.territory.measures.panel import group_by, make_panel
from posad.territory.measures.wording import sentences
from posad.territory.position.placing import place_territories

FRAME = country([*TOWNS, town("twin", 600, 7_000, 7_000), town("twin2", 610, 7_000, 7_000)])
HEAD = "territory;indicator;label;label_en;period;value;unit;source;direction\n"
WAGES = HEAD + (
    "capital;wage;Зарплата;Wage;2020;40;тыс. руб.;Росстат;больше\n"
    "Suburb;wage;;;2020;30;тыс. руб.;Росстат;больше\n"
    "midway;wage;;;2020;20,5;тыс. руб.;Росстат;больше\n"
    "capital;wage;;;2022;44;тыс. руб.;Росстат;больше\n"
    "suburb;wage;;;2022;36;тыс. руб.;Росстат;больше\n"
    "midway;wage;;;2022;25;тыс. руб.;Росстат;больше\n"
    "lonely;wage;;;2022;25;тыс. руб.;Росстат;больше\n"
)


def read(tmp_path: Path, text: str, frame: Frame = FRAME) -> tuple[tuple[Indicator, ...], list[Problem]]:
    """Return the indicators of one table."""
    (tmp_path / "indicators").mkdir(exist_ok=True)
    (tmp_path / "indicators/table.csv").write_text(text, encoding="utf-8")
    found, problems = read_indicators(tmp_path, frame)
    return found, [p for p in problems if p.code != "csv-delimiter-assumed"]


def test_a_table_is_read(tmp_path: Path) -> None:
    """Names and ids, commas and words of direction are understood; values stand by period and territory."""
    (wage,), problems = read(tmp_path, WAGES)

    assert problems == []
    assert (wage.label.get("ru"), wage.label.get("en"), wage.unit, wage.direction) == (
        "Зарплата",
        "Wage",
        "тыс. руб.",
        "up",
    )
    assert [p.id for p in wage.periods] == ["2020", "2022"]
    assert wage.values["2020"] == {"capital": 40, "suburb": 30, "midway": 20.5}
    assert wage.sources == ("Росстат",)


MISTAKES = HEAD + (
    "capital;wage;;;2020;40;тыс. руб.;Росстат;больше\n"  # line 2
    "subburb;wage;;;2020;30;тыс. руб.;Росстат;больше\n"
    "midway;wage;;;весна;20;тыс. руб.;Росстат;больше\n"
    "city;wage;;;2020;много;тыс. руб.;Росстат;больше\n"
    "distant;wage;;;2020;31000;руб.;Росстат;больше\n"
    "capital;wage;;;2020;41;тыс. руб.;Росстат;больше\n"  # line 7
    "young;wage;;;2020;30;тыс. руб.;;больше\n"
    "lonely;wage;;;2020;30;тыс. руб.;Росстат;меньше\n"
    "lonely;wage;;;2021;30;тыс. руб.;Росстат;вверх\n"
    "satellite;Wage;;;2020;30;тыс. руб.;Росстат;больше\n"
    "satellite;wage;;;2020;;тыс. руб.;Росстат;больше\n"  # line 12
)


def test_every_mistake_has_its_row(tmp_path: Path) -> None:
    """Unknown territory, period, value, unit, source, direction and a doubled row are told at their lines and columns."""
    _, problems = read(tmp_path, MISTAKES)
    told = sorted((p.place.line, p.code, str(p.facts.get("near", ""))) for p in problems)

    assert told == [
        (3, "indicator-territory-unknown", "suburb"),
        (4, "indicator-period", ""),
        (5, "indicator-value", ""),
        (6, "indicator-unit-differs", ""),
        (7, "indicator-twice", ""),
        (8, "indicator-cell-empty", ""),
        (9, "indicator-direction-differs", ""),
        (10, "indicator-direction", ""),
        (11, "indicator-name", ""),
        (12, "indicator-value-missing", ""),
    ]
    unknown = next(p for p in problems if p.code == "indicator-territory-unknown")
    assert (unknown.place.file, unknown.place.column) == ("indicators/table.csv", 1)


def test_two_towns_of_one_name(tmp_path: Path) -> None:
    """A name that two territories share asks for an id; the ids are given."""
    frame = country([CAPITAL, CITY])
    same = country([*frame.territories, *(_called("twin", f"twin{i}") for i in (1, 2))])
    _, problems = read(tmp_path, HEAD + "Twin;wage;;;2020;1;руб.;х;больше\n", same)

    assert [(p.code, p.facts["known"]) for p in problems] == [("indicator-territory-unclear", "twin1, twin2")]


def _called(name: str, id: str) -> Territory:
    """Return a town by another name than its id."""
    return replace(town(id, 10, 1000), name=LocalText.of(ru=name.title(), en=name.title()))


def test_letters_and_spaces_of_names(tmp_path: Path) -> None:
    """A name is found with е for ё, in capitals and with a doubled space; so it is by its id."""
    frame = country([CAPITAL, replace(town("eagle", 10, 1000), name=LocalText.of(ru="Старый Орёл", en="Old Eagle"))])
    rows = "старый  ОРЕЛ;wage;;;2020;1;руб.;х;больше\neagle;wage;;;2021;1;руб.;х;больше\n"
    (wage,), problems = read(tmp_path, HEAD + rows, frame)

    assert problems == []
    assert wage.values == {"2020": {"eagle": 1}, "2021": {"eagle": 1}}


def test_slipped_unit_and_mixed_periods(tmp_path: Path) -> None:
    """A value twenty times the one before warns of the unit; a year beside a month is an error."""
    rows = "capital;wage;;;2020;40;р.;х;больше\ncapital;wage;;;2021;41000;р.;х;больше\n"
    _, problems = read(tmp_path, HEAD + rows)
    assert [(p.code, p.place.line) for p in problems] == [("indicator-jump", 3)]

    _, problems = read(tmp_path, HEAD + rows.replace("2021;41000", "2021-05;41"))
    assert [p.code for p in problems] == ["indicator-periods-mixed"]


def test_missing_column(tmp_path: Path) -> None:
    """A table without units and direction is told which columns are needed, and not read."""
    found, problems = read(tmp_path, "territory,indicator,period,value,source\ncapital,wage,2020,40,x\n")

    assert found == ()
    assert [(p.code, p.facts["name"]) for p in problems] == [
        ("indicator-column-missing", "unit"),
        ("indicator-column-missing", "direction"),
    ]


def test_periods_and_directions() -> None:
    """Years, quarters and months have their place in time; words of both languages say which way is good."""
    assert [p.start for t in ("2023", "2023-Q3", "2023-07") if (p := read_period(t))] == [2023, 2023.5, 2023.5]
    assert [read_period(t) for t in ("23", "2023-13", "2023-Q5", "")] == [None] * 4
    assert [read_direction(t) for t in ("больше", "Lower", "нет", "вверх")] == ["up", "down", "none", None]


def gaps_of(tmp_path: Path, by: str = "position") -> tuple[Gaps, list[Problem]]:
    """Return the gaps in the wages."""
    (wage,), _ = read(tmp_path, WAGES)
    grouping, wrong = group_by(place_territories(FRAME, default_position(FRAME)), by)
    assert (grouping is not None, wrong) == (True, [])
    assert grouping is not None
    panel, problems = make_panel(wage, FRAME, grouping, "people_2021")
    assert panel is not None
    return measure_gaps(panel), problems


def test_gaps_by_hand(tmp_path: Path) -> None:
    """Means, ratios and the spread of three towns are those counted by hand; the town of one year only is left out and named."""
    gaps, problems = gaps_of(tmp_path)
    first, last = gaps.periods

    assert [(p.code, p.facts["names"]) for p in problems] == [("indicator-left-out", "Lonely")]
    assert gaps.panel.territories == ("capital", "suburb", "midway")
    people = 1_280_000
    assert first.values["mean"] == pytest.approx((1200 * 40 + 60 * 30 + 20 * 20.5) / 1280)
    assert first.values["range"] == 19.5
    assert first.delta == pytest.approx((0 + 10 + 19.5) / 3)
    assert {t.type: (t.territories, t.people) for t in gaps.types} == {
        "belt": (1, 60_000),
        "near": (1, 20_000),
        "outside": (1, 1_200_000),
    }
    assert sum(t.people for t in gaps.types) == people
    assert last.theil_t is not None
    assert last.theil_t.within == pytest.approx(0, abs=1e-15)  # one town in each type
    assert {t.type: t.pattern for t in gaps.types} == {
        "belt": "catching-up",
        "near": "catching-up",
        "outside": "flattening",
    }
    assert (gaps.relative, gaps.absolute, gaps.gamma) == ("upward-convergence", "upward-convergence", 1)
    assert gaps.beta is not None
    assert gaps.beta.years == 2


def test_other_groupings(tmp_path: Path) -> None:
    """Size, district and a tag group as well; an unknown word is told with what there is."""
    assert {t.type for t in gaps_of(tmp_path, "size")[0].types} == {"small", "large"}
    assert {t.type for t in gaps_of(tmp_path, "district")[0].types} == {"west"}
    assert {t.type for t in gaps_of(tmp_path, "plant")[0].types} == {"2", "unknown"}
    grouping, problems = group_by(place_territories(FRAME, default_position(FRAME)), "distrikt")
    assert grouping is None
    assert [(p.code, p.facts["near"]) for p in problems] == [("indicator-grouping-unknown", "district")]


def test_sentences_say_what_it_comes_to(tmp_path: Path) -> None:
    """The words name pattern, parts between types, pace and caution, in both languages and with the same count of sentences."""
    gaps, _ = gaps_of(tmp_path)
    ru, en = (list(sentences(gaps, language)) for language in ("ru", "en"))

    assert len(ru) == len(en)
    assert any("восходящая конвергенция" in s for s in ru)
    assert any("upward convergence" in s for s in en)
    assert any("A negative slope comes of mere noise" in s for s in en)
    assert "3 территории с 2 периодами (2020–2022)" in ru[0]
    assert any("100%" in s and "between types" in s for s in en)


PRESENCE = """service,territory,date,source,present
delivery,capital,2024,site,1
delivery,suburb,2024-05,site,1
delivery,midway,2024-05,site,0
delivery,suburb,2025-01,site,0
"""


def test_presence_by_hand(tmp_path: Path) -> None:
    """At each date the latest word counts; territories nobody speaks of are not told, not absent."""
    (tmp_path / "indicators").mkdir()
    (tmp_path / "indicators/presence.csv").write_text(PRESENCE, encoding="utf-8")
    rows, problems = read_presence(tmp_path, FRAME)
    table = presence_table(rows, FRAME, ["t"] * len(FRAME.territories))

    assert problems == []
    counts = [(r.date, r.yes, r.no, r.untold, r.people) for r in table if r.type == "all"]
    assert counts == [
        ("2024", 1, 0, 9, 1_200_000),
        ("2024-05", 2, 1, 7, 1_260_000),
        ("2025-01", 1, 2, 7, 1_200_000),
    ]
    assert [r.everyone for r in table if r.type == "t"] == [sum(t.people["people_2021"] for t in FRAME.territories)] * 3


def test_mistakes_in_presence(tmp_path: Path) -> None:
    """A wrong date, word, service, territory, a missing source and a doubled row are told at their lines."""
    text = (
        "service;territory;date;source;present\n"
        "delivery;capitol;2024;site;1\ndelivery;capital;24;site;1\ndelivery;capital;2024;;1\n"
        "Delivery;capital;2024;site;1\ndelivery;capital;2024;site;maybe\n"
        "delivery;capital;2024;site;1\ndelivery;capital;2024;site;0\n"
    )
    (tmp_path / "indicators").mkdir()
    (tmp_path / "indicators/presence.csv").write_text(text, encoding="utf-8")
    rows, problems = read_presence(tmp_path, FRAME)

    assert len(rows) == 1
    assert sorted((p.place.line, p.code) for p in problems if p.code != "csv-delimiter-assumed") == [
        (2, "indicator-territory-unknown"),
        (3, "presence-date"),
        (4, "indicator-cell-empty"),
        (5, "indicator-name"),
        (6, "presence-word"),
        (8, "indicator-twice"),
    ]


def test_no_presence_no_problem(tmp_path: Path) -> None:
    """A study without the tables has no indicators, no services and nothing wrong."""
    assert read_indicators(tmp_path, FRAME) == ((), [])
    assert read_presence(tmp_path, FRAME) == ((), [])
