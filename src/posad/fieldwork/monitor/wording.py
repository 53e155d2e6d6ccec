"""The words of the monitor, in each language.

To add a phrase: 1. its line here in every language; 2. its name where it is shown.
"""

from __future__ import annotations

from collections.abc import Mapping

WORDS: Mapping[str, Mapping[str, str]] = {
    "title": {"ru": "Поле: {study}", "en": "Field: {study}"},
    "login": {"ru": "Войти", "en": "Log in"},
    "logout": {"ru": "Выйти", "en": "Log out"},
    "name": {"ru": "Имя", "en": "Name"},
    "password": {"ru": "Пароль", "en": "Password"},
    "code": {"ru": "Код с телефона", "en": "Code from your phone"},
    "refused": {
        "ru": "Не вышло. Проверьте имя, пароль и код; после пяти неудач подождите 15 минут.",
        "en": "That did not work. Look at name, password and code; after five failures wait 15 minutes.",
    },
    "quotas": {"ru": "Квоты", "en": "Quotas"},
    "cell": {"ru": "Клетка", "en": "Cell"},
    "target": {"ru": "Нужно", "en": "Target"},
    "done": {"ru": "Есть", "en": "Done"},
    "held": {"ru": "В работе", "en": "In progress"},
    "free": {"ru": "Свободно", "en": "Free"},
    "pause": {"ru": "Приостановить", "en": "Pause"},
    "resume": {"ru": "Возобновить", "en": "Resume"},
    "paused": {"ru": "приостановлено", "en": "paused"},
    "whole-field": {"ru": "всё поле", "en": "the whole field"},
    "field-paused": {"ru": "Поле приостановлено: новых не берут.", "en": "The field is paused: nobody new is taken."},
    "at": {"ru": "Состояние на", "en": "As of"},
    "refresh": {"ru": "Обновить", "en": "Refresh"},
    "stage": {"ru": "Этап", "en": "Stage"},
    "interviews": {"ru": "Интервью по панелям", "en": "Interviews by panel"},
    "panel": {"ru": "Панель", "en": "Panel"},
    "no-panel": {"ru": "без панели", "en": "no panel"},
    "hours": {"ru": "Полные интервью за сутки, по часам UTC", "en": "Completes of the last day by hour, UTC"},
    "length": {"ru": "Длительность полных, минут", "en": "Length of completes, minutes"},
    "quartiles": {
        "ru": "медиана {median}, половина между {lower} и {upper}",
        "en": "median {median}, half of them between {lower} and {upper}",
    },
    "left": {"ru": "Где прервались", "en": "Where people broke off"},
    "page": {"ru": "Страница", "en": "Page"},
    "flags": {"ru": "Пометки качества", "en": "Quality flags"},
    "flag": {"ru": "Пометка", "en": "Flag"},
    "number": {"ru": "Число", "en": "Number"},
    "tests": {"ru": "Проверочных интервью: {n}", "en": "Interviews in test mode: {n}"},
    "none": {"ru": "пока нет", "en": "none yet"},
    "audit": {"ru": "Журнал действий", "en": "Audit log"},
    "whole": {
        "ru": "Журнал цел: каждая строка держится за предыдущую.",
        "en": "The log is whole: every line hangs on the one before.",
    },
    "broken": {"ru": "Журнал нарушен в строке {line}.", "en": "The log is broken at line {line}."},
    "when": {"ru": "Когда, UTC", "en": "When, UTC"},
    "who": {"ru": "Кто", "en": "Who"},
    "what": {"ru": "Что", "en": "What"},
    "why": {"ru": "Почему", "en": "Why"},
    "back": {"ru": "К полю", "en": "To the field"},
    "json": {"ru": "То же в JSON", "en": "The same in JSON"},
    "started": {"ru": "начато", "en": "started"},
    "complete": {"ru": "полные", "en": "complete"},
    "screened-out": {"ru": "не подходят", "en": "screened out"},
    "over-quota": {"ru": "сверх квоты", "en": "over quota"},
    "broken-off": {"ru": "прервано", "en": "broken off"},
    "rejected": {"ru": "отклонено", "en": "rejected"},
    "withdrawn": {"ru": "отозвано", "en": "withdrawn"},
    "missing": {"ru": "Такой страницы нет, или она не для вас.", "en": "There is no such page, or it is not for you."},
    "later": {"ru": "База сейчас недоступна, попробуйте позже.", "en": "The database can't be reached now, try later."},
}


def words(language: str) -> dict[str, str]:
    """Return all phrases in a language."""
    return {name: texts[language] for name, texts in WORDS.items()}
