"""What there is to confirm about a record, in words: what goes out of date first, people only with public consent."""

from collections.abc import Mapping
from typing import Any

from esdash.analysis.maintenance import keeping
from esdash.analysis.records import records
from esdash.inventory import Inventory
from esdash.inventory.cached import cached
from esdash.texts import Text
from esdash.wording import labels
from esdash.wording.values import values_of

# Table → its fields that are confirmed by a call or a mail, in the order of asking.
FIELDS = {
    "initiative": ("times", "location_id", "contact_id", "ended_on"),
    "course": ("module_ids", "hours"),
    "session": ("starts_on", "begins", "ends", "location_id", "contact_id"),
    "contact_point": ("opening_hours", "location_id", "contact_id", "phone", "email"),
    "contact": ("phone", "email"),
    "organization": ("phone", "email", "website", "street"),
    "location": ("street", "postcode", "district_id"),
}


@cached
def facts(inventory: Inventory, text: Text, table: str, record_id: str) -> list[tuple[str, str]]:
    """Label and value of each field that is known; empty for a record that is gone."""
    record = keeping.record(inventory, table, record_id)
    if record is None:
        return []
    words, shown = values_of(inventory, text, table), _shown(inventory, table, record.values)
    return [
        (labels.label_of(text, table, name), _said(inventory, words.value(name, shown[name], shown), name, shown))
        for name in FIELDS.get(table, ())
        if shown.get(name) not in (None, [], "")
    ]


def line(inventory: Inventory, text: Text, table: str, record_id: str) -> str:
    """All facts in one line."""
    return " · ".join(f"{label}: {value}" for label, value in facts(inventory, text, table, record_id))


def _shown(inventory: Inventory, table: str, values: Mapping[str, Any]) -> dict[str, Any]:
    """The values; those of a person only with public consent."""
    if table != "contact":
        return dict(values)
    public = records.contact(inventory, values["contact_id"]) or {}
    return {**values, "phone": public.get("phone"), "email": public.get("email")}


def _said(inventory: Inventory, value: str, name: str, values: Mapping[str, Any]) -> str:
    """The value; a contact with its numbers."""
    if name != "contact_id":
        return value
    contact = records.contact(inventory, values[name]) or {}
    return ", ".join([value, *(contact[way] for way in ("phone", "email") if contact.get(way))])
