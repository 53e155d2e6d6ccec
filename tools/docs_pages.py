"""Write the generated pages and parts of pages of the documentation; ``make docs`` runs it.

A part stands between ``<!-- generated: NAME -->`` and ``<!-- end -->`` in a page written by hand. With ``--check`` nothing is
written, and what differs is named.
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import click

from posad.analysis.declaring import KINDS, schema_of_kind
from posad.claims.language.checking import RULES
from posad.claims.language.numerals import RANGES
from posad.cli.main import COMMANDS, main
from posad.core.speech import problems_page
from posad.study.expressions.tokens import FUNCTIONS, KEYWORDS
from posad.study.frame.regions import regions
from posad.study.questionnaire.reading.machine_words import LIST_WORDS, ROLES, WORDS
from posad.study.scaffold.schema import SCHEMAS, schema_of

ROOT = Path(__file__).resolve().parents[1]
REFERENCE = ROOT / "docs" / "reference"
_PART = re.compile(r"(<!-- generated: (?P<name>[\w-]+) -->\n)(?P<body>.*?)(<!-- end -->)", re.DOTALL)
_BREAK = "\b"  # click's mark of a paragraph that keeps its lines


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a Markdown table; a bar inside a cell is escaped."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(c.replace("|", "\\|") for c in line) + " |" for line in lines) + "\n"


def code(forms: tuple[str, ...]) -> str:
    """Return words as code, separated by commas."""
    return ", ".join(f"`{form}`" for form in forms)


# Commands -----------------------------------------------------------------------------------------------------------------------


def commands_page() -> str:
    """Return the page of every command with its arguments and options."""
    parts = [
        "# Commands",
        "Every command speaks the language of the terminal; `--lang`, or `POSAD_LANG` in the environment, chooses another.\n"
        "With `--json` it answers a program instead of a person.\n"
        "The exit code is 0 when there is no error, 1 when there is one, and 2 when the command itself was typed wrong.",
    ]
    context = click.Context(main, info_name="posad")
    for name in COMMANDS:
        command = main.get_command(context, name)
        assert command is not None
        parts += command_sections(name, command, click.Context(command, info_name=name, parent=context))
    return "\n\n".join(parts) + "\n"


def command_sections(name: str, command: click.Command, context: click.Context) -> list[str]:
    """Return a command, or every command of a group under the group's words."""
    if not isinstance(command, click.Group):
        return [command_section(name, command, context)]
    inner = []
    for own in command.list_commands(context):
        one = command.get_command(context, own)
        assert one is not None
        inner.append(command_section(f"{name} {own}", one, click.Context(one, info_name=own, parent=context)))
    return [f"## posad {name}\n\n{command.help}", *(part.replace("## ", "### ", 1) for part in inner)]


def command_section(name: str, command: click.Command, context: click.Context) -> str:
    """Return one command: how it is called, what it does, its options."""
    usage = " ".join([f"posad {name}", *command.collect_usage_pieces(context)])
    said = "\n\n".join(" ".join(p.replace(_BREAK, "").split()) for p in (command.help or "").split("\n\n"))
    rows = [
        (f"`{option}`", words)
        for option, words in (p.get_help_record(context) or ("", "") for p in command.get_params(context))
        if option and words
    ]
    return f"## posad {name}\n\n```text\n{usage}\n```\n\n{said}\n\n{table(('option', 'meaning'), rows).rstrip()}"


# Settings -----------------------------------------------------------------------------------------------------------------------

WHERE = {
    "answers.yaml": "answers/NAME.yaml",
    "figures.yaml": "report/figures.yaml",
    "look.yaml": "report/look.yaml",
    "frame.yaml": "frame/frame.yaml",
    "position.yaml": "frame/position.yaml",
    "strategies.yaml": "frame/strategies.yaml",
    "plan.yaml": "interviews/plan.yaml",
    "codebook.yaml": "interviews/codebook.yaml",
    "quotes.yaml": "interviews/quotes.yaml",
    "pathway.yaml": "pathways/NAME.yaml",
    "case.yaml": "cases/NAME.yaml",
    "analysis-influence.yaml": "analysis/NAME.yaml, kind: influence",
    "analysis-loyalty.yaml": "analysis/NAME.yaml, kind: loyalty",
    "analysis-scenario.yaml": "analysis/scenarios/NAME.yaml, kind: scenario",
    "analysis-chain.yaml": "analysis/NAME.yaml, kind: chain",
    "analysis-decomposition.yaml": "analysis/NAME.yaml, kind: decomposition",
}
HEADS = {
    "variables.yaml": "Nets, under `nets`, and grouping variables, each under its own name.",
    "weights.yaml": "Weights, each under its own name.\nWithout the file answers are not weighted.",
    "figures.yaml": "Charts, each under its own name.\nA question can be shown without being declared here.",
    "look.yaml": "Words and numbers by name.",
}


