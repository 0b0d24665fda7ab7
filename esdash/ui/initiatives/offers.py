"""The list of the page Initiativen: page state, offers in brief, sentence."""

from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from esdash.analysis.records import records
from esdash.analysis.records.search import DECLARED, FACETS
from esdash.inventory import Inventory
from esdash.texts import Text
from esdash.ui.initiatives import detail
from esdash.ui.shell import printing, url
from esdash.ui.shell.state import Many, Maybe, OneOf, PageState, Words
from esdash.ui.widgets import search_notes, tables
from esdash.ui.widgets.record_list import RecordList, beside
from esdash.wording import facets, handed_out, listing
from esdash.wording.escaping import bold
from esdash.wording.names import names_of


class Initiatives(PageState):
    """Search, facets, the form of the list (table, map, cards), and the opened offer."""

    page = "initiatives"
    query = Words(link="q")
    theme = Many()
    target_group = Many()
    district = Many()
    language = Many()
    weekday = Many()
    organization = Many()
    status = Many()
    freshness = Many()
    wanted = Many()
    vars().update({facet: Many() for facet in DECLARED})
    view = OneOf(("table", "map", "cards", "organizations"))
    opened = Maybe(link="id")


INITIATIVES = Initiatives()


def back(text: Text) -> None:
    """The way back to the list with its filters."""
    label = f":primary[\N{LEFTWARDS ARROW} {text('detail.back')}]"
    printing.button(label, "detail_back", on_click=_close, type="tertiary")


def _close() -> None:
    INITIATIVES.opened = None


def _brief(row: Any, text: Text) -> list[str]:
    about = [row.description] if isinstance(row.description, str) else []
    places = text("initiatives.card_places", n=row.capacity)
    return [row.organization, *about, f"{row.where} \N{MIDDLE DOT} {row.when}", places]


OFFERS = RecordList("initiative", INITIATIVES, FACETS, _brief, "initiatives", opened=detail.brief)


def sentence(inventory: Inventory, frame: pd.DataFrame, text: Text) -> str:
    """The sentence: number of offers found, how many of them run, and their places."""
    total = len(records.initiatives(inventory))
    if not total:
        return text("initiatives.none")
    running = frame.loc[frame["running"], "capacity"]
    unknown = int(running.isna().sum())
    return text(
        "initiatives.sentence_unknown" if len(running) and unknown == len(running) else "initiatives.sentence",
        n=bold(text.count("initiatives.found", len(frame))),
        total=total,
        running=bold(text.number(len(running))),
        places=bold(text.number(running.sum())),
        unknown=unknown,
    )


def downloads(inventory: Inventory, rows: int, text: Text) -> None:
    """The chosen offers as files, with address, contact, and the filter in words; not on paper."""
    if printing.on():
        return
    query, chosen = OFFERS.query, OFFERS.chosen
    frame = partial(handed_out.initiatives, text=text, query=query, chosen=chosen)
    columns, title = handed_out.initiative_columns(text), text("initiatives.download_title")
    notes = handed_out.initiative_notes(inventory, text, query, chosen, rows)
    tables.downloads(inventory, frame, columns, title, "initiatives", text, notes=notes)
    st.caption(text.count("initiatives.files", rows))


def organizations(inventory: Inventory, frame: pd.DataFrame, text: Text) -> None:
    """The organisations of the chosen initiatives; without a filter all, including those without an offer."""
    shown = frame["initiative_id"].tolist()
    search_notes.show(inventory, text, "initiative", Initiatives.query, OFFERS.query, shown, by_fit=False)
    everything = not OFFERS.query and not OFFERS.chosen
    found, columns = listing.organizations(inventory, frame, everything), listing.organization_columns(text)
    alt = text("initiatives.organizations_alt", n=len(found))

    def opened(key: str) -> None:
        with st.container(horizontal=True, gap="medium"):
            url.link("initiatives", text("initiatives.of_organization"), organization=key)
            url.link("entry", text("action.open_record"), table="organization", id=key)

    tables.opening(found, columns, text, "organizations_table", alt, opened, height=560, names=beside())
    notes = [] if everything else facets.chosen(OFFERS.query, OFFERS.chosen, "initiative", names_of(inventory, text))
    listed, title = handed_out.organization_columns(text), text("view.organizations")
    tables.downloads(inventory, found, listed, title, "organizations", text, notes=notes)
