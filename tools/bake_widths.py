"""Bake the advance widths of Liberation Sans into ``src/posad/report/svg/widths.py``.

Charts are laid out without a font at hand, so the widths of the characters they may meet are kept in the code. Run it again
only when the range of characters grows: ``python tools/bake_widths.py FOLDER_OF_THE_FONTS`` (Debian: ``fonts-liberation``;
needs ``fonttools``).
"""

from __future__ import annotations

import sys
from collections import defaultdict
from pathlib import Path

from fontTools.ttLib import TTFont

RANGES = (
    (0x20, 0x7E), (0xA0, 0xFF), (0x100, 0x17F), (0x391, 0x3C9), (0x400, 0x45F), (0x490, 0x493), (0x2010, 0x2015),
    (0x2018, 0x201E), (0x2020, 0x2022), (0x2026, 0x2026), (0x2030, 0x2030), (0x2039, 0x203A), (0x20AC, 0x20AC),
    (0x2116, 0x2116), (0x2122, 0x2122), (0x2190, 0x2195), (0x2212, 0x2212), (0x2248, 0x2248), (0x2260, 0x2265),
)  # fmt: skip
HEAD = '''"""Advance widths of Liberation Sans (and so of Arial), in units of 1/2048 of the size; written by ``tools/bake_widths.py``."""

UNITS = 2048

'''


def widths(path: Path) -> dict[int, str]:
    """Return the characters of each width."""
    font = TTFont(path)
    names, metrics = font.getBestCmap(), font["hmtx"].metrics
    assert font["head"].unitsPerEm == 2048
    found: dict[int, str] = defaultdict(str)
    for first, last in RANGES:
        for code in range(first, last + 1):
            if code in names:
                found[metrics[names[code]][0]] += chr(code)
    return dict(sorted(found.items()))


def literal(name: str, table: dict[int, str]) -> str:
    """Return a table as Python text of lines under 120 characters."""
    lines = [f"{name}: dict[int, str] = {{"]
    for width, characters in table.items():
        escaped = [
            ascii(c)[1:-1] if not c.isprintable() or c in "\xa0\xad" else c.replace("\\", "\\\\").replace('"', '\\"')
            for c in characters
        ]
        rows, row = [], ""
        for piece in escaped:
            if len(row) + len(piece) > 100:
                rows, row = [*rows, row], ""
            row += piece
        rows.append(row)
        if len(rows) == 1:
            lines.append(f'    {width}: "{rows[0]}",')
        else:
            lines.append(f"    {width}: (")
            lines += [f'        "{r}"' for r in rows]
            lines.append("    ),")
    return "\n".join([*lines, "}", ""])


def main() -> None:
    """Write the module."""
    folder = Path(sys.argv[1])
    target = Path(__file__).parent.parent / "src/posad/report/svg/widths.py"
    parts = [
        literal("REGULAR", widths(folder / "LiberationSans-Regular.ttf")),
        literal("BOLD", widths(folder / "LiberationSans-Bold.ttf")),
    ]
    target.write_text(HEAD + "\n".join(parts), encoding="utf-8")


if __name__ == "__main__":
    main()
