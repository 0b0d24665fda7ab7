"""Who does what, for whom, where, when?"""

import streamlit as st

from esdash.ui.initiatives import detail, facets, selected
from esdash.ui.shell import lookback, page, session, url
from esdash.ui.widgets import listing, tables
from esdash.ui.widgets.names import names_of

text = session.text()
inventory = lookback.shown(text)
names = names_of(inventory, text)

opened = st.query_params.get("id")
if opened:
    url.arrive()
    st.button(text("detail.back"), on_click=url.close, type="tertiary")
    detail.initiative(inventory, opened, text, names)
    page.data_status(inventory, text)
    st.stop()

st.title(text("initiatives.title"), anchor=False)
sentence = st.empty()
query, chosen = facets.choose(inventory, text, names)
frame = listing.initiatives(inventory, text, query, chosen)
sentence.markdown(selected.sentence(inventory, frame, text))
with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="bottom"):
    view = st.segmented_control(
        text("initiatives.view"),
        facets.VIEWS,
        key="view",
        required=True,
        format_func=lambda name: text(f"view.{name}"),
        label_visibility="collapsed",
    )
    if query or chosen:
        st.button(text("initiatives.reset"), on_click=facets.reset, type="tertiary")
url.give("initiatives", facets.DEFAULTS)

if view == "organizations":
    selected.as_organizations(inventory, frame, not query and not chosen, text)
elif frame.empty:
    st.info(text("initiatives.empty" if query or chosen else "app.empty_inventory"))
else:
    columns = listing.initiative_columns(text)
    if view == "map":
        selected.as_map(inventory, frame, text, names)
    elif view == "cards":
        selected.as_cards(frame, text)
    else:
        alt = text("initiatives.table_alt", n=len(frame))
        key = f"initiatives_table_{url.details_seen()}"  # a new table has no chosen row when a person comes back
        picked = tables.show(frame, columns, text, key, alt, height=560, choose=True)
        if picked:
            url.open_detail(picked)
        st.caption(text("initiatives.pick_hint"))
    tables.downloads(inventory, frame, columns, text("initiatives.download_title"), "initiatives", text)
page.data_status(inventory, text)
