"""One record of any kind: everything known, what names it, what happened to it, what can be done with it."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from esdash.analysis.maintenance import keeping
from esdash.inventory import Inventory
from esdash.model.fields import Field
from esdash.model.kinds import BY_TABLE
from esdash.texts import Text
from esdash.ui.entry import actions, erase, history, state
from esdash.ui.shell import messages, page, url
from esdash.ui.widgets import badges, tables
from esdash.ui.widgets.facts import fact
from esdash.ui.widgets.names import values_of
from esdash.wording import labels
from esdash.wording.columns import Column
from esdash.wording.escaping import plain
from esdash.wording.values import Values

CONSENT_COLOURS: dict[str, badges.Colour] = {"public": "green", "internal": "blue", "missing": "red", "expired": "red"}


def show(inventory: Inventory, text: Text, table: str, record_id: str) -> None:
    """The page of a record; a message and the way back where there is none of this id."""
    st.button(text("record.back"), on_click=state.close, type="tertiary", key="record_back")
    record = keeping.record(inventory, table, record_id)
    if record is None:
        st.title(text("record.unknown"), anchor=False)
        messages.show()
        st.warning(text("record.missing"))
        return
    _head(text, record)
    if record.record_id != record_id:
        st.info(text("record.merged"))
    messages.show()
    _state(inventory, text, record)
    actions.toolbar(inventory, text, record)
    _facts(inventory, text, record)
    st.space("xsmall")
    _naming(inventory, text, record)
    page.heading(text("record.history"))
    history.show(inventory, text, table, record.record_id)
    history.dialog(inventory, text, table, record.record_id, record.values)
    erase.dialog(inventory, text, record.listed["name"])


def _head(text: Text, record: keeping.Kept) -> None:
    listed = record.listed
    st.title(plain(labels.title(text, listed)), anchor=False)
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        st.text(labels.kind(text, listed["table_name"]))
        if listed["organization"] and listed["table_name"] != "organization":
            _link(plain(listed["organization"]), "organization", listed["organization_id"])


def _state(inventory: Inventory, text: Text, record: keeping.Kept) -> None:
    """Status, traffic light and what else is to check, as words with a colour; then when it was confirmed."""
    listed = record.listed
    with st.container(horizontal=True, gap="small"):
        badges.state(text, listed["status_today"], listed["light"])
        for reason in listed["reasons"]:
            if reason not in ("never", "stale"):  # the light says it
                st.badge(text(f"record.reason_{reason}"), color="orange")
        if listed["table_name"] == "contact":
            consent = keeping.consent_state(inventory, record.values)
            if consent != "nobody":
                st.badge(text(f"record.consent_{consent}"), color=CONSENT_COLOURS[consent])
    if listed["assured_on"] is None:
        st.caption(text("record.never_confirmed"))
        return
    who = plain(text.value(listed["assured_by"]))
    key = "record.confirmed" if listed["holds_until"] is None else "record.confirmed_until"
    st.caption(text(key, day=listed["assured_on"], who=who, until=listed["holds_until"]))


def _facts(inventory: Inventory, text: Text, record: keeping.Kept) -> None:
    table = record.listed["table_name"]
    words = values_of(inventory, text, table)
    left, right = st.columns(2, gap="medium")
    for place, side in ((left, "left"), (right, "right")):
        with place:
            for field in BY_TABLE[table].on_page(side):
                with fact(labels.label(text, field)):
                    _fact(text, words, field, record.values)
    if table == "contact":
        right.caption(text(f"record.consent_{keeping.consent_state(inventory, record.values)}_help"))


def _fact(text: Text, words: Values, field: Field, values: dict[str, Any]) -> None:
    """A value as it is, never read as Markdown; names of other records lead to their pages."""
    name, value = field.name, values[field.name]
    target = words.target(name)
    if target and value:
        for named in value if isinstance(value, list) else [value]:
            _link(plain(words.name(target, named)), target, named)
    elif value is None and not field.meaning_of_missing(values):
        st.caption(words.value(name, value))
    else:
        st.text(words.value(name, value, values))


def _link(label: str, table: str, record_id: str) -> None:
    url.link("entry", label, table=table, id=record_id)


def _naming(inventory: Inventory, text: Text, record: keeping.Kept) -> None:
    """The records that name this one, and the way to enter the next."""
    table = record.listed["table_name"]
    found = keeping.naming(inventory, table, record.record_id)
    follows = BY_TABLE[table].followed_by
    if found.empty and not follows:
        return
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        page.heading(text("record.naming", n=len(found)))
        if follows:
            url.link("entry", text(f"record.new_{follows}"), table=follows, new="1", **{table: record.record_id})
    if found.empty:
        st.caption(text("record.naming_none"))
        return
    alt = text("record.naming_alt", n=len(found))
    key = f"naming_{record.record_id}"

    def opened(record_id: str) -> None:
        row = rows[rows["record_id"] == record_id].iloc[0]
        _link(plain(row["title"]), row["table_name"], record_id)

    rows = _worded(text, found)
    tables.opening(rows, _columns(text), text, key, alt, opened, height=300)


def _worded(text: Text, found: pd.DataFrame) -> pd.DataFrame:
    rows = found.to_dict("records")
    return found.assign(
        kind_word=[labels.kind(text, row["table_name"]) for row in rows],
        title=[labels.title(text, row) for row in rows],
        status_word=[labels.choice(text, "status", row["status_today"]) for row in rows],
        light_word=[labels.light(text, row["light"]) for row in rows],
    )


def _columns(text: Text) -> list[Column]:
    return [
        Column("kind_word", text("column.kind"), "text", 20),
        Column("title", text("record.name"), "text", 50),
        Column("status_word", labels.label_of(text, "initiative", "status"), "text", 18),
        Column("light_word", text("column.freshness_word"), "text", 28),
        Column("assured_on", labels.label_of(text, "initiative", "assured_on"), "date"),
    ]
