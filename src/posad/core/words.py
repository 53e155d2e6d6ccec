"""Text in several languages, and numbers as each language writes them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pydantic_core import CoreSchema

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

    @classmethod
    def __get_pydantic_core_schema__(cls, source: object, handler: object) -> CoreSchema:
        """Tell the reader of settings files what a text may be: words, or words by language."""
        from pydantic_core import core_schema

        def local(value: str | dict[str, str], info: core_schema.ValidationInfo) -> LocalText:
            own = (info.context or {}).get("language", "ru")
            return cls.from_mapping({own: value} if isinstance(value, str) else value)

        words = core_schema.str_schema()
        by_language = core_schema.dict_schema(core_schema.str_schema(pattern="^[a-z]{2,3}$"), words, min_length=1)
        either = core_schema.union_schema([(words, "text"), (by_language, "by_language")])
        return core_schema.with_info_after_validator_function(local, either)
