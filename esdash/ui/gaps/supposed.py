"""What is supposed on the page Weiße Flecken: one line each, to be taken back, dropped together or saved."""

from dataclasses import replace

import streamlit as st

from esdash.inventory import Inventory
from esdash.inventory.access import Action, Actor
from esdash.inventory.file.conditions import NOTHING, Conditions
from esdash.inventory.steering import scenarios
from esdash.texts import Text
from esdash.ui.gaps.state import GAPS
from esdash.ui.shell import page, printing
from esdash.wording import conditions as in_words
from esdash.wording.escaping import plain
from esdash.wording.names import Names


def put(supposed: Conditions) -> None:
    """From now on this is supposed."""
    GAPS.supposed = supposed.to_json() if supposed else None


def show(inventory: Inventory, text: Text, names: Names, supposed: Conditions) -> None:
    """The suppositions with a button each, and the two for all of them; nothing where nothing is supposed."""
    if not supposed.supposing:
        return
    entries = [(kind, n) for kind in ("offers", "growth", "planning") for n in range(len(getattr(supposed, kind)))]
    for (kind, number), words in zip(entries, in_words.supposed(supposed, names), strict=True):
        line = st.container(horizontal=True, vertical_alignment="center", gap="small")
        with line:
            st.markdown(f":orange[{plain(text('suppose.line', what=words))}]", width="content")
            if not printing.on():
                key = f"suppose_remove_{kind}_{number}"
                st.button(text("suppose.remove"), key, None, _remove, (supposed, kind, number), type="tertiary")
    if printing.on():
        return
    # A single line has room for the buttons of all; every line less leaves the picture in sight.
    with line if len(entries) == 1 else st.container(horizontal=True, gap="medium"):
        st.button(text("suppose.clear"), "suppose_clear", None, put, (NOTHING,), type="tertiary")
        if page.may(inventory, Action.SAVE_SCENARIO):
            _keep(inventory, supposed, text)


def _remove(supposed: Conditions, kind: str, number: int) -> None:
    entries = getattr(supposed, kind)
    put(replace(supposed, **{kind: entries[:number] + entries[number + 1 :]}))


def _keep(inventory: Inventory, supposed: Conditions, text: Text) -> None:
    """The form to save the suppositions as a scenario."""
    with st.popover(text("suppose.keep"), type="tertiary"):
        name = st.text_input(text("suppose.name"), key="suppose_name", max_chars=scenarios.LONGEST_NAME)
        if st.button(text("suppose.keep_now"), key="suppose_keep", type="primary"):

            def act(actor: Actor) -> None:
                scenarios.save(inventory, name, supposed, actor)

            page.act_here(inventory, text, Action.SAVE_SCENARIO, act, text("suppose.kept", name=name))
