"""How are the figures worked out, and from what?"""

import streamlit as st

from esdash.analysis import judgements
from esdash.analysis.bounds import bounds
from esdash.analysis.records import records
from esdash.ui.method import formulas
from esdash.ui.shell import lookback, page, session
from esdash.ui.widgets import tables
from esdash.wording.columns import headed
from esdash.wording.gaps import people
from esdash.wording.names import names_of

METHODS = (
    *("need", "reach", "coverage", "white", "bounds", "small", "overlap", "duplicate", "bundling"),
    *("priority", "effect", "freshness", "time", "search", "ties", "helping"),
)

text = session.text()
inventory = lookback.shown(text)
names = names_of(inventory, text)
page.question(text, "method", text("method.sentence"))

for name in METHODS:
    with st.expander(text(f"method.{name}_title")):
        st.markdown(text(f"method.{name}"))

page.heading(text("method.constants"))
st.caption(text("method.constants_note"))
rows = [
    {
        text("column.judgement"): text(f"judgement.{entry.key}"),
        text("column.value"): text.number(entry.value, 2 if entry.value % 1 else 0),
        text("column.unit"): text(f"unit.{entry.unit}"),
        text("column.reason"): text(f"judgement.{entry.key}_why"),
    }
    for entry in judgements.listed()
]
st.table(rows, hide_index=True)

page.heading(text("method.criteria"))
criteria = records.reference(inventory, "criterion")
criteria["criterion"] = [text(f"criterion.{key}") for key in criteria["criterion_id"]]
columns = headed(text, "", "criterion", "weight", "anchor_low", "anchor_high", "reason")
tables.show(criteria, columns, text, "criteria", text("method.criteria"))

page.heading(text("method.planning"))
st.caption(text("method.planning_note"))
planning = records.reference(inventory, "planning_value")
planning["theme"] = [names.of("theme", key) for key in planning["theme_id"]]
planning["target_group"] = [names.of("target_group", key) for key in planning["target_group_id"]]
columns = headed(text, "", "theme", "target_group", "places_per_100", "reason", "source")
tables.show(planning, columns, text, "planning_values", text("method.planning"))

page.heading(text("method.ranges"))
st.caption(text("method.ranges_note"))
agreed = bounds.ranges(inventory)
agreed["field_of_action"] = [names.of("theme", key) for key in agreed["field_id"]]
columns = headed(text, "", "field_of_action", "low", "central", "high", "agreed_on", "reason")
tables.show(agreed, columns, text, "capacity_ranges", text("method.ranges"))

page.heading(text("method.population"))
totals = records.reference(inventory, "city_total")
totals["target_group"] = [names.of("target_group", key) for key in totals["target_group_id"]]
totals["persons_word"] = [people(*of, text) for of in zip(totals["persons"], totals["quality"], strict=True)]
totals["quality_word"] = [text(f"quality.{quality}") for quality in totals["quality"]]
named = (("persons_word", "column.persons"), ("as_of", "column.population_as_of"))
columns = headed(text, "", "target_group", *named, "quality_word", "source")
tables.show(totals, columns, text, "city_totals", text("method.population"))
st.caption(text.name(names.city, "population_note"))

page.heading(text("method.sources"))
st.markdown(text("method.sources_text"))
st.text(text.value(names.city["credits"]))
with st.expander(text("method.in_full")):
    st.caption(text("method.in_full_note"))
    st.markdown(formulas.in_full())
page.data_status(inventory, text)
