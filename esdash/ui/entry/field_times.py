"""Weekly times as rows of weekday, begin and end, which also fit a telephone."""

from typing import Any

import streamlit as st

from esdash.model import times
from esdash.model.values import Wrong
from esdash.texts import Text
from esdash.ui.entry.field_widgets import NONE, Fields
from esdash.ui.entry.form_state import Form
from esdash.wording import labels

_ROWS, _NONE = "times rows", "times none"  # names of the widgets besides the rows
DAY_WIDTH, TIME_WIDTH = 132, 68  # pixels, so that a row with its button fits a telephone

Row = tuple[int | None, str, str]


def show(fields: Fields) -> None:
    """Draw the rows; returns a text that editing reads, an empty list for "none", None for unknown."""
    form, text = fields.form, fields.text
    before = form.before("times")
    initial: list[Row] = [(t["weekday"], f"{t['begins']:%H:%M}", f"{t['ends']:%H:%M}") for t in before or []]
    rows = form.entered.setdefault(_ROWS, list(range(max(1, len(initial)))))
    words = labels.label(text, fields.by_name["times"])
    st.markdown(f":small[{words}]", help=text("form_times.help"))
    none = bool(form.entered.get(_NONE, before == []))
    entered = [_row(fields, row, initial[row] if row < len(initial) else (None, "", "")) for row in rows if not none]
    with st.container(horizontal=True, vertical_alignment="center"):
        if not none:
            st.button(text("form_times.add"), key=form.widget("times add"), on_click=_add, args=(form,))
        none = st.checkbox(
            text("form_times.none"), key=form.hold(_NONE, before == []), on_change=_note_none, args=(form,)
        )
        form.entered[_NONE] = none
    fields.slots["times"] = st.container()
    if not none and _cut(_written(entered, text)):
        st.caption(text("form_times.cut"))
    form.note("times", NONE if before == [] else initial, NONE if none else _filled(entered))
    fields.said["times"] = {"times": [] if none else _written(entered, text)}


def _row(fields: Fields, row: int, initial: Row) -> Row:
    form, text = fields.form, fields.text
    names = [f"times {row} {part}" for part in ("day", "from", "to")]
    first = row == form.entered[_ROWS][0]
    visibility: Any = "visible" if first else "collapsed"
    with st.container(horizontal=True, vertical_alignment="bottom", gap="xsmall"):
        day = st.selectbox(
            text("form_times.weekday"),
            range(1, 8),
            key=form.hold(names[0], initial[0]),
            format_func=lambda number: text(f"weekday.{number}"),
            index=None,
            placeholder=text("form_entry.choose"),
            label_visibility=visibility,
            width=DAY_WIDTH,
        )
        begins, ends = (
            st.text_input(
                text(f"form_times.{part}"),
                key=form.hold(name, value),
                placeholder=example,
                label_visibility=visibility,
                width=TIME_WIDTH,
            )
            for part, name, value, example in zip(
                ("from", "to"), names[1:], initial[1:], ("14:00", "16:00"), strict=True
            )
        )
        if len(form.entered[_ROWS]) > 1:
            key = form.widget(f"times {row} remove")
            why = text("form_times.remove")
            st.button("✕", key=key, help=why, type="tertiary", on_click=_remove, args=(form, row))
    form.entered |= dict(zip(names, (day, begins, ends), strict=True))
    return day, begins or "", ends or ""


def _filled(rows: list[Row]) -> list[Row]:
    return [row for row in rows if row[0] or row[1].strip() or row[2].strip()]


def _written(rows: list[Row], text: Text) -> str | None:
    """The rows as a text that editing reads."""
    said = [
        f"{text(f'weekday.{day}') if day else ''} {begins.strip()}-{ends.strip()}".strip()
        for day, begins, ends in _filled(rows)
    ]
    return "; ".join(said) or None


def _cut(said: str | None) -> bool:
    """Whether a time runs over midnight, where it will be cut."""
    try:
        return bool(said) and times.over_midnight(str(said))
    except Wrong:
        return False


def _add(form: Form) -> None:
    form.entered[_ROWS] = [*form.entered[_ROWS], max(form.entered[_ROWS]) + 1]


def _remove(form: Form, row: int) -> None:
    form.entered[_ROWS] = [other for other in form.entered[_ROWS] if other != row]


def _note_none(form: Form) -> None:
    form.entered[_NONE] = st.session_state[form.widget(_NONE)]
