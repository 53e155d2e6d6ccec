"""Problems of coded answers and of lists."""

from posad.core.problems import Entry

OPTIONS: dict[str, Entry] = {
    "option-without-code": Entry(
        "error",
        "у ответа «{label}» нет кода",
        "the answer '{label}' has no code",
        "Поставьте число после дефиса: «{right}»; в сетке строки пишутся «- имя: текст».",
        "Put a number after the dash: '{right}'; rows of a grid are written '- name: text'.",
    ),
    "option-numbered": Entry(
        "error",
        "код стоит в нумерованном списке: редакторы перенумеруют его",
        "the code stands in a numbered list, which editors renumber",
        "Напишите через дефис: «{right}»; если это текст, поставьте перед точкой обратную черту: «1\\.».",
        "Write it after a dash: '{right}'; if it is text, put a backslash before the full stop: '1\\.'.",
    ),
    "list-dash-space": Entry(
        "error",
        "после дефиса нужен пробел",
        "a space is needed after the dash",
        "Напишите «- 5 текст»; если это текст, поставьте перед дефисом обратную черту.",
        "Write '- 5 text'; if it is text, put a backslash before the dash.",
    ),
    "option-code-twice": Entry(
        "error",
        "код {option} уже занят ({first})",
        "the code {option} is already used ({first})",
        "Дайте ответу свободный код.",
        "Give the answer a free code.",
    ),
    "code-form": Entry(
        "error",
        "код «{written}» не годится: нужно целое число без знака и лишних нулей, не длиннее {digits} цифр",
        "the code '{written}' will not do: it is a whole number without sign or leading zeros, of at most {digits} digits",
        "Замените код, например −1 на 98.",
        "Change the code, for instance −1 to 98.",
    ),
    "label-empty": Entry(
        "error",
        "нет текста после кода или имени",
        "there is no text after the code or name",
        "Напишите ответ словами.",
        "Write the answer in words.",
    ),
    "label-long": Entry(
        "note",
        "текст длиной {length} знаков, больше {limit}: на телефоне и в таблице он займёт весь экран",
        "the text has {length} characters, more than {limit}: it will fill a phone's screen and a table's page",
        "Сократите текст или вынесите часть в пояснение.",
        "Shorten it, or move a part to the help.",
    ),
    "role-unknown": Entry(
        "error",
        "непонятная пометка «{role}» у ответа",
        "the mark '{role}' on an answer is unknown",
        "Есть: не знаю, вне базы, исключающий, закрепить, текст, кодировать. Скобку в тексте пишите как \\{{.",
        "There are: don't know, out of base, exclusive, pinned, text, code. Write a brace in a text as \\{{.",
    ),
    "role-code-without-text": Entry(
        "error",
        "пометка «кодировать» без «текст»: кодировать нечего",
        "the mark 'code' stands without 'text': there is nothing to code",
        "Напишите {{текст, кодировать}}.",
        "Write {{text, code}}.",
    ),
    "brace-stray": Entry(
        "error",
        "фигурная скобка не на месте: пометки стоят в конце ответа и закрыты",
        "a brace is out of place: marks stand closed at the end of an answer",
        "Перенесите пометку в конец или напишите скобку в тексте как \\{{.",
        "Move the mark to the end, or write a brace in a text as \\{{.",
    ),
}

LISTS: dict[str, Entry] = {
    "list-twice": Entry(
        "error",
        "список «{name}» уже есть ({first})",
        "the list '{name}' is there already ({first})",
        "Дайте одному из списков другое имя или объедините их.",
        "Give one of the lists another name, or join them.",
    ),
    "list-unused": Entry(
        "warning",
        "список «{name}» нигде не использован",
        "the list '{name}' is not used anywhere",
        "Назовите его в вопросе («строки: {name}» или «ответы: {name}») или удалите.",
        "Name it in a question ('rows: {name}' or 'answers: {name}'), or delete it.",
    ),
    "list-unknown": Entry(
        "error",
        "нет списка «{name}»",
        "there is no list '{name}'",
        "Исправьте имя или объявите список: «## Список имя».",
        "Correct the name, or declare the list: '## List name'.",
    ),
    "list-empty": Entry(
        "error",
        "список «{name}» пуст",
        "the list '{name}' is empty",
        "Добавьте строки «- имя: текст» или ответы «- 1 текст»; если это часть анкеты, назовите её иначе.",
        "Add rows '- name: text' or answers '- 1 text'; if it is a part of the questionnaire, title it otherwise.",
    ),
    "list-mixed": Entry(
        "error",
        "в списке «{name}» смешаны строки с именами и ответы с кодами",
        "the list '{name}' mixes named rows and coded answers",
        "Разделите его на два списка.",
        "Split it into two lists.",
    ),
    "list-not-rows": Entry(
        "error",
        "в списке «{name}» ответы с кодами, а для строк сетки нужны имена ({other})",
        "the list '{name}' has coded answers, but rows of a grid need names ({other})",
        "Напишите строки списка как «- имя: текст».",
        "Write the list's lines as '- name: text'.",
    ),
    "list-not-answers": Entry(
        "error",
        "в списке «{name}» строки с именами, а для ответов нужны коды ({other})",
        "the list '{name}' has named rows, but answers need codes ({other})",
        "Напишите строки списка как «- 1 текст».",
        "Write the list's lines as '- 1 text'.",
    ),
}
