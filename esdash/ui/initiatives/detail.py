"""The page of one initiative: all its fields, and its history."""

from collections.abc import Callable
from functools import partial
from typing import Any

import streamlit as st

from esdash.analysis.maintenance import keeping
from esdash.analysis.records import records
from esdash.inventory import Inventory
from esdash.texts import Text
from esdash.ui.contact_points.ways import ways
from esdash.ui.entry import actions, history, mend
from esdash.ui.shell import messages, page, printing
from esdash.ui.widgets import record_detail
from esdash.ui.widgets.facts import fact
from esdash.wording import labels
from esdash.wording.entries import weekly
from esdash.wording.escaping import plain
from esdash.wording.names import Names

_ABOVE = ("description", "partner_ids")  # shown in the head of the page


def initiative(inventory: Inventory, initiative_id: str, names: Names, back: Callable[[], object]) -> None:
    """The page of an initiative; a message if there is none with this id. `back` draws the way to the list."""
    text = names.text
    record = records.initiative(inventory, initiative_id)
    if record is None:
        page.title(text("detail.unknown"))
        back()
        st.warning(text("detail.missing"))
        return
    page.title(plain(record["name"]))
    with st.container(horizontal=True, vertical_alignment="center", gap="medium"):
        st.text(record["organization"] if not record["partner_ids"] else _with_partners(record, text, names))
        back()
    found = keeping.record(inventory, "initiative", record["initiative_id"])
    assert found is not None  # "online" is in the list of fields
    record_detail.state(inventory, text, found)
    messages.show()
    actions.short_toolbar(inventory, text, found, lambda: _mend(inventory, text, record))
    if record["description"]:
        st.text(record["description"])
    instead: record_detail.Instead = {
        "location_id": _where(record, text),
        "contact_id": partial(_asked, inventory, record, text),
    }
    record_detail.facts(inventory, text, found, instead, _ABOVE)
    _history(inventory, text, record["initiative_id"])


def brief(inventory: Inventory, names: Names, initiative_id: str) -> None:
    """The opened offer above its list: how far it can be relied on, whom to ask and how, and when and where it is."""
    text, record = names.text, records.initiative(inventory, initiative_id)
    found = keeping.record(inventory, "initiative", initiative_id)
    if record is None or found is None:
        return
    st.text(record["organization"] if not record["partner_ids"] else _with_partners(record, text, names))
    record_detail.state(inventory, text, found)
    left, right = st.columns(2, gap="medium")
    with left, st.container(gap="xsmall"):
        with fact(labels.kind(text, "contact")):
            _asked(inventory, record, text)
        if record["website"]:
            _said("website", record["website"], text)
        _said("capacity", text.value(record["capacity"]), text)
    with right, st.container(gap="xsmall"):
        _said("times", weekly(record["times"], text), text)
        _said("location_id", _where(record, text) or text("word.unknown"), text)
        _said("target_group_ids", names.all("target_group", record["target_group_ids"]), text)
    with st.container(horizontal=True, gap="small"):
        _mend(inventory, text, record)


def _said(name: str, words: str, text: Text) -> None:
    with fact(labels.label_of(text, "initiative", name)):
        st.text(words)


def _mend(inventory: Inventory, text: Text, record: dict[str, Any]) -> None:
    mend.button(inventory, text, "contact", record["contact_id"])
    mend.button(inventory, text, "initiative", record["initiative_id"])


def _where(record: dict[str, Any], text: Text) -> str:
    """The place with its address; for an online offer "online"."""
    place = labels.address(record)
    if place and record["barrier_free"] is not None:
        place += f" ({labels.label_of(text, 'location', 'barrier_free')}: {text.value(record['barrier_free'])})"
    return labels.choice(text, "mode", "online") if record["mode"] == "online" else place


def _asked(inventory: Inventory, record: dict[str, Any], text: Text) -> None:
    """Whom to ask: the function, and the person, phone and mail if there is consent."""
    contact = records.contact(inventory, record["contact_id"])
    if contact is None:
        st.caption(text("word.unknown"))
        return
    who = ", ".join(plain(contact[name]) for name in ("role", "name") if contact[name])
    ways(who, contact["phone"], contact["email"], text)


def _history(inventory: Inventory, text: Text, record_id: str) -> None:
    since = history.since(inventory, text, "initiative", record_id)
    if since:
        st.caption(since)
    changes = history.count(inventory, "initiative", record_id)
    if changes > 1 and not printing.on():
        with st.expander(text("detail.history", n=changes)):
            history.show(inventory, text, "initiative", record_id, keep=False)


def _with_partners(record: dict[str, Any], text: Text, names: Names) -> str:
    partners = names.all("organization", record["partner_ids"])
    return text("detail.with_partners", organization=record["organization"], partners=partners)
