"""The city's page: the newest version and its files, for anybody, and nothing that is internal."""

from __future__ import annotations

import hashlib
import io
import re
import zipfile
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

import openpyxl
import pytest

from esdash.inventory import Inventory
from esdash.inventory.access import Action
from esdash.inventory.steering.answers import Answer, answer
from esdash.ui.shell import session
from tests.people import ADA
from tests.planted_versions import TITLES, entry, plant
from tests.serve.asking import Ask

LEARN, CAFE, GODPARENTS = TITLES
FILES = {
    **{"liste-fassung-2.pdf": b"%PDF \x00\xff", "liste-fassung-2.xlsx": b"PK", "liste-fassung-2.csv": b"Rang;Titel\n"},
    **{"liste-fassung-2.json": b"{}", "pruefsummen.txt": b"0  liste-fassung-2.csv\n"},
}
HANDED, DUE = date(2026, 9, 28), date(2026, 10, 31)


@pytest.fixture
def inventory(ask: Ask, opened: Path) -> Inventory:
    """The inventory that the page has open; with two versions."""
    found = session.at(opened)
    plant(found, 1, (LEARN, CAFE), date(2026, 6, 24), date(2026, 6, 26), files={"liste.pdf": b"%PDF 1"})
    plant(found, 2, TITLES, date(2026, 9, 23), HANDED, DUE, files=FILES, hand_over_note="per Bote an Zimmer 12")
    return found


def test_without_a_version_the_page_says_what_will_be_here(ask: Ask) -> None:
    got = ask("/stadt")
    assert got.status == 200
    assert "Noch ist keine Prioritätenliste beschlossen." in got.words
    assert "No priority list has been adopted yet." in ask("/stadt?lang=en").words


def test_the_newest_version_stands_there_with_the_state_of_its_entries(ask: Ask, inventory: Inventory) -> None:
    said = [Answer(entry(2, CAFE), "accepted_in_part", "Kein Geld für mehr.", "Sozialamt", "50-12")]
    answer(inventory, ADA, "v2", said, "letter", date(2026, 10, 12))
    got = ask("/stadt")
    assert "Prioritätenliste, Fassung 2" in got.words
    assert "übergeben am 28.09.2026, Antwort erbeten bis 31.10.2026. 3 Prioritäten" in got.words
    assert f"1 {LEARN} offen seit 55 Tagen 2 {CAFE} teilweise, 12.10.2026 3 {GODPARENTS} offen" in got.words
    assert "Fassung 1 (eingefroren am 24.06.2026)" in got.words
    assert hashlib.sha256(FILES["pruefsummen.txt"]).hexdigest() not in got.words
    assert inventory.value("SELECT content_sha256 FROM list_version WHERE number = 2") in got.words


def test_no_broken_promise_stands_there(ask: Ask, inventory: Inventory) -> None:
    promise = {"commitment_id": "z", "text": "Zwölf Nähmaschinen liefern", "state": "broken", "note": "abgebrannt"}
    with inventory.change(ADA, Action.KEEP_PROMISES) as change:
        change.insert("commitment", [promise])
    addresses = ("", "?fassung=1", "?lang=en", "/fassung-2.csv", "/fassung-2.json", "/fassung-2-antwortbogen.xlsx")
    everything = b"".join(ask(f"/stadt{address}").body for address in addresses).decode("utf-8", "replace")
    assert "Nähmaschinen" not in everything and "abgebrannt" not in everything


def test_nothing_internal_stands_there(ask: Ask, inventory: Inventory) -> None:
    said = [Answer(entry(2, CAFE), "rejected", "Kein Geld für mehr.", "Sozialamt", "50-12")]
    answer(inventory, ADA, "v2", said, "letter", date(2026, 10, 12))
    everything = b"".join(ask(f"/stadt{path}").body for path in ("", "?fassung=1", "?lang=en")).decode()
    for word in ("Kein Geld", "Sozialamt", "50-12", "Bote", "Ada", "Test"):
        assert word not in everything


def test_a_version_that_nobody_adopted_or_handed_over_is_not_there(ask: Ask, inventory: Inventory) -> None:
    plant(inventory, 3, (LEARN,), date(2026, 11, 1), files=FILES)
    assert "Fassung 2" in ask("/stadt").words and "Fassung 3" not in ask("/stadt").words
    assert [ask(path).status for path in ("/stadt?fassung=3", "/stadt/fassung-3.pdf")] == [404, 404]


def test_an_earlier_version_says_that_it_is_one(ask: Ask, inventory: Inventory) -> None:
    got = ask("/stadt?fassung=1")
    assert "Dies ist eine frühere Fassung. Die neueste ist Fassung 2." in got.words
    assert 'href="/stadt/fassung-1.pdf"' in got.body.decode()


