"""Every mistake in a questionnaire has its code, its place and its way out."""

from __future__ import annotations

import pytest

from posad.core.catalogue import CATALOGUE
from posad.core.catalogue.questionnaire import ENTRIES
from posad.core.problems import Problem
from posad.core.speech import say, way_out
from posad.study.questionnaire.reading.grammar import read_questionnaire

ASK = "### a. Текст\n"
ONE = "[один ответ]\n- 1 да\n- 2 нет\n"
SEVERAL = "### a. Чем?\n[любое число]\n- 1 да\n- 2 нет\n"
EACH = "## Каждый\n[для каждого a]\n### b. Нравится?\n[один ответ]\n- 1 да\n"
LIST = "## Список l\n- x: Икс\n"

CASES: list[tuple[str, str, str, int, int, str]] = [
    # name, text after the title, code, line and column, nearest
    ("unknown machine word", f"{ASK}[шкла 1–5]", "machine-word-unknown", 3, 2, "шкала"),
    ("unknown English word", f"{ASK}[up 5]", "machine-word-unknown", 3, 2, "up to"),
    ("limit without number", f"{ASK}[до пяти]\n- 1 да", "machine-form", 3, 2, ""),
    ("scale without end", f"{ASK}[шкала 5]", "machine-form", 3, 2, ""),
    ("scale of fractions", f"{ASK}[шкала 0,5–1]", "machine-form", 3, 2, ""),
    ("number with a unit but no comma", f"{ASK}[число 1–5 лет]", "machine-form", 3, 2, ""),
    ("rows without a list", f"{ASK}[сетка; строки:]\n- x: Икс\n- 1 да", "machine-form", 3, 9, ""),
    ("two lists of rows", f"{LIST}{ASK}[сетка; строки: l, k]\n- 1 да", "machine-form", 5, 9, ""),
    ("parts joined by a comma", f"{ASK}[один ответ, случайно]\n- 1 да", "machine-comma", 3, 12, ""),
    ("two kinds", f"{ASK}[один ответ; до 2]\n- 1 да", "kind-twice", 3, 14, ""),
    ("one word twice", f"{ASK}[случайно]\n[случайно]\n- 1 да", "machine-twice", 4, 2, ""),
    ("one part at random", f"{ASK}[случайно одна из]\n- 1 да", "kind-later", 3, 2, ""),
    ("places without a number", f"{ASK}[ранжирование трёх]\n- 1 да", "machine-form", 3, 2, ""),
    ("end without a condition", f"{ASK}[отсев]\n{ONE}", "machine-form", 3, 2, ""),
    ("unreadable piping in a question", "### a. Вы сказали {=B}\n" + ONE, "piping-form", 2, 19, ""),
    ("unreadable piping in an answer", f"{ASK}[один ответ]\n- 1 {{=Б}}\n- 2 нет", "piping-form", 4, 5, ""),
    ("unreadable piping in help", f"{ASK}Вы сказали {{= }}\n{ONE}", "piping-form", 3, 12, ""),
    ("piping of nothing", f"### a. Вы сказали {{=c}}\n{ONE}", "piping-unknown", 2, 5, ""),
    ("piping of a later answer", f"### a. Вы сказали {{=b}}\n{ONE}### b. Да?\n{ONE}", "piping-looks-ahead", 2, 5, ""),
    ("piping of itself", f"{ASK}[один ответ]\n- 1 {{=a}}\n- 2 нет", "piping-looks-ahead", 4, 3, ""),
    ("piping of a grid", f"{ASK}[сетка]\n- x: Икс\n- 1 да\n### b. Вы: {{=a}}\n{ONE}", "piping-rows", 6, 5, ""),
    ("piping out of a loop", f"{SEVERAL}{EACH}### c. Ответ {{=b}}\n{ONE}".replace("### c", "## Ещё\n### c"), "piping-of-loop", 12, 5, ""),
    ("loop of one question", f"{ASK}[для каждого b]\n{ONE}", "loop-outside-block", 3, 2, ""),
    ("loop over nothing", f"{SEVERAL}{EACH.replace('для каждого a', 'для каждого aa')}", "loop-unknown", 7, 14, "a"),
    ("loop over one answer", f"{ASK}{ONE}{EACH}", "loop-not-several", 7, 14, ""),
    ("loop over later answers", f"{EACH}## Ещё\n{SEVERAL}", "loop-looks-ahead", 3, 14, ""),
    ("loop without questions", f"{SEVERAL}## Пусто\n[для каждого a]", "loop-empty", 7, 14, ""),
    ("instruction of a question under a block", f"## Блок\n[случайно]\n{ASK}{ONE}", "machine-of-question", 3, 2, ""),
    ("two conditions of a block", f"{ASK}{ONE}## Б\n[если a = 1]\n[если a = 2]\n### b. Т\n{ONE}", "machine-twice", 8, 2, ""),
    ("order of nothing", f"{ASK}[один ответ; в порядке bb]\n- 1 да\n- 2 нет", "order-unknown", 2, 5, ""),
    ("order of a later question", f"{ASK}[один ответ; в порядке b]\n- 1 да\n- 2 нет\n### b. Т\n[случайно]\n- 1 да", "order-looks-ahead", 2, 5, ""),
    ("order of no order", f"{ASK}{ONE}### b. Т\n[один ответ; в порядке a]\n- 1 да", "order-not-shuffled", 6, 5, ""),
    ("order of other answers", f"{ASK}[случайно]\n- 1 да\n### b. Т\n[в порядке a]\n- 2 да", "order-nothing-shared", 5, 5, ""),
    ("end by a later answer", f"{ASK}{ONE}[отсев, если b = 1]\n### b. Т\n{ONE}", "screen-looks-ahead", 6, 14, ""),
    ("bad name of a reason", f"{ASK}{ONE}[отсев Young, если a = 1]", "id-form", 6, 8, "young"),
    ("required and optional", f"{ASK}[один ответ; обязательный; необязательный]\n- 1 да\n- 2 нет", "required-and-optional", 3, 28, ""),
    ("unknown role", f"{ASK}[один ответ]\n- 1 да {{не зная}}", "role-unknown", 4, 9, "не знаю"),
    ("unknown second role", f"{ASK}[любое число]\n- 1 да {{текст, кодирвать}}", "role-unknown", 4, 16, "кодировать"),
    ("coding without words", f"{ASK}[один ответ]\n- 1 да {{кодировать}}", "role-code-without-text", 4, 7, ""),
    ("role in the middle", f"{ASK}[один ответ]\n- 1 да {{не знаю}} вот", "brace-stray", 4, 8, ""),
    ("brace not closed", f"{ASK}[один ответ]\n- 1 да {{не знаю", "brace-stray", 4, 8, ""),
    ("option without code", f"{ASK}[один ответ]\n- очень нравится", "option-without-code", 4, 3, ""),
    ("option without code before a colon", f"{ASK}{ONE}- Другое: {{текст}}", "option-without-code", 6, 3, ""),
    ("badly named row outside a grid", f"{ASK}{ONE}- Taxi: Такси", "row-without-grid", 6, 3, ""),
    ("numbered option", f"{ASK}[один ответ]\n1. очень нравится\n- 2 нет", "option-numbered", 4, 1, ""),
    ("no space after the dash", f"{ASK}{ONE}-5 пять", "list-dash-space", 6, 1, ""),
    ("doubled code", f"{ASK}{ONE}- 1 снова", "option-code-twice", 6, 3, ""),
    ("doubled code beside a list", f"## Список l\n- 1 да\n{ASK}[один ответ; ответы: l]\n- 1 нет", "option-code-twice", 6, 3, ""),
    ("negative code", f"{ASK}{ONE}- -1 отказ", "code-form", 6, 3, ""),
    ("leading zero", f"{ASK}{ONE}- 01 отказ", "code-form", 6, 3, ""),
    ("enormous code", f"{ASK}{ONE}- 1234567890 отказ", "code-form", 6, 3, ""),
    ("code without label", f"{ASK}{ONE}- 3", "label-empty", 6, 3, ""),
    ("doubled id", f"{ASK}{ONE}{ASK}{ONE}", "question-id-twice", 6, 5, ""),
    ("capital in an id", f"### Age. Сколько?\n{ONE}", "id-form", 2, 5, "age"),
    ("Cyrillic in an id", f"### аge. Сколько?\n{ONE}", "id-form", 2, 5, "age"),
    ("Cyrillic id", f"### возраст. Сколько?\n{ONE}", "id-form", 2, 5, "vozrast"),
    ("space in an id", f"### my age. Сколько?\n{ONE}", "id-form", 2, 5, "my_age"),
    ("hyphen in an id", f"### my-age. Сколько?\n{ONE}", "id-form", 2, 5, "my_age"),
    ("number for an id", f"### 1.1. Сколько?\n{ONE}", "id-form", 2, 5, "q1_1"),
    ("id like a column", f"### a__b. Сколько?\n{ONE}", "id-underscores", 2, 5, "a_b"),
    ("id ending in an underscore", f"### row_. Сколько?\n{ONE}", "id-underscores", 2, 5, "row"),
    ("reserved id", f"### respondent. Кто?\n{ONE}", "id-reserved", 2, 5, ""),
    ("reserved measure", f"### n. Сколько?\n{ONE}", "id-reserved", 2, 5, ""),
    ("reserved row", f"{ASK}[сетка; один ответ]\n- mean: Средний\n- 1 да", "id-reserved", 4, 3, ""),
    ("no id", f"### Сколько вам лет?\n{ONE}", "question-without-id", 2, 5, ""),
    ("a sentence for an id", f"### Скажите. Сколько вам лет\n{ONE}", "id-form", 2, 5, "skazhite"),
    ("empty heading", f"###\n{ONE}", "question-without-id", 2, 4, ""),
    ("empty text", f"### age.\n{ONE}", "question-text-empty", 2, 5, ""),
    ("id alone", f"### age\n{ONE}", "question-text-empty", 2, 5, ""),
    ("no options", f"{ASK}[один ответ]", "options-none", 2, 5, ""),
    ("options on an open question", f"{ASK}[открытый ответ]\n- 1 да", "options-on-open", 4, 3, ""),
    ("options on a territory", f"{ASK}[территория]\n- 1 да", "options-on-open", 4, 3, ""),
    ("unknown list of rows", f"{LIST}{ASK}[сетка; строки: ll]\n- 1 да", "list-unknown", 5, 17, "l"),
    ("unknown list of answers", f"{ASK}[один ответ; ответы: cities]", "list-unknown", 3, 22, ""),
    ("doubled list", f"{LIST}{LIST}{ASK}[сетка; строки: l]\n- 1 да", "list-twice", 4, 4, ""),
    ("unused list", f"{LIST}{ASK}{ONE}", "list-unused", 2, 4, ""),
    ("empty list", f"## Список l\n{ASK}[один ответ; ответы: l]", "list-empty", 2, 4, ""),
    ("mixed list", f"{LIST}- 1 да\n{ASK}[сетка; строки: l]\n- 1 да", "list-mixed", 4, 3, ""),
    ("codes as rows", f"## Список l\n- 1 да\n{ASK}[сетка; строки: l]\n- 1 да", "list-not-rows", 5, 17, ""),
    ("rows as answers", f"{LIST}{ASK}[один ответ; ответы: l]", "list-not-answers", 5, 22, ""),
    ("doubled row", f"{LIST}- x: Ещё\n{ASK}[сетка; строки: l]\n- 1 да", "row-twice", 4, 3, ""),
    ("role on a row", f"## Список l\n- x: Икс {{закрепить}}\n{ASK}[сетка; строки: l]\n- 1 да", "role-on-row", 3, 3, ""),
    ("limit larger than options", f"{ASK}[до 3]\n- 1 да\n- 2 нет", "limit-too-large", 3, 2, ""),
    ("limit of zero", f"{ASK}[до 0]\n- 1 да\n- 2 нет", "limit-zero", 3, 2, ""),
    ("exclusive in a single", f"{ASK}[один ответ]\n- 1 да\n- 2 нет {{исключающий}}", "exclusive-in-single", 5, 3, ""),
    ("scale reversed", f"{ASK}[шкала 10–1]", "scale-reversed", 3, 2, ""),
    ("scale of one point", f"{ASK}[шкала 1–1]", "scale-reversed", 3, 2, ""),
    ("negative scale", f"{ASK}[шкала -3–3]", "scale-negative", 3, 2, ""),
    ("endless scale", f"{ASK}[шкала 1–1000000000]", "scale-long", 3, 2, ""),
    ("bounds reversed", f"{ASK}[число 99–18]", "bounds-reversed", 3, 2, ""),
    ("code inside bounds", f"{ASK}[число 18–99]\n- 99 отказ", "code-inside-bounds", 4, 3, ""),
    ("row outside a grid", f"{ASK}[один ответ]\n- 1 да\n- x: Икс", "row-without-grid", 5, 3, ""),
    ("rows outside a grid", f"{ASK}[один ответ; строки: случайно]\n- 1 да", "rows-without-grid", 3, 14, ""),
    ("grid without rows", f"{ASK}[сетка; один ответ]\n- 1 да", "grid-without-rows", 2, 5, ""),
    ("open grid", f"{ASK}[сетка; открытый ответ]\n- x: Икс\n- 1 да", "grid-cell", 3, 9, ""),
    ("shuffle of what", f"{ASK}[сетка; случайно]\n- x: Икс\n- 1 да", "shuffle-of-what", 3, 9, ""),
    ("shuffled scale", f"{ASK}[шкала 1–5; случайно]", "shuffle-without-options", 3, 13, ""),
    ("bad condition", f"{ASK}{ONE}### b. Ещё\n[если a == 1; открытый ответ]", "expression-double-equals", 7, 9, ""),
    ("empty condition", f"{ASK}[если; открытый ответ]", "expression-empty", 3, 6, ""),
    ("condition looks ahead", f"{ASK}[если b = 1; открытый ответ]\n### b. Ещё\n{ONE}", "condition-looks-ahead", 3, 7, ""),
    ("condition about itself", f"{ASK}[если a = 1]\n- 1 да", "condition-about-itself", 3, 7, ""),
    ("comparison looks ahead", f"{ASK}{ONE}### c. В\n[если a = b]\n- 1 да\n### b. Б\n{ONE}", "condition-looks-ahead", 7, 11, ""),
    ("deep look ahead", f"{ASK}[если not (count(b) > 1)]\n- 1 да\n### b. Б\n[любое число]\n- 1 да", "condition-looks-ahead", 3, 18, ""),
    ("unclosed bracket", f"{ASK}[один ответ\n- 1 да", "machine-open", 3, 1, ""),
    ("text after a bracket", f"{ASK}[один ответ] Отметьте\n- 1 да", "machine-tail", 3, 13, ""),
    ("bracket outside a question", f"[один ответ]\n{ASK}{ONE}", "machine-outside", 2, 2, ""),
    ("bracket in a list", f"{LIST}[случайно]\n{ASK}[сетка; строки: l]\n- 1 да", "machine-outside", 4, 2, ""),
    ("second title", f"# Снова\n{ASK}{ONE}", "title-twice", 2, 3, ""),
    ("untitled block", f"##\n{ASK}{ONE}", "block-empty", 2, 3, ""),
    ("heading too deep", f"{ASK}#### Пояснение\n{ONE}", "heading-level", 3, 1, ""),
    ("heading without a space", f"###a. Текст\n{ONE}", "heading-space", 2, 1, ""),
    ("comment not closed", f"{ASK}{ONE}<!-- дальше\n", "comment-open", 6, 1, ""),
    ("long question", f"### a. {'ы' * 501}\n{ONE}", "label-long", 2, 5, ""),
    ("no questions", "Просто текст", "questionnaire-empty", 1, 1, ""),
]  # fmt: skip


