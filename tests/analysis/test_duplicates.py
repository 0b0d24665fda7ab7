"""The same record twice: hand-computed shares, the planted pairs of the example, and what is no duplicate."""

from math import log, sqrt
from typing import Any

import pandas as pd
import pytest

from esdash.analysis import judgements
from esdash.analysis.duplicates import duplicates
from esdash.inventory import Inventory, merging
from esdash.inventory.access import Action
from tests.people import ADA, BEN, TEST

# data/example/README.md, "Entered twice" and "Training entered twice": what is planted, by table
PLANTED = {
    "organization": {("o12", "o13")},
    "initiative": {("i016", "i063"), ("i010", "i084"), ("i022", "i076"), ("i029", "i096")},
    "course": {("k11", "k35")},
    "contact_point": {("p08", "p09")},
    "location": {("l23", "l46")},
}
HOUSE = {
    "website": "https://mulde.example.org",
    "email": "info@mulde.example.org",
    "phone": "+49 340 1234",
    "street": "Ahornweg 1",
    "postcode": "06844",
}


def enter(inventory: Inventory, table: str, *rows: dict[str, Any]) -> None:
    with inventory.change(TEST, Action.EDIT_RECORDS) as change:
        for row in rows:
            change.insert(table, [row])


def organizations(inventory: Inventory, *rows: dict[str, Any]) -> pd.DataFrame:
    enter(inventory, "organization", *({"organization_id": f"o{n}", **row} for n, row in enumerate(rows)))
    return duplicates.pairs(inventory, "organization")


def found(frame: pd.DataFrame) -> list[tuple[str, str]]:
    return list(zip(frame["a_id"], frame["b_id"], strict=True))


# ---------------------------------------------------------------- the figures


def test_shares_and_score_by_hand(town: Inventory) -> None:
    pairs = organizations(
        town,
        {"name": "Lernhaus Nord e. V.", "phone": "+49 (0)340 12-34", "street": "Ahornstr. 1", "email": "a@example.org"},
        {"name": "Lernhaus Süd", "phone": "0340 1234", "email": "b@example.org"},
    )
    assert found(pairs) == [("o0", "o1")]
    row = pairs.iloc[0]
    # lernhausnord / lernhaussud: 9 letters match in order, Jaro (9/12 + 9/11 + 1) / 3 = 0.8561, four first letters
    # equal: 0.8561 + 4 · 0.1 · 0.1439 = 0.9136. Words: lernhaus stands in both of 2 names, ln(3/3) + 1 = 1; nord and
    # sud in one, ln(3/2) + 1: cosine 1 / (1 + (ln 1.5 + 1)²) = 0.3361.
    jaro = (9 / 12 + 9 / 11 + 1) / 3
    assert row["name_share"] == pytest.approx((jaro + 0.4 * (1 - jaro) + 1 / (1 + (log(1.5) + 1) ** 2)) / 2)
    assert row["name_share"] == pytest.approx(0.6249, abs=5e-5)
    assert (row["phone_share"], row["email_share"]) == (1, 0)
    assert pd.isna(row["address_share"])  # filled on one side only
    assert pd.isna(row["website_share"])
    # (0.50 · 0.6249 + 0.15 · 1 + 0.10 · 0) / (0.50 + 0.15 + 0.10)
    assert row["score"] == pytest.approx(0.6166, abs=5e-5)


def test_a_word_entered_twice_counts_twice(town: Inventory) -> None:
    row = organizations(town, {"name": "Tanz Tanz Tag"}, {"name": "Tanz Tag"}).iloc[0]
    # both words stand in both names: (2 · 1 + 1 · 1) / (√5 · √2); tanztanztag / tanztag: 7 letters match in order
    jaro = (7 / 11 + 7 / 7 + 1) / 3
    assert row["name_share"] == pytest.approx((jaro + 0.4 * (1 - jaro) + 3 / sqrt(10)) / 2)


# ---------------------------------------------------------------- what speaks against, and what tells little


