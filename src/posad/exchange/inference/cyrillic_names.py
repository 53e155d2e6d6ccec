"""Names of variables in old Russian SPSS files, byte by byte.

In cp1251 the letter «я» is the byte 0xFF, which the reader of .sav files takes for the end of a name and refuses the whole file. The
layout of the dictionary is that of the appendix "System File Format" of PSPP's manual.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator

YA, YO = 0xFF, 0xB8  # «я», and «ё» which takes its place
_HEADER = 176
_WITH_NAMES = (5, 7, 13, 14, 19)  # extension records that speak of variables by name
_LONG_NAMES = 13
_SETS = (7, 19)
_UNKNOWN = 99  # an extension record that readers skip


def without_ya(content: bytes) -> tuple[bytes, dict[str, str]]:
    """Return a .sav with «ё» for «я» in the names of its variables, and the true names by the changed ones.

    No names come back where none has the letter, where the change would make two names one, or where the file is damaged.
    """
    changed = bytearray(content)
    names: list[bytes] = []
    try:
        for start, end, long in _names(content):
            part = content[start:end]
            names += [p.partition(b"=")[2] for p in part.split(b"\t")] if long else [part.rstrip()]
            changed[start:end] = part.replace(bytes([YA]), bytes([YO]))
    except (struct.error, IndexError):
        return content, {}
    true = {n.replace(bytes([YA]), bytes([YO])): n for n in names}
    if len(true) < len(set(names)):
        return content, {}
    words = {
        new.decode("cp1251", "replace"): old.decode("cp1251", "replace") for new, old in true.items() if new != old
    }
    return bytes(changed), words


def without_sets(content: bytes) -> bytes:
    """Return a .sav whose multiple-response sets no reader will look at: those of cp1251 names bring the reader down."""
    changed = bytearray(content)
    try:
        for start, _, _ in _names(content):
            for order in ("<i", ">i"):
                if struct.unpack_from(order, content, start - 12)[0] in _SETS:
                    struct.pack_into(order, changed, start - 12, _UNKNOWN)
    except (struct.error, IndexError):
        return content
    return bytes(changed)


def _names(content: bytes) -> Iterator[tuple[int, int, bool]]:
    """Yield where names of variables stand: start, end, whether it is the record of long names."""
    order = "<" if content[64:68] in (b"\2\0\0\0", b"\3\0\0\0") else ">"

    def number(where: int) -> int:
        return int(struct.unpack_from(f"{order}i", content, where)[0])

    at = _HEADER
    while (kind := number(at)) != 999:
        if kind == 2:
            yield at + 24, at + 32, False
        elif kind == 7 and number(at + 4) in _WITH_NAMES:
            yield at + 16, at + 16 + number(at + 8) * number(at + 12), number(at + 4) == _LONG_NAMES
        behind = _behind(kind, at, content, number)
        if not at < behind <= len(content):
            raise struct.error("a record that leads nowhere")
        at = behind


def _behind(kind: int, at: int, content: bytes, number: Callable[[int], int]) -> int:
    """Return where the record after this one starts."""
    match kind:
        case 2:
            label = 4 + -(-number(at + 32) // 4) * 4 if number(at + 8) else 0
            return at + 32 + label + 8 * abs(number(at + 12))
        case 3:
            behind = at + 8
            for _ in range(min(number(at + 4), len(content))):
                behind += 8 + (content[behind + 8] // 8 + 1) * 8
            return behind
        case 4:
            return at + 8 + 4 * number(at + 4)
        case 6:
            return at + 8 + 80 * number(at + 4)
        case 7:
            return at + 16 + number(at + 8) * number(at + 12)
        case _:
            raise struct.error("not a record of a dictionary")
