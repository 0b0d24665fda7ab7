"""One organisation: what it offers, seeks and promised, where it is, whom to ask there, and whom it works with."""

from collections.abc import Sequence

import streamlit as st

from esdash.analysis.actors import organizations
from esdash.analysis.actors.organizations import Row
from esdash.inventory import Inventory
from esdash.texts import Text, is_missing
from esdash.ui.actors import around, leading
from esdash.ui.shell import page, url
from esdash.ui.widgets.facts import fact
from esdash.wording import actors as words
from esdash.wording import helping as helping_words
from esdash.wording.escaping import plain
from esdash.wording.names import Names

AT_ONCE = 6  # offers; more are behind a link


def show(inventory: Inventory, text: Text, names: Names, organization_id: str) -> None:
    """The whole organisation; a message if there is none with this id."""
    row = organizations.actor(inventory, organization_id)
    if row is None:
        st.warning(text("actors.missing"))
        return
    page.heading(plain(row["name"]))
    st.caption(plain(" · ".join([text.value(row["kind"]), words.sector(inventory, row["organization_id"], text)])))
    if row["description"]:
        st.text(row["description"])
    left, right = st.columns(2, gap="large")
    with left:
        _offers(inventory, text, row)
        _seeks(text, row)
    with right:
        _where(inventory, text, names, row)
        _promises(inventory, text, row)
    around.show(inventory, text, names, row["organization_id"])


def _offers(inventory: Inventory, text: Text, row: Row) -> None:
    """Running offers, trainings and contact points, each with its link."""
    key = row["organization_id"]
    found = organizations.offers(inventory, key)
    with fact(text("actors.fact_offers")), st.container(gap="xxsmall"):
        for offer in found[:AT_ONCE]:
            leading.to("initiative", offer["initiative_id"], plain(offer["name"]))
        if len(found) > AT_ONCE:
            url.link("initiatives", text("actors.all_offers", n=len(found)), organization=key, status="active")
        if not found:
            st.caption(text("actors.no_offers"))
    for name, table, rows in (
        ("courses", "course", organizations.courses(inventory, key)),
        ("points", "contact_point", organizations.contact_points(inventory, key)),
    ):
        _linked(text(f"actors.fact_{name}"), table, rows)


def _linked(label: str, table: str, rows: Sequence[Row]) -> None:
    if rows:
        with fact(label), st.container(gap="xxsmall"):
            for row in rows[:AT_ONCE]:
                leading.to(table, row[f"{table}_id"], plain(row["name"]))


def _seeks(text: Text, row: Row) -> None:
    """Volunteers wanted, and how many offers make people wait."""
    with fact(text("actors.fact_seeks")), st.container(gap=None):
        if row["wanted"] is None:
            st.caption(text("actors.seeks_unknown"))
        else:
            st.text(text.count("actors.seeks", int(row["wanted"])) if row["wanted"] else text("actors.seeks_none"))
        if row["waiting"]:
            st.text(text("actors.people_wait"))
        elif row["waiting"] is None and row["offers"]:
            st.caption(text("actors.waiting_unknown"))


def _where(inventory: Inventory, text: Text, names: Names, row: Row) -> None:
    """Rooms, languages, and whom to ask."""
    with fact(text("actors.fact_rooms")), st.container(gap=None):
        rooms = organizations.places(inventory, row["organization_id"])
        for room in rooms:
            free = {True: "barrier_free", False: "barriers", None: "barriers_unknown"}[room["barrier_free"]]
            said = text("actors.room", name=room["name"], district=names.of("district", room["district_id"]))
            st.text(f"{said}, {text(f'actors.{free}')}")
        if not rooms:
            st.caption(text("actors.no_rooms"))
    with fact(text("actors.fact_languages")):
        st.text(names.all("language", row["language_ids"]))
    with fact(text("actors.fact_contact")), st.container(gap=None):
        st.text(helping_words.contact(organizations.contact(inventory, row["organization_id"]), row, text))
        url.link("entry", text("action.open_record"), table="organization", id=row["organization_id"])


def _promises(inventory: Inventory, text: Text, row: Row) -> None:
    """Promises by state; broken ones are said as internal."""
    found = organizations.promises(inventory, row["organization_id"])
    with fact(text("actors.fact_promises")), st.container(gap="xxsmall"):
        if not found:
            st.caption(text("actors.no_promises"))
        for promise in found:
            state = "late" if promise["late"] else promise["state"]
            st.text(f"{promise['text']} {text(f'actors.promise_{state}', day=_day(promise, state))}")
            leading.to("commitment", promise["commitment_id"], text("actors.open_promise"))


def _day(promise: Row, state: str) -> object:
    day = promise["due_on"] if state in ("open", "late") else promise["checked_on"]
    return None if is_missing(day) else day
