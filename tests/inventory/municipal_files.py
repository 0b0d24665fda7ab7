"""Twelve lists as German municipalities keep them, with invented values: titles, blank rows, sums, footnotes and all.

Each function writes one file; what must become of it stands in test_municipal_files.py.
"""

# ruff: noqa: E501 - a row of a list stays one line

from __future__ import annotations

from datetime import date
from pathlib import Path

import xlsxwriter

from tests.inventory import office_files
from tests.inventory.office_files import Cells


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.strip("\n").split("\n")]


def kitas(path: Path) -> None:
    """From a specialised program: the house number in a column of its own, places in sums, a note below."""
    lines = _lines("""
        Kindertageseinrichtungen in der Stadt Musterstadt;;;;;;;;
        Stand: 01.08.2026;;;;;;;;
        ;;;;;;;;
        lfd. Nr.;Name der Einrichtung;Träger;Straße;Hausnr.;PLZ;Stadtteil;Telefon;Öffnungszeiten
        1;Kita Ahornzwerge;Stadt Musterstadt;Ahornweg;3;06844;Mitte;0340 5550101;Mo-Fr 6:00-17:00 Uhr
        2;Kita Bienenkorb;AWO Kreisverband Muster;Bienenweg;12a;06844;Mitte;0340 5550102;Mo-Fr 6:30-16:30 Uhr
        3;Kita Dreikäsehoch;Stadt Musterstadt;Dammstraße;7;06846;Nordvorstadt;0340 5550103;Mo-Fr 6:00-17:00 Uhr
        4;Kita Entdeckerland;Diakonie Muster;Eichenallee;44;06846;Nordvorstadt;0340 5550104;Mo - Fr 06.00 - 17.00 Uhr
        5;Ev. Kindergarten St. Marien;Diakonie Muster;Kirchplatz;1;06844;Mitte;0340 5550105;Mo-Fr 7-16 Uhr
        6;Kita Flohkiste;AWO Kreisverband Muster;Fasanenweg;5;06847;Am Fluss;0340 5550106;Mo-Fr 6:00-17:00 Uhr
        7;Kita Flusspiraten;Stadt Musterstadt;Am Ufer;19;06847;Am Fluss;0340 5550107;Mo-Fr 6:00-18:00 Uhr
        8;Kita Gänseblümchen;Stadt Musterstadt;Gartenstraße;20;06844;Mitte;0340 5550108;Mo-Fr 6:00-17:00 Uhr
        9;Hort Goethestraße;Stadt Musterstadt;Goethestraße;8;06844;Mitte;0340 5550109;Mo-Do 6-17 Uhr, Fr 6-16 Uhr
        10;Kita Hand in Hand;Lebenshilfe Muster;Hafenstraße;2;06847;Am Fluss;0340 5550110;Mo-Fr 6:30-16:30 Uhr
        11;Kita Igelnest;AWO Kreisverband Muster;Igelweg;9;06846;Nordvorstadt;0340 5550111;Mo-Fr 6:00-17:00 Uhr
        12;Kita Kleine Strolche;Stadt Musterstadt;Kastanienweg;31;06846;Nordvorstadt;0340 5550112;Mo-Fr 6:00-17:00 Uhr
        13;Kita Kunterbunt;Stadt Musterstadt;Kurze Gasse;4;06844;Mitte;0340 5550113;Mo-Fr 6:00-17:00 Uhr
        14;Waldkindergarten Luchse;Waldkinder Muster e. V.;Lindenallee;o. Nr.;06846;Nordvorstadt;;Mo-Fr 7:30-14:30 Uhr
        15;Kita Märchenland;Stadt Musterstadt;Märchenweg;6;06847;Am Fluss;0340 5550115;Mo-Fr 6:00-17:00 Uhr
        16;Kita Nesthäkchen;Diakonie Muster;Neue Straße;15;06844;Mitte;0340 5550116;Mo-Fr 6:30-17:00 Uhr
        17;Kita Pusteblume;AWO Kreisverband Muster;Parkstraße;88;06846;Nordvorstadt;0340 5550117;Mo-Fr 6:00-17:00 Uhr
        18;Kita Regenbogen;Stadt Musterstadt;Ringstraße;101;06847;Am Fluss;0340 5550118;Mo-Fr 6:00-17:00 Uhr
        19;Kita Sonnenschein;Stadt Musterstadt;Schulstraße;10;06844;Mitte;0340 5550119;Mo-Fr 6:00-17:00 Uhr
        20;Kita Wichtelhaus;Lebenshilfe Muster;Ahornweg;31;06844;Mitte;0340 5550120;Mo-Fr 6:30-16:30 Uhr
        ;;;;;;;;
        Summe;20;;;;;;;
        * Angaben ohne Gewähr;;;;;;;;
    """)
    path.write_bytes("\r\n".join(lines).encode("cp1252"))


