"""One figure, one rounding, one wording: 60 drawn views, each on every face.

Drawn are measure × rows × filters × order × comparison × conditions × supposition × assumptions, on the example, the
public and a sparse inventory. The expected value of each cell is worked out here from the raw cells (theme × target
group × district). The faces are: the matrix as drawn (words and hover texts), its table, tile map, report, workbook,
and the CSV of the command line; for some the page itself and the command line as people use them.
"""

from __future__ import annotations

import csv
import io
import random
import re
from collections.abc import Callable, Iterator
from copy import copy
from dataclasses import replace
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from esdash import charts, exports
from esdash.analysis import open_inventory
from esdash.analysis.bounds import bounds
from esdash.analysis.coverage import comparison, coverage
from esdash.analysis.selection import MEASURES, Selection, View
from esdash.commands import gaps as command
from esdash.commands.terminal import Terminal
from esdash.exports.reports.report import content
from esdash.inventory import Inventory
from esdash.inventory.access import Action
from esdash.inventory.file.conditions import NOTHING, Conditions, Growth, NewOffer, Planning
from esdash.texts import Text
from esdash.ui.gaps import figures as page_figures
from esdash.ui.gaps.state import ROWS
from esdash.wording import faces, handout, tiles
from esdash.wording.names import names_of
from tests.commands.command_line import run
from tests.conftest import NOW
from tests.pages.said import table
from tests.people import TEST
from tests.trials import amount

INVENTORIES = ("example", "public", "sparse")
VIEWS = 20  # of each inventory
COMPARED = amount(5, VIEWS)  # on every face; all sixty with --thorough
ASSESSED = ("white", "thin", "partial", "covered")
NAME = {"coverage": "coverage", "gap": "gap_places", "gap_per_100": "gap_per_100"}
MINUS, SPACE = "\N{MINUS SIGN}", "\N{NO-BREAK SPACE}"


# ---------------------------------------------------------------- what is drawn


def forget(inventory: Inventory) -> None:
    """A sparse inventory: unknown are the places of half of the offers, the groups of a third, the place of a third."""
    drawn = random.Random(11)
    rows = [row["initiative_id"] for row in inventory.rows("FROM initiative ORDER BY initiative_id")]
    unknown: dict[str, dict[str, Any]] = {"capacity": {}, "target_group_ids": {}, "location_id": {}}
    with inventory.change(TEST, Action.EDIT_RECORDS) as change:
        for name, share in (("capacity", 0.5), ("target_group_ids", 0.33), ("location_id", 0.33)):
            chosen = [key for key in rows if drawn.random() < share]
            change.update("initiative", [{"initiative_id": key, name: None} for key in chosen])
            unknown[name] = dict.fromkeys(chosen)
    assert all(unknown.values())


