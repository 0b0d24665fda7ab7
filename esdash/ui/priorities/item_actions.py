"""What can be done to an item of the list: judging whether it is possible, ending it, taking it off the list."""

from collections.abc import Mapping
from functools import partial
from typing import Any

import streamlit as st

from esdash.inventory import Inventory
from esdash.inventory.access import Action, Actor
from esdash.inventory.steering import items
from esdash.texts import Text, is_missing
from esdash.ui.priorities import item_form
from esdash.ui.priorities.item_form import LONGEST_REASON
from esdash.ui.shell import author, page
from esdash.ui.widgets import dialog

Row = Mapping[str, Any]

_ANSWERS = (True, False, None)


def buttons(inventory: Inventory, text: Text, row: Row, place: str = "") -> None:
    """The buttons for an item, of those actions that the visitor may do. `place` tells several items apart."""
    if not page.allowed(inventory, text, Action.EDIT_ITEM, Action.JUDGE_ITEM, Action.END_ITEM, Action.TAKE_BACK_ITEM):
        return
    with st.container(horizontal=True, gap="small"):
        item_form.edit_button(inventory, text, row, place)
        for action, key, title, content in (
            (Action.JUDGE_ITEM, "judge_item", "items.pearl_title", _judge),
            (Action.END_ITEM, "end_item", "items.end", _end),
        ):
            if page.may(inventory, action):
                label = text("items.pearl" if action == Action.JUDGE_ITEM else "items.end")
                dialog.button(label, f"{key}{place}", text(title), partial(content, inventory, text, row))
        take_back_button(inventory, text, str(row["priority_item_id"]), place)


def take_back_button(inventory: Inventory, text: Text, item_id: str, place: str = "") -> None:
    """The button to take an item off the list; nothing if the visitor may not."""
    if page.may(inventory, Action.TAKE_BACK_ITEM):
        label = text("items.take_back")
        dialog.button(label, f"take_back_item{place}", label, partial(_take_back, inventory, text, item_id))


def _judge(inventory: Inventory, text: Text, row: Row) -> None:
    key = f"judge_{row['priority_item_id']}"
    st.caption(text("items.pearl_what"))
    answers = {name: _answer(text, row, name, key) for name in items.PEARL}
    known = row["pearl_reason"] if isinstance(row["pearl_reason"], str) else ""
    reason = st.text_input(text("items.pearl_why"), known, LONGEST_REASON, f"{key}_why")
    author.ask(text, "judge_item")

    def act(actor: Actor) -> None:
        items.judge(inventory, row["priority_item_id"], answers, reason, actor, int(row["version"]))

    dialog.save(inventory, text, Action.JUDGE_ITEM, act, text("items.pearl_now"), text("items.pearl_done"), "judge_now")


def _answer(text: Text, row: Row, name: str, key: str) -> bool | None:
    known = row[name]
    known = None if is_missing(known) else bool(known)
    left, right = st.columns([3, 2], vertical_alignment="center")
    left.markdown(text(f"items.pearl_{name}"))
    words = {True: text("word.yes"), False: text("word.no"), None: text("items.pearl_none")}
    answer: bool | None = right.segmented_control(
        text(f"items.pearl_{name}"),
        _ANSWERS[:2],
        default=known,
        format_func=lambda option: words[option],
        key=f"{key}_{name}",
        label_visibility="collapsed",
    )
    return answer


def _end(inventory: Inventory, text: Text, row: Row) -> None:
    key = f"end_{row['priority_item_id']}"
    st.caption(text("items.end_what"))
    ended_as = st.radio(
        text("items.end_as"),
        items.ENDED_AS,
        format_func=lambda way: text(f"items.end_{way}"),
        key=f"{key}_as",
        horizontal=True,
    )
    reason = st.text_input(text("items.end_why"), key=f"{key}_why", max_chars=LONGEST_REASON)
    author.ask(text, "end_item")

    def act(actor: Actor) -> None:
        items.end(inventory, row["priority_item_id"], ended_as, reason, actor, int(row["version"]))

    dialog.save(inventory, text, Action.END_ITEM, act, text("items.end_now"), text("items.end_told"), "end_now")


def _take_back(inventory: Inventory, text: Text, item_id: str) -> None:
    st.caption(text("items.take_back_what"))
    reason = st.text_input(text("items.take_back_why"), key="take_back_why", max_chars=LONGEST_REASON)
    author.ask(text, "take_back_item")

    def act(actor: Actor) -> None:
        items.take_back(inventory, item_id, actor, reason)

    label, done = text("items.take_back_now"), text("items.take_back_done")
    dialog.save(inventory, text, Action.TAKE_BACK_ITEM, act, label, done, "take_back_now")
