"""What to check next, the most used records first, and the mail that asks for it (METHODS M9, freshness.sql)."""

import re
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple, Protocol

import pandas as pd

from esdash.analysis.records import records
from esdash.inventory import Inventory

TODOS_AT_ONCE = 7  # enough for a week; people close a longer list again (METHODS M9)
KINDS = (
    *("never", "stale", "contact_missing", "mail_broken", "phone_broken"),
    *("bounced", "silent", "not_reached", "nobody_there"),
    *("past_end", "no_theme", "no_target_group", "no_place", "overbooked"),
)
# Kinds of to-dos that a person works on together.
GROUPS = {
    "unconfirmed": ("never", "stale"),
    "contact": ("contact_missing", "mail_broken", "phone_broken"),
    "reach": ("bounced", "silent", "not_reached", "nobody_there"),
    "over": ("past_end",),
    "incomplete": ("no_theme", "no_target_group", "no_place", "overbooked"),
}
DATED = ("stale", "past_end", "bounced", "silent", "not_reached", "nobody_there")  # kinds whose detail is a day
STATES = ("fresh", "check", "stale", "never")

_MAIL = re.compile(r"[^@\s]+@[^@\s]+")  # as in freshness.sql; for a broken address the mail asks the organisation


class Asked(Protocol):
    """A function that gives texts in one language, as texts.Text."""

    def __call__(self, key: str, **values: Any) -> str:
        """The text of a key."""
        ...


class Mail(NamedTuple):
    """A mail that asks whether a record is still correct; `to` is None if no address may be used."""

    to: str | None
    subject: str
    body: str


def todos(inventory: Inventory, limit: int | None = TODOS_AT_ONCE, group: str | None = None) -> pd.DataFrame:
    """One row per record and reason to check it, the most used first, at most `limit`; `group` is one of GROUPS.

    Columns: table_name, record_id, name (of a contact: the function), organization_id, organization, contact_id,
    kind (one of KINDS), since (day), detail, places (per week), named_by (records that name it), use (their sum).
    """
    kinds = list(GROUPS[group] if group else KINDS)
    found = inventory.frame("FROM todo WHERE list_contains($kinds, kind)", kinds=kinds)
    return found if limit is None else found.head(limit)


def open_todos(inventory: Inventory, group: str | None = None) -> int:
    """The number of all reasons to check a record."""
    return len(todos(inventory, None, group))


def by_kind(inventory: Inventory) -> pd.DataFrame:
    """One row per kind of record, the largest first: records, and how many of them are fresh, check, stale, never."""
    return inventory.frame("FROM kept_state_by_kind")


def past_time(inventory: Inventory) -> pd.DataFrame:
    """One row per record whose confirmation has run out, the longest ago first, never confirmed ones before all.

    Columns: table_name, record_id, name (of a contact: the function), organization_id, organization, assured_on,
    due_on (when its time was over), state (check, stale or never).
    """
    return inventory.frame("FROM kept_state WHERE state <> 'fresh'")


def mail_text(
    inventory: Inventory, todo: Mapping[str, Any], text: Asked, facts: Sequence[tuple[str, str]] = (), sender: str = ""
) -> Mail:
    """The mail for one row of `todos`: recipient, subject, and text with the `facts` to confirm and who asks.

    A person is named, and written to, only with public consent; else the organisation is.
    """
    contact_id = todo["contact_id"] if isinstance(todo["contact_id"], str) else None
    contact = records.contact(inventory, contact_id) or {}
    office = inventory.value(
        "SELECT email FROM organization WHERE organization_id = $id", id=_known(todo["organization_id"])
    )
    city = inventory.value("SELECT name FROM city")
    organization = _known(todo["organization"]) or city
    alone = organization == todo["name"]
    name = text("mail.named_alone" if alone else "mail.named", name=todo["name"], organization=organization)
    person = contact.get("name")
    values = {"name": name, "city": city, "since": todo["since"], "detail": _detail(inventory, todo)}
    paragraphs = (
        text("mail.greeting_person", person=person) if person else text("mail.greeting"),
        text("mail.opening", **values),
        text(f"mail.ask_{todo['kind']}", **values),
        *(["\n".join([text("mail.facts"), *(f"- {label}: {value}" for label, value in facts)])] if facts else []),
        text("mail.closing", **values),
        "\n".join([text("mail.regards"), sender]).strip(),
    )
    to = usable(contact.get("email"), office)
    return Mail(to, text("mail.subject", **values), "\n\n".join(paragraphs) + "\n")


def usable(*addresses: str | None) -> str | None:
    """The first of these that a mail can be sent to; None if there is none."""
    return next((address for address in addresses if address and _MAIL.fullmatch(address)), None)


def _known(value: Any) -> Any:
    return None if pd.isna(value) else value


def _detail(inventory: Inventory, todo: Mapping[str, Any]) -> Any:
    """The detail of a to-do as the mail names it: a day; empty for other details."""
    if todo["kind"] in DATED:
        return inventory.value("SELECT CAST($day AS DATE)", day=todo["detail"])
    return _known(todo["detail"])
