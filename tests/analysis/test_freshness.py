"""What to check next: each reason in a record that has it, the most used first, and the mail that asks."""

from datetime import date
from typing import Any

import pytest

from esdash.analysis.maintenance import freshness
from esdash.inventory import Inventory
from esdash.inventory.access import Action
from esdash.texts import Text
from tests.conftest import NOW
from tests.people import ADA

TODAY = NOW.date()
FRESH = {"assured_on": TODAY, "assured_by": "Ada"}
WHOLE = {"theme_ids": ["homework"], "target_group_ids": ["children"], "location_id": "l", "contact_id": "c", **FRESH}


def offer(key: str, **fields: Any) -> dict[str, Any]:
    return {
        "initiative_id": key,
        "organization_id": "o",
        "name": key,
        "capacity": 10,
        **WHOLE,
        "ended_on": None,
        **fields,
    }


@pytest.fixture
def fine(town: Inventory) -> Inventory:
    """Musterstadt with an organisation, a place, a contact, a point and a course that leave nothing to do."""
    with town.change(ADA, Action.EDIT_RECORDS) as change:
        change.insert("organization", [{"organization_id": "o", "name": "Verein", "email": "info@verein.de", **FRESH}])
        change.insert("location", [{"location_id": "l", "name": "Haus", "district_id": "01", **FRESH}])
        reach = {
            "phone": "0340 123456",
            "email": "buero@verein.de",
            "name": "Ada Lovelace",
            "consent_scope": "internal",
            "last_reached_on": TODAY,
        }
        change.insert("contact", [{"contact_id": "c", "organization_id": "o", "role": "Büro", **reach, **FRESH}])
        point = {"contact_point_id": "p", "organization_id": "o", "name": "Punkt", "contact_id": "c", **FRESH}
        change.insert("contact_point", [point])
        change.insert("course", [{"course_id": "k", "organization_id": "o", "name": "Kurs", **FRESH}])
        session = {"session_id": "s", "course_id": "k", "starts_on": "2026-12-01", "seats": 8, "booked": 8}
        change.insert("session", [session])
        change.insert("initiative", [offer("i")])
    return town


def change_one(town: Inventory, table: str, key: str, **fields: Any) -> None:
    with town.change(ADA, Action.EDIT_RECORDS) as change:
        change.update(table, [{f"{table}_id": key, **fields}])


def found(town: Inventory) -> list[tuple[str, str, str]]:
    shown = freshness.todos(town, limit=100)
    assert freshness.open_todos(town) == len(shown)
    return list(shown[["table_name", "record_id", "kind"]].itertuples(index=False, name=None))


def tried(town: Inventory, *outcomes: str) -> None:
    with town.change(ADA, Action.NOTE_ATTEMPT) as change:
        for number, outcome in enumerate(outcomes):
            said = {"channel": "phone", "outcome": outcome, "by_role": "Büro", "attempted_on": f"2026-11-{20 + number}"}
            change.insert("contact_attempt", [{"contact_attempt_id": f"a{number}", "contact_id": "c", **said}])
        change.update("contact", [{"contact_id": "c", "last_reached_on": "2026-11-01"}])


@pytest.mark.parametrize(
    ("outcomes", "expected"),
    [
        (("no_answer", "no_answer"), []),
        (("no_answer",) * 3, [("contact", "c", "silent")]),
        (("bounced",), [("contact", "c", "bounced")]),
        (("bounced", "reached"), []),
    ],
)
def test_who_is_silent_or_bounced_is_to_be_asked(
    fine: Inventory, outcomes: tuple[str, ...], expected: list[tuple[str, str, str]]
) -> None:
    tried(fine, *outcomes)
    assert found(fine) == expected


@pytest.mark.parametrize(
    ("mine", "deputys", "first"),
    [
        (("2026-11-20", "2026-11-30"), ("2026-11-25", None), "2026-11-25"),
        (("2026-11-20", "2026-11-30"), ("2026-11-01", None), "2026-11-22"),  # today
        (("2026-12-20", None), ("2026-12-24", "2026-12-31"), "2026-12-24"),
        (("2026-11-20", "2026-11-24"), ("2026-11-25", None), None),
        (("2026-11-01", "2026-11-20"), ("2026-11-01", "2026-11-20"), None),  # over
    ],
)
def test_contact_and_deputy_who_are_both_away(
    fine: Inventory, mine: tuple[str, str | None], deputys: tuple[str, str | None], first: str | None
) -> None:
    def away(span: tuple[str, str | None]) -> dict[str, Any]:
        return {"absences": [{"first_day": span[0], "last_day": span[1], "reason": None}]}

    with fine.change(ADA, Action.EDIT_RECORDS) as change:
        deputy = {"contact_id": "d", "organization_id": "o", "role": "Vertretung", "phone": "0340 123457", **FRESH}
        change.insert("contact", [{**deputy, "last_reached_on": TODAY, **away(deputys)}])
        change.update("contact", [{"contact_id": "c", "deputy_contact_id": "d", **away(mine)}])
    shown = freshness.todos(fine, limit=100)
    assert list(shown["detail"]) == ([first] if first else [])


