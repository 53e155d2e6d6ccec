"""Problems of the topic "report"."""

from posad.core.problems import Entry

ENTRIES: dict[str, Entry] = {
    "report-number-missing": Entry(
        "error",
        ru="для числа «{name}» нет вычисленного значения",
        en="there is no computed value for the number “{name}”",
        way_out_ru="Проверьте адрес: `posad why {name}` скажет, что он значит. Без значения число в отчёт не попадёт.",
        way_out_en="Check the address: `posad why {name}` says what it means. Without a value the number is not published.",
    ),
    "report-figure-missing": Entry(
        "error",
        ru="нет рисунка «{name}»",
        en="there is no figure “{name}”",
        way_out_ru="Опишите рисунок в report/figures.yaml или исправьте имя после `#chart:`.",
        way_out_en="Declare the figure in report/figures.yaml or correct the name after `#chart:`.",
    ),
    "report-table-missing": Entry(
        "error",
        ru="нет таблицы «{name}»",
        en="there is no table “{name}”",
        way_out_ru="После `#table:` пишут вопрос и группы: `#table:like@sex`. Проверьте оба имени.",
        way_out_en="After `#table:` write a question and groups: `#table:like@sex`. Check both names.",
    ),
    "report-picture-outside": Entry(
        "warning",
        ru="картинка «{target}» не вошла в отчёт: он один файл и ничего не загружает",
        en="the picture “{target}” is not in the report: it is one file that fetches nothing",
        way_out_ru="Покажите данные рисунком `![подпись](#chart:имя)` или дайте обычную ссылку без восклицательного знака.",
        way_out_en="Show data as a figure, `![caption](#chart:name)`, or give an ordinary link without the exclamation mark.",
    ),
}
