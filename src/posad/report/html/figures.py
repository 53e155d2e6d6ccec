"""A figure on the page: the picture at two widths, its data as a table, and the same data to take away."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import quote

from posad.core.digests import digest_of
from posad.core.numbers import number, percent
from posad.core.reading.csvs import harmless
from posad.core.words import Language
from posad.evidence.values import Bar, Bracket, Fact, Figure
from posad.report.drawing import Pictures
from posad.report.html.passports import exact, interval, is_hidden
from posad.report.svg import PAGE, PHONE, draw
from posad.report.svg.reading import is_share, net_address, notes, read
from posad.report.vega import vega_lite
from posad.report.wording import words
from posad.tabulation.cells import tier

BOM = "\ufeff"
_SAFE = "/:;,=()-_.~!*'?@+$ ".replace(" ", "")


@dataclass(frozen=True, slots=True)
class DataCell:
    """One cell of a figure's table; ``base`` is filled where cells of one row have bases of their own."""

    value: str
    interval: str = ""
    base: str = ""
    tip: str = ""


@dataclass(frozen=True, slots=True)
class DataRow:
    """One line of a figure's table."""

    label: str
    cells: tuple[DataCell, ...]
    base: str


@dataclass(frozen=True, slots=True)
class FigureView:
    """A figure ready for the template; the pictures are our own markup, everything else is text."""

    id: str
    title: str
    question: str
    answer_type: str
    notes: tuple[str, ...]
    wide: str
    narrow: str
    heads: tuple[str, ...]
    rows: tuple[DataRow, ...]
    csv: str
    svg: str
    spec: str
    file: str
    simulated: bool


def figure_view(
    figure: Figure, facts: Mapping[str, Fact], language: Language, pictures: Pictures | None = None
) -> FigureView:
    """Return a figure in one language with everything that stands under it; pictures already drawn are taken as they are."""
    wide, narrow = (
        (pictures or {}).get((figure.id, language, width)) or draw(figure, facts, language, width)
        for width in (PAGE, PHONE)
    )
    picture = wide.replace("<svg ", f'<svg xml:lang="{language}" ', 1)
    return FigureView(
        f"f-{digest_of(figure.id)[:12]}",
        figure.title.get(language) or figure.question.get(language),
        figure.question.get(language),
        figure.answer_type.get(language),
        notes(read(figure, facts, language)),
        wide,
        narrow,
        (*(s.label.get(language) for s in figure.series), *(b.label.get(language) for b in figure.brackets)),
        data_rows(figure, facts, language),
        data_link("text/csv", BOM + figure_csv(figure, facts, language)),
        data_link("image/svg+xml", picture),
        data_link("application/json", vega_lite(figure, facts, language)),
        file_name(figure.id),
        figure.simulated,
    )


def file_name(id: str) -> str:
    """Return a name fit for a file.

    >>> file_name("move-age"), file_name("../../x y")
    ('move-age', 'x-y')
    """
    kept = "".join(c if c.isalnum() or c in "-_." else "-" for c in id)
    return kept.strip("-.")[:60].strip("-.") or "figure"


def data_link(kind: str, content: str) -> str:
    """Return content as a link that holds it."""
    return f"data:{kind};charset=utf-8,{quote(content, safe=_SAFE)}"


def data_rows(figure: Figure, facts: Mapping[str, Fact], language: Language) -> tuple[DataRow, ...]:
    """Return the numbers of a figure by rows: one cell a series, then one a net."""
    return tuple(_data_row(figure, bar, facts, language) for bar in figure.bars)


def _data_row(figure: Figure, bar: Bar, facts: Mapping[str, Fact], language: Language) -> DataRow:
    found = [facts.get(address) for address in _cells(figure, bar)]
    bases = {_base(f, language) for f in found if f}
    same = len(bases) == 1
    cells = [_data_cell(f, language, not same) for f in found]
    nets = [_net_cell(figure, b, bar, facts, language, not same) for b in figure.brackets]
    label = bar.label.get(language) or figure.title.get(language)
    return DataRow(label, (*cells, *nets), bases.pop() if same else "")


