"""A city that changes: what its folder would change, applied with history, undone, refused; past days stay."""

import io
import json
import zipfile
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from esdash.analysis import open_inventory
from esdash.analysis.bounds import bounds
from esdash.analysis.coverage import coverage
from esdash.analysis.priorities import priorities
from esdash.errors import UserError
from esdash.inventory import Inventory, city, importing
from esdash.inventory.access import Action
from esdash.inventory.city import declared, uploads, writing
from esdash.inventory.importing import UndoConflicts
from esdash.inventory.steering import ranges, surveying
from esdash.texts import LANGUAGES, Text
from esdash.wording import city as words
from esdash.wording.names import names_of
from tests import trials
from tests.conftest import NOW, TINY_CITY
from tests.people import ADA, TEST

FILES = city.files_of(TINY_CITY)
RANGES = "theme_id,low,central,high,agreed_on,agreed_by,reason\n"
MONDAY = NOW + timedelta(days=1)

# What a city may change: the files with (old, new) texts, and what is new, changed and gone.
POPULATION = {"population.csv": [("01,adults,200,2025-12-31", "01,adults,220,2026-06-30")]}
THEME = {
    "themes.csv": [("\nessentials,", "\nsport,living,Sport,Sports,Sport,Sports,1,Verbindet.,23\nessentials,")],
    "planning_values.csv": [
        ("\nessentials,adults", "\nsport,adults,8,Jede zwölfte Person.,Annahme\nessentials,adults")
    ],
}
WEIGHTS = {"criteria.csv": [("size,0.4,", "size,0.1,"), ("inequity,0.2,", "inequity,0.5,")]}
NO_ESSENTIALS = {
    "themes.csv": [
        ('essentials,living,"Möbel, Kleidung, Grundausstattung",Furniture and clothing,Ausstattung,Essentials,1,'
         "Lässt sich meist überbrücken.,22\n", "")
    ],
    "planning_values.csv": [
        (f"essentials,{group},1,Ein Prozent braucht in einer Woche etwas.,Annahme\n", "")
        for group in ("children", "adults", "women")
    ],
}  # fmt: skip


def edited(edits: dict[str, list[tuple[str, str]]], files: dict[str, bytes] = FILES) -> dict[str, bytes]:
    """The files of Musterstadt with some texts replaced."""
    changed = dict(files)
    for name, pairs in edits.items():
        content = changed[name].decode()
        for old, new in pairs:
            assert old in content, old
            content = content.replace(old, new)
        changed[name] = content.encode()
    return changed


def with_range(low: int, day: str) -> dict[str, bytes]:
    return FILES | {"capacity_ranges.csv": f"{RANGES}living,{low},10,20,{day},Büro,Vorschlag\n".encode()}


def shown(inventory: Inventory, files: dict[str, bytes], overwrite: bool = False) -> city.Comparison:
    return city.compare(inventory, city.read("musterstadt", files), overwrite)


def tables(inventory: Inventory) -> dict[str, str]:
    """Every reference table byte for byte; the version of a row alone counts its changes."""
    rows = {table: inventory.rows(f"FROM inventory.{table} ORDER BY ALL") for table in declared.TABLES}
    kept = {table: [{n: v for n, v in row.items() if n != "version"} for row in of] for table, of in rows.items()}
    return {table: json.dumps(of, default=str) for table, of in kept.items()}


def same(one: pd.DataFrame, other: pd.DataFrame) -> bool:
    """Whether two frames agree but for the last digits: sums are added in different orders."""
    try:
        pd.testing.assert_frame_equal(one, other, rtol=1e-9, atol=1e-12)
    except AssertionError:
        return False
    return True


def counts(found: city.Comparison) -> tuple[int, int, int]:
    return found.count("added"), found.count("changed"), found.count("gone")


class Clock:
    now: datetime = NOW

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def lived(tiny: Inventory) -> Inventory:
    """Musterstadt on Sunday with an offer of 15 places for everybody, in Mitte."""
    with tiny.change(TEST, Action.ENTER_RECORDS) as change:
        change.insert("organization", [{"organization_id": "o", "name": "Haus", "district_id": "01"}])
        change.insert("location", [{"location_id": "l", "name": "Haus", "district_id": "01"}])
        offer = {"initiative_id": "i", "organization_id": "o", "name": "Sprachcafé", "location_id": "l", "capacity": 15}
        more = {"theme_ids": ["german_courses"], "target_group_ids": ["adults", "women"], "mode": "on_site"}
        change.insert("initiative", [offer | more])
    surveying.mark(
        tiny, [(t, d) for t in ("german_courses", "essentials") for d in ("01", "02", "03")], "surveyed", ADA
    )
    return tiny


