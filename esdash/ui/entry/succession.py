"""Archiving a contact, a place or a contact point: who needs it, what follows, and the way back."""

from typing import Any, get_args

import streamlit as st

from esdash.analysis.maintenance import keeping
from esdash.errors import UserError
from esdash.inventory import Inventory
from esdash.inventory.access import Action, Actor
from esdash.inventory.editing import succession
from esdash.texts import Text
from esdash.ui.entry import actions, field_options
from esdash.ui.shell import messages, page
from esdash.ui.widgets import record_detail
from esdash.wording import labels

SHOWN = 8  # uses listed in the dialog; the others are only counted


def dialog(inventory: Inventory, text: Text, record: keeping.Kept) -> None:
    """The dialog; does nothing if it is not open."""
    about = actions.asked(actions.SUCCESSION)
    if about and about["record_id"] == record.record_id:
        actions.dialog(text("succession.title"), lambda: _body(inventory, text, record), width="medium")


def _body(inventory: Inventory, text: Text, record: keeping.Kept) -> None:
    table = record.listed["table_name"]
    uses = succession.uses(inventory, table, record.record_id)
    _uses(inventory, text, uses)
    ways = get_args(succession.Then) if uses else ("successor", "open")
    then = st.radio(
        text("succession.then"),
        ways,
        format_func=lambda way: text(f"succession.{way}_{table}" if uses else f"succession.{way}_unused"),
        key="succession_then",
    )
    successor = _successor(inventory, text, table, record.record_id) if then == "successor" else None
    reason = st.text_input(text("action.reason"), key="succession_reason", max_chars=300)
    if not st.button(text("succession.now"), key="succession_now", type="primary"):
        return
    said = {"then": then, "successor_id": successor, "reason": reason.strip() or None, "seen": record.values["version"]}
    if _archive(inventory, text, record, said):
        st.rerun()
    messages.show()


def _uses(inventory: Inventory, text: Text, uses: list[succession.Use]) -> None:
    """Who needs it: each record once, those of the kinds that people know first."""
    named = list(dict.fromkeys((use.table, use.record_id) for use in uses))
    if not named:
        st.markdown(text("succession.nobody_needs_it"))
        return
    st.markdown(text.count("succession.needed_by", len(named)))
    lines = [f"\N{BULLET} {_name(inventory, text, *use)}" for use in named[:SHOWN]]
    st.text("\n".join(lines))
    if len(named) > SHOWN:
        st.text(text("action.and_more", n=len(named) - SHOWN))


def _name(inventory: Inventory, text: Text, table: str, record_id: str) -> str:
    if table == "meeting":
        found = inventory.rows("SELECT name, held_on FROM meeting WHERE meeting_id = $id", id=record_id)[0]
        return text("succession.meeting", name=found["name"], day=found["held_on"])
    record = keeping.record(inventory, table, record_id)
    title = labels.title(text, record.listed) if record else record_id
    deputy = text("succession.as_deputy") if table == "contact" else ""
    return f"{labels.kind(text, table)}: {title}{deputy}"


def _successor(inventory: Inventory, text: Text, table: str, record_id: str) -> str | None:
    """The choice of the successor, those of the same organisation first."""
    options = field_options.linked(inventory, text, table)
    options = field_options.first_of(options, options.owners.get(record_id))
    offered = [key for key in options.offered if key != record_id]
    chosen: str | None = st.selectbox(
        text("succession.successor"),
        offered,
        index=None,
        format_func=options.label,
        key="succession_successor",
        placeholder=text("succession.choose"),
    )
    return chosen


def _archive(inventory: Inventory, text: Text, record: keeping.Kept, said: dict[str, Any]) -> bool:
    name = labels.title(text, record.listed)

    def archive(actor: Actor) -> None:
        succession.archive(inventory, record.listed["table_name"], record.record_id, actor=actor, **said)
        messages.tell("done", text("succession.done", name=name))

    if not page.act(inventory, text, Action.ARCHIVE, archive):
        return False
    actions.over()
    return True


# ---------------------------------------------------------------- afterwards


def after(inventory: Inventory, text: Text, record: keeping.Kept) -> None:
    """On the page of an archived record: who or what follows, and the button that takes all of it back."""
    table = record.listed["table_name"]
    if table not in succession.SUCCEEDED or record.listed["status"] != "archived":
        return
    done = succession.last(inventory, table, record.record_id)
    successor = record.values[succession.column_of(table)]
    if not done and not successor:
        return
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        if successor:
            options = field_options.linked(inventory, text, table)
            record_detail.link(text("points.successor", name=options.label(successor)), table, successor)
        else:
            st.text(text("succession.nobody_follows"))
        if done and page.may(inventory, Action.ARCHIVE):
            args = (inventory, text, done["succession_id"])
            st.button(text("succession.undo"), key="undo_succession", on_click=_undo, args=args)


def _undo(inventory: Inventory, text: Text, succession_id: str) -> None:
    """Take archiving back; if a use was edited since, nothing is changed and a message names it."""

    def act(actor: Actor) -> None:
        try:
            succession.take_back(inventory, succession_id, actor)
        except succession.SuccessionConflicts as error:
            named = ", ".join(_name(inventory, text, *record) for record in error.records)
            raise UserError(error.key, conflicts=named) from error

    page.act(inventory, text, Action.ARCHIVE, act, text("succession.undone"))