def test_nothing_to_do(fine: Inventory) -> None:
    assert found(fine) == []


@pytest.mark.parametrize(
    ("table", "key", "fields", "kind", "since"),
    [
        ("initiative", "i", {"assured_on": None}, "never", TODAY),
        ("organization", "o", {"assured_on": None}, "never", TODAY),
        # 90 days after 23 August is 21 November
        ("initiative", "i", {"assured_on": "2026-08-23"}, "stale", date(2026, 11, 21)),
        ("contact", "c", {"assured_on": "2026-08-23"}, "stale", date(2026, 11, 21)),
        ("contact_point", "p", {"assured_on": "2026-08-23"}, "stale", date(2026, 11, 21)),
        ("organization", "o", {"assured_on": "2026-08-23"}, "stale", date(2026, 11, 21)),
        # 365 days after 21 November 2025 is 21 November 2026
        ("location", "l", {"assured_on": "2025-11-21"}, "stale", date(2026, 11, 21)),
        ("course", "k", {"assured_on": "2025-11-21"}, "stale", date(2026, 11, 21)),
        ("contact", "c", {"email": "buero(at)verein.de"}, "mail_broken", TODAY),
        ("organization", "o", {"email": "@verein.de"}, "mail_broken", TODAY),
        ("contact", "c", {"phone": "0340 12"}, "phone_broken", None),
        ("contact", "c", {"phone": "12-34 5"}, "phone_broken", TODAY),
        ("contact", "c", {"phone": None, "email": None}, "contact_missing", TODAY),
        ("contact_point", "p", {"contact_id": None}, "contact_missing", TODAY),
        ("contact_point", "p", {"phone": "12"}, "phone_broken", TODAY),
        ("contact_point", "p", {"contact_id": None, "phone": "0340 123456"}, "not_reached", TODAY),
        ("contact", "c", {"last_reached_on": "2026-08-23"}, "not_reached", date(2026, 11, 21)),
        ("contact", "c", {"last_reached_on": None}, "not_reached", TODAY),
        ("initiative", "i", {"ended_on": "2026-11-21"}, "past_end", date(2026, 11, 21)),
        ("session", "s", {"starts_on": "2026-11-20", "ends_on": "2026-11-21"}, "past_end", date(2026, 11, 21)),
        ("initiative", "i", {"theme_ids": None}, "no_theme", TODAY),
        ("initiative", "i", {"theme_ids": []}, "no_theme", TODAY),
        ("initiative", "i", {"target_group_ids": None}, "no_target_group", TODAY),
        ("initiative", "i", {"location_id": None}, "no_place", TODAY),
        ("session", "s", {"booked": 9}, "overbooked", TODAY),
    ],
)
def test_each_reason(fine: Inventory, table: str, key: str, fields: Any, kind: str, since: date | None) -> None:
    change_one(fine, table, key, **fields)
    if since is None:  # six digits can be a number
        assert found(fine) == []
        return
    assert found(fine) == [(table, key, kind)]
    row = freshness.todos(fine).iloc[0]
    assert row["since"].date() == since
    for language in ("de", "en"):
        mail = freshness.mail_text(fine, row.to_dict(), Text(language))
        assert "Ada" not in mail.subject + mail.body  # consent for the house only
        reachable = table != "location" and fields.get("email") != "@verein.de"
        assert mail.to == ("info@verein.de" if reachable else None)
        assert str(row["name"]) in mail.body and "nan" not in mail.body.lower().split()


@pytest.mark.parametrize(
    ("table", "key", "fields"),
    [
        ("initiative", "i", {"assured_on": "2026-08-24"}),  # 90 days: the last on which it holds
        ("location", "l", {"assured_on": "2025-11-22"}),
        ("initiative", "i", {"ended_on": "2026-11-22"}),  # its last day
        ("initiative", "i", {"status": "ended", "assured_on": None, "theme_ids": None}),
        ("contact", "c", {"status": "archived", "email": "x", "phone": "1"}),
        ("session", "s", {"status": "cancelled", "booked": 9}),
        ("session", "s", {"seats": None, "booked": 9}),
        ("initiative", "i", {"location_id": None, "mode": "online"}),
        ("initiative", "i", {"contact_id": None}),  # the organisation has a mail address
    ],
)
def test_what_is_nothing_to_do(fine: Inventory, table: str, key: str, fields: Any) -> None:
    change_one(fine, table, key, **fields)
    assert found(fine) == []


