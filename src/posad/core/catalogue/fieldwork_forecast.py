"""Problems of rehearsals, forecasts and doubtful interviews."""

from posad.core.problems import Entry

ENTRIES: dict[str, Entry] = {
    "rehearsal-door": Entry(
        "error",
        "«{address}» — не адрес сайта",
        "'{address}' is no address of a site",
        "Возьмите адрес, который печатает posad field serve: http://127.0.0.1:8080/.",
        "Take the address that 'posad field serve' prints: http://127.0.0.1:8080/.",
    ),
    "rehearsal-unreachable": Entry(
        "error",
        "сайт не отвечает: {reason}",
        "the site does not answer: {reason}",
        "Запустите posad field serve в другом окне и проверьте адрес.",
        "Start 'posad field serve' in another window, and check the address.",
    ),
    "rehearsal-in-real-field": Entry(
        "error",
        "сайт {address} работает не в проверочном режиме: придуманные ответы смешались бы с настоящими",
        "the site {address} is not in test mode: invented answers would mix with real ones",
        "Запустите posad field serve --test; если поле нарочно учебное, добавьте --into-field.",
        "Start 'posad field serve --test'; if the whole field is an exercise, add --into-field.",
    ),
    "cases-unreadable": Entry(
        "error",
        "решения совещания не прочитать: {reason}",
        "the decisions of the meeting cannot be read: {reason}",
        "Сохраните таблицу как CSV в UTF-8.",
        "Save the sheet as CSV in UTF-8.",
    ),
    "cases-columns": Entry(
        "error",
        "в таблице решений нет столбцов: {names}",
        "the sheet of decisions lacks columns: {names}",
        "Возьмите field/cases.csv, который пишет posad field flag, и не меняйте заголовки.",
        "Take field/cases.csv, which 'posad field flag' writes, and keep its heads.",
    ),
    "cases-decision": Entry(
        "error",
        "решение «{name}» непонятно",
        "the decision '{name}' cannot be understood",
        "Напишите keep или reject; пустая клетка — решения ещё нет.",
        "Write keep or reject; an empty cell is no decision yet.",
    ),
    "cases-reason": Entry(
        "error",
        "интервью {name} отклонено без причины",
        "the interview {name} is rejected without a reason",
        "Впишите причину: её увидит тот, кто будет проверять.",
        "Write the reason: whoever checks will see it.",
    ),
    "snapshot-mixed": Entry(
        "error",
        "в поле есть и настоящие, и придуманные интервью; вместе их в ответы не пишут",
        "the field holds real interviews and invented ones; they are not written into the answers together",
        "Репетицию проводите с posad field serve --test или отклоните придуманные интервью: posad field reject.",
        "Rehearse with 'posad field serve --test', or take the invented interviews out: posad field reject.",
    ),
    "rehearsal-of-nobody": Entry(
        "error",
        "в исследовании нет смоделированных респондентов",
        "the study has no simulated respondents",
        "Сделайте их командой posad simulate или пошлите случайных: --random.",
        "Make them with 'posad simulate', or send random ones: --random.",
    ),
    "rehearsal-refused": Entry(
        "error",
        "сайт не принял страницу ({count}): {reason}",
        "the site refused a page ({count}): {reason}",
        "Сравните ответы с анкетой: сайт принимает только то, что она разрешает.",
        "Compare the answers with the questionnaire: the site takes only what it allows.",
    ),
}
