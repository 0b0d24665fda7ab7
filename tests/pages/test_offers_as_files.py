"""The files of the page Initiativen: as many rows as the page says, with the filter in words."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable

import openpyxl
import pytest
from streamlit.testing.v1 import AppTest

from esdash.ui.widgets import files
from tests.pages.said import plain

QUERIES: list[tuple[dict[str, str], str]] = [
    ({}, "Ohne Auswahl"),
    ({"q": "sprachcafé"}, "Suche: „sprachcafé“"),
    ({"theme": "german_courses", "wanted": "yes"}, "Thema: Deutsch lernen · Ehrenamtliche: Ehrenamtliche gesucht"),
]


@pytest.mark.parametrize(("query", "said"), QUERIES, ids=["all", "search", "facets"])
def test_the_files_have_the_rows_that_the_page_says(
    app: Callable[..., AppTest], monkeypatch: pytest.MonkeyPatch, query: dict[str, str], said: str
) -> None:
    made: dict[str, Callable[[], bytes]] = {}
    monkeypatch.setattr(files, "_button", lambda label, data, name, key: made.__setitem__(key, data))
    visitor = app("example", "initiatives", **query)
    sentence = next(plain(part.value) for part in visitor.markdown if "im Bestand" in part.value)
    (n,) = re.findall(r"^(\d+) Angebote? von", sentence)
    assert any(caption.value.startswith(f"Die Dateien haben {n} Zeilen") for caption in visitor.caption)
    read = csv.DictReader(io.StringIO(made["initiatives_csv"]().decode("utf-8-sig")), delimiter=";")
    rows = list(read)
    assert len(rows) == int(n) > 0
    assert all(said in row["Zu diesen Daten"] for row in rows)
    assert all(row["Kennung"] and row["Träger"] for row in rows)
    sheet = openpyxl.load_workbook(io.BytesIO(made["initiatives_xlsx"]())).active
    cells = list(sheet.iter_rows(values_only=True))
    header = next(number for number, row in enumerate(cells) if "Kennung" in row)
    assert len(cells) - header - 1 == int(n)
    assert set(said.split(" · ")) <= {row[0] for row in cells[:header]}
