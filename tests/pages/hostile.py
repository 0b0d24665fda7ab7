"""Hostile records: every text looks like markup, a formula or a link, and every optional value is unknown."""

from __future__ import annotations

from typing import Any

from esdash.inventory import Inventory, city, default_city
from esdash.inventory.access import Action, Actor
from tests.people import TEST

PICTURE = "![Bild](https://remote.test/pixel.png)"
LINK = "[hier klicken](https://remote.test/)"
SCRIPT = "<script>alert(1)</script><img src=https://remote.test/x.png onerror=alert(1)>"
FORMULA = '=HYPERLINK("https://remote.test/";"klick")'
TURNED = "\u202egnurhöwnegeg\u202c \u200fمرحبا\u200e"
LONG = "Sehr langer Name ohne Ende " * 18 + "Schluss: 500 Zeichen."
BRACES = "{placeholder} {0} {n.__class__} {{}} }{ %s %(x)s %{x} $y$ ${z}"
SIGNS = "a | b ' \" ` ** __ ~~ # > - + \\ / & &lt; :red[rot] :material/search: :smile:"
EMOJI = "👩🏽‍🏫 Ü" + "ö\u0308" * 3 + " 🏳️‍🌈\u200d\u00ad\ufeff"
TAG = "<b>fett</b><a href='https://remote.test/'>x</a><br>"
MEAN = (PICTURE, LINK, SCRIPT, FORMULA, TURNED, LONG, BRACES, SIGNS, EMOJI, TAG)
HIDDEN = "Verborgene Person"
ACTOR = f"{PICTURE} {LINK} {BRACES}"  # the name of the person who entered it, as it can be given on the command line

# Signs that must have a backslash before them in elements that read Markdown.
LIVE = ("](https://", "<script", "<img", "<a href", ":material/", ":red[", ":smile:")

ORGANIZATIONS: list[dict[str, Any]] = [
    {"organization_id": f"o{n}", "name": name, "short_name": name[:40], "description": name}
    for n, name in enumerate(MEAN)
]

LOCATIONS: list[dict[str, Any]] = [
    {"location_id": "l0", "name": PICTURE, "street": LINK, "postcode": "06844", "district_id": "02"}
    | {"lat": 51.83, "lon": 12.24},
    {"location_id": "l1", "name": SCRIPT, "street": None, "postcode": None, "district_id": None}
    | {"lat": None, "lon": None},
]

CONTACTS: list[dict[str, Any]] = [
    {"contact_id": "c0", "organization_id": "o0", "role": LINK, "name": PICTURE, "email": SCRIPT, "phone": FORMULA}
    | {"consent_scope": "public"},
    {"contact_id": "c1", "organization_id": "o1", "role": TURNED, "name": HIDDEN, "email": None}
    | {"phone": None, "consent_scope": None},
]

_NOTHING: dict[str, Any] = dict.fromkeys(
    (
        *("partner_ids", "description", "theme_ids", "target_group_ids", "language_ids", "mode", "location_id"),
        *("district_ids", "times", "capacity", "waiting", "volunteers_active", "volunteers_wanted", "contact_id"),
        *("started_on", "ended_on", "cost", "source", "note", "assured_on"),
    )
)

_ALWAYS = [{"weekday": day, "begins": "00:00", "ends": "23:59"} for day in range(1, 8)]
_EVERYTHING: dict[str, Any] = _NOTHING | {
    "theme_ids": ["german_courses"],
    "target_group_ids": ["adults"],
    "language_ids": ["de"],
    "mode": "on_site",
    "location_id": "l0",
    "times": _ALWAYS,
    "capacity": 9000,
    "waiting": 0,
    "volunteers_active": 0,
    "volunteers_wanted": 2_000_000_000,
    "contact_id": "c0",
    "started_on": "1899-12-31",
    "cost": LINK,
    "source": PICTURE,
    "note": SCRIPT,
    "assured_on": "2099-12-31",
}

INITIATIVES: list[dict[str, Any]] = [
    # Nothing is known but the name.
    *(
        {"initiative_id": f"n{n}", "organization_id": f"o{n}", "name": name, "status": "active"} | _NOTHING
        for n, name in enumerate(MEAN)
    ),
    # Everything is, all at one place for the same people: the list of double structures names them.
    *(
        {"initiative_id": f"e{n}", "organization_id": f"o{n}", "name": name, "status": "active"}
        | _EVERYTHING
        | {"description": name, "partner_ids": None if n else [row["organization_id"] for row in ORGANIZATIONS]}
        for n, name in enumerate(MEAN)
    ),
    # Zero places, empty lists, every other status.
    *(
        {"initiative_id": f"z{n}", "organization_id": "o0", "name": MEAN[n], "status": status}
        | _NOTHING
        | {"capacity": 0, "waiting": 7, "volunteers_active": 0, "volunteers_wanted": 0, "partner_ids": []}
        | {"theme_ids": [], "target_group_ids": [], "language_ids": [], "district_ids": [], "times": []}
        for n, status in enumerate(("planned", "active", "paused", "ended", "archived"))
    ),
    # No place for anybody, where there is need: 0 places that reach somebody.
    {"initiative_id": "zero", "organization_id": "o1", "name": "0", "status": "active"}
    | _NOTHING
    | {
        "capacity": 0,
        "contact_id": "c1",
        "theme_ids": ["homework"],
        "target_group_ids": ["children"],
        "mode": "online",
    },
    # Runs by its status, but ended long ago.
    {"initiative_id": "over", "organization_id": "o1", "name": "-", "status": "active"}
    | _NOTHING
    | {"started_on": "2020-01-01", "ended_on": "2020-01-02", "mode": "mobile", "district_ids": ["16"]},
]

