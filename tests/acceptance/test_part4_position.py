"""The acceptance of position and gaps: classes and growth of the real towns, measures counted by hand, an invented country in full."""

from __future__ import annotations

import csv
import math
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from benchmarks.territory import SMALL, by_all_pairs, place_country
from click.testing import CliRunner
from tests.study.shared import FRAME, towns

from posad.cli.main import main
from posad.core.speech import has_errors
from posad.pipeline.territory.placing import position_study
from posad.territory.measures.convergence import beta
from posad.territory.measures.spreads import gini, williamson
from posad.territory.measures.theil import decompose_l, decompose_t
from posad.territory.position.placing import Positions
from posad.territory.position.trends import TrendRow, by_class, by_distance

SETTINGS = """country: RU
population: people_2021
sources:
  people_2010: {as_of: 2010-10-14, source: "Перепись населения 2010 года"}
  people_2021: {as_of: 2021-10-01, source: "Перепись населения 2020 года"}
  coordinates: {as_of: 2021, source: "Реестр городов", kind: register}
"""

# km to the nearest town: towns, millions of people, change in per cent; with a dot where a town was not counted before
MILLION = [
    (34, "2.78", "27.5"), (45, "2.59", "5.8"), (54, "2.53", "-2.9"), (79, "2.77", "-2.4"), (131, "5.04", "-5.2"),
    (325, "11.42", "-6.5"), (373, "13.27", "-4.5"),
]  # fmt: skip
QUARTER = [
    (100, "6.01", "15.0"), (134, "5.58", "-1.1"), (158, "6.03", "-4.0"), (152, "5.31", "-5.8"), (204, "7.33", "-5.8"),
    (179, "6.15", "-7.6"), (114, "3.97", "-6.7"),
]  # fmt: skip


def study(tmp_path: Path) -> Path:
    """Write a study whose frame holds the real towns, and return its folder."""
    with (FRAME / "ru_towns_frame.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    columns = {"id": "fias_id", "name": "name_ru", "region": "region_iso", "lat": "lat", "lon": "lon"}
    columns |= {"people_2010": "pop_2010_census", "people_2021": "pop_2021_census"}
    (tmp_path / "frame").mkdir()
    with (tmp_path / "frame/territories.csv").open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file)
        out.writerow(columns)
        out.writerows([row[c] for c in columns.values()] for row in rows)
    (tmp_path / "frame/frame.yaml").write_text(SETTINGS, encoding="utf-8")
    return tmp_path


def placed(folder: Path) -> Positions:
    """Return where the towns of a study lie."""
    made, problems = position_study(folder)
    assert made is not None, problems
    assert not has_errors(problems)
    return made


def shown(row: TrendRow) -> tuple[int, str, str]:
    """Return a row as tables print it."""
    assert row.change is not None
    return row.territories, f"{row.people / 1e6:.2f}", f"{row.change:.1f}"


@pytest.mark.parametrize("case", [pytest.param("towns", marks=towns)])
def test_4c(case: str, tmp_path: Path) -> None:
    """The 1,041 towns fall into classes of 133, 412, 299 and 197, and their growth by distance is that of the tables."""
    made = placed(study(tmp_path))
    rows = by_class(made)

    assert [(r.id, r.territories) for r in rows] == [
        ("belt", 133),
        ("near", 412),
        ("far", 299),
        ("remote", 197),
        ("all", 1041),
    ]
    assert [f"{100 * r.share:.1f}" for r in rows] == ["19.4", "37.5", "26.2", "16.9", "100.0"]
    assert [f"{r.change:.1f}" for r in rows] == ["11.6", "-4.2", "-6.3", "-7.3", "-2.7"]
    assert [shown(r) for r in by_distance(made, "km_1m")[:-1]] == MILLION
    assert [shown(r) for r in by_distance(made, "km_250k")[:-1]] == QUARTER
    for row, both in zip(by_distance(made, "km_1m")[:1], (33,), strict=True):
        assert (row.both, row.territories) == (both, 34)  # one town was not there at the earlier census


