"""Problems of interviews: plan, cases, transcripts, codebook, codings; those of quotes and of other programs in files beside."""

from posad.core.catalogue import interviews_exchange, interviews_quotes
from posad.core.problems import Entry

_NAMES = (
    "Назовите так, как в interviews/plan.yaml, или добавьте туда.",
    "Name it as interviews/plan.yaml does, or add it there.",
)

PLAN: dict[str, Entry] = {
    "interview-group-unknown": Entry(
        "error", "в плане интервью нет группы «{name}»", "the plan has no group '{name}'", *_NAMES
    ),
    "interview-region-unknown": Entry(
        "error", "в плане интервью нет региона «{name}»", "the plan has no region '{name}'", *_NAMES
    ),
    "interview-guide-unknown": Entry(
        "error", "в плане интервью нет гайда «{name}»", "the plan has no guide '{name}'", *_NAMES
    ),
    "interview-guide-missing": Entry(
        "error",
        "нет файла гайда interviews/{name}",
        "there is no guide file interviews/{name}",
        "Положите файл в папку interviews или исправьте имя.",
        "Put the file into the folder interviews, or correct its name.",
    ),
    "interview-planned-negative": Entry(
        "error",
        "запланировано {name} интервью",
        "{name} interviews are planned",
        "Напишите число от нуля.",
        "Write a number from zero up.",
    ),
    "interview-grid-differs": Entry(
        "error",
        "в группе «{name}» запланировано {planned}, а по сетке {total}",
        "{planned} are planned in the group '{name}', and the grid adds up to {total}",
        "Исправьте planned группы или клетки grid.",
        "Correct the group's planned or the cells of the grid.",
    ),
    "interview-behind-plan": Entry(
        "note",
        "в «{name}» есть {reached} из {planned} запланированных интервью",
        "'{name}' has {reached} of {planned} planned interviews",
        "Доберите интервью или объясните недобор в отчёте.",
        "Hold the interviews that are missing, or explain it in the report.",
    ),
    "cases-header": Entry(
        "error",
        "в cases.csv нет столбцов: {columns}",
        "cases.csv has no columns: {columns}",
        "Нужен столбец case; полезны interview, speaker, group, region, consent, public_label, date, guide.",
        "The column case is needed; interview, speaker, group, region, consent, public_label, date, guide are useful.",
    ),
    "case-name-form": Entry(
        "error",
        "«{name}» не подходит как имя человека в таблице: нужны буквы, цифры, дефис",
        "'{name}' does not do as the name of a case: letters, digits and dashes are needed",
        "Дайте краткое условное имя: R07. Настоящих имён здесь быть не должно.",
        "Give a short made-up name such as R07. Real names must not stand here.",
    ),
    "case-twice": Entry(
        "error",
        "«{name}» уже есть в строке {line}",
        "'{name}' is already in line {line}",
        "Оставьте одну строку; вторая не учтена.",
        "Keep one of the lines; the second is not counted.",
    ),
    "case-consent-unknown": Entry(
        "error",
        "согласие «{name}» не понятно; бывает: {known}",
        "the consent '{name}' is not known; there are: {known}",
        "named: цитировать с именем; anonymous: без имени; analysis: только анализировать; none: согласия нет. Пока считается, что его нет.",
        "named: quoted by name; anonymous: without; analysis: analysed only; none: not given. Until then it counts as not given.",
    ),
    "case-coded-without-consent": Entry(
        "warning",
        "«{name}» не давал согласия даже на анализ, а интервью «{interview}» закодировано",
        "'{name}' did not agree even to be analysed, and the interview '{interview}' is coded",
        "Получите согласие и отметьте его в столбце consent или уберите интервью из исследования.",
        "Ask for consent and note it in the column consent, or take the interview out of the study.",
    ),
    "case-without-transcript": Entry(
        "warning",
        "у «{name}» нет расшифровки interviews/text/{interview}.txt",
        "'{name}' has no transcript interviews/text/{interview}.txt",
        "Положите расшифровку или исправьте столбец interview.",
        "Put the transcript there, or correct the column interview.",
    ),
    "transcript-without-case": Entry(
        "warning",
        "расшифровки «{name}» нет в cases.csv: неизвестно, кто говорит и согласен ли он",
        "the transcript '{name}' is not in cases.csv: nobody knows who speaks and whether they agreed",
        "Добавьте строку в cases.csv; до этого цитировать нельзя.",
        "Add a line to cases.csv; until then nothing can be quoted.",
    ),
    "memos-header": Entry(
        "error",
        "в memos.csv нет столбцов: {columns}",
        "memos.csv has no columns: {columns}",
        "Столбцы: about, text, who, when.",
        "The columns are about, text, who, when.",
    ),
    "memo-about-unknown": Entry(
        "error",
        "заметка о «{name}», а такого нет",
        "the memo is about '{name}', which does not exist",
        "В столбце about: project, code:ИМЯ, case:ИМЯ, interview:ИМЯ или coder:ИМЯ.",
        "The column about takes project, code:NAME, case:NAME, interview:NAME or coder:NAME.",
    ),
    "aliases-header": Entry(
        "error",
        "в aliases.csv нет столбцов: {columns}",
        "aliases.csv has no columns: {columns}",
        "Столбцы: real, instead.",
        "The columns are real, instead.",
    ),
    "transcript-empty": Entry(
        "error",
        "в расшифровке «{name}» нет текста",
        "the transcript '{name}' has no text",
        "Положите текст или уберите файл.",
        "Put the text there, or take the file away.",
    ),
    "transcript-not-nfc": Entry(
        "note",
        "буквы «{name}» составлены из частей (не NFC); при чтении они собраны, файл не изменён",
        "letters of '{name}' are composed of parts (not NFC); they were joined while reading, the file was not changed",
        "Ничего делать не надо; чтобы не видеть заметку, сохраните файл в NFC.",
        "Nothing needs to be done; save the file in NFC to see no note.",
    ),
    "transcript-speaker-unknown": Entry(
        "warning",
        "метка говорящего «{name}» никому не принадлежит",
        "the speaker's label '{name}' belongs to nobody",
        "Добавьте её в speakers в plan.yaml или в столбец speaker в cases.csv.",
        "Add it to speakers in plan.yaml, or to the column speaker of cases.csv.",
    ),
    "transcript-time-back": Entry(
        "warning",
        "время {name} раньше предыдущего",
        "the time {name} is before the one above",
        "Проверьте порядок реплик и время.",
        "Check the order of turns and the time.",
    ),
}

