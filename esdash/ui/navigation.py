"""The pages and their order."""

from __future__ import annotations

import streamlit as st

from esdash.texts import Text

PAGES = ("overview", "initiatives", "trainings", "gaps", "priorities", "method")


def declare(text: Text) -> st.Page:
    """Tell Streamlit the pages; returns the one this visitor asked for."""
    pages = [
        st.Page(f"pages/{name}.py", title=text(f"{name}.nav"), url_path=name, default=name == PAGES[0])
        for name in PAGES
    ]
    return st.navigation(pages, position="top")
