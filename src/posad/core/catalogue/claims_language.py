"""Problems of the topic "claims": what the words of a sentence claim, and the waivers of its rules."""

from posad.core.problems import Entry

WORDS: dict[str, Entry] = {
    "claim-words-false": Entry(
        "error",
        "«{words}» не подходит ни к одному числу предложения; верно: «{truth}»",
        "“{words}” fits no number of the sentence; true is “{truth}”",
        "Замените слова верными или уберите их.",
        "Replace the words with true ones, or take them out.",
    ),
    "claim-majority": Entry(
        "error",
        "«{words}»: число в ссылке – {value}, а нужна доля, у которой нижняя граница интервала выше 50 % (для «подавляющего» – доля не меньше 75 %)",
        "“{words}”: the linked number is {value}; a majority needs a lower end of the interval above 50% (an overwhelming one, 75% or more)",
        "Назовите само число: «{value}». Если больше никто не ответил чаще, годится «чаще всего».",
        "Say the number itself: “{value}”. Where no other answer is given more often, “most often” may do.",
    ),
    "claim-direction-false": Entry(
        "error",
        "«{words}»: на деле наоборот, разница {difference}",
        "“{words}”: it is the other way round, the difference is {difference}",
        "Поменяйте слово или группы местами. Первая группа адреса – та, о которой говорится.",
        "Turn the word, or change places of the groups. The first group of an address is the one spoken of.",
    ),
    "claim-difference-uncertain": Entry(
        "error",
        "«{words}»: разницу не отличить от нуля, она равна {difference}",
        "“{words}”: the difference cannot be told from zero, it is {difference}",
        "Напишите «примерно поровну», «значимой разницы нет» или приведите оба числа без сравнения.",
        "Write “about equal”, “no significant difference”, or give both numbers without comparing them.",
    ),
    "claim-difference-small": Entry(
        "error",
        "«{words}»: разница значима, но меньше 3 п. п. ({difference})",
        "“{words}”: the difference is significant but below 3 percentage points ({difference})",
        "Напишите, на сколько именно: ссылка на разность ({difference}) с числом пунктов.",
        "Say by how much: link to the difference ({difference}) with the number of points.",
    ),
    "claim-rank-tie": Entry(
        "error",
        "«{words}»: место не отделить от соседних, оно между {rank} из {among}",
        "“{words}”: the place cannot be told from its neighbours, it is {rank} of {among}",
        "Напишите «в числе лидеров» или назовите вместе всех, кого не отличить.",
        "Write “among the leaders”, or name together all who cannot be told apart.",
    ),
    "claim-rank-false": Entry(
        "error",
        "«{words}»: по ответам это место {rank} из {among}",
        "“{words}”: by the answers the place is {rank} of {among}",
        "Исправьте место или ссылку.",
        "Correct the place, or the link.",
    ),
    "claim-trend": Entry(
        "error",
        "«{words}»: об изменении во времени говорят две волны с одной формулировкой, а здесь их нет",
        "“{words}”: a change in time needs two waves with the same wording, and there are none here",
        "Сошлитесь на разность волн (вопрос~2026-2025) или скажите, чьё это мнение: «по оценкам жителей».",
        "Link to a difference of waves (question~2026-2025), or say whose view it is: “residents say”.",
    ),
    "claim-trend-unlinked": Entry(
        "warning",
        "«{words}»: изменение во времени ничем не подтверждено",
        "“{words}”: nothing supports this change in time",
        "Дайте ссылку на источник или на две волны либо скажите, чьё это мнение.",
        "Link to a source or to two waves, or say whose view it is.",
    ),
    "claim-trend-uncertain": Entry(
        "error",
        "«{words}»: изменение между волнами не отличить от нуля",
        "“{words}”: the change between the waves cannot be told from zero",
        "Напишите «значимых изменений нет».",
        "Write “no significant change”.",
    ),
    "claim-cause": Entry(
        "error",
        "«{words}»: причинная связь ни на чём не держится",
        "“{words}”: nothing stands behind this cause",
        "Дайте ссылку на модель или источник, отметьте как толкование («мы полагаем», «Интерпретация:») или напишите «связано с».",
        "Link to a model or a source, mark it as a reading (“we think”, “Interpretation:”), or write “goes together with”.",
    ),
    "claim-count": Entry(
        "error",
        "«{words}»: в списке {list} их {n}",
        "“{words}”: the list {list} holds {n}",
        "Напишите {n} или дайте ссылку на другой список: (#list:имя).",
        "Write {n}, or link to another list: (#list:name).",
    ),
    "claim-list-unknown": Entry(
        "error",
        "нет списка «{name}»",
        "there is no list “{name}”",
        "Назовите список или вопрос-сетку из анкеты.",
        "Name a list or a grid of the questionnaire.",
    ),
    "claim-base": Entry(
        "error",
        "«{words}»: число посчитано среди других людей – {base}",
        "“{words}”: the number was counted in other people: {base}",
        "Назовите в предложении тех, о ком число, или исправьте адрес.",
        "Name in the sentence the people of the number, or correct the address.",
    ),
    "claim-mixed-alphabets": Entry(
        "error",
        "в слове «{words}» буквы двух алфавитов: «{letters}»",
        "the word “{words}” mixes two alphabets: “{letters}”",
        "Напишите «{fix}» одним алфавитом.",
        "Write “{fix}” in one alphabet.",
    ),
    "claim-name-spelling": Entry(
        "error",
        "«{words}» в анкете пишется «{fix}»",
        "“{words}” is spelled “{fix}” in the questionnaire",
        "Пишите одно имя одинаково: «{fix}».",
        "Spell one name in one way: “{fix}”.",
    ),
    "claim-name-variants": Entry(
        "warning",
        "«{words}» в другом месте пишется «{other}»",
        "“{words}” is spelled “{other}” elsewhere",
        "Выберите одно написание.",
        "Choose one spelling.",
    ),
    "claim-label": Entry(
        "error",
        "«{words}» сильнее ответа, который давали: «{fix}»",
        "“{words}” is stronger than the answer people gave: “{fix}”",
        "Назовите ответ словами анкеты: «{fix}».",
        "Call the answer by the words of the questionnaire: “{fix}”.",
    ),
    "claim-date-after": Entry(
        "error",
        "«{words}» позже конца опроса ({end})",
        "“{words}” is later than the end of the fieldwork ({end})",
        "Исправьте дату; число из другого источника подтвердите ссылкой на него.",
        "Correct the date; support a number of another source by a link to it.",
    ),
    "claim-unlinked": Entry(
        "warning",
        "«{words}»: утверждение о жителях без ссылки на число",
        "“{words}”: a claim about people without a link to a number",
        "Дайте ссылку на число: [слова](#вопрос.ответ).",
        "Link to a number: [words](#question.answer).",
    ),
}

