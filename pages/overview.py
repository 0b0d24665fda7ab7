"""Where do we stand, and what changed since the last meeting?"""

import streamlit as st

from esdash import charts
from esdash.analysis import coverage, situation
from esdash.charts import look
from esdash.ui import page, priority, session, tables, tiles, url
from esdash.ui.names import names

text, inventory = session.text(), session.inventory()
known = names(inventory, text)
figures = situation.tiles(inventory)

st.title(text("overview.title"), anchor=False)
sentence, since = st.columns([5, 3], vertical_alignment="bottom", gap="medium")
if not figures["initiatives"]:
    st.info(text("app.empty_inventory"))
sentence.markdown(tiles.sentence(inventory, figures, text))
with since:
    day = tiles.comparison_day(inventory, text)
tiles.show(inventory, figures, day, text)

left, right = st.columns(2, gap="large")
with left:
    page.heading(text("overview.by_field"))
    fields = situation.offers_by_field(inventory)
    st.plotly_chart(
        charts.offers_by_field(fields, text), key="by_field", config=look.CONFIG, alt=text("overview.by_field_alt")
    )
    tables.beside(fields, tiles.field_columns(text), text, "by_field_table")
with right:
    page.heading(text("overview.growth"))
    growth = situation.growth(inventory)
    if len(growth) > 1:
        st.plotly_chart(charts.growth(growth, text), key="growth", config=look.CONFIG, alt=text("overview.growth_alt"))
    else:
        st.info(text("overview.growth_young", day=inventory.today()))
    tables.beside(growth, tiles.growth_columns(text), text, "growth_table")

left, right = st.columns(2, gap="large")
with left:
    page.heading(text("overview.first_priorities"))
    priority.first(inventory, text, 5)
    url.link("priorities", text("overview.all_priorities"))
with right:
    page.heading(text("overview.matrix"))
    figure = charts.matrix(
        coverage.matrix(inventory, "field", "target_group"),
        known.axis("field"),
        known.axis("target_group"),
        text,
    )
    st.plotly_chart(figure, key="small_matrix", config=look.CONFIG, alt=text("overview.matrix_alt"))
    st.caption(text("gaps.legend"))
    url.link("gaps", text("overview.all_gaps"))
page.data_status(inventory, text)
