"""List the towns of studies/platforms-2025: places of Russia with 15,000 people and more, out of the extra ``posad[geonames]``.

GeoNames is under CC BY 4.0; the list is made here each time and not kept with the study. Its settings, ``frame/frame.yaml``, say how
far its numbers are from the census. Names that two places of one region share get the code of GeoNames.
"""

from __future__ import annotations

import csv
import hashlib
import io
import sys
import tempfile
from collections import Counter
from pathlib import Path

from posad.core.speech import has_errors, say
from posad.exchange.frames.values import Wishes
from posad.pipeline.territory.importing import import_frame

LEAST = 15_000
KNOWN = (
    "4126183ea9005c6258a03d1c5b9172a4477c5e2181b2f691eeadbc7c22dda096"  # SHA-256 of the list the report was written on
)
TARGET = Path(__file__).resolve().parent.parent / "studies" / "platforms-2025" / "frame" / "territories.csv"


def make() -> str | None:
    """Return the list as CSV, or nothing where the extra is not installed; why is said."""
    with tempfile.TemporaryDirectory() as folder:
        done = import_frame("geonames", (), Path(folder), Wishes(country="RU", least=LEAST))
        if not done.files or has_errors(done.problems):
            print("\n".join(say(p, "en") for p in done.problems), file=sys.stderr)
            return None
        return unique((Path(folder) / "frame" / TARGET.name).read_text(encoding="utf-8"))


def unique(text: str) -> str:
    """Return a list in which places of one name in one region are told apart by their codes."""
    rows = list(csv.DictReader(io.StringIO(text)))
    often = Counter((r["name"], r["region"]) for r in rows)
    for row in rows:
        if often[row["name"], row["region"]] > 1:
            row["name"] += f" ({row['code_geonames']})"
    made = io.StringIO()
    writer = csv.DictWriter(made, list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return made.getvalue()


def main() -> int:
    """Write the list where it is not there yet or is another one."""
    text = make()
    if text is None:
        return 1
    data = text.encode()
    digest = hashlib.sha256(data).hexdigest()
    told = f"{TARGET.parent.parent.name}: {text.count(chr(10)) - 1} towns of GeoNames, sha256 {digest[:12]}"
    if digest != KNOWN:
        told += f"\nnote: not the list the report was written on (sha256 {KNOWN}); `posad check` will name what changed"
    if not TARGET.exists() or TARGET.read_bytes() != data:
        TARGET.write_bytes(data)
    print(told)
    return 0


if __name__ == "__main__":
    sys.exit(main())
