"""The two papers of a plan: what it comes to, for those who judge it, and the brief for those who recruit.

A paper is a title and blocks of words and tables; it is said in Russian or English, written as Markdown here and as a page in
``report``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import product

from posad.core.numbers import number, percent
from posad.core.speech import say, way_out
from posad.core.words import Language, LocalText
from posad.study.frame.plan.values import Cell, SampleDesign
from posad.territory.sample.quotas import project
from posad.territory.sample.values import Difference, Domain, QuotaTable, Sample

DIMENSIONS: Mapping[str, tuple[str, str]] = {
    "district": ("Округ", "District"),
    "size": ("Размер города", "Size of town"),
    "sex": ("Пол", "Sex"),
    "age": ("Возраст", "Age"),
}
WORDS: Mapping[str, tuple[str, str]] = {
    "plan": ("План выборки", "Plan of the sample"),
    "brief": ("Задание на набор", "Recruitment brief"),
    "size": ("Всего анкет: {n}.", "Interviews in all: {n}."),
    "who": ("Кого опрашиваем: {who}.", "Whom to interview: {who}."),
    "allocation": ("Распределение", "Allocation"),
    "level": ("по «{by}»: {rule}", "by {by}: {rule}"),
    "fixed": ("заданные доли {shares}", "fixed shares {shares}"),
    "proportional": ("пропорционально числу людей", "in proportion to people"),
    "equal": ("поровну", "equally"),
    "root": ("по корню из числа людей", "by the square root of people"),
    "power": ("по числу людей в степени {q}", "by people to the power {q}"),
    "neyman": ("по Нейману: число людей × разброс", "Neyman: people × spread"),
    "least": ("не меньше {n} в группе", "at least {n} in a group"),
    "people": ("людей, тыс.", "people, thousands"),
    "interviews": ("анкет", "interviews"),
    "weight": ("вес", "weight"),
    "deff": (
        "Дизайн-эффект распределения (Киш): {deff}; во столько раз растёт дисперсия, когда веса возвращают страты к населению.",
        "Design effect of the allocation (Kish): {deff}; the variance grows so many times when weights bring the strata back to the population.",
    ),
    "quotas": ("Квоты: {dims}", "Quotas: {dims}"),
    "held": ("Итоги таблицы по «{dims}» равны распределению.", "Totals of the table by {dims} equal the allocation."),
    "all": ("Всего", "All"),
    "errors": ("Ожидаемые ошибки", "Errors to expect"),
    "group": ("группа", "group"),
    "effective": ("эффективная база", "effective base"),
    "interval": ("95 % интервал доли {share}", "95% interval of a share of {share}"),
    "everybody": ("Все", "Everybody"),
    "model": (
        "Квотная выборка не даёт людям известных вероятностей отбора; эти интервалы – по модели, в которой внутри страт люди "
        "отобраны случайно. Приняты: доля {share}, доверие {level}, мощность {power}, дизайн-эффект весов сверх "
        "распределения {deff}, сходство жителей одного города {icc}.",
        "A quota sample gives nobody a known chance of selection; these intervals hold in a model where people inside strata are "
        "drawn at random. Assumed: a share of {share}, confidence {level}, power {power}, a design effect of weighting beyond the "
        "allocation of {deff}, likeness of people of one town {icc}.",
    ),
    "differences": ("Наименьшие различимые разности", "Smallest detectable differences"),
    "first": ("группа", "group"),
    "second": ("с чем сравнивается", "compared with"),
    "points": ("п. п.", "points"),
    "rest": ("остальные", "the others"),
    "none": ("не различить", "none"),
    "towns": ("Города", "Towns"),
    "town": ("город", "town"),
    "region": ("регион", "region"),
    "chance": ("шанс отбора", "chance"),
    "certain": ("взят наверняка", "taken for certain"),
    "notes": ("Что принято и на что обратить внимание", "What was assumed and what to mind"),
    "tolerance": (
        "Отклонение от квоты: не больше {t} от неё, а итог точный.",
        "A quota may be missed by {t} of it at most; the total is exact.",
    ),
    "exact": ("Квоты заполняются точно.", "Quotas are filled exactly."),
    "rule_live": (
        "Засчитываются только те, кто сам живёт в городе нужного размера; место жительства спрашивается в начале.",
        "Only people who live in a town of the size wanted count; where they live is asked first.",
    ),
    "rule_full": (
        "Заполненная клетка закрывается, и новые люди в неё не набираются; о клетках, которые не заполняются, сообщается "
        "заказчику, а не решается на месте.",
        "A cell that is full is closed, and nobody more is recruited for it; cells that cannot be filled are reported, not settled in the field.",
    ),
    "rule_tables": (
        "Каждая анкета засчитывается во всех таблицах квот сразу.",
        "Every interview counts in all tables of quotas at once.",
    ),
}


@dataclass(frozen=True, slots=True)
class Block:
    """A part of a paper: a heading, paragraphs, points, a table with its head first."""

    heading: str = ""
    words: tuple[str, ...] = ()
    points: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper in one language."""

    language: Language
    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Names:
    """The words of a study that papers use: its title and population, names of towns and regions by id."""

    title: LocalText
    population: LocalText = LocalText()
    towns: Mapping[str, LocalText] = field(default_factory=dict)
    regions: Mapping[str, LocalText] = field(default_factory=dict)  # by town


