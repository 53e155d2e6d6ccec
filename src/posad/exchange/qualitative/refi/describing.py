"""What a code is, in a description that a person reads in another program and that is read back."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator

from posad.core.words import Language, LocalText
from posad.study.words.interviews.values import Code

_NAMESPACE = uuid.UUID("6ba7b811-9dad-11d1-80b4-00c04fd430c8")
_ID = re.compile(r"\s*\[([^\[\]\s]+)\]\s*$")
_WORDS = {
    "ru": {
        "label": "название",
        "definition": "определение",
        "include": "включать",
        "exclude": "не включать",
        "example": "пример",
    },
    "en": {
        "label": "label",
        "definition": "definition",
        "include": "include",
        "exclude": "exclude",
        "example": "example",
    },
}
_FIELDS = {word: field for words in _WORDS.values() for field, word in words.items()}
_LINE = re.compile(rf"({'|'.join(sorted(_FIELDS, key=len, reverse=True))})(?: \(([a-z]{{2,3}})\))?: (.*)", re.DOTALL)


def guid(kind: str, key: str) -> str:
    """Return the GUID of a thing: the same for the same thing, always."""
    return str(uuid.uuid5(_NAMESPACE, f"posad:{kind}:{key}")).upper()


def description(code: Code, language: Language) -> str:
    """Return the description of a code: its definition, what it takes in and leaves out, its labels in other languages, its id."""
    return "\n".join([*_lines(code, language), f"[{code.id}]"])


def _lines(code: Code, language: Language) -> Iterator[str]:
    words = _WORDS.get(language, _WORDS["en"])
    parts = {"definition": code.definition, "include": code.include, "exclude": code.exclude, "example": code.example}
    for lang, label in code.label.parts:
        if lang != language:
            yield f"{words['label']} ({lang}): {_flat(label)}"
    for field, text in parts.items():
        for lang, said in text.parts:
            own = "" if lang == language else f" ({lang})"
            yield f"{words[field]}{own}: {_flat(said)}"


def _flat(text: str) -> str:
    return " ".join(text.split())


def with_id(text: str, id: str) -> str:
    """Return a description with an id behind it."""
    return f"{text}\n[{id}]" if text else f"[{id}]"


def take_id(text: str) -> tuple[str, str]:
    """Return a description without the id behind it, and the id; empty where there is none.

    >>> take_id("Доверие банку [trust]"), take_id("a [b] c")
    (('Доверие банку', 'trust'), ('a [b] c', ''))
    """
    match = _ID.search(text)
    return (text[: match.start()].strip(), match[1]) if match else (text.strip(), "")


def read_description(text: str, name: str, language: Language) -> tuple[str, dict[str, LocalText]]:
    """Return the id in a description and the texts of a code; what is in no form of ours is its definition."""
    body, id = take_id(text)
    found: dict[str, dict[str, str]] = {"label": {language: name.removesuffix(f" [{id}]") if id else name}}
    rest: list[str] = []
    for line in body.split("\n"):
        match = _LINE.fullmatch(line.strip())
        if match:
            found.setdefault(_FIELDS[match[1]], {})[match[2] or language] = match[3].strip()
        elif line.strip():
            rest.append(line.strip())
    if rest:
        own = found.setdefault("definition", {})
        own[language] = "\n".join([*filter(None, [own.get(language, "")]), *rest])
    return id, {field: LocalText.from_mapping(texts) for field, texts in found.items()}
