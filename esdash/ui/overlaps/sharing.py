"""How many organisations provide each theme, and which organisations overlap or complement each other."""

from functools import partial

import streamlit as st

from esdash import charts
from esdash.analysis.overlaps import overlaps
from esdash.charts import look
from esdash.inventory import Inventory
from esdash.inventory.cached import cached
from esdash.texts import Text
from esdash.ui.overlaps.choice import Overlaps
from esdash.ui.shell import page, url
from esdash.ui.widgets import empty, filters, tables
from esdash.wording.columns import headed
from esdash.wording.listing import items
from esdash.wording.names import Names, names_of

MOST = 12  # most ties of each kind in the circle, so that they can be told apart


def providers(inventory: Inventory, text: Text, names: Names) -> None:
    """Bars and table: how many organisations provide a theme, and the share of the largest one."""
    frame = overlaps.providers(inventory)
    if frame.empty:
        empty.lead(text)
        return
    frame["theme"] = [names.of("theme", key) for key in frame["theme_id"]]
    frame["largest"] = [names.of("organization", key) for key in frame["largest_id"]]
    page.heading(text("overlaps.providers"))
    figure = charts.providers(frame, [names.short("theme", key) for key in frame["theme_id"]], text)
    st.plotly_chart(figure, key="overlaps_providers", config=look.CONFIG, alt=text("overlaps.providers_alt"))
    st.caption(text("overlaps.providers_hint"))
    unknown = int(frame["offers_unknown"].sum())
    if unknown:
        st.caption(text("overlaps.providers_unknown", n=unknown))
    columns = headed(
        text,
        "",
        *("theme", ("organizations", "overlaps.column_organizations"), "offers", ("places", "overlaps.column_places")),
        *(("largest", "overlaps.column_largest"), ("largest_share", "overlaps.column_largest_share")),
        ("offers_unknown", "overlaps.column_unknown"),
    )
    tables.show(frame, columns, text, "overlaps_providers_table", text("overlaps.providers_alt"))
    tables.downloads(inventory, frame, columns, text("overlaps.providers"), "providers", text)


@cached
def _by_name(inventory: Inventory, text: Text) -> list[str]:
    """Ids of all organisations in the order of their names."""
    names = names_of(inventory, text)
    return names.by_name("organization", names.ids("organization"))


def network(inventory: Inventory, text: Text, names: Names) -> None:
    """Circle and table of the strongest ties, of all organisations or of one."""
    around = _by_name(inventory, text)
    name = partial(names.of, "organization")
    left, right = st.columns([3, 1], gap="medium")
    with right:
        chosen = filters.choice(Overlaps.around, text("overlaps.around"), around, name, text("word.all"))
    ties = overlaps.ties(inventory, MOST, chosen)
    if ties.empty:
        left.info(text("overlaps.no_ties"))
        return
    with left:
        page.heading(text("overlaps.network"))
        figure, alt = charts.network(ties, text, chosen), text("overlaps.network_alt", n=len(ties))
        st.plotly_chart(figure, key="overlaps_network", config=look.CONFIG, alt=alt)
    with right:
        st.caption(text("overlaps.network_hint"))
        hidden = sum(max(0, int(group["ties"].iloc[0]) - len(group)) for _, group in ties.groupby("kind"))
        if hidden:
            st.caption(text("overlaps.network_more", n=hidden))
        url.link("actors", text("overlaps.to_ties"), actors="net", around=chosen)
    ties["kind_word"] = [text(f"overlaps.kind_{kind}") for kind in ties["kind"]]
    ties["shared"] = [
        names.all("theme", items(row.theme_ids))
        if row.kind == "overlap"
        else names.all("target_group", items(row.target_group_ids))
        for row in ties.itertuples()
    ]
    columns = headed(
        text,
        "",
        *(
            ("kind_word", "overlaps.column_kind"),
            ("a_name", "facet.organization"),
            ("b_name", "overlaps.column_other"),
        ),
        *(("pairs", "overlaps.column_pairs"), ("shared", "overlaps.column_shared")),
    )
    tables.show(ties, columns, text, "overlaps_ties_table", alt)
    tables.downloads(inventory, ties, columns, text("overlaps.network"), "network", text)
