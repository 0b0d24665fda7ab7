"""Taking a proposal for the priority list back, on every page that shows it."""

import streamlit as st

from esdash.inventory import Inventory
from esdash.inventory.access import Action, Actor
from esdash.inventory.steering import proposing
from esdash.texts import Text
from esdash.ui.shell import author, page

LONGEST_REASON = 300


def withdraw(inventory: Inventory, text: Text, item_id: str, proposal: object) -> None:
    """The button and dialog to take a proposal back; nothing without a proposal, or if the visitor may not."""
    if not isinstance(proposal, str) or not page.may(inventory, Action.WITHDRAW_PROPOSAL):
        return
    with st.popover(text("proposal.withdraw")):
        st.caption(text("proposal.withdraw_what"))
        reason = st.text_input(
            text("proposal.why"), key="withdraw_why", max_chars=LONGEST_REASON, placeholder=text("action.optional")
        )
        author.ask(text, "withdraw_proposal")
        if st.button(text("proposal.withdraw_now"), key="withdraw_proposal", type="primary"):

            def act(actor: Actor) -> None:
                proposing.withdraw(inventory, item_id, actor, reason.strip() or None)

            page.act_here(inventory, text, Action.WITHDRAW_PROPOSAL, act, text("proposal.withdrawn"))
