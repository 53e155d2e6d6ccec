"""Passports of numbers."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from posad.core.place import Place
from posad.evidence.facts import make_fact
from posad.evidence.texts import limit_text
from posad.evidence.values import Fact
from posad.tabulation.context import Context

Answered = Callable[[dict[str, str]], Context]
HERE = Place("report/01-town.md", 3, 10)
RAKED = "main:\n  method: rake\n  margins:\n    sex: {targets: {1: 50, 2: 50}, source: {ru: Перепись, en: Census}}\n"


def fact_of(context: Context, address: str) -> Fact:
    """Return a fact whose address must be right."""
    fact, problems = make_fact(context, address, HERE)
    assert problems == []
    assert fact is not None
    return fact


def with_sample(town: dict[str, str], sample: str) -> dict[str, str]:
    """Return the town with another kind of sample."""
    return {**town, "study.yaml": town["study.yaml"].replace("type: quota", f"type: {sample}")}


def test_passport_of_a_share(answered: Answered, town: dict[str, str]) -> None:
    """A share says its question, answers, group, base and weighting in both languages."""
    fact = fact_of(answered(town), "like.likes@mood:glad")

    assert fact.question.get("ru") == "Нравится ли вам город?"
    assert fact.measure.get("ru") == "доля тех, кто дал один из ответов «очень» или «скорее да»"
    assert fact.measure.get("en") == "share of those who answered “a lot” or “rather”"
    assert fact.group.get("ru") == "Довольные (Настрой)"
    assert fact.group.get("en") == "Glad (Mood)"
    assert fact.base_text.get("ru") == "все опрошенные"
    assert fact.weight_text.get("ru") == "без весов: каждый ответ считается за один"
    assert fact.weight_text.get("en") == "unweighted: every respondent counts as one"
    assert fact.standing == "real"


def test_interval_of_a_quota_sample_names_its_model(answered: Answered, town: dict[str, str]) -> None:
    """A quota sample has an interval by the model with its assumption, never a margin of error."""
    plain = fact_of(answered(town), "like.likes").interval_text
    raked = fact_of(answered({**town, "weights.yaml": RAKED}), "like.likes").interval_text

    assert raked.get("ru").startswith("95 % интервал по модели: от ")
    assert raked.get("ru").endswith(
        "Выборка квотная, не случайная: интервал верен, если среди людей одной группы по признакам «Пол» "
        "участие в опросе не связано с ответами."
    )
    assert plain.get("en") == (
        "95% interval by the model: 43.1% to 56.9%. This is a quota sample, not a random one: "
        "the interval holds if taking part is not related to the answers."
    )
    for text in (raked, plain):
        assert "погрешност" not in text.get("ru")
        assert "margin" not in text.get("en")


@pytest.mark.parametrize(
    ("sample", "ru"),
    [
        ("probability", "95 % доверительный интервал: от 43,1 % до 56,9 %."),
        (
            "unknown",
            "95 % интервал по модели: от 43,1 % до 56,9 %. Как отобраны респонденты, неизвестно: "
            "интервал верен, если участие в опросе не связано с ответами.",
        ),
        ("census", ""),
    ],
)
def test_interval_by_kind_of_sample(answered: Answered, town: dict[str, str], sample: str, ru: str) -> None:
    """The wording of an interval follows from how people were selected; a census has none."""
    fact = fact_of(answered(with_sample(town, sample)), "like.likes")

    assert fact.interval_text.get("ru").replace("\N{NO-BREAK SPACE}", " ") == ru
    assert (fact.estimate.low is None) == (sample == "census")


def test_weighting_in_words(answered: Answered, town: dict[str, str]) -> None:
    """Raking is told by the labels of its margins and their source; what it fixes has no interval."""
    context = answered({**town, "weights.yaml": RAKED})
    fact = fact_of(context, "sex.1")

    assert fact.weight_text.get("ru") == "взвешено так, чтобы доли групп «Пол» совпали с населением (Перепись)"
    assert fact.weight_text.get("en") == "weighted so that shares of “Sex” match the population (Census)"
    assert fact.interval_text.get("ru").startswith("Задано весами")
    assert fact.estimate.set_by_weights


def test_difference_and_its_parts(answered: Answered, town: dict[str, str]) -> None:
    """A difference has both sides as parts, and its interval is in percentage points said once."""
    fact = fact_of(answered(town), "like.likes@sex:1-2")

    assert [p.address for p in fact.parts] == ["like.likes@sex:1", "like.likes@sex:2"]
    assert [p.estimate.value for p in fact.parts] == [0.75, pytest.approx(1 / 3)]
    assert fact.measure.get("en") == "difference: share of those who answered “a lot” or “rather”"
    assert fact.group.get("en") == "male (Sex) / female (Sex)"
    text = fact.interval_text.get("ru").replace("\N{NO-BREAK SPACE}", " ")
    assert text.startswith("95 % интервал по модели: от 28,9 до 54,5 п. п. Выборка")


def test_mean_number_and_bases(answered: Answered, town: dict[str, str]) -> None:
    """Means, numbers of people and effective bases say what they are."""
    context = answered(town)

    assert (
        fact_of(context, "firms.taxi.mean").measure.get("ru")
        == "среднее по шкале от 1 до 3, без затруднившихся ответить"
    )
    assert fact_of(context, "age.mean").measure.get("en") == "mean"
    assert fact_of(context, "why.base").measure.get("ru") == "число опрошенных"
    assert fact_of(context, "why.base").interval_text.get("ru") == ""
    assert fact_of(context, "n").estimate.value == 200.0
    assert fact_of(context, "like.effective").measure.get("en") == "effective base (Σw)²/Σw²"


def test_standing_of_simulated_numbers(answered: Answered, town: dict[str, str]) -> None:
    """Numbers of simulated respondents are emergent unless they are known to be published or assumed."""
    real = answered(town)
    context = Context(real.study, real.engine, simulated=True)
    published, _ = make_fact(context, "like.4-5", HERE, standings={"like.4-5": "published"})

    assert fact_of(context, "like.likes").standing == "emergent"
    assert published is not None
    assert published.standing == "published"


def test_wrong_addresses_are_told(answered: Answered, town: dict[str, str]) -> None:
    """An address that names nothing gives no fact, and the problem stands where the name does."""
    fact, problems = make_fact(answered(town), "like.lieks", HERE)

    assert fact is None
    assert [p.code for p in problems] == ["address-unknown-measure"]
    assert problems[0].facts["near"] == "likes"
    assert problems[0].place.line == 3


@pytest.mark.parametrize(
    ("limit", "ru", "en"),
    [
        (1, "до одного варианта", "up to one answer"),
        (2, "до двух вариантов", "up to two answers"),
        (5, "до пяти вариантов", "up to five answers"),
        (11, "до 11 вариантов", "up to 11 answers"),
        (21, "до 21 варианта", "up to 21 answers"),
    ],
)
def test_limits_in_the_right_case(limit: int, ru: str, en: str) -> None:
    """The largest number of answers is said in the genitive and in the right number."""
    assert (limit_text(limit).get("ru"), limit_text(limit).get("en")) == (ru, en)