@pytest.fixture(scope="module")
def files(made: Callable[[str], Path], tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    found = {}
    for kind in INVENTORIES:
        found[kind] = tmp_path_factory.mktemp(kind) / "inventory.duckdb"
        found[kind].write_bytes(made("example" if kind == "sparse" else kind).read_bytes())
    inventory = open_inventory(found["sparse"], clock=lambda: NOW)
    forget(inventory)
    inventory.close()
    return found


@pytest.fixture(scope="module")
def opened(files: dict[str, Path]) -> Iterator[dict[str, Inventory]]:
    found = {kind: open_inventory(path, clock=lambda: NOW) for kind, path in files.items()}
    yield found
    for inventory in found.values():
        inventory.close()


class Drawn:
    """One drawn view: its inventory under conditions, the view, the language."""

    def __init__(self, inventory: Inventory, number: int) -> None:
        drawn = random.Random(number)
        names = names_of(inventory, Text("de"))
        theme = drawn.choice([None, None, *names.field_ids, *names.leaves])
        group = drawn.choice([None, None, None, *names.ids("target_group")])
        district = drawn.choice([None, None, *names.ids("district")])
        rows, columns = ROWS[drawn.choice(list(ROWS))]
        field = theme and (names.parent.get(theme) or theme)
        unfolded = field if columns == "field" else None
        chosen = ((key,) if key else () for key in (group, theme, district))
        days = (None, None, date(2026, 9, 23), inventory.today() - timedelta(days=1))
        first = date.fromisoformat(str(inventory.value("SELECT CAST(min(changed_at) AS DATE) FROM change_log"))[:10])
        since = drawn.choice([day for day in days if day is None or first <= day < inventory.today()])
        self.view = View(
            rows,
            "theme" if unfolded else columns,
            MEASURES[number % len(MEASURES)],
            Selection(*chosen),
            drawn.choice(("usual", "severity")),
            unfolded,
            since,
        )
        reach = drawn.choice((NOTHING, NOTHING, Conditions(times=("evening",)), Conditions(barrier_free=True)))
        leaf, somebody = drawn.choice(names.leaves), drawn.choice(names.ids("target_group"))
        somewhere = drawn.choice(names.ids("district"))
        supposed = drawn.choice(
            (
                *[NOTHING] * 3,
                Conditions(offers=(NewOffer("Neu", 20.0, (leaf,), (somebody,), somewhere),)),
                Conditions(growth=(Growth(somebody, somewhere, 150.0),)),
                Conditions(planning=(Planning(leaf, somebody, 4.5),)),
            )
        )
        self.conditions = replace(supposed, times=reach.times, barrier_free=reach.barrier_free)
        self.text = Text(drawn.choice(("de", "de", "en")))
        # Per 100 people of whom some are hidden is worked out by hand in tests/analysis/test_assumed.py.
        assumed = drawn.random() < 0.3 and self.view.measure != "gap_per_100"
        self.conditions = replace(self.conditions, assumed=assumed)
        self.inventory = inventory.under(self.conditions)

    @property
    def before(self) -> Inventory | None:
        return comparison.before(self.inventory, self.view)

    def __str__(self) -> str:
        return f"{self.view} {self.conditions}"


# ---------------------------------------------------------------- what is expected, from the raw cells


def half_up(value: float, digits: int) -> Decimal:
    return Decimal(repr(round(float(value), 9))).quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)


def written(value: Decimal, text: Text, sign: bool = False) -> str:
    """A number as people write it; with `sign` a difference."""
    if sign and not value:
        return "±0"
    words = f"{abs(value):,}".translate(str.maketrans(",.", ".,")) if text.language == "de" else f"{abs(value):,}"
    return (MINUS if value < 0 else "+" if sign else "") + words


def cells_of(drawn: Drawn, inventory: Inventory) -> pd.DataFrame:
    """The raw cells of the view with their row and column."""
    frame = coverage.cells(inventory, drawn.view.beyond)
    keys = ["theme_id", "target_group_id", "district_id"]
    frame = frame.merge(inventory.frame(f"SELECT {', '.join(keys)}, members FROM coverage_cell"), on=keys)
    parents = {row["theme_id"]: row["parent_id"] or row["theme_id"] for row in inventory.rows("FROM theme")}
    frame["field_id"], frame["city_id"] = frame["theme_id"].map(parents), "city"
    frame["row"], frame["column"] = (frame[f"{axis}_id"] for axis in drawn.view.axes)
    frame["assessed"] = frame["state"].isin(ASSESSED)
    return frame


def shown(cells: pd.DataFrame) -> dict[tuple[str, str], dict[str, Decimal]]:
    """Row × column → the figures as shown: needed and met rounded, missing their difference."""
    found = {}
    for key, part in cells.groupby(["row", "column"]):
        met = part[["places_needed", "places_reaching"]].min(axis=1)
        needed, covered = half_up(part["places_needed"].sum(), 1), half_up(met.sum(), 1)
        people = part.groupby(["target_group_id", "district_id"])["members"].max().sum()
        missing = (part["places_needed"] - met).clip(lower=0).sum()
        found[key] = {
            "places_needed": needed,
            "places_met": covered,
            "gap_places": needed - covered,
            "coverage": half_up(100 * met.sum() / part["places_needed"].sum(), 0),
            **({"gap_per_100": half_up(100 * missing / people, 1)} if people > 0 else {}),
        }
    return found


def expected(drawn: Drawn) -> dict[tuple[str, str], str]:
    """Row × column → the figure in words; rows and columns without a figure are left out."""
    name, text, now = NAME[drawn.view.measure], drawn.text, cells_of(drawn, drawn.inventory)
    percent = (SPACE if text.language == "de" else "") + "%"
    if drawn.before is None:
        found = shown(now[now["assessed"]])
        unit = percent if name == "coverage" else ""
        return {key: written(figures[name], text) + unit for key, figures in found.items()}
    keys = ["theme_id", "target_group_id", "district_id"]
    then = cells_of(drawn, drawn.before)
    both = now[now["assessed"]].merge(then.loc[then["assessed"], keys], on=keys)[keys]
    sides = [shown(side.merge(both, on=keys)) for side in (then, now)]
    return {key: written(sides[1][key][name] - sides[0][key][name], text, sign=True) for key in sides[1]}


