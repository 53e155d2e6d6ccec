"""What a sample is laid out by: districts and sizes of the frame, sex, age bands, and whatever a study adds."""

from __future__ import annotations

import re
from collections.abc import Mapping

from posad.core.numbers import number
from posad.core.problems import Problem, problem
from posad.core.reading.yamls import Places
from posad.core.words import LocalText
from posad.study.frame.plan.shapes import SampleFileShape
from posad.study.frame.plan.values import Dimension
from posad.study.frame.values import Frame

AGES = ("18-24", "25-34", "35-44", "45-54", "55+")
SEX = (("f", LocalText.of(ru="женщины", en="women")), ("m", LocalText.of(ru="мужчины", en="men")))

_BAND = re.compile(r"([0-9]{1,3})\s*(?:[-–]\s*([0-9]{1,3})|\+)")
_NAME = re.compile(r"[a-z0-9][a-z0-9_]*")


def read_dimensions(
    shape: SampleFileShape, places: Places, frame: Frame | None
) -> tuple[tuple[Dimension, ...], list[Problem]]:
    """Return every dimension of a plan, and what is wrong with age bands, sizes and groups."""
    age, problems = age_bands(shape.ages or AGES, places)
    size, wrong = _sizes(shape, places, frame)
    problems += wrong
    found = {"sex": Dimension("sex", SEX), "age": age}
    if size.groups:
        found["size"] = size
    if frame is not None and frame.districts:
        found["district"] = Dimension("district", tuple((d.id, d.name) for d in frame.districts))
    for id, groups in shape.groups.items():
        for name in (id, *groups):
            if not _NAME.fullmatch(name):
                problems.append(problem("sample-name-form", places.key(("groups", id)), name=name))
        bounds = found[id].bounds if id in found and set(groups) <= set(found[id].ids) else {}
        found[id] = Dimension(id, tuple(groups.items()), bounds)
    return tuple(found.values()), problems


def age_bands(written: tuple[str, ...] | list[str], places: Places) -> tuple[Dimension, list[Problem]]:
    """Return age bands as a dimension; bands follow one another without a gap, and the last may be open."""
    groups: list[tuple[str, LocalText]] = []
    bounds: dict[str, tuple[int, int | None]] = {}
    problems: list[Problem] = []
    end: int | None = None
    for i, text in enumerate(written):
        match = _BAND.fullmatch(text.strip())
        low, high = (int(match[1]), int(match[2]) if match[2] else None) if match else (0, 0)
        place = places.value(("ages", i))
        if match is None or (high is not None and high < low):
            problems.append(problem("sample-age-form", place, name=text))
            continue
        if bounds and (end is None or low != end + 1):
            problems.append(problem("sample-age-gap", place, name=text))
        end = high
        id = f"{low}_{high}" if high is not None else f"{low}_over"
        label = f"{low}–{high}"
        ru, en = (label, label) if high is not None else (f"{low} и старше", f"{low} and over")
        groups.append((id, LocalText.of(ru=ru, en=en)))
        bounds[id] = (low, high)
    return Dimension("age", tuple(groups), bounds), problems


def _sizes(shape: SampleFileShape, places: Places, frame: Frame | None) -> tuple[Dimension, list[Problem]]:
    if not shape.sizes:
        sizes = frame.sizes if frame is not None else ()
        bounds: Mapping[str, tuple[int, int | None]] = {s.id: (s.low, s.high) for s in sizes}
        return Dimension("size", tuple((s.id, s.label) for s in sizes), bounds), []
    problems: list[Problem] = []
    ranges: dict[str, tuple[int, int | None]] = {}
    end: int | None = 0
    for i, (id, s) in enumerate(shape.sizes.items()):
        place = places.key(("sizes", id))
        if not _NAME.fullmatch(id):
            problems.append(problem("sample-name-form", place, name=id))
        if (s.high is not None and s.high <= s.low) or (i and (end is None or s.low < end)):
            problems.append(problem("sample-sizes-order", place, name=id))
        end = s.high
        ranges[id] = (s.low, s.high)
    labels = tuple((id, s.label or _size_label(s.low, s.high)) for id, s in shape.sizes.items())
    return Dimension("size", labels, ranges), problems


def _size_label(low: int, high: int | None) -> LocalText:
    def thousands(n: int, language: str) -> str:
        return number(n / 1000, language, 0 if n % 1000 == 0 else 1) if language == "ru" else number(n, language)

    if high is None:
        return LocalText.of(ru=f"{thousands(low, 'ru')} тыс. и больше", en=f"{thousands(low, 'en')} and over")
    if low == 0:
        return LocalText.of(ru=f"до {thousands(high, 'ru')} тыс.", en=f"under {thousands(high, 'en')}")
    ru = f"{thousands(low, 'ru')}–{thousands(high, 'ru')} тыс."
    return LocalText.of(ru=ru, en=f"{thousands(low, 'en')}–{thousands(high, 'en')}")