def test_the_folder_of_a_new_inventory_changes_nothing(tiny: Inventory) -> None:
    found = shown(tiny, FILES)
    assert (found.differences, found.uses, counts(found)) == ([], [], (0, 0, 0))
    assert found.unchanged["population.csv"] == 9
    assert city.apply(tiny, found, ADA) is None
    assert importing.runs(tiny) == []


@pytest.mark.parametrize(
    ("files", "expected", "figures"),
    [
        (edited(POPULATION), (0, 1, 0), coverage.cells),
        (edited(THEME), (2, 0, 0), coverage.cells),
        (edited(WEIGHTS), (0, 2, 0), priorities.ranked),
        (with_range(7, "2026-11-20"), (1, 0, 0), bounds.ranges),
    ],
    ids=["population", "theme", "weights", "ranges"],
)
def test_a_change_is_applied_with_history_and_undone_and_the_past_stays(
    lived: Inventory,
    clock: Clock,
    files: dict[str, bytes],
    expected: tuple[int, int, int],
    figures: Callable[[Inventory], pd.DataFrame],
) -> None:
    before, stood = figures(lived), tables(lived)
    clock.now = MONDAY
    found = shown(lived, files)
    assert counts(found) == expected
    run_id = city.apply(lived, found, ADA, "Beschluss vom Montag")
    assert run_id
    assert not same(figures(lived), before)  # no kept result is left over
    assert same(figures(lived.as_of(NOW.date())), before)
    assert shown(lived, files).differences == []
    log = lived.rows("FROM inventory.change_log WHERE import_run_id = $run", run=run_id)
    assert {(row["actor"], row["reason"], row["means"]) for row in log} == {("Ada", "Beschluss vom Montag", "city")}
    assert len(log) == sum(expected)
    (run,) = importing.runs(lived)
    assert (run["kind"], run["rows_new"], run["rows_changed"], run["rows_gone"]) == ("city", *expected)
    importing.undo(lived, run_id, ADA, "doch nicht")
    assert tables(lived) == stood
    assert same(figures(lived.as_of(NOW.date())), before)


def test_needs_follow_the_new_population(lived: Inventory) -> None:
    """220 instead of 200 adults in Mitte; of 100, 10 need a place to learn German: 22 instead of 20."""
    city.apply(lived, shown(lived, edited(POPULATION)), ADA)

    cells = coverage.cells(lived).set_index(["theme_id", "target_group_id", "district_id"])
    assert cells.loc[("german_courses", "adults", "01"), "places_needed"] == 22


def test_a_theme_that_records_use_does_not_go(lived: Inventory) -> None:
    before = tables(lived)
    found = shown(lived, edited(NO_ESSENTIALS))
    assert counts(found) == (0, 0, 4)
    assert [(use.table, use.key, use.by_table, use.n) for use in found.uses] == [("theme", "essentials", "survey", 3)]
    with pytest.raises(city.CityInUse) as refused:
        city.apply(lived, found, ADA)
    assert refused.value.values["n"] == 1
    assert tables(lived) == before and importing.runs(lived) == []
    surveying.mark(lived, [("essentials", d) for d in ("01", "02", "03")], "not_surveyed", ADA)
    with lived.change(TEST, Action.EDIT_RECORDS) as change:
        change.update("initiative", [{"initiative_id": "i", "theme_ids": ["essentials"]}])
    found = shown(lived, edited(NO_ESSENTIALS))
    titles = words.Titles(names_of(lived, Text("de")), found.folder, Text("de"))
    assert words.uses(found, titles, Text("de")) == [
        "Das Thema „Möbel, Kleidung, Grundausstattung“: 1 Angebot (Sprachcafé)."
    ]


