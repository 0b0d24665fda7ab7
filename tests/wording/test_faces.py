"""A matrix as every face shows it. Figures by hand from tests/tiny_city.

German for adults needs 20, 10 and 4 places in the districts 01, 02, 03; homework for children 20, 10 and 4.
"""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Any

import pytest

from esdash import charts, exports
from esdash.analysis.coverage import gaps as ranking
from esdash.analysis.priorities import priorities
from esdash.analysis.selection import MEASURES, Selection, View
from esdash.charts import key, look
from esdash.charts.district_map import areas, circles
from esdash.exports.reports.report import content
from esdash.inventory import Inventory
from esdash.inventory.file.conditions import Conditions, NewOffer
from esdash.texts import Text
from esdash.wording import classes, evidence, faces, gaps, handout
from esdash.wording.faces import Face
from esdash.wording.names import names_of
from tests.analysis.entries import DISTRICTS, enter, online, survey
from tests.provide import pdftotext

DE = Text("de")
NEW = Conditions(offers=(NewOffer("Neu", 7.0, ("german_courses",), ("adults",), mode="online"),))
BY_THEME = View("district", "theme", "gap")
SURE = "\N{NO-BREAK SPACE}%"


@pytest.fixture
def town(tiny: Inventory) -> Inventory:
    """Everywhere surveyed; German reaches 01 with 12 places and homework 02 with 9."""
    survey(tiny)
    enter(
        tiny,
        online("a", district_ids=["01"], capacity=12),
        online("b", district_ids=["02"], theme_ids=["homework"], target_group_ids=["children"], capacity=9),
    )
    return tiny


def words(face: Face, column: str) -> list[str]:
    return [face.cells[row, column].word for row in face.rows.ids]


def test_cells_by_hand(town: Inventory) -> None:
    adults = Selection(("adults",))
    coverage = faces.face(town, DE, View("district", "theme", "coverage", adults))
    assert words(coverage, "german_courses") == [f"60{SURE}", "✕", "✕"]  # 12 of 20; 10 and 4 without an offer
    assert words(coverage, "homework") == ["\N{EN DASH}"] * 3  # nobody needs it
    assert words(coverage, "essentials") == ["○", "○", "○"]  # 2, 1 and 0.4 places
    missing = faces.face(town, DE, View("district", "theme", "gap", adults))
    assert words(missing, "german_courses") == ["8,0", "✕ 10,0", "✕ 4,0"]
    per_100 = faces.face(town, DE, View("district", "theme", "gap_per_100", adults))
    assert words(per_100, "german_courses") == ["4,0", "✕ 10,0", "✕ 10,0"]  # 8 of 200, 10 of 100, 4 of 40 people
    offers = faces.face(town, DE, View("district", "theme", "offers", adults))
    assert words(offers, "german_courses") == ["1", "0", "0"]
    assert coverage.cells["01", "german_courses"].hover == (
        "Mitte",
        "Deutsch lernen",
        "teilweise gedeckt",
        "Plätze pro Woche: gebraucht 20,0, gedeckt 12,0, fehlend 8,0",
        f"Gedeckter Bedarf: 60{SURE}",
        "Fehlende Plätze je 100 Personen: 4,0",
        "1 Angebot",
    )


def test_a_need_as_a_calculation(town: Inventory) -> None:
    """Women are hidden in 02 and 03 (METHODS M4); homework is nothing for adults."""
    need = evidence.need(town, DE, Selection(districts=("02",))).set_index(["theme_id", "target_group_id"])
    said = {key: evidence.calculation(row, DE) for key, row in zip(need.index, need.to_dict("records"), strict=True)}
    assert said["homework", "children"] == (
        "50 Personen (geschätzt), je 100 werden 20 Plätze gebraucht: 10,0. Davon gedeckt: 9,0."
    )
    assert said["german_courses", "adults"] == (
        "100 Personen (amtlich), je 100 werden 10 Plätze gebraucht: 10,0. Davon gedeckt: 0,0."
    )
    assert said["homework", "adults"] == "Das trifft hier nicht zu."
    # 170 in the city less 100 in 01: 1 to 69 women in each, of whom 5 of 100 need a place
    assert said["german_courses", "women"] == (
        "Personen: unter Schwelle, je 100 5 Plätze: zwischen 0,1 und 3,5. Davon gedeckt: 0,0."
    )


# ---------------------------------------------------------------- one largest gap


