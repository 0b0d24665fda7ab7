"""Trainings for Musterstadt (tests/tiny_city), entered through the write door; each session has a course."""

from typing import Any

from esdash.inventory import Inventory
from esdash.inventory.access import Action
from tests.people import TEST

Row = dict[str, Any]

_COURSE = {
    "organization_id": "o1",
    "name": None,  # one of its own
    "module_ids": ["asylum_law"],
    "level": "basic",
    "hours": 4.0,
    "language_ids": ["de"],
}
_SESSION = {
    "starts_on": "2026-12-07",  # a Monday
    "begins": "09:00",
    "mode": "on_site",
    "location_id": "centre_01",
    "seats": 10,
    "booked": 3,
    "waiting": 0,
    "cost_eur": 300,
    "status": "confirmed",
}


def session(session_id: str, **fields: Any) -> Row:
    """A Monday morning in the middle of district 01, three of ten seats taken, unless `fields` say otherwise."""
    assert fields.keys() <= _COURSE.keys() | _SESSION.keys()
    return {"session_id": session_id, **_COURSE, **_SESSION, **fields}


def enter(inventory: Inventory, *rows: Row) -> None:
    """Replace all sessions by these. Places: centre_01 to centre_03 are barrier-free, steps_01 is not, of unknown_01
    nothing is known, and nowhere has no district."""
    with inventory.change(TEST, Action.EDIT_RECORDS) as change:
        if not change.rows("FROM inventory.organization"):
            change.insert("organization", [{"organization_id": f"o{n}", "name": f"Verein {n}"} for n in (1, 2, 3)])
            centres = change.rows("SELECT district_id, lat, lon FROM inventory.district")
            known = [{"location_id": f"centre_{c['district_id']}", "barrier_free": True, **c} for c in centres]
            more = {"steps_01": False, "unknown_01": None}
            near = [{"location_id": key, "barrier_free": free, **centres[0]} for key, free in more.items()]
            far = {"location_id": "nowhere", "barrier_free": None, "district_id": None, "lat": None, "lon": None}
            change.insert("location", [{"name": "Haus", **row} for row in [*known, *near, far]])
        for table in ("bundling_decision", "session", "course"):
            change.remove(table, [row[f"{table}_id"] for row in change.rows(f"FROM inventory.{table}")])
        change.insert("course", [course(row) for row in rows])
        names = ["session_id", *_SESSION]
        change.insert("session", [{"course_id": row["session_id"], **{n: row[n] for n in names}} for row in rows])


def course(row: Row) -> Row:
    """The course of a session."""
    fields = {name: row[name] for name in _COURSE}
    return {"course_id": row["session_id"], **fields, "name": row["name"] or _name(row["session_id"])}


def _name(key: str) -> str:
    """Names of which no two are alike."""
    words = ("Ankommen", "Begleiten", "Dolmetschen", "Elternabend", "Formulare", "Gesundheit", "Hausbesuch")
    return f"{key * 9} {words[sum(map(ord, key)) % len(words)]}"
