"""The questionnaire from Markdown to values."""

from __future__ import annotations

from posad.core.place import Place
from posad.core.problems import Problem
from posad.core.words import LocalText
from posad.study.expressions.writing import write
from posad.study.questionnaire.reading.grammar import read_questionnaire
from posad.study.questionnaire.reading.machine_words import ROLES, WORDS, find_role, find_word
from posad.study.questionnaire.values import (
    AnswerList,
    Entity,
    Kind,
    Option,
    Question,
    Questionnaire,
    Role,
    columns_of,
    items_of,
)

DESIGN = """\
# Платформы регионального роста

## Список companies
- sber: «Сбер»
- ozon: «Озон»

## Город

### like_city. Насколько вам нравится жить в вашем городе?
[один ответ]
- 5 очень нравится
- 4 скорее нравится
- 3 и да, и нет
- 2 скорее не нравится
- 1 совсем не нравится
- 99 затрудняюсь ответить {не знаю}

### better. Что в крупных городах лучше, чем в небольших?
Отметьте не более пяти.
[до 5; случайно]
- 1 Больше возможностей для заработка и карьеры
- 4 Доступнее и качественнее медицинские услуги
- 96 Другое {текст, кодировать}
- 97 Ничего {исключающий}

### firms. Оцените компании
[сетка; строки: companies, случайно; шкала 1–10]
- comfort: способствует комфорту и развитию города
- novelty: внедряет полезные инновации
- 99 Не знаю компанию {вне базы}

### where_to. Куда бы вы хотели переехать?
[если move.leave; один ответ; случайно]
"""


def read(text: str) -> tuple[Questionnaire, list[Problem]]:
    """Read a Russian questionnaire that has at least one question."""
    made, problems = read_questionnaire({"ru": ("questionnaire.md", text)})
    assert made is not None
    return made, problems


def one(body: str) -> Question:
    """Return the only question of a text that has no problems."""
    made, problems = read(f"# Опрос\n{body}")
    assert problems == []
    return made.questions[-1]


def test_the_example_of_the_design_is_read_whole() -> None:
    """The four questions of the example are read; the two places where it is cut short are told."""
    made, problems = read(DESIGN)

    assert [(p.code, p.place.line, p.place.column) for p in problems] == [
        ("limit-too-large", 20, 2),  # three answers can stand together in the shortened list
        ("options-none", 32, 5),
    ]
    assert [q.id for q in made.questions] == ["like_city", "better", "firms", "where_to"]
    assert {q.block for q in made.questions} == {LocalText.of(ru="Город")}
    like, better, firms, where = made.questions
    assert (like.kind, [o.code for o in like.options]) == (Kind.SINGLE, [5, 4, 3, 2, 1, 99])
    assert like.options[-1].roles == {Role.DONT_KNOW}
    assert (better.kind, better.limit, better.shuffle_options) == (Kind.MULTIPLE, 5, True)
    assert better.help == LocalText.of(ru="Отметьте не более пяти.")
    assert [o.roles for o in better.options[2:]] == [{Role.TEXT, Role.CODED}, {Role.EXCLUSIVE}]
    assert (firms.kind, firms.cell, firms.scale, firms.shuffle_rows) == (Kind.GRID, Kind.SCALE, (1, 10), True)
    assert [r.id for r in firms.rows] == ["sber", "ozon"]
    assert [c.id for c in firms.criteria] == ["comfort", "novelty"]
    assert [o.code for o in firms.options] == [*range(1, 11), 99]
    assert where.ask_if is not None
    assert write(where.ask_if, "ru") == "move.leave"


def test_items_of_the_example() -> None:
    """A grid of two companies by two criteria is four items; several answers are a column each."""
    made, _ = read(DESIGN)

    assert [i.id for i in made.items()] == [
        "like_city", "better", "firms.sber.comfort", "firms.sber.novelty", "firms.ozon.comfort", "firms.ozon.novelty", "where_to",
    ]  # fmt: skip
    better = made.item("better")
    assert better is not None
    assert columns_of(better) == ("better__1", "better__4", "better__96", "better__97")


