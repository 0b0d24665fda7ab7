"""Closures and absences as rows: from, until, why. A row without a last day lasts until further notice."""

from datetime import date
from typing import Any

import streamlit as st

from esdash.model.fields import Field
from esdash.ui.entry.field_widgets import EARLIEST, LATEST, Fields
from esdash.ui.entry.form_state import Form
from esdash.wording import labels

DATE_WIDTH, REASON_WIDTH = 156, 260  # pixels; both days fit one line of a telephone

Row = tuple[date | None, date | None, str]


def show(fields: Fields, one: Field) -> None:
    """Draw the rows; the entry is a list that editing reads, None for unknown."""
    form, text = fields.form, fields.text
    before = form.before(one.name)
    initial: list[Row] = [(entry["first_day"], entry["last_day"], entry["reason"] or "") for entry in before or []]
    listed = f"{one.name} rows"
    numbers = form.entered.setdefault(listed, list(range(max(1, len(initial)))))
    st.markdown(f":small[{labels.label(text, one)}]", help=fields.help(one.name))
    rows = [_row(fields, one.name, n, initial[n] if n < len(initial) else (None, None, "")) for n in numbers]
    st.button(text("form_periods.add"), key=form.widget(f"{one.name} add"), on_click=_add, args=(form, listed))
    filled = [row for row in rows if any(row)]
    form.note(one.name, initial, filled)
    said: Any = [{"first_day": first, "last_day": last, "reason": reason or None} for first, last, reason in filled]
    fields.said[one.name] = {one.name: said or ([] if before else None)}


def _row(fields: Fields, name: str, row: int, initial: Row) -> Row:
    form, text = fields.form, fields.text
    names = [f"{name} {row} {part}" for part in ("from", "until", "why")]
    first = row == form.entered[f"{name} rows"][0]
    visibility: Any = "visible" if first else "collapsed"
    with st.container(horizontal=True, vertical_alignment="bottom", gap="xsmall"):
        begins, ends = (
            st.date_input(
                text(f"form_periods.{part}"),
                value=None,
                key=form.hold(widget, value),
                min_value=min(EARLIEST, value or EARLIEST),
                max_value=max(LATEST, value or LATEST),
                format=text("form.date_input"),
                label_visibility=visibility,
                width=DATE_WIDTH,
            )
            for part, widget, value in zip(("from", "until"), names[:2], initial[:2], strict=True)
        )
        reason = st.text_input(
            text("form_periods.why"),
            key=form.hold(names[2], initial[2]),
            placeholder=text("form_periods.why_example"),
            label_visibility=visibility,
            max_chars=100,
            width=REASON_WIDTH,
        )
        if len(form.entered[f"{name} rows"]) > 1:
            key, why = form.widget(f"{name} {row} remove"), text("form_periods.remove")
            st.button("✕", key=key, help=why, type="tertiary", on_click=_remove, args=(form, f"{name} rows", row))
    form.entered |= dict(zip(names, (begins, ends, reason), strict=True))
    return _day(begins), _day(ends), (reason or "").strip()


def _day(value: Any) -> date | None:
    return value if isinstance(value, date) else None


def _add(form: Form, listed: str) -> None:
    form.entered[listed] = [*form.entered[listed], max(form.entered[listed]) + 1]


def _remove(form: Form, listed: str, row: int) -> None:
    form.entered[listed] = [other for other in form.entered[listed] if other != row]
