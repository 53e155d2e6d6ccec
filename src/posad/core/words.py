"""Text in several languages, and numbers as each language writes them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

Language = str  # "ru", "en"; others may be added as plug-ins


@dataclass(frozen=True, slots=True)
class LocalText:
    """One text in several languages, the study's own language first.

    >>> LocalText.of(ru="Город", en="Town").get("en")
    'Town'
    >>> LocalText.of(ru="Город").get("en")
    'Город'
    """

    parts: tuple[tuple[Language, str], ...] = ()

    @classmethod
    def of(cls, **texts: str) -> LocalText:
        """Return the text given by language names."""
        return cls(tuple(texts.items()))

    @classmethod
    def from_mapping(cls, texts: Mapping[Language, str]) -> LocalText:
        """Return the text of a mapping from language to words."""
        return cls(tuple(texts.items()))

    def get(self, language: Language) -> str:
        """Return the words in a language, or in the first language there is."""
        found = dict(self.parts)
        return found.get(language, self.parts[0][1] if self.parts else "")

    def has(self, language: Language) -> bool:
        """Tell whether the text was given in this language."""
        return any(name == language for name, _ in self.parts)

    def with_language(self, language: Language, words: str) -> LocalText:
        """Return a copy that says it in one more language."""
        return LocalText((*(p for p in self.parts if p[0] != language), (language, words)))

    def __bool__(self) -> bool:
        return any(words for _, words in self.parts)
