"""What a cell costs that cannot be read: only itself, or its row, because the record stands or falls with it."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from esdash.inventory.importing.draft import Draft
from esdash.model import rules
from esdash.model.fields import PLACE_PARTS, Kind
from esdash.model.folding import fold

_CONSENT = ("consent_scope", "consent_on", "consent_until")
# What rules need: a state read wrongly would show what is over, and consent is nothing to guess.
_NEEDED = ("status", "state", "surveyed_on", "reason", *_CONSENT)
_IDENTIFYING = ("organization_id", "span")  # of a course or contact that is looked for; the begin of a training
# Fields that mean nothing, or something else, without each other.
_TOGETHER = (
    ("lat", "lon"),
    ("location_lat", "location_lon"),
    ("assured_on", "assured_by"),
    ("location_id", *PLACE_PARTS),
)


def costs_row(kind: Kind, name: str) -> bool:
    """Whether a row without this field would be another record, or none."""
    field = kind.field(name)
    needed = (*kind.same_by, *kind.same_if_given, *_NEEDED, *_IDENTIFYING)
    return field.required or field.type == "key" or name in needed


def leave_out(draft: Draft, kind: Kind, name: str) -> None:
    """Take the value of a faulty cell out of a row, and those that mean nothing without it, each named."""
    draft.given.pop(name, None)
    for together in _TOGETHER:
        if name not in together or (kind.table == "location" and kind.key in together) or _settled(draft, name):
            continue
        for other in together:
            if other in draft.given and other != name:
                del draft.given[other]
                if other in draft.cells:
                    draft.fault(other, "import_left_with", whole_row=False, other=draft.cells[name][0])


def _settled(draft: Draft, name: str) -> bool:
    """Whether street and postcode say where it is although the name of the district cannot be read."""
    return name == "location_district_id" and {"location_street", "location_postcode"} <= draft.given.keys()


def broken(draft: Draft, kind: Kind, record: dict[str, Any] | None, today: date) -> Iterator[tuple[str, str, bool]]:
    """Field, text key and whether it costs the row, of each rule of the schema that a row would break.

    Cells that are named already are not named again; an old fault of the record does not block other changes.
    """
    before = set(rules.broken(kind.table, record, today)) if record else set()
    if record and kind.table == "contact" and _other_person(draft, record):
        record = {name: value for name, value in record.items() if name not in _CONSENT}
        before.discard(("name", "import_needs_consent"))
    for name, key in rules.broken(kind.table, {**(record or {}), **draft.given}, today):
        if (name, key) not in before and name not in draft.unread:
            yield name, key, key not in rules.OF_ONE_FIELD or costs_row(kind, name) or name not in draft.given


def _other_person(draft: Draft, record: dict[str, Any]) -> bool:
    """Whether a row puts another person into a function: the consent of the one before is not theirs."""
    before, now = record.get("name"), draft.given.get("name")
    return bool(before and now and fold(before) != fold(now))
