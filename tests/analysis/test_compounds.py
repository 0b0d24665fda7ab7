"""Parting compound words, by hand."""

import time

import pytest

from esdash.analysis.records.compounds import LONGEST, stems, ways

KNOWN = stems(
    ["sprache", "kurs", "deutsch", "lernen", "frauen", "treff", "arbeit", "suche", "kinder", "garten", "haus"]
)


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("sprachkurs", ("sprach", "kurs")),
        ("sprachkurse", ("sprach", "kurs")),  # an ending
        ("arbeitssuche", ("arbeit", "suche")),  # what joins them
        ("arbeitsuche", ("arbeit", "suche")),
        ("frauentreffs", ("frauen", "treff")),
        ("kindergarten", ("kinder", "garten")),
        ("frauensprachkurs", ("frauen", "sprach", "kurs")),
    ],
)
def test_parts(word: str, parts: tuple[str, ...]) -> None:
    assert parts in ways(word, KNOWN)


@pytest.mark.parametrize("word", ["kurs", "sprache", "garten", "beratung", "hauskf", "", "06842", "kurs5", "родник"])
def test_no_compound(word: str) -> None:
    assert ways(word, KNOWN) == []


def test_a_long_word_takes_no_time() -> None:
    began = time.process_time()
    assert len(ways("a" * LONGEST, stems(["aaa", "aaaa", "aaaaa"]))) > 0
    ways("a" * (LONGEST - 1) + "b", stems(["aaa", "aaaa", "aaaaa"]))  # no end fits
    assert ways("a" * 10_000, KNOWN) == []
    assert time.process_time() - began < 1
