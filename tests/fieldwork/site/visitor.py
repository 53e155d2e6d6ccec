"""A visitor without a browser: requests straight into the application, forms read as a browser would send them."""

from __future__ import annotations

import asyncio
import random
import threading
from collections.abc import Callable, Coroutine, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from html.parser import HTMLParser
from pathlib import Path
from typing import TypeVar
from urllib.parse import urlencode, urlsplit

from starlette.types import ASGIApp, Message, Scope

from posad.core.speech import has_errors
from posad.fieldwork.ledger import Ledger, open_ledger, reading
from posad.fieldwork.links import Keys
from posad.fieldwork.quotas import arrange
from posad.fieldwork.site.app import make_app
from posad.fieldwork.site.desk import Desk, Settings
from posad.fieldwork.site.serving.opening import open_desk
from posad.fieldwork.values import Answers, Interview, PageRow
from posad.pipeline.field.quotas import read_quotas
from posad.study.folder import read_study
from posad.study.questionnaire.values import Item, Kind, Role
from posad.study.rules import Page

KEYS = Keys("town", (b"k" * 32,))
HOST = "survey.example"
FORM = "application/x-www-form-urlencoded"
Fields = dict[str, list[str]]
R = TypeVar("R")


@dataclass(frozen=True)
class Answer:
    """What the site answered."""

    code: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def text(self) -> str:
        """The page."""
        return self.body.decode("utf-8")

    @property
    def to(self) -> str:
        """Where a redirect leads."""
        return self.headers.get("location", "")


