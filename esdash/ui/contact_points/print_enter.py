"""Entering a print into the register: copies, days, who printed it, and where the copies lie."""

from collections.abc import Sequence
from typing import Any
from uuid import uuid4

import streamlit as st

from esdash.analysis.leaflet.contacts import Audience
from esdash.analysis.maintenance import keeping
from esdash.analysis.records import records
from esdash.exports.prints import entering
from esdash.exports.prints.papers import Paper
from esdash.inventory import Inventory
from esdash.inventory.access import Action, Actor
from esdash.inventory.steering import prints
from esdash.inventory.steering.prints import MOST_COPIES, Place, Print
from esdash.model.folding import name_order
from esdash.model.visible import one_line
from esdash.texts import Text
from esdash.ui.contact_points.print_state import PRINTS
from esdash.ui.shell import author, page
from esdash.wording.escaping import plain

LONGEST_ROLE = 60
LONGEST_PLACE = 80
_KEY = "print key"


def show(inventory: Inventory, text: Text, made: Paper, audience: Audience) -> None:
    """The fields, folded away; the sum of the copies is said while they are filled in."""
    if not made.contacts or not page.allowed(inventory, text, Action.RECORD_PRINT):
        return
    with st.expander(text("prints.enter"), key="print_entering"):
        st.caption(text("prints.enter_how"))
        key = st.session_state.setdefault(_KEY, uuid4().hex)
        left, middle, right = st.columns(3)
        with left:
            copies = st.number_input(text("prints.copies"), 1, MOST_COPIES, 100, 10, key=f"{key} copies")
        with middle:
            _day(text, "printed_on", key, inventory)
        with right:
            _day(text, "as_of", key, inventory, text("prints.as_of_help"))
        with st.container(horizontal=True, gap="small"):
            st.text_input(
                text("prints.printed_by"),
                key=f"{key} by",
                max_chars=LONGEST_ROLE,
                placeholder=text("prints.printed_by_example"),
                width=260,
            )
        places(inventory, text, key, int(copies or 0))
        st.button(
            text("prints.save"),
            key="print_save",
            type="primary",
            on_click=_save,
            args=(inventory, text, made, audience, key),
        )


def _day(text: Text, name: str, key: str, inventory: Inventory, help_: str | None = None) -> None:
    first, today = records.first_day(inventory), inventory.today()
    st.date_input(
        text(f"prints.{name}"),
        today,
        min(first, today),
        today,
        key=f"{key} {name}",
        format=text("form.date_input"),
        help=help_,
    )


def places(inventory: Inventory, text: Text, key: str, copies: int, lie: Sequence[Place] = ()) -> None:
    """Where the copies lie: places of the inventory or others, the number at each, and what is left in the office."""
    names = keeping.names(inventory, "location")
    before = {place.location_id or str(place.words): place.copies for place in lie}
    st.multiselect(
        text("prints.where"),
        sorted(names, key=lambda one: name_order(names[one])),
        [place for place in before if place in names],
        lambda one: names[one],
        key=f"{key} places",
        placeholder=text("prints.where_example"),
        select_all=False,
    )
    st.text_input(
        text("prints.elsewhere"),
        "; ".join(place for place in before if place not in names),
        key=f"{key} elsewhere",
        placeholder=text("prints.elsewhere_example"),
    )
    chosen = _chosen(key)
    columns = st.columns(3) if chosen else []
    for number, place in enumerate(chosen):
        with columns[number % 3]:
            label = text("prints.copies_at", place=plain(names.get(place, place)))
            st.number_input(label, 0, MOST_COPIES, before.get(place, 0), 5, key=f"{key} at {place}")
    laid_out = sum(place.copies for place in given(inventory, key))
    values = {"laid_out": laid_out, "copies": copies, "rest": copies - laid_out}
    if laid_out > copies:
        st.warning(text("prints.sum_too_many", **values))
    else:
        st.text(text("prints.sum", **values))


def _chosen(key: str) -> list[str]:
    """The ids of chosen places, and the words of other ones."""
    others = str(st.session_state.get(f"{key} elsewhere") or "").split(";")
    typed = [one_line(words)[:LONGEST_PLACE] for words in others]
    return list(dict.fromkeys([*(st.session_state.get(f"{key} places") or ()), *filter(None, typed)]))


def given(inventory: Inventory, key: str) -> list[Place]:
    """The places and numbers that stand in the fields of `places`."""
    names = keeping.names(inventory, "location")
    found = []
    for place in _chosen(key):
        copies = int(st.session_state.get(f"{key} at {place}") or 0)
        found.append(Place(copies, place) if place in names else Place(copies, None, place))
    return found


@author.first
def _save(inventory: Inventory, text: Text, made: Paper, audience: Audience, key: str) -> None:
    said: dict[str, Any] = {
        name: st.session_state.get(f"{key} {name}") for name in ("copies", "printed_on", "as_of", "by")
    }

    def act(actor: Actor) -> None:
        as_of, salt = said["as_of"] or inventory.today(), prints.new_salt()
        known = entering.known(inventory, made.kind, made.language, audience, as_of, salt)
        entry = Print(
            kind=made.kind,
            audience=audience,
            language_id=made.language,
            as_of=as_of,
            valid_to=known.valid_to,
            printed_on=said["printed_on"] or inventory.today(),
            printed_by=str(said["by"] or ""),
            copies=int(said["copies"] or 0),
            printed=known.printed,
            salt=salt,
            places=tuple(given(inventory, key)),
        )
        PRINTS.run = prints.record(inventory, entry, actor, key)

    if page.act(inventory, text, Action.RECORD_PRINT, act, text("prints.entered")):
        PRINTS.view = "register"  # where it stands now
        st.session_state.pop(_KEY, None)
