"""Fewer points for a line that is drawn small: none left out lies farther from the line than a given distance.

Source: D. H. Douglas, T. K. Peucker, Algorithms for the reduction of the number of points required to represent a digitized line or
its caricature, 1973. The ends of a line stay, so lines that meet go on meeting.
"""

from __future__ import annotations

from collections.abc import Sequence

Point = tuple[float, float]


def thin(line: Sequence[Point], distance: float) -> list[int]:
    """Return which points of a line are kept, by their numbers in order; a closed line keeps at least four.

    >>> thin([(0, 0), (1, 0.1), (2, 0), (2, 5)], 0.5)
    [0, 2, 3]
    """
    last = len(line) - 1
    if last < 2:
        return list(range(last + 1))
    closed = line[0] == line[-1]
    kept = {0, last}
    spans = [(0, last)]
    if closed:  # there is no line from a point to itself: the loop is cut where it is widest
        far = _farthest(line, 0, last)[0]
        kept.add(far)
        spans = [(0, far), (far, last)]
    while spans:
        first, end = spans.pop()
        if end - first < 2:
            continue
        at, off = _farthest(line, first, end)
        if off > distance * distance:
            kept.add(at)
            spans += [(first, at), (at, end)]
    if closed and len(kept) < 4 <= len(line):
        first, far = 0, sorted(kept)[1]
        wider = max(((first, far), (far, last)), key=lambda s: _farthest(line, *s)[1] if s[1] - s[0] > 1 else -1.0)
        kept.add(_farthest(line, *wider)[0])
    return sorted(kept)


def _farthest(line: Sequence[Point], first: int, end: int) -> tuple[int, float]:
    """Return the point between two others that is farthest from the stretch between them, and the square of how far."""
    (x1, y1), (x2, y2) = line[first], line[end]
    dx, dy = x2 - x1, y2 - y1
    long = dx * dx + dy * dy
    best, most = first + 1, -1.0
    for i in range(first + 1, end):
        x, y = line[i][0] - x1, line[i][1] - y1
        along = (x * dx + y * dy) / long if long else 0.0
        along = 0.0 if along < 0 else 1.0 if along > 1 else along
        off = (x - along * dx) ** 2 + (y - along * dy) ** 2
        if off > most:
            best, most = i, off
    return best, most
