"""Problems of building: the lock, missing results, steps that cannot go on."""

from posad.core.problems import Entry

ENTRIES: dict[str, Entry] = {
    "lock-unreadable": Entry(
        "warning",
        "память прошлой сборки не читается ({why}), всё будет собрано заново",
        "the memory of the last build cannot be read ({why}), everything will be built again",
        "Верните файл study.lock из системы версий или удалите его: posad запишет новый.",
        "Restore study.lock from version control or delete it: posad writes a new one.",
    ),
    "folder-not-found": Entry(
        "error",
        "нет такой папки: {folder}",
        "there is no such folder: {folder}",
        "Проверьте путь или создайте исследование: posad new ПАПКА.",
        "Check the path, or make a study: posad new FOLDER.",
    ),
    "folder-is-a-file": Entry(
        "error",
        "{folder} — файл, а исследование — это папка",
        "{folder} is a file, and a study is a folder",
        "Назовите папку исследования; файл с ответами берёт команда posad import ФАЙЛ --into ПАПКА.",
        "Name the study's folder; a file of answers is taken by posad import FILE --into FOLDER.",
    ),
    "folder-not-a-study": Entry(
        "error",
        "в папке {folder} нет файла study.yaml — это не папка исследования",
        "there is no study.yaml in {folder}: it is not a study folder",
        "Перейдите в папку исследования, укажите её после команды или создайте новую: posad new ПАПКА.",
        "Go to the study's folder, name it after the command, or make a new one: posad new FOLDER.",
    ),
    "answers-no-usable-rows": Entry(
        "error",
        "после чистки не осталось ни одной анкеты из {rows}",
        "no interview of {rows} is left after cleaning",
        "Проверьте условия в cleaning.yaml: правило исключает всех.",
        "Check the conditions in cleaning.yaml: a rule excludes everybody.",
    ),
    "build-failed": Entry(
        "error",
        "сборка остановлена на шаге «{step}»; прежний отчёт, если он был, не тронут",
        "the build stopped at the step '{step}'; an earlier report, if there was one, is as it was",
        "Исправьте названные ошибки и повторите posad build.",
        "Mend the errors named here and run posad build again.",
    ),
    "build-folder-busy": Entry(
        "error",
        "эту папку уже собирает другой процесс ({why})",
        "another process is building this folder ({why})",
        "Дождитесь его окончания и повторите.",
        "Wait until it ends and run again.",
    ),
    "answers-needed": Entry(
        "error",
        "«{name}» не посчитать: в папке answers/ нет ответов",
        "“{name}” cannot be counted: there are no answers in the folder answers/",
        "Положите туда файл ответов либо создайте ответы по целям из simulation/targets.csv: posad simulate. Затем повторите команду.",
        "Put a file of answers there, or make answers by the targets of simulation/targets.csv: posad simulate. Then run the command again.",
    ),
    "disk-unwritable": Entry(
        "error",
        "не удаётся записать {file}: {why}",
        "{file} cannot be written: {why}",
        "Проверьте права на папку и свободное место, затем повторите.",
        "Check the folder's permissions and free space, then run again.",
    ),
}
