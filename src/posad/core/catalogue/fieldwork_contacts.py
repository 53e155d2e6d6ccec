"""What can be wrong with a list of people to be invited, and with the database of contacts."""

from posad.core.problems import Entry

ENTRIES: dict[str, Entry] = {
    "invite-what": Entry(
        "error",
        "«{name}» — ни число приглашений, ни файл со списком людей",
        "'{name}' is neither a number of invitations nor a file with a list of people",
        "Напишите число (posad field invite town 500) или файл CSV (posad field invite town people.csv).",
        "Write a number (posad field invite town 500) or a CSV file (posad field invite town people.csv).",
    ),
    "contacts-no-column": Entry(
        "error",
        "в списке нет ни почты, ни телефона, ни адреса; столбцы: {known}",
        "the list has no e-mail, phone or address; its columns are {known}",
        "Назовите столбец email, phone или address (по-русски: почта, телефон, адрес).",
        "Call a column email, phone or address.",
    ),
    "contacts-columns-left": Entry(
        "warning",
        "столбцы не хранятся: {names}",
        "these columns are not kept: {names}",
        "Хранятся name, email, phone, address, source, language; лишних данных о людях держать не надо.",
        "name, email, phone, address, source and language are kept; keep no more about people than is needed.",
    ),
    "contact-unreachable": Entry(
        "error",
        "в строке нет ни почты, ни телефона, ни адреса",
        "the row has no e-mail, phone or address",
        "Допишите, как человеку отправить приглашение, или уберите строку. Ничего из списка не сохранено.",
        "Add how the invitation is to be sent, or remove the row. Nothing of the list was kept.",
    ),
    "contact-email": Entry(
        "error",
        "это не адрес почты",
        "this is no e-mail address",
        "Адрес почты вида name@example.org, один в ячейке. Ничего из списка не сохранено.",
        "An e-mail address looks like name@example.org, one in a cell. Nothing of the list was kept.",
    ),
    "contact-phone": Entry(
        "error",
        "это не номер телефона",
        "this is no phone number",
        "В номере не меньше пяти цифр. Ничего из списка не сохранено.",
        "A number has at least five digits. Nothing of the list was kept.",
    ),
    "contact-language": Entry(
        "error",
        "язык строки — не язык опроса; есть {known}",
        "the row's language is none of the survey's; there are {known}",
        "Напишите язык опроса или оставьте ячейку пустой. Ничего из списка не сохранено.",
        "Write a language of the survey, or leave the cell empty. Nothing of the list was kept.",
    ),
    "contact-twice": Entry(
        "error",
        "тот же человек уже в строке {first}",
        "the same person is in line {first} already",
        "Оставьте одну строку: одному человеку — одно приглашение. Ничего из списка не сохранено.",
        "Keep one of the rows: one person, one invitation. Nothing of the list was kept.",
    ),
    "contacts-not-apart": Entry(
        "error",
        "контакты нельзя хранить в одной базе с ответами",
        "contacts can't be kept in one database with the answers",
        "Назовите другую базу: --contacts.",
        "Name another database: --contacts.",
    ),
    "contacts-none": Entry(
        "error",
        "у исследования нет базы контактов: «{name}»",
        "the study has no database of contacts: '{name}'",
        "Пригласите людей: posad field invite, или назовите базу: --contacts.",
        "Invite people with posad field invite, or name the database: --contacts.",
    ),
    "contact-unknown": Entry(
        "error",
        "такого контакта нет",
        "there is no such contact",
        "Назовите почту, телефон или адрес целиком, как они стоят в списке.",
        "Name the e-mail, the phone or the address whole, as it stands in the list.",
    ),
    "contact-several": Entry(
        "error",
        "под этим адресом несколько человек: {count}",
        "there are several people at this address: {count}",
        "Назовите почту или телефон человека; ничего не стёрто.",
        "Name the person's e-mail or phone; nothing was erased.",
    ),
}
