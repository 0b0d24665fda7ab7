"""What people do with an idea: change it, put it together with another, park it, and undo each of these."""

from collections.abc import Callable
from functools import partial

import streamlit as st

from esdash.inventory import Inventory
from esdash.inventory.access import Action, Actor
from esdash.inventory.steering import ideas
from esdash.inventory.steering.ideas import LONGEST, Idea
from esdash.texts import Text
from esdash.ui.shell import author, page
from esdash.ui.workshops import choice
from esdash.ui.workshops.choice import Row
from esdash.wording.names import Names

LONGEST_REASON = 200
_OPEN = "idea form"  # in session state: the idea whose form is open


def show(inventory: Inventory, text: Text, names: Names, row: Row, rows: list[Row]) -> None:
    """The buttons that this idea allows, or why the visitor may not."""
    if not page.allowed(inventory, text, Action.KEEP_IDEAS):
        return
    key = str(row["idea_id"])
    if row["state"] == "merged":
        separate_button(inventory, text, key)
    elif row["state"] == "parked":
        label, args = text("ideas.take_up"), (inventory, text, partial(ideas.take_up, inventory, key), "took_up")
        st.button(label, key=f"idea take up {key}", on_click=_act, args=args)
    elif row["standing"] != "listed":
        with st.popover(text("ideas.park")):
            _park(inventory, text, row)
        with st.popover(text("ideas.merge_with")):
            _merge(inventory, text, row, rows)
    st.button(text("ideas.change"), key=f"idea change {key}", on_click=_begin, args=(key,))
    if row["told_apart"]:
        args = (inventory, text, partial(ideas.compare_again, inventory, key), "compared_again")
        st.button(
            text("ideas.compare_again"), key=f"idea compare again {key}", type="tertiary", on_click=_act, args=args
        )
    if row["standing"] == "new" and not row["others"]:
        args = (inventory, text, partial(ideas.take_back, inventory, key), "took_back")
        st.button(text("ideas.take_back"), key=f"idea take back {key}", type="tertiary", on_click=_act, args=args)


def separate_button(inventory: Inventory, text: Text, idea_id: str) -> None:
    """The button that undoes a merge."""
    args = (inventory, text, partial(ideas.separate, inventory, idea_id), "separated")
    st.button(text("ideas.separate"), key=f"idea separate {idea_id}", type="tertiary", on_click=_act, args=args)


def form_of(inventory: Inventory, text: Text, names: Names, row: Row) -> None:
    """The form of the idea, if it is open."""
    if st.session_state.get(_OPEN) != row["idea_id"] or not page.may(inventory, Action.KEEP_IDEAS):
        return
    key, none = f"idea {row['idea_id']} {row['version']}", text("workshops.choose")
    with st.form(key):
        st.text_input(text("ideas.what"), row["text"], LONGEST, f"{key} text")
        kinds = {"who": ("organization", names.by_name("organization", names.ids("organization")))}
        kinds |= {"theme": ("theme", names.leaves), "district": ("district", names.ids("district"))}
        for column, (name, (kind, ids)) in zip(st.columns(3), kinds.items(), strict=True):
            known = row[f"{kind}_id"]
            at = ids.index(known) if known in ids else None
            of = partial(names.of, kind)
            column.selectbox(text(f"ideas.{name}"), ids, at, of, key=f"{key} {name}", placeholder=none)
        with st.container(horizontal=True):
            args = (inventory, text, row, key)
            st.form_submit_button(text("workshops.save"), type="primary", on_click=_save, args=args)
            st.form_submit_button(text("workshops.cancel"), on_click=_end)


# ---------------------------------------------------------------- inside


def _begin(key: str) -> None:
    st.session_state[_OPEN] = key


def _end() -> None:
    st.session_state.pop(_OPEN, None)


@author.first
def _save(inventory: Inventory, text: Text, row: Row, key: str) -> None:
    given = {name: st.session_state.get(f"{key} {name}") for name in ("text", "who", "theme", "district")}
    day = row["collected_on"] if row["workshop_id"] is None else None
    said = Idea(str(given["text"] or ""), row["workshop_id"], day, given["who"], given["theme"], given["district"])

    def act(actor: Actor) -> None:
        ideas.edit(inventory, str(row["idea_id"]), said, actor, int(row["version"]))

    if page.act(inventory, text, Action.KEEP_IDEAS, act, text("ideas.changed")):
        _end()


def _park(inventory: Inventory, text: Text, row: Row) -> None:
    key = f"park {row['idea_id']} {row['version']}"
    st.caption(text("ideas.park_what"))
    with st.form(key, border=False):
        st.text_input(text("ideas.park_why"), max_chars=LONGEST_REASON, key=f"{key} why")
        args = (inventory, text, row, key)
        st.form_submit_button(text("ideas.park_now"), type="primary", on_click=_parked, args=args)


def _parked(inventory: Inventory, text: Text, row: Row, key: str) -> None:
    why = str(st.session_state.get(f"{key} why") or "")

    def act(actor: Actor) -> None:
        ideas.park(inventory, str(row["idea_id"]), why, actor, int(row["version"]))

    page.act(inventory, text, Action.KEEP_IDEAS, act, text("ideas.parked"))


def _merge(inventory: Inventory, text: Text, row: Row, rows: list[Row]) -> None:
    others = {str(one["idea_id"]): one for one in rows if one["state"] == "new" and one["idea_id"] != row["idea_id"]}
    key = f"merge {row['idea_id']} {row['version']}"
    with st.form(key, border=False):
        st.selectbox(
            text("ideas.merge_into"),
            list(others),
            None,
            lambda one: labelled(others[one], text),
            key=f"{key} keep",
            placeholder=text("workshops.choose"),
        )
        args = (inventory, text, row, key)
        st.form_submit_button(text("ideas.merge_now"), type="primary", on_click=_merged, args=args)


def labelled(row: Row, text: Text) -> str:
    """An idea as an option: its words, and whether it is on the list."""
    return text("ideas.listed_mark", text=row["text"]) if row["standing"] == "listed" else str(row["text"])


def _merged(inventory: Inventory, text: Text, row: Row, key: str) -> None:
    keep = st.session_state.get(f"{key} keep")

    def act(actor: Actor) -> None:
        ideas.merge(inventory, str(keep), [str(row["idea_id"])], actor)

    if keep:
        page.act(inventory, text, Action.KEEP_IDEAS, act, text("ideas.merged"))


@author.first
def _act(inventory: Inventory, text: Text, do: Callable[[Actor], object], done: str) -> None:
    if page.act(inventory, text, Action.KEEP_IDEAS, do, text(f"ideas.{done}")) and done == "took_back":
        choice.IDEAS.choose(None)
