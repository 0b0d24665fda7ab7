"""Entering promises, one line each: of a workshop, or given elsewhere."""

from functools import partial

import streamlit as st

from esdash.inventory import Inventory
from esdash.inventory.access import Action, Actor
from esdash.inventory.steering import commitments
from esdash.inventory.steering.commitments import LONGEST, LONGEST_ROLE, Promise
from esdash.texts import Text
from esdash.ui.shell import author, page
from esdash.ui.workshops import lines
from esdash.wording.names import Names

KIND = "promises"


def button(inventory: Inventory, text: Text, workshop_id: str | None = None) -> None:
    """The button that opens the form, for whoever may enter promises."""
    if page.may(inventory, Action.KEEP_PROMISES):
        label, args = text("promises.add"), (KIND, workshop_id)
        st.button(label, key=f"promises add {workshop_id}", on_click=lines.begin, args=args)


def form(inventory: Inventory, text: Text, names: Names, workshop_id: str | None = None) -> None:
    """The form, if it is open; promises that were given elsewhere have a day of their own."""
    if not lines.opened(KIND, workshop_id) or not page.may(inventory, Action.KEEP_PROMISES):
        return
    shown = text("form.date_input")
    with st.form(f"promises {lines.once()}"):
        st.caption(text("workshops.lines_how"))
        if workshop_id is None:
            today, key = inventory.today(), f"{lines.once()} day"
            st.date_input(text("promises.given"), today, None, today, key=key, format=shown, width=200)
        for place in range(lines.number()):
            first, second, third, fourth, *rest = st.columns([6, 4, 3, 3, 3, 3], gap="small")
            words, role = text("promises.what"), text("promises.role")
            example, of = text("promises.what_example"), text("promises.role_example")
            lines.field(first, "text_input", words, "text", place, max_chars=LONGEST, placeholder=example)
            lines.who(second, text, names, place, text("promises.who"))
            lines.field(third, "text_input", role, "role", place, max_chars=LONGEST_ROLE, placeholder=of)
            lines.field(fourth, "date_input", text("promises.until"), "until", place, value=None, format=shown)
            lines.where(rest, text, names, place, KIND)
        lines.buttons(text, text("promises.add_now"), partial(_save, inventory, text, workshop_id))


@author.first
def _save(inventory: Inventory, text: Text, workshop_id: str | None) -> None:
    day = None if workshop_id else st.session_state.get(f"{lines.once()} day")
    said = [
        Promise(
            *(str(line["text"] or ""), line["who"], line["role"], line["until"], workshop_id),
            given_on=day,
            theme_id=line["theme"],
            district_id=line["district"],
        )
        for line in lines.given("text", "who", "role", "until", "theme", "district")
    ]

    def act(actor: Actor) -> None:
        commitments.add(inventory, said, actor, lines.once())

    n = sum(bool(one.text.strip()) for one in said)
    if page.act(inventory, text, Action.KEEP_PROMISES, act, text.count("promises.added", n)):
        lines.end()
