"""One word for one thing: every face is asked for its own label and words of every field, in both languages."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from esdash import exports
from esdash.analysis import open_inventory
from esdash.exports.tables.template import blanks
from esdash.inventory import Inventory, editing, importing
from esdash.inventory.editing import Clash
from esdash.inventory.file import versions
from esdash.inventory.importing.preview import Difference, PlannedRow
from esdash.model.kinds import BY_TABLE, KINDS, TABLES
from esdash.texts import Text
from esdash.ui.entry import choose, conflict, history
from esdash.ui.imports import meanings, preview
from esdash.ui.maintenance import compare
from esdash.ui.widgets import tables
from esdash.wording import listing, overlaps
from esdash.wording.names import names_of
from esdash.wording.values import values_of
from tests.conftest import NOW
from tests.pages import whole
from tests.pages.said import plain, texts

LANGUAGES = ("de", "en")
Said = dict[str, str]  # field → what a face calls it, or its value

# The words of the office, by hand: what stood under several names before, and every name of a record.
LABELS = {
    "initiative": {
        **{"name": "Angebot", "organization_id": "Träger", "partner_ids": "Partnerorganisationen", "times": "Zeiten"},
        **{"district_ids": "Einzugsgebiet", "waiting": "Warteliste", "cost": "Kosten", "website": "Internetseite"},
        **{"started_on": "Beginn", "ended_on": "Ende", "mode": "Form", "capacity": "Plätze pro Woche"},
    },
    "course": {"name": "Schulung", "organization_id": "Träger", "module_ids": "Module", "level": "Stufe"}
    | {"certificate": "Nachweis"},
    "session": {"course_id": "Schulung", "starts_on": "Beginn", "ends_on": "Ende", "begins": "Uhrzeit von"}
    | {"ends": "Uhrzeit bis", "booked": "Anmeldungen", "cost_eur": "Kosten für den Träger in Euro", "seats": "Plätze"},
    "organization": {"name": "Organisation", "kind": "Art", "postcode": "Postleitzahl", "district_id": "Stadtbezirk"},
    "contact_point": {"name": "Anlaufstelle", "organization_id": "Träger", "audiences": "Für wen"},
    "contact": {"role": "Funktion", "organization_id": "Organisation", "name": "Name", "consent_scope": "Einwilligung"}
    | {"consent_on": "Einwilligung am", "consent_until": "Einwilligung bis"}
    | {"consent_source": "Nachweis der Einwilligung", "last_reached_on": "Zuletzt erreicht am"},
    "location": {"name": "Name des Ortes", "barrier_free": "Barrierefrei"},
    "survey": {"state": "Erhebung"},
}
# Columns of lists that hold a field in words.
HELD = {
    **{"organization": "organization_id", "themes": "theme_ids", "target_groups": "target_group_ids"},
    **{"languages": "language_ids", "modules": "module_ids", "where": "location_id", "when": "times"},
    **{"status_word": "status", "level_word": "level", "course": "course_id"},
}


@pytest.fixture(scope="module")
def inventory(made: Callable[[str], Path], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Inventory]:
    path = tmp_path_factory.mktemp("whole") / "inventory.duckdb"
    shutil.copyfile(made("whole"), path)
    opened = open_inventory(path, clock=lambda: NOW)
    yield opened
    opened.close()


# ---------------------------------------------------------------- the faces


def on_form(app: Callable[..., AppTest], table: str, language: str) -> Said:
    """Field → label of its widget; the form of a record, with all of its groups."""
    visitor = app("whole", "entry", table=table, id=f"{table}-1", edit="1", lang=language)
    found: Said = {}
    for node in visitor.main:
        key = str(getattr(node, "key", None) or "")
        name = key.split(" ", 2)[2] if key.startswith("form ") and key.count(" ") >= 2 else ""
        if name in BY_TABLE[table].by_name or name == "point":
            found[name] = plain(node.label).removesuffix(" *")
        if node.type == "markdown" and str(node.value).startswith(":small["):
            said = plain(str(node.value)).removeprefix(":small[").removesuffix("]")
            rows = (field.name for field in BY_TABLE[table].fields if label(table, field.name, language) == said)
            found[next(rows, "times")] = said
    return found


def on_record(visitor: AppTest) -> dict[str, str]:
    """Label → value of the facts of a page: a caption of one box, and what stands in the box beside it."""
    found: dict[str, str] = {}

    def walk(block: Any) -> None:
        boxes = list(block.children.values()) if hasattr(block, "children") else []
        if len(boxes) == 2 and all(hasattr(box, "children") for box in boxes):
            label, value = ([node for node in box.children.values()] for box in boxes)
            if len(label) == 1 and getattr(label[0], "type", "") == "caption":
                found[plain(str(label[0].value))] = ", ".join(_words(node) for node in value)
        for box in boxes:
            walk(box)

    walk(visitor.main)
    return found


def _words(node: Any) -> str:
    return plain(str(node.value)) if hasattr(node, "value") else plain(" ".join(map(_words, node.children.values())))


def in_list(text: Text, table: str) -> list[exports.Column]:
    """All columns of lists of this kind: of Erfassen, and of the pages that show and hand out such records."""
    shown = {
        **{"initiative": listing.initiative_columns, "organization": listing.organization_columns},
        **{"course": listing.course_columns, "session": listing.session_columns},
    }
    return [*choose._columns(text, table), *(shown[table](text) if table in shown else [])]


def in_comparison(inventory: Inventory, text: Text, table: str) -> tuple[Said, Said]:
    """Field → label, field → words of the first of two records."""
    sides = [versions.current(inventory, table, f"{table}-{number}") or {} for number in (1, 2)]
    rows = [row for row in compare.rows(inventory, text, table, *sides, {}) if row.columns]
    return {row.name: row.label for row in rows}, {row.name: row.left or "" for row in rows}


def in_preview(inventory: Inventory, text: Text, table: str, monkeypatch: pytest.MonkeyPatch) -> pd.DataFrame:
    """The table of changes of the preview: one row per field, with its label, before and after."""
    shown: list[pd.DataFrame] = []
    nothing = tables.Chosen(None, [], [])
    monkeypatch.setattr(tables, "ticking", lambda frame, *_, **__: (shown.append(frame), nothing)[1])
    record = versions.current(inventory, table, f"{table}-1") or {}
    kind = BY_TABLE[table]
    fields = [field for field in kind.fields if field.name in record and field.type != "key"]
    differences = tuple(Difference(field.name, field.label, None, record[field.name]) for field in fields)
    rows = (PlannedRow(2, "changed", "x", f"{table}-1", differences=differences),)
    plan = SimpleNamespace(kind=kind, rows=rows, names={})
    work = SimpleNamespace(key=str, declined=set())
    preview._changed(preview.Shown(inventory, work, None, plan, text))  # type: ignore[arg-type]
    return shown[0].assign(name=[field.name for field in fields]).set_index("name")


def in_history(inventory: Inventory, text: Text, table: str) -> pd.DataFrame:
    """One row per field: label, before and after, as page and download have it."""
    frame = history._worded(inventory, text, table, f"{table}-1")
    return frame[frame["event"] == "changed"].set_index("field")


@cache
def label(table: str, name: str, language: str) -> str:
    """The one label of a field, by the heading of the template, which a person fills in and the import reads."""
    if language == "de" and name in LABELS[table]:
        return LABELS[table][name]
    blank = blanks([BY_TABLE[table].field(name)], {}, Text(language))
    return blank[0].label if blank else ""


# ---------------------------------------------------------------- one label


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("table", TABLES)
def test_a_field_has_one_label(
    app: Callable[..., AppTest], inventory: Inventory, table: str, language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    text, kind = Text(language), BY_TABLE[table]
    names = [field.name for field in editing.fields(inventory, table)]
    one = {name: label(table, name, language) for name in names}
    # form
    form = on_form(app, table, language)
    elsewhere = {"lat", "lon", "fortnightly"}  # in one field for the point; among the rows of the hours
    assert set(form) - {"point"} == {field.name for group in kind.groups.values() for field in group} - elsewhere
    for name, said in form.items():
        assert said == one.get(name, texts(language)["form_place.point"]), name
    # record page
    facts = on_record(app("whole", "entry", table=table, id=f"{table}-1", lang=language))
    assert [one[field.name] for side in ("left", "right") for field in kind.on_page(side)] == list(facts)
    # lists and the heads of their files
    for column in in_list(text, table):
        name = HELD.get(column.name, column.name)
        if name in one and not (table == "session" and column.name == "name"):
            assert column.label == one[name], column.name
    columns = in_list(text, table)[-5:]
    head = exports.csv_file(pd.DataFrame({column.name: [] for column in columns}), columns, text)
    assert [column.label for column in columns] == head.decode("utf-8-sig").splitlines()[0].split(
        ";" if language == "de" else ","
    )
    # comparison
    if kind.mergeable:
        for name, said in in_comparison(inventory, text, table)[0].items():
            parts = [one[name], *(one[field.name] for field in kind.fields if field.part_of == name)]
            assert said == (texts(language)["form_place.point"] if name == "lat" else ", ".join(parts)), name
    # preview, history
    rows = in_preview(inventory, text, table, monkeypatch)
    assert dict(rows["field"]) == {name: one[name] for name in rows.index}
    changes = in_history(inventory, text, table)
    assert set(whole.REST[table]) <= set(changes.index)
    assert dict(changes["field_word"]) == {name: one[name] for name in changes.index}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", KINDS)
def test_template_and_assignment_of_columns_say_the_same(inventory: Inventory, name: str, language: str) -> None:
    text, kind = Text(language), KINDS[name]
    for field in kind.fields:
        said = meanings._label(field, text)
        needed = texts(language)["imports.needed"].format(field="")
        bare = said.removesuffix(needed) if field.required else said
        assert label(kind.table, field.name, language) in ("", bare)
        assert importing.fold(bare) in field.headers, "the import reads its own heading"
        if field.choices:
            options = {option.id: option.name(language) for option in importing.options(inventory, field)}
            words = values_of(inventory, text, kind.table)
            shown = {our_id: words.value(field.name, [our_id] if field.is_list else our_id) for our_id in field.ids}
            assert options == shown
            assert all(field.words[importing.fold(word)] == our_id for our_id, word in options.items())


def test_the_labels_of_the_office() -> None:
    """By the model's own headings: what the faces above are compared with is what stands here by hand."""
    for table, said in LABELS.items():
        for name, word in said.items():
            assert BY_TABLE[table].field(name).headings.german[0] == word


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_second_label_stands_in_the_texts(language: str) -> None:
    names = {field.name for kind in KINDS.values() for field in kind.fields} | HELD.keys()
    apart = {"kind", "source", "reason"}  # of figures of the method, and of changes
    apart_keys = {"record.name"}  # of records of all kinds in one list
    for key in texts(language):
        family, _, name = key.rpartition(".")
        of_field = family in ("column", "field", "form_field", "record") or name.startswith("field_")
        assert not of_field or name.removeprefix("field_") not in names - apart or key in apart_keys, key


