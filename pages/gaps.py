"""What is needed and not there?"""

import streamlit as st

from esdash.analysis import coverage, gaps
from esdash.charts import look
from esdash.ui import evidence, figures, gap_choice, lookback, page, session
from esdash.ui.names import names

text = session.text()
inventory = lookback.shown(text)
known = names(inventory, text)
status = known.city
st.title(text("gaps.title"), anchor=False)
sentence = st.empty()
choice = gap_choice.choose(inventory, text, known)
sentence.markdown(gap_choice.sentence(inventory, text, choice.groups))

left, right = st.columns([11, 9], gap="large")
with left:
    page.heading(text(f"gaps.matrix_{choice.measure}_{choice.rows}"))
    st.plotly_chart(
        figures.gap_matrix(inventory, text, choice),
        key="gaps_matrix",
        config=look.CONFIG,
        on_select=lambda: gap_choice.from_matrix(choice.rows),
        selection_mode="points",
        alt=text("gaps.matrix_alt", white=gaps.summary(inventory, choice.groups).white),
    )
    st.caption(text("gaps.legend_offers" if choice.measure == "offers" else "gaps.legend"))
with right:
    page.heading(text("gaps.map_offers" if choice.measure == "offers" else "gaps.map"))
    values, _ = gap_choice.map_values(inventory, text, choice)
    st.plotly_chart(
        figures.gap_map(inventory, text, choice),
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
evidence.show(inventory, text, gap_choice.part(inventory, text), choice.groups, choice.themes, choice.districts)
page.data_status(
    inventory,
    text,
    text.name(status, "population_note"),
    text("gaps.surveyed", share=text.percent(coverage.survey_share(inventory))),
)
