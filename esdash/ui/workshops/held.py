"""The workshops: the list, and the chosen one with its facts, what was said, its ideas and promises."""

import streamlit as st

from esdash.analysis.workshops import listed
from esdash.inventory import Inventory
from esdash.inventory.access import Action, Actor
from esdash.inventory.steering import workshops
from esdash.texts import Text
from esdash.ui.shell import author, page, printing
from esdash.ui.widgets.facts import fact
from esdash.ui.widgets.lines import Lines
from esdash.ui.workshops import choice, idea_lines, printed, promise_lines, workshop_form
from esdash.ui.workshops.choice import WORKSHOPS, Row, Workshops
from esdash.wording import workshops as words
from esdash.wording.escaping import bold, plain
from esdash.wording.names import Names


def show(inventory: Inventory, text: Text, names: Names) -> None:
    """The open workshop above the list of all, or alone on paper."""
    rows = listed.workshops(inventory)
    row = choice.chosen(rows, "workshop_id", WORKSHOPS.workshop)
    if printing.on() and row:
        printed.show(inventory, text, names, row)
        return
    if row:
        _open(inventory, text, names, row)
    if page.may(inventory, Action.RECORD_WORKSHOP):
        workshop_form.new(inventory, text, names)
    if rows:
        frame, alt = words.workshop_rows(inventory, text), text("workshops.table_alt", n=len(rows))
        columns, how = words.workshop_columns(text), text("workshops.choose_one")
        choice.table(frame, columns, text, Workshops.workshop, alt, how)
    else:
        st.info(text("workshops.none" if page.may(inventory, Action.RECORD_WORKSHOP) else "workshops.none_shown"))


# ---------------------------------------------------------------- inside


def _open(inventory: Inventory, text: Text, names: Names, row: Row) -> None:
    with st.container(border=True):
        with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
            page.heading(plain(row["name"]))
            label = text("workshops.back")
            st.button(label, key="workshop close", type="tertiary", on_click=choice.close, args=(Workshops.workshop,))
        _facts(text, names, row)
        if row["minutes"]:
            st.text(row["minutes"])
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            workshop_form.buttons(inventory, text, row)
            idea_lines.button(inventory, text, row["workshop_id"])
            promise_lines.button(inventory, text, row["workshop_id"])
        workshop_form.form_of(inventory, text, names, row)
        idea_lines.form(inventory, text, names, row["workshop_id"])
        promise_lines.form(inventory, text, names, row["workshop_id"])
        left, right = st.columns(2, gap="large")
        with left:
            _ideas(inventory, text, row)
        with right:
            _promises(inventory, text, names, row)
        if not row["ideas"] and not row["promises"] and page.may(inventory, Action.RECORD_WORKSHOP):
            label, args = text("workshops.take_back"), (inventory, text, str(row["workshop_id"]))
            st.button(label, key="workshop take back", type="tertiary", on_click=_take_back, args=args)


def _facts(text: Text, names: Names, row: Row) -> None:
    place = row["place"] or text("word.unknown")
    said = {"when": f"{text.date(row['held_on'])} · {place}", "who": words.participants(row, names, text)}
    if row["organizer_id"]:
        said["organizer"] = names.of("organization", row["organizer_id"])
    if row["theme_ids"]:
        said["themes"] = names.all("theme", row["theme_ids"])
    for name, value in said.items():
        with fact(text(f"workshops.fact_{name}")):
            st.text(value)


def _ideas(inventory: Inventory, text: Text, row: Row) -> None:
    found = [one for one in listed.ideas(inventory) if one["workshop_id"] == row["workshop_id"]]
    page.heading(text("workshops.ideas_of", n=len(found)))
    if not found:
        st.caption(text("workshops.no_ideas"))
    for one in found:
        with st.container(gap=None):
            st.markdown(plain(one["text"]))
            _way(text, words.idea_standing(one, text), "ideas", choice.IDEAS, str(one["idea_id"]))


def _promises(inventory: Inventory, text: Text, names: Names, row: Row) -> None:
    found = [one for one in listed.promises(inventory) if one["workshop_id"] == row["workshop_id"]]
    page.heading(text("workshops.promises_of", n=len(found)))
    if not found:
        st.caption(text("workshops.no_promises"))
    for one in found:
        with st.container(gap=None):
            st.markdown(f"{bold(words.promiser(one, names, text))}  \n{plain(one['text'])}")
            said = f"{words.due(one, text)} · {words.promise_standing(one, text, inventory.today())}"
            _way(text, said, "promises", choice.PROMISES, str(one["commitment_id"]))


def _way(text: Text, standing: str, name: str, lines: Lines, key: str) -> None:
    """Where an idea or promise stands, and the way to it in its own part."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.caption(plain(standing), width="content")
        label, args = f":primary[{text('workshops.open')} →]", (name, lines, key)
        st.button(label, key=f"to {name} {key}", type="tertiary", on_click=choice.open_one, args=args)


@author.first
def _take_back(inventory: Inventory, text: Text, workshop_id: str) -> None:
    def act(actor: Actor) -> None:
        workshops.take_back(inventory, workshop_id, actor)

    if page.act(inventory, text, Action.RECORD_WORKSHOP, act, text("workshops.took_back")):
        choice.close(Workshops.workshop)
