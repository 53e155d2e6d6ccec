"""Chains: arrows, what is mediated, orders that cannot be told apart, and what is refused."""

from __future__ import annotations

import numpy as np
import pytest
from tests.analysis.causes.town import Answered, made, said, town, value, wrong

from posad.analysis.keeping import from_text, to_text
from posad.analysis.kinds.causes.chain.modelling import People, standardised
from posad.analysis.kinds.causes.chain.ordering import orders
from posad.analysis.kinds.causes.chain.planning import ChainPlan, Link
from posad.core.words import LocalText
from posad.kernel.design import cells_of, design_of
from posad.store.duck import DuckEngine
from posad.store.values import Key
from posad.tabulation.context import Cut

CHAIN = """\
kind: chain
title: {ru: Цепочка, en: Chain}
layers:
  - comfort: {of: firms.*.comfort.top4, label: {ru: Комфорт, en: Comfort}}
    woman: {of: sex.2, label: {ru: Женщина, en: Woman}}
  - liking: {of: like, label: {ru: Нравится, en: Likes}}
  - staying: {of: stay.stays, label: {ru: Останется, en: Stays}}
  - near: {of: where.1, label: {ru: Близко, en: Near}}
adjust_for: [age.1]
"""
WHOLE = "".join(line + "\n" for line in CHAIN.splitlines() if "near" not in line)


def test_what_is_mediated_is_the_whole_less_the_direct(answered: Answered) -> None:
    """The mediated part of an association is the product of the arrows on its way, and the whole less the direct one."""
    found, _ = made(answered, WHOLE)

    for source in ("comfort", "woman"):
        head = f"{source}.staying"
        product = value(found, f"{source}.liking") * value(found, "liking.staying")
        assert value(found, f"{head}.mediated") == pytest.approx(product, abs=1e-12)
        assert value(found, f"{head}.whole") == pytest.approx(
            value(found, f"{head}.direct") + value(found, f"{head}.mediated"), abs=1e-12
        )
        assert value(found, f"{head}.direct") == pytest.approx(value(found, head), abs=1e-12)


def test_the_arrow_that_made_the_answers_is_found(answered: Answered) -> None:
    """Liking was made to go with staying, and comfort with nothing: the first is told, the second beside the smallest that would show."""
    found, _ = made(answered, WHOLE)

    assert value(found, "liking.staying") > 0.4
    assert "Нравится → Останется" in said(found)["arrows"]
    assert "Комфорт → Нравится" in said(found)["unclear"]
    assert value(found, "detectable") > 0


def test_the_reverse_order_is_never_told_apart(answered: Answered) -> None:
    """Every chain says that its reverse fits as well, that a survey does not tell where arrows point, and which other orders fit."""
    found, _ = made(answered, WHOLE)

    ru, en = said(found), said(found, "en")
    assert "Останется → Нравится → Комфорт, Женщина" in ru["reverse"]
    assert "не отличить" in ru["reverse"]
    assert "cannot be told apart" in en["reverse"]
    assert value(found, "rivals") == 2
    assert "связь при прочих равных" in ru["arrows"]


def test_arrows_are_handed_on_as_evidence(answered: Answered) -> None:
    """Each arrow is evidence with its ends, its number, its label and whether it is more than chance."""
    found, _ = made(answered, WHOLE)

    assert found is not None
    one = next(a for a in found.arrows if (a.source, a.target) == ("liking", "staying"))
    assert one.certain
    assert one.near
    assert one.address in found.facts
    assert one.label.get("en") == "adjusted association"
    assert not next(a for a in found.arrows if (a.source, a.target) == ("comfort", "staying")).near
    assert from_text(to_text(found)) == found


def test_a_question_asked_of_some_is_a_branch(answered: Answered) -> None:
    """Of a last layer that only some were asked, arrows are of them, nothing is mediated to it, and orders leave it out."""
    found, problems = made(answered, CHAIN)

    assert "О последнем слое («Близко»)" in said(found)["branch"]
    assert 0 < value(found, "branch") < value(found, "people")
    assert [p.code for p in problems] == ["analysis-constant"]  # all who were asked would go
    assert found is not None
    assert not any(".near.mediated" in address for address in found.facts)
    assert "Близко" not in said(found)["reverse"]
    assert any(a.target == "near" for a in found.arrows)


def test_the_chart_has_its_layers(answered: Answered) -> None:
    """The chart is of layers, with arrows between neighbours, dashed where they are not more than chance."""
    found, _ = made(answered, CHAIN)

    assert found is not None
    figure = found.figures[0]
    assert figure.kind == "layers"
    assert [[link.id for link in layer] for layer in figure.layers] == [
        ["comfort", "woman"],
        ["liking"],
        ["staying"],
        ["near"],
    ]
    groups = {bar.id: bar.group for bar in figure.bars}
    assert groups["liking.staying"] == "certain"
    assert groups["comfort.liking"] == "unclear"
    assert "comfort.staying" not in groups


