"""Interviews from other programs into a study: everything is read first, then written, or nothing is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from posad.core.place import Place
from posad.core.problems import Problem, near, problem
from posad.core.reading.csvs import read_csv
from posad.core.speech import has_errors
from posad.exchange.qualitative.documents import KINDS, read_document
from posad.exchange.qualitative.naming import file_name
from posad.exchange.qualitative.refi.reading import read_codebook, read_project
from posad.exchange.qualitative.taguette import path_of, read_codebook_csv, read_highlights_csv
from posad.exchange.qualitative.values import Incoming
from posad.study.folder.facts import read_facts
from posad.study.words.interviews.cases import CASES, MEMOS
from posad.study.words.interviews.plan import CODEBOOK
from posad.study.words.interviews.reading import read_interviews
from posad.study.words.interviews.transcripts import TEXTS, labels_of, make_transcript
from posad.study.words.interviews.values import Code, Codebook, Coding, Interviews, Segment, Transcript
from posad.study.words.interviews.writing import cases_csv, codebook_yaml, codings_csv, memos_csv
from posad.words.interviews.anchoring import coding_of
from posad.words.interviews.editing import file_of

_FATAL = ("qda-not-zip", "qda-not-xml", "qda-root", "qda-no-project", "qda-too-large", "qda-nothing", "document-kind")


@dataclass
class _Gathered:
    """What several files bring together; ``problems`` grows on the way."""

    folder: Path
    languages: tuple[str, ...]
    coder: str
    own: Interviews
    problems: list[Problem] = field(default_factory=list)
    files: dict[str, str] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)


def import_interviews(
    sources: Sequence[Path], folder: Path, language: str, *, coder: str = "", replace: bool = False
) -> tuple[tuple[str, ...], list[Problem]]:
    """Take interviews over into a study.

    Args:
        sources: Files: .txt, .docx, .odt (transcripts), .qdpx, .qdc, .csv (codebook or highlights of Taguette).
        folder: The study, or a folder to be.
        language: The language of names, where the folder has no study yet.
        coder: Whose highlights a .csv holds.
        replace: Write over files that are there and differ.

    Returns:
        The files written, relative to the study, and everything that was assumed or left. Where something cannot be read at all, or a
        file that is there differs, nothing is written.
    """
    languages = read_facts(folder)[0].languages if (folder / "study.yaml").exists() else (language,)
    own, _ = read_interviews(folder, languages)
    work = _Gathered(folder, languages, coder or "taguette", own or Interviews(languages=languages))
    work.texts = {t.id: t.text for t in work.own.transcripts}
    for source in sorted(sources, key=lambda s: s.suffix.lower() == ".csv"):  # highlights after the texts they are of
        _one(work, source)
    if has_errors(p for p in work.problems if p.code in _FATAL) or not work.files:
        return (), work.problems
    return _written(work, replace)


def _one(work: _Gathered, source: Path) -> None:
    kind, name = source.suffix.lower(), source.name
    if kind == ".qdpx":
        incoming, found = read_project(source, name, work.languages[0])
        work.problems += found
        if incoming is not None:
            _take(work, incoming)
    elif kind == ".qdc":
        codebook, found = read_codebook(source, name, work.languages[0])
        work.problems += found
        if codebook is not None:
            work.files[CODEBOOK] = codebook_yaml(codebook, work.languages)
    elif kind == ".csv":
        _table(work, source)
    else:
        text, found = read_document(source, name)
        work.problems += found
        if kind not in KINDS:
            return
        if text is not None:
            id = file_name(source.stem, "text")
            work.files[f"{TEXTS}/{id}.txt"] = text
            work.texts[id] = text


def _table(work: _Gathered, source: Path) -> None:
    """Take over a table of Taguette: highlights where it has a column of contents, else a codebook."""
    table, found = read_csv(source, source.name)
    if table is None:
        work.problems += found
        return
    if "content" not in [h.lower() for h in table.header]:
        codebook, found = read_codebook_csv(source, source.name, work.languages[0])
        work.problems += found
        if codebook is not None:
            work.files[CODEBOOK] = codebook_yaml(codebook, work.languages)
        return
    incoming, found = read_highlights_csv(source, source.name, work.texts, work.coder, work.languages[0])
    work.problems += found
    if incoming is not None:
        _take(work, _known_codes(work, incoming))


def _known_codes(work: _Gathered, incoming: Incoming) -> Incoming:
    """Return highlights with the codes of the study's own codebook, where it has one; tags that are not in it are told."""
    book = work.own.codebook
    if not book.codes:
        return incoming
    known = {path_of(book, c.id): c.id for c in book.codes}
    known |= {".".join(_labels(book, c.id)): c.id for c in book.codes}
    to_own = {}
    for code in incoming.codebook.codes:
        path, labels = path_of(incoming.codebook, code.id), ".".join(_labels(incoming.codebook, code.id))
        if (id := known.get(path) or known.get(labels)) is not None:
            to_own[code.id] = id
    segments = []
    unknown: dict[str, int] = {}
    for s in incoming.segments:
        if s.code in to_own:
            segments.append(Segment(s.interview, s.start, s.end, to_own[s.code], s.coder, s.memo))
        else:
            tag = ".".join(_labels(incoming.codebook, s.code))
            unknown[tag] = unknown.get(tag, 0) + 1
    for tag, count in unknown.items():
        facts = {"name": tag, "count": str(count), "near": near(tag, known)}
        work.problems.append(problem("taguette-tag-unknown", Place(CODEBOOK), **facts))
    return Incoming(Codebook(), segments=tuple(segments), coders=incoming.coders, coded=incoming.coded)


