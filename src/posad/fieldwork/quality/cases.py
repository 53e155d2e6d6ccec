"""The case sheet of the cleaning meeting: one line for each doubtful interview, with room for the decision; and its decisions read.

As CSV for a spreadsheet, as Markdown to be read. ``decision`` is ``keep`` or ``reject``; a reason belongs to every rejection.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from posad.core.numbers import number, percent, signed
from posad.core.place import Place
from posad.core.problems import Problem, problem
from posad.core.words import Language
from posad.fieldwork.quality.effects import Effect
from posad.fieldwork.quality.values import Trace
from posad.fieldwork.values import Flag

HEADS = ("interview", "panel", "respondent", "minutes", "flags", "decision", "reason")
KEEP, REJECT = "keep", "reject"
SHOWN = 15  # shares in the sheet
WORDS: Mapping[str, Mapping[Language, str]] = {
    "title": {"ru": "Сомнительные интервью", "en": "Doubtful interviews"},
    "counts": {
        "ru": "Помечено {marked} из {all} завершённых. Ничего не удалено: решает совещание.",
        "en": "{marked} of {all} completes are marked. Nothing is deleted: the meeting decides.",
    },
    "kinds": {"ru": "Признаки", "en": "Marks"},
    "cases": {"ru": "Интервью", "en": "Interviews"},
    "effects": {"ru": "Что изменится без помеченных", "en": "What would change without them"},
    "heads": {"ru": "вопрос|ответ|все|без помеченных|разница, п. п.", "en": "question|answer|all|without|points"},
    "speeder": {"ru": "слишком быстро (доля обычного времени)", "en": "too fast (share of the usual time)"},
    "straight-liner": {"ru": "одна колонка в сетках (вероятность)", "en": "one line down grids (chance)"},
    "duplicate": {"ru": "почти те же ответы, что у другого", "en": "all but the same answers as another"},
    "copied-words": {"ru": "те же слова, что у другого", "en": "the same words as another"},
    "contradiction": {"ru": "противоречие (правило чистки)", "en": "contradiction (rule of cleaning)"},
    "honeypot": {"ru": "заполнено поле, которого не видно", "en": "an input people do not see is filled"},
}


@dataclass(frozen=True, slots=True)
class Decision:
    """What the meeting decided of one interview."""

    interview: str
    reject: bool
    reason: str


def sheet(traces: Sequence[Trace], flags: Mapping[str, Sequence[Flag]]) -> str:
    """Return the case sheet as CSV; cells that a spreadsheet would take for a formula are led by an apostrophe."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(HEADS)
    for trace in traces:
        if trace.id in flags:
            said = "; ".join(f"{f.name} {f.value}".strip() for f in flags[trace.id])
            row = (trace.id, trace.interview.panel, trace.interview.entry.get("id", ""), _minutes(trace), said, "", "")
            writer.writerow([_safe(cell) for cell in row])
    return out.getvalue()


def _minutes(trace: Trace) -> str:
    return f"{sum(trace.seconds.values()) / 60:.1f}"


def _safe(cell: str) -> str:
    return f"'{cell}" if cell[:1] in ("=", "+", "-", "@", "\t", "\r") else cell


def page(
    traces: Sequence[Trace], flags: Mapping[str, Sequence[Flag]], moved: Sequence[Effect], language: Language
) -> str:
    """Return the case sheet as Markdown, with the results that would move most without the marked interviews."""

    def say(key: str) -> str:
        return WORDS[key].get(language) or WORDS[key]["en"]

    kinds: dict[str, int] = {}
    for some in flags.values():
        for name in {f.name for f in some}:
            kinds[name] = kinds.get(name, 0) + 1
    lines = [f"# {say('title')}", "", say("counts").format(marked=len(flags), all=len(traces)), ""]
    lines += [f"## {say('kinds')}", "", *(f"- {say(k)}: {n}" for k, n in sorted(kinds.items())), ""]
    lines += [f"## {say('effects')}", "", *_effects(moved, language, say("heads")), "", f"## {say('cases')}", ""]
    for trace in traces:
        if trace.id in flags:
            said = "; ".join(f"{say(f.name)} {_plain(f.value)}".strip() for f in flags[trace.id])
            lines.append(f"- `{trace.id}`: {said}")
    return "\n".join(lines).rstrip() + "\n"


def _effects(moved: Sequence[Effect], language: Language, heads: str) -> Iterator[str]:
    yield f"| {heads.replace('|', ' | ')} |"
    yield "| --- " * 5 + "|"
    for e in moved[:SHOWN]:
        label = e.option.label.get(language) if e.option is not None else ""
        change = signed(number(100 * e.change, language, 1))
        shares = f"{percent(e.all, language, 1)} | {percent(e.without, language, 1)}"
        yield f"| `{e.item.id}` {_plain(e.item.label.get(language))} | {_plain(label)} | {shares} | {change} |"


def _plain(text: str) -> str:
    return " ".join(text.replace("|", "/").replace("`", "'").split())


def decisions(text: str, file: str) -> tuple[list[Decision], list[Problem]]:
    """Return what a meeting decided, line by line, and what cannot be read; lines without a decision are still open."""
    found: list[Decision] = []
    problems: list[Problem] = []
    sample = text.splitlines()[0] if text else ""
    rows = csv.DictReader(io.StringIO(text), delimiter=";" if sample.count(";") > sample.count(",") else ",")
    lacking = [h for h in ("interview", "decision", "reason") if h not in (rows.fieldnames or ())]
    if lacking:
        return [], [problem("cases-columns", Place(file, 1, 1), names=", ".join(lacking))]
    for line, row in enumerate(rows, 2):
        said, reason = (row["decision"] or "").strip().casefold(), (row["reason"] or "").strip()
        if said not in ("", KEEP, REJECT):
            problems.append(problem("cases-decision", Place(file, line, 1), name=said))
        elif said == REJECT and not reason:
            problems.append(problem("cases-reason", Place(file, line, 1), name=row["interview"] or ""))
        elif said:
            found.append(Decision((row["interview"] or "").strip(), said == REJECT, reason))
    return found, problems
