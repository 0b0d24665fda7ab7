"""Tables as partners send them: what Excel, LibreOffice, Numbers and people do to a list.

Each function writes one file; what it must become stands in test_partner_files.py.
"""

from __future__ import annotations

import unicodedata
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import openpyxl
import xlsxwriter

NBSP, SOFT_HYPHEN, THIN = "\N{NO-BREAK SPACE}", "\N{SOFT HYPHEN}", "\N{THIN SPACE}"


def job_centre(path: Path) -> None:
    """Windows letters, a title above, a row of sums and a note below, spaces that cannot be seen."""
    lines = [
        "Jobcenter Musterstadt – Maßnahmen im Überblick;;;;",
        "Stand: 01.02.2026;;;;",
        ";;;;",
        "Angebot ;Träger;Plätze;Beginn;Bemerkung",
        f"Sprachcafé{NBSP};AWO ;1.234;01.02.2026;für „Anfänger“ – 5 €",
        "Lernhilfe;Jobcenter;k. A.;1.2.26;  ",
        f"Möbel{SOFT_HYPHEN}hilfe;AWO;7;2026-02-01;",
        ";;;;",
        "Summe;;1.241;;",
        "* Änderungen vorbehalten;;;;",
    ]
    path.write_bytes("\r\n".join(lines).encode("cp1252"))


def welfare(path: Path) -> None:
    """UTF-8 with byte order mark; every way to say that nobody knows."""
    lines = [
        "Angebot;Organisation;Plätze;Ehrenamtliche aktiv;Wartende;Beginn;Notiz;Sprachen;Kosten;;",
        "A;AWO;NA;n/a;k. A.;-;?;unbekannt;k.A.;;",
        "B;AWO;0;;;;0;keine;0,00 €;;",
        ";;;;;;;;;;",
        "C;AWO;12 ;3;1;;NA-Beratung;Deutsch, Persisch;kostenlos;;",
        ";;;;;;;;;;",
    ]
    path.write_bytes("\r\n".join(lines).encode("utf-8-sig"))


def parish(path: Path) -> None:
    """What Excel calls "Unicode Text": UTF-16, tabs, quotes around line breaks."""
    rows = [
        "Anlaufstelle\tTräger\tFür wen\tÖffnungszeiten\tBeschreibung",
        'Café „Łódź“\tEv. Kirche\tEhrenamtliche; Zugewanderte\tMo, Mi 14-17 Uhr\t"Erst klingeln,\ndann ""Grüß Gott"""',
        "Kleiderkammer\tEv. Kirche\tZugewanderte\tnach Vereinbarung\t",
    ]
    path.write_bytes(b"\xff\xfe" + "\r\n".join([*rows, ""]).encode("utf-16-le"))


def named_delimiter(path: Path) -> None:
    """The first line says what parts the cells; every text is in quotes."""
    rows = ['"Organisation";"PLZ";"Telefon";"Internet"', '"Tafel; Musterstadt";"01067";"\'+49 340 12";"www.tafel.de"']
    path.write_bytes("\r\n".join(["sep=;", *rows, '"Verein „Süd“";"6844";"0340/12";""', ""]).encode("cp1252"))


def english(path: Path) -> None:
    """Commas between the cells, points before the cents: a web form in English."""
    lines = [
        "training,organisation,date,time,seats,cost in euros,note",
        'Basiskurs,AWO,2026-12-05,17:00-19:30,20,"1,234.50","two lines\r\nof text, with ""quotes"""',
        "Basiskurs,AWO,2026-12-06,,12,99.5,",
        "Basiskurs,AWO,12/07/2026,,12,,",
    ]
    path.write_bytes("\r\n".join(lines).encode("utf-8"))


