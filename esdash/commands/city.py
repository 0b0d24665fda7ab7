"""The command city: what a city's folder would change in the inventory, and taking it over."""

import json
from pathlib import Path

import click

from esdash.commands.terminal import EXIT_FAULTS, FOLDER, Command, Terminal, common, option
from esdash.inventory import Inventory
from esdash.inventory import city as cities
from esdash.wording import city as words
from esdash.wording.names import names_of

ROWS_SHOWN = 10  # of each file on the screen; --json shows all


@click.command(cls=Command, help="cli.city_help")
@click.argument("folder", metavar="FOLDER", type=FOLDER)
@option("--apply", "applied", help="cli.option_apply", is_flag=True)
@option("--overwrite", help="cli.option_overwrite", is_flag=True)
@option("--json", "as_json", help="cli.option_json", is_flag=True)
@option("--actor", help="cli.option_actor", metavar="NAME")
@option("--reason", help="cli.option_reason", metavar="TEXT")
@common
@click.pass_obj
def city(
    terminal: Terminal,
    folder: Path,
    applied: bool,
    overwrite: bool,
    as_json: bool,
    actor: str | None,
    reason: str | None,
) -> int:
    """Show what a city's folder would change, or take it over."""
    from esdash import analysis

    with terminal.working("cli.working_city"), terminal.inventory(analysis.open_inventory) as inventory:
        read = cities.read(folder.resolve().name, cities.files_of(folder))
        found = cities.compare(inventory, read, overwrite)
        lines, document = _lines(inventory, found, terminal), _as_document(inventory, found, terminal)
        in_use = _in_use(inventory, found, terminal)
        run_id = None
        if applied:
            for line in in_use:
                click.echo("  " + line, err=True)
            why = reason or terminal.text("city.reason", folder=read.name)
            run_id = cities.apply(inventory, found, terminal.actor(actor), why)
    if as_json:
        click.echo(json.dumps(document | {"in_use": in_use, "import_run_id": run_id}, ensure_ascii=False, default=str))
        return EXIT_FAULTS if in_use else 0
    click.echo("\n".join(lines))
    if in_use:
        click.echo("\n".join((terminal.text("cli.city_in_use"), *("  " + line for line in in_use))), err=True)
        return EXIT_FAULTS
    if found.writes:
        terminal.say("cli.city_applied" if run_id else "cli.city_not_applied", run=run_id)
    return 0


def _lines(inventory: Inventory, found: cities.Comparison, terminal: Terminal) -> list[str]:
    """The comparison for people: a sentence, then each file with its first rows."""
    text = terminal.text
    lines = [words.sentence(found, text)]
    rows = words.rows(inventory, found, text)
    for file in words.summary(found, text).to_dict("records"):
        of_file = rows[rows["file"] == file["file"]].to_dict("records")
        if of_file:
            lines.append(text("cli.city_file", **file))
        for row in of_file[:ROWS_SHOWN]:
            parts = (row["state"], row["entry"], row["change"], row["note"])
            lines.append("  " + "  ".join(part for part in parts if part))
        if len(of_file) > ROWS_SHOWN:
            lines.append("  " + text("cli.undo_more", n=len(of_file) - ROWS_SHOWN))
    if excess := words.excess(inventory, found, text):
        lines.append(excess)
    if absent := words.absent(found):
        lines.append(text("city.absent", files=absent))
    return lines


def _in_use(inventory: Inventory, found: cities.Comparison, terminal: Terminal) -> list[str]:
    titles = words.Titles(names_of(inventory, terminal.text), found.folder, terminal.text)
    return words.uses(found, titles, terminal.text)


def _as_document(inventory: Inventory, found: cities.Comparison, terminal: Terminal) -> dict[str, object]:
    """The comparison for programs."""
    rows = words.rows(inventory, found, terminal.text)
    return {
        "folder": found.folder.name,
        "files": words.summary(found, terminal.text).to_dict("records"),
        "differences": rows.to_dict("records"),
    }
