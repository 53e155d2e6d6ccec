"""Problems of the topic "claims": the reasons of an audit's verdicts."""

from posad.core.catalogue import claims_audit_files
from posad.core.problems import Entry

_FIX_RU = "Исправьте число или скажите в отчёте, как оно получено."
_FIX_EN = "Correct the number, or say in the report how it was made."
_LOOK_RU = "Ничего делать не нужно."
_LOOK_EN = "Nothing has to be done."

NUMBERS: dict[str, Entry] = {
    "audit-sum-impossible": Entry(
        "error",
        "{n:доля|доли|долей} одного вопроса с одним ответом в сумме дают {sum} %; округление допускает от {low} до {high} %",
        "{n:share|shares} of one question with one answer add to {sum}%; rounding allows {low} to {high}%",
        "Одно из этих чисел неверно, или ответов можно было дать несколько – тогда об этом надо сказать.",
        "One of these numbers is wrong, or several answers could be given – then the report has to say so.",
    ),
    "audit-sum-unlikely": Entry(
        "error",
        "{n:доля|доли|долей} одного вопроса с одним ответом в сумме дают {sum} %; одно округление даёт столько лишь в {chance} % случаев",
        "{n:share|shares} of one question with one answer add to {sum}%; rounding alone does that in only {chance}% of cases",
        "Проверьте каждое из этих чисел и то, один ли ответ принимался.",
        "Check each of these numbers, and whether one answer was taken.",
    ),
    "audit-sum-answer-missing": Entry(
        "error",
        "{n:доля|доли|долей} вопроса в сумме дают {sum} %; округление даёт столько в {chance} % случаев, а ответ «{missing}» не напечатан",
        "{n:share|shares} of a question add to {sum}%; rounding does so in {chance}% of cases, and the answer “{missing}” is missing",
        "Напечатайте недостающий ответ или исправьте числа.",
        "Print the missing answer, or correct the numbers.",
    ),
    "audit-net": Entry(
        "error",
        "сводная доля {net} % не равна сумме своих ответов {codes}: {sum} % и с учётом округления",
        "the net of {net}% is not the sum of its answers {codes}: {sum}%, rounding allowed for",
        _FIX_RU,
        _FIX_EN,
    ),
    "audit-together": Entry(
        "error",
        "числа вопроса {question} не могут быть верны все вместе, даже с учётом округления",
        "the numbers of the question {question} cannot all be true together, even allowing for rounding",
        _FIX_RU,
        _FIX_EN,
    ),
    "audit-base-everybody": Entry(
        "error",
        "база названа «{base}», а доли в сумме дают {sum} % – больше тех {asked} %, кому вопрос задавали ({filter}): это доли не от всех",
        "the base is called “{base}”, but the shares add to {sum}%, more than the {asked}% asked ({filter}): they are not shares of everybody",
        "Назовите базу: кому задавали вопрос и сколько их.",
        "Name the base: who was asked, and how many they are.",
    ),
    "audit-base-unstated": Entry(
        "error",
        "база не названа, а доли в сумме дают {sum} % – больше тех {asked} %, кому вопрос задавали ({filter}): это доли не от всех",
        "no base is stated, and the shares add to {sum}%, more than the {asked}% asked ({filter}): they are not shares of everybody",
        "Назовите базу: кому задавали вопрос и сколько их.",
        "Name the base: who was asked, and how many they are.",
    ),
    "audit-printed-differs": Entry(
        "error",
        "здесь {said}, а в другом месте отчёта напечатано {printed} (строка {line})",
        "here it is {said}, elsewhere the report prints {printed} (line {line})",
        _FIX_RU,
        _FIX_EN,
    ),
    "audit-outside-bounds": Entry(
        "error",
        "{said} быть не может: другие напечатанные числа оставляют от {low} до {high} %",
        "{said} cannot be: the other printed numbers leave {low} to {high}%",
        _FIX_RU,
        _FIX_EN,
    ),
    "audit-ratio": Entry(
        "error",
        "«{said}» неверно: {first} к {second} – это в {ratio} раза, а с округлением от {low} до {high}",
        "“{said}” is not true: {first} to {second} is {ratio} times, with rounding {low} to {high}",
        "Напишите верное отношение или «почти», если оно не дальше 15 %.",
        "Write the true ratio, or “almost” where it is within 15%.",
    ),
    "audit-ratio-impossible": Entry(
        "error",
        "«{said}» быть не может: напечатанные доли групп и ответов этого не допускают",
        "“{said}” cannot be: the printed shares of groups and answers do not allow it",
        _FIX_RU,
        _FIX_EN,
    ),
    "audit-difference": Entry(
        "error",
        "«{said}» неверно: разность напечатанных чисел – от {low} до {high} п. п.",
        "“{said}” is not true: the printed numbers differ by {low} to {high} percentage points",
        _FIX_RU,
        _FIX_EN,
    ),
    "audit-comparison-false": Entry(
        "error",
        "наоборот: {first} % меньше, чем {second} %",
        "it is the other way round: {first}% is less than {second}%",
        _FIX_RU,
        _FIX_EN,
    ),
    "audit-comparison-untold": Entry(
        "error",
        "ответы этого не подтверждают: разность {difference} п. п.",
        "the answers do not bear it: the difference is {difference} percentage points",
        "Напишите «примерно поровну» или приведите оба числа без сравнения.",
        "Write “about equal”, or give both numbers without comparing them.",
    ),
    "audit-majority": Entry(
        "error",
        "большинством не назвать: {value} %",
        "not a majority that can be told: {value}%",
        "Назовите само число.",
        "Say the number itself.",
    ),
    "audit-rank": Entry(
        "error",
        "«{name}» ({value}) – не среди первых, место {position}: выше {above}",
        "“{name}” ({value}) is not among the first but in place {position}: above it are {above}",
        "Исправьте место или скажите, по какому признаку это лидер.",
        "Correct the place, or say by what measure it leads.",
    ),
    "audit-rank-untold": Entry(
        "error",
        "«{name}»: по ответам место {position} из {among}",
        "“{name}”: by the answers the place is {position} of {among}",
        "Напишите «в числе лидеров» или исправьте место.",
        "Write “among the leaders”, or correct the place.",
    ),
    "audit-not-reproduced": Entry(
        "error",
        "по ответам не {said}, а {truth} (интервал {interval}, опрошено {n})",
        "by the answers it is not {said} but {truth} (interval {interval}, {n} respondents)",
        _FIX_RU,
        _FIX_EN,
    ),
    "audit-simulated-differs": Entry(
        "error",
        "смоделированные ответы, которые несут все напечатанные числа вместе, дают не {said}, а {truth}",
        "the simulated answers that carry all printed numbers together give {truth}, not {said}",
        _FIX_RU,
        _FIX_EN,
    ),
}

