"""Distances, types of people and poles in sentences, with their numbers kept at the desk."""

from __future__ import annotations

from collections.abc import Sequence

from posad.analysis.kinds.types.counting import ENOUGH, TYPES, Balance, Grouped, Trait
from posad.analysis.kinds.types.planning import Poles, TypesPlan
from posad.analysis.saying.speaking import LEVEL, POWER, Desk, texts
from posad.core.words import LocalText
from posad.kernel.values import Estimate
from posad.tabulation.wording import LANGUAGES

TOP = 4  # traits told of a type
LEAVING = (
    (
        "liking",
        LocalText.of(
            ru="хотели бы уехать среди тех, кому город нравится", en="would leave among those who like the town"
        ),
    ),
    ("others", LocalText.of(ru="хотели бы уехать среди остальных", en="would leave among the others")),
    ("difference", LocalText.of(ru="разница долей желающих уехать", en="difference of the shares who would leave")),
)


def joined(*words: LocalText) -> LocalText:
    """Return words joined by commas in every language."""
    return LocalText.from_mapping({n: ", ".join(w.get(n) for w in words if w.get(n)) for n in LANGUAGES})


def say_distances(
    desk: Desk, plan: TypesPlan, found: Sequence[Grouped], groups: dict[int, LocalText]
) -> list[tuple[str, dict[int, str]]]:
    """Keep and say every distance, whether groups differ in it, and how large a difference could have gone unseen."""
    kept = []
    for one, made in zip(plan.distances, found, strict=True):
        if made.whole.value is None:
            continue
        at = desk.number(one.id, made.whole, one.label)
        ids = _ids(desk, plan)
        each = {c: desk.number(f"{one.id}.{ids[c]}", e, one.label, group=groups[c]) for c, e in made.groups.items()}
        kept.append((at, each))
        sides = [joined(*(p.label for p in parts)) for parts in (one.plus, one.minus)]
        if one.minus:
            ru = "{name} – {at}: доля «{plus}» минус доля «{minus}»."
            en = "{name} is {at}: the share of “{plus}” minus the share of “{minus}”."
        else:
            ru = "{name} – {at}: средняя доля ответов «{plus}»."
            en = "{name} is {at}: the mean share of the answers “{plus}”."
        desk.say(
            f"distance.{one.id}", ru, en, numbers={"name": one.label, "at": at, "plus": sides[0], "minus": sides[1]}
        )
        _say_differing(desk, one.id, one.label, made, each, groups)
    return kept


def _ids(desk: Desk, plan: TypesPlan) -> dict[int, str]:
    variable = desk.context.study.variable(plan.by) if plan.by is not None else None
    return {g.code: g.id for g in variable.groups} if variable is not None else {}


def _say_differing(
    desk: Desk, id: str, label: LocalText, made: Grouped, each: dict[int, str], groups: dict[int, LocalText]
) -> None:
    if len(each) < 2:
        return
    order = sorted(made.groups, key=lambda c: -(made.groups[c].value or 0.0))
    high, low = order[0], order[-1]
    if made.p < LEVEL:
        ru = "{name} различается по группам: {a} – {high}, {b} – {low}."
        en = "{name} differs by group: {a} for {high}, {b} for {low}."
        numbers: dict[str, str | LocalText] = {
            "a": each[high],
            "b": each[low],
            "high": groups[high],
            "low": groups[low],
        }
        desk.say(f"distance.{id}.groups", ru, en, numbers={"name": label, **numbers})
    elif made.error > 0:
        like = made.groups[low]
        words = LocalText.of(ru="наименьшая различимая разница групп", en="smallest detectable difference of groups")
        plain = Estimate(POWER * made.error, None, None, None, like.bases, "points", like.df)
        least = desk.number(f"{id}.least", plain, joined(words, label), size=True)
        ru = "{name}: разницы между группами не показано; меньшая, чем {size_least}, могла остаться незамеченной."
        en = "{name}: no difference between groups is shown; one under {size_least} may have gone unseen."
        desk.say(f"distance.{id}.groups", ru, en, "detail", numbers={"name": label, "size_least": least})


def say_types(desk: Desk, shares: Sequence[Estimate], lost: Estimate, chances: Sequence[Estimate]) -> list[str]:
    """Keep and say the four types, and how much less often those who like the town would leave."""
    words = LocalText.of(
        ru="доля среди тех, кто назвал и отношение, и намерение",
        en="share among those who told both liking and intention",
    )
    kept = [desk.number(f"type.{id}", e, words, group=label) for (id, *_, label), e in zip(TYPES, shares, strict=True)]
    said: dict[str, str | LocalText] = {f"n{k}": at for k, at in enumerate(kept)}
    said |= {f"l{k}": label for k, (*_, label) in enumerate(TYPES)}
    inner = "; ".join(f"{{l{k}}} – {{n{k}}}" for k in range(len(TYPES)))
    desk.say("types", f"Отношение к городу и намерение: {inner}.", f"Liking and intention: {inner}.", numbers=said)
    if all(e.value is not None for e in chances):  # somebody likes the town, and somebody would not say so
        _say_leaving(desk, chances)
    out = desk.number(
        "untold",
        lost,
        LocalText.of(ru="не назвали отношения или намерения", en="did not tell their liking or intention"),
    )
    ru, en = (
        "Вне четырёх групп – {out}: не назвали отношения или намерения.",
        "Outside the four groups are {out}: they did not tell.",
    )
    desk.say("untold", ru, en, "detail", out=out)
    return kept


