"""Changing single records by hand: each function is one transaction with its entry in the change log.

draft = editing.draft(inventory, "initiative", "cafe-nord")       # fields, values and version for a form
editing.validate(inventory, "initiative", values)                 # faults per field, nothing is saved
editing.save(inventory, "initiative", values, draft.version, actor, reason, editing.new_key())
"""

from esdash.inventory.editing.answering import answer, nobody_knows
from esdash.inventory.editing.carrying import known as known_carrier
from esdash.inventory.editing.doubting import doubts
from esdash.inventory.editing.fields import Fault, Faulty, fields, readable
from esdash.inventory.editing.placing import point
from esdash.inventory.editing.restoring import restore_version
from esdash.inventory.editing.saving import Clash, Conflict, Draft, draft, new_key, save, validate
from esdash.inventory.editing.status import ACTIONS, assure, assure_hours, possible_actions, set_status
