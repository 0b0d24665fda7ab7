"""Files to download from a page: declared once, and made only when somebody clicks.

The function that waits for the click does not hold an inventory, because Streamlit keeps it longer than the page, and
with it a look-back. It holds the day and the conditions that were shown, and opens them again.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

import streamlit as st

from esdash.inventory import Inventory
from esdash.texts import Text
from esdash.ui.shell import printing, session

MIME = {
    "csv": "text/csv",
    "ics": "text/calendar",
    "json": "application/json",
    "pdf": "application/pdf",
    "txt": "text/plain",
    "vcf": "text/vcard",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "zip": "application/zip",
}


@dataclass(frozen=True)
class File:
    """A file: key of the text of its button, its name ("gaps"), its format, its function make(inventory, text, *of).

    `make` must be a function of a module; `of` are plain values, such as ids, a View or a frame. A file that is `kept`
    has its own name; others are named after the program and the day.
    """

    label: str
    name: str
    format: str
    make: Callable[..., bytes]
    of: tuple[Any, ...] = ()
    kept: bool = False


def buttons(inventory: Inventory, text: Text, *files: File) -> None:
    """One button for each file, in one row; none on paper."""
    if printing.on():
        return
    ask = session.again(inventory)
    with st.container(horizontal=True, gap="small"):
        for file in files:
            data = partial(_made, file.make, ask, text.language, *file.of)
            dated = file.name if file.kept else f"esdash-{file.name}-{inventory.today():%Y-%m-%d}"
            name = f"{dated}.{file.format}"
            _button(text(file.label), data, name, f"{file.name}_{file.format}")


def _button(label: str, data: Callable[[], bytes], name: str, key: str) -> None:
    mime = MIME[name.rpartition(".")[2]]
    st.download_button(label, data, file_name=name, mime=mime, key=key, on_click="ignore")


def _made(make: Callable[..., bytes], ask: Callable[[], Inventory], language: str, *of: Any) -> bytes:
    return make(ask(), Text(language), *of)