def settings_page() -> str:
    """Return the page of every key of every settings file."""
    parts = [
        "# Settings",
        "Every key of every YAML file of a study.\n"
        "A *text* is a text, or one for each language: `{ru: …, en: …}`.\n"
        "`posad schema FILE` prints the same as a JSON Schema, for editors that complete and check while you type.",
    ]
    kinds = {f"analysis-{kind}.yaml": schema_of_kind(kind) for kind in KINDS}
    for file, schema in {**{file: schema_of(file) for file in SCHEMAS}, **kinds}.items():
        shapes = [s for s in [schema, *schema["$defs"].values()] if "properties" in s]
        parts.append(f"## {WHERE.get(file, file)}")
        parts.append(HEADS.get(file, sentence(str(schema.get("description", "")).removeprefix(f"{file}: "))))
        for shape in order(schema, shapes):
            if shape is not schema:
                parts.append(f"### {heading(file, shape['title'])}\n\n{shape['description']}")
            parts.append(table(("key", "value", "default", "meaning"), rows_of(shape)).rstrip())
    return "\n\n".join(p for p in parts if p) + "\n"


def sentence(text: str) -> str:
    """Return a text that begins with a capital letter."""
    return text[:1].upper() + text[1:]


def heading(file: str, title: str) -> str:
    """Return the heading of a shape in its file."""
    names = {"Study": "study", "Sample": "sample", "Wave": "a wave", "Net": "a net", "Variable": "a grouping variable"}
    names |= {"Group": "a group", "Weight": "a weight", "Margin": "a margin", "Rule": "a rule", "Book": "a book"}
    names |= {"Figure": "a chart"}
    own = title.removesuffix("Shape")
    return f"{file.removesuffix('.yaml')}: {names.get(own, re.sub('(?<=[a-z])(?=[A-Z])', ' ', own).lower())}"


