"""Widgets for the fields of a page's state."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

import streamlit as st

from esdash.analysis.records import records
from esdash.inventory import Inventory
from esdash.texts import Text
from esdash.ui.shell.state import Days, Field, OneOf

OTHER_DAY = "other"


def switch(
    field: OneOf,
    label: str,
    words: Callable[[str], str],
    options: Sequence[str] | None = None,
) -> str:
    """One of few options, all of them in sight; what is chosen stays among them even where nothing is left of it."""
    chosen = st.session_state[field.key]
    if options is not None:  # they come and go, and their labels hold counts: the browser knows a choice by its label
        st.session_state[field.key] = chosen
    shown = list(field.options if options is None else options)
    if chosen not in shown:
        shown.append(chosen)
    picked = st.segmented_control(
        label, shown, key=field.key, required=True, format_func=words, label_visibility="collapsed", wrap=True
    )
    return str(picked)


def choice(
    field: Field[Any],
    label: str,
    options: Sequence[str],
    words: Callable[[str], str],
    placeholder: str = "",
    width: Any = "stretch",
) -> Any:
    """One of many options, or none where the field may be empty."""
    index = 0 if field.default is not None else None
    return st.selectbox(
        label,
        options,
        index,
        words,
        key=field.key,
        placeholder=placeholder,
        width=width,
    )


def choices(
    field: Field[list[str]], label: str, options: Sequence[str], words: Callable[[str], str], text: Text
) -> None:
    """Several of many options; none chosen means all."""
    st.session_state[field.key] = st.session_state[field.key]  # labels with counts: the browser knows a choice by them
    st.multiselect(label, options, format_func=words, key=field.key, placeholder=text("word.all"), select_all=False)


def past_days(inventory: Inventory) -> Days:
    """The days to compare with, and the word for any other."""
    return Days(records.first_day(inventory), inventory.today() - timedelta(days=1), OTHER_DAY)


def day(
    field: Field[Any], inventory: Inventory, text: Text, label: str, named: Mapping[str, str], placeholder: str = ""
) -> None:
    """An earlier day: one that has a name (a meeting), or any other."""
    chosen = st.session_state[field.key]
    options = [*named, *([chosen] if chosen and chosen not in (*named, OTHER_DAY) else []), OTHER_DAY]

    def words(option: str) -> str:
        if option == OTHER_DAY:
            return text("overview.other_day")
        name = named.get(option)
        return text.date(date.fromisoformat(option)) + (f" · {name}" if name else "")

    if choice(field, label, options, words, placeholder) == OTHER_DAY:
        span = past_days(inventory)
        st.date_input(
            text("overview.other_day"),
            None,
            span.first,
            span.last,
            format=text("form.date_input"),
            key=f"{field.key}_day",
            on_change=_take_day,
            args=(field.key,),
        )


def _take_day(key: str) -> None:
    chosen = st.session_state[f"{key}_day"]
    if chosen:
        st.session_state[key] = f"{chosen:%Y-%m-%d}"
