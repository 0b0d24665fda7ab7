"""The command template: an empty table to fill in, made from the city's own lists."""

from pathlib import Path

import click

from esdash.commands.terminal import FILE, Command, Terminal, common, option
from esdash.errors import UserError
from esdash.exports.tables.template import blanks, template_file
from esdash.inventory import importing
from esdash.wording import labels


@click.command(cls=Command, help="cli.template_help")
@click.argument("kind", metavar="KIND", type=click.Choice(list(importing.KINDS)))
@option("--out", help="cli.option_out", metavar="FILE", type=FILE, required=True)
@common
@click.pass_obj
def template(terminal: Terminal, kind: str, out: Path) -> None:
    """Write a table to fill in."""
    text = terminal.text
    chosen = importing.KINDS[kind]
    with terminal.working("cli.working_template"), terminal.inventory() as inventory:
        names = importing.option_names(inventory, chosen.fields, text.language)
    title = labels.kind(text, chosen.table, several=True)
    content = template_file(title, blanks(chosen.fields, names, text), text, terminal.clock())
    try:
        out.write_bytes(content)
    except OSError as error:
        raise UserError("copy_failed", path=out, details=error) from error
    terminal.say("cli.template_written", path=out)