def resting_on_hidden(drawn: Drawn) -> set[tuple[str, str]]:
    """Row × column in whose figures hidden people have a part (METHODS M4)."""
    cells = cells_of(drawn, drawn.inventory)
    cells = cells[cells["assessed"] & cells["with_stand_in"]]
    return set(zip(cells["row"], cells["column"], strict=True))


def ends_of(drawn: Drawn) -> dict[tuple[str, str], Any]:
    """Row × column → the ends of the figures, where something is assessed."""
    return {(row.row_id, row.column_id): row for row in bounds.seen(drawn.inventory, drawn.view).itertuples()}


# ---------------------------------------------------------------- faces


def in_excel(cell: Any, text: Text) -> str:
    """A cell as a spreadsheet program shows it, for the few formats of a matrix."""
    if isinstance(cell.value, str) or cell.value is None:
        return str(cell.value or "")
    parts = cell.number_format.split(";")
    part = parts[0 if cell.value > 0 or len(parts) == 1 else 1 if cell.value < 0 else 2]
    number = re.search(r"0\.0|#,##0\.0|#,##0|0", re.sub(r'"[^"]*"', "", part))
    around = re.sub(r'"([^"]*)"', r"\1", part)
    if number is None:
        return around
    digits = 1 if number.group().endswith(".0") else 0
    value = half_up(abs(cell.value) * (100 if "%" in part else 1), digits)
    quoted = re.sub(r'"[^"]*"', lambda found: "\0" * len(found.group()), part)
    at = re.search(r"#,##0\.0|#,##0|0\.0|0", quoted)
    assert at is not None
    return (part[: at.start()] + written(value, text) + part[at.end() :]).replace('"', "")


def of_workbook(content: bytes, text: Text) -> tuple[list[str], list[list[str]]]:
    """Row names and cells of the matrix sheet."""
    sheet = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]
    lines = list(sheet.iter_rows())
    start = next(number for number, line in enumerate(lines) if line[0].value is None) + 2
    return [str(line[0].value) for line in lines[start:]], [
        [in_excel(cell, text) for cell in line[1:]] for line in lines[start:]
    ]


def of_csv(drawn: Drawn) -> dict[tuple[str, str], dict[str, str]]:
    """Row × column → the raw figures of the command line."""
    view, conditions, selection = drawn.view, drawn.conditions, drawn.view.selection
    wish = {
        **{"rows": view.rows, "columns": view.columns, "measure": None, "since": view.since},
        **{"groups": selection.groups, "themes": selection.themes, "districts": selection.districts},
        **{"times": conditions.times, "languages": (), "barrier_free": conditions.barrier_free},
        "suppose": replace(conditions, times=(), barrier_free=False).to_json() if conditions.supposing else None,
        "assumed": conditions.assumed,
    }
    made = command.written(drawn.inventory, "coverage", "csv", wish, None, Terminal(text=drawn.text))
    return {(row["row_id"], row["column_id"]): row for row in csv.DictReader(io.StringIO(made.decode("utf-8-sig")))}


def on_one_line(words: str) -> str:
    """Text of the report without the places where long words may break, and with plain spaces."""
    return " ".join(words.replace("\N{ZERO WIDTH SPACE}", "").split())


def figure_of(word: str) -> str:
    """The figure of a cell without its signs."""
    return re.sub(r"^[✕○✓] ?| ?…$", "", word)


NUMBER = r"([\d.,]+)"
SAID = {
    "de": rf"gebraucht {NUMBER}, gedeckt {NUMBER}, fehlend {NUMBER}",
    "en": rf"needed {NUMBER}, met {NUMBER}, missing {NUMBER}",
}


def tenths(words: str, text: Text) -> int:
    return int(re.sub(r"[.,]", "", words)) if re.search(r"[.,]\d$", words) else 10 * int(re.sub(r"[.,]", "", words))


