"""The report as one HTML file: no request leaves it, and it works without scripts.

The page is put together from views (plain values made by the files beside this one) and templates that escape everything but our
own markup. Style and script are allowed by their digests, so nothing else can run. Same report, same bytes.

To add a part of the page: 1. a view in a file here; 2. a macro in ``templates/parts.html``; 3. its line in ``edition.html``; 4. its
words in ``report.wording``; 5. a look at it on a phone and on paper.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import MutableMapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from posad.core.numbers import number
from posad.core.words import Language
from posad.report.document import Report
from posad.report.drawing import Pictures, facts_of
from posad.report.html.analyses import analysis_view
from posad.report.html.chapters import ChapterView, Links, chapter_view
from posad.report.html.figures import figure_view
from posad.report.html.passports import make_passport
from posad.report.html.quick.beside import both
from posad.report.html.quotes import quote_passport, word_grid
from posad.report.html.sections.changes import changes_grid
from posad.report.html.sections.method import facts_section, intervals_section, limits_section, method_sections
from posad.report.html.sections.plan import plan_sections
from posad.report.html.sections.topline import questionnaire_view
from posad.report.html.tables import table_view
from posad.report.svg.palette import theme_css
from posad.report.wording import people, words

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


Blocks = MutableMapping[tuple[str, Language], str]


def render(report: Report, language: Language, pictures: Pictures | None = None) -> str:
    """Return the page of a report in one language.

    A study without answers gets its questionnaire and plan, chapters with what the frame alone tells, and says that there are none.
    """
    return _page(report, (language,), pictures or {}, {})


def render_all(report: Report, pictures: Pictures | None = None, blocks: Blocks | None = None) -> str:
    """Return one page with every language of the study in it, the study's own shown first; it switches without a request.

    Args:
        report: The report.
        pictures: Its pictures where they are drawn already.
        blocks: Its figures with all that stands under them, by id and language, where they were written before; those missing are added.
    """
    return _page(report, report.languages, pictures or {}, {} if blocks is None else blocks)


def _page(report: Report, languages: tuple[Language, ...], pictures: Pictures, blocks: Blocks) -> str:
    environment = _environment()
    editions = _editions(environment, report, languages, pictures, blocks)
    style, script = _style(report.simulated, languages, report.study.look.get("accent", "")), _source("script.js")
    page = environment.get_template("page.html").render(
        language=languages[0],
        title=report.title.get(languages[0]),
        languages_label=" / ".join(words("top_bar", language) for language in languages),
        editions=editions,
        style=environment.filters["ours"](style),
        script=environment.filters["ours"](script),
        style_hash=_hash(style),
        script_hash=_hash(script),
    )
    return page.strip() + "\n"


def _editions(
    environment: Environment, report: Report, languages: tuple[Language, ...], pictures: Pictures, blocks: Blocks
) -> list[dict[str, object]]:
    """Return the languages of the page, the first written beside the others; blocks that were missing are added."""
    before = set(blocks)

    def written(some: tuple[Language, ...]) -> tuple[list[dict[str, object]], dict[tuple[str, Language], str]]:
        made = [_edition(environment, report, language, len(languages) > 1, (pictures, blocks)) for language in some]
        return made, {key: blocks[key] for key in blocks.keys() - before if key[1] in some}

    if len(languages) == 1:
        return written(languages)[0]
    (first, _), (others, added) = both(lambda: written(languages[:1]), lambda: written(languages[1:]))
    blocks.update(added)
    return [*first, *others]


def _edition(
    environment: Environment, report: Report, language: Language, many: bool, drawn: tuple[Pictures, Blocks]
) -> dict[str, object]:
    """Return one language of the page; where there are several, every name inside it begins with the language."""
    body = apart(_body(environment, report, language, drawn))
    return {
        "language": language,
        "own_name": _own_name(language),
        "main": f"{language}-main" if many else "main",
        "skip": words("skip", language),
        "theme": words("theme", language),
        "themes": {id: words(f"theme_{id}", language) for id in ("auto", "light", "dark")},
        "body": named(body, f"{language}-") if many else body,
    }


_NAMES = re.compile(r'( (?:id|for|popovertarget|aria-labelledby|aria-describedby|aria-controls)="| href="#)(?=[^"])')


def named(markup: str, prefix: str) -> str:
    """Return our own markup with every name in it, and every reference to one, begun with a prefix.

    In our markup a plain quotation mark stands only around attributes: in texts it is escaped.

    >>> named('<a id="x" href="#y">#y</a>', "ru-")
    '<a id="ru-x" href="#ru-y">#y</a>'
    """
    return _NAMES.sub(lambda match: match[1] + prefix, markup)


_REGIONS = re.compile(r'( role="region" aria-label=")([^"]*)')


def apart(markup: str) -> str:
    """Return our own markup with regions of one name told apart: whoever moves by regions hears which of them it is.

    >>> apart('<p role="region" aria-label="Data"><p role="region" aria-label="Data">')
    '<p role="region" aria-label="Data"><p role="region" aria-label="Data (2)">'
    """
    seen: dict[str, int] = {}

    def numbered(match: re.Match[str]) -> str:
        count = seen[match[2]] = seen.get(match[2], 0) + 1
        return match[0] if count == 1 else f"{match[0]} ({count})"

    return _REGIONS.sub(numbered, markup)


def _body(environment: Environment, report: Report, language: Language, drawn: tuple[Pictures, Blocks]) -> str:
    links = _links(environment, report, language, *drawn)
    answered = report.has_answers
    chapters = [chapter_view(c, links) for c in report.chapters]
    plan = () if answered else plan_sections(report.study, language)
    blocks = questionnaire_view(report, language)
    return environment.get_template("edition.html").render(
        _about(report, language),
        chapters=chapters,
        chapters_waiting=bool(report.chapters) and not answered,
        passports=[
            *(make_passport(report.facts[address], language) for address in links.shown),
            *(quote_passport(report.quotes[id], language) for id in links.quoted),
        ],
        changes=changes_grid(report, language),
        method=method_sections(report, language) if answered else _planned_method(report, language),
        plan=plan,
        blocks=blocks,
        contents=_contents(chapters, plan, bool(blocks), report, language),
        t=_speaker(language),
    )


def _about(report: Report, language: Language) -> dict[str, object]:
    """Return what the page says of itself."""
    return {
        "language": language,
        "title": report.title.get(language),
        "subtitle": report.subtitle.get(language),
        "facts": _head_facts(report, language),
        "simulated": report.simulated,
        "draft": [line.get(language) for line in report.draft],
        "has_answers": report.has_answers,
        "stamp": report.stamp[:16],
        "data_digest": report.data_digest[:12],
    }


def _own_name(code: Language) -> str:
    return {"ru": "Русский", "en": "English"}.get(code, code)


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
    entries += [Entry("changes", words("changes", language))] if report.changes else []
    entries.append(Entry("method", words("method" if report.has_answers else "method_plan", language)))
    entries += [Entry(f"plan-{i}", str(getattr(s, "title", ""))) for i, s in enumerate(plan, 1)]
    if questionnaire:
        entries.append(Entry("topline", words("topline" if report.has_answers else "questionnaire", language)))
    return entries


def _speaker(language: Language) -> object:
    def speak(key: str, **facts: str | int) -> str:
        return words(key, language, **facts)

    return speak


def _links(environment: Environment, report: Report, language: Language, pictures: Pictures, blocks: Blocks) -> Links:
    parts = environment.get_template("parts.html").make_module({"t": _speaker(language)})

    def figure(id: str) -> str:
        if (id, language) not in blocks:
            own = facts_of(report.figures[id], report.facts)  # the digest a block is kept by is of these alone
            view = figure_view(report.figures[id], own, language, pictures)
            blocks[id, language] = str(parts.figure(view))  # type: ignore[attr-defined]
        return links.hold(blocks[id, language])

    def table(id: str) -> str:
        return str(parts.table(table_view(report.tables[id], language)))  # type: ignore[attr-defined]

    def analysis(id: str) -> str:
        view = analysis_view(report.analyses[id], language, figure, lambda link: links.write(link, {}))
        return str(parts.analysis(view))  # type: ignore[attr-defined]

    def of_interviews(id: str) -> str:
        return str(parts.grid(word_grid(report.words[id], language)))  # type: ignore[attr-defined]

    links = Links(report, language, figure, table, analysis, of_interviews)
    return links


@cache
def _environment() -> Environment:
    from jinja2 import Environment, PackageLoader, StrictUndefined
    from markupsafe import Markup

    from posad.report.html.quick.compiled import Compiled

    settings = {"autoescape": True, "trim_blocks": True, "lstrip_blocks": True}
    environment = Environment(
        loader=PackageLoader("posad.report.html", "templates"),
        undefined=StrictUndefined,
        bytecode_cache=Compiled(settings),
        autoescape=settings["autoescape"],
        trim_blocks=settings["trim_blocks"],
        lstrip_blocks=settings["lstrip_blocks"],
    )
    environment.filters["ours"] = Markup
    return environment


def _source(name: str) -> str:
    from importlib.resources import files

    return (files("posad.report.html") / "templates" / name).read_text(encoding="utf-8").strip()


@cache
def _style(simulated: bool, languages: tuple[Language, ...], accent: str) -> str:
    """Return the style of the page: the sheet, the study's accent, the pictures' colours, the languages, the foot of each printed page."""
    own = f":root{{--accent:{accent};--accent:light-dark({accent},#8cc2f5)}}" if accent else ""
    mark = " / ".join(words("simulated", language) for language in languages) if simulated else ""
    font = 'font:9pt "Liberation Sans",Arial,sans-serif'
    foot = f'@page{{@bottom-left{{content:"{mark}";{font}}}@bottom-right{{content:counter(page);{font}}}}}'
    return "\n".join(filter(None, (_source("style.css"), own, theme_css("main"), _switch(languages), foot)))


def _switch(languages: tuple[Language, ...]) -> str:
    """Return the rules that show one language at a time: the first, unless the address leads into another; no script is needed."""
    first, others = languages[0], languages[1:]
    rules = [f"#{other},.in-{other}{{display:none}}" for other in others]
    for other in others:
        leads = f":root:has(#{other}:target,#{other} :target)"
        rules.append(f"{leads} :is(#{other},.in-{other}){{display:revert}}")
        rules.append(f"{leads} :is(#{first},.in-{first}){{display:none}}")
        rules.append(f'{leads} .languages a[lang="{other}"]{{background:var(--tint);color:var(--ink);font-weight:700}}')
    if others:
        leads = ",".join(f"#{other}:target,#{other} :target" for other in others)
        rules.append(
            f':root:not(:has({leads})) .languages a[lang="{first}"]{{background:var(--tint);color:var(--ink);font-weight:700}}'
        )
    return "".join(rules)


def _hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii")
