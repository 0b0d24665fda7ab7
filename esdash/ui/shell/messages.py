"""Messages about what a button did: shown once, on the next run, by whatever page is then shown."""

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
    """One message: its text, a hint, the merge or error that it is about, and a link.

    `kind` is success (a note in the corner), done (also shown on the page), warning or error;
    `link` is a label and parameters for the page Erfassen.
    """

    kind: str
    words: str
    hint: str = ""
    merge_id: str = ""
    error: UserError | None = None
    link: tuple[str, dict[str, str]] | None = None


def tell(kind: str, words: str, hint: str = "", **more: Any) -> None:
    """Store a message for the next run; `more` are the other fields of Message."""
    st.session_state.setdefault(_KEY, []).append(Message(kind, words, hint, **more))


def refuse(text: Text, error: UserError) -> None:
    """Store an error with its hint for the next run."""
    tell("error", *text.error(error), error=error)


def clear() -> None:
    """Delete the messages of earlier actions, when a new action begins."""
    st.session_state.pop(_KEY, None)


def taken() -> list[Message]:
    """The messages of the last action, for a page that shows them in its own way, once."""
    told: list[Message] = st.session_state.pop(_KEY, [])
    return told


def show() -> list[Message]:
    """Show the messages of the last action once; also as notes in the corner, visible after scrolling down."""
    told = taken()
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
