"""Step 3, first half: the preview, with five figures and their rows."""

from dataclasses import dataclass
from typing import Any

import pandas as pd
import streamlit as st

from esdash import exports
from esdash.inventory import Inventory
from esdash.inventory.importing import Plan
from esdash.texts import Text
from esdash.ui.imports import alike, prepared
from esdash.ui.imports.prepared import Prepared
from esdash.ui.imports.upload import XLSX
from esdash.ui.imports.work import Work
from esdash.ui.widgets import tables
from esdash.wording import labels
from esdash.wording.columns import Column
from esdash.wording.escaping import plain

TILES = ("new", "changed", "unchanged", "alike", "faulty")
VIEWS = ("changed", "new", "alike", "faulty")
ROWS_SHOWN = 500  # rows shown per table
FIELDS_SHOWN = 6  # fields shown of a new record


@dataclass(frozen=True)
class Shown:
    """The input of the tables of the preview."""

    inventory: Inventory
    work: Work
    found: Prepared
    plan: Plan
    text: Text


def show(inventory: Inventory, work: Work, found: Prepared, text: Text) -> None:
    """The figures, the notices, and the rows."""
    plan = found.plan
    if plan is None:
        return
    _notices(work, found, plan, text)
    counts = {**plan.counts, "alike": len(found.undecided)}
    with st.container(horizontal=True, gap="small"):
        for name in TILES:
            with st.container(border=True, width=150):
                st.metric(
                    text(f"imports.tile_{name}"), text.number(counts[name]), help=text(f"imports.tile_{name}_help")
                )
    numbers = {**counts, "alike": len(found.alike)}
    views = [name for name in VIEWS if numbers[name]]
    if not views:
        st.info(text("imports.nothing_to_see"))
        return
    key = work.key("view")
    if st.session_state.get(key) not in views:
        st.session_state[key] = _first(views, counts)
    else:
        st.session_state[key] = st.session_state[key]  # labels with changing counts would make a new widget
    view = st.segmented_control(
        text("imports.view"),
        views,
        format_func=lambda name: text(f"imports.view_{name}", n=numbers[name]),
        key=key,
        required=True,
        label_visibility="collapsed",
    )
    shown = Shown(inventory, work, found, plan, text)
    {"changed": _changed, "new": _new, "alike": _alike, "faulty": _faulty}[str(view)](shown)


def _first(views: list[str], counts: dict[str, int]) -> str:
    """The table to show first: rows that need a decision, then changes."""
    wanted = next((name for name in ("alike", "changed", "new") if counts[name]), None)
    return wanted if wanted in views else views[0]


def _notices(work: Work, found: Prepared, plan: Plan, text: Text) -> None:
    if found.renewed:
        st.info(text("imports.renewed"))
        found.renewed = False  # each message once
    if plan.already_imported:
        st.warning(text("imports.already", day=plan.already_imported, file=plain(plan.file_name)))
    for notice in plan.notices:
        if notice.key in ("import.notice_sheets", "import.notice_locations"):
            values = {name: plain(text.value(value)) for name, value in notice.values.items()}
            st.caption(text(notice.key, **values))


def _changed(shown: Shown) -> None:
    words = prepared.words_of(shown.inventory, shown.plan, shown.text)
    rows = []
    changed = [row for row in shown.plan.rows if row.state == "changed"]
    for row in changed[:ROWS_SHOWN]:
        for difference in row.differences:
            name = difference.field
            values = words.value(name, difference.before), words.value(name, difference.after)
            rows.append((row.number, row.label, labels.label_of(shown.text, shown.plan.kind.table, name), *values))
    _table(shown, "changed", len(changed), rows, ("row", "record", "field", "before", "after"), (8, 34, 22, 34, 34))


def _new(shown: Shown) -> None:
    plan = shown.plan
    words = prepared.words_of(shown.inventory, plan, shown.text)
    new = [row for row in plan.rows if row.state == "new"]
    filled = [f.name for f in plan.kind.fields if f.type != "key" and any(f.name in row.values for row in new)]
    names = filled[:FIELDS_SHOWN]
    rows = [
        (
            row.number,
            *(words.value(name, row.values[name], row.values) if name in row.values else None for name in names),
        )
        for row in new[:ROWS_SHOWN]
    ]
    called = [labels.label_of(shown.text, plan.kind.table, name) for name in names]
    _table(shown, "new", len(new), rows, ("row", *names), (8, *(30 for _ in names)), called)


def _alike(shown: Shown) -> None:
    alike.show(shown.inventory, shown.work, shown.found, shown.text)


def _faulty(shown: Shown) -> None:
    text, plan = shown.text, shown.plan
    rows: list[tuple[Any, ...]] = []
    for fault in plan.faults[:ROWS_SHOWN]:
        what, hint = text.error(fault.error)
        rows.append((fault.row, fault.column, fault.value or None, f"{_without_place(what)} {hint}"))
    _table(shown, "faulty", len(plan.faults), rows, ("row", "sheet_column", "value", "advice"), (8, 24, 24, 90))
    faulty_file(plan, text, shown.work.key("faulty_file"))
    st.caption(text("imports.faulty_why"))


def _without_place(sentence: str) -> str:
    """A message without "Zeile 4, Spalte „X“:", because the table has columns for these."""
    return sentence.partition(": ")[2] or sentence


def faulty_file(plan: Plan, text: Text, key: str) -> None:
    """The button for the file of faulty rows, to send back."""

    def content() -> bytes:
        advice: dict[int, list[str]] = {}
        columns: dict[int, set[str]] = {}
        for fault in plan.faults:
            advice.setdefault(fault.row, []).append(" ".join(text.error(fault.error)))
            columns.setdefault(fault.row, set()).add(fault.column)
        rows = [
            exports.FaultyRow(row.cells, row.beyond, advice[row.number], frozenset(columns[row.number]))
            for row in plan.table.rows
            if row.number in advice
        ]
        return exports.faulty_file(plan.table.header, rows, text)

    stem = plan.file_name.rpartition(".")[0] or plan.file_name
    st.download_button(
        text("imports.faulty_download"),
        content,
        text("imports.faulty_file", stem=stem),
        XLSX,
        key=key,
        on_click="ignore",
    )


def _table(
    shown: Shown,
    name: str,
    total: int,
    rows: list[tuple[Any, ...]],
    names: tuple[str, ...],
    widths: tuple[int, ...],
    called: list[str] | None = None,
) -> None:
    text = shown.text
    headings = [text("imports.column_row"), *called] if called else [text(f"imports.column_{name}") for name in names]
    columns = [
        Column(column, heading, "integer" if column == "row" else "text", width)
        for column, heading, width in zip(names, headings, widths, strict=True)
    ]
    frame = pd.DataFrame(rows, columns=list(names)).astype({"row": int})
    key = shown.work.key(f"table_{name}")
    tables.show(frame, columns, text, key, text(f"imports.view_{name}", n=total), height=360)
    if total > ROWS_SHOWN:
        st.caption(text("imports.first_rows", n=ROWS_SHOWN, of=total))
