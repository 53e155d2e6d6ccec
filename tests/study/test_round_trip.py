"""What is written back is read as the same, and no text makes a reader fall."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.strategies import conditions, questionnaires, scope_of_items

from posad.core.place import Place
from posad.core.speech import say
from posad.study.expressions.parse import parse
from posad.study.expressions.scope import check_names
from posad.study.expressions.writing import write
from posad.study.questionnaire.reading.grammar import read_questionnaire
from posad.study.questionnaire.translations import shape
from posad.study.questionnaire.values import Questionnaire
from posad.study.questionnaire.writing import with_lists, write_questionnaire

PIECES = [
    "# ", "## ", "### ", "q1. ", "Текст", "\n", "\n\n", "[", "]", "; ", "один ответ", "до 5", "шкала 1–10", "сетка", "строки: l",
    "## Список l\n", "- ", "1 ", "99", "a: ", "{", "}", "{не знаю}", "<!--", "-->", "если q1 = 1", "\\", "число 1–", "{=q1}", "\t", "1. ",
]  # fmt: skip
TOKENS = [
    "q1", "mood.x", "1", "1.5", ",", "-", "–", "(", ")", "=", "==", "<=", "и ", "or ", "не ", "in ", "«", "»", '"', "count(", "&&", " ", "*", "\n",
]  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(questionnaires())
def test_a_written_questionnaire_reads_the_same(made: Questionnaire) -> None:
    """A questionnaire in two languages, written and read again, is the same questionnaire and has no problems."""
    texts = {language: (f"q.{language}.md", write_questionnaire(made, language)) for language in made.languages}

    read, problems = read_questionnaire(texts)

    assert problems == []
    assert shape(read) == shape(with_lists(made))


@settings(max_examples=100, deadline=None)
@given(questionnaires(), st.data())
def test_a_written_condition_reads_the_same(made: Questionnaire, data: st.DataObject) -> None:
    """A condition, written in either language and parsed again, is the same tree, and its names are found."""
    items = [i for i in made.items() if i.kind.value in ("single", "multiple", "scale", "number")]
    if not items:
        return
    tree = data.draw(conditions(items))
    language = data.draw(st.sampled_from(("ru", "en")))

    read, problems = parse(write(tree, language), Place("q.md"))

    assert problems == []
    assert shape(read) == shape(tree)
    assert read is not None
    assert check_names(read, scope_of_items(items)) == []


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=8), max_size=40).map("".join))
def test_any_text_is_read_or_told(text: str) -> None:
    """Any text gives a questionnaire or problems that can be said in both languages, never an exception."""
    questionnaire, problems = read_questionnaire(
        {"ru": ("questionnaire.md", text), "en": ("questionnaire.en.md", text)}
    )

    assert questionnaire is not None or problems
    assert all(say(p, language) for p in problems for language in ("ru", "en"))
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    assert all(1 <= p.place.line <= len(lines) and p.place.column >= 1 for p in problems)
    if questionnaire is not None:
        for language in ("ru", "en"):
            write_questionnaire(questionnaire, language)


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(TOKENS) | st.text(max_size=4), max_size=30).map("".join))
def test_any_condition_is_parsed_or_told(text: str) -> None:
    """Any text gives a tree that can be written back, or problems that can be said, never an exception."""
    tree, problems = parse(text, Place("q.md", 3, 7))

    assert (tree is None) == bool(problems)
    assert all(say(p, language) for p in problems for language in ("ru", "en"))
    if tree is not None:
        check_names(tree, scope_of_items([]))
        assert shape(parse(write(tree), Place("q.md"))[0]) == shape(tree)