class Reader(HTMLParser):
    """Collects the inputs of a page with what stands in them, and its texts by class."""

    def __init__(self) -> None:
        super().__init__()
        self.fields: Fields = {}
        self.names: set[str] = set()
        self.buttons: list[tuple[str, str]] = []
        self._select = ""
        self._area = ""
        self._said = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep an input with its value, as a browser would send it."""
        a = dict(attrs)
        name = a.get("name") or ""
        if tag == "select":
            self._select = name
            self.names.add(name)
        elif tag == "option" and self._select and "selected" in a:
            self._add(self._select, a.get("value") or "")
        elif tag == "textarea":
            self._area, self._said = name, ""
        elif tag == "button" and name:
            self.buttons.append((name, a.get("value") or ""))
        elif tag == "input" and name:
            self.names.add(name)
            if a.get("type") in ("radio", "checkbox"):
                if "checked" in a:
                    self._add(name, a.get("value") or "on")
            else:
                self._add(name, a.get("value") or "")

    def handle_data(self, data: str) -> None:
        """Keep the words of a text area."""
        self._said += data if self._area else ""

    def handle_endtag(self, tag: str) -> None:
        """Close a list or an area."""
        if tag == "select":
            self._select = ""
        elif tag == "textarea" and self._area:
            self._add(self._area, self._said)
            self.names.add(self._area)
            self._area = ""

    def _add(self, name: str, value: str) -> None:
        self.fields.setdefault(name, []).append(value)


def fields_of(html: str) -> Fields:
    """Return what a browser would send of a page as it stands, without a button."""
    reader = Reader()
    reader.feed(html)
    return {name: list(values) for name, values in reader.fields.items()}


class Loop:
    """A loop in a thread of its own: the thread of the tests may have one already, when a browser is open."""

    def __init__(self) -> None:
        self.loop = asyncio.new_event_loop()
        self.thread = threading.Thread(target=self.loop.run_forever, daemon=True)
        self.thread.start()

    def run(self, what: Coroutine[object, object, R]) -> R:
        """Run to the end and return what came of it."""
        return asyncio.run_coroutine_threadsafe(what, self.loop).result(timeout=60)

    def close(self) -> None:
        """Stop."""
        self.loop.call_soon_threadsafe(self.loop.stop)
        self.thread.join()
        self.loop.close()

    def __enter__(self) -> Loop:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


@dataclass
class Site:
    """A served study and the way into it."""

    desk: Desk
    ledger: Ledger
    app: ASGIApp
    runner: Loop = field(default_factory=Loop)

    def ask(
        self,
        method: str,
        url: str,
        body: bytes = b"",
        headers: Sequence[tuple[str, str]] = (),
        *,
        host: str = HOST,
    ) -> Answer:
        """Send one request straight into the application."""
        parts = urlsplit(url)
        named = [(b"host", host.encode()), *((k.lower().encode("latin-1"), v.encode("latin-1")) for k, v in headers)]
        if body and all(k != b"content-length" for k, _ in named):
            named.append((b"content-length", str(len(body)).encode()))
        scope: Scope = {
            "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": method, "scheme": "https",
            "path": parts.path, "raw_path": parts.path.encode("utf-8", "surrogatepass"),
            "query_string": parts.query.encode("utf-8", "surrogatepass"),
            "root_path": "", "headers": named, "client": ("192.0.2.7", 1), "server": (host, 443),
        }  # fmt: skip
        return self.runner.run(_called(self.app, scope, body))

    def get(self, url: str, **more: str) -> Answer:
        """Look at a page."""
        return self.ask("GET", url, headers=list(more.items()))

    def post(self, url: str, fields: Mapping[str, Sequence[str]], headers: Sequence[tuple[str, str]] = ()) -> Answer:
        """Post a form as a browser does."""
        body = urlencode([(k, v) for k, values in fields.items() for v in values]).encode()
        return self.ask("POST", url, body, [("content-type", FORM), ("origin", f"https://{HOST}"), *headers])

    def follow(self, answer: Answer) -> tuple[str, Answer]:
        """Follow redirects to the page they lead to."""
        url = answer.to
        for _ in range(10):
            answer = self.get(url)
            if answer.code != 303:
                return url, answer
            url = answer.to
        raise AssertionError(f"redirects without end: {url}")

    def begin(self, url: str = "/", language: str = "") -> str:
        """Begin an interview and return its link's root, ``/i/LINK``; consent is given where it is asked for."""
        first = self.get(url)
        assert first.code == 200, first.code
        fields = {**fields_of(first.text), "_go": ["start"]}
        if language:
            fields["_in"] = [language]
        begun = self.post(url, fields)
        assert begun.code == 303, begun.text
        root = begun.to
        where, page = self.follow(begun)
        if where.partition("?")[0].endswith("/_consent"):
            given = self.post(where, {**fields_of(page.text), "_go": ["yes"]})
            assert given.code == 303
        return root

    def id_of(self, root: str) -> str:
        """Return the id of the interview behind a link."""
        held = self.runner.run(self.desk.open(root.rpartition("/i/")[2]))
        assert held is not None
        return held.interview.id

    def interview(self, id: str) -> Interview:
        """Return an interview as the ledger holds it."""
        with self.ledger.reading() as tx:
            found = reading.find(tx, id)
        assert found is not None
        return found

    def rows(self, id: str) -> list[PageRow]:
        """Return the pages of an interview as the ledger holds them."""
        with self.ledger.reading() as tx:
            return reading.pages(tx, id)

    def saved(self, id: str) -> Answers:
        """Return the last word on every column of an interview."""
        found: dict[str, object] = {}
        for row in self.rows(id):
            found.update(row.answers)
        return found  # type: ignore[return-value]

    def page(self, url: str) -> Page:
        """Return the page an address shows."""
        found = self.desk.edition.rules.page(url.partition("?")[0].rpartition("/")[2])
        assert found is not None, url
        return found

    def close(self) -> None:
        """Close the ledger and the loop."""
        self.runner.close()
        self.ledger.close()


