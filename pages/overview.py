"""Where do we stand?"""

from functools import partial

import streamlit as st

from esdash import exports
from esdash.charts import look
from esdash.ui.overview import figures, find, lines, next_up, tiles
from esdash.ui.overview.since import OVERVIEW
from esdash.ui.shell import how, lookback, page, printing, session, url
from esdash.ui.widgets import empty, files, tables, to_meeting
from esdash.ui.widgets.files import File
from esdash.wording import overview as words

text = session.text()
inventory = lookback.shown(text)

page.title(text("overview.title"), None if printing.on() else partial(find.show, text))
with st.container(gap="xsmall"):
    st.markdown(words.sentence(inventory, text))
    day = lines.changes_since(inventory, text)
    lines.waiting(inventory, text)
if empty.without_offers(inventory):
    empty.lead(text)
else:
    tiles.show(inventory, text, day)
    left, right = st.columns([5, 7], gap="large")
    with left:
        fields = words.by_field(inventory, text)
        page.heading(words.least_met(fields, text))
        figure = figures.met_by_field(inventory, text)
        st.plotly_chart(figure, key="met_by_field", config=look.CONFIG, alt=text("overview.by_field_alt"))
        with st.container(horizontal=True, gap="xsmall"):
            if worst := words.worst(inventory, text):
                url.link("gaps", worst[0], **worst[1])
            how.link(text, "coverage")
    with right:
        page.heading(text("overview.first_priorities"))
        next_up.show(inventory, text)
    with st.container() if printing.on() else left:  # on paper all that answers the question is on the first sheet
        tables.beside(fields, words.field_columns(text), text, "met_by_field_table")
with st.container(horizontal=True, vertical_alignment="center"):
    to_meeting.button(inventory, text, text("overview.nav"), OVERVIEW)
    files.buttons(inventory, text, File("overview.download_pdf", "overview", "pdf", exports.overview_paper, (day,)))
page.data_status(inventory, text)
