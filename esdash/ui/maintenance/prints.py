"""Prints that lie about and name somebody who is revoked, gone or cannot be reached: each with where its copies are."""

import streamlit as st

from esdash.analysis.prints import register
from esdash.inventory import Inventory
from esdash.texts import Text
from esdash.ui.shell import url
from esdash.wording import prints as words
from esdash.wording.escaping import bold, plain
from esdash.wording.names import names_of


def show(inventory: Inventory, text: Text) -> None:
    """One flat card for each of these prints, before all other to-dos: they mislead people every day."""
    for printed in register.misleading(inventory):
        todo = words.todo(printed, names_of(inventory, text), text)
        with st.container(border=True, gap="xsmall"):
            left, right = st.columns([4, 1], gap="medium", vertical_alignment="center")
            with left.container(gap="xsmall"):
                st.markdown(f"{bold(todo['name'])} · {plain(todo['why'])}")
                st.caption(plain(todo["where"]))
            with right.container(horizontal=True, horizontal_alignment="right"):
                link = {"contact_points": "print", "prints": "register", "run": printed.print_run_id}
                url.link("contact_points", text("prints.todo_open"), **link)
