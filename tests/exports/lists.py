"""Contents of versions for the tests of their files: as many entries as wanted, in plain data."""

from collections.abc import Callable
from typing import Any

ARABIC = "مساعدة في الواجبات المدرسية للأطفال في ألتن، هاتف +49 340 204-1234، من 14:00 إلى 17:00"
EMOJI = "Sprachcafé 😀👨‍👩‍👧 im Zentrum ☕"
LONG = "Donaudampfschifffahrtsgesellschaftskapitänswitwenrentenauszahlungsstelle" * 2
CRITERIA = ("size", "seriousness", "inequity", "effectiveness")


def figure(name: str, value: str, unit: str = "Plätze pro Woche") -> dict[str, Any]:
    words = {"gap_places": "fehlend", "places_needed": "gebraucht", "coverage": "gedeckter Bedarf"}[name]
    return {"figure": name, "name": words, "value": value, "unit": unit}


def entry(number: int, **more: Any) -> dict[str, Any]:
    """An entry in which everything is known; `more` replaces some of it."""
    usual = {
        **{"entry_key": f"p{number}", "rank": number, "previous_rank": None, "change": "new"},
        "change_reason": "In der Erhebung oft genannt.",
        "title": f"Lernhilfe Nr. {number} in Alten aufbauen: 8 Plätze",
        "measure": "Zwei Nachmittage in der Woche in der Schule, mit Ehrenamtlichen.",
        **{"themes": ["Lernhilfe"], "for_whom": ["Kinder und Jugendliche"], "where": ["Alten"], "district_ids": ["01"]},
        **{"lead": "Amt für Bildung", "partners": ["Haus A", "Haus B"], "cost_eur": "1500.5", "due_on": "2027-06-30"},
        **{"score": "63.4", "score_reason": None, "stability": "0.92"},
        "bars": [{"criterion": name, "name": name, "points": f"{20 * at}.5"} for at, name in enumerate(CRITERIA, 1)],
        "voices": {
            "median": "3",
            "q1": "2",
            "q3": "4.5",
            "median_without": "3",
            "n": 7,
            "recused": 1,
            "contested": True,
        },
        "decision": {"number": "2026/17", "result": "adopted", "decided_on": "2026-11-20"},
        "evidence": {
            **{"reason": "In der Erhebung oft genannt.", "as_of": "2026-11-02", "url": "/gaps?theme_in=homework"},
            "then": [figure("gap_places", "8.5"), figure("coverage", "42", "%")],
            "now": [figure("gap_places", "7.5")],
        },
    }
    return usual | more


def bare(number: int) -> dict[str, Any]:
    """An entry of which next to nothing is known."""
    nothing: dict[str, Any] = dict.fromkeys(("measure", "lead", "cost_eur", "due_on", "score", "stability", "voices"))
    lists: dict[str, Any] = {name: [] for name in ("themes", "for_whom", "where", "district_ids", "partners")}
    bars = [{"criterion": name, "name": name, "points": None} for name in CRITERIA]
    evidence = {"reason": None, "as_of": None, "url": None, "then": [], "now": []}
    unknown = {"rank": None, "change_reason": None, "decision": None, "bars": bars, "evidence": evidence}
    return entry(number, **nothing, **lists, **unknown)


def content(count: int = 1, make: Callable[[int], dict[str, Any]] = entry, **more: Any) -> dict[str, Any]:
    """A version with so many entries and two districts."""
    square = [[0, 0], [400, 0], [400, 400], [0, 400], [0, 0]]
    usual = {
        **{
            "format": "esdash-list-version/1",
            "language": "de",
            "number": 2,
            "title": "Fassung 2, beschlossen am 20.11.2026",
        },
        "meeting": {"number": "SG/004/2026", "name": "Steuerungsgruppe", "held_on": "2026-11-20"},
        "decision": {"number": "2026/18", "result": "adopted_changed", "decided_on": "2026-11-20"},
        "previous_sha256": "ab" * 32,
        "city": {"city_id": "musterstadt", "name": "Musterstadt", "programme": "Engagierte Stadt"},
        **{"recipient": "Arbeitsgruppe Asyl", "notice": "Beispieldaten: alle Einträge sind erfunden."},
        **{"as_of": "2026-11-22", "last_change": 1234, "method": "M8/1"},
        "criteria": [
            {
                **{
                    "criterion": name,
                    "name": f"Kriterium {name}",
                    "explained": "Was es heißt.",
                    "reason": "So vereinbart.",
                },
                **{"weight": "0.25", "low": "0", "high": "30"},
            }
            for name in CRITERIA
        ],
        "entries": [make(number) for number in range(1, count + 1)],
        "aside": [
            entry(901, standing="put_aside", standing_reason="Dafür fehlt eine Rechtsgrundlage.", title="Fahrdienst")
        ],
        "gone": [
            {
                **{"entry_key": "p902", "title": "Sprachkurs am Abend", "rank": 2, "ended_as": "done"},
                **{"ended_on": "2026-11-01", "reason": "Der Kurs läuft."},
            }
        ],
        "map": {
            **{"height": 500, "note": "schematisch", "outline": []},
            "districts": [
                {"district_id": "01", "name": "Alten", "at": [200, 200], "shapes": [square]},
                {"district_id": "02", "name": "Nord", "at": [700, 200], "shapes": [[[x + 500, y] for x, y in square]]},
            ],
        },
        "sources": ["Einwohner: Stand 31.12.2025.", None],
    }
    return usual | more
