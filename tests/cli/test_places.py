"""The commands of places: tables for the eye in both languages, CSV, JSON, and clear words where something is missing."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from posad.cli.main import main
from posad.core.speech import to_json
from posad.pipeline.verbs.check import check

FRAME = """country: River
language: en
population: people_2021
sizes: [100000, 1000000]
sources:
  people_2010: {as_of: 2010, source: invented, kind: own}
  people_2021: {as_of: 2021, source: invented, kind: own}
  coordinates: {as_of: 2021, source: invented, kind: own}
"""
TOWNS = """id,name,region,lat,lon,people_2010,people_2021,tag_plant
t1,Delta,South,0,0,1100000,1200000,
t2,Mill,South,0,0.36,40000,60000,
t3,Weir,South,0,0.81,25000,20000,1
t4,Source,North,0,6.3,50000,40000,
"""
RULES = """tags:
  plant: {label: Завод, number: true, otherwise: "0"}
strategies:
  close: {label: {ru: Рядом, en: Close}, if: km_250k <= 50}
  plant: {label: {ru: Завод, en: Plant}, if: plant = 1}
"""
WAGES = "territory,indicator,period,value,unit,source,direction\n" + "".join(
    f"{town},wage,{year},{value},rub,invented,up\n"
    for town, first, last in (("Delta", 60, 66), ("Mill", 40, 50), ("Weir", 30, 36))
    for year, value in ((2020, first), (2022, last))
)


@pytest.fixture
def river(tmp_path: Path) -> Path:
    """Return a folder with a frame, strategies and an indicator."""
    files = {
        "frame/frame.yaml": FRAME,
        "frame/territories.csv": TOWNS,
        "frame/strategies.yaml": RULES,
        "indicators/wages.csv": WAGES,
    }
    for name, text in files.items():
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return tmp_path


def run(*arguments: object) -> Result:
    """Run posad as typed."""
    return CliRunner().invoke(main, [str(a) for a in arguments])


def test_position_for_a_program(river: Path) -> None:
    """JSON holds the classes and bands with their towns, people and growth."""
    done = run("frame", "position", river, "--json")
    found = json.loads(done.stdout)

    assert (done.exit_code, found["ok"], found["trend"]) == (0, True, ["people_2010", "people_2021"])
    assert {c["id"]: c["territories"] for c in found["classes"]} == {
        "belt": 1,
        "near": 1,
        "far": 0,
        "remote": 1,
        "all": 3,
    }
    assert found["classes"][0]["change"] == pytest.approx(50)
    assert set(found["bands"]) == {"km_250k", "km_1m"}


def test_towns_as_csv(river: Path) -> None:
    """Every town has a row with its distances, the towns they lead to, its class and its strategies."""
    done = run("frame", "strategies", river, "--towns", "--lang", "en")
    rows = list(csv.DictReader(io.StringIO(done.stdout)))

    assert [r["Territory"] for r in rows] == ["Delta", "Mill", "Weir", "Source"]
    assert (rows[1]["km_250k"], rows[1]["nearest km_250k"], rows[1]["position"]) == ("40.0", "Delta", "belt")
    assert (rows[0]["people"], rows[2]["trend"]) == ("1200000", "-20.0")
    assert [(r["close"], r["plant"]) for r in rows] == [("", ""), ("1", "0"), ("0", "1"), ("0", "0")]


def test_strategies_for_a_program(river: Path) -> None:
    """JSON holds rules, towns and people by strategy and together, and what moved thresholds change."""
    found = json.loads(run("frame", "strategies", river, "--json").stdout)

    assert [(s["id"], s["rule"], s["territories"], s["unsure"]) for s in found["strategies"]] == [
        ("close", "km_250k <= 50", 1, 0),
        ("plant", "plant = 1", 1, 0),
    ]
    assert [c["ids"] for c in found["combinations"]] == [["close"], [], ["plant"]]
    assert [(m["moved"], m["territories_change"]) for m in found["sensitivity"]] == [
        (37.5, -1),
        (45, 0),
        (55, 0),
        (62.5, 0),
    ]


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("ru", ("Рядом", "Порог", "−25 %", "ни одной наверняка")),
        ("en", ("Close", "Threshold", "−25%", "none for sure")),
    ],
)
def test_strategies_for_the_eye(river: Path, language: str, words: tuple[str, ...]) -> None:
    """The tables speak the language of the reader, per cent signs included."""
    done = run("frame", "strategies", river, "--sensitivity", "--lang", language)

    assert done.exit_code == 0
    assert [w for w in words if w not in done.stdout] == []


def test_gaps_for_a_program(river: Path) -> None:
    """JSON holds the measures by period, Theil's parts, the types, the names of the change and the sentences in both languages."""
    found = json.loads(run("indicators", river, "--by", "region", "--json").stdout)
    (wage,) = found["indicators"]

    assert (wage["indicator"], wage["by"], wage["territories"], wage["left_out"]) == ("wage", "region", 3, 0)
    assert [p["range"] for p in wage["periods"]] == [30, 30]
    assert wage["relative"] == "upward-convergence"
    assert wage["periods"][0]["theil_t"]["between"] == pytest.approx(0, abs=1e-15)
    assert len(wage["words"]["ru"]) == len(wage["words"]["en"])


