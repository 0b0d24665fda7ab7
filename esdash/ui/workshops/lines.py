"""Entering several ideas or promises at once, one line each: which form is open, how many lines it has, its fields."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

import streamlit as st

from esdash.inventory.editing import new_key
from esdash.texts import Text
from esdash.wording.names import Names

FIRST = 3  # lines of a form that was just opened
MORE = 3


def opened(kind: str, workshop_id: str | None) -> bool:
    """Whether the form for the ideas or promises of this workshop (None: of none) is open."""
    return bool(st.session_state.get("lines") == (kind, workshop_id))


def begin(kind: str, workshop_id: str | None) -> None:
    """Open the form with its first lines, and a key against double clicks."""
    st.session_state["lines"] = (kind, workshop_id)
    st.session_state["lines n"], st.session_state["lines once"] = FIRST, new_key()[:12]


def end() -> None:
    """Close the form."""
    st.session_state.pop("lines", None)


def once() -> str:
    """The key of this opening of the form."""
    return str(st.session_state["lines once"])


def number() -> int:
    """How many lines the form has."""
    return int(st.session_state["lines n"])


def given(*names: str) -> list[dict[str, Any]]:
    """What stands in the lines: one mapping per line with these fields."""
    return [{name: st.session_state.get(f"{once()} {place} {name}") for name in names} for place in range(number())]


def buttons(text: Text, label: str, save: Callable[[], None]) -> None:
    """The buttons below the lines: save, more lines, cancel."""
    with st.container(horizontal=True):
        st.form_submit_button(label, type="primary", on_click=save)
        st.form_submit_button(text("workshops.lines_more"), on_click=_more)
        st.form_submit_button(text("workshops.cancel"), on_click=end)


def field(column: Any, kind: str, label: str, key: str, place: int, **settings: Any) -> None:
    """One field of a line; on a wide screen only the first line has the label above it."""
    seen = "visible" if place == 0 else "collapsed"
    getattr(column, kind)(label, key=f"{once()} {place} {key}", label_visibility=seen, **settings)


def where(columns: Sequence[Any], text: Text, names: Names, place: int, room: str) -> None:
    """The fields for theme and district of a line."""
    for column, table, ids in zip(columns, ("theme", "district"), (names.leaves, names.ids("district")), strict=True):
        label = text(f"{room}.{table}")
        of = partial(names.of, table)
        field(column, "selectbox", label, table, place, options=ids, index=None, format_func=of, placeholder=label)


def who(column: Any, text: Text, names: Names, place: int, label: str) -> None:
    """The field for the organisation of a line."""
    ids = names.by_name("organization", names.ids("organization"))
    of = partial(names.of, "organization")
    field(column, "selectbox", label, "who", place, options=ids, index=None, format_func=of, placeholder=label)


def _more() -> None:
    st.session_state["lines n"] = number() + MORE
