"""Ties from facts: each kind by hand with what must not count beside it, merges, past days, order, figures."""

import random
from datetime import date
from itertools import combinations
from typing import Any

import pytest

from esdash.analysis.actors import organizations, programme, sectors, ties
from esdash.inventory import Inventory, merging
from esdash.inventory.access import Action
from esdash.texts import Text
from esdash.wording import actors as words
from esdash.wording.names import names_of
from tests.people import TEST

KEYS = "abcdefgh"
TODAY = date(2026, 11, 22)
DE = Text("de")


@pytest.fixture
def net(town: Inventory) -> Inventory:
    """Eight organisations of which nothing else is known."""
    put(town, "organization", *({"organization_id": key, "name": key.upper(), "kind": "Verein"} for key in KEYS))
    return town


def put(inventory: Inventory, table: str, *rows: dict[str, Any]) -> None:
    with inventory.change(TEST, Action.SET_UP) as change:
        for row in rows:
            change.insert(table, [row])


def offer(key: str, carriers: str, **more: Any) -> dict[str, Any]:
    usual = {"name": key, "started_on": "2026-02-03"}
    return usual | {"initiative_id": key, "organization_id": carriers[0], "partner_ids": list(carriers[1:])} | more


def told(inventory: Inventory) -> list[tuple[Any, ...]]:
    """Pair, kind, number, first and last day, records of each tie."""
    frame = ties.ties(inventory)
    days = [
        [None if day is None or day != day else day.date() for day in frame[name]] for name in ("first_on", "last_on")
    ]
    return [
        (f"{row.a_id}{row.b_id}", row.kind, row.n, first, last, list(row.record_ids))
        for row, first, last in zip(frame.itertuples(), *days, strict=True)
    ]


def test_joint_offers(net: Inventory) -> None:
    put(
        net,
        "initiative",
        offer("runs", "ab"),
        offer("ended", "ab", status="ended", started_on="2025-01-01", ended_on="2025-06-30"),
        offer("undated", "bc", started_on=None),
        offer("planned", "de", status="planned"),
        offer("archived", "de", status="archived"),
        offer("tomorrow", "de", started_on="2026-11-23"),
        offer("alone", "d"),
        offer("itself", "dd"),
    )
    assert told(net) == [
        ("ab", "offer", 2, date(2025, 1, 1), TODAY, ["ended", "runs"]),
        ("bc", "offer", 1, None, TODAY, ["undated"]),
    ]


def test_meetings_tie_who_was_there(net: Inventory) -> None:
    put(
        net,
        "body",
        {"body_id": "k", "name": "K", "short_name": "K", "kind": "steering", "seat_organization_ids": list("abcd")},
    )
    there = {"body_id": "k", "name": "Sitzung", "present_organization_ids": ["a", "b"], "meeting_state": "closed"}
    put(
        net,
        "meeting",
        {**there, "meeting_id": "one", "held_on": "2026-03-01"},
        {**there, "meeting_id": "two", "held_on": "2026-09-01", "meeting_state": "held"},
        {**there, "meeting_id": "called off", "held_on": "2026-10-01", "cancelled": True},
        {**there, "meeting_id": "coming", "held_on": "2026-12-01", "meeting_state": "invited"},
        {**there, "meeting_id": "unknown", "held_on": "2026-05-01", "present_organization_ids": None},
    )
    assert told(net) == [("ab", "meeting", 2, date(2026, 3, 1), date(2026, 9, 1), ["one", "two"])]


def test_workshops_tie_participants_and_who_held_it(net: Inventory) -> None:
    put(
        net,
        "workshop",
        {
            "workshop_id": "w",
            "name": "W",
            "held_on": "2026-07-01",
            "organizer_id": "c",
            "participant_organization_ids": ["a"],
        },
        {"workshop_id": "x", "name": "X", "held_on": "2026-08-01", "organizer_id": "c"},
        {"workshop_id": "y", "name": "Y", "held_on": "2027-01-01", "participant_organization_ids": ["a", "b"]},
    )
    assert told(net) == [("ac", "workshop", 1, date(2026, 7, 1), date(2026, 7, 1), ["w"])]


