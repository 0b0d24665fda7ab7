"""The page of one initiative: all its fields, and its history."""

from typing import Any

import streamlit as st

from esdash.analysis.maintenance import keeping
from esdash.analysis.records import records
from esdash.inventory import Inventory
from esdash.texts import Text
from esdash.ui.entry import actions, history
from esdash.ui.shell import messages, page
from esdash.ui.widgets import record_detail
from esdash.wording import labels
from esdash.wording.escaping import plain
from esdash.wording.names import Names

_ABOVE = ("description", "partner_ids")  # shown in the head of the page


def initiative(inventory: Inventory, initiative_id: str, text: Text, names: Names) -> None:
    """The page of an initiative; a message if there is none with this id."""
    record = records.initiative(inventory, initiative_id)
    if record is None:
        page.title(text("detail.unknown"))
        st.warning(text("detail.missing"))
        return
    page.title(plain(record["name"]))
    st.text(record["organization"] if not record["partner_ids"] else _with_partners(record, text, names))
    found = keeping.record(inventory, "initiative", record["initiative_id"])
    assert found is not None  # "online" is in the list of fields
    record_detail.state(inventory, text, found)
    messages.show()
    actions.short_toolbar(inventory, text, found)
    if record["description"]:
        st.text(record["description"])
    instead = {"location_id": _where(record, text), "contact_id": _reach(inventory, record)}
    record_detail.facts(inventory, text, found, instead, _ABOVE)
    _history(inventory, text, record["initiative_id"])


def _where(record: dict[str, Any], text: Text) -> str:
    """The place with its address; for an online offer "online"."""
    address = " ".join(part for part in (record["street"], record["postcode"]) if part)
    place = ", ".join(part for part in (record["place"], address, record["district"]) if part)
    if place and record["barrier_free"] is not None:
        place += f" ({labels.label_of(text, 'location', 'barrier_free')}: {text.value(record['barrier_free'])})"
    return labels.choice(text, "mode", "online") if record["mode"] == "online" else place


def _reach(inventory: Inventory, record: dict[str, Any]) -> str:
    """The contact, with the person's name, mail and phone if there is consent."""
    contact = records.contact(inventory, record["contact_id"]) or {}
    return ", ".join(contact[name] for name in ("role", "name", "phone", "email") if contact.get(name))


def _history(inventory: Inventory, text: Text, record_id: str) -> None:
    since = history.since(inventory, text, "initiative", record_id)
    if since:
        st.caption(since)
    changes = history.count(inventory, "initiative", record_id)
    if changes > 1:
        with st.expander(text("detail.history", n=changes)):
            history.show(inventory, text, "initiative", record_id, keep=False)


def _with_partners(record: dict[str, Any], text: Text, names: Names) -> str:
    partners = names.all("organization", record["partner_ids"])
    return text("detail.with_partners", organization=record["organization"], partners=partners)