def test_headline_lists_report_and_priorities_agree(town: Inventory) -> None:
    """Homework in 01 misses all its 20 places; German there 8 for adults and 5 for women."""
    names = names_of(town, DE)
    sentence = gaps.sentence(town, names, Selection(), str)
    first = gaps.ranked(town, DE, Selection()).iloc[0]
    report = handout.report(town, names, BY_THEME)
    row = content(report, DE)["worst"]["rows"][0]
    assert "Größte Lücke: Lernhilfe und Hausaufgaben im Stadtbezirk Mitte, dort fehlen 20,0 Plätze" in sentence
    assert (first["theme"], first["district"], first["gap_places"]) == ("Lernhilfe und Hausaufgaben", "Mitte", 20)
    assert (row["theme"], row["district"], row["gap"]) == ("Lernhilfe und Hausaufgaben", "Mitte", "20,0")
    assert row["why"] == [
        "Kinder (bis 13 Jahre): 100 Personen (geschätzt), je 100 werden 20 Plätze gebraucht: 20,0. Davon gedeckt: 0,0."
    ]
    worst = ranking.worst(town)
    assert worst is not None
    assert f"gap|{worst['theme_id']}|{worst['district_id']}" in set(priorities.ranked(town)["item_id"])


# ---------------------------------------------------------------- what is only supposed


def test_a_supposition_says_so_on_every_page(town: Inventory, tmp_path: Path) -> None:
    supposed, names = town.under(NEW), names_of(town, DE)
    report = handout.report(supposed, names, BY_THEME)
    assert report.sentence.startswith("Angenommen, nicht wirklich: In ")
    assert "gäbe es" in report.sentence and "würden" in report.sentence
    path = tmp_path / "a.pdf"
    path.write_bytes(exports.report_file(report, DE, town.now()))
    said = subprocess.run([pdftotext(), "-layout", path, "-"], capture_output=True, text=True, check=True).stdout
    pages = said.split("\f")[:-1]
    assert len(pages) >= 2
    assert all("ANGENOMMEN, nicht wirklich" in page for page in pages)
    real = handout.report(town, names, BY_THEME)
    assert "ANGENOMMEN" not in str(content(real, DE))
    assert real.sentence.startswith("In ") and "gäbe" not in real.sentence


def test_a_supposition_is_compared_with_what_is(town: Inventory) -> None:
    """7 places for 20 + 10 + 4: 4.1 in 01, 2.1 in 02 and 0.8 in 03; the white spots there close."""
    adults = Selection(("adults",))
    face = faces.face(town.under(NEW), DE, View("district", "theme", "gap", adults))
    # missing 8.0 → 8 − 4.118 = 3.9; 10 → 7.9; 4 → 3.2
    assert words(face, "german_courses") == ["−4,1", "✓ −2,1", "✓ −0,8"]
    assert words(face, "essentials") == ["±0"] * 3
    notes = handout.of(town.under(NEW), names_of(town, DE), BY_THEME).notes
    assert notes[0].startswith("ANGENOMMEN, nicht wirklich: Neues Angebot: 7 Plätze pro Woche, Deutsch lernen")
    assert "Weiße Flecken: 2 geschlossen, 0 neu." in notes[1]


# ---------------------------------------------------------------- a click shrinks nothing


def test_a_chosen_cell_is_framed_and_the_report_stays_whole(town: Inventory) -> None:
    names = names_of(town, DE)
    chosen = View("district", "theme", "gap", Selection((), ("homework",), ("02",)), field="education")
    whole, part = handout.report(town, names, chosen.whole), handout.report(town, names, chosen)
    face = part.handout.face
    assert face.rows.ids == list(DISTRICTS)
    assert [row for row in face.rows.ids for column in face.columns.ids if face.is_chosen(row, column)] == ["02"]
    assert not any(whole.handout.face.is_chosen(*key) for key in whole.handout.face.cells)
    assert (part.sentence, part.handout.surveyed) == (whole.sentence, whole.handout.surveyed) == (whole.sentence, 1.0)
    assert {key: cell.word for key, cell in part.fields.cells.items()} == {
        key: cell.word for key, cell in whole.fields.cells.items()
    }
    assert any("Gewählt: Lernhilfe und Hausaufgaben · Nordvorstadt" in note for note in part.handout.notes)
    assert not whole.handout.notes
    assert len(content(part, DE)["worst"]["rows"]) == 1
    frames = [shape["line"]["color"] for shape in charts.matrix(face).to_dict()["layout"]["shapes"]]
    assert frames.count(look.ACCENT) == 1


def test_a_district_filters_a_matrix_without_districts(town: Inventory) -> None:
    face = faces.face(town, DE, View("target_group", "theme", "gap", Selection(districts=("02",))))
    assert face.cells["adults", "german_courses"].word == "✕ 10,0"
    assert face.title.endswith("(Nordvorstadt)")


# ---------------------------------------------------------------- colours


def colours(face: Face, column: str) -> list[str]:
    return [look.COLOURS[face.cells[row, column].step] for row in face.rows.ids]