def test_gaps_as_csv(river: Path) -> None:
    """CSV has a row for each measure, with the delimiter of the language."""
    done = run("indicators", river, "wage", "--csv", "--lang", "ru")
    rows = list(csv.reader(io.StringIO(done.stdout), delimiter=";"))

    assert rows[0] == ["Мера", "2020", "2022"]
    assert ["Размах", "30,00", "30,00"] in rows


def test_wrong_wishes_are_told(river: Path) -> None:
    """An unknown indicator, type, column and period are named with what there is, and nothing is printed."""
    for arguments, code in (
        (["wag"], "indicator-unknown"),
        (["--by", "sise"], "indicator-grouping-unknown"),
        (["--people", "people_2020"], "rule-name-unknown"),
        (["--period", "2021"], "indicator-period"),
    ):
        done = run("indicators", river, *arguments, "--lang", "en")
        assert (done.exit_code, done.stdout) == (1, "")
        assert f"[{code}]" in done.stderr


def test_nothing_there_is_told(tmp_path: Path) -> None:
    """A folder without a frame, and one without strategies or indicators, say what is missing."""
    for command in (["frame", "position"], ["frame", "strategies"], ["indicators"]):
        done = run(*command, tmp_path, "--lang", "en")
        assert (done.exit_code, "[frame-none]" in done.stderr) == (1, True), done.stderr
    (tmp_path / "frame").mkdir()
    (tmp_path / "frame/frame.yaml").write_text(FRAME, encoding="utf-8")
    (tmp_path / "frame/territories.csv").write_text(TOWNS, encoding="utf-8")
    assert "[study-file-missing]" in run("frame", "strategies", tmp_path, "--lang", "en").stderr
    assert "[indicators-none]" in run("indicators", tmp_path, "--lang", "en").stderr


def test_check_reads_rules_and_tables(river: Path) -> None:
    """``posad check`` tells mistakes in rules and tables of a study like those of any other file of it."""
    (river / "study.yaml").write_text("title: River\nlanguages: [en, ru]\nsample: {type: quota}\n", encoding="utf-8")
    (river / "questionnaire.md").write_text("# River\n\n### q. Well?\n[one answer]\n- 1 yes\n- 2 no\n", "utf-8")
    wages = river / "indicators/wages.csv"
    wages.write_text(WAGES.replace("Weir,wage,2020", "Wier,wage,2020"), encoding="utf-8")
    rules = river / "frame/strategies.yaml"
    rules.write_text(RULES.replace("km_250k <= 50", "km_25k <= 50"), encoding="utf-8")
    told = {(p["file"], p["line"], p["code"]) for p in map(to_json, check(river))}

    assert ("indicators/wages.csv", 6, "indicator-territory-unknown") in told
    assert ("frame/strategies.yaml", 4, "rule-name-unknown") in told
