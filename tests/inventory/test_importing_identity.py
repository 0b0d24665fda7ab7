"""Name alone is no identity: what tells apart offers, contacts, places of one name, and what is asked."""

from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from esdash.analysis.duplicates import duplicates, resembling
from esdash.inventory import Inventory, importing, merging
from esdash.inventory.access import Action
from tests.first_state import Lender
from tests.people import ADA, TEST

CASES = Path(__file__).with_name("cases")
Load = Callable[..., importing.Plan]


@pytest.fixture
def dessau(lender: Lender, empty_dessau: Path, clock: Callable[[], datetime]) -> Iterator[Inventory]:
    """A city with the districts that the cases name."""
    with lender.lend(empty_dessau.read_bytes(), clock) as inventory:
        yield inventory


@pytest.fixture
def load(dessau: Inventory, tmp_path: Path) -> Load:
    """Import a case, or lines as a CSV file; `say`: the answer to every question, or one for each topic."""
    organizations = {"nhm": "Nachbarschaftshaus Muster", "verein": "Verein Muster", "vbm": "Verein Brücke Muster e. V."}
    with dessau.change(TEST, Action.EDIT_RECORDS) as change:
        change.insert("organization", [{"organization_id": k, "name": n} for k, n in organizations.items()])

    def load(*lines: str, say: str | dict[str, str] | None = None, **options: Any) -> importing.Plan:
        path = CASES / lines[0]
        if len(lines) > 1:
            path = tmp_path / "liste.csv"
            path.write_text("\n".join(lines), encoding="utf-8")
        plan = importing.plan(dessau, path, **options)
        if say:
            given = {q.key: say if isinstance(say, str) else say[q.topic] for q in plan.questions}
            plan = importing.plan(dessau, path, answers=importing.Answers(given), **options)
        importing.run(dessau, plan, ADA)
        importing.learn(dessau, plan, ADA)
        return plan

    return load


def states(plan: importing.Plan) -> list[str]:
    return [row.state for row in plan.rows]


def offers(dessau: Inventory) -> list[tuple[str, str | None]]:
    rows = dessau.rows(
        "SELECT i.name, l.name AS place FROM inventory.initiative AS i LEFT JOIN inventory.location AS l "
        "USING (location_id) ORDER BY ALL"
    )
    return [(row["name"], row["place"]) for row in rows]


def test_one_offer_at_two_places_is_two(dessau: Inventory, load: Load) -> None:
    assert states(load("same_offer_two_places.csv", kind="initiatives")) == ["new", "new"]
    assert offers(dessau) == [("Sprachcafé", "Haus Nord"), ("Sprachcafé", "Haus Süd")]
    assert states(load("same_offer_two_places.csv", kind="initiatives")) == ["unchanged", "unchanged"]


def test_a_list_with_both_places_after_one_with_the_first(dessau: Inventory, load: Load) -> None:
    load("c03_nord.csv")
    assert states(load("c03_both.csv")) == ["unchanged", "new"]
    assert states(load("c03_rosslau.csv")) == states(load("c03_nord.csv")) == ["unchanged"]


@pytest.mark.parametrize(
    ("say", "state", "places"),
    [
        (None, "open", ["Haus Nord"]),
        ("skip", "skipped", ["Haus Nord"]),
        ("another", "new", ["Haus Nord", "Haus Roßlau"]),
        ("same", "changed", ["Haus Roßlau"]),
    ],
)
def test_the_other_place_is_asked_about(
    dessau: Inventory, load: Load, say: str | None, state: str, places: list[str]
) -> None:
    load("c03_nord.csv", sender="Nord")
    plan = load("c03_rosslau.csv", say=say, sender="Nord")
    assert states(plan) == [state]
    (question,) = [question for question in plan.questions if question.topic == "moved"]
    assert (question.row, question.answers) == (2, ("same", "another", "skip"))
    assert {difference.field for difference in question.differences} == {"location_id", "times"}
    assert [place for _, place in offers(dessau)] == places
    again = load("c03_rosslau.csv", sender="Nord")  # the answer holds for the sender's next file
    assert states(again) == [{"new": "unchanged", "changed": "unchanged"}.get(state, state)]
    assert [place for _, place in offers(dessau)] == places