def test_measures_tie_lead_and_partners(net: Inventory) -> None:
    of = {"title": "M", "lead_organization_id": "a", "starts_on": "2026-04-01"}
    put(
        net,
        "measure",
        {**of, "measure_id": "runs", "partner_ids": ["b"], "state": "running"},
        {**of, "measure_id": "done", "partner_ids": ["c"], "state": "done", "finished_on": "2026-06-01"},
        {**of, "measure_id": "planned", "partner_ids": ["d"], "state": "planned"},
        {**of, "measure_id": "dropped", "partner_ids": ["d"], "state": "dropped"},
    )
    assert told(net) == [
        ("ab", "measure", 1, date(2026, 4, 1), TODAY, ["runs"]),
        ("ac", "measure", 1, date(2026, 4, 1), date(2026, 6, 1), ["done"]),
    ]


def test_only_kept_promises_tie_and_only_to_those_they_were_for(net: Inventory) -> None:
    put(
        net,
        "workshop",
        {"workshop_id": "w", "name": "W", "held_on": "2026-07-01", "organizer_id": "h"},
    )
    put(net, "measure", {"measure_id": "m", "title": "M", "lead_organization_id": "b", "partner_ids": ["c"]})  # planned
    of = {
        "text": "Hilft",
        "organization_id": "a",
        "workshop_id": "w",
        "given_on": "2026-07-01",
        "checked_on": "2026-08-01",
    }
    put(
        net,
        "commitment",
        {**of, "commitment_id": "kept", "state": "kept"},
        {**of, "commitment_id": "as a measure", "state": "kept", "measure_id": "m", "checked_on": None},
        *({**of, "commitment_id": state, "state": state} for state in ("open", "broken", "released")),
        {**of, "commitment_id": "own", "state": "kept", "organization_id": "h"},
        {**of, "commitment_id": "to nobody", "state": "kept", "workshop_id": None, "organization_id": "g"},
    )
    day = date(2026, 8, 1)
    assert told(net) == [
        ("ab", "promise", 1, None, None, ["as a measure"]),
        ("ac", "promise", 1, None, None, ["as a measure"]),
        ("ah", "promise", 1, day, day, ["kept"]),
        ("bc", "promise", 1, None, None, ["as a measure"]),
    ]


def test_merged_organisations_are_one_and_archived_ones_none(net: Inventory) -> None:
    put(net, "initiative", offer("one", "ab"), offer("two", "cd"), offer("three", "bc"))
    put(
        net,
        "workshop",
        {"workshop_id": "w", "name": "W", "held_on": "2026-07-01", "participant_organization_ids": ["a", "c"]},
    )
    merge = merging.merge(net, "organization", "a", "b", {}, TEST)
    assert [row[:2] for row in told(net)] == [("ac", "offer"), ("ac", "workshop"), ("cd", "offer")]
    merging.undo_merge(net, merge, TEST)
    assert [row[:2] for row in told(net)] == [("ab", "offer"), ("ac", "workshop"), ("bc", "offer"), ("cd", "offer")]
    with net.change(TEST, Action.ARCHIVE) as change:
        change.update("organization", [{"organization_id": "c", "status": "archived"}])
    assert [row[:2] for row in told(net)] == [("ab", "offer")]


def test_past_days(example: Inventory) -> None:
    """The first meeting had six seats present (15 pairs), the second seven (21).

    Of the measures one with two began in June, three with 1 + 1 + 6 pairs in July, one with three in August.
    """
    for day, meeting, measure in (
        ("2026-06-16", 0, 0),
        ("2026-06-30", 15, 1),
        ("2026-07-01", 15, 9),
        ("2026-09-16", 21, 12),
    ):
        then = ties.ties(example.as_of(date.fromisoformat(day)))
        assert [(then["kind"] == kind).sum() for kind in ("meeting", "measure")] == [meeting, measure], day


