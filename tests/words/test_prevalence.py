"""Shares of messages corrected by hand codes."""

from __future__ import annotations

import numpy as np
import pytest

from posad.words.sources.prevalence import NoGold, Prevalence, prevalence


def test_by_hand() -> None:
    """Forty codes, worked out on paper: 10 of 20 labelled and 2 of 20 unlabelled bear the theme; labels are 30 of 100."""
    labels = np.zeros(100, bool)
    labels[:30] = True
    at = np.concatenate([np.arange(20), np.arange(30, 50)])
    codes = np.zeros(40, bool)
    codes[:10] = True
    codes[20:22] = True
    found = prevalence(labels, at, codes)

    assert isinstance(found, Prevalence)
    assert found.tuning == pytest.approx(0.4)  # 10/20 - 2/20
    assert found.value == pytest.approx(12 / 40 + 0.4 * (0.3 - 0.5))
    assert (found.coded, found.messages, found.matches) == (40, 100, 30)


def test_no_share_without_codes() -> None:
    """Without hand codes there is a number of matches and no share."""
    none = np.zeros(0, np.int64)

    assert prevalence(np.ones(50, bool), none, none.astype(bool)) == NoGold(0, 50, 50)


def test_codes_must_fit() -> None:
    """A message coded twice is a mistake of the caller."""
    with pytest.raises(ValueError, match="each message once"):
        prevalence(np.ones(5, bool), np.array([1, 1]), np.array([True, False]))
