"""Widgets for the fields of a page state; on paper what is chosen, in words."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, timedelta
from typing import Any

import streamlit as st

from esdash.analysis.records import records
from esdash.inventory import Inventory
from esdash.texts import Text
from esdash.ui.shell import printing, screen
from esdash.ui.shell.state import Days, Field, OneOf

OTHER_DAY = "other"


@contextmanager
def folded(text: Text, active: int = 0) -> Iterator[None]:
    """Around the controls of a page: on a telephone they fold behind one button, which says how many are in use."""
    if printing.on() or not screen.narrow():
        yield
        return
    label = text("list.folded_n", n=active) if active else text("list.folded")
    with st.expander(label, key="filters_folded"):
        yield


def switch(
    field: OneOf,
    label: str,
    words: Callable[[str], str],
    options: Sequence[str] | None = None,
    on_change: Callable[[], None] | None = None,
) -> str:
    """A choice among few options, all of them visible; the chosen one is offered even if it has no records left."""
    chosen = st.session_state[field.key]
    if printing.on():
        if chosen != field.default:
            printing.chosen(words(chosen))
        return str(chosen)
    if options is not None:  # labels hold counts; the browser identifies a choice by its label
        st.session_state[field.key] = chosen
    shown = list(field.options if options is None else options)
    if chosen not in shown:
        shown.append(chosen)
    picked = st.segmented_control(
        label,
        shown,
        key=field.key,
        required=True,
        format_func=words,
        label_visibility="collapsed",
        wrap=True,
        on_change=on_change,
    )
    return str(picked)


def choice(
    field: Field[Any],
    label: str,
    options: Sequence[str],
    words: Callable[[str], str],
    placeholder: str = "",
    width: Any = "stretch",
    labelled: bool = True,
    on_change: Callable[[], None] | None = None,
) -> Any:
    """A choice among many options, or none if the field may be empty.

    `labelled`: whether its label is visible; without one the placeholder says what is chosen here.
    """
    if printing.on():
        chosen = st.session_state[field.key]
        if chosen not in (None, field.default):
            printing.chosen(f"{label}: {words(chosen)}")
        return chosen
    index = 0 if field.default is not None else None
    return st.selectbox(
        label,
        options,
        index,
        words,
        key=field.key,
        placeholder=placeholder,
        width=width,
        label_visibility="visible" if labelled else "collapsed",
        on_change=on_change,
    )


def choices(
    field: Field[list[str]], label: str, options: Sequence[str], words: Callable[[str], str], text: Text
) -> None:
    """A choice of several among many options; no choice means all."""
    chosen = st.session_state[field.key] = st.session_state[field.key]  # counts in labels: see `switch`
    if printing.on():
        if chosen:
            printing.chosen(f"{label}: {', '.join(map(words, chosen))}")
        return
    st.multiselect(label, options, format_func=words, key=field.key, placeholder=text("word.all"), select_all=False)


def several(
    field: Field[list[str]], label: str, options: Sequence[str], words: Callable[[str], str], **more: Any
) -> None:
    """A choice of several among few options, all of them visible; `more` are settings of st.pills."""
    if not printing.on():
        st.pills(label, options, selection_mode="multi", format_func=words, key=field.key, **more)
    elif chosen := st.session_state[field.key]:
        printing.chosen(f"{label}: {', '.join(map(words, chosen))}")


def typed(place: Any, field: Field[str], label: str, placeholder: str) -> None:
    """A field for words, in this place."""
    if not printing.on():
        place.text_input(label, key=field.key, placeholder=placeholder)
    elif words := st.session_state[field.key]:
        printing.chosen(f"{label}: {words}")


def past_days(inventory: Inventory) -> Days:
    """The days with a name to compare with, and the option for any other day."""
    return Days(records.first_day(inventory), inventory.today() - timedelta(days=1), OTHER_DAY)


def day(
    field: Field[Any],
    inventory: Inventory,
    text: Text,
    label: str,
    named: Mapping[str, str],
    placeholder: str = "",
    width: Any = "stretch",
    labelled: bool = True,
) -> None:
    """The choice of an earlier day: one with a name (a meeting), or any other. `labelled`: its label can be seen."""
    chosen = st.session_state[field.key]
    options = [*named, *([chosen] if chosen and chosen not in (*named, OTHER_DAY) else []), OTHER_DAY]

    def words(option: str) -> str:
        if option == OTHER_DAY:
            return text("overview.other_day")
        name = named.get(option)
        return text.date(date.fromisoformat(option)) + (f" · {name}" if name else "")

    other = choice(field, label, options, words, placeholder, width, labelled) == OTHER_DAY
    if other and not printing.on():
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
            label_visibility="visible" if labelled else "collapsed",
            width="stretch" if labelled else 180,
        )


def _take_day(key: str) -> None:
    chosen = st.session_state[f"{key}_day"]
    if chosen:
        st.session_state[key] = f"{chosen:%Y-%m-%d}"
