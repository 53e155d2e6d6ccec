"""Markdown of chapters and questionnaires: links with the exact place of their words, headings, HTML.

CommonMark and tables, without raw HTML (it is shown as it is written); comments ``<!-- … -->`` are for the author and never
shown. Offsets are those of the text given, whose line breaks are line feeds, as ``texts.read_text`` returns it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from copy import copy
from dataclasses import dataclass
from functools import cache, lru_cache

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline, image, link
from markdown_it.token import Token

from posad.core.place import Place
from posad.core.reading.texts import Lines

_LOST = re.compile(r"\][ \t]?[(\[]\s*#[^)\]\n]+[)\]]?")  # meant as a link into the study, and read as plain words
_CODE = re.compile(r"(`+)[^`].*?\1")
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_OWN_ID = re.compile(r"\s*\{#([^\s{}#]+)\}\s*$")


@dataclass(frozen=True, slots=True)
class Link:
    """A link or an image: ``[words](target)``.

    ``start`` and ``end`` are offsets of the words inside the brackets, ``target_start`` and ``target_end`` of the target
    (an empty span after the words where the target is defined elsewhere). ``place`` is that of the words, or of the target
    where there are no words.
    """

    words: str
    target: str
    image: bool
    place: Place
    start: int
    end: int
    target_start: int
    target_end: int
    target_place: Place


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading: its level from 1, its words without markup, its id on the page."""

    level: int
    words: str
    id: str
    place: Place


@dataclass(frozen=True, slots=True)
class _Span:
    """Where a link stands in its paragraph's own text."""

    words: tuple[int, int]
    target: tuple[int, int]
    address: str


def links(text: str, name: str = "") -> tuple[Link, ...]:
    """Return the links and images of a text in their order; code and escaped brackets are not links."""
    return tuple(link for token in _parsed(text, name) for child in token.children or () if (link := _link_of(child)))


def lost_links(text: str, name: str = "") -> tuple[tuple[str, Place], ...]:
    """Return what was meant as a link to ``#…`` and is none, such as ``[72 %] (#like.top2)``; each as written, with its place.

    >>> lost_links("[72 %](#like. top2) and [48 %](#move.leave)", "a.md")[0][0]
    '](#like. top2)'
    """
    lines = Lines(name, text)
    taken = [(one.start - 2, max(one.end, one.target_end) + 1) for one in links(text, name)]
    found: list[tuple[str, Place]] = []
    for token in _parsed(text, name):
        if token.type != "inline" or token.map is None:
            continue
        first, last = token.map
        start = lines.starts[first]
        end = lines.starts[last] if last < len(lines.starts) else len(text)
        code = [(start + m.start(), start + m.end()) for p in (_CODE, _COMMENT) for m in p.finditer(text[start:end])]
        for match in _LOST.finditer(text, start, end):
            if not any(a <= match.start() < b for a, b in (*taken, *code)):
                found.append((match[0], lines.place(match.start(), match.end())))
    return tuple(dict.fromkeys(found))


def headings(text: str, name: str = "") -> tuple[Heading, ...]:
    """Return the headings of a text in their order.

    The id is the words in small letters with dashes, or what the author wrote: ``## Method {#method}``.
    """
    return tuple(heading for token in _parsed(text, name) if (heading := token.meta.get("heading")))


def to_html(text: str, render_link: Callable[[Link], str | None], name: str = "") -> str:
    """Return a text as HTML.

    Args:
        text: the Markdown.
        render_link: returns the HTML that stands for a link or an image, or None for the usual one.
        name: the path relative to the study, for the places of links.
    """
    tokens = [copy(token) for token in _parsed(text, name)]  # of its own: they are changed below
    for at, token in enumerate(tokens):
        if token.type == "inline" and tokens[at - 1].type == "paragraph_open" and _says_nothing(token.children or []):
            tokens[at - 1].hidden = tokens[at + 1].hidden = True
            token.children = []
        if token.children and token.type == "inline":
            token.children = list(_rendered(token.children, render_link))
            if _is_figure(token.children) and tokens[at - 1].type == "paragraph_open":
                tokens[at - 1].hidden = tokens[at + 1].hidden = True  # a figure may not stand inside a paragraph
    html: str = _markdown().renderer.render(tokens, _markdown().options, {})
    return html


