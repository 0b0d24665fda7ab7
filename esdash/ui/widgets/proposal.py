"""Taking a proposal for the priority list back, on every page that shows it."""

import streamlit as st

from esdash.inventory import Inventory
from esdash.inventory.access import Action, Actor
from esdash.inventory.steering import items
from esdash.texts import Text
from esdash.ui.shell import author, page

LONGEST_REASON = 300


def withdraw(inventory: Inventory, text: Text, listed_id: object) -> None:
    """The button and dialog to take a proposal back; nothing if it is not on the list, or if the visitor may not."""
    if not isinstance(listed_id, str) or not page.may(inventory, Action.TAKE_BACK_ITEM):
        return
    with st.popover(text("proposal.withdraw")):
        st.caption(text("proposal.withdraw_what"))
        reason = st.text_input(
            text("proposal.why"), key="withdraw_why", max_chars=LONGEST_REASON, placeholder=text("action.optional")
        )
        author.ask(text, "withdraw_proposal")
        if st.button(text("proposal.withdraw_now"), key="withdraw_proposal", type="primary"):

            def act(actor: Actor) -> None:
                items.take_back(inventory, listed_id, actor, reason.strip() or None)

            page.act_here(inventory, text, Action.TAKE_BACK_ITEM, act, text("proposal.withdrawn"))