def test_a_theme_that_nothing_uses_goes_and_comes_back(tiny: Inventory) -> None:
    before = tables(tiny)
    run_id = city.apply(tiny, shown(tiny, edited(NO_ESSENTIALS)), ADA)
    assert tiny.value("SELECT count(*) FROM theme WHERE theme_id = 'essentials'") == 0
    assert run_id
    importing.undo(tiny, run_id, ADA)
    assert tables(tiny) == before


def test_proposals_and_saved_suppositions_use_a_theme_too(tiny: Inventory) -> None:
    with tiny.change(TEST, Action.TAKE_ITEM) as change:
        change.insert("priority_item", [{"priority_item_id": "p", "finding_id": "gap|essentials|01", "title": "Möbel"}])
        content = {"offers": [{"name": "x", "theme_ids": ["essentials"], "capacity": 3}]}
        saved = {"scenario_id": "s", "name": "Herbst", "content": content, "saved_by": "Ada", "saved_on": "2026-11-22"}
        change.insert("scenario", [saved])
    found = shown(tiny, edited(NO_ESSENTIALS))
    assert [(use.by_table, use.n, use.names) for use in found.uses] == [
        ("scenario", 1, ("Herbst",)),
        ("priority_item", 1, ("Möbel",)),
    ]


def test_undoing_is_refused_while_an_offer_has_the_new_theme(lived: Inventory) -> None:
    run_id = city.apply(lived, shown(lived, edited(THEME)), ADA)
    assert run_id
    with lived.change(TEST, Action.EDIT_RECORDS) as change:
        change.update("initiative", [{"initiative_id": "i", "theme_ids": ["sport"]}])
    with pytest.raises(UndoConflicts) as refused:
        importing.undo(lived, run_id, ADA)
    (row,) = importing.explained(lived, refused.value)
    assert (row["cause"], row["name"], row["by_name"]) == ("referenced", "Sport", "Sprachcafé")


def test_a_higher_threshold_hides_small_numbers_of_past_days_too(tiny: Inventory, clock: Clock) -> None:
    clock.now = MONDAY
    for threshold, then in ((30, 30), (2, 3)):
        files = edited({"city.toml": [("small_number_threshold = 3", f"small_number_threshold = {threshold}")]})
        city.apply(tiny, shown(tiny, files), ADA)
        assert tiny.as_of(NOW.date()).value("SELECT small_number_threshold FROM city") == then


# ---------------------------------------------------------------- wrong folders

# File, old text, new text, key of the message, and what it names.
WRONG: list[tuple[str, str, str, str, dict[str, object]]] = [
    ("population.csv", "01,adults,200", "01,adults,viele", "city_number", {"line": 3, "column": "persons"}),
    ("population.csv", "01,adults,200", "01,adults,", "city_persons", {"line": 3}),
    ("population.csv", "02,adults,100", "09,adults,100", "city_reference", {"line": 6, "value": "09"}),
    ("population.csv", "02,adults,100", "01,adults,100", "city_twice", {"line": 6, "first": 3}),
    ("districts.csv", "02,Nordvorstadt,", "02,Mitte,", "city_twice", {"line": 3, "first": 2, "value": "Mitte"}),
    ("population.csv", "02,adults,100,2025-12-31", "02,adults,100,2025", "city_date", {"line": 6}),
    ("population.csv", "02,adults,100", "02,adults,-1", "city_too_small", {"line": 6}),
    ("population.csv", "50,2025-12-31,estimated", "50,2025-12-31,geraten", "city_choice", {"line": 5}),
    ("population.csv", "persons", "personen", "city_column_unknown", {"column": "personen"}),
    ("population.csv", "01,adults,200,", "01,adults,200,,", "city_row_long", {"line": 3}),
    ("themes.csv", ",3,Ohne", ",4,Ohne", "city_too_large", {"line": 4, "column": "severity"}),
    ("themes.csv", ",3,Ohne", ",2.5,Ohne", "city_whole", {"line": 4}),
    ("themes.csv", "homework,education", "homework,german_courses", "city_levels", {"line": 5}),
    ("criteria.csv", "size,0.4,0,20", "size,0.4,20,20", "city_anchor_order", {"line": 2}),
    ("criteria.csv", ",0.2,", ",-0.2,", "city_too_small", {"line": 4}),
    ("city.toml", "small_number_threshold = 3", "small_number_threshold = 2.5", "city_whole", {"line": 12}),
    ("city.toml", "timezone = ", "time_zone = ", "city_column_unknown", {"line": 11}),
    ("city.toml", 'name = "Musterstadt"', "", "city_column_missing", {"column": "name"}),
    ("city.toml", "credits = ", "credits ", "city_file_wrong", {}),
    ("districts.csv", "52.005,11.005", "152.005,11.005", "city_too_large", {"line": 2}),
    ("districts.csv", "52.005,11.005", "11.005,52.005", "city_swapped", {"line": 2, "value": "11.005, 52.005"}),
    ("languages.csv", "fa,", "fa|x,", "city_key", {"line": 3}),
    ("city.toml", '"Musterstadt"', '["Musterstadt"]', "city_file_wrong", {}),
    ("districts.geojson", '"01"', '"11"', "city_shape_unknown", {"value": "11"}),
    ("districts.geojson", '"features": [', '"features": [], "others": [', "city_no_rows", {}),
    ("districts.geojson", "[[[11.0,", "[[[NaN,", "city_file_wrong", {}),
    ("districts.geojson", "[[[11.0,", "[[[911.0,", "city_file_wrong", {}),
    ("districts.geojson", "[[[11.0,", '[[["11",', "city_file_wrong", {}),
]


