"""A chapter cut into plain sentences, each character of which knows where it stands in the file.

A heading, an item of a list and a cell of a table stand alone; what a quotation (``>``) names as its source supports all of it.
Code is no sentence of the author, nor is a cell that holds nothing but a number.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from posad.claims.language.values import Linked, Sentence
from posad.claims.values import Claim
from posad.core.reading.markdown import Link, links
from posad.core.reading.texts import Lines
from posad.core.words import Language
from posad.study.addresses import Resolved

_HIDDEN = re.compile(r"<!--.*?-->|(`+)[^`].*?\1", re.DOTALL)
_FENCE = re.compile(r"^[ \t]*(```+|~~~+).*?^[ \t]*\1[^\n]*$", re.DOTALL | re.MULTILINE)
_MARK = re.compile(
    r"(?P<quote>[ \t]*(?:>[ \t]?)*)[ \t]*(?:(?P<heading>#{1,6}[ \t]+)|(?P<item>[-*+][ \t]+|\d{1,9}[.)][ \t]+))?"
)
_RULER = re.compile(r"[ \t>]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*")
_CELL = re.compile(r"(?:\\.|[^|\\])+")
_WORD = re.compile(r"[^\W\d_]{4,}")
_END = re.compile(r"[.!?…]+[»”\"')\]]*(?=\s+[«“\"'(\[]*[A-ZА-ЯЁ0-9])")
_SHORT = re.compile(
    r"(?:^|[\s(«“])(?:[A-ZА-ЯЁ]|(?<!\d )(?:г|гг)|ул|им|см|рис|табл|гл|стр|св|проф|акад|п|ср|напр|Mr|Mrs|Ms|Dr|St|vs|No|Fig|e\.g|i\.e)\.$"
)
_QUOTED = re.compile(r"«[^«»]*(?:«[^«»]*»[^«»]*)*»|“[^“”]*”|„[^„“]*“")
_STRAIGHT = re.compile(r"\"[^\"]*\"")  # which of them opens is not to be seen, so they hold inside one sentence


@dataclass(frozen=True)
class _Plain:
    """A block's characters with their offsets in the chapter."""

    text: str
    offsets: tuple[int, ...]
    heading: bool = False
    quote: int | None = None  # which quotation of the chapter it stands in


def sentences_of(
    file: str, language: Language, text: str, claims: Iterable[Claim] = (), settled: dict[str, Resolved] | None = None
) -> tuple[Sentence, ...]:
    """Return the sentences of a chapter in their order, each with the numbers it links to.

    Args:
        file: The chapter's file, for places.
        language: The chapter's language.
        text: The chapter.
        claims: Its claims.
        settled: Addresses settled against the study, by their text.
    """
    lines = Lines(file, text)
    found = links(text, file)
    by_start = {c.start: c for c in claims}
    blocks = list(_blocks(text, found))
    made: list[Sentence] = []
    for block in blocks:
        sources, mentioned = _sources(block, blocks, found), said_of(block.text)
        for span in _spans(block.text):
            made.append(_sentence(block, span, lines, language, found, by_start, settled or {}, sources, mentioned))
    return tuple(made)


def _sources(block: _Plain, blocks: Iterable[_Plain], found: Iterable[Link]) -> tuple[str, ...]:
    """Return what the quotation of a block links to anywhere in it."""
    if block.quote is None:
        return ()
    inside = [b.offsets for b in blocks if b.quote == block.quote]
    return tuple(link.target for link in found if any(o[0] - 2 <= link.start <= o[-1] + 1 for o in inside))


