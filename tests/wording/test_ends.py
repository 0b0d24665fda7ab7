"""What a cell of a matrix says of the unknown, on screen and in files."""

from collections.abc import Iterator

import pytest

from esdash import exports
from esdash.analysis.selection import Selection, View
from esdash.exports.reports.report import content
from esdash.exports.tables import gap_book
from esdash.inventory import Inventory
from esdash.inventory.file.conditions import Conditions
from esdash.texts import LANGUAGES, Text
from esdash.wording import classes, faces, handout
from esdash.wording.faces import Cell
from esdash.wording.names import names_of
from tests.analysis.entries import enter, offer, online, survey

DE, EN = Text("de"), Text("en")


def plain(words: str) -> str:
    return words.replace("\N{NO-BREAK SPACE}", " ")


def cell(inventory: Inventory, row: str, column: str, measure: str = "coverage", text: Text = DE) -> Cell:
    return faces.face(inventory, text, View("district", "theme", measure)).cells[row, column]


@pytest.fixture
def looked(tiny: Inventory) -> Iterator[Inventory]:
    """Somebody has looked at German courses and homework; the first have offers of which something is unknown."""
    survey(tiny, ["german_courses", "homework"])
    enter(
        tiny,
        offer("known", capacity=10),
        online("size", capacity=None),
        online("other", theme_ids=["counselling"], target_group_ids=["women"], capacity=2),
    )
    yield tiny


def test_a_figure_that_hangs_on_something_unknown_says_so(looked: Inventory) -> None:
    """Besides the ten known places, 6 to 30 of an online offer are shared by the whole city."""
    found = cell(looked, "01", "german_courses")
    assert found.word == f"{found.figure} …" and found.ends.open and not found.strong
    line = next(line for line in map(plain, found.hover) if line.startswith("mit Unbekanntem: zwischen"))
    assert line == f"mit Unbekanntem: {plain(found.ends.figure)} gedeckt"
    missing = cell(looked, "01", "german_courses", "gap")
    assert any(plain(line).startswith("mit Unbekanntem: fehlend ") for line in missing.hover)
    assert missing.ends.figure in " ".join(missing.hover)
    for english in cell(looked, "01", "german_courses", text=EN).hover:
        assert "Unbekannt" not in english


def test_where_nobody_has_looked_there_is_a_question(looked: Inventory) -> None:
    none = cell(looked, "01", "essentials")
    assert (none.word, none.step, none.value) == ("?", "none_known", None)
    assert none.figure == "kein Angebot bekannt" and none.figure in none.hover
    known = cell(looked, "02", "counselling")
    assert known.step == "not_surveyed" and known.word == known.ends.short and known.word.endswith("%")
    assert known.figure.startswith("nicht erhoben; bekannte Angebote: ")
    assert any(line.startswith("Die bekannten Angebote decken ") for line in known.hover)
    offers = cell(looked, "01", "essentials", "offers")
    assert (offers.value, offers.word, offers.figure, offers.step) == (0, "?", "0", "none_known")
    white = cell(looked, "01", "homework")  # somebody has looked, and nothing can reach it
    assert white.strong and white.word == "✕"
    steps = faces.face(looked, DE, View("district", "theme")).steps
    signs = {entry.step: entry.sign for entry in classes.key("coverage", False, steps, DE)}
    assert (signs["none_known"], signs[classes.OPEN], signs["white"]) == ("?", "…", "✕")


def test_where_nothing_is_unknown_no_bound_is_shown(looked: Inventory) -> None:
    found = cell(looked, "02", "homework")
    assert not found.ends.hover and not found.ends.open and not any("Unbekannt" in line for line in found.hover)
    steps = faces.face(looked, DE, View("city", "theme")).steps
    assert classes.OPEN in steps
    enter(looked, offer("known", capacity=10))
    face = faces.face(looked, DE, View("district", "theme"))
    assert classes.OPEN not in face.steps


@pytest.mark.parametrize("language", LANGUAGES)
def test_files_give_the_least_the_assumed_and_the_most(looked: Inventory, language: str) -> None:
    text, view = Text(language), View("district", "theme")
    shown = handout.of(looked, names_of(looked, text), view)
    assert set(shown.apart["column_id"]) == {"german_courses"} and len(shown.apart) == 3
    for row in shown.apart.itertuples():
        assert row.coverage_low < row.coverage_central < row.coverage_high
        assert row.gap_places_low < row.gap_places_central < row.gap_places_high
    sheet = gap_book.evidence_sheet(shown, text)
    heads = [column.label for column in sheet.columns]
    named = {"de": "gedeckter Bedarf, mit Annahmen", "en": "need met, with assumptions"}[language]
    assert named in heads
    filled = sheet.frame[sheet.frame["coverage_central"].notna()]
    assert set(filled["theme"]) == {names_of(looked, text).of("theme", "german_courses")}
    assert exports.matrix_workbook(shown, text, looked.now())
    report = handout.report(looked, names_of(looked, text), view)
    apart = content(report, text)["apart"]
    assert [len(row) for row in apart["rows"]] == [8] * 3 and apart["heads"][3] == named
    assert apart["rows"][0][2] == text.percent(shown.apart["coverage_low"].iloc[0]).replace("\N{NO-BREAK SPACE}", " ")


def test_files_with_assumptions_say_so(looked: Inventory) -> None:
    shown, view = looked.under(Conditions(assumed=True)), View("district", "theme")
    found, names = handout.report(shown, names_of(shown, DE), view), names_of(shown, DE)
    assert found.handout.face.title.endswith("(mit Annahmen)")
    assert any(note.startswith("MIT ANNAHMEN") and "zählt mit 15 Plätzen" in note for note in found.handout.notes)
    made = content(found, DE)
    assert made["supposed"] == "MIT ANNAHMEN für Unbekanntes"
    assert made["tiles"]["title"].endswith("(mit Annahmen)") and made["fields"]["title"].endswith("(mit Annahmen)")
    assert made["sentence"].startswith("Die Zahlen gelten mit Annahmen")
    usual = handout.of(looked, names, view)
    assert not usual.assumed and "Annahmen" not in usual.face.title
    assert exports.report_file(found, DE, shown.now())


def test_what_is_probable_is_said_on_hover_and_never_of_more(tiny: Inventory) -> None:
    """Thirty courses of 50 places are known: one more, for whom 42.5 places are needed, is probably as large."""
    survey(tiny)
    alike = [online(f"k{n}", theme_ids=["homework"], target_group_ids=["children"], capacity=50) for n in range(30)]
    enter(tiny, *alike, online("a", target_group_ids=["adults", "women"], capacity=None))
    likely = "wahrscheinlich ganz gedeckt"
    for view in (View("district", "theme"), View("theme", "district"), View("district", "theme", field="education")):
        cells = faces.face(tiny, DE, view).cells
        said = {key for key, each in cells.items() if likely in each.hover}
        assert said == {key for key in cells if "german_courses" in key}
        assert not any("wahrscheinlich" in line for key in cells.keys() - said for line in cells[key].hover)
    for view in (View("city", "theme"), View("district", "field"), View("district", "theme", "offers")):
        assert not any(
            "wahrscheinlich" in line for each in faces.face(tiny, DE, view).cells.values() for line in each.hover
        )
    groups = View("district", "theme", selection=Selection(groups=("adults",)))
    assert not any(
        "wahrscheinlich" in line for each in faces.face(tiny, DE, groups).cells.values() for line in each.hover
    )
