"""study.yaml: title, languages, waves, the facts of the method box; and which files of the folder are read at all."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path

from posad.core.place import Place
from posad.core.problems import Problem, problem
from posad.core.words import LocalText
from posad.study.folder.reading import WAVE, Sheet, ordered, read_sheet, shaped
from posad.study.folder.shapes import StudyShape, WaveShape
from posad.study.plans.values import Wave

STUDY = "study.yaml"
FACTS = (
    "who", "sponsor", "when", "where", "mode", "response", "purpose", "operator", "retention", "contact", "limits",
)  # fmt: skip
SETTINGS = ("study.yaml", "questionnaire.md", "variables.yaml", "weights.yaml", "cleaning.yaml", "tables.yaml")
OTHERS = (
    "study.lock", "brief.md", "approvals.csv", "sample.yaml", "field.yaml", "consent.md", "decisions.csv",
    "simulation.yaml", "simulation.lock", "simulation", "audit",
    "answers", "report", "frame", "build", "coding", "analysis", "interviews", "sources", "indicators", "pathways",
    "cases", "external", "requests",
)  # fmt: skip

_LANGUAGE = re.compile(r"[a-z]{2,3}")


@dataclass(frozen=True, slots=True)
class StudyFacts:
    """What study.yaml says; it is sound where the file could be read at all."""

    title: LocalText = LocalText()
    population: LocalText = LocalText()
    languages: tuple[str, ...] = ("ru",)
    sample_type: str = "unknown"
    waves: tuple[Wave, ...] = ()
    facts: Mapping[str, LocalText] = field(default_factory=dict)
    sound: bool = False
    require_signatures: bool = False


def read_facts(folder: Path) -> tuple[StudyFacts, list[Problem]]:
    """Read study.yaml; what could be read is returned even where something is wrong."""
    sheet, problems = read_sheet(folder, STUDY, ("ru",))
    if sheet is None:
        if not (folder / STUDY).exists():
            problems.append(problem("study-file-missing", Place(STUDY), name=STUDY))
        return StudyFacts(), problems
    languages, wrong = _languages(sheet)
    problems += wrong
    sheet = Sheet(sheet.name, sheet.value, sheet.places, languages)
    shape, wrong = shaped(sheet, StudyShape, sheet.value)
    problems += wrong
    shape = shape or _sound_part(sheet)
    waves, wrong = _waves(sheet, shape)
    problems += wrong
    sample = shape.sample
    if sample is None and sheet.part("sample") is None:
        problems.append(problem("study-sample-type-missing", sheet.at()))
    if sample is not None and sample.size is not None and sample.size < 1:
        problems.append(problem("value-out-of-range", sheet.at("sample", "size"), got=str(sample.size), limit="≥ 1"))
    facts = {name: ordered(getattr(shape, name), languages) for name in FACTS if getattr(shape, name)}
    if sample is not None:
        size = (
            LocalText.from_mapping(dict.fromkeys(languages, str(sample.size)))
            if sample.size is not None
            else LocalText()
        )
        words = {"sample": sample.words, "sample_size": size, "frame": sample.frame, "selection": sample.selection}
        facts.update({name: ordered(text, languages) for name, text in words.items() if text})
    kind = sample.type if sample is not None else "unknown"
    title, population = ordered(shape.title, languages), ordered(shape.population, languages)
    return StudyFacts(title, population, languages, kind, waves, facts, True, shape.require_signatures), problems


def _sound_part(sheet: Sheet) -> StudyShape:
    """Return what study.yaml says in the lines that hold no mistake, so that the rest of the folder can be checked."""
    values = sheet.mapping()
    sound = {k: v for k, v in values.items() if shaped(sheet, StudyShape, {"title": "–", k: v})[0] is not None}
    shape, _ = shaped(sheet, StudyShape, {"title": "–", **sound})
    return shape or StudyShape(LocalText.from_mapping(dict.fromkeys(sheet.languages, "–")))


def _languages(sheet: Sheet) -> tuple[tuple[str, ...], list[Problem]]:
    """Return the study's languages as written, else those of the title."""
    named = sheet.part("languages")
    if isinstance(named, list) and named and all(isinstance(n, str) for n in named):
        problems = []
        for i, name in enumerate(named):
            if not _LANGUAGE.fullmatch(name):
                problems.append(problem("study-language-form", sheet.at("languages", i), name=name))
            elif name in named[:i]:
                problems.append(problem("study-language-twice", sheet.at("languages", i), name=name))
        good = tuple(dict.fromkeys(n for n in named if _LANGUAGE.fullmatch(n)))
        return good or ("ru",), problems
    if named:
        return ("ru",), []  # the shape tells what is wrong
    title = sheet.part("title")
    if isinstance(title, Mapping):
        guess = tuple(str(n) for n in title if _LANGUAGE.fullmatch(str(n))) or ("ru",)
    else:
        guess = ("ru",) if re.search("[а-яё]", str(title), re.IGNORECASE) else ("en",)
    return guess, [problem("study-languages-guessed", sheet.at(), languages=", ".join(guess))]


def _waves(sheet: Sheet, shape: StudyShape) -> tuple[tuple[Wave, ...], list[Problem]]:
    waves, problems = [], []
    listed = not isinstance(shape.waves, Mapping)
    for i, id in enumerate(shape.waves):
        place = sheet.at("waves", i) if listed else sheet.key("waves", id)
        value = shape.waves[id] if isinstance(shape.waves, Mapping) else LocalText()
        label, changed = (value.label, value.changed) if isinstance(value, WaveShape) else (value, {})
        if not WAVE.fullmatch(id):
            problems.append(problem("wave-form", place, name=id))
            continue
        label = label or LocalText.from_mapping(dict.fromkeys(sheet.languages, id))
        reasons = {name: ordered(text, sheet.languages) for name, text in changed.items()}
        waves.append(Wave(id, label, place, reasons))
    return tuple(waves), problems


def check_names_of_files(folder: Path) -> list[Problem]:
    """Warn of files that look like misspelt settings; every other unknown file is left alone."""
    known = (*SETTINGS, *OTHERS)
    problems = []
    for path in sorted(folder.iterdir()):
        name = path.name
        if name in known or name.startswith(".") or (name.startswith("questionnaire.") and path.suffix == ".md"):
            continue
        whole = f"{path.stem.casefold()}.yaml"
        if path.suffix.casefold() in (".yml", ".yaml") and whole in known:
            problems.append(_misspelt(name, whole))
        elif guess := get_close_matches(name.casefold(), known, n=1, cutoff=0.85):
            problems.append(_misspelt(name, guess[0]))
    rooms = {
        "report": ("figures.yaml", "look.yaml"),
        "frame": (
            "targets.csv",
            "territories.csv",
            "frame.yaml",
            "position.yaml",
            "strategies.yaml",
            "boundaries.json",
        ),
        "simulation": ("targets.csv",),
    }
    for room, names in rooms.items():
        problems += _misspelt_in(folder, room, names)
    return problems


def _misspelt(name: str, guess: str) -> Problem:
    return problem("study-name-misspelt", Place(name), name=name, near=guess)


def _misspelt_in(folder: Path, room: str, names: tuple[str, ...]) -> list[Problem]:
    inner = folder / room
    if not inner.is_dir():
        return []
    found = []
    for path in sorted(inner.iterdir()):
        guess = get_close_matches(path.name.casefold(), names, n=1, cutoff=0.8)
        if path.name not in names and guess:
            found.append(_misspelt(f"{room}/{path.name}", guess[0]))
    return found
