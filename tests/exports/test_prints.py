"""List of contact points, wall list and flyer as PDF: what stands on them, where, and that it reads as it looks."""

import re
import subprocess
import unicodedata
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pytest
import zxingcpp

from esdash.analysis.leaflet import contacts, texts
from esdash.errors import UserError
from esdash.exports.prints.content import sheet
from esdash.exports.prints.papers import Paper, paper
from esdash.inventory import Inventory
from esdash.inventory.access import Action
from esdash.texts import leaflet
from tests.commands.command_line import run
from tests.people import OFFICE
from tests.planted_contacts import LATELY, PEOPLE, fill, planted
from tests.provide import pdftotext

URL = "https://ehrenamt.example.org/anlaufstellen"
PHONE = "+49 340 204-1234"
NEW_LANGUAGES = ("ar", "uk", "en", "ru", "tr")  # Musterstadt has German and Persian
MM = 72 / 25.4


class Word(NamedTuple):
    """A word on a page, and from where to where it reaches [mm]."""

    page: int
    left: float
    right: float
    text: str


def read(content: bytes, *options: str) -> str:
    done = subprocess.run([pdftotext(), *options, "-", "-"], input=content, capture_output=True, check=True)
    return done.stdout.decode()


def words(content: bytes) -> list[Word]:
    found, page = [], 0
    for line in read(content, "-bbox").splitlines():
        page += "<page " in line
        if match := re.search(r'xMin="([\d.]+)".*xMax="([\d.]+)".*>(.+)</word>', line):
            found.append(Word(page, float(match[1]) / MM, float(match[2]) / MM, match[3]))
    return found


def setup(inventory: Inventory, **city: Any) -> None:
    with inventory.change(OFFICE, Action.CHANGE_CITY, "Sprachen") as change:
        rows = [{"language_id": key, "name_de": key, "name_en": key, "sort": 9} for key in NEW_LANGUAGES]
        change.insert("language", rows)
        change.update("city", [{"city_id": inventory.value("SELECT city_id FROM city"), "public_address": URL} | city])


def reviewed(inventory: Inventory, *languages: str) -> None:
    """A person has read the usual texts."""
    with inventory.change(OFFICE, Action.EDIT_RECORDS, "Gelesen") as change:
        for language in ("de", *languages):
            change.insert(
                "leaflet_text",
                [
                    {"leaflet_text_id": f"{one.passage}|{language}", "passage": one.passage, "language_id": language}
                    | {"text": one.text, "source_sha256": None if language == "de" else one.source_sha256}
                    | {"reviewed_on": LATELY, "reviewed_by": "Sprachmittlung"}
                    for one in texts.texts_of(inventory, language).values()
                ],
            )


SOME = (
    {
        "contact_point_id": "Laden",
        "contact_id": "c",
        "language_ids": ["de", "fa"],
        "opening_hours": "Tu,Th 14:00-17:00",
    },
    {"contact_point_id": "Café", "contact_id": "c", "appointment": "required", "theme_ids": ["homework", "essentials"]},
    {"contact_point_id": "Haus", "phone": "0340 7", "opening_hours": "Mo-Fr 09:00-24:00"},
)


def fill_some(inventory: Inventory) -> None:
    fill(inventory, [{"contact_id": "c", "role": "Leitung (Büro)"}], SOME[:2])


@pytest.fixture
def town(tiny: Inventory) -> Iterator[Inventory]:
    setup(tiny)
    yield tiny


def made(inventory: Inventory, language: str, kind: contacts.Kind = "flyer", **more: Any) -> Paper:
    return paper(inventory, kind, language, **more)


@pytest.mark.parametrize("kind", contacts.KINDS)
def test_planted_contacts_are_not_on_paper(town: Inventory, kind: contacts.Kind) -> None:
    planted(town)
    one = made(town, "de", kind)
    said = read(one.content)
    assert {key for key in PEOPLE if re.search(rf"^{key}$", said, re.MULTILINE)} == {"good", "away"}
    assert "in Vertretung" in said  # the deputy of the one who is away
    assert [found.contact_point_id for found in one.contacts] == ["away", "good"]
    assert f"Gültig bis: {one.valid_to:%d.%m.%Y}" in said and "Stand: 22.11.2026" in said
    with town.change(OFFICE, Action.EDIT_RECORDS, "Widerruf") as change:
        change.update("contact", [{"contact_id": "good", "consent_scope": None}])
    later = made(town, "de", kind)
    assert later.contacts == [] and PHONE not in read(later.content)
    assert "Zurzeit ist keine Anlaufstelle bestätigt." in " ".join(read(later.content).split())


