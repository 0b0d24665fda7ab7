"""The part of Importieren for answer sheets of the city: the sheet in, what it would store, storing it as a whole."""

from datetime import date
from typing import Any

import pandas as pd
import streamlit as st

from esdash.errors import UserError
from esdash.inventory import Inventory
from esdash.inventory.access import Action, Actor
from esdash.inventory.importing import Fault, Table, answer_sheets
from esdash.inventory.importing.answer_sheets import SheetPlan, SheetRow
from esdash.texts import Text
from esdash.ui.imports import work
from esdash.ui.imports.choice import IMPORTS
from esdash.ui.shell import author, messages, page, url
from esdash.ui.widgets import tables
from esdash.wording import answers as words
from esdash.wording.columns import Column
from esdash.wording.escaping import bold, plain

GIVEN, FOUND, COMPLAINT, UPLOADS, DAY = (f"sheet_{name}" for name in ("given", "found", "complaint", "uploads", "day"))
MEGABYTES = 20  # as server.maxUploadSize
FAULTS_SHOWN = 20
STATES = ("new", "changed", "unchanged", "open")


def show(inventory: Inventory, text: Text) -> None:
    """The upload field; below it what the sheet says, and the button that stores it."""
    if not page.allowed(inventory, text, Action.IMPORT_ANSWERS):
        return
    with st.container(border=True):
        _ask(text)
    table = st.session_state.get(GIVEN)
    if not isinstance(table, Table):
        return
    with st.container(border=True):
        page.heading(text("sheet_import.check", file=plain(table.name)))
        try:
            plan = _planned(inventory, table, st.session_state.get(DAY))
        except UserError as error:
            _complaint(error, text)
            return
        _preview(inventory, plan, text)
        _button(inventory, plan, text)


def take(name: str, content: bytes) -> bool:
    """Open a file in this part if it is an answer sheet; returns whether it is one."""
    with work.as_file(name, content) as path:
        table = answer_sheets.recognised(path)
    if table is None:
        return False
    _forget()
    st.session_state[GIVEN] = table
    IMPORTS.part = "answers"
    return True


def _ask(text: Text) -> None:
    page.heading(text("sheet_import.file"))
    key = f"{UPLOADS}_{st.session_state.get(UPLOADS, 0)}"
    st.file_uploader(
        text("sheet_import.upload"),
        key=key,
        max_upload_size=MEGABYTES,
        help=text("sheet_import.upload_help"),
        on_change=_read,
        args=(key,),
    )
    if isinstance(error := st.session_state.get(COMPLAINT), UserError):
        _complaint(error, text)
    url.link("priorities", text("sheet_import.to_answers"), priorities="answers")


def _read(key: str) -> None:
    uploaded = st.session_state.get(key)
    _forget()
    if uploaded is None:
        return
    try:
        with work.as_file(uploaded.name, uploaded.getvalue()) as path:
            st.session_state[GIVEN] = answer_sheets.read(path)
    except UserError as error:
        st.session_state[COMPLAINT] = error


def _forget() -> None:
    for name in (GIVEN, FOUND, COMPLAINT, DAY):
        st.session_state.pop(name, None)


def _planned(inventory: Inventory, table: Table, day: date | None) -> SheetPlan:
    """The plan, made once for each state of the inventory. Raises UserError for a sheet that fits no version."""
    mark = (inventory.state, inventory.today(), table.sha256, day)
    known: tuple[object, SheetPlan] | None = st.session_state.get(FOUND)
    if known is None or known[0] != mark:
        known = st.session_state[FOUND] = (mark, answer_sheets.plan(inventory, table, day))
    return known[1]


def _complaint(error: UserError, text: Text) -> None:
    what, hint = text.error(error)
    st.error(f"{plain(what)}  \n{plain(hint)}")


