"""What all pages share: the frame around them, the title with its sentence, the data status, and the way to act."""

from collections.abc import Callable

import streamlit as st

from esdash.errors import UserError
from esdash.inventory import Inventory
from esdash.inventory.access import Action, Actor
from esdash.texts import LANGUAGES, Text
from esdash.ui.shell import author, lookback, messages, session
from esdash.ui.shell.state import Visit
from esdash.wording.escaping import plain
from esdash.wording.names import names_of


def frame(inventory: Inventory, text: Text, look_back: bool) -> None:
    """Above every page: whether the data are invented, the day that is shown, and the language."""
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        if session.is_example(inventory):
            st.badge(text("app.example_banner"), color="orange")
        else:
            st.caption(text("app.city", city=names_of(inventory, text).city["name"]))
        with st.container(horizontal=True, width="content", vertical_alignment="center"):
            if look_back:
                lookback.choose(inventory, text)
            st.segmented_control(
                text("app.language"),
                LANGUAGES,
                format_func=lambda language: text(f"language.{language}"),
                key=Visit.language.key,
                required=True,
                label_visibility="collapsed",
            )


def title(text: Text, key: str, sentence: str) -> None:
    """The question, and the answer in one sentence with the figures that matter."""
    st.title(text(f"{key}.title"), anchor=False)
    st.markdown(sentence)


def heading(words: str) -> None:
    """The title of a chart or table."""
    st.subheader(words, anchor=False)


def data_status(inventory: Inventory, text: Text, *more: str) -> None:
    """Below every page: from when the data are, and what must be known about them."""
    status = names_of(inventory, text).city
    parts = [text("app.data_status", city=status["name"], day=status["today"]), *more]
    st.caption(" · ".join(part for part in parts if part))


def may(inventory: Inventory, action: Action) -> bool:
    """Whether this visitor may do this to what the page shows; asked before a button is drawn."""
    return inventory.may(author.current() or Actor(""), action)


def allowed(inventory: Inventory, text: Text, *actions: Action) -> bool:
    """Whether this visitor may do one of these; if not, a sentence about the first takes the place of the buttons."""
    if any(may(inventory, action) for action in actions):
        return True
    if refusal := inventory.why_not(author.current() or Actor(""), actions[0]):
        st.caption(plain(text.error(refusal)[0]))
    return False


def act(
    inventory: Inventory,
    text: Text,
    action: Action,
    do: Callable[[Actor], object],
    done: str = "",
    nameless: str = "",
    through: tuple[type[UserError], ...] = (),
) -> bool:
    """Let `do` change the inventory in the name of this visitor; whether it did, and why not, is told on the next run.

    `done` is told where it did; `nameless` is the name of whoever has given none, where none is needed. Errors
    `through` are raised: they are no messages but something to go on with.
    """
    messages.clear()
    actor = author.current() or (Actor(nameless) if nameless else None)
    if actor is None:
        messages.tell("warning", text("author.missing"))
        return False
    try:
        inventory.demand(actor, action)
        do(actor)
    except through:
        raise
    except UserError as error:
        messages.refuse(text, error)
        return False
    if done:
        messages.tell("success", done)
    return True


def act_here(
    inventory: Inventory, text: Text, action: Action, do: Callable[[Actor], object], done: str = "", nameless: str = ""
) -> None:
    """The same from inside a window: it closes where something was done, else it stays open and says why."""
    if act(inventory, text, action, do, done, nameless):
        st.rerun()
    messages.show()
