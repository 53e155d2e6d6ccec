"""Run by hand: writes oaxaca.json, a made-up table of forty people and what statsmodels' OaxacaBlinder says of it without weights.

    python oaxaca.py

statsmodels is no part of the tests: only its numbers are kept, with the version that gave them.
"""

from __future__ import annotations

import importlib
import json
from pathlib import Path

import numpy as np

PEOPLE = 40


def main() -> None:
    """Write the table and the numbers."""
    r = np.random.default_rng(5)
    group = (r.random(PEOPLE) < 0.5).astype(float)
    age = np.round(r.normal(40 + 8 * group, 10, PEOPLE))
    town = (r.random(PEOPLE) < 0.3 + 0.3 * group).astype(float)
    y = np.round(2 + 0.05 * age + 0.8 * town + 0.5 * group + r.normal(0, 1, PEOPLE), 2)
    columns = np.column_stack([np.ones(PEOPLE), age, town, group])
    blinder = importlib.import_module("statsmodels.stats.oaxaca").OaxacaBlinder
    made = blinder(y, columns, 3, hasconst=True, swap=True).two_fold(two_fold_type="pooled")
    unexplained, explained, gap = (float(v) for v in made.params)
    rows = [list(map(float, row)) for row in np.column_stack([y, age, town, group])]
    numbers = {"gap": gap, "explained": explained, "unexplained": unexplained}
    kept = {
        "statsmodels": importlib.import_module("statsmodels").__version__,
        "columns": ["y", "age", "town", "group"],
        "rows": rows,
        **numbers,
    }
    Path(__file__).with_suffix(".json").write_text(json.dumps(kept, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