@pytest.mark.parametrize(
    ("file", "old", "new", "key", "values"), WRONG, ids=[f"{one[3]}_{n}" for n, one in enumerate(WRONG)]
)
def test_a_wrong_folder_is_refused_with_file_and_line(
    file: str, old: str, new: str, key: str, values: dict[str, object]
) -> None:
    with pytest.raises(city.CityFaults) as refused:
        city.read("musterstadt", edited({file: [(old, new)]}))
    error = refused.value
    assert error.key == key
    assert {name: error.values[name] for name in values} == values
    for text in map(Text, LANGUAGES):
        message, hint = text.error(error)
        assert str(error.values.get("file", file)) in message and hint


def test_weights_of_nothing_are_refused() -> None:
    weights = [("size,0.4", "size,0"), ("ness,0.3", "ness,0"), ("inequity,0.2", "inequity,0"), ("ness,0.1", "ness,0")]
    for edits in (weights, [("effectiveness", "größe")], [("size,0.4", "seriousness,0.4")]):
        with pytest.raises(city.CityFaults, match=r"city_weights|city_choice|city_twice"):
            city.read("musterstadt", edited({"criteria.csv": edits}))


def test_all_faults_are_said_at_once() -> None:
    edits = {"population.csv": [("01,adults,200", "01,adults,viele"), ("03,adults,40", "03,adults,wenige")]}
    with pytest.raises(city.CityFaults) as refused:
        city.read("musterstadt", edited(edits))
    assert words.faults(refused.value, Text("de")) == ["population.csv, Zeile 9, „persons“: „wenige“ ist keine Zahl."]


def test_other_encodings_missing_and_misspelt_files(tmp_path: Path) -> None:
    with pytest.raises(city.CityFaults, match="city_encoding"):
        city.read("m", FILES | {"themes.csv": FILES["themes.csv"].decode().encode("cp1252")})
    with pytest.raises(city.CityFaults, match="city_missing"):
        city.read("m", {name: content for name, content in FILES.items() if name != "themes.csv"})
    (tmp_path / "populaton.csv").write_text("x")
    with pytest.raises(UserError) as misspelt:
        city.files_of(tmp_path)
    assert misspelt.value.values == {"file": "populaton.csv", "close": "population.csv"}
    with pytest.raises(UserError, match="city_no_folder"):
        city.files_of(tmp_path / "nowhere")


def test_a_file_as_a_german_excel_writes_it_means_the_same(tiny: Inventory) -> None:
    lines = [
        "criterion_id;weight;anchor_low;anchor_high;reason;sort",
        "size;0,4;0;20;Fehlende Plätze pro Woche.;1",
        "seriousness;0,3;0;1;Anteil des ungedeckten Bedarfs mal Schwere.;2",
        "inequity;0,2;0;0,5;Abstand zum Versorgungsgrad der Stadt.;3",
        "effectiveness;0,1;0;1;Anteil der Lücke, den ein neues Angebot schließt.;4",
        ";;;;;",
    ]
    content = "\ufeff" + "\r\n".join(lines)
    assert shown(tiny, FILES | {"criteria.csv": content.encode()}).differences == []


