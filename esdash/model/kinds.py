"""The kinds of tables that can be imported, each with its fields and the headers that people use for them."""

from __future__ import annotations

from esdash.model.fields import (
    AUDIENCES,
    CONSENT,
    LEVEL,
    MODE,
    RECORD_STATUS,
    SESSION_MODE,
    SESSION_STATUS,
    STATUS,
    SURVEY_STATE,
    Kind,
    column,
    contact,
    description,
    ending,
    key,
    languages,
    last,
    organization,
    place,
    status,
    website,
)

_ORGANIZATIONS = Kind(
    "organizations",
    "organization",
    (
        key("organization", "organisation"),
        column(
            "name",
            "text",
            "Organisation | Name | Träger | Verein | Name der Organisation",
            "organisation | organization",
            True,
        ),
        column("short_name", "text", "Kurzname | Abkürzung | Kürzel", "short name | abbreviation"),
        column("kind", "text", "Art | Art der Organisation | Typ | Rechtsform", "kind | type"),
        description(),
        website(),
        column("email", "email", "E-Mail | Mail | E-Mail-Adresse", "email"),
        column("phone", "text", "Telefon | Tel. | Telefonnummer", "phone"),
        column("street", "text", "Straße | Adresse | Anschrift | Straße und Hausnummer", "street | address"),
        column("postcode", "postcode", "PLZ | Postleitzahl", "postcode | zip"),
        column(
            "district_id", "reference", "Stadtbezirk | Bezirk | Stadtteil | Ortsteil", "district", target="district"
        ),
        status(RECORD_STATUS),
        *ending(),
    ),
    same_by=("name",),
)

_INITIATIVES = Kind(
    "initiatives",
    "initiative",
    (
        key("initiative", "initiative"),
        column(
            "name",
            "text",
            "Angebot | Initiative | Name | Titel | Name des Angebots | Projekt",
            "initiative | offer | title",
            True,
        ),
        organization(),
        column(
            "partner_ids",
            "references",
            "Partner | Kooperationspartner | Partnerorganisationen",
            "partners",
            target="organization",
        ),
        description(),
        status(STATUS),
        column("theme_ids", "references", "Themen | Thema", "themes | theme", target="theme"),
        column(
            "field_ids",
            "references",
            "Handlungsfeld | Handlungsfelder",
            "field of action | fields of action",
            target="theme",
        ),
        column(
            "target_group_ids",
            "references",
            "Zielgruppen | Zielgruppe",
            "target groups | target group",
            target="target_group",
        ),
        languages(),
        column("mode", "choice", "Form | Format", "mode", choices=MODE),
        *place(),
        column(
            "district_ids",
            "references",
            "Einzugsgebiet | Stadtbezirke | Bediente Stadtbezirke | Für Stadtbezirke",
            "districts served | districts",
            target="district",
        ),
        column("times", "times", "Zeiten | Zeit | Uhrzeiten | Wochentag und Uhrzeit", "times | weekly times"),
        column(
            "capacity", "integer", "Plätze pro Woche | Plätze | Kapazität | Wochenplätze", "places per week | places"
        ),
        column("waiting", "integer", "Wartende | Warteliste | Auf der Warteliste", "waiting list"),
        column(
            "volunteers_active",
            "integer",
            "Ehrenamtliche aktiv | Ehrenamtliche | Aktive Ehrenamtliche",
            "volunteers active | volunteers",
        ),
        column(
            "volunteers_wanted",
            "integer",
            "Ehrenamtliche gesucht | Gesuchte Ehrenamtliche | Bedarf an Ehrenamtlichen",
            "volunteers wanted",
        ),
        contact(),
        column("started_on", "date", "Beginn | Beginn am | Start | Seit", "started on | start"),
        column("ended_on", "date", "Ende | Ende am | Bis", "ended on | end"),
        column("cost", "text", "Kosten | Teilnahmebeitrag | Gebühr", "cost"),
        website(),
        *ending(),
    ),
    same_by=("organization_id", "name"),
)

_COURSES = Kind(
    "courses",
    "course",
    (
        key("course", "course"),
        column("name", "text", "Schulung | Kurs | Fortbildung | Name | Titel", "training | course | title", True),
        organization(),
        description(),
        column(
            "module_ids", "references", "Bausteine | Baustein | Module | Modul", "modules | module", target="module"
        ),
        column("level", "choice", "Niveau | Stufe", "level", choices=LEVEL),
        column("hours", "decimal", "Stunden | Umfang in Stunden | Dauer in Stunden", "hours"),
        languages(),
        column("certificate", "text", "Zertifikat | Abschluss | Nachweis", "certificate"),
        status(STATUS),
        *ending(),
    ),
    same_by=("organization_id", "name"),
)

