"""The page of an audit: how many statements got which verdict, then each of them with its reasons, those that fail first.

One HTML file without scripts and requests, in the look of the report; the mark of simulated respondents stands on top of it.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from posad.claims.audit.values import VERDICTS, Answer, Audit, Bound, Verdict
from posad.core.numbers import NO_BREAK, number
from posad.core.speech import say, severity, way_out
from posad.core.words import Language
from posad.report.wording import words
from posad.study.plans.values import Study

if TYPE_CHECKING:
    from jinja2 import Environment

NAMES: Mapping[Verdict, Mapping[Language, str]] = {
    "contradictory": {"ru": "противоречит", "en": "contradictory"},
    "not-reproduced": {"ru": "не воспроизведено", "en": "not reproduced"},
    "reproduced": {"ru": "воспроизведено", "en": "reproduced"},
    "compatible": {"ru": "не противоречит", "en": "compatible"},
    "bounded": {"ru": "известны границы", "en": "bounded"},
    "sourced": {"ru": "есть источник", "en": "sourced"},
    "needs-source": {"ru": "нужен источник", "en": "needs a source"},
    "interpretation": {"ru": "толкование", "en": "interpretation"},
}
PHRASES: Mapping[str, Mapping[Language, str]] = {
    "title": {"ru": "Проверка утверждений отчёта", "en": "Audit of a report’s statements"},
    "answers": {"ru": "Сверено с ответами людей.", "en": "Held against answers of people."},
    "simulated": {
        "ru": "Сверено со смоделированными ответами и с напечатанными числами: ни одно число не воспроизведено заново.",
        "en": "Held against simulated answers and the printed numbers: no number was reproduced.",
    },
    "printed": {
        "ru": "Ответов людей нет: отчёт сверен со своими же напечатанными числами.",
        "en": "There are no answers: the report was held against its own printed numbers.",
    },
    "counts": {"ru": "Вердикты", "en": "Verdicts"},
    "contents": {"ru": "Содержание", "en": "Contents"},
    "statement": {"ru": "Утверждение", "en": "Statement"},
    "why": {"ru": "Почему", "en": "Why"},
    "reading": {"ru": "Прочтение", "en": "Reading"},
    "slide": {"ru": "строка", "en": "line"},
    "bound": {"ru": "от {low} до {high}", "en": "{low} to {high}"},
    "loose": {"ru": "с округлением от {low} до {high}", "en": "with rounding {low} to {high}"},
    "statements": {"ru": "утверждений", "en": "statements"},
}
_OWN = (
    ".verdicts{list-style:none;padding:0;display:grid;grid-template-columns:repeat(auto-fit,minmax(170px,1fr));gap:10px 24px}"
    ".verdicts li{border-top:2px solid var(--rule);padding-top:6px}.verdicts strong{display:block;font-size:28px;line-height:1.2}"
    ".verdicts .bad strong{color:var(--warn)}main.audit{max-width:none}.audit article{border-top:1px solid var(--rule);padding:12px 0}"
    ".audit article p{margin:0 0 6px;max-width:46em}.audit article .said{font-weight:700}.audit article .about{font-size:14px;color:var(--muted)}"
    ".audit article.bad .why{border-left:4px solid var(--warn-rule);padding-left:12px}"
)


@dataclass(frozen=True, slots=True)
class _Line:
    """One statement on the page."""

    id: str
    text: str
    language: Language
    line: str
    bad: bool
    reasons: tuple[tuple[str, str], ...]
    bounds: tuple[tuple[str, str], ...]
    reading: str


def verdict_name(verdict: Verdict, language: Language) -> str:
    """Return a verdict in words."""
    return NAMES[verdict]["ru" if language == "ru" else "en"]


def phrase(key: str, language: Language) -> str:
    """Return one of the page's fixed words."""
    return PHRASES[key]["ru" if language == "ru" else "en"]


def bound_text(bound: Bound, language: Language) -> str:
    """Return between what an unprinted number lies: by the numbers as printed, and with rounding where that is wider."""
    stated = _ends("bound", bound.low, bound.high, bound.unit, language)
    if (bound.loose_low, bound.loose_high) == (bound.low, bound.high):
        return stated
    return f"{stated} ({_ends('loose', bound.loose_low, bound.loose_high, bound.unit, language)})"


def _ends(key: str, low: Fraction, high: Fraction, unit: str, language: Language) -> str:
    mark = "" if not unit else f"{NO_BREAK}%" if language == "ru" else "%"
    ends = [number(float(v), language, 0 if v.denominator == 1 else 1) for v in (low, high)]
    return phrase(key, language).format(low=ends[0], high=ends[1]) + mark


def render_audit(study: Study, made: Audit, language: Language) -> str:
    """Return the page of an audit in one language."""
    counts = made.counts
    groups = [
        (v, verdict_name(v, language), [_line(a, language) for a in made.answers if a.verdict == v])
        for v in VERDICTS
        if counts[v]
    ]
    style = files("posad.report.html").joinpath("templates", "style.css").read_text("utf-8").strip() + "\n" + _OWN
    digest = base64.b64encode(hashlib.sha256(style.encode("utf-8")).digest()).decode("ascii")
    page = (
        _environment()
        .get_template("audit.html")
        .render(
            language=language,
            title=phrase("title", language),
            subtitle=study.title.get(language),
            about=phrase(made.against, language),
            simulated=words("simulated", language) if made.against == "simulated" else "",
            simulated_long=words("simulated_long", language),
            groups=groups,
            counts=[
                (v, verdict_name(v, language), n, v in ("contradictory", "not-reproduced"))
                for v, n in counts.items()
                if n
            ],
            t=lambda key: phrase(key, language),
            made=words("made", language),
            skip=words("skip", language),
            style=style,
            style_hash=f"sha256-{digest}",
        )
    )
    return page.strip() + "\n"


def _line(answer: Answer, language: Language) -> _Line:
    bad = answer.verdict in ("contradictory", "not-reproduced")
    reasons = tuple((say(r, language), way_out(r, language) if severity(r) == "error" else "") for r in answer.reasons)
    bounds = tuple((b.what, bound_text(b, language)) for b in answer.bounds)
    reading = ""
    if answer.binding is not None:
        parts = (answer.binding.reading, " ".join(answer.binding.names), answer.binding.note)
        reading = " · ".join(p for p in parts if p)
    statement = answer.statement
    return _Line(statement.id, statement.text, statement.language, statement.line, bad, reasons, bounds, reading)


@cache
def _environment() -> Environment:
    from jinja2 import Environment, PackageLoader, StrictUndefined
    from markupsafe import Markup

    loader = PackageLoader("posad.report.html", "templates")
    environment = Environment(
        loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters["ours"] = Markup
    return environment
