"""Stale numbers rewritten in the chapters: only the digits inside the words of a link, everything else byte for byte.

A number is left to its author where digits do not suffice: the direction or the sign turned, a loosened number ("almost"), a noun
that would have to change its form.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from posad.claims.numbers.judging import digits_for, form_of, judge, true_of
from posad.claims.numbers.speaking import same_agreement, written
from posad.claims.values import Claim
from posad.core.edits import Edit, text_edit
from posad.core.numbers import half_up
from posad.core.reading.texts import Source


def refresh(source: Source, claims: Iterable[Claim], *, accept: bool = False) -> list[Edit]:
    """Return the edits that make the false and stale numbers of a chapter true.

    Args:
        source: The chapter's file as read when the claims were checked.
        claims: The chapter's claims.
        accept: Whether numbers whose definition changed are rewritten too; otherwise they are left to the author, because the
            sentence may no longer say what is counted.
    """
    found = (refreshed(c, accept=accept) for c in claims)
    return [text_edit(source, start, end, new) for start, end, new in (f for f in found if f is not None)]


def refreshed(claim: Claim, *, accept: bool = False) -> tuple[int, int, str] | None:
    """Return the span of the digits in the chapter's text and the new digits, where they suffice to make a claim true."""
    said, fact = claim.said, claim.fact
    mendable = claim.verdict in ("false", "stale-data") or (accept and claim.verdict == "definition-changed")
    if not mendable or said is None or fact is None or said.hedge is not None or said.spelled:
        return None
    true = true_of(said, fact.estimate, form_of(fact))
    if true is None or (true.sign < 0) != (said.sign < 0):
        return None
    digits = digits_for(said, true)
    if not same_agreement(said, claim.words, true.size, digits, claim.language):
        return None
    again = replace(said, value=half_up(true.size, digits), digits=digits)
    if not judge(again, claim.words, fact, claim.language).fits:
        return None
    new = written(true.size, digits, claim.words[said.start : said.end], claim.language)
    return claim.start + said.start, claim.start + said.end, new
