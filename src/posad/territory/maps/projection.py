"""The conic projection that keeps areas (Albers), on a sphere.

Formulas: J. P. Snyder, Map Projections: A Working Manual, US Geological Survey Professional Paper 1395, 1987, pages 98-103.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import asin, atan2, cos, degrees, hypot, radians, sin, sqrt

RADIUS = 6371.0072  # km, of the sphere whose surface is that of the WGS 84 ellipsoid
SEAM = -30.0  # longitudes west of it lie beyond 180 for a country that reaches over it


@dataclass(frozen=True, slots=True)
class Albers:
    """A conic equal-area projection by its middle and its two standard parallels, in degrees; the plane is in kilometres.

    >>> russia = Albers(100, 56, 52, 64)
    >>> russia.forward(100, 56)
    (0.0, 0.0)
    >>> tuple(round(v, 6) for v in russia.inverse(*russia.forward(37.6, 55.75)))
    (37.6, 55.75)
    """

    longitude: float
    latitude: float
    first: float
    second: float

    @property
    def cone(self) -> float:
        """The constant of the cone: how many radians of the sheet one radian of longitude takes."""
        return (sin(radians(self.first)) + sin(radians(self.second))) / 2

    def _radius(self, sine: float) -> float:
        """Return the distance from the tip of the cone, in radii of the sphere, by the sine of a latitude."""
        n = self.cone
        return sqrt(cos(radians(self.first)) ** 2 + 2 * n * (sin(radians(self.first)) - sine)) / n

    def forward(self, longitude: float, latitude: float) -> tuple[float, float]:
        """Return a place on the plane: kilometres to the east and to the north of the middle."""
        return self.line(((longitude, latitude),))[0]

    def line(self, places: Iterable[tuple[float, float]]) -> list[tuple[float, float]]:
        """Return places by longitude and latitude on the plane, as :meth:`forward` does one of them."""
        n, sine, square = self.cone, sin(radians(self.first)), cos(radians(self.first)) ** 2
        top = self._radius(sin(radians(self.latitude)))
        found = []
        for longitude, latitude in places:
            turn = n * radians(longitude - self.longitude)
            far = sqrt(square + 2 * n * (sine - sin(radians(latitude)))) / n
            found.append((RADIUS * far * sin(turn), RADIUS * (top - far * cos(turn))))
        return found

    def inverse(self, x: float, y: float) -> tuple[float, float]:
        """Return the longitude and latitude of a place on the plane."""
        n = self.cone
        up = self._radius(sin(radians(self.latitude))) - y / RADIUS
        far, turn = hypot(x / RADIUS, up), atan2(x / RADIUS, up)
        sine = (cos(radians(self.first)) ** 2 + 2 * n * sin(radians(self.first)) - (far * n) ** 2) / (2 * n)
        return self.longitude + degrees(turn / n), degrees(asin(min(max(sine, -1.0), 1.0)))


KNOWN: Mapping[str, Albers] = {"RU": Albers(100, 56, 52, 64)}


def projection_for(country: str, places: Iterable[tuple[float, float]]) -> Albers:
    """Return the projection of a country: the customary one where it is known, else one fitted to the extent of its places.

    The standard parallels stand a sixth of the extent from its edges, as Snyder advises (page 99).

    >>> projection_for("", [(10, 40), (20, 52)])
    Albers(longitude=15.0, latitude=46.0, first=42.0, second=50.0)
    """
    if country in KNOWN:
        return KNOWN[country]
    found = list(places)
    if not found:
        return KNOWN["RU"]
    west, east = min(p[0] for p in found), max(p[0] for p in found)
    south, north = min(p[1] for p in found), max(p[1] for p in found)
    step = (north - south) / 6
    first, second = south + step, north - step
    if abs(first + second) < 1:  # across the equator a cone would be flat
        second = first + 1 if first + second >= 0 else first - 1
        second = -first + 1
    return Albers((west + east) / 2, (south + north) / 2, first, second)


def run_on(longitude: float) -> float:
    """Return a longitude that runs on beyond 180° instead of starting anew: −170 is 190.

    >>> run_on(-170), run_on(20)
    (190, 20)
    """
    return longitude + 360 if longitude < SEAM else longitude
