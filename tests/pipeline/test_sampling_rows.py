"""Plans that take their people from rows of frame/targets.csv: what the rows must be, and what is assumed of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from posad.pipeline.territory.sampling import sample_study

PLAN = """\
size: 100
groups: {size: {small: Small, large: Large}}
counts: adults_{size}
structure: share_{sex}
allocation: [{by: size}]
quotas: [[size, sex]]
"""
ROWS = "id,label,value,unit,source\n"
GOOD = (
    "adults_small,S,30,thousand people,invented\nadults_large,L,20,thousand people,invented\n"
    "share_f,F,55,%,invented\nshare_m,M,45,%,invented\n"
)


def codes(folder: Path, plan: str, rows: str) -> tuple[set[str], bool]:
    """Return the codes of a plan on these rows, and whether anything was written."""
    (folder / "frame").mkdir()
    (folder / "sample.yaml").write_text(plan, "utf-8")
    (folder / "frame/targets.csv").write_text(ROWS + rows, "utf-8")
    made = sample_study(folder)
    return {p.code for p in made.problems}, bool(made.files)


def test_rows_by_thousands_and_one_make_up_for_all_strata(tmp_path: Path) -> None:
    """Thousands are people, one make-up serves every stratum and that is told: 60 · 55 % and 40 · 55 % are women."""
    assert codes(tmp_path, PLAN, GOOD) == ({"sample-structure-assumed"}, True)
    made = sample_study(tmp_path).sample

    assert made is not None
    assert made.allocation.people["small",] == 30_000
    (tmp_path / "frame/targets.csv").write_text(ROWS + GOOD.replace("thousand people", "million people"), "utf-8")
    millions = sample_study(tmp_path).sample
    assert millions is not None
    assert millions.allocation.people["large",] == 20_000_000
    assert made.tables[0].quota == {("small", "f"): 33, ("small", "m"): 27, ("large", "f"): 22, ("large", "m"): 18}


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("20,thousand people", "20,%", "sample-units-mixed"),
        ("S,30", "S,-30", "sample-row-negative"),
        ("F,55,%,invented\nshare_m,M,45", "F,0,%,invented\nshare_m,M,0", "sample-structure-empty"),
        (
            "S,30,thousand people,invented\nadults_large,L,20",
            "S,0,people,invented\nadults_large,L,0",
            "sample-units-mixed",
        ),
        ("share_m,M,45,%,invented\n", "", "sample-row-missing"),
    ],
)
def test_rows_that_cannot_serve(tmp_path: Path, old: str, new: str, code: str) -> None:
    """Mixed units, negative numbers, an empty make-up and missing rows are named, and nothing is written."""
    found, written = codes(tmp_path, PLAN, GOOD.replace(old, new))

    assert code in found
    assert not written


def test_strata_in_per_cent_set_no_bound(tmp_path: Path) -> None:
    """Shares of strata do not say how many people there are, so no stratum is held at its number of per cent."""
    rows = GOOD.replace("30,thousand people", "99,%").replace("20,thousand people", "1,%")

    assert codes(tmp_path, PLAN.replace("size: 100", "size: 500"), rows)[1]


def test_people_of_all_ages_are_told_and_strata_need_towns(tmp_path: Path) -> None:
    """Without a share of adults everybody counts and this is said; a stratum with interviews and no town in the frame is an error."""
    (tmp_path / "frame").mkdir()
    (tmp_path / "frame/frame.yaml").write_text(
        "country: Zalesye\npopulation: people_2025\nsizes: {small: {high: 1000}, large: {low: 1000}}\n"
        "sources: {people_2025: {as_of: 2025, source: invented}}\nregions: {XX-N: {ru: Север, en: North}}\n",
        "utf-8",
    )
    (tmp_path / "frame/territories.csv").write_text("id,name,name_en,region,people_2025\na,А,A,XX-N,900\n", "utf-8")
    (tmp_path / "sample.yaml").write_text("size: 10\nallocation: [{by: size}]\n", "utf-8")
    alone = {p.code for p in sample_study(tmp_path).problems}
    (tmp_path / "frame/targets.csv").write_text(ROWS + GOOD, "utf-8")
    plan = "size: 10\nallocation: [{by: size}]\ncounts: adults_{size}\ntowns: {per_town: 5, seed: 1}\n"
    (tmp_path / "sample.yaml").write_text(plan, "utf-8")

    assert "sample-all-ages" in alone
    assert "sample-stratum-without-towns" in {p.code for p in sample_study(tmp_path).problems}
