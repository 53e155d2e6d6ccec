"""Sentences, numbers in words, waivers, names; and that no text whatever brings the rules down."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from posad.claims.language.checking import RULES, WAIVABLE, check_language, check_names
from posad.claims.language.desk import Desk, corrected, told_apart
from posad.claims.language.kinds.dates import dates_in
from posad.claims.language.kinds.naming import mended, other_spelling
from posad.claims.language.numerals import RANGES, range_of, spelled_in
from posad.claims.language.sentences import sentences_of
from posad.claims.prose import check_chapter
from posad.core.catalogue import CATALOGUE
from posad.core.place import Place
from posad.evidence.facts import settle
from posad.kernel.values import Bases, Estimate
from posad.tabulation.context import Context

Answered = Callable[[dict[str, str]], Context]
FILE = "report/01-town.md"


def codes(context: Context, text: str, language: str = "ru") -> list[str]:
    """Return the codes of a chapter's problems."""
    return [p.code for p in check_chapter(context.study, FILE, language, text, context=context).problems]


@pytest.mark.parametrize(
    ("text", "language", "kind", "value"),
    [
        ("двадцать пять", "ru", "cardinal", "25"),
        ("тысяча двести тридцать четыре", "ru", "cardinal", "1234"),
        ("двум тысячам", "ru", "cardinal", "2000"),
        ("пятидесяти семи", "ru", "cardinal", "57"),
        ("две трети", "ru", "share", "66.7"),
        ("каждую пятую", "ru", "share", "20.0"),
        ("трое из пяти", "ru", "share", "60.0"),
        ("на четверть", "ru", "change", "25.0"),
        ("вчетверо", "ru", "times", "4"),
        ("seven hundred and five", "en", "cardinal", "705"),
        ("two thousand", "en", "cardinal", "2000"),
        ("three-quarters", "en", "share", "75.0"),
        ("4 out of 5", "en", "share", "80.0"),
        ("twice", "en", "times", "2"),
    ],
)
def test_numbers_in_words(text: str, language: str, kind: str, value: str) -> None:
    """A number in words is read whole, in any case, with what it stands for."""
    assert [(s.kind, s.value) for s in spelled_in(text, language)] == [(kind, Decimal(value))]


@pytest.mark.parametrize("text", ["вторая половина", "четверть века", "третий день", "столько же", "пятница"])
def test_words_that_only_look_like_shares(text: str) -> None:
    """Idioms and ordinals are no shares."""
    assert spelled_in(text, "ru") == []


def test_ranges_hold_their_own_fraction() -> None:
    """Every range of a word for a share holds the exact fraction and overlaps no other."""
    spans = sorted(range_of(part) for part in RANGES)

    assert all(low < Decimal(p.numerator * 100) / p.denominator < high for p in RANGES for low, high in [range_of(p)])
    assert all(a[1] < b[0] for a, b in pairwise(spans))


def test_sentences_know_their_places() -> None:
    """Abbreviations and decimals do not end a sentence; every character leads back to the chapter."""
    text = "# Глава\n\nВ 2025 г. опрошено 2 тыс. чел. **Треть** [3,5 балла](#a.b) дала.\nЭто на 5 п. п. больше. И всё!\n\n> чужое\n\n- пункт\n"
    found = sentences_of(FILE, "ru", text)

    assert [s.text for s in found] == [
        "Глава",
        "В 2025 г. опрошено 2 тыс. чел.",
        "Треть 3,5 балла дала.",
        "Это на 5 п. п. больше.",
        "И всё!",
        "чужое",
        "пункт",
    ]
    assert found[0].heading
    assert all(
        text[o] == c or (c == " " and text[o] == "\n") for s in found for o, c in zip(s.offsets, s.text, strict=True)
    )
    assert (found[3].place.line, found[3].place.column) == (4, 1)


def test_a_waiver_sets_one_rule_aside_for_one_sentence(answered: Answered, town: dict[str, str]) -> None:
    """With a reason the rule is silent and the waiver is counted; the next paragraph is judged as ever."""
    context = answered(town)
    text = "<!-- posad: waive claim-cause так сказал глава -->\nСкука ведёт к отъезду.\n\nСкука ведёт к отъезду.\n"
    checked = check_chapter(context.study, FILE, "ru", text, context=context)

    assert [(p.code, p.place.line) for p in checked.problems] == [("claim-cause", 4)]
    assert checked.spoken is not None
    assert [(w.code, w.reason) for w in checked.spoken.waivers] == [("claim-cause", "так сказал глава")]


@pytest.mark.parametrize(
    ("mark", "code"),
    [
        ("<!-- posad: waive claim-cause -->", "waiver-without-reason"),
        ("<!-- posad: waive claim-cause … -->", "waiver-without-reason"),
        ("<!-- posad: waive claim-majority нужно -->", "waiver-for-nothing"),
        ("<!-- posad: waive claim-false так надо -->", "waiver-code"),
        ("<!-- posad: waive claim-couse так надо -->", "waiver-code"),
        ("<!-- posad: оставить -->", "waiver-unreadable"),
    ],
)
def test_a_waiver_that_is_none(answered: Answered, town: dict[str, str], mark: str, code: str) -> None:
    """Without a reason, for nothing, of a number or mistyped, a waiver is told and the sentence is still refused."""
    assert sorted(codes(answered(town), f"{mark}\nСкука ведёт к отъезду.\n")) == sorted([code, "claim-cause"])


