"""How do spreadsheets get into the inventory?"""

from esdash.ui.imports import answers, choice, city, earlier, tables
from esdash.ui.shell import page, session

text, inventory = session.text(), session.inventory()
choice.IMPORTS.take()
page.question(text, "imports", text(f"imports.sentence_{choice.IMPORTS.part}"))
earlier.outcome(inventory, text)
parts = {"tables": tables, "city": city, "answers": answers}
parts[choice.part(text)].show(inventory, text)
earlier.show(inventory, text)
choice.IMPORTS.give()
page.data_status(inventory, text)
