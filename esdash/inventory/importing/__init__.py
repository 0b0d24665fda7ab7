"""Importing spreadsheets: read a CSV or XLSX file, plan what it would change, then change it in one transaction.

plan = importing.plan(inventory, path)             # changes nothing; plan.rows, plan.faults, plan.notices
importing.run(inventory, plan, actor, reason)      # imports the rows without a fault
"""

from esdash.inventory.importing import hsds
from esdash.inventory.importing.columns import Mapping, read_mapping
from esdash.inventory.importing.fields import Field, Kind
from esdash.inventory.importing.kinds import KINDS
from esdash.inventory.importing.planning import plan, plan_table
from esdash.inventory.importing.preview import Difference, Fault, Notice, Plan, PlannedRow
from esdash.inventory.importing.running import run

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
    "hsds",
    "plan",
    "plan_table",
    "read_mapping",
    "run",
]
