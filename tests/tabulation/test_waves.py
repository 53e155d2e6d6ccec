"""Waves: split and pooled, changes with their errors and tests, panels, broken lines."""

from __future__ import annotations

import math
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from tests.waves import RAKED, UNWEIGHTED, Row, people, tracker

from posad.core.place import Place
from posad.evidence.facts import make_fact
from posad.kernel.values import Estimate
from posad.kernel.weights.calibration import rake
from posad.kernel.weights.values import Calibration
from posad.pipeline.steps.books import book_tables
from posad.pipeline.verbs.ask import opened
from posad.tabulation.context import Context
from posad.tabulation.json import table_json, table_rows
from posad.tabulation.layout.trends import corrected_together
from posad.tabulation.values import Table

Write = Callable[[dict[str, str]], Path]
FIRST = people(1, "a", 200, 0.5)
SECOND = people(2, "b", 300, 0.7)


def context_of(study_of: Write, files: dict[str, str]) -> Context:
    """Return a study opened for counting through the whole pipeline."""
    context, problems = opened(study_of(files))
    assert context is not None, problems
    return context


def estimate(context: Context, address: str) -> Estimate:
    """Return the estimate at an address."""
    fact, problems = make_fact(context, address, Place("test"))
    assert fact is not None, problems
    return fact.estimate


def tables_of(context: Context, book: str) -> dict[str, Table]:
    """Return the tables of a book by their items."""
    plan = next(b for b in context.study.books if b.id == book)
    tables, problems = book_tables(context, plan)
    assert problems == []
    return {t.item: t for t in tables}


def share(rows: list[Row]) -> float:
    """Return the share of those who like the town."""
    return sum(r[2] == 2 for r in rows) / len(rows)


def test_change_between_samples_of_other_people(study_of: Write) -> None:
    """The change between two independent unweighted waves has the variance p(1 − p)/(n − 1) of each, added."""
    context = context_of(study_of, tracker(FIRST, SECOND, UNWEIGHTED))
    p, q = share(FIRST), share(SECOND)

    found = estimate(context, "like.2~2025-like.2~2024")

    assert found.value == pytest.approx(q - p, abs=1e-12)
    assert found.se == pytest.approx(math.sqrt(p * (1 - p) / 199 + q * (1 - q) / 299), rel=1e-12)


def test_change_of_a_panel(study_of: Write) -> None:
    """Where the same people answer twice, the error of the change is that of their own differences."""
    later: list[Row] = [
        (id, sex, 2 if i % 5 == 0 else like, old, rate) for i, (id, sex, like, old, rate) in enumerate(FIRST)
    ]
    own = np.array([b[2] - a[2] for a, b in zip(FIRST, later, strict=True)], dtype=float)

    found = estimate(context_of(study_of, tracker(FIRST, later, UNWEIGHTED)), "like.2~2025-like.2~2024")

    assert found.value == pytest.approx(own.mean(), abs=1e-12)
    assert found.se == pytest.approx(own.std(ddof=1) / math.sqrt(len(own)), rel=1e-12)


def test_panel_with_newcomers(study_of: Write) -> None:
    """In a panel that half the people left, the covariance comes from those who stayed; the error lies between the extremes."""
    stayed = FIRST[:100]
    files = [stayed + people(5, "n", 100, 0.5), [*people(5, "n", 200, 0.5)], FIRST]

    errors = [
        estimate(context_of(study_of, tracker(FIRST, later, UNWEIGHTED)), "like.2~2025-like.2~2024").se
        for later in files
    ]

    half, none, whole = (e or 0.0 for e in errors)
    assert whole == pytest.approx(0, abs=1e-12)
    assert whole < half < none


def test_split_and_pooled_waves_sum_alike(study_of: Write) -> None:
    """The sums of the waves, split, add to those of the pooled file, to the last billionth."""
    context = context_of(study_of, tracker(FIRST, SECOND))
    keys = (context.wave_key(),)

    split, pooled = context.moments(keys, "main", None), context.moments((), "main", None)

    for part in ("n", "d", "w", "w2h", "w2l"):
        assert int(getattr(split, part).sum()) == int(getattr(pooled, part).sum())


def test_each_wave_is_weighted_by_itself(study_of: Write) -> None:
    """A wave has the weights it would have alone, to the last billionth."""
    context = context_of(study_of, tracker(FIRST, SECOND))
    rows = context.engine.rows(["wave", "weight.main.w", "sex"])
    for wave, wanted in (("2024", FIRST), ("2025", SECOND)):
        alone = rake(np.array([[r[1]] for r in wanted]), [{1: 0.46, 2: 0.54}])
        assert isinstance(alone, Calibration)

        assert [w for v, w in zip(rows["wave"], rows["weight.main.w"], strict=True) if v == wave] == alone.w.tolist()