def _base(fact: Fact, language: Language) -> str:
    if fact.official is not None:  # nobody was sampled
        return ""
    star = "" if tier(fact.estimate.bases) == "full" else "*"
    return number(fact.estimate.bases.unweighted, language) + star


def _data_cell(fact: Fact | None, language: Language, own_base: bool) -> DataCell:
    if fact is None:
        return DataCell("—", tip=words("no_data", language))
    base = words("n", language, n=_base(fact, language)) if own_base else ""
    if is_hidden(fact):
        return DataCell("—", "", base, words("hidden_value", language))
    return DataCell(exact(fact, language), interval(fact, language, short=True), base)


def _net_cell(
    figure: Figure, bracket: Bracket, bar: Bar, facts: Mapping[str, Fact], language: Language, own_base: bool
) -> DataCell:
    """Return a net of one bar: its own fact where there is one, else the sum of its answers, of which there is no interval."""
    order = [s.id for s in figure.series]
    first = bracket.address if bar is figure.bars[0] else ""
    own = facts.get(first) or facts.get(net_address(bracket, _cells(figure, bar)[0]))
    if own:
        return _data_cell(own, language, own_base)
    if bracket.first not in order or bracket.last not in order:
        return DataCell("—")
    parts = [facts.get(a) for a in _cells(figure, bar)[order.index(bracket.first) : order.index(bracket.last) + 1]]
    values = [f.estimate.value for f in parts if f and f.estimate.statistic == "share" and not is_hidden(f)]
    known = [v for v in values if v is not None]
    return DataCell(percent(sum(known), language, 1) if known and len(known) == len(parts) else "—")


def _cells(figure: Figure, bar: Bar) -> tuple[str, ...]:
    """Return the addresses of a bar, one for each series."""
    return (*bar.cells, *[""] * len(figure.series))[: len(figure.series)]


def figure_csv(figure: Figure, facts: Mapping[str, Fact], language: Language) -> str:
    """Return the numbers of a figure as CSV: one line a number, as the language's Excel reads it.

    A text that a spreadsheet would take for a formula gets an apostrophe before it.
    """
    comma = language == "ru"
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";" if comma else ",", lineterminator="\r\n")
    if figure.simulated:
        writer.writerow([f"# {words('simulated', language)}. {words('simulated_long', language)}"])
    heads = (
        "bar",
        "series",
        "value",
        "low",
        "high",
        "unit",
        "base_n",
        "weighted_n",
        "effective_n",
        "address",
        "digest",
    )
    writer.writerow([words(h, language) for h in heads])
    for bar, label, address in _addresses(figure, language):
        fact = facts.get(address)
        if fact:
            writer.writerow(
                [
                    harmless(bar),
                    harmless(label),
                    *_csv_numbers(fact, comma, language),
                    harmless(address),
                    _data(fact),
                ]
            )
    return out.getvalue()


def _addresses(figure: Figure, language: Language) -> list[tuple[str, str, str]]:
    found = [
        (bar.label.get(language), series.label.get(language), address)
        for bar in figure.bars
        for series, address in zip(figure.series, _cells(figure, bar), strict=True)
    ]
    return found + [(words("nets", language), b.label.get(language), b.address) for b in figure.brackets]


def _data(fact: Fact) -> str:
    return fact.estimate.origin.data if fact.estimate.origin else ""


def _csv_numbers(fact: Fact, comma: bool, language: Language) -> Sequence[str]:
    e, share = fact.estimate, is_share(fact.estimate, fact.parts)
    hidden = is_hidden(fact)

    def plain(value: float | None, scale: float = 1.0) -> str:
        if value is None or hidden:
            return ""
        written = f"{value * scale:.4f}".rstrip("0").rstrip(".")
        return written.replace(".", ",") if comma else written

    numbers = [plain(v, 100.0 if share else 1.0) for v in (e.value, e.low, e.high)]
    counted = () if fact.official is not None else (e.bases.unweighted, e.bases.weighted, e.bases.effective)
    bases = [f"{v:.4f}".rstrip("0").rstrip(".") for v in counted] or [""] * 3
    unit = "%" if e.statistic == "share" else words("points", language) if share else ""
    return [*numbers, unit, *(b.replace(".", ",") if comma else b for b in bases)]