@pytest.mark.parametrize(
    ("first", "second", "state"),
    [
        ("Treff;Verein Muster;Mo 9-11;;", "Treff;Verein Muster;Mo 10-12;;", "changed"),  # the same day: it has changed
        ("Treff;Verein Muster;Mo 9-11;;", "Treff;Verein Muster;Do 9-11;;", "open"),
        ("Fest;Verein Muster;;1.3.2027;2.3.2027", "Fest;Verein Muster;;5.6.2027;6.6.2027", "open"),
        ("Kurs;Verein Muster;;1.3.2027;30.9.2027", "Kurs;Verein Muster;;8.3.2027;30.9.2027", "changed"),
        ("Treff;Verein Muster;;;", "Treff;Verein Muster;Do 9-11;1.3.2027;", "changed"),  # it only says more
    ],
)
def test_what_differs_as_an_update_does(load: Load, first: str, second: str, state: str) -> None:
    header = "Angebot;Organisation;Zeiten;Beginn;Ende"
    load(header, first)
    assert states(load(header, second)) == [state]


def test_rows_of_one_name_and_place(load: Load) -> None:
    header = "Angebot;Organisation;Zeiten;Plätze"
    plan = load(header, "A;Verein Muster;;5", "A;Verein Muster;;5", "A;Verein Muster;;6", "A;Verein Muster;Mo 9-11;5")
    assert [fault.error.key for fault in plan.faults] == ["import_repeated"]
    assert states(plan) == ["new", "faulty", "open", "open"]
    assert [question.topic for question in plan.questions] == ["twice", "twice"]
    assert states(load(header, "B;Verein Muster;Mo 9-11;", "B;Verein Muster;Di 9-11;", say="skip")) == ["new", "new"]


def test_an_answer_follows_a_merged_record_and_goes_with_one_that_is_gone(dessau: Inventory, load: Load) -> None:
    header = "Angebot;Organisation;Ort;Straße"
    first, other = "Treff;Verein Muster;Haus A;Weg 1", "Treff;Verein Muster;Haus B;Gasse 2"
    load(header, first, "Kreis;Verein Muster;Haus C;Weg 3")
    assert states(load(header, other, sender="Nord", say="skip")) == ["skipped"]
    with dessau.change(TEST, Action.EDIT_RECORDS) as change:
        change.update("initiative", [{"initiative_id": "kreis", "name": "Treff"}])
    merging.merge(dessau, "initiative", "kreis", "treff", {}, ADA)
    again = load(header, other, sender="Nord")
    assert (states(again), [question.record_id for question in again.questions]) == (["skipped"], ["kreis"])
    assert states(load(header, other, sender="Süd")) == ["open"]  # another sender has not answered
    with dessau.change(TEST, Action.EDIT_RECORDS) as change:
        change.update("initiative", [{"initiative_id": "kreis", "status": "archived"}])
        change.insert("initiative", [{"initiative_id": "neu", "organization_id": "verein", "name": "Treff"}])
        change.update("initiative", [{"initiative_id": "neu", "location_id": "haus-a"}])
    assert states(load(header, other, sender="Nord")) == ["open"]  # about another record: asked again


def test_dated_events_of_one_title_are_no_duplicates(dessau: Inventory, load: Load) -> None:
    assert states(load("same_title_other_date.csv")) == ["new", "new"]
    assert duplicates.pairs(dessau, "initiative").empty
    header, name = "Angebot;Träger;Beginn;Ende", "Fortbildung Sprachsensibler Unterricht in der Beratung"
    lines = (f"{name} - Modul 3;Verein Muster;07.06.2027;08.06.2027", f"{name};Verein Muster;05.07.2027;06.07.2027")
    plan = load(header, *lines)
    assert resembling.of(dessau, plan) == {}
    moved = load(header, f"{name} - Modul 1;Verein Muster;08.03.2027;09.03.2027")
    assert [question.topic for question in moved.questions] == ["moved"]  # the same title on another day is asked about


