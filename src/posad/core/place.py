"""Where a thing is written."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, order=True, slots=True)
class Place:
    """A spot in a file: the file relative to the study folder, line and column counted from one.

    The end is exclusive and known only where the reader could tell it.

    >>> str(Place("weights.yaml", 3, 9))
    'weights.yaml:3:9'
    """

    file: str
    line: int = 1
    column: int = 1
    end_line: int | None = None
    end_column: int | None = None

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"
