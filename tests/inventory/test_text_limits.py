"""How long a text may be and which signs it may have: the same in the form and in the import, and said."""

from pathlib import Path

import pytest

from esdash import exports
from esdash.inventory import Inventory, editing, importing
from esdash.texts import Text
from tests.people import ADA, TESTER


@pytest.fixture
def inventory(tiny: Inventory) -> Inventory:
    path = Path(__file__).parent / "cases" / "org.csv"
    importing.run(tiny, importing.plan(tiny, path, "organizations"), TESTER, backup=False)
    return tiny


def entered(inventory: Inventory, **values: str) -> editing.Faulty | None:
    """Save a new offer from the form; what it refuses, else None."""
    said = {"name": "Chor", "organization_id": "verein-muster", **values}
    try:
        editing.save(inventory, "initiative", said, None, ADA, None, editing.new_key())
    except editing.Faulty as faulty:
        return faulty
    return None


def listed(inventory: Inventory, tmp_path: Path, **values: str) -> importing.Plan:
    """Import a new offer from a list."""
    path = tmp_path / "liste.csv"
    said = {"Angebot": "Chor", "Träger": "Verein Muster", **values}
    rows = (";".join(said), ";".join(f'"{value}"' for value in said.values()))
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return importing.plan(inventory, path, "initiatives")


@pytest.mark.parametrize(
    ("field", "heading", "most"),
    [("name", "Angebot", 200), ("cost", "Kosten", 200), ("description", "Beschreibung", 5000), ("note", "Notiz", 5000)],
)
def test_one_limit_in_form_and_import(
    inventory: Inventory, tmp_path: Path, field: str, heading: str, most: int
) -> None:
    faulty = entered(inventory, **{field: "x" * (most + 1)})
    assert faulty is not None and [fault.field for fault in faulty.faults] == [field]
    count, limit = (f"{n:,}".replace(",", ".") for n in (most + 1, most))
    words = f"Der Text hat {count} Zeichen, möglich sind hier {limit}."
    assert Text().error(faulty.faults[0].error)[0] == words
    plan = listed(inventory, tmp_path, **{heading: "x" * (most + 1)})
    (fault,) = plan.faults
    assert Text().error(fault.error)[0] == f"Zeile 2, Spalte „{heading}“: {words}"
    assert fault.whole_row == (field == "name")
    assert listed(inventory, tmp_path, **{heading: "x" * most}).faults == ()
    assert entered(inventory, **{field: "x" * most}) is None


def test_a_million_letters_are_refused_in_short_words(inventory: Inventory) -> None:
    faulty = entered(inventory, name="n" * 1_000_000)
    assert faulty is not None and len(" ".join(Text().error(faulty.faults[0].error))) < 200
    wrong = entered(inventory, website="nur " + "x" * 1_000_000)
    assert wrong is not None and len(" ".join(Text().error(wrong.faults[0].error))) < 200


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("Chor\x00 der\x07 Stadt", "Chor der Stadt"),
        ("Chor\x0bder Stadt", "Chorder Stadt"),
        ("Chor\u00a0der\u2009Stadt\u200b", "Chor der Stadt"),
        ("Cafe\u0301 der Sta\u00addt", "Café der Stadt"),
        ("\ud83dChor", "Chor"),
    ],
)
def test_control_signs_are_removed_the_same_way(inventory: Inventory, tmp_path: Path, written: str, kept: str) -> None:
    assert entered(inventory, name=written) is None
    assert inventory.value("SELECT name FROM inventory.initiative") == kept
    if not written.startswith("\ud83d") and "\x00" not in written:  # no file can hold them
        plan = listed(inventory, tmp_path, Angebot=written)
        assert [(row.state, row.values) for row in plan.rows] == [("unchanged", {})]


def test_signs_that_a_script_needs_stay(inventory: Inventory) -> None:
    assert entered(inventory, name="می\u200cخواهم", description="eins\n\nzwei") is None
    row = inventory.rows("SELECT name, description FROM inventory.initiative")[0]
    assert row == {"name": "می\u200cخواهم", "description": "eins\n\nzwei"}


def test_what_the_form_takes_comes_back_from_our_own_file(inventory: Inventory, tmp_path: Path) -> None:
    refused = entered(inventory, name="Z" + "\u0301" * 600)
    assert refused is not None and refused.faults[0].error.key == "edit_not_text"
    assert Text().error(refused.faults[0].error)[0].endswith("Auf einem Buchstaben liegen zu viele Zeichen.")
    assert entered(inventory, name="Z" + "\u0301" * 60) is None
    path = tmp_path / "export.csv"
    path.write_bytes(exports.plain_csv(inventory.frame("FROM inventory.initiative")))
    again = importing.plan(inventory, path, "initiatives")
    assert (again.counts["unchanged"], again.faults) == (1, ())
