"""What the page Initiativen shows for a link, against plain SQL on the tables of the file."""

from __future__ import annotations

import random
import re
import unicodedata
from collections.abc import Callable
from functools import cache
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from esdash.analysis.records.search import DECLARED, FACETS
from tests.conftest import NOW
from tests.pages.said import plain, table, texts, words

Chosen = dict[str, list[str]]

# Facet → options → condition on a row of inventory.initiative; $x is bound to the chosen options.
CONDITIONS = {
    "theme": """list_has_any(theme_ids, (SELECT list(theme_id) FROM inventory.theme
        WHERE theme_id IN $x OR parent_id IN $x)) OR ('unknown' IN $x AND len(coalesce(theme_ids, [])) = 0)""",
    "target_group": """list_has_any(target_group_ids, $x)
        OR ('unknown' IN $x AND len(coalesce(target_group_ids, [])) = 0)""",
    "district": """location_id IN (SELECT location_id FROM inventory.location WHERE district_id IN $x)
        OR list_has_any(district_ids, $x)
        OR ('unknown' IN $x AND mode IS DISTINCT FROM 'online' AND len(coalesce(district_ids, [])) = 0
            AND (location_id IS NULL
                OR location_id IN (SELECT location_id FROM inventory.location WHERE district_id IS NULL)))""",
    "language": "list_has_any(language_ids, $x) OR ('unknown' IN $x AND language_ids IS NULL)",
    "weekday": """list_has_any([CAST(t.weekday AS VARCHAR) FOR t IN times], $x)
        OR ('unknown' IN $x AND times IS NULL)""",
    "organization": "organization_id IN $x OR list_has_any(partner_ids, $x)",
    "status": "CASE WHEN status = 'active' AND ended_on < $today THEN 'overdue' ELSE status END IN $x",
    "freshness": """CASE WHEN assured_on IS NULL THEN 'never'
        WHEN date_diff('day', assured_on, $today) <= 90 THEN 'fresh'
        WHEN date_diff('day', assured_on, $today) <= 365 THEN 'check' ELSE 'stale' END IN $x""",
    "wanted": """CASE WHEN volunteers_wanted > 0 THEN 'yes' WHEN volunteers_wanted = 0 THEN 'no'
        ELSE 'unknown' END IN $x""",
    **{name: f"CASE {name} WHEN true THEN 'yes' WHEN false THEN 'no' ELSE 'unknown' END IN $x" for name in DECLARED},
}

OPTIONS = {
    "theme": "SELECT theme_id FROM inventory.theme",
    "target_group": "SELECT target_group_id FROM inventory.target_group",
    "district": "SELECT DISTINCT district_id FROM inventory.location WHERE district_id IS NOT NULL",
    "language": "SELECT DISTINCT unnest(language_ids) FROM inventory.initiative",
    "organization": "SELECT DISTINCT organization_id FROM inventory.initiative",
}
NAMED = {
    "theme": "SELECT theme_id, name_de FROM inventory.theme",
    "target_group": "SELECT target_group_id, name_de FROM inventory.target_group",
    "language": "SELECT language_id, name_de FROM inventory.language",
    "district": "SELECT district_id, name FROM inventory.district",
    "organization": "SELECT organization_id, name FROM inventory.organization",
}
FIXED = {
    "weekday": ["1", "2", "3", "4", "5", "6", "unknown"],
    "status": ["planned", "active", "paused", "ended", "overdue"],
    "freshness": ["fresh", "check", "stale", "never"],
    "wanted": ["yes", "no", "unknown"],
    **{name: ["yes", "no", "unknown"] for name in DECLARED},
}
STATUS = {
    **{"planned": "geplant", "active": "aktiv", "paused": "pausiert", "ended": "beendet"},
    "overdue": "aktiv, aber Ende überschritten",
}
WITH_UNKNOWN = {"theme", "target_group", "district", "language"}
# A word as somebody types it: part of a word, other spelling, with a typing error, two words, nothing like it.
QUERIES = (
    "deutsch",
    "Café",
    "cafe",
    "Nachhlfe",
    "spra",
    "frauen zoberberg",
    "MÜTTER",
    "Roßlau",
    "rosslau",
    "xyzzy",
    " ",
)


