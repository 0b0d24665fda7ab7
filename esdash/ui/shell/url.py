"""Links from page to page; they carry the page state of their target."""

from collections.abc import Sequence
from urllib.parse import urlsplit

import streamlit as st

from esdash.texts import LANGUAGES, Text
from esdash.ui.shell import navigation, printing
from esdash.ui.shell.state import VISIT
from esdash.wording.escaping import plain

CALENDAR = "/kalender/schulungen.ics"  # to subscribe to (esdash/serve/training_calendar.py)
OWN_NAME = "/mein-name"  # keeps the visitor's name in the browser (esdash/serve/own_name.py)
CITY = "/stadt"  # the city's page (esdash/serve/city_list.py), which is no page of the dashboard


def calendar(page: str, text: Text) -> str:
    """The whole address of the calendar to subscribe to, for a visitor of this page; written here and nowhere else.

    Where no page is known, only the part after the name of the machine.
    """
    seen = urlsplit(page)
    query = "" if text.language == LANGUAGES[0] else f"?lang={text.language}"
    return f"{seen.scheme}://{seen.netloc}{CALENDAR}{query}" if seen.netloc else f"{CALENDAR}{query}"


def link(page: str, label: str, whole: str = "", /, **params: str | Sequence[str] | None) -> None:
    """A link to a page with its parameters, in the language of this visitor, with an arrow and the colour of links.

    `whole`: what a shortened label says in full, seen on hover. On paper its words, for they may be the name of a
    record; nothing where they are one of our texts and only lead on.
    """
    if _on_paper(plain(whole) or label):
        return
    query = {name: value for name, value in params.items() if value} | VISIT.as_link()
    st.page_link(navigation.script(page), label=f":primary[{label} →]", icon="", help=plain(whole), query_params=query)


def here(page: str, label: str, key: str, **params: str) -> None:
    """A link to the page that is open: a button, because Streamlit marks such links like a menu; begins at the top."""
    if not _on_paper(label) and st.button(f":primary[{label} →]", key=key, type="tertiary"):
        st.switch_page(navigation.script(page), query_params={**params, **VISIT.as_link()})


def _on_paper(label: str) -> bool:
    """Write the label if this is paper, unless it is one of our texts; returns whether it is paper."""
    if printing.on() and not Text(VISIT.language).says(label):
        st.markdown(label)
    return printing.on()
