"""Findings without points: proposed merges of training dates, and ideas; each with its own figure."""

from collections.abc import Sequence
from typing import Any

import streamlit as st

from esdash.analysis.priorities import findings
from esdash.inventory import Inventory
from esdash.inventory.cached import cached
from esdash.texts import Text
from esdash.ui.priorities import item_form
from esdash.ui.priorities.choice import PRIORITIES
from esdash.ui.shell import page, url
from esdash.wording import items as words
from esdash.wording.escaping import bold, plain
from esdash.wording.names import Names

AT_ONCE = 10


def show(inventory: Inventory, text: Text, names: Names, kinds: Sequence[str]) -> None:
    """One row per finding: what it is, its figure, and the button to take it onto the list; filtered as chosen."""
    if len(kinds) > 1:
        page.heading(text("items.unscored"))
    st.caption(text("items.unscored_note"))
    rows = [row for kind in kinds for row in _rows(inventory, text, kind) if _wanted(row, names)]
    if not rows:
        st.info(text("items.unscored_empty"))
    everything = st.session_state.get("unscored_all", False)
    for row in rows if everything else rows[:AT_ONCE]:
        left, right = st.columns([5, 2], vertical_alignment="center")
        left.markdown(f"{bold(row['title'])}  \n{plain(row['figure'])}")
        with right.container(horizontal=True, gap="small", vertical_alignment="center"):
            if row["listed"]:
                url.here("priorities", text("items.listed_as"), f"listed_{row['item_id']}", item=row["listed"])
            else:
                item_form.take_button(inventory, text, row["item_id"])
            where, parameters = words.address(row["item_id"])
            url.link(where, text("items.show"), **parameters)
    if len(rows) > AT_ONCE and not everything:
        st.button(text("word.show_all", n=len(rows)), on_click=_all)


def _wanted(row: dict[str, Any], names: Names) -> bool:
    themes = {below for key in PRIORITIES.theme for below in [key, *names.themes_below(key)]}
    for chosen, key in ((themes, "theme_id"), (PRIORITIES.district, "district_id")):
        if chosen and row[key] not in chosen:
            return False
    return True


@cached
def _rows(inventory: Inventory, text: Text, kind: str) -> list[dict[str, Any]]:
    """The findings of one kind, each with title and figure in words, and its item if it is on the list."""
    frame = findings.merges(inventory) if kind == "bundling" else findings.ideas(inventory)
    return [
        {
            **{"item_id": row["item_id"], "kind": kind, "figure": words.own_figure(row, text)},
            **{"title": words.proposed({**row, "origin": kind, "idea": row.get("text")}, {}, text)},
            **{"theme_id": row.get("theme_id"), "district_id": row.get("district_id")},
            "listed": row["priority_item_id"] if isinstance(row["priority_item_id"], str) else None,
        }
        for row in frame.to_dict("records")
    ]


def _all() -> None:
    st.session_state["unscored_all"] = True
