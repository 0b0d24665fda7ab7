"""The papers of Lagebild, Doppelstrukturen and the plan of trainings: they say what the pages say, on every sheet."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from esdash import exports
from esdash.analysis import open_inventory
from esdash.analysis.bundling import bundling
from esdash.analysis.bundling.bundling import Wish
from esdash.analysis.overview import changed
from esdash.inventory import Inventory
from esdash.texts import Text
from esdash.wording import changes, overview
from esdash.wording import overlaps as cases
from tests.conftest import NOW
from tests.provide import pdftotext

LANGUAGES = ("de", "en")


Read = Callable[[bytes], str]


@pytest.fixture(scope="module")
def example(example_made: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Inventory]:
    path = tmp_path_factory.mktemp("papers") / "inventory.duckdb"
    path.write_bytes(example_made.read_bytes())
    inventory = open_inventory(path, lambda: NOW)
    yield inventory
    inventory.close()


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """read(content): the words of a PDF, all pages; spaces and line ends as one space."""

    def words(content: bytes) -> str:
        file = tmp_path / "paper.pdf"
        file.write_bytes(content)
        said = subprocess.run([pdftotext(), "-layout", str(file), "-"], capture_output=True, text=True, check=True)
        return " ".join(said.stdout.split())

    return words


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_paper_of_cases_holds_every_case_with_its_reason(example: Inventory, read: Read, language: str) -> None:
    text = Text(language)
    said = read(exports.overlap_cases(example, text, NOW))
    found = cases.listed(example, text)
    assert len(found) == 12
    for place, row in enumerate(found.to_dict("records"), start=1):
        assert f"{place}. {row['case_words']}" in said
        assert cases.why(example, row, text) in said
    assert said.count(text("overlaps.paper_decision")) == 12  # a line to write on for each
    assert text("export.example_note") in said
    assert exports.overlap_cases(example, text, NOW) == exports.overlap_cases(example, text, NOW)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_paper_of_the_plan_names_what_is_merged_and_with_what_it_does_not_reckon(
    example: Inventory, read: Read, language: str
) -> None:
    """46 of 48 dates are reckoned with: one was entered twice, of one nobody knows the bookings."""
    text = Text(language)
    *_, plan = bundling.improve(bundling.prepare(example, Wish()))
    said = read(exports.training_plan(example, text, plan, NOW))
    assert {"de": "Gerechnet ist mit 46 von 48", "en": "46 of 48"}[language] in said
    assert text("plan.uncounted_booked") in said
    for part in ("merges", "held", "free", "access", "uncounted"):
        assert text(f"plan.part_{part}") in said
    assert said.count(text("plan.origin_plan")) >= len(plan.into)


def test_without_a_case_the_paper_says_why(tiny: Inventory, read: Read) -> None:
    text = Text("de")
    assert text("overlaps.nothing") in read(exports.overlap_cases(tiny, text, NOW))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_paper_of_lagebild_says_on_one_sheet_what_the_page_says(
    example: Inventory, read: Read, language: str
) -> None:
    text, day = Text(language), date(2026, 9, 16)
    content = exports.overview_paper(example, text, day, NOW)
    said = read(content)
    assert said.endswith(text("export.page", page="1", pages="1"))
    assert spaced(overview.sentence(example, text).replace("**", "")) in said
    for name, tile in overview.tiles(example, text, day).items():
        assert text(f"tile.{name}") in said and spaced(tile.value) in said and tile.change in said
    for _, _, words in changes.named(changed.counts(example, day), text):
        assert words in said
    for _, words in overview.waiting(example, text):
        assert words in said
    for row in overview.by_field(example, text).to_dict("records"):
        places = text("chart.met_of", met=row["places_met"], needed=row["places_needed"])
        assert spaced(f"{row['short']} {row['share']} {places}") in said
    for row in overview.first_items(example, text).to_dict("records"):
        assert f"{row['rank']:.0f}. {row['title']} {row['state_word']}" in said
    worst, meeting = overview.worst(example, text), overview.next_meeting(example, text)
    assert worst and worst[0] in said
    assert meeting and meeting[0] in said
    for words in ("export.example_note", "overview.source"):
        assert text(words) in said
    assert exports.overview_paper(example, text, day, NOW) == content


def test_the_paper_of_lagebild_compares_with_the_last_meeting(example: Inventory, read: Read) -> None:
    text = Text("de")
    day = next(iter(changed.days(example)))
    assert text("overview.since_day", day=day) in read(exports.overview_paper(example, text, None, NOW))


def test_without_an_offer_the_paper_of_lagebild_has_no_bars(empty_dessau: Path, tmp_path: Path, read: Read) -> None:
    path, text = tmp_path / "inventory.duckdb", Text("de")
    path.write_bytes(empty_dessau.read_bytes())
    empty = open_inventory(path, lambda: NOW)
    said = read(exports.overview_paper(empty, text, None, NOW))
    empty.close()
    assert text("overview.sentence_empty") in said
    assert text("tile.initiatives") not in said and text("overview.by_field_most") not in said


def spaced(words: str) -> str:
    """Words with every space as the paper is read."""
    return " ".join(words.split())
