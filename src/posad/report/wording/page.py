"""The words of the page around its chapters, in each language."""

from __future__ import annotations

from posad.core.words import Language

PAGE: dict[str, dict[Language, str]] = {
    "skip": {"ru": "К содержанию отчёта", "en": "Skip to the report"},
    "contents": {"ru": "Содержание", "en": "Contents"},
    "table": {"ru": "Таблица", "en": "Table"},
    "find": {"ru": "Найти вопрос или число", "en": "Find a question or a number"},
    "find_none": {"ru": "Ничего не нашлось", "en": "Nothing found"},
    "find_more": {"ru": "…и ещё N: уточните запрос", "en": "…and N more: say more"},
    "theme": {"ru": "Оформление", "en": "Colours"},
    "theme_auto": {"ru": "Авто", "en": "Auto"},
    "theme_light": {"ru": "Светлое", "en": "Light"},
    "theme_dark": {"ru": "Тёмное", "en": "Dark"},
    "top_bar": {"ru": "Язык и оформление", "en": "Language and colours"},
    "permalink": {"ru": "Ссылка сюда", "en": "Link to this"},
    "permalink_number": {"ru": "Ссылка на это число", "en": "Link to this number"},
    "download_png": {"ru": "Скачать картинкой PNG", "en": "Download as a PNG picture"},
    "download_spec": {"ru": "Скачать описание для Vega-Lite", "en": "Download the Vega-Lite specification"},
    "copy": {"ru": "Копировать", "en": "Copy"},
    "copied": {"ru": "Готово", "en": "Copied"},
    "draft": {"ru": "Черновик.", "en": "Draft."},
    "draft_long": {
        "ru": "В исследовании есть ошибки, и то, чего они касаются, не показано. Прежний отчёт остался как был.",
        "en": "The study has errors, and what they touch is not shown. The earlier report stays as it was.",
    },
    "refused_number": {
        "ru": "Число не подтвердилось и не показано",
        "en": "This number is not borne out and is not shown",
    },
    "changes": {"ru": "Что изменилось", "en": "What changed"},
    "changes_note": {
        "ru": "Числа глав, которые стали другими с прошлой сборки, и почему.",
        "en": "Numbers of the chapters that became different since the last build, and why.",
    },
    "changes_heads_number": {"ru": "Число", "en": "Number"},
    "changes_heads_before": {"ru": "Было", "en": "Before"},
    "changes_heads_after": {"ru": "Стало", "en": "Now"},
    "changes_heads_why": {"ru": "Почему", "en": "Why"},
    "why_data": {"ru": "изменились ответы или веса", "en": "the answers or the weights changed"},
    "why_definition": {"ru": "изменилось определение", "en": "the definition changed"},
    "why_both": {"ru": "изменились определение и ответы", "en": "the definition and the answers changed"},
    "population": {"ru": "Кого представляют ответы", "en": "Whom the answers stand for"},
    "asked": {"ru": "Опрошено", "en": "Interviewed"},
    "effective_short": {"ru": "эффективная база", "en": "effective base"},
    "head_when": {"ru": "Когда", "en": "When"},
    "head_mode": {"ru": "Как", "en": "How"},
    "data": {"ru": "Какие это данные", "en": "What data these are"},
    "data_real": {"ru": "Ответы людей", "en": "Answers of people"},
    "data_simulated": {"ru": "Смоделированные ответы", "en": "Simulated answers"},
    "data_none": {"ru": "Ответов ещё нет", "en": "No answers yet"},
    "simulated_long": {
        "ru": "За числами этой страницы не стоят ответы людей: респондентов составила программа.",
        "en": "No people’s answers stand behind the numbers of this page: the respondents were made by a program.",
    },
    "no_answers_long": {
        "ru": (
            "В этом исследовании ещё никого не опросили. Ниже — анкета и план: что спросят, у кого и как посчитают. "
            "Чисел из ответов здесь нет и быть не может."
        ),
        "en": (
            "Nobody has been interviewed in this study yet. Below are the questionnaire and the plan: what will be "
            "asked, of whom, and how it will be counted. There are no numbers from answers here, and there cannot be."
        ),
    },
    "no_answers_chapters": {
        "ru": "Главы отчёта — заготовка: в них стоят только опубликованные числа и карты основы выборки, место остальных отмечено.",
        "en": "The chapters are a draft: only published figures and maps of the sampling frame stand in them; the places of others are marked.",
    },
    "chapter_language": {
        "ru": "Этой главы по-русски пока нет; она приводится на языке исследования.",
        "en": "This chapter has not been translated yet; it is given in the study’s own language.",
    },
    "hint": {
        "ru": "Подчёркнутые числа — кнопки: нажмите, и откроется паспорт числа — вопрос, база, интервал.",
        "en": "Underlined numbers are buttons: press one to open its passport – question, base, interval.",
    },
    "passport": {"ru": "Паспорт числа", "en": "Passport of the number"},
    "close": {"ru": "Закрыть", "en": "Close"},
    "question": {"ru": "Вопрос", "en": "Question"},
    "letter": {"ru": "Буква столбца", "en": "Column letter"},
    "counted": {"ru": "Что посчитано", "en": "What is counted"},
    "group": {"ru": "О ком речь", "en": "Who is spoken of"},
    "interval": {"ru": "95 % интервал", "en": "95% interval"},
    "assumes": {"ru": "Об интервале", "en": "On the interval"},
    "from_to": {"ru": "от {low} до {high}", "en": "{low} to {high}"},
    "as_of": {"ru": "На дату", "en": "As of"},
    "licence": {"ru": "Лицензия", "en": "Licence"},
    "source_note": {"ru": "Об источнике", "en": "About the source"},
    "error": {"ru": "Ошибка", "en": "Error"},
    "all_listed": {"ru": "все территории списка", "en": "all listed territories"},
    "base_who": {"ru": "Кого спрашивали", "en": "Who was asked"},
    "base_n": {"ru": "База", "en": "Base"},
    "base_three": {
        "ru": "{n} {people}; взвешенная {w}; эффективная {e}",
        "en": "{n} {people}; weighted {w}; effective {e}",
    },
    "weighting": {"ru": "Взвешивание", "en": "Weighting"},
    "parts": {"ru": "Из чего получено", "en": "Made from"},
    "address": {"ru": "Адрес", "en": "Address"},
    "digest": {"ru": "Отпечаток данных", "en": "Data digest"},
    "set_by_weights": {
        "ru": "Значение задано весами: оно равно доле в населении, ошибки выборки у него нет.",
        "en": "The value is set by the weights: it equals the share in the population and has no sampling error.",
    },
    "low_base": {
        "ru": "Мало ответов: база меньше 100, доверять осторожно.",
        "en": "Small base: fewer than 100 answers, read with caution.",
    },
    "hidden_value": {"ru": "не показано: мало ответов", "en": "not shown: too few answers"},
    "standing_published": {
        "ru": "Смоделировано: доля подогнана под опубликованное число.",
        "en": "Simulated: the share was fitted to a published figure.",
    },
    "standing_assumed": {
        "ru": "Смоделировано: доля подогнана под число, которое выбрали авторы модели.",
        "en": "Simulated: the share was fitted to a figure chosen by the makers of the model.",
    },
    "standing_emergent": {
        "ru": "Смоделировано: число получилось само и ничего не говорит о людях.",
        "en": "Simulated: the number came out by itself and says nothing about people.",
    },
    "missing_number": {"ru": "число не найдено", "en": "number not found"},
    "missing_figure": {"ru": "Рисунок «{name}» не найден.", "en": "Figure “{name}” was not found."},
    "missing_table": {"ru": "Таблица «{name}» не найдена.", "en": "Table “{name}” was not found."},
    "waiting_number": {"ru": "число появится с ответами", "en": "this number comes with the answers"},
    "waiting_figure": {
        "ru": "Здесь будет рисунок «{name}», когда появятся ответы.",
        "en": "Figure “{name}” will stand here once there are answers.",
    },
    "waiting_table": {
        "ru": "Здесь будет таблица «{name}», когда появятся ответы.",
        "en": "Table “{name}” will stand here once there are answers.",
    },
    "waiting_analysis": {
        "ru": "Здесь будет анализ «{name}», когда появятся ответы.",
        "en": "Analysis “{name}” will stand here once there are answers.",
    },
    "missing_analysis": {"ru": "Анализ «{name}» не найден.", "en": "Analysis “{name}” was not found."},
    "findings": {"ru": "Что видно", "en": "What it shows"},
    "how_computed": {
        "ru": "Как посчитано и чего этот анализ не показывает",
        "en": "How it is computed and what it cannot show",
    },
    "method_page": {"ru": "Страница метода в документации", "en": "Page of the method in the documentation"},
    "data_table": {"ru": "Данные рисунка", "en": "Data of the figure"},
    "answer_type": {"ru": "Ответы", "en": "Answers"},
    "nets": {"ru": "Группы ответов", "en": "Nets"},
    "notes": {"ru": "Примечания", "en": "Notes"},
    "bar": {"ru": "Строка", "en": "Row"},
    "series": {"ru": "Ответ или группа", "en": "Answer or group"},
    "value": {"ru": "Значение", "en": "Value"},
    "low": {"ru": "Нижняя граница", "en": "Lower bound"},
    "high": {"ru": "Верхняя граница", "en": "Upper bound"},
    "unit": {"ru": "Единица", "en": "Unit"},
    "weighted_n": {"ru": "Взвешенная база", "en": "Weighted base"},
    "effective_n": {"ru": "Эффективная база", "en": "Effective base"},
    "download_csv": {"ru": "Скачать CSV", "en": "Download CSV"},
    "download_svg": {"ru": "Скачать SVG", "en": "Download SVG"},
    "answers": {"ru": "Ответы", "en": "Answers"},
    "total": {"ru": "Всего", "en": "Total"},
    "mean": {"ru": "Среднее", "en": "Mean"},
    "table_unit": {"ru": "% по столбцу, если не сказано иначе", "en": "Column %, unless stated otherwise"},
    "method": {"ru": "Как проводилось исследование", "en": "How the study was done"},
    "method_plan": {"ru": "Как будет проведено исследование", "en": "How the study will be done"},
    "weights_head": {"ru": "Взвешивание", "en": "Weighting"},
    "weights_none": {"ru": "Ответы не взвешены.", "en": "The answers are not weighted."},
    "weights_given": {
        "ru": "Веса взяты готовыми из файла ответов.",
        "en": "The weights came ready-made with the answers.",
    },
    "weights_rake": {
        "ru": "Веса подобраны итерационно (рейкинг): доли групп в выборке приведены к долям в населении.",
        "en": "The weights were found by raking: the shares of groups in the sample were brought to their shares in the population.",
    },
    "plan_none": {"ru": "Взвешивать не будут.", "en": "There will be no weighting."},
    "plan_given": {
        "ru": "Веса возьмут готовыми из файла ответов.",
        "en": "Weights will come ready-made with the answers.",
    },
    "weights_poststratify": {
        "ru": "Веса приводят доли групп в выборке к долям в населении (постстратификация).",
        "en": "The weights bring the shares of groups in the sample to their shares in the population (poststratification).",
    },
    "weights_linear": {
        "ru": "Веса откалиброваны (линейный метод): они как можно ближе к исходным, а доли и средние — как в населении.",
        "en": "The weights are calibrated (linear method): as near the initial ones as they can be, with shares and means as in the population.",
    },
    "weights_logit": {
        "ru": "Веса откалиброваны в заданных границах (логит-метод): доли и средние — как в населении.",
        "en": "The weights are calibrated within bounds (logit method), with shares and means as in the population.",
    },
    "plan_rake": {
        "ru": "Веса подберут итерационно (рейкинг): доли групп в выборке приведут к долям в населении.",
        "en": "Weights will be found by raking: shares of groups in the sample will be brought to those in the population.",
    },
    "people_file": {"ru": "Людей с весом", "en": "People weighted"},
    "deff": {"ru": "Эффект взвешивания (1 + CV²)", "en": "Design effect of weighting (1 + CV²)"},
    "efficiency": {"ru": "Эффективность взвешивания", "en": "Weighting efficiency"},
    "range": {"ru": "Наименьший и наибольший вес (среднее = 1)", "en": "Smallest and largest weight (mean = 1)"},
    "group_head": {"ru": "Группа", "en": "Group"},
    "target": {"ru": "В населении", "en": "In the population"},
    "before": {"ru": "В выборке до весов", "en": "In the sample, unweighted"},
    "after": {"ru": "После весов", "en": "Weighted"},
    "source": {"ru": "Источник", "en": "Source"},
    "mean_row": {"ru": "Среднее", "en": "Mean"},
    "benchmarks": {
        "ru": "Внешние цифры, не участвовавшие во взвешивании",
        "en": "Outside figures not used in weighting",
    },
    "benchmark_head": {"ru": "Показатель", "en": "Figure"},
    "gap": {"ru": "Разница, п. п. или единиц (95 % интервал)", "en": "Gap, points or units (95% interval)"},
    "cleaning": {"ru": "Чистка ответов", "en": "Cleaning"},
    "cleaning_counts": {
        "ru": "В исходных файлах {read} {people}, в таблицах — {used}.",
        "en": "The raw files hold {read} {people}; the tables use {used}.",
    },
    "cleaning_none": {
        "ru": "Правил чистки нет: учтены все ответы.",
        "en": "There are no cleaning rules: all answers count.",
    },
    "rule": {"ru": "Правило", "en": "Rule"},
    "action": {"ru": "Что сделано", "en": "What was done"},
    "action_flag": {"ru": "помечено", "en": "flagged"},
    "action_exclude": {"ru": "исключено из таблиц", "en": "left out of tables"},
    "people_head": {"ru": "Человек", "en": "People"},
    "part_who": {"ru": "Кто и зачем", "en": "Who and why"},
    "part_instrument": {"ru": "Анкета", "en": "Questionnaire"},
    "part_sample": {"ru": "Кого и как отбирали", "en": "Whom and how chosen"},
    "part_field": {"ru": "Как и когда опрашивали", "en": "How and when asked"},
    "field_story": {"ru": "Как шло поле", "en": "How the field went"},
    "part_precision": {"ru": "Сколько опрошено и насколько точно", "en": "How many, and how precise"},
    "part_more": {"ru": "Ещё о данных", "en": "More about the data"},
    "instrument": {
        "ru": "В анкете {n} {questions}; формулировки, варианты ответов и результаты — в разделе «Анкета с ответами».",
        "en": "The questionnaire has {n} {questions}; wording, answers and results are in “Questionnaire with results”.",
    },
    "planned": {"ru": "По плану", "en": "Planned"},
    "half_width": {
        "ru": "Половина ширины 95 % интервала для доли 50 % у всех опрошенных",
        "en": "Half the width of the 95% interval of a share of 50% among all respondents",
    },
    "simulated_method": {
        "ru": (
            "Числа с пометкой «напечатано» повторяют опубликованные доли, «предположено» — заданы автором, "
            "«возникло» — получились сами и ничего не говорят о людях. Интервалы показывают лишь, какими они были бы "
            "при стольких живых ответах."
        ),
        "en": (
            "Numbers marked “published” repeat printed shares, “assumed” were set by the author, “emergent” came out by "
            "themselves and say nothing of people. Intervals only show what they would be with as many real answers."
        ),
    },
    "undisclosed": {"ru": "Чего исследование не сообщает", "en": "What the study does not state"},
    "undisclosed_long": {
        "ru": "По правилам AAPOR и ESOMAR читателю должно быть известно и это:",
        "en": "By the rules of AAPOR and ESOMAR the reader is owed this too:",
    },
    "intervals": {"ru": "Об интервалах", "en": "About intervals"},
    "intervals_quota": {
        "ru": (
            "Выборка квотная, поэтому «погрешности выборки» у неё нет. 95 % интервалы здесь — модельные: они верны, "
            "если внутри групп, по которым взвешивали, люди попали в опрос как при случайном отборе. Ошибок охвата, "
            "отказов и формулировок они не учитывают."
        ),
        "en": (
            "This is a quota sample, so it has no “margin of error”. The 95% intervals here are model-based: they hold "
            "if, within the groups used in weighting, people entered the survey as if chosen at random. They do not "
            "cover errors of coverage, refusal or wording."
        ),
    },
    "intervals_probability": {
        "ru": "Выборка случайная: 95 % интервалы учитывают отбор и взвешивание. Ошибок охвата, отказов и формулировок они не учитывают.",
        "en": (
            "This is a probability sample: the 95% intervals allow for selection and weighting. They do not cover "
            "errors of coverage, refusal or wording."
        ),
    },
    "intervals_census": {
        "ru": (
            "Опрос сплошной: отбора не было, поэтому нет и интервалов. Отказы и формулировки вопросов могут сдвигать "
            "числа и здесь."
        ),
        "en": (
            "Everybody was to be asked: nobody was sampled, so there are no intervals. Refusals and the wording of "
            "questions may shift the numbers all the same."
        ),
    },
    "intervals_unknown": {
        "ru": "Как отбирали людей, не указано. 95 % интервалы верны, только если отбор можно считать случайным внутри групп взвешивания.",
        "en": (
            "How people were chosen is not stated. The 95% intervals hold only if the choice may be taken as random "
            "within weighting groups."
        ),
    },
    "limits": {"ru": "Ограничения", "en": "Limitations"},
    "topline": {"ru": "Анкета с ответами", "en": "Questionnaire with results"},
    "topline_note": {
        "ru": "Все вопросы в порядке анкеты. Проценты — от базы вопроса.",
        "en": "Every question in the order of the questionnaire. Percentages are of the question’s base.",
    },
    "questionnaire": {"ru": "Анкета", "en": "Questionnaire"},
    "asked_if": {"ru": "Кто отвечает", "en": "Asked of"},
    "not_tabulated": {"ru": "ответ словами, в таблицы не входит", "en": "answered in words, not tabulated"},
    "rows_of": {"ru": "Строки", "en": "Rows"},
    "plan_tables": {"ru": "План таблиц", "en": "Plan of tables"},
    "plan_weights": {"ru": "План взвешивания", "en": "Plan of weighting"},
    "plan_banner": {"ru": "Группы в столбцах", "en": "Groups in columns"},
    "plan_rows": {"ru": "Вопросы в строках", "en": "Questions in rows"},
    "plan_filter": {"ru": "Только", "en": "Only"},
    "plan_variables": {"ru": "Группы людей", "en": "Groups of people"},
    "everything": {"ru": "все вопросы анкеты", "en": "every question"},
    "else_group": {"ru": "все остальные", "en": "everybody else"},
    "kind_single": {"ru": "один ответ", "en": "one answer"},
    "kind_multiple": {"ru": "любое число ответов", "en": "any number of answers"},
    "kind_limit": {"ru": "не более {limit} {answers}", "en": "up to {limit} {answers}"},
    "kind_scale": {"ru": "шкала от {low} до {high}", "en": "scale from {low} to {high}"},
    "kind_number": {"ru": "число", "en": "a number"},
    "kind_bounds": {"ru": "число от {low} до {high}", "en": "a number from {low} to {high}"},
    "kind_open": {"ru": "своими словами", "en": "in one’s own words"},
    "kind_territory": {"ru": "населённый пункт", "en": "a place from the list of territories"},
    "kind_least": {"ru": "число не меньше {bound}", "en": "a number of at least {bound}"},
    "kind_most": {"ru": "число не больше {bound}", "en": "a number of at most {bound}"},
    "kind_ranking": {"ru": "по местам, мест: {places}", "en": "ranked, {places} places"},
    "asked_each": {"ru": "о каждом ответе на вопрос «{of}»", "en": "for each answer chosen in “{of}”"},
    "kind_grid": {"ru": "в каждой строке {cell}", "en": "in each row {cell}"},
    "shuffled": {"ru": "порядок ответов случайный", "en": "answers in random order"},
    "rows_shuffled": {"ru": "порядок строк случайный", "en": "rows in random order"},
    "role_out_of_base": {"ru": "не входит в базу", "en": "out of the base"},
    "role_exclusive": {"ru": "исключает остальные", "en": "excludes the others"},
    "role_text": {"ru": "с записью ответа", "en": "with a written answer"},
    "made": {"ru": "Собрано программой posad", "en": "Built with posad"},
    "stamp": {"ru": "отпечаток сборки", "en": "build digest"},
}
