"""What can be wrong with the ledger of interviews: its disk, its database, its server."""

from posad.core.problems import Entry

ENTRIES = {
    "ledger-disk-full": Entry(
        "error",
        "на диске учётной книги «{file}» кончилось место: {reason}",
        "the disk of the ledger '{file}' is full: {reason}",
        "освободите место; страницы, которые уже подтверждены, на месте, новые не принимались",
        "make room; pages that were acknowledged are there, no new ones were taken",
    ),
    "ledger-read-only": Entry(
        "error",
        "в учётную книгу «{file}» нельзя писать: {reason}",
        "the ledger '{file}' can't be written: {reason}",
        "проверьте владельца и права файла и папки (или роли базы) и то, что диск подключён для записи",
        "look at the owner and the rights of the file and its folder (or of the role) and at how the disk is mounted",
    ),
    "ledger-locked": Entry(
        "error",
        "учётную книгу «{file}» слишком долго держит другая программа: {reason}",
        "another program has held the ledger '{file}' for too long: {reason}",
        "завершите программу, открывшую базу (просмотрщик, копирование); ответ не принят — отправьте ещё раз",
        "end the program that has the database open (a viewer, a copy); the answer was not taken, send it again",
    ),
    "ledger-damaged": Entry(
        "error",
        "учётная книга «{file}» повреждена: {reason}",
        "the ledger '{file}' is damaged: {reason}",
        "остановите сервер, сохраните файл в стороне и восстановите последнюю копию: docs/how-to/run-the-field.md",
        "stop the server, put the file aside, and restore the last backup: docs/how-to/run-the-field.md",
    ),
    "ledger-not-opened": Entry(
        "error",
        "учётная книга «{file}» не открывается: {reason}",
        "the ledger '{file}' can't be opened: {reason}",
        "проверьте путь и права папки",
        "look at the path and at the rights of the folder",
    ),
    "ledger-disk": Entry(
        "error",
        "диск учётной книги «{file}» отвечает ошибкой: {reason}",
        "the disk of the ledger '{file}' answers with an error: {reason}",
        "проверьте место и состояние диска; ответ не принят — отправьте ещё раз",
        "look at the room and the health of the disk; the answer was not taken, send it again",
    ),
    "ledger-failed": Entry(
        "error",
        "база учётной книги «{file}» отказала: {reason}",
        "the database of the ledger '{file}' refused: {reason}",
        "прочтите причину; ответ не принят — отправьте ещё раз",
        "read the reason; the answer was not taken, send it again",
    ),
    "ledger-not-reached": Entry(
        "error",
        "нет связи с базой учётной книги «{file}»: {reason}",
        "the database of the ledger '{file}' can't be reached: {reason}",
        "проверьте адрес и то, что база запущена; после её возвращения сервер продолжит сам",
        "look at the address and whether the database runs; the server goes on by itself when it is back",
    ),
    "ledger-second-server": Entry(
        "error",
        "учётную книгу «{file}» уже ведёт другой сервер",
        "another server runs the ledger '{file}' already",
        "остановите его: у исследования один сервер",
        "stop it: a study has one server",
    ),
    "ledger-postgres-missing": Entry(
        "error",
        "для базы PostgreSQL нужна библиотека, которой нет",
        "a database of PostgreSQL needs a library that is not there",
        "поставьте её: pip install 'posad[postgres]'",
        "install it: pip install 'posad[postgres]'",
    ),
    "ledger-format": Entry(
        "error",
        "учётная книга записана в формате {got}, а этой версии нужен {needed}",
        "the ledger is written in format {got}, this version needs {needed}",
        "откройте её той версией posad, которой она сделана",
        "open it with the version of posad that made it",
    ),
    "ledger-other-study": Entry(
        "error",
        "это учётная книга исследования «{name}», а не «{study}»",
        "this is the ledger of the study '{name}', not of '{study}'",
        "назовите другой файл или другую базу: у каждого исследования своя книга",
        "name another file or database: every study has a ledger of its own",
    ),
}
