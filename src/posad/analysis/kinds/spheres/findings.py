"""What spheres and the digital thesis say in sentences."""

from __future__ import annotations

from posad.analysis.kinds.spheres.counting import Difference, contrast_of, second_wave, sides_of
from posad.analysis.kinds.spheres.planning import SpheresPlan
from posad.analysis.saying.speaking import POWER, Desk, texts
from posad.core.words import LocalText
from posad.kernel.values import Estimate, Statistic
from posad.study.addresses.waves import WAVE
from posad.tabulation.context import Context, Cut


def say_level(desk: Desk, made: list[Difference], addresses: list[str]) -> None:
    """Say whether digital gaps are smaller, by all items and by each set that could upset it."""
    whole, at = made[0], addresses[0]
    upset = [d for d in made[1:] if not d.below]
    if whole.below and not upset:
        ru = "Показано: цифровые преимущества крупного города называют реже офлайновых на {size_at}, и без любого из пунктов вывод тот же."
        en = "Shown: digital advantages of a big city are named less often than offline ones, by {size_at}, whichever item is left out."
    elif whole.below:
        ru = "Не показано: цифровые преимущества называют реже офлайновых на {size_at}, но вывод не держится ({upset})."
        en = "Not shown: digital advantages are named less often than offline ones, by {size_at}, but that does not hold ({upset})."
    elif whole.above:
        ru = "Не показано, а скорее наоборот: цифровые преимущества называют чаще офлайновых на {size_at}."
        en = "Not shown, rather the reverse: digital advantages are named more often than offline ones, by {size_at}."
    else:
        ru = "Не показано: цифровые и офлайновые преимущества называют одинаково часто, разница {size_at}."
        en = "Not shown: digital and offline advantages are named alike, the difference is {size_at}."
    size = _size(desk, "size", whole.estimate) if whole.below or whole.above else at
    desk.say("level", ru, en, numbers={"size_at": size, "upset": texts([d.label for d in upset])})


def _size(desk: Desk, id: str, estimate: Estimate) -> str:
    """Keep the length of a difference, its interval turned with it."""
    value, low, high = estimate.value or 0.0, estimate.low, estimate.high
    ends = (low, high) if value >= 0 else (None if high is None else -high, None if low is None else -low)
    plain = Estimate(abs(value), estimate.se, *ends, estimate.bases, estimate.statistic, estimate.df)
    return desk.number(id, plain, LocalText.of(ru="величина разницы", en="size of the difference"), size=True)


def say_groups(desk: Desk, context: Context, cut: Cut, plan: SpheresPlan) -> None:
    """Say whether the difference is another one in another group."""
    both = sides_of(context, cut, plan, "groups")
    if both is None or plan.groups is None:
        return
    variable, first, second = plan.groups
    labels = {o.code: o.label for o in context.items[variable].options}
    found = contrast_of(context, cut, plan, *both)
    names = {"first": labels[first], "second": labels[second]}
    if found is None:
        ru = "По группам не сравнить, ответивших мало: {first} и {second}."
        en = "The groups cannot be compared, too few answered: {first} and {second}."
        desk.say("groups", ru, en, "warning", numbers={**names})
        return
    words = LocalText.of(ru="цифровой разрыв минус офлайновый", en="digital gap less offline gap")
    a, b, d = (
        desk.number(f"groups.{id}", e, words, group=label)
        for id, e, label in zip(
            ("first", "second", "change"), found[0], (labels[first], labels[second], LocalText()), strict=True
        )
    )
    certain = (
        found[0][2].low is not None and found[0][2].high is not None and (found[0][2].low > 0 or found[0][2].high < 0)
    )
    tail = (
        ("группы различаются на {d}", "the groups differ by {d}")
        if certain
        else ("разница {d} не показана", "a difference of {d} is not shown")
    )
    desk.say(
        "groups",
        f"Цифровой разрыв минус офлайновый: {{first}} – {{a}}, {{second}} – {{b}}; {tail[0]}.",
        f"The digital gap less the offline gap: {{first}} {{a}}, {{second}} {{b}}; {tail[1]}.",
        numbers={**names, "a": a, "b": b, "d": d},
    )