def test_another_city_and_another_time_zone_cannot_be_changed_in_place(tiny: Inventory) -> None:
    for old, new, key in (("musterstadt", "anderswo", "city_other"), ("Europe/Berlin", "Asia/Tokyo", "city_timezone")):
        with pytest.raises(UserError, match=key):
            shown(tiny, edited({"city.toml": [(f'"{old}"', f'"{new}"')]}))
    renamed = shown(tiny, edited({"city.toml": [('name = "Musterstadt"', 'name = "Neustadt"')]}))
    assert [(one.before, one.after) for one in renamed.differences] == [({"name": "Musterstadt"}, {"name": "Neustadt"})]


def test_only_a_new_district_gets_estimated_ways_where_the_folder_has_none(tiny: Inventory) -> None:
    district = {"districts.csv": [("\n03,", "\n04,Aue,Aue,52.02,11.02,,,,,4\n03,")]}
    files = {name: content for name, content in edited(district).items() if name != "travel.csv"}
    for read in (city.read("m", files), city.read_for(tiny, "m", files)):
        found = city.compare(tiny, read)
        ways = {one.key for one in found.differences if one.table == "district_travel"}
        assert ways == {"04|04", *(f"{a}|{b}" for n in ("01", "02", "03") for a, b in ((n, "04"), ("04", n)))}
        assert counts(found) == (8, 0, 0)
    alone = {"districts.csv": files["districts.csv"]}
    with pytest.raises(UserError, match="city_no_way"):
        city.read_for(tiny, "m", alone)
    point = {"population_points.csv": b"population_point_id,district_id,name,lat,lon,share\np,01,Dorf,52,11,1\n"}
    with pytest.raises(UserError, match="city_no_way_there"):
        city.read_for(tiny, "m", point)
    assert counts(city.compare(tiny, city.read_for(tiny, "m", files | point))) == (8 + 1 + 4, 0, 0)


# ---------------------------------------------------------------- what people agreed on in the inventory


@pytest.mark.parametrize(
    ("day", "newer", "held", "low"),
    [("2026-11-01", "inventory", True, 5), ("2026-11-22", "unknown", True, 5), ("2026-12-01", "folder", False, 7)],
)
def test_what_people_agreed_on_stays_unless_the_folder_is_newer(
    tiny: Inventory, day: str, newer: str, held: bool, low: int
) -> None:
    ranges.agree(tiny, [ranges.Range("living", 5, 10, 20)], ADA, "Sitzung")  # on 22 November
    (one,) = shown(tiny, with_range(7, day)).differences
    assert one.hand is not None
    assert (one.hand.actor, one.hand.newer, one.held) == ("Ada", newer, held)
    assert "von Ada am 22.11.2026" in words.note(one, False, Text("de"))
    city.apply(tiny, shown(tiny, with_range(7, day)), TEST)
    assert tiny.value("SELECT low FROM capacity_range") == low
    assert counts(shown(tiny, with_range(7, day))) == (0, 0, 0)
    city.apply(tiny, shown(tiny, with_range(7, day), overwrite=True), TEST)
    assert tiny.value("SELECT low FROM capacity_range") == 7
    assert shown(tiny, with_range(7, day)).differences == []  # now it comes from the folder


def test_the_day_of_an_agreement_is_that_of_the_city(tiny: Inventory, clock: Clock) -> None:
    clock.now = NOW.replace(hour=23, minute=30)  # in Musterstadt it is Monday
    ranges.agree(tiny, [ranges.Range("living", 5, 10, 20)], ADA, "Sitzung")
    (one,) = shown(tiny, with_range(7, "2026-11-01")).differences
    assert "von Ada am 23.11.2026" in words.note(one, False, Text("de"))


def test_what_was_undone_is_no_agreement(tiny: Inventory) -> None:
    run_id = city.apply(tiny, shown(tiny, edited(POPULATION)), ADA)
    assert run_id
    importing.undo(tiny, run_id, ADA)
    assert [one.hand for one in shown(tiny, edited(POPULATION)).differences] == [None]


def test_an_older_file_is_said(tiny: Inventory) -> None:
    older = edited({"population.csv": [("01,adults,200,2025-12-31", "01,adults,190,2024-12-31")]})
    (one,) = shown(tiny, older).differences
    assert one.older and not one.held
    assert words.note(one, False, Text("de")) == "Die Datei ist älter als der Bestand."


