"""A chapter on the page: its Markdown with numbers as buttons, charts and tables in their places, headings in order."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from html import escape, unescape

from posad.core.digests import digest_of
from posad.core.reading.markdown import Link, headings, to_html
from posad.core.words import Language
from posad.report.document import ChapterText, Report, is_number
from posad.report.html.passports import number_id, passport_id
from posad.report.html.quotes import quote_button
from posad.report.wording import words

_HEADING = re.compile(r'<h([1-6])(?: id="([^"]*)")?>(.*?)</h\1>', re.DOTALL)
_BUTTON = re.compile(
    r'([(«“„\[]*)(<button type="button" class="n"[^>]*>.*?</button>)([.,;:!?…)»”\]]+|(?=[(«“]))?', re.DOTALL
)
_HEAD = (
    r"\s*<h2[^>]*>(?:(?!</h2>).)*</h2>\s*(?:<p>[^<]{1,60}:</p>\s*)?"  # a heading, and a short line that opens a list
)
_CARD = r"\s*<li>\s*(?:<p>)?(?:<strong>)?(?:<span class=\"k\">)?<button(?:(?!</li>).)*</li>"
_CARDS = re.compile(
    rf"\A({_HEAD})<ul>((?:{_CARD}){{2,}}\s*)</ul>", re.DOTALL
)  # a list of numbers, each line begins with one
_UNIT = re.compile(  # what stands behind the digits of a card's number: «раза», "percentage points"; all of a number in words
    r'(<li>\s*(?:<p>)?(?:<strong>)?(?:<span class="k">)?<button[^>]*>)([^<]*\d|)([^<\d]*[^\W\d_][^<\d]*)(</button>)'
)
_DASH = re.compile(
    r"(<li>(?:(?!</li>).)*?</button>(?:</span>)?)\s*[–—-]\s+(?=\w)", re.DOTALL
)  # before the words under a number
_TABLE = re.compile(r"<table>.*?</table>", re.DOTALL)
_TAGS = re.compile(r"<[^>]*>")
_HELD = re.compile("\0(\\d+)\0")
BlockWriter = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class ChapterView:
    """A chapter ready for the template; ``body`` is our own markup, ``language`` differs where there is no translation."""

    id: str
    title: str
    parts: tuple[tuple[str, str], ...]  # id and words of its sections, for the contents
    body: str
    language: Language
    translated: bool


@dataclass
class Links:
    """Writes the links of chapters and remembers which numbers they show, in order."""

    report: Report
    language: Language
    figure: BlockWriter
    table: BlockWriter
    analysis: BlockWriter
    words: BlockWriter
    shown: dict[str, None] = field(default_factory=dict)
    tables: int = 0  # written in the chapters so far
    quoted: dict[str, None] = field(default_factory=dict)
    held: list[str] = field(default_factory=list)  # figures, left out while the chapter around them is put in order

    def hold(self, markup: str) -> str:
        """Return what stands for a figure until :meth:`put_back`: a mark that no chapter can hold."""
        self.held.append(markup)
        return f"\0{len(self.held) - 1}\0"

    def put_back(self, body: str) -> str:
        """Return a chapter with its figures in their places."""
        return _HELD.sub(lambda match: self.held[int(match[1])], body)

    def write(self, link: Link, ids: Mapping[str, str]) -> str | None:
        """Return a link or an image as it stands on the page, or None for the usual link."""
        target = link.target
        if link.image:
            return self._image(link)
        if target.startswith("#") and target[1:] in ids:
            return f'<a href="#{escape(ids[target[1:]])}">{escape(link.words)}</a>'
        if target.startswith("#list:"):
            return escape(link.words)  # the list is the questionnaire's; there is no page of it to go to
        if target.startswith("#interview:"):
            return self._quote(target.partition(":")[2])
        if not is_number(target) and target[1:] not in self.report.facts:  # `#age` is a number where the study has one
            return None
        address = target[1:]
        if (link.place.file, link.place.line, link.place.column) in self.report.refused:
            note = words("refused_number", self.language)
            return f'<mark class="missing" title="{escape(note)}: {escape(address)}">[?]</mark>'
        if (
            address not in self.report.facts and not self.report.has_answers
        ):  # what the draft says of it, nobody has answered
            note = words("waiting_number", self.language)
            return f'<mark class="missing" title="{escape(note)}: {escape(address)}">[…]</mark>'
        if address not in self.report.facts:
            note = words("missing_number", self.language)
            return f'<mark class="missing" title="{escape(note)}: {escape(address)}">{escape(link.words)}</mark>'
        place = "" if address in self.shown else f' id="{number_id(address)}"'
        self.shown[address] = None
        return (
            f'<button type="button" class="n"{place} popovertarget="{passport_id(address)}" aria-haspopup="dialog">'
            f"{escape(link.words)}</button>"
        )

    def _quote(self, id: str) -> str:
        """Return whom a quote is laid to; of one that must not be printed, that it is missing."""
        quote = self.report.quotes.get(id)
        if quote is None or not quote.printable:
            return f'<mark class="missing">{escape(words("missing_number", self.language))}: {escape(id)}</mark>'
        first = id not in self.quoted
        self.quoted[id] = None
        return quote_button(quote, self.language, first)

    def _image(self, link: Link) -> str:
        name = link.target[1:]
        for kind, known, write in (
            ("chart:", self.report.figures, self.figure),
            ("table:", self.report.tables, self.table),
            ("analysis:", self.report.analyses, self.analysis),
            ("interviews:", self.report.words, self.words),
        ):
            if link.target.startswith("#") and name.startswith(kind):
                id = name[len(kind) :]
                return write(id) if id in known else self._missing(kind, id)
        return f"<span>{escape(link.words or link.target)}</span>"

    def _missing(self, kind: str, id: str) -> str:
        what = {"chart:": "figure", "table:": "table", "interviews:": "table"}.get(kind, "analysis")
        key = f"{'missing' if self.report.has_answers else 'waiting'}_{what}"
        return f'<div class="missing" role="note">{escape(words(key, self.language, name=id))}</div>'


def chapter_view(chapter: ChapterText, links: Links) -> ChapterView:
    """Return a chapter in one language."""
    found, file, text = chapter.get(links.language)
    prefix = f"c-{digest_of(chapter.id)[:8]}"
    ids = {h.id: f"{prefix}-{h.id}" for h in headings(text, file)}
    body = to_html(text, lambda link: links.write(link, ids), file)
    titles: list[tuple[int, str, str]] = []
    body = _ordered(_BUTTON.sub(_kept_together, body), ids, titles, words("permalink", links.language))
    title = titles[0][2] if titles else chapter.id
    if not titles or titles[0][0] != 2:
        body = f'<h2 id="{prefix}">{escape(title)}</h2>{body}'
    body = _tables_scroll(body, links)
    body = _CARDS.sub(_as_cards, body, count=1)
    head = titles[0][1] if titles and titles[0][0] == 2 else prefix
    parts = tuple((id, name) for level, id, name in titles if level == 3)
    return ChapterView(head, title, parts, links.put_back(body), found, found == links.language)


def _as_cards(match: re.Match[str]) -> str:
    """Return a list of numbers as cards: digits are large, the words of their unit are not, so that they find room, and no dash."""
    cards = _DASH.sub(r"\1 ", _UNIT.sub(r"\1\2<small>\3</small>\4", match[2]))
    return f'{match[1]}<ul class="cards">{cards}</ul>'


def _tables_scroll(body: str, links: Links) -> str:
    """Put each table written in the chapter into a box that scrolls and that the keyboard reaches."""

    def one(match: re.Match[str]) -> str:
        links.tables += 1
        label = f"{words('table', links.language)} {links.tables}"
        return f'<div class="scroll" tabindex="0" role="region" aria-label="{escape(label)}">{match[0]}</div>'

    return _TABLE.sub(one, body)


def _kept_together(match: re.Match[str]) -> str:
    """Keep a button on one line with the marks that touch it: a browser would break the line between them."""
    before, button, after = match[1], match[2], match[3] or ""
    return f'<span class="k">{before}{button}{after}</span>' if before or after else button


def _ordered(body: str, ids: Mapping[str, str], titles: list[tuple[int, str, str]], here: str) -> str:
    """Push headings one level down, under the page's own, and leave no level out; collect them."""

    def one(match: re.Match[str]) -> str:
        before = titles[-1][0] if titles else 1
        level = min(int(match[1]) + 1, before + 1, 6)
        plain = unescape(_TAGS.sub("", match[3])).strip()
        id = ids.get(unescape(match[2] or ""), "")
        titles.append((level, id, plain))
        link = f'<a class="perma" href="#{escape(id)}" aria-label="{escape(here)}: {escape(plain)}">#</a>' if id else ""
        return f'<h{level} id="{escape(id)}">{match[3]}{link}</h{level}>'

    return _HEADING.sub(one, body)
