"""The fixed words of the respondent's pages, in each language.

To add a phrase: one row in ``WORDS``, in every language. To add a language: its column in every row; a study in a language without
one shows its own questions between English words.
"""

from __future__ import annotations

from collections.abc import Mapping

WORDS: Mapping[str, Mapping[str, str]] = {
    "next": {"ru": "Далее", "en": "Next"},
    "back": {"ru": "Назад", "en": "Back"},
    "start": {"ru": "Начать", "en": "Start"},
    "finish": {"ru": "Завершить", "en": "Finish"},
    "progress": {"ru": "Пройдено", "en": "Progress"},
    "language": {"ru": "Язык", "en": "Language"},
    "check": {"ru": "Проверьте ответы:", "en": "Please check:"},
    "hint-limit": {"ru": "Отметьте не более {limit}.", "en": "Choose up to {limit}."},
    "hint-several": {"ru": "Можно отметить несколько ответов.", "en": "You may choose several answers."},
    "hint-rank": {
        "ru": "Выберите по одному ответу на каждое место.",
        "en": "Choose one answer for each place.",
    },
    "rank-place": {"ru": "{n}-е место", "en": "Place {n}"},
    "hint-at-least": {"ru": "Число не меньше {low}.", "en": "A number from {low} up."},
    "hint-at-most": {"ru": "Число не больше {high}.", "en": "A number up to {high}."},
    "hint-number": {"ru": "От {low} до {high}.", "en": "From {low} to {high}."},
    "hint-place": {
        "ru": "Введите название и нажмите «Найти».",
        "en": "Type the name and press Find.",
    },
    "place-found": {"ru": "Выберите из найденного:", "en": "Choose from what was found:"},
    "place-none": {
        "ru": "Ничего не найдено. Проверьте написание или введите начало названия.",
        "en": "Nothing found. Check the spelling or type the beginning of the name.",
    },
    "place-many": {
        "ru": "Показаны первые {shown} из {found}. Уточните название.",
        "en": "The first {shown} of {found} are shown. Be more precise.",
    },
    "find": {"ru": "Найти", "en": "Find"},
    "own-words": {"ru": "напишите, что именно", "en": "please say what"},
    "or": {"ru": "или", "en": "or"},
    "unexpected": {"ru": "Эту страницу нельзя принять в таком виде.", "en": "This page cannot be taken as sent."},
    "stale": {
        "ru": "Ответы этой страницы уже сохранены, возможно, из другого окна. Нажмите «Далее» ещё раз, чтобы заменить их этими.",
        "en": "Answers of this page were already saved, perhaps from another window. Press Next again to replace them by these.",
    },
    "later": {"ru": "Продолжить позже или на другом устройстве", "en": "Go on later or on another device"},
    "later-how": {
        "ru": "Ответы сохраняются после каждой страницы. Сохраните эту ссылку: по ней опрос откроется на том же месте.",
        "en": "Answers are saved after every page. Keep this link: it opens the survey where you left it.",
    },
    "withdraw": {"ru": "Отозвать свои ответы", "en": "Withdraw my answers"},
    "withdraw-sure": {
        "ru": "Ваши ответы будут удалены и не войдут в исследование. Отменить это нельзя.",
        "en": "Your answers will be deleted and left out of the study. This cannot be undone.",
    },
    "withdraw-yes": {"ru": "Удалить мои ответы", "en": "Delete my answers"},
    "withdraw-no": {"ru": "Вернуться к опросу", "en": "Return to the survey"},
    "withdrawn-title": {"ru": "Ответы удалены", "en": "Your answers are deleted"},
    "withdrawn": {
        "ru": "Ваши ответы удалены. Вы можете закрыть страницу.",
        "en": "Your answers have been deleted. You may close this page.",
    },
    "complete-title": {"ru": "Спасибо!", "en": "Thank you!"},
    "complete": {
        "ru": "Ваши ответы сохранены. Вы можете закрыть страницу.",
        "en": "Your answers are saved. You may close this page.",
    },
    "screened-out-title": {"ru": "Спасибо за готовность ответить", "en": "Thank you for your interest"},
    "screened-out": {
        "ru": "К сожалению, вы не входите в группу, которую мы сейчас опрашиваем.",
        "en": "Unfortunately, you are not in the group we are asking now.",
    },
    "quota-full-title": {"ru": "Спасибо за готовность ответить", "en": "Thank you for your interest"},
    "quota-full": {
        "ru": "Мы уже набрали достаточно ответов от таких же людей, как вы.",
        "en": "We already have enough answers from people like you.",
    },
    "closed-title": {"ru": "Опрос закрыт", "en": "The survey is closed"},
    "closed": {"ru": "Сейчас ответы не принимаются.", "en": "Answers are not being taken now."},
    "refused-title": {"ru": "Спасибо", "en": "Thank you"},
    "refused": {
        "ru": "Без согласия опрос не начинается. Ничего о вас не сохранено.",
        "en": "Without consent the survey does not begin. Nothing about you was saved.",
    },
    "to-panel": {"ru": "Вернуться в панель", "en": "Return to the panel"},
    "consent": {"ru": "Согласие", "en": "Consent"},
    "consent-yes": {"ru": "Я согласен (согласна)", "en": "I agree"},
    "consent-no": {"ru": "Не согласен (не согласна)", "en": "I do not agree"},
    "consent-version": {"ru": "Редакция документа: {version}", "en": "Version of the document: {version}"},
    "test": {
        "ru": "Проверочный режим: ответы помечены и в исследование не войдут.",
        "en": "Test mode: the answers are marked and stay out of the study.",
    },
    "not-found-title": {"ru": "Такой страницы нет", "en": "There is no such page"},
    "not-found": {
        "ru": "Проверьте ссылку: возможно, она скопирована не полностью или срок её действия истёк.",
        "en": "Please check the link: it may be incomplete or out of date.",
    },
    "busy-title": {"ru": "Ответ не сохранён", "en": "The answer was not saved"},
    "busy": {
        "ru": "Сервер сейчас не может сохранить ответ. Подождите минуту, вернитесь назад и отправьте страницу ещё раз.",
        "en": "The server cannot save the answer now. Wait a minute, go back and send the page again.",
    },
    "large-title": {"ru": "Слишком много данных", "en": "Too much data"},
    "bad-title": {"ru": "Страницу нельзя принять", "en": "The page cannot be taken"},
    "trap": {"ru": "Оставьте это поле пустым", "en": "Leave this field empty"},
    "skip": {"ru": "К вопросам", "en": "To the questions"},
}


def words_in(language: str) -> Mapping[str, str]:
    """Return all phrases in a language, or in English where the language has none."""
    return _ALL.get(language, _ALL["en"])


_ALL = {language: {name: row[language] for name, row in WORDS.items()} for language in ("ru", "en")}
