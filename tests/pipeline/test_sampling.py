"""The commands of the sample on an invented frame: files, towns, lists, nothing written over."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from posad.cli.main import main
from posad.pipeline.territory.sampling import draw_list, sample_study

FRAME = """\
country: Zalesye
population: people_2025
sources:
  people_2025: {as_of: 2025-01-01, source: "Invented register", kind: register}
sizes: {small: {high: 100000}, large: {low: 100000}}
districts:
  north: {name: {ru: Северный, en: North}, regions: [XX-N]}
  south: {name: {ru: Южный, en: South}, regions: [XX-S]}
regions: {XX-N: {ru: Север, en: North}, XX-S: {ru: Юг, en: South}}
"""
PLAN = """\
size: 300
adults: {share: 80 %, source: invented}
allocation:
  - {by: size, rule: fixed, shares: {small: 70 %, large: 30 %}}
  - {by: district}
towns: {per_town: 20, seed: 5}
"""


@pytest.fixture
def study(tmp_path: Path) -> Path:
    """Return a folder with the frame of thirty invented towns and a plan."""
    (tmp_path / "frame").mkdir()
    (tmp_path / "sample.yaml").write_text(PLAN, "utf-8")
    (tmp_path / "frame/frame.yaml").write_text(FRAME, "utf-8")
    with (tmp_path / "frame/territories.csv").open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(["id", "name", "name_en", "region", "district", "lat", "lon", "people_2025"])
        for i in range(30):
            where = ("XX-N", "north") if i % 3 else ("XX-S", "south")
            writer.writerow([f"t{i:02}", f"Город {i}", f"Town {i}", *where, 50 + i / 10, 30, 7_000 * (i + 1)])
    return tmp_path


def test_a_plan_is_written_into_build(study: Path) -> None:
    """Quotas, errors, differences, towns, and both papers in both languages are written; a second time they are the same."""
    one = sample_study(study)
    first = {name: (study / name).read_bytes() for name in one.files}
    two = sample_study(study)

    assert [p.code for p in one.problems] == ["sample-adults-assumed"]
    assert {Path(n).name for n in one.files} == {
        "quotas_size_district.csv", "errors.csv", "differences.csv", "towns.csv",
        *(f"{paper}.{language}.{kind}" for paper in ("plan", "brief") for language in ("ru", "en") for kind in ("md", "html")),
    }  # fmt: skip
    assert first == {name: (study / name).read_bytes() for name in two.files}


def test_a_stratum_asked_whole_is_told(study: Path) -> None:
    """Towns from 7 to 98 thousand hold 735,000 people: 70 % of a million interviews is more than their 588,000 adults, and that is said."""
    plan = PLAN.replace("size: 300", "size: 1000000").replace(
        "  - {by: district}\ntowns: {per_town: 20, seed: 5}\n", ""
    )
    (study / "sample.yaml").write_text(plan, "utf-8")
    made = sample_study(study)
    told = [(str(p.facts["name"]), p.facts["people"]) for p in made.problems if p.code == "sample-stratum-exhausted"]

    assert told == [("small", 588_000)]
    assert made.sample is not None
    assert dict(made.sample.allocation.whole) == {("small",): 588_000, ("large",): 412_000}


def test_interviews_of_towns_sum_to_their_strata(study: Path) -> None:
    """Every stratum's interviews are shared out among its towns, equally among those that are not certain."""
    made = sample_study(study).sample
    assert made is not None
    for cell, n in made.allocation.whole.items():
        inside = [t for t in made.towns if t.stratum == cell]
        shares = [t.interviews for t in inside if not t.certain]

        assert sum(t.interviews for t in inside) == n
        assert max(shares, default=0) - min(shares, default=0) <= 1
        assert all(t.people < 100_000 for t in inside) == (cell[0] == "small")


def test_another_seed_draws_other_towns(study: Path) -> None:
    """The seed of the command goes before that of the plan; the same one draws the same towns."""
    draws = []
    for seed in (5, None, 6):
        made = sample_study(study, seed=seed).sample
        assert made is not None
        draws.append([t.id for t in made.towns])

    assert draws[0] == draws[1] != draws[2]


def test_nothing_of_the_user_is_written_over(study: Path) -> None:
    """In a folder of the user's own no file is replaced, and then none is written."""
    there = study / "mine"
    there.mkdir()
    (there / "errors.csv").write_text("mine", "utf-8")
    made = sample_study(study, str(there))

    assert [p.code for p in made.problems if p.code != "sample-adults-assumed"] == ["sample-file-exists"]
    assert (made.files, [p.name for p in there.iterdir()], (there / "errors.csv").read_text()) == (
        (),
        ["errors.csv"],
        "mine",
    )


def test_a_folder_that_cannot_be_written_is_told(study: Path) -> None:
    """Where a file stands in the way of the folder this is said, and no file is named as written."""
    (study / "taken").write_text("mine", "utf-8")
    made = sample_study(study, str(study / "taken" / "inside"))

    assert [p.code for p in made.problems if p.code != "sample-adults-assumed"] == ["sample-not-written"]
    assert (made.files, (study / "taken").read_text("utf-8")) == ((), "mine")


