"""Part 4, line b: targets from municipal tables, the sample of 2000 interviews at 70/30, a printed share by vintage."""

from __future__ import annotations

import csv
import json
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from tests.acceptance.frame_study import DISTRICTS, QUESTIONNAIRE, STUDY
from tests.acceptance.support import posad
from tests.study.shared import FRAME, towns

pytestmark = towns
FLAGSHIP = Path(__file__).parents[2] / "studies" / "platforms-2025"
OURS = DISTRICTS | {"Северо-Кавказский": "caucasian"}  # the flagship's own names of districts
SIZES = {"<100k": "small", "100-250k": "medium"}
BANDS = {"18-24": "18_24", "25-34": "25_34", "35-44": "35_44", "45-54": "45_54", "55+": "55_over"}
SETTINGS = """\
country: RU
population: people_2021
sources:
  people_2010: {as_of: 2010-10-14, source: "Росстат, перепись населения 2010 года", kind: census}
  people_2020: {as_of: 2020-01-01, source: "Росстат, оценка на 1 января 2020 года", kind: estimate}
  people_2021: {as_of: 2021-10-01, source: "Росстат, перепись населения 2021 года", kind: census}
  code_oktmo: {as_of: "2021", source: classifier, kind: register}
  coordinates: {as_of: "2021", source: gazetteer, kind: gazetteer}
districts:
DISTRICTS
controls:
  "country:people_2010": {value: 142856536, source: "Росстат, 2010", column: people_2010, beyond: true}
  "country:people_2020": {value: 146748590, source: "Росстат, 2020", column: people_2020, beyond: true}
  "country:people_2021": {value: 147182123, source: "Росстат, 2021", column: people_2021, beyond: true}
"""
PLAN = """\
size: 2000
sizes: {small: {high: 100000}, medium: {low: 100000, high: 250000}}
allocation:
  - {by: size, rule: fixed, shares: {small: 70 %, medium: 30 %}}
  - {by: district}
"""
QUOTAS = """\
counts: adults_{district}_{size}
structure: STRUCTURE_{district}_{size}_{sex}_{age}
quotas:
  - [district, size]
  - [size, sex, age]
  - [district, size, sex, age]
"""
SIXTEEN = {  # district: under 100 thousand, 100 to 250 thousand
    "central": (355, 144), "volga": (275, 95), "northwestern": (160, 43), "siberian": (155, 72), "southern": (142, 79),
    "urals": (158, 52), "caucasian": (78, 63), "far_eastern": (77, 52),
}  # fmt: skip
SEX_AGE = {  # per cent of adults in towns whose ages are known
    "f": (4.24, 7.31, 10.79, 9.14, 23.28),
    "m": (4.49, 7.54, 10.39, 8.23, 14.60),
}