class _Cutter:
    """A chapter being cut into blocks, line by line."""

    def __init__(self, text: str, keep: list[bool]) -> None:
        self.text, self.keep = text, keep
        self.block: list[int] = []
        self.quote: int | None = None
        self.quotes = 0

    def flush(self, heading: bool = False) -> Iterator[_Plain]:
        """Yield the block that has been gathered."""
        plain = "".join(" " if self.text[i].isspace() else self.text[i] for i in self.block)
        if plain.strip():
            yield _Plain(plain, tuple(self.block), heading, self.quote)
        self.block = []

    def take(self, start: int, end: int) -> None:
        """Add what the author says from ``start`` to ``end``."""
        self.block += [i for i in range(start, min(end, len(self.text))) if self.keep[i]]

    def line(self, at: int, line: str) -> Iterator[_Plain]:
        """Take a line of running text that starts at ``at``."""
        mark = _MARK.match(line)
        assert mark is not None  # it may be empty
        inside, rest = ">" in mark["quote"], line[mark.end() :].strip()
        new = bool(not rest or mark["heading"] or mark["item"] or (inside and self.quote is None))
        if new:
            yield from self.flush()
        if inside and self.quote is None:
            self.quote, self.quotes = self.quotes, self.quotes + 1
        elif new and not inside:
            self.quote = None
        self.take(at + mark.end(), at + len(line) + 1)
        if mark["heading"]:
            yield from self.flush(heading=True)

    def row(self, at: int, line: str) -> Iterator[_Plain]:
        """Take a row of a table: every cell with words in it stands alone."""
        yield from self.flush()
        for cell in _CELL.finditer(line):
            self.take(at + cell.start(), at + cell.end())
            if _WORD.search("".join(self.text[i] for i in self.block)):
                yield from self.flush()
            self.block = []


def _blocks(text: str, found: Iterable[Link]) -> Iterator[_Plain]:
    """Yield the blocks of a chapter, markup taken off."""
    cutter, at = _Cutter(text, _kept(text, found)), 0
    lines = text.split("\n")
    table = False
    for line, following in zip(lines, [*lines[1:], ""], strict=True):
        table = "|" in line and (table or _is_ruler(following))
        if not (table and _is_ruler(line)):
            yield from cutter.row(at, line) if table else cutter.line(at, line)
        at += len(line) + 1
    yield from cutter.flush()


def _is_ruler(line: str) -> bool:
    """Tell whether a line is the one under the head of a table."""
    return "|" in line and _RULER.fullmatch(line) is not None


def _kept(text: str, found: Iterable[Link]) -> list[bool]:
    """Tell of each character whether it is words of the author: not a comment, code, picture, address or emphasis."""
    keep = [character != "*" for character in text]
    spans = [m.span() for p in (_FENCE, _HIDDEN) for m in p.finditer(text)]
    for link in found:
        close = text.find(")", link.target_end)
        end = close + 1 if close >= 0 and text[link.end : link.end + 2] == "](" else link.end + 1
        opening = link.start - (2 if link.image else 1)
        spans += [(opening, end)] if link.image else [(opening, link.start), (link.end, end)]
    for start, end in spans:
        for i in range(max(start, 0), min(end, len(text))):
            keep[i] = text[i] == "\n"
    return keep


def _spans(text: str) -> Iterator[tuple[int, int]]:
    """Yield where each sentence of a block starts and ends."""
    start = 0
    for match in _END.finditer(text):
        if _SHORT.search(text, start, match.end()) and not re.search(r"п\. ?п\.$", text[: match.end()]):
            continue
        yield from _trimmed(text, start, match.end())
        start = match.end()
    yield from _trimmed(text, start, len(text))


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        yield start, end


def _sentence(
    block: _Plain,
    span: tuple[int, int],
    lines: Lines,
    language: Language,
    found: Iterable[Link],
    claims: dict[int, Claim],
    settled: dict[str, Resolved],
    sources: tuple[str, ...],
    mentioned: str,
) -> Sentence:
    start, end = span
    text, offsets = block.text[start:end], block.offsets[start:end]
    where = {offset: i for i, offset in enumerate(offsets)}
    first, last = offsets[0], offsets[-1]
    inside = [link for link in found if first - 2 <= link.start <= last + 1 and not link.image]
    words = [[where[i] for i in range(link.start, link.end) if i in where] for link in inside]
    linked = []
    for link, spots in zip(inside, words, strict=True):
        claim = claims.get(link.start)
        if claim is not None and spots:
            linked.append(Linked(claim, spots[0], spots[-1] + 1, settled.get(claim.address)))
    place = lines.place(first, last + 1)
    return Sentence(
        language,
        text,
        _unsaid(text, mentioned[start:end], linked),
        place,
        offsets,
        lambda a, b: lines.place(a, b),
        tuple(linked),
        tuple(link.target for link in inside),
        block.heading,
        block.text[:start],
        tuple((spots[0], spots[-1] + 1) if spots else (0, 0) for spots in words),
        sources,
    )