def adds_up(words: str, text: Text) -> int:
    """Every said needed is met + missing, and no share is above 100 %; the number of sums found."""
    sums = re.findall(SAID[text.language], words)
    for needed, met, missing in sums:
        assert tenths(needed, text) == tenths(met, text) + tenths(missing, text), words
    shares = [int(share.replace(".", "").replace(",", "")) for share in re.findall(r"(?<![+−])\b([\d.,]+)\s?%", words)]
    assert all(0 <= share <= 100 for share in shares), words
    return len(sums)


def on_tiles(drawn: Drawn) -> None:
    """Each tile has the figure that the raw cells give for its district, and its bar the share of the need met."""
    text, view = drawn.text, faces.of_districts(drawn.view)
    tile_map = tiles.tile_map(drawn.inventory, text, drawn.view)
    by_district = copy(drawn)
    by_district.view = view
    wanted, resting = expected(by_district) if view.measure != "offers" else {}, resting_on_hidden(by_district)
    cells = cells_of(by_district, drawn.inventory)
    met = shown(cells[cells["assessed"]])
    on_screen = charts.tile_map(tile_map).to_dict()["data"][-1]["text"]
    for tile in tile_map.tiles:
        key = (tile.district_id, "city")
        if tile.cell.value is None and key in resting:  # two ends (test_hidden_people)
            assert tile.cell.word in {re.sub("</?b>", "", words) for words in on_screen}, (str(drawn), key)
            continue
        if view.measure != "offers":
            assert (None if tile.cell.value is None else tile.cell.figure) == wanted.get(key), (str(drawn), key)
        bar = None if tile.cell.met is None else half_up(100 * tile.cell.met, 0)
        silent = tile_map.face.compared or key not in met or (bar is None and key in resting)
        assert bar == (None if silent else met[key]["coverage"]), (str(drawn), key)
        assert {tile.cell.word, f"<b>{tile.cell.word}</b>"} & {*on_screen}, (str(drawn), key)
    table_of, _ = tiles.as_table(tile_map, text)
    for words, tile in zip(table_of["figure"], tile_map.tiles, strict=True):
        assert words in ({tile.why, f"{tile.cell.figure} ({tile.why})"} if tile.why else {tile.cell.figure})


