"""Trends over waves: the line beside the points, tests of change, waves that asked otherwise, too few waves."""

from __future__ import annotations

import math
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from tests.waves import ENGLISH, QUESTIONNAIRE, Row, people, wave_file

from posad.analysis.computing import compute
from posad.analysis.declaring import read_plans
from posad.analysis.kinds.towns.trends.smoothing import smooth
from posad.analysis.values import Result
from posad.core.problems import Problem
from posad.pipeline.verbs.ask import opened

Write = Callable[[dict[str, str]], Path]
PLAN = "kind: trends\ntitle: {ru: Тренды, en: Trends}\nof: [like.2, old.2]\n"
WAVES = ("2021", "2022", "2023", "2024", "2025")
STUDY = """\
title: {ru: Волны, en: Waves}
population: {ru: Жители, en: Residents}
languages: [ru, en]
sample: {type: quota}
waves:
"""


def tracker(likes: dict[str, float], changed: str = "", many: int = 300) -> dict[str, str]:
    """Return a study whose waves like the town with given chances; ``changed`` is the wave from whose wording the others differ."""
    lines = []
    files: dict[str, str] = {}
    for i, (wave, chance) in enumerate(likes.items()):
        extra = ", changed: {like: {ru: иначе, en: otherwise}}" if wave == changed else ""
        lines.append(f'  "{wave}": {{label: {{ru: "волна {wave}", en: "wave {wave}"}}{extra}}}\n')
        rows: list[Row] = people(i, f"w{i}", many, chance)
        files[f"answers/{wave}.csv"] = wave_file(rows)
        columns = "{id: respondent, sex: sex, like: like, old: old, rate: rate}"
        files[f"answers/{wave}.yaml"] = f'wave: "{wave}"\nsource: {{ru: придумано, en: invented}}\ncolumns: {columns}\n'
    return {
        "study.yaml": STUDY + "".join(lines),
        "questionnaire.md": QUESTIONNAIRE,
        "questionnaire.en.md": ENGLISH,
        "weights.yaml": "method: none\nreason: {ru: для пробы, en: for the trial}\n",
        "analysis/tr.yaml": PLAN,
        **files,
    }


def trends(study_of: Write, files: dict[str, str]) -> tuple[Result | None, list[Problem]]:
    """Return the trends of a study, or what is wrong with them."""
    context, problems = opened(study_of(files))
    assert context is not None, problems
    found, problems = read_plans(context.study, only="tr")
    return compute(context, found[0]) if found else (None, problems)


def number(found: Result | None, name: str) -> Any:
    """Return an estimate of a result."""
    assert found is not None
    return found.facts[f"analysis:tr/{name}"].estimate


def test_a_line_never_stands_without_its_points(study_of: Write) -> None:
    """Every chart and table has the raw share of each wave beside the line, and no number is missing."""
    found, problems = trends(study_of, tracker(dict(zip(WAVES, (0.5, 0.52, 0.5, 0.51, 0.7), strict=True))))

    assert problems == []
    assert found is not None
    for figure in found.figures:
        assert [s.id for s in figure.series] == ["raw", "line"]
        assert all(a in found.facts and b in found.facts for a, b in (bar.cells for bar in figure.bars))
    assert all(f.estimate.value is not None and math.isfinite(f.estimate.value) for f in found.facts.values())


def test_changes_are_tested_by_the_shares_and_corrected(study_of: Write) -> None:
    """The jump of one share is told as a change of the raw shares; the other, which only chance moves, is not."""
    found, _ = trends(study_of, tracker(dict(zip(WAVES, (0.5, 0.52, 0.5, 0.51, 0.7), strict=True))))

    assert found is not None
    ids = {f.id for f in found.findings}
    assert "like.2.change" in ids
    assert "old.2.change" not in ids
    change = number(found, "like.2.2025.raw").value - number(found, "like.2.2024.raw").value
    assert number(found, "like.2.change").value == pytest.approx(change, abs=1e-12)


def test_other_words_break_the_line(study_of: Write) -> None:
    """Only the last run of waves that asked alike is joined; where it has fewer than four, there is no line, and it is said."""
    likes = dict.fromkeys(WAVES, 0.5)
    found, problems = trends(study_of, tracker(likes, changed="2021"))
    assert problems == []
    assert "analysis:tr/like.2.2021.line" not in (found.facts if found else {})
    assert number(found, "old.2.2021.line").value is not None

    found, problems = trends(study_of, tracker(likes, changed="2023"))
    assert [p.code for p in problems] == ["trends-waves-few"]
    assert found is not None
    assert {f.id for f in found.figures} == {"analysis:tr/old.2"}


