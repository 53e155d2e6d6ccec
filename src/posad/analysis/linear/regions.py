"""The region that holds two numbers together: an ellipse from both intervals and the correlation of the errors."""

from __future__ import annotations

from dataclasses import dataclass
from math import cos, pi, sin, sqrt

NORMAL = 1.959963984540054  # half the width of a 95% interval in standard errors
REACH = sqrt(5.991464547107979)  # of chi-square with two degrees of freedom, 95%


@dataclass(frozen=True, slots=True)
class Region:
    """An ellipse: its middle, its standard errors along both axes and their correlation."""

    x: float
    y: float
    x_error: float
    y_error: float
    tilt: float

    def holds(self, x: float, y: float) -> bool:
        """Tell whether a point lies inside.

        >>> region((0.1, 0.3), (0.1, 0.3), 0.0).holds(0.2, 0.25)
        True
        """
        a, b = (x - self.x) / self.x_error, (y - self.y) / self.y_error
        rest = 1.0 - self.tilt**2
        return (a * a - 2 * self.tilt * a * b + b * b) / rest <= REACH**2 if rest > 0 else abs(a) <= REACH

    def edge(self, corners: int = 48) -> list[tuple[float, float]]:
        """Return points of the edge, (x, y) + √5.991·L·(cos, sin) with the errors' covariance LL'."""
        rest = sqrt(max(1.0 - self.tilt**2, 0.0))
        turns = [2 * pi * i / corners for i in range(corners)]
        return [
            (
                self.x + REACH * self.x_error * cos(t),
                self.y + REACH * self.y_error * (self.tilt * cos(t) + rest * sin(t)),
            )
            for t in turns
        ]


def region(x: tuple[float, float], y: tuple[float, float], tilt: float) -> Region:
    """Return the 95% region of two numbers from the ends of their 95% intervals.

    The intervals of shares are Wilson's, so the middle lies a little towards a half: around the shares themselves the ellipse would
    hold the truth too seldom on small bases.
    """
    return Region(
        (x[0] + x[1]) / 2, (y[0] + y[1]) / 2, (x[1] - x[0]) / (2 * NORMAL), (y[1] - y[0]) / (2 * NORMAL), tilt
    )
