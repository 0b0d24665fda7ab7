"""What every page starts from: language and inventory."""

from collections.abc import Callable
from pathlib import Path

import streamlit as st

from esdash import analysis
from esdash.errors import UserError
from esdash.examples.start import start
from esdash.inventory import Inventory, default_city, default_path
from esdash.inventory.access import Actor
from esdash.inventory.file import files, recovery, shared
from esdash.texts import Text
from esdash.ui.shell import author
from esdash.ui.shell.state import VISIT
from esdash.wording.escaping import plain
from esdash.wording.names import names_of


def text() -> Text:
    """The texts in the language of this visitor, which the URL carries (?lang=en)."""
    return Text(VISIT.language)


def inventory() -> Inventory:
    """The open inventory; at first start the example. If it cannot be opened, shows a message and ends the run."""
    path = default_path()
    try:
        with st.spinner(text()("app.opening"), show_time=False):
            return at(path)
    except UserError as error:
        show_error(error)
        if error.key in recovery.REASONS and st.button(text()("app.recover")):
            _recover(path)
        st.stop()


def at(path: Path) -> Inventory:
    """The inventory of that file, shared by all visitors. Raises UserError if it cannot be opened."""
    return shared.inventory(path, _open)


def again(inventory: Inventory) -> Callable[[], Inventory]:
    """A function that returns the same look-back and conditions later, without holding an inventory until then."""
    path, day, conditions = default_path(), inventory.today(), inventory.conditions

    def ask() -> Inventory:
        now = at(path)
        return (now if day == now.today() else now.as_of(day)).under(conditions)

    return ask


def show_error(error: UserError) -> None:
    """Show the message of an error and its hint."""
    what, hint = text().error(error)
    st.error(plain(what))
    st.text(hint)


def is_example(inventory: Inventory) -> bool:
    """Whether the inventory is invented."""
    return bool(names_of(inventory, text()).city["kind"] in ("example", "generated"))


def _recover(path: Path) -> None:
    """Go on without the lost changes, as `python -m esdash recover` does."""
    try:
        recovery.recover(path, author.current() or Actor(""))
    except UserError as error:
        show_error(error)
    else:
        st.rerun()


def _open(path: Path) -> Inventory:
    if not path.exists():
        files.refuse_if_lost(path)
        start(path, "example", default_city(), files.DATA / "example")
    return analysis.open_inventory(path)