def initiatives(inventory: Inventory, *rows: dict[str, Any]) -> pd.DataFrame:
    """The pairs of these offers, each of an organisation of its own."""
    enter(inventory, "organization", *({"organization_id": f"o{n}", "name": CARRIERS[n]} for n in range(len(rows))))
    enter(
        inventory,
        "initiative",
        *({"initiative_id": f"i{n}", "organization_id": f"o{n}", **row} for n, row in enumerate(rows)),
    )
    return duplicates.pairs(inventory, "initiative")


CARRIERS = ("Awo", "Caritas", "Diakonie", "Tafel", "Werkhof", "Netzwerk", "Jugendamt", "Urania")
FESTIVAL = {"name": "Fest der Kulturen", "description": "Musik und Essen im Stadtpark", "website": "fest.example.org"}


def day(begins: str, ends: str) -> dict[str, str]:
    return {"started_on": begins, "ended_on": ends, "status": "planned"}


@pytest.mark.parametrize(
    ("first", "second", "shown"),
    [
        (day("2027-05-08", "2027-05-08"), day("2027-05-08", "2027-05-08"), True),
        (day("2027-05-08", "2027-05-08"), day("2028-05-06", "2028-05-06"), False),  # every year anew
        (day("2027-05-08", "2027-05-08"), day("2027-05-09", "2027-05-09"), False),
        (day("2027-05-08", "2027-06-08"), day("2027-05-09", "2027-06-09"), False),  # 31 days
        (day("2027-05-08", "2027-06-09"), day("2027-05-09", "2027-06-10"), True),  # 32 days: no event
        (day("2027-05-08", "2027-05-08"), {"started_on": "2024-01-01"}, True),  # an offer that goes on has no day
    ],
)
def test_events_on_other_days_are_not_shown(
    town: Inventory, first: dict[str, str], second: dict[str, str], shown: bool
) -> None:
    assert len(initiatives(town, FESTIVAL | first, FESTIVAL | second)) == shown


def test_the_begin_of_an_event_is_one_of_the_shares(town: Inventory) -> None:
    same = day("2027-05-08", "2027-05-08")
    assert initiatives(town, FESTIVAL | same, FESTIVAL | same).iloc[0]["begins_share"] == 1


@pytest.mark.parametrize(
    ("first", "second", "share"),
    [
        ("Ahornweg 12", "Ahornweg 12", 1.0),
        ("Ahornweg 12", "Ahornweg 12-14", None),  # like, not equal
        ("Ahornweg 12", "Ahornweg 14", 0.0),
        ("Ahornweg 12", "Ahornweg 12a", 0.0),
        ("Ahornweg 12", "Lindenplatz 12", 0.0),
        ("Ahornweg", "Ahornweg 12", None),  # without a number nothing contradicts
    ],
)
def test_another_number_or_street_is_another_address(
    town: Inventory, first: str, second: str, share: float | None
) -> None:
    pairs = organizations(
        town,
        {"name": "Lernhaus Mulde", "street": first, "phone": "0340 1234"},
        {"name": "Lernhaus Mulde", "street": second, "phone": "0340 1234"},
    )
    row = pairs.iloc[0]
    if share is None:
        assert 0.5 <= row["address_share"] < 1
    else:
        assert row["address_share"] == pytest.approx(share)
    if share == 0:  # (0.50 · 1 + 0.15 · 1) / (0.50 + 0.15 + 0.25): what differs weighs 0.25 instead of 0.15
        assert row["score"] == pytest.approx(0.65 / 0.90)


def test_coordinates_far_apart_speak_against_where_there_is_no_street(town: Inventory) -> None:
    north = 0.3 / 111.195  # 300 m in degrees of latitude
    enter(
        town,
        "location",
        {"location_id": "l0", "name": "Nachbarschaftsgarten", "lat": 51.8, "lon": 12.2},
        {"location_id": "l1", "name": "Nachbarschafts-Garten", "lat": 51.8 + north / 3, "lon": 12.2},
        {"location_id": "l2", "name": "Nachbarschaftsgarten", "lat": 51.8 + north, "lon": 12.2},
    )
    shares = duplicates.pairs(town, "location").set_index(["a_id", "b_id"])["address_share"].to_dict()
    assert shares == {("l0", "l1"): 1, ("l0", "l2"): 0, ("l1", "l2"): 1}