def test_the_most_used_first(fine: Inventory) -> None:
    with fine.change(ADA, Action.EDIT_RECORDS) as change:
        change.insert(
            "initiative", [offer("big", capacity=25, assured_on=None), offer("small", capacity=3, assured_on=None)]
        )
        change.update("contact", [{"contact_id": "c", "assured_on": None}])
        change.insert("location", [{"location_id": "empty", "name": "Leer"}])
        change.insert("initiative", [offer("unknown", capacity=None, assured_on=None)])
    shown = freshness.todos(fine)
    # the contact: 10 + 25 + 3 places and 4 offers and 1 point that name it
    assert list(shown[["record_id", "use"]].itertuples(index=False, name=None)) == [
        ("c", 43),
        ("big", 25),
        ("small", 3),
        ("unknown", 0),
        ("empty", 0),
    ]


def test_seven_at_a_time(fine: Inventory) -> None:
    with fine.change(ADA, Action.EDIT_RECORDS) as change:
        change.insert("initiative", [offer(f"n{n}", assured_on=None) for n in range(9)])
    assert len(freshness.todos(fine)) == 7
    assert freshness.open_todos(fine) == 9


def test_the_mail_names_a_person_only_with_public_consent(fine: Inventory) -> None:
    change_one(fine, "initiative", "i", assured_on="2026-01-31")
    todo = freshness.todos(fine).iloc[0].to_dict()
    mail = freshness.mail_text(fine, todo, Text("de"))
    assert mail.to == "info@verein.de"
    assert mail.subject == "Kurze Rückfrage zu „i“ (Verein)"
    assert mail.body.startswith("Guten Tag,\n\n")
    assert "Zuletzt bestätigt wurden die Angaben am 31.01.2026." in mail.body
    change_one(fine, "contact", "c", consent_scope="public")
    mail = freshness.mail_text(fine, todo, Text("de"))
    assert (mail.to, mail.body.splitlines()[0]) == ("buero@verein.de", "Guten Tag Ada Lovelace,")
    change_one(fine, "contact", "c", consent_until="2026-11-21")
    assert "Ada" not in freshness.mail_text(fine, todo, Text("de")).body


def test_every_kind_has_its_question() -> None:
    for language in ("de", "en"):
        text = Text(language)
        assert all(text.has(f"mail.ask_{kind}") for kind in freshness.KINDS)


def test_the_example_has_something_to_do(example: Inventory) -> None:
    shown = freshness.todos(example)
    assert len(shown) == 7
    assert shown["use"].is_monotonic_decreasing
    for row in shown.to_dict("records"):
        assert freshness.mail_text(example, row, Text("de")).body


def test_todos_of_one_group(fine: Inventory) -> None:
    change_one(fine, "initiative", "i", assured_on="2026-01-31", theme_ids=[])
    change_one(fine, "contact", "c", phone="12")
    assert found(fine) == [
        ("contact", "c", "phone_broken"),
        ("initiative", "i", "stale"),
        ("initiative", "i", "no_theme"),
    ]
    kinds = {group: freshness.todos(fine, group=group)["kind"].tolist() for group in freshness.GROUPS}
    rest = {"reach": [], "over": [], "incomplete": ["no_theme"]}
    assert kinds == {"unconfirmed": ["stale"], "contact": ["phone_broken"], **rest}
    assert {group: freshness.open_todos(fine, group) for group in kinds} == {g: len(k) for g, k in kinds.items()}
    assert {kind for group in freshness.GROUPS.values() for kind in group} == set(freshness.KINDS)


def test_what_depends_on_a_record_in_places_and_records(fine: Inventory) -> None:
    change_one(fine, "contact", "c", assured_on=None)
    shown = freshness.todos(fine).iloc[0]
    # ten places of one offer; the offer and the point name the contact
    assert (shown["places"], shown["named_by"], shown["use"]) == (10, 2, 12)


def test_how_many_of_each_kind_are_fresh(fine: Inventory) -> None:
    with fine.change(ADA, Action.EDIT_RECORDS) as change:
        days = {"fresh": "2026-08-24", "check": "2026-08-23", "old": "2025-11-22", "stale": "2025-11-21", "never": None}
        change.insert("initiative", [offer(key, assured_on=day) for key, day in days.items()])
        change.update("location", [{"location_id": "l", "assured_on": "2025-11-22"}])  # an address keeps for a year
    states = freshness.by_kind(fine).set_index("table_name")[["records", *freshness.STATES]]
    # of the offers: i and "fresh" within 90 days, "check" and "old" within 365 days, one before that, one never
    assert states.loc["initiative"].tolist() == [6, 2, 2, 1, 1]
    assert states.loc["location"].tolist() == [1, 1, 0, 0, 0]
    assert "session" not in states.index
    past = freshness.past_time(fine)
    assert past[["record_id", "state"]].to_numpy().tolist() == [
        ["never", "never"],
        ["stale", "stale"],
        ["old", "check"],
        ["check", "check"],
    ]
