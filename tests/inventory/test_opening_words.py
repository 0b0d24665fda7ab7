"""Opening hours as people write them: read where they can be, else kept as a note, never refused, never lost."""

from datetime import date, time
from pathlib import Path
from typing import Any

import pytest

from esdash.inventory import Inventory, importing
from esdash.inventory.importing import opening_words
from esdash.texts import Text
from tests.people import TESTER

TODAY = date(2026, 11, 22)
SECOND = [{"starts_on": date(2026, 12, 1), "begins": time(16), "ends": time(18)}]
SUMMER = [{"first_day": date(2026, 7, 13), "last_day": date(2026, 8, 21), "reason": "Sommerpause"}]


def week(hours: str, **more: Any) -> dict[str, Any]:
    return {"opening_hours": hours, **more}


@pytest.mark.parametrize(
    ("text", "given", "note"),
    [
        ("Montag 10–13 Uhr", week("Mo 10:00-13:00"), None),
        ("Montag: 10 - 18 Uhr", week("Mo 10:00-18:00"), None),
        ("Öffnungszeiten: Mo: 10:00-18:00", week("Mo 10:00-18:00"), None),
        ("Mo–Fr: 9–12 Uhr, Sa geschlossen", week("Mo-Fr 09:00-12:00"), None),
        ("Mo-Fr 9-12, Mi geschlossen", week("Mo,Tu,Th,Fr 09:00-12:00"), None),
        ("täglich 10-18 Uhr", week("Mo-Su 10:00-18:00"), None),
        ("Mo 10.00-12.30 u. 14-16", week("Mo 10:00-12:30,14:00-16:00"), None),
        ("Mo. u. Mi. 10-12 Uhr", week("Mo,We 10:00-12:00"), None),
        ("Fr 18-24 Uhr", week("Fr 18:00-24:00"), None),
        ("Sa 20-2 Uhr", week("Sa 20:00-02:00"), None),
        ("jeden 1. Dienstag im Monat 16 Uhr bis 18 Uhr", week("Tu[1] 16:00-18:00"), None),
        ("1. und 3. Donnerstag im Monat 14-16 Uhr", week("Th[1,3] 14:00-16:00"), None),
        ("jeden 1. Freitag 10-12 Uhr", week("Fr[1] 10:00-12:00"), None),
        ("2. und 4. Mittwoch: 14–16 Uhr", week("We[2,4] 14:00-16:00"), None),
        ("letzter Freitag 17-19 Uhr", week("Fr[-1] 17:00-19:00"), None),
        ("Mo-So 0-24 Uhr", week("Mo-Su 00:00-24:00"), None),
        ("werktags 8‑16 Uhr", week("Mo-Fr 08:00-16:00"), None),
        ("jeden zweiten Dienstag 16-18 Uhr", {}, "jeden zweiten Dienstag 16-18 Uhr"),  # of the month, or every second
        ("jeden zweiten Dienstag im Monat 16-18 Uhr", week("Tu[2] 16:00-18:00"), None),
        ("letzter Freitag im Monat 17-19", week("Fr[-1] 17:00-19:00"), None),
        ("jede zweite Woche dienstags ab 1.12. 16-18 Uhr", {"fortnightly": SECOND}, None),
        ("jeden zweiten Dienstag ab 1.12.2026 von 16 bis 18 Uhr", {"fortnightly": SECOND}, None),
        ("14-tägig dienstags ab 01.12.26 16:00-18:00", {"fortnightly": SECOND}, None),
        ("nach Vereinbarung", {"appointment": "required"}, None),
        ("nur nach telefonischer Anmeldung", {"appointment": "required"}, None),
        ("Mo-Fr 9-12 und nach Vereinbarung", week("Mo-Fr 09:00-12:00", appointment="possible"), None),
        ("Di 9-12, 13-18 sowie nach Absprache", week("Tu 09:00-12:00,13:00-18:00", appointment="possible"), None),
        ("Mo 9-12; an Feiertagen geschlossen", week("Mo 09:00-12:00", holiday_hours="closed"), None),
        ("Mo 9-12, geschlossen vom 13.7. bis 21.8.2026 (Sommerpause)", week("Mo 09:00-12:00", closures=SUMMER), None),
        ("Mo-Fr 09:00-12:00; PH off", week("Mo-Fr 09:00-12:00; PH off"), None),
        # what is left is kept
        ("Sommerferien geschlossen", {}, "Sommerferien geschlossen"),
        ("Mo-Do 8-16; Klingel links", week("Mo-Th 08:00-16:00"), "Klingel links"),
        ("siehe Aushang", {}, "siehe Aushang"),
        ("Mo ab 14 Uhr", {}, "Mo ab 14 Uhr"),
        ("Mo 16-14", {}, "Mo 16-14"),
        # what may limit the hours keeps all of it from being read
        ("Mo-Fr 9-12, nur ungerade Wochen", {}, "Mo-Fr 9-12, nur ungerade Wochen"),
        ("14-tägig Mo 10-12", {}, "14-tägig Mo 10-12"),
        ("jede zweite Woche dienstags ab 1.12.", {}, "jede zweite Woche dienstags ab 1.12."),
        ("jede zweite Woche mittwochs ab 1.12.2026 16-18", {}, "jede zweite Woche mittwochs ab 1.12.2026 16-18"),
        ("x" * 600, {}, "x" * 600),
        *(
            (text, {}, text)
            for text in (
                "Mo-Fr 9-12, Sommerferien geschlossen",
                "Mo-Fr 9-12; Mi geschlossen",
                "Mo-Fr 9-12, nicht mittwochs",
                "Mo-Fr 9-12, derzeit geschlossen",
                "Mo 9-12, geschlossen am 24.12.",
                "Mo-Do 9-12, Fr",
                "Mo-Sa 9-12, Sa nach Vereinbarung",
                "Mo-Fr 9-12, Fr nur nach Vereinbarung",
                "Mo, jeden ersten Di im Monat 9-12",
                "Mo 9-12, Do 14-18 Uhr mit Termin",
                "Mo 9-12, Termine nur nach Vereinbarung",
                "Mon-Fri 9-5",
                "Mo-Fr 8-6",
                "Fr 12-1",
            )
        ),
        ("Do 14-18 Uhr mit Termin", week("Th 14:00-18:00", appointment="required"), None),
        ("Mo,Do 9-12, auch nach Vereinbarung", week("Mo,Th 09:00-12:00", appointment="possible"), None),
    ],
)
def test_what_a_text_says(text: str, given: dict[str, Any], note: str | None) -> None:
    reading = opening_words.read(text, TODAY)
    assert (reading.given(), reading.note) == (given, note)


