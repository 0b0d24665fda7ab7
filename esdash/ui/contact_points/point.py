"""One contact point: what for, for whom, when, where, whom one asks there, and whether it may be printed."""

from collections.abc import Mapping
from typing import Any

import streamlit as st

from esdash.analysis.contact_points import openings, points
from esdash.analysis.maintenance import keeping
from esdash.inventory import Inventory
from esdash.texts import Text
from esdash.ui.contact_points import print_register
from esdash.ui.contact_points.choice import CONTACT_POINTS, TABLE
from esdash.ui.entry import actions, mend
from esdash.ui.shell import page, printing, url
from esdash.ui.widgets import attempt, tables
from esdash.ui.widgets.facts import fact
from esdash.wording import contact_points as words
from esdash.wording import labels
from esdash.wording import openings as hours
from esdash.wording.escaping import plain
from esdash.wording.listing import items
from esdash.wording.names import Names

# What mends a reason against printing: the attempt form here, or the record of the contact point or of its contact.
_BY_ATTEMPT = ("never_reached", "reached_long_ago", "bounced", "silent")
_CONFIRMED_HERE = ("point_never_confirmed", "point_confirmed_long_ago")
_EDITED = ("not_active", "archived", "absent", "no_consent", "no_way")  # by the form; the others by confirming

Row = Mapping[str, Any]


def show(inventory: Inventory, text: Text, names: Names, point_id: str) -> None:
    """The chosen contact point, or that there is none with this id."""
    row = points.point(inventory, point_id)
    with st.container(border=True, key="contact_point"):
        with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
            page.heading(plain(row["name"] if row else text("points.unknown")))
            printing.button(text("points.close"), "close_point", on_click=_close, type="tertiary")
        if row is None:
            st.warning(text("points.missing"))
            return
        _state(inventory, text, row)
        if page.allowed(inventory, text, *actions.OF_RECORD):
            _buttons(inventory, text, row)
        left, right = st.columns(2, gap="medium")
        with left, st.container(gap="xsmall"):
            _what(inventory, text, names, row)
        with right, st.container(gap="xsmall"):
            _reach(inventory, text, row)
        _print(text, row)
        print_register.of_point(inventory, text, names, str(row["contact_point_id"]))
        attempt.history(inventory, text, _contacts(row), str(row["contact_point_id"]))


def _close() -> None:
    CONTACT_POINTS.point = None
    tables.release(TABLE)


def _state(inventory: Inventory, text: Text, row: Row) -> None:
    """Who carries it, its status where it is not active, and whether it is open now."""
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        st.text(row["organization"])
        if row["status"] != "active":
            st.badge(labels.choice(text, "status", row["status"]), color="gray")
        st.badge(words.stand(row, text), color="green" if words.reliable(row) else "orange")
    if row["successor_contact_point_id"]:
        other = points.point(inventory, row["successor_contact_point_id"])
        if other:
            url.here(
                "contact_points",
                text("points.successor", name=plain(other["name"])),
                "to_successor",
                id=other["contact_point_id"],
            )
    if not inventory.read_only:
        said = hours.sentence(words.opened(inventory)[row["contact_point_id"]], text)
        st.markdown(f"**{plain(said[:1].upper() + said[1:])}**")


def _buttons(inventory: Inventory, text: Text, row: Row) -> None:
    record = keeping.record(inventory, "contact_point", row["contact_point_id"])
    if record is not None:
        key, targets = f"attempt_{row['contact_point_id']}", _targets(row, text)

        def beside() -> None:
            attempt.button(inventory, text, key, targets)
            mend.button(inventory, text, "contact_point", row["contact_point_id"])
            mend.button(inventory, text, "contact", row["contact_id"])

        actions.short_toolbar(inventory, text, record, beside)


def _targets(row: Row, text: Text) -> list[attempt.Target]:
    """Whom one can try to reach here: who is asked today first, then the contact entered, and the place itself."""
    found = []
    if row["contact_id"]:
        found.append(attempt.Target("contact", row["contact_id"], str(row["role"])))
    if row["named_contact_id"] and row["named_contact_id"] != row["contact_id"]:
        found.append(attempt.Target("contact", row["named_contact_id"], str(row["named_role"])))
    if row["own_phone"] or row["own_email"]:
        place = attempt.Target("contact_point", row["contact_point_id"], text("attempt.place"))
        found.insert(0 if row["via"] == "place" else len(found), place)
    return found


