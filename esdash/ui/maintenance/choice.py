"""Which part of the page Datenpflege is open and what is chosen in it; the URL carries it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence

import streamlit as st

from esdash.analysis.duplicates import duplicates
from esdash.analysis.maintenance import freshness
from esdash.texts import Text
from esdash.ui.shell import author, url

PARTS = ("todo", "stale", "doubles", "safety")
ALL = "all"
KEPT_TABLES = ("initiative", "location", "course", "contact", "organization", "contact_point")

# Parameter → what it is without one; `pair` is table|record|record, `joining` says that the pair is being merged.
DEFAULTS: dict[str, url.Value | None] = {
    **{"care": PARTS[0], "todo": ALL, "stale": ALL, "doubles": ALL},
    **{"pair": "", "joining": ""},
}
VALID: dict[str, Collection[str]] = {
    "care": PARTS,
    "todo": (ALL, *freshness.GROUPS),
    "stale": (ALL, *KEPT_TABLES),
    "doubles": (ALL, *duplicates.TABLES),
    "joining": ("1",),
}


def part(text: Text) -> str:
    """The switch between the parts, and beside it the name of who is at work; returns the open part."""
    url.take("care", DEFAULTS, VALID)
    left, right = st.columns([5, 2], gap="medium", vertical_alignment="bottom")
    chosen = left.segmented_control(
        text("care.part"),
        PARTS,
        key="care",
        required=True,
        format_func=lambda name: text(f"care_part.{name}"),
        label_visibility="collapsed",
        wrap=True,
    )
    if chosen != "safety":  # a backup changes nothing
        with right:
            author.ask(text)
    return str(chosen)


def switch(label: str, options: list[str], key: str, words: Callable[[str], str]) -> str:
    """A switch inside a part; what is chosen stays among the options even where nothing is left of it."""
    chosen = st.session_state[key]
    st.session_state[key] = chosen  # sends the new labels to the browser, which knows a choice by its label
    shown = options if chosen in options else [*options, chosen]
    picked = st.segmented_control(label, shown, key=key, required=True, format_func=words, label_visibility="collapsed")
    return str(picked)


def kinds(text: Text, tables: Sequence[str], counts: Mapping[str, int], key: str) -> str:
    """The switch between kinds of records, each with how many there are; kinds without any are left out."""

    def words(name: str) -> str:
        number = sum(counts.values()) if name == ALL else counts.get(name, 0)
        return text("care.counted", name=text(f"care_kinds.{name}"), n=number)

    return switch(text("care.kinds"), [ALL, *(table for table in tables if counts.get(table))], key, words)


def none_of(name: str) -> str | None:
    """The chosen option as a condition: None where all are meant."""
    return None if name == ALL else name