def _say_leaving(desk: Desk, chances: Sequence[Estimate]) -> None:
    a, b, d = (desk.number(f"leave.{id}", e, w) for (id, w), e in zip(LEAVING, chances, strict=True))
    ru = "Уехать хотели бы {a} из тех, кому город нравится, и {b} из остальных; разница {d}."
    en = "Of those who like the town {a} would leave, of the others {b}; a difference of {d}."
    desk.say("leaving", ru, en, a=a, b=b, d=d)


def say_traits(desk: Desk, found: Sequence[Trait], bases: Sequence[int]) -> dict[tuple[int, str, int], str]:
    """Keep who each type is, and say what sets it apart from everybody else most."""
    kept: dict[tuple[int, str, int], str] = {}
    for trait in found:
        id, label = TYPES[trait.type][0], TYPES[trait.type][3]
        words = _category(desk, trait)
        kept[trait.type, trait.item, trait.code] = desk.number(
            f"{id}.{trait.item}.{trait.code}", trait.inside, words, group=label
        )
        rest = LocalText.from_mapping({"ru": f"все, кроме: {label.get('ru')}", "en": f"all but: {label.get('en')}"})
        desk.number(f"{id}.{trait.item}.{trait.code}.rest", trait.outside, words, group=rest)
    for number, (id, _, _, label) in enumerate(TYPES):
        apart = sorted((t for t in found if t.type == number and t.p < LEVEL and t.difference > 0), key=lambda t: t.p)
        _say_who(desk, id, label, apart[:TOP], bases[number], any(t.type == number for t in found))
    return kept


def _category(desk: Desk, trait: Trait) -> LocalText:
    return next(o.label for o in desk.context.items[trait.item].options if o.code == trait.code)


def _say_who(desk: Desk, id: str, label: LocalText, apart: Sequence[Trait], n: int, judged: bool) -> None:
    if not judged:
        if n < ENOUGH:
            count = LocalText.of(ru=str(n), en=str(n))
            ru, en = (
                "«{label}»: кто это, не сказать, людей {n}.",
                "“{label}”: who they are cannot be told of {n} people.",
            )
            desk.say(f"who.{id}", ru, en, "warning", numbers={"label": label, "n": count})
        return
    if not apart:
        ru, en = "«{label}»: отличий от остальных не показано.", "“{label}”: nothing is shown to set them apart."
        desk.say(f"who.{id}", ru, en, "detail", numbers={"label": label})
        return
    given: dict[str, str | LocalText] = {"label": label}
    parts = []
    for k, t in enumerate(apart):
        head = f"analysis:{desk.declared.id}/{id}.{t.item}.{t.code}"
        given |= {f"c{k}": _category(desk, t), f"a{k}": head, f"b{k}": f"{head}.rest"}
        parts.append(f"{{c{k}}} {{a{k}}} ({{b{k}}})")
    inner = "; ".join(parts)
    ru = f"«{{label}}» – среди них больше, чем среди остальных (в скобках): {inner}."
    en = f"“{{label}}”: among them more than among the others (in brackets): {inner}."
    desk.say(f"who.{id}", ru, en, numbers=given)


def say_poles(
    desk: Desk, plan: TypesPlan, met: Estimate, closed: Balance | None, open_: Balance | None, apart: Estimate | None
) -> None:
    """Keep and say both poles among those whose basic needs are met and among others."""
    assert plan.poles is not None
    if met.value is None:  # nobody told what they lack
        return
    share = desk.number("met", met, LocalText.of(ru="базовые потребности закрыты", en="basic needs are met"))
    lacks = texts([p.label for p in plan.poles.closed])
    ru = "Базовых преимуществ крупного города ({lacks}) не называют {share}: для них основное закрыто."
    en = "{share} name none of the basic advantages of a big city ({lacks}): for them the basics are met."
    desk.say("met", ru, en, share=share, lacks=lacks)
    _say_pole(
        desk, plan.poles, "closed", LocalText.of(ru="у кого основное закрыто", en="those whose basics are met"), closed
    )
    _say_pole(desk, plan.poles, "open", LocalText.of(ru="у остальных", en="the others"), open_)
    if apart is None:
        return
    at = desk.number("poles.difference", apart, LocalText.of(ru="разница перевесов", en="difference of the balances"))
    certain = apart.low is not None and apart.high is not None and (apart.low > 0 or apart.high < 0)
    if certain:
        ru = "Где основное закрыто, перевес иной: разница {at}."
        en = "Where the basics are met the balance is another one: it differs by {at}."
    else:
        ru = "Что закрытое основное меняет перевес, не показано: разница {at}."
        en = "That basics met change the balance is not shown: it differs by {at}."
    desk.say("poles", ru, en, at=at)


def _say_pole(desk: Desk, poles: Poles, id: str, who: LocalText, one: Balance | None) -> None:
    if one is None:
        ru, en = "Полюса не показать, людей мало: {who}.", "The poles cannot be shown, too few people: {who}."
        desk.say(f"poles.{id}", ru, en, "warning", who=who)
        return
    here, there = poles.here.label, poles.there.label
    a = desk.number(f"poles.{id}.here", one.here, here, group=who)
    b = desk.number(f"poles.{id}.there", one.there, there, group=who)
    words = LocalText.of(ru="здесь минус там", en="here minus there")
    d = desk.number(f"poles.{id}.balance", one.balance, words, group=who)
    ru = "Два полюса ({who}): «{here}» – {a}, «{there}» – {b}, перевес {d}."
    en = "Two poles ({who}): “{here}” {a}, “{there}” {b}, a balance of {d}."
    desk.say(f"poles.{id}", ru, en, numbers={"who": who, "a": a, "b": b, "d": d, "here": here, "there": there})
