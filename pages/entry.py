"""What is in the inventory, is it still true, and how does more get in?"""

import streamlit as st

from esdash.ui import page, session, url
from esdash.ui.entry import form, form_saved
from esdash.ui.names import names

url.follow("entry")
text, inventory = session.text(), session.inventory()
known = names(inventory, text)
table, record_id = st.query_params.get("table", "initiative"), st.query_params.get("id")
if "edit" in st.query_params or "new" in st.query_params:
    form.show(inventory, text, known, table, record_id)
else:
    form_saved.message(text)
    st.title(text("entry.title"), anchor=False)
page.data_status(inventory, text)
