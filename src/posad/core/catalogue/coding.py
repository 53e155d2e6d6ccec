"""Problems of coding open answers: frames, coded words."""

from posad.core.problems import Entry

ENTRIES: dict[str, Entry] = {
    "coding-question-unknown": Entry(
        "error",
        "рамка кодов «{name}» не относится ни к одному открытому вопросу",
        "the code frame '{name}' belongs to no open question",
        "Назовите файл по вопросу (missing.csv) или по ответу «другое» (good.96.csv).",
        "Call the file by the question (missing.csv) or by the answer 'other' (good.96.csv).",
    ),
    "coding-not-open": Entry(
        "error",
        "«{name}»: здесь нет слов, которые можно кодировать",
        "'{name}': there are no words to be coded",
        "Кодируют открытый вопрос или ответ с пометкой {{текст}}.",
        "An open question is coded, or an answer marked {{text}}.",
    ),
    "coding-header": Entry(
        "error",
        "в рамке кодов нет столбцов: {columns}",
        "the code frame has no columns: {columns}",
        "Столбцы: code, label, label.en, net.",
        "The columns are code, label, label.en, net.",
    ),
    "coding-coded-header": Entry(
        "error",
        "в файле закодированных слов нет столбцов: {columns}",
        "the file of coded words has no columns: {columns}",
        "Столбцы: text, codes, coder.",
        "The columns are text, codes, coder.",
    ),
    "coding-code-form": Entry(
        "error",
        "«{name}» не код и не имя группы кодов",
        "'{name}' is neither a code nor the name of a net",
        "Код – целое число; группа – строчные латинские буквы, не служебное слово.",
        "A code is a whole number; a net has small Latin letters and is no word with a meaning of its own.",
    ),
    "coding-code-twice": Entry(
        "error",
        "«{name}» стоит в рамке дважды",
        "'{name}' stands in the frame twice",
        "Оставьте одну строку.",
        "Keep one of the lines.",
    ),
    "coding-net-unknown": Entry(
        "error",
        "группы кодов «{name}» в рамке нет",
        "the frame has no net '{name}'",
        "Добавьте строку: {name} в столбце code и название в label.",
        "Add a line with {name} in the column code and its name in label.",
    ),
    "coding-codes-form": Entry(
        "error",
        "«{name}» не список кодов",
        "'{name}' is no list of codes",
        "Напишите коды через точку с запятой (1;2), «-» – если это не ответ.",
        "Write codes with semicolons between (1;2), or - where the words are no answer.",
    ),
    "coding-answer-unknown": Entry(
        "error",
        "кода {name} в рамке нет; есть: {known}",
        "the frame has no code {name}; it has: {known}",
        "Добавьте код в рамку или исправьте строку; до этого эти слова считаются незакодированными.",
        "Add the code to the frame or correct the line; until then these words count as not coded.",
    ),
    "coding-several": Entry(
        "error",
        "у вопроса «{name}» один ответ, а кодов несколько",
        "the question '{name}' takes one answer, and there are several codes",
        "Оставьте один код.",
        "Keep one code.",
    ),
    "coding-text-twice": Entry(
        "error",
        "«{text}» закодировано иначе в строке {line}",
        "'{text}' is coded otherwise in line {line}",
        "Договоритесь об одном: слова без учёта регистра и знаков те же. Считается первая строка.",
        "Settle on one: the words are the same but for capitals and signs. The first line counts.",
    ),
    "coding-uncoded": Entry(
        "warning",
        "«{name}»: не закодированы слова {count} из {all} ответивших: {examples}",
        "'{name}': the words of {count} of {all} who answered are not coded: {examples}",
        "Доли считаются от закодированных. Список: posad answers list {name}.",
        "Shares are of those coded. The list: posad answers list {name}.",
    ),
    "coding-other-uncoded": Entry(
        "note",
        "«{name}»: не закодированы слова {count} из {all}: {examples}",
        "'{name}': the words of {count} of {all} are not coded: {examples}",
        "Они остаются в ответе «другое». Список: posad answers list {name}.",
        "They stay with 'other'. The list: posad answers list {name}.",
    ),
    "coding-frame-none": Entry(
        "error",
        "нет рамки кодов «{name}»; есть: {known}",
        "there is no code frame '{name}'; there are: {known}",
        "Создайте coding/{name}.csv со столбцами code, label, net.",
        "Make coding/{name}.csv with the columns code, label, net.",
    ),
}
