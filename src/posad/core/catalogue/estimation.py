"""Problems of the topic "estimation"."""

from posad.core.catalogue import weighting
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

WEIGHTING: dict[str, Entry] = {
    "weighting-negative": Entry(
        "error",
        "веса у {people:человека|людей|людей} отрицательные или бесконечные",
        "the weights of {people:person|people} are negative or infinite",
        "Исправьте столбец весов: вес — неотрицательное число.",
        "Correct the column of weights: a weight is a number not below zero.",
    ),
    "weighting-nobody": Entry(
        "error",
        "взвешивать некого: ни у кого нет веса больше нуля и значений всех признаков взвешивания",
        "there is nobody to weight: no one has a weight above zero and a value of every weighting margin",
        "Проверьте, что признаки взвешивания заполнены, а столбец весов прочитан.",
        "Check that the weighting margins are filled in and the column of weights was read.",
    ),
    "weighting-too-large": Entry(
        "error",
        "один вес больше среднего в {ratio} раз",
        "one weight is {ratio} times the mean weight",
        "Проверьте столбец весов: так велик вес бывает, когда в столбце код или номер.",
        "Check the column of weights: a weight is this large when the column holds a code or a number of something.",
    ),
    "weighting-missing": Entry(
        "warning",
        "у {people:человека|людей|людей} нет веса: во взвешенные числа они не входят",
        "{people:person has|people have} no weight and take no part in weighted numbers",
        "Заполните веса или исключите этих людей правилом в cleaning.yaml, чтобы было сказано почему.",
        "Fill in the weights, or exclude these people by a rule in cleaning.yaml so that the reason is told.",
    ),
    "weighting-base-missing": Entry(
        "warning",
        "у {people:человека|людей|людей} нет исходного веса: они остаются без веса",
        "{people:person has|people have} no base weight and stay without a weight",
        "Заполните исходные веса или исключите этих людей правилом в cleaning.yaml.",
        "Fill in the base weights, or exclude these people by a rule in cleaning.yaml.",
    ),
    "weighting-zero": Entry(
        "note",
        "у {people:человека|людей|людей} вес ноль: они есть в невзвешенных базах, но на числа не влияют",
        "{people:person has|people have} a weight of zero: they are in unweighted bases but move no number",
        "Если это не нарочно, исправьте веса.",
        "If that is not meant, correct the weights.",
    ),
    "weighting-looks-like-codes": Entry(
        "warning",
        "веса похожи на коды ответов: среди них только {values}",
        "the weights look like codes of answers: they are only {values}",
        "Проверьте, тот ли столбец назван весом.",
        "Check that the right column is named as the weight.",
    ),
    "weighting-margin-missing": Entry(
        "warning",
        "у {people:человека|людей|людей} нет значения признака «{margin}»: они остаются без веса",
        "{people:person has|people have} no value of '{margin}' and stay without a weight",
        "Отнесите их к какой-нибудь группе в variables.yaml или уберите признак из взвешивания.",
        "Put them into some group in variables.yaml, or leave the margin out of the weighting.",
    ),
    "weighting-target-negative": Entry(
        "error",
        "среди целей признака «{margin}» есть отрицательные или не числа",
        "some targets of '{margin}' are negative or no numbers",
        "Запишите долю каждой группы в населении числом от 0 до 100 %.",
        "Write the share of each group in the population as a number from 0 to 100 %.",
    ),
    "weighting-targets-sum": Entry(
        "error",
        "цели признака «{margin}» дают в сумме {sum} %, а не 100 %",
        "the targets of '{margin}' sum to {sum} %, not 100 %",
        "Исправьте доли; от 100 % можно отступить только на округление, не больше 0,5 %.",
        "Correct the shares; they may miss 100 % only by rounding, by 0.5 % at most.",
    ),
    "weighting-level-unknown": Entry(
        "error",
        "у группы «{level}» признака «{margin}» нет цели, а в ней {people:человек|человека|человек}",
        "the group '{level}' of '{margin}' has no target, and {people:person is|people are} in it",
        "Дайте группе долю в населении, объедините её с соседней (merge) или исключите этих людей правилом в cleaning.yaml.",
        "Give the group its share of the population, merge it with a neighbour, or exclude these people in cleaning.yaml.",
    ),
    "weighting-level-empty": Entry(
        "error",
        "в группе «{level}» признака «{margin}» никого нет, а её доля в населении {target} %",
        "nobody is in the group '{level}' of '{margin}', and its share of the population is {target} %",
        "Объедините её с соседней группой «{merge}» (merge в weights.yaml) или наберите людей.",
        "Merge it with its neighbour '{merge}' (merge in weights.yaml), or interview such people.",
    ),
    "weighting-level-zero": Entry(
        "warning",
        "цель группы «{level}» признака «{margin}» — ноль: {people:человек получает|человека получают|человек получают} вес ноль",
        "the target of the group '{level}' of '{margin}' is zero: {people:person gets|people get} a weight of zero",
        "Если эти люди не из изучаемого населения, исключите их в cleaning.yaml; иначе исправьте цель.",
        "If these people are not of the population studied, exclude them in cleaning.yaml; else correct the target.",
    ),
    "weighting-level-emptied": Entry(
        "error",
        "в группе «{level}» признака «{margin}» все люди получили вес ноль, а её доля в населении {target} %",
        "everybody in the group '{level}' of '{margin}' has a weight of zero, and its share is {target} %",
        "Исправьте нулевые цели или исходные веса: эти люди стоят и в группе с нулевой целью.",
        "Correct the targets or base weights of zero: these people are also in a group whose target is zero.",
    ),
    "weighting-not-converged": Entry(
        "error",
        "взвешивание не сходится: у группы «{level}» признака «{margin}» {reached} % вместо {target} % ({passes} проходов)",
        "the weighting does not converge: the group '{level}' of '{margin}' is at {reached} %, not {target} % ({passes} passes)",
        "Цели противоречат друг другу для этих людей: объедините мелкие группы или уберите один из признаков.",
        "The targets contradict each other for these people: merge small groups, or leave one margin out.",
    ),
    "weighting-bounds-order": Entry(
        "error",
        "границы весов от {low} до {high} невозможны: средний вес равен 1 и должен лежать между ними",
        "weights between {low} and {high} are impossible: the mean weight is 1 and must lie between them",
        "Запишите наименьший вес от 0 до 1 и наибольший больше 1.",
        "Write a smallest weight from 0 to 1 and a largest one above 1.",
    ),
    "weighting-bound-too-low": Entry(
        "error",
        "наибольший вес {bound} мал: {people:человек|человека|человек} группы «{level}» признака «{margin}» дадут не больше {reach}"
        " из {needed} нужных",
        "the largest weight {bound} is too small: {people:person|people} of the group '{level}' of '{margin}' reach at most {reach}"
        " of the {needed} needed",
        "Поднимите наибольший вес, объедините группу с соседней или наберите людей.",
        "Raise the largest weight, merge the group with a neighbour, or interview more such people.",
    ),
    "weighting-bound-too-high": Entry(
        "error",
        "наименьший вес {bound} велик: {people:человек|человека|человек} группы «{level}» признака «{margin}» дадут не меньше {reach},"
        " а нужно {needed}",
        "the smallest weight {bound} is too large: {people:person|people} of the group '{level}' of '{margin}' reach at least {reach},"
        " and {needed} are needed",
        "Опустите наименьший вес или объедините группу с соседней.",
        "Lower the smallest weight, or merge the group with a neighbour.",
    ),
    "weighting-bounds-conflict": Entry(
        "error",
        "в этих границах весов цели вместе не достигаются: у группы «{level}» признака «{margin}» {reached} % вместо {target} %",
        "the targets cannot all be met within these bounds: the group '{level}' of '{margin}' is at {reached} %, not {target} %",
        "Расширьте границы, объедините мелкие группы или уберите один из признаков.",
        "Widen the bounds, merge small groups, or leave one margin out.",
    ),
    "weighting-efficiency-low": Entry(
        "warning",
        "взвешивание обходится дорого: {people:человек весит|человека весят|человек весят} как {effective}, эффективность {efficiency} %",
        "the weighting is costly: {people} people count as {effective}, an efficiency of {efficiency} %",
        "Посмотрите, какие цели дальше всего от выборки; объедините мелкие группы или ограничьте веса.",
        "See which targets are farthest from the sample; merge small groups or bound the weights.",
    ),
    "weighting-efficiency-very-low": Entry(
        "error",
        "взвешивание почти обесценивает выборку: {people:человек весит|человека весят|человек весят} как {effective}, эффективность {efficiency} %",
        "the weighting nearly voids the sample: {people} people count as {effective}, an efficiency of {efficiency} %",
        "Объедините группы или ограничьте веса; если так и надо, напишите причину в note: она выйдет рядом с числами.",
        "Merge groups or bound the weights; if it must be so, write the reason in note: it is printed beside the numbers.",
    ),
}

ENTRIES: dict[str, Entry] = {**TABLES, **WEIGHTING, **weighting.ENTRIES}
