"""The document of consent: its own text with its own version, apart from the questionnaire, kept with every interview that agreed to it.

``consent.md`` in the study folder is the document in the study's language, ``consent.en.md`` its translation. Its version is a
digest of the words in all languages; whoever changes a word asks for another consent. Without the file none is asked for.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from markupsafe import Markup

from posad.core.digests import digest_of
from posad.core.place import Place
from posad.core.problems import Problem, problem
from posad.core.reading.markdown import to_html
from posad.core.reading.texts import read_text
from posad.core.words import LocalText
from posad.fieldwork.values import Version

CONSENT = "consent.md"
PAGE = "_consent"
COLUMN = "_consent"  # the version agreed to, in the ledger's row of the page of consent


@dataclass(frozen=True, slots=True)
class Consent:
    """A document of consent in the languages of the study, and its version."""

    text: LocalText
    version: str

    def html(self, language: str) -> Markup:
        """Return the document as HTML; raw HTML in it is shown as text."""
        return Markup(to_html(self.text.get(language), lambda link: None, CONSENT))

    def kept(self) -> Version:
        """Return the document as the ledger keeps it beside the wordings of the questionnaire."""
        files = {f"consent.{language}.md": words for language, words in self.text.parts}
        return Version(f"consent-{self.version}", files)


def read_consent(folder: Path, languages: Sequence[str]) -> tuple[Consent | None, list[Problem]]:
    """Read the document of consent of a study; nothing where it has none."""
    parts: dict[str, str] = {}
    problems: list[Problem] = []
    names = {language: f"consent.{language}.md" if n else CONSENT for n, language in enumerate(languages)}
    some = any((folder / name).exists() for name in names.values())
    for language, name in names.items():
        if not (folder / name).is_file():
            if some:
                problems.append(problem("consent-translation-missing", Place(name), name=name, language=language))
            continue
        text, wrong = read_text(folder / name, name)
        problems += wrong
        if text is not None and text.strip():
            parts[language] = text
        elif text is not None:
            problems.append(problem("consent-empty", Place(name), name=name))
    if languages[0] not in parts:
        return None, problems
    return Consent(LocalText.from_mapping(parts), digest_of(parts)[:12]), problems
