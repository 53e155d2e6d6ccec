"""The questionnaire with the results so far: every question in its words, every answer with its count and share.

Interim results are of the completes at that moment, not weighted and without intervals: they show whether the questionnaire works,
and are no findings yet; the page says so.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from posad.core.numbers import number, percent
from posad.core.words import Language, LocalText
from posad.fieldwork.quality.effects import mean, share
from posad.fieldwork.quality.values import Trace
from posad.study.questionnaire.pipes import standing
from posad.study.questionnaire.values import Item, Kind, Question, Questionnaire, items_of

WORDS: Mapping[str, Mapping[Language, str]] = {
    "interim": {
        "ru": "Промежуточные результаты: завершённых интервью {n}, {moment}. Без весов и без погрешностей; это проверка анкеты, а не вывод.",
        "en": "Interim results: {n} completes, {moment}. Not weighted, without intervals: they try the questionnaire and are no findings.",
    },
    "simulated": {"ru": "Ответы придуманы: это репетиция.", "en": "The answers are invented: this is a rehearsal."},
    "base": {"ru": "Ответили: {n}", "en": "Answered: {n}"},
    "mean": {"ru": "Среднее: {mean} ({n})", "en": "Mean: {mean} ({n})"},
    "words": {"ru": "Написали: {n}", "en": "Wrote: {n}"},
}


def topline(
    questionnaire: Questionnaire, traces: Sequence[Trace], language: Language, moment: str, *, simulated: bool = False
) -> str:
    """Return the questionnaire as Markdown with interim results.

    Args:
        questionnaire: The questions.
        traces: The completes.
        language: The language.
        moment: When it is, in words.
        simulated: Whether the answers are nobody's.
    """

    def say(key: str, **facts: str) -> str:
        return (WORDS[key].get(language) or WORDS[key]["en"]).format(**facts)

    lines = [
        f"# {questionnaire.title.get(language)}",
        "",
        say("interim", n=number(len(traces), language), moment=moment),
    ]
    lines += [f"**{say('simulated')}**"] if simulated else []
    block = LocalText()
    for question in questionnaire.questions:
        if question.block != block:
            block = question.block
            lines += ["", f"## {block.get(language)}"]
        lines += ["", f"### {question.id}. {standing(question.text).get(language)}", ""]
        lines += _question(question, traces, language)
    return "\n".join(lines) + "\n"


def _question(question: Question, traces: Sequence[Trace], language: Language) -> Iterator[str]:
    items = items_of(question)
    if len(items) > 1:
        yield from _rows(question, items, traces, language)
        return
    for item in items:
        yield from _item(item, traces, language)


def _item(item: Item, traces: Sequence[Trace], language: Language) -> Iterator[str]:
    def say(key: str, **facts: str) -> str:
        return (WORDS[key].get(language) or WORDS[key]["en"]).format(**facts)

    match item.kind:
        case Kind.OPEN | Kind.TERRITORY:
            yield say("words", n=number(sum(item.column in t.answers for t in traces), language))
        case Kind.NUMBER:
            value, base = mean(item, traces)
            yield say("mean", mean=number(value, language, 1), n=number(base, language))
        case _:
            shares = [(o, *share(item, o, traces)) for o in item.options]
            base = max((b for _, _, b in shares), default=0)
            for option, part, _ in shares:
                yield f"- {option.code} {standing(option.label).get(language)} — {percent(part, language, 0)}"
            yield ""
            yield say("base", n=number(base, language))
            if item.kind is Kind.SCALE:
                value, rated = mean(item, traces)
                yield say("mean", mean=number(value, language, 1), n=number(rated, language))


def _rows(question: Question, items: Sequence[Item], traces: Sequence[Trace], language: Language) -> Iterator[str]:
    """Yield a table of a question that is asked by rows, places or turns."""
    numbers = (question.cell or question.kind) in (Kind.NUMBER, Kind.OPEN)
    heads = ["x̄"] if numbers else [standing(o.label).get(language) for o in question.options]
    yield "|  | " + " | ".join(h.replace("|", "/") for h in (*heads, "n")) + " |"
    yield "| --- " * (len(heads) + 2) + "|"
    criteria = {c.id: c.label.get(language) for c in question.criteria}
    for item in items:
        label = " – ".join(part for part in (item.label.get(language), criteria.get(item.criterion or "", "")) if part)
        if numbers:
            value, base = mean(item, traces)
            cells = [number(value, language, 1)]
        else:
            shares = [share(item, o, traces) for o in item.options]
            cells, base = [percent(s, language, 0) for s, _ in shares], max((b for _, b in shares), default=0)
        yield f"| {label.replace('|', '/')} | {' | '.join(cells)} | {number(base, language)} |"
