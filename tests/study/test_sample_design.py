"""sample.yaml: what is read, and every mistake at its place."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.study.frames import small_frame

from posad.core.problems import Problem
from posad.core.speech import say, way_out
from posad.study.folder import read_study
from posad.study.frame.plan import SampleDesign, read_sample_design

PLAN = """\
size: 400
allocation:
  - {by: size, rule: fixed, shares: {small: 50 %, middle: 30 %, large: 20 %}}
  - by: district
quotas:
  - [district, size]
  - [size, sex, age]
structure: share_{sex}_{age}
towns: {per_town: 20, seed: 7}
tolerance: 2 %
"""


def read(folder: Path, text: str) -> tuple[SampleDesign | None, list[Problem]]:
    """Read a plan beside the frame of four invented towns."""
    (folder / "sample.yaml").write_text(text, "utf-8")
    return read_sample_design(folder, small_frame())


def test_a_plan_is_read_with_districts_and_sizes_of_the_frame(tmp_path: Path) -> None:
    """Districts and size classes come from the frame, sex and five age bands by default, shares and percents as fractions."""
    design, problems = read(tmp_path, PLAN)

    assert design is not None
    assert problems == []
    assert design.strata == ("size", "district")
    assert design.dimension("district").ids == ("north", "south")
    assert design.dimension("age").ids == ("18_24", "25_34", "35_44", "45_54", "55_over")
    assert design.levels[0].shares == {("small",): 0.5, ("middle",): 0.3, ("large",): 0.2}
    assert (design.tolerance, design.towns and design.towns.seed) == (0.02, 7)


def test_without_quotas_the_strata_are_the_quotas(tmp_path: Path) -> None:
    """A plan that names no tables counts interviews by the strata of its allocation."""
    design, _ = read(tmp_path, "size: 10\nallocation: [{by: [size, district]}]\n")

    assert design is not None
    assert design.quotas == (("size", "district"),)


MISTAKES = [
    ("size: 0\nallocation: [{by: size}]\n", "value-out-of-range", 1),
    ("size: 9\nallocation: []\n", "sample-allocation-empty", 2),
    ("size: 9\nallocation: [{by: sise}]\n", "sample-dimension-unknown", 2),
    ("size: 9\nallocation: [{by: []}]\n", "sample-dimension-none", 2),
    ("size: 9\nallocation: [{by: size}, {by: size}]\n", "sample-dimension-twice", 2),
    ("size: 9\nallocation: [{by: size, rule: fixed, shares: {small: 1}}]\n", "sample-rule-lacks", 2),
    ("size: 9\nallocation: [{by: size, rule: fixed, shares: {small: 0.5, middle: 0.3, large: 0.1}}]\n", "sample-shares-sum", 2),
    ("size: 9\nallocation: [{by: size, rule: fixed, shares: {smal: 1}}]\n", "sample-group-unknown", 2),
    ("size: 9\nallocation: [{by: size, rule: fixed, shares: {small: -1, middle: 1, large: 1}}]\n", "sample-number", 2),
    ("size: 9\nallocation: [{by: size, spread: {small: 1}}]\n", "sample-rule-unused", 2),
    ("size: 9\nallocation: [{by: size, rule: neyman, spread: {small: 0, middle: 0, large: 0}}]\n", "sample-spread-zero", 2),
    ("size: 9\nallocation: [{by: size, rule: power}]\n", "sample-exponent", 2),
    ("size: 9\nallocation: [{by: sex}]\n", "sample-strata-uncounted", 2),
    ("size: 9\nallocation: [{by: size}]\ncounts: adults_{district}\n", "sample-counts-lack", 3),
    ("size: 9\nallocation: [{by: size}]\nquotas: [[size, age]]\n", "sample-structure-lacks", 3),
    ("size: 9\nallocation: [{by: size}]\nages: [18-24, 26+]\n", "sample-age-gap", 3),
    ("size: 9\nallocation: [{by: size}]\nages: [young]\n", "sample-age-form", 3),
    ("size: 9\nallocation: [{by: size}]\nsizes: {small: {high: 10}, middle: {low: 5}, large: {low: 7}}\n", "sample-sizes-order", 3),
    ("size: 9\nallocation: [{by: size}]\ngroups: {Жильё: {flat: Flat}}\n", "sample-name-form", 3),
]  # fmt: skip


@pytest.mark.parametrize(("text", "code", "line"), MISTAKES)
def test_mistakes_are_named_at_their_place(tmp_path: Path, text: str, code: str, line: int) -> None:
    """Every mistake of a plan has its code and its line, is said in both languages, and no plan comes out."""
    design, problems = read(tmp_path, text)

    assert design is None
    assert (code, line) in {(p.code, p.place.line) for p in problems}
    assert all(say(p, "ru") != say(p, "en") and way_out(p, "ru") for p in problems)


def test_all_mistakes_at_once(tmp_path: Path) -> None:
    """Several mistakes are told together."""
    _, problems = read(tmp_path, "size: -1\nallocation: [{by: sise}]\nages: [a]\n")

    assert {p.code for p in problems} >= {"value-out-of-range", "sample-dimension-unknown", "sample-age-form"}


def test_no_plan_at_all(tmp_path: Path) -> None:
    """A study without sample.yaml is told to make one."""
    design, problems = read_sample_design(tmp_path, None)

    assert design is None
    assert [p.code for p in problems] == ["sample-missing"]


def test_the_study_tells_mistakes_of_its_plan(tmp_path: Path) -> None:
    """What is wrong with sample.yaml is told wherever the whole study is read."""
    (tmp_path / "study.yaml").write_text("title: Town\nlanguages: [en]\n", "utf-8")
    (tmp_path / "questionnaire.md").write_text("# Town\n\n### like. Do you like it?\n- 1 yes\n- 2 no\n", "utf-8")
    (tmp_path / "sample.yaml").write_text("size: 100\nallocation: [{by: sise}]\n", "utf-8")

    assert "sample-dimension-unknown" in {p.code for p in read_study(tmp_path)[1]}
