"""The part Geld of Maßnahmen: what it says in each state, and its forms as the office fills them in."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from esdash.inventory.access import Action
from esdash.inventory.steering import budget
from tests.analysis.money_entries import line
from tests.pages import hostile
from tests.pages.conftest import Behind
from tests.pages.said import texts, words
from tests.people import ADA, BEN

SAID = texts("de")
Opened = Callable[..., AppTest]


@pytest.fixture
def money(named: Opened) -> Opened:
    """money(kind, author, **query): the part Geld, opened by a visitor who gave a name; without a plan by default."""

    def opened(kind: str = "empty", author: str = "Ada", **query: str) -> AppTest:
        return named("measures", kind, author, measures="money", **query)

    return opened


def press(visitor: AppTest, key: str) -> AppTest:
    (button,) = [button for button in visitor.button if button.label == SAID[f"money.{key}"]]
    button.click().run()
    assert not visitor.exception, visitor.exception[0].message
    return visitor


def field(visitor: AppTest, kind: str, beginning: str) -> Any:
    """The first widget of a kind whose key begins like this."""
    return next(widget for widget in visitor.get(kind) if str(widget.key).startswith(beginning))


def plan(behind: Behind, *lines: budget.Line) -> None:
    for each in lines:
        budget.add_line(behind(), each, ADA)


LINE = budget.Line("Engagiert", "Sachmittel", 2026, Decimal("300.00"))


# ---------------------------------------------------------------- states


def test_without_a_plan_it_says_what_to_do_first(money: Opened) -> None:
    said = words(money())
    assert "Über das Geld ist noch nichts bekannt." in said
    assert "tragen Sie zuerst seine Posten ein" in said
    assert not re.search(r"\d €", said)  # unknown is not zero


def test_the_example_adds_up_on_the_page(app: Opened) -> None:
    visitor = app("example", "measures", measures="money")
    said = words(visitor).replace("\N{NO-BREAK SPACE}", " ")
    amounts = re.search(r"Von (.+) € sind (.+) € bezahlt und (.+) € gebunden; es bleiben (.+?) €\.", said)
    assert amounts is not None
    planned, paid, committed, left = (Decimal(one.replace(".", "").replace(",", ".")) for one in amounts.groups()[:4])
    assert planned == paid + committed + left == Decimal("50000.00")
    lines = visitor.dataframe[0].value
    assert lines["category"].iloc[-1] == "Zusammen"
    assert [round(lines[name].iloc[:-1].sum(), 2) for name in ("planned_eur", "paid_eur", "committed_eur")] == [
        float(planned),
        float(paid),
        float(committed),
    ]
    measures = next(frame.value for frame in visitor.dataframe if "measure_words" in frame.value)
    assert round(measures["paid_eur"].iloc[:-1].sum(), 2) == float(paid)


def test_a_year_of_the_link_is_shown_and_said(app: Opened) -> None:
    visitor = app("example", "measures", measures="money", year="2027")
    assert "für 2027 sind" in words(visitor)
    assert set(visitor.dataframe[0].value["year"]) == {"2027", ""}
    assert "1999" in words(app("example", "measures", measures="money", year="1999"))  # what the link names in vain


def test_a_past_day_has_the_money_of_then(app: Opened) -> None:
    """data/example/budget_entry.csv: paid until then 1.240,50 + 1.386,00 + 412,35."""
    visitor = app("example", "measures", measures="money", on="2026-09-30")
    said = words(visitor).replace("\N{NO-BREAK SPACE}", " ")
    assert "sind 3.038,85 € bezahlt und 0,00 € gebunden; es bleiben 46.961,15 €." in said
    entries = app("example", "measures", measures="money", money="entries", on="2026-09-30")
    assert SAID["money.book_now"] not in {button.label for button in entries.button}  # the past is only read


def test_a_number_leads_to_its_entries(app: Opened) -> None:
    """The entries of a line, of a measure, and of none sum to the figure of the summary."""
    sums = app("example", "measures", measures="money")
    lines = sums.dataframe[0].value
    line = lines[(lines["category"] == "Sachkosten und Räume") & (lines["year"] == "2026")].iloc[0]
    found = app("example", "measures", measures="money", money="entries", category="Sachkosten und Räume", year="2026")
    entries = found.dataframe[0].value
    assert round(entries.loc[entries["state_word"] == "bezahlt", "amount_eur"].sum(), 2) == line["paid_eur"] == 561.25
    measures = next(frame.value for frame in sums.dataframe if "measure_words" in frame.value)
    for key, name in (("ma2", "M-02 · Lerngruppe in Alten"), ("none", "ohne Maßnahme")):
        entries = app("example", "measures", measures="money", money="entries", of=key).dataframe[0].value
        together = measures.loc[measures["measure_words"] == name, "together_eur"].iloc[0]
        assert round(entries["amount_eur"].sum(), 2) == together


def test_a_measure_says_its_money(app: Opened) -> None:
    """data/example/budget_entry.csv: 148,90 paid and 960,00 committed for the second, nothing for the fourth."""
    said = words(app("example", "measures", id="ma2")).replace("\N{NO-BREAK SPACE}", " ")
    assert "148,90 € bezahlt, 960,00 € gebunden, 0,00 € vorgesehen; zusammen 1.108,90 €" in said
    assert "unbekannt; es ist nichts gebucht" in words(app("example", "measures", id="ma4"))


@pytest.mark.parametrize("view", ["summary", "entries", "plan", "report"])
def test_hostile_texts_stay_texts(money: Opened, behind: Behind, view: str) -> None:
    visitor = money("hostile")
    with behind().change(ADA, Action.SET_UP) as change:
        rows = [line(f"l{n}", text, 2026, "10.00", sort=n) for n, text in enumerate(hostile.MEAN)]
        change.insert("budget_line", rows)
        booked = {"booked_on": "2026-05-05", "direction": "expense", "state": "paid", "amount_eur": "12.00"}
        for n, text in enumerate(hostile.MEAN):
            entry = {"budget_entry_id": f"e{n}", "budget_line_id": f"l{n}", "reason": text, "receipt_number": text}
            change.insert("budget_entry", [{**entry, **booked}])
    visitor = money("hostile", money=view, entry="e1", line="l2")
    assert not visitor.exception
    for element in (*visitor.markdown, *visitor.caption, *visitor.warning, *visitor.success):
        for sign in hostile.LIVE:
            assert not re.search(rf"(?<!\\){re.escape(sign)}", element.value), element.value


@pytest.mark.parametrize("language", ["de", "en"])
def test_one_line_and_one_entry(money: Opened, behind: Behind, language: str) -> None:
    money()
    plan(behind, LINE)
    entry = budget.Entry(
        "sachmittel-2026", Decimal("310.05"), "paid", date(2026, 5, 4), "Faltblatt", receipt_number="B-1"
    )
    budget.book(behind(), entry, ADA, "e1")
    for view in ("summary", "entries", "plan", "report"):
        said = words(money(money=view, lang=language)).replace("\N{NO-BREAK SPACE}", " ")
        assert ("10,05 € mehr als geplant" if language == "de" else "€10.05 more than planned") in said
        assert ("Sachmittel 2026 um 10,05 €" if language == "de" else "Sachmittel 2026 by €10.05") in said


def test_who_may_not_book_sees_no_form(money: Opened, behind: Behind, monkeypatch: pytest.MonkeyPatch) -> None:
    from esdash.inventory.access import ALLOWED, Role

    money()
    plan(behind, LINE)
    rights = frozenset(Action) - {Action.BOOK_MONEY, Action.PLAN_BUDGET}
    monkeypatch.setitem(ALLOWED, Role.OFFICE, rights)
    for view in ("entries", "plan"):
        visitor = money(money=view)
        labels = {button.label for button in visitor.button}
        assert not labels & {SAID["money.book_now"], SAID["money.line_save"], SAID["money.table_read"]}


# ---------------------------------------------------------------- the plan


def test_the_first_line_and_the_first_entry(money: Opened, behind: Behind) -> None:
    visitor = money()
    field(visitor, "text_input", "money_category_").set_value("Sachmittel")
    field(visitor, "text_input", "money_planned_").set_value("1.200,50")
    field(visitor, "text_input", "money_programme_").set_value("Engagiert")
    press(visitor, "line_save")
    assert "Der Posten „Sachmittel 2026“ steht mit 1.200,50 € im Plan." in words(visitor).replace(
        "\N{NO-BREAK SPACE}", " "
    )
    assert field(visitor, "text_input", "money_category_").value == ""  # the next line is entered at the same place
    field(visitor, "button_group", "money.money").set_value("entries").run()
    field(visitor, "selectbox", "money_line_").set_value("sachmittel-2026")
    field(visitor, "text_input", "money_amount_").set_value("20,35")
    field(visitor, "text_input", "money_reason_").set_value("Faltblatt")
    press(visitor, "book_now")
    said = words(visitor)
    assert "eine Organisation oder eine Belegnummer; beides fehlt" in said  # paid is what the form proposes
    assert field(visitor, "text_input", "money_reason_").value == "Faltblatt"  # nothing typed is lost
    field(visitor, "text_input", "money_receipt_").set_value("B-1")
    press(visitor, "book_now")
    assert "20,35 € sind auf „Sachmittel 2026“ gebucht." in words(visitor).replace("\N{NO-BREAK SPACE}", " ")
    assert "sind 20,35 € bezahlt und 0,00 € gebunden; es bleiben 1.180,15 €." in words(visitor).replace(
        "\N{NO-BREAK SPACE}", " "
    )
    assert behind().value("SELECT amount_eur FROM budget_entry") == Decimal("20.35")
    assert field(visitor, "text_input", "money_reason_").value == ""  # an empty form for the next


@pytest.mark.parametrize(
    ("amount", "why"),
    [
        ("", "Der Betrag fehlt."),
        ("-5", "Ein Betrag hat kein Minuszeichen."),
        ("1e9", "Das lässt sich nicht als Betrag lesen."),
        ("1,200", "Der Betrag ist kleiner als auf den Cent angegeben."),
        ("0", "Über 0 Euro lässt sich nichts buchen."),
        ("99999999999", "Der Betrag ist zu groß."),
    ],
)
def test_an_amount_that_is_none_is_refused_with_a_sentence(
    money: Opened, behind: Behind, amount: str, why: str
) -> None:
    money()
    plan(behind, LINE)
    visitor = money(money="entries")
    field(visitor, "selectbox", "money_line_").set_value("sachmittel-2026")
    field(visitor, "text_input", "money_amount_").set_value(amount)
    field(visitor, "text_input", "money_reason_").set_value("Faltblatt")
    field(visitor, "text_input", "money_receipt_").set_value("B-1")
    press(visitor, "book_now")
    assert why in words(visitor)
    assert behind().value("SELECT count(*) FROM budget_entry") == 0


def test_a_table_is_previewed_and_taken_over(money: Opened, behind: Behind) -> None:
    visitor = money()
    visitor.text_input(key="money_table_programme").set_value("Engagiert")
    visitor.text_area(key="money_table_words").set_value("Kategorie;2026;2027\nMiete;-5;1\n")
    press(visitor, "table_read")
    assert "Zeile 2, Spalte „2026“, „-5“: Ein Betrag hat kein Minuszeichen." in words(visitor)
    visitor.text_area(key="money_table_words").set_value("Kategorie;2026;2027\nMiete;1.200,50;1\nPorto;–;0,55\n")
    press(visitor, "table_read")
    assert "Gelesen: 3 Posten. Ausgaben zusammen 1.202,05 €." in words(visitor).replace("\N{NO-BREAK SPACE}", " ")
    assert behind().value("SELECT count(*) FROM budget_line") == 0
    press(visitor, "table_take_now")
    assert "3 Posten sind neu oder geändert." in words(visitor)
    assert behind().value("SELECT sum(planned_eur) FROM budget_line") == Decimal("1202.05")
    assert visitor.text_area(key="money_table_words").value == ""
    assert field(visitor, "text_input", "money_programme_").value == "Engagiert"


def test_a_line_is_changed_and_dropped_with_a_reason(money: Opened, behind: Behind) -> None:
    money()
    plan(behind, LINE)
    visitor = money(money="plan", line="sachmittel-2026")
    visitor.text_input(key="money_planned_sachmittel-2026_1").set_value("450")
    press(visitor, "line_change")
    assert "Diese Änderung braucht einen Grund." in words(visitor)
    visitor.text_input(key="money_why_sachmittel-2026_1").set_value("Änderungsbescheid")
    press(visitor, "line_change")
    assert behind().value("SELECT planned_eur FROM budget_line") == Decimal("450.00")
    visitor.text_input(key="money_why_sachmittel-2026_2").set_value("doppelt")
    press(visitor, "line_drop")
    assert behind().value("SELECT count(*) FROM budget_line") == 0
    assert "Über das Geld ist noch nichts bekannt." in words(visitor)


# ---------------------------------------------------------------- an entry and its way


@pytest.fixture
def booked(money: Opened, behind: Behind) -> AppTest:
    """An entry that is planned, opened by a link."""
    money()
    plan(behind, LINE)
    budget.book(
        behind(), budget.Entry("sachmittel-2026", Decimal("20.35"), "planned", date(2026, 5, 4), "Faltblatt"), ADA, "e1"
    )
    return money(money="entries", entry="e1")


def test_an_entry_moves_on(booked: AppTest, behind: Behind) -> None:
    field(booked, "text_input", "money_receipt_e1_1_paid").set_value("B-7")
    button = next(b for b in booked.button if str(b.key or "").startswith("FormSubmitter:money_advance_e1_1_paid"))
    button.click().run()
    assert "20,35 € auf „Sachmittel 2026“ sind jetzt bezahlt oder eingegangen." in words(booked).replace(
        "\N{NO-BREAK SPACE}", " "
    )
    assert behind().value("SELECT receipt_number FROM budget_entry WHERE state = 'paid'") == "B-7"
    assert "Stand: vorgesehen, jetzt bezahlt oder eingegangen" in words(booked)  # its way


def test_an_entry_is_corrected_and_cancelled_with_a_reason(booked: AppTest, behind: Behind) -> None:
    booked.text_input(key="money_amount_e1_1").set_value("999,99")
    booked.text_input(key="money_why_e1_1").set_value("Zahlendreher")
    press(booked, "correct_now")
    assert "Die Buchung ist berichtigt: 999,99 € auf „Sachmittel 2026“." in words(booked).replace(
        "\N{NO-BREAK SPACE}", " "
    )
    assert "Grund: Zahlendreher" in words(booked)
    press(booked, "cancel_now")
    assert "Diese Änderung braucht einen Grund." in words(booked)
    booked.text_input(key="money_why_e1_2_cancel").set_value("doppelt")
    press(booked, "cancel_now")
    assert "Storniert am 22.11.2026: doppelt" in words(booked)
    assert behind().value("SELECT cancelled_reason FROM budget_entry") == "doppelt"
    assert SAID["money.cancel_now"] not in {button.label for button in booked.button}


def test_what_somebody_else_did_meanwhile_is_not_lost(booked: AppTest, behind: Behind) -> None:
    budget.advance(behind(), "e1", 1, "committed", date(2026, 5, 5), BEN)
    booked.text_input(key="money_amount_e1_1").set_value("5")
    booked.text_input(key="money_why_e1_1").set_value("Zahlendreher")
    press(booked, "correct_now")
    assert "Jemand hat das inzwischen geändert" in words(booked)
    assert behind().value("SELECT amount_eur FROM budget_entry WHERE state = 'committed'") == Decimal("20.35")


# ---------------------------------------------------------------- the report


def test_the_draft_is_looked_at_and_names_no_person(money: Opened, behind: Behind) -> None:
    money()
    plan(behind, LINE)
    visitor = money(money="report")
    assert "Sachbericht 2026" in words(visitor)
    assert {button.label for button in visitor.get("download_button")} >= {
        SAID["money.report_pdf"],
        SAID["money.report_text"],
    }
    with behind().change(ADA, Action.SET_UP) as change:
        change.insert("organization", [{"organization_id": "club", "name": "Verein Brücke"}])
        person = {"contact_id": "p", "organization_id": "club", "role": "Leitung", "name": "Frauke Petersen"}
        change.insert("contact", [{**person, "consent_scope": "internal"}])
        measure = {"measure_id": "m", "number": "M-1", "title": "Lesekreis", "state": "dropped", "due_on": "2026-10-01"}
        change.insert("measure", [{**measure, "closing_note": "Frauke Petersen hört auf"}])
    visitor = money(money="report")
    assert "Frauke Petersen" in words(visitor)  # the message names the words, so that they can be changed
    assert not visitor.get("download_button")