WAIVERS: dict[str, Entry] = {
    "waiver-unreadable": Entry(
        "error",
        "пометка «{written}» не читается",
        "the mark “{written}” cannot be read",
        "Пишите: <!-- posad: waive КОД причина -->.",
        "Write: <!-- posad: waive CODE reason -->.",
    ),
    "waiver-code": Entry(
        "error",
        "правило «{name}» нельзя отменить: такого нет или оно о числах",
        "the rule “{name}” cannot be waived: there is none, or it is about numbers",
        "Отменяются только правила о словах; список – posad explain.",
        "Only rules about words can be waived; posad explain lists the codes.",
    ),
    "waiver-without-reason": Entry(
        "error",
        "у отмены правила {name} нет причины",
        "the waiver of {name} has no reason",
        "Допишите причину после кода: её увидит читатель отчёта.",
        "Write the reason behind the code: the reader of the report will see it.",
    ),
    "waiver-for-nothing": Entry(
        "warning",
        "отмена правила {name} ничего не отменяет",
        "the waiver of {name} sets nothing aside",
        "Поставьте её на строку перед предложением или уберите.",
        "Put it on the line before the sentence, or take it out.",
    ),
}

SIGNATURES: dict[str, Entry] = {
    "signature-sentence-changed": Entry(
        "warning",
        "подпись «{who}» от {when} больше не действует: изменилось предложение",
        "the signature of {who} of {when} is void: the sentence has changed",
        "Перечитайте предложение (posad read) и подпишите снова.",
        "Read the sentence again (posad read) and sign anew.",
    ),
    "signature-value-changed": Entry(
        "warning",
        "подпись «{who}» от {when} больше не действует: изменилось значение",
        "the signature of {who} of {when} is void: the value has changed",
        "Перечитайте предложение (posad read) и подпишите снова.",
        "Read the sentence again (posad read) and sign anew.",
    ),
    "signature-definition-changed": Entry(
        "warning",
        "подпись «{who}» от {when} больше не действует: за числами стоит другое – сменились ссылки или определение",
        "the signature of {who} of {when} is void: other things stand behind the numbers, links or definitions have changed",
        "Сверьте, о чём каждое число теперь (posad read), и подпишите снова.",
        "See what each number means now (posad read), and sign anew.",
    ),
    "signature-orphan": Entry(
        "note",
        "подписанного предложения больше нет («{who}», {when}): «{sentence}»",
        "a signed sentence is gone ({who}, {when}): “{sentence}”",
        "Ничего делать не нужно; строку можно убрать из approvals.csv.",
        "Nothing needs to be done; the line may be taken out of approvals.csv.",
    ),
    "sentence-unsigned": Entry(
        "error",
        "предложение никто не подписал, а study.yaml требует подписей",
        "nobody has signed the sentence, and study.yaml requires signatures",
        "Пусть второй человек прочтёт posad read и подпишет: posad read --sign ИМЯ.",
        "Let a second person read posad read and sign: posad read --sign NAME.",
    ),
    "approvals-header": Entry(
        "error",
        "в approvals.csv нет столбцов {columns}",
        "approvals.csv has no columns {columns}",
        "Верните заголовок: document,key,hash,who,when,sentence.",
        "Put the header back: document,key,hash,who,when,sentence.",
    ),
}

ENTRIES: dict[str, Entry] = {**WORDS, **WAIVERS, **SIGNATURES}
