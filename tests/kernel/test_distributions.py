"""The normal, t and F distributions agree with R."""

from __future__ import annotations

import csv
import math
from collections.abc import Callable
from pathlib import Path

import pytest

from posad.kernel.distributions import f_cdf, f_quantile, normal_cdf, normal_quantile, t_cdf, t_quantile

FUNCTIONS: dict[str, Callable[..., float]] = {
    "qnorm": normal_quantile,
    "pnorm": normal_cdf,
    "qt": t_quantile,
    "pt": t_cdf,
    "qf": f_quantile,
    "pf": f_cdf,
}


def test_as_r_has_them() -> None:
    """Quantiles and probabilities, far tails and huge degrees of freedom among them, equal R's to ten digits."""
    path = Path(__file__).resolve().parent.parent / "oracles" / "distributions.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))[1:]

    wrong = []
    for name, *arguments, value in rows:
        ours = FUNCTIONS[name](*(float(a) for a in arguments if a))
        if not math.isclose(ours, float(value), rel_tol=1e-10, abs_tol=1e-12):
            wrong.append((name, arguments, value, ours))
    assert (len(rows), wrong) == (304, [])


def test_symmetry() -> None:
    """The median of t is zero, and F with one degree of freedom is the square of t."""
    assert t_quantile(0.5, 7) == 0.0
    assert normal_quantile(0.5) == 0.0
    assert f_quantile(0.01, 1, 200_000) == pytest.approx(t_quantile(0.505, 200_000) ** 2, rel=1e-10)
    assert (f_cdf(0, 2, 3), f_cdf(-1, 2, 3)) == (0.0, 0.0)


@pytest.mark.parametrize("p", [0.0, 1.0, -0.1, 2.0])
def test_no_quantile_of_certainty(p: float) -> None:
    """Probabilities of zero and one have no quantile."""
    with pytest.raises(ValueError):
        normal_quantile(p)
    with pytest.raises(ValueError):
        t_quantile(p, 3)
