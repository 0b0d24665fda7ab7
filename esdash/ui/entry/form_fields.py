"""The fields of a form, drawn in rows of at most two."""

import streamlit as st

from esdash.ui.entry import field_hours, field_periods, field_times, form_layout, place_choice, place_point
from esdash.ui.entry.field_widgets import Fields
from esdash.wording import labels


def rows(fields: Fields, names: tuple[str, ...]) -> None:
    """Draw the named fields; a wide one takes a row of its own."""
    table = fields.form.table
    for row in form_layout.rows(table, names):
        columns = [st.container()] if form_layout.wide(table, row[0]) else st.columns(2)
        for column, name in zip(columns, row, strict=False):
            with column:
                _field(fields, name)


def _field(fields: Fields, name: str) -> None:
    if name == labels.POINT:
        lat, lon = place_point.show(fields, "district_id")
        fields.said[labels.POINT] = {"lat": lat, "lon": lon}
    elif name == "times":
        field_times.show(fields)
    elif name == field_hours.FIELD:
        field_hours.show(fields)
    elif name == field_hours.BESIDE:
        return  # drawn with the rows of the hours
    elif fields.by_name[name].type == "periods":
        field_periods.show(fields, fields.by_name[name])
        fields.slots[name] = st.container()
    elif name == "location_id":
        place_choice.show(fields, fields.by_name[name])
    else:
        fields.show(name)
