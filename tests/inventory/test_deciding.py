"""What people decide about overlapping offers: it rests on facts, and says which of them changed since."""

import json
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from esdash.analysis import open_inventory
from esdash.analysis.overlaps import overlaps
from esdash.analysis.priorities import priorities
from esdash.errors import UserError
from esdash.inventory import Inventory, create, importing, merging
from esdash.inventory.access import Action, Actor
from esdash.inventory.file import files, layout
from esdash.inventory.steering import deciding
from tests.conftest import NOW, load_tiny_city
from tests.first_state import Lender
from tests.people import ADA, OFFICE, TESTER

MONDAY, TUESDAY = ([{"weekday": day, "begins": "10:00", "ends": "12:00"}] for day in (1, 2))
CASE = ["a", "b"]


def fill(inventory: Inventory) -> None:
    """Three organisations that teach German to adults in one house, 60 places where 34 are needed."""
    load_tiny_city(inventory)
    with inventory.change(OFFICE, Action.EDIT_RECORDS, "Aufnahme") as change:
        change.insert("organization", [{"organization_id": f"o{n}", "name": f"Verein {n}"} for n in (1, 2, 3)])
        houses = [("l1", 52.005, "01"), ("l2", 52.005, "01"), ("l3", 52.01, "02")]
        change.insert(
            "location",
            [
                {"location_id": k, "name": f"Haus {k}", "lat": lat, "lon": 11.005, "district_id": d}
                for k, lat, d in houses
            ],
        )
        for key, organization, name in (("a", "o1", "Wortwerk"), ("b", "o2", "Kurs am Markt"), ("c", "o3", "Klub")):
            change.insert(
                "initiative",
                [
                    {
                        "initiative_id": key,
                        "organization_id": organization,
                        "name": name,
                        "theme_ids": ["german_courses"],
                    }
                    | {"target_group_ids": ["adults"], "language_ids": ["de"], "mode": "on_site", "location_id": "l1"}
                    | {"times": MONDAY, "capacity": 20, "waiting": 0}
                ],
            )
        change.update("initiative", [{"initiative_id": "c", "status": "planned"}])


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    path = tmp_path_factory.mktemp("filled") / "inventory.duckdb"
    create(path, "empty", fill, TESTER, lambda: NOW)
    return path.read_bytes()


@pytest.fixture
def path(filled: bytes, tmp_path: Path) -> Path:
    file = tmp_path / "inventory.duckdb"
    file.write_bytes(filled)
    return file


@pytest.fixture
def town(filled: bytes, lender: Lender) -> Iterator[Inventory]:
    with lender.lend(filled, lambda: NOW) as inventory:
        yield inventory


def edit(inventory: Inventory, key: str, **fields: Any) -> None:
    with inventory.change(OFFICE, Action.EDIT_RECORDS, "Korrektur") as change:
        change.update("initiative", [{"initiative_id": key, **fields}])


def opened(inventory: Inventory) -> list[str]:
    return [str(case) for case in overlaps.open_cases(inventory)["case_id"]]


def changes(inventory: Inventory) -> list[tuple[str, str, Any, Any]]:
    """Offer, field, before and after of everything that reopened a decision."""
    return [
        (row["name"], row["field"], row["before"], row["after"])
        for decision in overlaps.decisions(inventory)
        for row in decision["changes"]
    ]


def decide(inventory: Inventory, verdict: str = "wanted", ids: list[str] = CASE, **more: Any) -> str:
    return deciding.decide(inventory, ids, verdict, ADA, more.pop("reason", "so gewollt"), **more)


# ---------------------------------------------------------------- deciding


