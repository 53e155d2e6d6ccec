"""What declared analyses could show before the field: formulas by hand and by simulation, sizes of groups, the command."""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner
from tests.analysis.towns import DOMAINS, study

from posad.analysis.declaring import KINDS, read_plans
from posad.analysis.power.comparing import groups_of
from posad.analysis.power.judging import detectable, judge, power_of
from posad.analysis.power.values import Assumed, Judged
from posad.cli.main import main
from posad.study.folder import read_study

Write = Callable[[dict[str, str]], Path]
GAPS = "kind: gaps\ntitle: {ru: Разрывы, en: Gaps}\nof: leave\nbetween: size:small\nagainst: medium\n"
MOVING = "kind: migration\ntitle: {ru: П, en: M}\nleave: leave.leave\nstay: leave.stay\nwhere: where\norigin: size\nyouth: youth:young\n"
SERVICES = "kind: services\ntitle: {ru: У, en: S}\nof: channel\nonline: [1]\nmixed: [2]\noffline: [3]\nnone: [4]\ndivide: [bands]\n"
LOYALTY = "kind: loyalty\ntitle: {ru: Л, en: L}\noutcome: leave.stay\ndrivers: [bands, age, where.1]\n"
TRENDS = "kind: trends\ntitle: {ru: Т, en: T}\nof: [leave.leave, leave.stay]\n"
WEIGHTS = "method: rake\nmargins:\n  size: {targets: {small: 80 %, medium: 20 %}, source: {ru: п, en: c}}\n"
PLANS = {"gaps": GAPS, "dom": DOMAINS, "move": MOVING, "serv": SERVICES, "loyal": LOYALTY, "tr": TRENDS}


def judged(study_of: Write, assumed: Assumed, **more: str) -> dict[str, Judged]:
    """Return every analysis of a study without answers, judged."""
    files = {k: v for k, v in study(PLANS, [], **more).items() if not k.startswith("answers/")}
    found, problems = read_study(study_of(files))
    assert found is not None, problems
    return {d.id: judge(found, d, assumed) for d in read_plans(found)[0]}


def test_two_groups_by_hand(study_of: Write) -> None:
    """Of 1,000 people 800 and 200 by the weights' targets, deff 1.44: se = 1.2·√(0.25·(1/800 + 1/200)), and 2.80 of it are detectable."""
    line = judged(study_of, Assumed(1000, 1.44), **{"weights.yaml": WEIGHTS})["gaps"].lines[0]

    error = 1.2 * math.sqrt(0.25 * (1 / 800 + 1 / 200))
    assert (line.first, line.second, line.guessed) == (800, 200, False)
    assert line.error == pytest.approx(error, rel=1e-12)
    assert line.least == pytest.approx(2.801585 * error, rel=1e-6)
    assert line.half == pytest.approx(1.959964 * error, rel=1e-6)


def test_what_is_detectable_is_found_in_four_cases_of_five() -> None:
    """In 4,000 drawn pairs of groups with the detectable difference a plain z-test at 5% finds 78 to 82 of 100."""
    r = np.random.default_rng(5)
    n, m = 600, 300
    error = math.sqrt(0.25 * (1 / n + 1 / m))
    gap = detectable(error)
    a, b = r.binomial(n, 0.5 + gap / 2, 4000) / n, r.binomial(m, 0.5 - gap / 2, 4000) / m
    z = np.abs(a - b) / np.sqrt(a * (1 - a) / n + b * (1 - b) / m)
    assert 0.78 < float((z > 1.959964).mean()) < 0.83


@pytest.mark.parametrize(("tests", "level"), [(1, 0.05), (10, 0.005)])
def test_power_of_the_detectable_is_the_power_asked(tests: int, level: float) -> None:
    """The power at the detectable difference is 0.8, also where the level is shared among tests."""
    assert power_of(detectable(0.02, tests), 0.02, level) == pytest.approx(0.8, abs=1e-4)


def test_sizes_of_groups_are_expected_known_or_equal(study_of: Write) -> None:
    """A share that is given comes first, then targets of weights; of what is left groups are equal, and that is told."""
    files = {k: v for k, v in study(PLANS, [], **{"weights.yaml": WEIGHTS}).items() if not k.startswith("answers/")}
    found, _ = read_study(study_of(files))
    assert found is not None

    assert [(g.part, g.guessed) for g in groups_of(found, "size", Assumed(100))] == [(0.8, False), (0.2, False)]
    bands = groups_of(found, "bands", Assumed(100, shares={"bands:young": 0.2}))
    assert [(round(g.part, 6), g.guessed) for g in bands] == [(0.2, False), (0.4, True), (0.4, True)]


