"""The page of a record of any kind: its fields, records that refer to it, its history, its actions."""

import streamlit as st

from esdash.analysis.maintenance import keeping
from esdash.inventory import Inventory
from esdash.inventory.access import Action
from esdash.model.kinds import BY_TABLE
from esdash.texts import Text
from esdash.ui.entry import actions, erase, history, state, succession
from esdash.ui.shell import messages, page, url
from esdash.ui.widgets import attempt, record_detail, tables
from esdash.wording import labels, listing
from esdash.wording.columns import Column, headed
from esdash.wording.escaping import plain


def show(inventory: Inventory, text: Text, table: str, record_id: str) -> None:
    """The page of a record; a message and a link back if there is none with this id."""
    st.button(text("record.back"), on_click=state.close, type="tertiary", key="record_back")
    record = keeping.record(inventory, table, record_id)
    if record is None:
        page.title(text("record.unknown"))
        messages.show()
        st.warning(text("record.missing"))
        return
    _head(text, record)
    if record.record_id != record_id:
        st.info(text("record.merged"))
    messages.show()
    record_detail.state(inventory, text, record)
    succession.after(inventory, text, record)
    tried = _tried(text, record)
    actions.toolbar(inventory, text, record, lambda: attempt.button(inventory, text, "attempt", tried))
    _attempts(inventory, text, record)
    record_detail.facts(inventory, text, record)
    st.space("xsmall")
    _naming(inventory, text, record)
    page.heading(text("record.history"))
    history.show(inventory, text, table, record.record_id)
    history.dialog(inventory, text, table, record.record_id, record.values)
    erase.dialog(inventory, text, record.listed["name"])
    succession.dialog(inventory, text, record)


def _head(text: Text, record: keeping.Kept) -> None:
    listed = record.listed
    page.title(plain(labels.title(text, listed)))
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        st.text(labels.kind(text, listed["table_name"]))
        if listed["organization"] and listed["table_name"] != "organization":
            record_detail.link(listed["organization"], "organization", listed["organization_id"])


def _tried(text: Text, record: keeping.Kept) -> list[attempt.Target]:
    """Whom one can try to reach: a contact, or a contact point by a phone or mail of its own; nobody once archived."""
    table, values = record.listed["table_name"], record.values
    if record.listed["status"] == "archived":
        return []
    if table == "contact":
        return [attempt.Target("contact", record.record_id, values["role"])]
    if table == "contact_point" and (values["phone"] or values["email"]):
        return [attempt.Target("contact_point", record.record_id, text("attempt.place"))]
    return []


def _attempts(inventory: Inventory, text: Text, record: keeping.Kept) -> None:
    """The attempts to reach a contact, or a contact point by its own phone; the way to the contact point's own page."""
    table = record.listed["table_name"]
    if table == "contact_point":
        url.link("contact_points", text("points.on_page"), id=record.record_id)
        attempt.history(inventory, text, [], record.record_id)
    elif table == "contact":
        attempt.history(inventory, text, [record.record_id])


def _naming(inventory: Inventory, text: Text, record: keeping.Kept) -> None:
    """The records that refer to this one, and the button to enter another."""
    table = record.listed["table_name"]
    found = keeping.naming(inventory, table, record.record_id)
    follows = BY_TABLE[table].followed_by
    if found.empty and not follows:
        return
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        page.heading(text("record.naming", n=len(found)))
        if follows and page.may(inventory, Action.ENTER_RECORDS):
            url.link("entry", text(f"record.new_{follows}"), table=follows, new="1", **{table: record.record_id})
    if found.empty:
        st.caption(text("record.naming_none"))
        return
    alt = text("record.naming_alt", n=len(found))
    key = f"naming_{record.record_id}"

    def opened(record_id: str) -> None:
        row = rows[rows["record_id"] == record_id].iloc[0]
        record_detail.link(row["title"], row["table_name"], record_id)

    rows = listing.in_words(text, found)
    tables.opening(rows, _columns(text), text, key, alt, opened, height=300)


def _columns(text: Text) -> list[Column]:
    named = (("kind_word", "column.kind"), ("title", "record.name"), "status_word")
    return headed(text, "", *named, ("light_word", "column.freshness_word"), "assured_on")
