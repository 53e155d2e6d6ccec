"""Interviews out of a study: for other programs, and as tables."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from posad.core.numbers import number
from posad.core.place import Place
from posad.core.problems import Problem, problem
from posad.core.reading.csvs import harmless
from posad.core.words import Language
from posad.evidence.words.tables import NOTES, TITLES, WordTable, kind_of
from posad.exchange.qualitative.refi.writing import Target, write_codebook, write_project
from posad.exchange.qualitative.taguette import codebook_csv, highlights_csv
from posad.pipeline.words.opening import Opened, open_folder
from posad.words.interviews.agreement import Agreement, agreements
from posad.words.interviews.anchoring import anchor_all, coding_of
from posad.words.interviews.hiding import without_names
from posad.words.interviews.quoting import Checked
from posad.words.interviews.tables import CodesByGroup, codes_by, recruitment, saturation, together

FORMATS = ("qdpx", "qdc", "taguette-codebook", "taguette-highlights", "codings")
Rows = list[list[str]]


def export_interviews(
    folder: Path, kind: str, out: Path, target: Target = "refi", *, hide_names: bool = False
) -> tuple[tuple[Path, ...], list[Problem]]:
    """Write the interviews of a study for another program.

    Args:
        folder: The study.
        kind: One of ``FORMATS``.
        out: The file to write.
        target: How positions of a project are counted.
        hide_names: Whether the real names of aliases.csv are hidden in transcripts, memos and codings.

    Returns:
        The file; and what is wrong. Codings that were not found are not in it, and are named. Aliases never leave the study.
    """
    opened, problems = open_folder(folder)
    if opened is None:
        return (), problems
    if hide_names:
        opened = _without_names(opened)
    data, found = _content(opened, kind, folder.resolve().name, target)
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        out.write_bytes(data)
    except OSError as error:
        return (), [
            *problems,
            problem("disk-unwritable", Place(str(out)), file=str(out), why=error.strerror or str(error)),
        ]
    return (out,), [*problems, *found]


def _without_names(opened: Opened) -> Opened:
    """Return the interviews as they may leave the study: names hidden, codings that are sound on the same words."""
    interviews, segments, _ = without_names(opened.interviews, opened.segments)
    codings = tuple(c for s in segments if (c := coding_of(s, interviews.texts[s.interview])) is not None)
    copy = replace(interviews, codings=codings)
    return Opened(copy, anchor_all(copy), ())


def _content(opened: Opened, kind: str, name: str, target: Target) -> tuple[bytes, list[Problem]]:
    interviews, segments = opened.interviews, opened.segments
    if kind == "qdpx":
        return write_project(interviews, segments, name, target)
    if kind == "qdc":
        return write_codebook(interviews), []
    write: Mapping[str, Callable[[], str]] = {
        "taguette-codebook": lambda: codebook_csv(interviews),
        "taguette-highlights": lambda: highlights_csv(interviews, segments),
        "codings": lambda: csv_text(codings_rows(opened), ","),
    }
    return write[kind]().encode("utf-8"), []


def csv_text(rows: Iterable[Sequence[str]], delimiter: str) -> str:
    """Return rows as CSV that no spreadsheet computes."""
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator="\n").writerows([harmless(c) for c in row] for row in rows)
    return out.getvalue()


def codings_rows(opened: Opened) -> Rows:
    """Return every coding as one row with what is known of the speaker's group and region."""
    interviews = opened.interviews
    rows = [["interview", "par", "start", "end", "case", "group", "region", "coder", "code", "found", "quote", "memo"]]
    for a in opened.anchors:
        transcript = interviews.texts.get(a.coding.interview)
        turns = transcript.paragraphs[a.first - 1 : a.last] if transcript is not None and a.span else ()
        case = next((c for p in turns if (c := interviews.speaker_of(a.coding.interview, p)) is not None), None)
        who = (case.id, case.group, case.region) if case is not None else ("", "", "")
        span = [str(n) for n in a.span] if a.span else ["", ""]
        words = a.words or a.coding.quote
        par = str(a.first or a.coding.first)
        rows.append([a.coding.interview, par, *span, *who, a.coding.coder, a.coding.code, a.how, words, a.coding.memo])
    return rows


def codes_rows(found: CodesByGroup, language: Language) -> Rows:
    """Return codes × groups: people, and passages in brackets; n under every head."""
    head = ["", *(f"{label.get(language)} (n={found.people[g]})" for g, label in found.groups)]
    everybody = sum(found.people.values())
    rows = [[*head, f"{'Все' if language == 'ru' else 'All'} (n={everybody})"]]
    for line in found.lines:
        cells = [line.counts[g] for g, _ in found.groups] + [line.total]
        label = "  " * line.depth + line.code.label.get(language)
        rows.append([label, *(f"{c.people} ({c.passages})" if c.passages else "0" for c in cells)])
    return rows


