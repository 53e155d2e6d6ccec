"""What tests of R lines of a table over its K columns need, gathered once from the sums of a request.

Each column of each line is two totals, Σ w·y and Σ w·b (y inside b); every test is made of them, of their covariances and of the
people whom columns share. All of it is linear or bilinear, so that unions and differences of columns (the rest without a part) are
made here without another look at the answers.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from posad.kernel.design import Cells, Design, Floats
from posad.kernel.ratios import spread
from posad.store.values import BILLION

WIDTH = 160  # columns summed together: wider products cost more than another call


@dataclass(frozen=True, slots=True)
class ColumnSums:
    """Sums of R lines and K columns.

    ``n`` (R×K) people in the base, ``y`` and ``b`` Σ w·y and Σ w·b, ``yy`` Σ w·y²; ``shared`` (R×K×K) Σ w·b·b'. ``second``, ``fixed``
    and ``aware`` (R×2K×2K, first y, then b) are Σ w²·z·z' and the covariances of the totals with weights fixed and with the raking
    and the design known. ``respondents`` and ``df`` belong to the whole file.
    """

    n: Floats
    y: Floats
    b: Floats
    yy: Floats
    shared: Floats
    second: Floats
    fixed: Floats
    aware: Floats
    respondents: int
    df: int

    @property
    def values(self) -> Floats:
        """The shares or means (R×K), NaN on an empty base."""
        return np.where(self.b > 0, self.y / np.where(self.b > 0, self.b, 1.0), np.nan)

    @property
    def effective(self) -> Floats:
        """The effective bases of Kish, (Σ w)²/Σ w² (R×K)."""
        k = self.b.shape[1]
        squares = np.diagonal(self.second[:, k:, k:], axis1=1, axis2=2)
        return np.where(squares > 0, self.b**2 / np.where(squares > 0, squares, 1.0), 0.0)

    @property
    def shared_effective(self) -> Floats:
        """The effective bases of the people whom two columns share (R×K×K)."""
        k = self.b.shape[1]
        squares = self.second[:, k:, k:]
        return np.where(squares > 0, self.shared**2 / np.where(squares > 0, squares, 1.0), 0.0)

    def combined(self, parts: ArrayLike) -> ColumnSums:
        """Return the sums of new columns, each a sum or difference (M×K of 1, 0 and −1) of columns, such as "all but these"."""
        one = np.asarray(parts, dtype=np.float64)
        both = np.kron(np.eye(2), one)
        second, fixed, aware = (both @ m @ both.T for m in (self.second, self.fixed, self.aware))
        n, y, b, yy = (m @ one.T for m in (self.n, self.y, self.b, self.yy))
        return ColumnSums(
            n, y, b, yy, one @ self.shared @ one.T, second, fixed, aware, self.respondents, self.df
        )  # fmt: skip


def against_the_rest(sums: ColumnSums) -> ColumnSums:
    """Return sums of the columns before the last and, after them, of the last (everybody) without each of them."""
    k = sums.b.shape[1] - 1
    parts, everybody = np.eye(k, k + 1), np.zeros((k, k + 1))
    everybody[:, k] = 1
    return sums.combined(np.vstack([parts, everybody - parts]))


def gather(
    design: Design, cells: Cells, numerators: NDArray[np.generic], denominators: NDArray[np.generic]
) -> ColumnSums:
    """Return the sums of lines and columns.

    Args:
        design: the constants of the weight.
        cells: the sums of a request by C cells.
        numerators: C×R×K values that each cell adds to a line and column: an indicator, a score; inside the denominator.
        denominators: C×K indicators of the columns' bases, the same for every line, or C×R×K.
    """
    c, r, k = numerators.shape
    top = numerators.astype(np.float64)
    bottom = np.broadcast_to(denominators.reshape(c, -1, k), (c, r, k)).astype(np.float64)
    common = denominators.size == c * k
    step = max(1, WIDTH // k - 1) if common else max(1, WIDTH // (2 * k))
    pieces = [_piece(design, cells, top[:, i : i + step], bottom[:, i : i + step], common) for i in range(0, r, step)]
    shared, second, fixed, aware = (np.concatenate(part) for part in zip(*pieces, strict=True))
    flat_top, flat_bottom = top.reshape(c, r * k), bottom.reshape(c, r * k)
    w = cells.w / BILLION
    n, y, b, yy = (
        (weight @ part).reshape(r, k)
        for weight, part in ((cells.n, flat_bottom), (w, flat_top), (w, flat_bottom), (w, flat_top**2))
    )
    return ColumnSums(n, y, b, yy, shared, second, fixed, aware, design.respondents, design.df)


def _piece(
    design: Design, cells: Cells, top: Floats, bottom: Floats, common: bool
) -> tuple[Floats, Floats, Floats, Floats]:
    c, r, k = top.shape
    lower = bottom[:, :1] if common else bottom
    stack = np.concatenate([top.reshape(c, r * k), lower.reshape(c, -1)], axis=1)
    both = spread(design, cells, stack, covariance=True)
    w2 = cells.w2h / BILLION + cells.w2l / BILLION**2
    second = stack.T @ (stack * w2[:, None])
    at = np.arange(r * k).reshape(r, k)
    under = r * k + (np.broadcast_to(np.arange(k), (r, k)) if common else at)
    place = np.concatenate([at, under], axis=1)  # R×2K
    rows, columns = place[:, :, None], place[:, None, :]
    weighted = lower.reshape(c, -1, k)
    shared = np.einsum("crj,crk->rkj", weighted, weighted * (cells.w / BILLION)[:, None, None])
    shared = np.broadcast_to(shared, (r, k, k))
    return shared, second[rows, columns], both.fixed[rows, columns], both.aware[rows, columns]
