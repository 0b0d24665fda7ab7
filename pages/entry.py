"""What is in the inventory, is it still true, and how does more get in?"""

import streamlit as st

from esdash.analysis.maintenance import keeping
from esdash.ui.entry import choose, form, form_saved, record
from esdash.ui.shell import page, session, url
from esdash.ui.widgets.names import names_of

text, inventory = session.text(), session.inventory()
url.arrive()
names = names_of(inventory, text)
table, record_id = st.query_params.get("table", keeping.TABLES[0]), st.query_params.get("id")
if "new" in st.query_params or (record_id and "edit" in st.query_params):
    form.show(inventory, text, names, table, record_id)
elif table in keeping.TABLES and record_id:
    form_saved.message(text)
    record.show(inventory, text, table, record_id)
else:
    form_saved.message(text)
    choose.show(inventory, text)
page.data_status(inventory, text)
