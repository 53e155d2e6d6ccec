"""The same two-way tables in posad: as arrays of shares and errors, and as tables ready to print."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks import data
from posad.core.place import Place
from posad.kernel.design import Design, cells_of, design_of
from posad.kernel.ratios import ratios
from posad.kernel.weights.calibration import Calibration, rake
from posad.store.duck import DuckEngine
from posad.store.keys import quoted
from posad.store.values import Key
from posad.study.folder import read_study
from posad.study.plans.values import BannerPart, Study
from posad.tabulation.context import Context
from posad.tabulation.tables import make_table
from posad.tabulation.values import Table

Floats = NDArray[np.float64]
WEIGHT = "main"


@dataclass(frozen=True, slots=True)
class Opened:
    """Answers in an engine with their raked weight and its design."""

    answers: data.Answers
    engine: DuckEngine
    design: Design
    study: Study


def opened(answers: data.Answers) -> Opened:
    """Return answers raked and ready to be counted."""
    codes, targets = data.levels(answers)
    made = rake(codes, targets)
    assert isinstance(made, Calibration)
    engine = DuckEngine.from_columns({n: ("INTEGER", list(v.tolist())) for n, v in answers.columns.items()})
    engine.set_weight(WEIGHT, made.d, made.w, made.profile)
    design = design_of(engine.moments((), WEIGHT), made.profile_levels)
    return Opened(answers, engine, design, _study(answers))


def shares(own: Opened, pairs: Sequence[tuple[str, str]]) -> list[tuple[Floats, Floats]]:
    """Return of each table the column shares and their raking-aware errors, groups by answers."""
    requests = [(Key(quoted(q)), Key(quoted(b))) for q, b in pairs]
    found = []
    for (question, by), sums in zip(pairs, own.engine.moments_many(requests, WEIGHT), strict=True):
        cells = cells_of(own.design, sums)
        answers = cells.keys[0][:, None] == np.arange(1, own.answers.options[question] + 1)
        groups = cells.keys[1][:, None] == np.arange(1, own.answers.options[by] + 1)
        size = groups.shape[1], answers.shape[1]
        inside = groups[:, :, None] & answers[:, None, :]
        base = np.broadcast_to(groups[:, :, None], inside.shape)
        made = ratios(own.design, cells, inside.reshape(len(cells.n), -1), base.reshape(len(cells.n), -1))
        found.append((made.values.reshape(size), np.sqrt(made.variance).reshape(size)))
    return found


def printed_tables(own: Opened) -> list[Table]:
    """Return every question by all four banners, ready to be printed."""
    context = Context(own.study, own.engine, {WEIGHT: own.design})
    banner = [BannerPart((name,), Place("tables.yaml")) for name in data.MARGINS]
    made = [make_table(context, question, banner)[0] for question in own.answers.questions()]
    return [table for table in made if table is not None]


def _study(answers: data.Answers) -> Study:
    blocks = [
        f"### {name}. Question {name}\n[one answer]\n" + "".join(f"- {i} answer {i}\n" for i in range(1, size + 1))
        for name, size in answers.options.items()
    ]
    margins = [
        f"  {name}: {{{', '.join(f'{i + 1}: {s}' for i, s in enumerate(shares_))}}}\n"
        for name, shares_ in data.MARGINS.items()
    ]
    files = {
        "study.yaml": "title: Benchmark\npopulation: Nobody\nlanguages: [en]\nsample: {type: quota}\n",
        "questionnaire.md": "# Benchmark\n## Block\n" + "".join(blocks),
        "weights.yaml": "method: rake\nsource: made up\nmargins:\n" + "".join(margins),
    }
    with tempfile.TemporaryDirectory() as name:
        for file, text in files.items():
            (Path(name) / file).write_text(text, encoding="utf-8")
        study, problems = read_study(Path(name))
    assert study is not None, problems
    return study
