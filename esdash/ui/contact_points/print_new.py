"""A new print: the paper, what is on it and until when, whom to confirm first, who is not on it, and the file."""

from collections.abc import Callable, Sequence

import pandas as pd
import streamlit as st

from esdash.analysis.leaflet.contacts import Audience, Kind, Printable
from esdash.analysis.prints import planning
from esdash.errors import UserError
from esdash.exports.prints.papers import Paper
from esdash.inventory import Inventory
from esdash.texts import Text
from esdash.ui.contact_points import print_enter, print_state
from esdash.ui.contact_points.print_state import PRINTS, Prints
from esdash.ui.shell import page, url
from esdash.ui.widgets import files, filters, tables
from esdash.ui.widgets.files import File
from esdash.wording import leaflet
from esdash.wording import prints as words
from esdash.wording.columns import Column
from esdash.wording.escaping import bold, plain
from esdash.wording.names import Names

LINES = 6  # of a list with a link each; the rest stands in a table


def show(inventory: Inventory, text: Text, names: Names) -> None:
    """Left what to do before the paper is printed, right what is on it and what is not."""
    kind, language, audience, office = print_state.wanted()
    if not planning.candidates(inventory, audience):
        st.info(text("prints.none_here"))
        url.link("entry", text("prints.enter_point"), table="contact_point", new="1")
        return
    try:
        made = print_state.made(inventory, kind, language, audience, office)
    except UserError as error:
        for words_of in text.error(error):
            st.warning(plain(words_of))
        return
    left, right = st.columns([7, 5], gap="large")
    with left:
        _about(inventory, text, made)
        files.buttons(inventory, text, _file(made, audience, office))
        print_enter.show(inventory, text, made, audience)
        _first(inventory, text, made)
    with right:
        page.heading(text("prints.on_it", n=len(made.contacts)))
        tables.show(_on_it(made.contacts), _columns(text), text, "print_on_it", text("prints.on_it_alt"))
        _missing(inventory, text, made, audience)


def choices(inventory: Inventory, text: Text, names: Names) -> None:
    """The paper, for whom or how it is folded, and the language."""
    filters.switch(Prints.kind, text("prints.kind"), lambda name: text(f"prints.kind_{name}"))
    if PRINTS.kind == "flyer":
        filters.switch(Prints.fold, text("prints.fold"), lambda name: text(f"prints.fold_{name}"))
    else:
        filters.switch(Prints.audience, text("prints.audience"), lambda name: text(f"prints.audience_{name}"))
    options, named = leaflet.languages(inventory), names.of
    filters.choice(Prints.language, text("prints.language"), options, lambda key: named("language", key), width=180)


def _about(inventory: Inventory, text: Text, made: Paper) -> None:
    """Until when it holds, whether it is a draft, and whether it has a QR code."""
    until = planning.wanted_until(inventory)
    short = made.valid_to < until and bool(made.contacts)
    values = {"day": made.valid_to, "weeks": planning.weeks(inventory), "until": until}
    st.markdown(bold(text("prints.holds_not" if short else "prints.holds", **values)))
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        st.text(text.count("prints.draft", len(made.not_reviewed)) if made.draft else text("prints.no_draft"))
        if made.draft:
            more = {"text_language": made.language, "contact_points": "texts"}
            url.here("contact_points", text("prints.to_texts"), "print_to_texts", **more)
    st.text(text(f"prints.no_qr_{made.no_qr}") if made.no_qr else text("prints.qr"))
    if made.left_out:
        st.text(text.count("prints.left_out", made.left_out))


def _file(made: Paper, audience: Audience, office: bool) -> File:
    name = made.name.removesuffix(".pdf")
    return File("prints.download", name, "pdf", content, (made.kind, made.language, audience, office), kept=True)


def content(inventory: Inventory, text: Text, kind: Kind, language: str, audience: Audience, office: bool) -> bytes:
    """The PDF of a paper."""
    return print_state.made(inventory, kind, language, audience, office).content


def _first(inventory: Inventory, text: Text, made: Paper) -> None:
    """Whom to confirm first so that the paper holds as long as it should, the earliest end first."""
    found = planning.confirm_first(inventory, made.contacts)
    values = {"weeks": planning.weeks(inventory), "until": planning.wanted_until(inventory)}
    if not made.contacts:
        return
    page.heading(text("prints.first", n=len(found)))
    st.text(text("prints.first_how" if found else "prints.first_none", **values))
    rows = [(one.contact_point_id, one.name, words.first(one, text)) for one in found]
    _lines(rows, text, "first", text("prints.column_ends"))


def _missing(inventory: Inventory, text: Text, made: Paper, audience: Audience) -> None:
    """Which contact points are not on it, and why."""
    found = planning.missing(inventory, made.contacts, audience)
    page.heading(text("prints.not_on_it", n=len(found)))
    if not found:
        st.text(text("prints.not_on_it_none"))
    rows = [(one.contact_point_id, one.name, words.why_missing(one, text)) for one in found]
    _lines(rows, text, "missing", text("prints.column_why"))


def _lines(rows: Sequence[tuple[str, str, str]], text: Text, key: str, heading: str) -> None:
    """The first contact points, each with the link to where it can be mended; all of them in a table."""
    for contact_point_id, name, why in rows[:LINES]:
        with st.container(gap=None):
            st.markdown(f"{bold(name)}  \n{plain(why)}")
            url.here("contact_points", text("prints.to_point"), f"{key} {contact_point_id}", id=contact_point_id)
    if len(rows) > LINES:
        st.caption(text.count("prints.more", len(rows) - LINES))
        tables.unfolding(_table(rows, text, heading), text, f"print_{key}")


def _table(
    rows: Sequence[tuple[str, str, str]], text: Text, heading: str
) -> Callable[[], tuple[pd.DataFrame, list[Column]]]:
    columns = [Column("name", text("prints.column_point")), Column("why", heading)]
    return lambda: (pd.DataFrame(rows, columns=["contact_point_id", "name", "why"]), columns)


def _on_it(shown: Sequence[Printable]) -> pd.DataFrame:
    """One row per contact point on the paper: its name, how to reach it, and until when that holds."""
    rows = [
        {
            "name": one.facts["name"],
            "way": ", ".join(part for part in (one.facts["phone"], one.facts["email"]) if part),
            "holds": one.valid_to,
        }
        for one in shown
    ]
    return pd.DataFrame(rows, columns=["name", "way", "holds"])


def _columns(text: Text) -> list[Column]:
    return [
        Column("name", text("prints.column_point")),
        Column("holds", text("prints.column_holds"), "date"),
        Column("way", text("prints.column_way")),
    ]
