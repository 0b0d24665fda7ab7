"""Volunteers: where they are active and still wanted, and what they looked for in the finder in vain (METHODS M19)."""

from functools import partial

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from esdash import charts
from esdash.analysis.volunteers import volunteers, wishes
from esdash.analysis.volunteers.volunteers import KINDS
from esdash.charts import look
from esdash.inventory import Inventory
from esdash.inventory.cached import cached
from esdash.texts import Text
from esdash.ui.shell import page, url
from esdash.ui.shell.state import OneOf, PageState
from esdash.ui.widgets import empty, filters, tables
from esdash.wording import volunteers as words
from esdash.wording.columns import Column, headed
from esdash.wording.escaping import plain
from esdash.wording.names import Names, names_of


class VolunteersState(PageState):
    """By what the volunteers are divided, and by what the wishes are."""

    page = "volunteers"
    by = OneOf(KINDS)
    wishes = OneOf(wishes.PARTS)


STATE = VolunteersState()


def sentence(inventory: Inventory, text: Text) -> str:
    """How many volunteers are active and wanted, and where most are missing."""
    return words.sentence(volunteers.sums(inventory), _divided(inventory, text, KINDS[0]), text)


def show(inventory: Inventory, text: Text, names: Names) -> None:
    """The picture with its table, what is unknown, the offers, and the wishes that found nothing."""
    STATE.take()
    if empty.without_offers(inventory):
        empty.lead(text)
    else:
        _picture(inventory, text)
        _open_questions(inventory, text, names)
        _offers(inventory, text)
    _wishes(inventory, names)
    STATE.give()


def _picture(inventory: Inventory, text: Text) -> None:
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        page.heading(text("volunteers.chart"))
        kind = filters.switch(VolunteersState.by, text("volunteers.by"), lambda name: text(f"volunteers.by_{name}"))
    frame = _divided(inventory, text, kind)
    most = words.most_wanted(frame)
    said = text("volunteers.chart_alt", most=most[0], n=most[1]) if most else text("volunteers.chart_alt_none")
    st.plotly_chart(_chart(inventory, text, kind), key="volunteers_chart", config=look.CONFIG, alt=said)
    counted = headed(
        *(text, "", "offers", "volunteers_active", "volunteers_wanted"),
        ("active_unknown", "volunteers.column_active_unknown"),
        ("wanted_unknown", "volunteers.column_wanted_unknown"),
    )
    columns = [Column("title", text(f"volunteers.by_{kind}"), width=34), *counted]
    tables.beside(frame, columns, text, f"volunteers_{kind}")


def _open_questions(inventory: Inventory, text: Text, names: Names) -> None:
    """What is unknown, which offers cannot be asked, and where to go on."""
    sums = volunteers.sums(inventory)
    said = words.unknown(sums, text)
    if sums.unaskable:
        said.append(text.count("volunteers.unaskable", sums.unaskable))
    where = volunteers.by(inventory, "district").set_index("option")["offers"]
    here, placeless = set(where.index), int(where.get("unknown", 0))
    without = [names.short("district", key) for key in names.ids("district") if key not in here]
    if without:
        key = "volunteers.without_known" if placeless else "volunteers.without"
        said.append(text(key, n=len(without), placeless=placeless, districts=", ".join(without)))
    st.markdown("  \n".join(map(plain, said)))
    with st.container(horizontal=True, gap="medium"):
        if sums.searching:
            url.link("initiatives", text("volunteers.to_wanted"), wanted="yes", status="active")
        if sums.unaskable:
            url.link("care", text("volunteers.to_care"))
        url.link("gaps", text("volunteers.to_gaps"))


def _offers(inventory: Inventory, text: Text) -> None:
    page.heading(text("volunteers.offers_title"))
    frame, columns = _listed(inventory, text), _offer_columns(text)
    narrow = [column for column in columns if column.name != "organization"]
    alt = text("volunteers.offers_alt", n=len(frame))
    tables.opening(frame, narrow, text, "volunteers_offers", alt, partial(_open, frame, text))
    tables.downloads(inventory, frame, columns, text("volunteers.offers_title"), "volunteers", text)


def _open(frame: pd.DataFrame, text: Text, key: str) -> None:
    """One offer: its name, who is asked there, and the ways to it and to its contact."""
    row = frame[frame["initiative_id"] == key].iloc[0]
    st.markdown(f"**{plain(row['name'])}** · {plain(row['organization'])}")
    if isinstance(row["role"], str):
        st.markdown(plain(text("volunteers.ask_whom", role=row["role"], day=row["reached_on"])))
    with st.container(horizontal=True, gap="medium"):
        url.link("initiatives", text("volunteers.open_offer"), id=key)
        if isinstance(row["named_contact_id"], str):
            url.link("entry", text("volunteers.open_contact"), table="contact", id=row["named_contact_id"])


def _offer_columns(text: Text) -> list[Column]:
    finder = ("in_finder", "volunteers.column_finder")
    counts = ("volunteers_active", "volunteers_wanted")
    return headed(text, "initiative", "name", "organization", "themes", "where", *counts, finder)


def _wishes(inventory: Inventory, names: Names) -> None:
    """What was looked for in the finder and not found, as far as it may be shown."""
    text = names.text
    page.heading(text("volunteers.wishes_title"))
    if inventory.read_only:
        st.info(text("volunteers.wishes_past"))
        return
    shown = wishes.unmet(inventory)
    st.caption(text("volunteers.wishes_why", weeks=wishes.WEEKS, threshold=shown.threshold))
    if not any(shown.parts.values()) or not shown.any_shown:
        st.info(text("volunteers.wishes_few" if any(shown.parts.values()) else "volunteers.wishes_none"))
    else:
        _unmet(shown, names)
    url.here("contact_points", text("volunteers.to_finder"), "volunteers_finder", contact_points="finder")


def _unmet(shown: wishes.Shown, names: Names) -> None:
    text = names.text

    def part_name(name: str) -> str:
        return text(f"volunteers.wishes_{name}")

    part = filters.switch(VolunteersState.wishes, text("volunteers.wishes_part"), part_name)
    frame = words.wishes(shown, part, names)
    columns = [
        Column("wish", part_name(part), width=34),
        Column("unmet", text("volunteers.column_unmet"), width=18),
    ]
    tables.show(frame, columns, text, f"volunteers_wishes_{part}", text("volunteers.wishes_alt"))
    first = shown.parts[part][0]
    link = {"theme": "theme_in", "district": "district_in"}.get(part)
    if link and first.times is not None and first.option != wishes.ANY:
        what = words.wish(part, first.option, names)
        url.link("gaps", text("volunteers.to_gaps_of", what=what), **{link: first.option})


@cached
def _divided(inventory: Inventory, text: Text, kind: str) -> pd.DataFrame:
    return words.divided(inventory, kind, names_of(inventory, text))


@cached
def _chart(inventory: Inventory, text: Text, kind: str) -> go.Figure:
    return charts.volunteers(_divided(inventory, text, kind), text)


@cached
def _listed(inventory: Inventory, text: Text) -> pd.DataFrame:
    return words.offers(inventory, names_of(inventory, text))