@pytest.mark.parametrize("number", range(COMPARED))
@pytest.mark.parametrize("kind", INVENTORIES)
def test_every_face_says_the_same(opened: dict[str, Inventory], kind: str, number: int) -> None:
    drawn = Drawn(opened[kind], 100 * INVENTORIES.index(kind) + number)
    text, view = drawn.text, drawn.view
    face = faces.face(drawn.inventory, text, view)
    words = {key: cell.word for key, cell in face.cells.items()}
    # 1. the value itself, from the raw cells
    if view.measure != "offers":
        wanted, resting = expected(drawn), resting_on_hidden(drawn)
        for key, cell in face.cells.items():
            if cell.value is None and key in wanted and key in resting:  # two ends (test_hidden_people)
                assert wanted[key] != cell.figure and cell.figure != text("word.unknown"), (str(drawn), key)
                continue
            assert (cell.value is not None) == (key in wanted), (str(drawn), key)
            if key in wanted:
                assert cell.figure == wanted[key], (str(drawn), key)
                assert figure_of(cell.word) in (cell.figure, ""), (str(drawn), key)
    # 2. the matrix as drawn, with its hover texts
    for alone in (True, False):  # on a telephone, and beside the tile map
        figure = page_figures.matrix(drawn.inventory, text, view, alone).to_dict()
        assert [list(line) for line in figure["data"][0]["text"]] == [
            [words[row, column] for column in face.columns.ids] for row in face.rows.ids
        ]
    apart = {} if drawn.before else ends_of(drawn)
    percent = (SPACE if text.language == "de" else "") + "%"
    hovers = dict(zip(map(tuple, figure["data"][1]["customdata"]), figure["data"][1]["text"], strict=True))
    for key, hover in hovers.items():
        sums, cell = adds_up(hover, text), face.cells[key]
        if drawn.before is None and view.measure != "offers" and cell.value is not None:
            assert sums == 1 or key in resting_on_hidden(drawn)
            assert cell.figure in hover, (str(drawn), key)
        if key in apart and (ends := apart[key]).cells_surveyed:
            ends_said = [f"{half_up(100 * end, 0)}{percent}" for end in (ends.share_low, ends.share_high)]
            before, after = text("bounds.hover_share", figure="|").split("|")
            lines = [line for line in hover.split("<br>") if line.startswith(before) and line.endswith(after)]
            assert len(lines) == (ends_said[0] != ends_said[1]), (str(drawn), key)
            if 0 < ends.share_low < ends.share_high < 1 and ends_said[0] != ends_said[1]:
                assert text("bounds.between", low=ends_said[0], high=ends_said[1]) in hover, (str(drawn), key)
    # 3. its table
    shown_table, columns = page_figures.as_table(drawn.inventory, text, view)
    assert shown_table["row"].tolist() == face.rows.full
    assert shown_table[[column.name for column in columns[1:]]].to_numpy().tolist() == [
        [words[row, column] for column in face.columns.ids] for row in face.rows.ids
    ]
    # 4. the tile map, and its table
    on_tiles(drawn)
    # 5. the report, with the tile map
    names = names_of(drawn.inventory, text)
    report = handout.report(drawn.inventory, names, view)
    on_paper = content(report, text)
    assert [[on_one_line(cell["word"]) for cell in row["cells"]] for row in on_paper["matrix"]["rows"]] == [
        [on_one_line(words[row, column]) for column in face.columns.ids] for row in face.rows.ids
    ]
    assert [on_one_line(row["name"]) for row in on_paper["matrix"]["rows"]] == face.rows.full
    by_district = faces.face(drawn.inventory, text, faces.of_districts(view))
    on_screen = tiles.tile_map(drawn.inventory, text, view).tiles  # without a bar where words stand in its place
    for tile, key, seen in zip(on_paper["tiles"]["tiles"], by_district.rows.ids, on_screen, strict=True):
        cell = by_district.cells[key, "city"]
        assert (on_one_line(tile["word"]), tile["met"]) == (on_one_line(cell.word), seen.met), (str(drawn), key)
        assert seen.met in (cell.met, None) and (seen.met is not None or cell.met is None or seen.why)
    assert bool(on_paper["supposed"]) == (drawn.conditions.supposing or drawn.conditions.assumed)
    assert face.assumed == drawn.conditions.assumed == (text("bounds.assumed", figure="") in face.title)
    for line in (row["cells"] for row in on_paper["matrix"]["rows"]):
        adds_up(" ".join(cell["word"] for cell in line), text)
    # 6. the workbook
    sheet = exports.matrix_sheet(report.handout, text)
    row_names, lines = of_workbook(exports.xlsx_file([sheet], text, drawn.inventory.now()), text)
    assert row_names == face.rows.full
    assert lines == [
        [cell.word if cell.value is not None else cell.figure for cell in face.line(row)] for row in face.rows.ids
    ]
    for line in lines:
        adds_up(" ".join(line), text)
    # every table of figures behind it
    for frame in (report.handout.evidence, report.gaps):
        known = frame[frame["gap_places"].notna()]
        assert (known["places_needed"] - known["places_met"] - known["gap_places"]).abs().max() < 1e-9 or known.empty
        assert known["coverage"].between(0, 1).all()
    # 7. the command line: raw values of the same cells
    rows = of_csv(drawn)
    name = NAME.get(view.measure, "offers")
    for key, cell in face.cells.items():
        row = rows.get(key, {})
        if cell.value is None or view.measure == "offers":
            continue
        ends = ("_before", "_after") if face.compared else ("",)
        raw = [{each: row[f"{each}{end}"] for each in ("places_needed", "places_met", name)} for end in ends]
        for side in (each for each in raw if each["places_needed"] and each["places_met"]):
            side["gap_places"] = str(half_up(float(side["places_needed"]), 1) - half_up(float(side["places_met"]), 1))
        if "" in {figure for side in raw for figure in side.values()}:  # only its ends
            assert key in resting_on_hidden(drawn)
            continue
        digits = 2 if name == "coverage" else 1
        values = [half_up(float(side[name]), digits) for side in raw]
        value = (values[-1] - values[0]) * (100 if name == "coverage" else 1) if face.compared else values[0]
        assert float(value) == pytest.approx(cell.value, abs=1e-9), (str(drawn), key)


