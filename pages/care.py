"""What must we check next?"""

from esdash.ui.maintenance import choice, decided, doubles, overview, safety, stale, todo
from esdash.ui.shell import messages, page, session

text, inventory = session.text(), session.inventory()
page.title(text, "care", overview.sentence(inventory, text))
for told in messages.show():
    if told.merge_id:
        decided.undo_button(inventory, told.merge_id, text)

part = choice.part(text)
{"todo": todo.show, "stale": stale.show, "doubles": doubles.show, "safety": safety.show}[part](inventory, text)
choice.CARE.give()
page.data_status(inventory, text)