def test_a_title_of_many_says_little(town: Inventory) -> None:
    """Four of eight offers are called Deutschkurs. A word in 4 of 8 names tells ((ln(9/5) + 1) / (ln(9/3) + 1))²."""
    others = ("Nähcafé", "Fahrradwerkstatt", "Schachklub", "Lesezirkel")
    course = {"name": "Deutschkurs", "description": "Lesen und Schreiben"}
    pairs = initiatives(town, *[course] * 4, *({"name": name, "description": None} for name in others))
    telling = ((log(9 / 5) + 1) / (log(9 / 3) + 1)) ** 2
    assert telling == pytest.approx(0.5724, abs=5e-5)
    row = pairs.set_index(["a_id", "b_id"]).loc[("i0", "i1")]
    # name 0.50, description 0.15; the names of the organisations (0.05) agree little
    organization = row["organization_share"]
    assert organization < 0.5
    agree = 0.50 * telling + 0.15 + 0.05 * organization
    assert row["score"] == pytest.approx(agree / (agree + 0.05 * (1 - organization)))


def test_a_pair_that_agrees_in_nothing_but_a_title_of_many_is_at_most_possible(town: Inventory) -> None:
    """Three of eight tell ((ln(9/4) + 1) / (ln 3 + 1))² = 0.74: by the sum alone it would be likely."""
    others = ("Nähcafé", "Fahrradwerkstatt", "Schachklub", "Lesezirkel", "Kochrunde")
    named = initiatives(town, *[{"name": "Deutschkurs"}] * 3, *({"name": name} for name in others))
    assert named["score"].tolist() == [judgements.DUPLICATE_TITLE_ALONE] * 3
    assert judgements.DUPLICATE_TITLE_ALONE < judgements.DUPLICATE_LIKELY


def test_a_title_that_only_two_use_tells_all(town: Inventory) -> None:
    pairs = initiatives(town, {"name": "Klangwerkstatt"}, {"name": "Klangwerkstatt"}, {"name": "Deutschkurs"})
    assert pairs["score"].iloc[0] > judgements.DUPLICATE_LIKELY


@pytest.mark.parametrize(
    ("first", "same", "other"),
    [
        ("Клуб «Родник»", "клуб родник", "Центр «Дорога»"),
        ("Школа «Ёлка»", "школа Елка", "Кафе «Волна»"),
        ("مركز الأمل", "مركز الامل", "بيت الثقافة"),
        ("Κέντρο Ελπίδα", "ΚΕΝΤΡΟ ΕΛΠΙΔΑ", "Σχολείο Χαράς"),
    ],
)
def test_names_in_other_scripts(town: Inventory, first: str, same: str, other: str) -> None:
    """Found if equal, and not alike because letters of one script begin with the same byte."""
    pairs = organizations(town, *({"name": name, "phone": "0340 1234"} for name in (first, same, other)))
    assert found(pairs) == [("o0", "o1")]
    assert pairs.iloc[0]["name_share"] == pytest.approx(1)
    assert duplicates.similar(town, "organization", {"name": same})["record_id"].tolist() == ["o0", "o1"]


def test_weights_of_a_table_sum_to_one() -> None:
    for weights in judgements.DUPLICATE_WEIGHTS.values():
        assert sum(weights.values()) == pytest.approx(1)


@pytest.mark.parametrize(
    ("entered", "compared"),
    [
        ("Beispielverein Willkommen in Roßlau e. V.", "beispielverein willkommen in rosslau"),
        ("Ämter-Lotsen Innenstadt-Mitte gGmbH", "amterlotsen innenstadtmitte"),
        ("Musterstr. 12", "musterstrasse 12"),
        ("Wohnen eG, Stiftung Café GmbH", "wohnen cafe"),
        ("Bewerbungs- und Lernhilfe", "bewerbungs und lernhilfe"),
        ("Eva Strand", "eva strand"),
        ("e. V.", ""),
    ],
)
def test_text_as_compared(any_town: Inventory, entered: str, compared: str) -> None:
    assert any_town.value("SELECT match_text($entered)", entered=entered) == compared


