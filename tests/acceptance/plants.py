"""Forty mistakes to plant in the two studies: in every kind of file, each with what must be said of it."""

from __future__ import annotations

from tests.acceptance.support import Plant

_RU, _EN = "questionnaire.md", "questionnaire.en.md"
_FIGURES = "report/figures.yaml"
_TOWNS, _TOWNS_EN = "report/01-periphery.md", "report/01-periphery.en.md"
_PLACES, _PLACES_RU = "report/01-places.md", "report/01-places.ru.md"
_WORK = "What do you do at present?\n[one answer]\n- 1 I am employed\n- 2 I run my own business or am self-employed\n"
_YOUNG = "rules:\n  young: {if: age < 18, action: "


def _towns(file: str, old: str, new: str, code: str, *names: str, ru: str = "", en: str = "") -> Plant:
    return Plant("platforms-2025", file, old, new, code, names, (ru,), (en,))


def _votes(file: str, old: str, new: str, code: str, *names: str, ru: str = "", en: str = "") -> Plant:
    return Plant("anes-1996", file, old, new, code, names, (ru,), (en,))


def _number(old: str, new: str, code: str, *names: str, ru: str = "", en: str = "") -> Plant:
    return Plant("anes-1996", _PLACES, old, new, code, names, (ru,), (en,), of_numbers=True)


TOWNS = (
    _towns("study.yaml", "type: quota", "type: ¦quotas", "value-not-allowed", "quota"),
    _towns("study.yaml", "\npopulation:", "\n¦popolation:", "key-unknown", "population"),
    _towns("study.yaml", '"2025-05"', '¦"2025.05"', "wave-form", "2025-05"),
    _towns(_RU, "### age. Сколько", "### ¦аge. Сколько", "id-form", "age", ru="наберите имя заново", en="type it anew"),
    _towns(_RU, "городе?\n[один ответ]\n- 1 до", "городе?\n[¦одинответ]\n- 1 до", "machine-word-unknown", "один ответ"),
    _towns(_RU, "[до 3; случайно]", "[до 3¦, случайно]", "machine-comma", "до 3; случайно"),
    _towns(_RU, "- 2 среднее проф", "- ¦1 среднее проф", "option-code-twice", "1", ru="свободный код", en="free code"),
    _towns(_RU, "[если move.leave; открытый]", "[если ¦move.leav; открытый]", "net-unknown", "leave"),
    _towns(_RU, "компанию {вне базы}", "компанию {¦вне базыы}", "role-unknown", "вне базы"),
    _towns(_RU, "строки: purchases", "строки: ¦purchase", "list-unknown", "purchases"),
    _towns(_EN, "- 5 Abroad", "- ¦55 Abroad", "translation-code-extra", ru="«5»", en="'5'"),
    _towns(_EN, f"work. {_WORK}- 3 I study\n", f"¦work. {_WORK}", "translation-code-missing", "3 учусь"),
    _towns("variables.yaml", "like_city.low2: {codes: 1-2", "like_city.low2: {codes: ¦0-2", "codes-unknown", "1-5"),
    _towns("variables.yaml", "  life.top3:", "  ¦lief.top3:", "net-unknown-item", "life"),
    _towns("variables.yaml", "if: town_size = 3}", "if: ¦town_siz = 3}", "name-unknown", "town_size"),
    _towns("variables.yaml", "if: age >= 55}", "if: age ¦=> 55}", "expression-arrow", ">="),
    _towns("weights.yaml", "bounds: [0.3, 3]", "bounds: ¦[3, 0.3]", "weight-bounds", "[0.3, 3]"),
    _towns("weights.yaml", "m18: share_m18", "m18: ¦share_m81", "weight-target-reference", "share_m18"),
    _towns("weights.yaml", "central_small: a", "¦centre_small: a", "weight-target-key", "central_small"),
    _towns("tables.yaml", "[total, sex, age_band", "[total, sex, ¦age_bnad", "book-banner-unknown", "age_band"),
    _towns("tables.yaml", "[better, spheres", "[better, ¦spherse", "book-row-unknown", "spheres"),
    _towns("frame/targets.csv", ",16017860,", ",¦16 млн,", "targets-value", "16 млн", ru="число", en="number"),
    _towns("frame/targets.csv", "\ntowns_50_100,", "\n¦towns_under_50,", "targets-twice", "towns_under_50"),
    _towns(_FIGURES, "of: closer", "of: ¦closr", "figure-unknown-item", "closer"),
    _towns(_FIGURES, "nets: [top2, low2]", "nets: [top2, ¦low_2]", "figure-unknown-net", "low2"),
    _towns(_TOWNS, "#like_city.top2", "#like_city.¦top_2", "address-unknown-measure", "top2"),
    _towns(_TOWNS, "#channel.taxi.1", "#channel.¦taxy.1", "address-unknown-row", "taxi"),
    _towns(_TOWNS_EN, "#chart:closer", "#chart:¦clsoer", "chart-unknown", "closer"),
    _towns("cleaning.yaml", "", f"{_YOUNG}¦excludes, reason: Дети}}\n", "value-not-allowed", "exclude"),
)
VOTES = (
    _votes("study.yaml", "size: 944", "size: ¦944 people", "value-wrong-kind", ru="целое число", en="whole number"),
    _votes(_RU, "- 2 Independent, closer", "¦2. Independent, closer", "option-numbered", "- 2 Independent"),
    _votes("answers/1996.yaml", "'TVnews'\": tv_news", "'TVnews'\": ¦tv_new", "answers-column-target", "tv_news"),
    _votes("answers/1996.yaml", 'wave: "1996"', 'wave: ¦"1997"', "answers-wave-unknown", "1996"),
    _votes("variables.yaml", "if: side = democrats and place = small", "if: side = ¦democrat and place = small",
           "group-unknown", "democrats"),
    _votes("weights.yaml", "  note:\n", "  ¦remark:\n", "key-unknown", "note"),
    _votes(_PLACES, "#placement.own.liberal@place:small", "#¦placement.liberal@place:small", "address-row-missing", "own"),
    _votes(_PLACES_RU, "@place:big)", "@place:¦bigg)", "address-unknown-group", "big"),
    _number("[51%](#vote.0@place:small)", "[¦15%](#vote.0@place:small)", "claim-false", "51"),
    _number("[20 percentage points]", "[¦20%]", "claim-percent-for-points", ru="процентных пункт", en="percentage points"),
    _number("[31%](#tv_news.7@place:small)", "[31%¦] (#tv_news.7@place:small)", "claim-link-broken", "](#"),
)  # fmt: skip
PLANTS = (*TOWNS, *VOTES)
