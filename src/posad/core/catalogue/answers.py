"""More of the topic "data": what weighting, grouping, cleaning and importing may find."""

from posad.core.problems import Entry

WEIGHING: dict[str, Entry] = {
    "weight-column-not-there": Entry(
        "error",
        "в ответах нет столбца весов «{column}»; есть: {known}",
        "the answers have no weight column '{column}'; there are: {known}",
        "Назовите столбец в описании ответов: «имя столбца: weight:{column}».",
        "Name the column in the description of the answers: 'column name: weight:{column}'.",
    ),
    "weight-margin-without-answer": Entry(
        "error",
        "у {count:человека|человек|человек} нет ответа в «{variable}», по которой взвешивают: {examples}",
        "{count:person has|people have} no answer in '{variable}', which is a weighting margin: {examples}",
        "Исключите их с причиной в cleaning.yaml (if: not answered({variable})) или добавьте в variables.yaml группу, которая их берёт.",
        "Exclude them with a reason in cleaning.yaml (if: not answered({variable})), or add a group in variables.yaml that takes them.",
    ),
    "group-empty": Entry(
        "warning",
        "в группе «{group}» переменной «{variable}» никого нет",
        "nobody is in group '{group}' of '{variable}'",
        "Проверьте условие группы и коды вопроса.",
        "Check the group's condition and the question's codes.",
    ),
    "groups-several": Entry(
        "warning",
        "«{variable}»: {count:человек подходит|человека подходят|человек подходят} под несколько групп, взята первая: {examples}",
        "'{variable}': {count:person fits|people fit} several groups, the first was taken: {examples}",
        "Сузьте условия или разрешите группам пересекаться: exclusive: false.",
        "Narrow the conditions, or let groups overlap: exclusive: false.",
    ),
    "groups-several-error": Entry(
        "error",
        "«{variable}»: {count:человек|человека|человек} сразу в нескольких группах, а обещана ровно одна: {examples}",
        "'{variable}': {count:person is|people are} in several groups, though exactly one was promised: {examples}",
        "Сузьте условия так, чтобы они не пересекались.",
        "Narrow the conditions so that they do not overlap.",
    ),
    "groups-none-error": Entry(
        "error",
        "«{variable}»: {count:человек|человека|человек} ни в одной группе, а обещана ровно одна: {examples}",
        "'{variable}': {count:person is|people are} in no group, though exactly one was promised: {examples}",
        "Добавьте недостающую группу или «else: true».",
        "Add the missing group, or 'else: true'.",
    ),
    "groups-unknown-error": Entry(
        "error",
        "«{variable}»: у {count:человека|человек|человек} нет ответа, от которого зависит группа: {examples}",
        "'{variable}': {count:person has|people have} no answer on which the group depends: {examples}",
        "Добавьте группу с условием «not answered(…)» или исключите этих людей с причиной в cleaning.yaml.",
        "Add a group with 'not answered(…)', or exclude these people with a reason in cleaning.yaml.",
    ),
    "cleaning-catches-nobody": Entry(
        "note",
        "правило «{rule}» никого не нашло",
        "the rule '{rule}' caught nobody",
        "Так бывает; проверьте, что условие записано верно.",
        "That may be so; check that the condition is written right.",
    ),
    "cleaning-excludes-many": Entry(
        "warning",
        "правило «{rule}» исключает {count} из {read} человек",
        "the rule '{rule}' excludes {count} of {read} people",
        "Проверьте условие: исключение такой доли надо объяснить в отчёте.",
        "Check the condition: excluding so many has to be explained in the report.",
    ),
    "answers-where-not-asked": Entry(
        "warning",
        "«{item}»: {count:человек ответил|человека ответили|человек ответили} на вопрос, который им не задавали: {examples}; ответы оставлены",
        "'{item}': {count:person|people} answered a question they were not asked: {examples}; the answers were kept",
        "Проверьте условие вопроса («если …») или исключите этих людей правилом в cleaning.yaml.",
        "Check the question's condition ('if …'), or exclude these people by a rule in cleaning.yaml.",
    ),
    "answers-over-limit": Entry(
        "warning",
        "«{item}»: {count:человек выбрал|человека выбрали|человек выбрали} больше ответов, чем разрешено: {examples}; ответы оставлены",
        "'{item}': {count:person|people} chose more answers than allowed: {examples}; the answers were kept",
        "Исправьте предел в анкете или решите о них в cleaning.yaml.",
        "Correct the limit in the questionnaire, or decide about them in cleaning.yaml.",
    ),
    "respondents-in-two-files": Entry(
        "warning",
        "{count:респондент есть|респондента есть|респондентов есть} в двух файлах одной волны: {examples}",
        "{count:respondent is|respondents are} in two files of one wave: {examples}",
        "Проверьте, не положены ли одни ответы дважды.",
        "Check whether the same answers were put in twice.",
    ),
}

