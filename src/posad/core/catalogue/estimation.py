"""Problems of the topic "estimation"."""

from posad.core.problems import Entry

TABLES: dict[str, Entry] = {
    "table-item-unknown": Entry(
        "error",
        "нет вопроса или группировки «{name}»",
        "there is no question or grouping variable “{name}”",
        "Назовите вопрос так, как он назван в questionnaire.md, или группировку из variables.yaml.",
        "Name a question as questionnaire.md does, or a grouping variable of variables.yaml.",
    ),
    "table-item-is-grid": Entry(
        "error",
        "«{name}» – сетка: таблица строится по одной её строке, например {known}",
        "“{name}” is a grid: a table is made of one row of it, such as {known}",
        "Добавьте к названию строку сетки через точку.",
        "Add a row of the grid to the name after a point.",
    ),
    "table-item-not-counted": Entry(
        "error",
        "ответы на «{name}» – слова, а не варианты: их нельзя посчитать",
        "answers to “{name}” are words, not options: they cannot be counted",
        "Закодируйте ответы или уберите вопрос из таблицы.",
        "Code the answers, or take the question out of the table.",
    ),
    "table-banner-unknown": Entry(
        "error",
        "в шапке нет такой группировки: «{name}»",
        "the banner names an unknown grouping: “{name}”",
        "Назовите группировку из variables.yaml или вопрос с одним ответом.",
        "Name a grouping variable of variables.yaml or a question with options.",
    ),
    "table-banner-not-groups": Entry(
        "error",
        "«{name}» в шапке не делит людей на группы: это число или слова",
        "“{name}” in the banner does not divide people into groups: it is a number or words",
        "Опишите группы в variables.yaml (например, возраст 18–34) и назовите их в шапке.",
        "Describe groups in variables.yaml (such as ages 18–34) and name those in the banner.",
    ),
    "table-net-unknown": Entry(
        "error",
        "у вопроса «{name}» нет сводной строки «{net}»",
        "the question “{name}” has no net “{net}”",
        "Опишите её под nets в variables.yaml или назовите готовую: top2, bottom2.",
        "Declare it under nets in variables.yaml, or name a ready one: top2, bottom2.",
    ),
    "table-weight-unknown": Entry(
        "error",
        "нет веса «{name}»",
        "there is no weight “{name}”",
        "Назовите вес из weights.yaml.",
        "Name a weight of weights.yaml.",
    ),
    "table-weight-not-made": Entry(
        "error",
        "вес «{name}» описан, но не построен, поэтому числа не считаются",
        "the weight “{name}” is described but was not made, so no number is computed",
        "Исправьте ошибки, о которых сказано при взвешивании, и постройте отчёт снова.",
        "Mend what was said about the weighting and build again.",
    ),
    "table-not-grid": Entry(
        "error",
        "«{name}» – не сетка",
        "“{name}” is not a grid",
        "Постройте обычную таблицу этого вопроса или назовите сетку.",
        "Make an ordinary table of this question, or name a grid.",
    ),
    "table-criterion-unknown": Entry(
        "error",
        "в сетке «{question}» нет критерия «{name}»",
        "the grid “{question}” has no criterion “{name}”",
        "Назовите критерий так, как он назван в questionnaire.md.",
        "Name a criterion as questionnaire.md does.",
    ),
    "table-criterion-missing": Entry(
        "error",
        "в сетке «{name}» несколько критериев ({known}): неясно, какой нужен",
        "the grid “{name}” has several criteria ({known}): it is not clear which one is meant",
        "Назовите критерий.",
        "Name the criterion.",
    ),
}

ENTRIES: dict[str, Entry] = {**TABLES}
