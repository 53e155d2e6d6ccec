"""Part 4, line e: wrong inputs are named by row; an invented country and a second real one go through the same commands."""

from __future__ import annotations

from pathlib import Path

from tests.acceptance.support import posad

BAD = """id;название;регион;округ;широта;долгота;жители
1;Тула;Тульская область;Центральный;54,19;37,62;12 345
2;Тула;Тульская область;Центральный;54,20;37,63;12\N{NO-BREAK SPACE}346
3;Киреевск;Тульская область;Центральнй;53,93;37,93;100
3;Алексин;Тульская область;Центральный;;;200
5;Болохово;Тулская область;Центральный;54,08;37,82;300
6;Венёв;Тульская область;Центральный;54,35;38,26;много
"""
TAKEN = [
    "--take", "name=название", "--take", "region=регион", "--take", "district=округ", "--take", "lat=широта",
    "--take", "lon=долгота", "--take", "people_2021=жители", "--as-of", "2021", "--source", "invented",
]  # fmt: skip


def test_4e_rows(tmp_path: Path) -> None:
    """Every wrong row of a cp1251 table is named by its line with the nearest right name, and nothing is written."""
    table = tmp_path / "bad.csv"
    table.write_bytes(BAD.encode("cp1251"))

    run = posad("frame", "import", "csv", table, "--into", tmp_path / "s", *TAKEN, "--json")

    found = {(p["code"], p["line"]): p for p in run.problems}
    assert run.code == 1
    assert not (tmp_path / "s").exists()
    for code, line in (
        ("frame-people-spaces", 2),
        ("frame-people-spaces", 3),
        ("frame-name-twice", 3),
        ("frame-district-unknown", 4),
        ("frame-coordinates-missing", 5),
        ("frame-region-unknown", 6),
        ("frame-people-wrong", 7),
    ):
        assert (code, line) in found, (code, line)
    assert "text-encoding-assumed" in run.codes
    assert "Центральный" in found["frame-district-unknown", 4]["message"]["ru"]
    assert "Тульская область" in found["frame-region-unknown", 6]["message"]["ru"]

    mended = BAD.replace("Центральнй", "Центральный").replace("Тулская", "Тульская").replace("много", "400")
    table.write_bytes(mended.encode("cp1251"))
    again = posad("frame", "import", "csv", table, "--into", tmp_path / "s", *TAKEN, "--json")
    assert {(p["code"], p["line"]) for p in again.problems if p["severity"] == "error"} == {("frame-id-twice", 5)}
    table.write_bytes(mended.replace("3;Алексин", "4;Алексин").encode("cp1251"))
    last = posad("frame", "import", "csv", table, "--into", tmp_path / "s", *TAKEN, "--json")
    assert last.code == 0
    rows = (tmp_path / "s" / "frame" / "territories.csv").read_text(encoding="utf-8").splitlines()
    assert rows[1].startswith("1,Тула,RU-TUL,central,")
    assert rows[1].endswith(",12345")


def test_4e_invented_country(tmp_path: Path) -> None:
    """An invented country of 120 towns goes through the same commands: import, show, check, a second table."""
    table, folder = tmp_path / "z.csv", tmp_path / "study"
    dated = ["--as-of", "2025", "--as-of", "people_2015=2015", "--source", "invented"]

    assert posad("frame", "invent", table).code == 0
    first = posad("frame", "import", "csv", table, "--country", "Zalesye", *dated, "--into", folder, "--json")
    again = posad("frame", "import", "csv", table, "--country", "Zalesye", *dated, "--into", folder, "--json")
    show, check = posad("frame", "show", folder, "--json"), posad("frame", "check", folder, "--json")

    assert (first.code, first.json["counts"]) == (0, {"territories": 120})
    assert (again.code, again.json["counts"]["matched"], again.json["counts"]["conflicts"]) == (0, 120, 0)
    assert (show.json["territories"], show.json["column"]) == (120, "people_2025")
    assert {c["district"] for c in show.json["cells"]} == {None, "north", "middle", "south"}
    assert (check.code, check.json["without_number"], check.json["conflicts"]) == (0, 0, 0)
    told = posad("frame", "show", folder, "--lang", "ru")
    assert "north" in told.out
    assert posad("frame", "import", "csv", table, *dated, "--into", folder).code == 1  # another country


def test_4e_second_country(tmp_path: Path) -> None:
    """Kazakhstan goes through the same commands by GeoNames, with the warnings that its numbers carry no year."""
    made = posad("frame", "import", "geonames", "--country", "KZ", "--least", "5000", "--into", tmp_path, "--json")
    show, check = posad("frame", "show", tmp_path, "--json"), posad("frame", "check", tmp_path, "--json")

    assert (made.code, check.code) == (0, 0)
    assert {"frame-geonames-years", "frame-geonames-kinds"} <= made.codes
    assert made.json["counts"]["territories"] == show.json["territories"] > 150
    assert show.json["country"] == "KZ"
    people = next(s for s in show.json["sources"] if s["column"] == "people_geonames")
    assert (people["as_of"], people["licence"]) == ("unknown", "CC BY 4.0")
