"""Which part of the page Doppelstrukturen is open and what is chosen in it; the URL carries it."""

from __future__ import annotations

from collections.abc import Collection

import streamlit as st

from esdash.inventory import Inventory
from esdash.texts import Text
from esdash.ui.shell import author, url
from esdash.wording.names import Names

PARTS = ("open", "decided", "providers", "network")
DEFAULTS: dict[str, url.Value | None] = {"overlaps": PARTS[0], "case": None, "around": None}


def part(inventory: Inventory, text: Text, names: Names) -> str:
    """The switch between the parts, and beside it the name of who is at work, where something can be saved."""
    valid: dict[str, Collection[str]] = {"overlaps": PARTS, "around": names.ids("organization")}
    url.take("overlaps", DEFAULTS, valid)
    left, right = st.columns([5, 2], gap="medium", vertical_alignment="bottom")
    chosen = left.segmented_control(
        text("overlaps.part"),
        PARTS,
        key="overlaps",
        required=True,
        format_func=lambda name: text(f"overlaps.part_{name}"),
        label_visibility="collapsed",
        wrap=True,
    )
    if chosen in ("open", "decided") and not inventory.read_only:
        with right:
            author.ask(text)
    return str(chosen)


def give() -> None:
    """Write the choice into the URL."""
    url.give("overlaps", DEFAULTS)