def _preview(inventory: Inventory, plan: SheetPlan, text: Text) -> None:
    if plan.already_imported:
        st.warning(text("imports.already", day=plan.already_imported, file=plain(plan.table.name)))
    if plan.faults:
        _faults(plan, text)
        return
    counts = {state: len([row for row in plan.rows if row.state == state]) for state in STATES}
    said = ", ".join(text.count(f"sheet_import.count_{state}", counts[state]) for state in STATES if counts[state])
    st.markdown(text("sheet_import.sentence", number=bold(str(plan.number)), said=said))
    for notice in plan.notices:
        st.caption(plain(text(notice.key, **notice.values)))
    if plan.undated:
        st.date_input(
            text("sheet_import.day"),
            plan.answered_on,
            key=DAY,
            max_value=inventory.today(),
            format=text("form.date_input"),
            help=text("sheet_import.day_help"),
            width=320,
        )
    _rows([row for row in plan.rows if row.state in ("new", "changed")], plan, text)


def _rows(rows: list[SheetRow], plan: SheetPlan, text: Text) -> None:
    """The answers that would be stored, with the one before."""
    if not rows:
        return
    frame = pd.DataFrame([_cells(row, plan, text) for row in rows])
    before = [("before", 40)] if any(row.before for row in rows) else []
    widths = [("row", 7), ("title", 40), ("verdict", 26), ("reason", 40), ("office", 22), *before]
    columns = [
        Column(name, text(f"sheet_import.column_{name}"), "integer" if name == "row" else "text", width)
        for name, width in widths
    ]
    tables.show(frame, columns, text, "sheet_rows", text("sheet_import.rows_alt", n=len(rows)), height=360)


def _cells(row: SheetRow, plan: SheetPlan, text: Text) -> dict[str, Any]:
    answer = row.answer
    assert answer is not None
    said = {"verdict": answer.verdict, "answered_on": answer.answered_on or plan.answered_on}
    return {
        **{"row": row.number, "title": row.title, "verdict": words.in_brief(said, text)},
        **{"reason": answer.reason or "", "office": answer.responsible_office or ""},
        "before": words.in_brief(row.before, text) if row.before else "",
    }


def _faults(plan: SheetPlan, text: Text) -> None:
    """What is wrong, cell by cell; with one fault nothing is stored."""
    st.error(text.count("sheet_import.faulty", len(plan.faults)))
    st.markdown("\n".join(f"- {plain(_said(fault, text))}" for fault in plan.faults[:FAULTS_SHOWN]))
    if len(plan.faults) > FAULTS_SHOWN:
        st.caption(text("imports.first_rows", n=FAULTS_SHOWN, of=len(plan.faults)))


def _said(fault: Fault, text: Text) -> str:
    """The message of a fault with its hint; it begins with the row, and the column where one cell is wrong."""
    what, hint = text.error(fault.error)
    row = text("sheet_import.row", row=str(fault.row))
    if what.startswith(row):
        return f"{what} {hint}"
    place = text("sheet_import.cell", row=row, column=fault.column) if fault.column else row
    return f"{place}: {what} {hint}"


def _button(inventory: Inventory, plan: SheetPlan, text: Text) -> None:
    number = len(plan.news)
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        st.button(
            text.count("sheet_import.run", number) if number else text("sheet_import.run_nothing"),
            key="sheet_run",
            type="primary",
            disabled=not number or bool(plan.faults),
            on_click=_run,
            args=(inventory, plan, text),
        )


@author.first
def _run(inventory: Inventory, plan: SheetPlan, text: Text) -> None:
    def act(actor: Actor) -> None:
        answer_sheets.run(inventory, plan, actor, text("imports.reason", file=plan.table.name))

    number = len(plan.news)
    if page.act(inventory, text, Action.IMPORT_ANSWERS, act):
        messages.tell("done", text.count("sheet_import.done", number, version=plan.number))
        st.session_state[UPLOADS] = st.session_state.get(UPLOADS, 0) + 1
        _forget()