def problems_of(text: str) -> list[Problem]:
    """Return the problems of a Russian questionnaire."""
    return read_questionnaire({"ru": ("questionnaire.md", text)})[1]


@pytest.mark.parametrize(("text", "code", "line", "column", "near"), [c[1:] for c in CASES], ids=[c[0] for c in CASES])
def test_a_mistake_is_told_once_at_its_place(text: str, code: str, line: int, column: int, near: str) -> None:
    """One mistake gives one problem, at its line and column, with the nearest valid name."""
    found = problems_of(f"# Опрос\n{text}")

    assert [(p.code, p.place.line, p.place.column, p.facts.get("near", "")) for p in found] == [
        (code, line, column, near)
    ]
    for language in ("ru", "en"):
        assert "{" not in say(found[0], language).replace("{=", "")
        assert way_out(found[0], language)


def test_a_questionnaire_without_title_is_noted() -> None:
    """A title is asked for, not demanded."""
    found = problems_of(f"{ASK}{ONE}")

    assert [(p.code, CATALOGUE[p.code].severity) for p in found] == [("title-missing", "note")]


def test_all_mistakes_are_told_at_once() -> None:
    """Mistakes in several questions come together, in the order of the file."""
    found = problems_of(
        f"# О\n### A. Т\n{ONE}### b. Т\n[шкла 1-5]\n### c. Т\n[один ответ]\n- да\n### d. Т\n[до 0]\n- 1 а\n"
    )

    assert [p.code for p in found] == ["id-form", "machine-word-unknown", "option-without-code", "limit-zero"]


def test_faulty_questions_stay_in_the_questionnaire() -> None:
    """What could be read is returned, so that other rooms can go on looking for mistakes."""
    made, _ = read_questionnaire({"ru": ("q.md", f"### Age. Т\n{ONE}{ASK}{ONE}{ASK}{ONE}### Текст\n{ONE}")})

    assert made is not None
    assert [q.id for q in made.questions] == ["age", "a", "a_2", "question_4_"]


def test_stand_in_names_take_nobodys_place() -> None:
    """A name put right for the time being never collides with one written in the file."""
    made, found = read_questionnaire({"ru": ("q.md", f"# О\n### Age. Т\n{ONE}### age. Т\n{ONE}")})

    assert made is not None
    assert [q.id for q in made.questions] == ["question_1_", "age"]
    assert [p.code for p in found] == ["id-form"]


def test_every_entry_of_the_catalogue_is_tested() -> None:
    """No problem of the questionnaire's own is without a case here; those of translations have theirs."""
    tested = {case[2] for case in CASES} | {"title-missing"}

    assert {code for code in ENTRIES if not code.startswith("translation-")} == tested & ENTRIES.keys()
