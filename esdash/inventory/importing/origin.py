"""What came from the sender of a list: the records that an earlier file of theirs added or changed."""

from functools import cached_property

from esdash.inventory.file.store import Inventory
from esdash.inventory.merging import resolved
from esdash.model.folding import fold

_FROM_SENDERS = """
SELECT DISTINCT record_id, sender
FROM inventory.change_log JOIN inventory.import_run USING (import_run_id)
WHERE table_name = $table AND means = 'import' AND sender IS NOT NULL AND undone_at IS NULL
"""


class Origin:
    """The records of one sender; without a sender there are none."""

    def __init__(self, inventory: Inventory, sender: str | None) -> None:
        self._inventory = inventory
        self._sender = fold(sender) if sender else None
        self._of_table: dict[str, set[str]] = {}

    @property
    def is_known(self) -> bool:
        """Whether the list says who sent it."""
        return self._sender is not None

    def has(self, table: str, record_id: str) -> bool:
        """Whether an earlier list of the sender, which was not undone, added or changed this record."""
        return record_id in self.records(table)

    def records(self, table: str) -> set[str]:
        """The keys of all of the sender's records of a table; of merged ones the key of the kept record."""
        if self._sender is None:
            return set()
        if table not in self._of_table:
            rows = self._inventory.rows(_FROM_SENDERS, table=table)
            led = resolved(self._inventory, table)
            keys = (row["record_id"] for row in rows if fold(row["sender"]) == self._sender)
            self._of_table[table] = {led.get(key, key) for key in keys}
        return self._of_table[table]

    def is_carrier_of_course(self, course_id: str) -> bool:
        """Whether the sender is the organisation of this training."""
        return course_id in self._own_courses

    @cached_property
    def _own_courses(self) -> set[str]:
        if self._sender is None:
            return set()
        rows = self._inventory.rows(
            "SELECT course_id, o.name, o.short_name FROM inventory.course JOIN inventory.organization AS o "
            "USING (organization_id)"
        )
        named = ((row["course_id"], {fold(row["name"]), fold(row["short_name"] or "")}) for row in rows)
        return {course for course, names in named if self._sender in names}
