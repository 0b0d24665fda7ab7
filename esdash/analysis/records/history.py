"""The history of one record: who changed what, when and why, and its state after each change."""

from datetime import date
from typing import Any

import pandas as pd

from esdash.inventory import Inventory
from esdash.inventory.file import versions
from esdash.model.kinds import BY_TABLE
from esdash.model.phones import DIALLED


def of(inventory: Inventory, table: str, record_id: str) -> pd.DataFrame:
    """One row per changed field of a record, the newest first.

    Columns: change_id, changed_at, actor, reason, means, import_run_id, event (added, changed, removed), field,
    before, after.
    """
    frame = inventory.frame(
        "FROM record_history WHERE table_name = $table AND record_id = $record_id ORDER BY change_id DESC, field",
        table=table,
        record_id=record_id,
    )
    return frame.drop(columns=["table_name", "record_id"])


def import_files(inventory: Inventory) -> dict[str, str]:
    """Import → the name of its file."""
    frame = inventory.frame("SELECT import_run_id, file_name FROM import_run")
    return dict(zip(frame["import_run_id"].astype(str), frame["file_name"].astype(str), strict=True))


def version_at(inventory: Inventory, change_id: int, people: bool = False) -> dict[str, Any] | None:
    """The record as it was after a change; None if that change removed it. What identifies a person only with `people`.

    Raises UserError for a change that is not in the log.
    """
    version = versions.at_change(inventory, change_id)
    if version.values is None:
        return None
    # Personal values are in the log but not shown, because consent may have been withdrawn since; only who may write
    # them back sees what would come.
    hidden = {DIALLED} if people else {*BY_TABLE[version.table].personal("person", "office"), DIALLED}
    return {name: value for name, value in version.values.items() if name not in hidden}


def extent(inventory: Inventory) -> tuple[int, date | None]:
    """The number of changes in the log, and the day of the first one."""
    found = inventory.rows("SELECT count(*) AS entries, CAST(min(changed_at) AS DATE) AS first FROM change_log")[0]
    return int(found["entries"]), found["first"]
