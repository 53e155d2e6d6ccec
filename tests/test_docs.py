"""The documentation: generated pages are fresh, everything has its words, links lead somewhere, examples run."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from tests.pages import DOCS, ROOT, Block, Shell, blocks, carry_out, mistaken, session

from posad.cli.main import COMMANDS, main
from posad.core.catalogue import CATALOGUE
from posad.core.place import Place
from posad.core.reading.markdown import headings, links
from posad.core.reading.yamls import fit, read_plain
from posad.evidence.facts import EVERYBODY_ADDRESS
from posad.study.addresses import parse_address, resolve
from posad.study.expressions.parse import parse
from posad.study.expressions.scope import check_names
from posad.study.folder import read_study
from posad.study.folder.facts import OTHERS, SETTINGS
from posad.study.plans.values import Study
from posad.study.plans.variables import scope_of
from posad.study.questionnaire.reading.grammar import read_questionnaire
from posad.study.questionnaire.reading.machine_words import all_forms, all_roles
from posad.study.scaffold import new_study
from posad.study.scaffold.schema import SCHEMAS, schema_of

PAGES = sorted([*(p for p in DOCS.rglob("*.md") if "_build" not in p.parts), *ROOT.glob("*.md")])
REFERENCE = DOCS / "reference"
HOW_TO = sorted((DOCS / "how-to").glob("*.md"))
TUTORIAL = DOCS / "tutorial/first-study.md"
_SETTINGS = re.compile(r"^In `([^`]+\.yaml)`:$", re.MULTILINE)


def named(paths: list[Path]) -> list[str]:
    """Return the names of pages for pytest."""
    return [str(p.relative_to(ROOT)) for p in paths]


def text_of(name: str) -> str:
    """Return a page of the reference."""
    return (REFERENCE / f"{name}.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def new(tmp_path_factory: pytest.TempPathFactory) -> Study:
    """Return the study that ``posad new`` makes."""
    folder = tmp_path_factory.mktemp("new") / "study"
    new_study(folder, "en")
    study, _ = read_study(folder)
    assert study is not None
    return study


@pytest.fixture(scope="module")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the study the tutorial ends with, which how-to pages go on from."""
    folder = tmp_path_factory.mktemp("tutorial")
    with Shell(folder, "en") as shell:
        for block in blocks(TUTORIAL)[1:]:  # the first one installs posad
            carry_out(block, shell)
    return folder


def test_generated_pages_are_fresh() -> None:
    """What stands in the repository is what the generator writes now; mend with make docs."""
    run = subprocess.run(
        [sys.executable, ROOT / "tools/docs_pages.py", "--check"], capture_output=True, text=True, check=False
    )

    assert (run.stdout, run.returncode) == ("", 0)


def test_every_command_and_option_is_documented() -> None:
    """Each command and each of its options has a line with words on the page of commands."""
    text = text_of("commands")
    missing = []
    for name in COMMANDS:
        command = main.commands.get(name) or main.get_command(None, name)  # type: ignore[arg-type]
        assert command is not None
        assert command.help
        section = text.partition(f"\n## posad {name}\n")[2].partition("\n## ")[0]
        missing += undocumented(name, command, section)
        if isinstance(command, click.Group):
            context = click.Context(command)
            for own in command.list_commands(context):
                one = command.get_command(context, own)
                assert one is not None
                part = section.partition(f"\n### posad {name} {own}\n")[2].partition("\n### ")[0]
                missing += [f"{name} {own}"] if not part else undocumented(f"{name} {own}", one, part)

    assert missing == []


def undocumented(name: str, command: click.Command, section: str) -> list[str]:
    """Return the options of a command that its section does not tell of."""
    options = [o for p in command.params for o in p.opts if o.startswith("--")]
    return [f"{name} {o}" for o in options if not re.search(rf"\| `[^`]*{o}\b[^`]*` \| \S", section)]


def keys(name: str) -> Iterator[tuple[str, str]]:
    """Yield every key of a settings file with its meaning."""
    schema = schema_of(name)
    for shape in (schema, *schema["$defs"].values()):
        for key, value in shape.get("properties", {}).items():
            yield key, value.get("description", "")


def test_every_setting_is_documented() -> None:
    """Each key of each settings file has a meaning, in the schema and on the page."""
    text = text_of("settings")
    missing = [
        f"{name}: {key}" for name in SCHEMAS for key, meaning in keys(name) if not meaning or f"| `{key}` |" not in text
    ]

    assert missing == []


def test_every_file_of_a_study_is_documented() -> None:
    """Each file that posad reads or writes stands on the page of the study folder."""
    text = text_of("study-folder")
    planned = {"approvals.csv", "sample.yaml", "field.yaml", "decisions.csv", "coding", "analysis", "interviews"}
    planned |= {"sources", "indicators", "pathways", "cases", "external", "requests"}  # names kept free, not read yet
    missing = [name for name in (*SETTINGS, *OTHERS) if name not in planned and f"`{name}" not in text]

    assert missing == []


def test_every_problem_is_documented() -> None:
    """Each code of the catalogue has its section."""
    text = text_of("problems")

    assert [code for code in CATALOGUE if f"\n### {code}\n" not in text] == []


def test_every_machine_word_is_documented() -> None:
    """Each form of each machine word and role stands on the page of the questionnaire."""
    text = text_of("questionnaire")

    assert [word for word in (*all_forms(), *all_roles()) if f"`{word}`" not in text] == []


