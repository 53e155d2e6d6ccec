"""Problems of calibration to numbers and within bounds, of designs and of replicate weights (topic "estimation")."""

from posad.core.problems import Entry

CALIBRATION: dict[str, Entry] = {
    "weighting-number-missing": Entry(
        "warning",
        "у {people:человека|людей|людей} нет числа «{number}»: они остаются без веса",
        "{people:person has|people have} no number '{number}' and stay without a weight",
        "Исключите их правилом в cleaning.yaml или уберите это среднее из взвешивания.",
        "Exclude them by a rule in cleaning.yaml, or leave this mean out of the weighting.",
    ),
    "weighting-below-zero": Entry(
        "error",
        "линейная калибровка дала {people:человеку|людям|людям} веса ниже нуля, до {lowest}",
        "linear calibration gave {people:person a weight|people weights} below zero, down to {lowest}",
        "Задайте bounds: [0.2, 3] или возьмите method: rake либо logit: у них весов ниже нуля не бывает.",
        "Set bounds: [0.2, 3], or take method: rake or logit: they never give weights below zero.",
    ),
    "weighting-not-converged-proven": Entry(
        "error",
        "такого взвешивания не существует: доказано, что цели вместе недостижимы; у группы «{level}» признака «{margin}» {reached} %"
        " вместо {target} % ({passes} проходов)",
        "no such weights exist: the targets are proven to be impossible together; the group '{level}' of '{margin}' is at"
        " {reached} %, not {target} % ({passes} passes)",
        "Объедините мелкие группы или уберите один из признаков.",
        "Merge small groups, or leave one margin out.",
    ),
    "weighting-bounds-conflict-proven": Entry(
        "error",
        "в этих границах таких весов не существует: доказано, что цели вместе недостижимы; у группы «{level}» признака «{margin}»"
        " {reached} % вместо {target} %",
        "no such weights exist within these bounds: the targets are proven to be impossible together; the group '{level}' of"
        " '{margin}' is at {reached} %, not {target} %",
        "Расширьте границы, объедините мелкие группы или уберите один из признаков.",
        "Widen the bounds, merge small groups, or leave one margin out.",
    ),
    "weighting-mean-conflict": Entry(
        "error",
        "среднее «{number}» не приводится к цели вместе с остальными целями ({passes} проходов)",
        "the mean of '{number}' cannot be brought to its target together with the other targets ({passes} passes)",
        "Проверьте единицы измерения, расширьте границы весов или уберите это среднее.",
        "Check the units, widen the bounds of weights, or leave this mean out.",
    ),
    "weighting-mean-unreachable": Entry(
        "error",
        "среднее «{number}» не может стать {target}: с любыми допустимыми весами оно лежит от {low} до {high}",
        "the mean of '{number}' cannot become {target}: with any weights allowed it lies between {low} and {high}",
        "Проверьте цель и единицы измерения (годы, рубли, тысячи); если цель верна, расширьте границы весов.",
        "Check the target and its units (years, dollars, thousands); if the target is right, widen the bounds of weights.",
    ),
    "weighting-ratio-too-low": Entry(
        "error",
        "веса нельзя увеличить больше чем в {bound} раза: {people:человек|человека|человек} группы «{level}» признака «{margin}»"
        " дадут не больше {reach} % из {target} %",
        "weights may grow {bound} times at most: {people:person|people} of the group '{level}' of '{margin}' reach {reach} % at"
        " most, not {target} %",
        "Поднимите верхнюю границу, объедините группу с соседней или наберите людей.",
        "Raise the upper bound, merge the group with a neighbour, or interview more such people.",
    ),
    "weighting-ratio-too-high": Entry(
        "error",
        "веса нельзя уменьшить сильнее чем до {bound}: {people:человек|человека|человек} группы «{level}» признака «{margin}» дадут"
        " не меньше {reach} %, а нужно {target} %",
        "weights may shrink to {bound} at least: {people:person|people} of the group '{level}' of '{margin}' reach {reach} % at"
        " least, and {target} % is needed",
        "Опустите нижнюю границу или объедините группу с соседней.",
        "Lower the lower bound, or merge the group with a neighbour.",
    ),
}

