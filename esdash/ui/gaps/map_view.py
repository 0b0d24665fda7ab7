"""The geographic map beside the matrix of the page Weiße Flecken: places, ways, and the reach of an offer."""

from functools import partial

import streamlit as st

from esdash.analysis.coverage import coverage
from esdash.analysis.selection import View
from esdash.charts import look
from esdash.inventory import Inventory
from esdash.texts import Text
from esdash.ui.gaps import choice as choosing
from esdash.ui.gaps import figures
from esdash.ui.gaps.state import GAPS, Gaps
from esdash.ui.shell import page
from esdash.ui.widgets import beyond_map, filters
from esdash.wording import faces
from esdash.wording.names import Names


def show(inventory: Inventory, text: Text, names: Names, view: View) -> None:
    """The map, and the choice of an offer whose reach it shows."""
    offer = GAPS.offer
    drawn = faces.face(inventory, text, faces.of_districts(view))
    known = [cell for cell in drawn.cells.values() if cell.value is not None]
    if offer:
        page.heading(text("gaps.map_reach"))
    st.plotly_chart(
        figures.reach_map(inventory, text, view, offer) if offer else figures.district_map(inventory, text, view),
        key="gaps_map",
        config=look.CONFIG,
        on_select=partial(choosing.from_map, "gaps_map", names.ids("district")),
        selection_mode="points",
        alt=text("gaps.map_alt", n=len(known)),
    )
    if not known:
        st.caption(text("gaps.map_empty"))
    beyond_map.show(inventory, text, coverage.offer_points(inventory, view.selection, offer or None))
    offers = choosing.offer_names(inventory, text)
    filters.choice(Gaps.offer, text("gaps.offer"), list(offers), offers.__getitem__, text("gaps.offer_none"))
    st.caption(text("app.map_note", note=text.name(names.city, "map_note"), credits=names.city["credits"] or ""))
