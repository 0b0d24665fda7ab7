"""When a person may be shown. The model declares which columns are personal.

A contact is first of all a function. The person behind it (name, e-mail, phone) is shown and exported only with consent
to publication that has not expired today; internal notes about the person never are. Lists, pages and exports read
the view `contact_shown` and never the table itself.
"""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import duckdb

from esdash.model.kinds import BY_TABLE
from esdash.model.phones import DIALLED

_CONTACT = BY_TABLE["contact"]
SHOWN_WITH_CONSENT = _CONTACT.personal("person")
PERSONAL = (*_CONTACT.personal("person", "office"), DIALLED)
CONSENT = _CONTACT.personal("consent")  # about the person, so it is erased with the person

_RELATIONS = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")

# Whether a person may be published: there is consent to it, and it has not expired.
_MACRO = """
CREATE MACRO may_be_shown(consent_scope, consent_until, today) AS
coalesce(consent_scope = 'public' AND coalesce(consent_until >= today, true), false)
"""

# One row per contact whose person may be shown, with the columns that may be shown.
_CONSENTING = """
SELECT contact_id, name, email, phone, phone_e164 FROM inventory.contact
WHERE may_be_shown(consent_scope, consent_until, CAST(getvariable('today') AS DATE))
"""

# Today's consent beside the state of an earlier day; outside its `inventory`, which only holds that earlier state.
_FROM_TODAY = "memory.main.consenting_today"


def state(contact: Mapping[str, Any], today: date) -> str:
    """The consent of a contact: nobody (no person is known), public, internal, missing or expired."""
    if not any(contact[name] for name in SHOWN_WITH_CONSENT):
        return "nobody"
    until = contact["consent_until"]
    if contact["consent_scope"] is None:
        return "missing"
    return "expired" if until is not None and until < today else str(contact["consent_scope"])


def definitions(past: bool) -> list[str]:
    """The SQL of the views and macros of consent; for the state of an earlier day they read today's consent."""
    return [
        f"CREATE MACRO personal_columns() AS {list(PERSONAL)}",
        _MACRO,
        f"CREATE VIEW consenting_today AS {f'FROM {_FROM_TODAY}' if past else _CONSENTING}",
        _RELATIONS,
    ]


def make_room(state: duckdb.DuckDBPyConnection) -> None:
    """Create the table for today's consent beside the state of an earlier day."""
    columns = ", ".join(f"{name} VARCHAR" for name in ("contact_id", *SHOWN_WITH_CONSENT, DIALLED))
    state.execute(f"CREATE TABLE {_FROM_TODAY} ({columns})")


def hand_over(cursor: duckdb.DuckDBPyConnection, state: duckdb.DuckDBPyConnection) -> None:
    """Copy today's consent from today's inventory beside the state of an earlier day."""
    state.register("consenting_now", cursor.sql("FROM consenting_today").to_arrow_table())
    make_room(state)
    state.execute(f"INSERT INTO {_FROM_TODAY} BY NAME FROM consenting_now")
    state.unregister("consenting_now")