def test_who_when_why_and_the_facts(town: Inventory) -> None:
    assert opened(town) == ["a+b"]
    assert decide(town, figures={"saturation": 40 / 34}) == "a+b"
    assert opened(town) == []
    (decision,) = overlaps.decisions(town)
    assert (decision["verdict"], decision["decided_by"], decision["decided_on"], decision["reason"]) == (
        "wanted",
        "Ada",
        date(2026, 11, 22),
        "so gewollt",
    )
    assert (decision["initiative_ids"], decision["figures"]) == (["a", "b"], {"saturation": 40 / 34})
    assert (decision["holds"], decision["changes"]) == (True, [])
    kept = json.loads(town.value("SELECT facts FROM overlap_case"))["offers"]
    assert [(row["name"], row["lat"], row["lon"], row["capacity"], row["waiting"]) for row in kept] == [
        ("Wortwerk", 52.005, 11.005, 20, 0),
        ("Kurs am Markt", 52.005, 11.005, 20, 0),
    ]
    logged = town.rows("FROM change_log WHERE table_name = 'overlap_case'")
    assert [(row["actor"], row["reason"]) for row in logged] == [("Ada", "so gewollt")]


@pytest.mark.parametrize(
    ("ids", "reason", "key"),
    [
        (CASE, "  ", "overlap_needs_reason"),
        (["a"], "x", "overlap_needs_two"),
        (["a", "gone"], "x", "overlap_offer_gone"),
    ],
)
def test_what_cannot_be_decided(town: Inventory, ids: list[str], reason: str, key: str) -> None:
    with pytest.raises(UserError) as caught:
        decide(town, ids=ids, reason=reason)
    assert caught.value.key == key
    assert town.rows("FROM overlap_case") == []


def test_a_double_click_decides_once(town: Inventory) -> None:
    seen = deciding.look(town, CASE)
    for _ in range(2):
        decide(town, seen=seen)
    assert [row["version"] for row in town.rows("FROM overlap_case")] == [1]
    assert town.value("SELECT count(*) FROM change_log WHERE table_name = 'overlap_case'") == 1


def test_two_people_decide_at_once(town: Inventory) -> None:
    seen = deciding.look(town, CASE)
    decide(town, seen=seen)
    with pytest.raises(UserError) as caught:
        deciding.decide(town, CASE, "double_structure", Actor("Grete"), "zu viel", seen=seen)
    assert (caught.value.key, caught.value.values["by"]) == ("overlap_decided_meanwhile", "Ada")
    assert [row["verdict"] for row in town.rows("FROM overlap_case")] == ["wanted"]


def test_an_offer_changed_while_somebody_was_deciding(town: Inventory) -> None:
    seen = deciding.look(town, CASE)
    edit(town, "b", description="Neu", note="Anruf")  # nothing that a verdict rests on
    edit(town, "b", capacity=8)
    with pytest.raises(UserError) as caught:
        decide(town, seen=seen)
    assert (caught.value.key, caught.value.values["offer"]) == ("overlap_changed_meanwhile", "Kurs am Markt")


def test_the_way_back(town: Inventory) -> None:
    decide(town)
    with pytest.raises(UserError):
        deciding.withdraw(town, "a+b", Actor("Grete"), version=7)
    for _ in range(2):
        deciding.withdraw(town, "a+b", Actor("Grete"), "doch offen")
    assert opened(town) == ["a+b"]
    log = town.rows("FROM change_log WHERE table_name = 'overlap_case' ORDER BY change_id")
    assert [(row["actor"], row["after"] is None) for row in log] == [("Ada", False), ("Grete", True)]


# ---------------------------------------------------------------- staying decided


def test_it_stays_decided_after_a_restart(path: Path) -> None:
    inventory = open_inventory(path, lambda: NOW)
    decide(inventory)
    inventory.close()
    inventory = open_inventory(path, lambda: NOW + timedelta(days=400))
    assert opened(inventory) == []
    inventory.close()


@pytest.mark.parametrize(
    "fields",
    [
        {"description": "Neu", "note": "Anruf", "website": "www.example.org", "cost": "frei"},
        {"assured_on": "2026-11-22", "assured_by": "Büro"},
        {"volunteers_active": 3, "volunteers_wanted": 5},
        {"name": "Wortwerk e. V."},  # "wanted" says nothing about a name
        {"partner_ids": []},  # asked, and there are none
        {"started_on": "2026-01-01", "ended_on": "2027-12-31"},
    ],
)
def test_an_edit_of_something_else(town: Inventory, fields: dict[str, Any]) -> None:
    decide(town)
    edit(town, "a", **fields)
    assert opened(town) == []
    assert changes(town) == []