WORDS: dict[str, Entry] = {
    "audit-count": Entry(
        "error",
        "названо {said}, а в списке ({list}) их {n}",
        "{said} are named, but the list ({list}) has {n}",
        "Исправьте число или список.",
        "Correct the number, or the list.",
    ),
    "audit-order": Entry(
        "error",
        "алфавитный порядок нарушен: «{after}» стоит после «{before}»",
        "the alphabetical order is broken: “{after}” stands after “{before}”",
        "Расставьте по алфавиту или скажите, что порядок – по группам, и назовите группы.",
        "Put them in order, or say that the order is by groups and name the groups.",
    ),
    "audit-unit-means": Entry(
        "error",
        "единица названа «%», а напечатаны средние баллы: {values}",
        "the unit is called “%”, but mean scores are printed: {values}",
        "Назовите единицу: «средний балл».",
        "Name the unit: “mean score”.",
    ),
    "audit-unit-shares": Entry(
        "error",
        "единицей названы баллы, а напечатаны доли: {values}",
        "the unit is called points, but shares are printed: {values}",
        "Назовите единицу: «% опрошенных».",
        "Name the unit: “% of respondents”.",
    ),
    "audit-label": Entry(
        "error",
        "названо «{said}», а в анкете ответ «{label}»",
        "it is called “{said}”, but the answer of the questionnaire is “{label}”",
        "Называйте группу словами ответа.",
        "Call the group by the words of the answer.",
    ),
    "audit-wording": Entry(
        "error",
        "слов «{said}» в вопросе нет; он задан так: «{question}»",
        "the words “{said}” are not in the question, which is “{question}”",
        "Приведите вопрос дословно.",
        "Quote the question word for word.",
    ),
    "audit-base-words": Entry(
        "error",
        "база названа иначе, чем совокупность исследования: «{words}» нет в «{definition}»",
        "the base is not called as the population of the study is: “{words}” is not in “{definition}”",
        "Называйте тех, кто отвечал, везде одинаково.",
        "Call those who answered the same everywhere.",
    ),
    "audit-record": Entry(
        "error",
        "в описании исследования нет «{words}»: там «{record}»",
        "the record of the study has no “{words}”; it says “{record}”",
        "Исправьте утверждение или study.yaml.",
        "Correct the statement, or study.yaml.",
    ),
    "audit-topbox-own": Entry(
        "error",
        "сказано «{said}», а считаются оценки {codes}",
        "it says “{said}”, but the ratings {codes} are counted",
        "Исправьте границу верхней группы оценок.",
        "Correct the cut-off of the top-box.",
    ),
    "audit-topbox-differs": Entry(
        "error",
        "здесь верхними считаются {k:балл|балла|баллов} из {points}, а в {id} – {other}: верхние группы в отчёте разные",
        "here the top {k:point|points} of {points} count, in {id} the top {other}: the report cuts its top-boxes differently",
        "Возьмите одну верхнюю группу на весь отчёт или назовите оценки при каждом числе.",
        "Take one top-box for the whole report, or name the ratings beside every number.",
    ),
}