def test_the_order_puts_tied_ones_side_by_side_and_is_always_the_same(net: Inventory) -> None:
    put(
        net,
        "initiative",
        *(offer(f"{pair}{n}", pair) for pair, often in {"ah": 3, "ch": 1, "bf": 2}.items() for n in range(often)),
    )
    # h has most facts (4), then a (3 with h), then c (1 with h); b and f follow; the others by their names
    assert ties.order(net) == ["h", "a", "c", "b", "f", "d", "e", "g"]
    merging.merge(net, "organization", "d", "e", {}, TEST)  # whoever is no part of it moves nobody
    assert ties.order(net) == ["h", "a", "c", "b", "f", "d", "g"]


def test_new_ties_count_once_in_the_quarter_of_their_first_fact(net: Inventory) -> None:
    put(net, "initiative", offer("early", "ab", started_on="2026-01-05"), offer("later", "ac", started_on="2026-08-05"))
    put(net, "initiative", offer("undated", "ad", started_on=None))
    put(
        net,
        "workshop",
        {"workshop_id": "w", "name": "W", "held_on": "2026-05-01", "participant_organization_ids": list("abc")},
    )
    frame = ties.quarters(net)
    found = [
        (None if row.quarter != row.quarter else f"{row.quarter:%Y-%m}", row.kind, row.ties)
        for row in frame.itertuples()
    ]
    # ab in the first quarter by its offer; ac and bc in the second by the workshop, before the offer of ac
    assert found == [("2026-01", "offer", 1), ("2026-04", "workshop", 2), (None, "offer", 1)]
    assert [(row["kind"], row["day"]) for row in ties.marks(net)] == [("workshop", date(2026, 5, 1))]


def test_who_stands_alone_and_whose_offers_would_go_together(net: Inventory) -> None:
    put(net, "location", {"location_id": "l", "name": "Haus", "district_id": "01"})
    at = {"location_id": "l", "mode": "on_site", "target_group_ids": ["adults"], "capacity": 5}
    put(
        net,
        "initiative",
        offer("german", "a", theme_ids=["german_courses"], **at),
        offer("advice", "b", theme_ids=["counselling"], **at),
        offer("joint", "cd"),
    )
    found = {row.organization_id: row.other_id for row in ties.untied(net).itertuples()}
    assert set(found) == set("abefgh") and (found["a"], found["b"]) == ("b", "a")
    assert found["e"] != found["e"]  # nobody


@pytest.mark.parametrize(
    ("kind", "sector"),
    [
        ("Jugendamt", "administration"),
        ("Kommune", "administration"),
        ("Behörde", "administration"),
        ("Jobcenter", "administration"),
        ("Kommunale Einrichtung", "administration"),
        ("Stadtverwaltung, Integrationsbüro", "administration"),
        ("Wohnungsunternehmen", "business"),
        ("Industrie- und Handelskammer", "business"),
        ("Arbeitgeberverband", "business"),
        ("Handwerksbetrieb", "business"),
        ("GmbH", "business"),
        ("gGmbH", "civil"),
        ("Wohlfahrtsverband", "civil"),
        ("Migrantenorganisation, Begegnungsstätte", "civil"),
        ("Religionsgemeinschaft", "civil"),
        ("Freiwilligenagentur", "civil"),
        ("Ehrenamt", "unknown"),
        ("Kleiderkammer", "unknown"),
        ("", "unknown"),
        (None, "unknown"),
    ],
)
def test_sectors_follow_from_the_words_of_the_kind(kind: str | None, sector: str) -> None:
    assert sectors.of(kind) == sector


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_drawn_facts_are_the_pairs_of_their_members_and_the_parts_sum_to_the_whole(net: Inventory, seed: int) -> None:
    draw = random.Random(seed)
    kinds = {key: draw.choice(("Verein", "Jugendamt", "GmbH", None)) for key in KEYS}
    with net.change(TEST, Action.SET_UP) as change:
        change.update("organization", [{"organization_id": key, "kind": kind} for key, kind in kinds.items()])
    members = [draw.sample(KEYS, draw.randint(1, 4)) for _ in range(6)]
    put(net, "initiative", *(offer(f"i{n}", "".join(of)) for n, of in enumerate(members)))
    expected = {tuple(sorted(pair)) for of in members for pair in combinations(of, 2)}
    assert set(ties.kinds_of(net)) == expected
    found = programme.network(net)
    assert found.ties == len(expected)
    assert found.administration + found.business + found.both + found.civil + found.unclear == found.ties
    assert sum(found.of_sector.values()) == found.organizations == len(KEYS)
    assert found.alone == len(set(KEYS) - {one for pair in expected for one in pair})


