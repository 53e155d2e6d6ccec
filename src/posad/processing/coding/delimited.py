"""Several answers in one cell: ``1;3;5;``, or texts with commas of their own."""

from __future__ import annotations

from collections.abc import Iterable

from posad.processing.cells import Coder, fold

DELIMITERS = (";", "|", "\n", ",", "/", " ")


def delimiter_of(values: Iterable[object], coder: Coder) -> str | None:
    """Return the delimiter that splits cells into known answers, or None.

    Taken only when nine parts of ten are known: else ``No opinion`` would count as ``No`` for want of a better reading.
    """
    cells = {str(v) for v in values if v is not None and not coder.is_missing(v) and coder.code(v) is None}
    best: tuple[int, str] | None = None
    for delimiter in DELIMITERS:
        parts = [p for c in cells if delimiter in c for p in split(c, delimiter, coder)]
        known = sum(coder.code(p) is not None for p in parts)
        if known and known >= 0.9 * len(parts) and (best is None or known > best[0]):
            best = (known, delimiter)
    return best[1] if best else None


def split(value: object, delimiter: str | None, coder: Coder) -> list[str]:
    """Return the answers of a cell; a text that contains the delimiter stays whole when it is a known answer.

    Parts are joined again from the left, the longest known text first, so ``"Yes, a lot, No"`` can hold two answers.
    """
    text = str(value).strip() if not isinstance(value, float) else fold(value)
    if delimiter is None or delimiter not in text or coder.code(text) is not None:
        return [text]
    pieces = text.split(delimiter)
    if len(pieces) > 500:
        return [p.strip() for p in pieces if p.strip()]
    parts: list[str] = []
    start = 0
    while start < len(pieces):
        taken = 1
        for end in range(len(pieces), start + 1, -1):
            if coder.code(delimiter.join(pieces[start:end]).strip()) is not None:
                taken = end - start
                break
        parts.append(delimiter.join(pieces[start : start + taken]).strip())
        start += taken
    return [p for p in parts if p]