def youth_clubs(path: Path) -> None:
    """Carrier and facility beside each other, the carrier only in the first of its rows because cells are merged."""
    carriers: dict[str, list[tuple[str, str, str, str]]] = {
        "Stadtjugendring Muster": [
            ("Jugendclub Nord", "Nordring 5", "Nordvorstadt", "Mo-Do 14-20 Uhr"),
            ("Jugendclub Thomas-Müntzer", "Müntzerstraße 2", "Mitte", "Di-Sa 15-21 Uhr"),
            ("Jugendtreff Ufer", "Am Ufer 3", "Am Fluss", "Mo, Mi, Fr 15-20 Uhr"),
            ("Mobiler Jugendtreff", "Bahnhofsplatz 1", "Mitte", "nach Vereinbarung"),
        ],
        "AWO Kreisverband Muster": [
            ("Kinder- und Jugendhaus Baustein", "Baumschulenweg 8", "Mitte", "Mo-Fr 13-19 Uhr"),
            ("Offener Treff Insel", "Inselstraße 11", "Am Fluss", "Mo-Fr 14:00-20:00"),
            ("Schülercafé Pause", "Schulstraße 12", "Mitte", "Mo-Fr 12-16 Uhr"),
        ],
        "Diakonie Muster": [
            ("Jugendkeller St. Marien", "Kirchplatz 2", "Mitte", "Fr 18-23 Uhr"),
            ("Haus Regenbogen", "Ringstraße 90", "Am Fluss", "Mo-Do 14-18 Uhr"),
        ],
        "Jugend und Kultur Muster e. V.": [
            ("Alte Feuerwache", "Wachgasse 1", "Nordvorstadt", "Do-Sa 16-22 Uhr"),
            ("Musikwerkstatt", "Wachgasse 1", "Nordvorstadt", "Mi 16-20 Uhr"),
            ("Skatehalle", "Industriestraße 40", "Nordvorstadt", "Sa, So 12-20 Uhr"),
            ("Mädchentreff Lotte", "Lange Gasse 17", "Mitte", "Di, Do 15-19 Uhr"),
        ],
    }
    with xlsxwriter.Workbook(path) as book:
        sheet, bold = book.add_worksheet("Jugendeinrichtungen"), book.add_format({"bold": True})
        sheet.merge_range("A1:F1", "Offene Kinder- und Jugendarbeit – Übersicht der Einrichtungen", bold)
        sheet.write("A2", "Jugendamt, Stand: 15.09.2026")
        sheet.write_row(
            "A4", ["Träger", "Einrichtung", "Adresse", "Stadtteil", "Öffnungszeiten", "Stellen (VZÄ)"], bold
        )
        row = 4
        for carrier, facilities in carriers.items():
            sheet.merge_range(row, 0, row + len(facilities) - 1, 0, carrier)
            for name, street, district, hours in facilities:
                sheet.write_row(row, 1, [name, street, district, hours, 1.5])
                row += 1
        sheet.write(row, 0, "Gesamt")
        sheet.write_formula(row, 5, f"=SUM(F5:F{row})", None, 19.5)
        sheet.write(row + 2, 0, "Hinweis: In den Ferien gelten andere Zeiten.")


