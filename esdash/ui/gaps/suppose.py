"""Entering suppositions: another planning value, more people, one more offer, or those of a saved scenario."""

import zlib
from collections.abc import Callable
from dataclasses import replace

import streamlit as st

from esdash.analysis.coverage import coverage
from esdash.errors import UserError
from esdash.inventory import Inventory
from esdash.inventory.access import Action, Actor
from esdash.inventory.file.conditions import Conditions, Growth, NewOffer, Planning
from esdash.inventory.steering import scenarios
from esdash.texts import Text
from esdash.ui.gaps import comparison
from esdash.ui.gaps import supposed as supposing
from esdash.ui.gaps.state import GAPS
from esdash.ui.shell import page, printing, session
from esdash.wording.escaping import plain
from esdash.wording.names import Names

WHAT = ("offer", "growth", "planning")
USUAL_PLACES = 15  # places of a supposed offer, as first value


def panel(inventory: Inventory, text: Text, names: Names) -> None:
    """The panel beside the filters: entering one supposition at a time. It closes when one is entered; not on paper."""
    if printing.on():
        return
    label = f":orange[**{text('suppose.title_on')}**]" if GAPS.supposed else text("suppose.title")
    with st.popover(
        label, type="tertiary", width="content", key=f"suppose_panel_{zlib.crc32(str(GAPS.supposed).encode())}"
    ):
        st.caption(text("suppose.explained"))
        _kept(inventory, text)
        what = st.segmented_control(
            text("suppose.what"),
            WHAT,
            key="suppose_what",
            default=WHAT[0],
            required=True,
            format_func=lambda name: text(f"suppose.{name}"),
            label_visibility="collapsed",
        )
        {"offer": _offer, "growth": _growth, "planning": _planning}[what](inventory, text, names)


# ---------------------------------------------------------------- one thing to suppose


def _offer(inventory: Inventory, text: Text, names: Names) -> None:
    with st.form("suppose_offer", border=False):
        left, right = st.columns(2)
        themes = left.multiselect(
            text("suppose.themes"), names.leaves, format_func=lambda key: names.of("theme", key), placeholder=""
        )
        groups = right.multiselect(
            text("suppose.groups"),
            names.ids("target_group"),
            format_func=lambda key: names.of("target_group", key),
            placeholder="",
        )
        places = left.number_input(text("suppose.places"), 1, 10_000, USUAL_PLACES)
        where = right.selectbox(
            text("suppose.where"),
            ["online", *names.ids("district")],
            index=None,
            format_func=lambda key: text("mode.online") if key == "online" else names.of("district", key),
            placeholder=text("suppose.where_placeholder"),
        )
        if st.form_submit_button(text("suppose.add")):
            if not themes or not groups or where is None:
                st.warning(text("suppose.offer_incomplete"))
                return
            offer = NewOffer(
                text("suppose.offer"),
                float(places),
                tuple(themes),
                tuple(groups),
                None if where == "online" else where,
                "online" if where == "online" else "on_site",
            )
            _add(inventory, lambda supposed: replace(supposed, offers=(*supposed.offers, offer)))


def _growth(inventory: Inventory, text: Text, names: Names) -> None:
    with st.form("suppose_growth", border=False):
        left, middle, right = st.columns(3)
        group = _one(left, "suppose.group", "target_group", names, text)
        district = _one(middle, "facet.district", "district", names, text)
        persons = right.number_input(text("suppose.persons"), 1, 100_000, 50)
        if st.form_submit_button(text("suppose.add")):
            if group is None or district is None:
                st.warning(text("suppose.growth_incomplete"))
                return
            more = Growth(group, district, float(persons))
            _add(inventory, lambda supposed: replace(supposed, growth=(*supposed.growth, more)))


def _planning(inventory: Inventory, text: Text, names: Names) -> None:
    left, middle, right = st.columns(3)
    theme = left.selectbox(
        text("suppose.theme"),
        names.leaves,
        index=None,
        format_func=lambda key: names.of("theme", key),
        placeholder="",
        key="suppose_theme",
    )
    group = _one(middle, "suppose.group", "target_group", names, text)
    now = coverage.planning_value(inventory, theme, group) if theme and group else None
    value = right.number_input(
        text("suppose.value"), 0.0, 100.0, now if now is not None else 0.0, step=0.5, format="%.1f"
    )
    if theme and group:
        st.caption(text("suppose.value_now", value=text.number(now)))
    if st.button(text("suppose.add"), key="suppose_planning_add"):
        if not theme or not group:
            st.warning(text("suppose.planning_incomplete"))
            return
        entry = Planning(theme, group, float(value))

        def put(supposed: Conditions) -> Conditions:
            others = tuple(e for e in supposed.planning if (e.theme_id, e.target_group_id) != (theme, group))
            return replace(supposed, planning=(*others, entry))

        _add(inventory, put)


def _one(place: st.delta_generator.DeltaGenerator, label: str, kind: str, names: Names, text: Text) -> str | None:
    return place.selectbox(
        text(label),
        names.ids(kind),
        index=None,
        format_func=lambda key: names.of(kind, key),
        placeholder="",
        key=f"suppose_{label}",
    )


# ---------------------------------------------------------------- adding, and opening what was saved


def _add(inventory: Inventory, more: Callable[[Conditions], Conditions]) -> None:
    supposed = more(comparison.read(inventory))
    try:
        supposed.check(inventory)
    except UserError as error:
        session.show_error(error)
        return
    supposing.put(supposed)
    st.rerun()


def _kept(inventory: Inventory, text: Text) -> None:
    """The list of saved scenarios."""
    found = {scenario.scenario_id: scenario for scenario in scenarios.scenarios(inventory)}
    if not found:
        return
    with st.container(horizontal=True, vertical_alignment="bottom"):
        chosen = st.selectbox(
            text("suppose.scenario"),
            list(found),
            index=None,
            key="suppose_scenario",
            format_func=lambda key: text(
                "suppose.scenario_label", name=found[key].name, by=found[key].saved_by, day=found[key].saved_on
            ),
            placeholder=text("suppose.scenario_placeholder"),
        )
        if chosen:
            st.button(
                text("suppose.open"), key="suppose_open_kept", on_click=supposing.put, args=(found[chosen].conditions,)
            )
            if page.may(inventory, Action.DELETE_SCENARIO):
                _delete(inventory, chosen, found[chosen].name, text)


def _delete(inventory: Inventory, scenario_id: str, name: str, text: Text) -> None:
    with st.popover(text("suppose.delete")):
        st.caption(text("suppose.delete_what", name=plain(name)))
        if st.button(text("suppose.delete_now"), key="suppose_delete", type="primary"):

            def act(actor: Actor) -> None:
                scenarios.remove(inventory, scenario_id, actor)

            page.act_here(inventory, text, Action.DELETE_SCENARIO, act, text("suppose.deleted", name=name))
