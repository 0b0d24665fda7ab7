"""The part Drucksachen: what is printed today, whom to confirm first, and the register of what lies where."""

import streamlit as st

from esdash.analysis.prints import register
from esdash.errors import UserError
from esdash.inventory import Inventory
from esdash.texts import Text
from esdash.ui.contact_points import print_new, print_register, print_state
from esdash.ui.contact_points.print_state import PRINTS, Prints
from esdash.ui.widgets import filters
from esdash.wording import prints as words
from esdash.wording.escaping import plain
from esdash.wording.names import Names


def sentence(inventory: Inventory, text: Text) -> str:
    """What the chosen paper holds, or what lies about; asked before `show`, because it reads the link."""
    print_state.take(inventory)
    if PRINTS.view == "register":
        return words.lying(inventory, text)
    if inventory.read_only:
        return text("prints.past", day=inventory.today())
    try:
        made = print_state.made(inventory, *print_state.wanted())
    except UserError as error:
        return plain(text.error(error)[0])
    said = words.planned(inventory, text, len(made.contacts), print_state.wanted()[2], made.valid_to)
    return f"{said} {words.warning(inventory, text)}"


def show(inventory: Inventory, text: Text, names: Names) -> None:
    """The switch between a new print and the register, the choice of the paper, and the view that is open."""
    number = len(register.register(inventory))
    with st.container(horizontal=True, gap="medium", vertical_alignment="bottom"):
        filters.switch(
            Prints.view, text("prints.view"), lambda name: text(f"prints.view_{name}", n=number), Prints.view.options
        )
        if PRINTS.view == "make" and not inventory.read_only:
            print_new.choices(inventory, text, names)
    if PRINTS.view == "register":
        print_register.show(inventory, text, names)
    elif not inventory.read_only:  # a paper only says what holds today
        print_new.show(inventory, text, names)
    PRINTS.give()
