"""The city's answer sheet comes back: read, planned, and stored as a whole or not at all.

Each row names its entry by the number of the version, the key of the entry, and a checksum of both with the content of
the version, so that an answer to one version cannot land on another.
"""

from esdash.inventory.importing.answer_sheets.columns import COLUMNS, KEYS, headings, is_sheet, row_checksum
from esdash.inventory.importing.answer_sheets.planning import KIND, SheetPlan, SheetRow, plan, read, recognised
from esdash.inventory.importing.answer_sheets.running import run
