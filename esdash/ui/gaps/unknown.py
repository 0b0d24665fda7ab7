"""What Weiße Flecken says although something is unknown: the met need between two ends, and what is assumed."""

from dataclasses import replace

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from esdash.analysis.selection import Selection, View
from esdash.inventory import Inventory
from esdash.texts import Text
from esdash.ui.gaps import choice as choosing
from esdash.ui.gaps.state import GAPS, Gaps
from esdash.ui.shell import printing, url
from esdash.ui.widgets import filters
from esdash.wording import bounds
from esdash.wording.escaping import bold, plain

OFFERS_SHOWN = 6  # most offers listed; the table below has all


def show(inventory: Inventory, text: Text, view: View) -> None:
    """What can be said although something is unknown, and what is assumed for it where the figures rest on it."""
    if sentences := bounds.answer(inventory, text, view.selection):
        st.markdown(plain(" ".join(sentences)))
    if inventory.conditions.assumed:
        st.caption(plain(bounds.assumption_note(inventory, text, view.beyond)))


def choose(place: DeltaGenerator, inventory: Inventory, text: Text, view: View) -> Inventory:
    """The inventory with known figures or those with assumptions, as chosen in this place.

    The choice, with what is assumed, is there where the view hangs on something unknown. Where nobody has looked there
    are no figures to choose, but assumptions in what is said of the known offers.
    """
    assumed, chosen = bounds.assumed(inventory, text, view.beyond), GAPS.figures == "assumed"
    if not assumed:
        return inventory
    either = bounds.assumable(inventory, text, view.beyond)
    with place:
        if not printing.on():
            st.markdown(bold(text("gaps.figures") if either else text("bounds.assumptions")))
        if either:
            filters.switch(Gaps.figures, text("gaps.figures"), lambda name: text(f"gaps.figures_{name}"))
        if not printing.on():
            st.caption(text("bounds.assumptions_note"))
            st.caption(plain(" ".join(assumed)))
    return inventory.under(replace(inventory.conditions, assumed=True)) if either and chosen else inventory


def of_cell(inventory: Inventory, text: Text, selection: Selection) -> None:
    """The ends of the chosen cells in places, and the offers to ask about; nothing where nothing is unknown."""
    sentence = bounds.in_places(inventory, text, selection)
    if not sentence:
        return
    st.markdown(plain(sentence))
    if selection.theme and selection.district and not selection.groups:
        words, note = bounds.likely(inventory, text).get((selection.theme, selection.district), ("", ""))
        if words:
            st.markdown(plain(text("bounds.likely", what=words)), help=plain(note))
    unknown, names = bounds.unknown_offers(inventory, text, selection), choosing.offer_names(inventory, text)
    if not unknown:
        return
    st.markdown(bold(text.count("bounds.unknown_offers", len(unknown))))
    named = [key for key in names if key in unknown]
    for key in named[:OFFERS_SHOWN]:
        url.link("initiatives", f"{plain(names[key])}: {plain(unknown[key])}", id=key)
    if len(unknown) > OFFERS_SHOWN:
        st.caption(text("bounds.unknown_more", n=len(unknown) - OFFERS_SHOWN))