def say_trend(desk: Desk, context: Context, cut: Cut, plan: SpheresPlan, whole: Difference) -> None:
    """Say whether digital gaps close faster: by two waves, or how large a second one has to be."""
    both = sides_of(context, cut, plan, WAVE)
    found = contrast_of(context, cut, plan, *both) if both is not None else None
    if found is not None:
        e = found[0][2]
        words = LocalText.of(ru="изменение разницы между волнами", en="change of the difference between the waves")
        at = desk.number("trend", e, words)
        faster = e.high is not None and e.high < 0
        if faster:
            ru = "Показано: между волнами разница сдвинулась в пользу цифрового, изменение {at}."
            en = "Shown: between the waves the difference moved in favour of the digital, a change of {at}."
        else:
            ru = "Не показано, что цифровые разрывы закрываются быстрее: изменение разницы {at}."
            en = "Not shown that digital gaps close faster: the difference changed by {at}."
        desk.say("trend", ru, en, at=at)
        return
    _say_second_wave(desk, plan, whole.estimate)


def _say_second_wave(desk: Desk, plan: SpheresPlan, estimate: Estimate) -> None:
    """Say how large the second wave has to be, or that the first is too small for any."""

    def plain(id: str, value: float, statistic: Statistic, ru: str, en: str) -> str:
        e = Estimate(value, None, None, None, estimate.bases, statistic, estimate.df)
        return desk.number(id, e, LocalText.of(ru=ru, en=en), size=True)

    change = plain(
        "wanted",
        plan.change,
        "points",
        "изменение, которое должна показать вторая волна",
        "change that a second wave should show",
    )
    size = second_wave(estimate, plan.change, POWER)
    head_ru = "Сближается ли цифровое быстрее, один замер не скажет: нужна вторая волна"
    head_en = "Whether the digital comes closer faster one wave cannot tell: a second one is needed"
    if size is not None:
        n = plain(
            "second_wave", size, "count", "сколько людей нужно во второй волне", "how many people the second wave needs"
        )
        head_ru += ", {n} человек, чтобы изменение разницы на {size_change} было видно в четырёх случаях из пяти."
        head_en += ", of {n} people, for a change of the difference by {size_change} to show in four cases out of five."
        desk.say("trend", head_ru, head_en, n=n, size_change=change)
        return
    least = plain(
        "least",
        POWER * (estimate.se or 0.0),
        "points",
        "изменение, меньше которого не видно",
        "change under which nothing shows",
    )
    head_ru += ", но первая мала: изменения на {size_change} не покажет никакая, только большего, чем {size_least}."
    head_en += ", but the first is small: none would show a change of {size_change}, only one over {size_least}."
    desk.say("trend", head_ru, head_en, size_change=change, size_least=least)


def say_spheres(desk: Desk, plan: SpheresPlan, cells: dict[tuple[str, str], str]) -> None:
    """Say what the spheres that worry most look like in the other questions, and where improvement and worry go together."""
    worry = {id: desk.facts[at].estimate.value or 0.0 for (id, role), at in cells.items() if role == "worry"}
    names = dict(plan.spheres)
    heads = {
        "improved": ("стало лучше", "improved"),
        "better": ("в крупном городе лучше", "better in a big city"),
        "online": ("получают онлайн", "got online"),
    }
    for rank, id in enumerate(sorted(worry, key=lambda i: -worry[i])[:3], 1):
        given: dict[str, str | LocalText] = {"label": names[id], "worry": cells[id, "worry"]}
        ru, en = "«{label}» тревожит {worry}", "“{label}” worries {worry}"
        for role, (word_ru, word_en) in heads.items():
            if (id, role) in cells:
                ru, en = f"{ru}; {word_ru} – {{{role}}}", f"{en}; {word_en} {{{role}}}"
                given[role] = cells[id, role]
        desk.say(f"sphere.{rank}", ru + ".", en + ".", "detail", given)
