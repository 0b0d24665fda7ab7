"""What is wrong or incomplete in the records of an inventory."""

from pathlib import Path
from typing import Any

from esdash.inventory.file.integrity import broken_references
from esdash.inventory.file.store import Inventory

_QUESTION = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")


def faults(inventory: Inventory) -> list[dict[str, Any]]:
    """One row per record and fault, errors first: level (error, notice), code, table_name, record_id, name, detail."""
    broken = [
        {
            "level": "error",
            "code": "broken_reference",
            "table_name": row["table_name"],
            "record_id": row["record_id"],
            "name": None,
            "detail": f"{row['column_name']}: {row['named']}",
        }
        for row in broken_references(inventory)
    ]
    return broken + inventory.rows(_QUESTION)
