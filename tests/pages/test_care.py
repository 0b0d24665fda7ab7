"""Data care: to-dos that go when they are done, confirming, pairs entered twice, backups; what is saved, what not."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from esdash.analysis.maintenance import freshness
from esdash.analysis.records import records
from esdash.inventory import backups
from esdash.inventory.access import Action
from esdash.texts import Text
from esdash.ui.maintenance import mail, safety
from esdash.ui.widgets import tables
from tests.pages import hostile
from tests.pages.conftest import Behind, Care
from tests.pages.said import asks_for_a_name, give_a_name, plain, texts, told, words
from tests.people import BEN


def cards(visitor: AppTest) -> list[str]:
    """Keys of the to-dos on the page: kind, table and record."""
    return [button.key.removeprefix("mail_") for button in visitor.button if str(button.key).startswith("mail_")]


def press(visitor: AppTest, key: str) -> AppTest:
    visitor.button(key=key).click().run()
    assert not visitor.exception, visitor.exception[0].message
    return visitor


def pair_table(visitor: AppTest) -> pd.DataFrame:
    (table,) = [element.value for element in visitor.table]
    return table.map(plain)


# ---------------------------------------------------------------- to do


def test_what_still_holds_goes_and_the_next_moves_up(care: Care, behind: Behind) -> None:
    visitor = care("example")
    before = cards(visitor)
    assert before[:2] == ["stale_organization_o06", "stale_location_l04"]
    assert len(before) == 7
    assert "96 Punkte sind offen" in words(visitor)
    press(visitor, "assure_stale_organization_o06")
    after = cards(visitor)
    assert after[:6] == before[1:]
    assert (len(after), len(set(after) - set(before))) == (7, 1)
    assert "95 Punkte sind offen" in words(visitor)
    assert "Bestätigt: Phantasie-Sportverein" in told(visitor)
    (row,) = behind().rows("SELECT assured_on, assured_by FROM organization WHERE organization_id = 'o06'")
    assert (f"{row['assured_on']:%Y-%m-%d}", row["assured_by"]) == ("2026-11-22", "Ada")


def test_nothing_is_saved_without_a_name(care: Care, behind: Behind) -> None:
    visitor = care("example", author="")
    press(visitor, "assure_stale_organization_o06")
    assert asks_for_a_name(visitor)
    assert cards(visitor)[0] == "stale_organization_o06"
    assert behind().value("SELECT count(*) FROM change_log WHERE means = 'form' AND actor = ''") == 0
    give_a_name(visitor, "Bea")
    assert cards(visitor)[0] != "stale_organization_o06"
    assert behind().value("SELECT assured_by FROM organization WHERE organization_id = 'o06'") == "Bea"


def test_what_is_over_is_ended_with_one_click(care: Care, behind: Behind) -> None:
    visitor = care("example", todo="over")
    assert cards(visitor) == ["past_end_initiative_i040"]
    press(visitor, "end_past_end_initiative_i040")
    assert behind().value("SELECT status FROM initiative WHERE initiative_id = 'i040'") == "ended"
    assert "Hier ist nichts zu tun" in told(visitor) and "Abgeschlossen: " in told(visitor)
    assert visitor.query_params["todo"] == "over"


def test_a_mail_without_consent_names_nobody(care: Care, behind: Behind) -> None:
    visitor = care("example")
    with behind().change(BEN, Action.EDIT_RECORDS) as change:  # c08 has agreed to use in the office only
        change.update("contact", [{"contact_id": "c08", "name": "Ada Zaubermann", "phone": "0340 998877"}])
    person = behind().rows("SELECT name, email, phone FROM contact WHERE contact_id = 'c08'")[0]
    press(visitor, "mail_stale_contact_c08")
    shown = [element.value for element in visitor.code]
    assert shown[0] == "info@gruenweiss-musterstadt.example.org"  # the organisation's
    assert "Zuletzt bestätigt wurden die Angaben am 19.05.2025." in shown[2]
    link = visitor.get("link_button")[0]
    query = parse_qs(urlsplit(link.url).query)
    assert link.url.startswith("mailto:info@gruenweiss-musterstadt.example.org?subject=")
    assert (query["subject"], query["body"][0].split()) == ([shown[1]], shown[2].split())
    everything = "\n".join([*shown, link.url, words(visitor)])
    assert [value for value in person.values() if value in everything] == []


def test_a_mail_without_an_address_says_so(app: Care) -> None:
    visitor = app("example", "care")
    press(visitor, "mail_stale_location_l04")
    assert visitor.info[0].value == texts("de")["mail_form.no_address"]
    assert visitor.get("link_button")[0].url.startswith("mailto:?subject=")


def test_a_mail_link_holds_no_signs_that_would_end_it() -> None:
    to_write = freshness.Mail("a&b@verein.de", "Frage & Antwort?", f"Guten Tag\n{hostile.SIGNS}\n")
    address = mail.address(to_write)
    assert re.fullmatch(r"mailto:a%26b@verein\.de\?subject=[\w%.-]+&body=[\w%.~-]+", address)
    assert parse_qs(urlsplit(address).query)["body"] == [to_write.body.replace("\n", "\r\n")]


def test_an_empty_inventory_is_not_praised(app: Care) -> None:
    visitor = app("empty", "care")
    assert not visitor.success and visitor.info[0].value == texts("de")["app.empty_inventory"]
    assert "Noch ist nichts erfasst" in words(visitor)


def test_a_link_to_nothing_gets_a_message(app: Care) -> None:
    visitor = app("example", "care", care="![x](https://remote.test)", todo="no", pair="x|y|z", joining="7")
    assert len(visitor.warning) == 1
    assert "](https" not in visitor.warning[0].value
    assert len(cards(visitor)) == 7
    visitor = app("example", "care", care="doubles", pair="initiative|i1|gone", joining="1")
    assert [info.value for info in visitor.info] == [texts("de")["doubles.gone"]]
    assert len(pair_table(visitor))


# ---------------------------------------------------------------- confirm


def test_several_records_are_confirmed_at_once(care: Care, behind: Behind, monkeypatch: pytest.MonkeyPatch) -> None:
    visitor = care("example", care="stale")
    assert visitor.button(key="stale_confirm").disabled
    assert "80 Einträge warten auf Bestätigung" in words(visitor)
    ticked: list[int] = [0, 4]  # what AppTest cannot do: ticking rows of a table
    monkeypatch.setattr(tables, "ticking", lambda *arguments: tables.Chosen(None, [], ticked))
    visitor.run()
    assert visitor.button(key="stale_confirm").label == "2 Einträge bestätigen"
    press(visitor, "stale_confirm")
    assert "78 Einträge warten auf Bestätigung" in words(visitor)
    found = behind().rows(
        "SELECT table_name, record_id FROM change_log WHERE actor = 'Ada' AND after ->> '$.assured_by' = 'Ada'"
    )
    assert {(row["table_name"], row["record_id"]) for row in found} == {("contact", "c16"), ("course", "k35")}


def test_the_kind_of_stale_records_is_in_the_link(app: Care) -> None:
    visitor = app("example", "care", care="stale", stale="course")
    shown = next(frame.value for frame in visitor.dataframe if "state_word" in frame.value)
    assert shown["name"].tolist() == ["Asyl-Recht für Ehrenamtliche", "Fluchtursachen verstehen"]


# ---------------------------------------------------------------- entered twice


def test_the_likeliest_pair_with_its_shares(app: Care) -> None:
    visitor = app("example", "care", care="doubles", doubles="initiative")
    table = pair_table(visitor)
    said = dict(zip(table["Feld"], table["Übereinstimmung"], strict=True))
    # i022 and i076: the example says "ß/ss", another organisation, the same time; 1/2 (Jaro-Winkler + cosine) = 0.85
    assert said["Angebot"] == "≈\N{NO-BREAK SPACE}Schreibweise verschieden, 100\N{NO-BREAK SPACE}%"
    assert said["Beschreibung"] == "≈\N{NO-BREAK SPACE}Schreibweise verschieden, 85\N{NO-BREAK SPACE}%"
    assert said["Zeiten"] == "=\N{NO-BREAK SPACE}gleich, 100\N{NO-BREAK SPACE}%"
    assert said["Kosten"] == "≠\N{NO-BREAK SPACE}verschieden"
    assert said["Ehrenamtliche gesucht"] == "←\N{NO-BREAK SPACE}nur links"
    assert "Sehr wahrscheinlich derselbe Eintrag" in words(visitor)
    assert "Paar 1 von 19 · Übereinstimmung 0,97" in words(visitor)


def test_a_pair_shows_no_person_without_consent(care: Care, behind: Behind) -> None:
    visitor = care("example", care="doubles", doubles="initiative")
    people = behind().rows("SELECT name, email, phone FROM contact WHERE contact_id IN ('c15', 'c16')")
    shown = words(visitor) + pair_table(visitor).to_string()
    assert "hinterlegt, ohne Einwilligung nicht gezeigt" in shown
    # c15 may be shown, c16 may not; both have the same number, so that one would tell the other
    assert [value for person in people for value in person.values() if value and value in shown] == []


def test_later_shows_the_next_pair_and_the_last_leads_to_the_first(app: Care) -> None:
    visitor = app("example", "care", care="doubles", doubles="course")
    for place in (2, 3, 4, 1):
        press(visitor, next(button.key for button in visitor.button if button.label == "Später"))
        assert f"Paar {place} von 4" in words(visitor)
    assert visitor.query_params["pair"] == "course|k11|k35"


def test_no_duplicate_needs_a_reason_and_can_be_taken_back(care: Care, behind: Behind) -> None:
    visitor = care("example", care="doubles", doubles="course")
    first = pair_table(visitor).to_string()
    now = next(button for button in visitor.button if button.label == "Als verschieden festhalten")
    now.click().run()
    assert visitor.warning[0].value == texts("de")["doubles.reason_missing"]
    assert pair_table(visitor).to_string() == first
    visitor.text_input(key="dismiss_reason").set_value("zwei Gruppen")
    next(button for button in visitor.button if button.label == "Als verschieden festhalten").click().run()
    assert not visitor.exception
    assert pair_table(visitor).to_string() != first
    assert "Kein Duplikat (1)" in [expander.label for expander in visitor.expander]
    assert "22.11.2026, Ada · zwei Gruppen" in words(visitor)
    press(visitor, "take_back_course|k11|k35")
    assert pair_table(visitor).to_string() == first
    log = behind().rows("SELECT actor FROM change_log WHERE table_name = 'duplicate_decision'")
    assert [row["actor"] for row in log] == ["Ada", "Ada"]


def merging(care: Care, kind: str = "example") -> AppTest:
    visitor = care(kind, care="doubles", pair="initiative|i022|i076")
    return press(visitor, "merge_open")


def test_merging_takes_the_chosen_values_and_undo_gives_them_back(care: Care, behind: Behind) -> None:
    visitor = merging(care)
    assert visitor.radio(key="keep_i022_i076").value == "i022"  # more of it is known
    assert visitor.radio(key="join_i022_i076_volunteers_wanted").value == "kept"
    inventory = behind()
    before = inventory.rows(
        "SELECT * EXCLUDE version FROM initiative WHERE initiative_id IN ('i022', 'i076') ORDER BY 1"
    )
    visitor.radio(key="join_i022_i076_cost").set_value("other")
    visitor.text_input(key="merge_reason").set_value("Tippfehler")
    press(visitor, "merge_now")
    kept, dropped = inventory.rows("FROM initiative WHERE initiative_id IN ('i022', 'i076') ORDER BY 1")
    assert (kept["cost"], kept["name"], dropped["status"]) == ("kostenfrei", "Begegnungscafé Roßlau", "archived")
    assert (records.initiative(inventory, "i076") or {})["initiative_id"] == "i022"
    assert [copy.reason for copy in backups.found(inventory)] == ["merge"]
    assert "Zusammengeführt: „Begegnungs-Cafe Rosslau“" in words(visitor)
    assert "22.11.2026, Ada · Tippfehler" in words(visitor)
    assert "pair" not in visitor.query_params
    press(visitor, "undo_last")
    after = inventory.rows(
        "SELECT * EXCLUDE version FROM initiative WHERE initiative_id IN ('i022', 'i076') ORDER BY 1"
    )
    assert after == before
    assert "Rückgängig gemacht" in told(visitor)


def test_the_other_record_can_stay_gaps_are_filled_and_lists_joined(care: Care, behind: Behind) -> None:
    care("example")
    with behind().change(BEN, Action.EDIT_RECORDS) as change:
        change.update("initiative", [{"initiative_id": "i076", "language_ids": ["fr", "de"]}])
    visitor = merging(care)
    visitor.radio(key="keep_i022_i076").set_value("i076").run()
    assert visitor.radio(key="join_i076_i022_volunteers_wanted").value == "other"  # unknown where it stays
    languages = visitor.radio(key="join_i076_i022_language_ids")
    assert plain(languages.options[2]) == "beides zusammen: Französisch, Deutsch, Arabisch"
    languages.set_value("both")
    press(visitor, "merge_now")
    (kept,) = behind().rows("FROM initiative WHERE initiative_id = 'i076'")
    assert (kept["volunteers_wanted"], kept["cost"], kept["assured_by"]) == (2, "kostenfrei", "Träger, Rückmeldeliste")
    assert kept["language_ids"] == ["fr", "de", "ar"]


def test_what_follows_is_told_before(app: Care) -> None:
    visitor = app("example", "care", care="doubles", pair="organization|o12|o13", joining="1")
    # data/example: contact c16, contact point p09 and offer i076 belong to o13
    assert (
        "Auf Beispielverein Willkommen in Roßlau e. V. verweisen dann auch: "
        "1 Ansprechperson, 1 Anlaufstelle, 1 Angebot." in words(visitor)
    )


def test_changes_of_others_are_not_overwritten_by_a_merge_nor_by_its_undo(care: Care, behind: Behind) -> None:
    visitor = merging(care)
    inventory = behind()
    with inventory.change(BEN, Action.EDIT_RECORDS) as change:
        change.update("initiative", [{"initiative_id": "i076", "cost": "5 Euro"}])
    press(visitor, "merge_now")
    assert "während Sie ihn verglichen haben; es wurde nichts zusammengeführt" in words(visitor)
    assert inventory.value("SELECT count(*) FROM record_alias") == 0
    assert backups.found(inventory) == []
    assert "5 Euro" in visitor.radio(key="join_i022_i076_cost").options  # what Ben wrote is on the page now
    press(visitor, "merge_now")
    assert inventory.value("SELECT count(*) FROM record_alias") == 1
    with inventory.change(BEN, Action.EDIT_RECORDS) as change:
        change.update("initiative", [{"initiative_id": "i022", "note": "neu"}])
    press(visitor, "undo_last")
    assert "denn seitdem wurde geändert: Angebot i022." in plain(visitor.error[0].value)
    assert inventory.value("SELECT note FROM initiative WHERE initiative_id = 'i022'") == "neu"


def test_the_hostile_inventory_has_pairs_to_show(app: Care) -> None:
    """Otherwise the visits of test_every_page would prove nothing."""
    visitor = app("hostile", "care", care="doubles", doubles="initiative")
    shown = pair_table(visitor)
    assert set(hostile.MEAN) & set(shown["Linker Eintrag"]) or hostile.PICTURE in shown.to_string()


# ---------------------------------------------------------------- backup and log


@pytest.mark.parametrize("language", ["de", "en"])
def test_a_backup_by_hand(care: Care, tmp_path: Path, language: str, behind: Behind) -> None:
    visitor = care("one", care="safety", lang=language)
    assert visitor.warning[0].value == texts(language)["safety.never"]
    press(visitor, "backup_now")
    (made,) = backups.found(behind())
    assert (made.reason, made.path.parent) == ("manual", tmp_path / "one" / "backups")
    told = plain(visitor.success[0].value)
    assert (
        made.path.name in told
        and Text(language)("safety.megabytes", n=Text(language).number(made.size / 1e6, 1)) in told
    )
    assert not visitor.warning
    table = visitor.dataframe[0].value
    assert table[["reason", "file"]].to_numpy().tolist() == [[texts(language)["backup_reason.manual"], made.path.name]]
    assert str(made.path) in visitor.code[0].value  # how to bring it back


def test_an_old_backup_is_a_warning(care: Care, tmp_path: Path) -> None:
    folder = tmp_path / "one" / "backups"
    care("one")
    folder.mkdir()
    for name, warned in (("2026-11-15-235900", False), ("2026-11-14-000100", True)):
        copy = folder / f"inventory-{name}.duckdb"
        copy.touch()
        visitor = care("one", care="safety")
        assert bool(visitor.warning) == warned, name
        copy.unlink()
    assert "vor 8 Tagen (14.11.2026)" in words(visitor)


def test_the_log_has_the_columns_of_the_command(care: Care, behind: Behind) -> None:
    visitor = care("one", care="safety")
    inventory = behind()
    columns = safety.log_columns(inventory, Text())
    assert [column.name for column in columns] == list(records.changes(inventory).columns)
    assert "Wann (Europe/Berlin)" in [column.label for column in columns]
    assert visitor.get("download_button")