def by_hand(raw: Callable[..., list[tuple]], chosen: Chosen, query: str = "") -> set[str]:
    """Ids of the initiatives that a link should show."""
    some = "SELECT initiative_id FROM inventory.initiative WHERE "
    ids = {key for (key,) in raw("example", some + "status <> 'archived'")}
    for facet, options in chosen.items():
        values = {"x": options} | ({"today": NOW.date()} if "$today" in CONDITIONS[facet] else {})
        ids &= {key for (key,) in raw("example", some + CONDITIONS[facet], **values)}
    return {key for key in ids if found(folded(query), spoken(raw)[key])}


def found(query: str, vocabulary: frozenset[str]) -> bool:
    """Whether each word of the query is part of a word, or spelled nearly so: one error from 4 letters, two from 8."""
    return all(
        any(asked in word or differs(asked, word) <= (len(asked) >= 4) + (len(asked) >= 8) for word in vocabulary)
        for asked in query.split()
    )


def folded(text: str) -> str:
    for sign, written in (("ä", "ae"), ("ö", "oe"), ("ü", "ue"), ("ß", "ss")):
        text = text.lower().replace(sign, written)
    bare = "".join(sign for sign in unicodedata.normalize("NFKD", text) if not unicodedata.combining(sign))
    return re.sub("[^a-z0-9]+", " ", bare).strip()


@cache
def differs(a: str, b: str) -> int:
    """Letters to change, add or drop (Levenshtein)."""
    if abs(len(a) - len(b)) > 2:
        return 3
    line = list(range(len(b) + 1))
    for i, sign in enumerate(a, 1):
        previous, line[0] = line[0], i
        for j, other in enumerate(b, 1):
            previous, line[j] = line[j], min(line[j] + 1, line[j - 1] + 1, previous + (sign != other))
    return line[-1]


_SPOKEN: dict[str, frozenset[str]] = {}


def spoken(raw: Callable[..., list[tuple]]) -> dict[str, frozenset[str]]:
    """Initiative → all words that the search looks at, in both languages."""
    if not _SPOKEN:
        rows = raw(
            "example",
            """SELECT initiative_id, concat_ws(' ', i.name, i.description, o.name, o.short_name,
                l.name, l.street, l.postcode, d.name, i.note, i.source,
                (SELECT string_agg(name_de || ' ' || name_en, ' ') FROM inventory.theme WHERE theme_id IN i.theme_ids),
                (SELECT string_agg(name_de || ' ' || name_en, ' ') FROM inventory.target_group
                    WHERE target_group_id IN i.target_group_ids),
                (SELECT string_agg(name_de || ' ' || name_en, ' ') FROM inventory.language
                    WHERE language_id IN i.language_ids))
            FROM inventory.initiative AS i JOIN inventory.organization AS o USING (organization_id)
            LEFT JOIN inventory.location AS l USING (location_id)
            LEFT JOIN inventory.district AS d ON d.district_id = l.district_id""",
        )
        _SPOKEN.update({key: frozenset(folded(text).split()) for key, text in rows})
    return _SPOKEN


def combinations(number: int = 50, seed: int = 20261122) -> list[tuple[int, int]]:
    """(number, seed) of each random choice; the options come from the file."""
    return [(n, seed + n) for n in range(number)]


def draw(raw: Callable[..., list[tuple]], seed: int) -> tuple[Chosen, str]:
    """One to three facets with one to three options each, sometimes with a search."""
    dice = random.Random(seed)
    chosen: Chosen = {}
    for facet in dice.sample(FACETS, dice.choice([1, 1, 2, 2, 3])):
        options = FIXED.get(facet) or sorted(row[0] for row in raw("example", OPTIONS[facet]))
        options = options + ["unknown"] * (facet in WITH_UNKNOWN)
        chosen[facet] = dice.sample(options, min(len(options), dice.choice([1, 1, 2, 3])))
    return chosen, dice.choice(QUERIES) if dice.random() < 0.4 else ""


