"""The strength of an arrow by the printed rule."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from posad.core.place import Place
from posad.study.words.pathways.values import Evidence, EvidenceKind, How, Reporter, Says
from posad.words.pathways.strength import Strength, Void, Weighed, strength


def piece(
    kind: EvidenceKind = "document",
    how: How = "stated_by_others",
    says: Says = "supports",
    reporter: Reporter = "company",
    difference: int = 0,
    over: bool = False,
    void: Void = "",
) -> Weighed:
    """Return a piece of evidence."""
    return Weighed(Evidence(kind, "x", says, how, reporter, Place("a.yaml")), difference, over, void)


EFFECT = piece("survey", "measured_effect", difference=1)


@pytest.mark.parametrize(
    ("pieces", "level", "disputed"),
    [
        ((), 0, False),
        ((piece(how="asserted"),), 0, False),
        ((piece(says="silent"),), 0, False),
        ((piece(),), 1, False),
        ((piece(), piece(reporter="independent")), 1, False),
        ((piece(), piece("quote")), 1, False),
        ((piece(), piece("quote", reporter="independent")), 2, False),
        ((piece("survey", "measured_effect"),), 1, False),
        ((piece("survey", "measured_level", difference=1),), 1, False),
        ((EFFECT,), 3, False),
        ((piece("survey", "measured_effect", difference=1, over=True),), 4, False),
        ((EFFECT, piece(says="contradicts")), 3, True),
        ((piece("survey", "measured_effect", difference=-1),), 0, True),
        ((piece(says="contradicts"),), 0, True),
        ((piece(says="contradicts", how="asserted"),), 0, False),
    ],
)
def test_rule(pieces: tuple[Weighed, ...], level: int, disputed: bool) -> None:
    """Every line of the printed rule, and the cases on its borders, give the strength worked out by hand."""
    assert strength(pieces) == Strength(level, disputed)


@pytest.mark.parametrize("void", ["simulated", "invented", "unsourced", "small", "missing"])
def test_void_evidence(void: Void) -> None:
    """Simulated, invented, unsourced and missing evidence bears nothing, for an arrow or against it."""
    one = piece("survey", "measured_effect", difference=1, over=True, void=void)

    assert strength([one, piece(says="contradicts", void=void)]) == Strength(0)
    assert strength([one, piece()]) == Strength(1)


PIECES = st.builds(
    piece,
    st.sampled_from(["survey", "quote", "document"]),
    st.sampled_from(["measured_effect", "stated_by_actor", "asserted"]),
    st.sampled_from(["supports", "contradicts", "silent"]),
    st.sampled_from(["company", "independent"]),
    st.integers(-1, 1),
    st.booleans(),
    st.sampled_from(["", "simulated"]),
)


@given(st.lists(PIECES, max_size=6), PIECES)
def test_more_evidence(pieces: list[Weighed], one: Weighed) -> None:
    """One more piece never takes strength away, never ends a dispute, and the order of pieces does not matter."""
    before, after = strength(pieces), strength([*pieces, one])

    assert after.level >= before.level
    assert after.disputed >= before.disputed
    assert strength([one, *reversed(pieces)]) == after
