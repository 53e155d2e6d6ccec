"""Problems of simulated respondents: their settings, targets that contradict one another, what may be said of them."""

from posad.core.problems import Entry

_FORM = (
    "Столбцы simulation/targets.csv: address, value, standing, source, reason и, где нужно, within.",
    "The columns of simulation/targets.csv are address, value, standing, source, reason and, where needed, within.",
)
_MODEL = (
    "Исправьте targets.csv или simulation.yaml и повторите posad simulate.",
    "Mend targets.csv or simulation.yaml and run posad simulate again.",
)

ENTRIES: dict[str, Entry] = {
    "simulation-missing": Entry(
        "error",
        "нет файла simulation.yaml: неизвестно, каких респондентов моделировать",
        "there is no simulation.yaml: nothing says which respondents to simulate",
        "Создайте simulation.yaml (size, seed, sample) и simulation/targets.csv; случайные ответы для проверки анкеты: "
        "posad simulate --rehearsal N.",
        "Make simulation.yaml (size, seed, sample) and simulation/targets.csv; for random answers to try the questionnaire out: "
        "posad simulate --rehearsal N.",
    ),
    "simulation-targets-missing": Entry(
        "error",
        "нет файла simulation/targets.csv с числами, которые должны нести ответы",
        "there is no simulation/targets.csv with the numbers that the answers must carry",
        *_FORM,
    ),
    "simulation-header": Entry(
        "error",
        "в таблице целей нет столбца {name}; есть: {known}",
        "the table of targets has no column {name}; it has {known}",
        *_FORM,
    ),
    "simulation-size": Entry(
        "error",
        "размер {size} не подходит: нужно от 30 до 100 000 респондентов",
        "a size of {size} does not fit: between 30 and 100,000 respondents are needed",
        "Поставьте size из отчёта или плана выборки.",
        "Put the size of the report or of the sample plan.",
    ),
    "simulation-wave": Entry(
        "error",
        "нет волны «{name}»; есть: {known}",
        "there is no wave '{name}'; there are {known}",
        "Назовите волну из study.yaml.",
        "Name a wave of study.yaml.",
    ),
    "simulation-margin": Entry(
        "error",
        "«{name}» не вопрос с одним ответом и не группировка: по нему нельзя набрать выборку",
        "'{name}' is no question with one answer and no grouping variable: the sample cannot be drawn by it",
        "Назовите вопрос анкеты или переменную из variables.yaml.",
        "Name a question or a variable of variables.yaml.",
    ),
    "simulation-margin-group": Entry(
        "error",
        "у «{variable}» нет группы «{name}»; есть: {known}",
        "'{variable}' has no group '{name}'; it has {known}",
        "Назовите группы так, как в variables.yaml, или коды ответов.",
        "Name groups as in variables.yaml, or codes of answers.",
    ),
    "simulation-amount": Entry(
        "error",
        "«{name}» не число и не строка frame/targets.csv",
        "'{name}' is neither a number nor a row of frame/targets.csv",
        "Напишите число от нуля или id строки.",
        "Write a number from zero up, or the id of a row.",
    ),
    "simulation-name": Entry(
        "error",
        "в анкете нет «{name}»",
        "the questionnaire has no '{name}'",
        "Назовите вопрос или строку таблицы так, как в анкете.",
        "Name a question or a row of a grid as in the questionnaire.",
    ),
    "simulation-standing": Entry(
        "error",
        "standing «{name}» не понятен: число либо published (напечатано), либо assumed (принято)",
        "the standing '{name}' is not known: a number is published or assumed",
        "published: напечатано, укажите source. assumed: принято вами, укажите reason.",
        "published: it was printed, name the source. assumed: you chose it, give the reason.",
    ),
    "simulation-source-missing": Entry(
        "error",
        "«{name}» названо напечатанным, но не сказано где",
        "'{name}' is called published, but not where",
        "Назовите слайд или страницу в столбце source.",
        "Name the slide or page in the column source.",
    ),
    "simulation-reason-missing": Entry(
        "error",
        "«{name}» принято без объяснения",
        "'{name}' is assumed without a reason",
        "Напишите в столбце reason, почему выбрано это число.",
        "Say in the column reason why this number was chosen.",
    ),
    "simulation-value": Entry(
        "error",
        "«{name}» не число",
        "'{name}' is no number",
        "Напишите число, как оно напечатано: 72 %, 8,8.",
        "Write the number as it was printed: 72%, 8.8.",
    ),
    "simulation-value-bounds": Entry(
        "error",
        "{address} не может быть равно {name}",
        "{address} cannot be {name}",
        "Доля бывает от 0 до 100 %, среднее – внутри шкалы.",
        "A share is between 0 and 100%, a mean within its scale.",
    ),
    "simulation-target-twice": Entry(
        "error",
        "«{name}» уже задано в строке {line}",
        "'{name}' was already given in line {line}",
        "Оставьте одну из строк.",
        "Keep one of the lines.",
    ),
    "simulation-measure": Entry(
        "error",
        "«{name}» не доля и не среднее: моделировать можно доли, средние, их отношения и разности",
        "'{name}' is neither a share nor a mean: shares, means, their ratios and differences can be simulated",
        "Базы следуют из size и sample в simulation.yaml.",
        "Bases follow from size and sample in simulation.yaml.",
    ),
    "simulation-of-variable": Entry(
        "error",
        "«{name}» – группировка: её доли следуют из ответов, по которым она составлена",
        "'{name}' is a grouping variable: its shares follow from the answers it is made of",
        "Задайте долю ответа на вопрос.",
        "Give the share of an answer to a question.",
    ),
    "simulation-of-sample": Entry(
        "error",
        "доли ответов на «{name}» задаёт выборка (sample в simulation.yaml) или этот вопрос моделировать нельзя",
        "the shares of '{name}' are set by the sample (sample in simulation.yaml), or the question cannot be simulated",
        "Перенесите число в sample или уберите строку.",
        "Move the number to sample, or drop the line.",
    ),
    "simulation-screened": Entry(
        "error",
        "отсев «{name}» закончил бы опрос для {count:респондента|респондентов|респондентов}, а моделируются ответившие до конца",
        "the end '{name}' would stop {count:respondent|respondents}, and those simulated have answered to the end",
        "Задайте выборку (sample в simulation.yaml) так, чтобы под отсев никто не попадал.",
        "Set the sample (sample in simulation.yaml) so that nobody meets the end.",
    ),
    "simulation-several-net": Entry(
        "error",
        "«{name}»: у вопроса с несколькими ответами можно задать долю одного ответа, но не объединения, отношения или разности",
        "'{name}': of a question with several answers the share of one answer can be given, not of a net, a ratio or a difference",
        "Задайте доли ответов по одному.",
        "Give the shares of answers one by one.",
    ),
    "simulation-linked-routing": Entry(
        "error",
        "«{name}» связывает вопросы, которые задают не всем",
        "'{name}' links questions that are not put to everybody",
        "Свяжите вопросы, которые задают всем, или задайте доли по группам.",
        "Link questions put to everybody, or give shares by group.",
    ),
    "simulation-too-linked": Entry(
        "error",
        "цели связывают слишком много вопросов сразу ({names}): {cells} сочетаний ответов, возможно {most}",
        "the targets link too many questions at once ({names}): {cells} joint answers where {most} can be held",
        "Уберите часть целей по группам.",
        "Drop some of the targets by group.",
    ),
    "simulation-circle": Entry(
        "error",
        "вопросы опираются друг на друга по кругу: {names}",
        "questions rest on one another in a circle: {names}",
        "Уберите одну из целей по группам.",
        "Drop one of the targets by group.",
    ),
    "simulation-sample-size": Entry(
        "error",
        "вопросы выборки ({names}) дают {cells} сочетаний, возможно от 1 до {most}; нужны вопросы с одним ответом или числа с границами",
        "the questions of the sample ({names}) have {cells} joint answers where 1 to {most} can be held; they must take one answer, or a "
        "number within bounds",
        "Возьмите другие группировки или задайте границы числа в анкете.",
        "Take other variables, or give the number bounds in the questionnaire.",
    ),
    "simulation-sample-conflict": Entry(
        "error",
        "эти доли выборки нельзя выполнить вместе с теми, что выше",
        "these shares of the sample cannot be met together with those above",
        "Проверьте числа и условия в sample.",
        "Check the numbers and conditions in sample.",
    ),
    "simulation-weight-question": Entry(
        "error",
        "вес «{weight}» опирается на «{name}», а выборка не отвечает на эти вопросы",
        "the weight '{weight}' rests on '{name}', and the sample does not answer its questions",
        "Добавьте их в sample.",
        "Add them to sample.",
    ),
    "simulation-weight-method": Entry(
        "error",
        "вес «{weight}» сделан способом {method}: моделировать можно при none, given и rake",
        "the weight '{weight}' is made by {method}: respondents can be simulated with none, given and rake",
        "Возьмите первым другой вес.",
        "Put another weight first.",
    ),
    "simulation-weight": Entry(
        "error",
        "смоделированную выборку нельзя взвесить по плану «{weight}»",
        "the simulated sample cannot be weighted by the plan '{weight}'",
        "Сделайте выборку ближе к целям весов или ослабьте границы.",
        "Bring the sample nearer to the targets of the weight, or loosen its bounds.",
    ),
    "simulation-conflict": Entry(
        "error",
        "эти цели противоречат друг другу, вместе их не выполнит никто: {names}",
        "these targets contradict one another, no answers carry them together: {names}",
        "Это наименьший такой набор: измените или уберите одно из чисел, либо укажите within, если напечатано грубее.",
        "There is no smaller set of them: change or drop one of the numbers, or give within where it was printed more coarsely.",
    ),
    "simulation-impossible": Entry(
        "error",
        "эту цель нельзя выполнить: {names}",
        "this target cannot be met: {names}",
        "Проверьте число, ограничение на число ответов и размер группы.",
        "Check the number, the limit on answers and the size of the group.",
    ),
    "simulation-target-missed": Entry(
        "error",
        "цель {name} = {printed} не достигнута внутри округления: получилось {made}",
        "the target {name} = {printed} was not met inside its rounding: {made} came out",
        "Увеличьте size или возьмите другое зерно (seed): группа слишком мала для такой точности.",
        "Raise size or take another seed: the group is too small for such precision.",
    ),
    "simulation-no-manifest": Entry(
        "error",
        "ответы смоделированы, но нет simulation.lock: неизвестно, что в них напечатано, а что принято",
        "the answers are simulated, but there is no simulation.lock: nothing tells what of them was printed and what assumed",
        "Сделайте ответы командой posad simulate.",
        "Make the answers with posad simulate.",
    ),
    "simulation-manifest-unreadable": Entry(
        "error",
        "simulation.lock не читается",
        "simulation.lock cannot be read",
        "Повторите posad simulate.",
        "Run posad simulate again.",
    ),
    "simulation-answers-changed": Entry(
        "error",
        "смоделированные ответы не те, для которых записан simulation.lock",
        "the simulated answers are not those that simulation.lock was written for",
        "Повторите posad simulate: при том же зерне получатся те же ответы.",
        "Run posad simulate again: the same seed gives the same answers.",
    ),
    "simulation-stale": Entry(
        "warning",
        "{name} изменён после того, как ответы смоделированы",
        "{name} changed after the answers were simulated",
        "Повторите posad simulate.",
        "Run posad simulate again.",
    ),
    "simulation-not-alone": Entry(
        "error",
        "рядом с ответами, которые делает posad simulate, лежат другие: {names}",
        "beside the answers that posad simulate makes there are others: {names}",
        "В исследовании со смоделированными респондентами других ответов быть не может: уберите их из answers/.",
        "A study of simulated respondents holds no other answers: take them out of answers/.",
    ),
    "answers-simulated-mixed": Entry(
        "error",
        "в одном исследовании и настоящие ответы, и смоделированные ({names})",
        "one study holds real answers and simulated ones ({names})",
        "Уберите смоделированные ответы из answers/ или перенесите их в другое исследование.",
        "Take the simulated answers out of answers/, or keep them in another study.",
    ),
    "claim-assumed": Entry(
        "error",
        "«{words}» ({address}): это число принято нами, а не напечатано; респонденты смоделированы, и на принятое текст опираться не может",
        "'{words}' ({address}): this number is assumed, not printed; the respondents are simulated, and prose cannot stand on what was assumed",
        "Уберите число из текста: на графике оно останется с пометой. Если оно напечатано, внесите его в simulation/targets.csv как "
        "published с источником.",
        "Take the number out of the prose: in a chart it stays, with its mark. If it was printed, enter it in simulation/targets.csv "
        "as published, with its source.",
    ),
    "claim-emergent": Entry(
        "error",
        "«{words}» ({address}): это число само получилось при моделировании, его никто не печатал; опираться на него текст не может",
        "'{words}' ({address}): this number merely came out of the simulation, nobody printed it; prose cannot stand on it",
        "Уберите число из текста: на графике оно останется с пометой. Если оно напечатано, внесите его в simulation/targets.csv как "
        "published с источником.",
        "Take the number out of the prose: in a chart it stays, with its mark. If it was printed, enter it in simulation/targets.csv "
        "as published, with its source.",
    ),
    "rehearsal-count": Entry(
        "error", "нужно от 1 до 100 000 респондентов", "between 1 and 100,000 respondents are needed", *_MODEL
    ),
}
