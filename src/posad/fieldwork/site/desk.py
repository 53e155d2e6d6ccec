"""What the site knows while it serves a study: the wordings in the field, the ledger, keys, panels, and interviews met lately.

Interviews go on with the wording they began with: a questionnaire changed in the field is another :class:`Edition`, and the older
ones are read again from the texts that the ledger keeps.
"""

from __future__ import annotations

import asyncio
import time
from collections import Counter, OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from posad.fieldwork.ledger import Ledger, reading
from posad.fieldwork.ledger.commands import Command
from posad.fieldwork.ledger.engines.values import Tx
from posad.fieldwork.links import Keys, Purpose, read, sign
from posad.fieldwork.panels.values import Panel
from posad.fieldwork.quotas import Placing
from posad.fieldwork.site.consent import Consent
from posad.fieldwork.site.places import Finder
from posad.fieldwork.site.showing.rendering import Frame, languages_of
from posad.fieldwork.site.showing.statics import make_statics
from posad.fieldwork.values import Interview, Value
from posad.study.plans.values import Study
from posad.study.rules import End, Page, Rules, next_page, path, settle
from posad.study.rules.routing import parts_put

R = TypeVar("R")
KNOWN = 1000  # interviews kept in memory, so that their pages are not read again for each post


@dataclass(frozen=True, slots=True)
class Edition:
    """A wording of the questionnaire as interviews go through it."""

    id: str
    rules: Rules
    languages: tuple[str, ...]
    title: Callable[[str], str]
    blocks: frozenset[str] = frozenset()  # pages that nobody sees: the site answers them with the respondent's block


@dataclass(slots=True)
class Held:
    """An interview with its answers: as saved, and without those off its path."""

    interview: Interview
    edition: Edition
    saved: dict[str, Value]  # the last word on every column, None where a question was passed over
    answers: dict[str, object]  # of them those on the path
    way: tuple[Page, ...]  # the pages gone through, the one to be put next last
    pages: Counter[str]  # how many times each page was saved

    def after(self, page: Page, answers: Mapping[str, Value]) -> Held:
        """Return the interview as it would be with a page of answers more; nothing is changed in this one."""
        rules, id = self.edition.rules, self.interview.id
        saved = {**self.saved, **answers}
        onward = bool(self.way) and page.number == self.way[-1].number
        if onward and all(name in self.answers for name in self.saved if not name.startswith("_")):
            kept: dict[str, object] = {**self.answers, **answers}  # nothing lies beyond the page or off the path
        else:
            kept = settle(rules, saved, id)
        return Held(self.interview, self.edition, saved, kept, path(rules, kept, id), self.pages)

    def following(self, page: Page | None = None) -> Page | End:
        """Return the page that follows one (or the first unanswered), or how the interview ends."""
        at = next((n for n, p in enumerate(self.way) if page is not None and p.number == page.number), None)
        if at is not None and at + 1 < len(self.way):
            return self.way[at + 1]
        return next_page(self.edition.rules, self.answers, self.interview.id)

    def answered(self, page: Page) -> bool:
        """Tell whether every question put on a page has been answered or passed over."""
        put = parts_put(self.edition.rules, page, self.answers)
        return all(column in self.answers for part in put for column in part.columns)


@dataclass(frozen=True, slots=True)
class Settings:
    """How a site is served.

    ``public`` is the address people see, ``https://survey.example/town``; ``base`` its path. ``open_door`` lets anybody begin.
    ``placing`` tells which quota cells an interview needs, as soon as its answers say so.
    """

    public: str = ""
    base: str = ""
    open_door: bool = True
    test: bool = False
    apart: bool = False  # whether reading may wait on a network: then it is done beside the loop
    placing: Placing | None = None
    clock: Callable[[], float] = time.time


@dataclass(slots=True)
class Desk:
    """The state of a site; everything that handlers share."""

    study: Study
    ledger: Ledger
    keys: Keys
    edition: Edition
    edition_of: Callable[[str, Tx], Edition | None]
    finder: Finder
    consent: Consent | None = None
    panels: Mapping[str, Panel] = field(default_factory=dict)
    settings: Settings = field(default_factory=Settings)
    _known: OrderedDict[str, Held] = field(default_factory=OrderedDict)
    _editions: dict[str, Edition] = field(default_factory=dict)

    def now(self) -> float:
        """Return what the door's clock shows."""
        return self.settings.clock()

    async def look(self, what: Callable[[Tx], R]) -> R:
        """Read from the ledger: at once where it is a file, beside the loop where it is a server."""
        if self.settings.apart:
            return await asyncio.to_thread(self._look, what)
        return self._look(what)

    def _look(self, what: Callable[[Tx], R]) -> R:
        with self.ledger.reading() as tx:
            return what(tx)

    async def ask(self, command: Command[R]) -> R:
        """Have a command carried out; its answer is on the disk when this returns."""
        return await self.ledger.ask(command)

    async def open(self, link: str) -> Held | None:
        """Return the interview behind a signed link, or nothing."""
        id = read(self.keys, Purpose.INTERVIEW, link, self.now())
        return await self.look(lambda tx: self._hold(tx, id)) if id is not None else None

    def _hold(self, tx: Tx, id: str) -> Held | None:
        interview = reading.find(tx, id)
        if interview is None:
            self._known.pop(id, None)
            return None
        known = self._known.get(id)
        if known is not None and known.interview.revision == interview.revision:
            self._known.move_to_end(id)
            known.interview = interview
            return known
        return self._remember(self._read(tx, interview))

    def _read(self, tx: Tx, interview: Interview) -> Held | None:
        edition = self._editions.get(interview.version)
        if edition is None:
            edition = self.edition if interview.version == self.edition.id else self.edition_of(interview.version, tx)
            if edition is None:
                return None
            self._editions[interview.version] = edition
        saved: dict[str, Value] = {}
        pages: Counter[str] = Counter()
        for row in reading.pages(tx, interview.id):
            saved.update(row.answers)
            pages[row.page] += 1
        answers = settle(edition.rules, saved, interview.id)
        return Held(interview, edition, saved, answers, path(edition.rules, answers, interview.id), pages)

    def _remember(self, held: Held | None) -> Held | None:
        if held is not None:
            self._known[held.interview.id] = held
            self._known.move_to_end(held.interview.id)
            while len(self._known) > KNOWN:
                self._known.popitem(last=False)
        return held

    def forget(self, id: str) -> None:
        """Read an interview anew next time."""
        self._known.pop(id, None)

    def link(self, id: str) -> str:
        """Return the address of an interview, without a page."""
        return f"{self.settings.base}/i/{sign(self.keys, Purpose.INTERVIEW, id)}"

    def frame(self, language: str, *, test: bool = False, title: str = "") -> Frame:
        """Return what surrounds every page in a language."""
        statics = make_statics(self.study.look.get("accent", ""), self.settings.base)
        shown = title or self.study.title.get(language)
        return Frame(shown, language, languages_of(self.study.languages), statics, test or self.settings.test)

    def language(self, *wishes: str) -> str:
        """Return the first wish that is a language of the study, else the study's own."""
        return next((w for w in wishes if w in self.study.languages), self.study.languages[0])
