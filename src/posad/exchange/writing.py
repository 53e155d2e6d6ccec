"""The settings of an imported study as YAML text a person goes on editing."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from posad.core.words import Language
from posad.exchange.inference.values import Proposal

_PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9_]*(?:\.[A-Za-z0-9_]+)*")
LONGEST_KEY = 1000  # characters; YAML stops at 1,024
_WORDS = frozenset({"true", "false", "null", "yes", "no", "on", "off", "y", "n", "nan", "inf"})


def scalar(text: str) -> str:
    r"""Return a text as a YAML scalar that reads back as the same text.

    >>> scalar("q7_1"), scalar("да: нет"), scalar("no"), scalar("1;2")
    ('q7_1', '"да: нет"', '"no"', '"1;2"')
    """
    if _PLAIN.fullmatch(text) and text.lower() not in _WORDS:
        return text
    return '"' + "".join(_escaped(c) for c in text) + '"'


def _key(text: str, indent: int = 2) -> str:
    """Return the words before a colon; YAML wants a question mark before very long ones, and the colon on the next line."""
    written = scalar(text)
    return written if len(written) <= LONGEST_KEY else f"? {written}\n{' ' * indent}"


def _escaped(character: str) -> str:
    if character in '\\"':
        return "\\" + character
    if character.isprintable():
        return character
    return f"\\u{ord(character):04x}" if ord(character) < 0x10000 else f"\\U{ord(character):08x}"


def study_yaml(title: str, language: Language, wave: str) -> str:
    """Return ``study.yaml`` of an imported study: what is known, and what its author has to say."""
    hint = {
        "ru": "Добавьте population (кого представляет выборка), who, when, mode, sponsor; вид выборки: quota, probability, census.",
        "en": "Add population (whom the sample stands for), who, when, mode, sponsor; kind of sample: quota, probability, census.",
    }
    lines = [
        f"# {hint.get(language, hint['en'])}",
        f"title: {scalar(title)}",
        f"languages: [{language}]",
        f"waves: [{scalar(wave)}]",
        "sample: {type: unknown}",
    ]
    return "\n".join(lines) + "\n"


def answers_yaml(file: str, wave: str, proposal: Proposal, language: Language, sheet: str | None) -> str:
    """Return the description of the raw file: which column leads where, texts as codes, values that mean "no answer"."""
    source = {"ru": f"импортировано из файла {file}", "en": f"imported from the file {file}"}
    lines = [f"file: {scalar(file)}", f"wave: {scalar(wave)}", f"source: {scalar(source.get(language, source['en']))}"]
    if sheet is not None:
        lines.append(f"sheet: {scalar(sheet)}")
    if proposal.delimiter is not None:
        lines.append(f"delimiter: {scalar(proposal.delimiter)}")
    lines.append("columns:")
    lines += [f"  {_key(c)}: {'null' if t is None else scalar(t)}" for c, t in proposal.columns.items()]
    lines += _nested("values", proposal.values)
    if proposal.missing:
        lines.append("missing:")
        lines += [f"  {scalar(item)}: {_flow(values)}" for item, values in proposal.missing.items()]
    return "\n".join(lines) + "\n"


def _nested(name: str, values: Mapping[str, Mapping[str, int]]) -> list[str]:
    lines = [f"{name}:"] if values else []
    for item, codes in values.items():
        lines.append(f"  {scalar(item)}:")
        lines += [f"    {_key(text, 4)}: {code}" for text, code in codes.items()]
    return lines


def _flow(values: Sequence[str]) -> str:
    return "[" + ", ".join(scalar(v) for v in values) + "]"


def weights_yaml(weights: Mapping[str, str], language: Language) -> str:
    """Return ``weights.yaml``: each given weight with a question to its author; the first serves wherever none is named."""
    if not weights:
        reason = {"ru": "в файле нет столбца с весами", "en": "the file has no column of weights"}
        return f"method: none\nreason: {scalar(reason.get(language, reason['en']))}\n"
    ask = {
        "ru": "? взят по имени столбца «{}»: как он сделан?",
        "en": "? taken by the name of column '{}': how was it made?",
    }
    lines = []
    for id, column in weights.items():
        note = ask.get(language, ask["en"]).format(column)
        lines += [f"{scalar(id)}:", "  method: given", f"  column: {scalar(id)}", f"  note: {scalar(note)}"]
    return "\n".join(lines) + "\n"
