"""Auf der Liste: the items in their order, each with its task, evidence and criteria, and what can be done to them."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import openpyxl
import pytest
from streamlit.testing.v1 import AppTest

from esdash.analysis.priorities import items
from esdash.inventory.steering import items as steering
from esdash.texts import Text
from esdash.ui.priorities import listed
from esdash.ui.priorities.choice import Priorities
from esdash.ui.widgets import tables
from esdash.wording import items as wording
from tests.pages.conftest import Behind
from tests.pages.said import plain, texts, told, words
from tests.people import ADA

SAID = texts("de")
FIRST = "Kleiderkammer und Sachspendenlager in Süd gemeinsam führen"


@pytest.fixture
def page(named: Callable[..., AppTest]) -> Callable[..., AppTest]:
    return lambda **query: named("priorities", **query)


def rows(visitor: AppTest) -> list[str]:
    """The titles of the list in their order, as its links name them."""
    links = [button for button in visitor.button if str(button.key).startswith("item_p") and "→" in button.label]
    return [plain(button.label) for button in links]


def keys(visitor: AppTest) -> set[str]:
    return {str(element.key) for element in (*visitor.button, *visitor.text_input)}


# ---------------------------------------------------------------- what stands there


def test_the_list_is_in_its_order_and_opens(app: Callable[..., AppTest], behind: Behind) -> None:
    visitor = app("example", "priorities")
    inventory = behind()
    expected = listed.in_words(inventory, Text("de"))
    shown = expected[expected["standing"].isin(["ranked", "unrated"])]["title"].tolist()
    assert len(shown) == 11
    beside = expected[expected["standing"].isin(listed.SECTIONS)]["title"].tolist()
    assert [title.rstrip("]") for title in rows(visitor)] == shown + beside
    assert FIRST in words(visitor)
    visitor = app("example", "priorities", item="p01")
    said = plain(words(visitor))
    for part in (
        "Lernhilfe in Alten aufbauen: 8 Plätze pro Woche",
        "Eine Lerngruppe an zwei Nachmittagen",  # measure
        *("Alten", "Kinder (bis 13 Jahre)", "1.200 €", "31.03.2027"),  # where, for whom, cost, due
        "Auf die Liste genommen von Projektbüro (Beispiel) am 10.06.2026: In Alten erreicht kein Angebot die Kinder.",
        "Damals (10.06.2026) wurden 8,3 Plätze pro Woche gebraucht, 8,3 fehlten.",
        "Heute werden 8,3 Plätze gebraucht, 8,3 fehlen.",
        "Um vor „",
    ):
        assert part in said, part
    assert any(
        "gaps" in link.proto.page and "theme_in=homework" in link.proto.query_string
        for link in visitor.get("page_link")
    )


def test_a_finding_in_the_link_opens_its_item(app: Callable[..., AppTest]) -> None:
    visitor = app("example", "priorities", item="gap|homework|13")
    assert "Eine Lerngruppe an zwei Nachmittagen" in words(visitor)
    assert visitor.query_params["item"] == "p01"


def test_what_stands_beside_the_order_says_why(app: Callable[..., AppTest], behind: Behind) -> None:
    visitor = app("example", "priorities")
    said = words(visitor)
    for row in behind().rows("FROM priority_item WHERE listed_on IS NOT NULL"):
        if row["ended_reason"]:
            assert row["ended_reason"] in said
        if row["pearl_reason"]:
            assert row["pearl_reason"] in said
    assert SAID["items.section_put_aside"] in said and SAID["items.section_ended"] in said
    assert SAID["items.unrated_short"] in said  # not judged is not zero


def test_other_weights_stand_beside_the_agreed_ones(app: Callable[..., AppTest], behind: Behind) -> None:
    app("example", "priorities")
    frame, columns = listed.beside(behind(), Text("de"))
    assert [column.name for column in columns][:3] == ["title", "agreed", "equal"]
    assert frame["agreed"].tolist() == list(range(1, len(frame) + 1))
    equal = items.on_list(behind(), dict.fromkeys(("size", "seriousness", "inequity", "effectiveness"), 1.0))
    assert frame.set_index("priority_item_id")["equal"].to_dict() == {
        row.priority_item_id: row.rank for row in equal[equal["rank"].notna()].itertuples()
    }


@pytest.mark.parametrize("language", ["de", "en"])
def test_both_downloads_hold_the_same_cells(app: Callable[..., AppTest], behind: Behind, language: str) -> None:
    """As on the screen: rank, title, points and state; what is unknown or open is said in both alike."""
    app("example", "priorities", lang=language)
    inventory, text = behind(), Text(language)
    found, columns = listed.in_words(inventory, text), wording.columns(text)
    book = openpyxl.load_workbook(io.BytesIO(tables._workbook(inventory, text, found, columns, "Liste", ())))
    sheet = [[cell for cell in row] for row in book.worksheets[0].iter_rows(values_only=True)]
    head = next(place for place, row in enumerate(sheet) if row[0] == columns[0].label)
    content = tables._csv(inventory, text, found, columns, "Liste", ()).decode("utf-8-sig")
    lines = list(csv.reader(io.StringIO(content), delimiter=";" if language == "de" else ","))
    start = next(place for place, row in enumerate(lines) if row and row[0] == columns[0].label)
    assert [label.removesuffix(" (%)") for label in lines[start][: len(columns)]] == list(sheet[head][: len(columns)])
    assert len(lines) - start - 1 == len(found) == 12
    percent = [column.kind == "percent" for column in columns]
    for written, cells in zip(lines[start + 1 :], sheet[head + 1 :], strict=False):
        expected = [same(cell, share, text) for cell, share in zip(cells, percent, strict=False)]
        assert expected == [value.replace("\r\n", "\n") for value in written[: len(columns)]]


def same(cell: Any, share: bool, text: Text) -> str:
    """A cell of the workbook as the CSV writes it: shares as percentages."""
    if cell is None:
        return ""
    cell = round(100 * cell) if share else cell
    if isinstance(cell, float) and not float(cell).is_integer():
        return f"{cell:.10g}".replace(".", "," if text.language == "de" else ".")
    return str(int(cell)) if isinstance(cell, int | float) else str(cell)


def test_the_print_has_all_and_no_controls(app: Callable[..., AppTest], behind: Behind) -> None:
    visitor = app("example", "priorities", print="1")
    said = plain("\n".join(str(table.value.to_csv()) for table in visitor.table))
    for name in listed.in_words(behind(), Text("de"))["title"]:
        assert name in said
    for row in behind().rows("FROM priority_item WHERE ended_on IS NOT NULL"):
        assert row["ended_reason"] in said
    assert not visitor.dataframe and not visitor.slider and not visitor.multiselect
    assert {button.key for button in visitor.button} == {"print_back"}


def test_items_open_below_their_rows_and_a_link_opens_one_alone(app: Callable[..., AppTest]) -> None:
    visitor = app("example", "priorities")
    everything = rows(visitor)
    for key in ("p08", "p01"):
        visitor.button(key=f"item_{key}").click().run()
    assert rows(visitor) == everything and {"item fold p08", "item fold p01"} <= keys(visitor)
    visitor.button(key="item fold p01").click().run()
    assert "item fold p08" in keys(visitor) and "item fold p01" not in keys(visitor)
    visitor = app("example", "priorities", item="p08")
    assert rows(visitor) == [] and "item_close" in keys(visitor)
    for part in ("proposals", "list"):  # another part begins with all it has
        visitor.segmented_control(key=Priorities.part.key).set_value(part).run()
    assert rows(visitor) == everything
    visitor = app("example", "priorities", item="p08")
    visitor.button(key="item_close").click().run()
    assert rows(visitor) == everything


# ---------------------------------------------------------------- what can be done


def test_writing_an_item_by_hand(page: Callable[..., AppTest], behind: Behind) -> None:
    visitor = page()
    visitor.button(key="write_item").click().run()
    visitor.button(key="write_save").click().run()
    assert SAID["error.item_needs_reason"] in told(visitor)  # the dialog stays open with what was written
    visitor.text_input(key="write_title").set_value("Fahrdienst für Familien in Rodleben")
    visitor.text_input(key="write_reason").set_value("Der Bus fährt dort selten.")
    visitor.number_input(key="write_cost").set_value(1234.5)
    visitor.button(key="write_save").click().run()
    assert SAID["items.written"] in told(visitor)
    assert "write_save" not in keys(visitor)
    (row,) = behind().rows("FROM priority_item WHERE title = 'Fahrdienst für Familien in Rodleben'")
    assert (row["origin"], row["cost_eur"], row["listed_by"]) == ("hand", Decimal("1234.50"), "Ada")
    assert row["judged"] is None
    assert "Fahrdienst für Familien in Rodleben" in [title.rstrip("]") for title in rows(visitor)][-2:]  # last, unrated


def test_editing_keeps_what_was_not_touched(page: Callable[..., AppTest], behind: Behind) -> None:
    visitor = page(item="p14")
    (before,) = behind().rows("FROM priority_item WHERE priority_item_id = 'p14'")
    visitor.button(key="edit_item").click().run()
    visitor.text_input(key="edit_p14_title").set_value("Ein Kalender aller Träger")
    visitor.button(key="edit_save").click().run()
    assert SAID["items.edited"] in told(visitor)
    (after,) = behind().rows("FROM priority_item WHERE priority_item_id = 'p14'")
    assert after == before | {"title": "Ein Kalender aller Träger", "version": before["version"] + 1}


def test_putting_aside_ending_and_taking_back(page: Callable[..., AppTest], behind: Behind) -> None:
    visitor = page(item="p13")
    visitor.button(key="judge_item").click().run()
    visitor.session_state["judge_p13_legal"] = False
    visitor.button(key="judge_now").click().run()
    assert SAID["error.item_aside_needs_reason"] in told(visitor)
    visitor.session_state["judge_p13_legal"] = False
    visitor.text_input(key="judge_p13_why").set_value("Dafür fehlt eine Betriebserlaubnis.")
    visitor.button(key="judge_now").click().run()
    assert SAID["items.pearl_done"] in told(visitor)
    assert "Dafür fehlt eine Betriebserlaubnis." in words(page())
    visitor = page(item="p13")
    visitor.button(key="end_item").click().run()
    visitor.radio(key="end_p13_as").set_value("dropped")
    visitor.text_input(key="end_p13_why").set_value("Der Träger zieht sich zurück.")
    visitor.button(key="end_now").click().run()
    assert SAID["items.end_told"] in told(visitor)
    assert "Der Träger zieht sich zurück." in words(page())
    key = steering.take(behind(), "gap|homework|10", ADA, "weil")
    visitor = page(item=key)
    visitor.button(key="take_back_item").click().run()
    visitor.button(key="take_back_now").click().run()
    assert SAID["items.take_back_done"] in told(visitor)
    assert behind().rows("FROM priority_item WHERE priority_item_id = $id", id=key) == []


@pytest.mark.parametrize("kind", ["bundling", "idea"])
def test_findings_without_points_are_taken_too(page: Callable[..., AppTest], behind: Behind, kind: str) -> None:
    visitor = page(priorities="proposals")
    visitor.query_params["kind"] = kind
    visitor.run()
    assert SAID["items.unscored_note"] in words(visitor)
    button = next(button for button in visitor.button if str(button.key).startswith(f"take_{kind}|"))
    button.click().run()
    visitor.text_input(key="take_reason").set_value("Das entlastet alle")
    visitor.button(key="take_save").click().run()
    assert SAID["items.taken_now"] in told(visitor)
    finding = str(button.key).removeprefix("take_")
    (row,) = behind().rows("FROM priority_item WHERE finding_id = $id", id=finding)
    assert (row["origin"], row["title"]) == (kind, None)  # the title follows the language
    row = items.on_list(behind()).set_index("finding_id").loc[finding]
    assert (row["standing"], row["unrated"]) == ("unrated", "not_judged")


def test_proposals_are_filtered_by_theme_and_district(app: Callable[..., AppTest]) -> None:
    visitor = app("example", "priorities", priorities="proposals", theme="homework", district=["13", "14"])
    frame = next(table.value for table in visitor.dataframe if "priority" in table.value)
    # the item of Kochstedt (14) was dropped: it stands below with its reason
    assert frame["title"].tolist() == ["Lernhilfe und Hausaufgaben im Stadtbezirk Alten"]
    assert frame["rank"].tolist()[0] > 1  # the rank among all


def test_a_list_without_items_leads_to_the_proposals(app: Callable[..., AppTest]) -> None:
    visitor = app("public", "priorities")
    assert SAID["items.empty_unknown"] in words(visitor)  # no finding, and no "0 Befunde"


def test_an_item_says_what_the_city_answered(app: Callable[..., AppTest]) -> None:
    # version 2, handed over on 21 September with an answer asked for by 31 October; today is 22 November
    assert "Fassung 2: angenommen, 22.10.2026" in words(app("example", "priorities", item="p01"))
    assert "Fassung 2: überfällig seit 22 Tagen" in words(app("example", "priorities", item="p03"))
