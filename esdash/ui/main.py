"""The script that runs for every visitor at every click: page set-up, language, navigation, frame, page."""

import streamlit as st

from esdash.ui.shell import explained, navigation, page, printing, session
from esdash.ui.shell.state import VISIT

st.set_page_config(page_title="esdash", layout="centered" if printing.on() else "wide")  # centered: as wide as A4
VISIT.read()
VISIT.give()
text = session.text()
presented = st.query_params.get("present", "").isdigit()
chosen = navigation.declare(text, bare=presented or printing.on())
inventory = session.inventory()
if not presented:
    page.frame(inventory, text, navigation.opened())
    explained.first_visit(navigation.opened(), text)
chosen.run()
if presented:
    page.end(text)
