"""Text files that do not say how they write their letters, and quotes that stand behind a blank."""

import random
import re
from pathlib import Path

import pytest

from esdash.errors import UserError
from esdash.inventory.importing.read import code_pages, spreadsheets
from esdash.model.kinds import HEADERS
from esdash.texts import Text

CASES = Path(__file__).parent / "cases"
GERMAN = "Organisation;Notiz\r\nMöbelhilfe Süd;für „Anfänger“ – 5 €\r\nStraßenfest;größer\r\nÄrztehaus;Übung\r\n"
PLAIN = GERMAN.replace("„", "").replace("“", "").replace("–", "-").replace("€", "EUR")


def table(path: Path) -> spreadsheets.Table:
    return spreadsheets.table(path, HEADERS)


def guessed(found: spreadsheets.Table) -> str:
    """The code page that the preview names; "" if there was nothing to guess."""
    return "".join(
        str(notice.values["page"]) for notice in found.notices if notice.key == "import_file.notice_code_page"
    )


@pytest.mark.parametrize(
    ("name", "page", "cells"),
    [
        ("c05_mac.csv", "Mac Roman", ["Flüchtlingsrat Köthen", "Bürgernetz Roßlau"]),
        ("c05_dos.csv", "DOS 850", ["Köchinnen und Köche"]),
    ],
)
def test_lists_of_an_old_mac_and_of_dos(name: str, page: str, cells: list[str]) -> None:
    found = table(CASES / name)
    assert [row.cells[0] for row in found.rows] == cells
    assert guessed(found) == page
    (notice,) = found.notices
    for language in ("de", "en"):
        assert page in Text(language)(notice.key, **notice.values)


@pytest.mark.parametrize("text", [GERMAN, PLAIN])
@pytest.mark.parametrize(
    "page",
    ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "latin-1", "mac_roman", "cp850", "cp437"],
)
def test_german_is_right_in_every_page_that_can_write_it(tmp_path: Path, page: str, text: str) -> None:
    try:
        content = text.encode(page)
    except UnicodeEncodeError:
        content = PLAIN.encode(page)
        text = PLAIN
    path = tmp_path / "a.csv"
    path.write_bytes(content)
    found = table(path)
    expected = [tuple(line.split(";")) for line in text.splitlines()]
    assert [found.header, *(row.cells for row in found.rows)] == expected
    assert bool(guessed(found)) == (page in ("mac_roman", "cp850", "cp437"))


@pytest.mark.parametrize(
    ("page", "words"),
    [
        ("utf-8", "Łódź Więcek Yılmaz"),
        ("cp1250", "Łódź Müller"),
        ("cp1250", "Dvořák Więcek Černý"),
        ("cp1254", "Yılmaz Şahin Öztürk"),
        ("cp1251", "Центр Дружба Мама"),
        ("cp1252", "Grüße São Besançon Ångström"),
        ("mac_roman", "Nähcafé Großelterncafé"),
        ("cp1252", "Nähcafé Großelterncafé 6 ÷ 2"),
        ("cp1252", "20 m² ½ Std. Bürger·innen „wichtig” d’Or © 10 °C § 5 50 ‰ Übung"),
        ("mac_roman", "Fête Bürger „neu“ – 5 €"),
        *(("cp850", word) for word in ("Köthen", "Roßlau", "Bürger", "Mädchen", "Ärzte", "ÄRZTEHAUS", "Übung", "über")),
        *(("mac_roman", word) for word in ("Köthen", "Roßlau", "Bürger", "Mädchen", "Ärzte", "ÄRZTEHAUS", "Übung")),
    ],
)
def test_words_of_all_kinds(page: str, words: str) -> None:
    found = code_pages.read(f"Name\r\n{words}\r\n".encode(page))
    assert found is not None
    assert found.text == f"Name\r\n{words}\r\n"


@pytest.mark.parametrize(
    ("page", "word", "other"), [("cp1252", "Fête", "Fęte"), ("cp1250", "Więcek", "Więcek"), ("cp1252", "Aleš", "Aleö")]
)
def test_a_word_that_could_be_another_is_named_with_the_other(page: str, word: str, other: str) -> None:
    found = code_pages.read(f"Name\r\n{word}\r\n".encode(page))
    assert found is not None
    assert other in found.doubtful[0]


@pytest.mark.parametrize(
    "content",
    [
        "Organisation\nMüller\n".encode() + "Köthen\n".encode("cp1252"),  # two in one file
        "Organisation\nMüller\n".encode().decode("cp1252").encode("utf-8"),  # written twice
        b"Organisation\n\xa5\xb1\xd7\x9c\xb5\x83\xaa\n",  # no language
    ],
)
def test_what_cannot_be_read_without_a_fault_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(content)
    with pytest.raises(UserError, match="import_encoding"):
        table(path)


def test_a_blank_before_a_quote_is_no_part_of_the_text() -> None:
    found = table(CASES / "quotes_after_blank.csv")
    assert found.header == ("Organisation", "Straße", "Telefon", "Notiz")
    assert [row.cells for row in found.rows] == [("Verein Muster", "Musterweg 1, Haus B", "0340 123456", "")]


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        ('Organisation; "Notiz"\nA; "eins;\nzwei ""drei"""\n', ("A", 'eins;\nzwei "drei"')),
        ('Organisation,   "Notiz" ,"PLZ"\nA,   "x, y" ,"06844"\n', ("A", "x, y", "06844")),
        ('sep=;\n"Organisation"; "Notiz"\nA; "b;c"\n', ("A", "b;c")),
        ('Organisation;Notiz\nA; "Haus" am Markt\n', ("A", '"Haus" am Markt')),  # quotes of the text stay
        ('Organisation;Notiz\nA;b "c" d\n', ("A", 'b "c" d')),
    ],
)
def test_quotes_and_blanks(tmp_path: Path, text: str, cells: tuple[str, ...]) -> None:
    path = tmp_path / "a.csv"
    path.write_text(text, encoding="utf-8")
    assert table(path).rows[0].cells == cells


def test_letters_that_were_lost_before_are_named_by_row(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("Organisation;Notiz\nTafel;x\nM\ufffdbelhilfe;gut\nB\ufffdro;K\ufffdche", encoding="utf-8")
    (notice,) = table(path).notices
    told = Text("de")(notice.key, **notice.values)
    assert "Zeile 3 („M\ufffdbelhilfe“); 4 („B\ufffdro“); 4 („K\ufffdche“)" in told


def test_no_german_list_is_written_wrongly_without_a_word() -> None:
    """Lists drawn from the words of our own texts: right, or with the page named, or refused."""
    texts = Path(__file__).parents[2] / "esdash" / "texts" / "de"
    said = " ".join(path.read_text(encoding="utf-8") for path in sorted(texts.glob("*.toml")))
    words = sorted({word for word in re.findall(r'[^\s";,]+', said) if not word.isascii()})
    drawn = random.Random(7)
    right = 0
    for page in ("cp1252", "mac_roman", "cp850", "cp437", "cp1250"):
        for size in (1, 2, 5, 20) * 20:
            lines = "\r\n".join(["Name", *drawn.sample(words, size)]).encode(page, "ignore")
            try:
                found = code_pages.read(lines)
            except code_pages.Unknown:
                continue
            assert found is not None
            assert found.page or found.text == lines.decode(page)
            right += found.text == lines.decode(page)
    assert right > 0.97 * 400