def _link_of(token: Token) -> Link | None:
    found = token.meta.get("link")
    return found if isinstance(found, Link) else None


def _rendered(children: Sequence[Token], render_link: Callable[[Link], str | None]) -> Iterator[Token]:
    skip_to = -1
    for at, token in enumerate(children):
        if at <= skip_to:
            continue
        link = _link_of(token)
        html = render_link(link) if link else None
        if link is None or html is None:
            yield token
            continue
        if not link.image:
            level = token.level
            skip_to = next(i for i in range(at, len(children)) if _closes(children[i], level))
        yield Token("html_inline", "", 0, content=html, meta={"figure": link.image})


def _closes(token: Token, level: int) -> bool:
    return token.type == "link_close" and token.level == level


def _says_nothing(children: Sequence[Token]) -> bool:
    """Tell whether a paragraph held comments alone."""
    return all(t.type == "softbreak" or (t.type == "text" and not t.content.strip()) for t in children)


def _is_figure(children: Sequence[Token]) -> bool:
    """Tell whether a paragraph is nothing but drawn images."""
    drawn = [t for t in children if t.meta.get("figure")]
    rest = [t for t in children if not t.meta.get("figure")]
    return bool(drawn) and all(t.type == "softbreak" or (t.type == "text" and not t.content.strip()) for t in rest)


@cache
def _markdown() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False}).enable("table")
    parser.inline.ruler.at("link", _spotted(link, "link_open", 1))
    parser.inline.ruler.at("image", _spotted(image, "image", 2))
    parser.inline.ruler.before("html_inline", "comment", _comment)
    parser.block.ruler.before("html_block", "comment", _comment_block)
    return parser


def _comment(state: StateInline, silent: bool) -> bool:
    """Pass over a comment inside a paragraph."""
    match = _COMMENT.match(state.src, state.pos)
    if match is None:
        return False
    state.pos = match.end()
    return True


def _comment_block(state: StateBlock, line: int, last: int, silent: bool) -> bool:
    """Pass over a comment that stands alone, with blank lines in it too; what follows on its last line is read as text."""
    begin = state.bMarks[line] + state.tShift[line]
    match = _COMMENT.match(state.src, begin)
    if match is None or state.is_code_block(line) or silent:
        return False
    ends = next((n for n in range(line, last) if state.eMarks[n] >= match.end()), None)
    if ends is None or state.src[match.end() : state.eMarks[ends]].strip():
        return False
    state.line = ends + 1
    return True


def _spotted(rule: Callable[[StateInline, bool], bool], kind: str, opening: int) -> Callable[[StateInline, bool], bool]:
    """Return a rule of the parser that also notes where the link it found stands."""

    def spotted(state: StateInline, silent: bool) -> bool:
        start, before = state.pos, len(state.tokens)
        if not rule(state, silent):
            return False
        if not silent:
            token = next(t for t in state.tokens[before:] if t.type == kind)
            token.meta["span"] = _span(state, start, opening)
        return True

    return spotted


def _span(state: StateInline, start: int, opening: int) -> _Span | None:
    end = state.md.helpers.parseLinkLabel(state, start + opening - 1, opening == 1)
    words = (start + opening, end)
    if state.pos <= end + 2 or state.src[end + 1] != "(":
        return _Span(words, (end + 1, end + 1), "") if state.pos > end else None
    at = end + 2
    while state.src[at].isspace():
        at += 1
    found = state.md.helpers.parseLinkDestination(state.src, at, state.posMax)
    if not found.ok:
        return _Span(words, (at, at), "")
    angles = 1 if state.src[at : at + 1] == "<" else 0
    return _Span(words, (at + angles, found.pos - angles), found.str)


@lru_cache(maxsize=1024)
def _parsed(text: str, name: str) -> tuple[Token, ...]:
    """Return the tokens of a text to read and not to change; a chapter is read many times in a build and parsed once."""
    return tuple(_parse(text, name))