@pytest.mark.parametrize(
    ("field", "entered", "compared"),
    [
        ("phone", "+49 (0)171 39200-18", "1713920018"),
        ("phone", "0049 171 3920018", "1713920018"),
        ("website", "HTTPS://www.Example.org/a/", "example.org/a"),
        ("email", " Info@Example.org ", "info@example.org"),
    ],
)
def test_identifier_as_compared(any_town: Inventory, field: str, entered: str, compared: str) -> None:
    assert any_town.value("SELECT match_identifier($field, $entered)", field=field, entered=entered) == compared


# ---------------------------------------------------------------- what is shown


@pytest.mark.parametrize("table", duplicates.TABLES)
def test_the_planted_pairs_come_first(example: Inventory, table: str) -> None:
    pairs = duplicates.pairs(example, table)
    assert set(found(pairs)[: len(PLANTED[table])]) == PLANTED[table]
    assert pairs["score"].is_monotonic_decreasing
    assert pairs["score"].between(judgements.DUPLICATE_FROM, 1).all()


def test_one_house_with_one_phone_is_no_duplicate(town: Inventory) -> None:
    pairs = organizations(town, {"name": "Sprachtreff Mulde", **HOUSE}, {"name": "Fahrradküche am Park", **HOUSE})
    assert found(pairs) == []


def test_many_offers_of_one_organisation_are_no_duplicates(town: Inventory) -> None:
    enter(town, "organization", {"organization_id": "o1", "name": "Haus Mulde"})
    enter(
        town, "contact", {"contact_id": "c1", "organization_id": "o1", "role": "Büro", "phone": "1", "email": "a@b.de"}
    )
    enter(town, "location", {"location_id": "l1", "name": "Haus Mulde", "street": "Ahornweg 1"})
    same = {"organization_id": "o1", "contact_id": "c1", "location_id": "l1", "website": "mulde.example.org"}
    names = ("Nähcafé", "Deutsch am Abend", "Asylberatung", "Fußball für Kinder")
    enter(town, "initiative", *({"initiative_id": f"i{n}", "name": name, **same} for n, name in enumerate(names)))
    assert found(duplicates.pairs(town, "initiative")) == []


def test_what_too_many_share_points_to_none(town: Inventory) -> None:
    houses = [{"location_id": f"l{n}", "name": "Gemeindehaus", "street": "Ahornweg 1"} for n in range(61)]
    enter(town, "location", *houses[:60])
    assert len(duplicates.pairs(town, "location")) == 60 * 59 / 2
    enter(town, "location", houses[60])
    assert len(duplicates.pairs(town, "location")) == 0


def test_archived_records_are_left_out(lived: Inventory) -> None:
    with lived.change(TEST, Action.EDIT_RECORDS) as change:
        change.update("organization", [{"organization_id": "o13", "status": "archived"}])
    assert found(duplicates.pairs(lived, "organization")) == []


def test_a_dismissed_pair_stays_dismissed(lived: Inventory) -> None:
    merging.dismiss(lived, "initiative", "i063", "i016", ADA, "zwei Gruppen")
    assert ("i016", "i063") not in found(duplicates.pairs(lived, "initiative"))
    with lived.change(TEST, Action.EDIT_RECORDS) as change:
        change.update("initiative", [{"initiative_id": "i063", "name": "Bewerbungswerkstatt Musterstraße"}])
    assert ("i016", "i063") not in found(duplicates.pairs(lived, "initiative"))
    edited = lived.rows("FROM initiative WHERE initiative_id = 'i063'")[0]
    assert "i016" not in set(duplicates.similar(lived, "initiative", edited)["record_id"])
    assert set(found(duplicates.pairs(lived, "initiative"))) >= PLANTED["initiative"] - {("i016", "i063")}


