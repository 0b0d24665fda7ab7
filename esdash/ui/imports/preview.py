"""Step 3, first half: the preview, with five figures and their rows."""

from dataclasses import dataclass
from typing import Any

import pandas as pd
import streamlit as st

from esdash import exports
from esdash.inventory import Inventory, importing
from esdash.inventory.importing import Plan
from esdash.texts import Text
from esdash.ui.imports import prepared, questions
from esdash.ui.imports.prepared import Prepared
from esdash.ui.imports.upload import XLSX
from esdash.ui.imports.work import Work
from esdash.ui.widgets import tables
from esdash.wording import imports as wording
from esdash.wording import labels
from esdash.wording.columns import Column
from esdash.wording.escaping import plain

TILES = ("new", "changed", "unchanged", "open", "faulty")
VIEWS = ("questions", "changed", "new", "beside", "faulty")
# Said by the page in other ways.
_SAID = {"import.notice_already", "import.notice_unmatched", "import.notice_left_out", "import.notice_learned"}
ROWS_SHOWN = 500  # rows shown per table
NOTICES_OPEN = 4  # notices that stand unfolded
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
    counts = plan.counts
    with st.container(horizontal=True, gap="small"):
        for name in TILES:
            with st.container(border=True, width=150):
                st.metric(
                    text(f"imports.tile_{name}"), text.number(counts[name]), help=text(f"imports.tile_{name}_help")
                )
    if plan.incomplete:
        st.caption(text.count("imports.incomplete", plan.incomplete))
    changed = [row for row in plan.rows if row.differences or row.declined]
    numbers = {**counts, "questions": len(plan.questions), "changed": len(changed), "beside": len(plan.beside)}
    numbers["faulty"] = len({fault.row for fault in plan.faults})
    views = [name for name in VIEWS if numbers[name]]
    if not views:
        st.info(text("imports.nothing_to_see"))
        return
    key = work.key("view")
    if st.session_state.get(key) not in views:
        st.session_state[key] = views[0]
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
    if view == "questions":
        questions.show(inventory, work, found, text)
    else:
        {"changed": _changed, "new": _new, "beside": _beside, "faulty": _faulty}[str(view)](shown)


def _notices(work: Work, found: Prepared, plan: Plan, text: Text) -> None:
    if found.renewed:
        st.info(text("imports.renewed"))
        found.renewed = False  # each message once
    if plan.already_imported:
        st.warning(text("imports.already", day=plan.already_imported, file=plain(plan.file_name)))
    every = [notice for notice in plan.notices if notice.key not in _SAID]
    told, more = wording.bounded(every)
    if told:
        lines = [
            plain(text(one.key, **{name: text.value(value) for name, value in one.values.items()})) for one in told
        ]
        lines += [text("import_hsds.more_on_page", n=more)] if more else []
        with st.expander(text.count("imports.notices", len(every)), expanded=len(told) <= NOTICES_OPEN):
            st.markdown("\n".join(f"- {line}" for line in lines))


def _changed(shown: Shown) -> None:
    """Every field that the file would change; those that are ticked stay as they are."""
    text, plan = shown.text, shown.plan
    words = prepared.words_of(shown.inventory, plan, text)
    changed = [row for row in plan.rows if row.differences or row.declined]
    rows, places = [], []
    order = [field.name for field in plan.kind.fields]
    for row in changed[:ROWS_SHOWN]:
        for one in sorted((*row.differences, *row.declined), key=lambda one: order.index(one.field)):
            values = words.value(one.field, one.before), words.value(one.field, one.after)
            rows.append((row.number, row.label, labels.label_of(text, plan.kind.table, one.field), *values))
            places.append({(row.number, one.field)})
    names, widths = ("row", "record", "field", "before", "after"), (8, 34, 22, 34, 34)
    _declining(shown, "changed", len(changed), rows, places, names, widths)


def _declining(
    shown: Shown,
    name: str,
    total: int,
    rows: list[tuple[Any, ...]],
    places: list[set[tuple[int, str]]],
    names: tuple[str, ...],
    widths: tuple[int, ...],
) -> None:
    """A table of changes, each with the rows and fields that say it; a ticked one is declined."""
    work = shown.work
    st.caption(shown.text("imports.decline_why"))
    ticked = [position for position, place in enumerate(places) if place & work.declined]
    chosen = set(_table(shown, name, total, rows, names, widths, ticked=ticked))
    declined = {one for position, place in enumerate(places) if position in chosen for one in place}
    every = {one for place in places for one in place}
    if declined != work.declined & every:
        work.declined = (work.declined - every) | declined
        st.rerun()