def festivals(path: Path) -> None:
    """The dates with their weekdays, a month as heading, one row with a day that does not exist."""
    lines = _lines("""
        "Stadtteil- und Straßenfeste 2027 (Planungsstand Ordnungsamt)",,,,,
        ,,,,,
        "Datum","Veranstaltung","Veranstalter","Straße","Stadtteil","Bemerkung"
        "Mai",,,,,
        "Samstag, 01.05.2027","Maifest am Ufer","Bürgerverein Am Fluss","Am Ufer 1","Am Fluss",""
        "Sa 08.05.2027","Fest der Nachbarn","Quartiersbüro Muster","Markt 1","Mitte","Straße gesperrt 12 bis 22 Uhr"
        "Sonntag 09.05.2027","Blütenfest","Gartenfreunde Muster e. V.","Gartenstraße 40","Mitte",""
        "Fr., 28.05.2027","Lange Tafel","Quartiersbüro Muster","Lange Gasse 1","Mitte","200 Plätze"
        "Juni",,,,,
        "Freitag, 4.6.2027","Lichterfest","Bürgerverein Nord e. V.","Nordring 2","Nordvorstadt",""
        "Samstag, 05.06.2027","Kinderfest","Stadt Musterstadt","Schulstraße 10","Mitte","mit Hüpfburg"
        "Sa, 12.06.2027","Sommerfest der Kulturen","Interkultureller Rat Muster","Markt 1","Mitte",""
        "So, 13.06.2027","Drachenbootrennen","Bürgerverein Am Fluss","Hafenstraße 2","Am Fluss","verlegbar"
        "Samstag 19.06.2027","Fête de la Musique","Jugend und Kultur Muster e. V.","Wachgasse 1","Nordvorstadt",""
        "Samstag, 26.06.2027","Straßenfest Ringstraße","Bürgerverein Am Fluss","Ringstraße 50","Am Fluss",""
        "Juli",,,,,
        "Samstag, 03.07.2027","Brunnenfest","Quartiersbüro Muster","Brunnenplatz 1","Mitte",""
        "Sonntag, 04.07.2027","Gemeindefest St. Marien","Diakonie Muster","Kirchplatz 1","Mitte",""
        "Sa. 10.07.2027","Hoffest","Gartenfreunde Muster e. V.","Gartenstraße 40","Mitte",""
        "Samstag, 17.07.2027","Parkfest","Stadt Musterstadt","Parkstraße 1","Nordvorstadt",""
        "Samstag, 31.07.2027","Sommernacht","Jugend und Kultur Muster e. V.","Wachgasse 1","Nordvorstadt",""
        "August",,,,,
        "Samstag, 31.08.2027x","Zuckertütenfest","Stadt Musterstadt","Schulstraße 10","Mitte",""
        "Samstag, 21.08.2027","Weinfest","Bürgerverein Nord e. V.","Nordring 2","Nordvorstadt",""
        "Sonntag, 29.08.2027","Fischerfest","Bürgerverein Am Fluss","Hafenstraße 2","Am Fluss",""
        "Samstag, 04.09.2027","Herbstmarkt","Quartiersbüro Muster","Markt 1","Mitte",""
        ,,,,,
        "Quelle: Anmeldungen beim Ordnungsamt",,,,,
    """)
    path.write_bytes(("\n".join(lines) + "\n").encode("utf-8"))


SPORTS = [
    ("Schwimmen", ["SV Delphin Muster e. V.", "Schwimmfreunde Nord e. V."]),
    ("Fußball", ["SG Muster 1919 e. V.", "FC Vorwärts Muster e. V.", "Türkspor Muster e. V."]),
    ("Turnen und Gymnastik", ["TSV Jahn Muster e. V.", "Frauensport Muster e. V.", "Rückenwind e. V."]),
    ("Kampfsport", ["Judoclub Muster e. V.", "Boxring Muster e. V."]),
    ("Tanz", ["Tanzkreis Muster e. V.", "Folklore Muster e. V.", "Ballettfreunde e. V."]),
    ("Schach", ["Schachklub Springer e. V."]),
]


