"""The print register: all prints, and one of them with its places, its contact points, and what to do about it."""

import streamlit as st

from esdash.analysis.prints import register
from esdash.analysis.prints.register import Printed
from esdash.exports.prints import register as files_of
from esdash.inventory import Inventory
from esdash.inventory.access import Action, Actor
from esdash.inventory.steering import prints
from esdash.inventory.steering.prints import Place
from esdash.texts import Text
from esdash.ui.contact_points import print_enter
from esdash.ui.contact_points.print_state import PRINTS
from esdash.ui.shell import author, page, printing, url
from esdash.ui.widgets import files, tables
from esdash.ui.widgets.files import File
from esdash.wording import prints as words
from esdash.wording.escaping import plain
from esdash.wording.names import Names


def show(inventory: Inventory, text: Text, names: Names) -> None:
    """The open print above the list of all."""
    if not register.register(inventory):
        st.info(text("prints.register_none"))
        return
    above = st.container()
    page.heading(text("prints.register"))
    frame = words.listed(inventory, names, text)
    picked = tables.show(
        frame, words.columns(text), text, "print_register", text("prints.register_alt"), height=300, choose=True
    )
    if picked and picked != st.session_state.get("print clicked"):
        PRINTS.run = picked
    st.session_state["print clicked"] = picked
    printed = register.one(inventory, PRINTS.run) if PRINTS.run else None
    with above:
        if printed:
            _one(inventory, text, names, printed)
        else:
            st.caption(text("word.click_a_row"))
    st.caption(text("prints.register_how"))
    files.buttons(
        inventory,
        text,
        File("word.download_xlsx", "druckregister", "xlsx", files_of.xlsx),
        File("word.download_csv", "druckregister", "csv", files_of.csv),
    )


def of_point(inventory: Inventory, text: Text, names: Names, contact_point_id: str) -> None:
    """The prints that lie about and name this contact point, each with a link; nothing where there are none."""
    found = register.lying_with(inventory, contact_point_id)
    if found:
        st.text(text.count("prints.stands_on", len(found)))
    for printed in found:
        link = {"contact_points": "print", "prints": "register", "run": printed.print_run_id}
        label = plain(words.of_print(printed, names, text))
        url.here("contact_points", label, f"stands on {printed.print_run_id}", **link)


def _one(inventory: Inventory, text: Text, names: Names, printed: Printed) -> None:
    """A print: what has changed, where it lies, what to do; below its contact points."""
    with st.container(border=True, gap="small"):
        with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
            page.heading(plain(words.of_print(printed, names, text)))
            printing.button(text("prints.close"), "print_close", type="tertiary", on_click=_open, args=(None,))
        st.markdown(f"**{plain(words.standing(printed, text))}** · {plain(words.changed(printed, text))}")
        left, right = st.columns([5, 7], gap="large")
        with left:
            said = words.consequence(printed, text)
            st.markdown(said or f"{text('prints.where_it_lies')}:")
            st.markdown("\n".join(f"- {plain(line)}" for line in words.places(printed, text)))
            days = {"day": printed.printed_on, "as_of": printed.as_of, "valid_to": printed.valid_to}
            st.caption(plain(text("prints.facts", copies=printed.copies, by=printed.printed_by, **days)))
        with right:
            columns = words.contact_columns(text)
            alt = text("prints.contacts_alt")
            st.caption(text("prints.contacts_then"))
            tables.show(words.contacts(printed.contacts, text), columns, text, "print_contacts", alt, height=220)
        _actions(inventory, text, printed)


def _open(print_run_id: str | None) -> None:
    PRINTS.run = print_run_id


def _actions(inventory: Inventory, text: Text, printed: Printed) -> None:
    """Print again; for those who may: collected, where the copies lie, taking the entry back."""
    with st.container(horizontal=True, gap="small", vertical_alignment="bottom"):
        url.here(
            "contact_points",
            text("prints.print_again"),
            "print_again",
            contact_points="print",
            paper=printed.kind,
            paper_language=printed.language_id,
            **{"for": printed.audience},
        )
        if not page.allowed(inventory, text, Action.RECORD_PRINT):
            return
        key = f"print {printed.print_run_id} {printed.version}"
        if printed.collected_on is not None:
            st.button(text("prints.lie_again"), "print_lie_again", on_click=_lie_again, args=(inventory, text, printed))
        else:
            with st.popover(text("prints.collect"), key="print_collect"):
                _collect(inventory, text, printed, key)
            with st.popover(text("prints.move"), key="print_move"):
                lie = [
                    Place(one.copies, one.location_id, None if one.location_id else one.name) for one in printed.places
                ]
                print_enter.places(inventory, text, key, printed.copies, lie)
                st.button(
                    text("prints.move_now"), "print_move_now", on_click=_move, args=(inventory, text, printed, key)
                )
        with st.popover(text("prints.take_back"), key="print_take_back"):
            st.caption(text("prints.take_back_how"))
            args = (inventory, text, printed)
            st.button(text("prints.take_back_now"), "print_take_back_now", on_click=_take_back, args=args)


def _collect(inventory: Inventory, text: Text, printed: Printed, key: str) -> None:
    today = inventory.today()
    st.date_input(
        text("prints.collected_on"),
        today,
        min(printed.printed_on, today),
        today,
        key=f"{key} collected",
        format=text("form.date_input"),
    )
    args = (inventory, text, printed, f"{key} collected")
    st.button(text("prints.collect_now"), "print_collect_now", on_click=_collected, args=args)


def _collected(inventory: Inventory, text: Text, printed: Printed, key: str) -> None:
    day = st.session_state.get(key) or inventory.today()

    def act(actor: Actor) -> None:
        prints.collect(inventory, printed.print_run_id, day, actor, printed.version)

    page.act(inventory, text, Action.RECORD_PRINT, act, text("prints.collected"))


def _lie_again(inventory: Inventory, text: Text, printed: Printed) -> None:
    def act(actor: Actor) -> None:
        prints.lie_again(inventory, printed.print_run_id, actor, printed.version)

    page.act(inventory, text, Action.RECORD_PRINT, act, text("prints.lies_again"))


def _move(inventory: Inventory, text: Text, printed: Printed, key: str) -> None:
    def act(actor: Actor) -> None:
        prints.lay_out(inventory, printed.print_run_id, print_enter.given(inventory, key), actor, printed.version)

    page.act(inventory, text, Action.RECORD_PRINT, act, text("prints.moved"))


@author.first
def _take_back(inventory: Inventory, text: Text, printed: Printed) -> None:
    def act(actor: Actor) -> None:
        prints.take_back(inventory, printed.print_run_id, actor, printed.version)

    if page.act(inventory, text, Action.RECORD_PRINT, act, text("prints.taken_back")):
        PRINTS.run = None
