"""Answers of an organisation about an offer: saved, with where they come from, and the record confirmed."""

from collections.abc import Mapping, Sequence
from typing import Any

from esdash.inventory.access import Action, Actor
from esdash.inventory.editing.saving import Conflict, save
from esdash.inventory.file import versions
from esdash.inventory.file.store import Inventory

TABLE = "initiative"
_SEPARATOR = "; "


def answer(
    inventory: Inventory,
    record_id: str,
    values: Mapping[str, Any],
    version: int,
    actor: Actor,
    source: str,
    key: str,
    place: Mapping[str, Any] | None = None,
) -> None:
    """Save the answers about an offer in one transaction, as `save` does, with their source; and confirm the record.

    The source is added to the sources that the record names already. What somebody else changed meanwhile in other
    fields stays. Raises Faulty, Conflict (somebody else answered the same question otherwise) and UserError as `save`.
    """
    inventory.demand(actor, Action.CONFIRM)

    def saved(over: int) -> None:
        said = versions.current(inventory, TABLE, record_id) or {}
        confirmed = {"assured_on": inventory.today(), "assured_by": actor.name}
        entries = {**values, f"{TABLE}_id": record_id, "source": _with(said.get("source"), source), **confirmed}
        save(inventory, TABLE, entries, over, actor, source or None, key, place)

    try:
        saved(version)
    except Conflict as conflict:
        asked = {*values, *(("location_id",) if place else ())}
        if any(clash.both for clash in conflict.clashes if clash.field in asked):
            raise
        saved(conflict.version)


def nobody_knows(inventory: Inventory, record_ids: Sequence[str], actor: Actor, source: str) -> None:
    """Note at these offers that somebody asked today and nobody knew, with the source, in one transaction.

    It confirms nothing. Offers that are gone meanwhile are left out.
    """
    with inventory.change(actor, Action.EDIT_RECORDS, source or None) as change:
        found = [versions.current(change, TABLE, key) for key in record_ids]
        rows = [
            {
                **{name: record[name] for name in (f"{TABLE}_id", "version")},
                "asked_on": inventory.today(),
                "source": _with(record["source"], source),
            }
            for record in found
            if record is not None
        ]
        if rows:
            change.update(TABLE, rows)


def _with(known: str | None, source: str) -> str | None:
    """The sources of a record and one more, each once."""
    named = [part for part in (known or "").split(_SEPARATOR) if part]
    return _SEPARATOR.join([*named, *([source] if source and source not in named else [])]) or None
