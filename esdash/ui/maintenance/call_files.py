"""Files of the calls: a sheet to print, and a workbook to fill in that the import takes back."""

import streamlit as st

from esdash import exports
from esdash.inventory import Inventory, importing
from esdash.texts import Text
from esdash.ui.widgets import files
from esdash.ui.widgets.files import File
from esdash.wording import questions
from esdash.wording.names import names_of


def buttons(inventory: Inventory, text: Text, calls: int) -> None:
    """Two download buttons for the first so many calls."""
    files.buttons(
        inventory,
        text,
        File("ask.download_sheet", "anrufliste", "pdf", _sheet, (calls,)),
        File("ask.download_table", "fragen", "xlsx", _table, (calls,)),
    )
    st.caption(text("ask.download_hint"))


def _sheet(inventory: Inventory, text: Text, calls: int) -> bytes:
    found = questions.in_words(inventory, text, calls)
    return exports.call_sheet(found, names_of(inventory, text), text, inventory.now())


def _table(inventory: Inventory, text: Text, calls: int) -> bytes:
    options = importing.option_names(inventory, exports.ANSWERED, text.language)
    found = questions.in_words(inventory, text, calls)
    return exports.answer_book(found, options, names_of(inventory, text), text, inventory.now())