def test_a_longer_waiting_list_is_still_a_waiting_list(town: Inventory) -> None:
    edit(town, "a", waiting=9)
    decide(town)
    edit(town, "a", waiting=4)
    assert opened(town) == []
    edit(town, "a", waiting=0)
    assert changes(town) == [("Wortwerk", "waiting", 9, 0)]


def test_an_import_of_the_same_table(town: Inventory, tmp_path: Path) -> None:
    table = tmp_path / "angebote.csv"
    table.write_text("Angebot;Organisation;Plätze\nWortwerk;Verein 1;20\nKurs am Markt;Verein 2;20\n", encoding="utf-8")
    plan = importing.plan(town, table, kind="initiatives")
    importing.run(town, plan, actor=OFFICE, reason="Liste", backup=False)
    decide(town)
    again = importing.plan(town, table, kind="initiatives")
    assert again.counts["changed"] == again.counts["new"] == 0
    importing.run(town, again, actor=OFFICE, reason="Liste", backup=False)
    assert opened(town) == []
    table.write_text("Angebot;Organisation;Plätze\nWortwerk;Verein 1;25\n", encoding="utf-8")
    importing.run(town, importing.plan(town, table, kind="initiatives"), actor=OFFICE, reason="Liste", backup=False)
    assert changes(town) == [("Wortwerk", "capacity", 20, 25)]
    assert opened(town) == ["a+b"]


# ---------------------------------------------------------------- opening again


@pytest.mark.parametrize(
    ("fields", "field", "before", "after"),
    [
        ({"capacity": 25}, "capacity", 20, 25),
        ({"capacity": None}, "capacity", 20, None),
        ({"waiting": None}, "waiting", 0, None),
        ({"language_ids": ["de", "fa"]}, "language_ids", ["de"], ["de", "fa"]),
        ({"target_group_ids": ["adults", "women"]}, "target_group_ids", ["adults"], ["adults", "women"]),
        (
            {"theme_ids": ["german_courses", "homework"]},
            "theme_ids",
            ["german_courses"],
            ["german_courses", "homework"],
        ),
        ({"mode": "mobile"}, "mode", "on_site", "mobile"),
        ({"district_ids": ["01"]}, "district_ids", None, ["01"]),
        ({"partner_ids": ["o2"]}, "partner_ids", [], ["o2"]),
        ({"organization_id": "o3"}, "organization_id", "o1", "o3"),
        (
            {"location_id": "l3"},
            "place",
            {"name": "Haus l1", "lat": 52.005, "lon": 11.005},
            {"name": "Haus l3", "lat": 52.01, "lon": 11.005},
        ),
        (
            {"times": TUESDAY},
            "times",
            [{"weekday": 1, "begins": "10:00:00", "ends": "12:00:00"}],
            [{"weekday": 2, "begins": "10:00:00", "ends": "12:00:00"}],
        ),
    ],
)
def test_a_fact_changes_and_changes_back(
    town: Inventory, fields: dict[str, Any], field: str, before: Any, after: Any
) -> None:
    decide(town)
    original = {name: value for name, value in town.rows("FROM initiative WHERE initiative_id = 'a'")[0].items()}
    edit(town, "a", **fields)
    assert changes(town) == [("Wortwerk", field, before, after)]
    assert not overlaps.decisions(town)[0]["holds"]
    assert opened(town) == ["a+b"]
    edit(town, "a", **{name: original[name] for name in fields})
    assert (changes(town), opened(town)) == ([], [])


def test_a_place_that_moves(town: Inventory) -> None:
    decide(town)
    with town.change(OFFICE, Action.EDIT_RECORDS) as change:
        change.update("location", [{"location_id": "l1", "name": "Anderer Name"}])
    assert opened(town) == []
    with town.change(OFFICE, Action.EDIT_RECORDS) as change:
        change.update("location", [{"location_id": "l1", "lat": 52.006}])
    assert [(name, field) for name, field, _, _ in changes(town)] == [("Wortwerk", "place"), ("Kurs am Markt", "place")]
    assert opened(town) == ["a+b"]


def test_another_house_at_the_same_spot(town: Inventory) -> None:
    decide(town)
    edit(town, "a", location_id="l2")
    assert opened(town) == []


