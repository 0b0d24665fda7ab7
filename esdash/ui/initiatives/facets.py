"""Search and facets of the page Initiativen; the choice lives in the URL."""

from __future__ import annotations

import streamlit as st

from esdash.analysis.records import search
from esdash.inventory import Inventory
from esdash.texts import Text
from esdash.ui.shell import url
from esdash.wording.names import Names

VIEWS = ("table", "map", "cards", "organizations")
FIRST = ("theme", "target_group", "district")  # the rest waits behind one button

DEFAULTS: dict[str, url.Value | None] = {
    "q": "",
    **{facet: [] for facet in search.FACETS},
    "view": VIEWS[0],
}


def choose(inventory: Inventory, text: Text, names: Names) -> tuple[str, dict[str, list[str]]]:
    """The row of filters. Returns the query and facet → chosen options."""
    everything = search.facet_counts(inventory)
    valid = {facet: set(options) for facet, options in everything.items()} | {"view": set(VIEWS)}
    url.take("initiatives", DEFAULTS, valid)
    query = st.session_state["q"]
    chosen = {facet: st.session_state[facet] for facet in search.FACETS if st.session_state[facet]}
    counts = search.facet_counts(inventory, query, chosen)
    field, *first, more = st.columns([2, 2, 2, 2, 1.4], vertical_alignment="bottom")
    field.text_input(
        text("initiatives.search"), key="q", persist_state="session", placeholder=text("initiatives.search_placeholder")
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


def current() -> dict[str, url.Value]:
    """The choice as parameters of a link."""
    return {name: st.session_state[name] for name in DEFAULTS if st.session_state.get(name)}


def reset() -> None:
    """Everything back to all."""
    for name, default in DEFAULTS.items():
        if name != "view":
            st.session_state[name] = list(default) if isinstance(default, list) else default


def _facet(facet: str, counts: dict[str, int], everything: dict[str, int], text: Text, names: Names) -> None:
    chosen = st.session_state[facet]
    st.session_state[facet] = chosen  # sends the new labels to the browser, which knows a choice by its label
    options = [o for o in _order(facet, everything, names) if counts.get(o) or o in chosen]

    def label(option: str) -> str:
        indent = "\N{EN SPACE}" if facet == "theme" and names.parent.get(option) else ""
        return f"{indent}{option_name(facet, option, names)} ({counts.get(option, 0)})"

    st.multiselect(
        text(f"facet.{facet}"), options, format_func=label, key=facet, placeholder=text("word.all"), select_all=False
    )


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
