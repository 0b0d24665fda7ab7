"""Double structures: cases side by side, decisions with a reason, what reopens them, providers, network."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from functools import partial
from urllib.parse import unquote

import pytest
from streamlit.testing.v1 import AppTest

from esdash.inventory.access import Action
from tests.pages.conftest import Behind
from tests.pages.said import asks_for_a_name, plain, texts, told, words
from tests.people import BEN

SAID = texts("de")
BREAKFAST = "Begegnung und Nachbarschaft · Roßlau: Familiencafé Elbaue"
DOUBLE = "i021+i070"  # breakfast for families in Roßlau: two offers, the second in the list (data/example/README.md)
Opened = Callable[..., AppTest]


@pytest.fixture
def page(named: Opened) -> Opened:
    """page(kind, author, **query): Doppelstrukturen, opened by a visitor who gave a name."""
    return partial(named, "overlaps")


def press(visitor: AppTest, label: str) -> AppTest:
    (button,) = [button for button in visitor.button if button.label == label]
    button.click().run()
    assert not visitor.exception, visitor.exception[0].message
    return visitor


def decide(visitor: AppTest, case: str, why: str, verdict: str | None = None) -> AppTest:
    if verdict:
        visitor.radio(key=f"verdict_{case}").set_value(verdict)
    visitor.text_input(key=f"why_{case}").set_value(why)
    return press(visitor, SAID["overlaps.decide_now"])


def listed(visitor: AppTest) -> list[tuple[str, str]]:
    """Proposal and name of the open cases, in their order."""
    cases = visitor.radio(key="overlaps_list")
    return list(zip(map(plain, cases.proto.captions), map(plain, cases.options), strict=True))


# ---------------------------------------------------------------- what stands there


def test_the_planted_cases_stand_there_with_their_verdict(page: Opened) -> None:
    """data/example/README.md: four double structures, four offers entered twice, wanted ones; two are decided."""
    found = listed(page())
    verdicts = [said.partition(" · ")[0] for said, _ in found]
    assert verdicts[:4] == ["Doppelstruktur"] * 4  # the most urgent first
    assert verdicts.count("Doppelstruktur") == 4
    assert verdicts.count("Dublette") == 4
    assert ("Doppelstruktur · 48 Plätze zu viel", BREAKFAST) in found
    names = [name for _, name in found]
    assert len(set(names)) == len(names)  # two cases of one theme in one district are told apart
    assert not any("Nähcafé" in name for name in names)  # decided


def test_the_sentence_counts_what_the_list_holds(page: Opened) -> None:
    visitor = page()
    found, said = listed(visitor), words(visitor)
    too_many = [int(match[1]) for one, _ in found if (match := re.search(r"(\d+) Plätze zu viel", one))]
    assert f"{len(found)} Fälle ähnlicher Angebote" in said
    assert f"Bei {len(too_many)} sind zusammen {sum(too_many)} Plätze pro Woche zu viel" in said
    wanted = sum(one == "gewollte Mehrfachkapazität" for one, _ in found)
    assert f"bei {wanted} spricht viel dafür, alle zu behalten" in said


def test_a_case_side_by_side(page: Opened) -> None:
    visitor = page(case=DOUBLE)
    table = visitor.table[0].value.map(plain)
    assert [plain(column) for column in table.columns] == [
        "A · Familiencafé Elbaue",
        "B · Familienfrühstück am Begegnungshaus",
    ]
    fields = [plain(field).replace("\N{NO-BREAK SPACE}", " ") for field in table.index]
    assert fields[:2] == ["≠ Träger", "≠ Ort"]  # what is equal is said once
    assert "Gleich sind: Themen: Begegnung und Nachbarschaft; Zielgruppen: " in words(visitor)
    assert visitor.radio(key=f"verdict_{DOUBLE}").value == "double_structure"


def test_a_case_says_its_three_sums_and_how_far_its_places_are_apart(page: Opened) -> None:
    """The offers stand side by side with 40 + 45 + 40 places; 21 more reach the same need."""
    visitor = page(case="i006+i007+i077")
    said = words(visitor)
    assert (
        "Diese Menschen brauchen 72 Plätze pro Woche. Für sie gibt es 125 Plätze in diesen Angeboten und 21 in "
        "anderen, zusammen 146. Das sind 74 Plätze mehr, als gebraucht werden, und niemand wartet."
    ) in said
    assert ("Doppelstruktur · 74 Plätze zu viel", "Sprachpraxis und Sprachcafé · Innenst. Mitte") in listed(visitor)
    assert re.search(r"höchstens so weit auseinander: \d+0 m\.", said)


def test_a_case_that_is_gone_says_so(page: Opened) -> None:
    visitor = page(case="i002+i049")  # decided
    assert plain(visitor.info[0].value) == SAID["overlaps.gone"]
    assert visitor.radio(key="overlaps_list").value == "i006+i007+i077"  # the first one


def test_what_cannot_be_judged_has_no_verdict_chosen(page: Opened) -> None:
    visitor = page(case="i074+i092")  # the places of i074 are unknown
    assert visitor.radio(key="verdict_i074+i092").value is None
    decide(visitor, "i074+i092", "Anruf ergab nichts")
    assert plain(visitor.warning[0].value) == SAID["overlaps.verdict_missing"]


# ---------------------------------------------------------------- deciding


def test_a_decision_needs_a_reason_and_a_name(page: Opened, behind: Behind) -> None:
    visitor = decide(page(case=DOUBLE), DOUBLE, " ")
    assert SAID["error.overlap_needs_reason"] in told(visitor)
    nameless = decide(page(author="", case=DOUBLE), DOUBLE, "Beide werden gebraucht", "wanted")
    assert asks_for_a_name(nameless)
    assert behind().value("SELECT count(*) FROM overlap_case") == 2


def test_a_decided_case_leaves_the_list_and_stands_under_decided(page: Opened, behind: Behind) -> None:
    visitor = page(case=DOUBLE)
    before = len(listed(visitor))
    decide(visitor, DOUBLE, "Beide haben Stammgäste", "wanted")
    assert len(listed(visitor)) == before - 1
    assert "Entschieden: gewollte Mehrfachkapazität" in plain(visitor.success[0].value)
    said = words(page(overlaps="decided"))
    assert "gewollte Mehrfachkapazität, am 22.11.2026 von Ada: Beide haben Stammgäste" in said
    assert "Damals: 68 Plätze pro Woche für einen Bedarf von 14." in said
    assert "22.11.2026, Ada: entschieden. Beide haben Stammgäste" in said  # the history
    (row,) = behind().rows("FROM overlap_case WHERE overlap_case_id = $id", id=DOUBLE)
    assert (row["verdict"], row["decided_by"], row["reason"]) == ("wanted", "Ada", "Beide haben Stammgäste")


def test_a_change_it_rested_on_opens_it_again_and_says_which(page: Opened, behind: Behind) -> None:
    decide(page(case=DOUBLE), DOUBLE, "Beide haben Stammgäste", "wanted")
    with behind().change(BEN, Action.EDIT_RECORDS) as change:
        change.update("initiative", [{"initiative_id": "i070", "capacity": 60}])
    visitor = page(case=DOUBLE)
    assert visitor.radio(key="overlaps_list").value == DOUBLE
    said = words(visitor)
    assert "Am 22.11.2026 hat Ada entschieden: gewollte Mehrfachkapazität" in said
    changed = "Seitdem geändert bei Familienfrühstück am Begegnungshaus: Plätze pro Woche"
    assert changed in said
    assert "→ 60." in said
    assert SAID["overlaps.open_again"] in words(page(overlaps="decided"))


def test_a_decision_taken_back_opens_the_case_again(page: Opened) -> None:
    visitor = page(overlaps="decided")
    first = next(button for button in visitor.button if button.label == SAID["overlaps.withdraw_now"])
    first.click().run()
    assert SAID["overlaps.withdrawn"] in told(visitor)
    log = visitor.dataframe[-1].value  # what was taken back stays in the history
    assert (log["before_word"].iloc[0], log["after_word"].iloc[0], log["actor"].iloc[0]) == (
        "Terminwiederholung",
        "\N{EN DASH}",
        "Ada",
    )
    assert any("Nähcafé Zimtstern" in str(table.value.columns) for table in page(case="i023+i024").table)


def test_somebody_who_decided_meanwhile_is_not_overwritten(page: Opened, behind: Behind) -> None:
    visitor, other = page(case=DOUBLE), page(author="Ben", case=DOUBLE)
    decide(other, DOUBLE, "Ben war schneller", "repeat")
    decide(visitor, DOUBLE, "Ada sieht es anders", "wanted")
    assert "Ben hat inzwischen" in plain(visitor.error[0].value)
    assert behind().value("SELECT reason FROM overlap_case WHERE overlap_case_id = $id", id=DOUBLE) == (
        "Ben war schneller"
    )


def take(visitor: AppTest, finding: str, reason: str) -> AppTest:
    """Take the finding onto the list in its dialog."""
    (button,) = [button for button in visitor.button if str(button.key).startswith(f"take_{finding}")]
    button.click().run()
    visitor.text_input(key="take_reason").set_value(reason)
    visitor.button(key="take_save").click().run()
    assert not visitor.exception and not visitor.error
    return visitor


def test_a_double_structure_is_taken_onto_the_list(page: Opened, behind: Behind) -> None:
    visitor = page(case=DOUBLE)
    take(visitor, "overlap|i021", "Ein Frühstück genügt")
    visitor.switch_page("pages/priorities.py")
    visitor.query_params["item"] = "overlap|i021"
    said = words(visitor.run())
    assert "Auf die Liste genommen von Ada am 22.11.2026: Ein Frühstück genügt" in said
    assert "Damals (22.11.2026) erreichten 68,1 Plätze pro Woche einen Bedarf von 13,9." in said
    (row,) = behind().rows("FROM priority_item WHERE finding_id = 'overlap|i021'")
    carriers = behind().rows("SELECT DISTINCT organization_id FROM initiative WHERE initiative_id IN ('i021', 'i070')")
    assert json.loads(row["evidence"])["organization_ids"] == sorted(one["organization_id"] for one in carriers)


def links(visitor: AppTest) -> list[str]:
    """Where the links of the page lead, as they stand in its address."""
    return [f"{link.page}?{link.query_string}" for link in (element.proto for element in visitor.get("page_link"))]


def test_the_priority_list_leads_to_the_case(page: Opened, app: Opened) -> None:
    """Open: to the case itself; decided: to where decisions stand."""

    def from_the_list() -> list[str]:
        visitor = page()
        visitor.switch_page("pages/priorities.py")
        visitor.query_params["item"] = "overlap|i021"
        return [unquote(link) for link in links(visitor.run())]

    assert any("overlaps" in link and f"case={DOUBLE}" in link.replace(" ", "+") for link in from_the_list())
    decide(page(case=DOUBLE), DOUBLE, "Ein Frühstück genügt", "double_structure")
    assert any("overlaps=decided" in link for link in from_the_list())


def test_a_decided_double_structure_is_taken_where_it_stands_now(page: Opened, behind: Behind) -> None:
    """It has left the open cases: its place and the button are at the decision, and only there."""
    decide(page(case=DOUBLE), DOUBLE, "Ein Frühstück genügt", "double_structure")
    visitor = page(overlaps="decided")
    assert sum("item=overlap|i021" in unquote(link) for link in links(visitor)) == 1
    take(visitor, "overlap|i021", "Beide Träger sind bereit")
    assert not any(str(button.key).startswith("take_overlap|i021") for button in visitor.button)  # once is enough
    (row,) = behind().rows("FROM priority_item WHERE finding_id = 'overlap|i021'")
    assert '"supply":68' in str(row["evidence"]).replace(" ", "")  # 68 places, as the page says


def test_a_duplicate_leads_to_where_it_is_merged(page: Opened, behind: Behind) -> None:
    """i010 and i084 are one offer (data/example/README.md); deciding so does not make one record of them."""
    pair = "pair=initiative|i010|i084"
    visitor = page(case="i010+i084")
    assert any(pair in unquote(link) for link in links(visitor))
    decide(visitor, "i010+i084", "Zweimal eingegeben", "duplicate")
    assert any(pair in unquote(link) for link in links(page(overlaps="decided")))
    earlier = page(overlaps="decided", on="2026-11-21")
    assert not any(pair in unquote(link) for link in links(earlier))


def test_only_double_structures_go_on_the_list(page: Opened) -> None:
    assert SAID["overlaps.only_doubles"] in words(page(case="i032+i058"))  # wanted


def test_an_earlier_day_shows_and_saves_nothing(page: Opened) -> None:
    """Before 16 September 2026 the sewing café was not decided."""
    visitor = page(on="2026-09-01", case="i023+i024")
    assert "Nähcafé Zimtstern" in str(visitor.table[0].value.columns)
    labels = {button.label for button in visitor.button}
    assert SAID["overlaps.decide_now"] not in labels
    assert [radio.key for radio in visitor.radio] == ["overlaps_list"]  # to choose a case, none to decide it


# ---------------------------------------------------------------- providers and network


def test_providers_by_hand(page: Opened, raw: Callable) -> None:
    """Number and largest share over the places by provider, from the plain table: running offers of one theme."""
    frame = page(overlaps="providers").dataframe[0].value
    rows = raw(
        "example",
        "SELECT sum(capacity) FROM inventory.initiative WHERE status = 'active' AND theme_ids = ['sport'] "
        "AND (ended_on IS NULL OR ended_on >= DATE '2026-11-22') GROUP BY organization_id",
    )
    places = [row[0] or 0 for row in rows]
    several = raw(
        "example",
        "SELECT count(*) FROM inventory.initiative WHERE status = 'active' AND len(theme_ids) > 1 "
        "AND (list_contains(theme_ids, 'sport') OR list_contains(theme_ids, 'health'))",
    )[0][0]
    assert several == 0, "the hand count below holds for offers of this one theme"
    sport = frame[frame["theme"] == "Sport und Bewegung"].iloc[0]
    (organizations,) = raw(  # also who offers something for the whole field of action
        "example",
        "SELECT count(DISTINCT organization_id) FROM inventory.initiative WHERE status = 'active' "
        "AND list_has_any(theme_ids, ['sport', 'cohesion']) "
        "AND (ended_on IS NULL OR ended_on >= DATE '2026-11-22')",
    )[0]
    assert sport["organizations"] == organizations
    assert sport["largest_share"] == pytest.approx(round(max(places) / sum(places), 2))


def test_the_network_of_one_organisation(page: Opened) -> None:
    visitor = page(overlaps="network", around="o06")
    frame = visitor.dataframe[0].value
    assert all("Grün-Weiß" in f"{row.a_name}{row.b_name}" for row in frame.itertuples())
    first = frame.iloc[0]
    assert (first["kind_word"], first["shared"]) == ("ähnlich", "Sport und Bewegung")
    assert "Muldebogen" in f"{first['a_name']}{first['b_name']}"  # i054 and i101, planted


def test_a_link_to_an_organisation_that_is_none(page: Opened) -> None:
    visitor = page(overlaps="network", around="o999")
    assert "o999" in plain(visitor.warning[0].value)
    assert visitor.dataframe


def test_every_click_counts_after_a_part_with_a_choice_of_its_own(page: Opened) -> None:
    """A choice whose widget is not drawn any more must not make the page read the old link again."""
    visitor = page(overlaps="network")
    for name in ("decided", "open", "providers", "network", "open"):
        visitor.segmented_control(key="overlaps.overlaps").set_value(name).run()
        assert visitor.session_state["overlaps.overlaps"] == name


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize(
    ("kind", "sentence", "nothing"),
    [("public", "sentence_unknown", "nothing_known"), ("empty", "sentence_none", None)],
)
def test_what_cannot_be_compared_is_not_called_decided(
    app: Opened, language: str, kind: str, sentence: str, nothing: str | None
) -> None:
    """Of 37 offers of the public inventory the target groups of 29 are unknown (data/dessau-rosslau/public)."""
    visitor, said = app(kind, "overlaps", lang=language), texts(language)
    assert plain(said[f"overlaps.{sentence}"].format(n=29, offers=37)) in words(visitor)
    why = said[f"overlaps.{nothing}"] if nothing else said["app.empty_inventory"]
    assert [info.value for info in visitor.info] == [why]
    begin = said["questions.next"].partition("{")[0]
    assert any(begin in plain(str(link.label)) for link in visitor.get("page_link")) == (kind == "public")
