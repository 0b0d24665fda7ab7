"""The kind of a table that nobody names: told by its tags and headers, never by a guess that overwrites."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from esdash.errors import UserError
from esdash.inventory import Inventory, importing
from esdash.model.kinds import KINDS
from tests.people import ADA

CASES = Path(__file__).with_name("cases")
Planned = Callable[..., importing.Plan]


@pytest.fixture
def planned(tiny: Inventory, tmp_path: Path) -> Planned:
    """The plan of some lines, or of a case, after "Verein Muster" and "Kulturhaus Beispiel" have come in."""
    importing.run(tiny, importing.plan(tiny, CASES / "two_orgs.csv"), ADA)

    def planned(*lines: str, name: str = "tabelle.csv", **options: Any) -> importing.Plan:
        if len(lines) == 1:
            return importing.plan(tiny, CASES / lines[0], **options)
        (tmp_path / name).write_text("\n".join(lines), encoding="utf-8")
        return importing.plan(tiny, tmp_path / name, **options)

    return planned


def kind_of(planned: Planned, *lines: str, **options: Any) -> str:
    """The kind that is guessed, or the key of the refusal."""
    try:
        return planned(*lines, **options).kind.name
    except UserError as error:
        return error.key


def test_a_carrier_beside_a_facility_is_the_carrier(planned: Planned) -> None:
    plan = planned("facilities_with_carrier.csv")
    assert (plan.kind.name, plan.counts["new"], plan.counts["changed"]) == ("contact-points", 3, 0)
    assert [row.values["organization_id"] for row in plan.rows] == [
        "verein-muster",
        "verein-muster",
        "kulturhaus-beispiel",
    ]


@pytest.mark.parametrize(
    ("header", "kind"),
    [
        ("Name der Einrichtung;Betreiber;Anschrift;Fon", "contact-points"),
        ("Beratungsstelle;Trägerschaft;Adresse;Tel.;Sprechzeiten", "contact-points"),
        ("Angebot;Verein;Telefon;Straße;PLZ;Homepage", "initiatives"),  # an organisation would know more columns
        ("Maßnahme;Organisation;Kurzname;Telefon;E-Mail;PLZ", "initiatives"),
        ("Veranstaltung;Veranstalter;Termin;Ortsteil", "initiatives"),
        ("Kursname;Anbieter;Stunden", "courses"),
        ("Kurs;Anbieter;Termin;Uhrzeit", "sessions"),
        ("Funktion;Träger;Tel.", "contacts"),
        ("Verein;Ansprechpartner/in;Tel.;E-Mail-Adresse", "organizations"),
        ("Organisation;Ort;Straße;PLZ", "organizations"),
        ("Name des Ortes;Anschrift;Ortsteil", "locations"),
        ("Farbe;Form", "import_kind_unclear"),
        ("Angebot;Ort;Straße", "import_column_missing"),  # plainly offers, of nobody
        ("Beratungsstelle;Tel.", "import_column_missing"),
        ("Name;Organisation", "import_kind_ambiguous"),
    ],
)
def test_kinds_by_their_headers(planned: Planned, header: str, kind: str) -> None:
    cells = ";".join("x" for _ in header.split(";"))
    assert kind_of(planned, header, cells) == kind


@pytest.mark.parametrize(
    "header",
    ["Angebot;Angebot;Organisation", "Projekt;Maßnahme;Träger;Plätze", "Angebot;Zielgruppe;Zielgruppe;Verein"],
)
def test_a_doubled_heading_never_makes_organisations(planned: Planned, header: str) -> None:
    cells = ";".join("Sprachwerkstatt" for _ in header.split(";"))
    with pytest.raises(UserError, match="import_column_twice"):
        planned(header, cells)


@pytest.mark.parametrize("column", ["Themengebiet", "Was wir tun"])
def test_a_guess_in_doubt_changes_no_known_record(planned: Planned, tiny: Inventory, column: str) -> None:
    lines = f"{column};Organisation;Straße", "Lesekreis;Verein Muster;Anderswo 1", "Chor;Neuer Verein;Neue Straße 2"
    plan = planned(*lines)
    assert (plan.kind.name, plan.columns.guessed) == ("organizations", True)
    assert [row.state for row in plan.rows] == ["open", "new"]
    assert [notice.key for notice in plan.notices][:1] == ["import_kind.notice_guessed"]
    (question,) = plan.unanswered
    assert (question.topic, question.values["n"]) == ("kind", 1)
    importing.run(tiny, plan, ADA)
    assert tiny.value("SELECT street FROM organization WHERE name = 'Verein Muster'") is None
    for answer, state in (("right", "changed"), ("skip", "skipped")):
        answers = importing.Answers({question.key: answer})
        again = importing.plan_table(tiny, plan.table, None, importing.Mapping(), answers=answers)
        assert again.rows[0].state == state
    said = planned(*lines, kind="organizations")
    assert (said.rows[0].state, said.questions) == ("changed", ())


@pytest.mark.parametrize("name", ["Anderes", "Kurstitel (Herbst)"])
def test_organisations_that_repeat_beside_unknown_columns_are_carriers(planned: Planned, name: str) -> None:
    rows = f"{name};Organisation;Straße", "A;Verein Muster;Weg 1", "B;Verein Muster;Weg 2"
    assert kind_of(planned, *rows) in ("import_kind_unclear", "courses")


def test_names_of_sheets_and_files_tell_the_kind(planned: Planned) -> None:
    lines = "Name;Organisation", "A;Verein Muster"
    assert kind_of(planned, *lines, name="Sprachangebote 2026.csv") == "initiatives"
    assert kind_of(planned, *lines, name="Liste_Beratungsstellen.csv") == "contact-points"
    assert kind_of(planned, *lines, name="Kurse und Angebote.csv") == "import_kind_ambiguous"
    assert kind_of(planned, *lines, name="Liste.csv") == "import_kind_ambiguous"


def test_tags_decide_the_kind(planned: Planned) -> None:
    plan = planned("hxl_3w.csv")
    assert plan.kind.name == "initiatives"
    assert plan.rows[0].values | {"theme_ids": ["german_courses"]} == plan.rows[0].values
    assert (plan.rows[0].values["organization_id"], plan.rows[0].values["name"]) == ("verein-muster", "Lesekreis")
    assert plan.unmatched == ("#adm1+name",)
    plan = planned("hxl_org_list.csv")
    assert (plan.kind.name, plan.matched) == (
        "organizations",
        {
            "#org+name": KINDS["organizations"].field("name").label,
            "#adm5+name": KINDS["organizations"].field("district_id").label,
            "#contact+url": KINDS["organizations"].field("website").label,
        },
    )
    assert [fault.column for fault in plan.faults] == ["#adm5+name"]  # "Süd" is no district of this city


@pytest.mark.parametrize(
    ("tags", "kind"),
    [
        ("#org,#contact+phone,#loc+street", "organizations"),
        ("#org+name,#loc+name,#loc+street", "contact-points"),
        ("#loc+name,#geo+lat,#geo+lon", "locations"),
        ("#org,#sector,#adm5+name", "import_column_missing"),  # who does what, without what it is called
    ],
)
def test_kinds_by_their_tags(planned: Planned, tags: str, kind: str) -> None:
    assert kind_of(planned, "Who,What,Where", tags, "A,1,2") == kind


def test_the_name_of_records_stands_once(planned: Planned) -> None:
    """Beside a name of its own, the word for the carrier or the town is no name, in a stated kind as well."""
    plan = planned("Name;Träger;Kurzname", "Haus;Verein Muster;H", kind="organizations")
    assert (plan.unmatched, plan.rows[0].values["name"]) == (("Träger",), "Haus")
    plan = planned("Bezeichnung;Ort;Straße", "Haus Nord;Musterstadt;Weg 1", kind="locations")
    assert (plan.unmatched, plan.rows[0].values["name"]) == (("Ort",), "Haus Nord")
    with pytest.raises(UserError, match="import_column_missing"):
        planned("Einrichtung;Träger", "Haus;Verein Muster", kind="organizations")
