"""A large, plausible, invented inventory for measuring and trying out, the same for equal number, seed and day.

Organizations, places, offers and trainings are spread over the city as its people are; about one value in ten is
unknown, as in life. Mail addresses end in example.org, and telephone numbers are from the range kept for films.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from esdash.inventory import city, files
from esdash.inventory import generated_words as words
from esdash.inventory.store import Inventory

ACTOR = "Projektbüro (erzeugt)"
MONTHS = 18  # of history; the entries of each month are one change
UNKNOWN_SHARE = 0.1
SURVEYED_SHARE = 0.8
COURSES_AT_MOST = 400  # more trainings than that no network of volunteers runs
SPREAD_DEGREES = 0.004  # about 450 m to the north and 270 m to the east of a district's centre

Row = dict[str, Any]


def make(
    path: Path, city_folder: Path, initiatives: int, seed: int = 1, clock: files.Clock = files.utc_now
) -> None:
    """Make a new inventory file with that many initiatives. Raises UserError where there is a file already."""
    files.create(path, "generated", lambda inventory: fill(inventory, city_folder, initiatives, seed), clock)


def fill(inventory: Inventory, city_folder: Path, initiatives: int, seed: int = 1) -> None:
    """Load the city and write the generated records, month by month through the last 18 months."""
    first = inventory.today() - timedelta(days=30 * MONTHS)
    with inventory.change(ACTOR, "Stammdaten der Stadt", means="init", at=_morning(first)) as change:
        city.load(change, city_folder)
    tables = _Generator(inventory, random.Random(seed)).tables(initiatives)
    for month in range(MONTHS):
        day = first + timedelta(days=30 * month + 1)
        with inventory.change(ACTOR, "Aufnahme in den Bestand", means="init", at=_morning(day)) as change:
            for table, rows in tables.items():
                change.insert(table, rows[_share(len(rows), month) : _share(len(rows), month + 1)])


def _share(total: int, month: int) -> int:
    """How many of `total` records are there when `month` months have passed."""
    return -(-total * month // MONTHS)


class _Generator:
    """Rows for each table, in an order in which every record only names earlier ones (see `_earlier`)."""

    def __init__(self, inventory: Inventory, chance: random.Random) -> None:
        self.today = inventory.today()
        self.chance = chance
        self.districts = inventory.rows(
            "SELECT district_id, short_name, lat, lon, coalesce(sum(persons), any_value(residents), 1) AS weight "
            "FROM district LEFT JOIN population USING (district_id) GROUP BY ALL ORDER BY district_id"
        )
        self.themes = inventory.rows(
            "SELECT theme_id, short_de FROM theme WHERE theme_id NOT IN "
            "(SELECT parent_id FROM theme WHERE parent_id IS NOT NULL) ORDER BY sort"
        )
        self.groups = inventory.rows("SELECT target_group_id, short_de FROM target_group ORDER BY sort")
        self.languages = [row["language_id"] for row in inventory.rows("SELECT language_id FROM language ORDER BY sort")]
        self.modules = inventory.rows("SELECT module_id, name_de FROM module ORDER BY sort")

    def tables(self, initiatives: int) -> dict[str, list[Row]]:
        """Table → rows."""
        organizations = [self.organization(number) for number in range(max(initiatives // 5, 1))]
        contacts = [self.contact(number, organization) for number, organization in enumerate(organizations)]
        locations = [self.location(number) for number in range(max(initiatives // 3, 1))]
        courses = [
            self.course(number, organizations, min(initiatives // 3, COURSES_AT_MOST))
            for number in range(min(initiatives // 3, COURSES_AT_MOST))
        ]
        return {
            "organization": organizations,
            "contact": contacts,
            "location": locations,
            "initiative": [
                self.initiative(number, number / initiatives, organizations, locations)
                for number in range(initiatives)
            ],
            "course": courses,
            "session": self.sessions(courses, locations),
            "contact_point": self.contact_points(organizations, locations),
            "survey": self.surveys(),
        }

    # ------------------------------------------------------------ tables

    def organization(self, number: int) -> Row:
        district = self.district()
        kind, legal_form = self.chance.choice(words.ORGANIZATION_KINDS)
        name = " ".join(
            part for part in (self.chance.choice(words.ORGANIZATIONS), district["short_name"], legal_form) if part
        )
        return {
            "organization_id": f"org-{number + 1}",
            "name": f"{name} ({number + 1})",
            "short_name": self.maybe(name.split()[0]),
            "kind": self.maybe(kind),
            "description": self.maybe("Erzeugter Eintrag: " + self.chance.choice(words.PURPOSES)),
            "website": self.maybe(f"www.org-{number + 1}.example.org"),
            "email": self.maybe(f"kontakt@org-{number + 1}.example.org"),
            "phone": self.maybe(self.phone()),
            "street": self.maybe(self.street()),
            "postcode": self.maybe(f"06{self.chance.randint(840, 862)}"),
            "district_id": self.maybe(district["district_id"]),
            "source": "erzeugt",
            **self.assured(),
        }

    def contact(self, number: int, organization: Row) -> Row:
        agreed = self.chance.random() < 0.6
        given_on = self.before(700)
        person = f"{self.chance.choice(words.FIRST_NAMES)} {self.chance.choice(words.LAST_NAMES)}"
        return {
            "contact_id": f"con-{number + 1}",
            "organization_id": organization["organization_id"],
            "role": self.chance.choice(words.ROLES),
            "name": person if agreed else None,
            "email": self.maybe(f"team-{number + 1}@example.org"),
            "phone": self.maybe(self.phone()),
            "language_ids": self.maybe(self.some(self.languages, 3, always="de")),
            "consent_scope": self.chance.choice(("internal", "public", "public")) if agreed else None,
            "consent_on": given_on if agreed else None,
            "consent_source": self.chance.choice(("schriftlich", "per E-Mail")) if agreed else None,
            "consent_until": self.today + timedelta(days=self.chance.randint(30, 700)) if agreed else None,
            "last_reached_on": self.maybe(self.before(250)),
            **self.assured(),
        }

    def location(self, number: int) -> Row:
        district = self.district()
        return {
            "location_id": f"loc-{number + 1}",
            "name": f"{self.chance.choice(words.PLACES)} {district['short_name']} ({number + 1})",
            "street": self.maybe(self.street()),
            "postcode": self.maybe(f"06{self.chance.randint(840, 862)}"),
            "district_id": district["district_id"],
            "lat": round(self.chance.gauss(district["lat"], SPREAD_DEGREES), 6),
            "lon": round(self.chance.gauss(district["lon"], SPREAD_DEGREES), 6),
            "barrier_free": self.maybe(self.chance.random() < 0.6),
            **self.assured(),
        }

    def initiative(self, number: int, passed: float, organizations: list[Row], locations: list[Row]) -> Row:
        organization, location = self.earlier(organizations, passed), self.earlier(locations, passed)
        themes = self.chance.sample(self.themes, self.chance.choice((1, 1, 2)))
        groups = self.chance.sample(self.groups, self.chance.choice((1, 2, 3)))
        place = next(row for row in self.districts if row["district_id"] == location["district_id"])
        mode = self.chance.choices(("on_site", "mobile", "online"), (85, 10, 5))[0]
        status = self.chance.choices(("active", "planned", "paused", "ended", "archived"), (85, 5, 4, 4, 2))[0]
        started_on = self.today + timedelta(days=40) if status == "planned" else self.before(2500)
        ended_on = started_on + (self.today - started_on) * self.chance.random() if status == "ended" else None
        full = self.chance.random() < 0.2
        return {
            "initiative_id": f"ini-{number + 1}",
            "organization_id": organization["organization_id"],
            "partner_ids": self.maybe(self.partners(organization, organizations, passed)),
            "name": f"{themes[0]['short_de']}: {self.chance.choice(words.FORMS)} {groups[0]['short_de']} "
            f"{place['short_name']} ({number + 1})",
            "description": self.maybe("Erzeugter Eintrag: " + self.chance.choice(words.PURPOSES)),
            "status": status,
            "theme_ids": self.maybe([theme["theme_id"] for theme in themes]),
            "target_group_ids": self.maybe([group["target_group_id"] for group in groups]),
            "language_ids": self.maybe(self.some(self.languages, 4, always="de")),
            "mode": self.maybe(mode),
            "location_id": location["location_id"] if mode == "on_site" else None,
            "district_ids": None if mode == "online" else self.maybe([place["district_id"]]),
            "times": self.maybe(self.times()),
            "capacity": self.maybe(self.chance.choice((6, 8, 10, 12, 15, 20, 25, 30, 40))),
            "waiting": self.maybe(self.chance.randint(1, 12) if full else 0),
            "volunteers_active": self.maybe(self.chance.randint(1, 15)),
            "volunteers_wanted": self.maybe(self.chance.randint(0, 6)),
            "contact_id": self.maybe(organization["organization_id"].replace("org", "con")),
            "started_on": started_on if ended_on else self.maybe(started_on),
            "ended_on": ended_on,
            "cost": self.maybe(self.chance.choice(("kostenlos", "kostenlos", "2 € je Treffen"))),
            "website": self.maybe(f"www.ini-{number + 1}.example.org"),
            "source": "erzeugt",
            **self.assured(),
        }

    def course(self, number: int, organizations: list[Row], total: int) -> Row:
        modules = self.chance.sample(self.modules, min(self.chance.randint(1, 4), len(self.modules)))
        level = self.chance.choice(("basic", "basic", "advanced"))
        return {
            "course_id": f"crs-{number + 1}",
            "organization_id": self.earlier(organizations, number / total)["organization_id"],
            "name": f"{words.LEVELS[level]}: {modules[0]['name_de']} ({number + 1})",
            "description": self.maybe("Erzeugter Eintrag für Ehrenamtliche."),
            "module_ids": self.maybe([module["module_id"] for module in modules]),
            "level": self.maybe(level),
            "hours": self.maybe(self.chance.choice((2, 3, 4, 6, 8, 12, 16, 24))),
            "language_ids": self.maybe(self.some(self.languages, 2, always="de")),
            "certificate": self.maybe(self.chance.choice(("Teilnahmebestätigung", "Zertifikat"))),
            "status": self.chance.choices(("active", "planned", "paused"), (90, 5, 5))[0],
            "source": "erzeugt",
            **self.assured(),
        }

    def sessions(self, courses: list[Row], locations: list[Row]) -> list[Row]:
        planned = [course for course in courses for _ in range(self.chance.randint(2, 4))]
        return [
            self.session(number, number / len(planned), course, locations) for number, course in enumerate(planned)
        ]

    def session(self, number: int, passed: float, course: Row, locations: list[Row]) -> Row:
        starts_on = self.today + timedelta(days=self.chance.randint(-300, 150))
        days = self.chance.choice((0, 0, 1, 28))
        over = starts_on + timedelta(days=days) < self.today
        status = self.chance.choices(("held", "cancelled") if over else ("confirmed", "planned"), (92, 8))[0]
        seats = self.chance.choice((8, 10, 12, 15, 20, 25, 30))
        booked = min(seats, int(self.chance.triangular(0, seats * 1.3, seats)))
        begins = self.chance.choice((9, 10, 14, 17))
        online = self.chance.random() < 0.2
        return {
            "session_id": f"ses-{number + 1}",
            "course_id": course["course_id"],
            "starts_on": starts_on,
            "ends_on": self.maybe(starts_on + timedelta(days=days)),
            "begins": f"{begins}:00",
            "ends": f"{begins + 3}:30",
            "mode": "online" if online else self.maybe("on_site"),
            "location_id": None if online else self.earlier(locations, passed)["location_id"],
            "seats": self.maybe(seats),
            "booked": self.maybe(booked),
            "waiting": self.maybe(self.chance.randint(0, 8) if booked == seats else 0),
            "cost_eur": self.maybe(self.chance.choice((0, 150, 300, 450, 800))),
            "contact_id": self.maybe(course["organization_id"].replace("org", "con")),
            "status": status,
            "source": "erzeugt",
            **self.assured(),
        }

    def contact_points(self, organizations: list[Row], locations: list[Row]) -> list[Row]:
        total = max(len(organizations) // 5, 1)
        return [self.contact_point(number, number / total, organizations, locations) for number in range(total)]

    def contact_point(self, number: int, passed: float, organizations: list[Row], locations: list[Row]) -> Row:
        organization = self.earlier(organizations, passed)
        return {
            "contact_point_id": f"cpt-{number + 1}",
            "organization_id": organization["organization_id"],
            "name": f"{self.chance.choice(words.CONTACT_POINTS)} ({number + 1})",
            "audiences": self.maybe(self.some(("volunteers", "newcomers"), 2)),
            "description": self.maybe("Erzeugter Eintrag."),
            "location_id": self.earlier(locations, passed)["location_id"],
            "contact_id": self.maybe(organization["organization_id"].replace("org", "con")),
            "language_ids": self.maybe(self.some(self.languages, 4, always="de")),
            "opening_hours": self.maybe(self.chance.choice(words.OPENING_HOURS)),
            "website": self.maybe(f"www.cpt-{number + 1}.example.org"),
            "source": "erzeugt",
            **self.assured(),
        }

    def surveys(self) -> list[Row]:
        fields = [(theme["theme_id"], district["district_id"]) for theme in self.themes for district in self.districts]
        rows = []
        for theme, district in self.chance.sample(fields, round(len(fields) * SURVEYED_SHARE)):
            applies = self.chance.random() < 0.95
            rows.append(
                {
                    "survey_id": f"{theme}|{district}",
                    "theme_id": theme,
                    "district_id": district,
                    "state": "surveyed" if applies else "not_applicable",
                    "surveyed_on": self.before(500),
                    "surveyed_by": "Projektbüro",
                    "method": self.maybe(self.chance.choice(("Telefon", "Umfrage", "Werkstattgespräch"))),
                    "reason": None if applies else "Das Angebot wird für die ganze Stadt an einem Ort gemacht.",
                }
            )
        return rows