@pytest.mark.parametrize("case", [pytest.param("towns", marks=towns)])
def test_4c_distances_are_those_of_the_table(case: str, tmp_path: Path) -> None:
    """Every distance equals the one computed elsewhere to a tenth of a kilometre, and leads to the same town."""
    made = placed(study(tmp_path))
    with (FRAME / "ru_towns_frame.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))

    for id, km, name in (("km_250k", "km_to_250k", "nearest_250k"), ("km_1m", "km_to_1m", "nearest_1m")):
        found = made.nearest[id]
        assert np.abs(found.km - np.array([float(r[km]) for r in rows])).max() < 0.1001
        towns_ = [made.frame.territories[i].name.get("ru") for i in found.town]
        assert towns_ == [r[name] for r in rows]


def exactly(value: Any) -> Any:
    """Return what equals a number, or each of several, to 1e-12."""
    return pytest.approx(value, abs=1e-12, rel=0)


def test_4c_measures_by_hand() -> None:
    """Theil between and within, Gini, Williamson and beta of small countries equal what is counted by hand to 1e-12."""
    values, people, types = [2.0, 4.0, 10.0, 4.0], [4, 2, 1, 1], ["a", "a", "b", "b"]
    mean = (8 + 8 + 10 + 4) / 8  # 3.75
    squares = (4 * 1.75**2 + 2 * 0.25**2 + 6.25**2 + 0.25**2) / 8  # 6.4375
    # pairs of people: 4·2·2, 4·1·8, 4·1·2, 2·1·6, 2·1·0, 1·1·6, over 8², over the mean
    pairs = (16 + 32 + 8 + 12 + 0 + 6) / 64
    a, b = 16 / 6, 14 / 2
    between_t = 16 / 30 * math.log(a / mean) + 14 / 30 * math.log(b / mean)
    between_l = 6 / 8 * math.log(mean / a) + 2 / 8 * math.log(mean / b)
    total_t = sum(p * y / 30 * math.log(y / mean) for y, p in zip(values, people, strict=True))
    total_l = sum(p / 8 * math.log(mean / y) for y, p in zip(values, people, strict=True))

    t, l_ = decompose_t(values, types, people), decompose_l(values, types, people)

    assert t is not None
    assert l_ is not None
    assert (t.total, t.between, t.within) == exactly((total_t, between_t, total_t - between_t))
    assert (l_.total, l_.between, l_.within) == exactly((total_l, between_l, total_l - between_l))
    assert gini(values, people) == exactly(pairs / mean)
    assert williamson(values, people) == exactly(math.sqrt(squares) / mean)
    # ln 0, 1, 2, 3 at first; growth of 0.4, 0.3, 0.3, 0.2 a year for four years: slope -0.06, RSS 0.002
    first = np.exp([0.0, 1.0, 2.0, 3.0])
    made = beta(first, first * np.exp(4 * np.array([0.4, 0.3, 0.3, 0.2])), 4)
    assert made is not None
    assert made.slope == exactly(-0.06)
    assert made.intercept == exactly(0.39)
    assert made.error == exactly(math.sqrt(0.002 / 2 / 5))
    assert made.speed == exactly(-math.log(1 - 0.24) / 4)
    assert made.half_life == pytest.approx(4 * math.log(2) / -math.log(0.76), rel=1e-12)
    assert not made.galton


@pytest.mark.parametrize("case", [pytest.param("towns", marks=towns)])
def test_4c_command(case: str, tmp_path: Path) -> None:
    """The command prints the same classes in both languages, and the distances they rest on."""
    folder = study(tmp_path)
    for language, words in (("ru", "Пояс крупного города        133"), ("en", "Belt of a large city         133")):
        done = CliRunner().invoke(main, ["frame", "position", str(folder), "--lang", language])
        assert (done.exit_code, words in done.stdout) == (0, True), done.stdout


def test_4f() -> None:
    """An invented country comes in from a table whole; distances and classes equal those of all pairs by another formula."""
    made = place_country(SMALL)
    million, quarter, larger = (by_all_pairs(made, least) for least in (1_000_000, 250_000, None))

    assert len(made.people) == SMALL
    for id, km in (("km_1m", million), ("km_250k", quarter), ("km_larger", larger)):
        there = np.isfinite(km)
        assert np.array_equal(there, np.isfinite(made.km[id]))
        assert np.abs(km[there] - made.km[id][there]).max() <= 0.05 + 1e-6  # tenths are shown
    million, quarter = (np.floor(km * 10 + 0.5) / 10 for km in (million, quarter))
    classes = np.select(
        [made.people >= 250_000, (million <= 50) | (quarter <= 30), quarter <= 100, quarter <= 200],
        ["", "belt", "near", "far"],
        "remote",
    )
    assert made.classes == tuple(classes)
    assert {"", "belt", "near", "far", "remote"} == set(made.classes)
