"""The visitor's own name, which the change log records with every change; asked for when it is needed."""

from collections.abc import Callable
from functools import wraps
from typing import Literal, ParamSpec
from urllib.parse import unquote

import streamlit as st

from esdash.inventory.access import Actor
from esdash.texts import Text
from esdash.ui.shell import printing, url
from esdash.wording.escaping import plain

COOKIE = "esdash_name"  # set by esdash/serve/own_name.py, so that the name outlives a reload and a shared link
LONGEST_NAME = 60
LONGEST_SHOWN = 24  # characters in the row of the frame
_NAME, _GIVEN, _WANTED, _FIELD, _TURN = "author", "author given", "author wanted", "author_", "author turn"

# The name of this visit goes to the server's route, which keeps it as a cookie; it runs again only for another name.
_KEEP = st.components.v2.component(
    "own_name",
    js="""
export default function({ data, parentElement }) {
    if (parentElement.kept === data.name) return;
    parentElement.kept = data.name;
    fetch(new URL("." + data.address, window.location.href), {
        method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ name: data.name }),
    });
}
""",
    isolate_styles=False,
)

Args = ParamSpec("Args")


def cleaned(name: str) -> str:
    """A name as it is kept: on one line, without control characters, not too long."""
    return " ".join("".join(one if one.isprintable() else " " for one in name).split())[:LONGEST_NAME].strip()


def current() -> Actor | None:
    """The actor of this visitor, by the name given in this visit or kept in the browser; None without a name."""
    given = st.session_state.get(_NAME)
    name = cleaned(unquote(st.context.cookies.get(COOKIE, "")) if given is None else str(given))
    return Actor(name) if name else None


def first(callback: Callable[Args, object]) -> Callable[Args, None]:
    """A callback that needs a name: without one the name is asked for, and then it is called."""

    @wraps(callback)
    def called(*args: Args.args, **kwargs: Args.kwargs) -> None:
        if current() or asked_here():
            callback(*args, **kwargs)
        else:
            want(lambda: callback(*args, **kwargs))

    return called


def button(label: str, key: str, primary: bool = True, help: str | None = None) -> bool:
    """A button whose press needs a name: without one the name is asked for, and then the press counts."""
    again = f"pressed {key}"
    pressed = printing.button(label, key=key, type="primary" if primary else "secondary", help=help)
    pressed = bool(st.session_state.pop(again, False)) or pressed
    if pressed and not current() and not asked_here():
        want(lambda: st.session_state.update({again: True}))
        return False
    return pressed


def want(what: Callable[[], object]) -> None:
    """Ask for the name in a dialog, and then do this."""
    st.session_state[_WANTED] = what


def asked_here() -> bool:
    """Whether a dialog with the field for the name is open: a second dialog cannot be."""
    return any(str(key).startswith(_FIELD) for key in st.session_state)


def ask(text: Text, place: str) -> None:
    """The field for one's own name inside a dialog, if it is missing; `place` is part of its key.

    Once drawn it stays as long as the dialog is open, so that nothing moves below the pointer.
    """
    key = f"{_FIELD}{place}"
    if key in st.session_state or not current():
        _field(text, key, on_change=lambda: _take(st.session_state[key]))


def frame(text: Text) -> None:
    """In the frame of every page: under which name one works, to change or forget it; nothing if none is known."""
    if not (actor := current()):
        return
    shown = actor.name if len(actor.name) <= LONGEST_SHOWN else f"{actor.name[: LONGEST_SHOWN - 1]}…"
    turn = st.session_state.setdefault(_TURN, 0)  # another key closes the popover
    with st.popover(plain(shown), type="tertiary", key=f"own_name_{turn}"):
        key = f"own name {turn}"
        st.session_state.setdefault(key, actor.name)
        _field(text, key, on_change=lambda: _take(st.session_state[key]))
        st.caption(text("author.kept"))
        st.button(text("author.forget"), key="own_name_forget", on_click=_take, args=("",))


def keep() -> None:
    """Have the browser keep a name that was given in this visit."""
    if st.session_state.get(_GIVEN):
        name = str(st.session_state.get(_NAME) or "")
        _KEEP(key="own_name_kept", data={"name": name, "address": url.OWN_NAME}, height=1)


def dialog(text: Text) -> None:
    """The dialog that asks for the name after a button was pressed without one, and then does what was wanted."""
    if not st.session_state.get(_WANTED):
        return

    def body() -> None:
        with st.form("own_name_asked", border=False):
            _field(text, "own name asked")
            st.caption(text("author.help"))
            if st.session_state.get("own name missing"):
                st.warning(text("author.missing"))
            if st.form_submit_button(text("author.go_on"), key="own_name_go_on", type="primary", on_click=_go_on):
                st.rerun()

    st.dialog(text("author.title"), on_dismiss=_give_up)(body)()


def _field(text: Text, key: str, on_change: Callable[[], None] | Literal["rerun"] = "rerun") -> None:
    st.text_input(
        text("author.name"),
        key=key,
        max_chars=LONGEST_NAME,
        autocomplete="name",
        placeholder=text("author.placeholder"),
        help=None if on_change == "rerun" else text("author.help"),
        on_change=on_change,
        width=260,
    )


def _take(name: str) -> None:
    st.session_state[_NAME] = cleaned(name or "")
    st.session_state[_GIVEN] = True
    st.session_state[_TURN] = st.session_state.get(_TURN, 0) + 1


def _go_on() -> None:
    name = cleaned(str(st.session_state.get("own name asked") or ""))
    st.session_state["own name missing"] = not name
    if name:
        _take(name)
        st.session_state.pop(_WANTED)()


def _give_up() -> None:
    st.session_state.pop(_WANTED, None)
    st.session_state.pop("own name missing", None)
