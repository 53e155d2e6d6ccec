"""The group ``posad field …``: each command is imported only when it is called."""

from __future__ import annotations

import importlib

import click

COMMANDS: dict[str, tuple[str, str]] = {
    "forecast": ("posad.cli.field.forecasting", "forecast"),
    "simulate": ("posad.cli.field.rehearsing", "simulate"),
    "serve": ("posad.cli.field.serving", "serve"),
    "invite": ("posad.cli.field.people", "invite"),
    "reconcile": ("posad.cli.field.reconciling", "reconcile"),
    "status": ("posad.cli.field.running", "status"),
    "apply": ("posad.cli.field.running", "apply"),
    "pause": ("posad.cli.field.running", "pause"),
    "resume": ("posad.cli.field.running", "resume"),
    "flag": ("posad.cli.field.judging", "flag"),
    "decide": ("posad.cli.field.judging", "decide"),
    "reject": ("posad.cli.field.running", "reject"),
    "snapshot": ("posad.cli.field.running", "snapshot"),
    "close": ("posad.cli.field.running", "close"),
    "retire": ("posad.cli.field.people", "retire"),
    "monitor": ("posad.cli.field.monitoring", "monitor_"),
    "account": ("posad.cli.field.monitoring", "account"),
    "backup": ("posad.cli.field.monitoring", "backup"),
}


class LateGroup(click.Group):
    """A group whose commands are imported late, so that help of the whole answers at once."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the commands in the order of fieldwork."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return a command, importing its file."""
        if cmd_name not in COMMANDS:
            return None
        module, name = COMMANDS[cmd_name]
        command = getattr(importlib.import_module(module), name)
        assert isinstance(command, click.Command)
        return command


@click.group(cls=LateGroup)
def field() -> None:
    """Run the fieldwork of a study: serve it, watch it, bring its answers home."""
