"""Importing in the dashboard: upload, match, check, import, take back; bad files get their sentence."""

from __future__ import annotations

import io
import tomllib
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from esdash.inventory import default_path
from esdash.inventory.access import ALLOWED, Action, Role
from esdash.inventory.importing.read import limits
from esdash.ui.shell import session
from tests.inventory.office_files import ods
from tests.pages import hostile
from tests.pages.said import asks_for_a_name, give_a_name, plain, texts, words
from tests.people import BEN, TESTER

ROOT = Path(__file__).parents[2]
DE = texts("de")
OFFERS = (
    "Angebot;Träger;Zielgr.;Plätze;Beginn\n"
    "Töpfern am Abend;Verein Ä;Frauen und Mädchen;12;01.02.2026\n"
    ";Verein Ä;Kinder;20;\n"
    ";Verein Ä;;8;31.02.2026\n"
)

Opened = Callable[..., AppTest]


@pytest.fixture
def page(at: Opened, lent: Callable[[str], Path]) -> AppTest:
    """The page on an inventory of its own: the city and one organisation."""
    path = lent("empty")
    with session.at(path).change(TESTER, Action.EDIT_RECORDS) as change:
        change.insert("organization", [{"organization_id": "v", "name": "Verein Ä"}])
    return at(path, "imports")


def upload(visitor: AppTest, name: str, content: bytes | str) -> AppTest:
    content = content.encode() if isinstance(content, str) else content
    return visitor.file_uploader[0].upload(name, content).run()


def click(visitor: AppTest, label: str) -> AppTest:
    found = [button for button in visitor.button if plain(button.label) == label]
    assert len(found) == 1, [button.label for button in visitor.button]
    return found[0].click().run()


def select(visitor: AppTest, label: str, value: str) -> AppTest:
    found = [box for box in visitor.selectbox if plain(box.label) == label]
    assert len(found) == 1, [box.label for box in visitor.selectbox]
    return found[0].set_value(value).run()


def figures(visitor: AppTest) -> list[str]:
    """new, changed, unchanged, likely twice, faulty."""
    return [metric.value for metric in visitor.metric]


def signed(visitor: AppTest) -> AppTest:
    visitor.session_state["author"] = "Ada"
    return visitor.run()


def rows(sql: str) -> list[dict]:
    """From the inventory that the page has open: through its own connection."""
    return session.at(default_path()).rows(sql)


def test_from_the_file_to_the_summary_and_back(page: AppTest) -> None:
    upload(page, "liste.csv", OFFERS)
    assert not page.exception
    assert figures(page) == ["1", "0", "0", "0", "2"]
    assert "1 Spalte ist noch nicht zugeordnet" in words(page)
    select(page, "Feld für die Spalte Zielgr.", "target_group_ids")
    assert "1 Zeile kommt herein, aber ohne eine Zelle, die nicht zu lesen ist." in words(page)  # on no list
    box = next(box for box in page.selectbox if box.label == "Bedeutung von Frauen und Mädchen")
    assert box.value == "women"  # proposed
    click(page, DE["imports.apply_words"])
    assert "1 Zeile kommt herein, aber" not in words(page)
    assert figures(page) == ["1", "0", "0", "0", "2"]
    assert rows("FROM inventory.initiative") == []  # nothing is saved before somebody says so
    run = next(button for button in page.button if button.label == "1 Zeile importieren")
    run.click().run()
    assert asks_for_a_name(page) and rows("FROM inventory.initiative") == rows("FROM inventory.import_run") == []
    give_a_name(page, "Ada")
    assert not page.exception
    assert "1 Zeile ist importiert: 1 neu, 0 geändert." in words(page)
    (offer,) = rows("FROM inventory.initiative")
    assert (offer["name"], offer["target_group_ids"]) == ("Töpfern am Abend", ["women"])
    (batch,) = rows("FROM inventory.import_run")
    assert (batch["actor"], batch["rows_faulty"]) == ("Ada", 2)
    assert batch["import_run_id"] in words(page)
    click(page, DE["imports.undo"])
    click(page, DE["imports.undo_now"])
    assert rows("FROM inventory.initiative") == []
    assert "ist rückgängig gemacht" in words(page)


def test_the_same_file_is_recognised_and_a_second_click_imports_once(page: AppTest) -> None:
    signed(upload(page, "liste.csv", OFFERS))
    click(page, "1 Zeile importieren")
    click(page, DE["imports.next_file"])
    upload(page, "liste.csv", OFFERS)
    assert any("wurde am 22.11.2026 schon importiert" in plain(warning.value) for warning in page.warning)
    assert figures(page) == ["0", "0", "1", "0", "2"]
    work = page.session_state["import_work"]
    work.wanted = page.session_state["import_prepared"]["prepared"].plan
    page.run().run()
    assert len(rows("FROM inventory.initiative")) == 1


