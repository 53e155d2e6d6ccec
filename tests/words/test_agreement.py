"""Agreement of coders: the units, the coefficients, their intervals."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.words.made import interviews, segment

from posad.study.words.interviews.values import Interviews
from posad.words.interviews.agreement import agreements, alpha, kappa, units_of

PAIRS = st.lists(st.tuples(st.sampled_from([0.0, 1.0]), st.sampled_from([0.0, 1.0])), min_size=2, max_size=40)


def made(n: int = 8) -> Interviews:
    """Return some interviews that two coders coded, and one that only the first did."""
    texts = {f"A{i}": f"И: Вопрос {i}?\n\nР: Первое {i}. Второе {i}.\n\nР: Третье {i}." for i in range(n)}
    coded = [(id, who) for id in texts for who in ("x", "y")] + [("B", "x")]
    return interviews({**texts, "B": "Р: Четвёртое."}, coded=coded, under={"b": "a"})


def test_units_are_what_several_coders_read() -> None:
    """The interviewer's turns and interviews of one coder are no units; a code counts for those above it."""
    own = made(2)
    units = units_of(own, [segment(own, "Третье 0", "b", "x", "A0")])
    seen = ~np.isnan(units.tables["a"])

    assert units.interviews == ("A0",) * 3 + ("A1",) * 3
    assert seen.all(axis=0).tolist() == [False, True, True, False, True, True]
    assert units.tables["a"][0, 2] == units.tables["b"][0, 2] == 1.0
    assert units.tables["c"][0, 2] == 0.0
    assert units.tables["a"][1, 2] == 0.0


def test_coders_who_agree_have_one() -> None:
    """Two coders with the same passages have alpha and kappa 1, whatever the resampling; a code nobody used has none."""
    own = made()
    segments = [segment(own, f"Третье {i}", "b", who, f"A{i}") for i in range(0, 8, 2) for who in ("x", "y")]
    found = {(a.code, a.statistic): a for a in agreements(own, segments, draws=200)}

    assert found["b", "alpha"].value == found["b", "kappa"].value == 1.0
    assert (found["b", "alpha"].low, found["b", "alpha"].high) == (1.0, 1.0)
    assert found["b", "alpha"].used == 4
    assert found["b", "alpha"].units == 16
    assert found["c", "alpha"].value is None
    assert found["c", "alpha"].low is None
    assert found["b", "alpha"].resampled == "interviews"


def test_the_interval_is_the_same_every_time_and_holds_the_value() -> None:
    """The same seed gives the same interval; it holds the coefficient and is wider for fewer interviews."""
    widths = []
    for n in (8, 32):
        own = made(n)
        segments = [segment(own, f"Третье {i}", "b", "x", f"A{i}") for i in range(n) if i % 2]
        segments += [segment(own, f"Третье {i}", "b", "y", f"A{i}") for i in range(n) if i % 2 and i % 3]
        one, two = (next(a for a in agreements(own, segments, draws=500) if a.code == "b") for _ in range(2))
        assert one == two
        assert one.value is not None
        assert one.low is not None
        assert one.high is not None
        assert one.low <= one.value <= one.high
        widths.append(one.high - one.low)

    assert widths[1] < widths[0]


@given(PAIRS)
def test_coefficients_do_not_depend_on_order_or_names(pairs: list[tuple[float, float]]) -> None:
    """Exchanging coders, the order of units or the meaning of 0 and 1 changes neither alpha nor kappa; neither passes 1."""
    table = np.array(pairs).T
    turned = 1 - table[::-1, ::-1]

    for of in (alpha, lambda t: kappa(t[0], t[1])):
        value, other = of(table), of(turned)
        assert (value is None) == (other is None)
        if value is not None and other is not None:
            assert value == pytest.approx(other, abs=1e-12)
            assert value <= 1.0


@given(PAIRS, st.integers(1, 5))
def test_units_without_two_values_change_nothing(pairs: list[tuple[float, float]], more: int) -> None:
    """Units that only one coder has a value for are left out of both coefficients."""
    table = np.array(pairs).T
    wider = np.concatenate([table, np.array([[1.0] * more, [np.nan] * more])], axis=1)

    assert alpha(wider) == alpha(table)
    assert kappa(wider[0], wider[1]) == kappa(table[0], table[1])


def test_one_coder_agrees_with_nobody() -> None:
    """Without a second coder there is no agreement to tell."""
    own = interviews({"A": "Р: Да."}, coded=[("A", "x")])

    assert agreements(own, []) == ()
