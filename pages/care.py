"""What must we check next?"""

from esdash.ui.maintenance import ask, choice, decided, doubles, overview, safety, stale, todo
from esdash.ui.shell import messages, page, session

text, inventory = session.text(), session.inventory()
page.question(text, "care", overview.sentence(inventory, text))
for told in messages.show():
    if told.merge_id:
        decided.undo_button(inventory, told.merge_id, text)

part = choice.part(inventory, text)
parts = {"todo": todo, "ask": ask, "stale": stale, "doubles": doubles, "safety": safety}
parts[part].show(inventory, text)
choice.CARE.give()
page.data_status(inventory, text)
