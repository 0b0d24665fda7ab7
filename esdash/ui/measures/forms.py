"""What people say about a measure while it runs: progress, its end, that it is given up or taken up again."""

from collections.abc import Callable, Mapping
from typing import Any

import streamlit as st

from esdash.inventory import Inventory
from esdash.inventory.access import Action, Actor
from esdash.inventory.editing import new_key
from esdash.inventory.steering import measures
from esdash.texts import Text, is_missing
from esdash.ui.measures import plan_form
from esdash.ui.shell import page
from esdash.wording import measures as words
from esdash.wording.names import Names

LONGEST = 500
LONGEST_ROLE = 80

Row = Mapping[str, Any]


def show(inventory: Inventory, text: Text, names: Names, row: Row) -> None:
    """The buttons of a measure; the form for changing it stands below them."""
    key = str(row["measure_id"])
    with st.container(horizontal=True, gap="small"):
        if row["open"]:
            with st.popover(text("measures.note"), type="primary"):
                _note_form(inventory, text, row)
            st.button(text("measures.change"), key=f"change {key}", on_click=plan_form.begin, args=(key,))
            with st.popover(text("measures.finish")):
                _ending(inventory, text, row, "finish")
            with st.popover(text("measures.drop")):
                _ending(inventory, text, row, "drop")
        else:
            with st.popover(text("measures.again")):
                _note_form(inventory, text, row)
    if plan_form.changing() == key:
        plan_form.change(inventory, text, names, row)


def _note_form(inventory: Inventory, text: Text, row: Row) -> None:
    key, states = f"note {row['measure_id']} {row['version']}", [str(state) for state in measures.OPEN]
    state = str(row["state"]) if row["open"] else "running"
    with st.form(key, border=False):
        st.text_area(text("measures.note_text"), key=f"{key} text", max_chars=LONGEST, height=90)
        role = "" if is_missing(row["responsible_role"]) else str(row["responsible_role"])
        st.text_input(
            text("measures.note_role"),
            role,
            max_chars=LONGEST_ROLE,
            key=f"{key} role",
            placeholder=text("measures.role_example"),
        )
        today, day, due = inventory.today(), text("form.date_input"), words.day_of(row["due_on"])
        left, right = st.columns(2)
        left.date_input(text("measures.note_day"), today, None, today, key=f"{key} day", format=day)
        right.date_input(text("measures.fact_due"), due, key=f"{key} due", format=day)
        said = {word: text(f"measures.state_{word}") for word in states}
        st.selectbox(text("measures.note_now"), states, states.index(state), said.__getitem__, key=f"{key} state")
        waits = "" if is_missing(row["waiting_for"]) else str(row["waiting_for"])
        st.text_input(text("measures.note_waiting"), waits, max_chars=LONGEST, key=f"{key} waiting")
        st.text_input(text("measures.note_reason"), max_chars=LONGEST, key=f"{key} reason")
        st.form_submit_button(
            text("measures.note_save"), type="primary", on_click=_note, args=(inventory, text, dict(row), key)
        )


def _note(inventory: Inventory, text: Text, row: Row, key: str) -> None:
    given = {name: st.session_state.get(f"{key} {name}") for name in ("text", "role", "day", "state", "due")}
    more = {name: str(st.session_state.get(f"{key} {name}") or "") for name in ("waiting", "reason")}
    said = measures.Progress(
        str(given["text"] or ""),
        str(given["role"] or ""),
        given["day"] or inventory.today(),
        given["state"] if given["state"] != row["state"] else None,
        more["waiting"] or None,
        given["due"],
        more["reason"] or None,
    )
    once = st.session_state.setdefault(f"{key} once", new_key())

    def act(actor: Actor) -> None:
        measures.note(inventory, str(row["measure_id"]), said, actor, int(row["version"]), once)

    page.act(inventory, text, Action.KEEP_MEASURE, act, text("measures.noted"))


def _ending(inventory: Inventory, text: Text, row: Row, how: str) -> None:
    """The form that closes a measure: "finish" with a closing note, "drop" with a reason."""
    key = f"{how} {row['measure_id']} {row['version']}"
    with st.form(key, border=False):
        st.text_area(
            text(f"measures.{how}_words"),
            key=f"{key} words",
            max_chars=LONGEST,
            height=90,
            placeholder=text(f"measures.{how}_example"),
        )
        if how == "finish":
            today, day = inventory.today(), text("form.date_input")
            st.date_input(text("measures.finish_day"), today, None, today, key=f"{key} day", format=day)
        st.form_submit_button(
            text(f"measures.{how}_save"), type="primary", on_click=_end, args=(inventory, text, dict(row), how, key)
        )


def _end(inventory: Inventory, text: Text, row: Row, how: str, key: str) -> None:
    said, version = str(st.session_state.get(f"{key} words") or ""), int(row["version"])
    day, measure_id = st.session_state.get(f"{key} day"), str(row["measure_id"])
    acts: dict[str, Callable[[Actor], object]] = {
        "finish": lambda actor: measures.finish(inventory, measure_id, said, actor, day, version),
        "drop": lambda actor: measures.drop(inventory, measure_id, said, actor, version),
    }
    page.act(inventory, text, Action.KEEP_MEASURE, acts[how], text(f"measures.{how}_done"))
