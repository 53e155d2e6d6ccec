"""One questionnaire in two languages."""

from __future__ import annotations

from pathlib import Path

import pytest

from posad.core.catalogue.questionnaire.translations import TRANSLATIONS
from posad.core.problems import Problem
from posad.core.speech import say, way_out
from posad.core.words import LocalText
from posad.study.questionnaire.reading.grammar import read_questionnaire
from posad.study.questionnaire.values import Questionnaire

RU = """\
# Опрос
Здравствуйте!
## Список firms
- sber: «Сбер»
- ozon: «Озон»
## Город
О городе.
### like. Нравится?
Один ответ.
[один ответ]
- 1 да
- 2 нет
- 99 не знаю {не знаю}
### rate. Оцените
[сетка; строки: firms, случайно; шкала 1–5]
- good: хорошо
- 5 отлично
### age. Возраст
[если like = 1; число 18–99, лет]
### why. Почему?
[до 2]
- 1 а
- 2 б
"""
EN = """\
# Survey
Hello!
## List firms
- sber: Sber
- ozon: Ozon
## Town
About the town.
### like. Do you like it?
One answer.
[one answer]
- 1 yes
- 2 no
- 99 don't know {don't know}
### rate. Rate
[grid; rows: firms, random order; scale 1–5]
- good: good
- 5 excellent
### age. Age
[if like = 1; number 18–99, years]
### why. Why?
[up to 2]
- 1 a
- 2 b
"""


def read(en: str, ru: str = RU) -> tuple[Questionnaire, list[Problem]]:
    """Read both files."""
    made, problems = read_questionnaire({"ru": ("questionnaire.md", ru), "en": ("questionnaire.en.md", en)})
    assert made is not None
    return made, problems


def test_the_same_questionnaire_in_two_languages_is_one() -> None:
    """Texts of both languages are joined everywhere a person reads them."""
    made, problems = read(EN)

    assert problems == []
    assert made.languages == ("ru", "en")
    assert made.title == LocalText.of(ru="Опрос", en="Survey")
    assert made.intro == LocalText.of(ru="Здравствуйте!", en="Hello!")
    assert (made.blocks[0].title, made.blocks[0].text) == (
        LocalText.of(ru="Город", en="Town"), LocalText.of(ru="О городе.", en="About the town."),
    )  # fmt: skip
    like, rate, age, why = made.questions
    assert like.block == LocalText.of(ru="Город", en="Town")
    assert like.help == LocalText.of(ru="Один ответ.", en="One answer.")
    assert like.options[0].label == LocalText.of(ru="да", en="yes")
    assert rate.rows[0].label == LocalText.of(ru="«Сбер»", en="Sber")
    assert made.lists[0].rows == rate.rows
    assert rate.criteria[0].label == LocalText.of(ru="хорошо", en="good")
    assert [o.label for o in rate.options[3:]] == [
        LocalText.of(ru="4", en="4"),
        LocalText.of(ru="отлично", en="excellent"),
    ]
    assert age.unit == LocalText.of(ru="лет", en="years")
    assert why.text == LocalText.of(ru="Почему?", en="Why?")


