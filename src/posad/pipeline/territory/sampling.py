"""The sample of a study: its plan worked out and written, towns and lists drawn, targets made of tables of ages."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from posad.core.numbers import half_up, parse_number
from posad.core.place import Place
from posad.core.problems import Problem, near, problem
from posad.core.reading.csvs import harmless, read_csv
from posad.core.speech import has_errors
from posad.core.words import LocalText
from posad.pipeline.territory.placing import languages_of
from posad.report.briefing import render_paper
from posad.study.folder.answers import read_targets
from posad.study.folder.facts import STUDY, read_facts
from posad.study.frame.plan import SampleDesign, read_sample_design
from posad.study.frame.plan.reading import SAMPLE
from posad.study.frame.reading import read_frame
from posad.study.frame.values import Frame
from posad.territory.sample.documents import Names, brief_paper, markdown, plan_paper
from posad.territory.sample.drawing import draw
from posad.territory.sample.planning import plan_sample
from posad.territory.sample.values import Sample

INTO = "build/sample"


@dataclass(frozen=True, slots=True)
class Sampled:
    """What came out: the plan, the files written, everything assumed or wrong."""

    problems: tuple[Problem, ...]
    sample: Sample | None = None
    files: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DrawnList:
    """A list drawn from: the rows that came out, as a table with its head."""

    problems: tuple[Problem, ...]
    rows: tuple[tuple[str, ...], ...] = ()
    facts: Mapping[str, int | str] = field(default_factory=dict)


def read_plan(folder: Path) -> tuple[SampleDesign | None, Frame | None, list[Problem]]:
    """Return the plan of a study's sample and its frame, where it has one."""
    frame, problems = read_frame(folder)
    if has_errors(problems):
        return None, frame, problems
    design, wrong = read_sample_design(folder, frame)
    return design, frame, problems + wrong


def sample_study(folder: Path, into: str | None = None, *, seed: int | None = None, only: str = "") -> Sampled:
    """Work the plan of a sample out and write it: quotas, errors, towns as tables, the plan and the brief as papers.

    Args:
        folder: The study's folder.
        into: A folder for the files, where nothing is written over; ``build/sample`` of the study if absent.
        seed: Another seed for the draw of towns.
        only: "towns" writes the towns alone.
    """
    design, frame, problems = read_plan(folder)
    if design is None:
        return Sampled(tuple(problems))
    if only == "towns" and design.towns is None:
        return Sampled((*problems, problem("sample-towns-none", Place(SAMPLE))))
    targets, _, wrong = read_targets(folder, languages_of(folder))
    problems += wrong
    if has_errors(problems):
        return Sampled(tuple(problems))
    sample, wrong = plan_sample(design, {t.id: t for t in targets}, frame, seed=seed)
    problems += wrong
    if sample is None or has_errors(problems):
        return Sampled(tuple(problems))
    texts = _texts(sample, _names(folder, sample, frame), languages_of(folder))
    if only == "towns":
        texts = {name: text for name, text in texts.items() if name == "towns.csv"}
    files, wrong = _write(folder, into, texts)
    return Sampled((*problems, *wrong), sample, files)


def _names(folder: Path, sample: Sample, frame: Frame | None) -> Names:
    facts = read_facts(folder)[0] if (folder / STUDY).exists() else None
    drawn = {t.id for t in sample.towns}
    towns = {t.id: t for t in frame.territories if t.id in drawn} if frame is not None else {}
    regions = frame.regions if frame is not None else {}
    return Names(
        facts.title if facts is not None else LocalText.of(ru=folder.resolve().name, en=folder.resolve().name),
        facts.population if facts is not None else LocalText(),
        {id: t.name for id, t in towns.items()},
        {id: regions.get(t.region, LocalText.of(ru=t.region, en=t.region)) for id, t in towns.items()},
    )


