"""The list of all records of a kind: search, filter, choose one to open or several to confirm."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
import streamlit as st

from esdash.analysis.maintenance import keeping
from esdash.inventory import Inventory
from esdash.model.kinds import TABLES
from esdash.texts import Text
from esdash.ui.entry import actions, wording
from esdash.ui.shell import url
from esdash.ui.widgets import tables
from esdash.wording.columns import Column
from esdash.wording.escaping import bold

DEFAULTS: dict[str, url.Value | None] = {"table": TABLES[0], "search": "", "state": "current", "light": "any"}
LIGHTS = ("any", "due", *keeping.LIGHTS)


def show(inventory: Inventory, text: Text) -> None:
    """The page without a record: what there is, and what to check."""
    st.query_params.pop("id", None)  # of a table that there is not
    st.title(text("entry.title"), anchor=False)
    _take(inventory)
    records, due = keeping.figures(inventory, st.session_state["table"])
    st.markdown(_sentence(text, st.session_state["table"], records, due))
    actions.show_said()
    table = _kind(text)
    search, state, light = _filters(inventory, text, table)
    url.give("entry", DEFAULTS)
    frame = keeping.listed(inventory, table, search, state, light)
    if frame.empty:
        _nothing(text, table, filtered=bool(records or search or state != "current" or light != "any"))
    else:
        _table(inventory, text, table, _worded(text, frame))
    actions.confirm_several(inventory, text)


def _take(inventory: Inventory) -> None:
    table = st.query_params.get("table", TABLES[0])
    states = keeping.states(inventory, table) if table in TABLES else []
    url.take("entry", DEFAULTS, {"table": TABLES, "state": {"current", "any", *states}, "light": LIGHTS})


def _kind(text: Text) -> str:
    """Which kind of records, and the way to enter one."""
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center", gap="small"):
        table = st.segmented_control(
            text("entry.kind"),
            TABLES,
            key="table",
            required=True,
            format_func=lambda name: text(f"entry.kind_{name}"),
            label_visibility="collapsed",
        )
        if st.button(text("entry.new"), key="new_record", type="primary"):
            actions.open_form(table=str(table), new="1")
    return str(table)


def _sentence(text: Text, table: str, records: int, due: int) -> str:
    if not records:
        return text("entry.sentence_empty", kind=text(f"entry.kind_{table}"))
    found = bold(text.count(f"entry.count_{table}", records))
    return text("entry.sentence" if due else "entry.sentence_all_good", found=found, due=bold(text.number(due)))


def _filters(inventory: Inventory, text: Text, table: str) -> tuple[str, str, str]:
    states = ["current", *keeping.states(inventory, table), "any"]
    if st.session_state["state"] not in states:  # another kind knows other ones
        st.session_state["state"] = "current"
    search, state, light = st.columns([2, 1, 1], vertical_alignment="bottom")
    words = search.text_input(text("entry.search"), key="search", placeholder=text(f"entry.search_{table}"))
    chosen_state = state.selectbox(
        text("facet.status"), states, key="state", format_func=lambda name: _state_option(text, table, name)
    )
    chosen_light = light.selectbox(
        text("facet.freshness"), LIGHTS, key="light", format_func=lambda name: _light_option(text, name)
    )
    return words or "", chosen_state, chosen_light


def _state_option(text: Text, table: str, name: str) -> str:
    return text(f"entry.state_{name}") if name in ("current", "any") else wording.state(text, table, name)


def _light_option(text: Text, name: str) -> str:
    return text(f"entry.light_{name}") if name in ("any", "due") else wording.light(text, name)


def _nothing(text: Text, table: str, filtered: bool) -> None:
    """An empty list says what to do next."""
    if filtered:
        st.info(text("entry.nothing_found"))
        st.button(text("initiatives.reset"), on_click=_reset, type="tertiary", key="entry_reset")
    else:
        st.info(text("entry.empty", kind=text(f"entry.kind_{table}")))
        url.link("imports", text("entry.to_imports"))


def _reset() -> None:
    for name in ("search", "state", "light"):
        st.session_state[name] = DEFAULTS[name]


def _table(inventory: Inventory, text: Text, table: str, frame: pd.DataFrame) -> None:
    """The buttons for the chosen rows stand above the table, so that they are in sight."""
    above = st.container()
    ids = frame["record_id"].tolist()
    # Rows are chosen by their place: another list, or one that was acted upon, starts with none chosen.
    key = f"records_{abs(hash(tuple(ids)))}_{actions.done()}"
    alt = text("entry.table_alt", n=len(frame), kind=text(f"entry.kind_{table}"))
    chosen = tables.choose_many(frame, _columns(text, table), text, key, alt, height=520)
    named = dict(zip(ids, frame["title"].tolist(), strict=True))
    with above:
        actions.for_selection(inventory, text, table, {record_id: named[record_id] for record_id in chosen})
    st.caption(text.count("entry.pick_hint", len(frame)))


def _worded(text: Text, frame: pd.DataFrame) -> pd.DataFrame:
    rows = frame.to_dict("records")
    return frame.assign(
        title=[wording.title(text, row) for row in rows],
        about=[_about(row) for row in rows],
        status_word=[wording.state(text, row["table_name"], row["status_today"]) for row in rows],
        light_word=[wording.light(text, row["light"]) for row in rows],
        reason_words=[
            ", ".join(text(f"record.reason_{reason}") for reason in row["reasons"] if reason not in ("never", "stale"))
            for row in rows
        ],
    )


def _about(row: Mapping[object, object]) -> str | None:
    """Beside the name: whose it is; of an organisation what it is, of a place where."""
    if row["table_name"] == "organization":
        return _known(row["organization_kind"])
    if row["table_name"] == "location":
        address = " ".join(filter(None, (_known(row["street"]), _known(row["postcode"]))))
        return ", ".join(filter(None, (address, _known(row["district"])))) or None
    return _known(row["organization"])


def _known(value: object) -> str | None:
    return value if isinstance(value, str) else None


def _columns(text: Text, table: str) -> list[Column]:
    about = {"organization": "column.kind", "location": "record.address"}.get(table, "column.organization")
    day = [Column("starts_on", text("column.starts_on"), "date")] if table == "session" else []
    return [
        *day,
        Column("name" if day else "title", text(f"record.kind_{table}"), "text", 40),
        Column("about", text(about), "text", 30),
        Column("status_word", text("column.status_word"), "text", 28),
        Column("light_word", text("column.freshness_word"), "text", 27),
        Column("assured_on", text("column.assured_on"), "date"),
        Column("reason_words", text("entry.to_check"), "text", 24),
    ]
