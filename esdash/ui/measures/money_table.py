"""Taking over the plan from a table: pasted or uploaded, previewed line by line, then taken over as a whole."""

from typing import Any, NamedTuple

import pandas as pd
import streamlit as st

from esdash.analysis.budget import budget
from esdash.errors import UserError
from esdash.inventory import Inventory
from esdash.inventory.access import Action, Actor
from esdash.inventory.importing import budget_table
from esdash.inventory.steering import budget as writing
from esdash.inventory.steering.budget_records import DIRECTIONS
from esdash.texts import Text
from esdash.ui.measures import money_state as state
from esdash.ui.measures.money_state import MONEY
from esdash.ui.shell import author, messages, page
from esdash.ui.widgets import tables
from esdash.wording import money as words
from esdash.wording.escaping import plain

WAITING = "money_table"  # key in the session of the table between reading and taking over
MEGABYTES = 20  # as server.maxUploadSize
FAULTS_SHOWN = 10


class Preview(NamedTuple):
    """A table as it was read, and what taking it over would do."""

    read: budget_table.Read
    differences: list[writing.Difference]


def usual(inventory: Inventory) -> dict[str, Any]:
    """Programme and funder of the last line: usually those of the next one."""
    rows = budget.plan(inventory).to_dict("records")
    return {name: rows[-1][name] for name in ("programme", "funder")} if rows else {}


def show(inventory: Inventory, text: Text) -> None:
    """The fields, and below them the preview of what was read."""
    st.caption(text("money.table_how"))
    known = usual(inventory)
    programme, funder, direction = st.columns([2, 2, 2])
    programme.text_input(
        text("money.programme"),
        known.get("programme") or "",
        key="money_table_programme",
        max_chars=120,
        placeholder=text("money.programme_example"),
    )
    funder.text_input(text("money.funder"), known.get("funder") or "", key="money_table_funder", max_chars=120)
    direction.radio(
        text("money.column_direction_word"),
        DIRECTIONS,
        format_func=lambda name: text(f"money.direction_{name}"),
        key="money_table_direction",
        horizontal=True,
    )
    paste, upload = st.columns(2, gap="large")
    with paste:
        st.text_area(
            text("money.table_paste"), key="money_table_words", height=140, placeholder=text("money.table_example")
        )
        st.button(text("money.table_read"), key="money_table_read", on_click=_pasted, args=(inventory, text))
    with upload:
        st.file_uploader(
            text("money.table_file"),
            type=["csv", "xlsx", "xls", "xlsb", "ods", "tsv", "txt"],
            key="money_table_file",
            max_upload_size=MEGABYTES,
            on_change=_uploaded,
            args=(inventory, text),
        )
    found = st.session_state.get(WAITING)
    if isinstance(found, Preview):
        _preview(inventory, text, found)


def _given() -> tuple[str, str, str | None]:
    return (
        state.written("money_table_programme"),
        str(st.session_state.get("money_table_direction") or DIRECTIONS[0]),
        state.written("money_table_funder") or None,
    )


def _pasted(inventory: Inventory, text: Text) -> None:
    _look(
        inventory,
        text,
        lambda: budget_table.pasted(state.written("money_table_words"), text("money.table_name"), *_given()),
    )


def _uploaded(inventory: Inventory, text: Text) -> None:
    file = st.session_state.get("money_table_file")
    if file is not None:
        _look(inventory, text, lambda: budget_table.read(file.name, file.getvalue(), *_given()))


def _look(inventory: Inventory, text: Text, read: Any) -> None:
    """Read the table and compare it with the plan; an error is shown instead."""
    messages.clear()
    st.session_state.pop(WAITING, None)
    try:
        table: budget_table.Read = read()
        differences = [] if table.faults else writing.compare(inventory, table.lines)
    except UserError as error:
        messages.refuse(text, error)
        return
    st.session_state[WAITING] = Preview(table, differences)


def _preview(inventory: Inventory, text: Text, found: Preview) -> None:
    if found.read.faults:
        st.error(text.count("money.table_faults", len(found.read.faults)))
        for fault in found.read.faults[:FAULTS_SHOWN]:
            why, hint = text.error(UserError(fault.key))
            cell = text("money.table_cell", row=str(fault.row), column=fault.column, value=fault.value)
            st.markdown(plain(f"{cell} {why} {hint}"))
        return
    total = {
        name: sum((one.line.planned_eur for one in found.differences if one.line.direction == name), budget.NOTHING)
        for name in DIRECTIONS
    }
    said = [
        text(f"money.table_total_{name}", amount=words.euro(total[name], text)) for name in DIRECTIONS if total[name]
    ]
    st.markdown(" ".join([text.count("money.table_lines", len(found.differences)), *map(plain, said)]))
    if found.read.unread_columns:
        st.caption(plain(text("money.table_unread", columns=", ".join(found.read.unread_columns))))
    rows = [
        {
            "change_word": text(f"money.change_{one.kind}", before=words.euro(one.before, text)),
            "category": one.line.category,
            "year": str(one.line.year),
            "direction_word": text(f"money.direction_{one.line.direction}"),
            "planned_eur": one.line.planned_eur,
        }
        for one in found.differences
    ]
    columns = words.named(text, *rows[0])
    alt = text("money.table_preview_alt", n=len(rows))
    tables.show(pd.DataFrame(rows, dtype=object), columns, text, "money_table_preview", alt, 300)
    with st.form("money_take", border=False):
        st.text_input(
            text("money.why_optional"),
            key="money_take_why",
            max_chars=state.LONGEST_REASON,
            placeholder=text("money.why_example"),
        )
        with st.container(horizontal=True):
            st.form_submit_button(
                text("money.table_take_now"), type="primary", on_click=_take, args=(inventory, text, found)
            )
            st.form_submit_button(text("money.table_leave"), on_click=_leave)


@author.first
def _take(inventory: Inventory, text: Text, found: Preview) -> None:
    taken: list[int] = []

    def act(actor: Actor) -> None:
        taken.append(writing.take(inventory, found.differences, actor, state.written("money_take_why")))

    if page.act(inventory, text, Action.PLAN_BUDGET, act):
        _leave()
        st.session_state["money_table_words"] = ""
        state.renew("line")  # the form for one line proposes the programme that is known now
        MONEY.view = "plan"
        messages.tell("done", text.count("money.table_taken", taken[0]))


def _leave() -> None:
    st.session_state.pop(WAITING, None)