IMPORTING: dict[str, Entry] = {
    "import-inferred": Entry(
        "note",
        "анкета восстановлена по файлу: {questions:вопрос|вопроса|вопросов} (один ответ {single}, несколько {multiple}, сетки {grids}, "
        "числа {numbers}, слова {open})",
        "the questionnaire was inferred from the file: {questions:question|questions} (one answer {single}, several {multiple}, "
        "grids {grids}, numbers {numbers}, words {open})",
        "Прочтите questionnaire.md: исправьте тексты, подписи и виды вопросов, порядок кодов.",
        "Read questionnaire.md: correct texts, labels, kinds of questions, the order of codes.",
    ),
    "import-weights-proposed": Entry(
        "warning",
        "веса найдены по имени столбца: {columns}; первый из них действует всюду, где не назван другой",
        "weights were found by the names of columns: {columns}; the first of them serves wherever no other is named",
        "Проверьте в weights.yaml, что это веса, и напишите, как они сделаны.",
        "Check in weights.yaml that these are weights, and write how they were made.",
    ),
    "import-weight-is-code": Entry(
        "warning",
        "столбец назван весом, но похож на код ячейки: {columns}; взят как вопрос",
        "a column is named a weight but looks like the code of a cell: {columns}; it was taken as a question",
        "Если это всё же вес, назовите его вид weight в файле видов и импортируйте заново.",
        "If it is a weight after all, give it the kind weight in a file of kinds and import again.",
    ),
    "import-missing-values": Entry(
        "note",
        "эти значения записаны как «нет ответа»: {values}",
        "these values were written down as 'no answer': {values}",
        "Если какое-то из них — настоящий ответ, уберите его из «missing» и добавьте вариант в анкету.",
        "If one of them is a real answer, remove it from 'missing' and add the option to the questionnaire.",
    ),
    "import-special-values-missing": Entry(
        "warning",
        "среди чисел есть слова или подписанные коды, они записаны как «нет ответа»: {columns}",
        "there are words or labelled codes among numbers, they were written down as 'no answer': {columns}",
        "Проверьте «missing» этих вопросов.",
        "Check 'missing' of these questions.",
    ),
    "import-codes-without-label": Entry(
        "warning",
        "в ответах есть коды без подписи, они подписаны самим кодом: {columns}",
        "there are codes without a label among the answers, they are labelled by the code itself: {columns}",
        "Впишите подписи в questionnaire.md или дайте кодбук.",
        "Write the labels into questionnaire.md, or give a codebook.",
    ),
    "import-order-assumed": Entry(
        "note",
        "ответы-слова получили коды по алфавиту: {columns}",
        "answers in words got their codes in alphabetical order: {columns}",
        "Если у ответов есть порядок (от «никогда» до «всегда»), расставьте коды в questionnaire.md и в «values», прежде чем считать "
        "средние и верхние коды.",
        "If the answers have an order (from 'never' to 'always'), renumber them in questionnaire.md and under 'values' before means and "
        "top boxes are computed.",
    ),
    "import-column-blank": Entry(
        "note",
        "в столбцах нет ни одного ответа, они не взяты: {columns}",
        "columns hold no answer at all and were left out: {columns}",
        "Если вопрос задавали, проверьте выгрузку.",
        "If the question was asked, check the export.",
    ),
    "import-row-number": Entry(
        "note",
        "столбцы только нумеруют строки, они не взяты: {columns}",
        "columns only number the rows and were left out: {columns}",
        "Если это ответ, дайте столбцу вид в файле видов и импортируйте заново.",
        "If it is an answer, give the column a kind in a file of kinds and import again.",
    ),
    "import-second-delimiter": Entry(
        "warning",
        "несколько ответов в ячейке разделены по-разному: {columns}",
        "several answers in a cell are divided in different ways: {columns}",
        "У файла один разделитель; приведите столбцы к одному и импортируйте заново.",
        "A file has one delimiter; bring the columns to one and import again.",
    ),
    "import-no-questions": Entry(
        "error",
        "в файле не нашлось ни одного вопроса",
        "no question was found in the file",
        "Проверьте лист и заголовок; назовите виды столбцов в файле видов.",
        "Check sheet and header; name the kinds of columns in a file of kinds.",
    ),
    "import-would-overwrite": Entry(
        "error",
        "файл «{file}» уже есть; ничего не записано",
        "the file '{file}' exists already; nothing was written",
        "Назовите новую папку или уберите прежний файл.",
        "Name a new folder, or move the old file away.",
    ),
    "import-not-written": Entry(
        "error",
        "записать исследование в папку «{folder}» не удалось: {reason}",
        "the study could not be written into the folder '{folder}': {reason}",
        "Проверьте путь, место на диске и право записи.",
        "Check the path, the room on the disk and the right to write.",
    ),
    "import-kind-unknown": Entry(
        "error",
        "вида «{kind}» нет; есть: {known}",
        "there is no kind '{kind}'; there are: {known}",
        "Возьмите один из этих видов.",
        "Use one of these kinds.",
    ),
    "codebook-header": Entry(
        "error",
        "в заголовке нет: {columns}",
        "the header lacks: {columns}",
        "Кодбук: column, label, code, code label. Виды: column, kind.",
        "A codebook: column, label, code, code label. Kinds: column, kind.",
    ),
    "codebook-no-such-column": Entry(
        "warning",
        "в файле ответов нет столбца «{column}»",
        "the file of answers has no column '{column}'",
        "Исправьте имя столбца; строка не учтена.",
        "Correct the column's name; the line was ignored.",
    ),
}
