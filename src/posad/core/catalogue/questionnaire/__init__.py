"""Problems of the topic "questionnaire": its lines, questions, answers, translations."""

from posad.core.catalogue.questionnaire.lines import LINES
from posad.core.catalogue.questionnaire.options import LISTS, OPTIONS
from posad.core.catalogue.questionnaire.paths import PATHS
from posad.core.catalogue.questionnaire.questions import QUESTIONS
from posad.core.catalogue.questionnaire.translations import TRANSLATIONS
from posad.core.problems import Entry

ENTRIES: dict[str, Entry] = {**LINES, **QUESTIONS, **OPTIONS, **LISTS, **PATHS, **TRANSLATIONS}
