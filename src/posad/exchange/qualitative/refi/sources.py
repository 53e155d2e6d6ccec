"""The texts of a REFI-QDA project and what is selected in them."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from posad.core.place import Place
from posad.core.problems import Problem, problem
from posad.core.reading.texts import decode
from posad.exchange.qualitative.archives import children, local, text_of
from posad.exchange.qualitative.naming import Taken, file_name
from posad.exchange.qualitative.refi.describing import take_id
from posad.exchange.qualitative.refi.positions import Mark, Way, settle
from posad.study.words.interviews.values import Segment

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_PATH = re.compile(r"^(internal|relative|absolute):/{0,3}", re.IGNORECASE)
_VALUES = ("TextValue", "BooleanValue", "IntegerValue", "FloatValue", "DateValue", "DateTimeValue")
Text = tuple[str, str, bool]  # with line feeds, as written, with a mark at its head


@dataclass
class Sources:
    """The texts of one project while they are read."""

    name: str
    path: Path
    parts: dict[str, bytes]
    codes: dict[str, str]
    users: dict[str, str]
    problems: list[Problem]
    texts: dict[str, str] = field(default_factory=dict)
    segments: list[Segment] = field(default_factory=list)
    by_guid: dict[str, str] = field(default_factory=dict)
    way: Way | None = None  # how positions are counted, where it is known
    values: dict[str, dict[str, str]] = field(default_factory=dict)  # of texts themselves: variable's GUID, value
    taken: Taken = field(default_factory=Taken)

    def _note(self, code: str, **facts: str | int) -> None:
        self.problems.append(problem(code, Place(self.name), **facts))

    def read(self, listed: Element) -> None:
        """Read every text of a list of sources; those that are no text are counted."""
        others: Counter[str] = Counter()
        for element in listed:
            kind = local(element.tag)
            if kind == "TextSource":
                self._source(element, element)
            elif kind == "PDFSource" and children(element, "Representation"):
                self._source(element, children(element, "Representation")[0])
                if n := len(children(element, "PDFSelection")):
                    others["PDFSelection"] += n
            else:
                others[kind] += 1
        for kind, count in others.items():
            self._note("qda-source-kind", kind=kind, count=count)

    def _source(self, element: Element, body: Element) -> None:
        """Read one text with its selections; ``body`` is what holds them."""
        _, own = take_id(text_of(element, "Description"))
        wish = file_name(own or element.get("name") or "", "text")
        found = self.content(body, element.get("name") or wish)
        if found is None:
            return
        id = self.taken.free(wish)
        if id != wish:
            self._note("qda-source-twice", name=element.get("name") or wish, other=id)
        text, written, marked = found
        normal = unicodedata.normalize("NFC", text)
        self.texts[id] = normal
        self.by_guid[_key(element.get("guid"))] = id
        self.by_guid[_key(body.get("guid"))] = id
        self.values[id] = self._own_values(element)
        self._selections(id, body, text, written, marked)
        if element is not body:
            self._whole(id, element, len(normal))
        self._whole(id, body, len(normal))

    def content(self, element: Element, name: str) -> Text | None:
        """Return a text: written in the project, or in a file of the archive, or in one beside it."""
        inline = children(element, "PlainTextContent")
        path = element.get("plainTextPath") or ""
        if inline and not path:
            written = inline[0].text or ""
            return _feeds(written), written, False
        raw = self._file(path) if path else None
        if raw is None:
            where = path or element.get("richTextPath") or "–"
            self._note("qda-source-missing", name=name, path=where)
            return None
        source, found = decode(raw, f"{self.name}:{name}")
        self.problems += found
        if source is None:
            return None
        written = raw[len(source.mark) :].decode(source.encoding, "replace")
        return source.text, written, bool(source.mark)

    def _file(self, path: str) -> bytes | None:
        """Return the bytes of a path of a project; outside the archive only beside it, never above."""
        plain = _PATH.sub("", path).replace("\\", "/").lstrip("/")
        wanted = plain.casefold()
        names = {n.casefold(): n for n in self.parts}
        for key in (f"sources/{wanted}", wanted):
            if key in names:
                return self.parts[names[key]]
        ends = [n for n in names if n.rpartition("/")[2] == wanted.rpartition("/")[2]]
        if len(ends) == 1:
            return self.parts[names[ends[0]]]
        if not path.lower().startswith("relative:"):
            return None
        home = self.path.resolve().parent
        beside = (home / plain).resolve()
        if not beside.is_relative_to(home) or not beside.is_file():
            return None
        try:
            return beside.read_bytes()
        except OSError:
            return None

    def _selections(self, id: str, body: Element, text: str, written: str, marked: bool) -> None:
        """Turn the selections of a text into segments, by the way its positions are counted."""
        elements = children(body, "PlainTextSelection")
        marks = [Mark(_int(e.get("startPosition")), _int(e.get("endPosition")), e.get("name") or "") for e in elements]
        if not marks:
            return
        settled = settle(text, marks, written, marked, self.way)
        if settled.way != (self.way or Way()):
            self._note("qda-positions", name=id, way=str(settled.way), count=len(marks) - settled.outside)
        if settled.outside:
            self._note("qda-position-outside", name=id, count=settled.outside)
        if self.way is None and settled.inside * 2 > len(marks) >= 5:
            self._note("qda-positions-doubtful", name=id, count=settled.inside, all=2 * len(marks))
        lost = blank = 0
        for element, span in zip(elements, settled.spans, strict=True):
            if span is None:
                continue
            start, end = (len(unicodedata.normalize("NFC", text[:at])) for at in span)
            if not self.texts[id][start:end].strip():
                blank += 1
                continue
            lost += self._codings(id, element, start, end)
        if lost:
            self._note("qda-code-missing", name=id, count=lost)
        if blank:
            self._note("qda-coding-blank", name=id, count=blank)

    def _codings(self, id: str, element: Element, start: int, end: int) -> int:
        """Add a segment for every code of a selection; return how many codes are not in the project."""
        lost = 0
        memo = text_of(element, "Description").strip()
        for coding in children(element, "Coding"):
            references = children(coding, "CodeRef")
            code = self.codes.get(_key(references[0].get("targetGUID"))) if references else None
            if code is None:
                lost += 1
                continue
            user = _key(coding.get("creatingUser") or element.get("creatingUser"))
            self.segments.append(Segment(id, start, end, code, self.users.get(user, "unknown"), memo))
        return lost

    def _whole(self, id: str, element: Element, length: int) -> None:
        """Add the codes put on a text as a whole."""
        if length and children(element, "Coding") and (lost := self._codings(id, element, 0, length)):
            self._note("qda-code-missing", name=id, count=lost)

    def _own_values(self, element: Element) -> dict[str, str]:
        found = {}
        for value in children(element, "VariableValue"):
            references = children(value, "VariableRef")
            told = [(v.text or "").strip() for v in children(value, *_VALUES)]
            if references and told and told[0]:
                found[_key(references[0].get("targetGUID"))] = told[0]
        return found


def _feeds(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _int(text: str | None) -> int:
    try:
        return int(text or "")
    except ValueError:
        return -1


def _key(guid: str | None) -> str:
    return (guid or "").strip().strip("{}").upper()