async def _called(app: ASGIApp, scope: Scope, body: bytes) -> Answer:
    got: list[Message] = []
    sent = False

    async def receive() -> Message:
        nonlocal sent
        if sent:
            return {"type": "http.disconnect"}
        sent = True
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(message: Message) -> None:
        got.append(message)

    await app(scope, receive, send)
    headers = {k.decode("latin-1"): v.decode("latin-1") for k, v in got[0].get("headers", [])}
    return Answer(got[0]["status"], headers, b"".join(m.get("body", b"") for m in got[1:]))


def open_site(folder: Path, where: Path, settings: Settings | None = None) -> Site:
    """Open the site of a study folder with a ledger of its own."""
    study, problems = read_study(folder)
    assert study is not None
    assert not has_errors(problems), problems
    quotas, problems = read_quotas(folder, study)
    assert quotas is not None, problems
    ledger = open_ledger(where, "town", alone=True)
    settings = replace(settings or Settings(), placing=quotas.placing)
    arrange(ledger, quotas, settings.clock())
    desk, _ = open_desk(folder, study, ledger, KEYS, settings=settings)
    return Site(desk, ledger, make_app(desk))


Choose = Callable[[Sequence[int]], int]


def good(item: Item, draw: random.Random, towns: Sequence[str] = ("bel",)) -> Fields:
    """Return inputs that answer an item as its rules allow."""
    plain = [o for o in item.options if Role.TEXT not in o.roles]
    match item.kind:
        case Kind.SINGLE | Kind.SCALE:
            return {item.column: [str(draw.choice(plain or list(item.options)).code)]}
        case Kind.MULTIPLE:
            free = [o for o in plain if Role.EXCLUSIVE not in o.roles] or list(item.options)[:1]
            most = min(item.limit or len(free), len(free))
            chosen = draw.sample(free, draw.randint(1, most))
            return {item.column: [str(o.code) for o in chosen]}
        case Kind.NUMBER:
            low, high = item.bounds or (0, 100)
            return {item.column: [str(draw.randint(int(max(low, -1000)), int(min(high, 1000))))]}
        case Kind.TERRITORY:
            return {item.column: [draw.choice(towns)]}
        case _:
            return {item.column: ["слова, words"]}


def fill(page: Page, draw: random.Random, towns: Sequence[str] = ("bel",)) -> Fields:
    """Return inputs that answer every question of a page as its rules allow."""
    fields: Fields = {}
    for part in page.parts:
        if part.question.kind is Kind.RANKING:
            alone = {Role.EXCLUSIVE, Role.DONT_KNOW, Role.OUT_OF_BASE}
            ranked = [o for o in part.question.options if not o.roles & alone] or list(part.question.options[:1])
            order = draw.sample(ranked, min(len(part.items), len(ranked)))
            fields |= {i.column: [str(o.code)] for i, o in zip(part.items, order, strict=False)}
        else:
            for item in part.items:
                fields |= good(item, draw, towns)
    return fields


@dataclass(frozen=True)
class Step:
    """A page met on the way: its address, what it showed, what was posted to it and what came of it."""

    url: str
    shown: Answer
    fields: Fields
    answered: Answer


def walk(site: Site, root: str, draw: random.Random, changed: Mapping[str, Fields] | None = None) -> Iterator[Step]:
    """Go through an interview page by page to its end, answering as the rules allow; ``changed`` answers pages otherwise."""
    url, shown = site.follow(replace(site.get(root), headers={"location": root}))
    for _ in range(200):
        if "/_end" in url:
            return
        page = site.page(url)
        asked = fields_of(shown.text)
        answers = {**fill(page, draw), **(changed or {}).get(page.id, {})}
        read = Reader()
        read.feed(shown.text)
        own = {n: v for n, v in asked.items() if n in ("_token", "_in")}
        fields = {**own, "_go": ["next"], **{n: v for n, v in answers.items() if {n, f"{n}__search"} & read.names}}
        answered = site.post(url, fields)
        yield Step(url, shown, fields, answered)
        assert answered.code == 303, answered.text
        url, shown = site.follow(answered)
    raise AssertionError("an interview without end")
