"""Problems of tables of ages, and of the targets that are made of them."""

from posad.core.problems import Entry

_LOOK_RU = "Сверьте файл с изданием; из расчёта эти строки не выпадают молча."
_LOOK_EN = "Compare the file with the publication; nothing leaves the count without being told."

ENTRIES: dict[str, Entry] = {
    "ages-columns": Entry(
        "error",
        "в таблице нет столбцов: {names}",
        "the table lacks the columns {names}",
        "Нужны unit (или territory_id), year, sex, age, people; в словаре — unit и oktmo. Есть: {known}.",
        "Needed are unit (or territory_id), year, sex, age, people; in a dictionary unit and oktmo. There are: {known}.",
    ),
    "ages-year": Entry(
        "error",
        "в таблице нет года {name}",
        "the table has no year {name}",
        "Есть: {known}.",
        "There are: {known}.",
    ),
    "ages-years": Entry(
        "error",
        "в таблице несколько лет: {known}",
        "the table has several years: {known}",
        "Назовите один: --year.",
        "Name one with --year.",
    ),
    "ages-odd": Entry(
        "warning",
        "{n:строка|строки|строк} с непонятным полом, возрастом или числом не учтены: {names}",
        "{n:row|rows} with an unknown sex, age or number are not counted: {names}",
        _LOOK_RU,
        _LOOK_EN,
    ),
    "ages-twice": Entry(
        "warning",
        "{n:строка повторяет|строки повторяют|строк повторяют} другую и учтены один раз",
        "{n:row|rows} repeat another and are counted once",
        _LOOK_RU,
        _LOOK_EN,
    ),
    "ages-contradict": Entry(
        "warning",
        "у {n} единиц строки противоречат друг другу, они не учтены: {names}",
        "rows of {n:unit|units} contradict one another, and they are left out: {names}",
        "Оставьте верную строку.",
        "Keep the right row.",
    ),
    "ages-incomplete": Entry(
        "warning",
        "у {n} из {all} единиц нет части возрастов, их состав взят у других: {names}",
        "{n} of {all} units lack ages and take their make-up from others: {names}",
        "Дополните таблицу или дайте таблицу по региону: --regions.",
        "Complete the table, or give a table by region with --regions.",
    ),
    "ages-gross": Entry(
        "warning",
        "у {n} из {all} единиц сумма возрастов грубо расходится с их итогом, они не учтены: {names}",
        "ages of {n} of {all} units are grossly off their own total, and they are left out: {names}",
        _LOOK_RU,
        _LOOK_EN,
    ),
    "ages-filled": Entry(
        "warning",
        "у {n} из {all} единиц нет одного года возраста; он взят как остаток до их итога: {names}",
        "{n} of {all} units lack one year of age; it is what their own total leaves: {names}",
        _LOOK_RU,
        _LOOK_EN,
    ),
    "ages-overlap": Entry(
        "note",
        "у {n} из {all} единиц открытые группы накладываются (65+ и 70+); взята та, что продолжает годы",
        "open groups of {n} of {all} units overlap (65+ and 70+); the one that goes on from the single years is taken",
        "Ничего делать не нужно.",
        "Nothing has to be done.",
    ),
    "ages-off": Entry(
        "warning",
        "у {n} из {all} единиц сумма возрастов расходится с их итогом больше чем на {percent} %: {names}",
        "ages of {n} of {all} units miss their own total by more than {percent}%: {names}",
        _LOOK_RU,
        _LOOK_EN,
    ),
    "ages-unmatched": Entry(
        "warning",
        "{n:город|города|городов} не найдены в таблице возрастов: {names}",
        "{n:town|towns} are not found in the table of ages: {names}",
        "Проверьте коды ОКТМО в рамке и словарь; пока состав взят у других городов.",
        "Check the OKTMO codes of the frame and the dictionary; meanwhile other towns lend their make-up.",
    ),
    "ages-larger-unit": Entry(
        "note",
        "у {n} из {all} городов состав взят у единицы, где в городе живут меньше 70 % людей",
        "{n} of {all} towns take the make-up of a unit of which they are less than 70%",
        "Состав района стоит за город; сравните с таблицей по городскому населению, если она есть.",
        "The district's make-up stands for the town; compare with a table of urban people where there is one.",
    ),
    "ages-by-region": Entry(
        "warning",
        "{n:город|города|городов} ({percent} % жителей) получили состав своего региона",
        "{n:town|towns} ({percent}% of people) have the make-up of their region",
        "Это приближение: в отчёте о целях оно названо.",
        "An approximation, named in the report on targets.",
    ),
    "ages-by-district": Entry(
        "warning",
        "{n:город|города|городов} ({percent} % жителей) получили состав других городов своего округа",
        "{n:town|towns} ({percent}% of people) have the make-up of the other towns of their district",
        "Это приближение: в отчёте о целях оно названо.",
        "An approximation, named in the report on targets.",
    ),
    "ages-by-towns": Entry(
        "warning",
        "{n:город|города|городов} ({percent} % жителей) получили состав всех остальных городов",
        "{n:town|towns} ({percent}% of people) have the make-up of all other towns",
        "Это приближение: в отчёте о целях оно названо.",
        "An approximation, named in the report on targets.",
    ),
    "ages-by-country": Entry(
        "warning",
        "{n:город|города|городов} ({percent} % жителей) получили состав всей страны, а не городов",
        "{n:town|towns} ({percent}% of people) have the make-up of the whole country, not of towns",
        "Это грубое приближение; дайте таблицу по муниципалитетам или регионам.",
        "A rough approximation; give a table by municipality or region.",
    ),
    "ages-left-out": Entry(
        "error",
        "{n:город|города|городов} ({people} чел.) остались без состава",
        "{n:town|towns} ({people} people) have no make-up",
        "Дайте таблицу страны: --country-women и --country-men.",
        "Give a table of the country with --country-women and --country-men.",
    ),
    "ages-no-towns": Entry(
        "error",
        "в классах размера нет ни одного города с числом жителей «{column}»",
        "the size classes have no town with people in '{column}'",
        "Проверьте sizes в sample.yaml и столбец рамки.",
        "Check sizes of sample.yaml and the column of the frame.",
    ),
    "ages-nothing": Entry(
        "error",
        "ни у одного города не нашлось состава по полу и возрасту",
        "no town has a make-up by sex and age",
        "Проверьте коды единиц, словарь и год.",
        "Check the codes of units, the dictionary and the year.",
    ),
}
