"""Problems of analyses of gaps, spheres and types of people."""

from posad.core.problems import Entry

ENTRIES: dict[str, Entry] = {
    "analysis-criterion-unknown": Entry(
        "error",
        "у вопроса «{item}» нет критерия «{name}» для {end}:",
        "the question '{item}' has no criterion '{name}' for {end}:",
        "Критерии вопроса: {known}. Разрыву нужны два: first и second.",
        "The criteria of the question are: {known}. A gap needs two: first and second.",
    ),
    "analysis-no-rating": Entry(
        "error",
        "«{name}» – не оценка по шкале: среднюю разность по ней не посчитать",
        "'{name}' is not a rating on a scale: it has no mean difference",
        "Для вопроса с ответами на выбор назовите of: и minus: вместо first: и second:.",
        "For a question with answers to choose from use of: and minus: instead of first: and second:.",
    ),
    "analysis-wave-missing": Entry(
        "error",
        "не сказано, какая это волна: нет строки {key}:",
        "the wave is not given: there is no line {key}:",
        "Назовите обе волны, since и until; в исследовании есть: {known}.",
        "Name both waves, since and until; the study has: {known}.",
    ),
    "analysis-wave-unknown": Entry(
        "error",
        "нет волны «{name}»",
        "there is no wave '{name}'",
        "Волны исследования: {known}.",
        "The waves of the study are: {known}.",
    ),
    "analysis-wave-changed": Entry(
        "error",
        "вопрос «{name}» в волнах {first} и {second} задавали разными словами: их не сравнить",
        "the question '{name}' was asked in different words in the waves {first} and {second}: they do not compare",
        "Возьмите волны с одинаковой формулировкой: ряд прерван там, где вопрос изменился (waves в study.yaml).",
        "Take waves with the same wording: the line is broken where the question changed (waves in study.yaml).",
    ),
    "analysis-few-groups": Entry(
        "error",
        "в переменной «{name}» меньше двух групп: сближаться нечему",
        "the variable '{name}' has fewer than two groups: there is nothing to come closer",
        "Назовите переменную, группы которой – территории или их типы.",
        "Name a variable whose groups are territories or types of territory.",
    ),
    "analysis-no-share": Entry(
        "error",
        "«{name}» – не доля: нужен ответ или объединение ответов",
        "'{name}' is no share: an answer or a net of answers is needed",
        "Назовите вопрос и ответ через точку: {name}.ОБЪЕДИНЕНИЕ.",
        "Name a question and an answer with a dot: {name}.NET.",
    ),
    "analysis-sphere-unknown": Entry(
        "error",
        "нет сферы «{name}»",
        "there is no sphere '{name}'",
        "Сферы названы в spheres: {known}.",
        "Spheres are named under spheres: {known}.",
    ),
    "analysis-no-channels": Entry(
        "error",
        "среди пунктов вопроса «{name}» нет и цифровых, и офлайновых: сравнивать нечего",
        "the items of '{name}' are not both digital and offline: there is nothing to compare",
        "Отметьте в items: хотя бы по два пункта каждого вида (digital, offline).",
        "Mark at least two items of each kind under items: (digital, offline).",
    ),
    "analysis-crosswalk-gap": Entry(
        "error",
        "пункту «{name}» не дано ни сферы, ни вида (digital, offline, mixed)",
        "the item '{name}' has neither a sphere nor a channel (digital, offline, mixed)",
        "Добавьте его в items: – {name}: [СФЕРА, ВИД].",
        "Add it under items: – {name}: [SPHERE, CHANNEL].",
    ),
    "analysis-channel-unknown": Entry(
        "error",
        "у пункта «{item}» нет вида или он не из списка: {name}",
        "the item '{item}' has no channel, or one that is not known: {name}",
        "Пункт пишется парой: [СФЕРА, ВИД]; виды: digital, offline, mixed.",
        "An item is a pair, [SPHERE, CHANNEL]; channels are digital, offline, mixed.",
    ),
    "analysis-nothing-asked": Entry(
        "error",
        "анализу нечего считать: в файле нет ни одной из частей {known}",
        "there is nothing to analyse: the file has none of the parts {known}",
        "Добавьте хотя бы одну из них.",
        "Add at least one of them.",
    ),
}
