"""Problems of interviews coming from other programs and going to them: projects, codebooks, highlights, documents."""

from posad.core.problems import Entry

_SEND = ("Попросите файл заново или выгрузите его ещё раз.", "Ask for the file again, or export it once more.")

ENTRIES: dict[str, Entry] = {
    "qda-not-zip": Entry(
        "error", "файл повреждён или это не архив: {reason}", "the file is damaged or no archive: {reason}", *_SEND
    ),
    "qda-too-large": Entry(
        "error",
        "архив распаковывается в {megabytes} МБ, возможно {most}",
        "the archive unpacks to {megabytes} MB where {most} can be held",
        "Выгрузите проект без звука, видео и картинок.",
        "Export the project without sound, video and pictures.",
    ),
    "qda-no-project": Entry("error", "в архиве нет проекта ({name})", "the archive has no project ({name})", *_SEND),
    "qda-not-xml": Entry("error", "{name} нельзя прочесть: {reason}", "{name} cannot be read: {reason}", *_SEND),
    "qda-root": Entry(
        "error",
        "это не проект и не книга кодов REFI-QDA: {name}",
        "this is no REFI-QDA project or codebook: {name}",
        "Нужен файл .qdpx или .qdc.",
        "A .qdpx or .qdc file is needed.",
    ),
    "qda-source-missing": Entry(
        "error",
        "текст «{name}» лежит не в архиве: {path}",
        "the text '{name}' is not in the archive: {path}",
        "Выгрузите проект вместе с текстами или положите файл рядом с проектом; остальное прочитано.",
        "Export the project with its texts, or put the file beside it; everything else was read.",
    ),
    "qda-source-kind": Entry(
        "warning",
        "не прочитано источников вида {kind}: {count}",
        "sources of the kind {kind} that were not read: {count}",
        "Кодировать здесь можно только текст; расшифруйте звук и видео.",
        "Only text can be coded here; transcribe sound and video.",
    ),
    "qda-source-twice": Entry(
        "warning",
        "двух текстов с именем «{name}» быть не может: второй назван «{other}»",
        "two texts cannot have the name '{name}': the second is called '{other}'",
        "Переименуйте, если нужно.",
        "Rename it if you like.",
    ),
    "qda-code-twice": Entry(
        "warning",
        "два кода «{name}»: второй получил имя «{other}»",
        "two codes '{name}': the second got the name '{other}'",
        "Переименуйте, если нужно.",
        "Rename it if you like.",
    ),
    "qda-code-missing": Entry(
        "error",
        "в «{name}» закодировано кодом, которого в проекте нет: {count}",
        "'{name}' is coded with codes that the project does not have: {count}",
        "Эти строки не перенесены. Выгрузите проект вместе с книгой кодов.",
        "These codings were not taken over. Export the project with its codebook.",
    ),
    "qda-positions": Entry(
        "note",
        "места в «{name}» посчитаны иначе ({way}) и пересчитаны: {count}",
        "positions in '{name}' are counted another way ({way}) and were counted anew: {count}",
        "Посмотрите на несколько закодированных мест.",
        "Look at some of the coded passages.",
    ),
    "qda-positions-doubtful": Entry(
        "warning",
        "в «{name}» закодированные места начинаются или кончаются посреди слов: {count} из {all}",
        "in '{name}' coded passages begin or end inside words: {count} of {all}",
        "Откройте расшифровку и проверьте места.",
        "Open the transcript and check the passages.",
    ),
    "qda-position-outside": Entry(
        "error",
        "в «{name}» места за концом текста: {count}",
        "'{name}' has positions behind the end of the text: {count}",
        "Эти строки не перенесены: текст в архиве не тот, который кодировали.",
        "These codings were not taken over: the text of the archive is not the one that was coded.",
    ),
    "qda-coding-blank": Entry(
        "warning",
        "в «{name}» закодировано пустое место: {count}",
        "'{name}' has codings of nothing but blanks: {count}",
        "Они не перенесены.",
        "They were not taken over.",
    ),
    "qda-left-out": Entry(
        "note",
        "не перенесено: {what} ({count})",
        "not taken over: {what} ({count})",
        "Здесь для этого нет места; проект в исходной программе не изменён.",
        "There is no place for it here; the project in the other program was not changed.",
    ),
    "qda-emoji": Entry(
        "note",
        "в «{name}» есть знаки вне основной плоскости Юникода: места после них некоторые программы сдвинут на один",
        "'{name}' has characters beyond the basic plane of Unicode: some programs will shift positions behind them by one",
        "Проверьте такие места в другой программе или выгрузите с --target utf16.",
        "Check such passages in the other program, or export with --target utf16.",
    ),
    "qda-nothing": Entry(
        "error",
        "переносить нечего: нет ни текстов, ни кодов",
        "there is nothing to take over: neither texts nor codes",
        "Проверьте, тот ли это файл.",
        "Check whether this is the right file.",
    ),
    "taguette-header": Entry(
        "error",
        "нет столбцов: {columns}",
        "there are no columns: {columns}",
        "Нужна выгрузка Taguette: highlights (id, document, tag, content) или codebook (tag, name или path, description).",
        "An export of Taguette is needed: highlights (id, document, tag, content) or codebook (tag, name or path, description).",
    ),
    "taguette-document-unknown": Entry(
        "error",
        "нет расшифровки «{name}»: {count}",
        "there is no transcript '{name}': {count}",
        "Сначала перенесите тексты: posad interviews import ФАЙЛ.txt.",
        "Import the texts first: posad interviews import FILE.txt.",
    ),
    "taguette-tag-unknown": Entry(
        "error",
        "в книге кодов нет «{name}»: {count}",
        "the codebook has no '{name}': {count}",
        "Добавьте код в codebook.yaml и перенесите ещё раз; эти строки не перенесены.",
        "Add the code to codebook.yaml and import again; these lines were not taken over.",
    ),
    "taguette-not-found": Entry(
        "error",
        "слов «{quote}» нет в «{name}»",
        "the words '{quote}' are not in '{name}'",
        "Эта строка не перенесена; текст расшифровки другой.",
        "This line was not taken over; the transcript has another text.",
    ),
    "document-unreadable": Entry(
        "error", "{name} нельзя прочесть: {reason}", "{name} cannot be read: {reason}", *_SEND
    ),
    "document-kind": Entry(
        "error",
        "неизвестный вид файла: {name}",
        "the kind of file is not known: {name}",
        "Расшифровки: .txt, .docx, .odt; проекты: .qdpx; книги кодов: .qdc, .csv.",
        "Transcripts are .txt, .docx, .odt; projects .qdpx; codebooks .qdc, .csv.",
    ),
    "document-no-text": Entry(
        "error",
        "в файле {name} нет текста",
        "the file {name} has no text",
        "Если это картинка страницы, её нужно распознать.",
        "Where it is a picture of a page, it has to be recognised first.",
    ),
    "document-changes": Entry(
        "warning",
        "в {name} есть непринятые правки: взят текст, как если бы они были приняты",
        "{name} has tracked changes: the text was taken as if they were accepted",
        "Примите или отклоните правки и перенесите ещё раз, если это не так.",
        "Accept or reject them and import again if that is wrong.",
    ),
    "interviews-exist": Entry(
        "error",
        "файл {name} уже есть и другой",
        "the file {name} is there already and differs",
        "Ничего не записано. Перенесите в новую папку или добавьте --replace.",
        "Nothing was written. Import into a new folder, or add --replace.",
    ),
    "interviews-none": Entry(
        "error",
        "в исследовании нет интервью",
        "the study has no interviews",
        "Перенесите их: posad interviews import ФАЙЛЫ --into ПАПКА.",
        "Import them: posad interviews import FILES --into FOLDER.",
    ),
    "coder-name-wrong": Entry(
        "error",
        "имя кодировщика «{name}» не годится для имени файла",
        "the coder's name “{name}” can't be part of a file's name",
        "Возьмите буквы, цифры, - и _, не длиннее 40 знаков.",
        "Take letters, digits, - and _, at most 40 characters.",
    ),
}