def _labels(book: Codebook, id: str) -> list[str]:
    codes: list[Code] = [book.by_id[c] for c in book.path(id)]
    return [c.label.parts[0][1] if c.label.parts else c.id for c in codes]


def _take(work: _Gathered, incoming: Incoming) -> None:
    """Turn what came in into files of the study."""
    plan = work.own.plan
    labels = labels_of(plan.interviewer, plan.respondent, [c.speaker for c in (*incoming.cases, *work.own.cases)])
    transcripts: dict[str, Transcript] = dict(work.own.texts)
    for id, text in {**work.texts, **incoming.texts}.items():
        transcripts[id], _ = make_transcript(id, f"{TEXTS}/{id}.txt", text, labels)
    for id, text in incoming.texts.items():
        work.files[f"{TEXTS}/{id}.txt"] = text
        work.texts[id] = text
    if incoming.codebook.codes:
        work.files[CODEBOOK] = codebook_yaml(incoming.codebook, work.languages)
    if incoming.cases:
        work.files[CASES] = cases_csv(incoming.cases, work.languages)
    if incoming.memos:
        work.files[MEMOS] = memos_csv(incoming.memos)
    by_file: dict[str, list[Coding]] = {file_of(*pair): [] for pair in incoming.coded}
    for s in incoming.segments:
        coding = coding_of(s, transcripts[s.interview])
        if coding is not None:
            by_file.setdefault(file_of(s.interview, s.coder), []).append(coding)
    work.files |= {name: codings_csv(codings) for name, codings in by_file.items()}


def _written(work: _Gathered, replace: bool) -> tuple[tuple[str, ...], list[Problem]]:
    new = {name: text.encode("utf-8") for name, text in work.files.items()}
    there = {name: (work.folder / name).read_bytes() for name in new if (work.folder / name).is_file()}
    differ = [name for name, data in there.items() if data != new[name]]
    if differ and not replace:
        work.problems += [problem("interviews-exist", Place(name), name=name) for name in differ]
        return (), work.problems
    return _put(work.folder, {n: d for n, d in new.items() if there.get(n) != d}), work.problems


def _put(folder: Path, files: Mapping[str, bytes]) -> tuple[str, ...]:
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        beside = path.with_name(f".{path.name}.part")
        beside.write_bytes(data)
        beside.replace(path)
    return tuple(files)
