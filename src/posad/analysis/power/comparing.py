"""What each kind of analysis compares, and in how many people.

Sizes of groups come from what is given, else from the targets of weights (``sizes``), else all groups of a variable are taken as equal, which
is said. A difference between groups has the variance of two independent shares, one between answers of the same people that of a
correlation, a difference with other things equal that of a regression.

To add a kind: 1. a function here that yields its comparisons; 2. its line in ``KINDS``. A kind without one is judged by a share of everybody
and by two halves.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from posad.analysis.power.sizes import targets_of
from posad.analysis.power.values import Assumed, Compared
from posad.core.words import LocalText
from posad.study.plans.values import Study
from posad.study.questionnaire.codes import substantive
from posad.tabulation.wording import LANGUAGES

ALIKE = 0.3  # correlation of two answers of the same people
SHARED = 0.2  # part of a driver that the others explain


@dataclass(frozen=True, slots=True)
class Group:
    """A group of a variable: its part of everybody, and whether that was taken as equal."""

    code: int
    label: LocalText
    part: float
    guessed: bool


def groups_of(study: Study, name: str, assumed: Assumed) -> list[Group]:
    """Return the groups of a variable or question with their parts: as expected, else as the weights' targets say, else equal."""
    item = study.item(name)
    if item is None:
        return []
    variable = study.variable(name)
    ids = {g.code: g.id for g in variable.groups} if variable is not None else {}
    options = substantive(item)
    told = {o.code: assumed.shares.get(f"{name}:{ids.get(o.code, o.code)}") for o in options}
    known = targets_of(study, name)
    if known:
        return [Group(o.code, o.label, told[o.code] or known.get(o.code, 0.0), False) for o in options]
    given = [v for v in told.values() if v is not None]
    blank = len(options) - len(given)
    rest = max(1 - sum(given), 0.0) / blank if blank else 0.0
    return [
        Group(o.code, o.label, value if value is not None else rest, value is None)
        for o, value in ((o, told[o.code]) for o in options)
    ]


def _words(ru: str, en: str, *parts: LocalText) -> LocalText:
    """Return words with labels put into ``{0}``, ``{1}``."""
    return LocalText.from_mapping({n: (ru if n == "ru" else en).format(*(p.get(n) for p in parts)) for n in LANGUAGES})


def _against(study: Study, name: str, code: int, other: int | None, assumed: Assumed, tests: int) -> Iterator[Compared]:
    """Yield a group against another, or against everybody else."""
    groups = {g.code: g for g in groups_of(study, name, assumed)}
    first = groups.get(code)
    if first is None:
        return
    second = groups.get(other) if other is not None else None
    a = first.part * assumed.people
    b = second.part * assumed.people if second is not None else assumed.people - a
    rest = second.label if second is not None else LocalText.of(ru="все остальные", en="everybody else")
    guessed = first.guessed or (second is not None and second.guessed)
    if a >= 1 and b >= 1:
        yield Compared(_words("{0} – {1}", "{0} – {1}", first.label, rest), a, b, 1 / a + 1 / b, tests, guessed)


def _share(label: LocalText, people: float, tests: int = 1, guessed: bool = False) -> Compared:
    return Compared(label, people, None, 1 / max(people, 1.0), tests, guessed)


def _base(study: Study, plan: Any, assumed: Assumed) -> tuple[float, bool]:
    """Return how many people an analysis is about: all, or those of its ``group``."""
    written = getattr(plan, "group", None)
    if not written:
        return float(assumed.people), False
    name, _, group = written.partition(":")
    variable = study.variable(name)
    code = next((g.code for g in variable.groups if g.id == group), None) if variable is not None else None
    found = next((g for g in groups_of(study, name, assumed) if g.code == code), None)
    return (found.part * assumed.people, found.guessed) if found is not None else (float(assumed.people), False)


