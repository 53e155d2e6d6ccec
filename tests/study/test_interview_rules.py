"""The rules of interviews: which page comes next, what a page accepts, which answers are on the path."""

from __future__ import annotations

import random

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.strategies import questionnaires
from tests.study.interviews import ODD, accepts, fill, items_put, rules_for, walk

from posad.core.words import LocalText
from posad.study.expressions.evaluate import evaluate
from posad.study.questionnaire.reading.grammar import read_questionnaire
from posad.study.questionnaire.values import Kind, Questionnaire, columns_of, items_of
from posad.study.rules import End, Rule, Rules, judge, next_page, path, settle, shown, violations


@settings(max_examples=120, deadline=None)
@given(questionnaires(largest=6), st.integers(0, 2**32), st.data())
def test_a_page_accepts_exactly_what_is_allowed(made: Questionnaire, seed: int, data: st.DataObject) -> None:
    """On any page of any questionnaire, posts tampered with in any way are accepted exactly when the plain rules allow them."""
    chance, rules = random.Random(seed), rules_for(made)
    answers: dict[str, object] = {}
    names = ["", "firms", "_x", *(c for i in made.items() for c in (i.column, f"{i.column}__1__text"))]
    while not isinstance(page := next_page(rules, answers, "s"), End):
        posted: dict[str, list[str]] = {}
        for question, items in items_put(rules, page, answers):
            posted |= fill(question, items, chance)
        values = st.sampled_from([*ODD, *(v for vs in posted.values() for v in vs)])
        tampered = {k: list(v) for k, v in posted.items()}
        for _ in range(data.draw(st.integers(0, 3))):
            name = data.draw(st.sampled_from([*posted, *posted, *names]))
            how = data.draw(st.sampled_from(["drop", "replace", "add"]))
            if how == "drop":
                tampered.pop(name, None)
            elif how == "replace":
                tampered[name] = data.draw(st.lists(values, min_size=1, max_size=2))
            else:
                tampered[name] = [*tampered.get(name, []), data.draw(values)]

        judged = judge(rules, page, tampered, answers, "s")

        assert judged.accepted is accepts(rules, page, tampered, answers), (tampered, judged.refusals)
        assert judged.accepted or not judged.answers
        for refusal in judged.refusals:
            assert refusal.message.get("ru")
            assert refusal.message.get("en")
            assert "{" not in refusal.code
        answers |= judge(rules, page, posted, answers, "s").answers


@settings(max_examples=120, deadline=None)
@given(questionnaires(largest=6), st.integers(0, 2**32))
def test_a_walk_obeys_the_rules_for_given_answers(made: Questionnaire, seed: int) -> None:
    """Whoever goes from page to page breaks no rule, was asked all and only what the conditions say, and keeps every answer."""
    rules = rules_for(made)

    answers, end = walk(rules, random.Random(seed))

    assert violations(made, answers, rules.scope) == []
    assert settle(rules, answers) == answers
    assert all(page in rules.pages for page in path(rules, answers))
    if end.outcome == "complete":
        for item in made.items():
            put = item.ask_if is None or evaluate(item.ask_if, answers, rules.scope) is True
            assert {c in answers for c in columns_of(item)} <= {put}
    else:
        assert end.reason in {s.reason for q in made.questions for s in q.screens}


@settings(max_examples=80, deadline=None)
@given(questionnaires(largest=6), st.integers(0, 2**32))
def test_going_back_loses_nothing_on_the_path(made: Questionnaire, seed: int) -> None:
    """A page answered anew drops only answers to questions no longer put, and the interview goes on to an end without faults."""
    rules, chance = rules_for(made), random.Random(seed)
    answers, _ = walk(rules, chance)
    gone = path(rules, answers)
    if not gone:
        return
    page = chance.choice(gone)
    anew: dict[str, list[str]] = {}
    for question, items in items_put(rules, page, answers):
        anew |= fill(question, items, chance)

    changed = {**answers, **judge(rules, page, anew, answers).answers}
    kept = settle(rules, changed)

    assert kept.items() <= changed.items()
    assert {v.rule for v in violations(made, kept, rules.scope)} <= {Rule.NOT_ASKED} - {Rule.NOT_ASKED}
    for item in made.items():
        put = item.ask_if is None or evaluate(item.ask_if, kept, rules.scope) is True
        lost = [c for c in columns_of(item) if c in changed and c not in kept]
        assert not lost or not put or isinstance(next_page(rules, kept), End)


@settings(max_examples=80, deadline=None)
@given(questionnaires(largest=6), st.integers(0, 2**32), st.text(max_size=4))
def test_what_is_shown_is_what_was_written(made: Questionnaire, seed: int, name: str) -> None:
    """A page shows every answer and row once, the same to one respondent each time, with no open repetition left in its texts."""
    rules = rules_for(made)
    answers, _ = walk(rules, random.Random(seed))
    for page in path(rules, answers):
        view = shown(rules, page, answers, name)
        assert view == shown(rules, page, answers, name)
        for one, (question, items) in zip(view.questions, items_put(rules, page, answers), strict=True):
            assert sorted(o.code for o in one.question.options) == sorted(o.code for o in question.options)
            assert sorted(r.id for r in one.question.rows) == sorted(r.id for r in question.rows)
            assert {i.id for i in one.items} == {i.id for i in items}
            assert "{=" not in one.question.text.get("ru") or "{=" in question.text.get("ru").replace("{=q", "")
            if question.kind is Kind.GRID and question.loop is None:
                assert [i.row for i in one.items][:: max(len(question.criteria), 1)] == [
                    r.id for r in one.question.rows
                ]