def merged(path: Path) -> None:
    """A title over all columns, two header rows, one cell for the offers of an organisation, headings between."""
    with xlsxwriter.Workbook(path) as book:
        sheet, bold = book.add_worksheet("Angebote"), book.add_format({"bold": True})
        sheet.merge_range("A1:G1", "Integrationsangebote 2026", bold)
        for area, text in (("A3:A4", "Träger"), ("B3:B4", "Angebot"), ("C3:D3", "Ehrenamtliche"), ("G3:G4", "Notiz")):
            sheet.merge_range(area, text, bold)
        sheet.write_row("E3", ["Plätze", "Beginn"])
        sheet.write_row("C4", ["aktiv", "gesucht", "pro Woche"])
        sheet.write_row("A5", ["", "", "(Anzahl)", "(Anzahl)", "(Anzahl)", "(TT.MM.JJJJ)"])
        sheet.merge_range("A6:G6", "Bildung", bold)
        sheet.merge_range("A7:A8", "AWO")
        sheet.write_row("B7", ["Sprachcafé", 3, 1])
        sheet.write_row("B8", ["Lernhilfe", 5, 2])
        sheet.merge_range("E7:E8", 20)  # places of both together: not 20 each
        sheet.merge_range("A9:G9", "Wohnen", bold)
        sheet.write_row("A10", ["Jobcenter", "Möbelhilfe", 1, 0, 8])
        sheet.write_row("A11", ["Summe", "", "=SUM(C7:C10)", "=SUM(D7:D10)", 28])


def two_headers(path: Path) -> None:
    """The same as CSV, where merged cells are empty ones; the header is printed again on the second page."""
    lines = [
        "Angebot;Träger;Ehrenamtliche;;Plätze;Ort;;",
        ";;aktiv;gesucht;pro Woche;Straße;PLZ;Stadtbezirk",
        "Sprachcafé;AWO;3;1;20;Markt 1;01067;Mitte",
        "Angebot;Träger;Ehrenamtliche aktiv;Ehrenamtliche gesucht;Plätze pro Woche;Straße;PLZ;Stadtbezirk",
        "Lernhilfe;AWO;5;2;8;Markt 1;1067;Mitte",
    ]
    path.write_bytes("\n".join(lines).encode("cp1252"))


def numbers(path: Path) -> None:
    """Real dates, times, numbers and formats of Excel; postcodes as text, as numbers and as their own format."""
    _dated(path, {})


def numbers_of_1904(path: Path) -> None:
    """The same from an old Mac, which counts days from 1904."""
    _dated(path, {"date_1904": True})


HEADS = ("Schulung", "Träger", "Datum", "Von", "Bis", "Plätze", "Kosten in Euro", "Straße", "PLZ", "Bestätigt am")


def _dated(path: Path, options: dict[str, Any]) -> None:
    with xlsxwriter.Workbook(path, options) as book:
        sheet = book.add_worksheet("Termine")
        day, clock, long = (
            book.add_format({"num_format": code}) for code in ("dd.mm.yyyy", "hh:mm", "dddd, d. mmmm yyyy")
        )
        postcode, german, money, red = (
            book.add_format({"num_format": code}) for code in ("00000", '"D-"00000', "#,##0.00 [$€-407]", "[Red]0")
        )
        sheet.write_row(0, 0, HEADS)
        for row, (number, code) in enumerate([("01067", None), (1067, postcode), (1069, german)], 1):
            sheet.write_row(row, 0, ["Basiskurs", "AWO"])
            sheet.write_datetime(row, 2, datetime(2026, 12, 4 + row), (day, long, day)[row - 1])
            sheet.write_datetime(row, 3, time(9, 30), clock)
            sheet.write_datetime(row, 4, time(17, 0), clock)
            sheet.write_number(row, 5, 12.0, red)
            sheet.write_number(row, 6, (0.1 + 0.2, 1234.5, 1e-3)[row - 1], money)
            sheet.write(row, 7, "Markt 1")
            sheet.write(row, 8, number, code)
            sheet.write_datetime(row, 9, date(2026, 2, 28), day)
        sheet.write_row(4, 0, ["Basiskurs", "AWO", 46054])  # a date that lost its format