REPLICATES: dict[str, Entry] = {
    "weighting-replicates-one-unit": Entry(
        "error",
        "реплики {kind} не построить: единица отбора одна",
        "replicates of kind {kind} cannot be made: there is only one sampling unit",
        "Проверьте столбец psu; реплики строятся по нескольким единицам отбора или по людям.",
        "Check the column psu; replicates are made of several sampling units, or of people.",
    ),
    "weighting-replicates-lonely": Entry(
        "error",
        "реплики {kind} не построить: в {strata:страте|стратах|стратах} одна единица отбора, например в страте {stratum}",
        "replicates of kind {kind} cannot be made: {strata:stratum has|strata have} a single sampling unit, such as stratum {stratum}",
        "Объедините такие страты с соседними или возьмите type: groups.",
        "Merge such strata with their neighbours, or take type: groups.",
    ),
    "weighting-replicates-not-pairs": Entry(
        "error",
        "для {kind} нужны ровно две единицы отбора в страте; не так в {strata:страте|стратах|стратах}, например {stratum}",
        "{kind} needs exactly two sampling units in each stratum; {strata:stratum has|strata have} another number, such as {stratum}",
        "Возьмите type: jkn или bootstrap либо поделите страты на пары.",
        "Take type: jkn or bootstrap, or divide the strata into pairs.",
    ),
    "weighting-replicates-rho": Entry(
        "error",
        "коэффициент Фэя {rho} невозможен",
        "Fay's coefficient of {rho} is impossible",
        "Запишите число от 0 до 1, не равное 1; обычно 0.3.",
        "Write a number from 0 to below 1; 0.3 is usual.",
    ),
    "weighting-replicate-impossible": Entry(
        "error",
        "реплику {replicate} из {of} ({kind}) нельзя привести к целям взвешивания",
        "replicate {replicate} of {of} ({kind}) cannot be brought to the weighting targets",
        "Объедините мелкие группы признаков (merge) либо возьмите type: fay или jkn: в них никто не пропадает целиком.",
        "Merge small groups of the margins (merge), or take type: fay or jkn, which lose fewer people at once.",
    ),
    "weighting-replicate-level": Entry(
        "error",
        "в ней нет никого из группы «{level}» признака «{margin}»",
        "nobody of the group '{level}' of '{margin}' is in it",
        "Объедините группу с соседней «{merge}» (merge в weights.yaml).",
        "Merge the group with its neighbour '{merge}' (merge in weights.yaml).",
    ),
    "weighting-replicate-conflict": Entry(
        "error",
        "в ней цель группы «{level}» признака «{margin}» недостижима вместе с остальными",
        "the target of the group '{level}' of '{margin}' cannot be met in it together with the others",
        "Объедините мелкие группы или уберите один из признаков.",
        "Merge small groups, or leave one margin out.",
    ),
    "weighting-replicate-column": Entry(
        "error",
        "в столбце репликационных весов «{column}» у {people:человека|людей|людей} нет веса или он отрицательный",
        "in the column of replicate weights '{column}' {people:person has|people have} no weight or one below zero",
        "Заполните столбец или уберите его из replicates.",
        "Fill in the column, or drop it from replicates.",
    ),
    "weighting-replicate-count": Entry(
        "error",
        "столбцов репликационных весов {columns}, а множителей rscales {rscales}; нужно хотя бы два столбца и столько же множителей",
        "there are {columns} columns of replicate weights and {rscales} rscales; at least two columns and as many factors are needed",
        "Проверьте список столбцов и rscales в описании данных.",
        "Check the list of columns and the rscales in the data's documentation.",
    ),
    "weighting-replicate-scale": Entry(
        "error",
        "множитель replicates.scale должен быть больше нуля, а не {scale}",
        "replicates.scale must be above zero, not {scale}",
        "Возьмите его из описания данных: 1/R для BRR, 1/(R·(1−ρ)²) для Fay, (R−1)/R для jackknife.",
        "Take it from the data's documentation: 1/R for BRR, 1/(R·(1−ρ)²) for Fay, (R−1)/R for the jackknife.",
    ),
}