def test_whoever_may_not_import_is_offered_no_button_and_changes_nothing(
    page: AppTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    signed(upload(page, "liste.csv", OFFERS))
    monkeypatch.setitem(ALLOWED, Role.OFFICE, frozenset(Action) - {Action.IMPORT_TABLE})
    why = "Das darf zurzeit niemand: Tabellen importieren."
    click(page, "1 Zeile importieren")  # drawn while it was still allowed
    assert not page.exception
    assert [plain(error.value) for error in page.error] == [f"{why}  \n{DE['error.not_allowed_to_anybody_hint']}"]
    page.run()
    assert figures(page) == ["1", "0", "0", "0", "2"]  # the file can still be checked
    assert "1 Zeile importieren" not in [button.label for button in page.button]
    assert [plain(caption.value) for caption in page.caption].count(why) == 1
    click(page, DE["imports.other_file"])
    assert not page.file_uploader and why in words(page)
    assert rows("FROM inventory.initiative") == rows("FROM inventory.import_run") == []


def test_whoever_may_import_and_remember_nothing_imports(page: AppTest, monkeypatch: pytest.MonkeyPatch) -> None:
    signed(upload(page, "liste.csv", OFFERS))
    monkeypatch.setitem(ALLOWED, Role.OFFICE, frozenset(Action) - {Action.LEARN_SENDER})
    click(page, "1 Zeile importieren")
    assert not page.error
    assert len(rows("FROM inventory.initiative")) == 1


def test_a_sender_is_known_the_next_time_and_can_be_forgotten(page: AppTest) -> None:
    def sender() -> None:
        field = next(field for field in page.text_input if field.label == DE["imports.sender"])
        field.set_value("Jobcenter").run()

    signed(upload(page, "liste.csv", OFFERS))
    sender()
    select(page, "Feld für die Spalte Zielgr.", "target_group_ids")
    click(page, DE["imports.apply_words"])
    click(page, "1 Zeile importieren")
    click(page, DE["imports.next_file"])
    upload(page, "neu.csv", OFFERS.replace("Töpfern am Abend", "Bogenschießen"))
    sender()  # the next table may come from somebody else
    assert figures(page) == ["1", "0", "0", "0", "2"]
    assert "2 Zuordnungen sind von früheren Tabellen bekannt (Absender: Jobcenter)." in words(page)
    click(page, DE["imports.forget"])
    assert "1 Spalte ist noch nicht zugeordnet" in words(page)


def test_a_row_that_resembles_a_record_waits_for_a_decision(page: AppTest) -> None:
    signed(upload(page, "a.csv", "Angebot;Organisation;Plätze\nSprachcafé im Bahnhof;Verein Ä;8\n"))
    click(page, "1 Zeile importieren")
    click(page, DE["imports.next_file"])
    upload(page, "b.csv", "Angebot;Organisation;Plätze\nSprachcafe am Bahnhof;Verein Ä;9\n")
    assert figures(page) == ["0", "0", "0", "1", "0"]
    choice = next(group for group in page.button_group if plain(group.label) == "Was wird aus Zeile 2?")
    choice.set_value("same").run()
    assert figures(page) == ["0", "1", "0", "0", "0"]
    click(page, "1 Zeile importieren")
    (offer,) = rows("FROM inventory.initiative")
    assert (offer["name"], offer["capacity"], offer["version"]) == ("Sprachcafe am Bahnhof", 9, 2)


def test_an_inventory_that_changes_meanwhile_is_compared_anew(page: AppTest) -> None:
    upload(page, "a.csv", "Angebot;Organisation;Plätze\nSprachcafé;Verein Ä;8\n")
    assert figures(page)[0] == "1"
    with session.at(default_path()).change(BEN, Action.EDIT_RECORDS) as change:
        row = {"initiative_id": "s", "name": "Sprachcafé", "organization_id": "v", "capacity": 8}
        change.insert("initiative", [row])
    page.run()
    assert figures(page) == ["0", "0", "1", "0", "0"]
    assert DE["imports.renewed"] in [info.value for info in page.info]


def test_what_was_chosen_survives_another_language_and_another_page(page: AppTest) -> None:
    upload(page, "liste.csv", OFFERS)
    select(page, "Feld für die Spalte Zielgr.", "target_group_ids")
    language = next(group for group in page.button_group if group.key == "visit.lang")
    language.set_value("en").run()
    assert not page.exception
    assert (
        next(box for box in page.selectbox if plain(box.label) == "Field for the column Zielgr.").value
        == "target_group_ids"
    )
    page.switch_page("pages/method.py").run()
    page.switch_page("pages/imports.py").run()
    assert (
        next(box for box in page.selectbox if plain(box.label) == "Field for the column Zielgr.").value
        == "target_group_ids"
    )


def zipped(**members: bytes) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name.replace("__", "/"), data)
    return content.getvalue()


