"""Sentences beside their meaning, and signatures that hold no longer than what they were put under."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from posad.claims.prose import check_chapter
from posad.claims.reading.page import html_of, json_of, text_of
from posad.claims.reading.signing import FILE as APPROVALS
from posad.claims.reading.signing import read_signatures, sign, signature_problems, with_signatures
from posad.claims.reading.values import Reading, readings_of
from posad.tabulation.context import Context

Answered = Callable[[dict[str, str]], Context]
FILE = "report/01-town.md"
SAID = "Город нравится [50 %](#like.likes) жителей. Мужчинам – [75 %](#like.likes@sex:1).\n"


def readings(context: Context, text: str = SAID, language: str = "ru") -> tuple[Reading, ...]:
    """Return the sentences of a Russian chapter with their meaning."""
    return readings_of(check_chapter(context.study, FILE, "ru", text, context=context), language)


def test_the_meaning_of_a_number_in_words(opened_town: Context) -> None:
    """Each number is told by question, answers, group, base, value and interval, in the language asked for."""
    first, second = readings(opened_town, language="en")

    assert first.sentence == "Город нравится 50 % жителей."
    assert [first.sentence[a:b] for a, b in first.marks] == ["50 %"]
    meaning = second.meanings[0]
    assert (meaning.question, meaning.group, meaning.people, meaning.value) == (
        "Do you like your town?",
        "male (Sex)",
        "80",
        "75.0%",
    )
    assert "“a lot” or “rather”" in meaning.answers
    assert meaning.interval.startswith("95% interval by the model: ")


def test_text_page_and_json_say_the_same(opened_town: Context) -> None:
    """Every way out holds the sentence, its value and its address; the page asks for nothing outside itself."""
    found = readings(opened_town)
    page = html_of(found, "ru", "Проба & город")

    for written in (text_of(found, "ru"), page):
        assert "#like.likes@sex:1" in written
        assert "75,0\N{NO-BREAK SPACE}%" in written
    assert "<mark>75 %</mark>" in page
    assert "Проба &amp; город" in page
    assert "http" not in page
    assert [one["key"] for one in json_of(found)] == ["like.likes", "like.likes@sex:1"]


def test_a_signature_holds_while_nothing_changes(opened_town: Context, tmp_path: Path) -> None:
    """Signing writes a line for each sentence, once; other lines and columns of the table stay."""
    (tmp_path / APPROVALS).write_text(
        "document;hash;who;when;note\nquestionnaire.md;abc;Пётр;2025-05-01;да\n", encoding="utf-8"
    )
    found = readings(opened_town)

    assert sign(tmp_path, found, "Анна", "2025-06-01") == (2, [])
    signatures, problems = read_signatures(tmp_path)
    signed = with_signatures(found, signatures)
    assert [p.code for p in problems] == []
    assert [(r.signed.who, r.signed.when) for r in signed if r.signed] == [("Анна", "2025-06-01")] * 2
    assert signature_problems(signed, signatures, required=True) == []
    assert sign(tmp_path, signed, "Анна", "2025-06-02") == (0, [])
    assert (tmp_path / APPROVALS).read_text(encoding="utf-8").splitlines()[
        1
    ] == "questionnaire.md;abc;Пётр;2025-05-01;да;;"


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("нравится [50", "очень нравится [50", "signature-sentence-changed"),
        ("#like.likes)", "#like.4-5)", "signature-definition-changed"),
        ("Город нравится [50 %](#like.likes) жителей. ", "", "signature-orphan"),
    ],
)
def test_a_signature_is_void_when_its_sentence_changes(
    opened_town: Context, tmp_path: Path, old: str, new: str, code: str
) -> None:
    """Other words, another address behind the same words, or no sentence at all: the signature tells what happened."""
    sign(tmp_path, readings(opened_town), "Анна", "2025-06-01")
    signatures, _ = read_signatures(tmp_path)
    changed = with_signatures(readings(opened_town, SAID.replace(old, new)), signatures)

    assert [p.code for p in signature_problems(changed, signatures)] == [code]


def test_a_signature_is_void_when_the_answers_change(
    answered: Answered, town: dict[str, str], tmp_path_factory: pytest.TempPathFactory
) -> None:
    """A new value voids the signature though the sentence is the same."""
    folder = tmp_path_factory.mktemp("signed")
    text = "Опрошено [200 человек](#n), средний возраст [42 года](#age.mean).\n"
    sign(folder, readings(answered(town), text), "Анна", "2025-06-01")
    signatures, _ = read_signatures(folder)
    fewer = town | {"answers/2025.csv": town["answers/2025.csv"].replace("1;5;1;0;0;0;3;3;;20\n", "", 3)}
    changed = with_signatures(readings(answered(fewer), text), signatures)

    assert [p.code for p in signature_problems(changed, signatures)] == ["signature-value-changed"]


def test_required_signatures_and_sentences_that_may_not_be_signed(opened_town: Context, tmp_path: Path) -> None:
    """Where signatures are required each sentence without one is an error; a false sentence cannot be signed."""
    found = readings(opened_town, SAID.replace("50", "51"))

    assert sign(tmp_path, found, "Анна", "2025-06-01") == (1, [])
    signatures, _ = read_signatures(tmp_path)
    signed = with_signatures(found, signatures)
    assert [p.code for p in signature_problems(signed, signatures, required=True)] == ["sentence-unsigned"]


def test_a_table_of_approvals_without_its_columns(opened_town: Context, tmp_path: Path) -> None:
    """A file that is no table of approvals is told, and nothing is written over it."""
    (tmp_path / APPROVALS).write_text("a,b\n1,2\n", encoding="utf-8")

    assert [p.code for p in read_signatures(tmp_path)[1]] == ["approvals-header"]
    assert [p.code for p in sign(tmp_path, readings(opened_town), "Анна", "2025-06-01")[1]] == ["approvals-header"]
    assert (tmp_path / APPROVALS).read_text(encoding="utf-8") == "a,b\n1,2\n"