def test_the_figures_say_how_many_contacts_were_reached_and_entries_answered(example: Inventory) -> None:
    found = programme.network(example)
    (contacts,) = example.rows("SELECT count(*) AS n FROM inventory.contact WHERE status = 'active'")
    assert found.contacts == contacts["n"] and 0 < found.contacts_reached < found.contacts
    assert (found.entries_answered, found.entries) == (10, 15)  # six of version 1, four of version 2; five are silent


def test_a_cell_says_its_kinds_in_letters_and_its_facts_in_words(net: Inventory) -> None:
    put(net, "initiative", offer("one", "ab"))
    put(
        net,
        "workshop",
        {"workshop_id": "w", "name": "W", "held_on": "2026-07-01", "participant_organization_ids": ["a", "b"]},
    )
    cell = words.cells(net, names_of(net, DE))["a", "b"]
    assert (cell.word, cell.step) == ("AW", "offers_2")
    assert "gemeinsames Angebot: 1 mal, zuletzt: läuft noch" in cell.hover and "zuletzt: 01.07.2026" in cell.hover
    assert words.cells(net, names_of(net, DE), ["offer"])["a", "b"].word == "A"


def test_an_organisation_with_what_it_offers_seeks_and_promised(town: Inventory) -> None:
    put(town, "organization", {"organization_id": "a", "name": "A"}, {"organization_id": "b", "name": "B"})
    put(town, "location", {"location_id": "l", "name": "Haus", "district_id": "02", "barrier_free": True})
    put(
        town,
        "initiative",
        offer("one", "a", location_id="l", volunteers_wanted=3, waiting=None, language_ids=["de"]),
        offer("two", "ab", volunteers_wanted=None, waiting=4),
    )
    put(town, "contact", {"contact_id": "c", "organization_id": "a", "role": "Büro", "language_ids": ["fa"]})
    states = ("open", "kept", "broken", "released")
    put(
        town,
        "commitment",
        *({"commitment_id": s, "organization_id": "a", "text": s, "state": s, "due_on": "2026-10-01"} for s in states),
    )
    row = organizations.actor(town, "a")
    assert row is not None
    assert (row["offers"], row["wanted"], row["wanted_unknown"], row["waiting"]) == (2, 3, 1, 4)
    assert (row["promises_open"], row["promises_late"], row["promises_kept"], row["promises_broken"]) == (1, 1, 1, 1)
    assert (row["places"], row["district_ids"], row["language_ids"], row["partners"]) == (1, ["02"], ["de", "fa"], 1)
    other = organizations.actor(town, "b")
    assert other is not None and (other["offers"], other["wanted"], other["language_ids"]) == (1, 0, None)
    assert [offer["name"] for offer in organizations.offers(town, "b")] == ["two"]  # as a partner
    assert [promise["state"] for promise in organizations.promises(town, "a")] == ["open", "kept", "broken"]
