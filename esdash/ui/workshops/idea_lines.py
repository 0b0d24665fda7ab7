"""Entering ideas, one line each: of a workshop, or of none."""

from functools import partial

import streamlit as st

from esdash.inventory import Inventory
from esdash.inventory.access import Action, Actor
from esdash.inventory.steering import ideas
from esdash.inventory.steering.ideas import LONGEST, Idea
from esdash.texts import Text
from esdash.ui.shell import author, page
from esdash.ui.workshops import lines
from esdash.wording.names import Names

KIND = "ideas"


def begin(workshop_id: str | None) -> None:
    """Open the form for the ideas of a workshop."""
    lines.begin(KIND, workshop_id)


def button(inventory: Inventory, text: Text, workshop_id: str | None = None) -> None:
    """The button that opens the form, for whoever may enter ideas."""
    if page.may(inventory, Action.KEEP_IDEAS):
        st.button(text("ideas.add"), key=f"ideas add {workshop_id}", on_click=begin, args=(workshop_id,))


def form(inventory: Inventory, text: Text, names: Names, workshop_id: str | None = None) -> None:
    """The form, if it is open; ideas without a workshop have a day of their own."""
    if not lines.opened(KIND, workshop_id) or not page.may(inventory, Action.KEEP_IDEAS):
        return
    with st.form(f"ideas {lines.once()}"):
        st.caption(text("workshops.lines_how"))
        if workshop_id is None:
            today, shown = inventory.today(), text("form.date_input")
            key = f"{lines.once()} day"
            st.date_input(text("ideas.collected"), today, None, today, key=key, format=shown, width=200)
        for place in range(lines.number()):
            first, second, *rest = st.columns([6, 4, 3, 3], gap="small")
            example = text("ideas.what_example")
            lines.field(first, "text_input", text("ideas.what"), "text", place, max_chars=LONGEST, placeholder=example)
            lines.who(second, text, names, place, text("ideas.who"))
            lines.where(rest, text, names, place, KIND)
        lines.buttons(text, text("ideas.add_now"), partial(_save, inventory, text, workshop_id))


@author.first
def _save(inventory: Inventory, text: Text, workshop_id: str | None) -> None:
    day = None if workshop_id else st.session_state.get(f"{lines.once()} day")
    said = [
        Idea(str(line["text"] or ""), workshop_id, day, line["who"], line["theme"], line["district"])
        for line in lines.given("text", "who", "theme", "district")
    ]

    def act(actor: Actor) -> None:
        ideas.add(inventory, said, actor, lines.once())

    n = sum(bool(one.text.strip()) for one in said)
    if page.act(inventory, text, Action.KEEP_IDEAS, act, text.count("ideas.added", n)):
        lines.end()