@pytest.mark.parametrize("language", ["de", "ar", "uk"])
def test_the_flyer(town: Inventory, language: str) -> None:
    fill_some(town)
    reviewed(town, *(() if language == "de" else (language,)))
    one = made(town, language)
    assert (one.draft, one.name, one.left_out, one.no_qr) == (False, f"faltblatt-{language}.pdf", 0, "")
    assert b"<pdfuaid:part>1<" in one.content
    assert one.content == made(town, language).content
    found, said = words(one.content), read(one.content)
    assert PHONE in said and "14:00–17:00" in said and "rat@example.org" in said
    phone = [word for word in found if word.text in PHONE.split()]
    assert len(phone) == 6
    for place in (0, 3):  # as it looks: +49 is on the left
        assert [word.text for word in sorted(phone[place : place + 3], key=lambda word: word.left)] == PHONE.split()
    mirrored = language == "ar"
    city = [word for word in found if word.page == 1 and word.text == "Musterstadt"]  # on the front and the back
    assert len([word for word in city if (word.right < 100 if mirrored else word.left > 197)]) == 1
    assert len([word for word in city if (100 if mirrored else 97) < word.left < (200 if mirrored else 197)]) == 1
    third = [word for word in phone if (word.right < 97 if mirrored else word.left > 200)]
    assert third == phone  # the contact points are on the last panel of the inner side, the flap
    folds = {1: (100, 200) if mirrored else (97, 197), 2: (97, 197) if mirrored else (100, 200)}
    crossing = [
        word for word in found if any(word.left < fold + 5 and word.right > fold - 5 for fold in folds[word.page])
    ]
    assert crossing == []
    assert min(word.left for word in found) > 5 and max(word.right for word in found) < 292  # what a printer reaches


def letters(said: str) -> Counter[str]:
    """Letters of right-to-left scripts, without the signs above and below them."""
    known = unicodedata.normalize("NFKC", said)
    return Counter(sign for sign in known if "\u0590" <= sign <= "\u08ff" and unicodedata.category(sign)[0] == "L")


def in_words(value: Any) -> str:
    """All words in the language of the paper, of pieces and what holds them."""
    if isinstance(value, list):
        if len(value) == 2 and value[0] in ("words", "sign", "foreign"):
            return str(value[1]) if value[0] == "words" else ""
        return " ".join(map(in_words, value))
    return " ".join(map(in_words, value.values())) if isinstance(value, dict) else ""


@pytest.mark.parametrize("language", ["ar", "fa"])
@pytest.mark.parametrize("kind", ["flyer", "contact_list"])
def test_every_letter_is_read_once(town: Inventory, language: str, kind: contacts.Kind) -> None:
    fill_some(town)
    reviewed(town, language)
    one, known = made(town, language, kind), sheet(town, kind, language).said
    left_out = {
        "more_one",
        "more_many",
        "none",
        *(() if kind == "flyer" else ("page", "as_of", "valid_to", "publisher")),
    }
    expected = letters(known["title"] + in_words([part for key, part in known.items() if key not in left_out]))
    if kind == "contact_list":  # at the foot, "valid to" also at the head
        expected += letters(
            in_words([known["as_of"], known["valid_to"], known["valid_to"], known["page"], known["publisher"]])
        )
    assert letters(read(one.content)) == expected
    assert sum(expected.values()) > 200


@pytest.mark.parametrize("language", leaflet.languages())
def test_every_language_is_drawn(town: Inventory, language: str) -> None:
    """Every sign of the usual texts has a glyph: else its name would stand in brackets."""
    fill_some(town)
    for kind in ("flyer", "contact_list"):  # the wall list has the words of the list
        one = made(town, language, kind)
        assert one.draft and "[" not in read(one.content), kind


