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

ENTRIES: dict[str, Entry] = {**CALIBRATION}
