"""Entering a point: coordinates as a text, or a click on the map of the districts."""

from typing import Any

import streamlit as st

from esdash import charts
from esdash.analysis.records import ground, records
from esdash.charts import look
from esdash.inventory import Inventory, editing
from esdash.inventory.cached import cached
from esdash.texts import Text
from esdash.ui.entry.field_widgets import Fields
from esdash.ui.entry.form_state import Form
from esdash.wording import labels
from esdash.wording.escaping import plain
from esdash.wording.labels import POINT
from esdash.wording.names import names_of

_AROUND, _CLICKS, _BY_CLICK = "map around", "map clicks", "map district"
DIGITS = 5  # decimals of a degree: one metre


def show(fields: Fields, district: str, slots: tuple[str, str] = ("lat", "lon")) -> tuple[Any, Any]:
    """Returns the coordinates as texts, or unknown; a click also fills the field `district` if it is empty."""
    form, text = fields.form, fields.text
    before = form.before("lat"), form.before("lon")
    initial = "" if None in before or form.table != "location" else f"{before[0]}, {before[1]}"
    entered = st.text_input(
        labels.label_of(text, form.table, POINT),
        key=form.hold(POINT, initial),
        help=labels.help_text(text, form.table, POINT),
        placeholder="51.8344, 12.2422",
    )
    form.note(POINT, initial, entered)
    fields.slots[slots[0]] = fields.slots[slots[1]] = st.container()
    point = editing.point(entered or "")
    _in_district(fields, point, district)
    map_shown = st.toggle(text("form_place.map"), key=form.hold("map", False))
    form.entered["map"] = map_shown
    if map_shown:
        _map(fields, point, district)
    return point


def _in_district(fields: Fields, point: tuple[Any, Any], district: str) -> None:
    """Say which district the point lies in, if none is entered: saving the place enters it."""
    found = _number(point)
    if found and not fields.form.entered.get(district):
        key = ground.district_at(fields.inventory, *found)
        if key:
            name = names_of(fields.inventory, fields.text).of("district", key)
            st.caption(plain(fields.text("form_place.in_district", district=name)))


def _map(fields: Fields, point: tuple[Any, Any], district: str) -> None:
    form, text = fields.form, fields.text
    if _number(point):
        form.entered.setdefault(_AROUND, _number(point))  # with a point, the map shows its surroundings
    around = form.entered.get(_AROUND)
    st.caption(text("form_place.map_close", km=ground.CLOSE_KM) if around else text("form_place.map_city"))
    key = f"{form.widget('map')} {form.entered.setdefault(_CLICKS, 0)}"  # a handled click must not stay selected
    st.plotly_chart(
        figure(fields.inventory, text, around, _number(point)),
        key=key,
        on_select=lambda: _clicked(fields.inventory, form, key, district),
        selection_mode="points",
        config=look.CONFIG,
        alt=text("form_place.map_alt"),
    )
    if around:
        st.button(text("form_place.whole_city"), key=form.widget("whole city"), on_click=_whole_city, args=(form,))


@cached
def figure(inventory: Inventory, text: Text, around: ground.Around, point: ground.Around) -> Any:
    """The districts with a net of points to click on, near a point if there is one."""
    return charts.place_map(
        records.reference(inventory, "district"),
        ground.net(inventory, around),
        ground.window(inventory, around),
        point,
        names_of(inventory, text).city["outline"],
        ground.places(inventory, around) if around else None,  # in the whole city they would hide the districts
    )


def _clicked(inventory: Inventory, form: Form, key: str, district: str) -> None:
    points = st.session_state[key]["selection"]["points"]
    if not points:
        return
    lat, lon, clicked = points[0]["customdata"]
    form.put(POINT, f"{lat:.{DIGITS}f}, {lon:.{DIGITS}f}")
    form.entered[_AROUND] = form.entered.get(_AROUND) or (lat, lon)  # fixed: a map that moves is hard to hit
    form.entered[_CLICKS] += 1
    if clicked and form.entered.get(district) in (None, form.entered.get(_BY_CLICK)):  # never over a chosen one
        form.put(district, clicked)
        form.entered[_BY_CLICK] = clicked


def _whole_city(form: Form) -> None:
    form.entered[_AROUND] = None
    form.entered[_CLICKS] += 1


def _number(point: tuple[Any, Any]) -> ground.Around:
    """A coordinate as a number; None if it is not one."""
    try:
        lat, lon = (float(str(part).replace(",", ".")) for part in point)
    except ValueError:
        return None
    return (lat, lon) if abs(lat) <= 90 and abs(lon) <= 180 else None
