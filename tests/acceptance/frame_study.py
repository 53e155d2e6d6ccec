"""A study whose territories are the towns of Russia, as the data beside the project have them."""

from __future__ import annotations

import csv
from pathlib import Path

QUESTIONNAIRE = {
    "ru": "# Анкета\n\n### like. Нравится ли вам жить здесь?\n[один ответ]\n- 1 да\n- 2 нет\n",
    "en": "# Questionnaire\n\n### like. Do you like living here?\n- 1 yes\n- 2 no\n",
}
STUDY = """title: {ru: Города, en: Towns}
languages: [ru, en]
population: {ru: жители городов, en: people of towns}
"""
FRAME = """country: RU
population: people_2021
sources:
  people_2021: {as_of: 2021-10-01, source: "Rosstat, census of 2021", kind: census}
  coordinates: {as_of: "2021", source: "hflabs/city", kind: gazetteer}
controls:
  country: {value: 147182123, source: "Rosstat, census of 2021", beyond: true}
"""
FIGURES = """towns:
  title: {ru: Города до 250 тысяч, en: Towns under 250 thousand}
  map: towns
  size: under250
  names: 12
all:
  title: {ru: Все города, en: All towns}
  map: towns
  names: 16
panels:
  title: {ru: Города по округам, en: Towns by district}
  map: towns
  panels: true
  colour: size
districts:
  title: {ru: Доля в населении страны, en: Share of the country}
  map: districts
  value: frame.share
regions:
  title: {ru: Жители городов, en: People of towns}
  map: regions
  value: frame.people
  breaks: jenks
tiles:
  title: {ru: Число городов, en: Number of towns}
  map: tiles
  value: frame.towns
  breaks: pretty
"""
DISTRICTS = {
    "Центральный": "central",
    "Северо-Западный": "northwestern",
    "Южный": "southern",
    "Северо-Кавказский": "north_caucasian",
    "Приволжский": "volga",
    "Уральский": "urals",
    "Сибирский": "siberian",
    "Дальневосточный": "far_eastern",
}
HEAD = ("id", "name", "name_en", "region", "district", "lat", "lon", "people_2021")


def write_study(folder: Path, towns: Path) -> Path:
    """Write the study into a folder; ``towns`` is the table of towns."""
    for name, text in (
        ("study.yaml", STUDY),
        ("questionnaire.md", QUESTIONNAIRE["ru"]),
        ("questionnaire.en.md", QUESTIONNAIRE["en"]),
        ("frame/frame.yaml", FRAME),
        ("report/figures.yaml", FIGURES),
    ):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    with (
        towns.open(encoding="utf-8") as read,
        (folder / "frame/territories.csv").open("w", encoding="utf-8", newline="") as made,
    ):
        writer = csv.writer(made)
        writer.writerow(HEAD)
        for t in csv.DictReader(read):
            region = {"UA-43": "RU-CR", "UA-40": "RU-SEV"}.get(t["region_iso"], t["region_iso"])
            district = DISTRICTS[t["federal_district"]]
            row = [t["fias_id"], t["name_ru"], t["name_en"], region, district, t["lat"], t["lon"], t["pop_2021_census"]]
            writer.writerow(row)
    return folder
