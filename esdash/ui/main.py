"""The script that runs for every visitor at every click: page set-up, language, navigation, frame, page."""

import streamlit as st

from esdash.ui.shell import explained, navigation, page, session
from esdash.ui.shell.state import VISIT

st.set_page_config(page_title="esdash", layout="wide")
VISIT.read()
VISIT.give()
text = session.text()
bare = st.query_params.get("present", "").isdigit()
chosen = navigation.declare(text, bare)
inventory = session.inventory()
if not bare:
    name = chosen.url_path or navigation.PAGES[0]
    page.frame(inventory, text, name)
    explained.first_visit(name, text)
chosen.run()