def together_rows(opened: Opened, language: Language) -> Rows:
    """Return pairs of codes that meet."""
    labels = {c.id: c.label.get(language) for c in opened.interviews.codebook.codes}
    ru = language == "ru"
    head = (
        ["код", "с кодом", "пересечений", "общих абзацев", "интервью"]
        if ru
        else ["code", "with", "overlaps", "paragraphs", "interviews"]
    )
    found = together(opened.interviews, opened.segments)
    return [
        head,
        *([labels[t.first], labels[t.second], str(t.overlaps), str(t.paragraphs), str(t.interviews)] for t in found),
    ]


def saturation_rows(opened: Opened, language: Language) -> Rows:
    """Return the growth of the number of codes, interview by interview."""
    ru = language == "ru"
    head = (
        ["интервью", "новых кодов", "всего", "в среднем по порядкам", "от", "до"]
        if ru
        else ["interview", "new codes", "codes", "mean over orders", "from", "to"]
    )
    rows = [head]
    for s in saturation(opened.interviews, opened.segments):
        rows.append(
            [
                s.interview,
                str(s.new),
                str(s.seen),
                number(s.expected, language, 1),
                number(s.low, language),
                number(s.high, language),
            ]
        )
    return rows


def recruitment_rows(opened: Opened, language: Language) -> Rows:
    """Return the recruitment grid, planned and reached."""
    ru = language == "ru"
    plan = opened.interviews.plan
    labels = {g.id: g.label.get(language) for g in (*plan.groups, *plan.regions)}
    rows = [["группа", "регион", "план", "есть"] if ru else ["group", "region", "planned", "reached"]]
    for cell in recruitment(opened.interviews):
        planned = "" if cell.planned is None else str(cell.planned)
        rows.append(
            [labels.get(cell.group, cell.group), labels.get(cell.region, cell.region), planned, str(cell.reached)]
        )
    return rows


def agreement_rows(found: Sequence[Agreement], opened: Opened, language: Language) -> Rows:
    """Return the agreement of coders with its intervals."""
    ru = language == "ru"
    labels = {c.id: c.label.get(language) for c in opened.interviews.codebook.codes}
    labels[""] = "все коды вместе" if ru else "all codes together"
    head = ["код", "мера", "кодировщики", "значение", "от", "до", "абзацев", "с кодом"]
    rows = [head if ru else ["code", "measure", "coders", "value", "from", "to", "paragraphs", "with the code"]]
    for a in found:
        cells = ["–" if v is None else number(v, language, 2) for v in (a.value, a.low, a.high)]
        rows.append([labels[a.code], a.statistic, ", ".join(a.coders), *cells, str(a.units), str(a.used)])
    return rows


def quote_rows(quotes: Iterable[Checked], language: Language) -> Rows:
    """Return the quote sheet: what is printed, of whom, who agreed, what is wrong."""
    ru = language == "ru"
    head = [
        "цитата",
        "слова",
        "подпись",
        "интервью",
        "абзац",
        "согласие",
        "пропусков",
        "вставок",
        "одобрено",
        "что не так",
    ]
    rows = [
        head
        if ru
        else ["quote", "words", "label", "interview", "par", "consent", "left out", "put in", "approved", "wrong"]
    ]
    for q in quotes:
        quote = q.quote
        par = str(quote.first) if quote.first == quote.last else f"{quote.first}-{quote.last}"
        held = next((a for a in reversed(quote.approvals) if a.hash == q.hash), None)
        approved = f"{held.who}, {held.when}" if held is not None else "–"
        wrong = ", ".join(dict.fromkeys(p.code for p in q.problems))
        consent = q.case.consent if q.case is not None else "–"
        words = quote.text.get(language)
        edits = [str(q.left_out), str(q.inserted)]
        rows.append([quote.id, words, q.label.get(language), quote.interview, par, consent, *edits, approved, wrong])
    return rows


def tables_of(opened: Opened, table: str, by: str, coders: Sequence[str], language: Language) -> Rows:
    """Return one of the tables of interviews: plan, codes, together, saturation, agreement, quotes, codings."""
    if table == "codes":
        return codes_rows(codes_by(opened.interviews, opened.segments, by), language)
    if table == "agreement":
        return agreement_rows(agreements(opened.interviews, opened.segments, coders), opened, language)
    if table == "quotes":
        return quote_rows(opened.quotes, language)
    if table == "codings":
        return codings_rows(opened)
    return {"plan": recruitment_rows, "together": together_rows, "saturation": saturation_rows}[table](opened, language)


def word_tables(opened: Opened, ids: Iterable[str], languages: Sequence[Language]) -> dict[str, WordTable]:
    """Return tables of interviews for a report, by the ids its chapters name (``codes@region``)."""
    found = {}
    for id in ids:
        kind, by = kind_of(id)
        rows = {
            lang: tuple(tuple(_deep(cell) for cell in row) for row in tables_of(opened, kind, by, (), lang))
            for lang in languages
        }
        found[id] = WordTable(id, TITLES[kind], rows, NOTES[kind], opened.interviews.plan.invented)
    return found


def _deep(cell: str) -> str:
    """Return a cell whose blanks at the beginning, which show the depth of a code, are not lost on a page."""
    bare = cell.lstrip(" ")
    return "\N{NO-BREAK SPACE}" * (len(cell) - len(bare)) + bare
