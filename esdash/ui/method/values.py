"""What the city has agreed and counted, and where it comes from."""

import streamlit as st

from esdash.analysis.bounds import bounds
from esdash.analysis.records import records
from esdash.inventory import Inventory
from esdash.texts import Text
from esdash.ui.method import formulas
from esdash.ui.shell import page, printing, screen
from esdash.ui.widgets import tables
from esdash.wording.columns import headed
from esdash.wording.gaps import people
from esdash.wording.names import Names


def show(inventory: Inventory, text: Text, names: Names) -> None:
    """Criteria, planning values, ranges, people, sources, and the document of all formulas."""
    _criteria(inventory, text)
    _planning(inventory, text, names)
    _ranges(inventory, text, names)
    _people(inventory, text, names)
    page.heading(text("method.sources"))
    st.markdown(text("method.sources_text"))
    st.text(text.value(names.city["credits"]))
    with printing.unfolded(text("method.in_full")):
        st.caption(text("method.in_full_note"))
        st.markdown(formulas.below() if screen.narrow() else formulas.in_full())


def _criteria(inventory: Inventory, text: Text) -> None:
    page.heading(text("method.criteria"))
    criteria = records.reference(inventory, "criterion")
    criteria["criterion"] = [text(f"criterion.{key}") for key in criteria["criterion_id"]]
    columns = headed(text, "", "criterion", "weight", "anchor_low", "anchor_high", "reason")
    tables.show(criteria, columns, text, "criteria", text("method.criteria"))


def _planning(inventory: Inventory, text: Text, names: Names) -> None:
    page.heading(text("method.planning"))
    st.caption(text("method.planning_note"))
    planning = records.reference(inventory, "planning_value")
    planning["theme"] = [names.of("theme", key) for key in planning["theme_id"]]
    planning["target_group"] = [names.of("target_group", key) for key in planning["target_group_id"]]
    columns = headed(text, "", "theme", "target_group", "places_per_100", "reason", "source")
    tables.show(planning, columns, text, "planning_values", text("method.planning"))


def _ranges(inventory: Inventory, text: Text, names: Names) -> None:
    page.heading(text("method.ranges"))
    st.caption(text("method.ranges_note"))
    agreed = bounds.ranges(inventory)
    agreed["field_of_action"] = [names.of("theme", key) for key in agreed["field_id"]]
    columns = headed(text, "", "field_of_action", "low", "central", "high", "agreed_on", "reason")
    tables.show(agreed, columns, text, "capacity_ranges", text("method.ranges"))


def _people(inventory: Inventory, text: Text, names: Names) -> None:
    page.heading(text("method.population"))
    totals = records.reference(inventory, "city_total")
    totals["target_group"] = [names.of("target_group", key) for key in totals["target_group_id"]]
    totals["persons_word"] = [people(*of, text) for of in zip(totals["persons"], totals["quality"], strict=True)]
    totals["quality_word"] = [text(f"quality.{quality}") for quality in totals["quality"]]
    named = (("persons_word", "column.persons"), ("as_of", "column.population_as_of"))
    columns = headed(text, "", "target_group", *named, "quality_word", "source")
    tables.show(totals, columns, text, "city_totals", text("method.population"))
    st.caption(text.name(names.city, "population_note"))
