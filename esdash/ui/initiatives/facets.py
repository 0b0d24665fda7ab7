"""Search and facets of the page Initiativen; the choice lives in the URL."""

from __future__ import annotations

import streamlit as st

from esdash.analysis.records import search
from esdash.inventory import Inventory
from esdash.texts import Text
from esdash.ui.shell.state import Many, Maybe, OneOf, PageState, Words
from esdash.ui.widgets import filters
from esdash.wording.names import Names

FIRST = ("theme", "target_group", "district")  # the rest waits behind one button


class Initiatives(PageState):
    """Search, facets, how the offers are shown, and the one that is opened."""

    page = "initiatives"
    query = Words(link="q")
    theme = Many()
    target_group = Many()
    district = Many()
    language = Many()
    weekday = Many()
    organization = Many()
    status = Many()
    freshness = Many()
    wanted = Many()
    view = OneOf(("table", "map", "cards", "organizations"))
    opened = Maybe(link="id")


INITIATIVES = Initiatives()


def take(inventory: Inventory) -> None:
    """Bring the link into the state; an option is what some initiative has."""
    INITIATIVES.take(None, **search.facet_counts(inventory))


def close() -> None:
    """Back to the list, as it was filtered."""
    INITIATIVES.opened = None


def choose(inventory: Inventory, text: Text, names: Names) -> tuple[str, dict[str, list[str]]]:
    """The row of filters. Returns the query and facet → chosen options."""
    everything = search.facet_counts(inventory)
    query = INITIATIVES.query
    chosen = {facet: getattr(INITIATIVES, facet) for facet in search.FACETS if getattr(INITIATIVES, facet)}
    counts = search.facet_counts(inventory, query, chosen)
    field, *first, more = st.columns([2, 2, 2, 2, 1.4], vertical_alignment="bottom")
    field.text_input(
        text("initiatives.search"), key=Initiatives.query.key, placeholder=text("initiatives.search_placeholder")
    )
    for place, facet in zip(first, FIRST, strict=True):
        with place:
            _facet(facet, counts[facet], everything[facet], text, names)
    rest = [facet for facet in search.FACETS if facet not in FIRST]
    active = sum(bool(chosen.get(facet)) for facet in rest)
    label = text("initiatives.more_filters_n", n=active) if active else text("initiatives.more_filters")
    with more.popover(label, width="stretch"):
        for facet in rest:
            _facet(facet, counts[facet], everything[facet], text, names)
    return query, chosen


def _facet(facet: str, counts: dict[str, int], everything: dict[str, int], text: Text, names: Names) -> None:
    field: Many = getattr(Initiatives, facet)
    chosen = getattr(INITIATIVES, facet)
    options = [o for o in _order(facet, everything, names) if counts.get(o) or o in chosen]

    def label(option: str) -> str:
        indent = "\N{EN SPACE}" if facet == "theme" and names.parent.get(option) else ""
        return f"{indent}{option_name(facet, option, names)} ({counts.get(option, 0)})"

    filters.choices(field, text(f"facet.{facet}"), options, label, text)


def option_name(facet: str, option: str, names: Names) -> str:
    """An option of a facet in words."""
    if option == "unknown":
        return names.text("word.unknown")
    if facet in ("status", "freshness", "wanted"):
        return names.text(f"{facet}.{option}")
    return names.of(facet, option)


def _order(facet: str, everything: dict[str, int], names: Names) -> list[str]:
    """Options in the order of the city's lists, organisations by name, unknown last."""
    if facet == "theme":
        order = [key for field in names.field_ids for key in (field, *names.themes_below(field))]
    elif facet in ("status", "freshness", "wanted"):
        order = sorted(everything)
    elif facet == "organization":
        order = sorted(everything, key=lambda key: names.of("organization", key).lower())
    else:
        order = names.ids(facet)
    return [key for key in order if key in everything and key != "unknown"] + (
        ["unknown"] if "unknown" in everything else []
    )
