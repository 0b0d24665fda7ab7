"""The answer to whom all rows of a list belong that has no column for their organisation."""

import streamlit as st

from esdash.inventory import Inventory, importing
from esdash.inventory.importing import OWNER
from esdash.texts import Text
from esdash.ui.imports.prepared import Prepared
from esdash.ui.imports.work import Work


def ask(inventory: Inventory, work: Work, found: Prepared, text: Text) -> None:
    """The choice of the organisation; nothing where the list has a column for it or needs none."""
    missing = {field.name: field for field in found.columns.missing} if found.columns else {}
    if OWNER not in missing:
        return
    names = {option.id: option.name(text.language) for option in importing.options(inventory, missing[OWNER])}
    key = work.key("owner")
    remembered = found.learned.values.get(OWNER, {}).get("")
    now = work.owner or remembered
    st.session_state[key] = now if now in names else None

    def choose() -> None:
        work.owner = st.session_state[key]
        work.forget_answers()

    st.selectbox(
        text("import_kind.owner"),
        list(names),
        format_func=lambda our_id: names[our_id],
        key=key,
        placeholder=text("import_kind.owner_choose"),
        help=text("import_kind.owner_help"),
        on_change=choose,
    )
