"""Services in words and numbers."""

from __future__ import annotations

from posad.analysis.kinds.towns.services.counting import WAYS, Found, Index, Side, counted
from posad.analysis.kinds.towns.services.planning import ServicesPlan
from posad.analysis.kinds.towns.services.showing import figures_of, grids_of
from posad.analysis.saying.speaking import LEVEL, POWER, Desk, p_text, texts
from posad.analysis.values import Declared, Result
from posad.core.problems import Problem
from posad.core.words import LocalText
from posad.kernel.values import Estimate
from posad.tabulation.context import Context
from posad.tabulation.wording import EVERYBODY, LANGUAGES

METHOD = LocalText.of(
    ru="""Доли путей – от ответивших о каждой услуге. Услуга отнесена к пути, если его доля больше следующей и это показано (t, поправка \
Холма на все услуги). Цифровая доля – сколько из услуг, которыми человек пользуется, он получает онлайн или и так и так: сумма по людям, \
делённая на сумму услуг. Разрыв по каждой группировке проверяется целиком (Вальд, Холм); самая большая разница групп выбрана потому, что она \
самая большая, и её интервал этого не знает. Показатель – среднее строк, которые человек оценил, если их не меньше половины; печатается, \
только если альфа Кронбаха не меньше 0,6. Он говорит о чувстве, а не о том, что есть в городе.""",
    en="""Shares of ways are of those who answered about each service. A service goes to a way whose share is larger than the next one's, where \
that is shown (t, Holm over the services). The digital part is how many of the services a person uses are got online or both ways: the sum \
over people over the sum of services. The divide of each grouping is tested as a whole (Wald, Holm); the widest gap was chosen because it is \
widest, which its interval does not know. The index is the mean of the rows a person rated, if half of them or more; it is printed only \
where Cronbach's alpha is 0.6 or more. It tells of a feeling, not of what there is in town.""",
)
NAMES = {
    "online": LocalText.of(ru="онлайн", en="online"),
    "mixed": LocalText.of(ru="и онлайн, и оффлайн", en="online and offline"),
    "offline": LocalText.of(ru="оффлайн", en="offline"),
    "none": LocalText.of(ru="не пользуются", en="do not use"),
    "rest": LocalText.of(ru="затруднились ответить", en="cannot say"),
}


def compute(context: Context, declared: Declared) -> tuple[Result | None, list[Problem]]:
    """Return how services are got, who is left out and the index, or why it cannot be told."""
    plan: ServicesPlan = declared.plan
    found, problems = counted(context, plan, declared.place, declared.id)
    if found is None:
        return None, problems
    question = context.study.questionnaire.question(plan.of)
    desk = Desk(context, declared, plan.weight, question.text if question is not None else LocalText(), EVERYBODY)
    _keep_rows(desk, found)
    _say_ways(desk, found)
    _say_divide(desk, found)
    if found.index is not None:
        _say_index(desk, found.index)
    return desk.result(
        "services", METHOD, figures=figures_of(desk, found, NAMES), grids=grids_of(desk, found, NAMES)
    ), problems


def _keep_rows(desk: Desk, found: Found) -> None:
    for row in found.rows:
        for way, e in row.shares.items():
            words = LocalText.from_mapping({n: f"{row.label_of.label.get(n)}: {NAMES[way].get(n)}" for n in LANGUAGES})
            desk.number(f"{row.row}.{way}", e, words)
    users = LocalText.of(
        ru="из услуг, которыми пользуются, получают хотя бы отчасти онлайн",
        en="of the services used, got at least partly online",
    )
    desk.number("digital", found.digital, users)
    none = LocalText.of(ru="ни одной услуги не получают онлайн", en="get no service online")
    desk.number("left_out", found.left_out, none)


