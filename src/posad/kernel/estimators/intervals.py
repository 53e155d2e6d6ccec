"""The interval of a share under uneven weights: Wilson (1927) on the base its error implies, allowing for how well that error is known.

Three things stand between p(1 − p)/variance and an interval that holds as often as it says; each is a formula of the weights.

* The variance is measured by the same few people. Of equal weights nothing is new in it: it follows from the share, and Wilson's
  interval is made for that. Of uneven ones it also tells whether heavy weights go with the answer, and that is known poorly. Given the weights,
  the part of it that the share does not tell varies, relative to its square, by (1 − 2P)²/(P(1 − P)) · (m₄m₂ − m₃²)/m₂⁴ · m₁²/e, with m the
  moments of the weights and e the effective base; a variance that varies so has 2 over that degrees of freedom (Satterthwaite 1946), and
  the quantile of t follows by the first term of Fisher's expansion (1925), z + (z³ + z)/(4·df).
* Heavy people pull the share towards themselves and so seem to lie closer to it: their squares are short by 2(m₁m₃/m₂² − 1)/e.
* The regression on the margins does the same; what it took is the leverage of the margins.

Third and fourth moments are those of the inverse Gaussian distribution with the mean and the variance of the weights at hand, between
those of the gamma and of the lognormal one: sums of third powers are not kept, and of few people would be known poorly themselves.
"""

from __future__ import annotations

import math


def wilson(share: float, effective: float, quantile: float) -> tuple[float, float]:
    """Return the interval of Wilson (1927) for a share on a base that need not be whole.

    >>> [round(x, 4) for x in wilson(0.0, 10, 1.96)]
    [0.0, 0.2775]
    """
    squared = quantile * quantile / effective
    centre = (share + squared / 2) / (1 + squared)
    half = quantile * math.sqrt(share * (1 - share) / effective + squared / (4 * effective)) / (1 + squared)
    low = 0.0 if share <= 0 else max(0.0, centre - half)
    return low, 1.0 if share >= 1 else min(1.0, centre + half)


def weighted_wilson(
    share: float, variance: float, people: int, effective: float, leverage: float, quantile: float
) -> tuple[float, float]:
    """Return the interval of a share strictly between zero and one from its measured variance.

    With equal weights that no margins made it is Wilson's on share·(1 − share)/variance.

    Args:
        share: the estimate.
        variance: its measured variance, above zero.
        people: how many are in the base.
        effective: the base of Kish, (Σw)²/Σw².
        leverage: the part of squared residuals that the regression on the margins took, as in ``Design``.
        quantile: that of Student's t with the degrees of freedom of the design.

    >>> weighted_wilson(0.25, 0.25 * 0.75 / 100, 100, 100.0, 0.0, 1.96) == wilson(0.25, 100, 1.96)
    True
    >>> [round(x, 4) for x in weighted_wilson(0.25, 0.25 * 0.75 / 100, 150, 100.0, 0.0, 1.96)]
    [0.1748, 0.3441]
    """
    uneven, third, fourth = _moments(max(people / effective - 1, 0.0))
    near = (share * effective + 0.5) / (effective + 1)  # the share as Jeffreys' prior has it: never none, never all
    squares = 1 + uneven
    untold = (1 - 2 * near) ** 2 / (near * (1 - near)) * (fourth * squares - third**2) / (squares**4 * effective)
    wider = quantile + (quantile**3 + quantile) / 8 * untold
    shortfall = 1 + 2 * (third / squares**2 - 1) / effective
    return wilson(share, share * (1 - share) / variance * (1 - leverage) / shortfall, wider)


def _moments(c: float) -> tuple[float, float, float]:
    """Return the variance, and the third and fourth raw moments, of an inverse Gaussian variable of mean one and variance c."""
    return c, 1 + 3 * c + 3 * c**2, 1 + 6 * c + 15 * c**2 + 15 * c**3
