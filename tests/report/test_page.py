"""The page as text: what it says, that it escapes, that it repeats."""

from __future__ import annotations

import csv
import gzip
import io
import json
import re
from dataclasses import replace
from html.parser import HTMLParser
from itertools import pairwise
from urllib.parse import unquote

import pytest
from tests.report import reports, samples
from tests.report.samples import fact, text

from posad.core.words import LocalText
from posad.report.document import ChapterText, Report
from posad.report.html.figures import data_rows, file_name
from posad.report.html.page import render, render_all
from posad.report.vega import vega_lite

BAD = "<script>alert(1)</script><img src=x onerror=alert(2)>\"'&"


class Reader(HTMLParser):
    """Collects tags, ids and headings of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep a tag."""
        self.tags.append((tag, dict(attrs)))

    def all(self, tag: str) -> list[dict[str, str | None]]:
        """Return the attributes of all tags of a name."""
        return [attributes for name, attributes in self.tags if name == tag]


def read(html: str) -> Reader:
    """Return a page taken apart."""
    reader = Reader()
    reader.feed(html)
    return reader


def chapter(words: str) -> Report:
    """Return the report with one chapter of the given text."""
    return replace(reports.report(), chapters=(ChapterText("01-x", {"en": ("report/01-x.md", words)}),))


@pytest.mark.parametrize("language", ["ru", "en"])
def test_same_report_gives_the_same_bytes(language: str) -> None:
    """Nothing on the page depends on a clock, a hash seed or the order of a mapping."""
    one, other = reports.report(True), reports.report(True)
    shuffled = replace(
        other, facts=dict(reversed(list(other.facts.items()))), figures=dict(reversed(list(other.figures.items())))
    )

    assert render(one, language) == render(shuffled, language)


def test_number_is_a_button_with_a_passport() -> None:
    """A link to a number becomes a button, and its passport holds question, value, interval, bases, address, digest."""
    html = render(reports.report(), "en")
    button = next(b for b in read(html).all("button") if b.get("class") == "n")
    card = html[html.index(f'id="{button["popovertarget"]}"') :].split("</dl>")[0]

    for words in (
        "72.0%",
        "69.2% to 74.8%",
        "How much do you like",
        "1,200 people; weighted 1,200; effective 972",
        "#like.top2",
        "9f3c27aa41d0",
    ):
        assert words in card


def test_number_named_twice_has_one_passport() -> None:
    """Two sentences about one number share its passport."""
    html = render(chapter("# A\n\n[72%](#like.top2) and again [72 per cent](#like.top2)\n"), "en")

    assert (html.count('class="n"'), html.count('class="passport"')) == (2, 1)


def test_marks_beside_a_number_stay_on_its_line() -> None:
    """Brackets, quotes and stops that touch a number are kept on one line with its button."""
    html = render(chapter("# A\n\nMany ([72%](#like.top2)), and [48%](#move.leave) more.\n"), "en")

    assert re.findall(r'<span class="k">(.*?)<button[^>]*>(.*?)</button>(.*?)</span>', html) == [("(", "72%", "),")]


def test_net_of_a_group_comes_from_its_own_fact() -> None:
    """Where the net of a bar has been computed, its interval stands in the data table; else the sum of answers, without one."""
    full = reports.report()
    figure = full.figures["move-age"]
    address = "move-age.leave@row:young"
    cells = []
    for facts in (full.facts, {**full.facts, address: fact(address, 0.681, 240)}):
        rows = data_rows(figure, facts, "en")
        cells.append((rows[1].cells[6].value, rows[1].cells[6].interval != ""))

    assert cells == [("68.0%", False), ("68.1%", True)]


def test_hidden_number_is_not_in_its_passport() -> None:
    """The passport of a number on 21 people says so and gives neither value nor interval."""
    html = render(chapter("# A\n\n[26%](#move.leave@bands:old)\n"), "en")
    card = html[html.index('class="passport"') :].split("</dl>")[0]

    assert ("too few answers (n = 21)" in card, "26.0%" in card, "%" in card) == (True, False, False)


