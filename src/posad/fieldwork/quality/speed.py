"""Speeders: whoever went over their own pages in less than 0.4 of the time others take on the same pages.

The yardstick is the interview's own path: for each of its pages the median of all who were there. A pause counts for no more than
twice a page's median, so that a coffee does not hide how fast the rest was read.
"""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median

from posad.fieldwork.quality.values import USUAL, Found, Limits, Trace
from posad.fieldwork.values import Flag

NAME = "speeder"


def speeders(traces: Sequence[Trace], limits: Limits = USUAL) -> Found:
    """Return who was too fast, with their time as a share of the usual one on their path."""
    times: dict[str, list[float]] = {}
    for trace in traces:
        for page, seconds in trace.seconds.items():
            times.setdefault(page, []).append(seconds)
    usual = {p: median(found) for p, found in times.items() if len(found) >= limits.least_interviews}
    flags: dict[str, tuple[Flag, ...]] = {}
    for trace in traces:
        known = [p for p in trace.seconds if usual.get(p)]
        expected = sum(usual[p] for p in known)
        if not expected:
            continue
        ratio = sum(min(trace.seconds[p], 2 * usual[p]) for p in known) / expected
        if ratio < limits.fast:
            flags[trace.id] = (Flag(NAME, f"{ratio:.2f}"),)
    return flags
