"""The command template: an empty table to fill in, made from the city's own lists."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from esdash.commands.terminal import FILE, Command, Terminal, common, option
from esdash.errors import UserError
from esdash.exports.template import Blank, template_file
from esdash.inventory import Inventory, importing
from esdash.inventory.importing import Field, Kind
from esdash.texts import Text

# A key is for those who edit an export; a theme says more than its field of action.
LEFT_OUT = ("key", "field_ids")
_HELP = {
    **dict.fromkeys(("integer", "decimal", "coordinate"), "number"),
    **dict.fromkeys(("choice", "reference", "place"), "choice"),
    **dict.fromkeys(("choices", "references"), "choices"),
}
_EXAMPLES: dict[str, str | float | date] = {
    **dict.fromkeys(("integer", "decimal", "coordinate"), 12),
    "date": date(2026, 9, 1),
    "time": "14:00",
    "span": "14:00-16:00",
    "times": "Mo 14:00-16:00; Mi 10:00-12:00",
    "opening": "Mo, Mi 14:00-17:00",
    "postcode": "06844",
    "email": "kontakt@example.org",
    "website": "www.example.org",
}
_WITHOUT_EXAMPLE = ("ended_on", "ends_on", "consent_until", "note", "begins", "ends", "partner_ids", "district_ids")

# Lists of the city and of the inventory; for contacts only functions: a person is no entry of a list.
_OPTIONS = {
    "theme": "SELECT name_{language} AS name FROM theme WHERE parent_id IS NOT NULL ORDER BY sort",
    "target_group": "SELECT name_{language} AS name FROM target_group ORDER BY sort",
    "language": "SELECT name_{language} AS name FROM language ORDER BY sort",
    "module": "SELECT name_{language} AS name FROM module ORDER BY sort",
    "district": "SELECT name FROM district ORDER BY sort",
    "organization": "SELECT name FROM organization WHERE status = 'active' ORDER BY lower(name)",
    "location": "SELECT DISTINCT name FROM location WHERE status = 'active' ORDER BY lower(name)",
    "contact": "SELECT DISTINCT role AS name FROM contact WHERE status = 'active' ORDER BY lower(role)",
    "course": "SELECT DISTINCT name FROM course WHERE status <> 'archived' ORDER BY lower(name)",
}


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
        columns = blanks(inventory, chosen, text)
    content = template_file(text(chosen.text_key), columns, text, terminal.clock())
    try:
        out.write_bytes(content)
    except OSError as error:
        raise UserError("copy_failed", path=out, details=error.strerror) from error
    terminal.say("cli.template_written", path=out)


def blanks(inventory: Inventory, kind: Kind, text: Text) -> list[Blank]:
    """The columns of a template, in the language of the reader, with the lists of the city."""
    return [
        _blank(inventory, field, text)
        for field in kind.fields
        if field.type not in LEFT_OUT and field.name not in LEFT_OUT
    ]


def _blank(inventory: Inventory, field: Field, text: Text) -> Blank:
    options = _options(inventory, field, text)
    help_ = text(f"template.help_{_HELP.get(field.type, field.type)}")
    label = (field.german if text.language == "de" else field.english)[0]
    return Blank(
        label=label,
        type=field.type,
        help=f"{text('template.required')} {help_}" if field.required else help_,
        required=field.required,
        options=options,
        several=field.type in ("references", "choices"),
        example=None if field.name in _WITHOUT_EXAMPLE else _example(field, options, text),
    )


def _options(inventory: Inventory, field: Field, text: Text) -> tuple[str, ...]:
    if field.type == "boolean":
        return (text("word.yes"), text("word.no"))
    if field.choices:
        words = {our_id: word for word, our_id in reversed([*field.choices.items()])}  # the first word of each id
        return tuple(words[our_id] if text.language == "de" else our_id for our_id in field.ids)
    target = "location" if field.type == "place" else field.target
    if not target:
        return ()
    rows = inventory.rows(_OPTIONS[target].format(language=text.language))
    return tuple(row["name"] for row in rows)


def _example(field: Field, options: tuple[str, ...], text: Text) -> str | float | date:
    if options:
        return "; ".join(options[:2]) if field.type in ("references", "choices") else options[0]
    return _EXAMPLES.get(field.type) or text("template.example_text")