@pytest.mark.parametrize(
    ("old", "new", "code", "line", "other"),
    [
        ("### age. Age\n[if like = 1; number 18–99, years]\n", "", "translation-question-missing", 14, "questionnaire.md:18:5"),
        ("### age.", "### more. More\n[open]\n### age.", "translation-question-extra", 18, "questionnaire.md:1:1"),
        ("- 2 no\n", "", "translation-code-missing", 8, "questionnaire.md:12:3"),
        ("- 2 no\n", "- 2 no\n- 3 so so\n", "translation-code-extra", 13, "questionnaire.md:8:5"),
        ("- 1 yes\n- 2 no\n", "- 2 no\n- 1 yes\n", "translation-code-order", 11, "questionnaire.md:12:3"),
        ("know {don't know}", "know", "translation-roles", 13, "questionnaire.md:13:3"),
        ("[one answer]", "[any number]", "translation-kind", 8, "questionnaire.md:8:5"),
        ("scale 1–5", "scale 1–6", "translation-scale", 14, "questionnaire.md:14:5"),
        ("[up to 2]", "[up to 1]", "translation-limit", 20, "questionnaire.md:20:5"),
        ("number 18–99", "number 16–99", "translation-bounds", 18, "questionnaire.md:18:5"),
        ("if like = 1", "if like = 2", "translation-condition", 18, "questionnaire.md:18:5"),
        ("firms, random order", "firms", "translation-shuffle", 14, "questionnaire.md:14:5"),
        ("- good: good\n", "", "translation-row-missing", 14, "questionnaire.md:16:3"),
        ("- good: good\n", "- good: good\n- bad: bad\n", "translation-row-extra", 17, "questionnaire.md:14:5"),
        ("- 5 excellent\n", "", "translation-code-missing", 14, "questionnaire.md:17:3"),
        ("- ozon: Ozon\n", "", "translation-row-missing", 3, "questionnaire.md:5:3"),
        ("One answer.\n", "", "translation-help", 8, "questionnaire.md:8:5"),
        ("## Town\nAbout the town.\n", "", "translation-blocks", 1, "questionnaire.md:6:4"),
        ("### why.", "## More\n### why.", "translation-blocks", 20, "questionnaire.md:1:1"),
    ],
)  # fmt: skip
def test_a_difference_is_told_at_both_places(old: str, new: str, code: str, line: int, other: str) -> None:
    """One difference gives one problem in the translation that names the place in the original."""
    assert old in EN
    _, problems = read(EN.replace(old, new, 1))

    assert [(p.code, p.place.file, p.place.line, p.facts["other"]) for p in problems] == [
        (code, "questionnaire.en.md", line, other)
    ]
    assert all(say(problems[0], language) and way_out(problems[0], language) for language in ("ru", "en"))


def test_a_question_in_another_place_is_told() -> None:
    """The translation keeps the order of questions."""
    moved = EN.replace("### why. Why?\n[up to 2]\n- 1 a\n- 2 b\n", "").replace(
        "### age.", "### why. Why?\n[up to 2]\n- 1 a\n- 2 b\n### age."
    )

    assert [(p.code, p.facts["question"]) for p in read(moved)[1]] == [("translation-question-order", "why")]


def test_lists_are_compared() -> None:
    """A list that one language lacks, and a question that takes another list, are told."""
    _, problems = read(EN.replace("List firms", "List brands").replace("rows: firms", "rows: brands"))

    assert [p.code for p in problems] == ["translation-list-missing", "translation-list-extra", "translation-list"]


def test_a_mistyped_id_names_the_untranslated_one() -> None:
    """A question that only the translation has is told once, with the one it stands for."""
    _, problems = read(EN.replace("### age.", "### aged."))

    assert [(p.code, p.facts.get("near")) for p in problems] == [
        ("translation-question-extra", "age"),
    ]


PATHS = """\
# Опрос
### used. Чем?
[любое число; случайно]
- 1 а
- 2 б
## О каждом
[для каждого used]
### why. Почему {=used}?
[любое число; в порядке used; обязательный; отсев stop, если why = 1]
- 1 а
- 2 б
"""
EN_PATHS = """\
# Survey
### used. What?
[any number; random order]
- 1 a
- 2 b
## About each
[for each used]
### why. Why {=used}?
[any number; same order as used; required; screen out stop, if why = 1]
- 1 a
- 2 b
"""


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("same order as used", "random order", "translation-order"),
        ("screen out stop, if why = 1", "screen out stop, if why = 2", "translation-screens"),
        ("required; ", "", "translation-required"),
        ("[for each used]\n", "", "translation-loop"),
    ],
)
def test_a_different_way_is_told(old: str, new: str, code: str) -> None:
    """Loops, orders, ends and required answers are the same in every language."""
    assert read(EN_PATHS, PATHS)[1] == []

    _, problems = read(EN_PATHS.replace(old, new, 1), PATHS)

    assert [p.code for p in problems] == [code]
    assert all(say(problems[0], language) and way_out(problems[0], language) for language in ("ru", "en"))


def test_turns_of_a_loop_are_in_every_language() -> None:
    """The answers that a block is repeated for have their words in both languages."""
    made, _ = read(EN_PATHS, PATHS)

    assert [i.label for i in made.items() if i.question == "why"] == [
        LocalText.of(ru="Почему а?", en="Why a?"), LocalText.of(ru="Почему б?", en="Why b?"),
    ]  # fmt: skip
    assert made.blocks[0].loop == made.questions[1].loop


def test_every_difference_is_tested() -> None:
    """No entry of the catalogue about translations is without a test above."""
    source = Path(__file__).read_text(encoding="utf-8")

    assert [code for code in TRANSLATIONS if source.count(f'"{code}"') == 0] == []