def clubs(path: Path) -> None:
    """A Vereinsliste: kind and day of the last report merged over several clubs, headings of two rows."""
    with xlsxwriter.Workbook(path) as book:
        sheet, bold = book.add_worksheet("Vereine"), book.add_format({"bold": True})
        day = book.add_format({"num_format": "dd.mm.yyyy"})
        sheet.merge_range("A1:G1", "Vereinsregister der Stadt – Auszug Sport", bold)
        for area, text in (("A3:A4", "Art"), ("B3:B4", "Verein"), ("C3:D3", "Erreichbar"), ("G3:G4", "Stand vom")):
            sheet.merge_range(area, text, bold)
        sheet.merge_range("E3:F3", "Sitz", bold)
        sheet.write_row("C4", ["Telefon", "E-Mail", "Straße", "PLZ"], bold)
        row, number = 4, 0
        for sport, names in SPORTS:
            if len(names) > 1:
                sheet.merge_range(row, 0, row + len(names) - 1, 0, sport)
                sheet.merge_range(row, 6, row + len(names) - 1, 6, "")
            else:
                sheet.write(row, 0, sport)
            sheet.write_datetime(row, 6, date(2026, 3, len(names)), day)  # type: ignore[arg-type]  # a date is enough
            for name in names:
                number += 1
                contact = [f"0340/77 01 {number:02}", f"verein{number}@muster.example"]
                sheet.write_row(row, 1, [name, *contact, f"Sportallee {number}", f"0684{4 + number % 3}"])
                row += 1
        sheet.write_row(row + 1, 0, ["Summe", number])
        sheet.write(row + 2, 0, "Anmerkung: Alle Angaben laut Selbstauskunft")


def adult_education(path: Path) -> None:
    """A programme of a Volkshochschule: a cover sheet, a sheet per course, date with weekday and time in one cell."""
    dates = [
        "Mo 08.03.2027, 17:00-19:30 Uhr",
        "Mo., 15.03.2027, 17:00 - 19:30 Uhr",
        "Montag, 22.03.2027, 17.00-19.30 Uhr",
        "Di 30.03.2027, 17-19 Uhr",
        "Mo 05.04.2027, 17:00-19:30 Uhr",
        "Mo 12.04.2027, 17:00-19:30 Uhr",
        "Mo 19.04.2027, 17:00-19:30 Uhr",
        "Sa 24.04.2027, 09:00-16:00 Uhr",
        "Mo 26.04.2027, 17:00-19:30 Uhr",
        "Mo 03.05.2027, 17:00-19:30 Uhr",
        "Mo 10.05.2027, 17:00-19:30 Uhr",
        "Mo 24.05.2027, 17:00-19:30 Uhr",
    ]
    with xlsxwriter.Workbook(path) as book:
        bold = book.add_format({"bold": True})
        cover = book.add_worksheet("Deckblatt")
        cover.write("A1", "Volkshochschule Muster – Frühjahr 2027")
        cover.write("A3", "Ansprechstelle: Fachbereich Gesellschaft")
        for title, course in (("Grundkurs", "Grundkurs Ehrenamt"), ("Aufbaukurs", "Aufbaukurs Ehrenamt")):
            sheet = book.add_worksheet(title)
            sheet.write("A1", f"{course} (Kurs {len(title)}01)", bold)
            sheet.write_row("A3", ["Nr.", "Kurs", "Termin", "Ort", "Straße", "Plätze", "Anmeldungen"], bold)
            begin = 0 if title == "Grundkurs" else 6
            for number, said in enumerate(dates[begin:] if begin else dates, 1):
                row = [number, course, said, "VHS Haus A", "Bildungsweg 4", 12, number % 5]
                sheet.write_row(3 + number, 0, row)
            sheet.write(20, 0, "Hinweis: Änderungen vorbehalten")
        book.add_worksheet("Leer")


