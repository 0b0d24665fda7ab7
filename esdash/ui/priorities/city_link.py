"""The way to the city's page, which is no page of the dashboard."""

import streamlit as st

from esdash.texts import LANGUAGES, Text
from esdash.ui.shell import url


def show(text: Text) -> None:
    """Where the city finds the newest version, with the link."""
    query = "" if text.language == LANGUAGES[0] else f"?lang={text.language}"
    label = f":primary[{text('city_list.nav')} →]"
    st.markdown(f"{text('city_answers.page_hint')} [{label}]({url.CITY}{query})")
