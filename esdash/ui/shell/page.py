"""What all pages share: frame, title with its sentence, data status, and running actions."""

from collections.abc import Callable
from typing import Any

import streamlit as st

from esdash.errors import UserError
from esdash.inventory import Inventory
from esdash.inventory.access import Action, Actor
from esdash.texts import LANGUAGES, Text
from esdash.ui.shell import author, explained, how, lookback, messages, navigation, printing, screen, session
from esdash.ui.shell.state import Visit
from esdash.wording.escaping import plain
from esdash.wording.names import names_of

_TITLE, _BELOW = "place of the title", "place below the frame"


def frame(inventory: Inventory, text: Text, page: str) -> None:
    """The top of a page, one row: room for its title; whether the data are invented, the day, the language.

    On paper the day in words, and below the row what is chosen.
    """
    paper = printing.on()
    if paper:
        _way(text("print.back"), "print_back", "")
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        st.session_state[_TITLE] = st.container(width="stretch")
        gap: Any = "xsmall" if screen.narrow() else "small"  # one line on a telephone too
        with st.container(horizontal=True, width="content", vertical_alignment="center", gap=gap):
            if session.is_example(inventory):
                st.badge(text("app.example"), color="orange", help=text("app.example_banner"))
            else:
                st.caption(text("app.city", city=names_of(inventory, text).city["name"]))
            if page not in navigation.TODAY_ONLY:
                lookback.choose(inventory, text)
            if not paper:
                explained.again(page, text)
                author.frame(text)
                st.segmented_control(
                    text("app.language"),
                    LANGUAGES,
                    format_func=str.upper,
                    key=Visit.language.key,
                    required=True,
                    label_visibility="collapsed",
                )
    if paper:
        printing.begin()
    st.session_state[_BELOW] = st.container()


def end(text: Text) -> None:
    """The end of every page: a message that it did not show itself, at its top; and the question for one's name."""
    with st.session_state.get(_BELOW) or st.container():
        messages.show()
    author.keep()
    author.dialog(text)


def title(words: str, beside: Callable[[], None] | None = None) -> None:
    """The title of the page, in the row of the frame; `beside`: what stands to its right."""
    with st.session_state.get(_TITLE) or st.container():
        if beside is None:
            st.title(words, anchor=False)
            return
        left, right = st.columns([3, 4])
        left.title(words, anchor=False)
        with right:
            beside()


def question(text: Text, key: str, sentence: str) -> None:
    """The title: the question of the page; below it the answer in one sentence."""
    title(text(f"{key}.title"))
    st.markdown(sentence)


def heading(words: str) -> None:
    """The title of a chart or table."""
    st.subheader(words, anchor=False)


def data_status(inventory: Inventory, text: Text, *more: str) -> None:
    """The bottom of a page: the date of the data, notes about them, the ways to how it is worked out and to print."""
    status = names_of(inventory, text).city
    example = text("app.example_banner") if session.is_example(inventory) else ""
    parts = [text("app.data_status", city=status["name"], day=status["today"]), example, *more]
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        st.caption(" · ".join(part for part in parts if part))
        if not printing.on():
            with st.container(horizontal=True, width="content", vertical_alignment="center"):
                if topic := how.OF_PAGE.get(navigation.opened()):
                    how.link(text, topic)
                _way(f"{text('print.open')} →", "print_open", "1")
    end(text)


def _way(label: str, key: str, paper: str) -> None:
    """The way to the view to print or back, with all choices of the page; a button, for it leads to the same page."""
    if st.button(f":primary[{label}]", key=key, type="tertiary"):
        choices = {name: st.query_params.get_all(name) for name in st.query_params if name != printing.PARAMETER}
        st.switch_page(
            navigation.script(navigation.opened()),
            query_params=choices | ({printing.PARAMETER: [paper]} if paper else {}),
        )


def may(inventory: Inventory, action: Action) -> bool:
    """Whether this visitor may do this action to the shown inventory, asked before a button is drawn; not on paper."""
    return not printing.on() and inventory.may(author.current() or Actor(""), action)


def allowed(inventory: Inventory, text: Text, *actions: Action) -> bool:
    """Whether this visitor may do one of these; if not, a sentence about the first takes the place of the buttons."""
    if any(may(inventory, action) for action in actions):
        return True
    if printing.on():
        return False
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
    """Run `do` as this visitor; returns whether it succeeded. The next run shows the message or the error.

    `done`: the message of success; `nameless`: the name to use without one, for actions that need no name.
    Without a name the name is asked for, and then `do` is run; a caller that goes on afterwards takes `author.first`.
    Errors of the types `through` are raised again, for the caller to handle.
    """
    messages.clear()
    actor = author.current() or (Actor(nameless) if nameless else None)
    if actor is None:
        if author.asked_here():
            messages.tell("warning", text("author.missing"))
        else:
            author.want(lambda: act(inventory, text, action, do, done, nameless, through))
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
        messages.tell("done", done)
    return True


def act_here(
    inventory: Inventory, text: Text, action: Action, do: Callable[[Actor], object], done: str = "", nameless: str = ""
) -> None:
    """As `act`, from inside a dialog, which closes on success and otherwise stays open with the error."""
    if act(inventory, text, action, do, done, nameless):
        st.rerun()
    messages.show()
