"""The files of a version: made from nothing but its content, for people, printers, programs and archives."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
import subprocess
from collections import Counter
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from esdash.exports.lists import files, paper
from esdash.exports.lists.files import CHECKSUMS, render, stem
from esdash.exports.reports import setting, signs
from esdash.model.canonical import canonical, sha256
from esdash.texts import Text
from esdash.wording import classes
from esdash.wording.labels import LIGHT_SIGNS
from tests.exports.lists import ARABIC, EMOJI, LONG, bare, content, entry
from tests.provide import libreoffice, pdftotext

GERMAN = Text("de")
NAME = "prioritaetenliste-fassung-2"


def mixed(number: int) -> dict[str, Any]:
    """Entries with all that makes pages difficult, one after the other."""
    odd = (
        entry(number),
        entry(number, title=ARABIC, measure=ARABIC),
        entry(number, title=EMOJI, change="up", previous_rank=5),
        entry(number, title=LONG, measure=f"{LONG} " * 60),
        bare(number),
    )
    return odd[number % len(odd)]


def beside(name: str) -> str:
    """Another program of poppler, which stands beside pdftotext."""
    return str(Path(pdftotext()).with_name(name))


def pdf_text(path: Path, *options: str) -> str:
    run = subprocess.run([pdftotext(), *options, path, "-"], capture_output=True, check=True)
    return run.stdout.decode()


def written(folder: Path, given: dict[str, Any]) -> Path:
    path = folder / "a.pdf"
    path.write_bytes(render(given)[f"{NAME}.pdf"])
    return path


def test_the_same_content_gives_the_same_bytes_whatever_its_order() -> None:
    given = content(3, mixed)
    turned = json.loads(json.dumps(given, sort_keys=True))
    first, again = render(given), render(dict(reversed(turned.items())))
    assert first.keys() == {f"{NAME}.{ending}" for ending in ("pdf", "xlsx", "csv", "json")} | {CHECKSUMS}
    assert first == again


@pytest.mark.parametrize("count", [0, 1, 12, 300])
def test_the_pdf_is_for_screen_readers_and_archives_and_says_every_entry_in_order(count: int, tmp_path: Path) -> None:
    given = content(count, mixed)
    path = written(tmp_path, given)  # typst refuses to write what breaks one of the two standards
    raw = path.read_bytes()
    marks = re.findall(rb"<pdfaid:(part|conformance)>(\w+)<|<pdfuaid:part>(\d)<", raw)
    assert sorted(marks) == [(b"", b"", b"1"), (b"conformance", b"A", b""), (b"part", b"3", b"")]
    assert b"/MarkInfo" in raw and b"/Lang" in raw
    said = pdf_text(path)
    checksum = sha256(canonical(given))
    pages = said.split("\f")[:-1]
    assert all(checksum[:12] in page and f"Seite {n} von {len(pages)}" in page for n, page in enumerate(pages, 1))
    assert checksum in said.replace("\n", "")
    blocks = said[said.rindex("Die Prioritäten im Einzelnen") :] if count else ""
    plain = [one["title"] for one in given["entries"] if one["title"].startswith("Lernhilfe")]
    places = [blocks.index(title) for title in plain]
    assert places == sorted(places) and len(places) == len(plain)
    parts = ["Zurückgestellt oder abgelehnt", "Fahrdienst", "Nicht mehr auf der Liste", "Wie die Reihenfolge entsteht"]
    assert [said.index(part) for part in parts] == sorted(said.index(part) for part in parts)


def test_arabic_keeps_its_letters_and_its_numbers_their_direction(tmp_path: Path) -> None:
    given = content(1, lambda number: entry(number, title=ARABIC), aside=[], gone=[])
    said = pdf_text(written(tmp_path, given))
    title = said[: said.index("Wo\n")] if "Wo\n" in said else said
    found = Counter(letter for letter in said if "\u0600" <= letter <= "\u06ff")
    wanted = Counter(letter for letter in ARABIC if "\u0600" <= letter <= "\u06ff")
    assert found == Counter({letter: 2 * n for letter, n in wanted.items()}), title  # at a glance, and in its block
    assert said.count("+49 340 204-1234") == 2 and said.count("14:00") == said.count("17:00") == 2


def moved(folder: Path, monkeypatch: pytest.MonkeyPatch, source: str) -> Path:
    """A template of this test, with what all templates share beside it."""
    (folder / "reports").mkdir()
    (folder / "reports" / "basics.typ").write_bytes(signs.FONTS.with_name("basics.typ").read_bytes())
    (folder / "trial.typ").write_text(source, encoding="utf-8")
    monkeypatch.setattr(setting, "_ROOT", folder)
    return folder / "trial.typ"


def test_in_every_report_a_time_at_the_end_of_an_arabic_line_stays_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = '#import "/reports/basics.typ": directed, fonts\n#set document(title: "x")\n#set text(font: fonts)\n'
    source += "#show: directed\n#json(bytes(sys.inputs.data)).line"
    made = setting.pdf(moved(tmp_path, monkeypatch, source), {"line": "Haus: هاتف +49 340 204-1234 من 14:00 إلى 17:00"})
    (tmp_path / "a.pdf").write_bytes(made)
    words = re.findall(r'xMin="([\d.]+)"[^>]*>([^<]+)<', pdf_text(tmp_path / "a.pdf", "-bbox"))
    left = {word: float(place) for place, word in words}
    assert left["Haus:"] < left["17:00"] < left["14:00"] < left["+49"] < left["340"] < left["204-1234"]


def test_every_template_takes_fonts_and_direction_from_the_basics() -> None:
    shared = ("basics.typ", "common.typ")
    templates = [path for path in Path(files.__file__).parents[1].rglob("*.typ") if path.name not in shared]
    assert len(templates) >= 6
    for template in templates:
        source = template.read_text(encoding="utf-8")
        # printed papers get texts in pieces that know their direction (exports/prints/saying.py)
        assert "font: fonts" in source and ("#show: directed\n" in source or "common.typ" in source), template.name


def test_a_sign_that_no_font_has_is_its_name_and_long_words_break(tmp_path: Path) -> None:
    given = content(1, lambda number: entry(number, title=EMOJI, measure=LONG * 4), aside=[], gone=[])
    path = written(tmp_path, given)
    said = pdf_text(path)
    assert "Sprachcafé [grinning face][man, woman, girl] im Zentrum ☕" in said
    boxes = re.findall(r'xMax="([\d.]+)"', pdf_text(path, "-bbox"))
    assert max(map(float, boxes)) < 596 - 18 / 25.4 * 72 + 1  # nothing runs over the margin of 18 mm


def test_what_is_attached_comes_out_of_the_pdf_as_it_was(tmp_path: Path) -> None:
    made = render(content(2))
    (tmp_path / "a.pdf").write_bytes(made[f"{NAME}.pdf"])
    subprocess.run(
        [beside("pdfdetach"), "-saveall", "-o", tmp_path, tmp_path / "a.pdf"], capture_output=True, check=True
    )
    for ending in ("json", "csv"):
        assert (tmp_path / f"{NAME}.{ending}").read_bytes() == made[f"{NAME}.{ending}"]


def test_the_checksums_are_those_of_sha256sum(tmp_path: Path) -> None:
    for name, made in render(content(1)).items():
        (tmp_path / name).write_bytes(made)
    run = subprocess.run(["sha256sum", "--strict", "-c", CHECKSUMS], cwd=tmp_path, capture_output=True, check=True)
    assert run.stdout.decode().count(": OK\n") == 4


def test_the_json_holds_the_content_under_a_head_that_names_it() -> None:
    given = content(1)
    document = json.loads(render(given)[f"{NAME}.json"])
    assert document["content"] == given
    assert document["datapackage"]["sha256"] == hashlib.sha256(canonical(given).encode()).hexdigest()
    assert (document["datapackage"]["name"], document["datapackage"]["version"]) == (stem(2), "2")


def test_csv_and_workbook_say_the_same_cell_by_cell() -> None:
    given = content(2, lambda number: (entry, bare)[number - 1](number))
    made = render(given)
    table = list(csv.DictReader(io.StringIO(made[f"{NAME}.csv"].decode("utf-8-sig")), delimiter=";"))
    first, second = table
    assert first == {
        **{"Rang": "1", "vorher": "", "Veränderung": "neu", "Priorität": "Lernhilfe Nr. 1 in Alten aufbauen: 8 Plätze"},
        **{"Maßnahme": "Zwei Nachmittage in der Woche in der Schule, mit Ehrenamtlichen.", "Thema": "Lernhilfe"},
        **{"Warum": "In der Erhebung oft genannt.", "Für wen": "Kinder und Jugendliche", "Wo": "Alten"},
        **{"Federführung": "Amt für Bildung", "Partner": "Haus A, Haus B", "Kosten (€)": "1500,50"},
        **{"Bis": "30.06.2027", "Punkte": "63,4", "Stabilität (%)": "92"},
        **{"Fehlende Plätze (Punkte)": "20,5", "Anteil ohne Angebot (Punkte)": "40,5"},
        **{"Rückstand zur Stadt (Punkte)": "60,5", "Mit einem neuen Angebot lösbar (Punkte)": "80,5"},
        **{
            "Stimmen: Mitte": "3",
            "Stimmen: unteres Viertel": "2",
            "Stimmen: oberes Viertel": "4,5",
            "Stimmen: Zahl": "7",
        },
        **{"Beschluss": "2026/17", "Ergebnis": "ungeändert beschlossen", "beschlossen am": "20.11.2026"},
        **{"Grund der Aufnahme": "In der Erhebung oft genannt.", "Zahlen vom": "02.11.2026"},
        "damals: fehlend (Plätze pro Woche)": "8,5",
        "damals: gedeckter Bedarf (%)": "42",
        "beim Einfrieren: fehlend (Plätze pro Woche)": "7,5",
        **{"Verweis": "/gaps?theme_in=homework", "Schlüssel": "p1"},
        "Zu diesen Daten": "Beispieldaten: alle Einträge sind erfunden. · Musterstadt · Fassung 2, beschlossen am "
        f"20.11.2026 · Prüfsumme {sha256(canonical(given))}",
    }
    assert {name: value for name, value in second.items() if value} == {
        **{"Priorität": "Lernhilfe Nr. 2 in Alten aufbauen: 8 Plätze", "Veränderung": "neu", "Wo": "ganze Stadt"},
        **{"Schlüssel": "p2", "Zu diesen Daten": first["Zu diesen Daten"]},
    }
    book = openpyxl.load_workbook(io.BytesIO(made[f"{NAME}.xlsx"]))
    assert book.sheetnames == ["Liste", "Nicht vorgelegt", "Belege", "Kriterien", "Methode", "Datenstand"]
    for name in ("Liste", "Belege"):
        rows = [[cell for cell in row] for row in book[name].iter_rows(values_only=True)]
        header = next(place for place, row in enumerate(rows) if row[0] == "Rang")
        for line, told in zip(rows[header + 1 :], table, strict=True):
            cells = dict(zip(rows[header], line, strict=True))
            beside = {
                "Stimmen",
                "Beschluss",
                "damals",
                "beim Einfrieren",
            }  # in words there, in columns of their own here
            for heading in cells.keys() - beside:
                share = heading == "Stabilität"
                assert said(cells[heading], heading, share) == told[f"{heading} (%)" if share else heading], heading


def said(value: Any, heading: str, share: bool) -> str:
    """A cell of the workbook as the CSV writes it."""
    if value is None:
        return ""
    if hasattr(value, "strftime"):
        return f"{value:%d.%m.%Y}"
    if heading == "Kosten (€)":
        return f"{value:.2f}".replace(".", ",")
    if isinstance(value, int | float):
        return f"{value * (100 if share else 1):.6f}".rstrip("0").rstrip(".").replace(".", ",")
    return str(value)


@pytest.mark.browser
def test_the_workbook_prints_on_a4_across_without_a_cut_column(tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(render(content(30, mixed))[f"{NAME}.xlsx"])
    office = [libreoffice(), "--headless", f"-env:UserInstallation=file://{tmp_path}/office", "--convert-to", "pdf"]
    subprocess.run([*office, "--outdir", tmp_path, tmp_path / "a.xlsx"], capture_output=True, check=True, timeout=120)
    sizes = subprocess.run(
        [beside("pdfinfo"), "-l", "99", tmp_path / "a.pdf"], capture_output=True, check=True
    ).stdout.decode()
    pages = re.findall(r"Page +\d+ size: +([\d.]+) x ([\d.]+)", sizes)
    assert {(round(float(w)), round(float(h))) for w, h in pages} == {(842, 595)}
    text = pdf_text(tmp_path / "a.pdf", "-layout")
    of_list = [page for page in text.split("\f") if "Federführung" in page]
    assert of_list and all("Rang" in page and "Punkte" in page for page in of_list)  # the header, whole, on every page
    assert len(re.findall("63[.,]4", text)) >= 24  # the last column of the list
    assert text.count("/gaps?") >= 24  # the last column of the evidence


def test_another_template_gives_other_bytes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = render(content(1))[f"{NAME}.pdf"]
    source = paper._TEMPLATE.read_text(encoding="utf-8").replace("#005F8F", "#AA0000")
    monkeypatch.setattr(paper, "_TEMPLATE", moved(tmp_path, monkeypatch, source))
    assert files.render(content(1))[f"{NAME}.pdf"] != before  # so a frozen version keeps its bytes


THUMB = "thumbs up sign, emoji modifier fitzpatrick type-4"


def test_the_signs_of_keys_are_drawn() -> None:
    assert all(len(signs.spelled(sign)) == 1 for sign in (*classes.SIGNS.values(), *LIGHT_SIGNS.values()))


def test_signs_are_tried_with_their_marks() -> None:
    assert signs.spelled({"a": ["ok – „ü“", "e\u0301", "漢\u0301", "\u202eabc", "👍🏽"]}) == {
        "a": ["ok – „ü“", "é", "[cjk unified ideograph-6f22]", "abc", f"[{THUMB}]"]
    }
