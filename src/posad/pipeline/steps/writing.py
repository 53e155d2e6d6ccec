"""What puts a report on the disk: its pictures, what changed since the last build, the page; or a draft beside the good report."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from posad.core.catalogue import CATALOGUE
from posad.core.digests import digest_of
from posad.core.place import Place
from posad.core.problems import Problem, problem
from posad.core.reading.kept import Shelf
from posad.core.speech import say
from posad.core.words import LocalText
from posad.pipeline.stale.keeping import way_of_counting
from posad.pipeline.stale.lock import Lock
from posad.pipeline.steps.chapters import CheckedChapters
from posad.report.document import Change, Report
from posad.report.drawing import digest_of_figure, draw_all
from posad.report.html.page import render_all
from posad.report.svg.seeing import alike, weak_accent
from posad.study.folder.report import LOOK

REPORT = "build/report/index.html"
DRAFT = "build/draft/index.html"
CLAIMS = "build/data/claims.json"
CHANGES = "build/data/changes.json"
CACHE = "build/cache/figures"
BLOCKS = "build/cache/blocks"
LEAST = 1e-6  # less is another order of adding up, not another number


def write_report(folder: Path, report: Report, chapters: CheckedChapters, lock: Lock) -> list[str]:
    """Write the page and what the lock shall remember; return the files made."""
    memory = chapters.memory()
    changes = changes_since(lock, memory)
    told = [{"address": c.address, "before": repr(c.before), "why": c.why} for c in changes]
    return [
        write(folder, REPORT, page(folder, replace(report, changes=changes))),
        write(folder, CLAIMS, json.dumps(memory, ensure_ascii=False, indent=1, sort_keys=True) + "\n"),
        write(folder, CHANGES, json.dumps(told, ensure_ascii=False, indent=1) + "\n"),
    ]


def write_draft(folder: Path, report: Report, chapters: CheckedChapters, problems: Iterable[Problem]) -> str:
    """Write a draft that says what is wrong and shows no number that is refused; the good report is not touched."""
    errors = [p for p in problems if CATALOGUE[p.code].severity == "error"]
    refused = frozenset(
        (c.place.file, c.place.line, c.place.column)
        for checked in chapters.checked
        for c in checked.claims
        if c.verdict != "true"
    )
    said = tuple(LocalText.from_mapping({lang: _told(p, lang) for lang in report.languages}) for p in errors)
    return write(folder, DRAFT, page(folder, replace(report, draft=said, refused=refused)))


def _told(found: Problem, language: str) -> str:
    at = f"{found.place.file}:{found.place.line}: " if found.place.file else ""
    return at + say(found, language)


def page(folder: Path, report: Report) -> str:
    """Return the page, with its pictures drawn or taken from those kept.

    Kept are pictures, by the code that draws them, and whole figures with their tables and files to take away, by all code there is.
    """
    shelf = Shelf(folder / BLOCKS)
    digests = {f.id: digest_of_figure(f, report.facts) for f in report.figures.values()}
    names = {
        (id, lang): f"{digest_of([way_of_counting(), digest])[:40]}-{lang}.kept"
        for id, digest in digests.items()
        for lang in report.languages
    }
    blocks = {key: kept for key, name in names.items() if (kept := shelf.get(name)) is not None}
    before = set(blocks)
    pictures = draw_all(
        report.figures.values(),
        report.facts,
        report.languages,
        kept_in=folder / CACHE,
        digests=digests,
        finished={id for id in digests if all((id, lang) in blocks for lang in report.languages)},
    )
    made = render_all(report, pictures, blocks)
    for key in blocks.keys() - before:
        shelf.put(names[key], blocks[key])
    shelf.forget()
    return made


def changes_since(lock: Lock, memory: Mapping[str, Mapping[str, str]]) -> tuple[Change, ...]:
    """Return the numbers of the chapters that moved, by address, against what the lock remembers.

    Where nothing moved since, those of the last time anything did are told again, so a build repeated gives the same page.
    """
    found: dict[str, Change] = {}
    for key, now in memory.items():
        before = lock.claims.get(key)
        address = key.split("#")[1] if "#" in key else key
        old, new = _number((before or {}).get("value", "")), _number(now["value"])
        if before is None or old is None or new is None or address in found:
            continue
        if abs(new - old) > LEAST * max(1.0, abs(old)):
            found[address] = Change(address, old, _why(before, now))
    if found:
        return tuple(found[a] for a in sorted(found))
    shown = {key.split("#")[1] for key in memory if "#" in key}
    kept = ((c, _number(c.get("before", ""))) for c in lock.changes)
    return tuple(
        Change(c["address"], old, c.get("why", "data")) for c, old in kept if old is not None and c["address"] in shown
    )


def _why(before: Mapping[str, str], now: Mapping[str, str]) -> str:
    defined, counted = (before.get(k) != now[k] for k in ("definition", "data"))
    return "both" if defined and counted else "definition" if defined else "data"


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None


def look_problems(report: Report) -> list[Problem]:
    """Return warnings of colours that some readers cannot tell apart or hardly see."""
    places = {q.id: q.place for q in report.study.questionnaire.questions}
    places |= {f.id: f.place for f in report.study.figures}
    found = [
        problem(
            "figure-colours-alike",
            places.get(figure.id, Place("report/figures.yaml")),
            name=figure.id,
            first=first,
            second=second,
            why=why,
        )
        for figure in report.figures.values()
        for first, second, why in alike(figure)
    ]
    accent = report.study.look.get("accent", "")
    if accent and (weak := weak_accent(accent)):
        found.append(problem("look-accent-weak", Place(LOOK), name=accent, contrast=weak))
    return found


def write(folder: Path, name: str, text: str) -> str:
    """Write a text whole or not at all; return its name."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.part")
    beside.write_text(text, encoding="utf-8", newline="\n")
    beside.replace(path)
    return name


def remembered_changes(folder: Path) -> Sequence[Mapping[str, str]]:
    """Return the changes the last report told, for the lock to remember."""
    told: list[dict[str, str]] = json.loads((folder / CHANGES).read_text(encoding="utf-8"))
    return told
