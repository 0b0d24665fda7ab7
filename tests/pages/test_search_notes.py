"""What stands below a search: a proposal that is one click away, the order of the list, words found in their parts."""

from __future__ import annotations

from collections.abc import Callable

from streamlit.testing.v1 import AppTest

from tests.pages.said import table, words

App = Callable[..., AppTest]


def proposals(visitor: AppTest) -> dict[str, AppTest]:
    return {button.label: button for button in visitor.button if " proposal " in str(button.key)}


def test_a_proposal_is_searched_by_a_click(app: App) -> None:
    visitor = app("example", "initiatives", q="sprachkaffee")
    assert "Meinten Sie:" in words(visitor)
    assert "Zu dieser Auswahl gibt es nichts." in words(visitor)
    visitor = proposals(visitor)["Sprachcafé"].click().run()
    assert visitor.text_input(key="initiatives.q").value == "Sprachcafé"
    shown = table(visitor, "name", "organization", "themes")["name"].tolist()
    assert {"Sprachcafé am Stadtpark", "Sprachcafé Wortwechsel"} == set(shown[:2])
    assert "Meinten Sie:" in words(visitor) if len(shown) < 3 else "Meinten Sie:" not in words(visitor)
    assert "Oben steht, was am besten zu „Sprachcafé“ passt" in words(visitor)


def test_nothing_is_said_without_a_search(app: App) -> None:
    said = words(app("example", "initiatives"))
    assert "Meinten Sie" not in said
    assert "Oben steht" not in said


def test_signs_alone(app: App) -> None:
    assert "„?!“ enthält keine; hier steht alles." in words(app("example", "initiatives", q="?!"))


def test_parts_of_a_compound_are_told(app: App) -> None:
    assert "sondern seine Teile" in words(app("example", "initiatives", q="Frauenschwimmen"))


def test_a_query_is_never_markup(app: App) -> None:
    """What somebody typed is quoted, and proposals are names: neither is read as Markdown."""
    visitor = app("example", "initiatives", q="**deutsch** [x](http://x.example)" + "y" * 500)
    assert not visitor.exception


def test_in_erfassen(app: App) -> None:
    visitor = app("example", "entry", table="organization", search="Kamille Gesundhaitslad")
    assert "Kamille Gesundheitsladen" in proposals(visitor)


def test_where_organisations_of_offers_are_listed(app: App) -> None:
    visitor = app("example", "initiatives", q="sprachkaffee", view="organizations")
    assert "Sprachcafé" in proposals(visitor)
    assert "Oben steht" not in words(app("example", "initiatives", q="deutsch", view="organizations"))


def test_dates_keep_their_order(app: App) -> None:
    assert "Oben steht" not in words(app("example", "entry", table="session", search="basis"))
    assert "Oben steht" in words(app("example", "entry", table="organization", search="muster"))