def test_the_name_counts_where_the_verdict_is_about_one_offer(town: Inventory) -> None:
    decide(town, "repeat")
    edit(town, "a", name="Wortwerk neu")
    assert changes(town) == [("Wortwerk neu", "name", "Wortwerk", "Wortwerk neu")]


def test_an_offer_that_ends_leaves_no_open_case(town: Inventory) -> None:
    decide(town)
    edit(town, "a", status="ended")
    assert opened(town) == []
    assert changes(town) == [("Wortwerk", "status", "active", "ended")]


def test_deciding_anew_takes_the_place_of_the_old_decision(town: Inventory) -> None:
    decide(town)
    edit(town, "a", capacity=30)
    assert decide(town, "double_structure", reason="jetzt zu viel", seen=deciding.look(town, CASE)) == "a+b"
    (decision,) = overlaps.decisions(town)
    assert (decision["verdict"], decision["holds"], decision["version"]) == ("double_structure", True, 2)
    assert opened(town) == []


def test_a_third_offer_that_joins(town: Inventory) -> None:
    decide(town)
    edit(town, "c", status="active")
    assert opened(town) == ["a+b+c"]
    (about,) = overlaps.about(overlaps.decisions(town), ["a", "b", "c"])
    assert (about["decision_id"], about["verdict"], about["holds"]) == ("a+b", "wanted", True)
    decide(town, "double_structure", ids=["a", "b", "c"])
    assert opened(town) == []
    decided = overlaps.pairs(town)["decided_verdict"]
    assert set(decided) == {"double_structure"}  # the newer and larger decision is about a and b as well
    edit(town, "c", capacity=1)
    assert opened(town) == ["a+b+c"]  # a and b are decided, what c is to them is open
    assert dict(overlaps.pairs(town).groupby("decided_verdict").size()) == {"wanted": 1}


def test_a_decision_of_which_nobody_kept_the_facts_holds(town: Inventory) -> None:
    with town.change(OFFICE, Action.EDIT_RECORDS) as change:
        change.insert("overlap_case", [{"overlap_case_id": "a+b", "initiative_ids": CASE, "verdict": "wanted"}])
    edit(town, "a", capacity=30)
    assert opened(town) == []
    assert not overlaps.decisions(town)[0]["facts_known"]


# ---------------------------------------------------------------- merges


def test_a_merge_of_an_offer(town: Inventory) -> None:
    """b was entered twice: c becomes b, and the decision about a and c is one about a and b."""
    edit(town, "c", status="active")
    decide(town, ids=["a", "c"])
    merge = merging.merge(town, "initiative", "b", "c", {}, OFFICE)
    assert opened(town) == ["a+b"]  # b is of another organisation than c was
    assert changes(town) == [("Kurs am Markt", "organization_id", "o3", "o2")]
    merging.undo_merge(town, merge, OFFICE)
    assert changes(town) == []
    edit(town, "b", organization_id="o3")
    deciding.withdraw(town, "a+c", OFFICE)
    decide(town, ids=["a", "c"])
    merging.merge(town, "initiative", "b", "c", {}, OFFICE)
    assert (opened(town), changes(town)) == ([], [])  # the same facts: it holds for the kept one
    assert decide(town, "double_structure", reason="neu") == "a+c"  # and a new decision takes its place


def test_a_duplicate_that_was_merged_is_done(town: Inventory) -> None:
    decide(town, "duplicate")
    merging.merge(town, "initiative", "a", "b", {}, OFFICE)
    assert opened(town) == []
    (decision,) = overlaps.decisions(town)
    assert (decision["initiative_ids"], decision["holds"]) == (["a"], True)


def test_a_merge_of_an_organisation_or_a_place(town: Inventory) -> None:
    edit(town, "a", partner_ids=["o3"])
    decide(town)
    merging.merge(town, "location", "l2", "l1", {}, OFFICE)
    merging.merge(town, "organization", "o2", "o3", {}, OFFICE)
    assert (opened(town), changes(town)) == ([], [])


# ---------------------------------------------------------------- other days, older files, the list