CODES: dict[str, Entry] = {
    "code-name-form": Entry(
        "error",
        "имя кода «{name}» не подходит: нужны строчные латинские буквы, цифры, дефис",
        "the code's name '{name}' does not do: small Latin letters, digits and dashes are needed",
        "Переименуйте код здесь и в файлах codings.",
        "Rename the code here and in the files of codings.",
    ),
    "code-under-unknown": Entry(
        "error",
        "код стоит под «{name}», а такого нет",
        "the code is under '{name}', which does not exist",
        "Назовите код из этого же файла.",
        "Name a code of this file.",
    ),
    "code-circle": Entry(
        "error",
        "коды стоят друг под другом по кругу: {names}",
        "codes are under one another in a circle: {names}",
        "Уберите under у одного из них; до этого все они считаются верхними.",
        "Take under away from one of them; until then all of them count as being at the top.",
    ),
    "coding-file-name": Entry(
        "error",
        "имя «{name}» не понятно: нужно ИНТЕРВЬЮ.КОДИРОВЩИК.csv",
        "the name '{name}' is not understood: INTERVIEW.CODER.csv is needed",
        "Переименуйте файл: R07.anna.csv.",
        "Rename the file: R07.anna.csv.",
    ),
    "coding-interview-unknown": Entry(
        "error",
        "нет расшифровки «{name}»",
        "there is no transcript '{name}'",
        "Верните расшифровку в interviews/text или переименуйте файл.",
        "Put the transcript back into interviews/text, or rename the file.",
    ),
    "codings-header": Entry(
        "error",
        "в файле кодирования нет столбцов: {columns}",
        "the file of codings has no columns: {columns}",
        "Столбцы: par, code, quote, nth, memo.",
        "The columns are par, code, quote, nth, memo.",
    ),
    "coding-code-unknown": Entry(
        "error",
        "кода «{name}» нет в codebook.yaml",
        "the code '{name}' is not in codebook.yaml",
        "Верните код в книгу кодов или перекодируйте строки; сами строки сохранены.",
        "Put the code back into the codebook, or recode the lines; the lines themselves are kept.",
    ),
    "coding-code-heading": Entry(
        "error",
        "код «{name}» – заголовок (codable: false), им не кодируют",
        "the code '{name}' is a heading (codable: false), nothing is coded with it",
        "Возьмите код под ним или уберите codable: false.",
        "Take a code below it, or drop codable: false.",
    ),
    "coding-par-form": Entry(
        "error",
        "«{name}» не номер абзаца",
        "'{name}' is no number of a paragraph",
        "Напишите номер (4) или номера от и до (4-6).",
        "Write a number (4), or the first and the last (4-6).",
    ),
    "coding-quote-empty": Entry(
        "error",
        "в строке нет цитаты",
        "the line has no quote",
        "Скопируйте слова, к которым относится код.",
        "Copy the words that the code belongs to.",
    ),
    "coding-nth-form": Entry(
        "error",
        "«{name}» не номер повтора",
        "'{name}' is no number of an occurrence",
        "Напишите 2, если эти слова стоят в абзаце второй раз.",
        "Write 2 where the words stand in the paragraph for the second time.",
    ),
    "coding-twice": Entry(
        "warning",
        "тот же код на тех же словах уже стоит в строке {line}",
        "the same code on the same words is in line {line} already",
        "Уберите повтор; он не учтён.",
        "Take the repetition away; it is not counted.",
    ),
    "coding-moved": Entry(
        "warning",
        "слова «{quote}» теперь в абзаце {par}",
        "the words '{quote}' now stand in paragraph {par}",
        "Проверьте и перепишите места: posad interviews anchor.",
        "Look at it and write the places anew: posad interviews anchor.",
    ),
    "coding-alike": Entry(
        "warning",
        "слов «{quote}» нет, в абзаце {par} стоит «{words}» (сходство {score} из 100)",
        "the words '{quote}' are gone, paragraph {par} has '{words}' (likeness {score} of 100)",
        "Проверьте и перепишите цитаты: posad interviews anchor.",
        "Look at it and write the quotes anew: posad interviews anchor.",
    ),
    "coding-weak": Entry(
        "error",
        "слова «{quote}» не найдены; ближе всего в абзаце {par}: «{words}» (сходство {score} из 100)",
        "the words '{quote}' were not found; nearest, in paragraph {par}: '{words}' (likeness {score} of 100)",
        "Исправьте par и quote; до этого строка нигде не считается, но и не пропадает.",
        "Correct par and quote; until then the line counts nowhere, and is not lost.",
    ),
    "coding-lost": Entry(
        "error",
        "слов «{quote}» в расшифровке нет, и похожих тоже",
        "the words '{quote}' are not in the transcript, nor any like them",
        "Исправьте par и quote или уберите строку; до этого она нигде не считается, но и не пропадает.",
        "Correct par and quote, or take the line away; until then it counts nowhere, and is not lost.",
    ),
    "coding-gone": Entry(
        "error",
        "строки «{name}: {quote}» в файле уже нет",
        "the line '{name}: {quote}' is no longer in the file",
        "Файл изменили; откройте его заново. Ничего не записано.",
        "The file was changed; open it again. Nothing was written.",
    ),
    "words-extra-missing": Entry(
        "error",
        "похожие слова искать нечем: не установлен {name}",
        "alike words cannot be looked for: {name} is not installed",
        "Установите: pip install 'posad[{extra}]'.",
        "Install: pip install 'posad[{extra}]'.",
    ),
    "codings-more": Entry(
        "warning",
        "и ещё {count} таких же: {kind}",
        "and {count} more like it: {kind}",
        "Весь список: posad interviews anchor --json.",
        "The whole list: posad interviews anchor --json.",
    ),
}

ENTRIES: dict[str, Entry] = {**PLAN, **CODES, **interviews_quotes.ENTRIES, **interviews_exchange.ENTRIES}
