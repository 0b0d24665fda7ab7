"""Importing spreadsheets: read a CSV or XLSX file, plan what it would change, then change it in one transaction.

plan = importing.plan(inventory, path)             # changes nothing; plan.rows, plan.faults, plan.notices
run_id = importing.run(inventory, plan, actor, reason)  # imports the rows without a fault
importing.undo(inventory, run_id, actor, reason)   # takes all of it back
"""

from esdash.inventory.importing import hsds
from esdash.inventory.importing.columns import Mapping, read_mapping
from esdash.inventory.importing.fields import Field, Kind
from esdash.inventory.importing.kinds import KINDS
from esdash.inventory.importing.planning import plan, plan_table
from esdash.inventory.importing.preview import Difference, Fault, Notice, Plan, PlannedRow
from esdash.inventory.importing.running import run
from esdash.inventory.importing.undo import UndoConflicts, runs, undo

__all__ = [
    "KINDS",
    "Difference",
    "Fault",
    "Field",
    "Kind",
    "Mapping",
    "Notice",
    "Plan",
    "PlannedRow",
    "UndoConflicts",
    "hsds",
    "plan",
    "plan_table",
    "read_mapping",
    "run",
    "runs",
    "undo",
]
