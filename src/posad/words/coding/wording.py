"""What the coding page says, in Russian and English."""

from __future__ import annotations

from collections.abc import Mapping

WORDS: Mapping[str, Mapping[str, str]] = {
    "ru": {
        "title": "Кодирование интервью",
        "interview": "Интервью",
        "coder_word": "Кодировщик",
        "others": "Показывать чужие коды",
        "codebook": "Коды",
        "search": "Найти код: буквы или номер",
        "transcript": "Расшифровка",
        "keys": "Клавиши",
        "help": "↑ ↓ — абзац; Shift+← → — слово; Shift+↑ ↓ — предложение; буква, цифра или Enter — код; Ctrl+Z — отменить; "
        "F2 — заметка; Delete — снять последний код абзаца; Esc — назад к тексту.",
        "memo": "Заметка",
        "saved": "Записано",
        "undone": "Отменено",
        "nothing": "Отменять нечего",
        "unsaved": "Не записано: сервер не отвечает. Запустите posad code снова.",
        "changed": "Расшифровка изменилась и прочитана заново; выделите место ещё раз.",
        "doubtful": "Мест, не найденных в тексте: ",
        "remove": "Снять код",
        "none": "Такого кода нет",
    },
    "en": {
        "title": "Coding of interviews",
        "interview": "Interview",
        "coder_word": "Coder",
        "others": "Show the codes of others",
        "codebook": "Codes",
        "search": "Find a code: letters or its number",
        "transcript": "Transcript",
        "keys": "Keys",
        "help": "↑ ↓ paragraph; Shift+← → word; Shift+↑ ↓ sentence; a letter, a digit or Enter: code; Ctrl+Z undo; "
        "F2 memo; Delete takes off the last code of the paragraph; Esc back to the text.",
        "memo": "Memo",
        "saved": "Saved",
        "undone": "Undone",
        "nothing": "Nothing to undo",
        "unsaved": "Not saved: the server does not answer. Start posad code again.",
        "changed": "The transcript has changed and was read again; select the passage once more.",
        "doubtful": "Codings not found in the text: ",
        "remove": "Take the code off",
        "none": "There is no such code",
    },
}
