"""The small study of this room without a folder, and the settings of a plain file of answers."""

from __future__ import annotations

from posad.core.place import Place
from posad.core.words import LocalText
from posad.study.plans.values import AnswersFile, Study
from posad.study.questionnaire.reading.grammar import read_questionnaire

QUESTIONNAIRE = """\
# Проба

## Город

### sex. Пол
[один ответ]
- 1 мужской
- 2 женский

### age. Возраст
[число 18–99, лет]
- 999 отказ

### like. Нравится ли город
[шкала 1–5]
- 1 совсем нет
- 5 очень
- 99 не знаю {не знаю}

### better. Что лучше
[до 2]
- 1 Работа
- 4 Медицина, школы
- 96 Другое {текст}
- 97 Ничего {исключающий}

### move. Переехали бы вы
[если like in 1-2; один ответ]
- 1 нет
- 2 да

### words. Что добавить
[открытый ответ]
"""


def plain_study() -> Study:
    """Return the small study without a folder."""
    questionnaire, problems = read_questionnaire({"ru": ("questionnaire.md", QUESTIONNAIRE)})
    assert (questionnaire is not None, problems) == (True, [])
    assert questionnaire is not None
    return Study("", LocalText.of(ru="Проба"), LocalText(), ("ru",), questionnaire)


STUDY = plain_study()
FILE = AnswersFile("answers/a.csv", "2025", LocalText(), {}, {}, {}, Place("answers/a.yaml"))
