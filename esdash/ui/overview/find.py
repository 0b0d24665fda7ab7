"""The search of Lagebild: from a name, a place or a number that somebody says on the phone to the record."""

from typing import Any

import streamlit as st

from esdash.analysis.maintenance import keeping
from esdash.analysis.records import search
from esdash.inventory import Inventory
from esdash.texts import Text
from esdash.ui.shell import session, url
from esdash.wording import labels
from esdash.wording.escaping import plain

AT_ONCE = 3  # of each kind; who looks for more goes to the page of the kind
_PAGES = {"initiative": "initiatives", "contact_point": "contact_points"}  # others have theirs under Erfassen
_TABLES = (*_PAGES, "organization", "contact")


@st.fragment
def show(text: Text) -> None:
    """The field and, while somebody types, what fits best of each kind, each a link to its page."""
    query = st.text_input(
        text("find.label"),
        key="find",
        placeholder=text("find.placeholder"),
        label_visibility="collapsed",
        type="search",
        icon="",
        live=True,
    )
    if not search.asks(query or ""):
        return
    inventory = session.inventory()  # one mends today's record, also when the page shows an earlier day
    rows = [row for table in _TABLES for row in _found(inventory, table, query or "")]
    with st.container(border=True, gap="xsmall"):
        for row in rows:
            _row(text, row)
        if not rows:
            st.text(text("find.nothing"))


def _found(inventory: Inventory, table: str, query: str) -> list[dict[Any, Any]]:
    return keeping.listed(inventory, table, query).head(AT_ONCE).to_dict("records")


def _row(text: Text, row: dict[Any, Any]) -> None:
    """One record: its name as a link, below it what it is and whose."""
    table, key, title = row["table_name"], row["record_id"], plain(labels.title(text, row))
    if table in _PAGES:
        url.link(_PAGES[table], title, id=key)
    else:
        url.link("entry", title, table=table, id=key)
    of = row["organization"] if table != "organization" else None
    st.caption(plain(" · ".join(part for part in (labels.kind(text, table), of) if isinstance(part, str))))
