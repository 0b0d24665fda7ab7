"""At most seven to-dos, each with its buttons."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import pandas as pd
import streamlit as st

from esdash.analysis.maintenance import freshness
from esdash.inventory import Inventory, editing
from esdash.inventory.access import Action, Actor
from esdash.inventory.cached import cached
from esdash.inventory.editing import attempts
from esdash.texts import Text
from esdash.ui.entry import mend
from esdash.ui.maintenance import choice, mail, prints
from esdash.ui.shell import author, page, printing, url
from esdash.ui.widgets import attempt, empty, filters, tables
from esdash.wording import labels, to_confirm
from esdash.wording.columns import Column, headed
from esdash.wording.escaping import bold, plain

# Kinds of to-dos that one click settles: by confirming, or by ending what is over.
CONFIRMED = freshness.GROUPS["unconfirmed"]
ENDED = freshness.GROUPS["over"]
TRIED = ("bounced", "silent", "not_reached")  # kinds that an attempt settles

Todo = Mapping[str, Any]


def show(inventory: Inventory, text: Text) -> None:
    """The prints that mislead, and the to-dos of the most used records; after each action the next one follows."""
    prints.show(inventory, text)
    counts = {name: freshness.open_todos(inventory, choice.none_of(name)) for name in (choice.ALL, *freshness.GROUPS)}
    group = filters.switch(
        choice.Care.todo,
        text("care.reasons"),
        lambda name: text("care.counted", name=text(f"todo_group.{name}"), n=counts[name]),
        [name for name in counts if counts[name] or name == choice.ALL],
    )
    everything = _worded(inventory, text, group)
    if everything.empty and freshness.by_kind(inventory).empty:
        empty.lead(text)
        return
    if everything.empty:
        st.success(text("care.nothing_to_do" if group == choice.ALL else "care.nothing_of_kind"))
        return
    page.allowed(inventory, text, Action.CONFIRM, Action.ARCHIVE, Action.EDIT_RECORDS)
    rows = everything.head(freshness.TODOS_AT_ONCE).to_dict("records")
    for row in rows:
        _card(inventory, row, text)
    if len(everything) > len(rows):
        st.caption(text("care.more", n=len(everything) - len(rows)))
    with printing.unfolded(text("care.all_reasons", n=len(everything))):
        tables.show(everything, _columns(text), text, "todo_table", text("care.all_reasons", n=len(everything)))
        tables.downloads(inventory, everything, _columns(text), text("care.download_title"), "datenpflege", text)


def _card(inventory: Inventory, todo: Todo, text: Text) -> None:
    table, record = todo["table_name"], todo["record_id"]
    key = f"{todo['kind']}_{table}_{record}"
    with st.container(border=True, gap="xsmall"):
        if printing.on():  # no buttons beside it
            left, right = st.container(), st.container()
        else:
            left, right = st.columns([3, 2], gap="medium", vertical_alignment="center")
        with left.container(gap="xsmall"):
            st.markdown(f"{bold(todo['name'])} · {plain(_beside(todo))}")
            st.text(todo["why"])
            if known := to_confirm.line(inventory, text, table, record):
                st.caption(plain(known))
        with right.container(horizontal=True, horizontal_alignment="right", vertical_alignment="center", gap="small"):
            if todo["kind"] in CONFIRMED and page.may(inventory, Action.CONFIRM):
                st.button(text("todo.assure"), key=f"assure_{key}", on_click=_assure, args=(inventory, todo, text))
            elif todo["kind"] in ENDED and page.may(inventory, Action.ARCHIVE):
                label = text("todo.held" if table == "session" else "todo.end")
                st.button(label, key=f"end_{key}", on_click=_end, args=(inventory, todo, text))
            if todo["kind"] in TRIED:
                _attempt(inventory, text, todo, key)
            if printing.button(text("todo.mail"), key=f"mail_{key}"):
                _mail(inventory, text, todo)
            mend.button(inventory, text, table, record, key=todo["kind"], short=True)
            if todo["kind"] in CONFIRMED or not page.may(inventory, Action.EDIT_RECORDS):
                url.link("entry", text("todo.open"), table=table, id=record)
            else:
                url.link("entry", text("todo.edit"), table=table, id=record, edit="1")


def _mail(inventory: Inventory, text: Text, todo: Todo) -> None:
    """The prepared mail, with what is to be confirmed and one's own name."""
    facts = to_confirm.facts(inventory, text, todo["table_name"], todo["record_id"])
    actor = author.current()
    mail.dialog(freshness.mail_text(inventory, todo, text, facts, actor.name if actor else ""), text)


def _attempt(inventory: Inventory, text: Text, todo: Todo, key: str) -> None:
    """The form for an attempt to reach the contact, or the contact point by its own phone or mail."""
    of: attempts.Of = "contact" if todo["table_name"] == "contact" else "contact_point"
    attempt.button(inventory, text, f"attempt_{key}", [attempt.Target(of, todo["record_id"], str(todo["name"]))])


def _beside(todo: Todo) -> str:
    """The line of a to-do: kind, organisation (except for an organisation), and its use."""
    organization = todo["organization"] if todo["table_name"] != "organization" else None
    words = (todo["kind_word"], organization, todo["depends"])
    return " · ".join(word for word in words if isinstance(word, str))


def _assure(inventory: Inventory, todo: Todo, text: Text) -> None:
    def act(actor: Actor) -> None:
        editing.assure(inventory, todo["table_name"], [todo["record_id"]], actor)

    page.act(inventory, text, Action.CONFIRM, act, text("todo.assured", name=todo["name"]))


def _end(inventory: Inventory, todo: Todo, text: Text) -> None:
    def act(actor: Actor) -> None:
        editing.set_status(inventory, todo["table_name"], [todo["record_id"]], "end", actor, None)

    page.act(inventory, text, Action.ARCHIVE, act, text("todo.ended", name=todo["name"]))


@cached
def _worded(inventory: Inventory, text: Text, group: str) -> pd.DataFrame:
    """The to-dos of a group with kind, reason and use in words."""
    frame = freshness.todos(inventory, None, choice.none_of(group))
    frame["kind_word"] = [labels.kind(text, table) for table in frame["table_name"]]
    frame["why"] = [why(row, text) for row in frame.to_dict("records")]
    frame["depends"] = [_depends(row, text) for row in frame[["places", "named_by"]].itertuples()]
    return frame


def why(todo: Todo, text: Text) -> str:
    """The reason of a to-do as a sentence with its day."""
    detail = todo["detail"]
    if todo["kind"] == "not_reached" and not isinstance(detail, str):
        return text("todo_why.never_reached")
    if todo["kind"] in freshness.DATED:
        detail = date.fromisoformat(detail)
    return text(f"todo_why.{todo['kind']}", since=todo["since"], detail=detail)


def _depends(row: Any, text: Text) -> str:
    parts = [text.count("todo.places", int(row.places))] if row.places else []
    parts += [text.count("todo.named_by", int(row.named_by))] if row.named_by else []
    return text("todo.depends", what=", ".join(parts)) if parts else text("todo.nothing_depends")


def _columns(text: Text) -> list[Column]:
    named = (("name", "care_column.name"), ("kind_word", "care_column.kind"), ("organization", "facet.organization"))
    why = (("why", "care_column.why"), ("since", "care_column.since"))
    return headed(text, "", *named, *why, ("places", "care_column.places"), ("named_by", "care_column.named_by"))
