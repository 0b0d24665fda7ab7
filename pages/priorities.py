"""What comes first, and why?"""

import streamlit as st

from esdash.charts import look
from esdash.errors import UserError
from esdash.ui.priorities import priority
from esdash.ui.priorities.priority import PRIORITIES, Priorities
from esdash.ui.shell import lookback, messages, page, session
from esdash.ui.widgets import empty, filters, tables
from esdash.wording import priorities as words
from esdash.wording.escaping import bold
from esdash.wording.names import names_of

SHOWN_IN_CHART = 10

text = session.text()
inventory = lookback.shown(text)
names = names_of(inventory, text)
st.title(text("priorities.title"), anchor=False)
sentence = st.empty()
messages.show()
priority.take(inventory)
with st.expander(text("priorities.weights")):
    st.caption(text("priorities.weights_note"))
    weights = tuple(priority.weights(text).items())
try:
    items = priority.listed(inventory, text, weights)
except UserError as error:
    session.show_error(error)
    st.stop()
kind = filters.switch(Priorities.kind, text("priorities.kind"), lambda name: text(f"kind.{name}"))
PRIORITIES.give()
aside = items["put_aside"].astype(bool)
closed = ~aside & items["closed"]
open_items = priority.open_items(items, kind)
if open_items.empty:
    sentence.markdown(text("priorities.sentence_empty"))
    empty.explain(inventory, text, text("priorities.empty"))
    page.data_status(inventory, text)
    st.stop()
top = open_items.iloc[0]
sentence.markdown(
    text(
        "priorities.sentence",
        n=bold(text.number(len(open_items))),
        first=bold(top["title"]),
        stable=words.stable(top["near"], text),
    )
)
page.heading(text("priorities.chart", n=min(SHOWN_IN_CHART, len(open_items))))
figure = priority.figure(inventory, text, weights, kind, SHOWN_IN_CHART)
st.plotly_chart(figure, key="priorities_chart", config=look.CONFIG, alt=text("priorities.chart_alt"))
page.heading(text("priorities.table"))
evidence = st.container(border=True)
columns = words.columns(text)
table = open_items[["item_id", *(column.name for column in columns)]]
picked = tables.show(table, columns, text, "priorities_table", text("priorities.table_alt", n=len(table)), choose=True)
tables.downloads(inventory, open_items, columns, text("priorities.download_title"), "priorities", text)
if picked:
    PRIORITIES.item = picked
item = priority.chosen(open_items, PRIORITIES.item)
with evidence:
    priority.evidence(inventory, item, text, priority.hanging(inventory, text, weights).get(item.item_id))
priority.others(items[aside], "put_aside", "pearl_reason", text)
priority.others(items[closed], "closed", "measure", text)
page.data_status(inventory, text, text.name(names.city, "population_note"))
