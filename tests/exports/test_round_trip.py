"""What leaves as a table comes back by the import: nothing is lost, nothing is added."""

from datetime import UTC, datetime
from pathlib import Path

import pandas as pd
import pytest

from esdash.exports import Column, Sheet, csv_file, xlsx_file
from esdash.inventory import create, importing, open_file
from esdash.texts import Text
from tests.people import TESTER

NOTES = ["Beispieldaten: alle Einträge sind erfunden.", "Stand 22.11.2026"]
COLUMNS = [
    Column("name", "Organisation"),
    Column("kind", "Art"),
    Column("phone", "Telefon"),
    Column("postcode", "PLZ"),
    Column("note", "Notiz"),
]
ROWS = [
    ("Café Grüße; Süd e. V.", "Verein", "+49 340 1234567", "06844", "=nicht rechnen"),
    ('Haus „Anker"', None, None, "01067", "-"),
]


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
@pytest.mark.parametrize("language", ["de", "en"])
def test_organizations(ending: str, language: str, tmp_path: Path) -> None:
    frame, text = pd.DataFrame(ROWS, columns=[column.name for column in COLUMNS]), Text(language)
    path = tmp_path / f"träger.{ending}"
    if ending == "csv":
        path.write_bytes(csv_file(frame, COLUMNS, text, NOTES))
    else:
        path.write_bytes(xlsx_file([Sheet("Träger", "Träger", frame, COLUMNS, NOTES)], text))

    create(tmp_path / "i.duckdb", "empty", lambda inventory: None, TESTER, lambda: datetime(2026, 11, 22, tzinfo=UTC))
    inventory = open_file(tmp_path / "i.duckdb")
    plan = importing.plan(inventory, path)
    importing.run(inventory, plan, TESTER)
    rows = inventory.rows("SELECT name, kind, phone, postcode, note FROM organization ORDER BY name")
    inventory.close()

    assert plan.faults == ()
    assert [row["name"] for row in rows] == ["Café Grüße; Süd e. V.", 'Haus „Anker"']
    assert rows[0] == dict(zip(rows[0], ROWS[0], strict=True))
    assert (rows[1]["kind"], rows[1]["phone"], rows[1]["postcode"]) == (None, None, "01067")
