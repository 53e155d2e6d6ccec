"""The names of the lines of the method box, in the order in which they stand."""

from __future__ import annotations

from posad.core.words import Language

METHOD: dict[str, dict[Language, str]] = {
    "sponsor": {"ru": "Заказчик и финансирование", "en": "Sponsor and funding"},
    "operator": {"ru": "Кто отвечает за данные", "en": "Data controller"},
    "who": {"ru": "Кто провёл", "en": "Conducted by"},
    "population": {"ru": "Кого представляет", "en": "Population"},
    "frame": {"ru": "Основа выборки", "en": "Sampling frame"},
    "sample": {"ru": "Выборка", "en": "Sample"},
    "selection": {"ru": "Как находили людей", "en": "Recruitment"},
    "mode": {"ru": "Способ опроса", "en": "Mode"},
    "when": {"ru": "Когда", "en": "When"},
    "where": {"ru": "Где", "en": "Where"},
    "response": {"ru": "Доля ответивших", "en": "Response"},
    "sample_size": {"ru": "Объём", "en": "Sample size"},
    "language": {"ru": "Языки анкеты", "en": "Languages of the interview"},
    "languages": {"ru": "Языки анкеты", "en": "Languages of the interview"},
    "incentive": {"ru": "Вознаграждение", "en": "Incentives"},
    "quality": {"ru": "Контроль качества", "en": "Quality control"},
    "purpose": {"ru": "Зачем", "en": "Purpose"},
    "retention": {"ru": "Хранение персональных данных", "en": "Retention of personal data"},
    "contact": {"ru": "Связь", "en": "Contact"},
}
