"""Made-up figures and facts for tests of the report: a small town survey that nobody took."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from math import sqrt

from posad.core.words import LocalText
from posad.evidence.values import Bar, Bracket, Fact, Figure, FigureKind, Series, Standing
from posad.kernel.values import Bases, Estimate, Origin, Statistic

QUESTION = LocalText.of(
    ru="Хотели бы вы переехать из вашего города в обозримом будущем?",
    en="Would you like to move away from your town in the foreseeable future?",
)
ONE_ANSWER = LocalText.of(ru="% опрошенных, один ответ", en="% of respondents, one answer")
EVERYBODY = LocalText.of(ru="все опрошенные", en="all respondents")
MOVE = (
    ("no2", LocalText.of(ru="Точно нет", en="Definitely not"), "positive-2"),
    ("no1", LocalText.of(ru="Скорее нет", en="Rather not"), "positive-1"),
    ("yes1", LocalText.of(ru="Скорее да", en="Rather yes"), "negative-1"),
    ("yes2", LocalText.of(ru="Точно да", en="Definitely yes"), "negative-2"),
    ("dk", LocalText.of(ru="Затрудняюсь ответить", en="Hard to say"), "missing"),
)
LIKE = (
    ("1", LocalText.of(ru="1 – совсем не нравится", en="1 – not at all"), "negative-2"),
    ("2", LocalText.of(ru="2", en="2"), "negative-1"),
    ("3", LocalText.of(ru="3", en="3"), "neutral"),
    ("4", LocalText.of(ru="4", en="4"), "positive-1"),
    ("5", LocalText.of(ru="5 – очень нравится", en="5 – very much"), "positive-2"),
    ("dk", LocalText.of(ru="Затрудняюсь ответить", en="Hard to say"), "missing"),
)


def estimate(
    value: float | None, n: int = 1200, statistic: Statistic = "share", effective: float | None = None
) -> Estimate:
    """Return an estimate with a plain interval, good enough to be drawn."""
    kish = n * 0.81 if effective is None else effective
    if value is None or kish <= 0:
        return Estimate(None, None, None, None, Bases(n, float(n), kish), statistic, 1)
    se = sqrt(max(value * (1 - value), 0) / kish) if statistic == "share" else abs(value) * 0.03 + 0.01
    low, high = value - 1.96 * se, value + 1.96 * se
    if statistic == "share":
        low, high = max(low, 0), min(high, 1)
    origin = Origin("", "4f6c0b1d2e3a", "9f3c27aa41d0", "main", True)
    return Estimate(value, se, low, high, Bases(n, n * 1.0, kish), statistic, n - 1, origin=origin)


def fact(
    address: str,
    value: float | None,
    n: int = 1200,
    *,
    statistic: Statistic = "share",
    measure: LocalText | None = None,
    group: LocalText | None = None,
    question: LocalText = QUESTION,
    standing: Standing = "real",
    parts: tuple[Fact, ...] = (),
) -> Fact:
    """Return a fact with every line of its passport filled."""
    return Fact(
        address,
        estimate(value, n, statistic),
        question,
        measure
        or LocalText.of(ru="доля ответов «скорее да», «точно да»", en="share of “rather yes”, “definitely yes”"),
        group or LocalText(),
        EVERYBODY,
        LocalText.of(ru="взвешено по полу, возрасту и размеру города", en="weighted by sex, age and town size"),
        LocalText.of(
            ru="95 % интервал по модели: выборка квотная, предполагается, что внутри групп весов отбор случаен",
            en="95% model-based interval: a quota sample, taken as random within weighting groups",
        ),
        standing,
        parts,
    )


def series(parts: Sequence[tuple[str, LocalText, str]]) -> tuple[Series, ...]:
    """Return series from ids, labels and roles."""
    return tuple(Series(*p) for p in parts)


def stack(
    id: str,
    kind: FigureKind,
    answers: Sequence[tuple[str, LocalText, str]],
    rows: Sequence[tuple[str, LocalText, Sequence[float | None], int]],
    brackets: Sequence[tuple[str, str, str, LocalText]] = (),
    *,
    title: LocalText = QUESTION,
    question: LocalText = QUESTION,
    answer_type: LocalText = ONE_ANSWER,
    notes: tuple[LocalText, ...] = (),
    simulated: bool = False,
) -> tuple[Figure, Mapping[str, Fact]]:
    """Return a figure of answers by rows, and its facts; nets are summed over the first row."""
    facts: dict[str, Fact] = {}
    bars = []
    for bar, label, values, n in rows:
        addresses = tuple(f"{id}.{answer[0]}@row:{bar}" for answer in answers)
        facts |= {a: fact(a, v, n, group=label) for a, v in zip(addresses, values, strict=True) if v is not None}
        bars.append(Bar(bar, label, addresses))
    order = [a[0] for a in answers]
    nets = []
    for net, first, last, label in brackets:
        parts = rows[0][2][order.index(first) : order.index(last) + 1]
        facts[f"{id}.{net}"] = fact(f"{id}.{net}", sum(v or 0 for v in parts), rows[0][3])
        nets.append(Bracket(first, last, f"{id}.{net}", label))
    figure = Figure(
        id, kind, title, question, answer_type, EVERYBODY, series(answers), tuple(bars), tuple(nets), notes, simulated
    )
    return figure, facts


def text(ru: str, en: str) -> LocalText:
    """Return a text in two languages."""
    return LocalText.of(ru=ru, en=en)


ALL = text("Все опрошенные", "All respondents")
NETS = (
    ("stay", "no2", "no1", text("намерены остаться", "intend to stay")),
    ("leave", "yes1", "yes2", text("хотели бы переехать", "would like to move")),
)
SERVICES = (
    text("Заказ такси", "Ordering a taxi"),
    text("Банковские, финансовые услуги", "Banking and financial services"),
    text("Покупка билетов на транспорт", "Buying tickets"),
    text("Получение образования, курсы, лекции", "Education, courses, lectures"),
    text("Консультации различных специалистов", "Advice of various specialists"),
    text("Покупка продуктов питания", "Buying food"),
    text("Медицинские услуги", "Medical services"),
)
BETTER = (
    text("Больше возможностей для заработка и карьеры", "More opportunities to earn and make a career"),
    text("Разнообразнее общественная и культурная жизнь", "Richer social and cultural life"),
    text("Доступнее и качественнее медицинские услуги", "More accessible and better medical services"),
    text("Больше разных услуг (такси, доставка)", "More services (taxi, delivery)"),
    text("Лучше благоустроены улицы, дороги", "Better kept streets and roads"),
    text("Лучше работает общественный транспорт", "Public transport works better"),
    text("Доступнее и качественнее доп. образование для детей", "Better extra education for children"),
    text("Разнообразнее товары, лучше их качество", "More kinds of goods, of better quality"),
    text("Другое", "Something else"),
)


def move(simulated: bool = False) -> tuple[Figure, Mapping[str, Fact]]:
    """Return one bar with two nets."""
    values = (0.176, 0.304, 0.331, 0.149, 0.04)
    return stack("move", "stacked", MOVE, [("total", ALL, values, 1200)], NETS, simulated=simulated)


def move_by_age(simulated: bool = False) -> tuple[Figure, Mapping[str, Fact]]:
    """Return bars of groups whose bases differ, one of them too small to show."""
    rows = [
        ("total", ALL, (0.176, 0.304, 0.331, 0.149, 0.04), 1200),
        ("young", text("18–29 лет", "18–29"), (0.08, 0.21, 0.42, 0.26, 0.03), 240),
        ("middle", text("30–44 года", "30–44"), (0.15, 0.30, 0.35, 0.16, 0.04), 380),
        ("older", text("45–59 лет", "45–59"), (0.22, 0.35, 0.29, 0.10, 0.04), 92),
        ("old", text("60 лет и старше", "60 and over"), (0.3, 0.4, 0.2, 0.06, 0.04), 21),
    ]
    title = text(
        "Молодые хотят уехать вдвое чаще тех, кому за 45", "The young want to leave twice as often as those over 45"
    )
    return stack("move-age", "stacked", MOVE, rows, NETS, title=title, simulated=simulated)


def like(simulated: bool = False) -> tuple[Figure, Mapping[str, Fact]]:
    """Return a scale set out from its middle."""
    rows = [
        ("total", ALL, (0.03, 0.02, 0.21, 0.34, 0.38, 0.02), 1200),
        (
            "better",
            text("Жизнь в городе стала лучше", "Life in town got better"),
            (0.01, 0.01, 0.09, 0.33, 0.56, 0),
            540,
        ),
        ("same", text("Город застыл в развитии", "The town stands still"), (0.04, 0.04, 0.32, 0.36, 0.22, 0.02), 430),
        ("worse", text("Город деградирует", "The town declines"), (0.15, 0.11, 0.35, 0.25, 0.12, 0.02), 230),
    ]
    nets = (("bad", "1", "2", text("не нравится", "do not like it")), ("good", "4", "5", text("нравится", "like it")))
    question = text("Насколько вам нравится жить в вашем городе?", "How much do you like living in your town?")
    return stack("like", "diverging", LIKE, rows, nets, title=question, question=question, simulated=simulated)


def services(simulated: bool = False) -> tuple[Figure, Mapping[str, Fact]]:
    """Return bars of a grid, one for each row."""
    answers = (
        ("online", text("онлайн", "online"), "answer-1"),
        ("both", text("онлайн и офлайн", "online and offline"), "answer-2"),
        ("offline", text("офлайн", "offline"), "answer-3"),
        ("none", text("не пользуюсь", "do not use"), "neutral"),
        ("dk", text("затрудняюсь ответить", "hard to say"), "missing"),
    )
    values = (
        (0.43, 0.28, 0.09, 0.174, 0.026),
        (0.39, 0.53, 0.04, 0.03, 0.01),
        (0.25, 0.43, 0.11, 0.18, 0.03),
        (0.12, 0.35, 0.11, 0.34, 0.08),
        (0.06, 0.40, 0.25, 0.23, 0.06),
        (0.02, 0.48, 0.40, 0.09, 0.01),
        (0.02, 0.26, 0.53, 0.15, 0.04),
    )
    rows = [(f"s{i}", label, row, 1200) for i, (label, row) in enumerate(zip(SERVICES, values, strict=True))]
    question = text(
        "За последние пять лет вы предпочитаете покупать и получать услуги…",
        "Over the last five years, how do you prefer to buy and get services?",
    )
    kind = text("% опрошенных, один ответ в строке", "% of respondents, one answer in a row")
    return stack(
        "services", "stacked", answers, rows, title=question, question=question, answer_type=kind, simulated=simulated
    )


def better(simulated: bool = False) -> tuple[Figure, Mapping[str, Fact]]:
    """Return ranked answers with intervals."""
    shares = (0.64, 0.47, 0.43, 0.33, 0.29, 0.27, 0.24, 0.157, 0.03)
    rows = [(f"b{i}", label, (v,), 1200) for i, (label, v) in enumerate(zip(BETTER, shares, strict=True))]
    question = text(
        "Что в крупных городах лучше, чем в городах небольшого размера?",
        "What is better in large cities than in smaller towns?",
    )
    kind = text("% опрошенных, не более пяти ответов", "% of respondents, up to five answers")
    one = (("all", ALL, "total"),)
    return stack(
        "better", "ranked", one, rows, title=question, question=question, answer_type=kind, simulated=simulated
    )


def gaps(simulated: bool = False) -> tuple[Figure, Mapping[str, Fact]]:
    """Return three groups on each line."""
    groups = (
        ("all", ALL, "total"),
        ("up", text("Считают, что город приближается", "Think the town is catching up"), "group-1"),
        ("down", text("Считают, что город отстаёт", "Think the town is falling behind"), "group-2"),
    )
    shares = (
        (64, 58, 70),
        (47, 49, 44),
        (43, 36, 52),
        (33, 31, 35),
        (29, 22, 40),
        (27, 21, 36),
        (24, 25, 23),
        (16, 12, 21),
        (3, 3, 3),
    )
    bases = (1200, 384, 240)
    facts: dict[str, Fact] = {}
    bars = []
    for i, (label, row) in enumerate(zip(BETTER, shares, strict=True)):
        addresses = tuple(f"better.{i}@mood:{g[0]}" for g in groups)
        facts |= {a: fact(a, v / 100, n) for a, v, n in zip(addresses, row, bases, strict=True)}
        bars.append(Bar(f"b{i}", label, addresses))
    figure = Figure(
        "gaps",
        "dots",
        text("Где отстающие видят разрыв острее", "Where those falling behind see a sharper gap"),
        text("Что в крупных городах лучше, чем в небольших?", "What is better in large cities than in smaller towns?"),
        text("% опрошенных, не более пяти ответов", "% of respondents, up to five answers"),
        EVERYBODY,
        series(groups),
        tuple(bars),
        simulated=simulated,
    )
    return figure, facts


def loyalty(simulated: bool = False) -> tuple[Figure, Mapping[str, Fact]]:
    """Return columns: three measures in four groups, one of them small."""
    measures = (
        ("stay", text("Остались бы, даже если предложат больше", "Would stay even if offered more"), "answer-1"),
        ("advise", text("Посоветуют друзьям", "Would advise friends"), "answer-2"),
        ("proud", text("Гордятся", "Are proud"), "answer-3"),
    )
    rows = [
        ("total", ALL, (0.42, 0.355, 0.61), 1200),
        ("young", text("18–29 лет", "18–29"), (0.28, 0.31, 0.44), 240),
        ("middle", text("30–44 года", "30–44"), (0.43, 0.35, 0.63), 380),
        ("old", text("45 лет и старше", "45 and over"), (0.57, 0.41, 1.0), 92),
    ]
    title = text("Привязанность растёт с возрастом", "Attachment grows with age")
    return stack("loyalty", "columns", measures, rows, title=title, simulated=simulated)


FIRMS = (
    "Alfa", "Beta Bank", "Сеть «Пятый угол»", "Гамма", "Delta Logistics", "Эпсилон-Телеком", "Zeta", "Eta Foods", "Тета",
    "Iota & Sons", "Каппа Строй", "Lambda", "Мю", "Nu Energy", "Кси", "Omicron Media", "Пи", "Rho",
)  # fmt: skip


def firms(
    simulated: bool = False, spots: Sequence[tuple[float, float]] | None = None, names: Sequence[str] = FIRMS
) -> tuple[Figure, Mapping[str, Fact]]:
    """Return a map of eighteen points in three groups, one of them on too few answers to show."""
    places = spots or [(0.2 + 0.03 * i, 0.62 - 0.02 * i + 0.07 * ((i * 7) % 5)) for i in range(len(names))]
    groups = (
        Series("trade", text("Торговля", "Trade"), "group-1"),
        Series("banks", text("Банки и финансовые услуги", "Banks and financial services"), "group-2"),
        Series("rest", text("Остальные", "Others"), "group-3"),
    )
    facts: dict[str, Fact] = {}
    bars = []
    for i, (name, (x, y)) in enumerate(zip(names, places, strict=True)):
        cells = (f"firms.f{i}.comfort.top2", f"firms.f{i}.novelty.top2")
        facts |= {a: fact(a, v, 12 if spots is None and i == 4 else 900) for a, v in zip(cells, (x, y), strict=True)}
        bars.append(Bar(f"f{i}", text(name, name), cells, groups[i % 3].id))
    axes = (
        Series("x", text("Комфорт – оценка 4–5", "Comfort – rated 4–5"), "bar"),
        Series("y", text("Новизна – оценка 4–5", "Novelty – rated 4–5"), "bar"),
    )
    figure = Figure(
        "firms",
        "map",
        text("Кого считают и удобным, и новым", "Who is held both convenient and new"),
        text("Оцените компании по двум признакам", "Rate the companies by two features"),
        text("% опрошенных", "% of respondents"),
        EVERYBODY,
        axes,
        tuple(bars),
        simulated=simulated,
        groups=groups,
    )
    return figure, facts


def sides(simulated: bool = False) -> tuple[Figure, Mapping[str, Fact]]:
    """Return a scale whose sides the study declares, neither of them good, with nets over every bar."""
    answers = (
        ("1", text("Точно за первых", "Firmly for the first"), "left-2"),
        ("2", text("Скорее за первых", "Rather for the first"), "left-1"),
        ("3", text("Ни за кого", "For neither"), "neutral"),
        ("4", text("Скорее за вторых", "Rather for the second"), "right-1"),
        ("5", text("Точно за вторых", "Firmly for the second"), "right-2"),
    )
    rows = [
        ("total", ALL, (0.2, 0.25, 0.1, 0.25, 0.2), 1200),
        ("village", text("Сёла", "Villages"), (0.1, 0.21, 0.12, 0.3, 0.27), 500),
        ("city", text("Города", "Cities"), (0.28, 0.3, 0.08, 0.2, 0.14), 700),
    ]
    nets = (("first", "1", "2", text("за первых", "first")), ("second", "4", "5", text("за вторых", "second")))
    return stack("sides", "stacked", answers, rows, nets, simulated=simulated)


def sides_apart(simulated: bool = False) -> tuple[Figure, Mapping[str, Fact]]:
    """Return the same scale set out from its middle."""
    figure, facts = sides(simulated)
    return replace(figure, id="apart", kind="diverging", poles=(("1", "2"), ("4", "5"))), facts


Maker = Callable[[bool], tuple[Figure, Mapping[str, Fact]]]
EVERY_FIGURE: tuple[Maker, ...] = (
    move,
    move_by_age,
    services,
    like,
    better,
    gaps,
    loyalty,
    firms,
    sides,
    sides_apart,
)
