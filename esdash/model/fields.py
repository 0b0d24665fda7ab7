"""What can be imported: the kinds of tables, their fields, and the column headers that people use for them.

The first German and the first English header of a field are its labels. A column name of the schema is understood too.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from esdash.model.folding import fold

# Fields that are no column of the table: they lead to one.
PLACE_PARTS = ("location_street", "location_postcode", "location_district_id")

STATUS = {
    **dict.fromkeys(("aktiv", "laufend", "läuft"), "active"),
    **dict.fromkeys(("pausiert", "ruht", "Pause"), "paused"),
    **dict.fromkeys(("geplant", "in Planung"), "planned"),
    **dict.fromkeys(("beendet", "abgeschlossen", "eingestellt"), "ended"),
    "archiviert": "archived",
}
RECORD_STATUS = {"aktiv": "active", "archiviert": "archived"}
SESSION_STATUS = {
    "geplant": "planned",
    **dict.fromkeys(("bestätigt", "findet statt"), "confirmed"),
    **dict.fromkeys(("durchgeführt", "stattgefunden"), "held"),
    **dict.fromkeys(("abgesagt", "fällt aus", "ausgefallen", "canceled"), "cancelled"),
    "archiviert": "archived",
}
SESSION_MODE = {**dict.fromkeys(("vor Ort", "Präsenz", "on site"), "on_site"), **dict.fromkeys(("digital",), "online")}
MODE = {**SESSION_MODE, **dict.fromkeys(("mobil", "aufsuchend", "mobil/aufsuchend", "outreach"), "mobile")}
LEVEL = {
    **dict.fromkeys(("Grundlagen", "Grundkurs", "Basis", "Basiskurs", "Einsteiger"), "basic"),
    **dict.fromkeys(("Aufbau", "Aufbaukurs", "Vertiefung", "Fortgeschrittene"), "advanced"),
}
AUDIENCES = {
    **dict.fromkeys(("Ehrenamtliche", "Freiwillige", "Engagierte"), "volunteers"),
    **dict.fromkeys(("Zugewanderte", "Neuzugewanderte", "Geflüchtete"), "newcomers"),
}
CONSENT = {"intern": "internal", **dict.fromkeys(("öffentlich", "Veröffentlichung"), "public")}
SURVEY_STATE = {
    **dict.fromkeys(("erhoben", "geprüft", "ja"), "surveyed"),
    **dict.fromkeys(("trifft nicht zu", "nicht zutreffend", "entfällt", "not applicable"), "not_applicable"),
}


@dataclass(frozen=True)
class Field:
    """One column that a file may have.

    `type`: text, integer, decimal, coordinate, date, time, span, times, opening, boolean, choice, choices, postcode,
    email, website, key, reference, references (to `target`) or place.
    """

    name: str
    type: str
    german: tuple[str, ...]
    english: tuple[str, ...]
    required: bool = False
    target: str = ""
    choices: Mapping[str, str] = field(default_factory=dict, hash=False)

    @property
    def label(self) -> str:
        """The header in German and English."""
        return f"{self.german[0]} / {self.english[0]}"

    @cached_property
    def headers(self) -> frozenset[str]:
        """All headers that mean this field, folded."""
        return frozenset(fold(header) for header in (*self.german, *self.english, self.name))

    @cached_property
    def words(self) -> dict[str, str]:
        """Folded word → our id, for choices."""
        return {fold(word): our_id for word, our_id in (*self.choices.items(), *((i, i) for i in self.ids))}

    @property
    def ids(self) -> tuple[str, ...]:
        """Our ids of the choices, each once."""
        return tuple(dict.fromkeys(self.choices.values()))


@dataclass(frozen=True)
class Kind:
    """One kind of table. `same_by`: the fields that make two rows the same record; of `same_if_given` only if given."""

    name: str
    table: str
    fields: tuple[Field, ...]
    same_by: tuple[str, ...]
    same_if_given: tuple[str, ...] = ()
    named_by: tuple[str, ...] = ("name",)  # what a new key is made from

    @property
    def key(self) -> str:
        """The key column of the table."""
        return f"{self.table}_id"

    @property
    def text_key(self) -> str:
        """Key of the name of this kind in esdash/texts."""
        return f"import.kind_{self.table}"

    def field(self, name: str) -> Field:
        """The field of that name."""
        return next(field for field in self.fields if field.name == name)


def column(
    name: str,
    type: str,
    german: str,
    english: str,
    required: bool = False,
    target: str = "",
    choices: Mapping[str, str] | None = None,
) -> Field:
    """A field; several headers are parted by "|"."""

    def split(headers: str) -> tuple[str, ...]:
        return tuple(header.strip() for header in headers.split("|"))

    return Field(name, type, split(german), split(english), required, target, choices or {})


def key(table: str, english: str) -> Field:
    """The key of a record, as our own exports have it; a plain "ID" or "Nr." is usually somebody else's number."""
    return column(f"{table}_id", "key", "Kennung", f"{english} id")


def organization(required: bool = True) -> Field:
    """Who offers it."""
    german = "Organisation | Träger | Anbieter | Trägerorganisation | Träger/Organisation | Veranstalter"
    return column(
        "organization_id", "reference", german, "organisation | organization | provider", required, "organization"
    )


def contact() -> Field:
    """Whom to ask, by function or name."""
    german = "Ansprechperson | Kontakt | Ansprechpartner | Ansprechpartnerin | Ansprechpartner/in | Kontaktperson"
    return column("contact_id", "reference", german, "contact person | contact", target="contact")


def place() -> tuple[Field, ...]:
    """Where: the name of a location, or an address."""
    return (
        column("location_id", "place", "Ort | Veranstaltungsort | Treffpunkt | Raum", "location | place | venue"),
        column(PLACE_PARTS[0], "text", "Straße | Adresse | Anschrift | Straße und Hausnummer", "street | address"),
        column(PLACE_PARTS[1], "postcode", "PLZ | Postleitzahl", "postcode | zip"),
        column(
            PLACE_PARTS[2], "reference", "Stadtbezirk | Bezirk | Stadtteil | Ortsteil", "district", target="district"
        ),
    )


def languages() -> Field:
    """The languages spoken."""
    return column("language_ids", "references", "Sprachen | Sprache", "languages | language", target="language")


def status(choices: Mapping[str, str]) -> Field:
    """The state of the record."""
    return column("status", "choice", "Status | Stand", "status | state", choices=choices)


def ending() -> tuple[Field, ...]:
    """Source, note and confirmation."""
    return (column("source", "text", "Quelle | Quellen", "source"), *last())


def last() -> tuple[Field, ...]:
    """Note and confirmation."""
    return (
        column(
            "note", "text", "Notiz | Notizen | Bemerkung | Bemerkungen | Anmerkung | Hinweis", "note | notes | remark"
        ),
        column("assured_on", "date", "Bestätigt am | Geprüft am | Stand vom", "confirmed on | assured date"),
        column("assured_by", "text", "Bestätigt von | Geprüft von", "confirmed by | assurer"),
    )


def website() -> Field:
    """A page on the internet."""
    return column(
        "website", "website", "Internet | Internetseite | Webseite | Website | Homepage | URL", "web page | web"
    )


def description() -> Field:
    """What it is."""
    return column("description", "text", "Beschreibung | Kurzbeschreibung | Inhalt", "description")