def test_looking_back(path: Path) -> None:
    day = NOW
    inventory = open_inventory(path, lambda: day)
    day = NOW + timedelta(days=2)
    decide(inventory)
    day = NOW + timedelta(days=4)
    edit(inventory, "a", capacity=30)
    day = NOW + timedelta(days=6)
    on = {days: inventory.as_of((NOW + timedelta(days=days)).date()) for days in (1, 3, 5)}
    assert [opened(state) for state in on.values()] == [["a+b"], [], ["a+b"]]
    assert [len(overlaps.decisions(state)) for state in on.values()] == [0, 1, 1]
    assert changes(on[5]) == [("Wortwerk", "capacity", 20, 30)]
    with pytest.raises(UserError) as caught:
        decide(on[3])
    assert caught.value.key == "inventory_read_only"
    inventory.close()


def test_an_older_file_gets_the_facts_of_its_decisions(
    path: Path, filled: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Decided in version 4, which kept no facts; one of its offers and its place changed since."""
    older = {number: text for number, text in layout.MIGRATIONS.items() if number < 5 or number == 7}  # 7: the city
    older[7] += layout.MIGRATIONS[10].partition("-- One row per bend")[0]  # and where its tiles are
    older[7] += layout.MIGRATIONS[13].partition("\nALTER TABLE contact_point")[0]
    file = tmp_path / "old" / "inventory.duckdb"
    with monkeypatch.context() as patch:
        patch.setattr(layout, "MIGRATIONS", older)
        patch.setattr(layout, "CURRENT_VERSION", 4)
        create(file, "empty", fill, TESTER, lambda: NOW)
        inventory = files.open_file(file, clock=lambda: NOW)
        with inventory.change(ADA, Action.EDIT_RECORDS, "gewollt") as change:
            row = {"overlap_case_id": "a+b", "initiative_ids": CASE, "verdict": "wanted", "decided_on": "2026-11-22"}
            change.insert("overlap_case", [row])
        edit(inventory, "a", capacity=25, description="Neu")
        with inventory.change(OFFICE, Action.EDIT_RECORDS) as change:
            change.update("location", [{"location_id": "l1", "lat": 52.02}])
        inventory.close()
    inventory = open_inventory(file, lambda: NOW)
    assert [change[:2] for change in changes(inventory)] == [
        ("Wortwerk", "capacity"),
        ("Wortwerk", "place"),
        ("Kurs am Markt", "place"),
    ]
    assert changes(inventory)[0][2:] == (20, 25)
    inventory.close()


@pytest.mark.parametrize(
    ("verdict", "listed"), [("wanted", []), ("repeat", []), ("duplicate", []), ("double_structure", ["overlap|a"])]
)
def test_what_reaches_the_priority_list(town: Inventory, verdict: str, listed: list[str]) -> None:
    assert priorities.ranked(town)["item_id"].tolist() == ["overlap|a"]
    decide(town, verdict)
    assert priorities.ranked(town)["item_id"].tolist() == listed


def test_people_find_a_double_structure_that_the_method_does_not(town: Inventory) -> None:
    edit(town, "b", waiting=3)
    assert priorities.ranked(town)["item_id"].tolist() == []
    decide(town, "double_structure", reason="Die Liste ist veraltet.")
    assert priorities.ranked(town)["item_id"].tolist() == ["overlap|a"]
    edit(town, "b", capacity=None)
    decide(town, "double_structure", reason="Die Liste ist veraltet.")
    item = priorities.ranked(town).iloc[0]
    assert item["item_id"] == "overlap|a"


def test_what_was_said_on_the_list_stays_with_a_case_that_grows(town: Inventory) -> None:
    with town.change(OFFICE, Action.EDIT_RECORDS) as change:
        change.insert("priority_item", [{"priority_item_id": "p", "finding_id": "overlap|b", "measure": "Absprache"}])
    items = priorities.ranked(town)
    assert items[["item_id", "measure"]].values.tolist() == [["overlap|b", "Absprache"]]


def test_the_day_is_that_of_the_clock(path: Path) -> None:
    clock: Callable[[], datetime] = lambda: NOW + timedelta(days=10)  # noqa: E731
    inventory = open_inventory(path, clock)
    decide(inventory)
    assert overlaps.decisions(inventory)[0]["decided_on"] == date(2026, 12, 2)
    inventory.close()