def test_unknown_number_figure_and_table_are_marked() -> None:
    """What the report cannot show is marked on the page, never left out in silence."""
    html = render(
        chapter(
            "# A\n\n[1%](#like.nothing)\n\n![x](#chart:none)\n\n![y](#table:none@sex)\n\n![z](https://example.org/z.png)\n"
        ),
        "en",
    )

    assert html.count('class="missing"') == 3
    assert "<img" not in html


def test_headings_are_in_order_and_under_one_title() -> None:
    """The page has one first heading, chapters are second, and no level is skipped, even if the author skips one."""
    html = render(chapter("# A\n\n#### B\n\n## C\n"), "en")
    levels = [int(tag[1]) for tag, _ in read(html).tags if re.fullmatch(r"h\d", tag)]

    assert levels.count(1) == 1
    assert max(b - a for a, b in pairwise(levels)) <= 1


@pytest.mark.parametrize("name", reports.EVERY)
@pytest.mark.parametrize("language", ["ru", "en"])
def test_ids_are_unique_and_references_lead_somewhere(name: str, language: str) -> None:
    """No id stands twice; every anchor, label and popover target exists on the page."""
    page = read(render(reports.EVERY[name](), language))
    ids = [a["id"] for _, a in page.tags if a.get("id")]
    wanted = {(a["href"] or "")[1:] for a in page.all("a") if (a.get("href") or "").startswith("#")}
    wanted |= {b["popovertarget"] or "" for b in page.all("button") if "popovertarget" in b}
    wanted |= {i for _, a in page.tags for i in (a.get("aria-labelledby") or "").split()}

    assert len(ids) == len(set(ids))
    assert wanted - set(ids) == set()


def test_hostile_words_are_text_everywhere() -> None:
    """Tags in titles, labels, chapters, groups and sources come out as text; links to scripts are dead."""
    full = reports.report(True)
    bad = LocalText.of(en=BAD)
    study = replace(full.study, title=bad, population=bad, facts={BAD: bad, "who": bad})
    hostile = replace(
        full,
        study=study,
        subtitle=bad,
        chapters=(
            ChapterText(
                BAD,
                {
                    "en": (
                        "x.md",
                        f"# {BAD}\n\n[{BAD}](#like.top2) [x](javascript:alert(1)) {BAD}\n\n![{BAD}](#chart:move)\n",
                    )
                },
            ),
        ),
        facts={a: replace(f, question=bad, measure=bad, group=bad, base_text=bad) for a, f in full.facts.items()},
        figures={i: replace(f, title=bad, question=bad, notes=(bad,)) for i, f in full.figures.items()},
        limits=(bad,),
        stamp=BAD,
    )
    page = read(render(hostile, "en"))

    assert len(page.all("script")) == 1
    assert page.all("img") == []
    assert not any(name.startswith("on") for _, attributes in page.tags for name in attributes)
    assert not any((a.get("href") or "").lower().startswith("javascript") for a in page.all("a"))


@pytest.mark.parametrize("language", ["ru", "en"])
def test_page_asks_for_nothing_and_allows_only_itself(language: str) -> None:
    """There is no address of another host to load, and the policy names style and script by their digests."""
    html = render(reports.report(True), language)
    page = read(html)
    policy = next(m["content"] or "" for m in page.all("meta") if m.get("http-equiv"))

    assert [t for t, _ in page.tags if t in ("link", "iframe", "object", "embed", "form", "base")] == []
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert "unsafe" not in policy
    assert [a["src"] for _, a in page.tags if "src" in a] == []
    assert not any("style" in a for _, a in page.tags)


def test_simulated_mark_is_on_every_part() -> None:
    """Banner, every chart, table and printed page, the topline and every CSV of simulated answers carry the mark."""
    html = render(reports.report(True), "en")
    page, mark = read(html), "Simulated respondents"
    files = [
        unquote(a["href"] or "")
        for a in page.all("a")
        if a.get("download", "") and (a.get("download") or "").endswith(".csv")
    ]

    assert html.index(mark, html.index("<body>")) < html.index("<h1>")
    assert [mark in figure for figure in html.split("<figure ")[1:]] == [True] * 7
    assert [f"# {mark}" in f.splitlines()[0] for f in files] == [True] * 6
    assert mark in html[html.index('id="topline"') :]
    assert f'@bottom-left{{content:"{mark}"' in html
    assert mark not in render(reports.report(False), "en")


