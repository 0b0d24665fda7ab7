"""What is wrong or incomplete in the records of an inventory."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from esdash.inventory.file.around import around
from esdash.inventory.file.integrity import broken_references
from esdash.inventory.file.store import Inventory
from esdash.model import plausible
from esdash.model.values import is_mail

_WRONG = (plausible.SWAPPED, "web_is_mail")  # hardly ever right; the others may be
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
    return sorted([*broken, *inventory.rows(_QUESTION), *_doubtful(inventory)], key=lambda row: row["level"])


# One row per record whose values the rules of what is plausible look at, of those that are not archived.
_LOOKED_AT = """
SELECT 'location' AS table_name, location_id AS record_id, name, lat, lon, district_id, NULL AS phone, NULL AS website,
    NULL AS capacity, NULL AS seats
FROM location WHERE status <> 'archived'
UNION ALL
SELECT 'organization', organization_id, name, NULL, NULL, NULL, phone, website, NULL, NULL
FROM organization WHERE status <> 'archived'
UNION ALL
SELECT 'contact_point', contact_point_id, name, NULL, NULL, NULL, phone, website, NULL, NULL
FROM contact_point WHERE status <> 'archived'
UNION ALL
SELECT 'contact', contact_id, role, NULL, NULL, NULL, phone, NULL, NULL, NULL FROM contact WHERE status <> 'archived'
UNION ALL
SELECT 'initiative', initiative_id, name, NULL, NULL, NULL, NULL, website, capacity, NULL
FROM initiative WHERE status <> 'archived'
UNION ALL
SELECT 'session', session_id, course.name, NULL, NULL, NULL, NULL, NULL, NULL, seats
FROM session LEFT JOIN course USING (course_id) WHERE session.status <> 'archived'
ORDER BY table_name, record_id
"""


def _doubtful(inventory: Inventory) -> Iterator[dict[str, Any]]:
    """What looks wrong (model/plausible.py). A person's number stands in no report."""
    city = around(inventory)
    for record in inventory.rows(_LOOKED_AT):
        found = [(doubt.rule, [record[name] for name in doubt.fields]) for doubt in plausible.doubts(record, city)]
        if record["website"] and is_mail(record["website"]):
            found.append(("web_is_mail", [record["website"]]))
        for rule, said in found:
            yield {
                "level": "error" if rule in _WRONG else "notice",
                "code": rule,
                **{name: record[name] for name in ("table_name", "record_id", "name")},
                "detail": None if record["table_name"] == "contact" else ", ".join(map(str, said)),
            }
