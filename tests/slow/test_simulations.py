"""False findings, power and coverage measured anew in samples drawn and raked; the results are written for the documentation."""

from __future__ import annotations

import os
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.slow.situations import SITUATIONS
from tests.slow.trials import RATINGS, SHARES, Rates, coverage, mean_rates, null_book, rates

RUNS = 5000
BOOKS = 250
COVERED = ((0.0, 1.0), (0.35, 1.0), (0.0, 0.2), (0.35, 0.2), (0.0, 0.1), (0.35, 0.1))  # relation, part of people asked
RESULTS = Path(__file__).resolve().parents[2] / "benchmarks" / "results"
Line = tuple[str, Rates, Rates]
Coverage = tuple[tuple[float, float], list[tuple[float, float]]]


def _share_line(number: int) -> Line:
    return SITUATIONS[number].name, rates(number, RUNS, True), rates(number, RUNS, False)


def _mean_line(number: int) -> Line:
    return RATINGS[number].name, mean_rates(number, RUNS, True), mean_rates(number, RUNS, False)


def _coverage_line(number: int) -> Coverage:
    return COVERED[number], coverage(RUNS, number, *COVERED[number])


@pytest.mark.slow
def test_rates_of_the_default_test_and_the_intervals() -> None:
    """In every situation false findings stay within 1.5–6.8 %, in a null book under 6 % of tables hold a false letter, and
    intervals of shares cover 94–96.5 %.
    """
    os.environ["OPENBLAS_NUM_THREADS"] = "1"
    with ProcessPoolExecutor(2) as pool:
        shares = list(pool.map(_share_line, range(len(SITUATIONS))))
        means = list(pool.map(_mean_line, range(len(RATINGS))))
        books = list(pool.map(null_book, range(BOOKS)))
        covered = list(pool.map(_coverage_line, range(len(COVERED))))
    report(shares, means, books, covered)

    assert {name: null.default for name, null, _ in shares if not 0.015 <= null.default <= 0.068} == {}
    assert {name: null.default for name, null, _ in means if not 0.015 <= null.default <= 0.068} == {}
    assert sum(b[2] for b in books) / sum(b[1] for b in books) < 0.06
    assert [(where, found) for where, each in covered for found, _ in each if not 0.94 <= found <= 0.965] == []


def report(
    shares: Sequence[Line],
    means: Sequence[Line],
    books: Sequence[tuple[int, int, int, int]],
    covered: Sequence[Coverage],
) -> None:
    """Write what was measured, dated."""
    today = datetime.now(UTC).date().isoformat()
    tests, tables, wrong, letters = (sum(b[i] for b in books) for i in range(4))
    lines = [
        f"# Simulations of {today}",
        "",
        f"`make slow` draws {RUNS:,} seeded samples per situation, of 2,000 people where no other number is named, and rakes each to",
        "three margins (4, 3 and 2 levels) with the product’s own kernel. Nominal level 5 %, no correction. “Plain Wald” is the",
        "linearised test with weights taken as fixed, each column’s own share, and the normal distribution. Power is at the true",
        "difference named; that of a test with too many false findings is no merit. A rate of 5 % is known to ±0.6 points.",
        "",
        "## Column test: found differences, %",
        "",
        "| situation | design effect | false, default | false, plain Wald | true difference | power, default | power, plain Wald |",
        "|---|---|---|---|---|---|---|",
    ]
    effects = [f"{100 * s.effect:g} points" for s in SITUATIONS] + [f"{r.effect:g}" for r in RATINGS]
    for (name, null, true), effect in zip([*shares, *means], effects, strict=True):
        four = [f"{100 * x:.1f}" for x in (null.default, null.wald, true.default, true.wald)]
        lines.append(f"| {name} | {null.effect:.2f} | {four[0]} | {four[1]} | {effect} | {four[2]} | {four[3]} |")
    lines += [
        "",
        "## Books in which nothing differs",
        "",
        f"{len(books)} books of 20 questions × 6 answers × 20 columns in four blocks, {tests:,} tests made, Benjamini–Hochberg within each",
        f"table: {letters} false letters ({letters / len(books):.2f} a book), {wrong} of {tables:,} tables with a false letter",
        f"({100 * wrong / tables:.1f} %).",
        "",
        "## Coverage of 95 % Wilson intervals that know the raking, % (mean width, points)",
        "",
        "| weights and answers | base | " + " | ".join(f"share of {100 * p:g} %" for p in SHARES) + " |",
        "|---|---|" + "---|" * len(SHARES),
    ]
    for (link, part), found in covered:
        each = " | ".join(f"{100 * held:.1f} ({100 * width:.1f})" for held, width in found)
        lines.append(f"| {'related' if link else 'unrelated'} | {round(2000 * part):,} people | {each} |")
    RESULTS.mkdir(parents=True, exist_ok=True)
    (RESULTS / f"simulations-{today}.md").write_text("\n".join(lines) + "\n", encoding="utf-8")