def word(key: str, language: Language, **facts: str) -> str:
    """Return one of the fixed words."""
    return WORDS[key][0 if language == "ru" else 1].format(**facts)


def dimension_name(id: str, language: Language) -> str:
    """Return a dimension in words; one of the study's own is called by its id."""
    return DIMENSIONS[id][0 if language == "ru" else 1] if id in DIMENSIONS else id


def plan_paper(sample: Sample, names: Names, language: Language) -> Paper:
    """Return what a plan comes to: allocation, quotas, errors, differences, assumptions."""
    design = sample.design
    blocks = [
        Block("", _head(design, names, language)),
        _allocation(sample, language),
        *(_quotas(t, design, language) for t in sample.tables),
        _errors(sample, language),
        _differences(sample, language),
        *_towns(sample, names, language),
    ]
    if sample.notes:
        points = tuple(f"{say(p, language)}. {way_out(p, language)}" for p in sample.notes)
        blocks.append(Block(word("notes", language), (), points))
    return Paper(language, f"{names.title.get(language)} – {word('plan', language)}", tuple(blocks))


def brief_paper(sample: Sample, names: Names, language: Language) -> Paper:
    """Return the brief for those who recruit: whom, where, how many, by which rules."""
    design = sample.design
    slack = "exact" if not design.tolerance else "tolerance"
    rules = [word(slack, language, t=percent(design.tolerance, language, 0 if design.tolerance >= 0.01 else 1))]
    rules += [word("rule_live", language)] if "size" in design.strata else []
    rules += [word("rule_full", language)]
    rules += [word("rule_tables", language)] if len(sample.tables) > 1 else []
    blocks = [
        Block("", _head(design, names, language), tuple(rules)),
        *(_quotas(t, design, language) for t in sample.tables),
        *_towns(sample, names, language),
    ]
    return Paper(language, f"{names.title.get(language)} – {word('brief', language)}", tuple(blocks))


def _head(design: SampleDesign, names: Names, language: Language) -> tuple[str, ...]:
    lines = [word("size", language, n=number(design.size, language))]
    if who := names.population.get(language).strip().rstrip("."):
        lines.append(word("who", language, who=who))
    return tuple(lines)


def labels(design: SampleDesign, dims: Sequence[str], cell: Cell, language: Language) -> tuple[str, ...]:
    """Return the groups of a cell in words."""
    return tuple(design.dimension(d).label(g).get(language) for d, g in zip(dims, cell, strict=True))


def _allocation(sample: Sample, language: Language) -> Block:
    design, made = sample.design, sample.allocation
    points = []
    for level in design.levels:
        shares = ", ".join(
            f"{' > '.join(labels(design, level.by, c, language))} {percent(s, language)}"
            for c, s in level.shares.items()
        )
        rule = word(level.rule, language, shares=shares, q=number(level.exponent, language, 2))
        by = " × ".join(dimension_name(d, language) for d in level.by)
        least = f"; {word('least', language, n=str(level.least))}" if level.least else ""
        points.append(word("level", language, by=by, rule=rule) + least)
    people, n = sum(made.people.values()), sum(made.whole.values())
    rows = [
        (
            *(dimension_name(d, language) for d in made.dims),
            word("people", language),
            word("interviews", language),
            word("weight", language),
        )
    ]
    for cell, interviews in made.whole.items():
        weight = number(float(made.people[cell] / people * n / interviews), language, 3) if interviews else "–"
        told = number(float(made.people[cell]) / 1000, language, 1)
        rows.append((*labels(design, made.dims, cell, language), told, number(interviews, language), weight))
    deff = number(sample.precision.deff, language, 3)
    return Block(word("allocation", language), (word("deff", language, deff=deff),), tuple(points), tuple(rows))