def language_courses(path: Path) -> None:
    """A list of a Jobcenter: ISO dates of an export, places as people say them, one column of two kinds."""
    lines = _lines("""
        Maßnahme|Träger|Sprachniveau|Beginn|Ende|Plätze|Uhrzeiten|Ort|Bemerkung
        Integrationskurs 101|Sprachschule Muster|A1|2026-09-01|2027-03-31|20|Mo-Fr 8:30-12:45|Sprachschule, Haus 1|
        Integrationskurs 102|Sprachschule Muster|A2|2026-10-05|2027-04-30|ca. 15|Mo-Fr 13:00-17:15|Sprachschule, Haus 1|
        Integrationskurs 103|Volkshochschule Muster|A1|2027-01-11|2027-07-30|ca. 20|Mo-Do 9-13 Uhr|VHS Haus A|
        Alphabetisierungskurs 7|Volkshochschule Muster|Alpha|2026-11-02|2027-08-31|12|Mo-Fr 9-12 Uhr|VHS Haus A|
        Alphabetisierungskurs 8|Caritas Muster|Alpha|2027-02-01|2027-10-29|ca. 12|Di, Do 9-12 Uhr|Caritas-Zentrum|mit Kinderbetreuung
        Berufssprachkurs B1 / 31|Euro-Bildung Muster|B1|2027-01-04|2027-05-28|25|Mo-Fr 8-13 Uhr|Euro-Bildung|
        Berufssprachkurs B2 / 32|Euro-Bildung Muster|B2|2027-01-04|2027-06-25|25|Mo-Fr 8-13 Uhr|Euro-Bildung|Teilzeit möglich
        Berufssprachkurs B2 / 33|Sprachschule Muster|B2|2027-03-01|2027-08-27|max. 25|Mo-Fr 13-18 Uhr|Sprachschule, Haus 2|
        Abendkurs A2|Volkshochschule Muster|A2|2027-02-08||16|Mo, Mi 18:00-20:15|VHS Haus A|
        Abendkurs B1|Volkshochschule Muster|B1|2027-02-09||ca. 16|Di, Do 18:00-20:15|VHS Haus A|
        Onlinekurs B1|Sprachschule Muster|B1|2027-01-18||30|nach Absprache|online|
        Elternkurs Kita Regenbogen|Caritas Muster|A1|2026-12-01|2027-06-30|ca. 10|Do 9:00-11:00|Kita Regenbogen|
        Frauenkurs mit Betreuung|Caritas Muster|A2|2027-01-12|2027-07-15|14|Di-Do 9-12 Uhr|Caritas-Zentrum|
        Jugendkurs B1|Euro-Bildung Muster|B1|2027-02-01|2027-07-02|18|Mo-Fr 8-13 Uhr|Euro-Bildung|
        Wiederholerkurs 5|Volkshochschule Muster|B1|2027-04-12|2027-06-25|20|Mo-Do 9-13 Uhr|VHS Haus A|
        Orientierungskurs 40|Sprachschule Muster||2027-05-03|2027-05-28|20|Mo-Fr 8:30-12:45|Sprachschule, Haus 1|
        Orientierungskurs 41|Volkshochschule Muster||2027-06-07|2027-07-02|20|Mo-Fr 9-13 Uhr|VHS Haus A|
        Erstorientierungskurs 3|Caritas Muster||2026-11-16|2027-02-26|ca. 20|Mo, Mi, Fr 9-12 Uhr|Caritas-Zentrum|fortlaufender Einstieg
        Sprachpraxis Pflege|Euro-Bildung Muster|B2|2027-03-08|2027-04-30|15|Mo-Fr 8-13 Uhr|Euro-Bildung|
        Prüfungsvorbereitung DTZ|Sprachschule Muster|B1|2027-05-03||nach Bedarf|Sa 9-13 Uhr|Sprachschule, Haus 1|
    """)
    path.write_bytes("\r\n".join(lines).replace("|", "\t").encode("utf-8-sig"))


def parish(path: Path) -> None:
    """A parish writes with LibreOffice: a free title, a blank column in front, dates and times as such."""
    rows: list[Cells] = [
        ["Kirchengemeinde St. Marien – was bei uns stattfindet"],
        [],
        [None, "Angebot", "Träger", "Zeiten", "Ort", "Straße", "PLZ", "Plätze", "Seit", "Bemerkung"],
    ]
    offers = [
        ("Sprachcafé Marien", "Mi 15-17 Uhr", 20, date(2022, 9, 7), "mit Kuchen"),
        ("Kleiderkammer", "Di 9-12 Uhr; Do 14-17 Uhr", None, date(2016, 1, 12), ""),
        ("Hausaufgabenhilfe", "Mo-Do 14-16 Uhr", 15, date(2017, 8, 21), "Klasse 1 bis 6"),
        ("Frauenfrühstück", "Mo 9-11 Uhr", 18, date(2019, 3, 4), ""),
        ("Café International", "Fr 15-18 Uhr", 30, date(2015, 11, 6), ""),
        ("Chor der Nationen", "Do 19:00-20:30", 40, date(2018, 5, 3), "keine Vorkenntnisse"),
        ("Krabbelgruppe", "Di 9:30-11 Uhr", 10, date(2021, 10, 5), ""),
        ("Gebetskreis Farsi", "So 14-15 Uhr", None, date(2020, 2, 2), ""),
        ("Deutsch für Mütter", "Mo, Mi 9-11 Uhr", 12, date(2023, 1, 9), "Kinder willkommen"),
        ("Nähstube", "Mi 14-17 Uhr", 8, date(2024, 4, 10), ""),
        ("Fahrradwerkstatt", "Sa 10-13 Uhr", 6, date(2016, 6, 4), ""),
        ("Tafelausgabe", "Di, Fr 11-13 Uhr", 120, date(2010, 3, 2), "Ausweis mitbringen"),
        ("Jugendtreff im Keller", "Fr 18-22 Uhr", 25, date(2025, 9, 5), ""),
    ]
    for name, times, places, since, note in offers:
        rows.append([None, name, "Ev. Kirchengemeinde St. Marien", times, "Gemeindehaus", "Kirchplatz 1", "06844"])
        rows[-1] += [places, since, note]
    rows += [[], [None, "Summe", None, None, None, None, None, sum(offer[2] or 0 for offer in offers)]]
    rows += [[None, "Stand: Oktober 2026"]]
    office_files.ods(path, {"Angebote": rows, "Notizen": [["nur für uns"]]})


