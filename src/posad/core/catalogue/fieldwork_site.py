"""What can be wrong with what the site of a study stands on: panels and their addresses, consent, keys, the way it is served."""

from posad.core.problems import Entry

_STATUSES = (
    "Статусы выхода: complete (завершено), screened-out (не подходит), over-quota (квота заполнена).",
    "The statuses of exits are complete, screened-out and over-quota.",
)
_SECRET = (
    "Напишите secret: env:ИМЯ (переменная окружения) или secret: file:ПУТЬ (файл рядом с исследованием, не в системе версий).",
    "Write secret: env:NAME (a variable of the environment) or secret: file:PATH (a file, kept out of version control).",
)

ENTRIES: dict[str, Entry] = {
    "panel-name-form": Entry(
        "error",
        "имя панели «{name}» не годится для адреса",
        "the panel's name '{name}' does not fit an address",
        "Имя — из малых латинских букв, цифр и «_», начинается с буквы.",
        "A name is of small Latin letters, digits and '_', and begins with a letter.",
    ),
    "panel-status": Entry(
        "error",
        "у панели «{panel}» неизвестный статус «{name}»",
        "panel '{panel}' has an unknown status '{name}'",
        *_STATUSES,
    ),
    "panel-exit-missing": Entry(
        "warning",
        "у панели «{panel}» нет адреса для статуса {status}: человек останется на нашей последней странице",
        "panel '{panel}' has no address for the status {status}: people will stay on our last page",
        "Допишите адрес в exits.",
        "Add the address to exits.",
    ),
    "panel-exit-host": Entry(
        "error",
        "адрес «{address}» панели «{panel}» не ведёт по https на узел из hosts",
        "the address '{address}' of panel '{panel}' does not lead by https to a host in hosts",
        "Перечислите узлы панели в hosts; адрес начинается с https:// и узла без подстановок.",
        "List the panel's hosts in hosts; an address begins with https:// and a host without slots.",
    ),
    "panel-exit-slot": Entry(
        "error",
        "в адресе панели «{panel}» подстановка {{{name}}} неизвестна; есть: {known}",
        "the address of panel '{panel}' has an unknown slot {{{name}}}; there are {known}",
        "Имена подстановок — id, status, interview, signature и те, что перечислены в keep.",
        "Slots are id, status, interview, signature and the names listed in keep.",
    ),
    "panel-exit-without-id": Entry(
        "warning",
        "в адресе «{address}» нет подстановки {{id}}: панель не узнает, кто вернулся",
        "the address '{address}' has no slot {{id}}: the panel will not know who came back",
        "Допишите {{id}} туда, где панель ждёт идентификатор.",
        "Put {{id}} where the panel expects its id.",
    ),
    "panel-secret-missing": Entry(
        "error",
        "панель «{panel}» подписывает адреса, но её ключа нет: {reason}",
        "panel '{panel}' signs its addresses, but its secret is not there: {reason}",
        *_SECRET,
    ),
    "panel-secret-form": Entry(
        "error",
        "ключ панели «{panel}» записан прямо в файле или непонятно где",
        "the secret of panel '{panel}' stands in the file itself, or nobody knows where",
        *_SECRET,
    ),
    "panel-unsigned": Entry(
        "note",
        "входы с панели «{panel}» не подписаны: кто знает адрес, войдёт под любым id",
        "entries from panel '{panel}' are not signed: whoever knows the address comes in under any id",
        "Если панель умеет подписывать, назовите параметр подписи: signature: …",
        "If the panel can sign, name the parameter of the signature: signature: …",
    ),
    "site-address": Entry(
        "error",
        "адрес сайта «{name}» не годится",
        "the site's address '{name}' can't be used",
        "Полный адрес без вопросов и решёток: https://survey.example или https://survey.example/town.",
        "A whole address without question marks or hashes: https://survey.example or https://survey.example/town.",
    ),
    "consent-translation-missing": Entry(
        "error",
        "нет файла {name}: согласие не переведено ({language})",
        "there is no {name}: the consent is not translated ({language})",
        "Переведите consent.md: согласие читают на языке опроса.",
        "Translate consent.md: people read a consent in the language of the survey.",
    ),
    "consent-empty": Entry(
        "error",
        "файл {name} пуст",
        "the file {name} is empty",
        "Напишите текст согласия или уберите файл.",
        "Write the words of the consent, or remove the file.",
    ),
    "consent-missing": Entry(
        "warning",
        "нет consent.md: сайт не спросит согласия на обработку данных",
        "there is no consent.md: the site will not ask for consent to the processing of data",
        "Если данные персональные, напишите consent.md отдельным документом.",
        "Where data are personal, write consent.md as a document of its own.",
    ),
    "field-extra-missing": Entry(
        "error",
        "для сайта не хватает пакетов: {missing}",
        "packages for the site are missing: {missing}",
        "Установите: pip install 'posad[{extra}]'.",
        "Install: pip install 'posad[{extra}]'.",
    ),
    "field-keys": Entry(
        "error",
        "файл ключей {name} не читается: {reason}",
        "the file of keys {name} can't be read: {reason}",
        "В каждой строке не меньше 32 шестнадцатеричных цифр; новый ключ — первой строкой, прежний остаётся ниже.",
        "Each line has at least 32 hexadecimal digits; a new key goes first, the old one stays below.",
    ),
    "field-port": Entry(
        "error",
        "порт {port} на {host} не открывается: {reason}",
        "port {port} on {host} can't be opened: {reason}",
        "Закройте то, что его занимает, или назовите другой: --port.",
        "Close what has it, or name another: --port.",
    ),
    "reconcile-column": Entry(
        "error",
        "в файле панели нет столбца {name}; есть: {known}",
        "the panel's file has no column {name}; it has {known}",
        "Нужны столбцы id и status; другие имена назовите: --id, --status.",
        "The columns id and status are needed; name others with --id, --status.",
    ),
    "reconcile-status": Entry(
        "error",
        "статус «{name}» панели не понятен",
        "the panel's status '{name}' is not known",
        "Опишите его в field.yaml: panels: … statuses: {{complete: …}}.",
        "Declare it in field.yaml: panels: … statuses: {{complete: …}}.",
    ),
    "reconcile-twice": Entry(
        "error",
        "id «{name}» стоит в файле панели дважды, первый раз в строке {first}",
        "the id '{name}' is in the panel's file twice, first on line {first}",
        "Оставьте одну строку.",
        "Keep one of the lines.",
    ),
    "panel-unknown": Entry(
        "error",
        "в field.yaml нет панели «{name}»; есть: {known}",
        "field.yaml has no panel '{name}'; there are {known}",
        "Назовите панель из field.yaml: --panel.",
        "Name a panel of field.yaml: --panel.",
    ),
}