def _contacts(row: Row) -> list[str]:
    named = (row["contact_id"], row["named_contact_id"], row["deputy_contact_id"])
    return [key for key in dict.fromkeys(named) if key]


def _what(inventory: Inventory, text: Text, names: Names, row: Row) -> None:
    """What for, for whom, in which languages, and when."""
    if row["description"]:
        st.text(row["description"])
    audiences = [labels.choice(text, "audiences", key) for key in items(row["audiences"])]
    _said(text, "audiences", ", ".join(audiences))
    _said(text, "theme_ids", names.all("theme", row["theme_ids"]) if items(row["theme_ids"]) else "")
    _said(text, "language_ids", names.all("language", row["language_ids"]))
    known = openings.hours(inventory)[row["contact_point_id"]]
    with fact(labels.label_of(text, "contact_point", "opening_hours")):
        said = hours.lines(known, text, inventory.today())
        st.text("\n".join([*(said or [text("word.unknown")]), *([known.note] if known.note else [])]))
        if known.known:
            st.caption(text(f"points.hours_of_{known.whose}"))
        if known.appointment_url:
            st.link_button(text("points.appointment"), known.appointment_url)


def _reach(inventory: Inventory, text: Text, row: Row) -> None:
    """Where it is, and whom one asks there how."""
    _said(text, "location_id", labels.address(row))
    free = row["barrier_free"]
    _said(text, "barrier_free", "" if free is None else text.value(bool(free)), "location")
    if row["directions"]:
        _said(text, "directions", row["directions"], "location")
    with fact(text("points.asks")):
        st.text(words.asked(row, text))
        if found := words.ways(row):
            st.text(found)
        elif row["via"] != "place":
            st.caption(text("points.person_hidden"))
    _deputy(inventory, text, row)
    with fact(text("points.column_reached")):
        st.text(words.reached(row, text))
        if row["attempts"] and row["reach"] == "reached":
            st.caption(text.count("points.attempts_since", int(row["attempts"]), day=row["tried_on"]))
    if row["website"]:
        _said(text, "website", row["website"])


def _deputy(inventory: Inventory, text: Text, row: Row) -> None:
    """The contact who is away and the deputy, each by the function."""
    if not row["named_contact_id"]:
        return
    if not row["named_there"]:
        with fact(labels.kind(text, "contact")):
            st.text(text("points.away", role=row["named_role"]))
    deputy = points.contact_today(inventory, row["deputy_contact_id"]) if row["deputy_contact_id"] else None
    if row["via"] != "deputy":
        with fact(labels.label_of(text, "contact", "deputy_contact_id")):
            there = deputy and deputy["there"]
            role = deputy["role"] if deputy else text("word.no_entry")
            st.text(role if there or not deputy else text("points.away", role=role))


def _said(text: Text, name: str, words_of: str, table: str = "contact_point") -> None:
    with fact(labels.label_of(text, table, name)):
        if words_of:
            st.text(words_of)
        else:
            st.caption(text("word.unknown"))


def _print(text: Text, row: Row) -> None:
    """Whether it may be printed; if not, each reason with the way to mend it."""
    reasons = words.why_not(row, text)
    if not reasons:
        st.markdown(text("points.printable"))
        return
    st.markdown(text("points.unprintable"))
    for reason, said in reasons:
        with st.container(horizontal=True, gap="small", vertical_alignment="center"):
            st.markdown(f"- {plain(said)}", width="content")
            _mend(text, row, reason)


def _mend(text: Text, row: Row, reason: str) -> None:
    if reason in _BY_ATTEMPT:
        st.caption(text("points.mend_attempt"))
        return
    if reason in _CONFIRMED_HERE:
        st.caption(text("points.mend_here"))
        return
    of_point = reason == "not_active" or row["contact_id"] is None
    table, key = ("contact_point", row["contact_point_id"]) if of_point else ("contact", row["contact_id"])
    edit = {"edit": "1"} if reason in _EDITED else {}
    url.link("entry", text("points.mend_edit" if edit else "points.mend_confirm"), table=table, id=key, **edit)
