"""Commands about imports: the list of imports, and undoing one."""

import json

import click

from esdash.commands.terminal import Command, Terminal, common, option
from esdash.inventory import importing

CONFLICTS_SHOWN = 20


@click.command(cls=Command, help="cli.imports_help")
@option("--json", "as_json", help="cli.option_json", is_flag=True)
@common
@click.pass_obj
def imports(terminal: Terminal, as_json: bool) -> None:
    """List the imports."""
    with terminal.inventory() as inventory:
        runs = importing.runs(inventory)
    if as_json:
        click.echo(json.dumps(runs, ensure_ascii=False, default=str))
        return
    for run in runs:
        state = terminal.text("cli.import_undone", day=run["undone_at"]) if run["undone_at"] else ""
        moment = run["imported_at"]
        gone = terminal.text("cli.import_gone", n=run["rows_gone"]) if run["rows_gone"] else ""
        when = {"day": moment, "clock": f"{moment:%H:%M}"}
        line = terminal.text("cli.import_line", state=state, gone=gone, **when, **_shown(run))
        click.echo(line.rstrip())
    if not runs:
        terminal.say("cli.no_imports")


def _shown(run: dict[str, object]) -> dict[str, object]:
    names = ("import_run_id", "actor", "file_name", "rows_new", "rows_changed")
    return {name: run[name] for name in names}


@click.command(cls=Command, name="undo-import", help="cli.undo_import_help")
@click.argument("run", metavar="ID")
@option("--actor", help="cli.option_actor", metavar="NAME")
@option("--reason", help="cli.option_reason", metavar="TEXT")
@common
@click.pass_obj
def undo_import(terminal: Terminal, run: str, actor: str | None, reason: str | None) -> None:
    """Undo an import."""
    try:
        with terminal.working("cli.working_undo"), terminal.inventory() as inventory:
            importing.undo(inventory, run, terminal.actor(actor), reason)
    except importing.UndoConflicts as conflicts:
        for row in conflicts.rows[:CONFLICTS_SHOWN]:
            click.echo("  " + terminal.text(f"cli.undo_{row['cause']}", **row), err=True)
        if len(conflicts.rows) > CONFLICTS_SHOWN:
            click.echo("  " + terminal.text("cli.undo_more", n=len(conflicts.rows) - CONFLICTS_SHOWN), err=True)
        raise
    terminal.say("cli.import_undone_now", run=run)