def anything(study: Study, plan: Any, assumed: Assumed) -> Iterator[Compared]:
    """Yield what any analysis may be judged by: a share of everybody, two halves, the groups of ``by`` where its plan names a variable."""
    n, guessed = _base(study, plan, assumed)
    yield _share(LocalText.of(ru="доля среди всех", en="a share of everybody"), n, guessed=guessed)
    yield Compared(LocalText.of(ru="две равные половины", en="two equal halves"), n / 2, n / 2, 4 / n, 1, guessed)
    by = getattr(plan, "by", None)
    for group in groups_of(study, by, assumed) if isinstance(by, str) else []:
        yield from _against(study, str(by), group.code, None, assumed, 1)


def _gaps(study: Study, plan: Any, assumed: Assumed) -> Iterator[Compared]:
    yield from _against(study, plan.variable, plan.first, plan.second, assumed, len(plan.codes))


def _influence(study: Study, plan: Any, assumed: Assumed) -> Iterator[Compared]:
    n, guessed = _base(study, plan, assumed)
    many = len(plan.companies)
    yield _share(
        LocalText.of(ru="доля по компании, которую знают все", en="a share for a company all know"), n, guessed=guessed
    )
    half = LocalText.of(ru="доля по компании, которую знает половина", en="a share for a company half know")
    yield _share(half, n / 2, guessed=guessed)
    pair = LocalText.of(ru="две компании у тех же людей", en="two companies, of the same people")
    yield Compared(pair, n, n, 2 * (1 - ALIKE) / n, many * (many - 1) // 2, guessed)


def _paired(study: Study, plan: Any, assumed: Assumed) -> Iterator[Compared]:
    n = float(assumed.people)
    pair = LocalText.of(ru="две доли тех же людей", en="two shares of the same people")
    yield Compared(pair, n, n, 2 * (1 - ALIKE) / n, len(plan.pairs), False)
    for group in groups_of(study, plan.by, assumed) if plan.by else []:
        yield from _against(study, plan.by, group.code, None, assumed, len(plan.pairs))


def _convergence(study: Study, plan: Any, assumed: Assumed) -> Iterator[Compared]:
    """Yield how much the gap of each group to the rest must change between two waves to be seen."""
    for group in groups_of(study, plan.by, assumed):
        for one in _against(study, plan.by, group.code, None, assumed, 1):
            label = _words("{0}: изменение разрыва за две волны", "{0}: change of the gap in two waves", one.label)
            yield Compared(label, one.first, one.second, 2 * one.scale, 1, one.guessed)


def _spheres(study: Study, plan: Any, assumed: Assumed) -> Iterator[Compared]:
    yield from anything(study, plan, assumed)
    if plan.groups is not None:
        name, first, second = plan.groups
        yield from _against(study, name, first, second, assumed, 1)


def _scenario(study: Study, plan: Any, assumed: Assumed) -> Iterator[Compared]:
    yield from _drivers(study, plan.regression.drivers, _base(study, plan.regression, assumed), assumed)


def _chain(study: Study, plan: Any, assumed: Assumed) -> Iterator[Compared]:
    """Yield one line for every link with an arrow out of it: two standard deviations of it, all else equal."""
    n, guessed = _base(study, plan, assumed)
    links = [link for layer in plan.layers[:-1] for link in layer]
    for link in links:
        label = _words("{0}, на два стандартных отклонения", "{0}, two standard deviations", link.label)
        yield Compared(label, n / 2, n / 2, 4 / (n * (1 - SHARED)), len(links), guessed)


def _decomposition(study: Study, plan: Any, assumed: Assumed) -> Iterator[Compared]:
    for second in [None] if plan.rest else plan.seconds:
        yield from _against(study, plan.variable, plan.first, second, assumed, 1)


def _regression(study: Study, plan: Any, assumed: Assumed) -> Iterator[Compared]:
    yield from _drivers(study, plan.drivers, _base(study, plan, assumed), assumed)


def _drivers(study: Study, drivers: Sequence[Any], base: tuple[float, bool], assumed: Assumed) -> Iterator[Compared]:
    """Yield, for each driver, a difference with all else equal: n·f(1 − f)(1 − R²) people's worth."""
    n, small = base
    for term in drivers:
        if term.kind == "groups":
            groups = groups_of(study, term.item, assumed)
            pairs = [
                (g, _words("{0}: {1} против «{2}»", "{0}: {1} against “{2}”", term.label, g.label, groups[0].label))
                for g in groups[1:]
            ]
            for group, label in pairs:
                both = group.part + groups[0].part
                if group.part > 0 and groups[0].part > 0:
                    scale = both / (n * group.part * groups[0].part * (1 - SHARED))
                    yield Compared(
                        label, n * group.part, n * groups[0].part, scale, len(drivers), group.guessed or small
                    )
            continue
        part = assumed.shares.get(term.name)
        f = 0.5 if part is None or term.kind == "number" else part
        label = term.label
        if term.kind == "number":
            label = _words("{0}, на два стандартных отклонения", "{0}, two standard deviations", term.label)
        yield Compared(
            label, n * f, n * (1 - f), 1 / (n * f * (1 - f) * (1 - SHARED)), len(drivers), part is None or small
        )


def _domains(study: Study, plan: Any, assumed: Assumed) -> Iterator[Compared]:
    groups = groups_of(study, plan.domains, assumed)
    for group in groups:
        yield _share(
            _words("{0}: прямая доля", "{0}: direct share", group.label),
            group.part * assumed.people,
            len(groups),
            group.guessed,
        )


def _migration(study: Study, plan: Any, assumed: Assumed) -> Iterator[Compared]:
    yield _share(LocalText.of(ru="доля желающих уехать", en="share that would leave"), assumed.people)
    movers = LocalText.of(ru="место назначения, если уехать хочет половина", en="a destination, if half would leave")
    yield _share(movers, assumed.people / 2, guessed=True)
    if plan.youth:
        name, _, group = plan.youth.partition(":")
        variable = study.variable(name)
        code = next((g.code for g in variable.groups if g.id == group), -1) if variable is not None else -1
        yield from _against(study, name, code, None, assumed, 1)
    if plan.origin:
        for group in groups_of(study, plan.origin, assumed):
            yield from _against(study, plan.origin, group.code, None, assumed, 1)


def _services(study: Study, plan: Any, assumed: Assumed) -> Iterator[Compared]:
    yield _share(LocalText.of(ru="доля пути у одной услуги", en="share of a way, one service"), assumed.people)
    pair = LocalText.of(ru="два пути одной услуги", en="two ways of one service")
    yield Compared(pair, assumed.people, assumed.people, 2 / assumed.people, len(plan.rows), False)
    for name in plan.divide:
        groups = sorted(groups_of(study, name, assumed), key=lambda g: g.part)
        if len(groups) > 1:
            yield from _against(study, name, groups[0].code, groups[1].code, assumed, len(plan.divide))


def _trends(study: Study, plan: Any, assumed: Assumed) -> Iterator[Compared]:
    n = float(assumed.people)
    label = LocalText.of(ru="изменение от волны к волне, другие люди", en="change between two waves of other people")
    yield Compared(label, n, n, 2 / n, len(plan.of), False)
    panel = LocalText.of(ru="изменение от волны к волне, те же люди", en="change between two waves of the same people")
    yield Compared(panel, n, n, 2 * (1 - ALIKE) / n, len(plan.of), False)


Compares = Callable[[Study, Any, Assumed], Iterator[Compared]]
KINDS: Mapping[str, Compares] = {
    "gaps": _gaps,
    "paired": _paired,
    "convergence": _convergence,
    "spheres": _spheres,
    "influence": _influence,
    "scenario": _scenario,
    "chain": _chain,
    "decomposition": _decomposition,
    "loyalty": _regression,
    "domains": _domains,
    "migration": _migration,
    "services": _services,
    "trends": _trends,
}