def test_two_people_at_once(tiny: Inventory) -> None:
    found = shown(tiny, edited(POPULATION))
    city.apply(tiny, shown(tiny, edited(WEIGHTS)), ADA)
    with pytest.raises(UserError, match="city_outdated"):
        city.apply(tiny, found, ADA)


def test_small_numbers_are_not_shown_and_sums_are_compared(tiny: Inventory) -> None:
    small = edited({"population.csv": [("01,women,100,", "01,women,2,")]})
    city.apply(tiny, shown(tiny, small), ADA)  # the number of Am Fluss is not published, so now both are hidden
    found = shown(
        tiny, edited({"population.csv": [("03,women,,2025-12-31,suppressed", "03,women,30,2025-12-31,official")]})
    )
    changes = dict(words.rows(tiny, found, Text("de"))[["entry", "change"]].itertuples(index=False))
    assert changes["Mitte · Frauen"] == "Personen: unter Schwelle → 100"
    assert found.excess == {"women": (180, 170)}
    assert words.excess(tiny, found, Text("de")).endswith("als in der ganzen Stadt (Frauen 180 statt 170).")
    higher = edited({"city.toml": [("threshold = 3", "threshold = 200")]}, small)
    city.apply(tiny, shown(tiny, higher), ADA)  # now the total is hidden, and with it the sum
    assert words.excess(tiny, found, Text("de")).endswith("als in der ganzen Stadt (Frauen).")


# ---------------------------------------------------------------- uploads


def zipped(files: dict[str, bytes], folder: str = "") -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(folder + name, data)
    return content.getvalue()


def test_single_files_change_only_what_they_hold(tiny: Inventory) -> None:
    files = uploads.unpacked([("population.csv", edited(POPULATION)["population.csv"])])
    found = city.compare(tiny, city.read_for(tiny, "population.csv", files))
    assert counts(found) == (0, 1, 0)
    text = Text("de")
    (row,) = words.rows(tiny, found, text).to_dict("records")
    assert (row["entry"], row["change"]) == (
        "Mitte · Erwachsene",
        "Personen: 200 → 220; Stand: 31.12.2025 → 30.06.2026",
    )
    wrong = edited({"population.csv": [("01,adults", "04,adults")]})["population.csv"]
    with pytest.raises(UserError, match="city_reference"):
        city.read_for(tiny, "population.csv", {"population.csv": wrong})
    shapes = city.read_for(tiny, "x", {name: FILES[name] for name in ("districts.geojson", "outline.geojson")})
    assert city.compare(tiny, shapes).differences == []
    cut = FILES["themes.csv"].decode().rstrip("\n").rpartition("\n")[0].encode()  # planning values still name its last
    found = city.compare(tiny, city.read_for(tiny, "x", {"themes.csv": cut}))
    assert [(use.key, use.by_table, use.n) for use in found.uses] == [("essentials", "planning_value", 3)]


def test_a_zip_of_the_folder_is_the_folder() -> None:
    beside = {"SOURCES.md": b"x", "public/organizations.csv": b"x", ".DS_Store": b"x", "facts/districts.csv": b"x"}
    for folder in ("", "musterstadt/", "a/b/"):
        content = zipped(FILES | beside, folder)
        assert uploads.unpacked([("Musterstadt.ZIP", content)]) == FILES


def test_what_is_downloaded_and_brought_back_changes_nothing(tiny: Inventory) -> None:
    ranges.agree(tiny, [ranges.Range("living", 5, 10.5, 20)], ADA, "Sitzung; mit Semikolon")
    files = uploads.unpacked([("stadt.zip", city.archive(tiny, "musterstadt"))])
    assert files.keys() == {*FILES, "capacity_ranges.csv"} - {"population.csv", "city_totals.csv"}
    assert city.compare(tiny, city.read_for(tiny, "stadt.zip", files)).differences == []
    assert city.compare(tiny, city.read("stadt", writing.folder(tiny))).differences == []