def formulas(path: Path) -> None:
    """Calculated cells with and without a result, errors, true and false, a hidden row, column and sheet."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Orte"
    sheet.append(["Ort", "Straße", "PLZ", "Stadtbezirk", "Barrierefrei", "Breite", "Länge", "Notiz"])
    sheet.append(["Rathaus", "Markt 1", "01067", "Mitte", True, 52.0051234, 11.5, "x"])
    sheet.append(["Bücherei", "Markt 2", "01067", "Nord", False, None, None, '=IF(1,"ja","nein")'])
    sheet.append(["Schule", "Weg 3", "01067", "#N/A", "ja", None, None, None])
    sheet.append(["Kirche", "Weg 4", "01067", "Fluss", "nein", None, None, "versteckt"])
    sheet["D4"].data_type = "e"
    sheet.row_dimensions[5].hidden = True
    sheet.column_dimensions["C"].hidden = True
    book.create_sheet("Alte Liste").append(["Ort", "Straße", "PLZ"])
    book["Alte Liste"].append(["Veraltet", "Weg 9", "01067"])
    book["Alte Liste"].sheet_state = "hidden"
    book.create_sheet("Hinweise").append(["Bitte bis Freitag zurück"])
    book.save(path)


def calculated(path: Path) -> None:
    """As Excel saves formulas: each with its last result, one of them an error."""
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["Angebot", "Träger", "Plätze", "Beginn", "Notiz"])
        day = book.add_format({"num_format": "dd.mm.yyyy"})
        sheet.write_formula(1, 0, '="Sprach"&"café"', None, "Sprachcafé")
        sheet.write(1, 1, "AWO")
        sheet.write_formula(1, 2, "=2*6", None, 12)
        sheet.write_formula(1, 3, "=DATE(2026,2,1)", day, 46054)
        sheet.write_row(2, 0, ["Lernhilfe", "AWO"])
        sheet.write_formula(2, 2, "=VLOOKUP(1,A1:B1,2)", None, "#N/A")
        sheet.write_row(3, 0, ["Chor", "AWO"])
        sheet.write_formula(3, 2, "=SUM(Z1:Z2)", None, 5)


def looks(path: Path) -> None:
    """Text in several fonts, a phone number that is a number, a character that XML cannot hold, a chart-like sheet."""
    with xlsxwriter.Workbook(path, {"strings_to_urls": True}) as book:
        sheet = book.add_worksheet("Träger")
        bold, phone = book.add_format({"bold": True}), book.add_format({"num_format": '0000"/"000000'})
        sheet.write_row(0, 0, ["Name", "Kurzname", "Telefon", "Internet", "Notiz", "Art"])
        sheet.write_rich_string(1, 0, "Verein ", bold, "Nord", " e. V.")
        sheet.write(1, 1, f"V{SOFT_HYPHEN}N")
        sheet.write_number(1, 2, 340123456, phone)
        sheet.write_url(1, 3, "https://nord.de", string="nord.de")
        sheet.write(1, 4, "oben\r\nunten")
        sheet.write(1, 5, f"Verein{THIN}(e.{NBSP}V.)")
        sheet.write_row(2, 0, ["Summe & Söhne gGmbH", "Gesamt"])
        book.add_chartsheet("Diagramm").set_chart(_chart(book))


def _chart(book: Any) -> Any:
    chart = book.add_chart({"type": "column"})
    chart.add_series({"values": "=Träger!$C$2:$C$3"})
    return chart


def apple(path: Path) -> None:
    """Numbers on a Mac: umlauts as two characters, lines that end with CR alone."""
    lines = [
        "Funktion;Träger;E-Mail;Telefon;Einwilligung",
        "Büro für Frauen;AWO;büro@awo.de;(0340) 12 34;",
        "Küche;AWO;;;",
    ]
    path.write_bytes(unicodedata.normalize("NFD", "\r".join([*lines, ""])).encode("utf-8"))


def styled_elsewhere(path: Path) -> None:
    """As a web program writes it: fonts and views that other readers stumble over."""
    from tests.inventory.hostile_files import SPREADSHEET, packed

    cells = (("Organisation", "Kurzname"), ("Tafel", "T"))
    rows = "".join(
        "<row>"
        + "".join(f'<c t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>' for text in row)
        + "</row>"
        for row in cells
    )
    looks = "<x:fills><x:fill/></x:fills><x:cellXfs><x:xf/></x:cellXfs>"
    styles = f'<x:styleSheet xmlns:x="{SPREADSHEET}">{looks}</x:styleSheet>'
    packed(path, rows, parts={"xl/styles.xml": styles})
