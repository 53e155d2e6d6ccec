"""How often the ellipses of an influence map hold both true shares: samples drawn, raked, and computed as a map computes them."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest
from tests.slow.samples import SEED, Floats, chance_of, draw, margins

from posad.analysis.linear.estimates import covariance, ratios_of
from posad.analysis.linear.regions import region
from posad.kernel.distributions import normal_cdf
from posad.kernel.estimates import shares
from posad.kernel.values import Estimate

RESULTS = Path(__file__).resolve().parents[2] / "benchmarks" / "results"
COMPANIES = ((0.37, 0.3), (0.31, 0.36), (0.22, 0.2), (0.12, 0.1))  # in the population, whatever the link
ALIKE = 0.5  # of the variance of both ratings, that of the person
CASES = (
    (2000, 0.9, 0.0),
    (2000, 0.9, 0.35),
    (2000, 0.3, 0.35),
    (400, 0.9, 0.35),
)  # people, who know a company, link to margins
RUNS = 1500


def held(people: int, known: float, link: float, runs: int) -> float:
    """Return the share of ellipses that hold the true place of their company."""
    marginal, inside, made = margins(1.0), 0, 0
    for run in range(runs):
        rng = np.random.default_rng([SEED, people, round(100 * known), round(100 * link), run])
        sample = draw(rng, people, marginal)
        if sample is None:
            continue
        cells = sample.cells(np.arange(people))
        style = rng.normal(size=people)
        for place in COMPANIES:
            rated = rng.random(people) < known
            columns = []
            for share in place:
                latent = np.sqrt(ALIKE) * style + np.sqrt(1 - ALIKE) * rng.normal(size=people)
                columns.append((_uniform(latent) < chance_of(sample.levels, marginal, share, link)) & rated)
            columns_, base = np.column_stack(columns), np.column_stack([rated, rated])
            cov = covariance(sample.design, cells, ratios_of(cells, columns_, base))
            x, y = (_ends(e) for e in shares(sample.design, cells, columns_, base))
            inside += region(x, y, float(cov[0, 1] / np.sqrt(cov[0, 0] * cov[1, 1]))).holds(*place)
            made += 1
    return inside / made


def _ends(share: Estimate) -> tuple[float, float]:
    assert share.low is not None
    assert share.high is not None
    return share.low, share.high


def _uniform(latent: Floats) -> Floats:
    """Return standard normal numbers as probabilities."""
    return np.array([normal_cdf(v) for v in latent.tolist()])


@pytest.mark.slow
def test_ellipses_hold_the_truth() -> None:
    """In every case between 94 and 96.5 % of the 95% ellipses hold both true shares together."""
    found = {case: held(*case, RUNS) for case in CASES}

    today = datetime.now(tz=UTC).date().isoformat()
    lines = [
        f"# Ellipses of {today}",
        "",
        f"95 % ellipses of an influence map: seed {SEED}, {RUNS} samples a case, {len(COMPANIES)} companies each.",
        "",
        "| people | who know a company | link to the margins | ellipses that hold the truth |",
        "| --- | --- | --- | --- |",
        *(f"| {n} | {known:.0%} | {link} | {share:.2%} |" for (n, known, link), share in found.items()),
    ]
    RESULTS.mkdir(parents=True, exist_ok=True)
    (RESULTS / f"ellipses-{today}.md").write_text("\n".join(lines) + "\n", encoding="utf-8")
    assert all(0.94 <= share <= 0.965 for share in found.values()), found