BAD = {
    "leer.csv": (b"", "ist leer"),
    "programm.xlsx": (b"MZ\x90\x00" * 50, "keine Tabelle"),
    "makros.xlsm": (b"PK\x03\x04", "Makros"),
    "alt.xls": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" * 9, "keine Tabelle"),
    "kennwort.xlsx": (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
        "mit einem Kennwort",
    ),
    "bombe.xlsx": (zipped(**{"xl__a.xml": b"0" * (limits.MAX_UNZIPPED_BYTES + 1)}), "entpackt größer als 50 MB"),
    "kaputt.xlsx": (b"PK\x03\x04" + b"x" * 100, "beschädigt"),
    "kopf.csv": (b"Angebot;Organisation\n", "nichts"),
    "groß.csv": (b"Angebot\n" + b"a\n" * (limits.MAX_BYTES // 2), "größer als 20 MB"),
    "bild.png": (b"\x89PNG", "keine Tabelle"),
    "dokument.json": (b'{"a": 1}', "HSDS 3"),
    "../../etc/**pa`ss**.csv": (b"", "ist leer"),
}


def test_a_bad_file_gets_its_sentence_and_the_page_lives_on(app: Opened) -> None:
    visitor = app("one", "imports")
    for name, (content, sentence) in BAD.items():
        upload(visitor, name, content)
        assert not visitor.exception, name
        (error,) = visitor.error
        assert sentence in plain(error.value), name
        assert "**" not in error.value
    upload(visitor, "gut.csv", "Organisation\nSchachfreunde Roßlau\n")
    assert not visitor.error
    assert figures(visitor) == ["1", "0", "0", "0", "0"]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("a;b\n1;2\n", "imports.kind_unclear"),
        ("Angebot;Name;Organisation;Themen\nA;B;C;D\n", "imports.twice"),
        ("Angebot;Zielgruppen\nA;\n", "imports.missing_one"),
        ("Telefon;Telefon;Organisation;Rechtsform\n1;2;Verein;x\n", "error.import_column_twice"),
    ],
)
def test_unclear_columns_are_said_and_not_guessed(app: Opened, content: str, said: str) -> None:
    visitor = upload(app("one", "imports"), "unklar.csv", content)
    assert not visitor.exception
    beginning = DE[said].partition("{")[0]
    assert beginning and beginning in words(visitor)


def test_hostile_words_stay_words(app: Opened) -> None:
    evil = hostile.PICTURE.replace('"', "")
    content = (
        f"Angebot;Organisation;Zielgruppen;{evil}\n{evil};{evil};{evil};{evil}\n"
        + f"{hostile.LONG};x;y;\n".replace("\n", " ")
        + "\n"
    )
    visitor = upload(app("hostile", "imports"), f"{evil}.csv", content)
    assert not visitor.exception
    from tests.pages.test_every_page import assert_nothing_comes_alive

    assert_nothing_comes_alive(visitor)
    assert evil in words(visitor)


def test_a_document_with_several_tables_goes_through_them(page: AppTest) -> None:
    document = (
        '[{"id": "s1", "name": "Lesen", "status": "active", "organization": {"id": "o1", "name": "Haus"},'
        '"service_at_locations": [{"location": {"id": "l1", "name": "Saal"}}]}]'
    )
    signed(upload(page, "hsds.json", document))
    assert "Tabelle 1 von 3: Organisationen" in words(page)
    click(page, "1 Zeile importieren")
    click(page, "Weiter mit: Orte")
    click(page, "1 Zeile importieren")
    click(page, "Weiter mit: Angebote")
    click(page, "1 Zeile importieren")
    (offer,) = rows("FROM inventory.initiative")
    assert (offer["organization_id"], offer["location_id"]) == ("o1", "l1")