def test_one_wave_beside_another_is_as_if_alone(study_of: Write, tmp_path: Path) -> None:
    """A raked share of one wave and its error do not depend on another wave standing in the file."""
    files = tracker(FIRST, SECOND)
    both = estimate(context_of(study_of, files), "like.2~2024")
    for name in ("answers/2025.csv", "answers/2025.yaml"):
        (tmp_path / "study" / name).unlink()

    context, _ = opened(tmp_path / "study")

    assert context is not None
    alone = estimate(context, "like.2")
    assert (both.value, both.se) == pytest.approx((alone.value, alone.se), rel=1e-12)
    assert both.bases == alone.bases


def test_order_of_rows_is_irrelevant(study_of: Write) -> None:
    """Rows in another order give the same bits of every cell."""
    turned = tracker(FIRST[::-1], SECOND[::-1])

    one = tables_of(context_of(study_of, tracker(FIRST, SECOND)), "trend")
    other = tables_of(context_of(study_of, turned), "trend")

    assert {k: t.cells for k, t in one.items()} == {k: t.cells for k, t in other.items()}


def test_trend_columns(study_of: Write) -> None:
    """A banner of waves shows each wave and its change to the one before, which equals the address of the difference."""
    context = context_of(study_of, tracker(FIRST, SECOND))
    table = tables_of(context, "trend")["like"]

    assert [c.id for c in table.columns] == ["total", "wave:2024", "wave:2025", "change:2025-2024"]
    change = table.cells["2", "change:2025-2024"]
    named = estimate(context, "like.2~2025-like.2~2024")
    assert (change.value, change.se, change.low, change.high) == (named.value, named.se, named.low, named.high)
    assert table.changes["2", "change:2025-2024"].verdict == "up"
    shown = table_rows(table, "en")[-1]
    assert shown[-1].endswith("▲")
    assert shown[-1].startswith("+")
    plain = table_json(table)["changes"]
    assert isinstance(plain, list)
    assert plain[1]["verdict"] == "up"


def test_changed_wording_breaks_the_line(study_of: Write) -> None:
    """A question asked in other words has no change, no test, and a note with the reason; an address of the change is refused."""
    context = context_of(study_of, tracker(FIRST, SECOND))
    table = tables_of(context, "trend")["old"]

    _, problems = make_fact(context, "old.2~2025-old.2~2024", Place("test"))

    assert [p.code for p in problems] == ["address-waves-not-comparable"]
    assert table.cells["2", "change:2025-2024"].value is None
    assert table.changes["2", "change:2025-2024"].verdict == "untested"
    assert any("asked about the district" in note.get("en") for note in table.notes)


def test_pooled_waves_are_named(study_of: Write) -> None:
    """A number of no wave in particular says which waves it pools and how many people of each."""
    fact, _ = make_fact(context_of(study_of, tracker(FIRST, SECOND)), "like.2", Place("test"))

    assert fact is not None
    assert fact.base_text.get("en") == "all respondents; waves together: 2024 (200), 2025 (300)"
    assert fact.estimate.bases.unweighted == 500


def test_changes_are_corrected_over_the_page(study_of: Write) -> None:
    """Tests of several tables are corrected as one family: the Benjamini-Hochberg step-up over all their p-values."""
    tables = list(tables_of(context_of(study_of, tracker(FIRST, SECOND)), "trend").values())
    p = sorted(c.p for t in tables for c in t.changes.values() if c.p is not None)

    together = corrected_together(tables)

    found = sorted(c.adjusted for t in together for c in t.changes.values() if c.adjusted is not None)
    expected = np.minimum.accumulate([min(1.0, x * len(p) / (i + 1)) for i, x in enumerate(p)][::-1])[::-1]
    assert found == pytest.approx(expected.tolist(), rel=1e-12)


def test_wave_nested_with_a_group(study_of: Write) -> None:
    """A wave is a banner variable like any other and may stand over another one."""
    table = tables_of(context_of(study_of, tracker(FIRST, SECOND)), "split")["like"]

    assert [c.id for c in table.columns][1:] == [
        "wave:2024>sex:1",
        "wave:2024>sex:2",
        "wave:2025>sex:1",
        "wave:2025>sex:2",
    ]
    assert sum(table.bases[c.id].unweighted for c in table.columns[1:]) == 500


def test_rows_without_numbers_are_other_people(study_of: Write) -> None:
    """Waves whose files have no column of respondents are samples of different people, not a panel."""
    files = {k: v.replace("id: respondent", "id: null") for k, v in tracker(FIRST, SECOND, RAKED).items()}

    names = context_of(study_of, files).engine.rows(["respondent"])["respondent"]

    assert len(set(names)) == 500
