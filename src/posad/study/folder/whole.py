"""The folder as one value."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from posad.core.place import Place
from posad.core.problems import Problem, problem
from posad.core.reading.texts import read_text
from posad.core.speech import has_errors, in_order
from posad.study.addresses.waves import check_changed
from posad.study.expressions.scope import Scope
from posad.study.folder.answers import read_answers, read_targets
from posad.study.folder.books.tables import CLEANING, TABLES, default_book, read_books, read_cleaning
from posad.study.folder.facts import StudyFacts, check_names_of_files, read_facts
from posad.study.folder.groups import VARIABLES, Groups, read_groups
from posad.study.folder.reading import Ground, Sheet, read_sheet
from posad.study.folder.report import FIGURES, LOOK, find_analyses, read_chapters, read_figures, read_look
from posad.study.folder.weights.reading import WEIGHTS, read_weights
from posad.study.frame.plan.reading import SAMPLE, read_sample_design
from posad.study.frame.reading import read_frame
from posad.study.plans.values import Book, CleaningRule, FigurePlan, Study, WeightPlan
from posad.study.plans.variables import unmarked
from posad.study.questionnaire.reading.grammar import read_questionnaire
from posad.study.questionnaire.values import Questionnaire
from posad.study.rules import check_conditions, check_ways
from posad.study.words.coding import read_frames

QUESTIONNAIRE = "questionnaire.md"


def read_study(folder: Path) -> tuple[Study | None, list[Problem]]:
    """Read a study folder into one frozen value, with every mistake in every file.

    Args:
        folder: The study's folder.

    Returns:
        The study, or None where study.yaml or the questionnaire can't be read; and all problems, by file and line. Where any of
        them is an error the parts that are wrong are there in name only: nothing may be computed from it.
    """
    if not folder.is_dir():
        return None, [problem("study-folder-missing", Place("study.yaml"), name=folder.name)]
    folder = folder.resolve()
    facts, problems = read_facts(folder)
    questionnaire, wrong = _questionnaire(folder, facts.languages)
    problems += wrong + check_names_of_files(folder)
    if questionnaire is not None:
        problems += [*check_changed(facts.waves, questionnaire), *unmarked(questionnaire)]
    reader = _Reader(folder, facts, questionnaire, problems)
    study = reader.study()
    return (study if facts.sound and questionnaire is not None else None), _told_once(problems, facts)


class _Reader:
    """Reads one file after another; ``problems`` grows on the way."""

    def __init__(
        self, folder: Path, facts: StudyFacts, questionnaire: Questionnaire | None, problems: list[Problem]
    ) -> None:
        self.folder = folder
        self.facts = facts
        self.questionnaire = questionnaire
        self.problems = problems
        self.ground = Ground(folder, facts.languages)

    def sheet(self, name: str) -> Sheet | None:
        found, wrong = read_sheet(self.folder, name, self.facts.languages)
        self.problems += wrong
        return found

    def study(self) -> Study:
        groups = self._groups()
        targets, rows, wrong = read_targets(self.folder, self.facts.languages)
        doubled = any(p.code == "targets-twice" for p in wrong)  # the other row may be the one that is missed
        self.problems += wrong
        weights, names, wrong = read_weights(self.sheet(WEIGHTS), self.ground, targets, rows)
        self.problems += wrong
        rules = self._cleaning()
        books = self._books(names, groups)
        answers, wrong = read_answers(self.ground, self.facts.waves, weights, names is not None)
        self.problems += wrong
        chapters, wrong = read_chapters(self.folder, self.facts.languages)
        self.problems += wrong
        look, wrong = read_look(self.sheet(LOOK))
        self.problems += wrong
        analyses, wrong = find_analyses(self.folder)
        self.problems += wrong
        frame, wrong = read_frame(self.folder)
        self.problems += wrong
        if (self.folder / SAMPLE).exists():
            self.problems += read_sample_design(self.folder, frame)[1]
        study = replace(self._plain(groups, weights, rules, books), frame=frame)
        study = replace(study, targets=targets, target_rows=None if doubled else rows)
        study = replace(study, answers=answers, chapters=chapters, look=look, analyses=analyses)
        return self._declared(self._figures(study, groups), groups)

    def _plain(
        self, groups: Groups, weights: tuple[WeightPlan, ...], rules: tuple[CleaningRule, ...], books: tuple[Book, ...]
    ) -> Study:
        facts = self.facts
        return Study(
            folder=str(self.folder),
            title=facts.title,
            population=facts.population,
            languages=facts.languages,
            questionnaire=self.questionnaire or Questionnaire(facts.title, facts.languages, ()),
            facts=facts.facts,
            sample_type=facts.sample_type,
            nets=groups.nets,
            variables=groups.variables,
            weights=weights,
            cleaning=rules,
            books=books,
            waves=facts.waves,
            require_signatures=facts.require_signatures,
        )

    def _groups(self) -> Groups:
        frames, wrong = read_frames(self.folder, self.facts.languages, self.questionnaire)
        self.problems += wrong
        groups, wrong = read_groups(self.sheet(VARIABLES), self.questionnaire, self.ground, frames)
        self.problems += wrong
        self.ground = replace(self.ground, scope=groups.scope)
        if self.questionnaire is not None and groups.scope is not None:
            self._ways(self.questionnaire, groups.scope)
        return groups

    def _ways(self, questionnaire: Questionnaire, scope: Scope) -> None:
        """Check the ways through the questionnaire: what its conditions name, and whether anybody reaches each question."""
        wrong = check_conditions(questionnaire, scope)
        unsound = {id for id, _ in wrong}
        self.problems[:] = [
            p  # where a name is wrong, the translation differs for that reason
            for p in self.problems
            if p.code not in ("translation-condition", "translation-screens") or p.facts.get("question") not in unsound
        ]
        self.problems += [p for _, p in wrong]
        if not has_errors(self.problems):
            self.problems += check_ways(questionnaire, scope)

    def _cleaning(self) -> tuple[CleaningRule, ...]:
        rules, wrong = read_cleaning(self.sheet(CLEANING), self.ground)
        self.problems += wrong
        return rules

    def _books(self, weights: frozenset[str] | None, groups: Groups) -> tuple[Book, ...]:
        sheet = self.sheet(TABLES)
        if sheet is not None:
            books, wrong = read_books(sheet, self.ground, self.questionnaire, weights)
            self.problems += wrong
            return books
        if self.questionnaire is None or (self.folder / TABLES).exists():
            return ()
        return (default_book(self.questionnaire, groups.variables),)

    def _figures(self, study: Study, groups: Groups) -> Study:
        declared = replace(study, nets=groups.declared_nets, variables=groups.declared_variables)
        figures, wrong = read_figures(self.sheet(FIGURES), declared, groups.scope is not None)
        self.problems += wrong
        return replace(study, figures=figures)

    def _declared(self, study: Study, groups: Groups) -> Study:
        """Return the study with all that is declared, where something is wrong: chapters then miss nothing a second time."""
        if not has_errors(self.problems):
            return study
        if groups.scope is None:  # no name of a chapter can be judged
            return replace(study, chapters=())
        sound = {f.id for f in study.figures}
        sheet = read_sheet(self.folder, FIGURES, self.facts.languages)[0]
        blank = [FigurePlan(id, (), sheet.key(id)) for id in sheet.mapping() if id not in sound] if sheet else []
        figures = (*study.figures, *blank)
        return replace(study, nets=groups.declared_nets, variables=groups.declared_variables, figures=figures)


_TRANSLATED = (
    "text-language-unknown",
    "questionnaire-language-unlisted",
    "text-own-language-missing",
    "chapter-own-language-missing",
)


def _told_once(problems: list[Problem], facts: StudyFacts) -> list[Problem]:
    """Drop what only follows from the list of languages: all of it where that is unknown, else all but the first of a kind."""
    unknown = not facts.sound or any(p.code == "study-language-form" for p in problems)
    kept: list[Problem] = []
    seen: set[object] = set()
    for found in in_order(problems):
        if found.code in _TRANSLATED and unknown:
            continue
        if found.code == "text-language-unknown":
            if found.facts["name"] in seen:
                continue
            seen.add(found.facts["name"])
        kept.append(found)
    return kept


def _questionnaire(folder: Path, languages: tuple[str, ...]) -> tuple[Questionnaire | None, list[Problem]]:
    """Read the questionnaire in every language of the study."""
    problems: list[Problem] = []
    texts: dict[str, tuple[str, str]] = {}
    for language in languages:
        name = QUESTIONNAIRE if language == languages[0] else f"questionnaire.{language}.md"
        if not (folder / name).exists():
            code = "study-file-missing" if language == languages[0] else "questionnaire-translation-missing"
            problems.append(problem(code, Place(name), name=name, language=language))
            continue
        text, wrong = read_text(folder / name, name)
        problems += wrong
        if text is not None:
            texts[language] = (name, text)
    for path in sorted(folder.glob("questionnaire.*.md")):
        language = path.name.split(".")[1]
        if language not in languages[1:]:
            facts = {"name": path.name, "language": language}
            problems.append(problem("questionnaire-language-unlisted", Place(path.name), **facts))
    if languages[0] not in texts:
        return None, problems
    questionnaire, wrong = read_questionnaire(texts)
    return questionnaire, problems + wrong
