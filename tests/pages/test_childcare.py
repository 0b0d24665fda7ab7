"""A field that is declared once stands on every face: filter, list, page, record, form, history, exports."""

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from esdash import exports
from esdash.analysis import open_inventory
from esdash.analysis.records import records
from esdash.inventory import editing
from esdash.texts import Text
from esdash.wording import handed_out
from tests.conftest import NOW
from tests.pages.said import table, words
from tests.people import ADA

YES = {"Deutsch für Mütter mit Kinderbetreuung", "Mama lernt Deutsch", "Atempause Elbaue", "Elternstube Zoberberg"}


def test_the_file_of_the_list(tmp_path: Path, example_made: Path) -> None:
    path = tmp_path / "inventory.duckdb"
    path.write_bytes(example_made.read_bytes())
    inventory = open_inventory(path, lambda: NOW)
    rows = handed_out.initiatives(inventory, Text("de"), "", {"childcare": ["yes"]})
    labels = {column.name: column.label for column in handed_out.initiative_columns(Text("de"))}
    assert labels["childcare"] == "Kinderbetreuung"
    assert (set(rows["name"]), set(rows["childcare"])) == (YES, {"ja"})
    inventory.close()


def test_filter_and_list(app: Callable[..., AppTest]) -> None:
    visitor = app("example", "initiatives", childcare="yes")
    shown = table(visitor, "name", "organization")
    assert shown is not None and set(shown["name"]) == YES
    facet = visitor.get_by_key("initiatives.childcare")
    assert (facet.label, facet.options[:2]) == ("Kinderbetreuung", ["ja (4)", "nein (4)"])


@pytest.mark.parametrize("page", [("initiatives", {}), ("entry", {"table": "initiative"})])
@pytest.mark.parametrize(("lang", "said"), [("de", ("Kinderbetreuung", "ja")), ("en", ("Childcare", "yes"))])
def test_the_page_of_an_initiative(
    app: Callable[..., AppTest], page: tuple[str, dict[str, str]], lang: str, said: tuple[str, str]
) -> None:
    visitor = app("example", page[0], **page[1], id="i080", lang=lang)
    assert not visitor.exception
    lines = words(visitor).split("\n")
    assert lines[lines.index(said[0]) + 1] == said[1]


def test_save_history_and_files(example_made: Path, tmp_path: Path) -> None:
    path = tmp_path / "inventory.duckdb"
    path.write_bytes(example_made.read_bytes())
    inventory = open_inventory(path, lambda: NOW)
    draft = editing.draft(inventory, "initiative", "i080")
    editing.save(inventory, "initiative", draft.values | {"childcare": "nein"}, draft.version, ADA, None, "k")
    change = records.changes(inventory, "initiative", "i080").iloc[0]
    assert (change["field"], change["before"], change["after"]) == ("childcare", "true", "false")
    exchanged = records.exchange(inventory)
    (service,) = [s for s in json.loads(exports.hsds_file(exchanged))["contents"] if s["name"] == "Atempause Elbaue"]
    assert "nein" in [a["value"] for a in service["attributes"] if a["label"] == "esdash:childcare"]
    rows = list(csv.DictReader(io.StringIO(exports.hxl_file(exchanged["initiative"]).decode())))
    assert rows[0]["Childcare"] == "#activity+childcare"
    inventory.close()