def test_contacts_of_one_function(dessau: Inventory, load: Load) -> None:
    """Two functions of one name are two by their phones; one person with two numbers is asked about."""
    first = load("c30_same_names.csv", kind="contacts")
    assert states(first) == ["new", "open", "new", "new", "new", "new"]
    nobody = dessau.rows("SELECT name FROM inventory.contact WHERE role = 'Leitung'")
    assert nobody == [{"name": None}] * 2  # N.N. and NN are no persons; that they were read as unknown is said
    assert [notice.key for notice in first.notices] == ["import.notice_unknown"]
    again = load("c30_same_names.csv", kind="contacts")
    assert states(again) == ["unchanged", "open", *["unchanged"] * 4]
    assert [question.topic for question in again.questions] == ["twice"]
    header = "Funktion;Organisation;Telefon;Notiz"
    assert states(load(header, "Beratung;Nachbarschaftshaus Muster;0340-444;neu", kind="contacts")) == ["changed"]
    assert states(load(header, "Beratung;Nachbarschaftshaus Muster;0340 999;neu", kind="contacts")) == ["open"]


# ---------------------------------------------------------------- dates of trainings


HEADER = "Schulung;Organisation;Datum;Uhrzeit;Straße;Status"


def grundkurs(*dates: str) -> list[str]:
    return [HEADER, *(f"Grundkurs;Verein Muster;{date}" for date in dates)]


@pytest.fixture
def course(dessau: Inventory, load: Load) -> None:
    with dessau.change(TEST, Action.EDIT_RECORDS) as change:
        change.insert("course", [{"course_id": "g", "organization_id": "verein", "name": "Grundkurs"}])


def dates(dessau: Inventory) -> list[tuple[str, str]]:
    rows = dessau.rows("SELECT starts_on, begins, status FROM inventory.session ORDER BY starts_on, begins")
    return [
        (f"{row['starts_on']:%d.%m.}" + (f" {row['begins']:%H}" if row["begins"] else ""), row["status"])
        for row in rows
    ]


@pytest.mark.usefixtures("course")
def test_a_renewed_list_moves_dates(dessau: Inventory, load: Load) -> None:
    load(*grundkurs("05.03.2027;;;", "12.03.2027;;;"), sender="VHS", kind="sessions")
    renewed = grundkurs("05.03.2027;;;", "19.03.2027;;;", "26.04.2027;;;")
    plan = load(*renewed, sender="VHS", kind="sessions")
    (question,) = plan.questions
    assert (question.topic, question.row, states(plan)) == ("moved", 3, ["unchanged", "open", "new"])
    (moved,) = question.differences
    assert (moved.field, str(moved.before), str(moved.after)) == ("starts_on", "2027-03-12", "2027-03-19")
    assert states(load(*renewed, sender="VHS", kind="sessions", say="same")) == ["unchanged", "changed", "unchanged"]
    assert [day for day, _ in dates(dessau)] == ["05.03.", "19.03.", "26.04."]
    assert load(*renewed, sender="VHS", kind="sessions").questions == ()


@pytest.mark.usefixtures("course")
def test_dates_of_another_sender_are_not_moved(dessau: Inventory, load: Load) -> None:
    load(*grundkurs("05.03.2027;;;"), sender="VHS", kind="sessions")
    for sender in (None, "Jobcenter"):
        assert states(load(*grundkurs("06.04.2027;;;"), sender=sender, kind="sessions"))[0] in ("new", "unchanged")
    assert [day for day, _ in dates(dessau)] == ["05.03.", "06.04."]
    # the carrier's own list names all dates of its trainings
    plan = load(*grundkurs("05.03.2027;;;", "07.04.2027;;;"), sender="verein muster", kind="sessions")
    assert states(plan) == ["unchanged", "open"]


