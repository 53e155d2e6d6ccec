"""Figures of weights.yaml: percents, shares, numbers of people, rows of frame/targets.csv; and whether they add to 100 %."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from posad.core.numbers import parse_number
from posad.core.place import Place
from posad.core.problems import Problem, problem
from posad.study.folder.reading import unknown
from posad.study.plans.values import Target

NUMBER = re.compile(r"\s*([0-9][0-9\s  ]*(?:[.,][0-9]+)?)\s*(%?)\s*")


@dataclass(frozen=True, slots=True)
class Written:
    """A figure as written: its value, whether it is a percent, its decimals, its source where a table gives one."""

    value: float
    percent: bool
    decimals: int
    source: str = ""


def number(
    value: float | str, targets: Mapping[str, Target], rows: frozenset[str] | None, place: Place
) -> tuple[Written | None, list[Problem]]:
    """Return a written figure, or the row of frame/targets.csv that it names."""
    if isinstance(value, str) and value in targets:
        target = targets[value]
        return Written(target.value, "%" in target.unit, decimals(f"{target.value:.12g}"), target.source), []
    text = f"{value:.12g}" if isinstance(value, float | int) else value
    match = NUMBER.fullmatch(text)
    number = parse_number(match[1]) if match else None
    if match is None or number is None:
        if isinstance(value, str) and re.match(r"[^\W\d_]", value):
            if rows is None or value in rows:  # what is wrong with the table or this row of it was told
                return None, []
            return None, [unknown("weight-target-reference", place, value, targets)]
        return None, [problem("weight-target-value", place, name=text)]
    return Written(number, bool(match[2]), decimals(match[1])), []


def decimals(text: str) -> int:
    """Return the number of digits behind the point."""
    return len(text.replace(",", ".").partition(".")[2].strip())


def unit_of(written: Mapping[str, Written], unit: str | None, variable: str, place: Place) -> tuple[str, list[Problem]]:
    """Return whether targets are percents, shares or numbers of people."""
    signs = {w.percent for w in written.values()}
    if len(signs) > 1:
        return "percent", [problem("weight-targets-mixed", place, name=variable)]
    if unit is not None or True in signs:
        return unit or "percent", []
    total = sum(w.value for w in written.values())
    if all(w.value <= 1 for w in written.values()) and total < 2:
        return "share", []
    return ("count" if total > 200 else "percent"), []


def check_sum(written: Mapping[str, Written], total: float, unit: str, variable: str, place: Place) -> list[Problem]:
    """Compare the sum of targets with 100 %: rounding may move it by half a unit of the last digit for each target."""
    scale = 100 if unit == "share" else 1
    off = abs(total * scale - 100)
    rounding = sum(0.5 * 10.0**-w.decimals for w in written.values()) * scale
    shown = round(total * scale, 2)
    if off > 1 + 1e-9:
        return [problem("weight-targets-sum", place, name=variable, sum=shown)]
    if off > rounding + 1e-9:
        return [problem("weight-targets-normalised", place, name=variable, sum=shown)]
    return []