def test_a_dismissed_pair_stays_dismissed_when_one_of_it_is_merged(town: Inventory) -> None:
    names = ("Nähcafé Nord", "Nähcafé Süd", "Näh-Café Süd")
    pairs = organizations(town, *({"name": name, "phone": "0340 1234"} for name in names))
    assert ("o0", "o1") in found(pairs) and ("o0", "o2") in found(pairs)
    merging.dismiss(town, "organization", "o0", "o1", ADA)
    merging.merge(town, "organization", "o2", "o1", {}, ADA)
    assert found(duplicates.pairs(town, "organization")) == []


def test_merged_pairs_are_gone(lived: Inventory) -> None:
    merging.merge(lived, "organization", "o12", "o13", {}, ADA)
    assert found(duplicates.pairs(lived, "organization")) == []


def test_all_pairs_name_their_table(example: Inventory) -> None:
    pairs = duplicates.all_pairs(example)
    by_table = {table: len(duplicates.pairs(example, table)) for table in duplicates.TABLES}
    assert pairs["table_name"].value_counts().to_dict() == by_table


# ---------------------------------------------------------------- while typing


def test_a_draft_finds_what_is_there(example: Inventory) -> None:
    draft = {"name": "Bewerbungswerkstatt Musterstr.", "location_id": "l01", "organization_id": None}
    similar = duplicates.similar(example, "initiative", draft)
    assert set(similar["record_id"][:2]) == {"i016", "i063"}
    assert similar.iloc[0]["name_share"] == pytest.approx(1)
    assert similar.iloc[0]["address_share"] == pytest.approx(1)


@pytest.mark.parametrize("table", duplicates.TABLES)
def test_a_record_being_edited_is_like_its_twin_as_in_the_list(example: Inventory, table: str) -> None:
    for a, b in PLANTED[table]:
        record = example.rows(f"FROM {table} WHERE {table}_id = $a", a=a)[0]
        similar = duplicates.similar(example, table, record).set_index("record_id")
        pairs = duplicates.pairs(example, table).set_index(["a_id", "b_id"])
        shares = [column for column in similar.columns if column.endswith(("score", "_share"))]
        assert a not in similar.index
        assert similar.loc[b, shares].astype(float).tolist() == pytest.approx(
            pairs.loc[(a, b), shares].astype(float).tolist(), nan_ok=True
        )


@pytest.mark.parametrize("draft", [{}, {"name": ""}, {"name": "Völlig Neues"}, {"phone": "+49 171 39200 18"}])
def test_a_draft_like_nothing(example: Inventory, draft: dict[str, Any]) -> None:
    assert len(duplicates.similar(example, "organization", draft)) == 0


def test_a_draft_in_an_empty_inventory(town: Inventory) -> None:
    assert len(duplicates.similar(town, "initiative", {"name": "Nähcafé"})) == 0


@pytest.mark.parametrize("name", ["'; DROP TABLE initiative; --", '"\\ $table {x}', "😀 \u0000"])
def test_hostile_drafts(example: Inventory, name: str) -> None:
    assert len(duplicates.similar(example, "initiative", {"name": name})) == 0


def test_other_tables_are_not_compared(example: Inventory) -> None:
    with pytest.raises(ValueError, match="contact"):
        duplicates.pairs(example, "contact")


def test_the_queue_holds_all_pairs_the_likeliest_first(example: Inventory) -> None:
    queue, pairs = duplicates.queue(example), duplicates.all_pairs(example)
    assert queue["score"].is_monotonic_decreasing
    assert sorted(queue["score"]) == sorted(pairs["score"])
    likely = queue[queue["score"] >= judgements.DUPLICATE_LIKELY]
    found = {(row.table_name, (row.a_id, row.b_id)) for row in likely.itertuples()}
    assert found == {(table, pair) for table, planted in PLANTED.items() for pair in planted}


