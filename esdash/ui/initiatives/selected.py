"""The chosen initiatives as a map and as cards."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from esdash import charts
from esdash.analysis.records import records
from esdash.charts import look
from esdash.inventory import Inventory
from esdash.texts import Text
from esdash.ui.initiatives.facets import INITIATIVES
from esdash.ui.shell import page, url
from esdash.ui.widgets import tables
from esdash.wording import listing
from esdash.wording.columns import Column
from esdash.wording.escaping import bold, hover, plain
from esdash.wording.names import Names

CARDS_AT_ONCE = 30


def sentence(inventory: Inventory, frame: pd.DataFrame, text: Text) -> str:
    """How many there are, how many of them run, and what they offer."""
    running = frame[frame["running"]]
    unknown = int(running["capacity"].isna().sum())
    return text(
        "initiatives.sentence_unknown" if len(running) and unknown == len(running) else "initiatives.sentence",
        n=bold(text.count("initiatives.found", len(frame))),
        total=len(records.initiatives(inventory)),
        running=bold(text.number(len(running))),
        places=bold(text.number(running["capacity"].sum())),
        unknown=unknown,
    )


def as_map(inventory: Inventory, frame: pd.DataFrame, text: Text, names: Names) -> None:
    """Districts coloured by the number of chosen offers there, places as points; what has no place is told."""
    placed = frame[frame["lat"].notna() & frame["district_id"].notna()]
    counts = placed.groupby("district_id").size().astype(float).to_dict()
    hovers = {
        key: hover(names.of("district", key), text.count("chart.offers", int(counts.get(key, 0))))
        for key in names.ids("district")
    }
    points = placed[["lat", "lon", "name"]].assign(key=placed["initiative_id"])
    status = records.status(inventory)
    left, right = st.columns([3, 2], gap="medium")
    with left:
        page.heading(text("initiatives.map_title"))
        figure = charts.district_map(
            records.reference(inventory, "district"),
            counts,
            hovers,
            points=points,
            outline=status["outline"],
            ramp="calm",
        )
        st.plotly_chart(
            figure, key="initiatives_map", config=look.CONFIG, alt=text("initiatives.map_alt", n=len(placed))
        )
        st.caption(text("app.map_note", note=text.name(status, "map_note") or "", credits=status["credits"] or ""))
    with right:
        page.heading(text("initiatives.map_table"))
        table = pd.DataFrame(
            {
                text("column.district"): [names.of("district", key) for key in counts],
                text("column.offers"): [int(number) for number in counts.values()],
            }
        )
        st.dataframe(
            table.sort_values(text("column.offers"), ascending=False),
            hide_index=True,
            alt=text("initiatives.map_table"),
        )
        missing = len(frame) - len(placed)
        if missing:
            st.caption(text.count("initiatives.without_place", missing))


def as_organizations(inventory: Inventory, frame: pd.DataFrame, everything: bool, text: Text) -> None:
    """The organisations behind the chosen initiatives; without a filter all, also those without an offer."""
    found, columns = listing.organizations(inventory, frame, everything), listing.organization_columns(text)
    alt = text("initiatives.organizations_alt", n=len(found))

    def opened(key: str) -> None:
        with st.container(horizontal=True, gap="medium"):
            url.link("initiatives", text("initiatives.of_organization"), organization=key)
            url.link("entry", text("action.open_record"), table="organization", id=key)

    tables.opening(found, columns, text, "organizations_table", alt, opened)
    tables.downloads(inventory, found, columns, text("view.organizations"), "organizations", text)


def as_table(frame: pd.DataFrame, columns: Sequence[Column], text: Text) -> None:
    """The table; a click shows above it what the offer is, and leads to it."""
    rows = frame.set_index("initiative_id")

    def opened(key: str) -> None:
        row = rows.loc[key]
        url.link("initiatives", bold(row["name"]), **INITIATIVES.as_link() | {"id": key})
        st.caption(plain(" \N{MIDDLE DOT} ".join((row["organization"], row["where"], row["when"]))))

    alt = text("initiatives.table_alt", n=len(frame))
    tables.opening(frame, columns, text, "initiatives_table", alt, opened, height=560)


def as_cards(frame: pd.DataFrame, text: Text) -> None:
    """The first cards, and a button for more."""
    shown = st.session_state.setdefault("cards_shown", CARDS_AT_ONCE)
    rows = list(frame.head(shown).itertuples())
    for start in range(0, len(rows), 3):
        for place, row in zip(st.columns(3, gap="small"), rows[start : start + 3], strict=False):
            with place.container(border=True, height="stretch"):
                url.link("initiatives", bold(row.name), **INITIATIVES.as_link() | {"id": row.initiative_id})
                st.caption(plain(row.organization))
                if isinstance(row.description, str):
                    st.text(row.description)
                st.text(f"{row.where} · {row.when}")
                st.text(text("initiatives.card_places", n=row.capacity))
    if len(frame) > shown:
        st.button(text("initiatives.more_cards", n=len(frame) - shown), on_click=_more_cards)


def _more_cards() -> None:
    st.session_state["cards_shown"] += CARDS_AT_ONCE
