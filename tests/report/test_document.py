"""The report as a value, and what it cannot show."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.report import reports
from tests.report.samples import text

from posad.core.words import LocalText
from posad.processing.cleaning import CleaningLog, RuleLog
from posad.processing.weighing import Level, Weighed
from posad.report.document import ChapterText, is_number, missing
from posad.report.summaries import cleaning_lines, weight_summary


def test_whole_report_misses_nothing() -> None:
    """Every link of the sample's chapters leads to a number, a figure or a table."""
    assert missing(reports.report()) == []


def test_what_is_missing_is_named_at_its_place() -> None:
    """A number, a figure, a table and an outside picture that cannot be shown are four problems with places."""
    words = "# A\n\n[1%](#like.nothing) ![x](#chart:none)\n![y](#table:move@none) ![z](z.png)\n"
    report = replace(reports.report(), chapters=(ChapterText("01", {"en": ("report/01.md", words)}),))

    assert [(p.code, p.place.line) for p in missing(report)] == [
        ("report-number-missing", 3),
        ("report-figure-missing", 3),
        ("report-table-missing", 4),
        ("report-picture-outside", 4),
    ]


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        ("#like.top2", True),
        ("#move.leave@mood:optimists/pessimists", True),
        ("#chart:move", False),
        ("#interview:01/partner", False),
        ("#method", False),
        ("https://example.org/a.html", False),
    ],
)
def test_numbers_are_told_from_other_links(target: str, expected: bool) -> None:
    """An address has a measure after a dot and no kind before a colon."""
    assert is_number(target) is expected


def test_chapter_falls_back_to_the_language_there_is() -> None:
    """A chapter without a translation is given in the study's language."""
    chapter = ChapterText("01", {"ru": ("report/01.md", "# А")})

    assert (chapter.get("en"), chapter.get("ru")) == (("ru", "report/01.md", "# А"), ("ru", "report/01.md", "# А"))


def test_weights_and_cleaning_are_said_with_names() -> None:
    """Margins get labels and sources instead of codes; a rule says how many people it caught."""
    level = Level("bands", (1,), 240, 0.2, 0.19, 0.19)
    weighed = Weighed("main", "rake", 1200, 972.4, 1.234, 0.81, 0.41, 2.87, margins=(level,))
    summary = weight_summary(weighed, reports.study())
    rule = RuleLog("fast", "exclude", text("быстро", "too fast"), ("a", "b"), 1)

    assert summary.margins[0].group.get("en") == "18–29"
    assert summary.margins[0].source.get("en") == "Population census, 2021"
    assert round(summary.efficiency, 2) == 0.81
    assert [(c.people, c.reason) for c in cleaning_lines(CleaningLog(3, 1, 1, (rule,), ()).to_json())] == [
        (2, LocalText.of(ru="быстро", en="too fast"))
    ]