# ---------------------------------------------------------------- the same value in the same words


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("table", TABLES)
def test_a_value_has_the_same_words(
    app: Callable[..., AppTest], inventory: Inventory, table: str, language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    text, kind = Text(language), BY_TABLE[table]
    record = versions.current(inventory, table, f"{table}-1") or {}
    expected = {name: whole.words(table, name, language) for name in whole.REST[table]}
    facts = on_record(app("whole", "entry", table=table, id=f"{table}-1", lang=language))
    rows = in_preview(inventory, text, table, monkeypatch)
    changes = in_history(inventory, text, table)
    compared = in_comparison(inventory, text, table)[1] if kind.mergeable else {}
    form = SimpleNamespace(table=table, place=None, draft=editing.draft(inventory, table, f"{table}-1"))
    for name, said in expected.items():
        field = kind.field(name)
        if field.page:
            assert facts[label(table, name, language)] == said, name
        assert rows.loc[name, "after"] == said
        if field.personal not in ("person", "office"):
            assert changes.loc[name, "after_word"] == said
        if name in compared and not any(other.part_of == name for other in kind.fields):
            assert compared[name] == said
        clash = Clash(name, record[name], record[name], None)
        assert conflict._words(inventory, text, names_of(inventory, text), form, clash, "base") == said  # type: ignore[arg-type]


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_offer_reads_the_same_on_its_pages_and_in_lists(
    app: Callable[..., AppTest], inventory: Inventory, language: str
) -> None:
    text = Text(language)
    facts = on_record(app("whole", "initiatives", id="initiative-1", lang=language))
    words = values_of(inventory, text, "initiative")
    record = versions.current(inventory, "initiative", "initiative-1") or {}
    offer = {**record, "place": "Treff Nord", "organization": "Verein Eins", "replaceable": 1.0}
    row = listing.initiatives(inventory, text, "", {}).set_index("initiative_id").loc["initiative-1"]
    for name in ("theme_ids", "target_group_ids", "language_ids", "times", "capacity", "waiting", "partner_ids"):
        said = whole.words("initiative", name, language)
        assert name == "partner_ids" or facts[label("initiative", name, language)] == said
        assert overlaps.value(name, offer, words) == said
        assert overlaps.label(name, text) == label("initiative", name, language)
        column = next((held for held, of in HELD.items() if of == name), name)
        assert name == "partner_ids" or column not in row or str(row[column]) in (said, said.replace(", ", "; "))


@pytest.mark.parametrize("language", LANGUAGES)
def test_unknown_and_unlimited_have_their_words(
    app: Callable[..., AppTest], inventory: Inventory, language: str
) -> None:
    text = Text(language)
    unknown, everywhere, open_end = (
        texts(language)[key] for key in ("word.unknown", "detail.not_limited", "detail.open_end")
    )
    if language == "de":
        assert (unknown, everywhere, open_end) == ("unbekannt", "ganze Stadt", "kein Ende geplant")
    facts = on_record(app("whole", "entry", table="initiative", id="initiative-2", lang=language))
    offer = on_record(app("whole", "initiatives", id="initiative-2", lang=language))
    record = versions.current(inventory, "initiative", "initiative-2") or {}
    words = values_of(inventory, text, "initiative")
    for name, said in (("district_ids", everywhere), ("ended_on", open_end), ("capacity", unknown)):
        assert facts[label("initiative", name, language)] == offer[label("initiative", name, language)] == said
        assert words.value(name, None, record) == said
    placeholder = {one.key.split(" ", 2)[2]: one.placeholder for one in _new(app, language).multiselect}
    assert placeholder["district_ids"] == everywhere
    assert placeholder["theme_ids"] == unknown


def _new(app: Callable[..., AppTest], language: str) -> AppTest:
    return app("whole", "entry", table="initiative", new="1", lang=language)
