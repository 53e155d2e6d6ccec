"""Waves of one study: which there are, whether two of them may be compared on a question, and the wave as a grouping item.

The questionnaire holds the words that are asked now. A wave that asked a question in other words says so in ``study.yaml``
(``waves: {2024: {changed: {like_city: reason}}}``); numbers of that question are then not compared with those of waves that
asked it otherwise: the line of the trend is broken there.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

from posad.core.place import Place
from posad.core.problems import Problem, near, problem
from posad.core.words import LocalText
from posad.study.plans.values import Study, Wave
from posad.study.questionnaire.values import Item, Kind, Option, Questionnaire

WAVE = "wave"  # the item, and the column of the answers
TREND = "waves"  # the word for a banner of waves with changes between them


def wave_item(study: Study) -> Item:
    """Return the waves as an item with one answer, coded from one in their order."""
    known = {w.id: w for w in study.waves}
    options = []
    for code, id in enumerate(study.wave_ids(), 1):
        wave = known.get(id)
        label = wave.label if wave is not None else LocalText.of(ru=id, en=id)
        options.append(Option(code, label, wave.place if wave is not None else Place("study.yaml")))
    return Item(WAVE, Kind.SINGLE, LocalText.of(ru="Волна", en="Wave"), WAVE, tuple(options))


def wording_change(study: Study, item: Item, wave: str) -> LocalText | None:
    """Return how a wave's wording of a question differed from the questionnaire's, or nothing where it did not."""
    found = next((w for w in study.waves if w.id == wave), None)
    if found is None:
        return None
    return next((found.changed[name] for name in (item.id, item.question) if name in found.changed), None)


def comparable(study: Study, item: Item, waves: Iterable[str]) -> bool:
    """Tell whether all of the waves asked a question in the same words; equal reasons stand for equal words."""
    return len({wording_change(study, item, wave) for wave in waves}) < 2


def breaks(study: Study, item: Item, waves: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """Return the neighbouring waves between which a question's wording changed, earlier first."""
    return tuple(pair for pair in pairwise(waves) if not comparable(study, item, pair))


def check_changed(waves: Iterable[Wave], questionnaire: Questionnaire) -> list[Problem]:
    """Return the questions named under ``changed`` that the questionnaire does not have."""
    known = [q.id for q in questionnaire.questions] + [i.id for i in questionnaire.items()]
    return [
        problem("wave-changed-unknown", wave.place, name=name, wave=wave.id, near=near(name, known))
        for wave in waves
        for name in wave.changed
        if name not in known
    ]