@pytest.mark.usefixtures("course")
def test_two_runs_on_one_day_are_two(dessau: Inventory, load: Load) -> None:
    runs = grundkurs(
        "05.03.2027;9:00-10:00;Markt 1;", "05.03.2027;14:00-15:00;Markt 1;", "05.03.2027;14:00-15:00;Gasse 2;"
    )
    assert states(load(*runs, sender="VHS", kind="sessions")) == ["new", "new", "new"]
    assert states(load(*runs, sender="VHS", kind="sessions")) == ["unchanged"] * 3
    assert states(load(*runs[:1], *runs[:0:-1], sender="VHS", kind="sessions")) == ["unchanged"] * 3
    plan = load(*runs[:3], grundkurs("05.03.2027;15:00-16:00;Gasse 2;")[1], sender="VHS", kind="sessions")
    assert [(q.topic, [d.field for d in q.differences]) for q in plan.questions] == [("moved", ["begins", "ends"])]


@pytest.mark.usefixtures("course")
@pytest.mark.parametrize(("say", "status"), [(None, "planned"), ("keep", "planned"), ("cancelled", "cancelled")])
def test_dates_that_a_list_no_longer_names(dessau: Inventory, load: Load, say: str | None, status: str) -> None:
    load(*grundkurs("01.02.2026;;;", "05.03.2027;;;", "12.03.2027;;;"), sender="VHS", kind="sessions")
    renewed = grundkurs("12.03.2027;;;")
    plan = load(*renewed, sender="VHS", kind="sessions", say=say)
    (question,) = plan.questions
    assert (question.topic, question.row, question.label) == (
        "missing",
        0,
        "Grundkurs · 05.03.2027",
    )  # not what is past
    assert dates(dessau) == [("01.02.", "planned"), ("05.03.", status), ("12.03.", "planned")]
    if say == "cancelled":
        assert [one.table for one in plan.beside] == ["session"]
        importing.undo(dessau, plan.import_run_id, ADA)
        assert dates(dessau)[1] == ("05.03.", "planned")
    elif say == "keep":
        assert load(*renewed, sender="VHS", kind="sessions").unanswered == ()


def test_offers_that_a_list_no_longer_names(dessau: Inventory, load: Load) -> None:
    header = "Angebot;Organisation"
    names = ["A", "B", "C", "D"]
    load(header, *(f"{name};Verein Muster" for name in names), sender="VHS")
    load(header, "E;Verein Muster", sender="Jobcenter")
    plan = load(header, *(f"{name};Verein Muster" for name in names[:3]), sender="vhs", say="ended")
    assert [(question.topic, question.label) for question in plan.questions] == [("missing", "D")]
    ended = dessau.rows("SELECT name FROM inventory.initiative WHERE status = 'ended'")
    assert [row["name"] for row in ended] == ["D"]
    other = load(header, "A;Verein Muster", "F;Verein Muster", sender="VHS")  # a list of something else
    assert other.questions == ()
    assert [notice.values for notice in other.notices if notice.key == "import_ask.notice_other_list"] == [
        {"named": 1, "known": 3}
    ]


@pytest.mark.usefixtures("course")
@pytest.mark.parametrize("begin", ["24:00", "24 Uhr", "24.00 Uhr"])
def test_a_begin_at_24_is_not_midnight_of_the_same_day(dessau: Inventory, load: Load, begin: str) -> None:
    plan = load("Schulung;Datum;Beginn", f"Grundkurs;05.03.2027;{begin}", kind="sessions")
    assert [fault.error.key for fault in plan.faults] == ["import_not_time"]
    assert dessau.value("SELECT max(begins) FROM inventory.session") is None


@pytest.mark.usefixtures("course")
@pytest.mark.parametrize("again", [("12.03.2027;;;",), ("12.03.2027;;;", "05.03.2027;;;")])
def test_what_a_list_ended_is_not_ended_again_by_itself(dessau: Inventory, load: Load, again: tuple[str, ...]) -> None:
    """An answer that cancels holds for one file: whoever undoes the import took it back."""
    load(*grundkurs("05.03.2027;;;", "12.03.2027;;;"), sender="VHS", kind="sessions")
    plan = load(*grundkurs("12.03.2027;;;"), sender="VHS", kind="sessions", say="cancelled")
    importing.undo(dessau, plan.import_run_id, ADA)
    load(*grundkurs(*again), sender="VHS", kind="sessions")
    assert dates(dessau) == [("05.03.", "planned"), ("12.03.", "planned")]


