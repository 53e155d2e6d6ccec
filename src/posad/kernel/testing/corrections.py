"""Corrections for many tests at once.

To add one: 1. its name in ``Correction``; 2. its formula in ``adjusted``; 3. a test against R ``p.adjust``.
"""

from __future__ import annotations

from typing import Literal, assert_never

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]
Correction = Literal["bh", "holm", "bonferroni", "none"]


def adjusted(p: ArrayLike, correction: Correction) -> Floats:
    """Return p-values adjusted within their family, to be held against the level itself; tests not made (NaN) count for nothing.

    ``bh`` keeps the expected part of false findings under the level (Benjamini and Hochberg 1995), ``holm`` (1979) and ``bonferroni``
    the chance of any false finding.

    >>> adjusted([0.01, 0.02, 0.03, 0.5], "bh").round(4).tolist()
    [0.04, 0.04, 0.04, 0.5]
    >>> adjusted([0.01, 0.02, 0.03, 0.5], "holm").round(4).tolist()
    [0.04, 0.06, 0.06, 0.5]
    """
    values = np.asarray(p, dtype=np.float64)
    found = values.copy()
    made = ~np.isnan(values)
    own = values[made]
    count = len(own)
    if not count or correction == "none":
        return found
    order = np.argsort(own, kind="stable")
    rank = np.arange(1, count + 1)
    match correction:
        case "bonferroni":
            new = own * count
        case "holm":
            new = np.empty(count)
            new[order] = np.maximum.accumulate((count - rank + 1) * own[order])
        case "bh":
            new = np.empty(count)
            new[order] = np.minimum.accumulate((own[order] * count / rank)[::-1])[::-1]
        case _:
            assert_never(correction)
    found[made] = np.minimum(new, 1)
    return found
