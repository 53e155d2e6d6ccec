"""Chapters against the answers of the town."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from posad.claims.numbers.refreshing import refresh
from posad.claims.prose import check_chapter
from posad.claims.values import Checked, Claim, Remembered
from posad.core.edits import apply_edits
from posad.core.reading.texts import read_source
from posad.core.words import LocalText
from posad.evidence.words.quotes import QuoteFact
from posad.tabulation.context import Context

Answered = Callable[[dict[str, str]], Context]
FILE = "report/01-town.md"
QUOTES = {
    "01/partner": QuoteFact("01/partner", LocalText.of(ru="Мы решили."), LocalText.of(ru="житель"), "interview", True)
}
NB = "\N{NO-BREAK SPACE}"


def check(context: Context, text: str, remembered: Mapping[str, Remembered] | None = None) -> Checked:
    """Return a Russian chapter checked."""
    return check_chapter(context.study, FILE, "ru", text, context=context, remembered=remembered)


def memory(checked: Checked) -> dict[str, Remembered]:
    """Return what a build remembers of a chapter."""
    return {c.key: c.memory for c in checked.claims if c.memory is not None}


def told(checked: Checked) -> list[tuple[str, str]]:
    """Return verdicts with the codes of the problems, in order."""
    return [(c.verdict, p.code) for c, p in zip(checked.claims, checked.problems, strict=True)]


def test_a_true_chapter_has_no_problems(answered: Answered, town: dict[str, str]) -> None:
    """True sentences of every kind pass, and each carries its fact."""
    checked = check(
        answered(town),
        "Город нравится [50 %](#like.likes) жителей, среди мужчин – [75 %](#like.likes@sex:1), это\n"
        "[на 42 п. п. выше](#like.likes@sex:1-2), или [в 2,25 раза](#like.likes@sex:1/2) чаще. Опрошено\n"
        "[200 человек](#n); средний возраст [42 года](#age.mean), оценка такси [2,1 балла](#firms.taxi.mean).\n",
    )

    assert checked.problems == ()
    assert [c.verdict for c in checked.claims] == ["true"] * 7
    assert [c.address for c in checked.claims][:2] == ["like.likes", "like.likes@sex:1"]
    assert checked.claims[0].key == f"{FILE}#like.likes"
    assert checked.claims[0].fact is not None


def test_a_false_number_is_told_with_the_truth(answered: Answered, town: dict[str, str]) -> None:
    """A false sentence is found at its place and told in its own form and language."""
    context = answered(town)
    checked = check(context, f"Строка\n\nНравится [51{NB}%](#like.likes) жителей.\n")
    english = check_chapter(context.study, FILE, "en", "It is [2 times less](#like.likes@sex:1/2).", context=context)

    assert told(checked) == [("false", "claim-false")]
    assert (checked.problems[0].place.line, checked.problems[0].place.column) == (3, 11)
    assert checked.problems[0].facts["truth"] == f"50{NB}%"
    assert english.claims[0].truth == "2.3 times more"


@pytest.mark.parametrize(
    ("link", "verdict", "code"),
    [
        ("[50 %](#like.lieks)", "unknown", "address-unknown-measure"),
        ("[50 %](#lik.likes)", "unknown", "address-unknown-item"),
        ("[многие](#like.likes)", "unreadable", "claim-digit-missing"),
        ("[каждому третьему](#like.likes)", "false", "claim-false"),
        ("[каждому второму (51 %)](#like.likes)", "false", "claim-false"),
        ("[каждому третьему (50 %)](#like.likes)", "false", "claim-false"),
        ("[](#like.likes)", "unreadable", "claim-digit-missing"),
        ("[с 50 до 75 %](#like.likes)", "unreadable", "claim-several-numbers"),
        ("[50](#like.likes)", "false", "claim-percent-sign-missing"),
        ("[в 2 раза](#like.likes@sex:1/2)", "false", "claim-direction-missing"),
        ("[100 %](#like.1@few:sixty)", "barred", "claim-low-base"),
        ("[100 %](#like.1@few:twenty)", "barred", "claim-low-base"),
        ("[5 п. п.](#like.1@few:sixty-forty)", "barred", "claim-low-base"),
    ],
)
def test_every_verdict(answered: Answered, town: dict[str, str], link: str, verdict: str, code: str) -> None:
    """Each way a number can be wrong has its own verdict and problem."""
    assert told(check(answered(town), f"Слова {link} и ещё.\n")) == [(verdict, code)]


def test_bases_may_be_said_however_small(answered: Answered, town: dict[str, str]) -> None:
    """A number of people is no estimate: it may stand in prose whatever its size."""
    assert check(answered(town), "Таких [20 человек](#like.n@few:twenty).\n").problems == ()


def test_nothing_to_check_against(answered: Answered, town: dict[str, str]) -> None:
    """Without answers a right address gets a note, and a wrong one is still an error."""
    study = answered(town).study
    checked = check_chapter(study, FILE, "ru", "[50 %](#like.likes), [5 %](#lik.1), [200 человек](#n)\n")

    assert [c.verdict for c in checked.claims] == ["unanswerable", "unknown", "unanswerable"]
    assert [p.code for p in checked.problems] == ["claim-no-answers", "address-unknown-item", "claim-no-answers"]


def test_stale_and_redefined_numbers(answered: Answered, town: dict[str, str]) -> None:
    """A number that was true is stale when the answers changed, redefined when its meaning did, false when neither."""
    text = "Нравится [50 %](#like.likes), [20 %](#like.4).\n"
    kept = memory(check(answered(town), text))
    fewer = {**town, "answers/2025.csv": town["answers/2025.csv"].replace("1;4;0;1;0;0;2;8;;30\n", "", 10)}
    now = answered(fewer)
    moved = Context(now.study, now.engine, data_digest="second")
    renamed = {**town, "questionnaire.md": town["questionnaire.md"].replace("- 5 очень", "- 5 очень-очень")}
    redefined = answered(renamed)

    assert told(check(moved, text, kept)) == [("stale-data", "claim-stale"), ("stale-data", "claim-stale")]
    assert told(check(moved, text.replace("50", "55"), kept))[0] == ("false", "claim-false")
    assert told(check(now, text, kept)) == [("false", "claim-false"), ("false", "claim-false")]
    assert told(check(redefined, text, kept)) == [("definition-changed", "claim-definition-changed-fits")] * 2
    assert told(check(redefined, text.replace("50", "55"), kept))[0] == (
        "definition-changed",
        "claim-definition-changed",
    )


def stale(context: Context, text: str, values: Mapping[str, float]) -> Checked:
    """Return a chapter checked against remembered values of other answers."""
    now = memory(check(context, text))
    then = {k: Remembered(values[k.partition("#")[2]], m.definition, "before") for k, m in now.items()}
    return check(context, text, then)


def test_refreshing_rewrites_digits_only(answered: Answered, town: dict[str, str], tmp_path: Path) -> None:
    """Stale digits are rewritten in their own form; every other byte, the mark and the line breaks stay."""
    text = (
        f"Нравится [48{NB}%](#like.likes) и [29,9 %](#like.5), это [на 44 п. п. выше](#like.likes@sex:1-2), или\r\n"
        "[в 2,6 раза чаще](#like.likes@sex:1/2); **[190](#like.base)** человек.\r\n"
    )
    before = {
        "like.likes": 0.48,
        "like.5": 0.299,
        "like.likes@sex:1-2": 0.44,
        "like.likes@sex:1/2": 2.6,
        "like.base": 190.0,
    }
    context = answered(town)
    path = tmp_path / "chapters" / FILE
    path.parent.mkdir(parents=True)
    path.write_bytes(b"\xef\xbb\xbf" + text.encode())
    source, _ = read_source(path, FILE)
    assert source is not None
    checked = stale(context, source.text, before)

    assert [c.verdict for c in checked.claims] == ["stale-data"] * 5
    assert apply_edits(tmp_path / "chapters", refresh(source, checked.claims)) == []
    assert path.read_bytes()[3:].decode() == (
        f"Нравится [50{NB}%](#like.likes) и [30,0 %](#like.5), это [на 42 п. п. выше](#like.likes@sex:1-2), или\r\n"
        "[в 2,3 раза чаще](#like.likes@sex:1/2); **[200](#like.base)** человек.\r\n"
    )
    assert check(context, path.read_text(encoding="utf-8-sig")).problems == ()


@pytest.mark.parametrize(
    ("text", "then"),
    [
        ("[в 2 раза реже](#like.likes@sex:1/2)", 0.5),
        ("[в 5 раз чаще](#like.likes@sex:1/2)", 5.0),
        ("[−12 п. п.](#like.likes@sex:1-2)", -0.12),
        ("[более 70 %](#like.likes)", 0.75),
        ("[41 год](#age.mean)", 41.0),
    ],
)
def test_refreshing_leaves_to_the_author_what_digits_cannot_mend(
    answered: Answered, town: dict[str, str], text: str, then: float
) -> None:
    """A turned direction or sign, a loosened number and a noun that would change its form are not rewritten."""
    context = answered(town)
    address = text[text.index("#") + 1 : -1]
    checked = stale(context, text, {address: then})
    source = read_source_of(text)

    assert [c.verdict for c in checked.claims] == ["stale-data"]
    assert refresh(source, checked.claims) == []


def read_source_of(text: str):  # type: ignore[no-untyped-def]
    """Return a chapter's source out of its text."""
    from posad.core.reading.texts import decode

    source, _ = decode(text.encode(), FILE)
    assert source is not None
    return source


