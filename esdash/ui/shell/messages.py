"""What a button did, told in one way: once, on the run after it, by the page that is then shown."""

from dataclasses import dataclass
from typing import Any

import streamlit as st

from esdash.errors import UserError
from esdash.texts import Text
from esdash.ui.shell import url
from esdash.wording.escaping import plain

_KEY = "messages"


@dataclass(frozen=True)
class Message:
    """One message; the words; what to do; the merge or the error that it is about; a link.

    `kind` is success (a note in the corner is enough), done (it also stays on the page), warning or error;
    `link` is a label and parameters for the page Erfassen.
    """

    kind: str
    words: str
    hint: str = ""
    merge_id: str = ""
    error: UserError | None = None
    link: tuple[str, dict[str, str]] | None = None


def tell(kind: str, words: str, hint: str = "", **more: Any) -> None:
    """Keep a message for the next run; `more` are the other fields of Message."""
    st.session_state.setdefault(_KEY, []).append(Message(kind, words, hint, **more))


def refuse(text: Text, error: UserError) -> None:
    """Keep for the next run what went wrong, and what to do."""
    tell("error", *text.error(error), error=error)


def clear() -> None:
    """A new action begins: what an earlier one had to say is over."""
    st.session_state.pop(_KEY, None)


def show() -> list[Message]:
    """The messages of the last action, once; also as notes in the corner for whoever has scrolled down."""
    told: list[Message] = st.session_state.pop(_KEY, [])
    boxes = {"done": st.success, "warning": st.warning, "error": st.error}
    for message in told:
        words = plain(message.words)
        st.toast(words, duration="short" if message.kind == "success" else "long")
        with st.container(horizontal=True, vertical_alignment="center"):
            if message.kind in boxes:
                boxes[message.kind](words, width=520 if message.link else "stretch")
            if message.link:
                url.link("entry", message.link[0], **message.link[1])
        if message.hint:
            st.text(message.hint)
    return told