def shown(visitor: AppTest, raw: Callable[..., list[tuple]]) -> set[str]:
    """Ids of the initiatives in the table; name and organisation tell them apart."""
    rows = raw(
        "example",
        "SELECT i.name, o.name, initiative_id FROM inventory.initiative AS i "
        "JOIN inventory.organization AS o USING (organization_id)",
    )
    key_of = {(name, organization): key for name, organization, key in rows}
    assert len(key_of) == len(rows)
    frame = table(visitor, "name", "organization", "themes")
    if frame is None:
        return set()
    keys = [key_of[pair] for pair in zip(frame["name"], frame["organization"], strict=True)]
    assert len(keys) == len(set(keys))
    return set(keys)


def in_url(visitor: AppTest) -> Chosen:
    given = {name: value for name, value in visitor.query_params.items() if name in FACETS}
    return {name: [value] if isinstance(value, str) else value for name, value in given.items()}


@pytest.mark.parametrize(("number", "seed"), combinations())
def test_a_link_shows_what_plain_sql_finds(
    app: Callable[..., AppTest], raw: Callable[..., list[tuple]], number: int, seed: int
) -> None:
    chosen, query = draw(raw, seed)
    link: dict[str, Any] = chosen | ({"q": query} if query else {})
    visitor = app("example", "initiatives", **link)
    assert not visitor.exception
    # An option that no record has is none: told and dropped.
    offered = {facet: [o for o in options if by_hand(raw, {facet: [o]})] for facet, options in chosen.items()}
    assert bool(visitor.warning) == (offered != chosen)
    chosen = {facet: options for facet, options in offered.items() if options}
    expected = by_hand(raw, chosen, query)
    assert shown(visitor, raw) == expected
    assert f"{len(expected)} Angebot" in words(visitor)  # the sentence
    assert {name: set(values) for name, values in in_url(visitor).items()} == {
        name: set(values) for name, values in chosen.items()
    }
    # Options of each facet say how many they would show beside what is chosen in the others.
    facet = random.Random(seed).choice(FACETS)
    widget = visitor.get_by_key(f"initiatives.{facet}")
    beside = {name: values for name, values in chosen.items() if name != facet}
    for option, label in zip(option_ids(visitor, raw, facet), widget.options, strict=True):
        assert f"({len(by_hand(raw, beside | {facet: [option]}, query))})" in label, (facet, option)


def option_ids(visitor: AppTest, raw: Callable[..., list[tuple]], facet: str) -> list[str]:
    """Ids behind the labels of a facet, by the names that the file and the texts give them."""
    named = {"unbekannt": "unknown"}
    if facet in NAMED:
        named |= {name: key for key, name in raw("example", NAMED[facet])}
    else:
        keys = {*FIXED[facet], "7"} if facet == "weekday" else {*FIXED[facet]}
        family = "word" if facet in DECLARED else facet
        words_of = STATUS if facet == "status" else {key: texts("de")[f"{family}.{key}"] for key in keys - {"unknown"}}
        named |= {word: key for key, word in words_of.items()}
    return [
        named[re.sub(r" \(\d+\)$", "", label).strip()] for label in visitor.get_by_key(f"initiatives.{facet}").options
    ]


def test_the_draw_is_worth_it(raw: Callable[..., list[tuple]]) -> None:
    sizes = [len(by_hand(raw, *draw(raw, seed))) for _, seed in combinations()]
    assert sum(size > 0 for size in sizes) >= 25
    assert sum(1 < size < 60 for size in sizes) >= 15
    assert {facet for _, seed in combinations() for facet in draw(raw, seed)[0]} == set(FACETS)


def test_choosing_one_after_another(app: Callable[..., AppTest], raw: Callable[..., list[tuple]]) -> None:
    visitor = app("example", "initiatives")
    everything = shown(visitor, raw)
    visitor.get_by_key("initiatives.status").set_value(["active"]).run()
    visitor.get_by_key("initiatives.theme").set_value(["education"]).run()
    visitor.get_by_key("initiatives.target_group").set_value(["women", "children"]).run()
    visitor.get_by_key("initiatives.q").set_value("deutsch").run()
    chosen = {"status": ["active"], "theme": ["education"], "target_group": ["women", "children"]}
    assert in_url(visitor) == chosen
    assert shown(visitor, raw) == by_hand(raw, chosen, "deutsch") < everything
    next(button for button in visitor.button if button.label == "Alle Filter zurücksetzen").click().run()
    assert in_url(visitor) == {} and "q" not in visitor.query_params
    assert shown(visitor, raw) == everything


