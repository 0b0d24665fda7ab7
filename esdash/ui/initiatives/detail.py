"""One initiative: everything known, and since when."""

from __future__ import annotations

from typing import Any

import streamlit as st

from esdash.analysis.maintenance import keeping
from esdash.analysis.records import records
from esdash.inventory import Inventory
from esdash.texts import Text
from esdash.ui.entry import actions, history, wording
from esdash.ui.widgets.facts import fact
from esdash.wording import listing
from esdash.wording.escaping import plain
from esdash.wording.names import Names


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
        st.badge(text(f"status.{record['status_today']}"), color="blue" if record["running"] else "gray")
        st.badge(wording.light(text, record["freshness"]), color=wording.LIGHT_COLOURS[record["freshness"]])
    _toolbar(inventory, text, record["initiative_id"])
    if record["description"]:
        st.text(record["description"])
    left, right = st.columns(2, gap="medium")
    with left:
        _facts(_who_and_where(record, text, names), text)
    with right:
        _facts(_how_many_and_whom(inventory, record, text), text)
    _history(inventory, text, record["initiative_id"])


def _toolbar(inventory: Inventory, text: Text, record_id: str) -> None:
    """What was done just now, and the way to confirm and edit without leaving, to everything else by a link."""
    actions.show_said()
    found = keeping.record(inventory, "initiative", record_id)
    if found:
        actions.short_toolbar(inventory, text, found)


def _who_and_where(record: dict[str, Any], text: Text, names: Names) -> dict[str, Any]:
    address = " ".join(part for part in (record["street"], record["postcode"]) if part)
    place = ", ".join(part for part in (record["place"], address, record["district"]) if part)
    return {
        "themes": names.all("theme", record["theme_ids"]),
        "target_groups": names.all("target_group", record["target_group_ids"]),
        "languages": names.all("language", record["language_ids"]),
        "when": listing.weekly(record["times"], text),
        "where": text("mode.online") if record["mode"] == "online" else place or None,
        "districts_served": text("detail.not_limited")
        if record["district_ids"] is None
        else names.all("district", record["district_ids"]),
        "barrier_free": record["barrier_free"],
        "cost": record["cost"],
    }


def _how_many_and_whom(inventory: Inventory, record: dict[str, Any], text: Text) -> dict[str, Any]:
    contact = records.contact(inventory, record["contact_id"])
    reach = [contact[name] for name in ("role", "name", "phone", "email") if contact[name]] if contact else []
    return {
        "capacity": record["capacity"],
        "waiting": record["waiting"],
        "volunteers_active": record["volunteers_active"],
        "volunteers_wanted": record["volunteers_wanted"],
        "contact": ", ".join(reach) or None,
        "started_on": record["started_on"],
        "ended_on": record["ended_on"] or (text("detail.open_end") if record["running"] else None),
        "assured_on": record["assured_on"],
        "source": record["source"],
        "note": record["note"] or "\N{EN DASH}",
    }


def _facts(facts: dict[str, Any], text: Text) -> None:
    """Name and value side by side; a value of users is shown as it is, never read as Markdown."""
    for name, value in facts.items():
        with fact(text(f"column.{name}")):
            st.text(text.value(value))


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
