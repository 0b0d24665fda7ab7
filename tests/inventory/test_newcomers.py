"""Lists of partners: all rows of one carrier, and organisations that nobody knows yet."""

import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from esdash.errors import UserError
from esdash.inventory import Inventory, importing
from esdash.inventory.importing import Answers
from tests.people import ADA

CASES = Path(__file__).with_name("cases")
Planned = Callable[..., importing.Plan]
SECONDS = 4  # of computing, at most; about 1 with a core of its own


@pytest.fixture
def planned(tiny: Inventory, tmp_path: Path) -> Planned:
    """The plan of some lines, after "Verein Muster" and "Kulturhaus Beispiel" have come in."""
    importing.run(tiny, importing.plan(tiny, CASES / "two_orgs.csv"), ADA)

    def planned(*lines: str, name: str = "liste.csv", **options: Any) -> importing.Plan:
        (tmp_path / name).write_text("\n".join(lines), encoding="utf-8")
        return importing.plan(tiny, tmp_path / name, **options)

    return planned


def names(tiny: Inventory) -> list[str]:
    return [row["name"] for row in tiny.rows("SELECT name FROM inventory.organization ORDER BY name")]


def test_all_rows_belong_to_one_organisation(tiny: Inventory, planned: Planned) -> None:
    file = CASES / "own_list_without_carrier.csv"
    with pytest.raises(UserError, match="import_column_missing"):
        importing.plan(tiny, file, "initiatives")
    for options in ({"answers": Answers(owner="verein-muster")}, {"mapping": {"owner": "Verein Muster"}}):
        plan = importing.plan(tiny, file, **options)
        assert (plan.kind.name, [row.state for row in plan.rows]) == ("initiatives", ["new"])
        assert plan.rows[0].values["organization_id"] == "verein-muster"
    assert ("import_kind.notice_owner", {"owner": "Verein Muster"}) in [(n.key, n.values) for n in plan.notices]


def test_the_owner_is_remembered_of_the_sender(tiny: Inventory, planned: Planned) -> None:
    plan = planned(
        "Angebot;Ort", "Lesekreis;", sender="Muster", kind="initiatives", answers=Answers(owner="Verein Muster")
    )
    importing.run(tiny, plan, ADA)
    importing.learn(tiny, plan, ADA)
    later = planned("Angebot;Plätze", "Lesekreis;12", "Chor;", sender="muster")
    assert [(row.state, row.record_id) for row in later.rows] == [("changed", "lesekreis"), ("new", "chor")]
    with pytest.raises(UserError, match="import_column_missing"):
        planned("Angebot;Plätze", "Chor;", sender="anderer", kind="initiatives")


@pytest.mark.parametrize(
    ("header", "row", "kind"),
    [("Einrichtung;Straße", "Haus Nord;Weg 1", "contact-points"), ("Funktion;Tel.", "Leitung;0340 1", "contacts")],
)
def test_owned_lists_of_other_kinds(planned: Planned, header: str, row: str, kind: str) -> None:
    plan = planned(header, row, kind=kind, mapping={"owner": "Kulturhaus Beispiel"})
    assert (plan.faults, plan.rows[0].values["organization_id"]) == ((), "kulturhaus-beispiel")


def test_rows_with_an_organisation_keep_it(planned: Planned) -> None:
    plan = planned("Angebot;Träger", "A;Kulturhaus Beispiel", "B;", mapping={"owner": "Verein Muster"})
    assert [row.values["organization_id"] for row in plan.rows] == ["kulturhaus-beispiel", "verein-muster"]


@pytest.mark.parametrize(
    ("owner", "kind", "key"),
    [
        ("Verein Muste", "initiatives", "import_owner_near"),
        ("Niemand", "initiatives", "import_owner"),
        ("Verein Muster", "locations", "import_owner_of_none"),
    ],
)
def test_an_owner_that_cannot_be(planned: Planned, owner: str, kind: str, key: str) -> None:
    with pytest.raises(UserError, match=rf"^{key}:"):
        planned("Angebot;Name des Ortes", "A;B", kind=kind, mapping={"owner": owner})


LINES = (
    "Angebot;Träger;Quelle;Bestätigt am",
    "Lesekreis;Verein Muster;;",
    "Nähen;Nähstube Süd e. V.;Meldebogen;01.03.2026",
    "Kochen;Nähstube Süd;;",
    "Tanzen;Kulturhaus Beispeil;;",
    "Malen;Kunstverein;;",
)


