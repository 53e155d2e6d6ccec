"""What a scenario of moving says: what would be, if; by each account of what becomes of plans; and whose numbers it stands on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from posad.analysis.kinds.towns.migration.future import Future
from posad.analysis.kinds.towns.migration.projecting import Run
from posad.analysis.saying.speaking import Desk
from posad.analysis.values import Column, Grid, Line
from posad.core.words import LocalText
from posad.evidence.values import Official
from posad.kernel.design import Floats
from posad.kernel.values import Bases, Estimate, Statistic
from posad.tabulation.wording import LANGUAGES

ASSUMES = LocalText.of(
    ru="Сценарий, не прогноз: интервал знает только ошибку опроса и верен при названных в анализе источниках",
    en="A scenario, no forecast: the interval knows the survey's error only and holds with the sources that the analysis names",
)
FAR = 2.0  # times the official outflow


def say_future(desk: Desk, future: Future, runs: Sequence[Run], kinds: Sequence[LocalText], held: Bases) -> Grid:
    """Say what would be with another wish to leave, keep every number, and return the table; ``held`` is the base of the wish."""
    given = _inputs(desk, future, held)
    lines = []
    for r, (run, one) in enumerate(zip(runs, future.realised, strict=True), 1):
        cells = [
            _kept(desk, f"plans{r}.left", run.left, held, "уехали бы за все годы", "would leave over the years"),
            _kept(desk, f"plans{r}.kept", run.kept.sum(axis=1), held, "разница в конце", "difference at the end"),
        ]
        for k, label in enumerate(kinds):
            words = LocalText.from_mapping({n: f"{_end(n)}: {label.get(n)}" for n in LANGUAGES})
            cells.append(_kept(desk, f"plans{r}.kept{k + 1}", run.kept[:, k], held, words.get("ru"), words.get("en")))
        lines.append(Line(f"plans{r}", one.source, tuple(cells)))
    _say_kept(desk, future, runs, given)
    _say_sources(desk, future, runs, held, given)
    columns = (
        Column("left", LocalText.of(ru="Уехали бы", en="Would leave")),
        Column("kept", LocalText.of(ru="Разница, всего", en="Difference, all")),
        *(Column(f"kept{k}", label) for k, label in enumerate(kinds)),
    )
    note = LocalText.of(
        ru=f"Человек, {future.first}–{future.last}. Разница – на сколько больше жителей было бы в последний год при другом желании уехать.",
        en=f"People, {future.first}–{future.last}. The difference is how many more would live there in the last year with the other wish.",
    )
    title = LocalText.of(
        ru="Сценарий: по каждому исследованию исполнения планов", en="Scenario: by each study of what becomes of plans"
    )
    return Grid("scenario", title, columns, tuple(lines), (note,))


def _end(language: str) -> str:
    return "разница в конце" if language == "ru" else "difference at the end"


def _kept(desk: Desk, id: str, draws: Floats, held: Bases, ru: str, en: str) -> str:
    """Keep a number of people: the first draw is the estimate, the others its error."""
    low, high = np.quantile(draws, (0.025, 0.975)).tolist()
    value = float(draws[0])
    estimate = Estimate(
        round(value, -3), None, round(min(low, value), -3), round(max(high, value), -3), held, "count", 0
    )
    return desk.number(id, estimate, LocalText.of(ru=ru, en=en), assumes=ASSUMES)


def _inputs(desk: Desk, future: Future, held: Bases) -> dict[str, str | LocalText]:
    """Keep the inputs and return what sentences need of them."""

    def kept(id: str, value: float, statistic: Statistic, ru: str, en: str, source: LocalText | None = None) -> str:
        at = desk.number(id, Estimate(value, None, None, None, held, statistic, 0), LocalText.of(ru=ru, en=en))
        if source is not None:  # a number of others stands on its source, not on the answers
            desk.facts[at] = replace(desk.facts[at], official=Official("", "", "", source), standing="real")
        return at

    of_people, of_outflow, _ = future.sources
    for r, one in enumerate(future.realised, 1):
        kept(
            f"plans{r}.planners",
            one.planners,
            "share",
            "из желавших уехать уехали",
            "of those who wished to leave left",
            one.source,
        )
        kept(f"plans{r}.others", one.others, "share", "из остальных уехали", "of the others left", one.source)
    shift = kept(
        "shift", future.shift, "points", "изменение доли желающих уехать", "change of the share that would leave"
    )
    outflow = kept(
        "outflow", 1000 * future.outflow, "count", "официальный отток за год, из тысячи", "official outflow in a year, of a thousand", of_outflow
    )  # fmt: skip
    people = float(sum(future.population.values()))
    residents = kept("people", people, "count", "жителей", "residents", of_people)
    years = kept("years", float(future.last - future.first), "count", "лет в сценарии", "years of the scenario")
    return {"shift": shift, "outflow": outflow, "people": residents, "years": years}


def _say_kept(desk: Desk, future: Future, runs: Sequence[Run], given: dict[str, str | LocalText]) -> None:
    id = desk.declared.id
    each = {f"n{r}": f"analysis:{id}/plans{r}.kept" for r in range(1, len(runs) + 1)}
    wide = [np.quantile(r.kept.sum(axis=1), (0.025, 0.975)) for r in runs]
    sure = all(low * high > 0 for low, high in wide)
    each_ru, each_en = (word.join(f"{{n{r}}}" for r in range(1, len(runs) + 1)) for word in (" или ", " or "))
    ru = "Сценарий, не прогноз: за годы сценария (их {years}) из этих городов уехали бы {left} человек; "
    en = "A scenario, no forecast: over its {years} years {left} people would leave these towns; "
    ru += "будь желание уехать иным на {shift}, осталось бы больше"
    en += "if the wish to leave were different by {shift}, more would stay"
    more = (
        (" – по каждому исследованию исполнения планов", ", by each study of what becomes of plans")
        if len(runs) > 1
        else ("", "")
    )
    ru, en = f"{ru} на {each_ru}{more[0]}.", f"{en}: {each_en}{more[1]}."
    each |= {"left": f"analysis:{id}/plans1.left"}
    desk.say(
        "scenario", ru, en, "main" if sure else "detail", {**each, "shift": given["shift"], "years": given["years"]}
    )


def _say_sources(
    desk: Desk, future: Future, runs: Sequence[Run], held: Bases, given: dict[str, str | LocalText]
) -> None:
    sources = [*future.sources, *(r.source for r in future.realised)]
    named = LocalText.from_mapping({n: "; ".join(s.get(n).rstrip(".") for s in sources) for n in LANGUAGES})
    ru = "Сценарий стоит на чужих числах: {sources}. Отток – {outflow} из тысячи в год; жителей {people}."
    en = "The scenario stands on numbers of others: {sources}. Outflow: {outflow} of a thousand a year; residents {people}."
    numbers = {"sources": named, "outflow": given["outflow"], "people": given["people"]}
    desk.say("sources", ru, en, "detail", numbers)
    totals = [r.kept.sum(axis=1) for r in runs]
    if len(runs) > 1:
        between = float(np.var([t[0] for t in totals]))
        inside = float(np.mean([t.var() for t in totals]))
        part = between / (between + inside) if between + inside > 0 else 0.0
        words = LocalText.of(
            ru="часть неопределённости от исполнения планов", en="part of the uncertainty due to what becomes of plans"
        )
        at = desk.number("uncertainty", Estimate(part, None, None, None, held, "share", 0), words)
        ru = "Из всей неопределённости разницы {part} приходится на то, какая доля планов исполняется, остальное – ошибка опроса."
        en = "Of all uncertainty of the difference {part} is due to what part of plans is carried out, the rest to the survey's error."
        desk.say("uncertainty", ru, en, "detail", part=at)
    far = [r for r, run in enumerate(runs, 1) if not 1 / FAR <= run.unscaled / future.outflow <= FAR]
    if far:
        inner: dict[str, str | LocalText] = {"outflow": given["outflow"]}
        for r in far:
            words = LocalText.of(
                ru="отток за год по одним ответам и планам, из тысячи",
                en="outflow in a year by answers and plans alone, of a thousand",
            )
            inner[f"u{r}"] = desk.number(
                f"plans{r}.unscaled", Estimate(1000 * runs[r - 1].unscaled, None, None, None, held, "count", 0), words
            )
        each = ", ".join(f"{{u{r}}}" for r in far)
        ru = f"Одни ответы и исполнение планов дали бы отток {each} из тысячи в год, официально – {{outflow}}: сценарий приведён к официальному."
        en = f"Answers and plans alone would give an outflow of {each} of a thousand a year, the official one is {{outflow}}: it is scaled to that."
        desk.say("scaled", ru, en, "warning", inner)
