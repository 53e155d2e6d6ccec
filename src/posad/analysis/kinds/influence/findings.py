"""What an influence map says in sentences."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from posad.analysis.kinds.influence.counting import Pair, Places, correlation, tied, use
from posad.analysis.kinds.influence.grouping import ENOUGH, Clusters, Evidence, best, replicated_places
from posad.analysis.kinds.influence.numbers import Numbers
from posad.analysis.linear.estimates import estimates_of
from posad.analysis.saying.speaking import Desk, texts
from posad.core.words import LocalText
from posad.kernel.values import Bases, Estimate, Statistic
from posad.tabulation.wording import LANGUAGES

ALIKE = 0.02  # shares of those who know a company that differ by less are taken as equal


def say_all(
    desk: Desk,
    found: Places,
    numbers: Numbers,
    tested: Sequence[Pair],
    made: Sequence[Clusters],
    spoken: Sequence[Evidence],
    names: bool,
) -> None:
    """Say everything a map has to say, the most important first."""
    for axis, end in ((0, "x"), (1, "y")):
        _leader(desk, found, numbers, axis, end)
    _alike(desk, found, tested)
    _axes(desk, found, numbers)
    if names:
        _clusters(desk, found, made)
        for one in spoken:
            _group(desk, found, one)
    else:
        _refused(desk, found)
    _awareness(desk, found, numbers)
    _use(desk, found)
    _own(desk, found, numbers)
    _left_out(desk, found, numbers)


def _plain(desk: Desk, id: str, value: float, statistic: Statistic, held: Bases, ru: str, en: str) -> str:
    """Keep a number without an interval and return its address."""
    estimate = Estimate(float(value), None, None, None, held, statistic, 0)
    return desk.number(id, estimate, LocalText.of(ru=ru, en=en))


def _base(found: Places) -> Bases:
    held = [found.base(i) for i in range(found.count)]
    return max(held, key=lambda b: b.unweighted)


def _leader(desk: Desk, found: Places, numbers: Numbers, axis: int, end: str) -> None:
    lead, level = tied(found, axis)
    label = desk.declared.plan.x.label if axis == 0 else desk.declared.plan.y.label
    share = (numbers.x if axis == 0 else numbers.y)[lead]
    name = found.companies[lead].label
    others = texts([found.companies[i].label for i in level])
    if level:
        ru = "«{axis}»: самая высокая доля у компании {name} – {share}, но от неё не отличить: {others}."
        en = "“{axis}”: the highest share is that of {name}, {share}, but it cannot be told from {others}."
    else:
        ru = "«{axis}»: впереди {name} – {share}; разница с каждой из остальных значима."
        en = "“{axis}”: {name} is ahead with {share}; it differs significantly from every other."
    desk.say(f"leader_{end}", ru, en, axis=label, name=name, share=share, others=others)


def _alike(desk: Desk, found: Places, tested: Sequence[Pair]) -> None:
    alike = [p for p in tested if not p.apart]
    held = _base(found)
    ru, en = (
        "число пар компаний, неразличимых по двум долям",
        "number of pairs that cannot be told apart in both shares",
    )
    few = _plain(desk, "alike", len(alike), "count", held, ru, en)
    every = _plain(desk, "pairs", len(tested), "count", held, "число пар компаний", "number of pairs of companies")
    if not alike:
        desk.say("alike", "Все пары компаний различимы: {every}.", "All pairs can be told apart: {every}.", every=every)
        return
    worst = sorted(alike, key=lambda p: -p.p)
    both = [_pair(found, p) for p in worst]
    ru = "Неразличимых пар {few} из {every}: {both}."
    en = "Of {every} pairs {few} cannot be told apart: {both}."
    desk.say("alike", ru, en, few=few, every=every, both=texts(both, 10))


def _pair(found: Places, p: Pair) -> LocalText:
    a, b = found.companies[p.first].label, found.companies[p.second].label
    return LocalText.from_mapping({lang: f"{a.get(lang)} – {b.get(lang)}" for lang in LANGUAGES})


def _axes(desk: Desk, found: Places, numbers: Numbers) -> None:
    """Say how far both axes say the same, and who departs from it."""
    value = correlation(found.xy[:, 0], found.xy[:, 1])
    if not np.isfinite(value) or not numbers.excess:
        return
    at = _over_repeats(desk, found, numbers, "axes", value)
    notable = [i for i in numbers.excess if _certain(desk, numbers.excess[i])]
    above = sorted((i for i in notable if numbers.values[i] > 0), key=lambda i: -numbers.values[i])
    below = sorted((i for i in notable if numbers.values[i] < 0), key=lambda i: numbers.values[i])
    ru = "Связь двух долей между компаниями – {r}: чем она ближе к единице, тем меньше вторая ось добавляет к первой."
    en = "Over the companies both shares correlate at {r}: the nearer to one, the less the second axis adds to the first."
    desk.say("axes", ru, en, r=at)
    _departing(desk, found, numbers, "above", above)
    _departing(desk, found, numbers, "below", below)


def _departing(desk: Desk, found: Places, numbers: Numbers, side: str, rows: Sequence[int]) -> None:
    """Say whose second share departs from what is usual at such a first one."""
    if not rows:
        return
    shown = rows[:6]
    given: dict[str, str | LocalText] = {f"n{k}": numbers.excess[i] for k, i in enumerate(shown)}
    given |= {f"l{k}": found.companies[i].label for k, i in enumerate(shown)}
    inner = ", ".join(f"{{l{k}}} {{n{k}}}" for k in range(len(shown)))
    ru, en = ("выше", "above") if side == "above" else ("ниже", "below")
    desk.say(
        f"excess_{side}",
        f"Вторая доля {ru}, чем обычно при такой первой: {inner}.",
        f"The second share is {en} what is usual at such a first one: {inner}.",
        numbers=given,
    )


def _certain(desk: Desk, address: str) -> bool:
    e = desk.facts[address].estimate
    return e.low is not None and e.high is not None and (e.low > 0 or e.high < 0)


def _over_repeats(desk: Desk, found: Places, numbers: Numbers, id: str, value: float) -> str:
    """Keep the correlation of the axes with the interval of the replicates (2.5th to 97.5th percentile)."""
    low = high = None
    if numbers.repeats is not None:
        repeats = replicated_places(found, numbers.repeats)
        each = np.array([correlation(r[:, 0], r[:, 1]) for r in repeats])
        each = each[np.isfinite(each)]
        if len(each) > 1:
            low, high = (float(q) for q in np.quantile(each, [0.025, 0.975]))
    estimate = Estimate(value, None, low, high, _base(found), "correlation", found.cut.design.df)
    words = LocalText.of(ru="корреляция двух долей по компаниям", en="correlation of both shares over the companies")
    return desk.number(id, estimate, words)


def _clusters(desk: Desk, found: Places, made: Sequence[Clusters]) -> None:
    for c in made:
        head, held = f"k{c.k}", _base(found)
        for part, value, ru, en in (
            ("people", c.by_people, "сходство состава на новых выборках людей", "likeness of members in new samples of people"),
            ("companies", c.by_companies, "сходство состава на новых наборах компаний", "likeness of members in new sets of companies"),
            ("silhouette", c.silhouette, "силуэт разбиения", "silhouette of the partition"),
        ):  # fmt: skip
            _plain(desk, f"{head}.{part}", value, "index", held, ru, en)
    chosen = best(made)
    if chosen is None:
        if made:
            ru = (
                "Ни одно деление компаний на группы не держится и на новых выборках людей, и на новых наборах компаний."
            )
            en = "No partition of the companies holds both in new samples of people and in new sets of companies."
            desk.say("clusters", ru, en, "warning")
        return
    parts = [
        texts([found.companies[i].label for i in range(found.count) if chosen.labels[i] == name])
        for name in sorted(set(chosen.labels), key=lambda n: -float(np.mean(found.xy[np.array(chosen.labels) == n, 0])))
    ]
    inner = LocalText.from_mapping({lang: "; ".join(f"({p.get(lang)})" for p in parts) for lang in LANGUAGES})
    many = _plain(desk, "clusters", chosen.k, "count", _base(found), "число групп", "number of groups")
    head = f"analysis:{desk.declared.id}/k{chosen.k}"
    ru = (
        "Компании делятся на группы ({many}), которые держатся: {inner}. "
        "Сходство состава на новых выборках людей {people}, на новых наборах компаний {firms}."
    )
    en = "The companies fall into {many} groups that hold: {inner}. Likeness in new samples of people {people}, in new sets of companies {firms}."
    desk.say("clusters", ru, en, many=many, inner=inner, people=f"{head}.people", firms=f"{head}.companies")


def _group(desk: Desk, found: Places, one: Evidence) -> None:
    weakest = one.members[one.weakest]
    words_ru = "доля повторных выборок, в которых слабейший член группы ближе к ней, чем к другим"
    words_en = "share of replicates in which the weakest member is nearest to its own group"
    own = _plain(desk, f"{one.group.id}.own", one.own[one.weakest], "share", found.base(weakest), words_ru, words_en)
    pair = _pair(found, one.nearest) if one.nearest is not None else LocalText()
    facts: dict[str, str | LocalText] = {"group": one.group.label, "own": own, "pair": pair}
    facts["weakest"] = found.companies[weakest].label
    if one.holds:
        ru = (
            "Группа «{group}» держится: даже {weakest} ближе к ней в {own} повторных выборок, "
            "и через её границу нет неразличимых пар."
        )
        en = (
            "The group “{group}” holds: even {weakest} is nearest to it in {own} of replicates, "
            "and no pair across its border is alike."
        )
    elif one.nearest is not None and not one.nearest.apart:
        ru = (
            "Имя «{group}» не подтверждается: через границу группы есть неразличимая пара ({pair}); "
            "слабейший член – {weakest}, {own} повторных выборок."
        )
        en = (
            "The name “{group}” is not borne out: a pair across its border cannot be told apart ({pair}); "
            "the weakest member is {weakest}, {own} of replicates."
        )
    else:
        ru = "Имя «{group}» не подтверждается: {weakest} ближе к ней, чем к другим, только в {own} повторных выборок."
        en = "The name “{group}” is not borne out: {weakest} is nearest to it in only {own} of replicates."
    desk.say(f"group_{one.group.id}", ru, en, "main" if one.holds else "warning", numbers=facts)


def _refused(desk: Desk, found: Places) -> None:
    held = sorted((found.base(i) for i in range(found.count)), key=lambda b: b.effective)
    middle = held[len(held) // 2]
    words = "эффективное число оценивших, обычное для компании", "effective number of raters usual for a company"
    n = _plain(desk, "usual_base", round(middle.effective), "base", middle, *words)
    least = _plain(desk, "least_base", ENOUGH, "base", middle, "наименьшее число для имён", "smallest number for names")
    ru = "Групп здесь не названо: обычную компанию оценили {n} человек (эффективно), а имена выдерживают от {least}."
    en = "No groups are named here: a usual company was rated by {n} people (effectively), names need {least}."
    desk.say("refused", ru, en, "warning", n=n, least=least)


def _awareness(desk: Desk, found: Places, numbers: Numbers) -> None:
    """Say how far the map follows mere awareness."""
    if len(numbers.known) < 4:
        return
    rows = sorted(numbers.known)
    aware = np.array([desk.facts[numbers.known[i]].estimate.value or 0.0 for i in rows])
    r = correlation(aware, found.xy[rows, 0])
    if not np.isfinite(r) or float(np.ptp(aware)) < ALIKE:  # companies known alike: nothing to control for
        return
    words = "корреляция известности с первой долей", "correlation of awareness with the first share"
    at = _plain(desk, "awareness", r, "correlation", _base(found), *words)
    ru = (
        "Известность компаний и первая доля связаны на {r}: "
        "связь, близкая к единице, значила бы, что карта показывает известность, а не мнение."
    )
    en = (
        "Awareness of the companies and the first share correlate at {r}: "
        "a correlation near one would mean that the map shows awareness, not opinion."
    )
    desk.say("awareness", ru, en, "detail", r=at)


def _use(desk: Desk, found: Places) -> None:
    """Say how far users of a company rate it higher than others who know it: how much of the map is use."""
    made = use(desk.context, desk.declared.plan, found.cut, found.people)
    if made is None:
        return
    linear, _, least = made
    estimates = estimates_of(found.cut.design, found.cut.cells, linear.pick([0, 1]), [least], "points")
    words = LocalText.of(
        ru="насколько чаще ставят высокую оценку те, кто пользуется компанией, чем прочие оценившие: среднее по компаниям",
        en="how much oftener those who use a company rate it high than others who rated it: mean over companies",
    )
    a, b = (desk.number(f"use.{end}", e, words, about=axis.label) for end, e, axis in zip(
        ("x", "y"), estimates, (desk.declared.plan.x, desk.declared.plan.y), strict=True
    ))  # fmt: skip
    ru = "Те, кто пользуется компанией, ставят ей высокую оценку чаще прочих оценивших: на {a} по первой оси и на {b} по второй в среднем."
    en = "Those who use a company rate it high more often than others who rated it: by {a} on the first axis, by {b} on the second on average."
    if not all(e.low is not None and e.low > 0 for e in estimates):
        ru = "Что пользование компанией сказывается на обеих оценках, не показано: разница {a} по первой оси и {b} по второй в среднем."
        en = "That use of a company tells on both ratings is not shown: a difference of {a} on the first axis, {b} on the second on average."
    desk.say("use", ru, en, "detail", a=a, b=b)


def _own(desk: Desk, found: Places, numbers: Numbers) -> None:
    """Say how far the map stays the same without everybody's own habit of marking."""
    rows = sorted(numbers.x_own)
    if len(rows) < 4:
        return
    made = []
    for end, stored, column in (("x", numbers.x_own, 0), ("y", numbers.y_own, 1)):
        own = np.array([desk.facts[stored[i]].estimate.value or 0.0 for i in rows])
        r = correlation(found.xy[rows, column], own)
        if not np.isfinite(r):
            return
        words = (
            "связь доли и оценки относительно своей средней",
            "correlation of the share with the rating against one's own mean",
        )
        made.append(_plain(desk, f"own.{end}", r, "correlation", _base(found), *words))
    ru = "Насколько карта та же без привычки ставить высоко: связь {a} по первой оси и {b} по второй."
    en = "How far the map stays the same without the habit of high marks: a correlation of {a} on the first axis, {b} on the second."
    desk.say("own", ru, en, "detail", a=made[0], b=made[1])


def _left_out(desk: Desk, found: Places, numbers: Numbers) -> None:
    if found.left_out:
        names = texts([c.label for c in found.left_out])
        ru, en = (
            "Нет на карте, оценили меньше 50 человек: {names}.",
            "Not on the map, rated by fewer than 50 people: {names}.",
        )
        desk.say("left_out", ru, en, "warning", names=names)
    grey = [found.companies[i].label for i in range(found.count) if numbers.grey[i]]
    if grey:
        ru, en = (
            "Серые точки, оценили меньше 100 человек: {names}.",
            "Grey points, rated by fewer than 100 people: {names}.",
        )
        desk.say("grey", ru, en, "warning", names=texts(grey))
