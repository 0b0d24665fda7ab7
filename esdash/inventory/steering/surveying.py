"""Recording the survey: a theme in a district is surveyed, not applicable, or not surveyed."""

from collections.abc import Sequence
from datetime import date
from typing import Any, Literal

from esdash.errors import UserError
from esdash.inventory.access import Action, Actor
from esdash.inventory.file.store import Change, Inventory

State = Literal["surveyed", "not_applicable", "not_surveyed"]
STATES: tuple[State, ...] = ("surveyed", "not_applicable", "not_surveyed")


def mark(
    inventory: Inventory,
    cells: Sequence[tuple[str, str]],
    state: State,
    actor: Actor,
    reason: str | None = None,
    method: str | None = None,
    surveyed_on: date | None = None,
) -> None:
    """Mark pairs of theme and district as surveyed, all or none: who, when (today) and how.

    `not_applicable` needs a reason; `not_surveyed` removes a mark. Raises UserError for a theme or district that
    does not exist, a missing reason, and a day in the future.
    """
    reason, method = (reason or "").strip() or None, (method or "").strip() or None
    day = surveyed_on or inventory.today()
    if state == "not_applicable" and reason is None:
        raise UserError("survey_needs_reason")
    if day > inventory.today():
        raise UserError("survey_in_the_future", day=day)
    said = {"state": state, "surveyed_on": day, "surveyed_by": actor.name, "method": method, "reason": reason}
    with inventory.change(actor, Action.RECORD_SURVEY, reason) as change:
        before = _marked(change, cells)
        if state == "not_surveyed":
            change.remove("survey", list(before))
            return
        for theme, district in dict.fromkeys(cells):
            row: dict[str, Any] = {
                "survey_id": f"{theme}|{district}",
                "theme_id": theme,
                "district_id": district,
                **said,
            }
            known = before.get(row["survey_id"])
            if known is None:
                change.insert("survey", [row])
            elif any(known[name] != value for name, value in said.items()):  # otherwise it was a second click
                change.update("survey", [{"survey_id": row["survey_id"], "version": known["version"], **said}])


def _marked(change: Change, cells: Sequence[tuple[str, str]]) -> dict[str, dict[str, Any]]:
    """Key → row of the table survey, for the pairs that have one."""
    keys = [f"{theme}|{district}" for theme, district in cells]
    rows = change.rows("FROM inventory.survey WHERE survey_id IN $keys", keys=keys)
    return {row["survey_id"]: row for row in rows}
