"""What the pages say although something is unknown (METHODS M11), against the bounds themselves."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from esdash.analysis.bounds import bounds as analysis
from esdash.analysis.selection import Selection, View
from esdash.inventory import Inventory
from esdash.inventory.file.conditions import Conditions, NewOffer
from esdash.texts import LANGUAGES, Text
from esdash.ui.gaps import handouts
from esdash.ui.shell import session
from esdash.wording import bounds, faces
from esdash.wording.names import names_of
from tests.pages.said import plain, table, words

Opened = Callable[..., AppTest]
CELL = Selection(themes=("homework",), districts=("16",))
OFFER = NewOffer("Neu", 30.0, ("homework",), ("children",), "16")
OF_BOUNDS = {
    "de": ("Vom erhobenen Bedarf", "Die bekannten Angebote decken", "ist kein Angebot bekannt", "mit bekanntem Thema"),
    "en": ("Of the surveyed need", "The known offers meet", "no offer is known", "offers of a known theme"),
}


def shown(visitor: AppTest, conditions: Conditions | None = None) -> Inventory:
    """The inventory that the page of this visitor shows, under conditions."""
    assert not visitor.exception
    inventory = session.inventory()
    return inventory.under(conditions) if conditions else inventory


def silent(visitor: AppTest, language: str) -> bool:
    assert not visitor.exception
    return not any(part in words(visitor) for part in OF_BOUNDS[language])


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_city_of_the_example_lies_between_two_ends(app: Opened, language: str) -> None:
    visitor, text = app("example", "gaps", lang=language), Text(language)
    inventory = shown(visitor)
    row, reasons = analysis.city(inventory), analysis.reasons(inventory)
    ends = text.percent(row.share_low), text.percent(row.share_high)
    said = {
        "de": f"Vom erhobenen Bedarf der Stadt sind zwischen {ends[0]} und {ends[1]} gedeckt, weil",
        "en": f"Of the surveyed need of the city, between {ends[0]} and {ends[1]} is met, because",
    }
    assert said[language] in words(visitor)
    assert bounds.why(reasons, text) in words(visitor)
    for sentence in bounds.assumptions(inventory, names_of(inventory, text), reasons):
        assert sentence in words(visitor)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("query", "conditions", "opening"),
    [
        ({}, Conditions(), {"de": "Vom erhobenen Bedarf der Auswahl", "en": "Of the surveyed need of the selection"}),
        (
            {"suppose": Conditions(offers=(OFFER,)).to_json()},
            Conditions(offers=(OFFER,)),
            {"de": "Angenommen, nicht wirklich: Vom erhobenen", "en": "Supposed, not real: of the surveyed"},
        ),
        ({"when": ["evening"]}, Conditions(times=("evening",)), {"de": "Vom erhobenen", "en": "Of the surveyed"}),
    ],
    ids=["now", "supposed", "evening"],
)
def test_a_selection_has_ends_of_its_own(
    app: Opened, language: str, query: dict, conditions: Conditions, opening: dict[str, str]
) -> None:
    visitor, text = app("example", "gaps", lang=language, theme_in="education", **query), Text(language)
    row = analysis.city(shown(visitor, conditions), Selection(themes=("education",)))
    assert bounds.apart(row.share_low, row.share_high, text)
    line = next(plain(part.value) for part in visitor.markdown if plain(part.value).startswith(opening[language]))
    assert bounds.share(row.share_low, row.share_high, text) in line
    assert names_of(shown(visitor), text).of("theme", "education") in line


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_said_where_nothing_is_unknown(app: Opened, language: str) -> None:
    visitor = app("example", "gaps", lang=language, theme_in=CELL.themes[0], district_in=CELL.districts[0])
    row = analysis.city(shown(visitor), CELL)
    assert row.share_low == pytest.approx(row.share_high)
    assert silent(visitor, language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_where_nobody_has_looked_the_known_offers_are_spoken_of(app: Opened, language: str) -> None:
    visitor, text = app("public", "gaps", lang=language), Text(language)
    row = analysis.city(shown(visitor), everywhere=True)
    most = text.percent(row.share_high)
    said = {
        "de": (f"Die bekannten Angebote decken höchstens {most} des Bedarfs.", "Zu 6 von 26 Themen ist kein Angebot"),
        "en": (f"The known offers meet at most {most} of the need.", "For 6 of 26 themes no offer is known."),
    }
    assert " ".join(said[language]) in words(visitor)
    assert bounds.assumptions(shown(visitor), names_of(shown(visitor), text), analysis.reasons(shown(visitor)))[0] in (
        words(visitor)
    )


def test_a_theme_without_a_known_offer(app: Opened) -> None:
    table = analysis.table(shown(app("public", "gaps")), "theme", "city", everywhere=True)
    theme = table.loc[table["state"] == analysis.NONE_KNOWN, "row_id"].iloc[0]
    assert "Dazu ist kein Angebot bekannt." in words(app("public", "gaps", theme_in=theme))
    # Under conditions an offer may be known that does not meet them; a supposed offer is no known one.
    assert silent(app("public", "gaps", theme_in=theme, when=["evening"]), "de")
    assert silent(app("public", "gaps", suppose=Conditions(offers=(OFFER,)).to_json()), "de")


@pytest.mark.parametrize("language", LANGUAGES)
def test_lagebild_says_the_same_where_its_figures_are_unknown(app: Opened, language: str) -> None:
    visitor, text = app("public", "overview", lang=language), Text(language)
    row = analysis.city(shown(visitor), everywhere=True)
    said = bounds.known_offers(row, text), bounds.themes_without(shown(visitor), text)
    assert all(said) and " ".join(said) in words(visitor)
    for kind in ("example", "empty", "one"):
        assert silent(app(kind, "overview", lang=language), language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_inventory_without_offers_says_nothing_of_them(app: Opened, language: str) -> None:
    assert silent(app("empty", "gaps", lang=language), language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_one_record_with_nothing_but_a_name_keeps_the_page_silent(app: Opened, language: str) -> None:
    visitor = app("one", "gaps", lang=language)
    assert analysis.city(shown(visitor), everywhere=True).state == analysis.NONE_KNOWN
    assert silent(visitor, language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_offers_of_unknown_theme_are_spoken_of(app: Opened, language: str) -> None:
    visitor, text = app("hostile", "gaps", lang=language), Text(language)
    row, reasons = analysis.city(shown(visitor)), analysis.reasons(shown(visitor))
    assert row.cells_counted and row.share_low == pytest.approx(row.share_high)
    note = bounds.theme_note(reasons, text)
    assert OF_BOUNDS[language][3] in note and note in words(visitor)
    assert OF_BOUNDS[language][0] not in words(visitor)  # where the ends are equal no bound is shown


def test_an_earlier_day_has_its_own_ends(app: Opened) -> None:
    visitor, text, day = app("example", "gaps", on="2026-05-01"), Text("de"), date(2026, 5, 1)
    row, now = (analysis.city(inventory) for inventory in (shown(visitor).as_of(day), shown(visitor)))
    said = bounds.share(row.share_low, row.share_high, text)
    assert f"Vom erhobenen Bedarf der Stadt sind {said} gedeckt" in words(visitor)
    assert said != bounds.share(now.share_low, now.share_high, text)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("kind", "theme"), [("example", "counselling"), ("public", "counselling")])
def test_the_evidence_names_the_ends_and_the_offers_to_ask_about(
    app: Opened, kind: str, theme: str, language: str
) -> None:
    visitor, text = app(kind, "gaps", lang=language, theme_in=theme, beside="evidence"), Text(language)
    inventory, selection = shown(visitor), Selection(themes=(theme,))
    row, reasons = analysis.city(inventory, selection, kind == "public"), analysis.reasons(inventory, selection)
    said = words(visitor)
    assert bounds.places(row.met_low, row.met_high, text, 1) in said
    assert bounds.places(row.needed_low, row.needed_high, text, 1) in said
    asked = {key for reason in reasons if reason.fact != "theme" for key in reason.initiative_ids}
    assert 0 < len(asked) <= 6
    links = "\n".join(plain(str(link.label)) for link in visitor.get("page_link"))
    for key in asked:
        name = inventory.value("SELECT name FROM initiative WHERE initiative_id = $key", key=key)
        assert f"{name}: {bounds.unknown_offers(inventory, text, selection)[key]}" in links


def test_the_evidence_is_silent_where_nothing_is_unknown(app: Opened) -> None:
    visitor = app("example", "gaps", theme_in=CELL.themes[0], district_in=CELL.districts[0], beside="evidence")
    assert bounds.in_places(shown(visitor), Text("de"), CELL) == ""
    assert "Rechnet man das Unbekannte mit" not in words(visitor)


@pytest.mark.parametrize("language", LANGUAGES)
def test_methode_lists_the_ranges(app: Opened, language: str) -> None:
    visitor, text = app("example", "method", lang=language, method="values"), Text(language)
    ranges = analysis.ranges(shown(visitor))
    found = table(visitor, "field_of_action", "low", "central", "high", "agreed_on", "reason")
    assert found is not None
    for end in ("low", "central", "high"):
        assert [float(value) for value in found[end]] == ranges[end].tolist()
    names = names_of(shown(visitor), text)
    assert found["field_of_action"].tolist() == [names.of("theme", key) for key in ranges["field_id"]]
    told = app("example", "method", lang=language, method="topics", topic="bounds")
    assert text("method.bounds_title") in words(told)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_figures_with_assumptions_are_chosen_by_the_link_and_say_so(app: Opened, language: str) -> None:
    visitor, text = app("example", "gaps", lang=language, figures="assumed", measure="gap"), Text(language)
    inventory = shown(visitor, Conditions(assumed=True))
    for words_of_it in (text("gaps.under_assumptions"), plain(bounds.assumption_note(inventory, text))):
        assert words_of_it in words(visitor)
    assert any(part.value.endswith(text("bounds.assumed", figure="")) for part in visitor.subheader)
    matrix = faces.face(inventory, text, View(measure="gap", order="severity"))
    drawn = table(visitor, "row", matrix.columns.ids[0])
    assert drawn[matrix.columns.ids].to_numpy().tolist() == [
        [cell.word for cell in matrix.line(row)] for row in matrix.rows.ids
    ]
    files = handouts.declared(inventory, text, View(), whole=False)
    assert all(file.name.endswith(text("handout.assumed_file")) for file in files)
    chosen = {part.key: part.value for part in visitor.segmented_control}
    assert chosen["gaps.figures"] == "assumed"


def test_known_figures_are_the_usual_ones(app: Opened) -> None:
    visitor = app("example", "gaps")
    assert {part.key: part.value for part in visitor.segmented_control}["gaps.figures"] == "known"
    assert Text("de")("gaps.under_assumptions") not in words(visitor)
    for kind in ("one", "public"):  # nothing is unknown; nobody has looked
        visitor = app(kind, "gaps", figures="assumed")
        assert not visitor.exception and "gaps.figures" not in {part.key for part in visitor.segmented_control}
        assert Text("de")("gaps.under_assumptions") not in words(visitor)


def test_the_public_inventory_asks_instead_of_drawing_a_grey_matrix(app: Opened) -> None:
    inventory, text = shown(app("public", "gaps")), Text("de")
    by_district = faces.face(inventory, text, View())
    assert {by_district.cells[row, "health"].word for row in by_district.rows.ids} == {"?"}
    assert {by_district.cells[row, "health"].figure for row in by_district.rows.ids} == {"kein Angebot bekannt"}
    known = [by_district.cells[row, "work"] for row in by_district.rows.ids]
    assert all(plain(cell.word).startswith("≤ ") and cell.step == "not_surveyed" for cell in known)
    drawn = table(app("public", "gaps"), "row", "work")  # what the page opens with
    assert drawn is not None and set(drawn["health"]) == {"?"}
    assert drawn["work"].tolist() == [by_district.cells[row, "work"].word for row in by_district.rows.ids]
    by_group = faces.face(inventory, text, View("target_group", "field", "offers"))
    none = [cell for cell in by_group.cells.values() if cell.word == "?"]
    assert none and all(cell.value == 0 and "kein Angebot bekannt" in cell.hover for cell in none)
    visitor = app("public", "gaps")
    for field in ("Bildung höchstens", "Arbeit höchstens", "Gesundheit kein Angebot bekannt"):
        assert field in words(visitor)


def test_the_lists_below_give_both_ends(app: Opened) -> None:
    inventory, text = shown(app("example", "gaps")), Text("de")
    ranked = table(app("example", "gaps", theme_in="counselling"), "theme", "gap_between")
    assert ranked is not None and ranked["gap_between"].any()
    ends = analysis.table(inventory, "theme", "district", Selection(themes=("counselling",)))
    named = names_of(inventory, text)
    for row in ends.itertuples():
        said = ranked.loc[ranked["district"] == named.of("district", row.column_id), "gap_between"]
        moved = round(row.missing_low, 1) != round(row.missing_high, 1) if row.cells_counted else False
        if len(said) and moved:
            assert said.item() == bounds.places(row.missing_low, row.missing_high, text, 1)
    need = table(app("example", "gaps", theme_in="counselling", show="need"), "theme", "coverage_between")
    assert need is not None and any(
        plain(words).startswith(("zwischen ", "höchstens ")) for words in need["coverage_between"]
    )
