"""The papers of Doppelstrukturen and of the plan of trainings: what they say is what the pages say, on every page."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from esdash import exports
from esdash.analysis import open_inventory
from esdash.analysis.bundling import bundling
from esdash.analysis.bundling.bundling import Wish
from esdash.inventory import Inventory
from esdash.texts import Text
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
