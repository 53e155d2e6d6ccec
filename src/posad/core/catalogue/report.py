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
    "report-analysis-missing": Entry(
        "error",
        ru="анализ «{name}» показать нельзя: он не посчитан",
        en="the analysis “{name}” cannot be shown: it was not computed",
        way_out_ru="Причина названа выше, среди предупреждений анализа. Исправьте её или уберите рисунок.",
        way_out_en="The reason is told above, among the warnings of the analysis. Mend it, or take the picture away.",
    ),
    "report-picture-outside": Entry(
        "warning",
        ru="картинка «{target}» не вошла в отчёт: он один файл и ничего не загружает",
        en="the picture “{target}” is not in the report: it is one file that fetches nothing",
        way_out_ru="Покажите данные рисунком `![подпись](#chart:имя)` или дайте обычную ссылку без восклицательного знака.",
        way_out_en="Show data as a figure, `![caption](#chart:name)`, or give an ordinary link without the exclamation mark.",
    ),
    "figure-pole-empty": Entry(
        "error",
        ru="у рисунка «{name}» пуста сторона «{side}»",
        en="the side “{side}” of the figure “{name}” is empty",
        way_out_ru="Перечислите коды обеих сторон: `poles: {{negative: [1, 2], positive: [4, 5]}}`.",
        way_out_en="List the codes of both sides: `poles: {{negative: [1, 2], positive: [4, 5]}}`.",
    ),
    "figure-pole-code": Entry(
        "error",
        ru="у «{item}» нет ответа с кодом {answer}",
        en="“{item}” has no answer with the code {answer}",
        way_out_ru="Коды ответов: {known}.",
        way_out_en="The codes of its answers: {known}.",
    ),
    "figure-pole-both": Entry(
        "error",
        ru="код {answer} рисунка «{name}» стоит на обеих сторонах",
        en="the code {answer} of the figure “{name}” stands on both sides",
        way_out_ru="Оставьте его на одной стороне или ни на одной: тогда это середина.",
        way_out_en="Keep it on one side, or on neither: then it is the middle.",
    ),
    "chart-measures-mixed": Entry(
        "error",
        ru="столбцы рисунка «{name}» мерят разное: доли рядом со средними",
        en="the columns of the figure “{name}” measure different things: shares beside means",
        way_out_ru="Оставьте в `measure` только доли или только средние; остальное покажите другим рисунком.",
        way_out_en="Keep in `measure` only shares or only means; show the rest in another figure.",
    ),
    "chart-axis-unknown": Entry(
        "error",
        ru="карте «{name}» нужна ось `{axis}`: по «{written}» её не построить",
        en="the map “{name}” needs the axis `{axis}`: “{written}” does not make one",
        way_out_ru="Напишите критерий таблицы и меру, например `{axis}: comfort.top2`. Критерии: {known}.",
        way_out_en="Write a criterion of the grid and a measure, for example `{axis}: comfort.top2`. Criteria: {known}.",
    ),
    "chart-map-row-unknown": Entry(
        "error",
        ru="на карте «{name}» нет строки «{row}»",
        en="the map “{name}” has no row “{row}”",
        way_out_ru="Исправьте имя строки в `groups`.",
        way_out_en="Correct the name of the row in `groups`.",
    ),
    "chart-map-groups-many": Entry(
        "error",
        ru="на карте «{name}» больше шести групп: цветов и форм, которые различит каждый, столько нет",
        en="the map “{name}” has more than six groups: there are not so many colours and shapes that everybody tells apart",
        way_out_ru="Объедините группы: не больше шести.",
        way_out_en="Join groups: six at most.",
    ),
    "figure-colours-alike": Entry(
        "warning",
        ru="на рисунке «{name}» трудно различить цвета соседей «{first}» и «{second}»: {why}",
        en="in the figure “{name}” the colours of the neighbours “{first}” and “{second}” are hard to tell apart: {why}",
        way_out_ru="Сложите ответы в меньшее число групп или задайте `colours: order`, если у них есть порядок.",
        way_out_en="Put the answers into fewer groups, or set `colours: order` if they have an order.",
    ),
    "look-accent-weak": Entry(
        "warning",
        ru="цвет «{name}» едва виден на белом: контраст {contrast} при нужных 4,5",
        en="the colour “{name}” is hardly seen on white: contrast {contrast} where 4.5 is needed",
        way_out_ru="Возьмите цвет темнее, например #0b3f73.",
        way_out_en="Take a darker colour, for example #0b3f73.",
    ),
}
