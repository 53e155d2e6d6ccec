"""Differences between a questionnaire and its translation."""

from posad.core.problems import Entry


def _translation(ru: str, en: str, way_out_ru: str = "", way_out_en: str = "") -> Entry:
    return Entry(
        "error",
        ru,
        en,
        way_out_ru or "Сделайте перевод таким же, как анкета на основном языке ({other}): меняются только слова.",
        way_out_en or "Make the translation like the original ({other}): only the words differ.",
    )


TRANSLATIONS: dict[str, Entry] = {
    "translation-question-missing": _translation(
        "в переводе нет вопроса «{question}»",
        "the translation lacks the question '{question}'",
        "Переведите вопрос ({other}) и вставьте его после этого места.",
        "Translate the question ({other}) and put it after this place.",
    ),
    "translation-question-extra": _translation(
        "в переводе лишний вопрос «{question}»",
        "the translation has a question '{question}' that the original lacks",
        "Исправьте имя вопроса, удалите его или добавьте в основную анкету.",
        "Correct the question's name, delete it, or add it to the original.",
    ),
    "translation-question-order": _translation(
        "в переводе вопрос «{question}» стоит на другом месте",
        "the question '{question}' stands elsewhere in the translation",
    ),
    "translation-kind": _translation(
        "вид вопроса «{question}» в переводе другой",
        "the kind of the question '{question}' differs in the translation",
    ),
    "translation-scale": _translation(
        "шкала вопроса «{question}» в переводе другая: {here} вместо {there}",
        "the scale of '{question}' differs in the translation: {here} instead of {there}",
    ),
    "translation-limit": _translation(
        "предел числа ответов на «{question}» в переводе другой: {here} вместо {there}",
        "the limit of answers to '{question}' differs in the translation: {here} instead of {there}",
    ),
    "translation-bounds": _translation(
        "границы числа в «{question}» в переводе другие: {here} вместо {there}",
        "the bounds of '{question}' differ in the translation: {here} instead of {there}",
    ),
    "translation-condition": _translation(
        "условие вопроса «{question}» в переводе другое: {here} вместо {there}",
        "the condition of '{question}' differs in the translation: {here} instead of {there}",
    ),
    "translation-shuffle": _translation(
        "случайный порядок в «{question}» указан только на одном языке",
        "random order in '{question}' is asked for in one language only",
    ),
    "translation-order": _translation(
        "вопрос «{question}» в переводе следует порядку другого вопроса: {here} вместо {there}",
        "the question '{question}' follows the order of another question in the translation: {here} instead of {there}",
    ),
    "translation-screens": _translation(
        "отсев после «{question}» в переводе другой: {here} вместо {there}",
        "screening out after '{question}' differs in the translation: {here} instead of {there}",
    ),
    "translation-required": _translation(
        "«{question}»: обязательность ответа или начало страницы указаны только на одном языке",
        "'{question}': that an answer is required, or that a page starts, is said in one language only",
    ),
    "translation-loop": _translation(
        "вопрос «{question}» в переводе повторяется для других ответов: {here} вместо {there}",
        "the question '{question}' is repeated for other answers in the translation: {here} instead of {there}",
    ),
    "translation-list": _translation(
        "вопрос «{question}» в переводе берёт другой список: {here} вместо {there}",
        "the question '{question}' takes another list in the translation: {here} instead of {there}",
    ),
    "translation-help": Entry(
        "warning",
        "пояснение к вопросу «{question}» не переведено",
        "the help of the question '{question}' is not translated",
        "Переведите пояснение ({other}).",
        "Translate the help ({other}).",
    ),
    "translation-code-missing": _translation(
        "в переводе «{name}» нет ответа с кодом {key}",
        "the translation of '{name}' lacks the answer with the code {key}",
        "Добавьте перевод ответа «{key} {label}» ({other}).",
        "Add the translation of the answer '{key} {label}' ({other}).",
    ),
    "translation-code-extra": _translation(
        "в переводе «{name}» лишний ответ с кодом {key}",
        "the translation of '{name}' has an answer with the code {key} that the original lacks",
        "Исправьте код, удалите ответ или добавьте его в основную анкету.",
        "Correct the code, delete the answer, or add it to the original.",
    ),
    "translation-row-missing": _translation(
        "в переводе «{name}» нет строки «{key}»",
        "the translation of '{name}' lacks the row '{key}'",
        "Добавьте перевод строки «{key}: {label}» ({other}).",
        "Add the translation of the row '{key}: {label}' ({other}).",
    ),
    "translation-row-extra": _translation(
        "в переводе «{name}» лишняя строка «{key}»",
        "the translation of '{name}' has a row '{key}' that the original lacks",
        "Исправьте имя строки, удалите её или добавьте в основную анкету.",
        "Correct the row's name, delete it, or add it to the original.",
    ),
    "translation-code-order": _translation(
        "порядок ответов или строк «{name}» в переводе другой, начиная с «{key}»",
        "the order of answers or rows of '{name}' differs in the translation, starting with '{key}'",
    ),
    "translation-roles": _translation(
        "пометки ответа {key} на «{name}» в переводе другие",
        "the marks of answer {key} to '{name}' differ in the translation",
    ),
    "translation-list-missing": _translation(
        "в переводе нет списка «{name}»",
        "the translation lacks the list '{name}'",
    ),
    "translation-list-extra": _translation(
        "в переводе лишний список «{name}»",
        "the translation has a list '{name}' that the original lacks",
        "Удалите список или добавьте его в основную анкету.",
        "Delete the list, or add it to the original.",
    ),
    "translation-blocks": _translation(
        "частей анкеты в переводе {here}, а на основном языке {there}",
        "the translation has {here} parts, the original {there}",
        "Повторите в переводе те же заголовки ##.",
        "Repeat the same ## headings in the translation.",
    ),
}
