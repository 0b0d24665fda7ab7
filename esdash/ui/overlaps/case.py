"""One case: what is proposed, its offers side by side and the decision, a sketch of the places, the week."""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
import streamlit as st

from esdash import charts
from esdash.analysis.overlaps import overlaps
from esdash.charts import look
from esdash.charts.week import letter
from esdash.inventory import Inventory
from esdash.inventory.access import Action
from esdash.inventory.cached import cached
from esdash.texts import Text
from esdash.ui.overlaps import decide
from esdash.ui.shell import how, page, printing, screen, url
from esdash.ui.widgets import tables
from esdash.wording import overlaps as words
from esdash.wording.columns import Column
from esdash.wording.escaping import bold, plain
from esdash.wording.names import Names
from esdash.wording.values import Values, values_of

Case = Mapping[str, Any]


def show(inventory: Inventory, text: Text, names: Names, case: Case) -> None:
    """The chosen case: what is proposed and why, what differs, the decision beside it; below that place and time."""
    ids = list(case["initiative_ids"])
    offers = overlaps.offers_of(inventory, case)
    page.heading(words.heading(case, names))
    verdict = bold(text(f"overlaps.verdict_{case['verdict']}"))
    st.markdown(text("overlaps.proposed", verdict=verdict, reason=plain(words.why(inventory, case, text))))
    _earlier(inventory, ids, text)
    deciding = page.may(inventory, Action.DECIDE_OVERLAP)
    left, right = st.columns([5, 3], gap="medium") if deciding else (st.container(), None)
    with left:
        _compared(offers, values_of(inventory, text, "initiative"))
    if right is not None:
        with right:
            decide.show(inventory, text, case)
    left, right = st.columns(2, gap="medium")
    with left:
        _where(inventory, offers, text, names)
    with right:
        _when(inventory, offers, text)
    _alike(inventory, ids, text)


def _earlier(inventory: Inventory, ids: list[str], text: Text) -> None:
    """Earlier decisions about some of these offers, and what has changed since."""
    for decision in overlaps.about(overlaps.decisions(inventory), ids):
        sentence = text(
            "overlaps.earlier",
            day=decision["decided_on"],
            by=text.value(decision["decided_by"]),
            verdict=text(f"overlaps.verdict_{decision['verdict']}"),
            offers=" · ".join(decision["initiative_names"]),
        )
        changes = words.changes(decision, values_of(inventory, text, "initiative"))
        st.info(plain("\n".join([sentence, *changes])).replace("\n", "  \n"))


def _compared(offers: Sequence[Case], of_offers: Values) -> None:
    """What differs or is unknown, side by side; what is equal said once below."""
    text = of_offers.text
    compared, equal = words.compared(offers, of_offers)
    titles = [f"{letter(place)} · {plain(offer['name'])}" for place, offer in enumerate(offers)]
    rows = pd.DataFrame([map(plain, values) for _, values in compared], columns=titles)
    # the sign is before the name of the field, to fit a phone
    rows.index = pd.Index([plain(label) for label, _ in compared], name=text("column.field"))
    if screen.narrow() and len(offers) > 2:
        rows = _below(rows)
    st.table(rows, border="horizontal", alt=text("overlaps.compare_alt", n=len(offers)))
    if equal:
        st.markdown(text("overlaps.equal", fields=plain("; ".join(equal))))
    st.caption(text("overlaps.signs"))


def _below(rows: pd.DataFrame) -> pd.DataFrame:
    """The same for a telephone, which has no room for three offers side by side: one line per offer and field."""
    field = str(rows.index.name)
    lines = [(key, name, value) for key, row in rows.iterrows() for name, value in row.items()]
    return pd.DataFrame(lines, columns=[field, " ", "  "]).set_index(field)


def _where(inventory: Inventory, offers: Sequence[Case], text: Text, names: Names) -> None:
    """A sketch of the places of the offers with the ways between them; nothing if no place is known."""
    located = [
        (offer["initiative_id"], place, float(offer["lat"]), float(offer["lon"]), str(offer["name"]))
        for place, offer in enumerate(offers)
        if offer["lat"] is not None
    ]
    if not located:
        return
    page.heading(text("overlaps.where"))
    alt = text("overlaps.map_alt", n=len(located))
    st.plotly_chart(_nearby(inventory, text, located), key="overlaps_map", config=look.CONFIG, alt=alt)
    said = []
    if len(located) > 1:
        between = overlaps.pairs_of(inventory, [key for key, *_ in located])["kilometres"]
        if between.notna().any():
            said.append(text("overlaps.apart", distance=words.distance(between.max(), text)))
    shown = (offers[place] for _, place, *_ in located)
    within = dict.fromkeys(offer["place_district_id"] for offer in shown if offer["place_district_id"])
    if within:
        where = ", ".join(names.of("district", key) for key in within)
        said.append(text("overlaps.where_in", districts=where))
    st.caption(plain(" ".join(said)))


@cached
def _nearby(inventory: Inventory, text: Text, located: list[tuple[str, int, float, float, str]]) -> Any:
    """The sketch of offers given as id, place in the case, latitude, longitude and name."""
    points = pd.DataFrame(located, columns=["id", "place", "lat", "lon", "name"])
    between = overlaps.pairs_of(inventory, points["id"].tolist())
    return charts.nearby(points, between, text)


def _when(inventory: Inventory, offers: Sequence[Case], text: Text) -> None:
    """The week as a grid, and the offers without known times."""
    if any(offer["times"] for offer in offers):
        page.heading(text("overlaps.when"))
        alt = text("overlaps.week_alt")
        figure = _week(inventory, text, [offer["initiative_id"] for offer in offers])
        st.plotly_chart(figure, key="overlaps_week", config=look.CONFIG, alt=alt)
    missing = [offer["name"] for offer in offers if not offer["times"]]
    if missing:
        st.caption(plain(text("overlaps.no_times", offers=", ".join(missing))))


@cached
def _week(inventory: Inventory, text: Text, ids: list[str]) -> Any:
    """The week of these offers."""
    return charts.week(overlaps.offers(inventory, ids), text)


def _alike(inventory: Inventory, ids: list[str], text: Text) -> None:
    """The shares of similarity of each pair, folded away, and links to the offers."""
    pairs = overlaps.pairs_of(inventory, ids)
    pairs.insert(0, "pair", _letters(pairs, ids))
    columns = [Column("pair", text("overlaps.column_pair"), "text", 8)]
    columns += [Column(f"{name}_points", text(f"overlaps.share_{name}"), "percent") for name in overlaps.SHARES]
    columns += [Column("score", text("overlaps.column_score"), "percent")]
    pairs["distance"] = [words.distance(value, text) for value in pairs["kilometres"]]
    columns += [Column("distance", text("overlaps.column_distance"))]
    with printing.unfolded(text("overlaps.shares")):
        tables.show(pairs, columns, text, "overlaps_shares_table", text("overlaps.shares"))
        st.caption(text("overlaps.shares_hint"))
    with st.container(horizontal=True, gap="medium"):
        for place, key in enumerate(ids):
            url.link("initiatives", text("overlaps.open_offer", letter=letter(place)), id=key)
        how.link(text, "overlap")


def _letters(pairs: pd.DataFrame, ids: list[str]) -> list[str]:
    """The letters of both offers of each pair."""
    return [
        f"{letter(ids.index(a))}\N{EN DASH}{letter(ids.index(b))}" for a, b in zip(pairs.a_id, pairs.b_id, strict=True)
    ]