@pytest.mark.parametrize("kind", INVENTORIES)
def test_offers_are_counted_alike_on_every_face(opened: dict[str, Inventory], kind: str) -> None:
    """11, 8, 6 on screen and 0 in every file: each count against the list of offers, and the row for unknown groups."""
    inventory, text = opened[kind], Text("de")
    names = names_of(inventory, text)
    by_group = faces.face(inventory, text, View("target_group", "field", "offers"))
    assert by_group.rows.ids[-1] == "unknown"
    running = inventory.rows("SELECT initiative_id, theme_ids, target_group_ids FROM active_offer")
    assert any(not row["target_group_ids"] for row in running)
    for group in by_group.rows.ids:
        for field in by_group.columns.ids:
            themes = {field, *names.themes_below(field)}
            those = [
                row
                for row in running
                if themes & {*(row["theme_ids"] or [])}
                and (group in (row["target_group_ids"] or []) or (group == "unknown" and not row["target_group_ids"]))
            ]
            assert by_group.cells[group, field].figure == str(len(those)), (group, field)
    sheet = exports.matrix_sheet(handout.of(inventory, names, View("target_group", "field", "offers")), text)
    lines = [[cell.value for cell in by_group.line(row)] for row in by_group.rows.ids]
    assert sheet.frame.iloc[:, 1:].to_numpy().tolist() == lines
    assert sheet.frame["row"].iloc[-1] == "unbekannt"
    surveyed = {row["survey_id"] for row in inventory.rows("SELECT survey_id FROM survey WHERE state = 'surveyed'")}
    reaching = faces.face(inventory, text, View(measure="offers"))
    for row in reaching.rows.ids[::6]:
        for column in reaching.columns.ids:
            listed = coverage.offers(inventory, Selection((), (column,), (row,)))
            figure = reaching.cells[row, column].figure
            pairs = [f"{theme}|{row}" for theme in {column, *names.themes_below(column)}]
            if figure == "unbekannt":  # nobody has looked, and of some offers it is unknown whom they reach
                assert listed.empty and not surveyed & {*pairs}
            else:
                assert figure == str(len(listed)), (row, column)


@pytest.mark.parametrize("kind", INVENTORIES)
def test_the_page_and_the_command_line_say_what_the_faces_say(
    at: Callable[..., AppTest], files: dict[str, Path], opened: dict[str, Inventory], kind: str, tmp_path: Path
) -> None:
    measure = {"example": "gap", "public": "offers", "sparse": "coverage"}[kind]
    view, text = View("district", "field", measure, Selection((), (), ("16",))), Text("de")
    face = faces.face(opened[kind], text, view)
    first = faces.face(opened[kind], text, replace(view, order="severity"))  # the page begins with what matters first
    words = [[cell.word for cell in first.line(row)] for row in first.rows.ids]
    own = tmp_path / "page.duckdb"  # the dashboard opens a file of its own
    own.write_bytes(files[kind].read_bytes())
    visitor = at(own, "gaps", measure=measure, district_in="16", rows="district")
    assert not visitor.exception
    on_page = table(visitor, "row", face.columns.ids[0])
    assert on_page[face.columns.ids].to_numpy().tolist() == words
    out, other = tmp_path / "a.xlsx", tmp_path / "command.duckdb"
    other.write_bytes(files[kind].read_bytes())
    wanted = ["--rows", "district", "--columns", "field", "--measure", measure, "--district", "16", "--out", str(out)]
    result = run("export", "coverage", *wanted, database=other)
    assert result.exit_code == 0, result.stderr
    _, lines = of_workbook(out.read_bytes(), text)
    assert lines == [
        [cell.word if cell.value is not None else cell.figure for cell in face.line(row)] for row in face.rows.ids
    ]


def test_the_drawn_views_are_worth_the_name(opened: dict[str, Inventory]) -> None:
    """All measures, rows, both kinds of comparison, conditions and each kind of filter are among the sixty."""
    drawn = [Drawn(opened[kind], 100 * place + n) for place, kind in enumerate(INVENTORIES) for n in range(VIEWS)]
    assert len(drawn) == 60
    assert {one.view.measure for one in drawn} == set(MEASURES)
    assert {one.view.rows for one in drawn} == {"district", "target_group"}
    for name in ("groups", "themes", "districts"):
        assert sum(bool(getattr(one.view.selection, name)) for one in drawn) >= 10
    assert sum(one.conditions.supposing for one in drawn) >= 10
    assert sum(one.conditions.limiting for one in drawn) >= 10
    assert sum(one.conditions.assumed for one in drawn) >= 10
    assert sum(one.before is not None and not one.conditions.supposing for one in drawn) >= 5
    assert sum(one.view.field is not None for one in drawn) >= 10
