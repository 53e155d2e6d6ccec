"""A made-up report for tests: two chapters, charts, a table, weights, cleaning and a questionnaire."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from tests.report import samples
from tests.report.samples import estimate, fact, text

from posad.core.place import Place
from posad.core.words import LocalText
from posad.evidence.values import Fact
from posad.kernel.values import Bases
from posad.report.document import ChapterText, CleaningLine, MarginLine, Report, WeightSummary
from posad.study.expressions.parse import parse
from posad.study.expressions.tree import Expression
from posad.study.plans.values import BannerPart, Book, Group, Margin, Study, Variable, WeightPlan
from posad.study.questionnaire.reading.grammar import read_questionnaire
from posad.study.questionnaire.values import Item, Kind
from posad.tabulation.values import Column, Row, RowKind, Table, Tier

HERE = Place("study.yaml")
RU = """# Анкета

## Город

### like. Насколько вам нравится жить в вашем городе?
[один ответ]
- 5 очень нравится
- 4 скорее нравится
- 3 и да, и нет
- 2 скорее не нравится
- 1 совсем не нравится
- 99 затрудняюсь ответить {не знаю}

### move. Хотели бы вы переехать из вашего города в обозримом будущем?
[один ответ]
- 1 точно нет
- 2 скорее нет
- 3 скорее да
- 4 точно да
- 99 затрудняюсь ответить {не знаю}

### better. Что в крупных городах лучше, чем в небольших?
Отметьте не более пяти.
[до 5; случайно]
- 1 Больше возможностей для заработка и карьеры
- 2 Разнообразнее общественная и культурная жизнь
- 3 Доступнее и качественнее медицинские услуги
- 96 Другое {текст}
- 97 Ничего {исключающий}

## Услуги

### services. Как вы предпочитаете покупать и получать услуги?
[сетка; один ответ]
- taxi: Заказ такси
- bank: Банковские, финансовые услуги
- doctor: Медицинские услуги
- 1 онлайн
- 2 онлайн и офлайн
- 3 офлайн

### why. Почему вы хотели бы переехать?
[если move in 3-4; текст]

### age. Сколько вам полных лет?
[число 18–99]
"""
EN = """# Questionnaire

## Town