def help_of_2003(path: Path) -> None:
    """A list that has been carried on in Excel 2003: days as numbers with a format, codes as text, a sum."""
    heads: Cells = ["Projekt", "Träger", "Themen", "Beginn", "Ende", "Plätze", "Straße", "PLZ", "Stadtbezirk"]
    rows: list[Cells] = [["Förderliste Integration"], [], heads]
    for number in range(1, 19):
        theme = ("Deutsch lernen", "Lernhilfe und Hausaufgaben", "Asyl- und Sozialberatung")[number % 3]
        carrier = ("Diakonie Muster", "AWO Kreisverband Muster", "Caritas Muster")[number % 3]
        district = ("Mitte", "Nordvorstadt", "Am Fluss")[number % 3]
        begin, end = date(2025, 1, number), date(2027, 12, number) if number % 2 else None
        row: Cells = [f"Projekt {number:02}", carrier, theme, begin, end, 10 + number]
        rows.append([*row, f"Alte Straße {number}", "06844", district])
    rows += [["Summe", None, None, None, None, sum(10 + number for number in range(1, 19))]]
    office_files.xls(path, {"Tabelle1": rows})


def seniors(path: Path) -> None:
    """A Wegweiser for older people, typed by hand: hours as sentences, phones with what belongs to them."""
    lines = _lines("""
        Einrichtung;Träger;Anschrift;PLZ;Tel.;Öffnungszeiten;Ansprechpartner/in
        Seniorentreff Mitte;Volkssolidarität Muster;Markt 4;06844;0340/12 34 56 (AB);Montag: 10 - 18 Uhr;
        Seniorenclub Nord;Volkssolidarität Muster;Nordring 7;06846;0340/12 34 57;Montag bis Freitag: 9 - 16 Uhr;
        Begegnungsstätte Am Ufer;AWO Kreisverband Muster;Am Ufer 5;06847;(0340) 12 34 58;Dienstag: 13 - 17 Uhr;
        Pflegestützpunkt;Stadt Musterstadt;Rathausgasse 1;06844;0340 / 204-1234;Mo, Di, Do: 9:00 - 12:00 Uhr;
        Wohnberatung;Stadt Musterstadt;Rathausgasse 1;06844;0340 / 204-1235 od. 204-1236;Donnerstag: 14 - 17 Uhr;
        Besuchsdienst;Diakonie Muster;Kirchplatz 2;06844;0340/12 34 60 (AB);nach Absprache;
        Gedächtnistraining;Volkssolidarität Muster;Markt 4;06844;0340/12 34 56;Mittwoch: 10 - 11:30 Uhr;
        Tanzcafé;AWO Kreisverband Muster;Am Ufer 5;06847;0340/12 34 58;jeden 1. Freitag im Monat 15-18 Uhr;
        Computerhilfe;Mehrgenerationenhaus Muster;Lange Gasse 3;06844;0340-123461;Dienstag: 10-12 Uhr u. Donnerstag: 15-17 Uhr;
        Reparaturcafé;Mehrgenerationenhaus Muster;Lange Gasse 3;06844;0340-123461;Samstag: 10 - 14 Uhr;
        Demenzberatung;Alzheimer Gesellschaft Muster;Gartenstraße 2;06844;+49 340 123462;Mo. - Do.: 8 - 16 Uhr, Fr.: 8 - 13 Uhr;
        Hospizdienst;Diakonie Muster;Kirchplatz 3;06844;0340/12 34 63;täglich 8-20 Uhr;
        Seniorenbeirat (Sprechstunde);Stadt Musterstadt;Rathausgasse 1;06844;0340 / 204-1240;Dienstag: 10 - 12 Uhr;
        Mittagstisch;Volkssolidarität Muster;Markt 4;06844;0340/12 34 56;Mo–Fr: 11:30–13:00 Uhr;
        Hilfe beim Umzug;AWO Kreisverband Muster;Am Ufer 5;06847;0340/12 34 58;siehe Aushang;
    """)
    path.write_bytes("\r\n".join(["Seniorenwegweiser;;;;;;", "", *lines, "", "Seite 1 von 1;;;;;;"]).encode("cp1252"))


