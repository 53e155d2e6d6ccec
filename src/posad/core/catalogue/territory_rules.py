"""Problems of rules over the frame: distances, classes of position, strategies."""

from posad.core.problems import Entry

ENTRIES: dict[str, Entry] = {
    "rule-name-unknown": Entry(
        "error",
        "в рамке нет столбца, расстояния или метки «{name}»",
        "the frame has no column, distance or tag '{name}'",
        "Исправьте имя; есть: {known}. Метку, списка которой ещё нет, объявите в разделе tags файла frame/strategies.yaml.",
        "Correct the name; there are: {known}. Declare a tag whose list is still to come under tags in frame/strategies.yaml.",
    ),
    "rule-name-taken": Entry(
        "error",
        "имя «{name}» занято или записано не так",
        "the name '{name}' is taken, or not written as names are",
        "Имя — строчные латинские буквы, цифры и _, не из числа столбцов рамки.",
        "A name is small Latin letters, digits and _, and none of the frame's columns.",
    ),
    "rule-if-or-else": Entry(
        "error",
        "у «{name}» должно быть либо правило if, либо else: true",
        "'{name}' needs either a rule, if, or else: true",
        "Оставьте одно из двух.",
        "Keep one of the two.",
    ),
    "rule-else-last": Entry(
        "error",
        "«{name}» забирает всех остальных, но стоит не последним",
        "'{name}' takes everybody else, but does not come last",
        "Переставьте его в конец.",
        "Move it to the end.",
    ),
    "position-no-coordinates": Entry(
        "warning",
        "нет координат у {count:территории|территорий|территорий} ({names}): расстояний для них нет",
        "{count:territory has|territories have} no coordinates ({names}), and so no distances",
        "Впишите широту и долготу в frame/territories.csv.",
        "Write latitude and longitude into frame/territories.csv.",
    ),
    "position-of-unknown": Entry(
        "warning",
        "для {count:территории|территорий|территорий} ({names}) нельзя сказать, верно ли «{rule}»",
        "of {count:territory|territories} ({names}) it cannot be said whether '{rule}' is true",
        "Впишите недостающие числа; до тех пор эти территории остаются без класса.",
        "Write the missing numbers; until then these territories have no class.",
    ),
    "position-no-class": Entry(
        "warning",
        "ни один класс положения не подошёл {count:территории|территориям|территориям} ({names})",
        "no class of position fits {count:territory|territories} ({names})",
        "Добавьте последний класс с else: true или проверьте, каких чисел не хватает правилам.",
        "Add a last class with else: true, or see which numbers the rules lack.",
    ),
    "position-travel-unused": Entry(
        "warning",
        "у {count:территории|территорий|территорий} указано время в пути, но не сказано, какое расстояние оно заменяет; "
        "расстояния взяты по прямой",
        "{count:territory gives|territories give} a time of travel, but nothing says which distance it replaces; "
        "distances are great circles",
        "Впишите в frame/position.yaml: travel: {{to: km_250k}}.",
        "Write into frame/position.yaml: travel: {{to: km_250k}}.",
    ),
    "position-travel-used": Entry(
        "note",
        "для {count:территории|территорий|территорий} расстояние {name} взято из времени в пути при {kmh} км/ч",
        "for {count:territory|territories} the distance {name} is the time of travel at {kmh} km/h",
        "Ничего делать не нужно; скорость задаёт travel.kmh в frame/position.yaml.",
        "Nothing to do; the speed is travel.kmh in frame/position.yaml.",
    ),
    "position-nobody-so-large": Entry(
        "note",
        "в рамке нет территории с {people} жителей и больше, поэтому расстояние {name} бесконечно",
        "the frame has no territory of {people} people or more, so that the distance {name} is infinite",
        "Задайте порог, который подходит стране, в разделе nearest файла frame/position.yaml.",
        "Set a threshold that suits the country under nearest in frame/position.yaml.",
    ),
    "strategy-tag-missing": Entry(
        "note",
        "метки «{name}» нет в рамке: нужен загруженный список; на неё опираются: {strategies}",
        "the frame has no tag '{name}': it needs an imported list; it is used by: {strategies}",
        "Загрузите список и добавьте столбец tag_{name}; до тех пор такие условия остаются без ответа. {source}",
        "Import the list and add the column tag_{name}; until then such conditions have no answer. {source}",
    ),
    "tag-not-number": Entry(
        "warning",
        "метка «{name}» объявлена числом, но у {count:территории|территорий|территорий} это слова: {values}",
        "the tag '{name}' is declared a number, and {count:territory has|territories have} words instead: {values}",
        "Исправьте столбец tag_{name}; до тех пор у этих территорий метки нет.",
        "Mend the column tag_{name}; until then these territories are without the tag.",
    ),
    "strategy-unsure": Entry(
        "note",
        "о {count:территории|территориях|территориях} нельзя сказать, подходит ли стратегия «{name}»",
        "of {count:territory|territories} it cannot be said whether the strategy '{name}' fits",
        "Они посчитаны отдельно; недостающие метки и числа названы в предупреждениях.",
        "They are counted apart; warnings name the missing tags and numbers.",
    ),
    "threshold-zero": Entry(
        "note",
        "порог 0 в правиле «{rule}» нельзя сдвинуть на долю",
        "the threshold 0 in the rule '{rule}' cannot be moved by a share",
        "Для метки задайте шаги steps в её единицах.",
        "For a tag, give steps in its own units.",
    ),
}