def test_words_alone_in_a_link(answered: Answered, town: dict[str, str]) -> None:
    """A link may hold a claim without a number; it is false when the answers do not bear it."""
    context = answered(town)
    glad = check_chapter(
        context.study, FILE, "ru", "Город нравится [большинству](#like.likes@sex:1) мужчин.\n", context=context
    )
    all_ = check_chapter(
        context.study, FILE, "ru", "Город нравится [большинству](#like.likes) жителей.\n", context=context
    )

    assert [(c.verdict, c.said) for c in glad.claims] == [("true", None)]
    assert glad.problems == ()
    assert [c.verdict for c in all_.claims] == ["false"]
    assert [p.code for p in all_.problems] == ["claim-majority"]


def test_names_spelled_in_two_ways_between_chapters(answered: Answered, town: dict[str, str]) -> None:
    """A name that two chapters spell apart by a letter is told at the later one; other forms of a name are not."""
    study = answered(town).study
    texts = ("Пришёл «Радиокомп» и Петербург.\n", "Ушёл «Радеокомп» из Петербурга.\n")
    spoken = [check_language(study, None, f"report/0{n}-a.md", "ru", text, (), {}) for n, text in enumerate(texts, 1)]
    found = check_names(spoken)

    assert [(p.code, p.place.file, p.facts["other"]) for p in found] == [
        ("claim-name-variants", "report/02-a.md", "Радиокомп")
    ]


@pytest.mark.parametrize(
    ("word", "right"),
    [("cогласно", "согласно"), ("финтехa", "финтеха"), ("tоwn", "town"), ("SMSка", "SMSка"), ("Т2", "Т2")],
)
def test_letters_of_two_alphabets(word: str, right: str) -> None:
    """Letters that only look right are mended; foreign abbreviations with endings are left."""
    assert mended(word) == right


def test_other_forms_are_no_other_spelling() -> None:
    """A name in another case is the same name; one letter off inside it is not."""
    known = {"вайлдберриз": "Вайлдберриз", "магнит": "Магнит"}

    assert [other_spelling(w, known) for w in ("Вайлдберриз", "Магнитом", "Вайлдберис", "Москва")] == [
        "",
        "",
        "Вайлдберриз",
        "",
    ]


def test_dates_of_every_form() -> None:
    """Months, quarters, halves and bare years are read as the month they end in, a bare year as its January."""
    said = "в мае 2025 года, за второй квартал 2024 года и в 2023 году"

    assert [m for _, _, m in dates_in(said, "ru")] == [(2024, 6), (2025, 5), (2023, 1)]
    assert [m for _, _, m in dates_in("in July 2025 and in 2024", "en")] == [(2025, 7), (2024, 1)]


def test_every_code_of_the_rules_is_explained() -> None:
    """Each reason a rule may give stands in the catalogue, and numbers cannot be waived."""
    told = {code for _, rule_codes in RULES.values() for code in rule_codes}

    assert told <= set(CATALOGUE)
    assert "claim-false" not in WAIVABLE
    assert set(CATALOGUE) >= WAIVABLE


WORDS = st.sampled_from(
    """большинство чаще чем лидер топ-3 рост ведёт к среди мужчин респондентов каждый третий вдвое 5 % 16 компаний в 2031 году
    most of more than half leads growth causes among women two thirds twice [50_%](#like.likes) [75_%](#like.likes@sex:1)
    [33_%](#like.likes@sex:2) [x](#n) [2,3](#like.likes@sex:1/2) «кавычка ( <!--_posad:_waive_claim-cause_--> . ? - > | # `
    """.replace("_", "\N{NO-BREAK SPACE}").split(" ")
)


@settings(max_examples=150, deadline=None)
@given(parts=st.lists(st.one_of(WORDS, st.text(max_size=8)), max_size=25), language=st.sampled_from(["ru", "en"]))
def test_no_text_brings_the_rules_down(opened_town: Context, parts: list[str], language: str) -> None:
    """Whatever a chapter says, it is checked, and every problem stands inside it."""
    text = " ".join(parts).replace("\r", "\n")  # as every text is read
    checked = check_chapter(opened_town.study, FILE, language, text, context=opened_town)
    lines = text.count("\n") + 1

    assert all(1 <= p.place.line <= lines for p in checked.problems)
    assert all(p.code in CATALOGUE for p in checked.problems)


def test_a_comparison_of_groups_is_one_of_all_their_pairs(opened_town: Context) -> None:
    """A difference that one test would pass is refused among the three pairs of three groups, and its interval is the wider one."""
    study = opened_town.study
    first, _ = settle(study, "like.likes@few:twenty", Place(""))
    second, _ = settle(study, "like.likes@few:forty", Place(""))
    assert first is not None
    assert second is not None
    desk = Desk(study, opened_town, "ru")
    found = Estimate(0.1, 0.045, 0.01, 0.19, Bases(200, 200.0, 200.0), "difference", 199)

    assert desk.pairs(first.first, second.first) == 3
    assert (told_apart(found), told_apart(found, 3)) == (1, 0)
    wider = corrected(found, 3)
    assert wider.low is not None
    assert wider.low < 0 < 0.01
