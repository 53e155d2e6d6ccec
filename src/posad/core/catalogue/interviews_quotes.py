"""Problems of quotes picked for print: not said, not agreed to, not approved, too telling."""

from posad.core.problems import Entry

_AS_SAID = (
    "Цитата дословна: пропуск отмечается […], слова редактора – в скобках. Исправьте text или par в quotes.yaml.",
    "A quote is word for word: what is left out is marked […], the editor's words are in brackets. Correct text or par in quotes.yaml.",
)
_LABEL = (
    "Сделайте подпись общее (public_label в cases.csv или label цитаты): крупнее регион, шире роль.",
    "Make the label more general (public_label of cases.csv, or the quote's label): a larger region, a wider role.",
)

ENTRIES: dict[str, Entry] = {
    "quote-name-form": Entry(
        "error",
        "имя цитаты «{name}» не подходит: нужны буквы, цифры, дефис",
        "the quote's name '{name}' does not do: letters, digits and dashes are needed",
        "Переименуйте цитату здесь и в главах.",
        "Rename the quote here and in the chapters.",
    ),
    "quote-interview-unknown": Entry(
        "error",
        "нет расшифровки «{name}», из которой взяты цитаты",
        "there is no transcript '{name}' for these quotes",
        "Верните расшифровку; если цитата взята из публикации, укажите её в printed.",
        "Put the transcript back; where the quote is of a publication, name it in printed.",
    ),
    "quote-par-missing": Entry(
        "error",
        "не сказано, из какого абзаца цитата «{name}»",
        "nothing says which paragraph the quote '{name}' is taken from",
        "Добавьте par: номер абзаца.",
        "Add par: the number of the paragraph.",
    ),
    "quote-par-beyond": Entry(
        "error",
        "абзаца {name} нет: в «{interview}» их {most}",
        "there is no paragraph {name}: '{interview}' has {most}",
        "Исправьте par.",
        "Correct par.",
    ),
    "quote-case-unknown": Entry(
        "error",
        "в интервью «{interview}» нет «{name}»",
        "the interview '{interview}' has no '{name}'",
        "Назовите человека из cases.csv.",
        "Name a case of cases.csv.",
    ),
    "quote-not-said": Entry(
        "error",
        "в цитате «{name}» стоит «{piece}», а в расшифровке этого нет; ближе всего: «{nearest}»",
        "the quote '{name}' has '{piece}', which the transcript has not; nearest: '{nearest}'",
        *_AS_SAID,
    ),
    "quote-negation": Entry(
        "error",
        "в цитате «{name}» пропущено или вставлено отрицание: «{words}»; смысл мог стать обратным",
        "the quote '{name}' leaves out or puts in a negation: '{words}'; its sense may have been turned",
        "Оставьте эти слова в цитате или разделите её на две.",
        "Keep these words in the quote, or make two quotes of it.",
    ),
    "quote-empty": Entry("error", "в цитате «{name}» нет слов", "the quote '{name}' has no words", *_AS_SAID),
    "quote-edits-differ": Entry(
        "warning",
        "в переводе цитаты «{name}» ({language}) пропусков не столько, сколько в оригинале",
        "the translation of the quote '{name}' ({language}) has another number of omissions than the original",
        "Отметьте […] там же, где в оригинале.",
        "Mark […] where the original does.",
    ),
    "quote-speaker-unknown": Entry(
        "error",
        "неизвестно, кто говорит в цитате «{name}»",
        "nobody knows who speaks in the quote '{name}'",
        "Назовите человека (case) или проверьте абзац и метки говорящих: слова интервьюера не цитируют.",
        "Name the case, or check the paragraph and the labels of speakers: the interviewer is not quoted.",
    ),
    "quote-no-consent": Entry(
        "error",
        "«{case}» не давал согласия на цитирование (cases.csv, строка {line}): цитата «{name}»",
        "'{case}' did not agree to be quoted (cases.csv, line {line}): the quote '{name}'",
        "Получите согласие и отметьте его в столбце consent или уберите цитату.",
        "Ask for consent and note it in the column consent, or take the quote out.",
    ),
    "quote-label-missing": Entry(
        "error",
        "не сказано, как подписать цитату «{name}»",
        "nothing says whom the quote '{name}' is laid to",
        "Заполните public_label в cases.csv или label цитаты.",
        "Fill in public_label of cases.csv, or the quote's label.",
    ),
    "quote-not-approved": Entry(
        "warning",
        "цитату «{name}» никто не одобрил к печати",
        "nobody approved the quote '{name}' for print",
        "Покажите её ответственному: posad interviews approve {name} --who ИМЯ.",
        "Show it to whoever answers for it: posad interviews approve {name} --who NAME.",
    ),
    "quote-changed": Entry(
        "error",
        "цитата «{name}» изменилась после того, как её одобрили ({who}, {when})",
        "the quote '{name}' changed after it was approved ({who}, {when})",
        "Верните слова, подпись и абзац или одобрите заново: posad interviews approve {name} --who ИМЯ.",
        "Put back its words, label and paragraph, or approve it again: posad interviews approve {name} --who NAME.",
    ),
    "quote-risk": Entry(
        "error",
        "подпись цитаты «{name}» выдаёт сразу {columns}: больше {most}, человека можно узнать",
        "the label of the quote '{name}' tells {columns} at once: more than {most}, the person can be recognised",
        *_LABEL,
    ),
    "quote-small-place": Entry(
        "error",
        "подпись цитаты «{name}» называет небольшой город {town} и ещё что-то о человеке: его можно узнать",
        "the label of the quote '{name}' names the small town {town} and something more: the person can be recognised",
        *_LABEL,
    ),
    "quote-name-printed": Entry(
        "error",
        "в цитате «{name}» или под ней стоит «{real}»; договаривались: «{instead}»",
        "the quote '{name}' or its label has '{real}'; agreed was '{instead}'",
        "Поставьте вместо имени [{instead}].",
        "Put [{instead}] instead of the name.",
    ),
    "quote-personal": Entry(
        "error",
        "в цитате «{name}» телефон или адрес: {found}",
        "the quote '{name}' has a telephone number or an address: {found}",
        "Уберите его: […].",
        "Leave it out: […].",
    ),
    "quote-differs": Entry(
        "error",
        "в тексте цитата «{name}» не такая, как одобрена: «{piece}»",
        "the text has the quote '{name}' otherwise than approved: '{piece}'",
        "Поставьте слова из quotes.yaml; сократить можно, отметив […].",
        "Put the words of quotes.yaml; they may be shortened, marked […].",
    ),
    "quote-unprintable": Entry(
        "error",
        "цитату «{name}» печатать нельзя: {why}",
        "the quote '{name}' must not be printed: {why}",
        "Что с ней не так, сказано у interviews/quotes.yaml; исправьте там или уберите цитату из текста.",
        "What is wrong is told at interviews/quotes.yaml; mend it there, or take the quote out of the text.",
    ),
    "quote-untranslated": Entry(
        "warning",
        "у цитаты «{name}» нет перевода ({language})",
        "the quote '{name}' has no translation ({language})",
        "Добавьте его в text в quotes.yaml; до этого сверяются слова оригинала.",
        "Add it to text in quotes.yaml; until then the words of the original are compared.",
    ),
    "quote-link-words": Entry(
        "error",
        "ссылка на цитату «{name}» подписана «{words}», а человек представлен иначе: «{label}»",
        "the link to the quote '{name}' says '{words}', and the person is named otherwise: '{label}'",
        "Оставьте скобки пустыми, [](#interview:…): подпись поставит posad.",
        "Leave the brackets empty, [](#interview:…): posad writes the label.",
    ),
    "claim-word-table-unknown": Entry(
        "error",
        "таблицы интервью «{name}» нет; есть: {known}",
        "there is no table of interviews '{name}'; there are: {known}",
        "Напишите ![](#interviews:codes) или ![](#interviews:codes@region).",
        "Write ![](#interviews:codes) or ![](#interviews:codes@region).",
    ),
    "quote-not-quoted": Entry(
        "error",
        "рядом со ссылкой на «{name}» нет самой цитаты",
        "no quote stands beside the link to '{name}'",
        "Напишите: > «…» [](#interview:{name}).",
        "Write: > “…” [](#interview:{name}).",
    ),
}