def _quotas(table: QuotaTable, design: SampleDesign, language: Language) -> Block:
    """Return a table of quotas: the last dimension runs across, the others down, with totals."""
    names = [dimension_name(d, language) for d in table.dims]
    heading = word("quotas", language, dims=" × ".join(names))
    held = " × ".join(dimension_name(d, language) for d in table.held)
    words = (word("held", language, dims=held),) if table.held else ()
    down, across = table.dims[:-1], design.dimension(table.dims[-1])
    groups = [design.dimension(d).ids for d in down]
    total = word("all", language)
    rows = [(*names[:-1], *(across.label(g).get(language) for g in across.ids), total)]
    for head in product(*groups):
        cells = [table.quota.get((*head, g), 0) for g in across.ids]
        rows.append((*labels(design, down, head, language), *(number(n, language) for n in (*cells, sum(cells)))))
    if down:
        columns = project({c: Fraction(n) for c, n in table.quota.items()}, table.dims, table.dims[-1:])
        sums = [int(columns.get((g,), 0)) for g in across.ids]
        blank = ("",) * (len(down) - 1)
        rows.append((total, *blank, *(number(n, language) for n in (*sums, sum(sums)))))
    return Block(heading, words, (), tuple(rows))


def _errors(sample: Sample, language: Language) -> Block:
    design, a = sample.design, sample.design.assume
    share = percent(a.share, language)
    said = word("interval", language, share=share).replace("95", number(100 * a.confidence, language), 1)
    rows: list[tuple[str, ...]] = [
        (word("group", language), word("interviews", language), "deff", word("effective", language), said)
    ]
    rows += [_error(d, design, language) for d in sample.precision.domains]
    facts = {"share": share, "level": percent(a.confidence, language), "power": percent(a.power, language)}
    model = word("model", language, deff=number(a.deff, language, 2), icc=number(a.icc, language, 2), **facts)
    return Block(word("errors", language), (model,), (), tuple(rows))


def _error(d: Domain, design: SampleDesign, language: Language) -> tuple[str, ...]:
    ends = f"{number(100 * d.low, language, 1)}–{percent(d.high, language, 1)}"
    return (
        group_name(d.dim, d.group, design, language),
        number(d.n, language),
        number(d.deff, language, 3),
        number(d.effective, language),
        ends,
    )


def group_name(dim: str, group: str, design: SampleDesign, language: Language) -> str:
    """Return a group with its dimension, or everybody."""
    if not dim:
        return word("everybody", language)
    return f"{dimension_name(dim, language)}: {design.dimension(dim).label(group).get(language)}"


def _differences(sample: Sample, language: Language) -> Block:
    """Return each group against all the others; pairs stand in the table for programs."""
    design = sample.design
    rows = [(word("first", language), word("second", language), word("points", language))]
    for d in sample.precision.differences:
        if not d.second:
            name = group_name(d.dim, d.first, design, language)
            rows.append((name, word("rest", language), points(d, language)))
    return Block(word("differences", language), (), (), tuple(rows))


def points(d: Difference, language: Language) -> str:
    """Return a smallest detectable difference in percentage points."""
    return word("none", language) if d.difference is None else number(100 * d.difference, language, 1)


def _towns(sample: Sample, names: Names, language: Language) -> list[Block]:
    if not sample.towns:
        return []
    design = sample.design
    dims = tuple(dimension_name(d, language) for d in design.strata)
    rows = [(*dims, *(word(k, language) for k in ("region", "town", "interviews", "chance")))]
    for t in sample.towns:
        chance = word("certain", language) if t.certain else percent(float(t.chance), language, 1)
        name = names.towns[t.id].get(language) if t.id in names.towns else t.id
        region = names.regions[t.id].get(language) if t.id in names.regions else ""
        where = labels(design, design.strata, t.stratum, language)
        rows.append((*where, region, name, number(t.interviews, language), chance))
    return [Block(word("towns", language), (), (), tuple(rows))]


def markdown(paper: Paper) -> str:
    """Return a paper as Markdown."""
    lines = [f"# {paper.title}", ""]
    for block in paper.blocks:
        if block.heading:
            lines += [f"## {block.heading}", ""]
        for words in block.words:
            lines += [words, ""]
        if block.points:
            lines += [*(f"- {p}" for p in block.points), ""]
        if block.rows:
            head, *rest = block.rows
            number_at = [bool(rest) and _is_number(rest[0][i]) for i in range(len(head))]
            lines += [_line(head), _line(["---:" if n else "---" for n in number_at]), *map(_line, rest), ""]
    return "\n".join(lines).rstrip() + "\n"


def _is_number(cell: str) -> bool:
    return cell[:1].isdigit()


def _line(cells: Sequence[str]) -> str:
    safe = [c.replace("|", r"\|") for c in cells]
    return f"| {' | '.join(safe)} |"
