"""Quotes: what counts as said, what may tell who said it, what an approval holds."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.words.made import HERE, interviews

from posad.core.words import LocalText
from posad.study.words.interviews.values import Alias, Approval, Interviews, PlanGroup, Printing, Quote
from posad.words.interviews.quoting import check_quotes, missing_piece, said_in

SOURCE = "Р: Ну, мы долго думали — и всё-таки решили остаться. «Здесь дом», — сказала Ольга Ивановна."


@pytest.mark.parametrize(
    ("quote", "said"),
    [
        ("мы долго думали – и все-таки решили остаться", True),
        ("Мы долго думали […] решили остаться.", True),
        ("Мы […] решили остаться […]", True),
        ("«Здесь дом», — сказала [соседка]", True),
        ("Мы долго думали и решили остаться", False),
        ("Решили остаться […] мы долго думали", False),
        ("Мы долго не думали", False),
        ("мы долго", True),
        ("ы долго думали", False),
        ("решили остаться […]. […]", True),
        ("МЫ долго", False),
    ],
)
def test_what_counts_as_said(quote: str, said: bool) -> None:
    """Pieces between brackets stand in the source word for word, in order, at whole words; only typography may differ."""
    assert said_in(quote, SOURCE) is said


@given(st.lists(st.tuples(st.integers(0, 12), st.integers(1, 4)), min_size=1, max_size=4))
def test_any_open_cut_of_a_source_is_said(cuts: list[tuple[int, int]]) -> None:
    """Whatever is left of a text when words are left out with […] is said in it."""
    words = [
        "мы",
        "долго",
        "думали",
        "и",
        "решили",
        "что",
        "останемся",
        "в",
        "этом",
        "городе",
        "у",
        "реки",
        "навсегда",
        "здесь",
    ]
    at, kept = 0, []
    for skip, take in cuts:
        part = words[at + skip : at + skip + take]
        at += skip + take
        kept += [" ".join(part)] if part else []

    assert missing_piece(" […] ".join(kept), " ".join(words)) is None


def test_a_negation_is_neither_left_out_nor_put_in() -> None:
    """Leaving out «не», or putting it in with brackets, is an error: the words would be said, the sense not."""
    own = interviews({"A": "Р: Мы так и не решили остаться."})
    texts = ("Мы […] решили остаться", "Мы […] не решили остаться", "Мы [никогда] не решили остаться")
    quotes = tuple(Quote(f"A/{i}", "A", LocalText.of(ru=t), HERE, 1, 1) for i, t in enumerate(texts))
    found = check_quotes(replace(own, quotes=quotes, languages=("ru",)))

    assert ["quote-negation" in [p.code for p in c.problems] for c in found] == [True, False, True]


def quoted(text: str, **more: object) -> Interviews:
    """Return interviews with one quote."""
    own = interviews({"A": SOURCE})
    case = replace(own.cases[0], **{k: v for k, v in more.items() if k in ("consent", "label", "attributes", "region")})  # type: ignore[arg-type]
    quote = Quote("A/q", "A", LocalText.of(ru=text), HERE, 1, 1)
    aliases = (Alias("Ольга Ивановна", "соседка", HERE),)
    plan = replace(own.plan, printing=Printing(("role", "sector", "region"), 2))
    return replace(own, cases=(case,), quotes=(quote,), aliases=aliases, plan=plan, languages=("ru",))


def codes(own: Interviews, small: tuple[str, ...] = ()) -> list[str]:
    """Return what is wrong with the only quote, approval apart."""
    return [p.code for p in check_quotes(own, small)[0].problems if p.code != "quote-not-approved"]


def test_real_names_addresses_and_telephones_are_not_printed() -> None:
    """A name of the private list in any case, an address or a number in a quote is an error."""
    named = quoted("сказала Ольга Ивановна")
    inflected = quoted("сказала [об Ольге Ивановне]")
    number = quoted("Мы [+7 912 345-67-89] решили остаться")

    assert codes(quoted("сказала [соседка]")) == []
    assert codes(named) == ["quote-name-printed"]
    assert codes(inflected) == ["quote-name-printed"]
    assert "quote-personal" in codes(number)


def test_a_label_must_not_tell_too_much() -> None:
    """Three revealing columns at once, or a small town and something more, are too much; a named person may be told of."""
    attributes = {"role": "владелец хозяйства", "sector": "животноводство"}
    label = LocalText.of(ru="Владелица хозяйства, животноводство, Калмыкии")
    risky = quoted("решили остаться", label=label, attributes=attributes, region="Калмыкия")
    known = quoted("решили остаться", label=label, attributes=attributes, region="Калмыкия", consent="named")
    wide = quoted(
        "решили остаться", label=LocalText.of(ru="житель, Калмыкия"), attributes=attributes, region="Калмыкия"
    )
    town = quoted(
        "решили остаться", label=LocalText.of(ru="Владелец хозяйства, животноводство, Ковыльска"), attributes=attributes
    )

    assert codes(wide) == []
    assert codes(known) == []
    assert codes(town, small=("Ковыльск",)) == ["quote-small-place"]
    assert codes(
        replace(risky, cases=(replace(risky.cases[0], attributes={**attributes, "role": "владелица хозяйства"}),))
    ) == ["quote-risk"]


def test_the_region_counts_by_its_name_in_the_plan_and_in_the_quote() -> None:
    """A region is told by the words of the plan, in the label of any language or in the quoted words themselves."""
    attributes = {"role": "фермер", "sector": "животноводство"}
    label = LocalText.of(ru="Фермер, животноводство", en="Farmer, livestock, the Steppe")
    own = quoted("решили остаться", label=label, attributes=attributes, region="st")
    steppe = PlanGroup("st", LocalText.of(ru="Степь", en="the Steppe"), None, HERE)
    planned = replace(own, plan=replace(own.plan, regions=(steppe,)))
    bare = replace(planned, cases=(replace(planned.cases[0], label=LocalText.of(ru="Фермер, животноводство")),))

    assert codes(own) == []
    assert codes(planned) == ["quote-risk"]
    assert codes(bare) == []


def test_an_approval_holds_words_label_and_passage() -> None:
    """An approval holds until the words, the label or the passage change; typography alone voids nothing."""
    own = quoted("решили остаться", consent="anonymous")
    first = check_quotes(own)[0]
    approved = replace(own, quotes=(replace(own.quotes[0], approvals=(Approval("Ира", "2026-01-01", first.hash),)),))
    other = replace(approved, quotes=(replace(approved.quotes[0], text=LocalText.of(ru="мы долго думали")),))
    label = replace(approved, quotes=(replace(approved.quotes[0], label=LocalText.of(ru="другой")),))

    assert not first.printable
    assert [c.code for c in first.problems] == ["quote-not-approved"]
    assert check_quotes(approved)[0].printable
    assert [p.code for p in check_quotes(other)[0].problems] == ["quote-changed"]
    assert [p.code for p in check_quotes(label)[0].problems] == ["quote-changed"]
    assert not check_quotes(other)[0].printable


@pytest.mark.parametrize(
    ("consent", "wrong"), [("analysis", True), ("none", True), ("anonymous", False), ("named", False)]
)
def test_only_those_who_agreed_are_quoted(consent: str, wrong: bool) -> None:
    """Without a consent to quotes, a quote is an error."""
    assert ("quote-no-consent" in codes(quoted("решили остаться", consent=consent))) is wrong


def test_the_interviewer_is_not_quoted() -> None:
    """A quote of a turn that no case speaks has no speaker."""
    own = interviews({"A": "И: Вы решили остаться?"})
    quote = Quote("A/q", "A", LocalText.of(ru="Вы решили остаться?"), HERE, 1, 1)

    assert "quote-speaker-unknown" in codes(replace(own, quotes=(quote,)))


def test_a_quote_of_a_publication_needs_its_label_alone() -> None:
    """A quote printed elsewhere needs no transcript and no consent, and says where it was printed."""
    quote = Quote(
        "x/q",
        "x",
        LocalText.of(ru="Мы решили"),
        HERE,
        label=LocalText.of(ru="Эксперт"),
        printed=LocalText.of(ru="Отчёт"),
    )
    bare = replace(quote, label=LocalText())
    own = interviews({"A": SOURCE})

    assert [c.printable for c in check_quotes(replace(own, quotes=(quote, bare)))] == [True, False]