def test_keys_tell_links_to_one_address_apart(answered: Answered, town: dict[str, str]) -> None:
    """The second link to an address has a key of its own, whatever stands between them."""
    keys = [c.key for c in check(answered(town), "[50 %](#like.likes), [30 %](#like.5), [50 %](#like.likes)\n").claims]

    assert keys == [f"{FILE}#like.likes", f"{FILE}#like.5", f"{FILE}#like.likes#2"]


def test_charts_tables_interviews_and_headings(answered: Answered, town: dict[str, str]) -> None:
    """Charts, tables and interviews are found or told with the nearest name; links to headings are no claims."""
    books = {
        "tables.yaml": "books:\n  client:\n    title: {ru: Заказчику, en: Client}\n    banner: [total, sex]\n    rows: [like, firms]\n"
    }
    context = answered({**town, **books})
    text = (
        "# Город\n\n![Город](#chart:like) ![Нет](#chart:liek) [таблица](#table:client/like) [строка](#table:client/firms.taxi)\n"
        "[чужая](#table:client/age) [нет](#table:clint/like) [просто](#table:better) [см. выше](#город) [сайт](https://example.org)\n"
        "[](#interview:01/partner)\n"
    )
    checked = check(context, text)
    known = check_chapter(
        context.study, FILE, "ru", "> «Мы решили» [](#interview:01/partner)", context=context, interviews=QUOTES
    )

    assert checked.claims == ()
    assert [f.id for f in checked.figures] == ["like"]
    assert checked.tables == ("client/like", "client/firms.taxi", "better")
    assert [(p.code, p.facts.get("near", "")) for p in checked.problems] == [
        ("chart-unknown", "like"),
        ("claim-table-not-in-book", ""),
        ("claim-book-unknown", "client"),
        ("claim-no-interviews", ""),
    ]
    assert known.interviews == ("01/partner",)
    assert known.problems == ()


def test_an_empty_group_has_nothing_to_say(answered: Answered, town: dict[str, str]) -> None:
    """A number with nobody behind it is barred by its base, never called true."""
    checked = check(answered(town), "[0 %](#why.1@sex:1)\n")
    claim: Claim = checked.claims[0]

    assert claim.verdict == "barred"