def test_margins_decide_groups_made_of_theirs(study_of: Write) -> None:
    """Targets of three ages decide the young and the rest; they say nothing of towns, nor does a margin of sex of ages."""
    ages = (
        "method: rake\nmargins:\n  bands: {targets: {young: 25 %, middle: 35 %, old: 40 %}, source: {ru: п, en: c}}\n"
    )
    sexes = "method: rake\nmargins:\n  sex: {targets: {1: 45 %, 2: 55 %}, source: {ru: п, en: c}}\n"
    for weights, name, expected in (
        (ages, "youth", [(0.25, False), (0.75, False)]),
        (ages, "size", [(0.5, True), (0.5, True)]),
        (sexes, "youth", [(0.5, True), (0.5, True)]),
        (sexes, "crossing", [(0.45, False), (0.55, False)]),
    ):
        files = {k: v for k, v in study({}, [], **{"weights.yaml": weights}).items() if not k.startswith("answers/")}
        found, problems = read_study(study_of(files))
        assert found is not None, problems
        groups = groups_of(found, name, Assumed(100))
        assert [(round(g.part, 9), g.guessed) for g in groups] == expected


def test_ages_that_margins_cut_across_are_not_decided(study_of: Write) -> None:
    """Where one group of a margin falls into two groups of a variable, its targets decide nothing of it."""
    ages = "method: rake\nmargins:\n  halves: {targets: {low: 45 %, high: 55 %}, source: {ru: п, en: c}}\n"
    files = {k: v for k, v in study({}, [], **{"weights.yaml": ages}).items() if not k.startswith("answers/")}
    halves = "halves:\n  label: {ru: П, en: H}\n  groups:\n"
    halves += "    low: {label: {ru: Н, en: L}, if: age in 18-39}\n    high: {label: {ru: В, en: H}, else: true}\n"
    files["variables.yaml"] += halves
    found, problems = read_study(study_of(files))

    assert found is not None, problems
    assert [g.guessed for g in groups_of(found, "bands", Assumed(100))] == [True, True, True]


def test_every_kind_of_the_study_has_lines_that_are_numbers(study_of: Write) -> None:
    """Each analysis gives comparisons with finite errors between nought and one; small sides are marked."""
    for people in (30, 2000):
        found = judged(study_of, Assumed(people))
        assert set(found) == set(PLANS)
        for one in found.values():
            assert one.lines
            for line in one.lines:
                assert 0 < line.error < 2
                assert 0 < line.least <= line.least_all <= 1
                assert line.small == (min(line.first, line.second or line.first) < 50)


def test_every_kind_can_be_judged() -> None:
    """A kind without comparisons of its own is judged by a share and two halves, so no kind is left out."""
    from posad.analysis.power.comparing import KINDS as COMPARED

    assert set(COMPARED) <= set(KINDS)


def run(folder: Path, *words: str) -> tuple[int, str]:
    """Return the exit code of the command and what it prints."""
    done = CliRunner().invoke(main, ["power", str(folder), *words])
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return done.exit_code, done.output


def test_the_command_speaks_both_languages_and_to_programs(study_of: Write) -> None:
    """The command prints a table in either language with what was assumed, and JSON where a program listens."""
    folder = study_of({k: v for k, v in study(PLANS, []).items() if not k.startswith("answers/")})

    code, text = run(folder, "gaps", "--people", "1000", "--share", "size:small=80", "--lang", "en")
    assert code == 0
    assert "Detectable" in text
    assert "design effect of 1.30" in text
    assert "800" in text
    code, text = run(folder, "--people", "1000", "--lang", "ru")
    assert "Различимо" in text
    assert "группы приняты равными" in text
    code, text = run(folder, "gaps", "--people", "1000", "--json")
    told = json.loads(text)
    assert told["ok"] is True
    assert told["analyses"][0]["lines"][0]["first"] == 500


def test_mistakes_of_the_command_are_told(study_of: Write) -> None:
    """No size of sample, an unknown analysis, a share that cannot be read, and a study without analyses are told, with exit code 1."""
    whole = {k: v for k, v in study(PLANS, []).items() if not k.startswith("answers/")}
    folder = study_of(whole)
    for words, code in (
        ((), "power-no-size"),
        (("gap", "--people", "100"), "analysis-unknown"),
        (("--people", "100", "--share", "size=80%%"), "power-share-form"),
        (("--people", "100", "--share", "sise:small=80"), "power-share-form"),
    ):
        exit_code, text = run(folder, *words, "--lang", "en")
        assert exit_code == 1
        assert code in text
    for name in PLANS:
        (folder / f"analysis/{name}.yaml").unlink()
    exit_code, text = run(folder, "--people", "100", "--lang", "en")
    assert exit_code == 1
    assert "power-no-analysis" in text
