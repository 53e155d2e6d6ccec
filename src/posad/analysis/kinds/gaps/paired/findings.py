"""What gaps told by the same people say in sentences."""

from __future__ import annotations

import numpy as np

from posad.analysis.kinds.gaps.paired.counting import Paired, between_groups
from posad.analysis.kinds.gaps.paired.numbers import Numbers, kind_of_gap, said, size
from posad.analysis.kinds.gaps.paired.planning import PairedPlan
from posad.analysis.linear.estimates import estimates_of
from posad.analysis.saying.speaking import LEVEL, POWER, Desk, texts
from posad.core.words import LocalText
from posad.kernel.values import Estimate

TOP = 3  # gaps told one by one


def say_all(desk: Desk, found: Paired, numbers: Numbers) -> None:
    """Say the gaps of everybody, those of groups, those of waves, and who was left out."""
    plan: PairedPlan = desk.declared.plan
    whole = [i for i, c in enumerate(found.columns) if c.group is None]
    if whole and plan.form != "mention":
        _overall(desk, found, whole[-1])
        _certain(desk, found, numbers, whole[-1])
        _unclear(desk, found, numbers, whole[-1])
        _overlap(desk, found, whole[-1])
    for wave in dict.fromkeys(c.wave for c in found.columns):
        groups = [i for i, c in enumerate(found.columns) if c.group is not None and c.wave == wave]
        _groups(desk, found, numbers, groups)
    for c in numbers.before:
        _moved(desk, found, numbers, c)
    _left_out(desk, found)


def _overall(desk: Desk, found: Paired, c: int) -> None:
    """Say the mean of all gaps."""
    plan: PairedPlan = desk.declared.plan
    if len(found.pairs) < 2 or plan.rows:
        return
    count = len(found.pairs)
    mean = found.contrast([(found.at(c, k), 1 / count) for k in range(count)])
    held = min(found.held[found.at(c, 0) : found.at(c, count)], key=lambda b: (b.unweighted, b.effective))
    estimate = estimates_of(found.cut.design, found.cut.cells, mean, [held], kind_of_gap(plan))[0]
    words = LocalText.of(ru="средний разрыв", en="mean gap")
    at = desk.number("mean", estimate, words, group=found.columns[c].label)
    first, second = plan.sides
    desk.say(
        "mean",
        "В среднем разрыв «{first} – {second}» – {at}.",
        "On average the gap “{first} – {second}” is {at}.",
        at=at,
        first=first,
        second=second,
    )


def _certain(desk: Desk, found: Paired, numbers: Numbers, c: int) -> None:
    """Say the largest gaps of either direction that can be told from nought."""
    plan: PairedPlan = desk.declared.plan
    value = {k: float(found.gaps.values[found.at(c, k)]) for k in range(len(found.pairs))}
    for sign, id in ((1, "wide"), (-1, "reverse")):
        held = sorted(
            (k for k, v in value.items() if numbers.p[c][k] < LEVEL and v * sign > 0), key=lambda k: -abs(value[k])
        )
        for rank, k in enumerate(held[:TOP], 1):
            ru = "«{label}»: {a} – {first}, {b} – {second}; разрыв {gap}."
            en = "“{label}”: {a} for “{first}”, {b} for “{second}”; the gap is {gap}."
            if plan.rows:
                ru, en = (
                    "«{label}» – {a}, «{second}» – {b}; разрыв {gap}.",
                    "“{label}” {a}, “{second}” {b}; the gap is {gap}.",
                )
            words: dict[str, str | LocalText] = {
                "label": found.pairs[k].label,
                "first": plan.sides[0],
                "second": plan.sides[1],
            }
            words |= {"a": numbers.first[c, k], "b": numbers.second[c, k], "gap": numbers.gap[c, k]}
            if (c, k) in numbers.net:
                ru = ru[:-1] + "; первое ставят выше {more}, второе – {fewer}."
                en = en[:-1] + "; {more} rate the first higher, {fewer} the second."
                words |= {"more": numbers.net[c, k][0], "fewer": numbers.net[c, k][1]}
            desk.say(f"{id}.{rank}", ru, en, numbers=words)


def _unclear(desk: Desk, found: Paired, numbers: Numbers, c: int) -> None:
    unclear = [k for k in range(len(found.pairs)) if not numbers.p[c][k] < LEVEL and (c, k) in numbers.least]
    if not unclear or c in numbers.before:
        return
    worst = max(unclear, key=lambda k: float(found.errors[found.at(c, k)]))
    desk.say(
        "unclear",
        "Разрыв не показан: {labels}. Меньший, чем {size_least}, при таких базах мог остаться незамеченным.",
        "No gap is shown: {labels}. With such bases one under {size_least} may have gone unseen.",
        "detail",
        {"labels": texts([found.pairs[k].label for k in unclear]), "size_least": numbers.least[c, worst]},
    )


