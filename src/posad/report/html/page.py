"""The report as one HTML file: no request leaves it, and it works without scripts.

The page is put together from views (plain values made by the files beside this one) and templates that escape everything but our
own markup. Style and script are allowed by their digests, so nothing else can run. Same report, same bytes.

To add a part of the page: 1. a view in a file here; 2. a macro in ``templates/parts.html``; 3. its line in ``page.html``; 4. its
words in ``wording.py``; 5. a look at it on a phone and on paper.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from posad.core.numbers import number
from posad.core.words import Language
from posad.report.document import Report
from posad.report.html.chapters import ChapterView, Links, chapter_view
from posad.report.html.figures import figure_view
from posad.report.html.method import facts_section, intervals_section, limits_section, method_sections
from posad.report.html.passports import make_passport
from posad.report.html.plan import plan_sections
from posad.report.html.tables import table_view
from posad.report.html.topline import questionnaire_view
from posad.report.html.wording import people, words
from posad.report.svg.palette import DARK, theme_css

if TYPE_CHECKING:
    from jinja2 import Environment


@dataclass(frozen=True, slots=True)
class HeadFact:
    """One of the facts under the title."""

    name: str
    value: str
    more: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the contents."""

    id: str
    title: str
    parts: tuple[tuple[str, str], ...] = ()


def render(report: Report, language: Language) -> str:
    """Return the page of a report in one language.

    A study without answers gets its questionnaire and plan, and says that there are no answers.
    """
    environment = _environment()
    links = _links(environment, report, language)
    chapters = [chapter_view(c, links) for c in report.chapters] if report.has_answers else []
    passports = [make_passport(report.facts[address], language) for address in links.shown]
    answered = report.has_answers
    method = method_sections(report, language) if answered else _planned_method(report, language)
    plan = () if answered else plan_sections(report.study, language)
    blocks = questionnaire_view(report, language)
    style, script = _style(report.simulated, language, report.study.look.get("accent", "")), _source("script.js")
    page = environment.get_template("page.html").render(
        _about(report, language),
        chapters=chapters,
        chapters_waiting=bool(report.chapters) and not answered,
        passports=passports,
        method=method,
        plan=plan,
        blocks=blocks,
        contents=_contents(chapters, plan, bool(blocks), report, language),
        t=_speaker(language),
        style=environment.filters["ours"](style),
        script=environment.filters["ours"](script),
        style_hash=_hash(style),
        script_hash=_hash(script),
    )
    return page.strip() + "\n"


def _about(report: Report, language: Language) -> dict[str, object]:
    """Return what the page says of itself."""
    others = [(code, _own_name(code)) for code in report.languages if code != language]
    return {
        "language": language,
        "others": others,
        "title": report.title.get(language),
        "subtitle": report.subtitle.get(language),
        "facts": _head_facts(report, language),
        "simulated": report.simulated,
        "has_answers": report.has_answers,
        "stamp": report.stamp[:16],
        "data_digest": report.data_digest[:12],
    }


def _own_name(code: Language) -> str:
    return {"ru": "Русская версия", "en": "English version"}.get(code, code)


def _head_facts(report: Report, language: Language) -> list[HeadFact]:
    facts = []
    if report.used:
        weight = report.weights[0] if report.weights else None
        effective = ""
        if weight and weight.method != "none":
            effective = f"({words('effective_short', language)} {number(weight.effective, language)})"
        who = f"{number(report.used, language)}\N{NO-BREAK SPACE}{people(report.used, language)}"
        facts.append(HeadFact(words("asked", language), who, effective))
    facts.append(HeadFact(words("population", language), report.study.population.get(language)))
    for key in ("when", "mode"):
        if text := report.study.facts.get(key):
            facts.append(HeadFact(words(f"head_{key}", language), text.get(language)))
    kind = "data_none" if not report.used else "data_simulated" if report.simulated else "data_real"
    facts.append(HeadFact(words("data", language), words(kind, language)))
    return [f for f in facts if f.value]


def _planned_method(report: Report, language: Language) -> tuple[object, ...]:
    return (facts_section(report, language), intervals_section(report, language), *limits_section(report, language))


def _contents(
    chapters: Sequence[ChapterView], plan: Sequence[object], questionnaire: bool, report: Report, language: Language
) -> list[Entry]:
    entries = [Entry(c.id, c.title, c.parts) for c in chapters]
    entries.append(Entry("method", words("method" if report.has_answers else "method_plan", language)))
    entries += [Entry(f"plan-{i}", str(getattr(s, "title", ""))) for i, s in enumerate(plan, 1)]
    if questionnaire:
        entries.append(Entry("topline", words("topline" if report.has_answers else "questionnaire", language)))
    return entries


def _speaker(language: Language) -> object:
    def speak(key: str, **facts: str | int) -> str:
        return words(key, language, **facts)

    return speak


def _links(environment: Environment, report: Report, language: Language) -> Links:
    parts = environment.get_template("parts.html").make_module({"t": _speaker(language)})

    def figure(id: str) -> str:
        return str(parts.figure(figure_view(report.figures[id], report.facts, language)))  # type: ignore[attr-defined]

    def table(id: str) -> str:
        return str(parts.table(table_view(report.tables[id], language)))  # type: ignore[attr-defined]

    return Links(report, language, figure, table)


@cache
def _environment() -> Environment:
    from jinja2 import Environment, PackageLoader, StrictUndefined
    from markupsafe import Markup

    environment = Environment(
        loader=PackageLoader("posad.report.html", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["ours"] = Markup
    return environment


def _source(name: str) -> str:
    from importlib.resources import files

    return (files("posad.report.html") / "templates" / name).read_text(encoding="utf-8").strip()


@cache
def _style(simulated: bool, language: Language, accent: str) -> str:
    """Return the style of the page: the sheet, the study's accent, the pictures' colours for the dark, the foot of each printed page."""
    own = f"@media not (prefers-color-scheme:dark){{:root{{--accent:{accent}}}}}" if accent else ""
    dark = f"@media screen and (prefers-color-scheme:dark){{{theme_css('main', DARK)}}}"
    mark = words("simulated", language) if simulated else ""
    font = 'font:9pt "Liberation Sans",Arial,sans-serif'
    foot = f'@page{{@bottom-left{{content:"{mark}";{font}}}@bottom-right{{content:counter(page);{font}}}}}'
    return "\n".join(filter(None, (_source("style.css"), own, dark, foot)))


def _hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii")
