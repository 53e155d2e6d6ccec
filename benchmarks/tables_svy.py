"""Two-way tables with raking-aware errors in svy: column shares and their standard errors; run by svy's own interpreter.

``python tables_svy.py FOLDER PAIRS`` prints seconds and numbers as JSON.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path


def main(folder: Path, pairs: list[list[str]]) -> dict[str, object]:
    """Return the seconds of raking and of each table (wall, processor), and each table's shares and errors by column and row."""
    import polars as pl
    import svy

    answers = pl.read_csv(folder / "answers.csv").with_columns(pl.lit(1.0).alias("base_weight"))
    targets = pl.read_csv(folder / "targets.csv")
    controls = {
        str(margin[0]): {int(row["code"]): row["share"] * len(answers) for row in part.iter_rows(named=True)}
        for margin, part in targets.group_by("margin", maintain_order=True)
    }
    sample = svy.Sample(answers, svy.Design(wgt="base_weight"))
    spent, raked = _timed(lambda: sample.weighting.rake(controls=controls, wgt_name="raked", tol=1e-12))
    tables = []
    for question, by in pairs:
        seconds, found = _timed(lambda q=question, b=by: raked.estimation.prop(q, by=b))
        frame = found.to_polars()
        tables.append({"question": question, "by": by, "seconds": seconds, "rows": frame.to_dicts()})
    return {"version": svy.__version__, "rake": spent, "tables": tables}


def _timed(work):  # type: ignore[no-untyped-def]
    wall, processor = time.perf_counter(), time.process_time()
    found = work()
    return (time.perf_counter() - wall, time.process_time() - processor), found


if __name__ == "__main__":
    print(json.dumps(main(Path(sys.argv[1]), [p.split(":") for p in sys.argv[2].split(",")]), default=str))
