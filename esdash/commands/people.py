"""Commands about people: erase."""

import click

from esdash.commands.terminal import Command, Terminal, common, option
from esdash.errors import UserError
from esdash.inventory.privacy import erasure
from esdash.wording.traces import sentence


@click.command(cls=Command, help="cli.erase_help")
@click.argument("contact", metavar="CONTACT_ID")
@option("--reason", help="cli.option_erase_reason", metavar="TEXT", required=True)
@option("--also", help="cli.option_erase_also", metavar="TEXT", multiple=True)
@option("--actor", help="cli.option_actor", metavar="NAME")
@option("--yes", help="cli.option_yes", is_flag=True)
@common
@click.pass_obj
def erase(terminal: Terminal, contact: str, reason: str, also: tuple[str, ...], actor: str | None, yes: bool) -> None:
    """Erase the person of a contact for good."""
    text = terminal.text
    with terminal.inventory() as inventory:
        known = inventory.rows(
            "SELECT role, organization.name AS organization FROM contact JOIN organization USING (organization_id) "
            "WHERE contact_id = $id",
            id=contact,
        )
        if not known:
            raise UserError("erase_no_contact", contact=contact)
        if not yes:
            terminal.say("cli.erase_warning", **known[0])
            if click.prompt(text("cli.erase_confirm", contact=contact), default="", show_default=False) != contact:
                raise click.Abort
        with terminal.working("cli.working_erase"):
            report = erasure.erase(inventory, contact, terminal.actor(actor), reason, also)
    for (table, column), values in sorted(report.found.items()):
        terminal.say("cli.erase_found", table=table, column=column, n=values)
    terminal.say("cli.erased_but" if report.traces else "cli.erased", erasure=report.erasure_id, n=len(report.traces))
    for trace in report.traces:
        click.echo(f"  {sentence(text, trace)}", err=True)
    if report.traces:
        click.echo(text("cli.erase_also", contact=contact), err=True)
    for backup in report.backups:
        terminal.say("cli.erase_backup", path=backup)
    for backup in report.backups_left:
        click.echo(text("cli.erase_backup_left", path=backup), err=True)
    for number in report.versions_left:
        click.echo(text("cli.erase_version_left", number=number), err=True)
