"""Where do we stand?"""

import streamlit as st

from esdash.analysis.overview import situation
from esdash.charts import look
from esdash.ui.gaps.figures import as_table
from esdash.ui.overview import figures, tiles
from esdash.ui.priorities import listed, proposals
from esdash.ui.shell import lookback, page, session, url
from esdash.ui.widgets import empty, key, tables, to_meeting
from esdash.wording import bounds, measures, workshops
from esdash.wording import overview as words
from esdash.wording.escaping import plain

text = session.text()
inventory = lookback.shown(text)
counted = tiles.figures(inventory, text)

page.title(text("overview.title"))
sentence, since = st.columns([5, 3], vertical_alignment="bottom", gap="medium")
if not counted["initiatives"]:
    empty.lead(text)
sentence.markdown(words.sentence(counted, text))
if counted["white"] is None and (known := bounds.answer(inventory, text)):
    sentence.markdown(plain(" ".join(known)))
with since:
    day = tiles.comparison_day(inventory, text)
tiles.show(inventory, counted, day, text)
if late := measures.overdue(inventory, text):
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown(plain(late), width="content")
        url.link("measures", text("measures.late_link"))
if late := workshops.overdue(inventory, text):
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown(plain(late), width="content")
        url.link("workshops", text("promises.late_link"), workshops="promises", promise_state="open")

left, right = st.columns(2, gap="large")
with left:
    page.heading(text("overview.by_field"))
    fields, figure = situation.offers_by_field(inventory), figures.offers_by_field(inventory, text)
    st.plotly_chart(figure, key="by_field", config=look.CONFIG, alt=text("overview.by_field_alt"))
    tables.beside(fields, words.field_columns(text), text, "by_field_table")
with right:
    page.heading(text("overview.growth"))
    growth = situation.growth(inventory)
    if len(growth) > 1:
        figure = figures.growth(inventory, text)
        st.plotly_chart(figure, key="growth", config=look.CONFIG, alt=text("overview.growth_alt"))
    else:
        st.info(text("overview.growth_young", day=inventory.today()))
    tables.beside(growth, words.growth_columns(text), text, "growth_table")

left, right = st.columns(2, gap="large")
with left:
    page.heading(text("overview.first_priorities"))
    if not listed.first(inventory, text, 5):
        proposals.first(inventory, text, 5)
    url.link("priorities", text("overview.all_priorities"))
with right:
    page.heading(text("overview.matrix"))
    figure, width = figures.matrix(inventory, text)
    with st.grid(1, min_column_width=width, wrap=False):
        st.plotly_chart(figure, key="small_matrix", config=look.CONFIG, alt=text("overview.matrix_alt"))
    key.show(figures.keys(inventory, text), text, "small_matrix_key")
    tables.beside(*as_table(inventory, text, figures.MATRIX), text, "small_matrix_table")
    url.link("gaps", text("overview.all_gaps"))
to_meeting.button(inventory, text, text("overview.nav"), tiles.OVERVIEW)
page.data_status(inventory, text)
