"""Links from page to page; what they carry is the state of the page they lead to."""

from collections.abc import Sequence

import streamlit as st

from esdash.ui.shell import navigation
from esdash.ui.shell.state import VISIT


def link(page: str, label: str, **params: str | Sequence[str] | None) -> None:
    """A link to a page with its parameters, in the language of this visitor; it looks like one."""
    query = {name: value for name, value in params.items() if value} | VISIT.as_link()
    st.page_link(navigation.script(page), label=f":primary[{label} →]", icon="", help="", query_params=query)
