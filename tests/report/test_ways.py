"""Repeated questions, rankings and repeated answers as a report shows them."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from click.testing import CliRunner

from posad.cli.main import main

Study = Callable[[dict[str, str]], Path]
FILES = {
    "study.yaml": "title: Services\nlanguages: [en]\npopulation: adults\nsample: {type: quota}\n",
    "questionnaire.md": """\
# Services
### used. Which do you use?
[any number; random order]
- 1 taxi
- 2 delivery
## Each of them
[for each used]
### often. How often do you use: {=used}?
[one answer]
- 1 every day
- 2 less often
### why. You said {=often}. Why?
[open answer]
## You
### firsts. Which matters most?
[ranking; same order as used]
- 1 taxi
- 2 delivery
- 3 the bank
### age. How old are you?
[number from 14]
""",
}


def test_a_report_shows_turns_and_places(study_of: Study) -> None:
    """Turns of a loop and places of a ranking are lines of a table; no brace of a repeated answer is left on the page."""
    folder = study_of(FILES)
    for command in (
        ["simulate", str(folder), "--rehearsal", "60", "--into", "answers/r.csv"],
        ["build", str(folder)],
    ):  # fmt: skip
        done = CliRunner().invoke(main, [*command, "--json"])
        assert json.loads(done.stdout)["ok"], done.stdout

    page = (folder / "build" / "report" / "index.html").read_text(encoding="utf-8")

    assert "{=" not in page
    for words in (
        "How often do you use: taxi?", "How often do you use: …?", "You said …. Why?", "Which matters most? (place 3)",
        "for each answer chosen in “Which do you use?”", "ranked, 3 places", "a number of at least 14",
    ):  # fmt: skip
        assert words in page
