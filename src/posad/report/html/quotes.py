"""The passport of a quote: who says it, where, how it was edited, who let it be printed; and how it stands on the page."""

from __future__ import annotations

from html import escape

from posad.core.digests import digest_of
from posad.core.words import Language
from posad.evidence.words.quotes import QuoteFact
from posad.evidence.words.tables import INVENTED, WordTable
from posad.report.html.passports import Line, Passport
from posad.report.html.sections.method import Grid

WORDS: dict[str, dict[Language, str]] = {
    "passport": {"ru": "Паспорт цитаты", "en": "Passport of the quote"},
    "back": {"ru": "К цитате в тексте", "en": "To the quote in the text"},
    "interview": {"ru": "Глубинное интервью", "en": "Depth interview"},
    "invented": {"ru": "Придумано: этого никто не говорил; сила доказательства 0", "en": "Invented: nobody said this; strength of evidence 0"},
    "publication": {"ru": "Цитата из публикации, не из интервью исследования", "en": "From a publication, not from an interview of the study"},
    "source": {"ru": "Источник", "en": "Source"},
    "where": {"ru": "Где сказано", "en": "Where it was said"},
    "par": {"ru": "{id}, абзац {par}", "en": "{id}, paragraph {par}"},
    "group": {"ru": "Группа", "en": "Group"},
    "region": {"ru": "Регион", "en": "Region"},
    "date": {"ru": "Дата интервью", "en": "Date of the interview"},
    "consent": {"ru": "Согласие", "en": "Consent"},
    "named": {"ru": "на цитату с именем", "en": "to a quote by name"},
    "anonymous": {"ru": "на цитату без имени", "en": "to a quote without the name"},
    "edited": {"ru": "Правка", "en": "Editing"},
    "as_said": {"ru": "дословно", "en": "word for word"},
    "edits": {"ru": "пропусков, отмеченных […]: {out}; вставок в скобках: {put}", "en": "omissions marked […]: {out}; insertions in brackets: {put}"},
    "translated": {"ru": "Перевод; сказано на языке: {lang}", "en": "A translation; said in: {lang}"},
    "codes": {"ru": "Коды этого места", "en": "Codes of the passage"},
    "approved": {"ru": "Одобрил(а) к печати", "en": "Approved for print by"},
    "bears": {"ru": "Что доказывает", "en": "What it proves"},
    "one_voice": {
        "ru": "слова одного человека; сколько людей думает так же, по цитате сказать нельзя",
        "en": "the words of one person; how many think alike, a quote cannot tell",
    },
    "nothing": {"ru": "ничего: люди и слова придуманы", "en": "nothing: people and words are made up"},
    "note": {"ru": "Примечание", "en": "Note"},
    "address": {"ru": "Адрес", "en": "Address"},
    "passage": {"ru": "Отпечаток места", "en": "Digest of the passage"},
    "ru": {"ru": "русский", "en": "Russian"},
    "en": {"ru": "английский", "en": "English"},
}  # fmt: skip


def said(key: str, language: Language, **facts: str | int) -> str:
    """Return one of the fixed words of a quote."""
    return WORDS[key]["ru" if language == "ru" else "en"].format(**facts)


def quote_passport_id(id: str) -> str:
    """Return the page's name for the passport of a quote."""
    return f"q-{digest_of(id)[:12]}"


def quote_place_id(id: str) -> str:
    """Return the page's name for the place where a quote first stands."""
    return f"w-{digest_of(id)[:12]}"


def quote_button(quote: QuoteFact, language: Language, first: bool) -> str:
    """Return whom a quote is laid to, as a button that opens its passport."""
    place = f' id="{quote_place_id(quote.id)}"' if first else ""
    return (
        f'<span class="by">— <button type="button" class="n"{place} popovertarget="{quote_passport_id(quote.id)}" '
        f'aria-haspopup="dialog">{escape(quote.label.get(language) or quote.id)}</button></span>'
    )


def quote_passport(quote: QuoteFact, language: Language) -> Passport:
    """Return the passport of a quote in one language."""
    marks = [said(quote.standing, language)] if quote.standing != "interview" else []
    if language != quote.language and quote.text.has(language):
        own = said(quote.language, language) if quote.language in WORDS else quote.language
        marks.append(said("translated", language, lang=own))
    lines = [Line(said(name, language), value) for name, value in _told(quote, language) if value]
    lines.append(Line(said("address", language), f"#interview:{quote.id}", code=True))
    if quote.passage:
        lines.append(Line(said("passage", language), quote.passage, code=True))
    text = quote.text.get(language)
    shown = f"«{text}»" if language == "ru" else f"“{text}”"
    return Passport(
        quote_passport_id(quote.id),
        quote_place_id(quote.id),
        quote.label.get(language) or quote.id,
        "",
        shown,
        tuple(marks),
        tuple(lines),
        "quote",
        said("passport", language),
        said("back", language),
    )


def word_grid(table: WordTable, language: Language) -> Grid:
    """Return a table of interviews in one language; invented ones say so under it."""
    found = language if language in table.rows else next(iter(table.rows))
    head, *rows = table.rows[found]
    notes = [table.note.get(language), INVENTED.get(language) if table.invented else ""]
    numbers = frozenset(range(1, len(head))) - {i for i in range(len(head)) if not _counts(rows, i)}
    return Grid(table.title.get(language), head, tuple(rows), numbers, " ".join(filter(None, notes)))


def _counts(rows: list[tuple[str, ...]], column: int) -> bool:
    """Tell whether a column holds numbers."""
    return all(not row[column] or row[column][0].isdigit() or row[column] == "–" for row in rows)


def _told(quote: QuoteFact, language: Language) -> list[tuple[str, str]]:
    first, last = quote.paragraphs
    par = str(first) if first == last else f"{first}–{last}"
    where = said("par", language, id=quote.interview, par=par) if first else ""
    if where and quote.timecode:
        where += f" ({quote.timecode})"
    edits = said("edits", language, out=quote.left_out, put=quote.inserted)
    consent = said(quote.consent, language) if quote.consent in ("named", "anonymous") else ""
    return [
        ("source", quote.printed.get(language) or said("interview", language)),
        ("where", where),
        ("group", quote.group.get(language)),
        ("region", quote.region.get(language)),
        ("date", quote.date),
        ("consent", consent),
        ("edited", edits if quote.left_out or quote.inserted else said("as_said", language)),
        ("codes", ", ".join(c.get(language) for c in quote.codes)),
        ("approved", ", ".join(filter(None, quote.approved))),
        ("bears", said("nothing" if quote.standing == "invented" else "one_voice", language)),
        ("note", quote.note.get(language)),
    ]
