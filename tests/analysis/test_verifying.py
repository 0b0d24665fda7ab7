"""Is a file one of ours? Four answers for every kind of file, what was compared, and hostile files refused."""

from __future__ import annotations

import io
import json
import subprocess
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from esdash.analysis.versions.verifying import Verdict, verify
from esdash.errors import UserError
from esdash.exports.lists.files import CHECKSUMS, render
from esdash.inventory import Inventory
from esdash.inventory.access import Action
from esdash.inventory.importing.read import attached
from esdash.inventory.importing.read.limits import MAX_BYTES
from esdash.inventory.steering.versions import Draft, freeze, last_change_of
from esdash.model.canonical import canonical
from esdash.texts import Text
from esdash.wording import versions as words
from tests.exports.lists import content, entry
from tests.people import ADA
from tests.provide import libreoffice

GERMAN = Text("de")
NAME = "prioritaetenliste-fassung-1"
CONTENT = content(3, number=1, title="Fassung 1, beschlossen am 20.11.2026", previous_sha256=None)


@pytest.fixture(scope="module")
def files() -> dict[str, bytes]:
    return render(CONTENT)


@pytest.fixture
def frozen(tiny: Inventory, files: dict[str, bytes]) -> Inventory:
    """Musterstadt with one frozen version of three entries."""
    inventory = tiny
    with inventory.change(ADA, Action.SET_UP, "Liste") as change:
        rows = [{"priority_item_id": f"p{number}", "origin": "hand"} for number in (1, 2, 3)]
        change.insert("priority_item", rows)
    changed, today = last_change_of(inventory), inventory.today()
    freeze(inventory, ADA, Draft(1, str(CONTENT["title"]), canonical(CONTENT), files, changed, today))
    return inventory


def told(verdict: Verdict) -> tuple[str, str, int | None]:
    return verdict.answer, verdict.compared, verdict.number


def altered(change: Callable[[dict[str, Any]], object]) -> dict[str, bytes]:
    """The files of the same version with something else in it."""
    other = json.loads(json.dumps(CONTENT))
    change(other)
    return render(other)


def cost(other: dict[str, Any]) -> None:
    other["entries"][1]["cost_eur"] = "9000"


def test_every_frozen_file_is_unchanged(frozen: Inventory, files: dict[str, bytes]) -> None:
    for name, made in files.items():
        found = verify(frozen, f"umbenannt {name}", made)
        assert (told(found), found.file) == (("unchanged", "file", 1), name)
    sentence = words.verdict(verify(frozen, "x", files[CHECKSUMS]), GERMAN)
    assert sentence == f"Unverändert: Das ist {CHECKSUMS} aus Fassung 1, beschlossen am 20.11.2026, Byte für Byte."


def test_the_same_content_saved_anew(frozen: Inventory, files: dict[str, bytes]) -> None:
    json_anew = json.dumps(json.loads(files[f"{NAME}.json"]), indent=2, sort_keys=False).encode()
    csv_anew = files[f"{NAME}.csv"].decode("utf-8-sig").replace("\r\n", "\n").encode("cp1252", "replace")
    pdf_anew = files[f"{NAME}.pdf"] + b"\n% saved by another program\n"
    book, output = openpyxl.load_workbook(io.BytesIO(files[f"{NAME}.xlsx"])), io.BytesIO()
    book.save(output)
    assert told(verify(frozen, "a.json", json_anew)) == ("resaved", "content", 1)
    assert told(verify(frozen, "a.csv", csv_anew)) == ("resaved", "cells", 1)
    assert told(verify(frozen, "a.pdf", pdf_anew)) == ("resaved", "attached", 1)
    assert told(verify(frozen, "a.xlsx", output.getvalue())) == ("resaved", "cells", 1)
    assert "die Seiten selbst nicht" in words.verdict(verify(frozen, "a.pdf", pdf_anew), GERMAN)


@pytest.mark.browser
def test_a_workbook_saved_by_an_office_program_has_the_same_content(
    frozen: Inventory, files: dict[str, bytes], tmp_path: Path
) -> None:
    (tmp_path / "a.xlsx").write_bytes(files[f"{NAME}.xlsx"])
    office = [libreoffice(), "--headless", f"-env:UserInstallation=file://{tmp_path}/office", "--convert-to", "xlsx"]
    there = tmp_path / "there"
    subprocess.run([*office, "--outdir", there, tmp_path / "a.xlsx"], capture_output=True, check=True, timeout=120)
    found = verify(frozen, "a.xlsx", (there / "a.xlsx").read_bytes())
    assert (told(found), found.fields) == (("resaved", "cells", 1), ())


@pytest.mark.parametrize(("ending", "compared"), [("pdf", "attached"), ("json", "content")])
def test_changed_content_names_its_fields(frozen: Inventory, ending: str, compared: str) -> None:
    def change(other: dict[str, Any]) -> None:
        cost(other)
        other["criteria"][0]["weight"] = "0.9"
        other["entries"].reverse()  # the order is in the ranks
        other["entries"].append(entry(4, title="Nachgeschoben"))

    found = verify(frozen, f"a.{ending}", altered(change)[f"{NAME}.{ending}"])
    assert told(found) == ("changed", compared, 1)
    assert words.differing(found, GERMAN) == [
        "Kriterien, Fehlende Plätze, Gewicht: eingefroren „0.25“, hier „0.9“",
        "„Lernhilfe Nr. 2 in Alten aufbauen: 8 Plätze“: Kosten: eingefroren „1500.5“, hier „9000“",
        "„Nachgeschoben“: der ganze Eintrag: eingefroren „nichts“, hier „Nachgeschoben“",
    ]


