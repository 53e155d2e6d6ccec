"""Tables of interviews as a report shows them: counts of people and passages, agreement, what was planned and reached."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from posad.core.words import Language, LocalText

KINDS = ("plan", "codes", "together", "saturation", "agreement")
SHOWN = "interviews:"  # begins the target of an image that shows one: ``#interviews:codes@region``


@dataclass(frozen=True, slots=True)
class WordTable:
    """A table in every language of the study: the first row is its head, the first cell of each row names it."""

    id: str
    title: LocalText
    rows: Mapping[Language, tuple[tuple[str, ...], ...]]
    note: LocalText
    invented: bool = False


TITLES: Mapping[str, LocalText] = {
    "plan": LocalText.of(ru="Интервью: план и выполнение", en="Interviews, planned and held"),
    "codes": LocalText.of(ru="Коды по группам", en="Codes by group"),
    "together": LocalText.of(ru="Коды, которые встречаются вместе", en="Codes that meet"),
    "saturation": LocalText.of(ru="Насыщение", en="Saturation"),
    "agreement": LocalText.of(ru="Согласие кодировщиков", en="Agreement of coders"),
}
NOTES: Mapping[str, LocalText] = {
    "plan": LocalText.of(ru="Посчитаны интервью с расшифровкой.", en="Interviews with a transcript are counted."),
    "codes": LocalText.of(
        ru="Число людей, в скобках – закодированных мест. Доли по такому числу людей не считают.",
        en="Number of people, coded passages in brackets. No shares are taken of so few people.",
    ),
    "together": LocalText.of(
        ru="Пересечения – закодированные места с общими словами; кодировщики не различаются.",
        en="Overlaps are coded passages with words in common; coders are not told apart.",
    ),
    "saturation": LocalText.of(
        ru="Интервью по датам. Среднее и границы (95 %) – по 1000 случайных порядков.",
        en="Interviews by date. Mean and bounds (95%) over 1,000 random orders.",
    ),
    "agreement": LocalText.of(
        ru="По абзацам; альфа Криппендорфа и каппа Коэна, 95 % интервалы бутстрепом по интервью.",
        en="By paragraph; Krippendorff's alpha and Cohen's kappa, 95% intervals by a bootstrap of interviews.",
    ),
}
INVENTED = LocalText.of(
    ru="Интервью придуманы: никто этого не говорил.", en="The interviews are invented: nobody said this."
)


def kind_of(id: str) -> tuple[str, str]:
    """Return which table an id names, and by what column: ``codes@region`` is ``codes`` by ``region``.

    >>> kind_of("codes@region"), kind_of("plan")
    (('codes', 'region'), ('plan', 'group'))
    """
    kind, _, by = id.partition("@")
    return kind, by or "group"
