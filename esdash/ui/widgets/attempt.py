"""Noting an attempt to reach somebody, and the attempts so far."""

from collections.abc import Sequence
from typing import NamedTuple

import streamlit as st

from esdash.analysis.contact_points.attempts import attempts as listed
from esdash.inventory import Inventory, editing
from esdash.inventory.access import Action, Actor
from esdash.inventory.editing import attempts
from esdash.texts import Text
from esdash.ui.shell import author, page
from esdash.ui.widgets import dialog
from esdash.wording import contact_points as words

AT_ONCE = 5  # attempts shown at first
_BY, _KEY = "attempt by", "attempt key"


class Target(NamedTuple):
    """Whom one can try to reach: a contact, or a contact point by its own phone or mail, and what it is called."""

    of: attempts.Of
    record_id: str
    label: str


def button(inventory: Inventory, text: Text, key: str, targets: Sequence[Target]) -> None:
    """The button "erreicht / nicht erreicht" and its dialog, for whoever may note it; none without a target."""
    if targets and page.may(inventory, Action.NOTE_ATTEMPT):
        dialog.button(text("attempt.open"), key, text("attempt.title"), lambda: _form(inventory, text, key, targets))


def _form(inventory: Inventory, text: Text, key: str, targets: Sequence[Target]) -> None:
    place = 0
    if len(targets) > 1:
        place = st.radio(
            text("attempt.of"), range(len(targets)), format_func=lambda n: targets[n].label, key=f"{key}_of"
        )
    else:
        st.text(targets[0].label)
    outcome = st.radio(
        text("attempt.outcome"),
        attempts.OUTCOMES,
        format_func=lambda name: text(f"attempt.outcome_{name}"),
        key=f"{key}_outcome",
    )
    left, right = st.columns(2)
    today = inventory.today()
    on = left.date_input(text("attempt.on"), today, max_value=today, format=text("form.date_input"), key=f"{key}_on")
    channel = right.selectbox(
        text("attempt.channel"),
        attempts.CHANNELS,
        format_func=lambda name: text(f"attempt.channel_{name}"),
        key=f"{key}_channel",
    )
    known = str(st.session_state.get(_BY) or text("attempt.by_usual"))
    by = st.text_input(text("attempt.by"), known, max_chars=80, key=f"{key}_by", help=text("attempt.by_help"))
    author.ask(text, "attempt")
    target = targets[place]
    write_key = st.session_state.setdefault(_KEY, editing.new_key())

    def note(actor: Actor) -> None:
        attempts.note(inventory, target.of, target.record_id, on, channel, outcome, by, actor, write_key)
        st.session_state[_BY] = by
        st.session_state.pop(_KEY, None)

    done = text("attempt.done", who=target.label, outcome=text(f"attempt.outcome_{outcome}"))
    dialog.save(inventory, text, Action.NOTE_ATTEMPT, note, text("attempt.save"), done, f"{key}_save")


def history(inventory: Inventory, text: Text, contact_ids: list[str], contact_point_id: str | None = None) -> None:
    """The attempts so far, the latest first, folded away; a wrong entry can be taken back."""
    frame = listed(inventory, contact_ids, contact_point_id)
    if frame.empty:
        return
    with st.expander(text.count("attempt.so_far", len(frame))):
        several = len(contact_ids) + bool(contact_point_id) > 1
        for row in frame.head(AT_ONCE).to_dict("records"):
            with st.container(horizontal=True, gap="small", vertical_alignment="center"):
                of = f"{words.text_of(row['role']) or text('attempt.place')}, " if several else ""
                st.text(of + words.attempt(row, text), width="content")
                if page.may(inventory, Action.NOTE_ATTEMPT):
                    key, args = f"back_{row['contact_attempt_id']}", (inventory, text, row["contact_attempt_id"])
                    st.button(text("attempt.take_back"), key=key, type="tertiary", on_click=_take_back, args=args)
        if len(frame) > AT_ONCE:
            st.caption(text("attempt.older", n=len(frame) - AT_ONCE))


def _take_back(inventory: Inventory, text: Text, attempt_id: str) -> None:
    def act(actor: Actor) -> None:
        attempts.take_back(inventory, attempt_id, actor)

    page.act(inventory, text, Action.NOTE_ATTEMPT, act, text("attempt.taken_back"))
