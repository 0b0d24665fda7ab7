"""Links from page to page; they carry the page state of their target."""

from collections.abc import Sequence

import streamlit as st

from esdash.ui.shell import navigation
from esdash.ui.shell.state import VISIT

CITY = "/stadt"  # the city's page (esdash/serve/city_list.py), which is no page of the dashboard


def link(page: str, label: str, **params: str | Sequence[str] | None) -> None:
    """A link to a page with its parameters, in the language of this visitor, with an arrow and the colour of links."""
    query = {name: value for name, value in params.items() if value} | VISIT.as_link()
    st.page_link(navigation.script(page), label=f":primary[{label} →]", icon="", help="", query_params=query)