def test_the_queue_is_made_anew_only_when_a_pair_can_come_or_go(
    lived: Inventory, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    real = Inventory.frame

    def frame(inventory: Inventory, sql: str, **values: object) -> pd.DataFrame:
        if sql == "FROM duplicate_pair($table)":
            asked.append(str(values["table"]))
        return real(inventory, sql, **values)

    monkeypatch.setattr(Inventory, "frame", frame)
    first = duplicates.queue(lived)
    with lived.change(ADA, Action.EDIT_RECORDS) as change:
        change.update("initiative", [{"initiative_id": "i016", "assured_on": "2026-11-22", "assured_by": "Ada"}])
    assert len(duplicates.queue(lived)) == len(first)
    assert asked == list(duplicates.TABLES)
    merging.dismiss(lived, "initiative", "i016", "i063", ADA, "zwei Gruppen")
    assert len(duplicates.queue(lived)) == len(first) - 1
    assert asked == [*duplicates.TABLES, "initiative"]
    with lived.change(ADA, Action.EDIT_RECORDS) as change:
        change.update("initiative", [{"initiative_id": "i084", "name": "Ganz etwas anderes", "description": None}])
    assert ("i010", "i084") not in set(
        zip(duplicates.queue(lived)["a_id"], duplicates.queue(lived)["b_id"], strict=True)
    )
    merging.take_back(lived, "initiative|i016|i063", ADA)
    pairs = duplicates.queue(lived)
    assert ("i016", "i063") in set(zip(pairs["a_id"], pairs["b_id"], strict=True))


def test_what_was_merged_and_what_is_no_duplicate_is_listed(lived: Inventory) -> None:
    merge_id = merging.merge(lived, "organization", "o12", "o13", {"name": "Willkommen"}, ADA, "Tippfehler")
    merging.dismiss(lived, "course", "k26", "k05", BEN, "Aufbaukurs")
    (merged,) = duplicates.merges(lived).to_dict("records")
    assert (merged["merge_id"], merged["table_name"], merged["kept_id"], merged["old_id"]) == (
        *(merge_id, "organization", "o12", "o13"),
    )
    assert (merged["kept_name"], merged["old_name"]) == ("Willkommen", "Beispielverein Willkommen in Rosslau")
    assert (merged["actor"], merged["reason"], f"{merged['changed_at']:%Y-%m-%d}") == (
        "Ada",
        "Tippfehler",
        "2026-11-22",
    )
    (apart,) = duplicates.dismissals(lived).to_dict("records")
    assert (apart["decision_id"], apart["decided_by"], apart["reason"]) == ("course|k05|k26", "Ben", "Aufbaukurs")
    assert (apart["a_name"], apart["b_name"]) == ("Sprachbegleitung: Einstieg", "Sprachbegleitung: Aufbaukurs")
    merging.undo_merge(lived, merge_id, ADA)
    assert duplicates.merges(lived).empty


def test_the_two_sides_show_a_person_only_with_consent(lived: Inventory) -> None:
    found = duplicates.sides(lived, "initiative", "i022", "i076")  # c15 with public consent, c16 without
    assert found is not None
    left, right = found
    assert (left["place"], left["contact_role"]) == ("Begegnungshaus Roßlau (Muster)", "Vorstand, Kontaktstelle")
    assert (left["contact_phone"], right["contact_phone"], right["contact_email"]) == ("+49 171 39200 18", None, None)
    assert (left["version"], right["name"]) == (2, "Begegnungs-Cafe Rosslau")
    assert duplicates.sides(lived, "initiative", "i022", "i043") is None  # archived
    assert duplicates.sides(lived, "initiative", "i022", "gone") is None


def test_many_drafts_at_once_find_what_each_finds_alone(example: Inventory) -> None:
    drafts = example.rows("SELECT name, organization_id, description FROM initiative ORDER BY initiative_id")
    drafts = [{}, *drafts[:8], {"name": "\N{SNOWMAN}"}]
    together = duplicates.similar_to_each(example, "initiative", drafts)
    assert set(together["number"]) == set(range(1, 9))
    for number, draft in enumerate(drafts):
        alone = duplicates.similar(example, "initiative", draft)
        of_it = together[together["number"] == number].drop(columns="number").reset_index(drop=True)
        assert of_it["record_id"].tolist() == alone["record_id"].tolist()
        assert of_it["score"].astype(float).tolist() == pytest.approx(alone["score"].astype(float).tolist())
