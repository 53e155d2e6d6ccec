"""An invented study with every kind of question there is, in two languages, with invented towns."""

from __future__ import annotations

STUDY = """\
title: {ru: Жизнь в городе, en: Life in the town}
population: {ru: Жители выдуманных городов, en: Residents of invented towns}
languages: [ru, en]
sample: {type: quota, words: {ru: Квоты по полу, en: Quotas of sex}}
purpose: {ru: "Узнать, как живётся в небольших городах.", en: To learn what life is like in small towns.}
contact: {ru: "Вопросы: study@survey.example", en: "Questions: study@survey.example"}
"""
CONSENT = "## Согласие на обработку данных\n\nОтветы обрабатываются **без имени** и хранятся один год.\n"
CONSENT_EN = "## Consent to the processing of data\n\nAnswers are processed **without names** and kept for a year.\n"
RU = """\
# Жизнь в городе

## Список companies
- taxi: Такси «Стрела»
- market: Маркет
- bank: Банк «Берег»

## О вас
Несколько слов о вас.

### age. Сколько вам полных лет?
[число 18–99, лет; отсев young, если age < 21]
- 999 не хочу отвечать

### town. В каком городе вы живёте?
[территория]

## Город

### like. Нравится ли вам жить в вашем городе?
[один ответ]
- 5 очень нравится
- 4 скорее нравится
- 3 и да, и нет
- 2 скорее не нравится
- 1 совсем не нравится
- 96 иначе {текст}
- 99 затрудняюсь ответить {не знаю}

### better. Что в городе стало лучше?
[до 3; случайно]
- 1 Работа
- 2 Медицина
- 3 Дороги
- 4 Парки
- 96 Другое {текст, кодировать}
- 97 Ничего {исключающий}

### mood. Какое у вас настроение?
[шкала 1–10]
- 1 совсем плохое
- 10 прекрасное
- 99 не знаю {не знаю}

### why. Почему вам не нравится?
[если like in 1-2; открытый ответ]

## Компании

### firms. Оцените компании
[сетка; строки: companies, случайно; шкала 1–10]
- comfort: удобство
- novelty: новизна
- 99 Не знаю компанию {вне базы}

### where. Где вы пользуетесь услугами?
[сетка; строки: companies; один ответ]
- 1 онлайн
- 2 на месте
- 3 нигде

### uses. Чем вы пользовались за месяц?
[сетка; строки: companies; любое число ответов]
- 1 доставка
- 2 оплата
- 3 ничего {исключающий}

### spent. Сколько потратили за месяц?
[сетка; строки: companies; число 0–100000, руб.]

### firsts. Что важнее всего?
[ранжирование 2]
- 1 цена
- 2 качество
- 3 скорость
- 97 ничего {исключающий}

## Привычки

### used. Чем вы пользуетесь?
[любое число ответов; необязательный]
- 1 автобус
- 2 велосипед
- 3 самокат

## Поездки
[для каждого used]

### often. Как часто вы пользуетесь: {=used}?
[один ответ]
- 1 каждый день
- 2 реже

### safe. Безопасно ли это: {=used}?
[шкала 1–5]

## В конце

### comment. Что вы хотели бы добавить?
[открытый ответ]
"""
EN = """\
# Life in the town

## List companies
- taxi: Arrow Taxi
- market: Market
- bank: Shore Bank

## About you
A few words about you.

### age. How old are you?
[number 18–99, years; screen out young, if age < 21]
- 999 I would rather not say

### town. Which town do you live in?
[territory]

## The town

### like. Do you like living in your town?
[one answer]
- 5 very much
- 4 rather
- 3 yes and no
- 2 not very much
- 1 not at all
- 96 otherwise {text}
- 99 don't know {don't know}

### better. What has become better here?
[up to 3; random order]
- 1 Jobs
- 2 Medicine
- 3 Roads
- 4 Parks
- 96 Something else {text, code}
- 97 Nothing {exclusive}

### mood. What is your mood?
[scale 1–10]
- 1 very bad
- 10 excellent
- 99 don't know {don't know}

### why. Why don't you like it?
[if like in 1-2; open answer]

## Companies

### firms. Rate the companies
[grid; rows: companies, random order; scale 1–10]
- comfort: comfort
- novelty: novelty
- 99 I don't know the company {out of base}

### where. Where do you use the services?
[grid; rows: companies; one answer]
- 1 online
- 2 on the spot
- 3 nowhere

### uses. What did you use in the last month?
[grid; rows: companies; any number of answers]
- 1 delivery
- 2 payment
- 3 nothing {exclusive}

### spent. How much did you spend in the last month?
[grid; rows: companies; number 0–100000, roubles]

### firsts. What matters most?
[ranking 2]
- 1 price
- 2 quality
- 3 speed
- 97 nothing {exclusive}

## Habits

### used. What do you use?
[any number of answers; optional]
- 1 bus
- 2 bicycle
- 3 scooter

## Rides
[for each used]

### often. How often do you use: {=used}?
[one answer]
- 1 every day
- 2 less often

### safe. Is it safe: {=used}?
[scale 1–5]

## At the end

### comment. What would you like to add?
[open answer]
"""
TOWNS = """\
id,name,name_en,region,district,lat,lon,people_2021
bel,Белый Мыс,Bely Mys,ZL-N,north,60.1,30.2,40100
zar,Заречье,Zarechye,ZL-N,north,59.5,32.0,120000
zas,Заречье,Zarechye,ZL-S,south,55.0,31.0,23000
ore,Орёл-Остров,Oryol-Ostrov,ZL-S,south,54.0,33.0,249500
"""
FRAME = """\
country: Zalesye
population: people_2021
sources:
  people_2021: {as_of: 2021, source: invented, licence: CC0, kind: census}
districts:
  north: {name: {ru: Север, en: North}, regions: [ZL-N]}
  south: {name: {ru: Юг, en: South}, regions: [ZL-S]}
"""
FILES = {
    "study.yaml": STUDY,
    "questionnaire.md": RU,
    "questionnaire.en.md": EN,
    "frame/territories.csv": TOWNS,
    "frame/frame.yaml": FRAME,
    "report/look.yaml": 'accent: "#0b6e4f"\n',
}
WITH_CONSENT = {**FILES, "consent.md": CONSENT, "consent.en.md": CONSENT_EN}
