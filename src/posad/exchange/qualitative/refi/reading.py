"""REFI-QDA projects and codebooks of any program, read into values; what cannot be taken over is named.

GUIDs are only followed, never kept. A thing is known by the id in its description where it has one, else by its name.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from posad.core.place import Place
from posad.core.problems import Problem, problem
from posad.core.words import Language, LocalText
from posad.exchange.qualitative.archives import children, local, parse_xml, read_parts, text_of
from posad.exchange.qualitative.naming import Taken, code_name, file_name
from posad.exchange.qualitative.refi.describing import read_description, take_id
from posad.exchange.qualitative.refi.positions import ORIGINS
from posad.exchange.qualitative.refi.sources import Sources
from posad.exchange.qualitative.values import Incoming
from posad.study.words.interviews.cases import CONSENTS
from posad.study.words.interviews.values import Case, Code, Codebook, Memo

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

TEXTS = (".qde", ".txt", ".xml")
NOBODY = "unknown"
_OWN = ("group", "region", "consent", "date", "guide", "speaker")
_VALUES = ("TextValue", "BooleanValue", "IntegerValue", "FloatValue", "DateValue", "DateTimeValue")
_LEFT_OUT = ("Links", "Sets", "Graphs")


def read_project(path: Path, name: str, language: Language) -> tuple[Incoming | None, list[Problem]]:
    """Read a .qdpx.

    Args:
        path: The archive.
        name: Its name, for places.
        language: The language of its names and descriptions.

    Returns:
        What could be read, or None; and everything that was assumed, renamed or could not be taken over.
    """
    parts, problems = read_parts(path, name, TEXTS)
    if parts is None:
        return None, problems
    wanted = [n for n in parts if n.lower().rpartition("/")[2] == "project.qde"] or [
        n for n in parts if n.lower().endswith(".qde")
    ]
    if not wanted:
        return None, [problem("qda-no-project", Place(name), name="project.qde")]
    root, found = parse_xml(parts[wanted[0]], wanted[0], Place(name))
    if root is None:
        return None, [*problems, *found]
    if local(root.tag) != "Project":
        return None, [*problems, problem("qda-root", Place(name), name=local(root.tag))]
    reader = _Reader(name, path, parts, language, problems)
    return reader.project(root)


def read_codebook(path: Path, name: str, language: Language) -> tuple[Codebook | None, list[Problem]]:
    """Read a .qdc, or the codes of a project given without its archive."""
    try:
        data = path.read_bytes()
    except OSError as error:
        return None, [problem("file-not-readable", Place(name), file=name, reason=error.strerror or str(error))]
    root, problems = parse_xml(data, name, Place(name))
    if root is None:
        return None, problems
    if local(root.tag) not in ("CodeBook", "Project"):
        return None, [problem("qda-root", Place(name), name=local(root.tag))]
    reader = _Reader(name, path, {}, language, problems)
    book = children(root, "CodeBook")[0] if local(root.tag) == "Project" and children(root, "CodeBook") else root
    found = reader.codebook([book])
    return (found if found.codes else None), problems + ([] if found.codes else [problem("qda-nothing", Place(name))])


@dataclass
class _Reader:
    """One project while it is read; ``problems`` grows on the way."""

    name: str
    path: Path
    parts: dict[str, bytes]
    language: Language
    problems: list[Problem]
    codes: dict[str, str] = field(default_factory=dict)  # GUID: id
    users: dict[str, str] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)  # of variables

    def note(self, code: str, **facts: str | int) -> None:
        self.problems.append(problem(code, Place(self.name), **facts))

    def project(self, root: Element) -> tuple[Incoming | None, list[Problem]]:
        taken = Taken()
        for users in children(root, "Users"):
            for i, user in enumerate(children(users, "User"), 1):
                wish = file_name(user.get("name") or user.get("id") or "", f"coder-{i}").replace(".", "-")
                self.users[_key(user.get("guid"))] = taken.free(wish)
        codebook = self.codebook(children(root, "CodeBook"))
        for variables in children(root, "Variables"):
            for v in children(variables, "Variable"):
                self.names[_key(v.get("guid"))] = " ".join((v.get("name") or "").split())
        sources = Sources(self.name, self.path, self.parts, self.codes, self.users, self.problems)
        sources.way = ORIGINS.get(root.get("origin") or "")
        for listed in children(root, "Sources"):
            sources.read(listed)
        cases = self.cases(children(root, "Cases"), sources)
        memos = self.memos(root, sources)
        for kind in _LEFT_OUT:
            if n := sum(len(found) for found in children(root, kind)):
                self.note("qda-left-out", what=kind, count=n)
        if not codebook.codes and not sources.texts:
            self.note("qda-nothing")
            return None, self.problems
        coders = tuple(dict.fromkeys([*self.users.values(), *(s.coder for s in sources.segments)]))
        segments = tuple(sorted(sources.segments))
        coded = tuple(sorted({(s.interview, s.coder) for s in segments}))
        return Incoming(codebook, sources.texts, cases, segments, memos, coders, coded), self.problems

    def codebook(self, books: Iterable[Element]) -> Codebook:
        found: list[Code] = []
        taken = Taken()
        for book in books:
            for codes in children(book, "Codes"):
                self.walk(codes, "", found, taken)
        return Codebook(tuple(found))

    def walk(self, element: Element, under: str, found: list[Code], taken: Taken) -> None:
        for child in children(element, "Code"):
            name = " ".join((child.get("name") or "").split())
            id, texts = read_description(text_of(child, "Description"), name, self.language)
            wish = id if id and code_name(id) == id else code_name(name)
            free = taken.free(wish)
            if free != wish:
                self.note("qda-code-twice", name=name or wish, other=free)
            self.codes[_key(child.get("guid"))] = free
            codable = (child.get("isCodable") or "true").strip().lower() in ("true", "1")
            label = texts.pop("label") if name else LocalText.from_mapping({self.language: free})
            found.append(Code(free, label, Place(self.name), under, codable=codable, **texts))
            self.walk(child, free, found, taken)

    def cases(self, listed: Iterable[Element], sources: Sources) -> tuple[Case, ...]:
        found: list[Case] = []
        taken = Taken()
        for element in (c for cases in listed for c in children(cases, "Case")):
            _, own = take_id(text_of(element, "Description"))
            id = taken.free(file_name(own or element.get("name") or "", "case"))
            values = self.values(element)
            texts = [
                sources.by_guid[g]
                for r in children(element, "SourceRef")
                if (g := _key(r.get("targetGUID"))) in sources.by_guid
            ]
            if len(texts) > 1:
                self.note("qda-left-out", what=f"{id}: {', '.join(texts[1:])}", count=len(texts) - 1)
            found.append(self.case(id, texts[0] if texts else id, values))
        spoken = {c.interview for c in found}
        for text, values in sources.values.items():
            if text not in spoken:
                found.append(self.case(taken.free(text), text, {self.names.get(k, k): v for k, v in values.items()}))
        return tuple(found)

    def values(self, element: Element) -> dict[str, str]:
        found = {}
        for value in children(element, "VariableValue"):
            references = children(value, "VariableRef")
            name = self.names.get(_key(references[0].get("targetGUID")), "") if references else ""
            told = [(v.text or "").strip() for v in children(value, *_VALUES)]
            if name and told and told[0]:
                found[name] = told[0]
        return found

    def case(self, id: str, interview: str, values: dict[str, str]) -> Case:
        own = {name: values.pop(name, "") for name in _OWN}
        labels = {self.language: values.pop("public_label", "")}
        for name in [n for n in values if n.startswith("public_label.")]:
            labels[name.partition(".")[2]] = values.pop(name)
        words = {w: kind for kind, forms in CONSENTS.items() for w in forms}
        return Case(
            id,
            interview,
            Place(self.name),
            own["group"],
            own["region"],
            words.get(own["consent"].casefold(), "none"),
            LocalText.from_mapping({lang: text for lang, text in labels.items() if text}),
            own["speaker"],
            own["date"],
            own["guide"],
            {name.replace("\n", " "): value for name, value in values.items() if name not in ("case", "interview")},
        )

    def memos(self, root: Element, sources: Sources) -> tuple[Memo, ...]:
        about = {
            _key(r.get("targetGUID")): f"code:{self.codes[_key(c.get('guid'))]}"
            for c in root.iter()
            if local(c.tag) == "Code" and _key(c.get("guid")) in self.codes
            for r in children(c, "NoteRef")
        }
        found = []
        for note in (n for notes in children(root, "Notes") for n in children(notes, "Note")):
            text = sources.content(note, "note")
            if text is None or not text[0].strip():
                continue
            name = note.get("name") or ""
            own = name if name.partition(":")[0] in ("code", "case", "interview", "coder") or name == "project" else ""
            told = text_of(note, "Description")
            who, _, when = told.partition("; ") if own else ("", "", "")
            head = "" if own or not name else f"{name}: "
            target = about.get(_key(note.get("guid")), own or "project")
            found.append(Memo(target, head + text[0].strip(), Place(self.name), who, when))
        return tuple(found)


def _key(guid: str | None) -> str:
    """Return a GUID as programs mean it: braces and the case of letters do not count."""
    return (guid or "").strip().strip("{}").upper()
