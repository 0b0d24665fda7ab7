"""Weiße Flecken: what counts as reachable, what if, then and now, the evidence of a cell, what people do about it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from pathlib import Path

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from esdash.analysis import open_inventory
from esdash.analysis.coverage import comparison, gaps
from esdash.analysis.priorities import priorities
from esdash.analysis.selection import Selection, View
from esdash.inventory import Inventory, create
from esdash.inventory.access import Action
from esdash.inventory.file.conditions import Conditions, NewOffer
from esdash.texts import Text
from esdash.ui.gaps import handouts
from esdash.wording import figures
from tests.conftest import NOW, load_tiny_city
from tests.pages.said import give_a_name, in_dialog, plain, table, texts, told, words
from tests.people import TEST

CELL = {"theme_in": "homework", "district_in": "16", "beside": "evidence"}
OFFER = NewOffer("Neu", 30.0, ("homework",), ("children",), "16")
SUPPOSED = Conditions(offers=(OFFER,)).to_json()
LANGUAGE = "de"
SAID = texts(LANGUAGE)


@pytest.fixture(scope="module")
def example(made: Callable[[str], Path], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Inventory]:
    path = tmp_path_factory.mktemp("asked") / "inventory.duckdb"
    path.write_bytes(made("example").read_bytes())
    inventory = open_inventory(path, clock=lambda: NOW)
    yield inventory
    inventory.close()


@pytest.fixture
def fresh(at: Callable[..., AppTest], lent: Callable[[str], Path]) -> Callable[..., AppTest]:
    """As `app`, on an example that only this test changes."""
    return partial(at, lent("example"))


def in_sentence(visitor: AppTest) -> str:
    return plain(next(part.value for part in visitor.markdown if "kein erreichbares Angebot" in part.value))


@pytest.mark.parametrize(
    ("query", "conditions"),
    [
        ({}, Conditions()),
        ({"when": ["evening"]}, Conditions(times=("evening",))),
        ({"when": ["evening", "weekend"]}, Conditions(times=("evening", "weekend"))),
        ({"spoken": "uk"}, Conditions(languages=("uk",))),
        ({"access": ["barrier_free"]}, Conditions(barrier_free=True)),
        ({"suppose": SUPPOSED}, Conditions(offers=(OFFER,))),
    ],
    ids=["all", "evening", "evening-weekend", "ukrainian", "barrier-free", "suppose"],
)
def test_the_sentence_is_that_of_the_conditions(
    app: Callable[..., AppTest], example: Inventory, query: dict, conditions: Conditions
) -> None:
    visitor = app("example", "gaps", **query)
    assert not visitor.exception
    found = gaps.summary(example.under(conditions))
    said = in_sentence(visitor)
    verb = "gäbe" if conditions.supposing else "gibt"
    assert f"In {found.white} von {found.fields} Fällen {verb} es zu einem Thema" in said
    # The sentence says what counts as reachable, and what is only supposed.
    asked = [{"evening": "abends ab 17 Uhr", "weekend": "am Wochenende"}[time] for time in conditions.times]
    asked += ["Ukrainisch"] if conditions.languages else []
    asked += ["barrierefrei"] if conditions.barrier_free else []
    assert said.startswith(f"Als erreichbar zählt nur: {', '.join(asked)}. In ") == bool(asked)
    assert said.startswith("Angenommen, nicht wirklich: In ") == conditions.supposing
    assert ("würden" in said) == conditions.supposing


def test_conditions_differ(example: Inventory) -> None:
    """Otherwise the test above would prove nothing."""
    asked = [Conditions(), Conditions(times=("evening",)), Conditions(languages=("uk",)), Conditions(offers=(OFFER,))]
    assert len({gaps.summary(example.under(conditions)).white for conditions in asked}) == len(asked)


def test_since_an_earlier_day(app: Callable[..., AppTest], example: Inventory) -> None:
    day = date(2026, 3, 1)
    visitor = app("example", "gaps", versus=f"{day:%Y-%m-%d}")
    found = comparison.difference(example.as_of(day), example)
    assert found.closed > 0 and found.surveyed > 0
    said = f"Weiße Flecken seit 01.03.2026: {found.closed} geschlossen, {found.opened} neu. "
    said += f"Seitdem erhobene Felder: {found.surveyed}, weiße Flecken darunter: {found.surveyed_white}."
    assert said in words(visitor)


def test_what_if_is_not_saved(app: Callable[..., AppTest], raw: Callable[..., list[tuple]]) -> None:
    visitor = app("example", "gaps", suppose=SUPPOSED)
    said = words(visitor)
    assert "Angenommen, nicht wirklich" in said
    assert "30 Plätze pro Woche, Lernhilfe" in said
    visitor.button(key="suppose_clear").click().run()
    assert "suppose" not in visitor.query_params
    assert "Angenommen, nicht wirklich" not in words(visitor)
    assert raw("example", "SELECT count(*) FROM inventory.initiative WHERE name = 'Neu'") == [(0,)]


@pytest.mark.parametrize(
    "suppose",
    [
        "x",
        "[]",
        '{"offers":[{}]}',
        '{"growth":[{"target_group_id":"nobody","district_id":"16","persons":5}]}',
        '{"growth":[{"target_group_id":"children","district_id":"16","persons":-5}]}',
        "[" * 5000,
    ],
)
def test_a_link_that_supposes_nonsense(app: Callable[..., AppTest], suppose: str) -> None:
    visitor = app("example", "gaps", suppose=suppose)
    assert not visitor.exception
    assert len(visitor.error) == 1
    assert "suppose" not in visitor.query_params
    assert "kein erreichbares Angebot" in words(visitor)


def test_a_scenario_is_kept_and_opened_again(fresh: Callable[..., AppTest]) -> None:
    visitor = fresh("gaps", suppose=SUPPOSED)
    visitor.text_input(key="suppose_name").set_value("Sitzung März").run()
    visitor.button(key="suppose_keep").click().run()
    give_a_name(visitor, "Ada Muster")
    assert not visitor.error, visitor.error[0].value
    visitor.button(key="suppose_clear").click().run()
    box = visitor.selectbox(key="suppose_scenario")
    assert [option for option in box.options if "Sitzung März (Ada Muster" in option]
    box.select_index(0).run()
    visitor.button(key="suppose_open_kept").click().run()
    assert "30 Plätze pro Woche, Lernhilfe" in words(visitor)


def test_a_scenario_is_deleted(fresh: Callable[..., AppTest]) -> None:
    visitor = fresh("gaps", suppose=SUPPOSED)
    visitor.text_input(key="suppose_name").set_value("Sitzung April").run()
    visitor.button(key="suppose_keep").click().run()
    give_a_name(visitor, "Ada Muster")
    box = visitor.selectbox(key="suppose_scenario")
    before = len(box.options)
    box.select_index(next(n for n, label in enumerate(box.options) if "Sitzung April" in label)).run()
    assert "Das Szenario „Sitzung April“ steht dann niemandem mehr zur Auswahl." in words(visitor)
    visitor.button(key="suppose_delete").click().run()
    assert not visitor.exception and not visitor.error
    assert "Das Szenario „Sitzung April“ ist gelöscht." in told(visitor)
    left = [label for box in visitor.selectbox if box.key == "suppose_scenario" for label in box.options]
    assert len(left) == before - 1 and not [label for label in left if "Sitzung April" in label]


# ---------------------------------------------------------------- the evidence of a cell


def test_the_evidence_says_what_is_needed_and_what_reaches(app: Callable[..., AppTest], example: Inventory) -> None:
    visitor = app("example", "gaps", **CELL)
    (cell,) = gaps.coverage.matrix(example, "city", "city", Selection((), ("homework",), ("16",))).itertuples()
    said = words(visitor)
    assert f"Gebrauchte Plätze pro Woche: {cell.places_needed:.1f}".replace(".", ",") in said
    missing = figures.shown(pd.DataFrame([cell]))["gap_places"][0]
    assert f"Fehlende Plätze: {missing:.1f}".replace(".", ",") in said
    assert "Planungswert: " in said
    assert re.search(r"\d+ Personen \((geschätzt|amtlich)\), je 100 werden [\d,]+ Plätze gebraucht: [\d,]+\.", said)
    assert "1 Angebot reicht hierher" in said
    assert re.search(r": Plätze hier: \d+(,\d)?, \d+ Min\. Weg", said)  # as in the workbook


def test_nobody_has_looked_is_no_gap(app: Callable[..., AppTest], raw: Callable[..., list[tuple]]) -> None:
    theme, district = raw(
        "example",
        "SELECT theme_id, district_id FROM inventory.theme CROSS JOIN inventory.district "
        "WHERE parent_id IS NOT NULL AND concat_ws('|', theme_id, district_id) NOT IN "
        "(SELECT survey_id FROM inventory.survey) "
        "ORDER BY ALL LIMIT 1",
    )[0]
    visitor = app("example", "gaps", theme_in=theme, district_in=district, beside="evidence")
    assert SAID["drawer.not_surveyed"] in words(visitor)
    assert not any(str(key).startswith("take_gap") for key in keys(visitor))


def take(visitor: AppTest, finding: str, reason: str, author: str = "Ada Muster") -> AppTest:
    """Take the finding onto the list in its dialog."""
    visitor.button(key=f"take_{finding}").click().run()
    visitor.text_input(key="take_reason").set_value(reason)
    visitor.text_input(key="author_take_item").set_value(author).run()
    return visitor.button(key="take_save").click().run()


def test_a_cell_is_taken_onto_the_list_with_its_evidence(fresh: Callable[..., AppTest], example: Inventory) -> None:
    theme, district = not_listed(example)
    visitor = fresh("gaps", theme_in=theme, district_in=district, beside="evidence")
    visitor.button(key=f"take_gap|{theme}|{district}").click().run()
    proposed = visitor.text_input(key="take_title").value
    assert proposed.startswith(f"{name(example, 'theme', theme)} in {name(example, 'district', district)} aufbauen: ")
    visitor.button(key="take_save").click().run()
    assert SAID["author.missing"] in in_dialog(visitor)
    visitor = fresh("gaps", theme_in=theme, district_in=district, beside="evidence")
    take(visitor, f"gap|{theme}|{district}", "Viele **Anfragen**")
    assert not visitor.error
    visitor = fresh("gaps", theme_in=theme, district_in=district, beside="evidence")
    assert "take_save" not in keys(visitor) and f"take_gap|{theme}|{district}" not in keys(visitor)
    visitor = fresh("priorities", item=f"gap|{theme}|{district}")
    said = plain(words(visitor))
    assert proposed in said
    assert "Auf die Liste genommen von Ada Muster am 22.11.2026: Viele" in said


def test_an_item_is_taken_back_where_it_was_taken_and_on_the_list(
    fresh: Callable[..., AppTest], example: Inventory
) -> None:
    theme, district = not_listed(example)
    finding = f"gap|{theme}|{district}"
    for page, query in (
        ("gaps", {"theme_in": theme, "district_in": district, "beside": "evidence"}),
        ("priorities", {"item": finding}),
    ):
        take(fresh("gaps", theme_in=theme, district_in=district, beside="evidence"), finding, "Viele Anfragen")
        visitor = fresh(page, **query)
        assert "Viele Anfragen" in words(visitor) or page == "gaps"
        visitor.button(key="take_back_item").click().run()
        visitor.text_input(key="author_take_back_item").set_value("Ada Muster").run()
        visitor.button(key="take_back_now").click().run()
        assert not visitor.error
        assert f"take_{finding}" in keys(fresh("gaps", theme_in=theme, district_in=district, beside="evidence"))


def test_without_a_reason_the_dialog_stays_open(fresh: Callable[..., AppTest], example: Inventory) -> None:
    theme, district = not_listed(example)
    visitor = fresh("gaps", theme_in=theme, district_in=district, beside="evidence")
    take(visitor, f"gap|{theme}|{district}", " ")
    assert SAID["error.item_needs_reason"] in in_dialog(visitor)
    assert "take_save" in keys(visitor)


def test_a_cell_is_surveyed(fresh: Callable[..., AppTest]) -> None:
    visitor = fresh("gaps", theme_in="homework", district_in="10", beside="evidence")
    assert SAID["drawer.not_surveyed"] in words(visitor)
    visitor.session_state["author"] = "Ada Muster"
    visitor.text_input(key="survey_method").set_value("Anruf").run()
    visitor.button(key="survey_now").click().run()
    assert not visitor.error
    assert SAID["drawer.not_surveyed"] not in words(visitor)
    assert "Zuletzt erhoben am 22.11.2026 von Ada Muster (Anruf)" in words(visitor)


def test_not_applicable_needs_a_reason(fresh: Callable[..., AppTest]) -> None:
    visitor = fresh("gaps", theme_in="homework", district_in="10", beside="evidence")
    visitor.session_state["author"] = "Ada Muster"
    visitor.radio(key="survey_state").set_value("not_applicable").run()
    visitor.button(key="survey_now").click().run()
    assert SAID["error.survey_needs_reason"] in words(visitor)
    visitor.text_input(key="survey_reason").set_value("Dort wohnt niemand.").run()
    visitor.button(key="survey_now").click().run()
    assert SAID["drawer.not_applicable"] in words(visitor)


@pytest.mark.parametrize("query", [{"on": "2026-03-01"}, {"suppose": SUPPOSED}, {"versus": "2026-03-01"}])
def test_nothing_is_decided_on_what_is_not_today(app: Callable[..., AppTest], query: dict[str, str]) -> None:
    visitor = app("example", "gaps", **CELL, **query)
    assert not visitor.exception
    assert not any(str(key).startswith(("take_", "survey_now")) for key in keys(visitor))


# ---------------------------------------------------------------- files


def test_a_choice_asks_what_the_files_contain(app: Callable[..., AppTest], example: Inventory) -> None:
    """A click into the matrix no longer shrinks the report without a word."""
    assert not [one for one in app("example", "gaps").get("button_group") if one.key == "gaps.files"]
    visitor = app("example", "gaps", **CELL)
    (choice,) = [one for one in visitor.get("button_group") if one.key == "gaps.files"]
    assert choice.value == "as_shown"
    view = View("district", "theme", "gap", Selection((), ("homework",), ("16",)), field="education")
    shown, whole = (handouts.declared(example, Text("de"), view, part) for part in (False, True))
    assert [file.of for file in shown] == [(view,)] * 2
    assert [file.of for file in whole] == [(View("district", "field", "gap"),)] * 2
    assert [file.name for file in whole] == ["gaps-matrix-ganze-stadt", "gaps-report-ganze-stadt"]


def test_a_file_of_suppositions_has_a_name_of_its_own(example: Inventory) -> None:
    supposed = example.under(Conditions(offers=(OFFER,)))
    names = [file.name for file in handouts.declared(supposed, Text("de"), View(), False)]
    assert names == ["gaps-matrix-angenommen", "gaps-report-angenommen"]
    assert [file.name for file in handouts.declared(example, Text("de"), View(), False)] == [
        *("gaps-matrix", "gaps-report"),
    ]


# ---------------------------------------------------------------- pictures without WebGL


@pytest.mark.parametrize("query", [{}, {"view": "maps"}, {"versus": "2026-03-01"}, {"offer": "i001"}])
def test_every_picture_is_drawn_without_webgl(app: Callable[..., AppTest], query: dict[str, str]) -> None:
    visitor = app("example", "gaps", **query)
    figures = [json.loads(chart.proto.spec) for chart in visitor.get("plotly_chart")]
    kinds = {trace["type"] for figure in figures for trace in figure["data"]}
    assert kinds <= {"scatter", "heatmap", "bar"}
    assert kinds


def test_the_matrix_as_a_table_says_what_the_picture_says(app: Callable[..., AppTest], example: Inventory) -> None:
    visitor = app("example", "gaps", rows="district_group", measure="gap")
    shown = table(visitor, "row", "children").set_index("row")
    matrix = figures.shown(gaps.coverage.matrix(example, "district", "target_group"))
    for cell in matrix[matrix["column_id"] == "children"].itertuples():
        said = shown.loc[name(example, "district", cell.row_id), "children"]
        signs = {"not_applicable": "\N{EN DASH}", "unknown": "?", "not_surveyed": "?"}
        sign = {"white": "✕ ", "small": "○ "}.get(cell.state, "")
        missing = sign + f"{cell.gap_places:.1f}".replace(".", ",")
        if cell.state in ("unknown", "not_surveyed") and said != "?":  # something is known of it all the same
            assert re.fullmatch(r"[≤≥]? ?[\d,]+(–[\d,]+)?", said)
            continue
        if said.removesuffix(" …") != signs.get(cell.state, missing):  # two ends, where hidden people have a part
            assert cell.with_stand_in and re.fullmatch(rf"{sign}[\d,]+(–[\d,]+)?( …)?", said), said


def test_the_heaviest_row_comes_first(app: Callable[..., AppTest], example: Inventory) -> None:
    visitor = app("example", "gaps")
    rows = table(visitor, "row", "education")["row"].tolist()
    severity = gaps.coverage.matrix(example, "district", "field").groupby("row_id")["row_severity"].first()
    assert rows[0] == name(example, "district", severity.idxmax())
    usual = table(app("example", "gaps", order="usual"), "row", "education")["row"].tolist()
    assert sorted(rows) == sorted(usual)
    assert rows != usual


def keys(visitor: AppTest) -> set[str]:
    return {str(button.key) for button in visitor.button}


def name(inventory: Inventory, kind: str, key: str) -> str:
    column = "name" if kind == "district" else f"name_{LANGUAGE}"
    return str(inventory.value(f"SELECT {column} FROM {kind} WHERE {kind}_id = $key", key=key))


def not_listed(inventory: Inventory) -> tuple[str, str]:
    """A theme and a district with a gap that is on no list yet."""
    listed = set(priorities.ranked(inventory)["item_id"])
    frame = gaps.coverage.matrix(inventory, "theme", "district")
    frame = frame[frame["gap_places"] > 0].sort_values("gap_places", ascending=False)
    return next(
        (row.row_id, row.column_id) for row in frame.itertuples() if f"gap|{row.row_id}|{row.column_id}" not in listed
    )


# ---------------------------------------------------------------- little is known


def one_district(inventory: Inventory) -> None:
    """A city of one district where nobody knows who lives, and an offer of which nobody knows the places."""
    load_tiny_city(inventory)
    gone = ["02", "03"]
    with inventory.change(TEST, Action.EDIT_RECORDS) as change:
        for table in ("population", "district_travel"):
            columns = ("from_district_id", "to_district_id") if table == "district_travel" else ("district_id",)
            where = " OR ".join(f"{column} IN $gone" for column in columns)
            rows = change.rows(f"SELECT {table}_id AS id FROM inventory.{table} WHERE {where}", gone=gone)
            change.remove(table, [row["id"] for row in rows])
        change.remove("district", gone)
        change.insert("organization", [{"organization_id": "o", "name": "Verein"}])
        offer = {"initiative_id": "a", "name": "Lernen", "organization_id": "o", "theme_ids": ["homework"]}
        change.insert("initiative", [{**offer, "target_group_ids": ["children"], "mode": "online"}])
        change.insert(
            "survey",
            [
                {
                    "survey_id": "homework|01",
                    "theme_id": "homework",
                    "district_id": "01",
                    "state": "surveyed",
                    "surveyed_on": NOW.date(),
                }
            ],
        )


@pytest.mark.parametrize("population", [True, False], ids=["people", "nobody-knows-who-lives-there"])
@pytest.mark.parametrize("query", [{}, {"view": "maps"}, CELL | {"district_in": "01"}, {"rows": "district_group"}])
def test_a_city_of_one_district(
    at: Callable[..., AppTest], tmp_path: Path, query: dict[str, str], population: bool
) -> None:
    path = tmp_path / "inventory.duckdb"

    def load(inventory: Inventory) -> None:
        one_district(inventory)
        if not population:
            with inventory.change(TEST, Action.EDIT_RECORDS) as change:
                rows = change.rows("SELECT population_id AS id FROM inventory.population")
                change.remove("population", [row["id"] for row in rows])

    create(path, "public", load, TEST, clock=lambda: NOW)
    visitor = at(path, "gaps", **query)
    assert not visitor.exception, visitor.exception[0].message
    assert not visitor.error
    assert "lässt sich keine Lücke beziffern" in words(visitor)  # the places are unknown, and that is no white spot
    assert not re.search(r"\b0 Plätze|\b0,0", words(visitor))
