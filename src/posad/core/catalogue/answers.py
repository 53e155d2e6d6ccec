"""More of the topic "data": what weighting, grouping, cleaning and importing may find."""

from posad.core.problems import Entry

WEIGHING: dict[str, Entry] = {}

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
