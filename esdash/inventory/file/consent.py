"""When a person may be shown; which columns are personal is said in the model.

A contact is a function first. The person behind it (name, e-mail, phone) leaves the machine only with consent to
publication that has not run out today; what the office noted about the person never does. Lists, pages and exports
read `contact_shown` and never the table itself.
"""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import duckdb

from esdash.model.kinds import BY_TABLE

_CONTACT = BY_TABLE["contact"]
SHOWN_WITH_CONSENT = _CONTACT.personal("person")
PERSONAL = _CONTACT.personal("person", "office")
CONSENT = _CONTACT.personal("consent")  # belongs to the person, goes with the person

_RELATIONS = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")

# Whether a person may leave the machine: consent to publication, and it has not run out.
_MACRO = """
CREATE MACRO may_be_shown(consent_scope, consent_until, today) AS
coalesce(consent_scope = 'public' AND coalesce(consent_until >= today, true), false)
"""

# One row per contact whose person may be shown: what of it may be shown.
_CONSENTING = """
SELECT contact_id, name, email, phone FROM inventory.contact
WHERE may_be_shown(consent_scope, consent_until, CAST(getvariable('today') AS DATE))
"""

# The consent of today beside the state of an earlier day; not in its inventory, to which it does not belong.
_FROM_TODAY = "memory.main.consenting_today"


def state(contact: Mapping[str, Any], today: date) -> str:
    """What the person behind a contact allows: nobody (none is known), public, internal, missing or expired."""
    if not any(contact[name] for name in SHOWN_WITH_CONSENT):
        return "nobody"
    until = contact["consent_until"]
    if contact["consent_scope"] is None:
        return "missing"
    return "expired" if until is not None and until < today else str(contact["consent_scope"])


def definitions(past: bool) -> list[str]:
    """The views and macros of consent; the state of an earlier day is handed the consent of today."""
    return [
        f"CREATE MACRO personal_columns() AS {list(PERSONAL)}",
        _MACRO,
        f"CREATE VIEW consenting_today AS {f'FROM {_FROM_TODAY}' if past else _CONSENTING}",
        _RELATIONS,
    ]


def make_room(state: duckdb.DuckDBPyConnection) -> None:
    """The table for the consent of today in the state of an earlier day."""
    state.execute(f"CREATE TABLE {_FROM_TODAY} (contact_id VARCHAR, name VARCHAR, email VARCHAR, phone VARCHAR)")


def hand_over(cursor: duckdb.DuckDBPyConnection, state: duckdb.DuckDBPyConnection) -> None:
    """Give the state of an earlier day the consent of today, read from the inventory of today."""
    state.register("consenting_now", cursor.sql("FROM consenting_today").to_arrow_table())
    make_room(state)
    state.execute(f"INSERT INTO {_FROM_TODAY} BY NAME FROM consenting_now")
    state.unregister("consenting_now")