def meeting_places(path: Path) -> None:
    """Begegnungsstätten: two rows of headings in a CSV, figures with a sum per district and in total."""
    lines = _lines("""
        Begegnungsstätten;;;;;;;
        ;;;;;;;
        Einrichtung;Träger;Anschrift;;;Besuche;;Telefon
        ;;Straße;PLZ;Stadtteil;2024;2025;
        Bürgerhaus Mitte;Stadt Musterstadt;Markt 2;06844;Mitte;12.340;13.200;0340 777101
        Nachbarschaftstreff Lange Gasse;Mehrgenerationenhaus Muster;Lange Gasse 3;06844;Mitte;4.100;4.350;0340 777102
        Haus der Vereine;Stadt Musterstadt;Gartenstraße 9;06844;Mitte;2.000;1.950;0340 777103
        Café Welcome;Interkultureller Rat Muster;Markt 6;06844;Mitte;900;1.400;0340 777104
        Summe Mitte;;;;;19.340;20.900;
        Nordtreff;Bürgerverein Nord e. V.;Nordring 2;06846;Nordvorstadt;1.800;2.100;0340 777105
        Alte Feuerwache;Jugend und Kultur Muster e. V.;Wachgasse 1;06846;Nordvorstadt;5.600;5.900;0340 777106
        Gemeindehaus Nord;Diakonie Muster;Dammstraße 12;06846;Nordvorstadt;700;650;0340 777107
        Frauenzentrum;Frauen für Frauen Muster e. V.;Eichenallee 3;06846;Nordvorstadt;1.100;1.250;0340 777108
        Summe Nordvorstadt;;;;;9.200;9.900;
        Haus am Ufer;AWO Kreisverband Muster;Am Ufer 5;06847;Am Fluss;3.300;3.100;0340 777109
        Fischerstube;Bürgerverein Am Fluss;Hafenstraße 4;06847;Am Fluss;600;800;0340 777110
        Kulturkahn;Bürgerverein Am Fluss;Hafenstraße 9;06847;Am Fluss;1.200;1.300;
        Bootshaus;Bürgerverein Am Fluss;Hafenstraße 11;06847;Am Fluss;300;350;
        Summe Am Fluss;;;;;5.400;5.550;
        Gesamtsumme;;;;;33.940;36.350;
    """)
    path.write_bytes("\n".join(lines).encode("cp1252"))