def _say_ways(desk: Desk, found: Found) -> None:
    id = desk.declared.id
    phrases = {
        "online": ("Чаще всего онлайн", "Mostly online"),
        "mixed": ("Чаще всего и онлайн, и оффлайн", "Mostly both ways"),
        "offline": ("Чаще всего оффлайн", "Mostly offline"),
    }
    for way in WAYS:
        rows = [r for r in found.rows if r.leads == way and r.p < LEVEL]
        if rows:
            given: dict[str, str | LocalText] = {f"n{k}": f"analysis:{id}/{r.row}.{way}" for k, r in enumerate(rows)}
            given |= {f"l{k}": r.label_of.label for k, r in enumerate(rows)}
            inner = "; ".join(f"{{l{k}}} – {{n{k}}}" for k in range(len(rows)))
            desk.say(f"ways.{way}", f"{phrases[way][0]}: {inner}.", f"{phrases[way][1]}: {inner}.", "main", given)
    unclear = [r for r in found.rows if not r.p < LEVEL]
    if unclear:
        names = texts([r.label_of.label for r in unclear])
        ru = "Какой из путей чаще, не показано: {names}."
        en = "Which way is more frequent is not shown: {names}."
        desk.say("ways.unclear", ru, en, "detail", names=names)
    lead = [found.rows[k] for k in found.lead]
    given = {f"n{k}": f"analysis:{id}/{r.row}.mixed" for k, r in enumerate(lead)}
    given |= {f"l{k}": r.label_of.label for k, r in enumerate(lead)}
    inner = "; ".join(f"{{l{k}}} – {{n{k}}}" for k in range(len(lead)))
    if len(lead) == 1:
        ru, en = f"Больше всех сочетают оба пути здесь: {inner}.", f"Both ways are combined most here: {inner}."
    else:
        ru = f"Больше всего сочетают оба пути, и друг от друга их не отличить: {inner}."
        en = f"Both ways are combined most, and these cannot be told apart: {inner}."
    desk.say("combined", ru, en, "main", given)


def _say_divide(desk: Desk, found: Found) -> None:
    id = desk.declared.id
    ru = "Из услуг, которыми пользуются, хотя бы отчасти онлайн получают {digital}; ни одной онлайн – {left} пользующихся."
    en = "Of the services used {digital} are got at least partly online; {left} of the users get none online."
    desk.say("digital", ru, en, "main", digital=f"analysis:{id}/digital", left=f"analysis:{id}/left_out")
    words = LocalText.of(ru="цифровая доля услуг", en="digital part of services")
    for side in found.sides:
        _say_side(desk, side, "divide", words, ("Цифровой разрыв", "The digital divide"))


def _say_side(desk: Desk, side: Side, id: str, words: LocalText, head: tuple[str, str]) -> None:
    labels = {o.code: o.label for o in side.item.options}
    at = [
        desk.number(f"{id}.{side.item.id}.{c}", e, words, group=labels[c])
        for c, e in zip(side.codes, side.means, strict=True)
    ]
    p = Estimate(side.p, None, None, None, side.gap.bases, "index", side.gap.df)
    test = LocalText.from_mapping(
        {n: f"{'p различий' if n == 'ru' else 'p of differences'}: {side.item.label.get(n)}" for n in LANGUAGES}
    )
    desk.number(f"{id}.{side.item.id}.p", p, test)
    high, low = side.ends
    gap_words = LocalText.from_mapping(
        {n: f"{labels[side.codes[high]].get(n)} – {labels[side.codes[low]].get(n)}" for n in LANGUAGES}
    )
    gap = desk.number(f"{id}.{side.item.id}.gap", side.gap, gap_words, size=True)
    given: dict[str, str | LocalText] = {
        "by": side.item.label, "high": labels[side.codes[high]], "low": labels[side.codes[low]], "a": at[high], "b": at[low],
        "size_gap": gap, "p": p_text(side.p),
    }  # fmt: skip
    if side.p < LEVEL:
        ru = f"{head[0]} («{{by}}»): от {{a}} ({{high}}) до {{b}} ({{low}}), разница {{size_gap}}."
        en = f"{head[1]} (“{{by}}”): from {{a}} ({{high}}) to {{b}} ({{low}}), a difference of {{size_gap}}."
        desk.say(f"{id}.{side.item.id}", ru, en, "main", given)
        return
    kind = side.gap.statistic
    least = Estimate(POWER * (side.gap.se or 0.0), None, None, None, side.gap.bases, kind, 0)
    told = LocalText.of(ru="наименьшая различимая разница", en="smallest detectable difference")
    given["size_least"] = desk.number(f"{id}.{side.item.id}.least", least, told, size=True)
    ru = f"{head[0]} («{{by}}»): различий не показано (p {{p}}); наверняка заметна была бы разница от {{size_least}}."
    en = f"{head[1]} (“{{by}}”): no difference is shown (p {{p}}); one of {{size_least}} was sure to show."
    desk.say(f"{id}.{side.item.id}", ru, en, "detail", given)


