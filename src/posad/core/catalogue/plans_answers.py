"""Problems of the descriptions of answers, of population figures and of a new folder."""

from posad.core.problems import Entry

_ANSWERS: dict[str, Entry] = {
    "answers-none": Entry(
        "note",
        "ответов пока нет",
        "there are no answers yet",
        "Положите файл с ответами в папку answers/; всё остальное можно проверять уже сейчас.",
        "Put the file of answers into the folder answers/; everything else can be checked already.",
    ),
    "answers-raw-missing": Entry(
        "warning",
        "описание есть, а файла ответов к нему нет: «{name}»",
        "there is a description, but not the file of answers it describes: '{name}'",
        "Положите файл рядом: ответы не хранятся в системе версий.",
        "Put the file beside it: answers are kept out of version control.",
    ),
    "answers-which-raw": Entry(
        "error",
        "не ясно, какой файл описан: {known}",
        "it isn't clear which file is described: {known}",
        "Добавьте в описание строку file: с именем файла; второй файл уберите из answers/.",
        "Add the line file: with the file's name to the description; move the other one out of answers/.",
    ),
    "answers-described-twice": Entry(
        "error",
        "файл «{name}» описан дважды",
        "the file '{name}' is described twice",
        "Оставьте одно описание.",
        "Keep one description.",
    ),
    "answers-equal-names": Entry(
        "note",
        "у «{name}» нет описания: столбцы взяты по совпадению имён с анкетой",
        "'{name}' has no description: columns are taken where their names equal those of the questionnaire",
        "Чтобы назвать столбцы, источник и волну, положите рядом файл .yaml с тем же именем.",
        "To name columns, source and wave put a .yaml of the same name beside it.",
    ),
    "answers-unread": Entry(
        "warning",
        "файл «{name}» в answers/ не прочитан: такого формата posad не знает",
        "the file '{name}' in answers/ was not read: posad doesn't know this format",
        "Ответы читаются из {known}.",
        "Answers are read from {known}.",
    ),
    "answers-column-target": Entry(
        "error",
        "столбец назван «{name}», а такого вопроса, ответа или служебного имени нет",
        "the column is mapped to '{name}', which is no question, answer or system name",
        "Пишите вопрос (like_city), ответ (better.4), слова при ответе (better.96.text), respondent, started, finished, "
        "weight:имя, stratum, psu; ненужный столбец — null.",
        "Write a question (like_city), an answer (better.4), words beside an answer (better.96.text), respondent, started, "
        "finished, weight:name, stratum, psu; null leaves a column out.",
    ),
    "answers-column-twice": Entry(
        "error",
        "два столбца связаны с одним и тем же: «{name}»",
        "two columns are mapped to the same thing: '{name}'",
        "Оставьте один, второму поставьте null.",
        "Keep one and set the other to null.",
    ),
    "answers-column-several": Entry(
        "error",
        "«{name}» — вопрос с одним ответом, столбца на отдельный ответ у него нет",
        "'{name}' takes one answer, it has no column for each",
        "Свяжите столбец с самим вопросом: {item}.",
        "Map the column to the question itself: {item}.",
    ),
    "answers-values-item": Entry(
        "error",
        "коды заданы для «{name}», но такого вопроса нет",
        "codes are given for '{name}', which is not a question",
        "Возьмите имя вопроса (или вопроса-сетки) из questionnaire.md.",
        "Take the id of a question (or of a grid) from questionnaire.md.",
    ),
    "answers-values-code": Entry(
        "error",
        "кода {name} у «{item}» нет",
        "'{item}' has no code {name}",
        "Коды этого вопроса: {known}.",
        "The codes of this question: {known}.",
    ),
    "answers-weight-unknown": Entry(
        "warning",
        "столбец назван весом «{name}», но в weights.yaml его никто не берёт",
        "the column is mapped to the weight '{name}', which weights.yaml doesn't use",
        "Добавьте в weights.yaml {name}: {{method: given}} или уберите столбец.",
        "Add {name}: {{method: given}} to weights.yaml or leave the column out.",
    ),
    "answers-wave-unknown": Entry(
        "error",
        "волны «{name}» нет среди waves в study.yaml",
        "the wave '{name}' is not among waves of study.yaml",
        "Волны исследования: {known}.",
        "The study's waves: {known}.",
    ),
    "targets-header": Entry(
        "error",
        "в таблице нет столбца «{name}», а есть: {known}",
        "the table has no column '{name}'; it has: {known}",
        "Нужны столбцы id, label, value, unit, source: переименуйте похожий или добавьте.",
        "The columns id, label, value, unit, source are needed: rename the one meant, or add it.",
    ),
    "targets-id": Entry(
        "error",
        "строку нельзя назвать «{name}»",
        "a row can't be called '{name}'",
        "Имя начинается со строчной латинской буквы, дальше буквы, цифры и подчёркивания: women_18_plus.",
        "A name begins with a small Latin letter, then letters, digits and underscores: women_18_plus.",
    ),
    "targets-twice": Entry(
        "error",
        "строка «{name}» встретилась дважды",
        "the row '{name}' occurs twice",
        "Оставьте одну: у каждого показателя одно имя.",
        "Keep one: each figure has one id.",
    ),
    "targets-value": Entry(
        "error",
        "«{name}» — не число",
        "'{name}' is not a number",
        "Запишите число; проценты — числом, а % — в столбце unit.",
        "Write a number; percents as numbers, with % in the column unit.",
    ),
    "targets-source": Entry(
        "warning",
        "у показателя «{name}» нет источника",
        "the figure '{name}' has no source",
        "Добавьте в столбец source издание, таблицу и год.",
        "Add publication, table and year in the column source.",
    ),
}

_SCAFFOLD: dict[str, Entry] = {
    "new-folder-not-empty": Entry(
        "error",
        "папка «{name}» не пуста",
        "the folder '{name}' is not empty",
        "Назовите новую или пустую папку: posad new ничего не переписывает.",
        "Name a new or an empty folder: 'posad new' overwrites nothing.",
    ),
    "new-folder-unwritable": Entry(
        "error",
        "не удалось записать в папку «{name}»: {reason}",
        "the folder '{name}' could not be written: {reason}",
        "Проверьте путь и права на запись.",
        "Check the path and the right to write there.",
    ),
    "new-language-unknown": Entry(
        "error",
        "образца на языке «{name}» нет",
        "there is no sample in the language '{name}'",
        "Есть: {known}.",
        "There are: {known}.",
    ),
}

ENTRIES: dict[str, Entry] = {**_ANSWERS, **_SCAFFOLD}
