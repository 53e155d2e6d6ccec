"""Changes of a few bytes in the user's own files: everything else stays as it was, byte for byte.

An edit names the digest of the file it was made for; a file that has changed since is left alone. Either all edits are written
or none (save for a failing disk, which is said).
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from posad.core.digests import digest_bytes
from posad.core.place import Place
from posad.core.problems import Problem, problem
from posad.core.reading.texts import Source, decode


@dataclass(frozen=True, slots=True)
class Edit:
    """New words instead of some bytes of a file.

    ``start`` and ``end`` are byte offsets in the file, ``digest`` that of the whole file when the edit was made
    (:func:`posad.core.digests.digest_bytes`). The words are written in the file's own encoding and with its own line breaks.
    """

    file: str
    start: int
    end: int
    new: str
    digest: str


def text_edit(source: Source, start: int, end: int, new: str) -> Edit:
    """Return the edit that puts new words instead of a span of a text that was read."""
    return Edit(source.name, source.byte(start), source.byte(end), new, digest_bytes(source.raw))


def apply_edits(folder: Path, edits: Iterable[Edit]) -> list[Problem]:
    """Write edits into the files of a folder.

    Args:
        folder: the study folder; nothing outside it is touched.
        edits: any number, of any files, in any order.

    Returns:
        What is wrong; when it is not empty, no file was changed (``edit-not-written`` apart: the files it does not name were).
    """
    by_file: dict[str, list[Edit]] = {}
    for edit in edits:
        by_file.setdefault(edit.file, []).append(edit)
    problems: list[Problem] = []
    ready: list[tuple[str, Path, bytes, bytes]] = []
    for file, wanted in sorted(by_file.items()):
        path, raw, found = _opened(folder, file)
        problems += found
        if not found:
            new, found = _edited(raw, file, sorted(wanted, key=lambda e: (e.start, e.end)))
            problems += found
            ready.append((file, path, raw, new))
    if problems:
        return problems
    return [p for file, path, raw, new in ready if new != raw for p in _written(file, path, raw, new)]


def _opened(folder: Path, file: str) -> tuple[Path, bytes, list[Problem]]:
    """Return the real file and its bytes; a link is followed, but not out of the folder."""
    home = folder.resolve()
    path = home / file
    try:
        path = path.resolve()
        if not path.is_relative_to(home):
            return path, b"", [problem("edit-outside", Place(file), file=file)]
        return path, path.read_bytes(), []
    except FileNotFoundError:
        return path, b"", [problem("file-missing", Place(file), file=file)]
    except (OSError, RuntimeError) as error:  # a ring of links is a RuntimeError
        reason = getattr(error, "strerror", None) or str(error)
        return path, b"", [problem("file-not-readable", Place(file), file=file, reason=reason)]


def _edited(raw: bytes, file: str, edits: Sequence[Edit]) -> tuple[bytes, list[Problem]]:
    """Return the bytes of a file with its edits made."""
    digest = digest_bytes(raw)
    if any(e.digest != digest for e in edits):
        return raw, [problem("edit-file-changed", Place(file), file=file)]
    if any(not 0 <= e.start <= e.end <= len(raw) for e in edits):
        return raw, [problem("edit-span-wrong", Place(file), file=file)]
    if any(b.start < a.end or (a.start, a.end) == (b.start, b.end) for a, b in pairwise(edits)):
        return raw, [problem("edit-overlap", Place(file), file=file)]
    source, found = decode(raw, file)
    if source is None:
        return raw, found
    pieces: list[bytes] = []
    at = 0
    for e in edits:
        if _splits_letter(raw, e.start, source) or _splits_letter(raw, e.end, source):
            return raw, [problem("edit-span-wrong", Place(file), file=file)]
        try:
            new = e.new.replace("\r\n", "\n").replace("\n", source.newline).encode(source.encoding)
        except UnicodeEncodeError as error:
            letter = error.object[error.start]
            return raw, [
                problem("edit-letter-impossible", Place(file), file=file, character=letter, encoding=source.encoding)
            ]
        pieces += [raw[at : e.start], new]
        at = e.end
    return b"".join([*pieces, raw[at:]]), []


def _splits_letter(raw: bytes, at: int, source: Source) -> bool:
    """Tell whether an offset lies inside the mark at the file's head or inside a letter."""
    if at < len(source.mark):
        return True
    if source.encoding == "utf-8":
        return at < len(raw) and 0x80 <= raw[at] < 0xC0 and _begun(raw, at)
    return source.encoding.startswith("utf-16") and (at - len(source.mark)) % 2 == 1


def _begun(raw: bytes, at: int) -> bool:
    """Tell whether a letter of UTF-8 that begins before an offset goes on past it."""
    for back in range(1, 4):
        lead = raw[at - back] if at >= back else 0
        if lead >= 0xC0:
            return back < (2 if lead < 0xE0 else 3 if lead < 0xF0 else 4)
        if lead < 0x80:
            return False
    return False


def _written(file: str, path: Path, raw: bytes, new: bytes) -> list[Problem]:
    """Put new bytes in a file's place at one stroke, keeping its permissions."""
    temporary = None
    try:
        with tempfile.NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}.", delete=False) as out:
            temporary = Path(out.name)
            out.write(new)
            out.flush()
            os.fsync(out.fileno())
        temporary.chmod(path.stat().st_mode & 0o7777)
        if path.read_bytes() != raw:
            return [problem("edit-file-changed", Place(file), file=file)]
        temporary.replace(path)
        temporary = None
    except OSError as error:
        return [problem("edit-not-written", Place(file), file=file, reason=error.strerror or str(error))]
    finally:
        if temporary is not None:
            with suppress(OSError):
                temporary.unlink()
    return []
