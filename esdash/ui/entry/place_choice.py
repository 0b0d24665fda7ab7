"""The place of a record: a known one by name, or a new one entered here."""

import streamlit as st

from esdash.model.fields import Field
from esdash.ui.entry import place_point
from esdash.ui.entry.field_options import told_apart
from esdash.ui.entry.field_widgets import Fields, choice
from esdash.wording import labels

_WAYS = ("known", "new")
_WAY = "place way"
_NEW = {part: f"location_{part}" for part in ("street", "postcode", "district_id", "name")}


def show(fields: Fields, one: Field) -> None:
    """Choose or enter the place; a new one is stored in form.place and saved together with the record."""
    form, text = fields.form, fields.text
    way = st.segmented_control(
        text("form_place.which"),
        _WAYS,
        key=form.hold(_WAY, "known"),
        format_func=lambda name: text(f"form_place.{name}"),
        required=True,
        label_visibility="collapsed",
    )
    form.entered[_WAY] = way
    if way == "known":
        form.place = None
        choice(fields, one)
        fields.slots[one.name] = st.container()
        return
    form.note(one.name, form.before(one.name), form.before(one.name))
    st.caption(text("form_place.new_help"))
    for draw in ((_street, _postcode), (_district, _name)):
        for column, part in zip(st.columns(2), draw, strict=True):
            with column:
                part(fields)
    point = place_point.show(fields, _NEW["district_id"], ("location_lat", "location_lon"))
    parts = {part: form.entered[name] for part, name in _NEW.items()}
    form.place = {**parts, "lat": point[0], "lon": point[1]}
    fields.slots[one.name] = fields.slots[_NEW["street"]]


def _street(fields: Fields) -> None:
    _line(fields, "street")


def _postcode(fields: Fields) -> None:
    _line(fields, "postcode")


def _name(fields: Fields) -> None:
    _line(fields, "name")


def _line(fields: Fields, part: str) -> None:
    name = _NEW[part]
    text, table = fields.text, fields.form.table
    fields.form.entered[name] = st.text_input(
        labels.label_of(text, table, name), key=fields.form.hold(name, ""), help=labels.help_text(text, table, name)
    )
    fields.slots[name] = st.container()


def _district(fields: Fields) -> None:
    name = _NEW["district_id"]
    named = told_apart({key: fields.names.of("district", key) for key in fields.names.ids("district")})
    fields.form.entered[name] = st.selectbox(
        labels.label_of(fields.text, fields.form.table, name),
        list(named),
        key=fields.form.hold(name, None),
        format_func=lambda key: named.get(key, key),
        index=None,
        placeholder=fields.text("word.unknown"),
    )
    fields.slots[name] = st.container()
