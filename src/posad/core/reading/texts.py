"""Text of a file: its encoding, its lines, the place of each character, the byte behind each character.

UTF-8 is expected; a byte order mark is taken off; files of older programs are recognised and said to be so.
"""

from __future__ import annotations

import codecs
import re
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from posad.core.place import Place
from posad.core.problems import Problem, problem

_MARKS = (  # longest first: the mark of UTF-16 begins that of UTF-32
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_FREQUENT = frozenset("оеаинтсрвлкмдпу")  # half of all letters of any Russian text
_BREAK = re.compile("\r\n?|\n")
_BROKEN = re.compile("[\ud800-\udfff]")


def _on_broken(encoding: str) -> str:
    """Return how broken bytes are carried through, so that each keeps its place."""
    return "replace" if encoding.startswith("utf-16") else "surrogateescape"


@dataclass(frozen=True)
class Source:
    """A text as read: one line feed for every line break, whatever it was in the file; ``raw`` are the file's bytes."""

    name: str
    text: str
    raw: bytes
    encoding: str
    mark: bytes = b""

    @cached_property
    def _breaks(self) -> list[int]:
        """Offsets, in the text, of the line breaks that take one character more in the file."""
        pairs = re.finditer("\r\n", self._written)
        return [match.start() - earlier for earlier, match in enumerate(pairs)]

    @cached_property
    def _written(self) -> str:
        return self.raw[len(self.mark) :].decode(self.encoding, _on_broken(self.encoding))

    @property
    def newline(self) -> str:
        """The line break the file uses most."""
        pairs = self._written.count("\r\n")
        return "\r\n" if pairs * 2 > self._written.count("\n") else "\n"

    def byte(self, offset: int) -> int:
        """Return where in the file's bytes a character of the text begins."""
        written = offset + bisect_right(self._breaks, offset - 1)
        return len(self.mark) + len(self._written[:written].encode(self.encoding, _on_broken(self.encoding)))


@dataclass(frozen=True)
class Lines:
    """The lines of a text, to turn offsets into places."""

    name: str
    text: str

    @cached_property
    def starts(self) -> list[int]:
        """Offset of the first character of every line."""
        return [0, *(m.end() for m in re.finditer("\n", self.text))]

    def place(self, start: int, end: int | None = None) -> Place:
        """Return the place of a span of the text."""
        line, column = self._at(start)
        if end is None:
            return Place(self.name, line, column)
        return Place(self.name, line, column, *self._at(end))

    def _at(self, offset: int) -> tuple[int, int]:
        line = bisect_right(self.starts, offset)
        return line, offset - self.starts[line - 1] + 1


def read_text(path: Path, name: str) -> tuple[str | None, list[Problem]]:
    """Read a text file; every line break becomes a line feed.

    Args:
        path: the file.
        name: its path relative to the study, for places.

    Returns:
        The text, or None where it cannot be read; what was assumed or is wrong.
    """
    source, problems = read_source(path, name)
    return (source.text if source else None), problems


def read_source(path: Path, name: str) -> tuple[Source | None, list[Problem]]:
    """Read a text file and keep what is needed to edit it in place."""
    try:
        raw = path.read_bytes()
    except FileNotFoundError:
        return None, [problem("file-missing", Place(name), file=name)]
    except OSError as error:
        return None, [problem("file-not-readable", Place(name), file=name, reason=error.strerror or str(error))]
    return decode(raw, name)


def decode(raw: bytes, name: str) -> tuple[Source | None, list[Problem]]:
    """Turn the bytes of a file into text."""
    mark, encoding = next((m for m in _MARKS if raw.startswith(m[0])), (b"", ""))
    body = raw[len(mark) :]
    if not encoding:
        if b"\0" in body[:4096]:
            return None, [problem("text-not-text", Place(name), file=name)]
        encoding = _encoding_of(body)
    text = _BREAK.sub("\n", body.decode(encoding, _on_broken(encoding)))
    problems = []
    if encoding != "utf-8":
        problems.append(problem("text-encoding-assumed", Place(name), encoding=encoding))
    if broken := [m.start() for m in _BROKEN.finditer(text)]:
        problems.append(problem("text-bytes-broken", Lines(name, text).place(broken[0]), count=len(broken)))
        text = _BROKEN.sub("\N{REPLACEMENT CHARACTER}", text)
    return Source(name, text, raw, encoding, mark), problems


def _encoding_of(body: bytes) -> str:
    """Return the encoding of bytes without a mark: UTF-8 when it fits or nearly fits, else the likeliest older one."""
    try:
        body.decode("utf-8")
    except UnicodeDecodeError:
        pass
    else:
        return "utf-8"
    letters = len(re.findall(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}", body))
    high = len(re.findall(rb"[\x80-\xff]", body))
    if letters * 3 > high:  # most high bytes pair up as UTF-8 does: a damaged UTF-8 file
        return "utf-8"
    beside_latin = len(re.findall(rb"(?<=[A-Za-z])[\xc0-\xff]|[\xc0-\xff](?=[A-Za-z])", body))
    if beside_latin * 2 > high:
        return "cp1252"
    sample = body[: 1 << 20]
    return max(("cp1251", "cp866", "koi8-r"), key=lambda e: _russian(sample.decode(e, "replace")))


def _russian(text: str) -> int:
    return sum(text.count(c) for c in _FREQUENT)


def line_reader(folder: Path) -> Callable[[Place], str | None]:
    """Return a function that gives the line a place is in, for ``speech.show_all``; each file is read once."""
    files: dict[str, list[str] | None] = {}

    def read_line(place: Place) -> str | None:
        if place.file not in files:
            text, _ = read_text(folder / place.file, place.file)
            files[place.file] = None if text is None else text.split("\n")
        lines = files[place.file]
        return lines[place.line - 1] if lines and 0 < place.line <= len(lines) else None

    return read_line
