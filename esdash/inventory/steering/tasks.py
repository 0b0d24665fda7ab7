"""What people write about an item of the priority list, and what is checked of it; each fault is a sentence."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from esdash.errors import UserError
from esdash.inventory.file.integrity import Reader
from esdash.model.visible import one_line

LONGEST_TITLE = 120  # characters: two lines on paper
MOST_EUR = Decimal("9999999999.99")  # what DECIMAL(12, 2) holds
FINDINGS = {
    "gap": ("theme", "district"),
    "overlap": ("initiative",),
    "bundling": ("session", "session"),
    "idea": ("idea",),
}


@dataclass(frozen=True)
class Task:
    """What people write about an item. None is open; as a title, it is worked out from the finding."""

    title: str | None = None
    measure: str | None = None
    theme_ids: Sequence[str] = ()
    target_group_ids: Sequence[str] = ()
    district_ids: Sequence[str] = ()
    lead_organization_id: str | None = None
    partner_ids: Sequence[str] = ()
    cost_eur: Decimal | None = None
    due_on: date | None = None

    def past_due(self, today: date) -> bool:
        """Whether the due date lies before today: a doubt to tell, no error."""
        return self.due_on is not None and self.due_on < today


@dataclass(frozen=True)
class Evidence:
    """What the page showed when an item was taken: the figures, the address with its filters, their day, and the
    organisations that the finding names."""

    figures: Mapping[str, Any] = field(default_factory=dict)
    url: str | None = None
    as_of: date | None = None  # None: today
    organization_ids: Sequence[str] = ()


def existing_finding(reader: Reader, finding_id: str) -> None:
    """Raises UserError if what the id names does not exist, or is an idea that was merged into another or parked."""
    kind, *parts = finding_id.split("|")
    tables = FINDINGS.get(kind, ())
    if not tables or len(parts) != len(tables):
        raise UserError("item_unknown_finding", item=finding_id)
    for table, part in zip(tables, parts, strict=True):
        if not reader.rows(f"SELECT 1 FROM inventory.{table} WHERE {table}_id = $id", id=part):
            raise UserError("item_unknown_finding", item=finding_id)
    if kind == "idea":
        for row in reader.rows("FROM inventory.idea WHERE idea_id = $id AND state <> 'new'", id=parts[0]):
            raise UserError("idea_not_new", text=row["text"])


def about_finding(reader: Reader, finding_id: str) -> dict[str, list[str]]:
    """For whom, where and what a finding is, as far as its records say; what people write comes first."""
    kind, *parts = finding_id.split("|")
    if kind == "gap":
        return {"theme_ids": parts[:1], "district_ids": parts[1:]}
    if kind == "overlap":
        (row,) = reader.rows(
            "SELECT theme_ids, target_group_ids, district_ids FROM inventory.initiative WHERE initiative_id = $id",
            id=parts[0],
        )
        return {name: list(keys) for name, keys in row.items() if keys}
    if kind == "idea":
        (row,) = reader.rows("SELECT theme_id, district_id FROM inventory.idea WHERE idea_id = $id", id=parts[0])
        return {f"{name}s": [key] for name, key in row.items() if key}
    return {}


def checked_task(reader: Reader, task: Task) -> dict[str, Any]:
    """The columns of a task, tidied. Raises UserError for a title that is too long, a cost that is none, and an
    organisation that does not exist."""
    title = one_line(task.title) or None
    if title and len(title) > LONGEST_TITLE:
        raise UserError("item_title_long", most=LONGEST_TITLE, n=len(title))
    lead = task.lead_organization_id or None
    partners = list(dict.fromkeys(key for key in task.partner_ids if key != lead))
    for key in [lead, *partners]:
        if key and not reader.rows("SELECT 1 FROM inventory.organization WHERE organization_id = $id", id=key):
            raise UserError("item_unknown_organization", organization=key)
    return {
        **{"title": title, "measure": (task.measure or "").strip() or None},
        **{name: list(dict.fromkeys(getattr(task, name))) or None for name in ("theme_ids", "target_group_ids")},
        **{"district_ids": list(dict.fromkeys(task.district_ids)) or None},
        **{"lead_organization_id": lead, "partner_ids": partners or None},
        **{"cost_eur": _checked_cost(task.cost_eur), "due_on": task.due_on},
    }


def checked_points(reader: Reader, points: Mapping[str, float] | None, reason: str | None) -> dict[str, Any]:
    """The columns of judged criteria. Raises UserError unless all of them are judged, from 0 to 100, with a reason."""
    reason = (reason or "").strip() or None
    if not points:
        return {"judged": None, "score_reason": reason}
    criteria = [row["criterion_id"] for row in reader.rows("FROM inventory.criterion ORDER BY sort")]
    if set(points) != set(criteria):
        raise UserError("item_points_all")
    if any(not math.isfinite(points[name]) or not 0 <= points[name] <= 100 for name in criteria):
        raise UserError("item_points_wrong")
    if not reason:
        raise UserError("item_points_need_reason")
    return {"judged": {name: float(points[name]) for name in criteria}, "score_reason": reason}


def _checked_cost(cost: Decimal | None) -> Decimal | None:
    if cost is None:
        return None
    try:
        cents = Decimal(cost).quantize(Decimal("0.01"))
    except (InvalidOperation, TypeError, ValueError) as fault:
        raise UserError("item_cost_wrong", cost=str(cost)) from fault
    if not cents.is_finite() or cents != Decimal(cost) or not 0 <= cents <= MOST_EUR:
        raise UserError("item_cost_wrong", cost=str(cost))
    return cents
