"""What every page starts from: language and inventory."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from esdash import analysis
from esdash.analysis import records
from esdash.errors import UserError
from esdash.inventory import Inventory, default_city, default_path, files
from esdash.inventory.start import start
from esdash.texts import LANGUAGES, Text


def text() -> Text:
    """The texts in the language of this visitor; the URL carries it (?lang=en)."""
    return Text(st.session_state.get("lang") or st.query_params.get("lang") or LANGUAGES[0])


def inventory() -> Inventory:
    """The open inventory; made from the example at first start. Shows a message and ends the run if it cannot open."""
    path = default_path()
    try:
        with st.spinner(text()("app.opening"), show_time=False):
            return _opened(path)
    except UserError as error:
        show_error(error)
        st.stop()


def show_error(error: UserError) -> None:
    """What happened, where, and what to do."""
    what, hint = text().error(error)
    st.error(plain(what))
    st.text(hint)


def is_example(inventory: Inventory) -> bool:
    """Whether everything on the page is invented."""
    return bool(records.status(inventory)["kind"] in ("example", "generated"))


@st.cache_resource(show_spinner=False)
def _opened(path: Path) -> Inventory:
    if not path.exists():
        start(path, "example", default_city(), files.DATA / "example")
    return analysis.open_inventory(path)


def plain(message: str) -> str:
    """Markdown signs as plain signs: a message can name a file or a cell that holds them."""
    return "".join(f"\\{sign}" if sign in "\\`*_{}[]()#+!|<>$~:" else sign for sign in message)
