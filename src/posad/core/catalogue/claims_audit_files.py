"""Problems of the topic "claims": mistakes in the files of an audit."""

from posad.core.problems import Entry

_NAMES = (
    "number, more, majority, rank, joint, topbox, unit, order, count, label, wording, base, record, listed, "
    "source, quote, unstated, cause, trend, forecast, opinion"
)
_READINGS_RU, _READINGS_EN = f"Прочтения: {_NAMES}.", f"Readings: {_NAMES}."

ENTRIES: dict[str, Entry] = {
    "audit-columns-ignored": Entry(
        "note",
        "эти столбцы не прочитаны: {names}",
        "these columns are not read: {names}",
        "Так и должно быть: чужих вердиктов аудит не читает.",
        "So it should be: an audit reads nobody else's verdicts.",
    ),
    "audit-column-missing": Entry(
        "error",
        "в таблице нет столбцов: {names}",
        "the table has no columns: {names}",
        "Добавьте их в первую строку.",
        "Add them to the first line.",
    ),
    "audit-id-missing": Entry(
        "error",
        "у строки нет id, она не проверена",
        "the line has no id and is not audited",
        "Дайте ей id.",
        "Give it an id.",
    ),
    "audit-id-twice": Entry(
        "error",
        "id «{id}» уже был выше; эта строка не прочитана",
        "the id “{id}” stands above already; this line is not read",
        "Дайте строке свой id.",
        "Give the line an id of its own.",
    ),
    "audit-bindings-none": Entry(
        "warning",
        "нет audit/bindings.csv: утверждения прочитаны только по словам",
        "there is no audit/bindings.csv: statements are read by their words only",
        "Создайте таблицу со столбцами id, reading, address, note.",
        "Make the table, with the columns id, reading, address, note.",
    ),
    "audit-binding-column": Entry(
        "error",
        "лишние столбцы: {names}; здесь говорится, о чём утверждение, а не чему оно равно",
        "columns that do not belong: {names}; this table says what a statement is about, never what it equals",
        "Уберите их; напечатанные числа стоят в audit/printed.csv.",
        "Take them out; printed numbers stand in audit/printed.csv.",
    ),
    "audit-binding-unknown": Entry(
        "warning",
        "утверждения «{id}» в списке нет",
        "there is no statement “{id}” in the list",
        "Исправьте id или уберите строку.",
        "Correct the id, or take the line out.",
    ),
    "audit-reading-unknown": Entry(
        "error",
        "нет прочтения «{name}»",
        "there is no reading “{name}”",
        _READINGS_RU,
        _READINGS_EN,
    ),
    "audit-binding-names": Entry(
        "error",
        "прочтению {reading} нужно адресов от {low} до {high}, а их {got}",
        "the reading {reading} takes {low} to {high} addresses, not {got}",
        "Перечислите адреса через пробел.",
        "List the addresses, separated by spaces.",
    ),
    "audit-name-unknown": Entry(
        "error",
        "прочтению {reading} имя «{name}» не подходит",
        "the name “{name}” does not suit the reading {reading}",
        "Назовите список, вопрос или поле описания исследования.",
        "Name a list, a question, or a field of the study's record.",
    ),
    "audit-number": Entry(
        "error",
        "«{value}» с округлением «{rounding}» – не число",
        "“{value}” with the rounding “{rounding}” is not a number",
        "Пишите число так, как оно напечатано: 57 или 8,8; округление – шаг: 1, 0,1, 5.",
        "Write the number as it is printed: 57 or 8.8; the rounding is a step: 1, 0.1, 5.",
    ),
    "audit-unbound": Entry(
        "warning",
        "{n:утверждение|утверждения|утверждений} не связано ни с чем: {names}",
        "{n:statement|statements} not bound to anything: {names}",
        "Допишите их в audit/bindings.csv.",
        "Add them to audit/bindings.csv.",
    ),
    "audit-vintages": Entry(
        "note",
        "это число на последнюю дату; по датам: {all}; {source}",
        "the figure of the latest date; by date: {all}; {source}",
        "Ничего делать не нужно.",
        "Nothing has to be done.",
    ),
    "audit-vintage-older": Entry(
        "note",
        "{said} – это на {date}, а на последнюю дату {value}; по датам: {all}; {source}",
        "{said} was true on {date}; at the latest date it is {value}; by date: {all}; {source}",
        "Назовите дату этого числа или возьмите последнее.",
        "Give the date of the figure, or take the latest one.",
    ),
    "audit-vintages-differ": Entry(
        "note",
        "{said} не подтверждает ни одна дата; по датам: {all}; {source}",
        "{said} is borne by no date; by date: {all}; {source}",
        "Приведите источник, дату и определение.",
        "Give the source, the date and the definition.",
    ),
}
