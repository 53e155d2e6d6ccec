"""A weight as made: its margins, its diagnostics, what its errors need."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from posad.core.words import LocalText
from posad.kernel.design import Design, Lonely, design_of
from posad.store.duck import DuckEngine


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a margin: its codes (several where merged), people, share before weighting, wanted and after.

    ``wave`` is set where every wave was weighted by itself.
    """

    variable: str
    codes: tuple[int, ...]
    people: int
    before: float
    target: float
    after: float
    wave: str = ""


@dataclass(frozen=True, slots=True)
class MeanLine:
    """One margin that is a mean: before weighting, wanted and after."""

    variable: str
    before: float
    target: float
    after: float
    wave: str = ""


@dataclass(frozen=True, slots=True)
class ReplicateLine:
    """Replicate weights as made: kind, number, seed and digest of what was drawn (the weights themselves are made again)."""

    kind: str
    count: int
    df: int
    scale: float
    seed: int | None = None
    digest: str = ""
    mse: bool = False


@dataclass(frozen=True, slots=True)
class Weighed:
    """One weight as made. ``profile_levels`` (P×L zeros and ones, numbers of means) is what the errors need beside the answers.

    ``efficiency`` is the effective number of people (Σw)²/Σw² over the people; ``design_effect`` its inverse (Kish);
    ``scale`` the mean of the weights as they came, before they were brought to mean one.
    """

    id: str
    method: str
    people: int
    effective: float
    design_effect: float
    efficiency: float
    lowest: float
    highest: float
    at_bounds: int = 0
    passes: int = 0
    scale: float = 1.0
    margins: tuple[Level, ...] = ()
    profile_levels: tuple[tuple[float, ...], ...] = ((),)
    note: LocalText = LocalText()
    means: tuple[MeanLine, ...] = ()
    fpc: tuple[tuple[int, float], ...] = ()
    lonely: Lonely = "fail"
    replicates: ReplicateLine | None = None

    def to_json(self) -> dict[str, Any]:
        """Return the weight as plain values."""
        plain = asdict(self)
        plain["note"] = dict(self.note.parts)
        return plain

    @classmethod
    def from_json(cls, plain: Mapping[str, Any]) -> Weighed:
        """Return the weight that :meth:`to_json` wrote."""
        margins = tuple(Level(**{**m, "codes": tuple(m["codes"])}) for m in plain["margins"])
        levels = tuple(tuple(row) for row in plain["profile_levels"])
        note = LocalText.from_mapping(plain["note"])
        means = tuple(MeanLine(**m) for m in plain.get("means", ()))
        fpc = tuple((int(h), float(n)) for h, n in plain.get("fpc", ()))
        drawn = plain.get("replicates")
        more = {"means": means, "fpc": fpc, "replicates": ReplicateLine(**drawn) if drawn else None}
        return cls(**{**plain, "margins": margins, "profile_levels": levels, "note": note, **more})

    def design(self, engine: DuckEngine) -> Design:
        """Return the design of this weight over the whole file, for the errors of anything computed with it."""
        if self.method == "none":
            return design_of(engine.moments((), None))
        levels = np.array(self.profile_levels, dtype=np.float64).reshape(len(self.profile_levels), -1)
        return design_of(engine.moments((), self.id), levels, dict(self.fpc) or None, self.lonely)
