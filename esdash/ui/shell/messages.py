"""What a button did, told on the run after it; and the one way in which a button of this page saves."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import streamlit as st

from esdash.errors import UserError
from esdash.inventory.access import Actor
from esdash.texts import Text
from esdash.ui.shell import author
from esdash.wording.escaping import plain

_KEY = "care_said"


@dataclass(frozen=True)
class Said:
    """One message; the words; what to do; the merge that it is about.

    `kind` is success (a note in the corner is enough), done (it also stays on the page), warning or error.
    """

    kind: str
    words: str
    hint: str = ""
    merge_id: str = ""


def tell(kind: str, words: str, hint: str = "", merge_id: str = "") -> None:
    """Keep a message for the next run."""
    st.session_state[_KEY] = Said(kind, words, hint, merge_id)


def save(text: Text, act: Callable[[Actor], object]) -> bool:
    """Let `act` save in the name of this visitor; whether it did. What went wrong is told on the next run."""
    actor = author.current()
    if actor is None:
        tell("warning", text("author.missing"))
        return False
    try:
        act(actor)
    except UserError as error:
        tell("error", *text.error(error))
        return False
    return True


def show() -> Said | None:
    """The message of the last button, once; also as a note in the corner for whoever has scrolled down."""
    told: Said | None = st.session_state.pop(_KEY, None)
    if told is None:
        return None
    words = plain(told.words)
    st.toast(words, duration="short" if told.kind == "success" else "long")
    boxes = {"done": st.success, "warning": st.warning, "error": st.error}
    if told.kind in boxes:
        boxes[told.kind](words)
    if told.hint:
        st.text(told.hint)
    return told
