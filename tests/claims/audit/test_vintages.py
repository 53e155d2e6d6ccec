"""A printed share of the country held against the frame at every date that it has a total for."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.claims.audit.surveys import audited, first

from posad.claims.audit.values import Answer

TOWNS = """\
id,name,name_en,region,district,lat,lon,people_2010,people_2021,people_2024
a,А,A,XX-N,north,60,30,300000,240000,200000
b,Б,B,XX-N,north,61,31,200000,160000,150000
c,В,C,XX-N,north,62,32,300000,400000,400000
"""
FRAME = """\
country: Zalesye
population: people_2024
sources:
  people_2010: {as_of: 2010-10-14, source: Invented census of 2010}
  people_2021: {as_of: 2021-10-01, source: Invented census of 2021}
  people_2024: {as_of: 2024-01-01, source: Invented estimate}
districts:
  north: {name: North, regions: [XX-N]}
regions: {XX-N: North}
controls:
  "country:people_2010": {value: 1000000, source: Invented census of 2010, column: people_2010, beyond: true}
  "country:people_2021": {value: 1000000, source: Invented census of 2021, column: people_2021, beyond: true}
  "country:people_2024": {value: 1000000, source: Invented estimate, column: people_2024, beyond: true}
"""


def asked(folder: Path, printed: str, address: str = "frame.share@size:under250") -> Answer:
    """Return the answer to a printed share of towns: 20 % in 2010, 40 % in 2021, 35 % in 2024."""
    (folder / "frame").mkdir()
    (folder / "frame" / "territories.csv").write_text(TOWNS, "utf-8")
    (folder / "frame" / "frame.yaml").write_text(FRAME, "utf-8")
    claim = f"A,So many live in small towns,{printed},%,,\n"
    return first(audited(folder, claim, f"A,source,{address},\n"))


@pytest.mark.parametrize(
    ("printed", "verdict", "code"),
    [
        ("35", "sourced", "audit-vintages"),
        ("40", "needs-source", "audit-vintage-older"),
        ("60", "needs-source", "audit-vintages-differ"),
    ],
)
def test_a_share_of_the_country_is_told_by_date(tmp_path: Path, printed: str, verdict: str, code: str) -> None:
    """The newest date bears a number, an older one dates it, and every verdict lists all dates."""
    answer = asked(tmp_path, printed)

    assert (answer.verdict, [r.code for r in answer.reasons]) == (verdict, [code])
    assert answer.reasons[0].facts["all"] == "35.0% (2024-01-01); 40.0% (2021-10-01); 20.0% (2010-10-14)"


def test_one_date_may_be_named(tmp_path: Path) -> None:
    """An address with a date is held to that date alone."""
    answer = asked(tmp_path, "20", "frame.share@size:under250~2010")

    assert (answer.verdict, [r.code for r in answer.reasons]) == ("sourced", ["audit-sourced"])


def test_several_rows_of_targets_are_vintages_the_first_the_newest(tmp_path: Path) -> None:
    """Rows of frame/targets.csv serve where there is no frame: the first counts, the others date an older number."""
    (tmp_path / "frame").mkdir()
    rows = "id,label,value,unit,source\nnow,Share,27.4,%,Census of 2021\nthen,Share,29.4,%,Census of 2010\n"
    (tmp_path / "frame/targets.csv").write_text(rows, "utf-8")
    answer = first(audited(tmp_path, "A,So many live in small towns,29,%,,\n", "A,source,now then,\n"))

    assert (answer.verdict, [r.code for r in answer.reasons]) == ("needs-source", ["audit-vintage-older"])
    assert answer.reasons[0].facts["all"] == "27.4 (Census of 2021); 29.4 (Census of 2010)"