def test_csv_is_what_a_spreadsheet_of_the_language_reads() -> None:
    """Russian CSV has semicolons and decimal commas, English commas and points; a formula is made harmless."""
    full = reports.report()
    sneaky = replace(
        full.figures["move"], bars=tuple(replace(b, label=text("=1+1", "=1+1")) for b in full.figures["move"].bars)
    )
    report = replace(full, figures={**full.figures, "move": sneaky})
    tables = {}
    for language, delimiter in (("ru", ";"), ("en", ",")):
        link = next(a["href"] or "" for a in read(render(report, language)).all("a") if a.get("download") == "move.csv")
        body = unquote(link.split(",", 1)[1])
        tables[language] = list(csv.reader(io.StringIO(body.lstrip("\ufeff")), delimiter=delimiter))

    assert [row[2] for row in tables["ru"]][:3] == ["Значение", "17,6", "30,4"]
    assert [row[2] for row in tables["en"]][:3] == ["Value", "17.6", "30.4"]
    assert tables["en"][1][:2] == ["'=1+1", "Definitely not"]
    assert tables["en"][1][6:9] == ["1200", "1200", "972"]


def test_hidden_numbers_are_not_in_the_csv() -> None:
    """What the chart hides for its small base, the file to take away hides too."""
    html = render(reports.report(), "en")
    link = next(a["href"] or "" for a in read(html).all("a") if a.get("download") == "move-age.csv")
    rows = [r for r in csv.reader(io.StringIO(unquote(link.split(",", 1)[1]))) if r[0] == "60 and over"]

    assert [(r[2], r[3], r[4], r[6]) for r in rows] == [("", "", "", "21")] * 5


def test_table_shows_bases_marks_small_ones_and_hides_the_smallest() -> None:
    """Under 30 people the column is a dash, from 30 to 99 it is starred, and the head nests groups."""
    html = render(reports.report(), "en")
    table = html[html.index('<table class="cross">') :].split("</table>")[0]

    assert '<th class="first" scope="colgroup" colspan="8">Sex and age</th>' in table
    assert (table.count("42*"), table.count("50*"), table.count('title="not shown: too few answers">–')) == (1, 1, 12)


def test_method_box_says_what_intervals_assume_and_how_weights_fit() -> None:
    """A quota sample has no margin of error; margins stand before and after weighting beside their target and source."""
    html = render(reports.report(), "en")

    said = (
        "no “margin of error”",
        "Population census, 2021",
        "24.3%",
        "19.0%",
        "Design effect",
        "1.23",
        "81%",
        "hold 1,231 people",
    )
    for words in said:
        assert words in html
    assert "confidence" not in html[html.index('id="method"') : html.index('id="topline"')].lower()


def test_topline_has_results_in_place() -> None:
    """Every question stands with its kind, its base and its shares; routing is said in words."""
    html = render(reports.report(), "en")
    top = html[html.index('id="topline"') :]

    for words in (
        "up to 5 answers; answers in random order",
        "38%",
        "in each row one answer",
        "Asked of: those who",
        "a number from 18 to 99",
    ):
        assert words in top


@pytest.mark.parametrize("language", ["ru", "en"])
def test_study_without_answers_is_its_plan(language: str) -> None:
    """Before the field the page says that there are no answers, and shows questionnaire, groups, weights and tables to come."""
    html = render(reports.planned(), language)
    said = {
        "ru": (
            "Ответов ещё нет",
            "План взвешивания",
            "Веса подберут",
            "19,0\N{NO-BREAK SPACE}%",
            "все вопросы анкеты",
            "ответившие",
        ),
        "en": ("No answers yet", "Plan of weighting", "Weights will be found", "19.0%", "every question", "those who"),
    }

    assert [w for w in said[language] if w not in html] == []
    assert (html.count('class="n"'), html.count("<figure"), re.search(r"\bn = \d", html)) == (0, 0, None)