def test_uploads_that_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    bomb = zipped({"population.csv": b"0" * 3_000_000})
    locked = bytearray(zipped({"city.toml": b"x"}))
    locked[locked.index(b"PK\x01\x02") + 8] |= 1
    broken = bytearray(zipped({"city.toml": b"name = 1" * 99}))
    broken[45:50] = b"\xff" * 5
    monkeypatch.setattr(uploads, "MAX_UNZIPPED_BYTES", 2_000_000)
    monkeypatch.setattr(uploads, "MAX_BYTES", 1_000_000)
    refused: list[tuple[list[tuple[str, bytes]], str]] = [
        ([("c.zip", bomb)], "city_zip_large"),
        ([("c.zip", b"0" * 1_000_001)], "city_too_many_bytes"),
        ([("c.zip", b"PK\x01\x02" * 3000)], "city_zip_members"),
        ([("c.zip", b"PK no zip")], "city_zip_damaged"),
        ([("c.zip", bytes(broken))], "city_zip_damaged"),
        ([("c.zip", bytes(locked))], "city_zip_locked"),
        ([("c.zip", zipped({"xl/workbook.xml": b"x"}))], "city_foreign"),
        ([("c.zip", zipped(FILES, "a/") + b"")] * 2, "city_zip_alone"),
        ([("c.zip", zipped({"a/city.toml": b"x", "b/city.toml": b"x"}))], "city_zip_folders"),
        ([("angebote.xlsx", b"x")], "city_foreign"),
        ([("liste.csv", b"x")], "city_file_unknown"),
        ([("city.toml", b"x"), ("city.toml", b"y")], "city_file_twice"),
    ]
    for given_files, key in refused:
        with pytest.raises(UserError) as error:
            uploads.unpacked(given_files)
        assert error.value.key == key
        assert all(all(text.error(error.value)) for text in map(Text, LANGUAGES))


# ---------------------------------------------------------------- the law


@pytest.fixture(scope="module")
def town(tiny_file: bytes, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Inventory]:
    path = tmp_path_factory.mktemp("town") / "i.duckdb"
    path.write_bytes(tiny_file)
    inventory = open_inventory(path, clock=lambda: NOW)
    yield inventory
    inventory.close()


PEOPLE = st.floats(0, 5000, allow_nan=False).map(lambda number: round(number, 3))


@trials.always_the_same(5, 60)
@given(
    persons=st.dictionaries(st.sampled_from(["01,adults", "02,children", "03,adults"]), PEOPLE, min_size=1),
    places=PEOPLE,
    new=st.booleans(),
    gone=st.booleans(),
    east=st.floats(10.5, 10.99),
    name=st.text("aäß,;\"' \\{}|", min_size=1, max_size=8).filter(str.strip),
)
def test_applied_there_is_nothing_left_and_undone_it_is_as_before(
    town: Inventory, persons: dict[str, float], places: float, new: bool, gone: bool, east: float, name: str
) -> None:
    files = edited(THEME if new else {})
    files = edited(NO_ESSENTIALS, files) if gone else files
    quoted = name.replace('"', '""')
    edits = {"target_groups.csv": [("women,Frauen,", f'women,"{quoted}",')]}
    edits["population.csv"] = [
        (f"{key},{old},", f"{key},{persons[key]},")
        for key, old in (("01,adults", 200), ("02,children", 50), ("03,adults", 40))
        if key in persons
    ]
    edits["planning_values.csv"] = [("german_courses,adults,10,", f"german_courses,adults,{places},")]
    edits["districts.geojson"] = [("[[[11.0, 52.0]", f"[[[{east!r}, 52.0]")]
    files = edited(edits, files)
    before = tables(town)
    run_id = city.apply(town, shown(town, files), ADA)
    assert shown(town, files).differences == []
    assert run_id
    importing.undo(town, run_id, ADA)
    assert tables(town) == before


def test_points_that_are_all_swapped_are_told_by_the_shapes() -> None:
    lines = FILES["districts.csv"].decode().splitlines()
    cells = [line.split(",") for line in lines[1:]]
    swapped = [",".join([*row[:3], row[4], row[3], *row[5:]]) for row in cells]
    files = FILES | {"districts.csv": "\n".join([lines[0], *swapped]).encode()}
    with pytest.raises(city.CityFaults) as refused:
        city.read("musterstadt", files)
    said = [*words.faults(refused.value, Text("de")), str(Text("de").error(refused.value))]
    assert any("vertauscht" in one for one in said)
