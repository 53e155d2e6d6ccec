"""What a reader of official tables gives: columns of texts under the frame's names, with their sources and places."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from posad.core.digests import digest_file
from posad.core.place import Place
from posad.core.words import LocalText
from posad.study.frame.values import Source


@dataclass(frozen=True)
class Wishes:
    """What the researcher says of a file: what a column is, what it is true of, who published it.

    The mappings are by column of the frame; the empty name stands for every column that is not named.
    """

    country: str = "RU"
    take: Mapping[str, str] = field(default_factory=dict)  # column of the frame → column of the file
    as_of: Mapping[str, str] = field(default_factory=dict)
    source: Mapping[str, str] = field(default_factory=dict)
    licence: Mapping[str, str] = field(default_factory=dict)
    kind: Mapping[str, str] = field(default_factory=dict)
    thousands: tuple[str, ...] = ()  # columns that count thousands of people
    least: int = 0  # the smallest population that is taken
    towns_only: bool = True
    sheet: str | None = None
    year: int | None = None
    labels: bool = False  # a frame of towns is there: only labels are wanted of what isn't a table of towns


@dataclass(frozen=True)
class Imported:
    """A table of territories: columns of equal length named as the frame's, where each comes from and where a cell stands."""

    columns: Mapping[str, list[str]]
    sources: tuple[Source, ...]
    file: str
    locate: Callable[[int, str], Place]  # row from 0 and column of the frame
    country: str = "RU"
    language: str = "ru"
    tags_only: bool = False  # nothing but labels for territories that are there already

    def __len__(self) -> int:
        return len(next(iter(self.columns.values()), []))


def sources_of(
    columns: Sequence[str], path: Path | None, usual: Source, own: Mapping[str, Source], wishes: Wishes
) -> tuple[Source, ...]:
    """Return a source for every column that has one: what the format knows, overridden by what the researcher says.

    Args:
        columns: Columns of the frame.
        path: The file; its name and hash are noted.
        usual: What holds of every column.
        own: What holds of one column instead.
        wishes: What the researcher says.
    """
    named = [c for c in columns if c.startswith(("people_", "tag_", "code_")) or c in ("name", "travel_minutes")]
    if "lat" in columns and "lon" in columns:
        named.append("coordinates")
    digest = digest_file(path) if path is not None else ""
    found = []
    for column in named:
        base = own.get(column, usual)
        found.append(
            replace(
                base,
                column=column,
                as_of=_said(wishes.as_of, column) or base.as_of,
                source=_said(wishes.source, column) or base.source,
                licence=_said(wishes.licence, column) or base.licence,
                kind=_said(wishes.kind, column) or base.kind,
                file=path.name if path is not None else base.file,
                sha256=digest or base.sha256,
            )
        )
    return tuple(found)


def _said(wish: Mapping[str, str], column: str) -> str:
    return wish.get(column) or wish.get("", "")


def by_line(name: str, lines: Sequence[int]) -> Callable[[int, str], Place]:
    """Return the function that places a row by its line alone, as in a workbook."""
    return lambda row, column: Place(name, lines[row])


NOTE_2010 = LocalText.of(
    ru="перепись 2010 года, хотя файл новее", en="the census of 2010, though the file is of a later year"
)
