"""What became of a promise: kept, not kept, released, a new day, a measure; and undoing it. Also used by Sitzung."""

from functools import partial

import streamlit as st

from esdash.inventory import Inventory
from esdash.inventory.access import Action, Actor
from esdash.inventory.editing import new_key
from esdash.inventory.steering import commitments
from esdash.inventory.steering.commitments import ENDED, LONGEST, LONGEST_NOTE, LONGEST_ROLE, Ended, Promise
from esdash.inventory.steering.measures import Plan
from esdash.texts import Text
from esdash.ui.shell import author, page
from esdash.ui.workshops import choice
from esdash.ui.workshops.choice import Row
from esdash.wording.names import Names

LONGEST_TITLE = 120  # signs, as of a measure
_OPEN = "promise form"  # in session state: the promise whose form is open


def show(inventory: Inventory, text: Text, row: Row) -> None:
    """The buttons that say what became of it, or why the visitor may not."""
    if not page.allowed(inventory, text, Action.KEEP_PROMISES):
        return
    with st.container(horizontal=True, gap="small"):
        if row["state"] != "open":
            args = (inventory, text, row)
            st.button(text("promises.reopen"), key=f"reopen {row['commitment_id']}", on_click=_reopen, args=args)
            return
        for state in ENDED:
            with st.popover(text(f"promises.{state}_do"), type="primary" if state == "kept" else "secondary"):
                _ending(inventory, text, row, state)
        with st.popover(text("promises.move")):
            _moving(inventory, text, row)


def beside(inventory: Inventory, text: Text, names: Names, row: Row) -> None:
    """What else can be done with it on its own page: a measure from it, changing its words, removing it."""
    key, keeps = str(row["commitment_id"]), page.may(inventory, Action.KEEP_PROMISES)
    with st.container(horizontal=True, gap="small"):
        if row["state"] == "open" and not row["followed"] and page.may(inventory, Action.START_MEASURE):
            with st.popover(text("promises.measure")):
                _measure(inventory, text, names, row)
        if keeps:
            st.button(text("promises.change"), key=f"promise change {key}", on_click=_begin, args=(key,))
        if keeps and row["state"] == "open" and not row["measure_id"]:
            label, args = text("promises.take_back"), (inventory, text, key)
            st.button(label, key=f"promise take back {key}", type="tertiary", on_click=_take_back, args=args)
    if st.session_state.get(_OPEN) == key and keeps:
        _form(inventory, text, names, row)


# ---------------------------------------------------------------- what became of it


def _ending(inventory: Inventory, text: Text, row: Row, state: Ended) -> None:
    key = f"{state} {row['commitment_id']} {row['version']}"
    st.caption(text(f"promises.{state}_what"))
    with st.form(key, border=False):
        st.text_area(text(f"promises.{state}_note"), key=f"{key} note", max_chars=LONGEST_NOTE, height=90)
        today, day = inventory.today(), text("form.date_input")
        st.date_input(text("promises.end_day"), today, None, today, key=f"{key} day", format=day)
        args = (inventory, text, row, state, key)
        st.form_submit_button(text("promises.end_now"), type="primary", on_click=_end_it, args=args)


def _end_it(inventory: Inventory, text: Text, row: Row, state: Ended, key: str) -> None:
    note, day = st.session_state.get(f"{key} note"), st.session_state.get(f"{key} day")

    def act(actor: Actor) -> None:
        commitments.end(inventory, str(row["commitment_id"]), state, note, actor, day, int(row["version"]))

    page.act(inventory, text, Action.KEEP_PROMISES, act, text(f"promises.{state}_done"))


def _moving(inventory: Inventory, text: Text, row: Row) -> None:
    key, day = f"move {row['commitment_id']} {row['version']}", text("form.date_input")
    with st.form(key, border=False):
        st.date_input(text("promises.move_day"), row["due_on"], key=f"{key} day", format=day)
        if row["due_on"]:
            st.text_input(text("promises.move_why"), max_chars=LONGEST_NOTE, key=f"{key} why")
        args = (inventory, text, row, key)
        st.form_submit_button(text("promises.move_now"), type="primary", on_click=_move, args=args)