def test_places_point_at_what_is_named() -> None:
    """Questions, answers and list lines know where they are written."""
    made, _ = read(DESIGN)

    assert made.questions[0].options[0] == Option(
        5, LocalText.of(ru="очень нравится"), Place("questionnaire.md", 11, 3, 11, 19)
    )
    assert made.lists == (
        AnswerList(
            "companies",
            Place("questionnaire.md", 3, 4, 3, 20),
            rows=(
                Entity("sber", LocalText.of(ru="«Сбер»"), Place("questionnaire.md", 4, 3, 4, 15)),
                Entity("ozon", LocalText.of(ru="«Озон»"), Place("questionnaire.md", 5, 3, 5, 15)),
            ),
        ),
    )


def test_number_with_bounds_and_unit() -> None:
    """Bounds may be joined by any dash; a code outside them stands beside the number."""
    for dash in "-–—−":
        made = one(f"### age. Возраст\n[число 18{dash}99, лет]\n- 999 отказ {{не знаю}}")
        assert (made.kind, made.bounds, made.unit) == (Kind.NUMBER, (18.0, 99.0), LocalText.of(ru="лет"))
        assert [o.code for o in made.options] == [999]
    assert one("### t. Темп\n[число -1,5–2.5]").bounds == (-1.5, 2.5)
    assert one("### t. Темп\n[число, раз в год]").unit == LocalText.of(ru="раз в год")
    assert one("### t. Темп\n[число от 1 до 7]").bounds == (1.0, 7.0)
    assert one("### t. Темп\n[number]").bounds is None


def test_kinds_in_both_languages() -> None:
    """Every kind is read by its Russian and English words, whatever their case."""
    kinds = {
        "[один ответ]\n- 1 а": Kind.SINGLE,
        "[One Answer]\n- 1 а": Kind.SINGLE,
        "- 1 а": Kind.SINGLE,
        "[любое число]\n- 1 а": Kind.MULTIPLE,
        "[any number of answers]\n- 1 а": Kind.MULTIPLE,
        "[up to 1 answers]\n- 1 а": Kind.MULTIPLE,
        "[шкала от 1 до 5]": Kind.SCALE,
        "[scale 0-10]": Kind.SCALE,
        "[открытый ответ]": Kind.OPEN,
        "[free text]": Kind.OPEN,
        "[населенный пункт]": Kind.TERRITORY,
        "[territory]": Kind.TERRITORY,
    }

    assert {body: one(f"### a. Текст\n{body}").kind for body in kinds} == kinds


def test_every_machine_word_is_found_by_each_of_its_forms() -> None:
    """No form in the table hides another, and roles are found whatever their case."""
    for word in WORDS:
        for form in (*word.ru, *word.en):
            found = find_word(form.upper())
            assert found == (word, len(form))
    for role in ROLES:
        assert {find_role(form.upper()) for form in (*role.ru, *role.en)} == {role.role}


def test_scale_labels_some_points() -> None:
    """Labelled points keep their words, the others their number; codes outside the scale follow it."""
    made = one("### s. Оцените\n[шкала 1–3]\n- 99 не знаю {не знаю}\n- 3 отлично\n- 1 плохо")

    assert [(o.code, o.label.get("ru")) for o in made.options] == [
        (1, "плохо"), (2, "2"), (3, "отлично"), (99, "не знаю"),
    ]  # fmt: skip


def test_named_lines_are_rows_or_criteria() -> None:
    """Named lines are the rows of a grid, unless a list is named as its rows: then they are criteria."""
    rows = one("### g. Услуги\n[сетка; один ответ]\n- taxi: Такси\n- food: Еда\n- 1 онлайн\n- 2 лично")
    both = one("## Список firms\n- a: А\n### g. Оцените\n[сетка; строки: firms; до 1]\n- good: хорошо\n- 1 да\n- 2 нет")
    bare = one("## List firms\n- a: А\n### g. Оцените\n[grid; rows: firms; number 0-5]")
    mixed = one("### g. Услуги\n[сетка; строки: случайно; ответы: случайно]\n- taxi: Такси\n- 1 да\n- 2 нет")

    assert ([r.id for r in rows.rows], rows.criteria, rows.cell) == (["taxi", "food"], (), Kind.SINGLE)
    assert ([r.id for r in both.rows], [c.id for c in both.criteria], both.cell) == (["a"], ["good"], Kind.MULTIPLE)
    assert ([r.id for r in bare.rows], bare.criteria, bare.bounds) == (["a"], (), (0.0, 5.0))
    assert ([r.id for r in mixed.rows], mixed.shuffle_rows, mixed.shuffle_options) == (["taxi"], True, True)


