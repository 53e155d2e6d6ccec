"""A small writer of SPSS files for tests: it can write what ready-made writers cannot.

Undeclared code pages, multiple-response sets, missing ranges; layout after the "System File Format" appendix of PSPP's manual.
"""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

SYSMIS = -1.7976931348623157e308


@dataclass(frozen=True)
class Var:
    """One variable of a test file; ``width`` 0 means a number, ``missing`` holds values and at most one (low, high)."""

    name: str
    values: Sequence[object]
    label: str = ""
    labels: Mapping[float, str] = field(default_factory=dict)
    missing: Sequence[object] = ()
    width: int = 0
    format: int = 0x00050802  # F8.2


def sav_bytes(
    variables: Sequence[Var],
    encoding: str = "utf-8",
    declared: str | None = "UTF-8",
    sets: Sequence[str] = (),
    code_page: int = 2,
) -> bytes:
    """Return the bytes of an uncompressed .sav; ``declared`` None leaves the encoding record out."""
    rows = len(variables[0].values)
    out = [_header(variables, rows)]
    out += [_variable(v, encoding) for v in variables]
    position = 1
    for v in variables:
        if v.labels:
            out.append(_value_labels(v, position, encoding))
        position += _segments(v)
    out.append(_info(3, 4, struct.pack("<8i", 20, 0, 0, -1, 1, 1, 2, code_page)))
    out.append(_info(4, 8, struct.pack("<3d", SYSMIS, 1.7976931348623157e308, -1.7976931348623155e308)))
    if sets:
        out.append(_info(7, 1, "".join(f"{s}\n" for s in sets).encode(encoding)))
    names = "\t".join(f"{_short(i)}={v.name}" for i, v in enumerate(variables))
    out.append(_info(13, 1, names.encode(encoding)))
    if declared is not None:
        out.append(_info(20, 1, declared.encode("ascii")))
    out.append(struct.pack("<2i", 999, 0))
    out += [_cell(v, v.values[r], encoding) for r in range(rows) for v in variables]
    return b"".join(_renamed(out, variables))


def mr_set(name: str, counted: str, label: str, members: Sequence[str], encoding: str = "utf-8") -> str:
    """Return the line of a dichotomous multiple-response set; members by their place in the file (``v0``, ``v1``)."""
    size = len(label.encode(encoding))
    return f"${name}=D{len(counted)} {counted} {size} {label} {' '.join(members)}"


def _short(index: int) -> str:
    return f"V{index}"


def _renamed(parts: list[bytes], variables: Sequence[Var]) -> list[bytes]:
    for i in range(len(variables)):
        head = parts[1 + i]
        parts[1 + i] = head[:24] + _short(i).encode().ljust(8) + head[32:]
    return parts


def _segments(v: Var) -> int:
    return max(1, -(-v.width // 8))


def _header(variables: Sequence[Var], rows: int) -> bytes:
    size = sum(_segments(v) for v in variables)
    return struct.pack(
        "<4s60s5id9s8s64s3s",
        b"$FL2",
        b"@(#) SPSS DATA FILE".ljust(60),
        2,
        size,
        0,
        0,
        rows,
        100.0,
        b"24 Nov 26",
        b"10:00:00",
        b" " * 64,
        b"\0\0\0",
    )


def _variable(v: Var, encoding: str) -> bytes:
    ranges = [m for m in v.missing if isinstance(m, tuple)]
    single = [m for m in v.missing if not isinstance(m, tuple)]
    count = -2 - len(single) if ranges else len(single)
    style = v.format if not v.width else 0x00010000 | (v.width << 8)
    out = struct.pack("<6i8s", 2, v.width, 1 if v.label else 0, count, style, style, b" " * 8)
    if v.label:
        text = v.label.encode(encoding)
        out += struct.pack("<i", len(text)) + text.ljust(-(-len(text) // 4) * 4)
    flat = [*(x for pair in ranges for x in pair), *single]
    out += b"".join(struct.pack("<d", float(str(m))) for m in flat)
    extra = struct.pack("<6i8s", 2, -1, 0, 0, 0, 0, b" " * 8)
    return out + extra * (_segments(v) - 1)


def _value_labels(v: Var, position: int, encoding: str) -> bytes:
    out = struct.pack("<2i", 3, len(v.labels))
    for value, label in v.labels.items():
        text = label.encode(encoding)
        size = -(-(len(text) + 1) // 8) * 8
        out += struct.pack("<d", value) + bytes([len(text)]) + text.ljust(size - 1)
    return out + struct.pack("<3i", 4, 1, position)


def _info(subtype: int, size: int, data: bytes) -> bytes:
    return struct.pack("<4i", 7, subtype, size, len(data) // size) + data


def _cell(v: Var, value: object, encoding: str) -> bytes:
    if v.width:
        return str(value or "").encode(encoding).ljust(_segments(v) * 8)
    return struct.pack("<d", SYSMIS if value is None else float(str(value)))
