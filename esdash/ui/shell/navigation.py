"""The pages and their order: first those that answer, then those that keep the inventory."""

from __future__ import annotations

import streamlit as st

from esdash.texts import Text

ANSWERS = ("overview", "initiatives", "trainings", "gaps", "overlaps", "priorities", "method")
KEEPING = ("entry", "imports", "care")
PAGES = (*ANSWERS, *KEEPING)


def declare(text: Text) -> st.Page:
    """Tell Streamlit the pages; returns the one this visitor asked for."""

    def pages(names: tuple[str, ...]) -> list[st.Page]:
        return [
            st.Page(f"pages/{name}.py", title=text(f"{name}.nav"), url_path=name, default=name == PAGES[0])
            for name in names
        ]

    return st.navigation({"": pages(ANSWERS), text("navigation.keeping"): pages(KEEPING)}, position="top")
