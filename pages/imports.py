"""How do partners' spreadsheets get in?"""

from esdash.ui import page, session

text, inventory = session.text(), session.inventory()
page.title(text, "imports", text("imports.sentence"))
page.data_status(inventory, text)
