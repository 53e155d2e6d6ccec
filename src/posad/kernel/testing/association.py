"""A whole table at once: are answers and columns related at all? The second-order correction of Rao and Scott (1984), as R ``svychisq``."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from posad.kernel.design import Cells, Design, domain_df
from posad.kernel.ratios import ratios
from posad.kernel.testing.tails import f_tail

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Association:
    """Pearson's X² of the weighted table on the number of respondents, and the F that allows for the design."""

    chi_square: float
    f: float
    df1: float
    df2: float
    p: float


def association(
    design: Design, cells: Cells, answers: NDArray[np.bool_], columns: NDArray[np.bool_]
) -> Association | None:
    """Return the test that answers do not depend on the column; None where a table has less than two of either.

    Args:
        design: the constants of the weight.
        cells: the sums of a request by C cells.
        answers: C×r indicators, at most one true for a cell; those without one are left out.
        columns: C×c indicators, alike.
    """
    with_column, with_answer = columns.any(axis=1), answers.any(axis=1)
    answers = answers[:, (cells.w * with_column) @ answers > 0]
    columns = columns[:, (cells.w * with_answer) @ columns > 0]
    r, c = answers.shape[1], columns.shape[1]
    inside = (answers[:, :, None] & columns[:, None, :]).reshape(len(answers), r * c)
    over = np.any(inside, axis=1)[:, None]
    df = int(domain_df(design, cells, over)[0])
    if r < 2 or c < 2 or df < 1:
        return None
    made = ratios(design, cells, inside, over, covariance=True)
    assert made.covariance is not None
    n = float(made.unweighted[0])  # as svychisq: people in the table
    p = made.values.reshape(r, c)
    expected = np.outer(p.sum(axis=1), p.sum(axis=0))
    chi = float(n * ((p - expected) ** 2 / expected).sum())
    delta = _generalised_effects(r, c, made.values, made.covariance, n)
    trace, square = float(np.trace(delta)), float(np.trace(delta @ delta))
    if not trace > 0:
        return None
    df1 = trace**2 / square
    df2 = df1 * df
    return Association(chi, chi / trace, df1, df2, f_tail(chi / trace, df1, df2))


@lru_cache(maxsize=64)
def _interaction(r: int, c: int) -> Floats:
    """Return what of the interaction of r answers and c columns is not in the main effects; not to be changed."""
    rows, columns = np.repeat(np.eye(r), c, axis=0)[:, 1:], np.tile(np.eye(c), (r, 1))[:, 1:]
    main = np.column_stack([np.ones(r * c), rows, columns])
    crossed = (rows[:, :, None] * columns[:, None, :]).reshape(r * c, -1)
    contrast: Floats = crossed - main @ np.linalg.lstsq(main, crossed, rcond=None)[0]
    return contrast


def _generalised_effects(r: int, c: int, p: Floats, covariance: Floats, n: float) -> Floats:
    """Return the matrix whose eigenvalues are the generalised design effects."""
    contrast = _interaction(r, c)
    inverse = np.where(p > 0, 1 / np.where(p > 0, p, 1), 0)
    scaled = contrast * inverse[:, None]
    made: Floats = np.linalg.pinv(contrast.T @ (scaled / n)) @ (scaled.T @ covariance @ scaled)
    return made
