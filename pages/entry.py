"""What is in the inventory, and is it still correct?"""

from esdash.analysis.maintenance import keeping
from esdash.ui.entry import choose, form, record
from esdash.ui.entry.state import ENTRY
from esdash.ui.shell import page, session
from esdash.wording.names import names_of

text, inventory = session.text(), session.inventory()
names = names_of(inventory, text)
if "table" in ENTRY.take(status={"current", "any", *keeping.states(inventory)}):
    ENTRY.record = ENTRY.new = None  # a kind that does not exist
if ENTRY.new or (ENTRY.record and ENTRY.edit):
    ENTRY.give("table")
    form.show(inventory, text, names, ENTRY.table, ENTRY.record)
elif ENTRY.record:
    ENTRY.give("table")
    record.show(inventory, text, ENTRY.table, ENTRY.record)
else:
    choose.show(inventory, text)
    ENTRY.give()
page.data_status(inventory, text)