def _parse(text: str, name: str) -> list[Token]:
    """Return the tokens of a text, with links and headings noted in their ``meta``."""
    tokens = _markdown().parse(text)
    lines = Lines(name, text)
    ids: dict[str, int] = {}
    cells: dict[int, int] = {}  # by line: where the search for the next table cell begins
    for at, token in enumerate(tokens):
        if token.type != "inline" or token.map is None:
            continue
        before = tokens[at - 1]
        in_table = before.type in ("td_open", "th_open")
        offsets = _Offsets.of_cell(lines, token, cells) if in_table else _Offsets.of_lines(lines, token)
        for child in token.children or ():
            span = child.meta.get("span")
            if isinstance(span, _Span):
                child.meta["link"] = _placed(span, child, token.content, offsets, lines)
        if before.type == "heading_open":
            before.meta["heading"] = _heading(before, token, lines, ids)
    return tokens


def _placed(span: _Span, token: Token, content: str, offsets: _Offsets, lines: Lines) -> Link:
    start, end = map(offsets.at, span.words)
    first, last = map(offsets.at, span.target)
    is_image = token.type == "image"
    target = span.address or str(token.attrGet("src" if is_image else "href") or "")
    target_place = lines.place(first, last)
    place = lines.place(start, end) if end > start else target_place
    return Link(content[slice(*span.words)], target, is_image, place, start, end, first, last, target_place)


@dataclass(frozen=True)
class _Offsets:
    """How the characters of a paragraph's own text lie in the file: by line, or in one table cell."""

    starts: tuple[int, ...]  # of each line in the paragraph's text
    places: tuple[int, ...]  # of the same lines in the file
    pipes: str = ""  # a cell's text: every ``|`` in it is written with a backslash

    def at(self, offset: int) -> int:
        line = max(i for i, start in enumerate(self.starts) if start <= offset)
        return self.places[line] + offset - self.starts[line] + self.pipes[:offset].count("|")

    @classmethod
    def of_lines(cls, lines: Lines, token: Token) -> _Offsets:
        starts: list[int] = []
        places: list[int] = []
        at = 0
        for number, content in enumerate(token.content.split("\n"), (token.map or [0])[0]):
            start = lines.starts[number]
            written = lines.text[start:].split("\n", 1)[0].rstrip()
            own = content.rstrip()
            inner = len(written) - len(own) if written.endswith(own) else max(written.find(own.strip()), 0)
            starts.append(at)
            places.append(start + inner)
            at += len(content) + 1
        return cls(tuple(starts), tuple(places))

    @classmethod
    def of_cell(cls, lines: Lines, token: Token, cells: dict[int, int]) -> _Offsets:
        number = (token.map or [0])[0]
        begin = cells.get(number, lines.starts[number])
        written = token.content.replace("|", "\\|")
        at = max(lines.text.find(written, begin), begin)
        cells[number] = at + len(written)
        return cls((0,), (at,), token.content)


def _heading(opening: Token, inline: Token, lines: Lines, ids: dict[str, int]) -> Heading:
    """Return a heading and put its id on the token; an id the author wrote is taken out of the words."""
    own = None
    children = inline.children or []
    if children and children[-1].type == "text" and (own := _OWN_ID.search(children[-1].content)):
        children[-1].content = children[-1].content[: own.start()]
    words = "".join(" " if c.type == "softbreak" else c.content for c in children).strip()
    id = _unique(own[1] if own else _slug(words), ids)
    opening.attrSet("id", id)
    start = lines.starts[(opening.map or [0])[0]]
    return Heading(int(opening.tag[1]), words, id, lines.place(start))


def _slug(words: str) -> str:
    return re.sub(r"[\W_]+", "-", words.casefold()).strip("-") or "section"


def _unique(id: str, ids: dict[str, int]) -> str:
    free = id
    while free in ids:
        ids[id] += 1
        free = f"{id}-{ids[id]}"
    ids[free] = 1
    return free