def test_a_changed_cell_is_named_in_workbook_and_table(frozen: Inventory, files: dict[str, bytes]) -> None:
    book, output = openpyxl.load_workbook(io.BytesIO(files[f"{NAME}.xlsx"])), io.BytesIO()
    sheet = book["Liste"]
    row = next(row for row in sheet.iter_rows() if row[3].value == "Lernhilfe Nr. 2 in Alten aufbauen: 8 Plätze")
    row[3].value = "Lernhilfe Nr. 2 streichen"
    book.save(output)
    found = verify(frozen, "a.xlsx", output.getvalue())
    assert told(found) == ("changed", "cells", 1)
    assert words.differing(found, GERMAN) == [
        f"Blatt Liste, Zelle D{row[3].row}: eingefroren „Lernhilfe Nr. 2 in Alten aufbauen: 8 Plätze“, "
        "hier „Lernhilfe Nr. 2 streichen“"
    ]
    table = files[f"{NAME}.csv"].replace(b";1500,50;", b";9000,00;", 1)
    found = verify(frozen, "a.csv", table)
    assert told(found) == ("changed", "cells", 1)
    assert words.differing(found, GERMAN) == ["Zeile 1, Kosten (€): eingefroren „1500,50“, hier „9000,00“"]


def test_of_many_differences_the_first_are_named_and_the_others_counted(frozen: Inventory) -> None:
    def change(other: dict[str, Any]) -> None:
        other["criteria"], other["sources"], other["map"], other["city"] = [], [], None, {"name": "Anderswo"}
        for one in other["entries"]:
            one.update(title="X", measure="X", lead="X", score="1", due_on=None)

    found = verify(frozen, "a.json", altered(change)[f"{NAME}.json"])
    lines = words.differing(found, GERMAN)
    assert len(lines) == words.FIELDS_TOLD + 1
    assert lines[-1] == f"… und {len(found.fields) - words.FIELDS_TOLD} weitere Unterschiede"


def test_other_files_are_unknown(frozen: Inventory) -> None:
    later = render(content(2, number=7))
    book = openpyxl.Workbook()
    book.create_sheet("Liste").append(["Rang", "Priorität"])
    output = io.BytesIO()
    book.save(output)
    unknown = {
        "a.json": (later["prioritaetenliste-fassung-7.json"], "content"),
        "b.json": (b'{"services": []}', "content"),
        "a.pdf": (later["prioritaetenliste-fassung-7.pdf"], "attached"),
        "b.pdf": (b"%PDF-1.7\n1 0 obj <<>> endobj", "bare"),
        "a.xlsx": (output.getvalue(), "cells"),
        "a.csv": ("Rang;Priorität\n1;Anderes\n".encode(), "cells"),
        "pruefsummen.txt": (b"0000  a.pdf\n", "file"),
    }
    for name, (made, compared) in unknown.items():
        assert told(verify(frozen, name, made)) == ("unknown", compared, None), name


def bomb() -> bytes:
    """An XLSX of some kilobytes that unzips to a hundred megabytes."""
    output = io.BytesIO()
    with zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/workbook.xml", b" " * 100_000_000)
    return output.getvalue()


REFUSED: dict[str, tuple[str, Callable[[], bytes]]] = {
    "large.pdf": ("import_too_large", lambda: b"%PDF-" + b"0" * MAX_BYTES),
    "bomb.xlsx": ("import_unzips_too_large", bomb),
    "torn.xlsx": ("import_damaged", lambda: b"PK\x03\x04 torn"),
    "list.doc": ("verify_kind_of_file", lambda: b"\xff\xfeWord"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_hostile_files_are_refused_with_the_reason(frozen: Inventory, name: str) -> None:
    key, make = REFUSED[name]
    with pytest.raises(UserError, match=key):
        verify(frozen, name, make())


def stream(data: bytes) -> bytes:
    return b"1 0 obj << /Type /EmbeddedFile /Filter /FlateDecode >> stream\n" + data + b"\nendstream endobj\n"


def test_what_is_inside_a_pdf_is_bounded(frozen: Inventory) -> None:
    bombed = b"%PDF-1.7\n" + stream(zlib.compress(b"{" + b"0" * 100_000_000))
    assert [len(one) for one in attached.files_in(bombed)] == [MAX_BYTES]
    nested = b"%PDF-1.7\n" + stream(zlib.compress(b'{"a":' * 100_000))
    for pdf in (
        bombed,
        nested,
        b"%PDF-1.7\n" + stream(b"no zlib"),
        b"%PDF-1.7 /EmbeddedFile",
        b"%PDF-/EmbeddedFile" * 99,
    ):
        assert told(verify(frozen, "a.pdf", pdf)) == ("unknown", "bare", None)
    deep = b'{"content":' + b"[" * 50_000
    assert told(verify(frozen, "a.json", deep)) == ("unknown", "content", None)
