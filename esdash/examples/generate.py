"""A large, plausible, invented inventory for measuring and trying out, the same for equal number, seed and day.

Organizations, places, offers and trainings are spread over the city as its people are; about one value in ten is
unknown. Mail addresses end in example.org, and telephone numbers are from the range reserved for films.
"""

from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

from esdash.examples import generated_reach as reach
from esdash.examples import generated_words as words
from esdash.examples.generated_draw import MONTHS, Draw, Row, entered
from esdash.inventory import city
from esdash.inventory.access import Action, Actor
from esdash.inventory.file import files
from esdash.inventory.file.store import Inventory

ACTOR = Actor("Projektbüro (erzeugt)")
SURVEYED_SHARE = 0.8
SESSIONS_PER_COURSE = 3
COURSES_AT_MOST = 400  # most trainings; no network of volunteers runs more


def make(path: Path, city_folder: Path, initiatives: int, seed: int = 1, clock: files.Clock = files.utc_now) -> None:
    """Make a new inventory file with that many initiatives. Raises UserError where there is a file already."""
    files.create(path, "generated", lambda inventory: fill(inventory, city_folder, initiatives, seed), ACTOR, clock)


def fill(inventory: Inventory, city_folder: Path, initiatives: int, seed: int = 1) -> None:
    """Load the city and write the generated records, month by month through the last 18 months."""
    first = inventory.today() - timedelta(days=30 * MONTHS)
    with inventory.change(ACTOR, Action.SET_UP, "Stammdaten der Stadt", at=_morning(first)) as change:
        city.load(change, city_folder)
    tables = _Generator(inventory, seed).tables(initiatives)
    for month in range(MONTHS):
        day = first + timedelta(days=30 * month + 1)
        with inventory.change(ACTOR, Action.SET_UP, "Aufnahme in den Bestand", at=_morning(day)) as change:
            for table, rows in tables.items():
                change.insert(table, rows[entered(len(rows), month) : entered(len(rows), month + 1)])


def _morning(day: date) -> datetime:
    return datetime.combine(day, time(8), UTC)