def test_new_organisations_are_asked_about_once(planned: Planned) -> None:
    plan = planned(*LINES)
    assert [row.state for row in plan.rows] == ["new", "open", "open", "open", "open"]
    asked = [(q.topic, q.row, q.values["named"], q.values["n"], q.answers, dict(q.called)) for q in plan.unanswered]
    similar = {"kulturhaus-beispiel": "Kulturhaus Beispiel"}
    assert asked == [
        ("organization", 3, "Nähstube Süd e. V.", 2, ("create", "skip"), {}),
        ("organization", 5, "Kulturhaus Beispeil", 1, ("create", "kulturhaus-beispiel", "skip"), similar),
        ("organization", 6, "Kunstverein", 1, ("create", "skip"), {}),
    ]
    assert (plan.faults, plan.beside) == ((), ())


def test_a_new_organisation_is_made_and_undone_with_the_import(tiny: Inventory, planned: Planned) -> None:
    keys = [question.key for question in planned(*LINES).unanswered]
    answers = Answers(dict(zip(keys, ("create", "kulturhaus-beispiel", "skip"), strict=True)))
    plan = planned(*LINES, answers=answers, sender="Netzwerk")
    assert [row.state for row in plan.rows] == ["new", "new", "new", "new", "skipped"]
    assert [row.values.get("organization_id") for row in plan.rows[1:4]] == [
        *("naehstube-sued-e-v", "naehstube-sued-e-v", "kulturhaus-beispiel")
    ]
    (made,) = plan.beside
    assert (made.table, made.rows, made.version) == ("organization", (3, 4), None)
    said = {"organization_id": "naehstube-sued-e-v", "name": "Nähstube Süd e. V.", "source": "Meldebogen"}
    assert made.values == {**said, "assured_on": date(2026, 3, 1)}
    run = importing.run(tiny, plan, ADA)
    importing.learn(tiny, plan, ADA)
    assert names(tiny) == ["Kulturhaus Beispiel", "Nähstube Süd e. V.", "Verein Muster"]
    again = planned(*LINES, sender="Netzwerk")
    assert [row.state for row in again.rows] == ["unchanged"] * 4 + ["skipped"]
    assert again.unanswered == ()  # known now, or remembered of the sender
    importing.undo(tiny, run, ADA, "falsch")
    assert names(tiny) == ["Kulturhaus Beispiel", "Verein Muster"]


def test_nearly_the_same_new_names_can_be_one(planned: Planned) -> None:
    lines = "Einrichtung;Betreiber", "Haus A;Nachbarschaftsverein Ost", "Haus B;Nachbarschaftverein Ost e.V."
    first, second = planned(*lines).unanswered
    assert second.called == {"row2": "Nachbarschaftsverein Ost"}
    plan = planned(*lines, answers=Answers({first.key: "create", second.key: "row2"}))
    assert {row.values["organization_id"] for row in plan.rows} == {"nachbarschaftsverein-ost"}
    assert [one.rows for one in plan.beside] == [(2, 3)]
    plan = planned(*lines, answers=Answers({first.key: "skip", second.key: "row2"}))
    assert [row.state for row in plan.rows] == ["skipped", "skipped"]


def test_a_row_that_waits_says_all_its_faults(planned: Planned) -> None:
    plan = planned("Angebot;Träger;Status", "A;Neu;läuft aus", "B;Neu;aktiv")
    assert [row.state for row in plan.rows] == ["faulty", "open"]
    assert [fault.error.key for fault in plan.faults] == ["import_not_choice"]


@pytest.mark.parametrize("word", ["unbekannt", "#REF!", "x" * 201, "n/a"])
def test_what_is_no_name_is_not_asked_about(planned: Planned, word: str) -> None:
    plan = planned("Angebot;Träger", f"A;{word}", kind="initiatives")
    assert (plan.questions, plan.rows[0].state) == ((), "faulty")


def test_hundreds_of_new_names_are_asked_about_in_no_time(planned: Planned) -> None:
    lines = [f"Angebot {n};Verein zur Förderung der Nachbarschaft Nummer {n % 700}" for n in range(2300)]
    begin = time.process_time()
    plan = planned("Angebot;Träger", *lines)
    assert (len(plan.questions), plan.counts["open"]) == (700, 2300)
    assert time.process_time() - begin < SECONDS