@pytest.mark.parametrize(
    ("status", "row", "said"),
    [
        ("archived", "A;Verein Muster;", True),
        ("ended", "A;Verein Muster;", True),
        ("ended", "A;Verein Muster;31.12.2027", True),
        ("ended", "A;Verein Muster;31.12.2025", False),
        ("active", "A;Verein Muster;", False),
    ],
)
def test_a_list_names_what_is_no_longer_on(dessau: Inventory, load: Load, status: str, row: str, said: bool) -> None:
    load("Angebot;Organisation", "A;Verein Muster", kind="initiatives")
    with dessau.change(TEST, Action.EDIT_RECORDS) as change:
        change.update("initiative", [{"initiative_id": "a", "status": status, "version": 1}])
    plan = load("Angebot;Organisation;Ende", row, kind="initiatives")
    notices = [notice.values["rows"] for notice in plan.notices if notice.key == "import.notice_status_stays"]
    assert notices == (["2, Angebot („A“)"] if said else [])


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        ("a;Leitung;Verein Muster;Eva Neu;", ["import_needs_consent"]),
        ("a;Leitung;Verein Muster;Eva Neu;öffentlich", []),
        ("a;Leitung;Verein Muster;BO  LI;", []),
        ("a;Leitung;Verein Muster;;", []),
    ],
)
def test_consent_is_of_the_person_and_not_of_the_function(
    dessau: Inventory, load: Load, row: str, fault: list[str]
) -> None:
    person = {"name": "Bo Li", "consent_scope": "public"}
    with dessau.change(TEST, Action.EDIT_RECORDS) as change:
        change.insert("contact", [{"contact_id": "a", "organization_id": "verein", "role": "Leitung", **person}])
    plan = load("Kennung;Funktion;Organisation;Name;Einwilligung", row, kind="contacts")
    assert [one.error.key for one in plan.faults] == fault
    name = dessau.value("SELECT name FROM inventory.contact")
    assert name == ("Eva Neu" if "öffentlich" in row else "BO  LI" if "BO" in row else "Bo Li")


@pytest.mark.usefixtures("course")
def test_a_date_from_elsewhere_that_moves_by_days_is_asked_about(dessau: Inventory, load: Load) -> None:
    """Nobody remembers who sent a list in which everything was known."""
    load(*grundkurs("05.03.2027;;;"), sender="VHS", kind="sessions")
    assert states(load(*grundkurs("20.03.2027;;;"), kind="sessions")) == ["new"]  # of nobody: it renews nothing
    plan = load(*grundkurs("12.03.2027;;;"), sender="Jobcenter", kind="sessions")
    assert (states(plan), [question.topic for question in plan.questions]) == (["open"], ["moved"])
    load(*grundkurs("12.03.2027;;;"), sender="Jobcenter", kind="sessions", say="same")
    assert [day for day, _ in dates(dessau)] == ["12.03.", "20.03."]


def test_consent_stays_with_the_person_whose_name_stays(load: Load) -> None:
    head = "Kennung des Kontakts;Funktion;Organisation;Name;Einwilligung;Einwilligung am"
    load(head.replace("Kennung des Kontakts", "contact_id"), "k;Leitung;Verein Muster;Ada Muster;öffentlich;01.02.2026")
    changed = (
        head.replace("Kennung des Kontakts", "contact_id"),
        "k;Leitung;Verein Muster;Bea Muster;intern;01.03.2026",
    )
    plan = load(*changed, kind="contacts", answers=importing.Answers(declined=frozenset({(2, "name")})))
    assert (plan.rows[0].differences, len(plan.rows[0].declined)) == ((), 3)


def test_what_a_row_names_that_is_archived_is_said(dessau: Inventory, load: Load) -> None:
    with dessau.change(TEST, Action.EDIT_RECORDS) as change:
        change.update("organization", [{"organization_id": "nhm", "status": "archived"}])
    plan = load("Angebot;Organisation", "Chor;Nachbarschaftshaus Muster", "Tanz;Verein Muster", kind="initiatives")
    (notice,) = [one for one in plan.notices if one.key == "import.notice_archived"]
    assert notice.values["names"] == "„Nachbarschaftshaus Muster“ (2)"