def test_what_a_link_names_and_nobody_knows_is_told_and_dropped(
    app: Callable[..., AppTest], raw: Callable[..., list[tuple]]
) -> None:
    visitor = app(
        "example", "initiatives", theme=["german_courses", "alchemy"], status="active", view="globe", weekday="8"
    )
    assert not visitor.exception
    assert len(visitor.warning) == 1
    for value in ("alchemy", "globe", "8"):
        assert value in visitor.warning[0].value
    assert "german_courses" not in visitor.warning[0].value
    chosen = {"theme": ["german_courses"], "status": ["active"]}
    assert in_url(visitor) == chosen
    assert "view" not in visitor.query_params
    assert shown(visitor, raw) == by_hand(raw, chosen)
    assert not visitor.run().warning  # told once


@pytest.mark.parametrize(
    "value", ["![x](https://remote.test/x.png)", "{0.__class__}", "a" * 3000, "'; DROP TABLE initiative; --"]
)
def test_a_hostile_link_is_only_words(app: Callable[..., AppTest], value: str) -> None:
    visitor = app("example", "initiatives", theme=value, q=value)
    assert not visitor.exception
    assert "](https" not in visitor.warning[0].value
    assert len(visitor.warning[0].value) < 300


def test_the_language_stays(app: Callable[..., AppTest]) -> None:
    visitor = app("example", "initiatives", lang="en", status="active")
    assert visitor.query_params["lang"] == "en"
    visitor.get_by_key("initiatives.wanted").set_value(["yes"]).run()
    assert visitor.query_params["lang"] == "en"
    visitor.switch_page("pages/gaps.py")
    visitor.query_params.clear()  # what the navigation of Streamlit does
    visitor.run()
    assert visitor.title[0].value == "Where are offers missing?"
    assert visitor.query_params["lang"] == "en"
    visitor.get_by_key("visit.lang").set_value("de").run()
    assert visitor.title[0].value == "Wo fehlen Angebote?"
    assert "lang" not in visitor.query_params


@pytest.mark.parametrize("language", ["fr", "", "DE", "<script>"])
def test_a_language_that_is_none_is_german(app: Callable[..., AppTest], language: str) -> None:
    visitor = app("example", lang=language)
    assert not visitor.exception
    assert visitor.title[0].value == "Wo stehen wir?"


def test_an_id_opens_the_detail(app: Callable[..., AppTest], raw: Callable[..., list[tuple]]) -> None:
    key, name, capacity = raw(
        "example",
        "SELECT initiative_id, name, capacity FROM inventory.initiative WHERE capacity > 0 ORDER BY 1",
    )[0]
    visitor = app("example", "initiatives", id=key, status="active")
    assert plain(visitor.title[0].value) == name
    assert str(capacity) in [text.value for text in visitor.text]
    assert table(visitor, "name", "organization", "themes") is None
    visitor.button[0].click().run()  # back to the list
    assert visitor.title[0].value == "Wer macht was, für wen, wo und wann?"
    assert "id" not in visitor.query_params
    assert in_url(visitor) == {"status": ["active"]}


@pytest.mark.parametrize("key", ["i999", "![x](https://remote.test/x.png)", "' OR 1=1 --", "{x}"])
def test_an_unknown_id_gets_a_message(app: Callable[..., AppTest], key: str) -> None:
    visitor = app("example", "initiatives", id=key)
    assert not visitor.exception
    assert visitor.title[0].value == "Unbekanntes Angebot"
    assert "gibt es nicht" in visitor.warning[0].value
    visitor.button[0].click().run()
    assert len(table(visitor, "name", "organization", "themes")) > 100