def order(schema: Mapping[str, Any], shapes: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the shapes of a file, those that hold others before the others."""
    names = dict(schema["$defs"])
    depth: dict[str, int] = {}

    def walk(node: Any, level: int) -> None:
        if isinstance(node, Mapping):
            name = str(node.get("$ref", "")).rpartition("/")[2]
            if name in names and depth.get(name, -1) < level:
                depth[name] = level
                walk(names[name], level + 1)
            for value in (v for k, v in node.items() if k != "$defs"):
                walk(value, level)
        elif isinstance(node, list):
            for value in node:
                walk(value, level)

    walk(schema, 1)
    return sorted(shapes, key=lambda s: depth.get(str(s["title"]), 0))


def rows_of(shape: Mapping[str, Any]) -> list[tuple[str, str, str, str]]:
    """Return the rows of a shape's table: key, kind of value, default, meaning."""
    required = shape.get("required", ())
    rows = []
    for name, value in shape["properties"].items():
        default = "**needed**" if name in required else default_of(value)
        rows.append((f"`{name}`", kind_of(value), default, str(value.get("description", ""))))
    return rows


def default_of(value: Mapping[str, Any]) -> str:
    """Return the default as it would be written; nothing where the key may just be absent."""
    if value.get("default") is None or value["default"] in ("", [], {}):
        return ""
    return f"`{str(value['default']).lower() if isinstance(value['default'], bool) else value['default']}`"


def kind_of(value: Mapping[str, Any]) -> str:
    """Return in words what may stand as a value."""
    if "enum" in value:
        return ", ".join(f"`{v}`" for v in value["enum"])
    if "anyOf" in value:
        return " or ".join(dict.fromkeys(kind_of(v) for v in either(value["anyOf"])))
    if "prefixItems" in value:
        return "two numbers"
    if value.get("type") == "array":
        return f"list of {kind_of(value['items'])}s" if "type" in value["items"] else "list"
    if value.get("type") == "object":
        inner = value.get("additionalProperties")
        return f"names, each with {kind_of(inner)}" if inner else "names with values"
    words = {"boolean": "`true` or `false`", "integer": "whole number", "string": "word"}
    kind = str(value.get("type", "settings"))
    return words.get(kind, kind)


def either(some: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the ways a value may be written: a text in one or several languages counts as one."""
    some = [v for v in some if v.get("type") != "null"]
    if any("patternProperties" in v for v in some):
        return [{"type": "text"}, *(v for v in some if v.get("type") != "string" and "patternProperties" not in v)]
    return some


# Parts --------------------------------------------------------------------------------------------------------------------------


def machine_words() -> str:
    """Return the tables of the words in ``[ ]`` and in ``{ }``."""
    rows = [(f"`[{w.form_en}]`", f"`[{w.form_ru}]`", w.does_en, f"{code(w.en)}; {code(w.ru)}") for w in WORDS]
    roles = [(f"`{{{r.en[0]}}}`", f"`{{{r.ru[0]}}}`", r.does_en, f"{code(r.en)}; {code(r.ru)}") for r in ROLES]
    lists = ", ".join(f"`## {word} name`" for word in (LIST_WORDS["en"], LIST_WORDS["ru"]))
    head = ("English", "Russian", "what it does", "all forms")
    return f"In square brackets:\n\n{table(head, rows)}\nIn braces:\n\n{table(head, roles)}\nA list of answers or rows: {lists}.\n"


def expression_words() -> str:
    """Return the table of words of conditions."""
    does = {
        "and": "both are true",
        "or": "at least one is true",
        "not": "the opposite",
        "in": "one of these codes, ranges or groups",
        "answered": "an answer was given; never unknown",
        "count": "how many answers of a question with several were chosen",
        "min": "the smallest of several answers",
        "max": "the largest of several answers",
        "mean": "the mean of several answers",
    }
    rows = [(code(forms), does[word]) for word, forms in {**KEYWORDS, **FUNCTIONS}.items()]
    return table(("word", "meaning"), rows)


def doors() -> str:
    """Return the table of what can be added and where it is told how, from the modules' own docstrings."""
    rows = []
    for file in sorted((ROOT / "src" / "posad").rglob("*.py")):
        told = ast.get_docstring(ast.parse(file.read_text(encoding="utf-8"))) or ""
        for thing in re.findall(r"To add (an? [^:]+|one):", told):
            what = "one" if thing == "one" else re.sub(r"^an? ", "", thing)
            name = file.relative_to(ROOT / "src").as_posix()
            about = told.split("\n\n")[0].replace("``", "`")
            rows.append((" ".join(what.replace("``", "`").split()), f"`{name}`", " ".join(about.split())))
    return table(("to add", "read the top of", "which is about"), sorted(rows))


def share_words() -> str:
    """Return the table of the ranges that words for shares stand for."""
    names = {
        "1/2": "half, every second",
        "1/3": "a third",
        "2/3": "two thirds",
        "1/4": "a quarter",
        "3/4": "three quarters",
    }
    names |= {"1/5": "a fifth, one in five", "1/10": "one in ten"}
    russian = {
        "1/2": "половина, каждый второй",
        "1/3": "треть",
        "2/3": "две трети",
        "1/4": "четверть",
        "3/4": "три четверти",
    }
    russian |= {"1/5": "каждый пятый", "1/10": "каждый десятый"}
    rows = [
        (names[str(p)], russian[str(p)], f"{low} to {high} %") for p, (low, high) in RANGES.items() if str(p) in names
    ]
    return table(("English", "Russian", "stands for"), rows)


def claim_rules() -> str:
    """Return the table of the rules of the language: what each asks, and a sentence that each of its reasons refuses."""
    corpus = (ROOT / "tests" / "acceptance" / "claims_corpus.md").read_text(encoding="utf-8")
    refused: dict[str, str] = {}
    for m in re.finditer(r"## false: ([\w-]+)[^\n]*\n(?:- ru: [^\n]*\n)+?- en: ([^\n]*)\n", corpus):
        refused.setdefault(m[1], m[2])
    rows = []
    for rule, codes in RULES.values():
        told = " ".join((sys.modules[rule.__module__].__doc__ or "").split("\n\n")[0].replace("``", "`").split())
        rows += [(f"[`{c}`](problems.md#{c})", told, f"`{refused[c]}`" if c in refused else "") for c in codes]
    once = {row[0]: row for row in reversed(rows)}
    return table(("reason", "what the rule asks", "refused"), [row for row in rows if once[row[0]] is row])


def regions_of_russia() -> str:
    """Return the table of Russian regions with their codes and districts."""
    rows = [
        (f"`{r.iso}`", r.name.get("ru"), r.name.get("en"), f"`{r.district}`", r.oktmo, r.geonames)
        for r in regions().values()
    ]
    return table(("code", "Russian", "English", "district", "OKTMO", "GeoNames"), rows)


PARTS: Mapping[str, Callable[[], str]] = {
    "machine-words": machine_words,
    "expression-words": expression_words,
    "doors": doors,
    "share-words": share_words,
    "claim-rules": claim_rules,
    "regions": regions_of_russia,
}


def generated() -> dict[Path, str]:
    """Return every generated page, and every page with generated parts, as it should be."""
    pages = {
        REFERENCE / "commands.md": commands_page(),
        REFERENCE / "settings.md": settings_page(),
        REFERENCE / "problems.md": problems_page("en"),
    }
    for page in [*sorted((ROOT / "docs").rglob("*.md")), ROOT / "CONTRIBUTING.md", ROOT / "README.md"]:
        text = page.read_text(encoding="utf-8") if page.is_file() and page not in pages else ""
        if _PART.search(text):
            pages[page] = _PART.sub(lambda m: f"{m[1]}\n{PARTS[m['name']]().strip()}\n\n{m[4]}", text)
    return pages


def run(check: bool) -> int:
    """Write what differs, or only name it; return how many pages differ."""
    stale = {p: t for p, t in generated().items() if not p.is_file() or p.read_text(encoding="utf-8") != t}
    for page, text in stale.items():
        print(page.relative_to(ROOT))
        if not check:
            page.parent.mkdir(parents=True, exist_ok=True)
            page.write_text(text, encoding="utf-8")
    return len(stale) if check else 0


if __name__ == "__main__":
    raise SystemExit(run("--check" in sys.argv[1:]))
