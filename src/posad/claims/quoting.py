"""Quotes in a chapter: ``> «…» [](#interview:01/partner)`` prints what was approved, or a part of it, and nothing else.

The words before the link are held against the approved quote in the chapter's language as that was held against the transcript:
pieces between brackets word for word, in their order; only omissions may be new.
"""

from __future__ import annotations

import re
from dataclasses import replace

from posad.core.place import Place
from posad.core.problems import Problem, problem
from posad.core.reading.markdown import Link
from posad.core.speech import severity
from posad.core.words import Language
from posad.evidence.words.quotes import QuoteFact
from posad.words.interviews.quoting import missing_piece, pieces

_MARKER = re.compile(r"^[ \t]{0,3}>[ \t]?", re.MULTILINE)
_LINK = re.compile(r"\[[^\]]*\]\([^)]*\)")
_QUOTED = re.compile(r"[«“„\"](.+)[»”\"]\s*[.,;:—–-]?\s*$", re.DOTALL)
_INSERTED = re.compile(r"\[([^\]…]+)\]")
_MARKUP = re.compile(r"(?<!\\)[*_]{1,2}|\\(?=[\[\]*_])")


def quoted_words(text: str, link: Link) -> str:
    r"""Return the words a link to a quote stands behind: of its block quote, or the last words in quotation marks.

    >>> from posad.core.reading.markdown import links
    >>> chapter = "> «Мы решили\n> остаться» [](#interview:01/stay)"
    >>> quoted_words(chapter, links(chapter)[0])
    'Мы решили остаться'
    """
    opening = text.rfind("[", 0, link.start + 1 if link.end > link.start else link.start)
    block = max(text.rfind("\n\n", 0, opening) + 2, 0) if "\n\n" in text[:opening] else 0
    before = text[block:opening]
    inside = _MARKER.search(before) is not None and before.lstrip().startswith(">")
    plain = _MARKUP.sub("", _MARKER.sub("", before))
    plain = _LINK.split(plain)[-1]
    flat = " ".join(plain.split())
    match = _QUOTED.search(flat)
    if match:
        return match[1].strip()
    return flat.strip("—–- ") if inside else ""


def check_quote(quote: QuoteFact, text: str, link: Link, language: Language, place: Place) -> list[Problem]:
    """Return what is wrong with a quote of a chapter.

    Args:
        quote: The quote.
        text: The chapter.
        link: The link to it.
        language: The chapter's language.
        place: Where the quote is named.
    """
    found: list[Problem] = []
    if not quote.printable:
        why = next((p.code for p in quote.problems if severity(p) == "error"), "quote-not-approved")
        found.append(problem("quote-unprintable", place, name=quote.id, why=why))
    label = quote.label.get(language)
    if link.words.strip() and link.words.strip() != label:
        found.append(problem("quote-link-words", link.place, name=quote.id, words=link.words, label=label))
    words = quoted_words(text, link)
    if not pieces(words):
        return [*found, problem("quote-not-quoted", place, name=quote.id)]
    approved = quote.text.get(language)
    if not quote.text.has(language):
        found.append(problem("quote-untranslated", place, name=quote.id, language=language))
    piece = missing_piece(words, approved)
    if piece is None:
        own = [m[1].strip() for m in _INSERTED.finditer(words)]
        piece = next((f"[{w}]" for w in own if f"[{w}]" not in approved), None)
    if piece is not None:
        at = replace(link.place, end_line=None, end_column=None)
        found.append(problem("quote-differs", at, name=quote.id, piece=piece))
    return found
