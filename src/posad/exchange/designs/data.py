"""The file of data beside a script: codes as whole numbers, decimal points, missing left empty, one line for each person."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence

from posad.store.values import BILLION


def csv_text(data: Mapping[str, Sequence[object]]) -> str:
    r"""Return columns as the text of a CSV file.

    >>> csv_text({"sex": [1, None], "mark": [2.0, 3.5]})
    'sex,mark\n1,2\n,3.5\n'
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(data)
    writer.writerows([_cell(v) for v in row] for row in zip(*data.values(), strict=True))
    return out.getvalue()


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    return str(value)


def in_units(billionths: int) -> str:
    """Return a weight in billionths as a decimal number, every digit kept.

    >>> in_units(1_250_000_001)
    '1.250000001'
    """
    whole, rest = divmod(billionths, BILLION)
    return f"{whole}.{rest:09d}"
