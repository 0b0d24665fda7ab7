"""Commands about the inventory file as a whole: init, backup, restore, generate."""

from pathlib import Path

import click

from esdash.commands.terminal import FILE, FOLDER, Command, Terminal, common, option
from esdash.errors import UserError
from esdash.examples.generate import make
from esdash.examples.start import start
from esdash.inventory import backups, default_city
from esdash.inventory.file import attaching, recovery


@click.command(cls=Command, help="cli.init_help")
@option("--city", help="cli.option_city", metavar="DIR", type=FOLDER)
@option("--example", "kind", help="cli.option_example", flag_value="example", default=True)
@option("--public", "kind", help="cli.option_public", flag_value="public")
@option("--empty", "kind", help="cli.option_empty", flag_value="empty")
@common
@click.pass_obj
def init(terminal: Terminal, city: Path | None, kind: str) -> None:
    """Make a new inventory."""
    with terminal.working("cli.working_init"):
        start(terminal.database, kind, city_folder=city, clock=terminal.clock)
    _tell_what_was_made(terminal)


@click.command(cls=Command, help="cli.backup_help")
@click.argument("file", metavar="[FILE]", type=FILE, required=False)
@common
@click.pass_obj
def backup(terminal: Terminal, file: Path | None) -> None:
    """Copy the inventory to a file."""
    with terminal.working("cli.working_backup"), terminal.inventory() as inventory:
        actor = terminal.actor()
        made = backups.write(inventory, file, actor) if file else backups.manual(inventory, actor)
    terminal.say("cli.backed_up", path=made)


@click.command(cls=Command, help="cli.restore_help")
@click.argument("file", metavar="FILE", type=FILE)
@common
@click.pass_obj
def restore(terminal: Terminal, file: Path) -> None:
    """Put a backup in the place of the inventory."""
    if not file.exists():
        raise UserError("cli_no_backup", path=file, backups=attaching.backup_folder(terminal.database))
    with terminal.working("cli.working_restore"):
        restored = backups.restore(file, terminal.database, terminal.actor(), terminal.clock)
    terminal.say("cli.restored", source=file, path=terminal.database)
    if restored.kept is not None:
        terminal.say("cli.kept", path=restored.kept)
    if not restored.erasures_known:
        terminal.say("cli.erasures_unknown")
    for number in restored.versions_gone:
        click.echo(terminal.text("cli.restored_version_gone", number=number), err=True)


@click.command(cls=Command, help="cli.recover_help")
@common
@click.pass_obj
def recover(terminal: Terminal) -> None:
    """Open the inventory again without lost changes."""
    with terminal.working("cli.working_recover"):
        log, lost = recovery.recover(terminal.database, terminal.actor(), terminal.clock)
    terminal.say("cli.recovered", path=terminal.database)
    if log is not None:
        terminal.say("cli.recovered_log", path=log)
    if lost:
        terminal.say("cli.recovered_lost", n=lost)


@click.command(cls=Command, help="cli.generate_help")
@option("--initiatives", help="cli.option_initiatives", type=click.IntRange(1, 100_000), default=5000, metavar="N")
@option("--seed", help="cli.option_seed", type=int, default=1, metavar="S")
@option("--city", help="cli.option_city", metavar="DIR", type=FOLDER)
@common
@click.pass_obj
def generate(terminal: Terminal, initiatives: int, seed: int, city: Path | None) -> None:
    """Make a large invented inventory."""
    with terminal.working("cli.working_generate"):
        make(terminal.database, city or default_city(), initiatives, seed, terminal.clock)
    _tell_what_was_made(terminal)


def _tell_what_was_made(terminal: Terminal) -> None:
    with terminal.inventory() as inventory:
        counts = {
            f"{table}s": inventory.value(f"SELECT count(*) FROM {table}")
            for table in ("organization", "initiative", "course")
        }
    terminal.say("cli.made", path=terminal.database, **counts)
