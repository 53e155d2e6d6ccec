"""REFI-QDA projects as other programs write them, for tests: made here from texts and selections."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from uuid import UUID
from xml.sax.saxutils import escape, quoteattr

Selection = tuple[str, int, int, str, str]  # text, start, end, code, coder


def guid(number: int) -> str:
    """Return a GUID that no program of ours would give."""
    return str(UUID(int=0xABCDEF << 96 | number))


class Foreign:
    """A project of another program: what it holds, and how it writes it."""

    def __init__(self, codes: Sequence[str] = ("Trust", "Leaving"), coders: Sequence[str] = ("Mary Ann",)) -> None:
        self.codes = {name: guid(100 + i) for i, name in enumerate(codes)}
        self.coders = {name: guid(200 + i) for i, name in enumerate(coders)}
        self.sources: list[str] = []
        self.files: dict[str, bytes] = {}
        self.more = ""

    def text(
        self,
        name: str,
        data: bytes,
        selections: Sequence[Selection] = (),
        *,
        path: str | None = None,
        folder: str = "sources",
        names: bool = False,
        words: str = "",
    ) -> None:
        """Add a text with its selections; ``path`` is how the project names its file, nothing where it is not in the archive."""
        number = 300 + len(self.sources)
        file = f"{guid(number)}.txt"
        if path is None:
            self.files[f"{folder}/{file}"] = data
        marks = "".join(self.selection(i, s, words if names else "") for i, s in enumerate(selections, 1000 * number))
        self.sources.append(
            f'<TextSource guid="{guid(number)}" name={quoteattr(name)} plainTextPath="{path or f"internal://{file}"}">{marks}</TextSource>'
        )

    def selection(self, number: int, selection: Selection, words: str) -> str:
        """Return one selection with its coding."""
        _, start, end, code, coder = selection
        who = self.coders.get(coder, guid(9))
        name = f" name={quoteattr(words[start:end][:20])}" if words else ""
        coding = f'<Coding guid="{guid(number * 10)}" creatingUser="{who}"><CodeRef targetGUID="{self.codes.get(code, guid(8))}"/></Coding>'
        return f'<PlainTextSelection guid="{guid(number)}"{name} startPosition="{start}" endPosition="{end}">{coding}</PlainTextSelection>'

    def write(self, path: Path, extra: Mapping[str, bytes] | None = None) -> Path:
        """Write the project."""
        users = "".join(f'<User guid="{g}" name={quoteattr(n)}/>' for n, g in self.coders.items())
        codes = "".join(f'<Code guid="{g}" name={quoteattr(n)} isCodable="true"/>' for n, g in self.codes.items())
        book = f"<CodeBook><Codes>{codes}</Codes></CodeBook>" if codes else ""
        xml = (
            '<?xml version="1.0" encoding="utf-8"?>\n<Project xmlns="urn:QDA-XML:project:1.0" name="p" origin="Other 1.0">'
            f"<Users>{users}</Users>{book}<Sources>{''.join(self.sources)}</Sources>{self.more}</Project>"
        )
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("project.qde", xml)
            for name, data in {**self.files, **(extra or {})}.items():
                archive.writestr(name, data)
        return path


def escaped(text: str) -> str:
    """Return a text as XML."""
    return escape(text)