def write_frame(folder: Path) -> None:
    """Write the towns of Russia with three counts of their people, and no population of the year of the ages."""
    rows: list[list[str]] = []
    regions: dict[str, set[str]] = {d: set() for d in OURS.values()}
    with (FRAME / "ru_towns_frame.csv").open(encoding="utf-8") as stream:
        for t in csv.DictReader(stream):
            region = {"UA-43": "RU-CR", "UA-40": "RU-SEV"}.get(t["region_iso"], t["region_iso"])
            regions[OURS[t["federal_district"]]].add(region)
            people = [t["pop_2010_census"], t["pop_2020_est"], t["pop_2021_census"]]
            where = [region, OURS[t["federal_district"]], t["lat"], t["lon"]]
            rows.append([t["fias_id"], t["name_ru"], t["name_en"], *where, t["oktmo"], *people])
    lines = [
        f"  {d}: {{name: {{ru: {ru}, en: {d}}}, regions: [{', '.join(sorted(regions[d]))}]}}" for ru, d in OURS.items()
    ]
    for name, text in (
        ("study.yaml", STUDY),
        ("questionnaire.md", QUESTIONNAIRE["ru"]),
        ("questionnaire.en.md", QUESTIONNAIRE["en"]),
        ("sample.yaml", PLAN),
        ("frame/frame.yaml", SETTINGS.replace("DISTRICTS", "\n".join(lines))),
    ):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8")
    with (folder / "frame/territories.csv").open("w", encoding="utf-8", newline="") as stream:
        head = ["id", "name", "name_en", "region", "district", "lat", "lon", "code_oktmo"]
        csv.writer(stream).writerows([[*head, "people_2010", "people_2020", "people_2021"], *rows])


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Mapping[str, Any]]:
    """Make the targets by command from the municipal tables; then plan with the flagship's counts and this make-up."""
    folder = tmp_path_factory.mktemp("sample")
    write_frame(folder)
    run = posad(
        "sample", "targets", folder, "--ages", FRAME / "2_bdmo_population.parquet", "--year", "2024",
        "--dictionary", FRAME / "t_dict_municipal_districts.xlsx", "--as-of", "2024-01-01",
        "--source", "Росстат, база данных муниципальных образований", "--into", "frame/made.csv", "--json",
    )  # fmt: skip
    shutil.copy(FLAGSHIP / "frame" / "targets.csv", folder / "frame" / "targets.csv")
    ours = [r for r in read(folder / "frame/made.csv") if r["id"].startswith("adults_") and r["id"].count("_") > 4]
    with (folder / "frame/targets.csv").open("a", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerows([r.values() for r in ours])
        writer.writerows([id, id, id, share, "", "2024-01-01", "the table of shares"] for id, share in table().items())
    return folder, json.loads(run.out)


def table() -> dict[str, float]:
    """Return the published make-up of each district × size, with 55 and over as one band."""
    found: dict[str, float] = {}
    for r in read(FRAME / "sex_age_structure_towns_2024.csv"):
        if r["federal_district"] in OURS:
            band = BANDS.get(r["age"], BANDS["55+"])
            id = f"table_{OURS[r['federal_district']]}_{SIZES[r['size']]}_{r['sex']}_{band}"
            found[id] = round(found.get(id, 0.0) + float(r["share_of_adults"]), 5)
    return found


def read(path: Path) -> list[dict[str, str]]:
    """Return the rows of a table."""
    with path.open(encoding="utf-8") as stream:
        return list(csv.DictReader(stream))


def plan(folder: Path, structure: str) -> Mapping[str, Any]:
    """Work the plan out by command, with the make-up of these rows."""
    (folder / "sample.yaml").write_text(PLAN + QUOTAS.replace("STRUCTURE", structure), "utf-8")
    run = posad("sample", folder, "--json")
    found: Mapping[str, Any] = json.loads(run.out)
    assert found["ok"], run.out
    return found


@pytest.fixture(scope="module")
def planned(made: tuple[Path, Mapping[str, Any]]) -> Mapping[str, Any]:
    """Plan with the published make-up."""
    return plan(made[0], "table")


def test_4b_sixteen_quotas_and_the_deff(planned: Mapping[str, Any]) -> None:
    """2000 interviews at 70/30 give the sixteen district × size quotas exactly, and the allocation costs a deff of 1.013."""
    quotas = {tuple(c["cell"]): c["quota"] for c in planned["quotas"][0]["cells"]}

    assert quotas == {(d, s): n for d, two in SIXTEEN.items() for s, n in zip(("small", "medium"), two, strict=True)}
    assert round(planned["deff"], 3) == 1.013
    assert round(planned["domains"][0]["effective"]) == 1974


def test_4b_the_interlock_and_its_small_cells(planned: Mapping[str, Any]) -> None:
    """The 160 interlocked cells equal the published table, and 26 of them are under five interviews and told."""
    table = planned["quotas"][2]
    quotas = {tuple(c["cell"]): c["quota"] for c in table["cells"]}
    wanted = {
        (OURS[r["federal_district"]], SIZES[r["size"]], r["sex"], BANDS[r["age"]]): int(r["quota"])
        for r in read(FRAME / "quota_cells_n2000_70_30.csv")
    }

    assert quotas == wanted
    assert len(table["small"]) == 26 == sum(n < 5 for n in quotas.values())
    assert [p["facts"]["n"] for p in planned["problems"] if p["code"] == "sample-cells-small"] == [26]


def test_4b_the_interlock_from_our_own_targets(
    made: tuple[Path, Mapping[str, Any]], planned: Mapping[str, Any]
) -> None:
    """With the make-up made from municipal tables 26 cells are small too, and two of 160 differ, where damaged records were mended."""
    own = {tuple(c["cell"]): c["quota"] for c in plan(made[0], "adults")["quotas"][2]["cells"]}
    published = {tuple(c["cell"]): c["quota"] for c in planned["quotas"][2]["cells"]}
    differing = {cell: n - published[cell] for cell, n in own.items() if n != published[cell]}

    assert differing == {("central", "small", "f", "55_over"): 1, ("central", "small", "m", "18_24"): -1}
    assert sum(n < 5 for n in own.values()) == 26


def test_4b_shares_of_sex_and_age(made: tuple[Path, Mapping[str, Any]]) -> None:
    """Shares of sex × age in towns with ages of their own are within 0.05 points of the table; lent ages move none by 0.1."""
    report = (made[0] / "frame/made.md").read_text("utf-8")
    lines = [
        [c.strip() for c in row.split("|")[1:-1]]
        for row in report.splitlines()
        if row.startswith(("| женщины", "| мужчины"))
    ]
    own = [float(c[2].replace(",", ".")) for c in lines]
    everywhere = [float(c[3].replace(",", ".")) for c in lines]
    wanted = [*SEX_AGE["f"], *SEX_AGE["m"]]

    assert max(abs(a - b) for a, b in zip(own, wanted, strict=True)) < 0.05
    assert max(abs(a - b) for a, b in zip(everywhere, wanted, strict=True)) < 0.1
    told = made[1]["covered"]
    assert (told["own"]["towns"], told["district"]["towns"]) == (973, 68)
    assert told["own"]["people"] + told["district"]["people"] == 40_391_294


def test_4b_what_municipal_tables_needed_is_told(made: tuple[Path, Mapping[str, Any]]) -> None:
    """Doubled rows, overlapping open groups, missing units and years, and totals that do not hold are all named."""
    codes = {p["code"]: p["facts"] for p in made[1]["problems"]}

    assert codes["ages-twice"]["n"] == 584
    assert codes["ages-filled"]["n"] == 15  # the region where the year 61 is missing
    assert codes["ages-unmatched"]["n"] == 55
    assert {"ages-overlap", "ages-incomplete", "ages-gross", "ages-off", "ages-by-district"} <= set(codes)


def test_4b_counts_of_adults_beside_the_published_ones(made: tuple[Path, Mapping[str, Any]]) -> None:
    """Adults by district × size come within 0.3 % of the published counts, and records that the publication took as whole explain it."""
    ours = {r["id"]: float(r["value"]) for r in read(made[0] / "frame/made.csv")}
    theirs = {
        r["id"]: 1000 * float(r["value"]) for r in read(FLAGSHIP / "frame/targets.csv") if r["unit"] == "тыс. чел."
    }
    off = {id: ours[id] / n - 1 for id, n in theirs.items()}

    assert len(off) == 16
    assert max(map(abs, off.values())) < 0.003
    assert {id for id, o in off.items() if abs(o) > 0.0006} == {"adults_central_small", "adults_siberian_small"}


def test_4b_the_printed_share_of_the_country_by_vintage(made: tuple[Path, Mapping[str, Any]], tmp_path: Path) -> None:
    """The statement that 29 % of the country live in such towns is true of 2010 alone; its verdict lists 27.4, 27.8 and 29.4 %."""
    folder = shutil.copytree(made[0], tmp_path / "study")
    (folder / "audit").mkdir()
    (folder / "audit/bindings.csv").write_text(
        "id,reading,address,note\nC018,source,frame.share@size:under250,\n", "utf-8"
    )
    claims = tmp_path / "claims.csv"
    text = "Около 29 % населения страны живут в городах до 250 тыс. человек"
    claims.write_text(f"id,statement,printed_value,unit,base\nC018,{text},29,%,население\n", "utf-8")
    answer = json.loads(posad("audit", folder, claims, "--json").out)["statements"][0]

    assert (answer["verdict"], [r["code"] for r in answer["reasons"]]) == ("needs-source", ["audit-vintage-older"])
    facts = answer["reasons"][0]["facts"]
    assert (
        facts["all"].replace("\N{NO-BREAK SPACE}", " ")
        == "27,4 % (2021-10-01); 27,8 % (2020-01-01); 29,4 % (2010-10-14)"
    )
    assert facts["date"] == "2010-10-14"
