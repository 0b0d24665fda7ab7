"""Accepted merges: who, when, why, whether they are still possible; and taking them back."""

from typing import Any

import streamlit as st

from esdash.analysis.bundling.bundling import Decided, Plan
from esdash.inventory import Inventory
from esdash.inventory.access import Action
from esdash.inventory.steering import bundling
from esdash.texts import Text
from esdash.ui.shell import author, page
from esdash.ui.trainings import choice
from esdash.wording import trainings as words
from esdash.wording.escaping import bold, plain


def show(inventory: Inventory, plan: Plan, text: Text) -> None:
    """The list, the newest first; nothing if no merge was accepted."""
    if not plan.problem.decided:
        return
    page.heading(text("plan.decided_title"))
    for decision in plan.problem.decided:
        left, right = st.columns([5, 1], vertical_alignment="center")
        with left.container(gap="xsmall"):
            first, second = names(decision.row, text)
            st.markdown(text("plan.merge_title", first=bold(first), second=bold(second)))
            st.caption(plain(signed(decision, text)))
            if decision.state != "holds":
                st.warning(plain(_came_between(inventory, decision, text)))
        if page.may(inventory, Action.ACCEPT_BUNDLING):
            with right:
                withdraw_button(inventory, decision, text, "list")


def signed(decision: Decided, text: Text) -> str:
    """Who accepted the merge, when and why."""
    row = decision.row
    return text("plan.signed", actor=row["decided_by"], day=row["decided_on"], reason=row["reason"])


def withdraw_button(inventory: Inventory, decision: Decided, text: Text, place: str) -> None:
    """The button to take an accepted merge back."""
    key = str(decision.row["decision_id"])
    st.button(text("plan.withdraw"), key=f"withdraw_{place}_{key}", on_click=_withdraw, args=(inventory, key, text))


def names(row: Any, text: Text) -> tuple[str, str]:
    """The names of both sessions: day and course."""
    return (
        words.day_and_course(row["starts_on"], row["course"], text),
        words.day_and_course(row["kept_starts_on"], row["kept_course"], text),
    )


def _came_between(inventory: Inventory, decision: Decided, text: Text) -> str:
    row = decision.row
    other = words.session_name(inventory, decision.other[0], text) if decision.other else ""
    return text(
        f"plan.state_{decision.state}",
        day=row["starts_on"],
        kept_day=row["kept_starts_on"],
        day_then=row["starts_then"],
        kept_day_then=row["kept_starts_then"],
        other=other,
    )


@author.first
def _withdraw(inventory: Inventory, decision_id: str, text: Text) -> None:
    """Take the merge back; does nothing as long as one's own name is missing."""
    done = text("plan.withdrawn")
    if page.act(
        inventory, text, Action.ACCEPT_BUNDLING, lambda who: bundling.withdraw(inventory, decision_id, who), done
    ):
        choice.look_at(decision_id)