def _move(inventory: Inventory, text: Text, row: Row, key: str) -> None:
    day, why = st.session_state.get(f"{key} day"), str(st.session_state.get(f"{key} why") or "")

    def act(actor: Actor) -> None:
        commitments.move(inventory, str(row["commitment_id"]), day, why, actor, int(row["version"]))

    page.act(inventory, text, Action.KEEP_PROMISES, act, text("promises.moved"))


def _reopen(inventory: Inventory, text: Text, row: Row) -> None:
    def act(actor: Actor) -> None:
        commitments.reopen(inventory, str(row["commitment_id"]), actor, int(row["version"]))

    page.act(inventory, text, Action.KEEP_PROMISES, act, text("promises.reopened"))


# ---------------------------------------------------------------- beside


def _measure(inventory: Inventory, text: Text, names: Names, row: Row) -> None:
    key = f"measure of {row['commitment_id']} {row['version']}"
    st.caption(text("promises.measure_what"))
    with st.form(key, border=False):
        title = str(row["text"])[:LONGEST_TITLE]
        st.text_input(text("promises.measure_title"), title, LONGEST_TITLE, f"{key} title")
        day = text("form.date_input")
        st.date_input(text("promises.measure_due"), row["due_on"], key=f"{key} due", format=day)
        args = (inventory, text, row, key)
        st.form_submit_button(text("promises.measure_now"), type="primary", on_click=_start, args=args)


def _start(inventory: Inventory, text: Text, row: Row, key: str) -> None:
    title, due = str(st.session_state.get(f"{key} title") or ""), st.session_state.get(f"{key} due")
    once = f"m{st.session_state.setdefault(f'{key} once', new_key())[:12]}"
    plan = Plan(title, row["organization_id"], due, row["contact_role"])

    def act(actor: Actor) -> None:
        commitments.to_measure(inventory, str(row["commitment_id"]), plan, actor, once)

    page.act(inventory, text, Action.START_MEASURE, act, text("promises.measure_done"))


def _begin(key: str) -> None:
    st.session_state[_OPEN] = key


def _end() -> None:
    st.session_state.pop(_OPEN, None)


def _form(inventory: Inventory, text: Text, names: Names, row: Row) -> None:
    key, none = f"promise {row['commitment_id']} {row['version']}", text("workshops.choose")
    with st.form(key):
        st.text_input(text("promises.what"), row["text"], LONGEST, f"{key} text")
        kinds = {"who": ("organization", names.by_name("organization", names.ids("organization")))}
        kinds |= {"theme": ("theme", names.leaves), "district": ("district", names.ids("district"))}
        first, second, *rest = st.columns(4)
        for column, (name, (kind, ids)) in zip((first, *rest), kinds.items(), strict=True):
            known = row[f"{kind}_id"]
            at = ids.index(known) if known in ids else None
            of = partial(names.of, kind)
            column.selectbox(text(f"promises.{name}"), ids, at, of, key=f"{key} {name}", placeholder=none)
        second.text_input(text("promises.role"), row["contact_role"] or "", LONGEST_ROLE, f"{key} role")
        with st.container(horizontal=True):
            args = (inventory, text, row, key)
            st.form_submit_button(text("workshops.save"), type="primary", on_click=_save, args=args)
            st.form_submit_button(text("workshops.cancel"), on_click=_end)


@author.first
def _save(inventory: Inventory, text: Text, row: Row, key: str) -> None:
    given = {name: st.session_state.get(f"{key} {name}") for name in ("text", "who", "role", "theme", "district")}
    said = Promise(
        *(str(given["text"] or ""), given["who"], given["role"], row["due_on"], row["workshop_id"], row["meeting_id"]),
        *(row["given_on"], given["theme"], given["district"]),
    )

    def act(actor: Actor) -> None:
        commitments.edit(inventory, str(row["commitment_id"]), said, actor, int(row["version"]))

    if page.act(inventory, text, Action.KEEP_PROMISES, act, text("promises.changed")):
        _end()


@author.first
def _take_back(inventory: Inventory, text: Text, key: str) -> None:
    def act(actor: Actor) -> None:
        commitments.take_back(inventory, key, actor)

    if page.act(inventory, text, Action.KEEP_PROMISES, act, text("promises.took_back")):
        choice.PROMISES.choose(None)
