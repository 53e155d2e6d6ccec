"""Part 4, line a: the frame of Russian towns from four tables by commands."""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from tests.acceptance.support import Run, posad
from tests.study.shared import FRAME, towns

pytestmark = towns
CENSUS = ["--kind", "census", "--source", "census of population, by a compilation"]


@pytest.fixture(scope="module")
def joined(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Mapping[str, Run]]:
    """Import four tables of Russian towns one after another by commands."""
    folder = tmp_path_factory.mktemp("study")
    into = ["--into", str(folder), "--json"]
    other = _as_csv(FRAME / "pensnarik_cities.json", folder / "pensnarik.csv")
    runs = {
        "as 2021": posad("frame", "import", "hflabs", FRAME / "hflabs_city.csv", "--as-of", "2021-10-01", *into),
        "hflabs": posad("frame", "import", "hflabs", FRAME / "hflabs_city.csv", *into),
        "copy": posad(
            "frame", "import", "csv", _copy(FRAME / "hflabs_city.csv", folder / "copy.csv"), *into,
            "--take", "people_2021=pop", "--as-of", "people_2021=2021-10-01", *CENSUS,
        ),
        "estimate": posad(
            "frame", "import", "csv", FRAME / "epogrebnyak_towns.csv", *into,
            "--take", "name=city", "--take", "region=region_iso_code", "--take", "code_fias=fias_id",
            "--take", "people_2020=population", "--thousands", "people_2020", "--as-of", "people_2020=2020-01-01",
            "--kind", "people_2020=estimate", "--source", "estimate of 1 January 2020, by a compilation",
        ),
        "census": posad(
            "frame", "import", "csv", FRAME / "ru_towns_frame.csv", *into, "--add", "--population", "people_2021",
            "--take", "name=name_ru", "--take", "region=region_iso", "--take", "district=federal_district",
            "--take", "code_fias=fias_id", "--take", "code_oktmo=oktmo", "--take", "people_2010=pop_2010_census",
            "--take", "people_2021=pop_2021_census", "--as-of", "people_2010=2010-10-14",
            "--as-of", "people_2021=2021-10-01", *CENSUS,
        ),
        "second census": posad(
            "frame", "import", "csv", other, *into, "--as-of", "people_2021=2021-10-01", *CENSUS,
        ),
        "show": posad("frame", "show", folder, "--json"),
        "check": posad("frame", "check", folder, "--json"),
    }  # fmt: skip
    return folder, runs


def _as_csv(source: Path, target: Path) -> Path:
    """Write a list of towns in JSON as a table."""
    places = json.loads(source.read_text(encoding="utf-8"))
    with target.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(["name", "region", "district", "lat", "lon", "people_2021"])
        for p in places:
            where = p["coords"]["lat"], p["coords"]["lon"]
            writer.writerow([p["name"], p["subject"], p["district"], *where, p["population"]])
    return target


def _copy(source: Path, target: Path) -> Path:
    """Write the towns of a table without what tells where it comes from."""
    with source.open(encoding="utf-8", newline="") as rows, target.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(["name", "region", "pop"])
        writer.writerows([r["city"], r["region"], r["population"]] for r in csv.DictReader(rows) if r["city"])
    return target


def _cell(show: Run, district: str | None, size: str | None) -> tuple[int, int]:
    found = [c for c in show.json["cells"] if (c["district"], c["size"]) == (district, size)]
    return found[0]["territories"], found[0]["people"]


def test_4a_counts(joined: tuple[Path, Mapping[str, Run]]) -> None:
    """Four tables make a frame of 1,119 towns: 947 under 100,000 and 94 up to 250,000 with 40,391,294 people together."""
    folder, runs = joined
    show = runs["show"]

    assert [runs[name].code for name in ("hflabs", "estimate", "census", "second census", "show")] == [0] * 5
    assert (show.json["territories"], show.json["people"]) == (1119, 103_080_751)
    small, middle, upper = (_cell(show, None, s) for s in ("under_50k", "50k_100k", "100k_250k"))
    assert (small[0] + middle[0], upper[0]) == (947, 94)
    assert small[1] + middle[1] + upper[1] == 40_391_294
    assert _cell(show, "far_eastern", None)[0] == 82
    with (folder / "frame" / "territories.csv").open(encoding="utf-8", newline="") as stream:
        balashikha = next(r for r in csv.DictReader(stream) if r["name"] == "Балашиха")
    assert 500_000 <= int(balashikha["people_2021"]) < 1_000_000
    assert balashikha["district"] == "central"


def test_4a_census_of_2010(joined: tuple[Path, Mapping[str, Run]]) -> None:
    """The population of hflabs is refused as the census of 2021: by name, and by its numbers when it comes in disguise."""
    _, runs = joined

    assert (runs["as 2021"].code, runs["as 2021"].codes) == (1, {"frame-hflabs-2010"})
    assert "frame-hflabs-census" in runs["hflabs"].codes
    assert runs["copy"].code == 1
    copied = next(p for p in runs["copy"].problems if p["code"] == "frame-vintage-copied")
    assert "people_2010" in copied["message"]["en"]
    assert runs["copy"].json["files"] == []


def test_4a_conflicts(joined: tuple[Path, Mapping[str, Run]]) -> None:
    """Sources' contradictions are listed with both values at their rows, and nothing of the frame is overwritten."""
    folder, runs = joined
    with (folder / "frame" / "conflicts.csv").open(encoding="utf-8", newline="") as stream:
        kept = list(csv.DictReader(stream))

    told = [p for name in runs for p in _problems(runs[name]) if p["code"] == "frame-merge-conflict"]
    recorded = [r for r in kept if r["kind"] == "conflict"]
    assert len(told) == len(recorded) == runs["check"].json["conflicts"] > 50
    districts = {(r["name"], r["kept"], r["offered"]) for r in recorded if r["column"] == "district"}
    assert ("Улан-Удэ", "far_eastern", "siberian") in districts
    assert ("Чита", "far_eastern", "siberian") in districts
    assert [r for r in recorded if r["column"] == "people_2021"] == []  # the two transcriptions of the census agree
    assert {r["name"] for r in kept if r["kind"] == "added"} == {"Ачхой-Мартан", "Колтуши"}
    counts = runs["second census"].json["counts"]
    assert (counts["matched"], counts["only_in_frame"], counts["only_in_file"]) == (1119, 0, 15)  # parts of cities
    settings = (folder / "frame" / "frame.yaml").read_text(encoding="utf-8")
    assert settings.count("sha256:") >= 4
    assert settings.count("as_of:") == settings.count("source:") == settings.count("kind:")


def _problems(run: Run) -> list[dict[str, Any]]:
    return run.problems if run.code == 0 else []
