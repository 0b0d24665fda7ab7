"""What must we check next?"""

from esdash.ui import page, session

text, inventory = session.text(), session.inventory()
page.title(text, "care", text("care.sentence"))
page.data_status(inventory, text)
