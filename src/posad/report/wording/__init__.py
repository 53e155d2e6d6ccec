"""The fixed words of publications, in each language, from one set of tables: ``pictures``, ``page``, ``method``.

To add a phrase: 1. a line with every language in the table of what says it; 2. ``words("key", language)`` in code or ``t("key")`` in a
template. To add a language: its words in every line, and in the nouns of ``saying``.
"""

from posad.report.wording.method import METHOD
from posad.report.wording.saying import answers, method_label, people, questions_word, words

__all__ = ["METHOD", "answers", "method_label", "people", "questions_word", "words"]
