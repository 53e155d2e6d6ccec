"""JSON Schemas of a study's settings files, for editors that complete words and mark mistakes.

A schema says what a file may look like; whether its names exist in the study is what ``posad check`` tells.

To add a file: 1. its shape in ``posad.study.folder.shapes``; 2. a line in ``SCHEMAS``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from posad.core.reading.yamls import json_schema
from posad.study.folder.books.styles import TablesShape
from posad.study.folder.shapes import (
    AnswersShape,
    CleaningShape,
    FigureShape,
    LookShape,
    NetShape,
    SimulationShape,
    StudyShape,
    VariableShape,
    WeightShape,
)
from posad.study.frame.plan.rules.position import PositionShape
from posad.study.frame.plan.rules.strategies import StrategiesShape
from posad.study.frame.plan.shapes import SampleFileShape
from posad.study.frame.shapes import FrameShape
from posad.study.plans.field.shapes import FieldShape
from posad.study.words.interviews.shapes import CodebookShape, InterviewPlanShape, QuoteShape
from posad.study.words.pathways.shapes import CaseShape, PathwayShape

SCHEMAS: Mapping[str, Any] = {
    "study.yaml": StudyShape,
    "variables.yaml": Mapping[str, VariableShape],
    "weights.yaml": WeightShape | Mapping[str, WeightShape],
    "cleaning.yaml": CleaningShape,
    "tables.yaml": TablesShape,
    "answers.yaml": AnswersShape,  # answers/NAME.yaml beside every raw file
    "figures.yaml": Mapping[str, FigureShape],
    "look.yaml": LookShape,
    "simulation.yaml": SimulationShape,
    "frame.yaml": FrameShape,
    "sample.yaml": SampleFileShape,
    "field.yaml": FieldShape,
    "position.yaml": PositionShape,
    "strategies.yaml": StrategiesShape,
    "plan.yaml": InterviewPlanShape,
    "codebook.yaml": CodebookShape,
    "quotes.yaml": Mapping[str, Mapping[str, QuoteShape]],
    "pathway.yaml": PathwayShape,
    "case.yaml": CaseShape,
}
"""The settings files that have a schema, with the shape of each."""


def schema_of(name: str) -> dict[str, Any]:
    """Return the JSON Schema of one of the files of ``SCHEMAS``.

    >>> sorted(schema_of("cleaning.yaml")["properties"])
    ['rules']
    """
    return described(SCHEMAS[name], name)


def described(kind: Any, name: str) -> dict[str, Any]:
    """Return the JSON Schema of a shape under a name, every setting with its words."""
    schema = json_schema(kind)
    definitions = schema.pop("$defs", {})
    if "$ref" in schema:
        schema |= definitions.pop(schema.pop("$ref").rpartition("/")[2])
    if name == "variables.yaml":
        nets = json_schema(Mapping[str, NetShape])
        definitions |= nets.pop("$defs", {})
        nets.pop("$schema")
        schema["properties"] = {"nets": {**nets, "description": "Nets by name: several answers counted as one."}}
    for shape in (schema, *definitions.values()):
        _describe(shape)
    tidy: dict[str, Any] = _without_empty_texts({**schema, "$defs": definitions, "title": name})
    return tidy


def _describe(shape: dict[str, Any]) -> None:
    """Share the words of a shape's docstring out: its head to the shape, each line of its attributes to the setting."""
    head, _, listed = shape.get("description", "").partition("\n\nAttributes:\n")
    if "description" in shape:
        shape["description"] = _flat(head)
    properties = shape.get("properties", {})
    for line in re.split(r"\n    (?! )", "\n" + listed)[1:]:
        name, _, words = line.partition(": ")
        properties[name.rstrip("_")]["description"] = _flat(words)


def _flat(text: str) -> str:
    return " ".join(text.replace("``", "`").split())


def _without_empty_texts(value: Any) -> Any:
    """Drop the default of a text that is simply absent: it says nothing in a file."""
    if isinstance(value, list):
        return [_without_empty_texts(v) for v in value]
    if isinstance(value, dict):
        return {k: _without_empty_texts(v) for k, v in value.items() if (k, v) != ("default", {"parts": []})}
    return value
