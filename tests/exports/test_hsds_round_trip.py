"""What leaves as HSDS comes back unchanged, with nothing to say of it, and names only what is in it."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from esdash.analysis import open_inventory
from esdash.analysis.records import records
from esdash.exports import hsds_file
from esdash.inventory import Inventory, importing
from esdash.inventory.access import Action
from tests.conftest import NOW
from tests.exports.test_exchange import city
from tests.exports.test_hsds_schema import broken
from tests.people import TESTER


@pytest.fixture(scope="module")
def example(example_made: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Inventory]:
    path = tmp_path_factory.mktemp("example") / "inventory.duckdb"
    shutil.copyfile(example_made, path)
    inventory = open_inventory(path, clock=lambda: NOW)
    yield inventory
    inventory.close()


def planned(inventory: Inventory, path: Path) -> dict[str, importing.Plan]:
    tables = importing.hsds.tables(path, NOW.date())
    return {kind: importing.plan_table(inventory, table, kind, importing.Mapping()) for kind, table in tables.items()}


def test_the_example_comes_back_unchanged(example: Inventory, tmp_path: Path) -> None:
    exchanged = records.exchange(example)
    path = tmp_path / "a.json"
    path.write_bytes(hsds_file(exchanged))
    services = json.loads(path.read_bytes())["contents"]
    assert [fault for service in services for fault in broken("service", service)] == []
    plans = planned(example, path)
    assert {kind: (plan.notices, plan.faults, plan.questions) for kind, plan in plans.items()} == {
        kind: ((), (), ()) for kind in importing.hsds.KINDS
    }
    assert {row.state for plan in plans.values() for row in plan.rows} == {"unchanged"}
    assert len(plans["initiatives"].rows) == len(exchanged["initiative"])
    assert len(plans["contact-points"].rows) == len(exchanged["contact_point"])


def test_ids_that_the_document_names_are_in_it(example: Inventory, tmp_path: Path) -> None:
    document = json.loads(hsds_file(records.exchange(example)))
    linked = [one["link_id"] for one in everything(document) if "link_id" in one]
    assert set(linked) <= {one["id"] for one in everything(document) if "id" in one}


def everything(part: Any) -> Iterator[dict[str, Any]]:
    """All objects of a document."""
    inside = part.values() if isinstance(part, dict) else part if isinstance(part, list) else ()
    if isinstance(part, dict):
        yield part
    for value in inside:
        yield from everything(value)


def test_a_partner_without_an_offer_comes_along(tmp_path: Path) -> None:
    offer = {"initiative_id": "i", "organization_id": "o1", "name": "Treff", "partner_ids": ["o2"]}
    path = tmp_path / "a.json"
    with city(tmp_path, [offer]) as inventory:
        with inventory.change(TESTER, Action.EDIT_RECORDS) as change:
            change.insert("organization", [{"organization_id": "o3", "name": "Rat; Haus"}])
            change.update("initiative", [{"initiative_id": "i", "version": 1, "partner_ids": ["o2", "o3"]}])
        path.write_bytes(hsds_file(records.exchange(inventory)))
        assert {row.state for plan in planned(inventory, path).values() for row in plan.rows} == {"unchanged"}
    with city(tmp_path, None) as inventory:
        for kind, table in importing.hsds.tables(path, NOW.date()).items():
            plan = importing.plan_table(inventory, table, kind, importing.Mapping())
            assert (plan.faults, plan.notices) == ((), ())
            importing.run(inventory, plan, TESTER, backup=False)
        (back,) = inventory.rows("SELECT partner_ids FROM initiative")
        names = inventory.rows("SELECT name FROM organization ORDER BY organization_id")
    assert back["partner_ids"] == ["o2", "o3"]
    assert [row["name"] for row in names] == ["Verein; Süd e. V.", "Haus, „Nord“", "Rat; Haus"]
