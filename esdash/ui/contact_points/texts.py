"""The part Texte: the texts of printed papers by language, who has read them, and the form of one."""

import streamlit as st

from esdash.inventory import Inventory
from esdash.inventory.access import Action, Actor
from esdash.inventory.steering import leaflet_texts
from esdash.inventory.steering.leaflet_texts import Reading, Seen
from esdash.texts import Text
from esdash.ui.contact_points import text_form, text_state
from esdash.ui.contact_points.text_state import TEXTS, Texts
from esdash.ui.shell import page, printing
from esdash.ui.widgets import filters, tables
from esdash.wording import leaflet as words
from esdash.wording.names import Names, names_of

HEIGHT = 350  # pixels: ten rows, so that the open text above and the list fit on one screen


def sentence(inventory: Inventory, text: Text) -> str:
    """How many texts of the chosen language are reviewed; asked before `show`, because it reads the link."""
    text_state.take(inventory)
    return words.sentence(inventory, text, names_of(inventory, text), TEXTS.language)


def show(inventory: Inventory, text: Text, names: Names) -> None:
    """The language, the open text above the list, and the state of all languages."""
    languages = words.languages(inventory)
    named = {language: names.of("language", language) for language in languages}
    filters.switch(Texts.language, text("leaflet.language"), lambda key: named.get(key, key), languages)
    found = words.passages(inventory, TEXTS.language)
    above = st.container()
    ticked = _list(inventory, text)
    with above:
        if (TEXTS.passage in found or ticked) and page.may(inventory, Action.REVIEW_LEAFLET):
            text_form.who(text)
        if TEXTS.passage in found:
            text_form.show(inventory, text, names, found[str(TEXTS.passage)])
        _read_several(inventory, text, ticked)
    text_form.add(inventory, text)
    page.heading(text("leaflet.per_language"))
    tables.show(
        words.table(inventory, names),
        words.table_columns(text),
        text,
        "leaflet_languages",
        text("leaflet.per_language_alt"),
    )
    st.caption(text("leaflet.how"))
    TEXTS.give()


def _list(inventory: Inventory, text: Text) -> list[str]:
    """The texts of the chosen language and status; a click opens one. Returns those that are ticked."""
    count = words.counts(inventory)[TEXTS.language]
    numbers = {text_state.ALL: len(words.passages(inventory, TEXTS.language)), **count}

    def labelled(name: str) -> str:
        named = text("leaflet.all" if name == text_state.ALL else f"leaflet.status_{name}")
        return text("leaflet.counted", name=named, n=numbers[name])

    filters.switch(Texts.status, text("leaflet.status"), labelled, [name for name in numbers if numbers[name]])
    frame = words.listed(text_state.wanted(inventory), TEXTS.language, text)
    if frame.empty:
        st.info(text("leaflet.none_of_status"))
        return []
    printing.hint(text("leaflet.click"))
    columns = words.columns(TEXTS.language, text)
    picked = tables.ticking(frame, columns, text, f"leaflet_{TEXTS.language}", text("leaflet.list_alt"), HEIGHT)
    if picked.clicked and picked.clicked != st.session_state.get("leaflet clicked"):
        TEXTS.passage = picked.clicked
    st.session_state["leaflet clicked"] = picked.clicked
    return picked.ticked


def _read_several(inventory: Inventory, text: Text, ticked: list[str]) -> None:
    """The button that records the ticked texts as read."""
    found = words.passages(inventory, TEXTS.language)
    read = [found[name] for name in ticked if found[name].source and found[name].status != "missing"]
    if not read or not page.allowed(inventory, text, Action.REVIEW_LEAFLET):
        return
    st.button(
        text.count("leaflet.read_several", len(read)),
        key="leaflet_read_several",
        type="primary",
        on_click=_read,
        args=(
            inventory,
            text,
            TEXTS.language,
            [Reading(one.passage, one.text, Seen(one.source, one.version)) for one in read],
        ),
    )
    if len(read) < len(ticked):
        st.caption(text("leaflet.read_missing"))


def _read(inventory: Inventory, text: Text, language: str, readings: list[Reading]) -> None:
    def act(actor: Actor) -> None:
        leaflet_texts.review(inventory, language, readings, text_form.role(), actor)

    page.act(inventory, text, Action.REVIEW_LEAFLET, act, text.count("leaflet.read_done", len(readings)))
