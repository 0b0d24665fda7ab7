"""What is needed and not there?"""

import streamlit as st

from esdash import charts
from esdash.analysis import coverage, gaps, records
from esdash.charts import look
from esdash.ui import evidence, gap_choice, page, session
from esdash.ui.names import names

text, inventory = session.text(), session.inventory()
known = names(inventory, text)
status = records.status(inventory)
st.title(text("gaps.title"), anchor=False)
sentence = st.empty()
choice = gap_choice.choose(inventory, text, known)
sentence.markdown(gap_choice.sentence(inventory, choice.groups, text, known))

left, right = st.columns([11, 9], gap="large")
with left:
    page.heading(text(f"gaps.matrix_{choice.measure}_{choice.rows}"))
    figure = charts.matrix(
        gap_choice.cells(inventory, choice),
        known.axis(choice.rows, unknown=choice.rows == "target_group" and choice.measure == "offers"),
        known.axis("theme" if choice.field else "field", choice.field),
        text,
        choice.measure,
    )
    st.plotly_chart(
        figure,
        key="gaps_matrix",
        config=look.CONFIG,
        on_select=lambda: gap_choice.from_matrix(choice.rows),
        selection_mode="points",
        alt=text("gaps.matrix_alt", white=gaps.summary(inventory, choice.groups).white),
    )
    st.caption(text("gaps.legend_offers" if choice.measure == "offers" else "gaps.legend"))
with right:
    page.heading(text("gaps.map_offers" if choice.measure == "offers" else "gaps.map"))
    values, hovers = gap_choice.map_values(inventory, choice, known, text)
    figure = charts.district_map(
        records.reference(inventory, "district"),
        values,
        hovers,
        choice.district,
        outline=status["outline"],
        ramp="calm" if choice.measure == "offers" else "attention",
    )
    st.plotly_chart(
        figure,
        key="gaps_map",
        config=look.CONFIG,
        on_select=gap_choice.from_map,
        selection_mode="points",
        alt=text("gaps.map_alt", n=len(values)),
    )
    if not values:
        st.caption(text("gaps.map_empty"))
    st.caption(text("app.map_note", note=text.name(status, "map_note"), credits=status["credits"] or ""))

page.heading(gap_choice.heading(choice, known, text))
evidence.show(inventory, text, known, choice.groups, choice.themes, choice.districts)
page.data_status(
    inventory,
    text,
    text.name(status, "population_note"),
    text("gaps.surveyed", share=text.percent(coverage.survey_share(inventory))),
)
