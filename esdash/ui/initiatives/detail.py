"""One initiative: everything known, and since when."""

from __future__ import annotations

from typing import Any

import streamlit as st

from esdash.analysis.maintenance import keeping
from esdash.analysis.records import records
from esdash.inventory import Inventory
from esdash.model.kinds import BY_TABLE
from esdash.texts import Text
from esdash.ui.entry import actions, history
from esdash.ui.shell import messages
from esdash.ui.widgets import badges
from esdash.ui.widgets.facts import fact
from esdash.ui.widgets.names import values_of
from esdash.wording import labels
from esdash.wording.escaping import plain
from esdash.wording.names import Names

_ABOVE = ("description", "partner_ids")  # stand in the head


def initiative(inventory: Inventory, initiative_id: str, text: Text, names: Names) -> None:
    """The detail view; a message where there is no such initiative."""
    record = records.initiative(inventory, initiative_id)
    if record is None:
        st.title(text("detail.unknown"), anchor=False)
        st.warning(text("detail.missing"))
        return
    st.title(plain(record["name"]), anchor=False)
    st.text(record["organization"] if not record["partner_ids"] else _with_partners(record, text, names))
    with st.container(horizontal=True, gap="small"):
        badges.state(text, record["status_today"], record["freshness"])
    _toolbar(inventory, text, record["initiative_id"])
    if record["description"]:
        st.text(record["description"])
    left, right = st.columns(2, gap="medium")
    with left:
        _facts(inventory, text, record, "left")
    with right:
        _facts(inventory, text, record, "right")
    _history(inventory, text, record["initiative_id"])


def _toolbar(inventory: Inventory, text: Text, record_id: str) -> None:
    """What was done just now, and the way to confirm and edit without leaving, to everything else by a link."""
    messages.show()
    found = keeping.record(inventory, "initiative", record_id)
    if found:
        actions.short_toolbar(inventory, text, found)


def _facts(inventory: Inventory, text: Text, record: dict[str, Any], side: str) -> None:
    """Name and value side by side; a value of users is shown as it is, never read as Markdown."""
    words = values_of(inventory, text, "initiative")
    instead = {"location_id": _where(record, text), "contact_id": _reach(inventory, record)}
    for field in BY_TABLE["initiative"].on_page(side):
        if field.name not in _ABOVE:
            value = instead.get(field.name) or words.value(field.name, record[field.name], record)
            with fact(labels.label(text, field)):
                st.text(value)
    table, name = ("location", "barrier_free") if side == "left" else ("initiative", "assured_on")
    with fact(labels.label_of(text, table, name)):
        st.text(text.value(record[name]))


def _where(record: dict[str, Any], text: Text) -> str:
    """The place with its address; of what is online that it is."""
    address = " ".join(part for part in (record["street"], record["postcode"]) if part)
    place = ", ".join(part for part in (record["place"], address, record["district"]) if part)
    return labels.choice(text, "mode", "online") if record["mode"] == "online" else place


def _reach(inventory: Inventory, record: dict[str, Any]) -> str:
    """The contact, and how to reach the person as far as consent goes."""
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
