"""Quotes made ready for print: said word for word, edited openly, by somebody who agreed, approved as they stand.

The editor may leave words out (``[…]``), put his own in brackets, and change the first letter of a piece; nothing else. Typography
does not count: quotation marks, dashes, kinds of blanks, «ё».
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from posad.core.digests import digest_of
from posad.core.problems import Problem, problem
from posad.core.words import Language, LocalText
from posad.study.words.interviews.values import Alias, Case, InterviewPlan, Interviews, Quote
from posad.words.alike import can_tell

_BRACKETS = re.compile(r"\[[^\]]*\]")
_LEFT_OUT = re.compile(r"\[\s*(?:…|\.\.\.|\.\.)\s*\]|<\s*(?:…|\.\.\.)\s*>")
_QUOTES = str.maketrans(dict.fromkeys("«»„“”‟〝〞‹›❝❞", '"') | dict.fromkeys("’‘‚‛`", "'"))
_DASHES = str.maketrans(dict.fromkeys("–—‒―−‑‐", "-"))
_PERSONAL = re.compile(
    r"\b[\w.+-]+@[\w-]+\.\w{2,}\b|(?<!\d)(?:\+7|8)[\s(-]*\d{3}[\s)-]*\d{3}[\s-]*\d{2}[\s-]*\d{2}(?!\d)"
)
_SIGNS = " .,;:!?-\"'()"
_NEGATION = re.compile(r"\b(?:не|ни|нет|никогда|никто|ничего|not|no|never|nobody|nothing|n't)\b", re.IGNORECASE)
SHORT = 16


@dataclass(frozen=True, slots=True)
class Checked:
    """A quote after the check: who is named under it, whether it may be printed, how it was edited."""

    quote: Quote
    case: Case | None
    label: LocalText
    printable: bool
    left_out: int  # words left out, times
    inserted: int  # words of the editor, times
    hash: str
    problems: tuple[Problem, ...]
    invented: bool = False


def plain(text: str) -> str:
    """Return a text with its typography levelled: what two spellings of the same words have in common.

    >>> plain("«Всё — хорошо…»")
    '"Все - хорошо..."'
    """
    levelled = text.replace("…", "...").translate(_QUOTES).translate(_DASHES)
    return " ".join(levelled.replace("ё", "е").replace("Ё", "Е").split())


def pieces(text: str) -> tuple[str, ...]:
    """Return what of a printed quote claims to be said word for word: its text between brackets, typography levelled.

    >>> pieces("Он [директор] пришёл […] поздно.")
    ('Он', 'пришел', 'поздно.')
    """
    marked = _LEFT_OUT.sub("[]", text)
    return tuple(p for part in _BRACKETS.split(marked) if (p := plain(part).strip(" \"'")))


def said_in(text: str, source: str) -> bool:
    """Tell whether a printed quote was said: each of its pieces stands in the source, in their order, at whole words.

    >>> said_in("Мы […] решили", "Мы долго думали и решили."), said_in("Мы решили", "Мы не решили")
    (True, False)
    """
    return missing_piece(text, source) is None


def missing_piece(text: str, source: str) -> str | None:
    """Return the first piece of a printed quote that the source has not, in the order of the quote; None where all are there.

    Signs at the ends of a piece do not count.
    """
    return _laid(text, source)[0]


def negation_cut(text: str, source: str) -> str:
    """Return the words a quote leaves out, or the editor puts in, that would turn its sense: a negation; empty where there are none.

    >>> negation_cut("Мы […] решили", "Мы так и не решили"), negation_cut("Мы [не] решили", "Мы решили")
    ('так и не', '[не]')
    """
    own = next((m[0] for m in _BRACKETS.finditer(text) if _NEGATION.fullmatch(plain(m[0]).strip("[] "))), "")
    return own or next((gap for gap in _laid(text, source)[1] if _NEGATION.search(gap)), "")


def _laid(text: str, source: str) -> tuple[str | None, list[str]]:
    """Return the first piece that is missing, and the words of the source between the pieces that are there."""
    body = plain(source)
    at, gaps = 0, list[str]()
    for i, piece in enumerate(pieces(text)):
        core = piece.strip(_SIGNS)
        if not core:
            continue
        start = _find(body, core, at)
        if start < 0:
            return piece, gaps
        gaps += [body[at:start].strip(_SIGNS)] if i else []
        at = start + len(core)
    return None, gaps


def _find(body: str, piece: str, at: int) -> int:
    """Return where a piece stands in a text from a position on, as whole words; the case of its first letter does not count."""
    if not piece:
        return at
    first = re.escape(piece[0].lower()) + re.escape(piece[0].upper())
    head = f"[{first}]" if piece[0].isalpha() else re.escape(piece[0])
    before = r"(?<!\w)" if re.match(r"\w", piece) else ""
    after = r"(?!\w)" if re.match(r"\w", piece[-1]) else ""
    match = re.compile(before + head + re.escape(piece[1:]) + after).search(body, at)
    return match.start() if match else -1


def edits_in(text: str) -> tuple[int, int]:
    """Return how often words are left out of a quote, and how often the editor's are put in.

    >>> edits_in("Он […] пришёл [домой].")
    (1, 1)
    """
    left_out = len(_LEFT_OUT.findall(text))
    return left_out, len(_BRACKETS.findall(_LEFT_OUT.sub("", text)))


def hash_of(quote: Quote, source: str, label: LocalText) -> str:
    """Return the digest of what is approved: the words printed, in every language, their passage, and whom they are laid to."""
    texts = sorted((lang, " ".join(words.split())) for lang, words in quote.text.parts)
    return digest_of([texts, plain(source), sorted(label.parts)])[:SHORT]


def check_quotes(interviews: Interviews, small: Collection[str] = (), simulated: bool = False) -> tuple[Checked, ...]:
    """Return every quote, checked.

    Args:
        interviews: The interviews.
        small: Names of places too small to be printed beside a role, as the study's frame counts them.
        simulated: Whether the study's data are made up anyway.
    """
    return tuple(_check(interviews, quote, small, simulated) for quote in interviews.quotes)


def _check(interviews: Interviews, quote: Quote, small: Collection[str], simulated: bool) -> Checked:
    left_out, inserted = edits_in(quote.text.get(interviews.languages[0]))
    invented = interviews.plan.invented or simulated
    if quote.printed:
        source = quote.printed.get(interviews.languages[0])
        digest = hash_of(quote, source, quote.label)
        problems = [] if quote.label else [problem("quote-label-missing", quote.place, name=quote.id)]
        return Checked(
            quote, None, quote.label, bool(quote.label), left_out, inserted, digest, tuple(problems), invented
        )
    transcript = interviews.texts.get(quote.interview)
    source = transcript.words(quote.first, quote.last) if transcript is not None else ""
    case = _case(interviews, quote)
    label = quote.label or (case.label if case is not None else LocalText())
    digest = hash_of(quote, source, label)
    problems = [
        *_said(interviews, quote, source),
        *_agreed(quote, case, label),
        *_approved(quote, digest),
        *_risks(interviews, quote, case, label, small),
    ]
    from posad.core.speech import has_errors

    printable = not has_errors(problems) and bool(source) and bool(quote.approvals)
    return Checked(quote, case, label, printable, left_out, inserted, digest, tuple(problems), invented)


def _case(interviews: Interviews, quote: Quote) -> Case | None:
    """Return who said a quote: whom it names, or the only speaker of its paragraphs who is a case."""
    if quote.case:
        return interviews.case(quote.case)
    transcript = interviews.texts.get(quote.interview)
    if transcript is None or quote.first < 1:
        return None
    turns = transcript.paragraphs[quote.first - 1 : quote.last]
    found = {c.id: c for p in turns if (c := interviews.speaker_of(quote.interview, p)) is not None}
    return next(iter(found.values())) if len(found) == 1 else None


def _said(interviews: Interviews, quote: Quote, source: str) -> Iterator[Problem]:
    own = quote.text.get(interviews.languages[0])
    if source and (piece := missing_piece(own, source)) is not None:
        yield problem("quote-not-said", quote.place, name=quote.id, piece=piece, nearest=_nearest(piece, source))
    elif source and (cut := negation_cut(own, source)):
        yield problem("quote-negation", quote.place, name=quote.id, words=cut)
    if not pieces(own):
        yield problem("quote-empty", quote.place, name=quote.id)
    for language, words in quote.text.parts[1:]:
        if edits_in(words)[0] != edits_in(own)[0]:
            yield problem("quote-edits-differ", quote.place, name=quote.id, language=language)


def _nearest(piece: str, source: str) -> str:
    """Return the words of the passage nearest to a piece, or nothing where none are alike."""
    if not can_tell():
        return "–"
    from rapidfuzz import fuzz

    body = plain(source)
    found = fuzz.partial_ratio_alignment(piece, body, score_cutoff=60)
    return body[found.dest_start : found.dest_end].strip() if found is not None else "–"


def _agreed(quote: Quote, case: Case | None, label: LocalText) -> Iterator[Problem]:
    if case is None:
        yield problem("quote-speaker-unknown", quote.place, name=quote.id)
        return
    if not case.may_be_quoted:
        yield problem("quote-no-consent", quote.place, name=quote.id, case=case.id, line=case.place.line)
    if not label:
        yield problem("quote-label-missing", quote.place, name=quote.id)


def _approved(quote: Quote, digest: str) -> Iterator[Problem]:
    if not quote.approvals:
        yield problem("quote-not-approved", quote.place, name=quote.id)
    elif all(a.hash != digest for a in quote.approvals):
        last = quote.approvals[-1]
        yield problem("quote-changed", quote.place, name=quote.id, who=last.who, when=last.when)


def _risks(
    interviews: Interviews, quote: Quote, case: Case | None, label: LocalText, small: Collection[str]
) -> Iterator[Problem]:
    """Return what may tell who is quoted: real names, addresses and numbers, too much at once under a label."""
    for _, printed in (*quote.text.parts, *label.parts):
        yield from _names(interviews.aliases, quote, printed)
        if match := _PERSONAL.search(printed):
            yield problem("quote-personal", quote.place, name=quote.id, found=match[0])
    if case is None or case.consent == "named":
        return
    languages = dict.fromkeys(lang for lang, _ in (*label.parts, *quote.text.parts))
    said = [
        f"{label.get(lang)} {quote.text.get(lang)}" for lang in languages
    ]  # a quote's own words tell of its speaker too
    told = revealed(case, said, interviews.plan)
    town = next((t for t in small if t and any(_mentions(text, t) for text in said)), "")
    most = interviews.plan.printing.most
    if town and len(told) > 1:
        yield problem("quote-small-place", quote.place, name=quote.id, town=town)
    elif len(told) > most:
        yield problem("quote-risk", quote.place, name=quote.id, columns=", ".join(told), most=most)


def _names(aliases: Iterable[Alias], quote: Quote, printed: str) -> Iterator[Problem]:
    for alias in aliases:
        if _mentions(printed, alias.real):
            facts = {"name": quote.id, "real": alias.real, "instead": alias.instead}
            yield problem("quote-name-printed", quote.place, **facts)


def revealed(case: Case, printed: Iterable[str], plan: InterviewPlan) -> tuple[str, ...]:
    """Return the columns of cases.csv whose value printed texts tell, by its id or in the words of the plan; endings do not count."""
    from posad.words.interviews.tables import attribute

    texts = tuple(printed)
    words = {g.id: [text for _, text in g.label.parts] for g in (*plan.groups, *plan.regions)}

    def tells(column: str) -> bool:
        value = attribute(case, column)
        names = [value, *(words.get(value, ()) if column in ("group", "region") else ())]
        return bool(value) and any(_mentions(text, name) for text in texts for name in names)

    return tuple(c for c in plan.printing.revealing if tells(c))


def _mentions(text: str, name: str) -> bool:
    """Tell whether a text has all words of a name one after another, in any of their forms.

    A word may differ in its last two letters, of four letters or fewer not at all.

    >>> _mentions("владелец магазина, Калмыкии", "Калмыкия"), _mentions("из Орла", "Орск")
    (True, False)
    """
    words, wanted = (re.findall(r"\w+", plain(t).casefold()) for t in (text, name))
    width = len(wanted)
    return bool(wanted) and any(
        all(same_word(a, b) for a, b in zip(words[i : i + width], wanted, strict=True))
        for i in range(len(words) - width + 1)
    )


def same_word(a: str, b: str) -> bool:
    """Tell whether a word may be a form of another: its last two letters may differ, of four letters or fewer none.

    >>> same_word("кольцовой", "кольцова"), same_word("анне", "анна")
    (True, False)
    """
    if a == b:
        return True
    if len(b) <= 4 or abs(len(a) - len(b)) > 3:
        return False
    stem = b[: max(4, len(b) - 2)]
    return a.startswith(stem)


def line_of(checked: Checked, language: Language) -> str:
    """Return how the person is named under a quote."""
    return checked.label.get(language)
