"""Sentences and their meaning as lines for the terminal, and as a page of two columns to be printed and signed."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from posad.claims.reading.values import Meaning, Reading
from posad.core.speech import say
from posad.core.words import Language

WORDS: dict[str, dict[Language, str]] = {
    "title": {"ru": "Предложения и их смысл", "en": "Sentences and what they mean"},
    "sentence": {"ru": "Предложение", "en": "Sentence"},
    "meaning": {"ru": "Смысл", "en": "Meaning"},
    "question": {"ru": "вопрос", "en": "question"},
    "answers": {"ru": "считается", "en": "counted"},
    "group": {"ru": "в ком", "en": "in whom"},
    "base": {"ru": "база", "en": "base"},
    "value": {"ru": "значение", "en": "value"},
    "address": {"ru": "адрес", "en": "address"},
    "all": {"ru": "все опрошенные", "en": "all respondents"},
    "people": {"ru": "опрошено {n}", "en": "{n} respondents"},
    "unlinked": {"ru": "без ссылки на число", "en": "no number is linked"},
    "signed": {"ru": "подписано: {who}, {when}", "en": "signed: {who}, {when}"},
    "unsigned": {"ru": "не подписано", "en": "not signed"},
    "void": {"ru": "подпись больше не действует: {who}, {when} ({why})", "en": "signature void: {who}, {when} ({why})"},
    "sentence-changed": {"ru": "изменилось предложение", "en": "the sentence changed"},
    "value-changed": {"ru": "изменилось значение", "en": "the value changed"},
    "definition-changed": {"ru": "изменилось определение", "en": "the definition changed"},
    "hand": {"ru": "Прочёл и согласен (имя, дата, подпись):", "en": "Read and agreed (name, date, signature):"},
}

_STYLE = """
:root{color-scheme:light dark}
body{font:16px/1.5 Arial,"Liberation Sans",sans-serif;margin:0 auto;max-width:72rem;padding:1rem}
table{border-collapse:collapse;width:100%}
th,td{border-top:1px solid #8888;padding:.6rem .8rem;text-align:left;vertical-align:top;width:50%}
mark{background:#ffe08a;color:#000;padding:0 .15em}
dl{display:grid;grid-template-columns:max-content 1fr;gap:0 .8rem;margin:0 0 .8rem}
dt{opacity:.75}dd{margin:0}
.state,.place{font-size:.85rem;opacity:.8}
.wrong{border-left:4px solid #b00020;padding-left:.6rem}
.hand{margin-top:2rem;border-top:1px solid;padding-top:2.5rem}
@media(max-width:40rem){table,tbody,tr,td{display:block;width:auto}thead{display:none}}
@media print{tr{break-inside:avoid}mark{outline:1px solid}}
"""


def word(key: str, language: Language, **facts: str) -> str:
    """Return one of the page's own words."""
    return WORDS[key]["ru" if language == "ru" else "en"].format(**facts)


def meaning_lines(meaning: Meaning, language: Language) -> list[tuple[str, str]]:
    """Return the parts of a meaning with their names."""
    people = word("people", language, n=meaning.people) if meaning.people else ""
    listed = [
        ("value", " – ".join(p for p in (meaning.value, meaning.interval) if p)),
        ("question", meaning.question),
        ("answers", meaning.answers),
        ("group", meaning.group or word("all", language)),
        ("base", "; ".join(p for p in (meaning.base, people) if p)),
        ("address", f"#{meaning.address}"),
    ]
    return [(word(key, language), value) for key, value in listed if value]


def state_of(reading: Reading, language: Language) -> str:
    """Return whether a sentence is signed, by whom and when, or why no longer."""
    if reading.signed is not None:
        return word("signed", language, who=reading.signed.who, when=reading.signed.when)
    if reading.void is not None:
        signature, why = reading.void
        return word("void", language, who=signature.who, when=signature.when, why=word(f"{why}-changed", language))
    return word("unsigned", language)


def text_of(readings: Sequence[Reading], language: Language) -> str:
    """Return the sentences and their meaning as text."""
    blocks = []
    for reading in readings:
        lines = [f"{reading.place}", f"  {reading.sentence}"]
        for meaning in reading.meanings:
            lines.append(f"    [{meaning.words}]")
            lines += [f"      {name}: {value}" for name, value in meaning_lines(meaning, language)]
        if not reading.meanings:
            lines.append(f"    {word('unlinked', language)}")
        lines += [f"    ! {p.code}: {say(p, language)}" for p in reading.problems]
        if reading.meanings:
            lines.append(f"    {state_of(reading, language)}")
        blocks.append("\n".join(lines))
    return "\n\n".join(blocks)


def html_of(readings: Sequence[Reading], language: Language, title: str) -> str:
    """Return one page that asks for nothing outside itself: sentences to the left, their meaning to the right."""
    rows = "\n".join(_row(reading, language) for reading in readings)
    head = f"<tr><th scope=col>{word('sentence', language)}</th><th scope=col>{word('meaning', language)}</th></tr>"
    return (
        f'<!doctype html>\n<html lang="{language}"><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width"><title>{escape(title)}</title><style>{_STYLE}</style></head>\n'
        f"<body><main><h1>{word('title', language)}</h1><p>{escape(title)}</p>\n<table><thead>{head}</thead><tbody>\n{rows}\n"
        f'</tbody></table>\n<p class="hand">{word("hand", language)}</p></main></body></html>\n'
    )


def _row(reading: Reading, language: Language) -> str:
    meanings = "".join(_meaning(m, language) for m in reading.meanings) or f"<p>{word('unlinked', language)}</p>"
    wrong = "".join(f'<p class="wrong">{escape(p.code)}: {escape(say(p, language))}</p>' for p in reading.problems)
    state = f'<p class="state">{escape(state_of(reading, language))}</p>' if reading.meanings else ""
    return (
        f'<tr><td lang="{reading.language}"><p>{_marked(reading)}</p><p class="place">{escape(str(reading.place))}</p></td>'
        f"<td>{meanings}{wrong}{state}</td></tr>"
    )


def _meaning(meaning: Meaning, language: Language) -> str:
    parts = "".join(f"<dt>{escape(n)}</dt><dd>{escape(v)}</dd>" for n, v in meaning_lines(meaning, language))
    return f"<p><mark>{escape(meaning.words)}</mark></p><dl>{parts}</dl>"


def _marked(reading: Reading) -> str:
    """Return the sentence with the words of its links marked."""
    found, at = [], 0
    for start, end in reading.marks:
        found += [escape(reading.sentence[at:start]), f"<mark>{escape(reading.sentence[start:end])}</mark>"]
        at = end
    return "".join(found) + escape(reading.sentence[at:])


def json_of(readings: Sequence[Reading]) -> list[dict[str, object]]:
    """Return the sentences for programs."""
    return [
        {
            "key": r.key,
            "file": r.file,
            "language": r.language,
            "place": str(r.place),
            "sentence": r.sentence,
            "meanings": [{name: getattr(m, name) for name in m.__slots__} for m in r.meanings],
            "hash": r.hash,
            "problems": [p.code for p in r.problems],
            "signed": {"who": r.signed.who, "when": r.signed.when} if r.signed is not None else None,
            "void": {"who": r.void[0].who, "when": r.void[0].when, "changed": r.void[1]}
            if r.void is not None
            else None,
        }
        for r in readings
    ]