_SESSIONS = Kind(
    "sessions",
    "session",
    (
        key("session", "session"),
        column("course_id", "reference", "Schulung | Kurs | Fortbildung", "training | course", True, "course"),
        organization(required=False),
        column("starts_on", "date", "Datum | Beginn am | Beginn | Termin", "date | starts on", True),
        column("ends_on", "date", "Ende am | Ende | Letzter Tag", "ends on"),
        column("span", "span", "Uhrzeit | Zeit", "time"),
        column("begins", "time", "Uhrzeit von | Von | Beginn Uhrzeit", "begins"),
        column("ends", "time", "Uhrzeit bis | Bis | Ende Uhrzeit", "ends"),
        column("mode", "choice", "Form | Format", "mode", choices=SESSION_MODE),
        *place(),
        column("seats", "integer", "Plätze | Sitzplätze | Kapazität", "seats"),
        column("booked", "integer", "Gebucht | Anmeldungen | Belegt", "booked"),
        column("waiting", "integer", "Wartende | Warteliste", "waiting list"),
        column("cost_eur", "decimal", "Kosten in Euro | Kosten", "cost in euros"),
        contact(),
        status(SESSION_STATUS),
        *ending(),
    ),
    same_by=("course_id", "starts_on"),
    same_if_given=("begins",),
    named_by=("course_id", "starts_on"),
)

_CONTACT_POINTS = Kind(
    "contact-points",
    "contact_point",
    (
        key("contact_point", "contact point"),
        column("name", "text", "Anlaufstelle | Name | Bezeichnung", "contact point", True),
        organization(),
        column("audiences", "choices", "Für wen | Zielgruppe | Zielgruppen", "for whom | audiences", choices=AUDIENCES),
        description(),
        *place(),
        contact(),
        languages(),
        column("opening_hours", "opening", "Öffnungszeiten | Sprechzeiten | Zeiten", "opening hours"),
        website(),
        status(STATUS),
        *ending(),
    ),
    same_by=("organization_id", "name"),
)

_CONTACTS = Kind(
    "contacts",
    "contact",
    (
        key("contact", "contact"),
        column("role", "text", "Funktion | Rolle | Aufgabe | Zuständigkeit", "role | function", True),
        organization(),
        column("name", "text", "Name | Ansprechperson | Ansprechpartner | Ansprechpartner/in", "contact person"),
        column("email", "email", "E-Mail | Mail | E-Mail-Adresse", "email"),
        column("phone", "text", "Telefon | Tel. | Telefonnummer", "phone"),
        languages(),
        column("consent_scope", "choice", "Einwilligung | Einwilligung für", "consent | consent for", choices=CONSENT),
        column("consent_on", "date", "Einwilligung am | Einwilligung vom", "consent on"),
        column("consent_source", "text", "Einwilligung liegt vor als | Nachweis der Einwilligung", "consent source"),
        column("consent_until", "date", "Einwilligung bis", "consent until"),
        column("last_reached_on", "date", "Zuletzt erreicht am | Zuletzt erreicht", "last reached on"),
        status(RECORD_STATUS),
        *last(),
    ),
    same_by=("organization_id", "role"),
    same_if_given=("name",),
    named_by=("organization_id", "role"),
)

_LOCATIONS = Kind(
    "locations",
    "location",
    (
        key("location", "location"),
        column("name", "text", "Ort | Name | Bezeichnung | Name des Ortes", "location | place | venue", True),
        column("street", "text", "Straße | Adresse | Anschrift | Straße und Hausnummer", "street | address"),
        column("postcode", "postcode", "PLZ | Postleitzahl", "postcode | zip"),
        column(
            "district_id", "reference", "Stadtbezirk | Bezirk | Stadtteil | Ortsteil", "district", target="district"
        ),
        column("lat", "coordinate", "Breitengrad | Breite | Geografische Breite", "latitude"),
        column("lon", "coordinate", "Längengrad | Länge | Geografische Länge", "longitude | lng"),
        column("barrier_free", "boolean", "Barrierefrei | Barrierearm | Rollstuhlgerecht", "barrier-free | accessible"),
        status(RECORD_STATUS),
        *last(),
    ),
    same_by=("name",),
)

_SURVEYS = Kind(
    "surveys",
    "survey",
    (
        key("survey", "survey"),
        column("theme_id", "reference", "Thema | Handlungsfeld", "theme", True, "theme"),
        column("district_id", "reference", "Stadtbezirk | Bezirk | Stadtteil | Ortsteil", "district", True, "district"),
        column(
            "state", "choice", "Erhebung | Stand der Erhebung | Status", "survey | state", True, choices=SURVEY_STATE
        ),
        column("surveyed_on", "date", "Erhoben am | Datum", "surveyed on | date"),
        column("surveyed_by", "text", "Erhoben von", "surveyed by"),
        column("method", "text", "Methode | Verfahren", "method"),
        column("reason", "text", "Grund | Begründung", "reason"),
    ),
    same_by=("theme_id", "district_id"),
)

KINDS = {
    kind.name: kind
    for kind in (_ORGANIZATIONS, _INITIATIVES, _COURSES, _SESSIONS, _CONTACT_POINTS, _CONTACTS, _LOCATIONS, _SURVEYS)
}
HEADERS = frozenset(header for kind in KINDS.values() for field in kind.fields for header in field.headers)
