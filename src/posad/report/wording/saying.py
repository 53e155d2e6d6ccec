"""How a fixed phrase is said, with the facts it holds and nouns that agree with their numbers."""

from __future__ import annotations

from posad.core.numbers import plural
from posad.core.words import Language
from posad.report.wording.method import METHOD
from posad.report.wording.page import PAGE
from posad.report.wording.pictures import PICTURES


def words(key: str, language: Language, **facts: str | int) -> str:
    """Return a phrase in a language (English when the language is not in the tables).

    >>> words("from_to", "en", low="54%", high="59%"), words("n", "ru", n=12)
    ('54% to 59%', 'n = 12')
    """
    found = PICTURES.get(key) or PAGE[key]
    return found.get(language, found["en"]).format(**facts)


def people(n: float, language: Language) -> str:
    """Return the noun after a number of people.

    >>> people(21, "ru"), people(1, "en")
    ('человек', 'person')
    """
    if language == "ru":
        return plural(n, "человек", "человека", "человек")
    return "person" if n == 1 else "people"


def answers(n: int, language: Language) -> str:
    """Return the noun after a limit of answers.

    >>> answers(5, "ru"), answers(1, "en")
    ('ответов', 'answer')
    """
    if language == "ru":
        return plural(n, "ответа", "ответов", "ответов")
    return "answer" if n == 1 else "answers"


def questions_word(n: int, language: Language) -> str:
    """Return the noun after a number of questions.

    >>> questions_word(21, "ru"), questions_word(1, "en")
    ('вопрос', 'question')
    """
    if language == "ru":
        return plural(n, "вопрос", "вопроса", "вопросов")
    return "question" if n == 1 else "questions"


def method_label(key: str, language: Language) -> str:
    """Return the name of a line of the method box; a key of the study's own stands as it was written."""
    found = METHOD.get(key)
    return found.get(language, found["en"]) if found else key