def _overlap(desk: Desk, found: Paired, c: int) -> None:
    """Say how wrong the error would be if both sides were taken for answers of other people."""
    at = np.arange(found.at(c, 0), found.at(c, len(found.pairs)))
    right, apart = found.errors[at], found.apart[at]
    sound = right > 0
    if not sound.any():
        return
    ratio = float(np.median(apart[sound] / right[sound]))
    held = found.held[found.at(c, 0)]
    words = LocalText.of(
        ru="во сколько раз другой была бы ошибка, если бы стороны назвали разные люди (медиана по разрывам)",
        en="by what factor the error would differ had other people told each side (median over gaps)",
    )
    times = desk.number("overlap", Estimate(ratio, None, None, None, held, "ratio", found.cut.design.df), words)
    desk.say(
        "overlap",
        "Обе стороны назвали одни и те же люди; принять их за две выборки значило бы умножить ошибку на {times}.",
        "The same people told both sides; to take them for two samples would multiply the error by {times}.",
        "detail",
        times=times,
    )


def _groups(desk: Desk, found: Paired, numbers: Numbers, groups: list[int]) -> None:
    """Say in which gaps groups differ, and where no difference is shown how large it may have been."""
    plan: PairedPlan = desk.declared.plan
    tests = between_groups(found, plan, groups)
    if not tests:
        return
    wave = found.columns[groups[0]].wave
    tail = f".{wave}" if wave is not None else ""
    for rank, one in enumerate(sorted((t for t in tests if t.p < LEVEL), key=lambda t: t.p)[:TOP], 1):
        desk.say(
            f"groups.{rank}{tail}",
            "«{label}»: разрыв выше всего в группе «{high}» – {a}, ниже всего в группе «{low}» – {b}; группы различаются.",
            "“{label}”: the gap is highest among “{high}”, {a}, and lowest among “{low}”, {b}; the groups differ.",
            numbers={
                "label": found.pairs[one.pair].label,
                "high": found.columns[one.high].label, "a": numbers.gap[one.high, one.pair],
                "low": found.columns[one.low].label, "b": numbers.gap[one.low, one.pair],
            },
        )  # fmt: skip
    alike = [t for t in tests if not t.p < LEVEL and t.error > 0]
    if alike:
        worst = max(alike, key=lambda t: t.error)
        like = desk.facts[numbers.gap[groups[0], worst.pair]].estimate
        words = LocalText.of(ru="наименьшая различимая разница групп", en="smallest detectable difference of groups")
        least = size(desk, f"groups.least{tail}", POWER * worst.error, like, said(words, found.pairs[worst.pair].label))
        desk.say(
            f"groups.alike{tail}",
            "Между группами разницы не показано: {labels}. Меньшая, чем {size_least}, могла остаться незамеченной.",
            "No difference between groups is shown: {labels}. One under {size_least} may have gone unseen.",
            "detail",
            {"labels": texts([found.pairs[t.pair].label for t in alike]), "size_least": least},
        )


def _moved(desk: Desk, found: Paired, numbers: Numbers, c: int) -> None:
    """Say which gaps changed since the earlier wave, and by how much the others might have without being seen."""
    column, before = found.columns[c], found.columns[numbers.before[c]]
    moved = [k for k, p in enumerate(numbers.p_change[c]) if p < LEVEL]
    for rank, k in enumerate(sorted(moved, key=lambda k: float(numbers.p_change[c][k]))[:TOP], 1):
        given: dict[str, str | LocalText] = {"label": found.pairs[k].label, "then": before.label, "now": column.label}
        given |= {"a": numbers.gap[numbers.before[c], k], "b": numbers.gap[c, k], "change": numbers.change[c, k]}
        ru = "«{label}»: {a} ({then}), {b} ({now}); изменение {change}"
        en = "“{label}”: {a} ({then}), {b} ({now}); a change of {change}"
        if (c, k) in numbers.closed:
            ru, en = f"{ru}, закрыто {{closed}} прежнего разрыва.", f"{en}; {{closed}} of the former gap has closed."
            given["closed"] = numbers.closed[c, k]
        else:
            ru, en = f"{ru}; прежний разрыв от нуля не отличить.", f"{en}; the former gap cannot be told from nought."
        desk.say(f"changed.{column.id}.{rank}", ru, en, numbers=given)
    still = [k for k in range(len(found.pairs)) if k not in moved and (c, k) in numbers.least]
    if still:
        worst = max(still, key=lambda k: desk.facts[numbers.least[c, k]].estimate.value or 0.0)
        desk.say(
            f"unchanged.{column.id}",
            "Изменений не показано ({then} – {now}): {labels}. Меньшее, чем {size_least}, могло остаться незамеченным.",
            "No change is shown ({then} – {now}): {labels}. One under {size_least} may have gone unseen.",
            "detail",
            {
                "labels": texts([found.pairs[k].label for k in still]),
                "size_least": numbers.least[c, worst],
                "then": before.label,
                "now": column.label,
            },
        )


def _left_out(desk: Desk, found: Paired) -> None:
    if not found.left_out:
        return
    names = texts([c.label if c.label else LocalText.of(ru="все", en="everybody") for c, _ in found.left_out])
    ru = "Не посчитано, ответили меньше 50 человек (или столько весит меньше): {names}."
    en = "Not counted, fewer than 50 people answered (or weigh as few): {names}."
    desk.say("left_out", ru, en, "warning", names=names)
