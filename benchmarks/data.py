"""Seeded answers for the benchmarks: four weighting margins, fifty single-answer questions of two to ten answers that lean on them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

MARGINS: dict[str, tuple[float, ...]] = {
    "sex": (0.46, 0.54),
    "age": (0.10, 0.20, 0.22, 0.25, 0.23),
    "place": (0.40, 0.30, 0.30),
    "region": (0.27, 0.10, 0.11, 0.07, 0.20, 0.08, 0.12, 0.05),
}
QUESTIONS = 50
SEED = 20251124


@dataclass(frozen=True, slots=True)
class Answers:
    """Codes from one on by column: margins, then questions with their numbers of answers."""

    columns: dict[str, NDArray[np.int64]]
    options: dict[str, int]

    @property
    def rows(self) -> int:
        """The number of people."""
        return len(self.columns["sex"])

    def questions(self) -> list[str]:
        """Return the names of the questions."""
        return [name for name in self.options if name not in MARGINS]


def made(rows: int, questions: int = QUESTIONS) -> Answers:
    """Return answers of so many people, the same on every machine: a quota sample somewhat off its targets."""
    plan = np.random.default_rng(SEED)
    options = {name: len(shares) for name, shares in MARGINS.items()}
    options |= {f"q{i + 1}": int(k) for i, k in enumerate(plan.choice([2, 3, 4, 5, 6, 8, 10], questions))}
    draw = np.random.default_rng([SEED, rows])
    columns: dict[str, NDArray[np.int64]] = {}
    for name, shares in MARGINS.items():
        off = np.array(shares) * np.exp(plan.normal(0, 0.25, len(shares)))
        columns[name] = draw.choice(len(shares), rows, p=off / off.sum()).astype(np.int64) + 1
    for i in range(questions):
        name = f"q{i + 1}"
        cuts = np.cumsum(np.random.default_rng([SEED, i]).dirichlet(np.full(options[name], 2.0)))
        lean = draw.random(rows) + 0.03 * (columns["age"] - 3) + 0.02 * columns["sex"]
        columns[name] = np.searchsorted(cuts[:-1], np.clip(lean, 0, 0.999999), side="right").astype(np.int64) + 1
    return Answers(columns, options)


def levels(answers: Answers) -> tuple[NDArray[np.int64], list[dict[int, float]]]:
    """Return the margins' codes (people × margins) and their targets."""
    codes = np.stack([answers.columns[name] for name in MARGINS], axis=1)
    return codes, [{i + 1: share for i, share in enumerate(shares)} for shares in MARGINS.values()]