def test_a_draft_says_so_on_every_panel(town: Inventory) -> None:
    fill_some(town)
    one = made(town, "uk")
    assert (one.draft, one.name) == (True, "faltblatt-uk-entwurf.pdf")
    said = " ".join(read(one.content).split())
    assert said.count("Чернетка, не перевірено") == said.count("Entwurf, nicht geprüft") == 6
    reviewed(town)
    assert "Entwurf" not in read(made(town, "de").content)
    with town.change(OFFICE, Action.EDIT_RECORDS, "Neuer Text") as change:
        change.update("leaflet_text", [{"leaflet_text_id": "answer_1|de", "reviewed_on": None}])
    again = made(town, "de")
    assert [found.passage for found in again.not_reviewed] == ["answer_1"] and again.draft
    assert not made(town, "de", "contact_list").draft  # that text is not on the list


def test_the_qr_code_leads_to_the_city(town: Inventory, tmp_path: Path) -> None:
    fill_some(town)
    flyer = made(town, "ar", office=True)
    (tmp_path / "f.pdf").write_bytes(flyer.content)
    draw = [
        str(Path(pdftotext()).with_name("pdftoppm")),
        "-r",
        "150",
        "-gray",
        "-f",
        "1",
        "-l",
        "1",
        str(tmp_path / "f.pdf"),
    ]
    head, _, pixels = subprocess.run(draw, capture_output=True, check=True).stdout.partition(b"\n255\n")
    wide, high = map(int, head.split()[1:])
    picture = np.frombuffer(pixels, dtype=np.uint8).reshape(high, wide)
    assert (round(wide / 150 * 25.4), round(high / 150 * 25.4)) == (297, 210)
    assert [code.text for code in zxingcpp.read_barcodes(picture)] == [URL]


def test_no_qr_code_without_a_public_address(tiny: Inventory) -> None:
    setup(tiny, public_address="https://localhost:8501")
    fill_some(tiny)
    one = made(tiny, "de")
    assert (
        one.no_qr == "internal" and "neuesten Stand" not in read(one.content) and "localhost" not in read(one.content)
    )


def test_smaller_questions_make_room_for_more_contact_points(tiny: Inventory) -> None:
    setup(tiny)
    fill(tiny, [{"contact_id": "c"}], [{"contact_point_id": f"Punkt {n:02d}", "contact_id": "c"} for n in range(30)])
    assert len(made(tiny, "uk").contacts) == 9  # 8 if one question more stood on the second panel
    assert len(made(tiny, "tr").contacts) == 10  # 9 if a gap were counted above the first one of the third panel


def test_more_than_fit_are_counted(town: Inventory) -> None:
    many = [{"contact_point_id": f"Punkt {n:02d}", "contact_id": "c", "language_ids": ["de"]} for n in range(30)]
    many[29]["language_ids"] = ["de", "fa"]
    fill(town, [{"contact_id": "c"}], many)
    one = made(town, "de")
    said = " ".join(read(one.content).split())
    shown = sorted(set(re.findall(r"Punkt \d\d", said)))
    assert shown == [f"Punkt {n:02d}" for n in range(len(one.contacts))] and 5 <= len(shown) < 20
    assert f"Weitere {30 - len(shown)} Anlaufstellen stehen in der Liste" in said
    assert one.left_out == 30 - len(shown)
    assert made(town, "fa").contacts[0].contact_point_id == "Punkt 29"  # somebody there speaks Persian
    complete = made(town, "de", "contact_list")
    assert len(set(re.findall(r"Punkt \d\d", read(complete.content)))) == 30 and complete.left_out == 0


def test_texts_that_do_not_fit_are_refused(town: Inventory) -> None:
    fill_some(town)
    with town.change(OFFICE, Action.EDIT_RECORDS, "Lang") as change:
        row = {
            "leaflet_text_id": "answer_3|de",
            "passage": "answer_3",
            "language_id": "de",
            "text": "Viel Text. " * 700,
        }
        change.insert("leaflet_text", [row])
    with pytest.raises(UserError, match="print_too_long"):
        made(town, "de")
    with pytest.raises(UserError, match="print_language"):
        made(town, "vi")


