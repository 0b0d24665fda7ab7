"""What counts as reachable on the page Weiße Flecken: time of day, language, no barriers."""

from __future__ import annotations

from collections.abc import Collection

import streamlit as st

from esdash.analysis.coverage.conditions import TIMES, Conditions
from esdash.texts import Text
from esdash.wording.names import Names

BARRIER_FREE = "barrier_free"


def valid(names: Names) -> dict[str, Collection[str]]:
    """Parameter of the URL → its values."""
    return {"when": set(TIMES), "spoken": set(names.ids("language")), "access": {BARRIER_FREE}}


def choose(text: Text, names: Names) -> Conditions:
    """The panel; its label says what is asked for."""
    with st.popover(_label(text, names), type="tertiary"):
        st.caption(text("reach.explained"))
        st.pills(
            text("reach.when"), TIMES, selection_mode="multi", key="when", format_func=lambda name: text(f"when.{name}")
        )
        st.selectbox(
            text("reach.language"),
            names.ids("language"),
            index=None,
            key="spoken",
            format_func=lambda key: names.of("language", key),
            placeholder=text("reach.any_language"),
        )
        st.pills(
            text("reach.access"),
            (BARRIER_FREE,),
            selection_mode="multi",
            key="access",
            format_func=lambda name: text(f"reach.{name}"),
        )
    return _asked()


def in_words(conditions: Conditions, text: Text, names: Names) -> list[str]:
    """What is asked for, as one short phrase each."""
    parts = [text(f"when.{name}") for name in conditions.times]
    parts += [names.of("language", key) for key in conditions.languages]
    return parts + ([text("reach.barrier_free")] if conditions.barrier_free else [])


def _asked() -> Conditions:
    state = st.session_state
    return Conditions(
        times=tuple(name for name in TIMES if name in state["when"]),
        languages=(state["spoken"],) if state["spoken"] else (),
        barrier_free=bool(state["access"]),
    )


def _label(text: Text, names: Names) -> str:
    parts = in_words(_asked(), text, names)
    return f":orange[**{text('reach.label', what=', '.join(parts))}**]" if parts else text("reach.label_any")
