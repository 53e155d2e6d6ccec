"""The command ``posad``: each command lives in its own file and is imported only when it is called.

To add one: 1. a file in ``cli`` with a click command; 2. its line in ``COMMANDS``; 3. its page in ``docs/reference/commands.md``.
"""

from __future__ import annotations

import gc
import importlib

import click

from posad import __version__

COMMANDS = {
    "new": ("posad.cli.studies.authoring", "new"),
    "check": ("posad.cli.studies.building", "check"),
    "build": ("posad.cli.studies.building", "build"),
    "table": ("posad.cli.studies.asking", "table"),
    "analyse": ("posad.cli.studies.asking", "analyse"),
    "power": ("posad.cli.studies.power", "power"),
    "why": ("posad.cli.studies.asking", "why"),
    "read": ("posad.cli.studies.reading", "read"),
    "audit": ("posad.cli.studies.auditing", "audit"),
    "simulate": ("posad.cli.studies.simulating", "simulate"),
    "import": ("posad.cli.studies.authoring", "import_"),
    "frame": ("posad.cli.places.frame", "frame"),
    "sample": ("posad.cli.places.sampling", "sample"),
    "indicators": ("posad.cli.places.indicators", "indicators"),
    "answers": ("posad.cli.words.answers", "answers"),
    "interviews": ("posad.cli.words.interviews", "interviews"),
    "code": ("posad.cli.words.coding", "code"),
    "field": ("posad.cli.field.group", "field"),
    "topline": ("posad.cli.field.judging", "topline"),
    "export": ("posad.cli.studies.asking", "export"),
    "erase": ("posad.cli.field.people", "erase"),
    "schema": ("posad.cli.studies.authoring", "schema"),
    "explain": ("posad.cli.studies.authoring", "explain"),
}


OBJECTS = 20_000  # new ones before unused ones are sought: a command ends soon and makes few that are unused


class Lazy(click.Group):
    """A group whose commands are imported late, so that help answers at once."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the commands in the order of a study's life."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return a command, importing its file."""
        if cmd_name not in COMMANDS:
            return None
        gc.set_threshold(OBJECTS)
        module, name = COMMANDS[cmd_name]
        command = getattr(importlib.import_module(module), name)
        assert isinstance(command, click.Command)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Name the nearest command when one is mistyped."""
        from posad.core.problems import near

        if args and not args[0].startswith("-") and args[0] not in COMMANDS:
            guess = near(args[0], COMMANDS)
            hint = f" Did you mean '{guess}'?" if guess else f" There are: {', '.join(COMMANDS)}."
            raise click.UsageError(f"No such command '{args[0]}'.{hint}", ctx)
        return super().resolve_command(ctx, args)


@click.group(cls=Lazy, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="posad")
def main() -> None:
    """Survey studies of towns and regions, kept as text.

    A study is a folder: questionnaire, settings and report are text, answers are files that are never edited.
    Start with `posad new FOLDER`, then `posad check FOLDER` and `posad build FOLDER`.
    """