def test_one_wave_and_three_people_have_no_trend(study_of: Write) -> None:
    """One wave, or waves of three people, are explained and give nothing."""
    for files in (tracker({"2025": 0.5}), tracker(dict.fromkeys(WAVES, 0.5), many=3)):
        found, problems = trends(study_of, files)
        assert found is None
        assert {p.code for p in problems} == {"trends-waves-few"}


def test_the_line_is_that_of_a_kalman_smoother() -> None:
    """Averaged over the same grid, a filter and a smoother run wave by wave give the same levels and variances to 1e-6."""
    y = np.array([0.50, 0.55, 0.47, 0.60, 0.62, 0.58])
    v = np.array([0.02, 0.03, 0.025, 0.02, 0.04, 0.02]) ** 2
    found = smooth(y, v, np.arange(6.0))

    runs = [kalman(y, v, float(s) ** 2) for s in np.linspace(0, 0.15, 60)]
    logs = np.array([r[2] for r in runs])
    weights = np.exp(logs - logs.max())
    weights /= weights.sum()
    levels = np.array([r[0] for r in runs])
    level = weights @ levels
    variance = weights @ (np.array([r[1] for r in runs]) + (levels - level) ** 2)
    assert found.level == pytest.approx(level, abs=1e-6)
    assert found.errors**2 == pytest.approx(variance, abs=1e-6)


def kalman(y: np.ndarray[Any, Any], v: np.ndarray[Any, Any], q: float) -> tuple[list[float], list[float], float]:
    """Return levels, variances and log-likelihood by a filter from a very wide start and a smoother back."""
    a, p, filtered, likelihood = 0.0, 1e5, [], 0.0
    for t, (value, error) in enumerate(zip(y.tolist(), v.tolist(), strict=True)):
        ahead = p + (q if t else 0.0)
        spread = ahead + error
        surprise = value - a
        likelihood -= 0.5 * (math.log(spread) + surprise**2 / spread)
        gain = ahead / spread
        a, p = a + gain * surprise, (1 - gain) * ahead
        filtered.append((a, p))
    levels, variances = [filtered[-1][0]], [filtered[-1][1]]
    for a, p in reversed(filtered[:-1]):
        back = p / (p + q)
        levels.append(a + back * (levels[-1] - a))
        variances.append(p + back**2 * (variances[-1] - p - q))
    return levels[::-1], variances[::-1], likelihood


def test_the_line_errs_less_than_the_points_and_its_band_holds() -> None:
    """Of 300 series of eight waves the line's last wave errs less than the raw share, and 92 of 100 bands and more hold the level."""
    draws = np.random.default_rng(11)
    raw, line, held = [], [], []
    for _ in range(300):
        level = 0.4 + np.cumsum(draws.normal(0, 0.006, 8))
        error = np.full(8, 0.0125)
        y = level + draws.normal(size=8) * error
        found = smooth(y, error**2, np.arange(8.0))
        raw.append((y[-1] - level[-1]) ** 2)
        line.append((found.level[-1] - level[-1]) ** 2)
        held.append(np.mean(np.abs(found.level - level) <= 1.96 * found.errors))
    assert np.sqrt(np.mean(line)) < 0.85 * np.sqrt(np.mean(raw))
    assert np.mean(held) > 0.92


def test_mistakes_of_the_plan_have_places(study_of: Write) -> None:
    """A mean, an unknown net and no share at all are told where they stand."""
    for old, new, code, place in (
        ("[like.2, old.2]", "[rate]", "domains-no-share", "3:6"),
        ("[like.2, old.2]", "[like.9]", "analysis-measure-unknown", "3:6"),
        ("[like.2, old.2]", "[]", "trends-nothing", "3:5"),
    ):
        files = tracker(dict.fromkeys(WAVES, 0.5)) | {"analysis/tr.yaml": PLAN.replace(old, new)}
        context, problems = opened(study_of(files))
        assert context is None
        assert [(p.code, str(p.place)) for p in problems] == [(code, f"analysis/tr.yaml:{place}")]
