"""`export` of what is printed: the list of contact points, the wall list and the flyer."""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

import click

from esdash.analysis.leaflet.contacts import Kind
from esdash.commands.terminal import Terminal
from esdash.errors import UserError
from esdash.inventory import Inventory

Wish = Mapping[str, Any]  # option → value; None: not given


class Marked(NamedTuple):
    """A file whose name must say what it is: "entwurf" stands in the name of a draft, whatever name was asked for."""

    content: bytes
    mark: str


def written(kind: Kind) -> Callable[[Inventory, str, Wish, Terminal], bytes | Marked]:
    """What writes a paper of a kind as PDF."""
    return lambda inventory, form, wish, terminal: _written(inventory, kind, wish, terminal)


def _written(inventory: Inventory, kind: Kind, wish: Wish, terminal: Terminal) -> bytes | Marked:
    from esdash.exports.prints.papers import DRAFT, paper

    if inventory.read_only:
        raise UserError("print_of_a_past_day", day=inventory.today())
    text, language = terminal.text, wish["in"] or terminal.text.language
    made = paper(inventory, kind, language, wish["audience"] or "volunteers", bool(wish["office"]))
    said = [text.count("papers.made", len(made.contacts), day=made.valid_to)]
    said += [text.count("papers.left_out", made.left_out)] if made.left_out else []
    said += [text("papers.no_qr", why=text(f"papers.no_qr_{made.no_qr}"))] if made.no_qr else []
    said += [text.count("papers.draft", len(made.not_reviewed))] if made.draft else []
    for line in said:
        click.echo(line, err=True)
    return Marked(made.content, DRAFT) if made.draft else made.content
