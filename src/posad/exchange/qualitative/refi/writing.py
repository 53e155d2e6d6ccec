"""Interviews as a REFI-QDA project or codebook: valid by the published schema, the same bytes for the same interviews."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal
from xml.sax.saxutils import escape, quoteattr

from posad.core.place import Place
from posad.core.problems import Problem, problem
from posad.exchange.qualitative.archives import write_parts
from posad.exchange.qualitative.refi.describing import description, guid, with_id
from posad.exchange.qualitative.refi.positions import CRLF, ORIGINS, Way, counted
from posad.study.words.interviews.values import Case, Code, Interviews, Segment, Transcript

Target = Literal["refi", "maxqda", "utf16"]
WHEN = "2000-01-01T00:00:00Z"
PROJECT, CODEBOOK = "urn:QDA-XML:project:1.0", "urn:QDA-XML:codebook:1.0"
_ORIGINS: Mapping[Target, str] = {"refi": "posad", "maxqda": "posad CR LF", "utf16": "posad UTF-16"}
_NAME = 40
_CONTROLS = {c: None for c in range(32) if c not in (9, 10, 13)} | {0xFFFE: None, 0xFFFF: None}


def write_project(
    interviews: Interviews, segments: Sequence[Segment], name: str, target: Target = "refi"
) -> tuple[bytes, list[Problem]]:
    """Return a .qdpx.

    Args:
        interviews: The interviews.
        segments: Their codings by position.
        name: The project's name.
        target: ``refi`` counts characters and line feeds; ``maxqda`` writes two characters for a line end and counts both; ``utf16``
            counts an emoji as two.

    Returns:
        The archive; and notes about texts whose positions some programs will shift.
    """
    origin = _ORIGINS[target]
    work = _Work(interviews, tuple(sorted(segments)), ORIGINS[origin])
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        f'<Project xmlns="{PROJECT}" name={_attribute(name)} origin="{origin}" creationDateTime="{WHEN}">',
        *work.users(),
        *work.codes(),
        *work.variables(),
        *work.cases(),
        *work.sources(),
        *work.notes(),
        "</Project>",
    ]
    parts = {"project.qde": ("\n".join(lines) + "\n").encode("utf-8")}
    for t in interviews.transcripts:
        text = t.text.replace("\n", "\r\n") if work.way.ends == CRLF else t.text
        parts[f"sources/{guid('src', t.id)}.txt"] = text.encode("utf-8")
    for i, memo in enumerate(interviews.memos):
        parts[f"sources/{_note(i, memo.about)}.txt"] = memo.text.encode("utf-8")
    emoji = [t for t in interviews.transcripts if not work.way.utf16 and any(ord(c) > 0xFFFF for c in t.text)]
    return write_parts(parts), [problem("qda-emoji", Place(t.file), name=t.id) for t in emoji]


def write_codebook(interviews: Interviews) -> bytes:
    """Return a .qdc: the codes alone."""
    work = _Work(interviews, (), ORIGINS["posad"])
    lines = ['<?xml version="1.0" encoding="utf-8"?>', f'<CodeBook xmlns="{CODEBOOK}" origin="posad">', "<Codes>"]
    lines += [*work.tree(""), "</Codes>", "</CodeBook>"]
    return ("\n".join(lines) + "\n").encode("utf-8")


def variables_of(case: Case, languages: tuple[str, ...]) -> dict[str, str]:
    """Return everything known of a case as variables by name."""
    labels = {
        "public_label" if lang == languages[0] else f"public_label.{lang}": text for lang, text in case.label.parts
    }
    own = {"group": case.group, "region": case.region, "consent": case.consent, "date": case.date, "guide": case.guide}
    own["speaker"] = case.speaker
    return {name: value for name, value in {**own, **labels, **case.attributes}.items() if value}


def _note(number: int, about: str) -> str:
    return guid("note", f"{number}:{about}")


def _attribute(text: str) -> str:
    return quoteattr(" ".join(text.translate(_CONTROLS).split()))


def _text(text: str) -> str:
    return escape(text.translate(_CONTROLS))


@dataclass(frozen=True)
class _Work:
    """The parts of one project, each as lines of XML."""

    interviews: Interviews
    segments: tuple[Segment, ...]
    way: Way

    @property
    def language(self) -> str:
        return self.interviews.languages[0]

    def users(self) -> Iterator[str]:
        if self.interviews.coders:
            yield "<Users>"
            yield from (f'<User guid="{guid("user", c)}" name={_attribute(c)}/>' for c in self.interviews.coders)
            yield "</Users>"

    def codes(self) -> Iterator[str]:
        if self.interviews.codebook.codes:
            yield "<CodeBook><Codes>"
            yield from self.tree("", notes=True)
            yield "</Codes></CodeBook>"

    def tree(self, under: str, notes: bool = False) -> Iterator[str]:
        for code in self.interviews.codebook.children(under):
            codable = "true" if code.codable else "false"
            label = _attribute(self.name(code))
            yield f'<Code guid="{guid("code", code.id)}" name={label} isCodable="{codable}">'
            yield f"<Description>{_text(description(code, self.language))}</Description>"
            yield from self.references(code) if notes else ()
            yield from self.tree(code.id, notes)
            yield "</Code>"

    def name(self, code: Code) -> str:
        """Return a code's label; with its id behind it where another code has the same: some programs keep only one of them."""
        label = code.label.get(self.language) or code.id
        alike = [c for c in self.interviews.codebook.codes if c.label.get(self.language).casefold() == label.casefold()]
        return f"{label} [{code.id}]" if len(alike) > 1 else label

    def references(self, code: Code) -> Iterator[str]:
        for i, memo in enumerate(self.interviews.memos):
            if memo.about == f"code:{code.id}":
                yield f'<NoteRef targetGUID="{_note(i, memo.about)}"/>'

    def variable_names(self) -> list[str]:
        named = (variables_of(c, self.interviews.languages) for c in self.interviews.cases)
        return list(dict.fromkeys(name for found in named for name in found))

    def variables(self) -> Iterator[str]:
        if names := self.variable_names():
            yield "<Variables>"
            for name in names:
                yield f'<Variable guid="{guid("var", name)}" name={_attribute(name)} typeOfVariable="Text"/>'
            yield "</Variables>"

    def cases(self) -> Iterator[str]:
        if not self.interviews.cases:
            return
        yield "<Cases>"
        for case in self.interviews.cases:
            yield f'<Case guid="{guid("case", case.id)}" name={_attribute(case.id)}>'
            yield f"<Description>{_text(with_id('', case.id))}</Description>"
            for name, value in variables_of(case, self.interviews.languages).items():
                yield f'<VariableValue><VariableRef targetGUID="{guid("var", name)}"/><TextValue>{_text(value)}</TextValue></VariableValue>'
            if case.interview in self.interviews.texts:
                yield f'<SourceRef targetGUID="{guid("src", case.interview)}"/>'
            yield "</Case>"
        yield "</Cases>"

    def sources(self) -> Iterator[str]:
        if not self.interviews.transcripts:
            return
        by_text: dict[str, list[Segment]] = {}
        for s in self.segments:
            by_text.setdefault(s.interview, []).append(s)
        yield "<Sources>"
        for t in self.interviews.transcripts:
            id = guid("src", t.id)
            yield (
                f'<TextSource guid="{id}" name={_attribute(t.id)} plainTextPath="internal://{id}.txt"'
                f'{self.user(by_text.get(t.id, ()))} creationDateTime="{WHEN}">'
            )
            yield f"<Description>{_text(with_id('', t.id))}</Description>"
            yield from self.selections(t, by_text.get(t.id, []))
            yield "</TextSource>"
        yield "</Sources>"

    def user(self, segments: Sequence[Segment]) -> str:
        """Return the attribute that says who added a text: its first coder, or the first there is."""
        who = segments[0].coder if segments else next(iter(self.interviews.coders), "")
        return f' creatingUser="{guid("user", who)}"' if who else ""

    def selections(self, t: Transcript, segments: Sequence[Segment]) -> Iterator[str]:
        positions = counted(t.text, self.way)
        seen: dict[str, int] = {}
        for s in segments:
            key = f"{s.interview}:{s.coder}:{s.code}:{s.start}:{s.end}"
            seen[key] = seen.get(key, 0) + 1
            key += f":{seen[key]}" if seen[key] > 1 else ""
            who = f'creatingUser="{guid("user", s.coder)}" creationDateTime="{WHEN}"'
            name = _attribute(t.text[s.start : s.end][:_NAME])
            at = f'startPosition="{positions[s.start]}" endPosition="{positions[s.end]}"'
            yield f'<PlainTextSelection guid="{guid("sel", key)}" name={name} {at} {who}>'
            if s.memo:
                yield f"<Description>{_text(s.memo)}</Description>"
            reference = f'<CodeRef targetGUID="{guid("code", s.code)}"/>'
            yield f'<Coding guid="{guid("cod", key)}" {who}>{reference}</Coding>'
            yield "</PlainTextSelection>"

    def notes(self) -> Iterator[str]:
        if not self.interviews.memos:
            return
        yield "<Notes>"
        for i, memo in enumerate(self.interviews.memos):
            id = _note(i, memo.about)
            yield f'<Note guid="{id}" name={_attribute(memo.about)} plainTextPath="internal://{id}.txt" creationDateTime="{WHEN}">'
            yield f"<Description>{_text('; '.join(filter(None, (memo.who, memo.when))))}</Description>"
            yield "</Note>"
        yield "</Notes>"
