"""Tables: columns for the room there is, shortened texts that can be read whole, open rows, cards on a telephone."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from esdash.texts import Text
from esdash.ui.shell import screen
from esdash.ui.widgets import fit
from esdash.wording.columns import Column
from tests.pages.said import plain

DE = Text("de")
LONG = "Begegnung und Beratung für Familien mit Kindern, Jugendliche und Ältere, auch ohne Anmeldung"
COLUMNS = [
    Column("name", "Angebot"),
    Column("about", "Worum es geht"),
    Column("places", "Plätze pro Woche", "integer"),
    Column("day", "Bestätigt am", "date"),
]
ROWS = pd.DataFrame(
    {
        "name": [f"Treffpunkt {number}" for number in range(30)],
        "about": [LONG if number % 2 else "Sport" for number in range(30)],
        "places": pd.array([None, *range(29)], "Int64"),
        "day": pd.to_datetime(["2026-11-22"] * 30),
    }
)


def test_the_columns_fit_into_the_room_and_the_texts_into_the_columns() -> None:
    fitted = fit.fitted(ROWS, COLUMNS, DE, 600)
    assert sum(fitted.widths.values()) <= 600
    assert fitted.frame["name"].tolist() == ROWS["name"].tolist()  # short ones stay whole
    assert fitted.shortened and fitted.frame["about"][1].endswith("…") and fitted.frame["about"][0] == "Sport"
    assert fit.too_long(fitted.frame, COLUMNS, fitted.widths) == []
    assert ("about", LONG) in fit.too_long(ROWS, COLUMNS, fitted.widths)
    assert ("places", "Plätze pro Woche") in fit.too_long(fitted.frame, COLUMNS, fitted.widths | {"places": 60})


def test_with_room_for_all_nothing_is_shortened() -> None:
    fitted = fit.fitted(ROWS, COLUMNS, DE, 1120)
    assert not fitted.shortened and fitted.frame["about"].tolist() == ROWS["about"].tolist()


def test_nothing_to_say_is_an_empty_cell_and_unknown_is_none() -> None:
    """As the year of a sum has it; what is missing is "unbekannt" on the screen, and never nan."""
    column = Column("year", "Jahr", "text", 10)
    frame = pd.DataFrame({"year": ["2026", "", None, float("nan")]}, dtype=object)
    assert fit.fitted(frame, [column], DE, 800).frame["year"].tolist() == ["2026", "", None, None]


def test_a_cell_is_one_line_in_words() -> None:
    frame = pd.DataFrame({"name": ["a\nb", None, ["x", "y"], True]}, dtype=object)
    assert fit.fitted(frame, [Column("name", "Name")], DE, 900).frame["name"].tolist() == ["a b", None, "x, y", "ja"]


@pytest.fixture
def telephone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(screen, "narrow", lambda: True)


@pytest.mark.usefixtures("telephone")
def test_on_a_telephone_a_table_is_cards_that_open_in_their_place(app: Callable[..., AppTest]) -> None:
    visitor = app("example", "initiatives", view="organizations")
    assert not visitor.exception and len(visitor.dataframe) == 0
    openers = [button for button in visitor.button if button.key and button.key.endswith(" open")]
    assert len(openers) == 20
    assert openers[0].label == ":primary[**Beispiel-Kirchengemeinde St. Muster** →]"
    links = len(visitor.get("page_link"))
    openers[0].click().run()
    assert len(visitor.get("page_link")) == links + 2  # its offers and its record
    more = next(button for button in visitor.button if button.key and button.key.endswith(" more"))
    more.click().run()
    assert len([button for button in visitor.button if button.key and button.key.endswith(" open")]) > 20


@pytest.mark.usefixtures("telephone")
def test_a_card_says_what_is_unknown(app: Callable[..., AppTest]) -> None:
    visitor = app("public", "initiatives")
    cards = [plain(caption.value) for caption in visitor.caption if plain(caption.value).startswith("unbekannt: ")]
    assert len(cards) == 20 and all("Plätze pro Woche" in card for card in cards)


def test_a_row_opens_by_its_name_as_well(app: Callable[..., AppTest], raw: Callable[..., list[tuple]]) -> None:
    visitor = app("example", "initiatives", view="organizations")
    names = visitor.selectbox(key="organizations_table row")
    assert "Zeile anklicken" in names.placeholder
    links = len(visitor.get("page_link"))
    names.select_index(3).run()
    assert not visitor.exception
    assert len(visitor.get("page_link")) == links + 2
    ((key,),) = raw("example", "SELECT organization_id FROM organization WHERE name = $name", name=names.options[3])
    assert any(f"id={key}" in link.proto.query_string for link in visitor.get("page_link"))


def test_on_a_projector_no_text_of_the_lists_is_longer_than_its_column(
    app: Callable[..., AppTest], wide: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fit, "ROOM", wide)
    seen: list[int] = []
    fitted = fit.fitted

    def measured(frame: pd.DataFrame, columns: list[Column], *settings: object, **more: bool) -> fit.Fitted:
        found = fitted(frame, columns, *settings, **more)  # type: ignore[arg-type]
        assert fit.too_long(found.frame, columns, found.widths) == []
        assert sum(found.widths.values()) <= wide and len(columns) <= fit.MOST_COLUMNS
        seen.append(len(found.frame))
        return found

    monkeypatch.setattr(fit, "fitted", measured)
    for page, query in (
        ("initiatives", {}),
        ("initiatives", {"view": "organizations"}),
        ("contact_points", {}),
        ("contact_points", {"contact_points": "volunteers"}),
    ):
        visitor = app("example", page, **query)
        assert not visitor.exception, visitor.exception[0].message
    assert len(seen) >= 4


def test_a_short_column_stays_whole_beside_long_texts() -> None:
    rows = ROWS.assign(where="Innenst. Mitte", other=LONG, more=LONG)
    columns = [*COLUMNS, Column("where", "Ort"), Column("other", "Noch etwas"), Column("more", "Und mehr")]
    fitted = fit.fitted(rows, columns, DE, 1120)
    assert fitted.frame["where"].tolist() == rows["where"].tolist()
    assert fit.too_long(fitted.frame, columns, fitted.widths) == [] and sum(fitted.widths.values()) <= 1120


@pytest.mark.usefixtures("telephone")
def test_on_a_telephone_filters_fold_and_say_how_many_are_in_use(app: Callable[..., AppTest]) -> None:
    labels = [folded.label for folded in app("example", "initiatives").expander]
    assert "Suchen und filtern" in labels
    visitor = app("example", "initiatives", childcare="yes", q="Deutsch")
    assert "Suchen und filtern (2)" in [folded.label for folded in visitor.expander]
    # All facets stand there, without a second button, and keep options that nothing is left of.
    assert "(0)" in " ".join(visitor.multiselect(key="initiatives.organization").options)


def test_an_opened_offer_says_whom_to_ask(app: Callable[..., AppTest]) -> None:
    visitor = app("example", "initiatives", q="Deutsch am Vormittag")
    names = visitor.selectbox(key="initiative_table row")
    names.select("i001").run()
    assert not visitor.exception
    said = "\n".join(str(node.value) for node in visitor.markdown)
    assert "tel:" in said and "mailto:" in said


def test_contact_points_open_on_their_card(app: Callable[..., AppTest], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(screen, "narrow", lambda: True)
    visitor = app("example", "contact_points")
    first = next(button for button in visitor.button if button.key and button.key.endswith(" open"))
    first.click().run()
    assert not visitor.exception
    assert [node.key for node in visitor.button if node.key == "close_point"] == ["close_point"]
    visitor.button(key="close_point").click().run()
    assert [node.key for node in visitor.button if node.key == "close_point"] == []