### like. How much do you like living in your town?
[one answer]
- 5 like very much
- 4 rather like
- 3 yes and no
- 2 rather dislike
- 1 dislike very much
- 99 hard to say {don't know}

### move. Would you like to move away from your town in the foreseeable future?
[one answer]
- 1 definitely not
- 2 rather not
- 3 rather yes
- 4 definitely yes
- 99 hard to say {don't know}

### better. What is better in large cities than in smaller towns?
Choose up to five.
[up to 5; random]
- 1 More opportunities to earn and make a career
- 2 Richer social and cultural life
- 3 More accessible and better medical services
- 96 Something else {text}
- 97 Nothing {exclusive}

## Services

### services. How do you prefer to buy and get services?
[grid; one answer]
- taxi: Ordering a taxi
- bank: Banking and financial services
- doctor: Medical services
- 1 online
- 2 online and offline
- 3 offline

### why. Why would you like to move?
[if move in 3-4; text]

### age. How old are you?
[number 18–99]
"""
CHAPTER_RU = """# Любят и уезжают

[72 %](#like.top2) жителей нравится жить в своём городе, и всё же почти половина – [48 %](#move.leave) – хотела бы
переехать. Молодые хотят уехать [в 1,7 раза чаще](#move.leave@bands:young/older) тех, кому от 45 до 59 лет: разница
[29 п. п.](#move.leave@bands:young-older) В среднем своему городу ставят [4,0](#like.mean) из пяти.

![Хотели бы вы переехать](#chart:move)

## Привязанность и возраст

Среди тех, кому за 60, ответов мало, и числа по ним не показаны ([2 %](#move.leave@bands:old)).

![Молодые хотят уехать](#chart:move-age)

![Нравится ли вам жить в вашем городе](#chart:like)

![Хотели бы вы переехать, по полу и возрасту](#table:move@sex)

> «Город хороший, но лечиться мы ездим за двести километров».

## Чего не хватает

Чаще всего называют заработок – [64 %](#better.1) – и культуру.

![Что в крупных городах лучше](#chart:better)

![Где отстающие видят разрыв острее](#chart:gaps)
"""
CHAPTER_EN = """# Fond of the town, and leaving

[72%](#like.top2) of residents like living in their town, and yet almost half – [48%](#move.leave) – would like to move.
The young want to leave [1.7 times as often](#move.leave@bands:young/older) as those aged 45 to 59: the difference is
[29 pp](#move.leave@bands:young-older). On average the town gets [4.0](#like.mean) of five.

![Would you like to move](#chart:move)

## Attachment and age

There are few answers from those over 60, and their numbers are not shown ([2%](#move.leave@bands:old)).

![The young want to leave](#chart:move-age)

![Do you like living in your town](#chart:like)

![Would you like to move, by sex and age](#table:move@sex)

> “A good town, but for a doctor we travel two hundred kilometres.”

## What is missing

Earnings are named most often – [64%](#better.1) – then culture.

![What is better in large cities](#chart:better)

![Where those falling behind see a sharper gap](#chart:gaps)
"""
SECOND_RU = """# Услуги

Такси заказывают онлайн [43 %](#services.taxi.1); к врачу идут сами.

![Как вы предпочитаете получать услуги](#chart:services)
"""
AGE = text("Возраст", "Age")
GROUPS = (
    ("young", text("18–29 лет", "18–29")),
    ("middle", text("30–44 года", "30–44")),
    ("older", text("45–59 лет", "45–59")),
    ("old", text("60 лет и старше", "60 and over")),
)


def band(number: int) -> Expression | None:
    """Return the condition of an age band; the last takes whoever is left."""
    limits = {1: "age in 18-29", 2: "age in 30-44", 3: "age in 45-59"}
    return parse(limits[number], HERE)[0] if number in limits else None


def study() -> Study:
    """Return the study behind the report."""
    questionnaire, problems = read_questionnaire({"ru": ("questionnaire.md", RU), "en": ("questionnaire.en.md", EN)})
    assert questionnaire is not None, problems
    variable = Variable(
        "bands", AGE, tuple(Group(id, i, label, band(i), HERE) for i, (id, label) in enumerate(GROUPS, 1)), HERE
    )
    source = text("Перепись населения, 2021", "Population census, 2021")
    margin = Margin("bands", ((1, 0.19), (2, 0.31), (3, 0.26), (4, 0.24)), source, HERE)
    rows = tuple(q.id for q in questionnaire.questions)
    return Study(
        folder="/study",
        title=text("Город, из которого не хочется уезжать", "A town one does not want to leave"),
        population=text(
            "Жители городов до 250 тыс. человек, 18 лет и старше", "Residents, 18 and over, of towns under 250,000"
        ),
        languages=("ru", "en"),
        questionnaire=questionnaire,
        facts={
            "who": text("Исследовательская группа «Пример»", "The Example research group"),
            "when": text("Май 2025 года", "May 2025"),
            "mode": text("Онлайн-опрос", "Online survey"),
            "sample": text("Квоты по полу, возрасту и размеру города", "Quotas by sex, age and town size"),
            "limits": text(
                "Панель не охватывает тех, у кого нет интернета.", "The panel does not reach people without internet."
            ),
        },
        variables=(variable,),
        weights=(WeightPlan("main", "rake", HERE, (margin,)),),
        books=(
            Book("client", text("Таблицы заказчику", "Client’s tables"), (BannerPart(("bands",), HERE),), rows, HERE),
        ),
    )


def numbers() -> dict[str, Fact]:
    """Return the facts named in the chapters."""
    leave = text("доля ответов «скорее да», «точно да»", "share of “rather yes”, “definitely yes”")
    like = text("доля ответов 4 и 5", "share of answers 4 and 5")
    town = text("Насколько вам нравится жить в вашем городе?", "How much do you like living in your town?")
    young = fact("move.leave@bands:young", 0.68, 240, measure=leave, group=GROUPS[0][1])
    older = fact("move.leave@bands:older", 0.39, 92, measure=leave, group=GROUPS[2][1])
    ratio = text("отношение двух долей", "ratio of two shares")
    gap = text("разность двух долей", "difference of two shares")
    listed = (
        fact("like.top2", 0.72, measure=like, question=town),
        fact("like.mean", 4.04, statistic="mean", measure=text("средняя оценка", "mean score"), question=town),
        fact("move.leave", 0.48, measure=leave),
        fact("move.leave@bands:old", 0.26, 21, measure=leave, group=GROUPS[3][1]),
        fact(
            "move.leave@bands:young/older",
            1.74,
            332,
            statistic="ratio_of_estimates",
            measure=ratio,
            parts=(young, older),
        ),
        fact("move.leave@bands:young-older", 0.29, 332, statistic="difference", measure=gap, parts=(young, older)),
        fact("better.1", 0.64, measure=text("назвали «заработок и карьера»", "named “earnings and career”")),
        fact("services.taxi.1", 0.43, measure=text("доля ответа «онлайн»", "share of “online”")),
    )
    return {f.address: f for f in listed}


def table(
    item: Item, shares: Mapping[str, float], columns: tuple[Column, ...], bases: Mapping[str, int], id: str = ""
) -> Table:
    """Return a table whose cells are the given shares, a little higher in each further column."""
    rows = [Row(str(o.code), "answer", o.label, (o.code,)) for o in item.options]
    extra: tuple[tuple[str, RowKind, LocalText], ...] = ()
    if item.id == "move":
        extra = (("leave", "net", text("хотят уехать", "want to leave")),)
    if item.id == "like":
        extra = (("mean", "mean", text("Среднее", "Mean")),)
    rows += [Row(i, kind, label) for i, kind, label in extra]
    cells = {}
    for place, column in enumerate(columns):
        for row in rows:
            share = shares.get(row.id, 0.1)
            statistic = "mean" if row.kind == "mean" else "share"
            value = share + place * 0.013 if share else share
            cells[row.id, column.id] = estimate(value, bases[column.id], "mean" if statistic == "mean" else "share")
    tiers: dict[str, Tier] = {c: "hidden" if n < 30 else "flagged" if n < 100 else "full" for c, n in bases.items()}
    return Table(
        id or f"topline/{item.id}",
        item.id,
        item.label,
        item.label,
        samples.EVERYBODY,
        "main",
        tuple(rows),
        columns,
        cells,
        {c: Bases(n, float(n), n * 0.81) for c, n in bases.items()},
        tiers,
        (text("Взвешено по полу, возрасту и размеру города.", "Weighted by sex, age and town size."),),
        False,
    )


TOTAL = Column("total", (text("Все", "Total"),), 0)
SHARES: Mapping[str, Mapping[str, float]] = {
    "like": {"5": 0.38, "4": 0.34, "3": 0.21, "2": 0.02, "1": 0.03, "99": 0.02, "mean": 4.04},
    "move": {"1": 0.176, "2": 0.304, "3": 0.331, "4": 0.149, "99": 0.04, "leave": 0.48},
    "better": {"1": 0.64, "2": 0.47, "3": 0.43, "96": 0.03, "97": 0.06},
    "services.taxi": {"1": 0.43, "2": 0.4, "3": 0.17},
}


def banner() -> tuple[tuple[Column, ...], Mapping[str, int]]:
    """Return Total, sex, and age within sex, with bases from plenty to too few."""
    sexes = (("m", text("Мужчины", "Men")), ("f", text("Женщины", "Women")))
    sex, nested = text("Пол", "Sex"), text("Пол и возраст", "Sex and age")
    columns = [TOTAL, *(Column(f"sex:{s}", (sex, label), 1) for s, label in sexes)]
    columns += [Column(f"sex:{s}>bands:{a}", (nested, label, name), 2) for s, label in sexes for a, name in GROUPS]
    counts = (1200, 540, 660, 110, 180, 42, 12, 130, 200, 50, 9)
    return tuple(columns), {c.id: n for c, n in zip(columns, counts, strict=True)}


def report(simulated: bool = False) -> Report:
    """Return the report, of real or of simulated answers."""
    facts, figures = numbers(), {}
    for make in samples.EVERY_FIGURE:
        figure, own = make(simulated)
        figures[figure.id], facts = figure, {**facts, **own}
    standing = {a: replace(f, standing="published") for a, f in facts.items()} if simulated else facts
    made = study()
    items = [i for i in made.questionnaire.items() if i.kind not in (Kind.OPEN, Kind.NUMBER)]
    columns, bases = banner()
    topline = {
        i.id: replace(table(i, SHARES.get(i.id, {}), (TOTAL,), {"total": 1200}), simulated=simulated) for i in items
    }
    move = next(i for i in items if i.id == "move")
    cross = replace(table(move, SHARES["move"], columns, bases, "client/move"), simulated=simulated)
    shares = ((0.19, 0.243, 0.19), (0.31, 0.322, 0.31), (0.26, 0.241, 0.26), (0.24, 0.194, 0.24))
    source = text("Перепись населения, 2021", "Population census, 2021")
    margins = tuple(MarginLine(AGE, label, *s, source) for (_, label), s in zip(GROUPS, shares, strict=True))
    return Report(
        study=made,
        chapters=(
            ChapterText(
                "01-town", {"ru": ("report/01-town.md", CHAPTER_RU), "en": ("report/01-town.en.md", CHAPTER_EN)}
            ),
            ChapterText("02-services", {"ru": ("report/02-services.md", SECOND_RU)}),
        ),
        facts=standing,
        figures=figures,
        tables={"move@sex": cross},
        topline=topline,
        weights=(WeightSummary("main", "rake", 1200, 972.4, 1.234, 0.41, 2.87, margins),),
        cleaning=(
            CleaningLine(
                "fast",
                text("Ответили быстрее трети медианного времени", "Faster than a third of the median"),
                "exclude",
                31,
            ),
            CleaningLine(
                "line", text("Один и тот же ответ во всей сетке", "The same answer all down the grid"), "flag", 12
            ),
        ),
        read=1231,
        used=1200,
        simulated=simulated,
        subtitle=text(
            "Почему жители малых городов любят их и всё же собираются уезжать",
            "Why people love small towns and still mean to leave",
        ),
        data_digest="9f3c27aa41d0b5",
        stamp="51f0c2d7e8aa90b1c2d3",
    )


def planned() -> Report:
    """Return the same study before anybody has answered."""
    full = report()
    return Report(study=full.study, chapters=full.chapters, subtitle=full.subtitle, stamp="1f2e3d4c5b6a7988")


EVERY: Mapping[str, Callable[[], Report]] = {"simulated": lambda: report(True), "real": report, "planned": planned}