def _beside(shown: Shown) -> None:
    """Known records of other tables that the import changes, each change to be declined; and the new ones."""
    text, plan = shown.text, shown.plan
    known: list[tuple[Any, ...]] = []
    answered: list[tuple[Any, ...]] = []
    new: list[tuple[Any, ...]] = []
    places: list[set[tuple[int, str]]] = []
    for one in plan.beside[:ROWS_SHOWN]:
        words = prepared.words_of(shown.inventory, plan, text, one.table)
        numbers = ", ".join(map(str, one.rows))
        record = numbers, labels.kind(text, one.table), words.name(one.table, one.record_id)
        for change in (*one.differences, *one.declined):
            values = words.value(change.field, change.before), words.value(change.field, change.after)
            known.append((*record, labels.label_of(text, one.table, change.field), *values))
            places.append({(number, f"location_{change.field}") for number in one.rows})
        filled = [
            field for field in words.kind.fields if field.type != "key" and one.values.get(field.name) is not None
        ]
        if one.version is None:
            new += [
                (*record, labels.label(text, field), words.value(field.name, one.values[field.name]))
                for field in filled
            ]
    names, widths = ("rows", "what", "record", "field", "before", "after"), (10, 16, 30, 20, 28, 28)
    if known:
        _declining(shown, "beside", len(plan.beside), known, places, names, widths)
    if answered:
        _table(shown, "beside_answered", len(answered), answered, names, widths)
    if new:
        _table(shown, "beside_new", len(new), new, names[:4] + names[5:], widths[:4] + widths[5:])


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


def _faulty(shown: Shown) -> None:
    text, plan = shown.text, shown.plan
    rows: list[tuple[Any, ...]] = []
    named = wording.in_records(plan, text)
    for fault in plan.faults[:ROWS_SHOWN]:
        said = named(fault, _without_place(wording.advice(text, fault)))
        rows.append((fault.row, fault.column, fault.value or text("imports.empty_cell"), said))
    _table(shown, "faulty", len(plan.faults), rows, ("row", "sheet_column", "value", "advice"), (8, 24, 24, 90))
    faulty_file(plan, text, shown.work.key("faulty_file"))
    st.caption(text("imports.faulty_why"))


def _without_place(sentence: str) -> str:
    """A message without "Zeile 4, Spalte „X“:", because the table has columns for these."""
    return sentence.partition(": ")[2] or sentence


def faulty_file(plan: Plan, text: Text, key: str) -> None:
    """The button for the file of faulty rows, to send back."""

    def content() -> bytes:
        advised: dict[int, list[str]] = {}
        columns: dict[int, set[str]] = {}
        for fault in plan.faults:
            advised.setdefault(fault.row, []).append(wording.advice(text, fault))
            columns.setdefault(fault.row, set()).add(fault.column)
        rows = [
            exports.FaultyRow(row.cells, row.beyond, advised[row.number], frozenset(columns[row.number]))
            for row in plan.table.rows
            if row.number in advised
        ]
        return exports.faulty_file(plan.table.header, rows, text, properties=importing.told_with(plan))

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
    ticked: list[int] | None = None,
) -> list[int]:
    """The table; with `ticked`, the positions of its rows that are ticked, at first these."""
    text = shown.text
    headings = [text("imports.column_row"), *called] if called else [text(f"imports.column_{name}") for name in names]
    columns = [
        Column(column, heading, "integer" if column == "row" else "text", width)
        for column, heading, width in zip(names, headings, widths, strict=True)
    ]
    frame = pd.DataFrame(rows, columns=list(names))
    if ticked is not None:  # the table is another one, without ticks, when its rows are others
        frame.insert(0, "place", [f"{one[0]} {one[1]} {one[-3]}" for one in rows])
    key, alt = shown.work.key(f"table_{name}"), text(f"imports.view_{name}", n=total)
    if ticked is None:
        tables.show(frame, columns, text, key, alt, height=360)
        chosen = []
    else:
        chosen = tables.ticking(frame, columns, text, key, alt, height=360, ticked=ticked, clicked=False).rows
    if total > ROWS_SHOWN:
        st.caption(text("imports.first_rows", n=ROWS_SHOWN, of=total))
    return chosen
