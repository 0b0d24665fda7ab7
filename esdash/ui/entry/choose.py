"""The list of all records of a kind: search, filter, choose one to open or several to confirm."""

import pandas as pd
import streamlit as st

from esdash.analysis.maintenance import keeping
from esdash.inventory import Inventory
from esdash.inventory.access import Action
from esdash.texts import Text
from esdash.ui.entry import actions
from esdash.ui.entry.state import ENTRY, Entry
from esdash.ui.shell import messages, page, printing, url
from esdash.ui.widgets import filters, search_notes, tables
from esdash.wording import labels, listing
from esdash.wording.columns import Column
from esdash.wording.escaping import bold

_NAMED = {"session": "course", "contact": "role"}  # Table → heading of the column "name", if it is not the usual one
_ABOUT = {"organization": "kind"}  # Table → heading of the column beside it, if it is not the organisation


def show(inventory: Inventory, text: Text) -> None:
    """The page without a chosen record: the list of a kind, and what is to check."""
    page.title(text("entry.title"))
    records, due = keeping.figures(inventory, ENTRY.table)
    st.markdown(_sentence(text, ENTRY.table, records, due))
    messages.show()
    table = _kind(inventory, text)
    with filters.folded(text, bool(ENTRY.search) + (ENTRY.status != "current") + (ENTRY.light != "any")):
        search, state, light = _filters(inventory, text, table)
    frame = listing.listed(inventory, text, table, search, state, light)
    by_fit = table != "session"  # dates stay in their order
    search_notes.show(inventory, text, table, Entry.search, search, frame["record_id"].tolist(), by_fit)
    if frame.empty:
        _nothing(text, table, filtered=bool(records or search or state != "current" or light != "any"))
    else:
        _table(inventory, text, table, frame)
    actions.confirm_several(inventory, text)


def _kind(inventory: Inventory, text: Text) -> str:
    """The choice of the kind of records, and the button to enter a new one."""
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center", gap="small"):
        table = filters.switch(Entry.table, text("entry.kind"), lambda name: labels.kind(text, name, several=True))
        entering = page.may(inventory, Action.ENTER_RECORDS)
        if entering and st.button(text("entry.new"), key="new_record", type="primary"):
            actions.open_form(table=table, new="1")
    return table


def _sentence(text: Text, table: str, records: int, due: int) -> str:
    if not records:
        return text("entry.sentence_empty", kind=labels.kind(text, table, several=True))
    found = bold(labels.counted(text, table, records))
    return text("entry.sentence" if due else "entry.sentence_all_good", found=found, due=bold(text.number(due)))


def _filters(inventory: Inventory, text: Text, table: str) -> tuple[str, str, str]:
    states = ["current", *keeping.states(inventory, table), "any"]
    if ENTRY.status not in states:  # the filters of another kind do not apply
        ENTRY.status = "current"
    search, state, light = st.columns([2, 1, 1], vertical_alignment="bottom")
    filters.typed(search, Entry.search, text("entry.search"), text(f"entry.search_{table}"))
    with state:
        filters.choice(Entry.status, text("facet.status"), states, lambda name: _state_option(text, table, name))
    with light:
        lights = Entry.light.options
        filters.choice(Entry.light, text("facet.freshness"), lights, lambda name: _light_option(text, name))
    return ENTRY.search, ENTRY.status, ENTRY.light


def _state_option(text: Text, table: str, name: str) -> str:
    return text(f"entry.state_{name}") if name in ("current", "any") else labels.choice(text, "status", name)


def _light_option(text: Text, name: str) -> str:
    return text(f"entry.light_{name}") if name in ("any", "due") else labels.light(text, name)


def _nothing(text: Text, table: str, filtered: bool) -> None:
    """What an empty list says: what to do next."""
    if filtered:
        st.info(text("entry.nothing_found"))
        printing.button(text("list.reset"), on_click=ENTRY.reset, args=("table",), type="tertiary", key="entry_reset")
    else:
        st.info(text("entry.empty", kind=labels.kind(text, table, several=True)))
        url.link("imports", text("entry.to_imports"))


def _table(inventory: Inventory, text: Text, table: str, frame: pd.DataFrame) -> None:
    """The table, with the buttons for the chosen rows above it, so that they are visible."""
    above = st.container()
    key = f"records_{actions.done()}"  # no row is chosen after an action
    alt = text("entry.table_alt", n=len(frame), kind=labels.kind(text, table, several=True))
    chosen = tables.ticking(frame, _columns(text, table), text, key, alt, height=520)
    picked = frame.loc[frame["record_id"].isin([chosen.clicked, *chosen.ticked]), ["record_id", "title"]]
    named = dict(picked.itertuples(index=False))
    with above:
        buttons, way = st.columns(2, vertical_alignment="center")
        with buttons:
            actions.for_selection(inventory, text, table, {record_id: named[record_id] for record_id in chosen.ticked})
        with way:
            if chosen.clicked:
                url.link("entry", bold(named[chosen.clicked]), table=table, id=chosen.clicked)
            else:
                printing.hint(text.count("entry.pick_hint", len(frame)))


def _columns(text: Text, table: str) -> list[Column]:
    about = (
        text("record.address")
        if table == "location"
        else labels.heading(text, table, _ABOUT.get(table, "organization"))
    )
    day = [Column("starts_on", labels.heading(text, table, "starts_on"), "date")] if table == "session" else []
    return [
        *day,
        Column("name" if day else "title", labels.heading(text, table, _NAMED.get(table, "name")), "text", 40),
        Column("about", about, "text", 30),
        Column("status_word", labels.heading(text, table, "status"), "text", 28),
        Column("light_word", text("column.freshness_word"), "text", 27),
        Column("assured_on", labels.heading(text, table, "assured_on"), "date"),
        Column("reason_words", text("entry.to_check"), "text", 24),
    ]