class _Generator(Draw):
    """Makes the rows of each table. A record only refers to records entered in the same month or before."""

    def tables(self, initiatives: int) -> dict[str, list[Row]]:
        """Table → its rows."""
        organizations = [self.organization(number) for number in range(max(initiatives // 5, 1))]
        contacts = [self.contact(number, organization) for number, organization in enumerate(organizations)]
        locations = [self.location(number) for number in range(max(initiatives // 3, 1))]
        trainings = min(initiatives // 3, COURSES_AT_MOST)
        courses = [self.course(number, number * MONTHS // trainings, organizations) for number in range(trainings)]
        return {
            "organization": organizations,
            "contact": contacts,
            "location": locations,
            "initiative": [
                self.initiative(number, number * MONTHS // initiatives, organizations, locations)
                for number in range(initiatives)
            ],
            "course": courses,
            "session": self.sessions(courses, locations),
            "contact_point": self.contact_points(organizations, locations),
            "contact_attempt": [reach.attempt(number, contact, self.today) for number, contact in enumerate(contacts)],
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
            "language_ids": self.maybe(self.some(self.languages, 3, first="de")),
            "consent_scope": self.chance.choice(("internal", "public", "public")) if agreed else None,
            "consent_on": given_on if agreed else None,
            "consent_source": self.chance.choice(("schriftlich", "per E-Mail")) if agreed else None,
            "consent_until": self.today + timedelta(days=self.chance.randint(30, 700)) if agreed else None,
            "last_reached_on": self.maybe(self.before(250)),
            **self.assured(),
            **reach.of_contact(number, self.today),
        }

    def location(self, number: int) -> Row:
        district = self.district()
        return {
            "location_id": f"loc-{number + 1}",
            "name": f"{self.chance.choice(words.PLACES)} {district['short_name']} ({number + 1})",
            "street": self.maybe(self.street()),
            "postcode": self.maybe(f"06{self.chance.randint(840, 862)}"),
            "district_id": district["district_id"],
            "lat": self.near(district["lat"]),
            "lon": self.near(district["lon"]),
            "barrier_free": self.maybe(self.chance.random() < 0.6),
            "directions": "Haltestelle in der Nähe, Eingang im Hof." if number % 3 == 0 else None,
            **self.assured(),
        }

    def initiative(self, number: int, month: int, organizations: list[Row], locations: list[Row]) -> Row:
        organization, location = self.earlier(organizations, month), self.earlier(locations, month)
        themes = self.chance.sample(self.themes, self.chance.choice((1, 1, 2)))
        groups = self.chance.sample(self.groups, self.chance.choice((1, 2, 3)))
        place = next(row for row in self.districts if row["district_id"] == location["district_id"])
        mode = self.chance.choices(("on_site", "mobile", "online"), (85, 10, 5))[0]
        status = self.chance.choices(("active", "planned", "paused", "ended", "archived"), (85, 5, 4, 4, 2))[0]
        started_on = self.today + timedelta(days=40) if status == "planned" else self.before(2500)
        ended_on = started_on + (self.today - started_on) * self.chance.random() if status == "ended" else None
        full = self.chance.random() < 0.2
        other = self.earlier(organizations, month)["organization_id"]
        alone = self.chance.random() < 0.8 or other == organization["organization_id"]
        partners: list[str] = [] if alone else [other]
        return {
            "initiative_id": f"ini-{number + 1}",
            "organization_id": organization["organization_id"],
            "partner_ids": self.maybe(partners),
            "name": f"{themes[0]['short_de']}: {self.chance.choice(words.FORMS)} {groups[0]['short_de']} "
            f"{place['short_name']} ({number + 1})",
            "description": self.maybe("Erzeugter Eintrag: " + self.chance.choice(words.PURPOSES)),
            "status": status,
            "theme_ids": self.maybe([theme["theme_id"] for theme in themes]),
            "target_group_ids": self.maybe([group["target_group_id"] for group in groups]),
            "language_ids": self.maybe(self.some(self.languages, 4, first="de")),
            "mode": self.maybe(mode),
            "location_id": location["location_id"] if mode == "on_site" else None,
            "district_ids": None if mode == "online" else self.maybe([place["district_id"]]),
            "times": self.maybe(self.times()),
            "capacity": self.maybe(self.chance.choice((6, 8, 10, 12, 15, 20, 25, 30, 40))),
            "waiting": self.maybe(self.chance.randint(1, 12) if full else 0),
            "volunteers_active": self.maybe(self.chance.randint(1, 15)),
            "volunteers_wanted": self.maybe(self.chance.randint(0, 6)),
            "contact_id": self.maybe(organization["organization_id"].replace("org", "con")),
            "childcare": any(group["target_group_id"] == "families" for group in groups) or None,
            "without_commitment": (None, True, False)[number % 3],
            "little_german": (True, None, False, None)[number % 4],
            "started_on": started_on if ended_on else self.maybe(started_on),
            "ended_on": ended_on,
            "cost": self.maybe(self.chance.choice(("kostenlos", "kostenlos", "2 € je Treffen"))),
            "website": self.maybe(f"www.ini-{number + 1}.example.org"),
            "source": "erzeugt",
            **self.assured(),
        }

    def course(self, number: int, month: int, organizations: list[Row]) -> Row:
        modules = self.chance.sample(self.modules, min(self.chance.randint(1, 4), len(self.modules)))
        level = self.chance.choice(("basic", "basic", "advanced"))
        return {
            "course_id": f"crs-{number + 1}",
            "organization_id": self.earlier(organizations, month)["organization_id"],
            "name": f"{words.LEVELS[level]}: {modules[0]['name_de']} ({number + 1})",
            "description": self.maybe("Erzeugter Eintrag für Ehrenamtliche."),
            "module_ids": self.maybe([module["module_id"] for module in modules]),
            "level": self.maybe(level),
            "hours": self.maybe(self.chance.choice((2, 3, 4, 6, 8, 12, 16, 24))),
            "language_ids": self.maybe(self.some(self.languages, 2, first="de")),
            "certificate": self.maybe(self.chance.choice(("Teilnahmebestätigung", "Zertifikat"))),
            "status": self.chance.choices(("active", "planned", "paused"), (90, 5, 5))[0],
            "source": "erzeugt",
            **self.assured(),
        }

    def sessions(self, courses: list[Row], locations: list[Row]) -> list[Row]:
        total = SESSIONS_PER_COURSE * len(courses)
        months = (number * MONTHS // total for number in range(total))
        return [
            self.session(number, month, self.earlier(courses, month), locations) for number, month in enumerate(months)
        ]

    def session(self, number: int, month: int, course: Row, locations: list[Row]) -> Row:
        starts_on = self.today + timedelta(days=self.chance.randint(-300, 150))
        days = self.chance.choice((0, 0, 1, 28))
        over = starts_on + timedelta(days=days) < self.today
        status = self.chance.choice(("held", "held", "held", "cancelled") if over else ("confirmed", "planned"))
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
            "location_id": None if online else self.earlier(locations, month)["location_id"],
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
        return [
            self.contact_point(number, number * MONTHS // total, organizations, locations) for number in range(total)
        ]

    def contact_point(self, number: int, month: int, organizations: list[Row], locations: list[Row]) -> Row:
        organization = self.earlier(organizations, month)
        return {
            "contact_point_id": f"cpt-{number + 1}",
            "organization_id": organization["organization_id"],
            "name": f"{self.chance.choice(words.CONTACT_POINTS)} ({number + 1})",
            "audiences": self.maybe(self.some(("volunteers", "newcomers"), 2)),
            "description": self.maybe("Erzeugter Eintrag."),
            "location_id": self.earlier(locations, month)["location_id"],
            "contact_id": self.maybe(organization["organization_id"].replace("org", "con")),
            "language_ids": self.maybe(self.some(self.languages, 4, first="de")),
            "opening_hours": self.maybe(self.chance.choice(words.OPENING_HOURS)),
            "website": self.maybe(f"www.cpt-{number + 1}.example.org"),
            "source": "erzeugt",
            **self.assured(),
            **reach.of_point(number, self.today, [theme["theme_id"] for theme in self.themes]),
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