@pytest.mark.parametrize("people", [3, 25])
def test_too_few_people_have_no_chain(answered: Answered, people: int) -> None:
    """Too few people for the parameters: no chain, and the number needed is told."""
    found, problems = made(answered, WHOLE, people=people, weights=False)

    assert found is None
    assert [p.code for p in problems] == ["analysis-too-few"]


def test_a_link_that_does_not_vary_is_told(answered: Answered) -> None:
    """A link that is the same for everybody makes no chain, and is named."""
    found, problems = made(answered, WHOLE.replace("of: like,", "of: same.yes,"))

    assert found is None
    assert [(p.code, p.facts["name"]) for p in problems] == [("analysis-constant", "liking")]


def test_simulated_chains_say_so(answered: Answered) -> None:
    """On simulated answers every sentence says that the generator set its numbers."""
    found, _ = made(answered, CHAIN, simulated=True)

    assert all("задано генератором" in text for text in said(found).values())


def test_links_that_determine_one_another_are_told(answered: Answered) -> None:
    """A link that is another by a different name makes no chain, and both are named."""
    text = WHOLE.replace("  - liking", "  - female: {of: mirror.f, label: {ru: Ж, en: F}}\n  - liking")
    found, problems = made(answered, text)

    assert found is None
    assert [(p.code, p.facts["name"]) for p in problems] == [("analysis-collinear", "female")]
    assert "woman" in str(problems[0].facts["others"])


def test_what_is_held_equal_may_determine_a_link(answered: Answered) -> None:
    """A link that what is held equal determines makes no chain."""
    found, problems = made(answered, WHOLE.replace("[age.1]", "[mirror]"))

    assert found is None
    assert [(p.code, p.facts["name"]) for p in problems] == [("analysis-collinear", "woman")]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (WHOLE.replace("of: like,", "of: stay,"), "chain-node-kind"),
        (WHOLE.replace("of: like,", "of: stay.stays,"), "chain-node-twice"),
        (WHOLE.replace("adjust_for: [age.1]", "adjust_for: [like]"), "chain-node-twice"),
        (WHOLE.replace("of: like,", "of: lke,"), "analysis-item-unknown"),
        (WHOLE.replace("  - staying: {of: stay.stays, label: {ru: Останется, en: Stays}}\n", ""), "chain-layers"),
        (WHOLE + "label: causal under listed assumptions\n", "analysis-no-assumptions"),
    ],
)
def test_mistakes_are_told_at_their_place(answered: Answered, text: str, code: str) -> None:
    """A question with groups, a link twice, a name that is not there, too few layers: mistakes with a place."""
    told = wrong(answered, text)

    assert code in [c for c, _ in told]
    assert all(line > 0 for _, line in told)


def test_orders_by_hand() -> None:
    """What an order leaves out is half the logarithm of what partial correlation leaves, and a reverse leaves out the same."""
    r = np.random.default_rng(2)
    a = r.normal(size=400)
    b = 0.6 * a + r.normal(size=400)
    c = 0.5 * b + 0.3 * a + r.normal(size=400)
    engine = DuckEngine.from_columns({"o": ("INTEGER", [1] * 400)}, threads=1)
    ones, zeros = np.ones(400), np.zeros(400, dtype=np.int64)
    engine.set_weight("w", ones, ones, None, zeros, zeros)
    design = design_of(engine.moments([], "w"), None)
    cut = Cut(cells_of(design, engine.moments([Key('"row_"')], "w")), design, {}, False)
    links = {n: standardised(x, ones, ones > 0) for n, x in (("a", a), ("b", b), ("c", c))}
    inside = ones > 0
    people = People(
        cut, {n: m[0] for n, m in links.items()}, {n: m[1] for n, m in links.items()}, dict.fromkeys("abc", 1.0),
        ones[:, None], inside, inside, inside,
    )  # fmt: skip
    layers = tuple((Link(n, (), LocalText()),) for n in "abc")
    plan = ChainPlan(layers, (), False, "adjusted association", (), None, None)
    left = np.linalg.inv(np.corrcoef([a, b, c]))
    partial = -left[0, 2] / np.sqrt(left[0, 0] * left[2, 2])  # of a and c, b held equal

    found = orders(people, plan, None, None)

    assert found is not None
    assert found.declared == pytest.approx(-0.5 * np.log(1 - partial**2), abs=1e-10)
    assert found.reverse == pytest.approx(0.0, abs=1e-12)
    assert len(found.rivals) == 2


def test_the_town_is_weighted(answered: Answered) -> None:
    """The people of a chain are those who answered all its layers, of all who were asked."""
    found, _ = made(answered, WHOLE)

    assert value(found, "asked") == len(town()["answers/2025.csv"].splitlines()) - 1
    assert 0 < value(found, "people") <= value(found, "asked")
