"""A file of answers to a study folder: the work behind ``posad import FILE --into FOLDER``.

The raw file is copied byte for byte; everything inferred is written as text beside it, to be read and corrected.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from posad.core.digests import digest_bytes
from posad.core.place import Place
from posad.core.problems import Problem, problem
from posad.core.words import Language, LocalText
from posad.exchange.importing.codebook import joined, read_codebook, read_kinds
from posad.exchange.inference.proposing import propose
from posad.exchange.inference.values import Hints, Proposal
from posad.exchange.reading import read_raw
from posad.exchange.writing import answers_yaml, study_yaml, weights_yaml
from posad.study.questionnaire.values import Kind, Questionnaire
from posad.study.questionnaire.writing import write_questionnaire


@dataclass(frozen=True, slots=True)
class _Wishes:
    """What the researcher says about a file before it is imported."""

    sheet: str | None
    codebook: Path | None
    kinds: Path | None
    delimiter: str | None
    wave: str | None
    title: str | None


def import_answers(
    source: Path,
    folder: Path,
    language: Language,
    *,
    sheet: str | None = None,
    codebook: Path | None = None,
    kinds: Path | None = None,
    delimiter: str | None = None,
    wave: str | None = None,
    title: str | None = None,
) -> tuple[tuple[str, ...], list[Problem]]:
    """Write a study folder around a file of answers.

    Nothing that exists is overwritten: if any file of the study is there already, nothing is written at all.

    Args:
        source: the file of answers: .csv, .xlsx, .sav.
        folder: the folder of the study, new or without a study in it.
        language: the language of the questionnaire.
        sheet: the sheet of a workbook.
        codebook: a CSV with the columns ``column, label, code, code label``.
        kinds: a CSV with the columns ``column, kind``.
        delimiter: what stands between several answers of one cell.
        wave: the wave's name; without it the year or month in the file's name, else ``main``.
        title: the study's title; without it the file's name.

    Returns:
        The files written, relative to the folder, and every assumption and doubt.
    """
    wishes = _Wishes(sheet, codebook, kinds, delimiter or None, wave or None, title or None)
    raw, problems = read_raw(source, sheet=wishes.sheet, name=source.name)
    if raw is None:
        return (), problems
    hints, more = _hints(wishes, tuple(raw.columns))
    problems += more
    if any(p.code in _STOPPING for p in more):
        return (), problems
    proposal = propose(raw, hints, language)
    problems += _summary(proposal, source.name)
    if not proposal.questions:
        return (), [*problems, problem("import-no-questions", Place(source.name))]
    texts = _texts(proposal, source, language, wishes)
    written, more = _write(folder, source, texts)
    return written, problems + more


_STOPPING = ("codebook-header", "import-kind-unknown", "file-missing", "file-not-readable", "csv-empty")


def _hints(wishes: _Wishes, columns: tuple[str, ...]) -> tuple[Hints, list[Problem]]:
    hints, kinds, problems = Hints(), dict[str, str](), list[Problem]()
    if wishes.codebook is not None:
        hints, found = read_codebook(wishes.codebook, columns)
        problems += found
    if wishes.kinds is not None:
        kinds, found = read_kinds(wishes.kinds, columns)
        problems += found
    return joined(hints, kinds, wishes.delimiter), problems


def _texts(proposal: Proposal, source: Path, language: Language, wishes: _Wishes) -> dict[str, str]:
    wave = wishes.wave or wave_of(source.stem)
    title = wishes.title or " ".join(source.stem.split())
    questionnaire = Questionnaire(
        LocalText.from_mapping({language: title}), languages=(language,), questions=tuple(proposal.questions)
    )
    name = raw_name(source)
    return {
        "study.yaml": study_yaml(title, language, wave),
        "questionnaire.md": write_questionnaire(questionnaire, language),
        "weights.yaml": weights_yaml(proposal.weights, language),
        f"answers/{Path(name).stem}.yaml": answers_yaml(name, wave, proposal, language, wishes.sheet),
    }


def raw_name(source: Path) -> str:
    """Return the name the raw file keeps inside the study, its ending in small letters."""
    return source.stem + source.suffix.lower()


def wave_of(stem: str) -> str:
    """Return the wave a file's name speaks of.

    >>> wave_of("poll-2018-05"), wave_of("ipsos_2016"), wave_of("answers")
    ('2018-05', '2016', 'main')
    """
    found = re.search(r"(?<!\d)((?:19|20)\d\d)(?:[-_.](0[1-9]|1[0-2]))?(?!\d)", stem)
    if found is None:
        return "main"
    return f"{found[1]}-{found[2]}" if found[2] else found[1]


def _write(folder: Path, source: Path, texts: dict[str, str]) -> tuple[tuple[str, ...], list[Problem]]:
    raw = f"answers/{raw_name(source)}"
    there = [name for name in (*texts, raw) if (folder / name).exists()]
    if there:
        return (), [problem("import-would-overwrite", Place(n), file=n) for n in there]
    written: list[str] = []
    try:
        content = source.read_bytes()
        (folder / "answers").mkdir(parents=True, exist_ok=True)
        parts = {raw: content, **{name: text.encode("utf-8") for name, text in texts.items()}}
        for name, data in parts.items():
            with (folder / name).open("xb") as stream:
                written.append(name)
                stream.write(data)
        if digest_bytes((folder / raw).read_bytes()) != digest_bytes(content):
            raise OSError("the copy differs from the file")
    except OSError as error:
        for name in written:
            (folder / name).unlink(missing_ok=True)
        return (), [problem("import-not-written", Place("."), folder=folder.name, reason=error.strerror or str(error))]
    return tuple(written), []


def _summary(proposal: Proposal, name: str) -> list[Problem]:
    """Say what was inferred, then each kind of doubt once with its columns."""
    kinds = [q.kind for q in proposal.questions]
    facts = {
        "questions": len(kinds),
        "single": sum(k in (Kind.SINGLE, Kind.SCALE) for k in kinds),
        "multiple": kinds.count(Kind.MULTIPLE),
        "grids": kinds.count(Kind.GRID),
        "numbers": kinds.count(Kind.NUMBER),
        "open": kinds.count(Kind.OPEN),
    }
    found = [problem("import-inferred", Place(name), **facts)]
    if proposal.weights:
        found.append(
            problem("import-weights-proposed", Place("weights.yaml"), columns=_few(list(proposal.weights.values())))
        )
    doubts: dict[str, list[str]] = {}
    for code, column in proposal.doubts:
        doubts.setdefault(code, []).append(column)
    tokens = sorted({v for values in proposal.missing.values() for v in values})
    if tokens:
        found.append(problem("import-missing-values", Place(name), values=_few(tokens)))
    return found + [problem(c, Place(name), columns=_few(list(dict.fromkeys(n)))) for c, n in doubts.items()]


def _few(names: list[str]) -> str:
    return ", ".join(names[:8]) + (" …" if len(names) > 8 else "")
