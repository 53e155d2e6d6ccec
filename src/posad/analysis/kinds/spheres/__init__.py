"""Spheres of life by a crosswalk of all questions: what improved, what worries, what is better elsewhere, what is got online.

And the thesis that rests on them – gaps are smaller in what is digital than in what is not – tested with what speaks against it.
``planning`` reads ``kind: spheres``, ``counting`` finds the numbers, ``saying`` puts them into words, charts, tables.
"""

from __future__ import annotations

from posad.analysis.kinds.spheres.planning import SpheresShape, declare
from posad.analysis.kinds.spheres.saying import compute
from posad.analysis.values import Kind
from posad.core.words import LocalText

KIND = Kind(
    "spheres",
    LocalText.of(ru="Сферы жизни и цифровой тезис", en="Spheres of life and the digital thesis"),
    "spheres",
    SpheresShape,
    declare,
    compute,
)