def said_of(text: str) -> str:
    """Return a text with what stands in quotation marks blanked.

    >>> said_of("Пишут «в 2 раза», а верно 1,8")
    'Пишут           , а верно 1,8'
    """
    return _QUOTED.sub(lambda match: " " * len(match[0]), text)


def _unsaid(text: str, mentioned: str, linked: Iterable[Linked]) -> str:
    """Return a sentence with what it only mentions blanked, save the words of links."""
    letters = list(_STRAIGHT.sub(lambda match: " " * len(match[0]), mentioned))
    for one in linked:
        letters[one.start : one.end] = text[one.start : one.end]
    return "".join(letters)


_CLAUSE = re.compile(r"[;:]|,\s|\s[–—-]\s|[()]")


def clause_of(sentence: Sentence, at: int) -> tuple[int, int]:
    """Return where the clause around an offset starts and ends: between commas, colons, dashes, brackets."""
    start, end = 0, len(sentence.text)
    for match in _CLAUSE.finditer(sentence.said):
        if match.end() <= at:
            start = match.end()
        elif match.start() >= at:
            end = match.start()
            break
    return start, end


def nearest(linked: Iterable[Linked], start: int, end: int) -> Linked | None:
    """Return the number that words at a span speak of: the one they stand in, else the next one, else the last before."""
    listed = list(linked)
    inside = [one for one in listed if one.start <= start and end <= one.end]
    behind = [one for one in listed if one.start >= end]
    return next(iter([*inside, *behind, *reversed([one for one in listed if one.end <= start])]), None)


_CALLED = (
    ("мужчин", "мужской"), ("женщин", "женский"), ("men", "male"), ("women", "female"), ("male", "men"), ("female", "women"),
    ("youth", "young"), ("young", "youth"), ("молод", "молодежь"), ("юнош", "мужской"), ("девуш", "женский"),
)  # fmt: skip


def mentions(text: str, label: str) -> bool:
    """Tell whether a text names something by its label, in whatever case: «среди мужчин» names «Мужчины».

    >>> mentions("среди жителей малых городов", "Малые города"), mentions("среди мужчин", "женский")
    (True, False)
    """
    return mention(text, label) is not None


@lru_cache(maxsize=16_384)
def mention(text: str, label: str) -> int | None:
    """Return where a text first names something by its label, or by another common name of it («мужчины», "male")."""
    wanted = {stem(w) for w in re.findall(r"[^\W\d_]{3,}", label)}
    for word in re.finditer(r"[^\W\d_]{3,}", text):
        names = {stem(word[0]), *(stem(other) for begin, other in _CALLED if word[0].casefold().startswith(begin))}
        if any(_akin(a, b) for a in wanted for b in names):
            return word.start()
    return None


@lru_cache(maxsize=16_384)
def stem(word: str) -> str:
    """Return a word without its ending, roughly: enough to know it in another case or number."""
    plain = word.casefold().replace("ё", "е")
    if len(plain) <= 4:
        return plain
    return re.sub(
        r"(?:ами|ями|ого|его|ому|ему|ыми|ими|ей|ой|ый|ий|ая|яя|ое|ее|ые|ие|ых|их|ую|юю|ов|ев|ам|ям|ах|ях|ом|ем|ия|ии|[аеиоуыэюяйь]|s|es)$",
        "",
        plain,
    )


def _akin(one: str, other: str) -> bool:
    """Tell whether two stems are of one word: equal, or the shorter begins the longer and is long enough."""
    short, long = sorted((one, other), key=len)
    return one == other or (len(short) >= 5 and long.startswith(short))
