"""Make up the respondents of ``synthetic.csv``: 480 people in 4 strata and 48 primary units, with uneven base weights.

Run ``python make_synthetic.py synthetic.csv``, then ``Rscript synthetic.R synthetic.csv synthetic_values.csv``. The numbers come from
a linear congruential generator written out here, so that they are the same everywhere and for ever.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterator
from pathlib import Path


def chances(seed: int = 20250501) -> Iterator[float]:
    """Yield numbers between zero and one."""
    state = seed
    while True:
        state = (6364136223846793005 * state + 1442695040888963407) % 2**64
        yield (state >> 11) / 2**53


def people(count: int = 480) -> list[dict[str, float]]:
    """Return the respondents."""
    chance = chances()
    rows: list[dict[str, float]] = []
    for number in range(count):
        psu = number % 48
        stratum = psu % 4 + 1
        lean = ((psu * 7) % 11) / 25  # units differ, so that clustering shows
        sex = 1 + (next(chance) < 0.55)
        age = 1 + int(next(chance) ** 1.3 * 4)
        region = 1 + int((next(chance) * 0.7 + 0.3 * stratum / 4) * 3)
        mood = next(chance) * 0.6 + 0.08 * age + lean
        group = 1 + int(min(next(chance) * 2 + mood, 3.999) * 0.75)
        answer = 1 + int(min(next(chance) + mood * 0.7 + (0.2 if sex == 2 else 0), 1.999) * 2)
        asked = int(next(chance) < 0.8)
        options = [int(next(chance) < level + 0.1 * mood) * asked for level in (0.2, 0.5, 0.7)]
        fa, fb = int(next(chance) < 0.7), int(next(chance) < 0.75)
        score = 1 + int(min(next(chance) * 6 + 5 * mood, 9.999))
        rows.append(
            {
                "m1": sex, "m2": age, "m3": region, "q": answer, "b": group, "y": score,
                "x": 2 + int(next(chance) * 50) / 10, "asked": asked, "o1": options[0], "o2": options[1], "o3": options[2],
                "f": int(next(chance) < 0.4), "fa": fa, "fb": fb, "ra": fa * int(mood > 0.6), "rb": fb * int(mood + next(chance) > 1.1),
                "d": 0.5 + int(next(chance) * 13) / 8, "stratum": stratum, "psu": psu // 4 + 1, "fpc": 300 * stratum,
            }
        )  # fmt: skip
    return rows


if __name__ == "__main__":
    made = people()
    with Path(sys.argv[1]).open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(made[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(made)