def test_hours_on_paper(town: Inventory) -> None:
    closed = [
        {"first_day": LATELY.replace(month=12), "last_day": LATELY.replace(year=2027, month=1), "reason": "Urlaub"}
    ]
    every = [{"starts_on": LATELY.replace(day=3), "begins": "16:00", "ends": "18:00"}]
    points = (
        {"contact_point_id": "a", "opening_hours": "Mo-We 09:00-12:00,13:00-24:00; Fr 10:00-12:00; PH off"},
        {"contact_point_id": "b", "opening_hours": None, "fortnightly": every, "appointment": "possible"},
        {"contact_point_id": "c", "opening_hours": "Tu[1,3] 10:00-12:00", "closures": closed, "holiday_hours": "ask"},
        {"contact_point_id": "d", "opening_hours": "24/7"},
        {"contact_point_id": "e", "opening_hours": None},
        {"contact_point_id": "f", "hours_assured_on": LATELY.replace(month=5)},
    )
    fill(town, [{"contact_id": "k"}], ({"contact_id": "k"} | point for point in points))
    said = " ".join(read(made(town, "de", "contact_list").content).split())
    for words_of in (
        "Montag – Mittwoch 09:00–12:00, 13:00–24:00",
        "Freitag 10:00–12:00",
        "Dienstag 16:00–18:00 jede zweite Woche, erstmals am 03.11.2026",
        "auch mit Termin",
        "Dienstag 10:00–12:00 im Monat nur: 1., 3.",
        "geschlossen vom 01.12.2026 bis 01.01.2027",
        "an gesetzlichen Feiertagen bitte vorher anrufen",
        "rund um die Uhr",
        "Zeiten bitte erfragen",
        "Montag 10:00–12:00 bitte vorher anrufen",
    ):
        assert words_of in said, words_of
    assert "Urlaub" not in said  # why a place is closed is nobody's business


def test_a_language_of_the_citys_own_prints_what_there_is(town: Inventory) -> None:
    fill_some(town)
    with town.change(OFFICE, Action.CHANGE_CITY, "Sprache") as change:
        change.insert("language", [{"language_id": "zz-1", "name_de": "Sonstige", "name_en": "Other", "sort": 9}])
        row = {"leaflet_text_id": "title|zz-1", "passage": "title", "language_id": "zz-1", "text": "Zzz"}
        change.insert("leaflet_text", [row])
    one = made(town, "zz-1")
    assert one.draft and {"Zzz", "Anlaufstellen"} <= set(read(one.content).split())  # the rest in German


def test_no_name_of_a_person_is_on_paper(town: Inventory) -> None:
    fill(town, [{"contact_id": "c", "name": "Ada Zaubermann"}], SOME[:1])
    for kind in contacts.KINDS:
        assert "Zaubermann" not in read(made(town, "de", kind).content)


def test_the_commands(tiny_path: Path, tmp_path: Path) -> None:
    done = run("export", "flyer", "--in", "ar", "--office", "--out", tmp_path / "f.pdf", database=tiny_path)
    assert done.exit_code == 0, done.output
    assert (tmp_path / "f-entwurf.pdf").read_bytes().startswith(b"%PDF") and not (tmp_path / "f.pdf").exists()
    for line in ("Auf dem Papier stehen 0 Anlaufstellen", "Ohne QR-Code: Die Stadt hat keine", "Entwurf, weil"):
        assert line in done.output
    for name in ("contact-list", "wall-list"):
        assert run("export", name, "--out", tmp_path / f"{name}.pdf", database=tiny_path).exit_code == 0
    assert run("export", "flyer", "--in", "xx", "--out", tmp_path / "x.pdf", database=tiny_path).exit_code == 2
    past = run("export", "flyer", "--as-of", "2026-11-22", "--out", tmp_path / "x.pdf", database=tiny_path)
    assert past.exit_code == 2 and "wird nichts gedruckt" in past.output
    assert run("export", "contact-list", "--office", "--out", tmp_path / "x.pdf", database=tiny_path).exit_code == 2