COURSES: list[dict[str, Any]] = [
    {"course_id": f"k{n}", "organization_id": f"o{n}", "name": name, "description": name, "status": "active"}
    | {"module_ids": [None, [], ["asylum_law"]][n % 3], "level": None, "hours": None, "language_ids": None}
    for n, name in enumerate(MEAN)
]

SESSIONS: list[dict[str, Any]] = [
    {"session_id": f"s{n}", "course_id": f"k{n % len(MEAN)}", "starts_on": day, "mode": mode, "location_id": place}
    | {"seats": seats, "booked": booked, "waiting": waiting, "status": status}
    for n, (day, mode, place, seats, booked, waiting, status) in enumerate(
        [
            ("2026-12-01", "on_site", "l0", 5, 9, 3, "confirmed"),  # more people than seats
            ("2026-12-02", None, None, None, None, None, "planned"),
            ("2026-12-03", "online", None, 0, 0, 0, "planned"),
            ("2026-11-22", "on_site", "l1", 10, None, None, "planned"),
            ("2026-11-21", "on_site", "l1", 10, 10, 0, "planned"),  # past, and nobody said that it was held
            ("2099-01-01", "online", "l0", 1, 1, 0, "cancelled"),
        ]
    )
]

# Three half-empty dates of three organisations on one topic: a plan merges them, and names them all.
COURSES += [
    {"course_id": f"m{n}", "organization_id": f"o{n}", "name": name, "description": name, "status": "active"}
    | {"module_ids": ["asylum_law"], "level": "basic", "hours": None, "language_ids": ["de"]}
    for n, name in enumerate((PICTURE, BRACES, SIGNS))
]
SESSIONS += [
    {"session_id": f"t{n}", "course_id": f"m{n}", "starts_on": f"2026-12-1{n}", "mode": "on_site", "location_id": "l0"}
    | {"seats": 20, "booked": n + 2, "waiting": n, "status": "confirmed"}
    for n in range(3)
]

SURVEYS: list[dict[str, Any]] = [
    {"survey_id": f"{theme}|{district}", "theme_id": theme, "district_id": district, "state": "surveyed"}
    | {"surveyed_on": "2026-11-01", "surveyed_by": PICTURE, "reason": None}
    for theme in ("homework", "german_courses")
    for district in ("02", "16")
]

PRIORITY_ITEMS: list[dict[str, Any]] = [
    {
        "priority_item_id": "p90",
        "finding_id": "gap|homework|16",
        "proper": False,
        "pearl_reason": f"{PICTURE} {BRACES}",
        "measure": LINK,
    }
]

LISTED: list[dict[str, Any]] = [
    {
        **{
            "priority_item_id": "p91",
            "finding_id": "gap|german_courses|16",
            "origin": "gap",
            "title": f"{LINK} {FORMULA}",
        },
        **{"measure": LONG, "score_reason": BRACES, "listed_on": "2026-11-01", "listed_by": PICTURE},
        "evidence": {
            **{"by": PICTURE, "on": "gestern", "reason": BRACES, "url": "https://remote.test/x?a=b", "figures": {}},
            "organization_ids": [],
        },
    }
]


def fill(inventory: Inventory) -> None:
    """The city as it is, and these records in it."""
    with inventory.change(Actor(ACTOR), Action.SET_UP, PICTURE) as change:
        city.load(change, default_city())
        change.insert("organization", ORGANIZATIONS)
        change.insert("location", LOCATIONS)
        change.insert("contact", CONTACTS)
        change.insert("initiative", INITIATIVES)
        change.insert("course", COURSES)
        change.insert("session", SESSIONS)
        change.insert("survey", SURVEYS)
        change.insert("priority_item", PRIORITY_ITEMS)
        change.insert("priority_item", LISTED)
    with inventory.change(Actor(ACTOR), Action.EDIT_RECORDS, LINK) as change:
        change.update("initiative", [{"initiative_id": "e0", "note": FORMULA, "description": PICTURE}])


def fill_one(inventory: Inventory) -> None:
    """The city and a single offer."""
    with inventory.change(TEST, Action.SET_UP, "Ein Eintrag") as change:
        city.load(change, default_city())
        change.insert("organization", [{"organization_id": "o1", "name": "Verein Eins"}])
        change.insert("initiative", [{"initiative_id": "i1", "organization_id": "o1", "name": "Lesekreis"}])
