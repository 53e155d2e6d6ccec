"""What a chain says in sentences: its arrows, what passes along it, and which orders the same answers would bear as well."""

from __future__ import annotations

from collections.abc import Sequence

from posad.analysis.kinds.causes.chain.modelling import People
from posad.analysis.kinds.causes.chain.numbers import (
    Drawn,
    Passed,
    arrow_label,
    base_number,
    least,
    left_out,
)
from posad.analysis.kinds.causes.chain.ordering import Order, Orders, Rival
from posad.analysis.kinds.causes.chain.planning import ChainPlan
from posad.analysis.kinds.causes.desks import held_equal, plain, worded
from posad.analysis.kinds.causes.labels import NAMES, meaning
from posad.analysis.saying.speaking import Desk, texts
from posad.core.words import LocalText
from posad.kernel.estimators.smooth import base_of
from posad.tabulation.wording import LANGUAGES

NAMED = 6  # arrows in a sentence
ORDERS = 3  # orders in a sentence


def say_all(
    desk: Desk, plan: ChainPlan, people: People, found: Sequence[Drawn], along: Sequence[Passed], orders: Orders | None
) -> None:
    """Say a chain: what holds, what passes along it, what is not shown, what could stand in its place."""
    _who(desk, plan, people)
    near = [d for d in found if d.arrow.next]
    _held(desk, plan, near)
    _unclear(desk, people, [d for d in near if not d.certain])
    _beside(desk, [d for d in found if not d.arrow.next and d.certain])
    first = {link.id for link in plan.layers[0]}
    for one in along:
        if one.certain or one.of.source.id in first:
            _passed(desk, one)
    _robust(desk, [d for d in near if d.certain])
    if orders is not None:
        _orders(desk, plan, people, orders)
    words = meaning(plan.label, plan.assumptions)
    desk.say("label", words.get("ru"), words.get("en"), "warning")


def _who(desk: Desk, plan: ChainPlan, people: People) -> None:
    n = base_number(desk, "people", people.held, "число людей в цепочке", "number of people in the chain")
    asked = base_of(people.cut.cells, people.asked)
    m = base_number(desk, "asked", asked, "число опрошенных", "number of people asked")
    given: dict[str, str | LocalText] = {"n": n, "m": m, "equal": held_equal(plan.controls)}
    ru, en = (
        "В цепочке {n} из {m} человек, ответивших на все её слои",
        "The chain has {n} of {m} people, who answered all its layers",
    )
    if plan.controls:
        ru, en = f"{ru}; выровнено: {{equal}}", f"{en}; held equal: {{equal}}"
    desk.say("people", f"{ru}.", f"{en}.", "detail", given)
    if plan.branch:
        held = base_of(people.cut.cells, people.branch)
        last = texts([link.label for link in plan.layers[-1]])
        k = base_number(
            desk,
            "branch",
            held,
            "число людей, кого спросили о последнем слое",
            "number of people asked of the last layer",
        )
        ru = "О последнем слое («{last}») спрашивали {k} из них: стрелки к нему – только о них, и через звенья к нему ничего не считается."
        en = "{k} of them were asked of the last layer (“{last}”): arrows to it are of them only, and nothing is mediated to it."
        desk.say("branch", ru, en, "detail", k=k, last=last)


def _listed(rows: Sequence[Drawn]) -> tuple[str, dict[str, str | LocalText]]:
    shown = sorted(rows, key=lambda d: -abs(float(d.arrow.linear.values[0])))[:NAMED]
    given: dict[str, str | LocalText] = {f"n{k}": d.address for k, d in enumerate(shown)}
    given |= {f"l{k}": arrow_label(d.arrow) for k, d in enumerate(shown)}
    return "; ".join(f"{{l{k}}} {{n{k}}}" for k in range(len(shown))), given


def _held(desk: Desk, plan: ChainPlan, near: Sequence[Drawn]) -> None:
    sure = [d for d in near if d.certain]
    name: LocalText = NAMES[plan.label]
    if not sure:
        ru = "Ни одна стрелка между соседними слоями не больше того, что даёт случай ({label})."
        en = "No arrow between neighbouring layers is more than chance gives ({label})."
        desk.say("arrows", ru, en, label=name)
        return
    inner, given = _listed(sure)
    ru = f"Между соседними слоями держатся стрелки, в стандартных отклонениях: {inner} ({{label}})."
    en = f"Arrows between neighbouring layers that hold, in standard deviations: {inner} ({{label}})."
    desk.say("arrows", ru, en, numbers={**given, "label": name})


def _unclear(desk: Desk, people: People, rows: Sequence[Drawn]) -> None:
    if not rows:
        return
    names = texts([arrow_label(d.arrow) for d in rows], NAMED)
    ru = "Не показаны: {names}. Стрелка слабее {size_least} могла остаться незамеченной."
    en = "Not shown: {names}. An arrow weaker than {size_least} may have gone unseen."
    desk.say("unclear", ru, en, names=names, size_least=least(desk, people, rows))