LIST = """Anlaufstelle;Träger;Öffnungszeiten;Termin im Internet
Eins;Verein Muster;Mo-Fr 9-12 und nach Vereinbarung;www.example.org/termin
Zwei;Verein Muster;"Mo 9-12, Schlüssel nach Aushang";
Drei;Verein Muster;jede zweite Woche dienstags ab 1.12. 16-18 Uhr;
Vier;Verein Muster;unbekannt;
Fünf;Verein Muster;nach Laune;
"""


def test_a_list_comes_in_whole(tiny: Inventory, tmp_path: Path) -> None:
    (tmp_path / "orgs.csv").write_text("Organisation\nVerein Muster\n")
    importing.run(tiny, importing.plan(tiny, tmp_path / "orgs.csv", "organizations"), TESTER, backup=False)
    (tmp_path / "liste.csv").write_text(LIST)
    plan = importing.plan(tiny, tmp_path / "liste.csv")
    assert (plan.faults, plan.unmatched, plan.counts["new"]) == ((), (), 5)
    (notice,) = [notice for notice in plan.notices if notice.key == "import.notice_hours_note"]
    said = Text()(notice.key, **notice.values)
    assert "wird als Hinweis übernommen, weil" in said
    assert said.endswith("Zeile 3 („Schlüssel nach Aushang“); 6 („nach Laune“).")
    importing.run(tiny, plan, TESTER, backup=False)
    rows = tiny.rows(
        "SELECT name, opening_hours, fortnightly, appointment, appointment_url, hours_note "
        "FROM inventory.contact_point "
        "WHERE name IN ('Eins', 'Zwei', 'Drei', 'Vier', 'Fünf') ORDER BY contact_point_id"
    )
    found = {row.pop("name"): {name: value for name, value in row.items() if value is not None} for row in rows}
    assert found == {
        "Eins": week("Mo-Fr 09:00-12:00", appointment="possible", appointment_url="www.example.org/termin"),
        "Zwei": week("Mo 09:00-12:00", hours_note="Schlüssel nach Aushang"),
        "Drei": {"fortnightly": SECOND},
        "Vier": {},
        "Fünf": {"hours_note": "nach Laune"},
    }
    again = importing.plan(tiny, tmp_path / "liste.csv")
    assert again.counts["unchanged"] == 5
