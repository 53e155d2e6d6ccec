"""The interviews of a study with all that follows from them: codings found in their transcripts, quotes checked."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from posad.core.place import Place
from posad.core.problems import Problem, near, problem
from posad.evidence.words.quotes import QUOTED, QuoteFact, quote_facts
from posad.study.folder.facts import read_facts
from posad.study.frame.reading import read_frame
from posad.study.frame.values import Frame
from posad.study.words.interviews.reading import ROOM, read_interviews
from posad.study.words.interviews.values import Interviews, Segment
from posad.words.interviews.anchoring import Anchor, anchor_all, anchor_problems, segments_of
from posad.words.interviews.quoting import Checked, check_quotes
from posad.words.interviews.tables import recruitment

INTERVIEW_FILES = ("interviews/*", "interviews/text/*", "interviews/codings/*", "interviews/guide/*")


@dataclass(frozen=True)
class Opened:
    """Interviews, the place of every coding, every quote checked."""

    interviews: Interviews
    anchors: tuple[Anchor, ...]
    quotes: tuple[Checked, ...]

    @cached_property
    def segments(self) -> tuple[Segment, ...]:
        """The codings that are sound, by position."""
        return segments_of(self.anchors)

    def quote(self, id: str) -> Checked | None:
        """Return a quote by its id, ``01/partner``."""
        return next((q for q in self.quotes if q.quote.id == id), None)


def open_interviews(
    folder: Path, languages: tuple[str, ...], frame: Frame | None = None
) -> tuple[Opened | None, list[Problem]]:
    """Return the interviews of a study, ready to be counted and quoted; None where it has none.

    Args:
        folder: The study.
        languages: Its languages.
        frame: Its towns, where it has a frame: small ones are not printed beside a role.
    """
    interviews, problems = read_interviews(folder, languages)
    if interviews is None:
        return None, problems
    anchors = anchor_all(interviews)
    quotes = check_quotes(interviews, small_places(interviews, frame))
    problems += anchor_problems(a for a in anchors if a.coding.interview in interviews.texts)
    problems += [p for q in quotes for p in q.problems]
    return Opened(interviews, anchors, quotes), list(dict.fromkeys([*problems, *_behind(interviews)]))


def small_places(interviews: Interviews, frame: Frame | None) -> tuple[str, ...]:
    """Return the names of towns of the frame with fewer people than the plan lets print beside a role."""
    if frame is None:
        return ()
    most = interviews.plan.printing.small_place
    small = (t for t in frame.territories if t.people.get(frame.population, most) < most)
    return tuple({name for t in small for _, name in t.name.parts if len(name) > 2})


def _behind(interviews: Interviews) -> list[Problem]:
    """Return a note for each group or region with fewer interviews than planned."""
    found = []
    for cell in recruitment(interviews):
        if cell.planned is None or cell.reached >= cell.planned:
            continue
        name = " × ".join(filter(None, (cell.group, cell.region)))
        facts = {"name": name, "reached": str(cell.reached), "planned": str(cell.planned)}
        found.append(problem("interview-behind-plan", Place("interviews/plan.yaml"), **facts))
    return found


def why_quote(folder: Path, address: str) -> tuple[QuoteFact | None, list[Problem]]:
    """Return a quote with its passport by its address, ``interview:01/partner``."""
    opened, problems = open_folder(folder)
    id = address.lstrip("#").removeprefix(QUOTED)
    facts = quote_facts(opened.interviews, opened.quotes, opened.segments) if opened is not None else {}
    if opened is not None and id not in facts:
        problems.append(problem("claim-interview-unknown", Place("posad why"), name=id, near=near(id, facts)))
    fact = facts.get(id)
    return fact, list(fact.problems) if fact is not None else problems


def open_folder(folder: Path) -> tuple[Opened | None, list[Problem]]:
    """Return the interviews of a study folder for a command; a study without any is told so."""
    languages = read_facts(folder)[0].languages if (folder / "study.yaml").exists() else ("ru",)
    frame = read_frame(folder)[0]
    opened, problems = open_interviews(folder, languages, frame)
    if opened is None:
        return None, [*problems, problem("interviews-none", Place(ROOM), folder=folder.name)]
    return opened, problems
