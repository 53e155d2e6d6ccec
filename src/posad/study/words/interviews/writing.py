"""The files of ``interviews`` as text: what an import writes and an edit adds."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Sequence

from posad.core.words import LocalText
from posad.study.words.interviews.codings import COLUMNS
from posad.study.words.interviews.values import Case, Codebook, Coding, Memo

_PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")
_WORDS = frozenset({"true", "false", "null", "yes", "no", "on", "off", "y", "n", "nan", "inf"})


def scalar(text: str) -> str:
    r"""Return a text as YAML reads it back.

    >>> scalar("trust"), scalar("да: нет"), scalar("no")
    ('trust', '"да: нет"', '"no"')
    """
    if _PLAIN.fullmatch(text) and text.lower() not in _WORDS:
        return text
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f").replace("\x85", "\\u0085")


def local_text(text: LocalText, languages: Sequence[str]) -> str:
    """Return a text in one language as a word, in several as a mapping."""
    if [lang for lang, _ in text.parts] == [languages[0]]:
        return scalar(text.parts[0][1])
    return "{" + ", ".join(f"{lang}: {scalar(words)}" for lang, words in text.parts) + "}"


def codebook_yaml(codebook: Codebook, languages: Sequence[str]) -> str:
    """Return codebook.yaml."""
    lines = ["codes:" if codebook.codes else "codes: {}"]
    for code in codebook.codes:
        lines += [f"  {scalar(code.id)}:", f"    label: {local_text(code.label, languages)}"]
        lines += [f"    under: {scalar(code.under)}"] if code.under else []
        for key in ("definition", "include", "exclude", "example"):
            text: LocalText = getattr(code, key)
            lines += [f"    {key}: {local_text(text, languages)}"] if text else []
        lines += [] if code.codable else ["    codable: false"]
    return "\n".join(lines) + "\n"


def cases_csv(cases: Iterable[Case], languages: Sequence[str]) -> str:
    """Return cases.csv; columns that nobody has a value in are left out."""
    labels = ["public_label", *(f"public_label.{lang}" for lang in languages[1:])]
    rows = []
    for c in cases:
        own = {"case": c.id, "interview": "" if c.interview == c.id else c.interview, "speaker": c.speaker}
        own |= {"group": c.group, "region": c.region, "consent": c.consent, "date": c.date, "guide": c.guide}
        said = dict(c.label.parts)
        own |= {name: said.get(lang, "") for name, lang in zip(labels, languages, strict=True)}
        rows.append({**own, **c.attributes})
    names = list(dict.fromkeys(name for row in rows for name in row))
    kept = [n for n in names if n in ("case", "consent") or any(row.get(n) for row in rows)] or ["case", "consent"]
    return _table(kept, ([row.get(n, "") for n in kept] for row in rows))


def codings_csv(codings: Iterable[Coding]) -> str:
    """Return the file of one coder for one interview, in the order of the text."""
    ordered = sorted(codings, key=lambda c: (c.first, c.last, c.quote, c.nth, c.code))
    return _table(COLUMNS, map(coding_row, ordered))


def coding_row(coding: Coding) -> list[str]:
    """Return one coding as the cells of its row."""
    par = str(coding.first) if coding.first == coding.last else f"{coding.first}-{coding.last}"
    nth = str(coding.nth) if coding.nth > 1 else ""
    return [par, coding.code, coding.quote, nth, coding.memo]


def memos_csv(memos: Iterable[Memo]) -> str:
    """Return memos.csv."""
    return _table(("about", "who", "when", "text"), ([m.about, m.who, m.when, m.text] for m in memos))


def row_text(cells: Sequence[str], delimiter: str = ",") -> str:
    """Return one row of a table with its line end."""
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator="\n").writerow(cells)
    return out.getvalue()


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    return "".join([row_text(head), *map(row_text, rows)])


__all__ = ["cases_csv", "codebook_yaml", "coding_row", "codings_csv", "local_text", "memos_csv", "row_text", "scalar"]
