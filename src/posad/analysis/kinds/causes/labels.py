"""The three names that a result about causes may bear, and the words bound to each: a name is printed with every number of it.

*Arithmetic* says what follows if the answers of some were those of others. *Adjusted association* compares people alike in what is held
equal. *Causal under listed assumptions* is allowed only where the assumptions are written down, and they are printed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal

from posad.core.problems import Problem, problem
from posad.core.words import LocalText
from posad.study.folder.reading import Sheet
from posad.tabulation.wording import LANGUAGES

Label = Literal["arithmetic", "adjusted association", "causal under listed assumptions"]
ASSOCIATION: Label = "adjusted association"
CAUSAL: Label = "causal under listed assumptions"
NAMES: dict[Label, LocalText] = {
    "arithmetic": LocalText.of(ru="арифметика", en="arithmetic"),
    "adjusted association": LocalText.of(ru="связь при прочих равных", en="adjusted association"),
    "causal under listed assumptions": LocalText.of(
        ru="причинность при названных допущениях", en="causal under listed assumptions"
    ),
}
MEANS: dict[Label, LocalText] = {
    "arithmetic": LocalText.of(
        ru="Это арифметика: так вышло бы, если бы одни отвечали как другие, которые могут отличаться от них чем угодно.",
        en="This is arithmetic: so it would be if some answered like others, who may differ from them in anything.",
    ),
    "adjusted association": LocalText.of(
        ru="Это связь при прочих равных, а не прогноз: она сравнивает людей, похожих в названном, и не видит того, о чём не спрашивали.",
        en="This is an adjusted association, no forecast: it compares people alike in what is named, and does not see what was not asked.",
    ),
    "causal under listed assumptions": LocalText.of(
        ru="Это причинность при названных допущениях; без них остаётся связь при прочих равных: {assumptions}.",
        en="This is causal under listed assumptions; without them an adjusted association is left: {assumptions}.",
    ),
}


def check_label(sheet: Sheet, label: Label, assumptions: Sequence[LocalText], adjusted: bool) -> Iterator[Problem]:
    """Check that a causal name has its assumptions, and that arithmetic holds nothing equal."""
    if label == CAUSAL and not assumptions:
        yield problem("analysis-no-assumptions", sheet.at("label"))
    if label != CAUSAL and assumptions:
        yield problem("analysis-assumptions-idle", sheet.at("assumptions"), label=label)
    if label == "arithmetic" and adjusted:
        yield problem("analysis-arithmetic-adjusted", sheet.at("label"))


def meaning(label: Label, assumptions: Sequence[LocalText]) -> LocalText:
    """Return the sentence that a name obliges to."""
    listed = {n: "; ".join(a.get(n) for a in assumptions) for n in LANGUAGES}
    return LocalText.from_mapping({n: MEANS[label].get(n).format(assumptions=listed[n]) for n in LANGUAGES})
