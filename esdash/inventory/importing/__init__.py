"""Importing spreadsheets: read a CSV or XLSX file, plan what it would change, then change it in one transaction.

plan = importing.plan(inventory, path)             # changes nothing; plan.rows, plan.faults, plan.notices
run_id = importing.run(inventory, plan, actor, reason)  # imports the rows without a fault
importing.undo(inventory, run_id, actor, reason)   # undoes the whole import
"""

from esdash.inventory.importing.asking import LEAVE_OUT, Answers, Difference, Question, Resembling
from esdash.inventory.importing.columns import OURS, OWNER, Columns, Learned, Mapping, matched, read_mapping, told_by
from esdash.inventory.importing.documents import shares
from esdash.inventory.importing.guessing import is_doubtful, likely_kind
from esdash.inventory.importing.options import Option, option_names, options
from esdash.inventory.importing.planning import again, plan, plan_table
from esdash.inventory.importing.preview import Beside, Fault, Notice, Plan, PlannedRow
from esdash.inventory.importing.read import hsds
from esdash.inventory.importing.read.spreadsheets import Table
from esdash.inventory.importing.reading import is_document, read_table
from esdash.inventory.importing.running import is_done, run
from esdash.inventory.importing.senders import forget, learn, learned, occurring, senders, told_with
from esdash.inventory.importing.undo import UndoConflicts, explained, runs, undo, undoing
from esdash.inventory.importing.unknown import UnknownWord, unknown_words
from esdash.model.folding import fold
from esdash.model.kinds import KINDS