FOUND: dict[str, Entry] = {
    "audit-compatible": Entry(
        "note", "ничто из напечатанного этому не противоречит", "nothing printed contradicts it", _LOOK_RU, _LOOK_EN
    ),
    "audit-reproduced": Entry(
        "note",
        "ответы дают {truth} (интервал {interval}, опрошено {n})",
        "the answers give {truth} (interval {interval}, {n} respondents)",
        _LOOK_RU,
        _LOOK_EN,
    ),
    "audit-simulated-agrees": Entry(
        "note",
        "смоделированные ответы несут это число вместе со всеми напечатанными: {truth}",
        "simulated answers carry this number together with all printed ones: {truth}",
        _LOOK_RU,
        _LOOK_EN,
    ),
    "audit-ratio-agrees": Entry(
        "note",
        "{first} к {second} – это в {ratio} раза, с округлением от {low} до {high}",
        "{first} to {second} is {ratio} times, with rounding {low} to {high}",
        _LOOK_RU,
        _LOOK_EN,
    ),
    "audit-ratio-bounded": Entry(
        "note",
        "сами доли не напечатаны; «{said}» возможно, если первая лежит в названных границах",
        "the shares are not printed; “{said}” is possible where the first lies within the bounds named",
        "Напечатайте обе доли и базы групп.",
        "Print both shares and the bases of the groups.",
    ),
    "audit-unprinted": Entry(
        "note",
        "число не напечатано; границы – то, что оставляют для него напечатанные",
        "the number is not printed; the bounds are what the printed ones leave for it",
        "Напечатайте число и его базу.",
        "Print the number and its base.",
    ),
    "audit-count-unprinted": Entry(
        "note",
        "сколько их, не напечатано; в списке ({list}) всего {n}",
        "how many they are is not printed; the list ({list}) has {n} in all",
        "Назовите число и перечислите.",
        "Say the number, and list them.",
    ),
    "audit-comparison-true": Entry(
        "note",
        "ответы это подтверждают: разность {difference} п. п.",
        "the answers bear it: the difference is {difference} percentage points",
        _LOOK_RU,
        _LOOK_EN,
    ),
    "audit-comparison-printed": Entry(
        "note", "напечатано {first} % и {second} %", "{first}% and {second}% are printed", _LOOK_RU, _LOOK_EN
    ),
    "audit-comparison-rounding": Entry(
        "note",
        "напечатано {first} % и {second} %: с округлением порядок не виден",
        "{first}% and {second}% are printed: with rounding the order cannot be seen",
        "Напечатайте числа точнее.",
        "Print the numbers more exactly.",
    ),
    "audit-majority-true": Entry(
        "note", "это больше половины: {value} %", "it is more than half: {value}%", _LOOK_RU, _LOOK_EN
    ),
    "audit-rank-true": Entry(
        "note",
        "выше не напечатано ничего ({n:названный|названных|названных})",
        "nothing is printed above ({n:one named|named})",
        _LOOK_RU,
        _LOOK_EN,
    ),
    "audit-see": Entry(
        "note",
        "о числах всего вопроса сказано при {id}",
        "the numbers of the whole question are spoken of at {id}",
        "Смотрите там.",
        "Look there.",
    ),
    "audit-count-true": Entry("note", "в списке их {n}: {list}", "the list has {n}: {list}", _LOOK_RU, _LOOK_EN),
    "audit-order-true": Entry(
        "note", "порядок алфавитный, в списке {n}", "the order is alphabetical, {n} in the list", _LOOK_RU, _LOOK_EN
    ),
    "audit-label-true": Entry(
        "note", "ответ в анкете – «{label}»", "the answer of the questionnaire is “{label}”", _LOOK_RU, _LOOK_EN
    ),
    "audit-wording-true": Entry(
        "note", "так и спрошено: {question}", "so it was asked: {question}", _LOOK_RU, _LOOK_EN
    ),
    "audit-base-words-true": Entry(
        "note", "названо так же, как в {where}", "it is called as in {where}", _LOOK_RU, _LOOK_EN
    ),
    "audit-record-true": Entry(
        "note",
        "так и в описании исследования: «{record}»",
        "the record of the study says so: “{record}”",
        _LOOK_RU,
        _LOOK_EN,
    ),
    "audit-sourced": Entry(
        "note",
        "в исследовании есть это число: {value}, {source}",
        "the study has this figure: {value}, {source}",
        _LOOK_RU,
        _LOOK_EN,
    ),
    "audit-source-differs": Entry(
        "note",
        "в исследовании другое число: {value}, {source}; откуда {said}, не сказано",
        "the study has another figure: {value}, {source}; where {said} comes from is not said",
        "Приведите источник, дату и определение.",
        "Give the source, the date and the definition.",
    ),
    "audit-source-needed": Entry(
        "note",
        "это сведение не из опроса, а источник не приложен",
        "this is not from the survey, and no source is given",
        "Приложите источник: документ, дату, страницу.",
        "Give the source: document, date, page.",
    ),
    "audit-quote-needed": Entry(
        "note",
        "цитату не сверить: интервью в исследовании нет",
        "the quote cannot be checked: the study has no interview",
        "Положите расшифровку интервью.",
        "Add the transcript of the interview.",
    ),
    "audit-unstated": Entry(
        "note",
        "ни вопроса, ни базы этого числа отчёт не приводит",
        "the report gives neither the question nor the base of this number",
        "Приведите вопрос, ответы и базу.",
        "Give the question, the answers and the base.",
    ),
    "audit-cause": Entry(
        "note",
        "опрос показывает, кто что говорит, а не что к чему ведёт",
        "a survey shows who says what, not what leads to what",
        "Отметьте как толкование или сошлитесь на модель либо источник.",
        "Mark it as an interpretation, or lean on a model or a source.",
    ),
    "audit-trend": Entry(
        "note",
        "об изменении во времени говорят две волны с одной формулировкой, а здесь одна",
        "a change in time needs two waves with the same wording, and there is one",
        "Скажите «по оценкам жителей» или приведите прежнюю волну.",
        "Say “in the residents' view”, or show an earlier wave.",
    ),
    "audit-forecast": Entry(
        "note",
        "это предсказание: ни одно число опроса его не несёт",
        "this is a forecast, which no number of the survey bears",
        "Назовите сценарий и его допущения.",
        "Name the scenario and what it assumes.",
    ),
    "audit-opinion": Entry(
        "note",
        "это суждение автора или эксперта: числом его не проверить",
        "this is the judgement of an author or an expert, which no number can check",
        "Отметьте, чьё это суждение.",
        "Say whose judgement it is.",
    ),
    "audit-not-bound": Entry(
        "note",
        "не сказано, о чём это утверждение: его нет в audit/bindings.csv",
        "it is not said what the statement is about: it is not in audit/bindings.csv",
        "Допишите строку: id, прочтение, адрес.",
        "Add a line: id, reading, address.",
    ),
}

ENTRIES: dict[str, Entry] = {**NUMBERS, **WORDS, **FOUND, **claims_audit_files.ENTRIES}
