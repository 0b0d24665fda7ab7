"""The part "Anlaufstellen": search and filters, list and map, and the chosen one above them."""

from typing import Any

import pandas as pd
import streamlit as st

from esdash.analysis.contact_points import points
from esdash.inventory import Inventory
from esdash.texts import Text
from esdash.ui.contact_points import files, point
from esdash.ui.contact_points.choice import CONTACT_POINTS
from esdash.ui.shell import printing, url
from esdash.ui.shell.state import Many, Maybe, OneOf, PageState, Words
from esdash.ui.widgets import filters, record_list, tables
from esdash.ui.widgets.files import File
from esdash.ui.widgets.record_list import RecordList
from esdash.wording import contact_points as words
from esdash.wording.names import Names

_SEEN = "contact point clicked"  # the row that was clicked when the page was last drawn


class Points(PageState):
    """Search, facets, what is open, whether only reliable ones are shown, and the form of the list."""

    page = "contact_points list"
    query = Words(link="q")
    audience = Many(link="for")
    theme = Many(link="about")
    district = Many(link="in")
    language = Many(link="spoken")
    barrier_free = Many(link="barrier_free")
    open = Maybe((words.NOW, words.TODAY), link="open")
    reliable = Maybe(("1",), link="reliable")
    view = OneOf(("table", "map"), link="as")


POINTS = Points()


def _brief(row: Any, text: Text) -> list[str]:
    return [row.organization, row.asked, row.reliable]


def _clicked(key: str | None) -> None:
    """Open the contact point whose name was just clicked; a choice of before opens nothing again."""
    if key and key != st.session_state.get(_SEEN):
        st.session_state[_SEEN] = CONTACT_POINTS.point = key
        st.rerun()
    st.session_state[_SEEN] = key


LIST = RecordList(
    "contact_point",
    POINTS,
    ("audience", "theme", "district", "language", "barrier_free"),
    _brief,
    "contact_points",
    _clicked,
    lambda inventory, names, key: point.show(inventory, names.text, names, key),
)


def sentence(inventory: Inventory, text: Text) -> str:
    """How many there are, how many are open now, how many can be relied on."""
    return words.sentence(inventory, text)


def show(inventory: Inventory, text: Text, names: Names) -> None:
    """The chosen contact point, the filters, and the list or map of the others."""
    if CONTACT_POINTS.point:
        point.show(inventory, text, names, CONTACT_POINTS.point)
    if points.points(inventory).empty:
        st.info(text("points.empty"))
        url.link("entry", text("points.first"), table="contact_point", new="1")
        return
    LIST.take(inventory)
    only = words.among(inventory, _open(inventory), bool(POINTS.reliable))
    beside = [lambda: _when(text)] if not inventory.read_only else []
    LIST.choose(inventory, names, only, beside)
    frame = words.listed(inventory, names, LIST.query, LIST.chosen, only)
    columns = words.columns(inventory, text)
    view = LIST.view(text)
    with record_list.beside(), st.container(horizontal=True, horizontal_alignment="right"):
        _reliable(text)
    LIST.show(view, inventory, names, frame, columns)
    _aside(inventory, text)
    _downloads(inventory, text, frame)
    POINTS.give()


def _open(inventory: Inventory) -> str:
    """What is asked about being open; nothing on a past day, whose hours are not looked at."""
    return "" if inventory.read_only else str(POINTS.open or "")


def _when(text: Text) -> None:
    label, options = text("points.column_open"), (words.NOW, words.TODAY)
    filters.choice(Points.open, label, options, lambda when: text(f"points.open_{when}"), text("word.all"))


def _reliable(text: Text) -> None:
    if printing.on():
        printing.chosen(text("points.only_reliable") if POINTS.reliable else "")
        return
    st.session_state["only reliable"] = bool(POINTS.reliable)
    st.checkbox(text("points.only_reliable"), key="only reliable", on_change=_toggle, help=text("points.reliable_help"))


def _toggle() -> None:
    POINTS.reliable = "1" if st.session_state["only reliable"] else None


def _aside(inventory: Inventory, text: Text) -> None:
    """How many are paused or planned, with the way to them."""
    frame = points.points(inventory)
    n = int(frame["status"].isin(("paused", "planned")).sum())
    if n:
        url.link("entry", text.count("points.aside", n), table="contact_point", state="paused")


def _downloads(inventory: Inventory, text: Text, frame: pd.DataFrame) -> None:
    if frame.empty or printing.on():
        return
    columns = words.download_columns(inventory, text)
    beside = [
        File("points.download_vcf", "contacts", "vcf", files.vcf),
        File("points.download_welcome", "welcome-guide", "csv", files.welcome),
    ]
    title = text("contact_points.part_list")
    tables.downloads(inventory, frame, columns, title, "contact-points", text, *beside)
    st.caption(text("points.files"))
