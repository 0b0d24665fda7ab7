"""The entry point: page set-up, language, navigation."""

import streamlit as st

from esdash.ui import page, session, url

PAGES = ("overview", "initiatives", "trainings", "gaps", "priorities", "method")

st.set_page_config(page_title="esdash", layout="wide")
url.language()
text = session.text()
chosen = st.navigation(
    [
        st.Page(f"pages/{name}.py", title=text(f"{name}.nav"), url_path=name, default=name == PAGES[0])
        for name in PAGES
    ],
    position="top",
)
inventory = session.inventory()
page.frame(inventory, text)
chosen.run()
