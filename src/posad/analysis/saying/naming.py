"""Names that every kind of analysis writes in its file – a variable, a group of one, a weight – held to those of the study."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from posad.core.problems import Problem, near, problem
from posad.study.addresses.waves import WAVE, comparable
from posad.study.folder.reading import Sheet, unknown
from posad.study.plans.values import Study


def check_variable(sheet: Sheet, key: str, written: str | None, study: Study) -> Iterator[Problem]:
    """Tell that there is no grouping variable of a name; a name left out is right."""
    if written is not None and study.variable(written) is None:
        yield unknown("analysis-item-unknown", sheet.at(key), written, [v.id for v in study.variables])


def check_group(sheet: Sheet, key: str, written: str | None, study: Study) -> Iterator[Problem]:
    """Tell that there is no variable, or no group of it, of a name such as ``youth:young``; a name left out is right."""
    if written is None:
        return
    variable, _, group = written.partition(":")
    known = groups_of(study, variable)
    if not known:
        yield from check_variable(sheet, key, variable, study)
    elif group not in known:
        yield problem("analysis-measure-unknown", sheet.at(key), item=variable, name=group, near=near(group, known))


def groups_of(study: Study, variable: str) -> Mapping[str, int]:
    """Return the codes of a variable's groups by their ids, waves being such groups; nothing where there is no such variable."""
    if variable == WAVE:
        return {id: code for code, id in enumerate(study.wave_ids(), 1)}
    found = study.variable(variable)
    return {g.id: g.code for g in found.groups} if found is not None else {}


def check_weight(sheet: Sheet, written: str | None, study: Study) -> Iterator[Problem]:
    """Tell that there is no weight of a name; a name left out is right."""
    if written is not None and study.weight(written) is None:
        known = [w.id for w in study.weights]
        facts = {"name": written, "near": near(written, known), "known": ", ".join(known) or "–"}
        yield problem("analysis-no-weight", sheet.at("weight"), **facts)


def check_wave(sheet: Sheet, key: str, written: str | None, study: Study) -> Iterator[Problem]:
    """Tell that there is no wave of a name, or that none is named."""
    known = study.wave_ids()
    if written is None:
        yield problem("analysis-wave-missing", sheet.at("kind"), key=key, known=", ".join(known) or "–")
    elif written not in known:
        yield problem(
            "analysis-wave-unknown",
            sheet.at(key),
            name=written,
            near=near(written, known),
            known=", ".join(known) or "–",
        )


def check_waves_comparable(
    sheet: Sheet, key: str, items: Iterable[str], waves: Sequence[str], study: Study
) -> Iterator[Problem]:
    """Tell which questions two waves asked in different words: there the line of a trend is broken."""
    for name in items:
        item = study.item(name)
        if item is not None and not comparable(study, item, waves):
            yield problem("analysis-wave-changed", sheet.at(key), name=name, first=waves[0], second=waves[1])
            return