def _say_index(desk: Desk, index: Index) -> None:
    mean = LocalText.of(ru="показатель современного города, среднее", en="index of a modern town, mean")
    own = desk.number("index", index.mean, mean)
    a = desk.number("alpha", index.alpha, LocalText.of(ru="альфа Кронбаха", en="Cronbach's alpha"))
    of_one = LocalText.of(ru="омега Макдональда", en="McDonald's omega")
    o = desk.number("omega", Estimate(index.omega, None, None, None, index.alpha.bases, "index", 0), of_one)
    for row, item, e, rest, without in index.rows:
        own_mean = LocalText.from_mapping(
            {n: f"{'среднее' if n == 'ru' else 'mean'}: {item.label.get(n)}" for n in LANGUAGES}
        )
        desk.number(f"index.{row}", e, own_mean)
        for name, value, ru, en in (
            ("rest", rest, "связь с суммой остальных", "correlation with the others"),
            ("without", without, "альфа без строки", "alpha without the row"),
        ):
            words = LocalText.from_mapping({n: f"{ru if n == 'ru' else en}: {item.label.get(n)}" for n in LANGUAGES})
            desk.number(f"index.{row}.{name}", Estimate(value, None, None, None, index.alpha.bases, "index", 0), words)
    strong = (index.alpha.low or 0.0) >= 0.7
    ru = "Строки складываются в показатель современного города: среднее {mean}, альфа {alpha}, омега {omega}."
    en = "The rows make an index of a modern town: mean {mean}, alpha {alpha}, omega {omega}."
    if not strong:
        ru = ru[:-1] + "; надёжности хватает для групп, но не для отдельного человека."
        en = en[:-1] + "; reliable enough for groups, not for a single person."
    desk.say("index", ru, en, "main", mean=own, alpha=a, omega=o)
    weak = [(item, row) for row, item, _, _, without in index.rows if without > (index.alpha.value or 0.0) + 0.01]
    if weak:
        given: dict[str, str | LocalText] = {f"l{k}": item.label for k, (item, _) in enumerate(weak)}
        given |= {f"n{k}": f"analysis:{desk.declared.id}/index.{row}.without" for k, (_, row) in enumerate(weak)}
        inner = "; ".join(f"{{l{k}}} (без неё {{n{k}}})" for k in range(len(weak)))
        en_inner = "; ".join(f"{{l{k}}} ({{n{k}}} without it)" for k in range(len(weak)))
        ru, en = (
            f"Без этих строк показатель был бы надёжнее: {inner}.",
            f"Without these rows the index would be more reliable: {en_inner}.",
        )
        desk.say("index.weak", ru, en, "detail", given)
    words = LocalText.of(ru="показатель современного города", en="index of a modern town")
    for side in index.sides:
        _say_side(desk, side, "modern", words, ("Показатель современного города", "The index of a modern town"))