PLANS: dict[str, Entry] = {
    "weight-bounds-needed": Entry(
        "error",
        "для method: logit нужны границы весов (bounds)",
        "method: logit needs bounds of the weights",
        "Добавьте bounds: [0.3, 3] — во сколько раз вес может уменьшиться и вырасти.",
        "Add bounds: [0.3, 3]: how far a weight may shrink and grow.",
    ),
    "weight-poststratify-one": Entry(
        "error",
        "method: poststratify приводит к одному признаку, обычно к скрещённому, и не знает средних",
        "method: poststratify weights to a single margin, commonly a crossed one, and knows no means",
        "Оставьте один признак, например sex > age, или возьмите method: rake.",
        "Leave one margin, such as sex > age, or take method: rake.",
    ),
    "weight-rake-mean-bounds": Entry(
        "error",
        "method: rake не умеет держать вместе среднее («{name}») и границы весов",
        "method: rake cannot hold a mean ('{name}') and bounds of weights together",
        "Возьмите method: logit или linear либо уберите bounds.",
        "Take method: logit or linear, or drop bounds.",
    ),
    "weight-mean-and-targets": Entry(
        "error",
        "у «{name}» заданы сразу среднее (mean) и доли (targets)",
        "'{name}' has both a mean and targets",
        "Оставьте одно; долями можно задать отдельную переменную с группами.",
        "Keep one of them; shares can be those of a grouping variable made of it.",
    ),
    "weight-mean-kind": Entry(
        "error",
        "у «{name}» нет среднего: ответы на него не числа",
        "'{name}' has no mean: its answers are not numbers",
        "Среднее можно задать для вопроса с числом или со шкалой; для остальных пишите доли (targets).",
        "A mean can be given for a question with a number or a scale; for others write targets.",
    ),
    "weight-crossed-two": Entry(
        "error",
        "«{name}»: скрестить можно ровно два разных признака",
        "'{name}': exactly two different variables can be crossed",
        "Напишите sex > age; для трёх сделайте переменную с группами в variables.yaml.",
        "Write sex > age; for three make a grouping variable in variables.yaml.",
    ),
    "weight-merge-crossed": Entry(
        "error",
        "пары скрещённого признака «{name}» нельзя объединить через merge",
        "pairs of the crossed margin '{name}' cannot be merged here",
        "Объедините группы в variables.yaml и скрестите укрупнённую переменную.",
        "Merge the groups in variables.yaml and cross the coarser variable.",
    ),
    "weight-design-unknown": Entry(
        "error",
        "нет вопроса или переменной «{name}», по которым строилась выборка",
        "there is no question or variable '{name}' by which people were drawn",
        "Назовите вопрос или переменную; столбцы stratum и psu ответов берутся сами.",
        "Name a question or variable; the columns stratum and psu of the answers are taken by themselves.",
    ),
    "weight-design-kind": Entry(
        "error",
        "«{name}» не годится для выборки: у человека там может быть не один ответ",
        "'{name}' cannot describe the sample: a person may have several answers there",
        "Годится вопрос с одним ответом или переменная, где группы не пересекаются.",
        "Use a single-answer question or a variable whose groups don't overlap.",
    ),
    "weight-fpc": Entry(
        "error",
        "в страте «{name}» населения {value} единиц отбора: нужно число от 1",
        "the population of stratum '{name}' is given as {value} sampling units: a number from 1 is needed",
        "Запишите, сколько единиц отбора в страте всего.",
        "Write how many sampling units the stratum has in all.",
    ),
    "weight-fpc-stratum": Entry(
        "error",
        "для страты «{name}» не сказано, сколько в ней единиц отбора (fpc)",
        "for the stratum '{name}' it is not said how many sampling units it has (fpc)",
        "Допишите её в fpc или уберите fpc целиком.",
        "Add it to fpc, or drop fpc altogether.",
    ),
    "weight-fpc-small": Entry(
        "error",
        "в страте «{name}» опрошено {units} единиц отбора, а всего их будто бы {value}",
        "{units} sampling units of the stratum '{name}' are in the sample, though it is said to have {value}",
        "Исправьте fpc: это число единиц отбора (людей или psu) во всей страте.",
        "Correct fpc: it is the number of sampling units (people or psu) in the whole stratum.",
    ),
    "weight-lonely": Entry(
        "warning",
        "в {strata:страте|стратах|стратах} одна единица отбора, например в «{name}»: погрешности неизвестны, и их не будет",
        "{strata:stratum has|strata have} a single sampling unit, such as '{name}': errors are unknown, and none are given",
        "Объедините страту с соседней или решите в design: lonely (certainty, adjust, average); что решено, скажите в note.",
        "Merge the stratum with a neighbour, or decide in design: lonely (certainty, adjust, average) and say so in note.",
    ),
    "weight-replicates-scale": Entry(
        "error",
        "у готовых репликационных весов не сказан множитель (scale)",
        "the given replicate weights lack their factor (scale)",
        "Возьмите его из описания данных: 1/R для BRR, (R−1)/R для jackknife.",
        "Take it from the data's documentation: 1/R for BRR, (R−1)/R for the jackknife.",
    ),
    "weight-replicates-count": Entry(
        "error",
        "число реплик {count} невозможно",
        "{count} replicates are impossible",
        "Запишите число от 2 до 10000; обычно 1000 для bootstrap.",
        "Write a number from 2 to 10000; 1000 is usual for the bootstrap.",
    ),
    "weight-benchmark-source": Entry(
        "warning",
        "у внешней цифры «{name}» нет источника",
        "the benchmark '{name}' has no source",
        "Добавьте source: откуда она и на какую дату.",
        "Add source: where it comes from and as of when.",
    ),
}

ENTRIES: dict[str, Entry] = {**CALIBRATION, **REPLICATES, **PLANS}
