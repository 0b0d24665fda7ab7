"""Who does what, for whom, where, when?"""

import streamlit as st

from esdash.ui.initiatives import detail, facets, selected
from esdash.ui.initiatives.facets import INITIATIVES, Initiatives
from esdash.ui.shell import lookback, page, session
from esdash.ui.widgets import filters, listing, tables
from esdash.ui.widgets.names import names_of
from esdash.wording.listing import initiative_columns

text = session.text()
inventory = lookback.shown(text)
names = names_of(inventory, text)

facets.take(inventory)
if INITIATIVES.opened:
    INITIATIVES.give()
    st.button(text("detail.back"), on_click=facets.close, type="tertiary")
    detail.initiative(inventory, INITIATIVES.opened, text, names)
    page.data_status(inventory, text)
    st.stop()

st.title(text("initiatives.title"), anchor=False)
sentence = st.empty()
query, chosen = facets.choose(inventory, text, names)
frame = listing.initiatives(inventory, text, query, chosen)
sentence.markdown(selected.sentence(inventory, frame, text))
with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="bottom"):
    view = filters.switch(Initiatives.view, text("initiatives.view"), lambda name: text(f"view.{name}"))
    if query or chosen:
        st.button(text("initiatives.reset"), on_click=INITIATIVES.reset, args=("view",), type="tertiary")
INITIATIVES.give()

if view == "organizations":
    selected.as_organizations(inventory, frame, not query and not chosen, text)
elif frame.empty:
    st.info(text("initiatives.empty" if query or chosen else "app.empty_inventory"))
else:
    columns = initiative_columns(text)
    if view == "map":
        selected.as_map(inventory, frame, text, names)
    elif view == "cards":
        selected.as_cards(frame, text)
    else:
        selected.as_table(frame, columns, text)
    tables.downloads(inventory, frame, columns, text("initiatives.download_title"), "initiatives", text)
page.data_status(inventory, text)
