"""Labels and answers written to harm: they reach the report and the sheets as words, never as code."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

import pytest
from tests.acceptance.support import posad

FORMULA = '=HYPERLINK("http://example.org","x")'
SCRIPT = "</svg></style><script>alert(1)</script>"
FILES = {
    "study.yaml": f"title: '{SCRIPT} =cmd()'\npopulation: '<img src=x onerror=alert(1)>'\nlanguages: [en, ru]\n"
    "sample: {type: quota}\nwho: '{{7*7}} ${7*7} %s'\n",
    "questionnaire.md": f"# =cmd|'/C calc'!A0\n\n### q1. {FORMULA} {SCRIPT}?\n[one answer]\n- 1 =1+1\n- 2 +cmd|' /C calc'!A0\n"
    f"- 3 @SUM(1)\n- 4 '; DROP TABLE answers_; --\n- 5 {SCRIPT} & \"a\" 'b'\n- 6 -2+3\n\n### q2. Words \"]]> \\<!--\n[number 0–100]\n",
    "variables.yaml": "grp:\n  label: '=1+2<b>'\n  groups:\n    one: {label: '=cmd()', if: q1 = 1}\n"
    "    two: {label: '\" onmouseover=alert(1) x=\"', if: q1 in 2-3}\n    rest: {label: '; --', else: true}\n",
    "tables.yaml": "books:\n  all:\n    title: '=cmd() <b>'\n    banner: [total, grp]\n    rows: all\n",
    "weights.yaml": "method: none\nreason: '<script>alert(5)</script>'\n",
    "answers/a.yaml": "source: '<script>alert(6)</script>'\ncolumns:\n  'id; DROP TABLE x': respondent\n"
    "  'q1\" OR 1=1 --': q1\n  '=q2': q2\n",
    "report/01-a.md": "# <script>alert(7)</script> & [x](javascript:alert(8))\n\nIt is [17%](#q1.1) <img src=x onerror=alert(9)> and "
    "[x](data:text/html,<script>alert(1)</script>).\n\n![=cmd](#chart:q1)\n\n![t](#table:all/q1)\n",
}
FILES["questionnaire.ru.md"] = FILES["questionnaire.md"]


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a built study every label of which is an attack; 300 people answer the six codes in turn."""
    folder = tmp_path_factory.mktemp("hostile") / "a 'study'; --"
    for name, text in FILES.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    out = io.StringIO()
    sheet = csv.writer(out)
    sheet.writerow(["id; DROP TABLE x", 'q1" OR 1=1 --', "=q2"])
    sheet.writerows([f"=cmd{i}'\"", 1 + i % 6, i % 100] for i in range(300))
    (folder / "answers" / "a.csv").write_text(out.getvalue(), encoding="utf-8")
    run = posad("build", folder, "--json")
    assert (run.code, len(run.json["reports"])) == (0, 1), run.problems
    return folder


def test_the_report_runs_no_script_but_its_own(hostile: Path) -> None:
    """No label, title, chapter or answer becomes an element, an attribute or an address that acts."""
    for page in (hostile / "build" / "report").glob("*.html"):
        text = page.read_text(encoding="utf-8")
        tags = re.findall(r"<[a-zA-Z/][^>]*>", text)

        assert [t for t in tags if t.startswith("<script")] == ["<script>"]
        bare = [re.sub(r'="[^"]*"', "", t) for t in tags]  # what stands in quotes is no attribute
        assert [t for t in bare if re.search(r"\son\w+\s*=?", t)] == []
        assert [t for t in tags if re.search(r"\s(src|href)=[\"']?\s*(javascript:|data:text/html)", t)] == []
        assert [t for t in tags if re.search(r"\s(src|href)=[\"']?(https?:|//)", t)] == []
        assert "49" not in re.findall(r"7\*7[^<]{0,9}", text)


def test_sheets_hold_no_formulas(hostile: Path) -> None:
    """Every cell of a sheet that begins like a formula has an apostrophe before it; numbers stay numbers."""
    shown = [
        posad("table", "q1", "-s", hostile, "--by", "grp", "--csv", "--lang", language).out for language in ("ru", "en")
    ]
    sheets = [p.read_text(encoding="utf-8-sig") for p in (hostile / "build" / "tables").glob("*.csv")]
    cells = [
        cell
        for text in (*shown, *sheets)
        for row in csv.reader(io.StringIO(text), delimiter=";" if text.count(";") > text.count(",") else ",")
        for cell in row
    ]

    assert "'=1+1" in cells
    assert "17%" in cells
    assert [c for c in cells if re.match(r"\s*[=+@-]", c)] == []


def test_numbers_are_those_counted_by_hand(hostile: Path) -> None:
    """Names and labels full of SQL change no number: each code has 50 of 300 people, the second question a mean of 49.5."""
    shares = [posad("why", f"q1.{code}", "-s", hostile, "--json").json["estimate"]["value"] for code in (1, 4, 6)]
    mean = posad("why", "q2.mean", "-s", hostile, "--json").json["estimate"]["value"]

    assert shares == [pytest.approx(1 / 6)] * 3
    assert mean == pytest.approx(49.5)


@pytest.mark.parametrize(
    "address", ["q1.1@grp:one'; --", 'q1"."', "q1.1;DROP", "🙂", "q1.999999999999999999", "-1", "#q1.1", "q1.🙂", " "]
)
def test_odd_addresses_are_told(hostile: Path, address: str) -> None:
    """An address of any characters is a problem or a number, never a fault."""
    runs = [
        posad("why", "-s", hostile, "--json", "--", address),
        posad("table", "-s", hostile, "--json", "--", address),
    ]

    assert all(run.code == 0 or run.grave() for run in runs)


@pytest.mark.parametrize(
    "keep",
    ["q1 = ", "q1 = 1; DROP TABLE answers_", "q1 = 'x' or 1=1", "🙂", "q2 > 1e999", "((((", "q1 in 1-99999999999"],
)
def test_odd_filters_are_told(hostile: Path, keep: str) -> None:
    """A filter of any characters is a problem or a table, never a fault."""
    run = posad("table", "q1", "-s", hostile, "--json", "--filter", keep)

    assert run.code == 0 or run.grave()
