"""The methods that the code cites are written down, and the page Methode shows the document."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

from esdash.ui.method import formulas

ROOT = Path(__file__).parents[2]
DOCUMENT = (ROOT / "docs" / "METHODS.md").read_text(encoding="utf-8")
CITED = re.compile(r"METHODS (M\d+(?:(?:, | to | and )M\d+)*)")


def cited() -> dict[str, set[str]]:
    """Method → the files that cite it."""
    found: dict[str, set[str]] = {}
    listed = subprocess.run(["git", "ls-files", "*.py", "*.sql", "*.md"], cwd=ROOT, capture_output=True, text=True)
    for name in listed.stdout.split():
        path = ROOT / name
        for group in CITED.findall(path.read_text(encoding="utf-8")) if path.exists() else ():
            for method in re.findall(r"M\d+", group):
                found.setdefault(method, set()).add(name)
    return found


def test_every_cited_method_has_its_section() -> None:
    written = set(re.findall(r"^## (M\d+) ", DOCUMENT, re.MULTILINE))
    missing = {method: sorted(files) for method, files in cited().items() if method not in written}
    assert not missing
    assert written <= cited().keys(), "a section that nothing cites"


def test_every_file_that_the_document_names_is_there() -> None:
    places = ("", "esdash/", "esdash/analysis/coverage/", "tests/analysis/")
    for name in re.findall(r"`([\w/.*-]+(?:\.py|\.sql|/))`", DOCUMENT):
        assert any(list(ROOT.glob(f"{place}{name}".rstrip("/"))) for place in places), name


def test_values_in_the_document_are_those_of_the_code() -> None:
    from esdash.analysis import judgements

    for minutes, weight in judgements.REACH_STEPS:
        assert re.search(rf"{weight:g} up to {minutes}\b", DOCUMENT)
    for part, weight in judgements.OVERLAP_WEIGHTS.items():
        assert f"{weight:.2f}".lstrip("0") in DOCUMENT, part
    assert f"Shown from {judgements.DUPLICATE_FROM:.2f}" in DOCUMENT
    assert f"at most {judgements.BUNDLE_DAYS} days and {judgements.BUNDLE_KM} km" in DOCUMENT
    assert f"holds {judgements.CONTACT_STALE_AFTER_DAYS} days" in DOCUMENT
    assert f"misses at least {judgements.LEAST_GAP_PLACES} places" in DOCUMENT


def test_the_page_shows_the_whole_document() -> None:
    shown = formulas.in_full()
    assert shown.startswith("#### M1 Need")
    assert shown.count("#### M") == len(re.findall(r"^## M\d+ ", DOCUMENT, re.MULTILINE))
    assert not re.search(r"^#{1,3} ", shown, re.MULTILINE)


def test_a_telephone_has_lines_instead_of_tables() -> None:
    shown = formulas.below()
    assert not re.search(r"^\|", shown, re.MULTILINE)
    assert "- women – needed N: 2; reaching A·N: 7; met M: 2; missing G: 0; beyond the need U: 5\n" in shown
    assert "- reason: has promised something about it, still open and not yet followed as a measure; points: 1" in shown