@pytest.mark.parametrize(
    ("places", "step"), [(0, 0), (0.1, 1), (2.9, 1), (3, 2), (9.9, 2), (10, 3), (30, 4), (99.9, 4), (100, 5), (900, 5)]
)
def test_missing_places_have_fixed_classes(places: float, step: int) -> None:
    assert classes.of_missing("gap", places) == f"missing_{step}"


def lightness(colour: str) -> float:
    return sum(int(colour[at : at + 2], 16) for at in (1, 3, 5))


def test_more_missing_is_stronger() -> None:
    shades = [lightness(look.COLOURS[f"missing_{step}"]) for step in range(1, 6)]
    assert shades == sorted(shades, reverse=True) and len(set(shades)) == 5


def test_a_change_diverges_around_zero() -> None:
    assert classes.of_change("gap", 0.0) == classes.of_change("coverage", 0.0) == "same"
    assert classes.of_change("coverage", 59) == "better_2" and classes.of_change("gap", 59) == "worse_2"
    assert classes.of_change("gap", -0.1) == "better_1"
    assert len({look.COLOURS[step] for step in ("worse_2", "worse_1", "same", "better_1", "better_2")}) == 5


def test_a_supposition_elsewhere_changes_no_colour(town: Inventory) -> None:
    """Classes were sixths of the largest value in view: nothing got worse, and yet a district turned darker."""
    adults = Selection(("adults",))
    before = faces.face(town, DE, View("district", "city", "gap", adults))
    more = NewOffer("Neu", 30.0, ("german_courses",), ("adults",), mode="mobile", district_ids=("01",))
    closed = faces.face(town.under(Conditions(offers=(more,))), DE, View("district", "city", "gap", adults))
    assert closed.compared
    enter(
        town,
        online("a", district_ids=["01"], capacity=20),
        online("b", district_ids=["02"], theme_ids=["homework"], target_group_ids=["children"], capacity=9),
    )
    after = faces.face(town, DE, View("district", "city", "gap", adults))
    assert after.cells["01", "city"].value != before.cells["01", "city"].value
    assert colours(after, "city")[1:] == colours(before, "city")[1:]


def test_rates_are_areas_and_numbers_are_circles(town: Inventory) -> None:
    def drawn(measure: str) -> tuple[int, int]:
        face = faces.face(town, DE, faces.of_districts(View(measure=measure, selection=Selection(("adults",)))))
        return len(set(areas(face).values())), len(circles(face))

    assert drawn("coverage")[1] == drawn("gap_per_100")[1] == 0
    assert drawn("gap") == (1, 3)  # plain districts, a circle in each
    assert drawn("offers")[1] == 1  # nothing reaches adults in 02 and 03
    face = faces.face(town, DE, faces.of_districts(View(measure="gap", selection=Selection(("adults",)))))
    sizes = {circle.district_id: circle.size for circle in circles(face)}
    missing = {row: face.cells[row, "city"].value for row in face.rows.ids}
    assert sizes == pytest.approx({row: value / max(missing.values()) for row, value in missing.items()})


@pytest.mark.parametrize(
    ("measure", "first"), [("coverage", "quarter_1"), ("gap", "missing_0"), ("offers", "offers_0")]
)
def test_one_key_names_every_class_that_is_drawn(town: Inventory, measure: str, first: str) -> None:
    view = View(measure=measure)
    drawn: list[Any] = [faces.face(town, DE, view), faces.face(town, DE, faces.of_districts(view))]
    steps = {cell.step for face in drawn for cell in face.cells.values()}
    entries = classes.key(measure, False, steps, DE)
    assert entries[0].step == first
    assert steps <= {entry.step for entry in entries} | {"unknown"}  # "?" is one entry with "nicht erhoben"
    parts = [figure.to_dict()["data"][1] for figure, _ in charts.keys(entries)]
    assert [label for part in parts for label in part["text"]] == [entry.label for entry in entries]


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("measure", MEASURES)
@pytest.mark.parametrize("compared", [False, True])
def test_the_words_of_a_key_have_room_on_a_telephone(language: str, measure: str, compared: bool) -> None:
    """A letter of 12 pixels is some 5.9 wide; a part of the key is never narrower than WIDTH."""
    every = [*(f"quarter_{n}" for n in range(1, 5)), "thin", "white", "small", "not_surveyed", "not_applicable"]
    for figure, entries in charts.keys(classes.key(measure, compared, every, Text(language))):
        words = figure.to_dict()["data"][1]
        ends = [start + 5.9 * len(label) for start, label in zip(words["x"], words["text"], strict=True)]
        squares = [start - 9 for start in figure.to_dict()["data"][0]["x"]]
        assert all(end < square for end, square in zip(ends, squares[1:], strict=False)), entries
        assert ends[-1] <= key.WIDTH <= 390 - 2 * 16
