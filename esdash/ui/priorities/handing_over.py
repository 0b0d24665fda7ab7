"""The forms of a hand-over: when, to whom, until when an answer is asked for; receipt, reminder, taking it back."""

from collections.abc import Mapping
from typing import Any

import streamlit as st

from esdash.inventory import Inventory
from esdash.inventory.access import Action, Actor
from esdash.inventory.steering import handing_over
from esdash.texts import Text
from esdash.ui.shell import page
from esdash.wording.answers import decided
from esdash.wording.escaping import plain
from esdash.wording.names import Names

LONGEST = 200  # characters of recipient and note

Version = Mapping[str, Any]


def offer(inventory: Inventory, text: Text, names: Names, version: Version) -> None:
    """A version that is still in the house, and the form that records its hand-over."""
    number = version["number"]
    page.heading(text("hand_over.heading", number=number))
    st.markdown(text("hand_over.not_yet", number=number, decided=decided(version, text)))
    if not page.allowed(inventory, text, Action.HAND_OVER_LIST):
        return
    with st.form(f"hand_over_{version['list_version_id']}", border=False):
        _fields(inventory, text, names, version)
        st.form_submit_button(text("hand_over.save"), type="primary", on_click=_save, args=(inventory, text, version))


def correct(inventory: Inventory, text: Text, names: Names, version: Version) -> None:
    """What was recorded about the hand-over, to correct it; receipt and reminder; and taking it back."""
    if not page.may(inventory, Action.HAND_OVER_LIST):
        return
    with st.expander(text("hand_over.correct")):
        with st.form(f"hand_over_{version['list_version_id']}_{version['version']}", border=False):
            _fields(inventory, text, names, version)
            with st.container(horizontal=True):
                for name in ("receipt", "reminded"):
                    _day(inventory, text, version, name, version[f"{name}_on"])
            st.form_submit_button(text("hand_over.correct_save"), on_click=_save, args=(inventory, text, version))
        with st.popover(text("hand_over.take_back")), st.form(f"keep_{version['list_version_id']}", border=False):
            st.caption(text("hand_over.take_back_what"))
            st.text_input(text("hand_over.why"), key=_key(version, "why"), max_chars=LONGEST)
            st.form_submit_button(text("hand_over.take_back"), on_click=_take_back, args=(inventory, text, version))


def _fields(inventory: Inventory, text: Text, names: Names, version: Version) -> None:
    recipient = version["recipient"] or names.city["list_recipient"] or ""
    with st.container(horizontal=True):
        _day(inventory, text, version, "on", version["handed_over_on"] or inventory.today())
        st.text_input(
            text("hand_over.recipient"), recipient, key=_key(version, "recipient"), max_chars=LONGEST, width=320
        )
        _day(inventory, text, version, "due", version["answer_due_on"])
    st.text_input(
        text("hand_over.note"),
        version["hand_over_note"] or "",
        key=_key(version, "note"),
        max_chars=LONGEST,
        placeholder=text("hand_over.note_example"),
    )


def _day(inventory: Inventory, text: Text, version: Version, name: str, value: Any) -> None:
    form = text("form.date_input")
    st.date_input(text(f"hand_over.{name}"), value, key=_key(version, name), format=form, width=240)


def _key(version: Version, name: str) -> str:
    """The key of a field; after a change of the version the form begins anew from what is stored."""
    return f"hand_over_{name}_{version['list_version_id']}_{version['version']}"


def _save(inventory: Inventory, text: Text, version: Version) -> None:
    said = {name: st.session_state.get(_key(version, name)) for name in ("on", "recipient", "note", "due")}
    noted = {f"{name}_on": st.session_state.get(_key(version, name)) for name in ("receipt", "reminded")}

    def act(actor: Actor) -> None:
        key, seen, recipient = version["list_version_id"], version["version"], str(said["recipient"] or "")
        told = None if version["handed_over_on"] is None else noted
        handing_over.hand_over(
            inventory,
            actor,
            key,
            said["on"] or inventory.today(),
            recipient,
            said["note"],
            said["due"],
            seen,
            noted=told,
        )

    page.act(inventory, text, Action.HAND_OVER_LIST, act, plain(text("hand_over.saved", number=version["number"])))


def remind_today(inventory: Inventory, text: Text, version: Version) -> None:
    """Callback: note that the city was reminded today."""

    def act(actor: Actor) -> None:
        handing_over.reminded(inventory, actor, version["list_version_id"], inventory.today())

    page.act(inventory, text, Action.HAND_OVER_LIST, act, text("hand_over.noted"))


def _take_back(inventory: Inventory, text: Text, version: Version) -> None:
    reason = str(st.session_state.get(_key(version, "why")) or "").strip() or None

    def act(actor: Actor) -> None:
        handing_over.take_back(inventory, actor, version["list_version_id"], reason)

    page.act(inventory, text, Action.HAND_OVER_LIST, act, text("hand_over.taken_back", number=version["number"]))