def test_notices_about_single_records_of_a_document_are_bounded(page: AppTest) -> None:
    services = ",".join(
        f'{{"id": "s{n}", "name": "Lesen {n}", "status": "active", "organization": {{"id": "o1", "name": "Haus"}},'
        f'"email": "a{n}@example.org"}}'
        for n in range(25)
    )
    signed(upload(page, "hsds.json", f"[{services}]"))
    click(page, "1 Zeile importieren")
    click(page, "Weiter mit: Angebote")
    said = words(page)
    assert [f"a{n}@example.org" in plain(said) for n in (0, 19, 20)] == [True, True, False]
    assert "Und 5 weitere Hinweise zu einzelnen Datensätzen" in said


def test_what_stands_against_an_undo_is_named(page: AppTest) -> None:
    from esdash.inventory import editing

    signed(upload(page, "a.csv", "Angebot;Organisation;Plätze\nSprachcafé;Verein Ä;8\n"))
    click(page, "1 Zeile importieren")
    editing.assure(session.at(default_path()), "initiative", ["sprachcafe"], BEN)
    click(page, DE["imports.undo"])
    click(page, DE["imports.undo_now"])
    assert len(rows("FROM inventory.initiative")) == 1
    assert "Sprachcafé" in words(page)
    assert "am 22.11.2026 von Ben geändert" in words(page)


def test_the_upload_limit_fits_the_guard() -> None:
    settings = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    largest = settings["server"]["maxUploadSize"] * 1024 * 1024
    assert limits.MAX_BYTES <= largest <= 2 * limits.MAX_BYTES  # what is too large gets our sentence, but not much more


def test_the_template_is_the_one_of_the_command(app: Opened) -> None:
    visitor = app("example", "imports")
    assert DE["imports.template_download"] in [button.label for button in visitor.get("download_button")]
    select(visitor, DE["imports.template_kind"], "courses")
    assert not visitor.exception


def test_the_file_of_faulty_rows_is_offered_before_and_after(page: AppTest) -> None:
    signed(upload(page, "liste.csv", OFFERS))
    view = next(group for group in page.button_group if group.key and group.key.startswith("import_view"))
    view.set_value("faulty").run()
    assert DE["imports.faulty_download"] in [button.label for button in page.get("download_button")]
    click(page, "1 Zeile importieren")
    assert "2 fehlerhafte Zeilen wurden nicht importiert." in words(page)
    assert DE["imports.faulty_download"] in [button.label for button in page.get("download_button")]


def test_one_of_several_sheets_is_chosen(page: AppTest, tmp_path: Path) -> None:
    offers = [["Angebot", "Organisation"], ["Lesekreis", "Verein Ä"], ["Nähtreff", "Verein Ä"]]
    sheets = {"Angebote": offers, "Träger": [["Organisation", "Telefon"], ["Tafel", "0340 1"]], "Notiz": [["x"]]}
    upload(page, "liste.ods", ods(tmp_path / "a.ods", sheets).read_bytes())
    label = DE["imports.which_sheet"]
    assert [box.value for box in page.selectbox if box.label == label] == ["Angebote"]
    assert figures(page)[0] == "2"
    select(page, label, "Träger")
    assert figures(page)[0] == "1" and "Tafel" in words(page)
    select(page, label, "Notiz")  # no table: said, and the sheet before stays
    assert "steht unter der Kopfzeile" in words(page)
    assert [box.value for box in page.selectbox if box.label == label] == ["Träger"]
    assert page.session_state["import_work"].content
    signed(page)
    click(page, "1 Zeile importieren")
    assert rows("SELECT name FROM organization ORDER BY name")[0]["name"] == "Tafel"
    assert page.session_state["import_work"].content is None


def test_a_list_without_a_carrier_belongs_to_one(page: AppTest) -> None:
    upload(page, "eigene-liste.csv", "Angebot;Plätze\nLesekreis;12\nChor;\n")
    assert figures(page) == []
    assert "Es fehlt noch eine Spalte" in words(page)
    select(page, DE["import_kind.owner"], "v")
    assert not page.exception
    assert "Es fehlt noch eine Spalte" not in words(page)
    assert figures(page)[0] == "2"


def test_a_kind_in_doubt_is_said(page: AppTest) -> None:
    upload(page, "liste.csv", "Was wir tun;Organisation;Straße\nLesekreis;Verein Ä;Weg 1\n")
    assert DE["import_kind.doubtful"] in words(page)
    select(page, DE["imports.kind"], "initiatives")
    assert DE["import_kind.doubtful"] not in words(page)
    upload(click(page, DE["imports.other_file"]), "liste.csv", "Angebot;Organisation\nLesekreis;Verein Ä\n")
    assert DE["import_kind.doubtful"] not in words(page)
