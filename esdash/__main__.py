"""`python -m esdash`: make, fill, check, export, back up and restore an inventory without the dashboard."""

import click

from esdash.commands import city, imports, inventory_file, people, records, template, verify
from esdash.commands.terminal import Program, common


@click.group(cls=Program, help="cli.help")
@common
def cli() -> None:
    """All commands."""


for command in (
    inventory_file.init,
    records.import_table,
    city.city,
    imports.imports,
    imports.undo_import,
    records.check,
    records.export,
    verify.verify,
    template.template,
    inventory_file.backup,
    inventory_file.restore,
    inventory_file.recover,
    people.erase,
    inventory_file.generate,
):
    cli.add_command(command)

if __name__ == "__main__":
    cli.main(prog_name="python -m esdash")
