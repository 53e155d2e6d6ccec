"""A number with its passport."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from posad.core.place import Place
from posad.core.problems import Problem, near, problem
from posad.core.words import LocalText
from posad.evidence.territory.targets import is_official, official_fact
from posad.evidence.texts import group_text, interval_text, joined_text, measure_text, weight_text
from posad.evidence.values import Fact, Standing
from posad.kernel.values import Estimate
from posad.study.addresses import Resolved, ResolvedTerm, parse_address, resolve
from posad.study.plans.values import Study
from posad.tabulation.context import Context
from posad.tabulation.layout.trends import pooled_text
from posad.tabulation.measures import everybody, measure
from posad.tabulation.tables import check_weight, who_answered
from posad.tabulation.wording import EVERYBODY, LANGUAGES, item_title

EVERYBODY_ADDRESS = "n"
ANALYSED = "analysis:"  # begins the address of a number that an analysis found


def make_fact(
    context: Context,
    address_text: str,
    place: Place,
    *,
    weight: str | None = None,
    standings: Mapping[str, Standing] | None = None,
) -> tuple[Fact | None, list[Problem]]:
    """Return the number at an address with its passport, or what is wrong with the address.

    Args:
        context: The study and its answers.
        address_text: An address, without the ``#`` of a link; ``n`` is the number of all respondents.
        place: Where the address is written.
        weight: A weight plan's id; the default weight where None.
        standings: What numbers of simulated respondents stand on, by canonical address; those not named are emergent. Those of the
            context where None.
    """
    standings = context.standings or {} if standings is None else standings
    if address_text.startswith(ANALYSED):
        return _analysed(context, address_text, place)
    if is_official(context.study, address_text):
        return official_fact(context.study, address_text, place)
    problems = check_weight(context, weight, place)
    if address_text == EVERYBODY_ADDRESS and not problems:
        return _everybody(context, standings), []
    resolved, more = settle(context.study, address_text, place)
    problems += more
    if resolved is None or problems:
        return None, problems
    return _fact(context, resolved, weight, standings), []


def _analysed(context: Context, address: str, place: Place) -> tuple[Fact | None, list[Problem]]:
    """Return a number that an analysis found."""
    fact = context.results.get(address)
    if isinstance(fact, Fact):
        return fact, []
    analysis, _, number = address.removeprefix(ANALYSED).partition("/")
    known = [id for id, _ in context.study.analyses]
    if analysis not in known:
        facts = {"name": analysis, "near": near(analysis, known), "known": ", ".join(known) or "–"}
        return None, [problem("analysis-unknown", place, **facts)]
    numbers = [a.partition("/")[2] for a in context.results if a.startswith(f"{ANALYSED}{analysis}/")]
    return None, [problem("analysis-number-unknown", place, name=number, analysis=analysis, near=near(number, numbers))]


def settle(study: Study, address_text: str, place: Place) -> tuple[Resolved | None, list[Problem]]:
    """Return an address read and settled against a study; needs no answers. A count of the frame is of no question."""
    if is_official(study, address_text):
        return None, official_fact(study, address_text, place)[1]
    address, problems = parse_address(address_text, place)
    return (None, problems) if address is None else resolve(address, study, place)


def _everybody(context: Context, standings: Mapping[str, Standing]) -> Fact:
    estimate = everybody(context)
    return Fact(
        EVERYBODY_ADDRESS,
        estimate,
        question=LocalText(),
        measure=LocalText.of(ru="число опрошенных", en="number of respondents"),
        group=LocalText(),
        base_text=EVERYBODY,
        weight_text=weight_text(context.study, None, context.items),
        interval_text=LocalText(),
        standing=_standing(context, EVERYBODY_ADDRESS, standings),
    )


def _fact(context: Context, resolved: Resolved, weight: str | None, standings: Mapping[str, Standing]) -> Fact:
    estimate = measure(context, resolved, weight=weight)
    plan = context.plan(weight)
    parts = _parts(context, resolved, weight, standings)
    points = bool(parts) and resolved.join == "-" and all(p.estimate.statistic == "share" for p in parts)
    interval = interval_text(context.study, plan, estimate, context.items, points)
    address = estimate.origin.address if estimate.origin is not None else resolved.address.text
    first = resolved.first
    return Fact(
        address=address,
        estimate=_as_census(estimate) if context.study.sample_type == "census" else estimate,
        question=_question(context, resolved),
        measure=_measure(resolved, parts),
        group=_group(resolved),
        base_text=_base(context, first, weight)
        if not parts or parts[0].base_text == parts[1].base_text
        else _bases(parts),
        weight_text=weight_text(context.study, plan, context.items),
        interval_text=interval,
        standing=_standing(context, address, standings, parts),
        parts=parts,
    )


def _parts(
    context: Context, resolved: Resolved, weight: str | None, standings: Mapping[str, Standing]
) -> tuple[Fact, ...]:
    if resolved.second is None:
        return ()
    sides = (resolved.first, resolved.second)
    return tuple(_fact(context, Resolved(resolved.address, side), weight, standings) for side in sides)


def _question(context: Context, resolved: Resolved) -> LocalText:
    first = item_title(context.study, resolved.first.item)
    if resolved.second is None or resolved.second.item.id == resolved.first.item.id:
        return first
    second = item_title(context.study, resolved.second.item)
    return LocalText.from_mapping({lang: f"{first.get(lang)} / {second.get(lang)}" for lang in LANGUAGES})


def _measure(resolved: Resolved, parts: tuple[Fact, ...]) -> LocalText:
    if not parts:
        return measure_text(resolved.first.item, resolved.first.measure)
    return joined_text(parts[0].measure, parts[1].measure, resolved)


def _group(resolved: Resolved) -> LocalText:
    first = group_text(resolved.first)
    if resolved.second is None:
        return first
    second = group_text(resolved.second)
    if first == second:
        return first
    alls = {"ru": "все опрошенные", "en": "all respondents"}
    sides = {lang: (first.get(lang) or alls[lang], second.get(lang) or alls[lang]) for lang in LANGUAGES}
    return LocalText.from_mapping({lang: " / ".join(pair) for lang, pair in sides.items()})


def _base(context: Context, term: ResolvedTerm, weight: str | None) -> LocalText:
    found = who_answered(context, term.item, weight=weight)
    if term.wave is not None or len(context.waves_there) < 2:
        return found
    waves = {lang: pooled_text(context, term.item).get(lang).rstrip(".") for lang in LANGUAGES}
    return LocalText.from_mapping({w: f"{found.get(w)}; {waves[w][:1].lower()}{waves[w][1:]}" for w in LANGUAGES})


def _bases(parts: tuple[Fact, ...]) -> LocalText:
    return LocalText.from_mapping({lang: " / ".join(p.base_text.get(lang) for p in parts) for lang in LANGUAGES})


def _as_census(estimate: Estimate) -> Estimate:
    """Return a number without an error: everybody was asked, nothing was sampled."""
    return replace(estimate, se=None, low=None, high=None)


def _standing(
    context: Context, address: str, standings: Mapping[str, Standing], parts: tuple[Fact, ...] = ()
) -> Standing:
    """Return what a number stands on; a ratio or difference that was not printed itself, on the weaker of its parts."""
    if not context.simulated:
        return "real"
    if address in standings or not parts:
        return standings.get(address, "emergent")
    return max((p.standing for p in parts), key=("published", "assumed", "emergent").index)