def test_every_door_for_additions_is_documented() -> None:
    """Each module that says how to add something is named for contributors."""
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    doors = [
        file.relative_to(ROOT / "src").as_posix()
        for file in sorted((ROOT / "src/posad").rglob("*.py"))
        if "To add a" in file.read_text(encoding="utf-8").partition('\n"""')[0]
    ]

    assert [door for door in doors if f"`{door}`" not in text] == []


@pytest.mark.parametrize("page", PAGES, ids=named(PAGES))
def test_links_lead_somewhere(page: Path) -> None:
    """Every relative link leads to a file, and to a heading in it where it names one."""
    broken = []
    for link in links(page.read_text(encoding="utf-8"), page.name):
        if re.match(r"[a-z]+:", link.target):
            continue
        name, _, anchor = link.target.partition("#")
        target = (page.parent / name).resolve() if name else page
        if not target.exists() or (anchor and anchor not in anchors(target)):
            broken.append(link.target)

    assert broken == []


def anchors(page: Path) -> set[str]:
    """Return what links may name in a page: headings and written anchors."""
    text = page.read_text(encoding="utf-8")
    titles = [re.sub(r"[^\w\s-]", "", h.words.casefold()) for h in headings(text, page.name)]
    return {re.sub(r"\s", "-", t.strip()) for t in titles} | set(re.findall(r"^\(([\w-]+)\)=$", text, re.MULTILINE))


@pytest.mark.parametrize("page", HOW_TO, ids=named(HOW_TO))
def test_how_to_pages_run(page: Path, finished: Path, tmp_path: Path) -> None:
    """Every command of the page gives what the page says, going on from the tutorial's study."""
    shutil.copytree(finished, tmp_path, dirs_exist_ok=True)
    with Shell(tmp_path, "en") as shell:
        for block in blocks(page):
            if block.file or block.changed or block.info == "console":
                carry_out(block, shell)


def test_the_start_in_the_readme_runs(finished: Path, tmp_path: Path) -> None:
    """The commands of the README work in their order, the last one where there are answers."""
    start, asking = [b for b in blocks(ROOT / "README.md") if b.info == "console"]
    (install, _), *others = session(start.body)
    shutil.copytree(finished / "my-town", tmp_path / "answered/my-town")
    with Shell(tmp_path, "en") as shell:
        printed = [shell.run(command) for command, _ in others]
    with Shell(tmp_path / "answered", "en") as shell:
        printed += [shell.run(command) for command, _ in session(asking.body)]

    assert install == "pip install ./posad"
    assert [p for p in printed if not p or mistaken(p)] == []


def test_every_room_is_on_the_map() -> None:
    """Each room of the street is named on the page that tells how posad works."""
    text = (DOCS / "explanation/how-it-works.md").read_text(encoding="utf-8")
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"][
        "contracts"
    ]
    rooms = [room for c in contracts for layer in c.get("layers", ()) for room in re.findall(r"\w+", layer)]

    assert [room for room in rooms if not re.search(rf"\b{room}\b", text)] == []


def snippets() -> list[Block]:
    """Return the blocks of settings that stand in pages as parts of a file."""
    return [b for page in PAGES for b in blocks(page) if _SETTINGS.search(b.before.rpartition("\n\n")[2])]


@pytest.mark.parametrize("block", snippets(), ids=str)
def test_settings_in_pages_fit(block: Block, tmp_path: Path) -> None:
    """A piece of settings shown on a page fits the shape of its file."""
    found = _SETTINGS.search(block.before.rpartition("\n\n")[2])
    assert found is not None
    name = Path(found[1]).name
    path = tmp_path / name
    path.write_text(block.body, encoding="utf-8")
    value, places, problems = read_plain(path, name)
    _, wrong = fit(value, SCHEMAS[name], places, "en")

    assert [*problems, *wrong] == []


@pytest.mark.parametrize("block", [b for b in blocks(REFERENCE / "questionnaire.md") if b.info == "markdown"], ids=str)
def test_questionnaires_in_pages_are_sound(block: Block) -> None:
    """A questionnaire shown on a page is read without a word of blame."""
    questionnaire, problems = read_questionnaire({"en": ("questionnaire.md", block.body)})

    assert (questionnaire is not None, problems) == (True, [])


def test_conditions_in_pages_are_sound(new: Study) -> None:
    """Every condition shown is read, and its names are those of the study that posad new makes."""
    (block,) = [b for b in blocks(REFERENCE / "expressions.md") if b.info == "text"]
    place = Place("expressions.md")
    wrong = []
    for line in block.body.splitlines():
        tree, problems = parse(line, place)
        wrong += problems if tree is None else check_names(tree, scope_of(new))

    assert wrong == []


def test_addresses_in_pages_are_sound(new: Study) -> None:
    """Every address shown means something in the study that posad new makes."""
    (block,) = [b for b in blocks(REFERENCE / "addresses.md") if b.info == "address"]
    place = Place("addresses.md")
    wrong = []
    for line in block.body.splitlines():
        written = line.split()[0]
        if written == EVERYBODY_ADDRESS:
            continue  # of no question: everybody asked
        address, problems = parse_address(written, place)
        wrong += problems if address is None else resolve(address, new, place)[1]

    assert wrong == []