def _beside(desk: Desk, rows: Sequence[Drawn]) -> None:
    """Say which arrows pass neighbours by: the chain is not the whole of it."""
    if not rows:
        return
    inner, given = _listed(rows)
    ru, en = f"Мимо соседних слоёв идут: {inner}.", f"Passing neighbouring layers by: {inner}."
    desk.say("beside", ru, en, "detail", given)


def _passed(desk: Desk, one: Passed) -> None:
    given: dict[str, str | LocalText] = {"a": one.of.source.label, "b": one.of.target.label}
    given |= {"whole": one.whole, "direct": one.direct, "through": one.mediated}
    ru = "Связь «{a}» с «{b}»: всего {whole}, прямо {direct}, через звенья {through}"
    en = "The association of “{a}” with “{b}”: {whole} in all, {direct} direct, {through} mediated"
    if not one.certain:
        ru, en = (
            f"{ru}; то, что через звенья, от нуля не отличить.",
            f"{en}; what is mediated cannot be told from nought.",
        )
    elif one.part is not None:
        given["part"] = one.part
        ru, en = f"{ru}; через звенья идёт {{part}} связи.", f"{en}; {{part}} of the association is mediated."
    else:
        ru, en = f"{ru}.", f"{en}."
    desk.say(f"along.{one.of.source.id}.{one.of.target.id}", ru, en, "main" if one.certain else "detail", given)


def _robust(desk: Desk, rows: Sequence[Drawn]) -> None:
    if not rows:
        return
    weak = min(rows, key=lambda d: d.arrow.robust)
    ru = "Слабейшую из этих стрелок ({name}) убрал бы скрытый фактор, объясняющий {robust} того, что осталось от обоих её концов."
    en = "The weakest of these arrows ({name}) would be undone by a hidden factor that explains {robust} of what is left of both its ends."
    desk.say("robust", ru, en, "warning", name=arrow_label(weak.arrow), robust=weak.robust)


def _orders(desk: Desk, plan: ChainPlan, people: People, found: Orders) -> None:
    """Say which orders the same answers bear: the reverse always, others as it turns out."""
    out = left_out(desk, people, found)
    given: dict[str, str | LocalText] = {"out": out, "reverse": _named(plan, tuple(range(len(plan.whole)))[::-1])}
    ru = "Обратный порядок ({reverse}) этими ответами не отличить: он опускает столько же, {out} связи. Куда смотрят стрелки, опрос не говорит."
    en = "The reverse order ({reverse}) cannot be told apart by these answers: it leaves out as much, {out} of the links. "
    en += "Which way arrows point, a survey does not tell."
    desk.say("reverse", ru, en, "warning", given)
    same, better = [r for r in found.rivals if not r.told], [r for r in found.rivals if r.better]
    _counted(desk, plan, people, found.rivals, same, better)


def _counted(
    desk: Desk, plan: ChainPlan, people: People, rivals: Sequence[Rival], same: Sequence[Rival], better: Sequence[Rival]
) -> None:
    if not rivals:
        return
    held = people.held
    counts = {}
    for id, rows, ru, en in (
        ("rivals", rivals, "число других порядков", "number of other orders"),
        ("rivals.same", same, "число неотличимых порядков", "number of orders that cannot be told apart"),
        ("rivals.better", better, "число порядков, подходящих лучше", "number of orders that fit better"),
    ):
        counts[id] = plain(desk, id, float(len(rows)), "count", held, LocalText.of(ru=ru, en=en))
    given: dict[str, str | LocalText] = {
        "all": counts["rivals"],
        "same": counts["rivals.same"],
        "better": counts["rivals.better"],
    }
    ru = "Других порядков (без их обратных) – {all}; неотличимых от объявленного – {same}, подходящих лучше – {better}"
    en = "Of {all} other orders (without their reverses), {same} cannot be told from the declared one, {better} fit better"
    shown = (better or same)[:ORDERS]
    if shown:
        given["names"] = worded({n: "; ".join(_named(plan, r.order).get(n) for r in shown) for n in LANGUAGES})
        head = (
            ("лучше – {names}", "better: {names}")
            if better
            else ("среди неотличимых – {names}", "among those not told apart: {names}")
        )
        ru, en = f"{ru}; {head[0]}", f"{en}; {head[1]}"
    desk.say("orders", f"{ru}.", f"{en}.", "warning" if better or same else "detail", given)


def _named(plan: ChainPlan, order: Order) -> LocalText:
    layers = plan.whole
    names = {n: " → ".join(", ".join(link.label.get(n) for link in layers[k]) for k in order) for n in LANGUAGES}
    return worded(names)