def _texts(sample: Sample, names: Names, languages: Sequence[str]) -> dict[str, str]:
    """Return every file of a plan by its name."""
    found: dict[str, str] = {}
    for table in sample.tables:
        rows = [(*table.dims, "quota", "expected")]
        rows += [(*c, str(n), str(half_up(float(table.expected[c]), 2))) for c, n in table.quota.items()]
        found[f"quotas_{'_'.join(table.dims)}.csv"] = _csv(rows)
    found["errors.csv"] = _csv(
        [("dimension", "group", "interviews", "deff", "effective", "low", "high")]
        + [
            (d.dim, d.group, *(str(half_up(x, n)) for x, n in ((d.n, 1), (d.deff, 4), (d.effective, 1), (d.low, 4), (d.high, 4))))
            for d in sample.precision.domains
        ]
    )  # fmt: skip
    found["differences.csv"] = _csv(
        [("dimension", "first", "second", "difference")]
        + [
            (d.dim, d.first, d.second or "others", "" if d.difference is None else str(half_up(d.difference, 4)))
            for d in sample.precision.differences
        ]
    )
    if sample.towns:
        found["towns.csv"] = _csv(_town_rows(sample, names, languages))
    for language in [n for n in languages if n in ("ru", "en")] or ["en"]:
        for name, paper in (("plan", plan_paper), ("brief", brief_paper)):
            made = paper(sample, names, language)
            found[f"{name}.{language}.md"] = markdown(made)
            found[f"{name}.{language}.html"] = render_paper(made)
    return found


def _town_rows(sample: Sample, names: Names, languages: Sequence[str]) -> list[tuple[str, ...]]:
    own = languages[0]
    head = (*sample.design.strata, "id", "name", "region", "people", "interviews", "chance", "certain")
    rows = [head]
    for t in sample.towns:
        name, region = (n[t.id].get(own) if t.id in n else "" for n in (names.towns, names.regions))
        chance = str(half_up(float(t.chance), 6))
        rows.append(
            (*t.stratum, t.id, name, region, str(t.people), str(t.interviews), chance, "yes" if t.certain else "")
        )
    return rows


def _csv(rows: Sequence[Sequence[str]]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows([harmless(c) for c in row] for row in rows)
    return out.getvalue()


def _write(folder: Path, into: str | None, texts: Mapping[str, str]) -> tuple[tuple[str, ...], list[Problem]]:
    """Write files into build/, which is posad's own, or into a folder of the user's where none of them is yet."""
    target = folder / INTO if into is None else Path(into)
    if into is not None:
        there = [str(Path(into) / name) for name in texts if (target / name).exists()]
        if there:
            return (), [problem("sample-file-exists", Place(name), name=name) for name in there]
    wrong = write_texts(target, texts)
    named = Path(INTO) if into is None else Path(into)
    return (() if wrong else tuple(str(named / name) for name in texts)), wrong


def write_texts(folder: Path, texts: Mapping[str, str]) -> list[Problem]:
    """Write files into a folder, or say why they cannot be written."""
    try:
        for name, text in texts.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        facts = {"name": str(folder), "reason": error.strerror or str(error)}
        return [problem("sample-not-written", Place(folder.name), **facts)]
    return []


def draw_list(path: Path, n: int, seed: int, size: str | None) -> DrawnList:
    """Draw rows of any list, with chances by a column of sizes or all alike.

    Args:
        path: The list, a CSV file.
        n: How many rows to draw.
        seed: Any whole number.
        size: The column with the size of each row; all rows have the same chance without it.
    """
    table, problems = read_csv(path, path.name)
    if table is None or has_errors(problems):
        return DrawnList(tuple(problems))
    if size is not None and size not in table.header:
        facts = {"name": size, "known": ", ".join(table.header), "near": near(size, table.header)}
        return DrawnList((*problems, problem("sample-draw-column", table.place(-1), **facts)))
    sizes = [1] * len(table.rows)
    for i in range(len(table.rows)) if size is not None else ():
        at = table.header.index(size or "")
        value = parse_number(table.rows[i][at])
        if value is None or value < 0 or value != int(value):
            problems.append(problem("sample-draw-size", table.place(i, at), name=table.rows[i][at]))
        else:
            sizes[i] = int(value)
    most = sum(x > 0 for x in sizes)
    if not 1 <= n <= most:
        problems.append(problem("sample-draw-many", Place(path.name), n=n, all=most))
    if has_errors(problems):
        return DrawnList(tuple(problems))
    drawn = draw(sizes, n, seed, path.name)
    head = (*table.header, "chance", "weight")
    rows = [
        (*table.rows[d.index], str(half_up(float(d.chance), 9)), str(half_up(float(1 / d.chance), 6))) for d in drawn
    ]
    certain = sum(d.certain for d in drawn)
    return DrawnList(tuple(problems), (head, *rows), {"drawn": n, "of": most, "certain": certain, "seed": seed})


def rows_text(rows: Sequence[Sequence[str]]) -> str:
    """Return rows as the text of a CSV file that no spreadsheet takes for formulas."""
    return _csv(rows)


__all__ = ["INTO", "DrawnList", "Sampled", "draw_list", "read_plan", "rows_text", "sample_study", "write_texts"]
