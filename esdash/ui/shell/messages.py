"""Messages about what a button did: shown once, on the next run, where the page shows what changed; always in sight."""

from dataclasses import dataclass
from typing import Any

import streamlit as st

from esdash.errors import UserError
from esdash.texts import Text
from esdash.ui.shell import sight, url
from esdash.wording.escaping import plain

_KEY, _TURN = "messages", "messages shown"
_BOXES = {"done": st.success, "warning": st.warning, "error": st.error}


@dataclass(frozen=True)
class Message:
    """One message: its text, a hint, the merge or error that it is about, and a link.

    `kind` is done, warning or error; `link` is a label and parameters for the page Erfassen.
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
    """Show the messages of the last action once, and move the page so that they are in sight."""
    told = taken()
    if not told:
        return told
    turn = st.session_state[_TURN] = st.session_state.get(_TURN, 0) + 1
    with st.container(key=f"message_{turn}", gap="xsmall"):
        for message in told:
            _box(message)
        sight.bring(f"message_{turn}")
    return told


def _box(message: Message) -> None:
    """The message with its hint in one box; a link beside it."""
    words = plain(message.words) + (f"  \n{plain(message.hint)}" if message.hint else "")
    if not message.link:
        _BOXES[message.kind](words)
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        _BOXES[message.kind](words, width=520)
        url.link("entry", message.link[0], **message.link[1])
