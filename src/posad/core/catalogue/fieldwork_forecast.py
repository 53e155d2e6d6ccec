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
