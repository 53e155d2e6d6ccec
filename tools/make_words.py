"""Make what the invented study ``studies/demo-words`` does not keep: its interviews and answers, from a seed.

To add a part: 1. a function in ``tools/demo_words`` that returns files by name; 2. its line in ``PARTS``.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from demo_words import interviews, survey

PARTS = (interviews.make, survey.make)
TARGET = Path(__file__).resolve().parent.parent / "studies" / "demo-words"


def main() -> int:
    """Write every part where it is not there yet or is another one."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--into", type=Path, default=TARGET, help="The study's folder.")
    folder = parser.parse_args().into
    files = {name: text for part in PARTS for name, text in part().items()}
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        data = text.encode("utf-8")
        if not path.exists() or path.read_bytes() != data:
            path.write_bytes(data)
    print(f"{folder.name}: {len(files)} files made up from a seed")
    return 0


if __name__ == "__main__":
    sys.exit(main())
