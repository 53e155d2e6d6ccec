"""The frame as files: territories.csv and frame.yaml, written once and then a person's own."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence

from posad.core.words import LocalText
from posad.exchange.writing import scalar
from posad.study.frame.values import Source

ORDER = ("id", "name", "name_en", "region", "district", "lat", "lon")


def territories_csv(columns: Mapping[str, Sequence[str]]) -> str:
    """Return territories.csv: what a territory is called and where it lies, its people by year, its labels, its codes."""
    names = [n for n in ORDER if n in columns]
    rest = [n for n in columns if n not in ORDER]
    rank = {"name": 0, "people": 1, "travel": 2, "tag": 3, "code": 4}
    names += sorted(rest, key=lambda n: (rank.get(n.partition("_")[0], 5), n))
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(names)
    writer.writerows(zip(*(columns[n] for n in names), strict=True))
    return text.getvalue()


def frame_yaml(country: str, population: str, sources: Iterable[Source], regions: Mapping[str, LocalText]) -> str:
    """Return frame.yaml of a new frame: its country, the column sizes are taken from, and where every column comes from."""
    lines = [f"country: {scalar(country)}", f"population: {population}", "sources:"]
    lines += source_lines(sources)
    if regions:
        lines.append("regions:")
        lines += [f"  {scalar(code)}: {_text(name)}" for code, name in regions.items()]
    return "\n".join(lines) + "\n"


def source_lines(sources: Iterable[Source], indent: str = "  ") -> list[str]:
    """Return the lines of ``sources:`` for some columns."""
    lines = []
    for s in sources:
        lines.append(f"{indent}{s.column}:")
        parts = {"as_of": f'"{s.as_of}"', "source": scalar(s.source)}
        parts |= {"licence": scalar(s.licence)} if s.licence else {}
        parts |= {"file": scalar(s.file)} if s.file else {}
        parts |= {"sha256": scalar(s.sha256)} if s.sha256 else {}
        parts["kind"] = s.kind
        parts |= {"note": _text(s.note)} if s.note else {}
        lines += [f"{indent}  {key}: {value}" for key, value in parts.items()]
    return lines


def _text(text: LocalText) -> str:
    return "{" + ", ".join(f"{language}: {_quoted(words)}" for language, words in text.parts) + "}"


def _quoted(words: str) -> str:
    return '"' + words.replace("\\", "\\\\").replace('"', '\\"') + '"'