@pytest.mark.parametrize(
    "address, name, media",
    [
        ("fassung-2.pdf", "liste-fassung-2.pdf", "application/pdf"),
        ("fassung-2.csv", "liste-fassung-2.csv", "text/csv; charset=utf-8"),
        ("fassung-2.json", "liste-fassung-2.json", "application/json"),
        ("fassung-2-pruefsummen.txt", "pruefsummen.txt", "text/plain; charset=utf-8"),
        (
            *("fassung-2.xlsx", "liste-fassung-2.xlsx"),
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        ),
    ],
)
def test_files_are_the_stored_bytes(ask: Ask, inventory: Inventory, address: str, name: str, media: str) -> None:
    got = ask(f"/stadt/{address}")
    mark = f'"{hashlib.sha256(FILES[name]).hexdigest()}"'
    assert (got.status, got.body, got.headers["content-type"]) == (200, FILES[name], media)
    assert got.headers["etag"] == mark and f'filename="{address}"' in got.headers["content-disposition"]
    assert got.headers["content-length"] == str(len(FILES[name]))
    again = ask(f"/stadt/{address}", **{"If-None-Match": mark})
    assert (again.status, again.body) == (304, b"")
    head = ask(f"/stadt/{address}", "HEAD")
    assert head.status == 200 and head.headers["etag"] == mark


def test_answer_sheet_and_folder_are_there(ask: Ask, inventory: Inventory) -> None:
    page = openpyxl.load_workbook(io.BytesIO(ask("/stadt/fassung-2-antwortbogen.xlsx").body)).active
    assert page is not None and "Fassung 2" in page.cell(1, 1).value
    english = openpyxl.load_workbook(io.BytesIO(ask("/stadt/fassung-2-antwortbogen.xlsx?lang=en").body)).active
    assert english is not None and "version 2" in english.cell(1, 1).value
    with zipfile.ZipFile(io.BytesIO(ask("/stadt/fassung-2.zip").body)) as archive:
        names = {name.rpartition("/")[2] for name in archive.namelist()}
    assert names == {*FILES, "Antwortbogen-Fassung-2.xlsx", "LIESMICH.txt"}


@pytest.mark.parametrize(
    "path",
    [
        *(
            "fassung-9.pdf",
            "fassung-02.pdf",
            "fassung-2.exe",
            "fassung-2",
            "fassung-2-antwortbogen.pdf",
            "fassung-2.txt",
        ),
        *("fassung-1.csv", "..%2F..%2Fapp.py", "fassung-2-pruefsummen.zip", "fassung-2.pdf%00", "liste-fassung-2.pdf"),
        "fassung-99999999999999999999.pdf",
    ],
)
def test_what_is_no_file_says_so_and_leads_back(ask: Ask, inventory: Inventory, path: str) -> None:
    from urllib.parse import unquote

    got = ask(f"/stadt/{unquote(path)}")
    assert got.status == 404
    if "/" not in unquote(path):
        assert "gibt es hier nicht" in got.words and 'href="/stadt"' in got.body.decode()


@pytest.mark.parametrize("asked", ["7", "x", "%22%3E%3Cscript%3E", "1' OR 1=1"])
def test_an_unknown_version_is_a_sentence(ask: Ask, inventory: Inventory, asked: str) -> None:
    got = ask(f"/stadt?fassung={asked}")
    assert got.status == 404 and "<script" not in got.body.decode()


class Parsed(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))


def test_the_page_is_plain_html_without_scripts_and_anything_from_elsewhere(ask: Ask, opened: Path) -> None:
    plant(session.at(opened), 2, ("<b>Titel</b> & mehr", LEARN), handed_over_on=HANDED, files=FILES)
    got = ask("/stadt")
    parsed = Parsed()
    parsed.feed(got.body.decode())
    tags = [tag for tag, _ in parsed.tags]
    assert not {"script", "img", "link", "iframe", "form"} & set(tags)
    assert (tags.count("h1"), tags.count("main")) == (1, 1)
    assert dict(parsed.tags)["html"] == {"lang": "de"}
    assert all(str(attributes["href"]).startswith("/stadt") for tag, attributes in parsed.tags if tag == "a")
    assert "&lt;b&gt;Titel&lt;/b&gt; &amp; mehr" in got.body.decode()
    style = re.search(r"<style>(.*?)</style>", got.body.decode(), re.S)
    assert style
    import base64

    marked = base64.b64encode(hashlib.sha256(style.group(1).encode()).digest()).decode()
    assert f"style-src 'sha256-{marked}'" in got.headers["content-security-policy"]
    assert "default-src 'none'" in got.headers["content-security-policy"]


def test_every_link_of_the_page_leads_somewhere(ask: Ask, inventory: Inventory) -> None:
    parsed = Parsed()
    parsed.feed(ask("/stadt").body.decode())
    addresses = {str(attributes["href"]) for tag, attributes in parsed.tags if tag == "a"}
    assert len(addresses) == 9  # five stored files, sheet, folder, earlier version, other language
    assert {address: ask(address).status for address in addresses} == dict.fromkeys(addresses, 200)


def test_the_head_of_the_page_is_answered(ask: Ask) -> None:
    got = ask("/stadt", "HEAD")
    assert got.status == 200 and got.headers["content-type"] == "text/html; charset=utf-8"
    assert ask("/stadt", "POST").status == 405


def test_a_slash_behind_the_address_leads_to_it(ask: Ask) -> None:
    got = ask("/stadt/?lang=en")
    assert (got.status, got.headers["location"]) == (308, "../stadt?lang=en")


def test_an_inventory_that_cannot_be_opened_is_a_sentence(
    ask: Ask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "inventory.duckdb"
    path.write_bytes(b"no inventory at all, but long enough to be looked at" * 100)
    monkeypatch.setenv("ESDASH_DATABASE", str(path))
    got = ask("/stadt")
    assert got.status == 503 and "beschädigt" in got.words