def volunteering(path: Path) -> None:
    """What a program for volunteering exports: UTF-16 with tabs, ids of its own, dates with a time of zero."""
    heads = (
        "ID\tTitel\tOrganisation\tEinsatzort\tStadtteil\tGesuchte Ehrenamtliche\tErstellt am\tWebseite\tBeschreibung"
    )
    offers = [
        ("Vorlesen in der Kita", "Stadt Musterstadt", "Mitte", "3"),
        ("Begleitung zu Ämtern", "Interkultureller Rat Muster", "Mitte", "10"),
        ("Fahrräder reparieren", "Ev. Kirchengemeinde St. Marien", "Mitte", "2"),
        ("Besuche im Altenheim", "Diakonie Muster", "Nordvorstadt", "5"),
        ("Hausaufgabenhilfe Nord", "Bürgerverein Nord e. V.", "Nordvorstadt", "4"),
        ("Sprachpatenschaften", "Interkultureller Rat Muster", "Mitte", ""),
        ("Fußballtraining Mädchen", "Türkspor Muster e. V.", "Am Fluss", "2"),
        ("Nähen mit Frauen", "Frauen für Frauen Muster e. V.", "Nordvorstadt", "1"),
        ("Ausgabe der Tafel", "Tafel Muster e. V.", "Am Fluss", "8"),
        ("Öffentlichkeitsarbeit", "Tafel Muster e. V.", "Am Fluss", "1"),
        ("Gartenpflege", "Gartenfreunde Muster e. V.", "Mitte", "6"),
        ("Konversation Deutsch", "Volkshochschule Muster", "Mitte", "3"),
        ("Webseite betreuen", "Bürgerverein Am Fluss", "Am Fluss", "1"),
        ("Aufsicht im Museumshof", "Stadt Musterstadt", "Mitte", "4"),
        ("Kassenprüfung", "Gartenfreunde Muster e. V.", "Mitte", "2"),
        ("Fahrdienst", "Diakonie Muster", "Nordvorstadt", "5"),
    ]
    rows = [heads]
    for number, (title, carrier, district, wanted) in enumerate(offers):
        said = f'"{title}, bitte melden.\nZeit nach ""Absprache""."' if number % 3 == 0 else f"{title}, bitte melden."
        web = f"https://boerse.example/angebot/{4711 + number}"
        row = [str(4711 + number), title, carrier, "", district, wanted, "2026-10-01 00:00:00", web, said]
        rows.append("\t".join(row))
    path.write_bytes(b"\xff\xfe" + "\r\n".join([*rows, ""]).encode("utf-16-le"))


def counselling(path: Path) -> None:
    """Beratungsstellen, sorted by district with headings between, units below the header and footnotes."""
    lines = _lines("""
        Beratungsstellen in Musterstadt;;;;;;
        herausgegeben vom Sozialamt;;;;;;
        ;;;;;;
        Beratungsstelle;Träger;Straße;PLZ;Telefon;Sprechzeiten;Sprachen
        ;;;;(Vorwahl 0340);(Uhr);
        Mitte;;;;;;
        Schuldnerberatung;Diakonie Muster;Kirchplatz 2;06844;0340 888101;Di 9-12 Uhr, Do 14-17 Uhr;Deutsch
        Migrationsberatung*;Caritas Muster;Markt 8;06844;0340 888102;Mo, Mi 9:00-12:00;Deutsch, Persisch
        Jugendmigrationsdienst;AWO Kreisverband Muster;Baumschulenweg 8;06844;0340 888103;Mo-Do 10-16 Uhr;Deutsch, Persisch
        Erziehungsberatung;Stadt Musterstadt;Rathausgasse 1;06844;0340 888104;nach Vereinbarung;Deutsch
        Frauenberatung;Frauen für Frauen Muster e. V.;Lange Gasse 9;06844;0340 888105;Mo 9-12 Uhr u. n. V.;Deutsch
        ;;;;;;
        Nordvorstadt;;;;;;
        Suchtberatung;Diakonie Muster;Dammstraße 12;06846;0340 888106;Mo-Fr 8-12 Uhr;Deutsch
        Mieterberatung;Mieterverein Muster e. V.;Nordring 12;06846;0340 888107;Mi 15-18 Uhr;Deutsch
        Sozialberatung Nord;Bürgerverein Nord e. V.;Nordring 2;06846;0340 888108;Fr 9-11 Uhr;Deutsch
        Rentenberatung;Stadt Musterstadt;Nordring 30;06846;0340 888109;1. und 3. Dienstag im Monat 13-16 Uhr;Deutsch
        ;;;;;;
        Am Fluss;;;;;;
        Asylberatung;Caritas Muster;Hafenstraße 6;06847;0340 888110;Do 10-15 Uhr;Deutsch, Persisch
        Verbraucherberatung;Stadt Musterstadt;Hafenstraße 6;06847;0340 888111;Di 13-17 Uhr;Deutsch
        Schwangerenberatung**;Diakonie Muster;Ringstraße 90;06847;0340 888112;Mo-Mi 8-13 Uhr;Deutsch
        Energieberatung;AWO Kreisverband Muster;Am Ufer 5;06847;0340 888113;Di 14-16 Uhr;Deutsch
        ;;;;;;
        * mit Sprachmittlung;;;;;;
        ** staatlich anerkannt;;;;;;
    """)
    path.write_bytes("\r\n".join(lines).encode("cp1252"))
