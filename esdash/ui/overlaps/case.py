"""One case: its offers side by side, map, week, reasons for their similarity, and decisions."""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
import streamlit as st

from esdash import charts
from esdash.analysis.overlaps import overlaps
from esdash.analysis.records import records
from esdash.charts import look
from esdash.charts.week import colour, letter
from esdash.inventory import Inventory
from esdash.inventory.access import Action
from esdash.inventory.cached import cached
from esdash.texts import Text
from esdash.ui.overlaps import decide
from esdash.ui.shell import page, url
from esdash.ui.widgets import tables
from esdash.wording import overlaps as words
from esdash.wording.columns import Column
from esdash.wording.escaping import bold, plain
from esdash.wording.names import Names, names_of
from esdash.wording.values import Values, values_of

SIGNS = {"equal": "=", "different": "≠", "unknown": "?"}

Case = Mapping[str, Any]


def show(inventory: Inventory, text: Text, names: Names, case: Case) -> None:
    """The chosen case."""
    ids = list(case["initiative_ids"])
    offers = overlaps.offers(inventory, ids)
    replaceable = dict(zip(ids, case["replaceable"], strict=True))
    offers = [{**offer, "replaceable": replaceable[offer["initiative_id"]]} for offer in offers]
    page.heading(words.heading(case, names))
    verdict = bold(text(f"overlaps.verdict_{case['verdict']}"))
    st.markdown(text("overlaps.proposed", verdict=verdict, reason=plain(words.reason(case, text))))
    for sentence in words.sums(overlaps.sums(inventory, case), text):
        st.markdown(plain(sentence))
    _earlier(inventory, ids, text)
    deciding = page.may(inventory, Action.DECIDE_OVERLAP)
    left, right = st.columns([5, 3], gap="large") if deciding else (st.container(), None)
    with left:
        st.table(
            _side_by_side(offers, values_of(inventory, text, "initiative")),
            border="horizontal",
            alt=text("overlaps.compare_alt", n=len(offers)),
        )
        st.caption(text("overlaps.signs"))
    if right is not None:
        with right:
            decide.show(inventory, text, case)
    left, right = st.columns(2, gap="large")
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


def _side_by_side(offers: Sequence[Case], of_offers: Values) -> pd.DataFrame:
    """One row per field with the words of each offer; the sign is before the name of the field, to fit a phone."""
    text = of_offers.text
    rows: dict[str, list[str]] = {text("column.field"): []}
    titles = [f"{letter(place)} · {plain(offer['name'])}" for place, offer in enumerate(offers)]
    for name in words.FIELDS:
        values = [words.value(name, offer, of_offers) for offer in offers]
        verdict = "unknown" if None in values else "equal" if len(set(values)) == 1 else "different"
        if name == "partner_ids" and set(values) == {text("word.none")}:
            continue  # no offer has partners, so there is nothing to compare
        rows[text("column.field")].append(plain(f"{SIGNS[verdict]}\N{NO-BREAK SPACE}{words.label(name, text)}"))
        for title, value in zip(titles, values, strict=True):
            rows.setdefault(title, []).append(plain(value or text("word.unknown")))
    return pd.DataFrame(rows).set_index(text("column.field"))


def _where(inventory: Inventory, offers: Sequence[Case], text: Text, names: Names) -> None:
    """The map of the offers; nothing if no place is known."""
    located = [
        (place, float(offer["lat"]), float(offer["lon"]), str(offer["name"]))
        for place, offer in enumerate(offers)
        if offer["lat"] is not None
    ]
    if not located:
        return
    page.heading(text("overlaps.where"))
    alt = text("overlaps.map_alt", n=len(located))
    st.plotly_chart(_nearby(inventory, text, located), key="overlaps_map", config=look.CONFIG, alt=alt)
    if len(located) > 1:
        between = overlaps.pairs_of(inventory, [offers[place]["initiative_id"] for place, *_ in located])["kilometres"]
        if between.notna().any():
            st.caption(plain(text("overlaps.apart", distance=words.distance(between.max(), text))))
    shown = (offers[place] for place, *_ in located)
    within = dict.fromkeys(offer["place_district_id"] for offer in shown if offer["place_district_id"])
    if within:
        where = ", ".join(names.of("district", key) for key in within)
        st.caption(plain(text("overlaps.where_in", districts=where)))


@cached
def _nearby(inventory: Inventory, text: Text, located: list[tuple[int, float, float, str]]) -> Any:
    """The map of offers given as place in the case, latitude, longitude and name."""
    points = pd.DataFrame([point[1:] for point in located], columns=["lat", "lon", "name"])
    letters, colours = [letter(place) for place, *_ in located], [colour(place) for place, *_ in located]
    outline = names_of(inventory, text).city["outline"]
    return charts.nearby(records.reference(inventory, "district"), points, letters, colours, outline)


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
    """The shares of similarity of each pair, as bars and as a table."""
    pairs = overlaps.pairs_of(inventory, ids)
    page.heading(text("overlaps.shares"))
    figure = _shares(inventory, text, ids)
    st.plotly_chart(figure, key="overlaps_shares", config=look.CONFIG, alt=text("overlaps.shares_alt"))
    st.caption(text("overlaps.shares_hint"))
    pairs.insert(0, "pair", _letters(pairs, ids))
    columns = [Column("pair", text("overlaps.column_pair"), "text", 8)]
    columns += [Column(f"{name}_points", text(f"overlaps.share_{name}"), "percent") for name in overlaps.SHARES]
    columns += [Column("score", text("overlaps.column_score"), "percent")]
    pairs["distance"] = [words.distance(value, text) for value in pairs["kilometres"]]
    columns += [Column("distance", text("overlaps.column_distance"))]
    tables.beside(pairs, columns, text, "overlaps_shares_table")
    with st.container(horizontal=True, gap="medium"):
        for place, key in enumerate(ids):
            url.link("initiatives", text("overlaps.open_offer", letter=letter(place)), id=key)


@cached
def _shares(inventory: Inventory, text: Text, ids: list[str]) -> Any:
    """The bars of the pairs among these offers."""
    pairs = overlaps.pairs_of(inventory, ids)
    return charts.shares(pairs, _letters(pairs, ids), text)


def _letters(pairs: pd.DataFrame, ids: list[str]) -> list[str]:
    """The letters of both offers of each pair."""
    return [
        f"{letter(ids.index(a))}\N{EN DASH}{letter(ids.index(b))}" for a, b in zip(pairs.a_id, pairs.b_id, strict=True)
    ]
