"""Targets of a study made of tables of ages: the work behind ``posad sample targets``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from posad.core.place import Place
from posad.core.problems import Problem, problem
from posad.core.speech import has_errors
from posad.exchange.reading import read_raw
from posad.pipeline.territory.placing import languages_of
from posad.pipeline.territory.sampling import read_plan, write_texts
from posad.store.values import RawTable
from posad.study.frame.plan import SampleDesign
from posad.study.frame.values import Frame
from posad.territory.targets.crosswalk import dictionary
from posad.territory.targets.making import Sources, make_targets
from posad.territory.targets.reading import age_table, country_table
from posad.territory.targets.values import AgeTable, AgeTargets
from posad.territory.targets.writing import Provenance, csv_of, report_of, rows_of

TARGETS = "frame/targets.csv"


@dataclass(frozen=True, slots=True)
class Tables:
    """The files at hand; ``country`` holds one file for each sex."""

    ages: Path | None = None
    dictionary: Path | None = None
    regions: Path | None = None
    country: Mapping[str, Path] | None = None
    year: str | None = None
    country_year: str | None = None


@dataclass(frozen=True, slots=True)
class Targeted:
    """What came out: the targets, the files written, everything assumed or wrong."""

    problems: tuple[Problem, ...]
    made: AgeTargets | None = None
    files: tuple[str, ...] = ()


def targets_study(folder: Path, tables: Tables, as_of: str, source: str, into: str = TARGETS) -> Targeted:
    """Make targets for the size classes and age bands of sample.yaml, and write them with a report of what was assumed.

    Args:
        folder: The study's folder, with a frame and sample.yaml.
        tables: The files with tables of ages.
        as_of: The date the ages are true of; it stands in every row.
        source: Publisher and title; stands in every row.
        into: The file of the study to write; nothing is written over. The report has its name and the ending .md.
    """
    report = str(Path(into).with_suffix(".md"))
    there = [name for name in (into, report) if (folder / name).exists()]
    if there:
        return Targeted(tuple(problem("sample-file-exists", Place(name), name=name) for name in there))
    design, frame, problems = read_plan(folder)
    if frame is None and not has_errors(problems):
        problems.append(problem("sample-frame-missing", Place("sample.yaml")))
    if design is None or frame is None or has_errors(problems):
        return Targeted(tuple(problems))
    sources, wrong = _sources(tables)
    problems += wrong
    if sources is None or has_errors(problems):
        return Targeted(tuple(problems))
    made, wrong = _made(design, frame, sources)
    said = [*problems, *wrong]
    if made is None or has_errors(said):
        return Targeted(tuple(said))
    from_ = Provenance(as_of, source, languages_of(folder)[0])
    dimensions = [design.dimension(d) for d in ("district", "size", "sex", "age")]
    texts = {into: csv_of(rows_of(made, dimensions, from_)), report: report_of(made, dimensions, from_, said)}
    if wrong := write_texts(folder, texts):
        return Targeted((*said, *wrong))
    return Targeted(tuple(said), made, tuple(texts))


def _made(design: SampleDesign, frame: Frame, sources: Sources) -> tuple[AgeTargets | None, list[Problem]]:
    return make_targets(frame, design.dimension("size"), design.dimension("age"), sources, design.column)


def _sources(tables: Tables) -> tuple[Sources | None, list[Problem]]:
    """Read every file at hand."""
    problems: list[Problem] = []
    ages, regions = (_ages(path, tables.year, problems) for path in (tables.ages, tables.regions))
    codes: Mapping[str, tuple[str, ...]] = {}
    if tables.dictionary is not None and (raw := _raw(tables.dictionary, problems)) is not None:
        codes, wrong = dictionary(raw, tables.dictionary.name, tables.year)
        problems += wrong
    country = None
    given = tables.country or {}
    by_sex = {sex: raw for sex, path in given.items() if (raw := _raw(path, problems)) is not None}
    if given and len(by_sex) == len(given):
        name = ", ".join(p.name for p in given.values())
        country, wrong = country_table(by_sex, name, tables.country_year or "")
        problems += wrong
    return (None if has_errors(problems) else Sources(ages, codes, regions, country)), problems


def _raw(path: Path, problems: list[Problem]) -> RawTable | None:
    raw, wrong = read_raw(path, name=path.name)
    problems += wrong
    return raw


def _ages(path: Path | None, year: str | None, problems: list[Problem]) -> AgeTable | None:
    raw = _raw(path, problems) if path is not None else None
    if path is None or raw is None:
        return None
    table, wrong = age_table(raw, path.name, year)
    problems += wrong
    return table