def test_a_plan_without_towns_draws_none(study: Path) -> None:
    """The draw of towns needs to be told how many interviews a town gets."""
    (study / "sample.yaml").write_text(PLAN.replace("towns: {per_town: 20, seed: 5}\n", ""), "utf-8")

    assert "sample-towns-none" in {p.code for p in sample_study(study, only="towns").problems}


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("people_2025\n", "people_2025\n", ""),
        ("adults: {share: 80 %, source: invented}", "counts: adults_{size}_{district}", "sample-row-missing"),
        ("adults: {share: 80 %, source: invented}", "column: people_1999", "sample-column-unknown"),
        ("size: 300", "size: 9000000", "sample-infeasible"),
        ("size: 300", "size: 300\nsizes: {small: {low: 1, high: 2}, large: {low: 3, high: 4}}", "sample-nobody"),
    ],
)
def test_plans_that_cannot_be_worked_out(study: Path, old: str, new: str, code: str) -> None:
    """Missing rows, columns and people, and bounds that cannot be met, are named, and nothing is written."""
    (study / "sample.yaml").write_text(PLAN.replace(old, new), "utf-8")
    made = sample_study(study)

    assert (code in {p.code for p in made.problems}, bool(made.files)) == ((True, False) if code else (False, True))


def test_a_plan_needs_a_frame_or_rows_of_targets(tmp_path: Path) -> None:
    """Without frame and counts the people are not known."""
    (tmp_path / "sample.yaml").write_text("size: 9\ngroups: {size: {a: A}}\nallocation: [{by: size}]\n", "utf-8")

    assert [p.code for p in sample_study(tmp_path).problems] == ["sample-frame-missing"]


def test_rows_of_any_list(tmp_path: Path) -> None:
    """A list is drawn from by its sizes or all alike; chances and weights stand beside every row drawn."""
    (tmp_path / "list.csv").write_text("id,people\na,60\nb,30\nc,20\nd,10\n", "utf-8")
    sized, alike = draw_list(tmp_path / "list.csv", 2, 1, "people"), draw_list(tmp_path / "list.csv", 2, 1, None)

    assert sized.rows[0] == ("id", "people", "chance", "weight")
    assert sized.rows[1] == ("a", "60", "1.000000000", "1.000000")  # 2·60 ≥ 120: for certain
    assert {r[2:] for r in alike.rows[1:]} == {("0.500000000", "2.000000")}


@pytest.mark.parametrize(
    ("text", "n", "size", "code"),
    [
        ("id,people\na,60\n", 2, "people", "sample-draw-many"),
        ("id,people\na,sixty\n", 1, "people", "sample-draw-size"),
        ("id,people\na,60\n", 1, "peopl", "sample-draw-column"),
    ],
)
def test_lists_that_cannot_be_drawn_from(tmp_path: Path, text: str, n: int, size: str, code: str) -> None:
    """Too few rows, a size that is no number, and a column that is not there are named."""
    (tmp_path / "list.csv").write_text(text, "utf-8")

    assert [p.code for p in draw_list(tmp_path / "list.csv", n, 1, size).problems] == [code]


def test_commands(study: Path) -> None:
    """The word plan may be left out; draw writes towns alone or a list; a list needs number, seed and file."""
    run = CliRunner()
    plan = run.invoke(main, ["sample", str(study), "--json"])
    towns = run.invoke(main, ["sample", "draw", str(study), "--into", str(study / "drawn"), "--json"])
    listed = run.invoke(
        main,
        ["sample", "draw", str(study), str(study / "frame/territories.csv"), "--number", "3", "--seed", "1",
         "--size", "people_2025", "--into", str(study / "three.csv"), "--lang", "en"],
    )  # fmt: skip
    lacking = run.invoke(main, ["sample", "draw", str(study), str(study / "frame/territories.csv")])

    assert json.loads(plan.stdout)["deff"] > 1
    assert [Path(f).name for f in json.loads(towns.stdout)["files"]] == ["towns.csv"]
    assert "3 of 30 drawn" in listed.stdout
    assert len((study / "three.csv").read_text().splitlines()) == 4
    assert lacking.exit_code == 2


def test_targets_by_command(study: Path) -> None:
    """Ages of the country alone make targets, told as rough; the plan then runs on them, and a second time nothing is written over."""
    lines = ["sex,age,people", *(f"{s},{a},{100}" for s in "fm" for a in range(70)), "f,70+,900", "m,70+,500"]
    (study / "ages.csv").write_text("\n".join(lines) + "\n", "utf-8")
    words = [
        "sample",
        "targets",
        str(study),
        "--regions",
        str(study / "ages.csv"),
        "--as-of",
        "2025-01-01",
        "--source",
        "Invented",
    ]
    wrong = CliRunner().invoke(main, [*words, "--json"])
    lines = ["unit," + lines[0], *(f"{r},{line}" for r in ("XX-N", "XX-S") for line in lines[1:])]
    (study / "ages.csv").write_text("\n".join(lines) + "\n", "utf-8")
    right = CliRunner().invoke(main, [*words, "--json"])
    again = CliRunner().invoke(main, [*words, "--json"])
    quotas = "counts: adults_{district}_{size}\nstructure: share_{sex}_{age}\nquotas: [[size, sex, age]]\n"
    (study / "sample.yaml").write_text(PLAN.replace("adults: {share: 80 %, source: invented}\n", quotas), "utf-8")
    made = sample_study(study)

    assert {p["code"] for p in json.loads(wrong.stdout)["problems"]} >= {"ages-nothing"}
    assert json.loads(right.stdout)["covered"] == {"region": {"towns": 30, "people": 3_255_000}}
    assert {p["code"] for p in json.loads(again.stdout)["problems"]} == {"sample-file-exists"}
    assert made.sample is not None
    assert sum(made.sample.tables[0].quota.values()) == 300