def test_one_file_holds_every_language() -> None:
    """The page of all languages shows the study's own first, links to the other inside itself, and no name stands in it twice."""
    p = read(render_all(reports.report()))
    names = [attributes["id"] for _, attributes in p.tags if "id" in attributes]

    assert p.all("html")[0]["lang"] == "ru"
    assert [(a["href"], a["lang"]) for a in p.all("a") if a.get("hreflang")] == [("#ru", "ru"), ("#en", "en")]
    assert [d["lang"] for d in p.all("div") if d.get("class") == "edition"] == ["ru", "en"]
    assert len(names) == len(set(names))
    targets = {(a["href"] or "")[1:] for a in p.all("a") if (a.get("href") or "").startswith("#")}
    assert targets - set(names) == set()


def test_chapter_without_translation_says_so() -> None:
    """A chapter that exists only in Russian is shown in Russian, marked as Russian, with a note in English."""
    html = render(reports.report(), "en")

    assert '<section class="chapter" lang="ru">' in html
    assert html.count("has not been translated yet") == 1


def test_numbers_follow_the_language() -> None:
    """72 % with a no-break space in Russian, 72% in English; 1,74 and 1.74."""
    ru, en = render(reports.report(), "ru"), render(reports.report(), "en")

    assert ("72,0\N{NO-BREAK SPACE}%" in ru, "72.0%" in en, ">1,74<" in ru, ">1.74<" in en) == (True, True, True, True)


def test_file_names_are_harmless() -> None:
    """An id becomes a plain file name."""
    assert [file_name(n) for n in ("move", "../../etc/passwd", "", "a b")] == ["move", "etc-passwd", "figure", "a-b"]


def test_the_accent_of_the_study_colours_the_page() -> None:
    """The colour of report/look.yaml is the page's accent by day; without one the page has its own."""
    plain = reports.report()
    own = replace(plain, study=replace(plain.study, look={"accent": "#7a1f3d"}))

    assert "--accent:#7a1f3d" in render(own, "ru")
    assert "--accent:#7a1f3d" not in render(plain, "ru")


def test_sixty_figures_stay_light() -> None:
    """A report of sixty figures at two widths in two languages is under three megabytes as it is sent."""
    figures, facts = {}, dict(reports.report().facts)
    for n in range(60):
        figure, own = samples.EVERY_FIGURE[n % len(samples.EVERY_FIGURE)](False)
        figures[f"{figure.id}-{n}"] = replace(figure, id=f"{figure.id}-{n}")
        facts.update(own)
    words = "# All\n\n" + "\n\n".join(f"![x](#chart:{id})" for id in figures)
    chapters = (ChapterText("01-x", {lang: (f"report/01-x.{lang}.md", words) for lang in ("ru", "en")}),)
    page = render_all(replace(reports.report(), figures=figures, facts=facts, chapters=chapters))

    assert page.count('class="chart"') == 120
    assert len(gzip.compress(page.encode())) < 3_000_000


def test_a_list_of_numbers_under_the_heading_is_cards() -> None:
    """A list whose every line begins with a number becomes cards; a list with another line, or further down, stays a list."""
    cards = "# T\n\n- [72%](#like.top2) – like it – much\n- [72%](#like.top2) again\n"
    html = render(chapter(cards + "\n- [72%](#like.top2) below\n- [72%](#like.top2) below\n"), "en")

    assert html.count('<ul class="cards">') == 1
    assert "</button> like it – much" in html
    assert '<ul class="cards">' not in render(chapter(cards + "- a line without a number\n"), "en")


def test_specification_of_a_figure_holds_its_numbers_and_no_hidden_one() -> None:
    """The Vega-Lite file is JSON with inline data: shares in percent with their ends, and nothing that is too thin to show."""
    spec = json.loads(vega_lite(*samples.move_by_age(True), "en"))
    values = [v for v in spec["data"]["values"] if v["bar"] == "18–29"]

    assert [v["value"] for v in values] == [8, 21, 42, 26, 3]
    assert {v["bar"] for v in spec["data"]["values"]} == {"All respondents", "18–29", "30–44", "45–59"}
    assert spec["title"]["subtitle"][0] == "Simulated respondents"
    assert [len(json.loads(vega_lite(*make(False), "ru"))["data"]["values"]) > 0 for make in samples.EVERY_FIGURE] == [
        True
    ] * len(samples.EVERY_FIGURE)