TEXT = """\
# Опрос
### used. Чем вы пользуетесь?
[до 3; случайно]
- 1 такси
- 2 доставкой
- 3 банком
- 96 другим {текст}
- 97 ничем {исключающий}
## О каждом
[для каждого used]
### often. Как часто вы пользуетесь: {=used}?
[один ответ]
- 1 каждый день
- 2 реже
### why. Вы сказали «{=often}». Почему {=used}?
[если often = 2; открытый ответ; обязательный]
## О вас
### firsts. Что важнее?
[ранжирование 2; в порядке used]
- 1 такси
- 2 доставка
- 3 банк
- 99 не знаю {не знаю}
### age. Сколько вам лет?
[число от 18]
[отсев old, если age > 90]
### last. Спасибо, {=age}! Ещё что-нибудь?
[открытый ответ]
"""


def rules() -> Rules:
    """Return the rules of a small questionnaire with a loop, a ranking, an end and repeated answers."""
    made, problems = read_questionnaire({"ru": ("q.md", TEXT)})
    assert made is not None
    assert problems == []
    return rules_for(made)


def test_a_loop_is_put_for_each_chosen_answer() -> None:
    """Pages of a loop come turn by turn, in the words of the answer; answers of one turn decide within that turn only."""
    r = rules()
    answers: dict[str, object] = {}
    answers |= judge(r, r.pages[0], {"used": ["96", "2"], "used__96__text": ["самокатом"]}, answers).answers
    assert [p.id for p in r.pages if p.turn] == [f"{q}.used_{n}" for n in (1, 2, 3, 96) for q in ("often", "why")]

    first = next_page(r, answers)
    assert not isinstance(first, End)
    assert first.id == "often.used_2"
    assert shown(r, first, answers, "x").questions[0].question.text == LocalText.of(
        ru="Как часто вы пользуетесь: доставкой?"
    )
    answers |= judge(r, first, {"often__used_2": ["1"]}, answers).answers
    second = next_page(r, answers)
    assert not isinstance(second, End)
    answers |= judge(r, second, {"often__used_96": ["2"]}, answers).answers
    third = next_page(r, answers)
    assert not isinstance(third, End)
    assert (second.id, third.id) == ("often.used_96", "why.used_96")
    assert shown(r, third, answers, "x").questions[0].question.text.get("ru") == "Вы сказали «реже». Почему самокатом?"
    assert [x.code for x in judge(r, third, {"why__used_96": [" "]}, answers).refusals] == ["required"]


def test_an_exclusive_answer_gives_no_turn() -> None:
    """Whoever chose "nothing" goes past the loop."""
    r = rules()
    answers = dict(judge(r, r.pages[0], {"used": ["97"]}, {}).answers)

    page = next_page(r, answers)

    assert not isinstance(page, End)
    assert page.id == "firsts"


def test_an_order_follows_another() -> None:
    """A question in the order of another shows the shared answers as the same respondent saw them there."""
    r = rules()
    seen = set()
    for n in range(50):
        answers = dict(judge(r, r.pages[0], {"used": ["97"]}, {}).answers)
        first = [o.code for o in shown(r, r.pages[0], {}, f"i{n}").questions[0].question.options]
        page = next_page(r, answers)
        assert not isinstance(page, End)
        second = [o.code for o in shown(r, page, answers, f"i{n}").questions[0].question.options]
        assert [c for c in first if c <= 3] == [c for c in second if c <= 3]
        seen.add(tuple(second))
    assert len(seen) == 6
    assert {s[-1] for s in seen} == {99}


def test_a_ranking_is_filled_in_order() -> None:
    """Places are filled without gaps and without doubles; "don't know" stands alone."""
    r = rules()
    page = r.page("firsts")
    assert page is not None
    answers = dict(judge(r, r.pages[0], {"used": ["97"]}, {}).answers)

    def codes(*places: str) -> list[str]:
        posted = {f"firsts__place_{n}": [code] for n, code in enumerate(places, 1)} | {"age": ["40"]}
        return [x.code for x in judge(r, page, posted, answers).refusals] if page is not None else []

    assert codes("3", "1") == []
    assert codes("99") == []
    assert codes("3") == ["required"]
    assert codes("3", "3") == ["ranked-twice"]
    assert codes("", "3") == ["place-skipped"]
    assert codes("99", "3") == ["exclusive-answer"]
    assert codes("4", "3") == ["unknown-answer"]


def test_an_end_stops_the_interview_with_its_reason() -> None:
    """Whoever meets the condition of an end is screened out for its reason; what was answered later falls off the path."""
    r = rules()
    answers = dict(judge(r, r.pages[0], {"used": ["97"]}, {}).answers)
    page = r.page("firsts")
    assert page is not None
    aged = judge(r, page, {"firsts__place_1": ["99"], "age": ["91"]}, answers).answers

    assert next_page(r, {**answers, **aged}) == End("screened", "old")
    assert "last" not in settle(r, {**answers, **aged, "last": "слова"})
    young = judge(r, page, {"firsts__place_1": ["99"], "age": ["17"]}, answers)
    assert [x.message.get("en") for x in young.refusals] == ["The number must be at least 18"]


def test_items_of_a_loop_have_names_and_words_of_their_own() -> None:
    """Every turn of a repeated question is an item with a column of its own and the answer in its words."""
    question = rules().questionnaire.question("often")
    assert question is not None

    found = items_of(question)

    assert [i.column for i in found] == ["often__used_1", "often__used_2", "often__used_3", "often__used_96"]
    assert found[0].label.get("ru") == "Как часто вы пользуетесь: такси?"
