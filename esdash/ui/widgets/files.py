"""Files that a page hands out: each declared once, made only when somebody clicks.

What waits for the click holds no inventory: Streamlit keeps it longer than the page, and a look-back with it. It holds
which day and conditions were shown, and asks again.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

import streamlit as st

from esdash.inventory import Inventory
from esdash.texts import Text
from esdash.ui.shell import session

MIME = {
    "csv": "text/csv",
    "ics": "text/calendar",
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@dataclass(frozen=True)
class File:
    """A file: key of its button's text, its name ("gaps"), its format, and what makes it: make(inventory, text, *of).

    `make` is a function of a module; `of` are plain values, such as ids, a View or a frame.
    """

    label: str
    name: str
    format: str
    make: Callable[..., bytes]
    of: tuple[Any, ...] = ()


def buttons(inventory: Inventory, text: Text, *files: File) -> None:
    """One button for each file, in one row."""
    ask = session.again(inventory)
    with st.container(horizontal=True, gap="small"):
        for file in files:
            data = partial(_made, file.make, ask, text.language, *file.of)
            name = f"esdash-{file.name}-{inventory.today():%Y-%m-%d}.{file.format}"
            _button(text(file.label), data, name, f"{file.name}_{file.format}")


def _button(label: str, data: Callable[[], bytes], name: str, key: str) -> None:
    mime = MIME[name.rpartition(".")[2]]
    st.download_button(label, data, file_name=name, mime=mime, key=key, on_click="ignore")


def _made(make: Callable[..., bytes], ask: Callable[[], Inventory], language: str, *of: Any) -> bytes:
    return make(ask(), Text(language), *of)
