"""What can be wrong when answers are brought home from the field, or erased."""

from posad.core.problems import Entry

ENTRIES = {
    "snapshot-wave": Entry(
        "error",
        "не сказано, в какую волну положить ответы («{name}»); есть {known}",
        "nothing says which wave the answers belong to ('{name}'); there are {known}",
        "Назовите волну: --wave.",
        "Name the wave: --wave.",
    ),
    "snapshot-other-answers": Entry(
        "error",
        "ответы волны «{wave}» уже лежат в «{name}»: снимок удвоил бы их",
        "the answers of wave '{wave}' are in '{name}' already: a snapshot would double them",
        "Уберите тот файл или назовите другую волну.",
        "Take that file away, or name another wave.",
    ),
    "snapshot-empty": Entry(
        "error",
        "в учётной книге нет ни одного полного интервью",
        "the ledger has not one complete interview",
        "Дождитесь ответов; проверочные интервью в снимок не идут.",
        "Wait for answers; interviews made in test mode are left out.",
    ),
    "field-no-ledger": Entry(
        "error",
        "у исследования нет учётной книги: «{name}»",
        "the study has no ledger: '{name}'",
        "Начните поле: posad field serve, или назовите базу: --database.",
        "Begin the field with posad field serve, or name the database: --database.",
    ),
    "erase-nobody": Entry(
        "error",
        "респондента «{name}» нет ни в учётной книге, ни в ответах",
        "the respondent '{name}' is neither in the ledger nor in the answers",
        "Проверьте номер: он стоит в столбце respondent.",
        "Look at the id: it stands in the column respondent.",
    ),
    "field-no-interview": Entry(
        "error",
        "интервью «{name}» нельзя отклонить: его нет или оно не завершено",
        "the interview '{name}' can't be rejected: it is not there, or not complete",
        "Отклоняют завершённые интервью, по номеру из столбца respondent.",
        "Complete interviews are rejected, by the id in the column respondent.",
    ),
    "field-no-cell": Entry(
        "error",
        "нет клетки квот «{name}»; есть {known}",
        "there is no quota cell '{name}'; there are {known}",
        "Назовите клетку, как её печатает posad field status.",
        "Name a cell as posad field status prints it.",
    ),
    "monitor-password": Entry(
        "error",
        "учётной записи монитора нужны имя и пароль не короче {least} знаков",
        "an account of the monitor needs a name and a password of at least {least} letters",
        "Придумайте фразу подлиннее.",
        "Make up a longer phrase.",
    ),
    "backup-not-empty": Entry(
        "error",
        "в папке копии «{name}» уже что-то есть",
        "there is something in the folder of the backup, '{name}', already",
        "Назовите новую папку, например с днём и часом в имени.",
        "Name a new folder, for instance with the day and the hour in its name.",
    ),
}