def test_answers_from_a_list() -> None:
    """Answers of a list come first, a question's own after them."""
    made = one(
        "## Список cities\n- 1 Тверь\n- 2 Кимры\n### a. Куда?\n[один ответ; ответы: cities, случайно]\n- 99 не знаю"
    )

    assert [o.code for o in made.options] == [1, 2, 99]
    assert (made.shuffle_options, made.options_list) == (True, "cities")


def test_several_machine_lines_are_one() -> None:
    """A long instruction may be split into lines; a semicolon inside quotes separates nothing."""
    made, problems = read(
        "# О\n### c. Город\n[открытый ответ]\n### a. Текст\n[если c = «а; б»]\n[до 2]\n[случайно]\n- 1 а\n- 2 б"
    )

    assert problems == []
    question = made.questions[1]
    assert (question.limit, question.shuffle_options) == (2, True)
    assert question.ask_if is not None
    assert write(question.ask_if, "ru") == "c = «а; б»"


def test_help_comments_links_and_continued_answers() -> None:
    """Help keeps its lines, comments vanish, a link is no machine line, an indented line continues an answer."""
    made = one(
        "### a. Текст <!-- для нас -->\nПервая строка.\n\n[Правила](rules.md) опроса\n<!-- не\nпоказывать -->\n"
        "[один ответ]\n- 1 длинный\n  ответ {не знаю}\n- 2 второй\nЕщё пояснение."
    )

    assert made.text.get("ru") == "Текст"
    assert made.help.get("ru") == "Первая строка.\n\n[Правила](rules.md) опроса\n\nЕщё пояснение."
    assert [(o.label.get("ru"), o.roles) for o in made.options] == [
        ("длинный ответ", frozenset({Role.DONT_KNOW})), ("второй", frozenset()),
    ]  # fmt: skip


def test_a_backslash_makes_text_of_signs() -> None:
    """What would be an option, a mark or a heading is text after a backslash."""
    made = one("### a. Текст\n\\- не ответ\n1\\. не код\n[один ответ]\n- 1 \\{в скобках\\}")

    assert made.help.get("ru") == "- не ответ\n1. не код"
    assert made.options[0].label.get("ru") == "{в скобках}"


def test_text_before_questions_is_kept() -> None:
    """An introduction and the words under a block's title are not questions and not lost."""
    made, problems = read("# О\nЗдравствуйте!\n- мы не спамим\n## Город\nНемного о городе.\n### a. Т\n[открытый ответ]")

    assert problems == []
    assert made.intro.get("ru") == "Здравствуйте!\n- мы не спамим"
    assert [(b.title.get("ru"), b.text.get("ru")) for b in made.blocks] == [("Город", "Немного о городе.")]


def test_line_ends_and_byte_order_mark() -> None:
    """Files from Windows and old Macs are read the same."""
    text = "# О\n### a. Текст\n[один ответ]\n- 1 да\n"

    expected = read(text)
    assert read(text.replace("\n", "\r\n")) == expected
    assert read(text.replace("\n", "\r")) == expected
    assert read("\ufeff" + text) == expected


def test_three_hundred_questions() -> None:
    """A long questionnaire with a condition on every question is read without a problem."""
    parts = ["# Длинная\n### q0. Начало\n[один ответ]\n- 1 да\n- 2 нет\n"]
    answers = "".join(f"- {code} ответ {code}\n" for code in range(1, 41))
    parts += [f"### q{n}. Вопрос {n}\n[до 3; если q{n - 1} = 1]\n{answers}" for n in range(1, 301)]

    made, problems = read("\n".join(parts))

    assert problems == []
    assert len(made.questions) == 301
    assert len(made.items()[300].options) == 40


def test_more_answers_than_a_machine_word_has_bits() -> None:
    """A question of several answers may have more than 62 of them."""
    made = one("### a. Какие города?\n[любое число]\n" + "".join(f"- {n} город {n}\n" for n in range(1, 201)))

    assert len(columns_of(items_of(made)[0])) == 200


def test_a_very_long_label_is_a_note() -> None:
    """A label of 5,000 characters is kept whole and noted."""
    made, problems = read(f"# О\n### a. Текст\n[один ответ]\n- 1 {'ы' * 5000}\n")

    assert made.questions[0].options[0].label.get("ru") == "ы" * 5000
    assert [(p.code, p.facts["length"]) for p in problems] == [("label-long", 5000)]
