"""Ideas that sound alike, in groups: put together, or told apart."""

import streamlit as st

from esdash.analysis.workshops import alike
from esdash.inventory import Inventory
from esdash.inventory.access import Action, Actor
from esdash.inventory.steering import ideas
from esdash.texts import Text
from esdash.ui.shell import page
from esdash.ui.workshops.choice import Row
from esdash.ui.workshops.idea_forms import labelled
from esdash.wording import workshops as words

AT_ONCE = 3  # groups; the next ones come up as these are decided


def show(inventory: Inventory, text: Text, rows: list[Row]) -> None:
    """The first groups; nothing if there are none or the visitor may not decide about ideas."""
    found = alike.groups(inventory) if page.may(inventory, Action.KEEP_IDEAS) else []
    if not found:
        return
    by_key = {str(row["idea_id"]): row for row in rows}
    with st.expander(text.count("ideas.similar", len(found))):
        st.caption(text("ideas.similar_how"))
        for group in found[:AT_ONCE]:
            _group(inventory, text, [by_key[key] for key in group])


def first_of(group: list[Row]) -> str:
    """The idea that stays if nobody chooses another: the one on the list, else the oldest."""
    order = sorted(
        group, key=lambda row: (row["standing"] != "listed", str(row["collected_on"] or "9"), row["idea_id"])
    )
    return str(order[0]["idea_id"])


# ---------------------------------------------------------------- inside


def _group(inventory: Inventory, text: Text, group: list[Row]) -> None:
    """One group: which idea stays, and of more than two which of them are meant."""
    keys = [str(row["idea_id"]) for row in group]
    by_key = dict(zip(keys, group, strict=True))
    name = "alike " + " ".join(keys)
    with st.container(border=True):
        st.radio(
            text("ideas.similar_stands"),
            keys,
            keys.index(first_of(group)),
            lambda key: labelled(by_key[key], text),
            key=f"{name} keep",
            captions=[words.origin(row, text) for row in group],
        )
        if len(keys) > 2:
            st.multiselect(
                text("ideas.similar_which"),
                keys,
                keys,
                lambda key: labelled(by_key[key], text),
                key=f"{name} which",
                placeholder=text("word.all"),
                select_all=False,
            )
        with st.container(horizontal=True, gap="small"):
            args = (inventory, text, name, keys)
            st.button(text("ideas.similar_merge"), key=f"{name} merge", type="primary", on_click=_merge, args=args)
            st.button(text("ideas.similar_apart"), key=f"{name} apart", on_click=_apart, args=args)


def _which(name: str, keys: list[str]) -> list[str]:
    return list(st.session_state.get(f"{name} which", keys))


def _merge(inventory: Inventory, text: Text, name: str, keys: list[str]) -> None:
    keep = str(st.session_state[f"{name} keep"])

    def act(actor: Actor) -> None:
        ideas.merge(inventory, keep, _which(name, keys), actor)

    page.act(inventory, text, Action.KEEP_IDEAS, act, text("ideas.merged"))


def _apart(inventory: Inventory, text: Text, name: str, keys: list[str]) -> None:
    def act(actor: Actor) -> None:
        ideas.tell_apart(inventory, _which(name, keys), actor)

    page.act(inventory, text, Action.KEEP_IDEAS, act, text("ideas.similar_apart_done"))
