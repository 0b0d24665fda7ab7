"""Search and facets of the page Initiativen, against the same rules in plain Python over the raw tables.

Search: every word of the query is a part of a word of the record, or a word of it with a typing error (one letter
from four letters on, two from eight on). Facets: options of one facet are alternatives, facets must all hold;
the count of an option is the number of rows after choosing it alone in its facet. 'unknown' is what nobody knows.
"""

import random
import re
import unicodedata
from datetime import date
from typing import Any

import pytest

from esdash.analysis.records import search
from esdash.inventory import Inventory
from tests.analysis.entries import Row, enter, offer, online

# ---------------------------------------------------------------- search, by hand


def found(inventory: Inventory, query: str) -> list[str]:
    return sorted(search.initiatives(inventory, query)["initiative_id"])


@pytest.fixture
def offers(town: Inventory) -> Inventory:
    enter(
        town,
        offer("a", name="Sprachcafé Straße"),
        offer("b", name="Müttergrüße", target_group_ids=["women"], language_ids=["fa"]),
        offer("c", name="Lernhilfe", theme_ids=["homework"], location_id="centre_02", description="Ruhe & Tee"),
        offer("d", name="Archiviert: Sprachcafé", status="archived"),
    )
    return town


@pytest.mark.parametrize(
    ("query", "ids"),
    [
        ("", "abc"),
        ("   ", "abc"),
        ("?", "abc"),  # nothing is left of it
        ("strasse", "a"),
        ("STRAßE", "a"),
        ("Strase", "a"),  # one letter missing
        ("muettergruesse", "b"),
        ("Müttergrüsse", "b"),
        ("Muttergruße", "b"),  # two letters of fourteen
        ("gruesse", "b"),  # part of a word
        ("sprachcafe", "a"),  # the archived one stays away
        ("cafe strasse", "a"),  # every word
        ("cafe tee", ""),
        ("Tee", "c"),
        ("Tex", ""),  # three letters: no typing error allowed
        ("homewrok", "c"),  # two letters swapped in the English name of the theme
        ("Nordvorstadt", "c"),  # district
        ("Frauen", "b"),  # target group
        ("Persisch", "b"),  # language
        ("Verein 1", "abc"),  # organisation
        ("Verein verein", "abc"),  # the same word twice asks once
        ("%", "abc"),
        ("xyzzy", ""),
        ("'; DROP TABLE initiative; --", ""),
    ],
)
def test_search(offers: Inventory, query: str, ids: str) -> None:
    assert found(offers, query) == list(ids)


@pytest.mark.parametrize(
    ("name", "query", "hit"),
    [
        ("Клуб «Родник»", "родник", True),
        ("Клуб «Родник»", "родниг", True),  # one letter, which has two bytes
        ("Клуб «Родник»", "радниг", False),  # two letters of six
        ("مركز الأمل", "الامل", True),
        ("مركز الأمل", "الامن", True),
        ("مركز الأمل", "العمن", False),
    ],
)
def test_a_typing_error_in_another_script(town: Inventory, name: str, query: str, hit: bool) -> None:
    enter(town, offer("a", name=name))
    assert found(town, query) == (["a"] if hit else [])


# ---------------------------------------------------------------- facets, by hand


def chosen(inventory: Inventory, **options: list[str]) -> list[str]:
    return sorted(search.initiatives(inventory, chosen=options)["initiative_id"])


@pytest.fixture
def faceted(town: Inventory) -> Inventory:
    monday = [{"weekday": 1, "begins": "10:00", "ends": "12:00"}]
    enter(
        town,
        offer("a", theme_ids=["german_courses"], language_ids=["de"], times=monday),
        offer("b", theme_ids=["homework"], target_group_ids=["children"], language_ids=["de", "fa"], times=[]),
        offer("c", theme_ids=["education"], location_id="centre_02", language_ids=[], organization_id="o2"),
        online("d", theme_ids=["counselling"], target_group_ids=None, district_ids=["03"]),
        online("e", theme_ids=None),
        offer("f", location_id=None, ended_on="2026-11-21"),
    )
    return town


@pytest.mark.parametrize(
    ("options", "ids"),
    [
        ({"theme": ["german_courses"]}, "af"),
        ({"theme": ["education"]}, "abcf"),  # the field holds its themes
        ({"theme": ["german_courses", "homework"]}, "abf"),  # one or the other
        ({"theme": ["unknown"]}, "e"),
        ({"theme": ["education"], "language": ["fa"]}, "b"),  # both
        ({"target_group": ["unknown"]}, "d"),
        ({"district": ["01"]}, "ab"),
        ({"district": ["03"]}, "d"),  # where it is, or what it serves
        ({"district": ["unknown"]}, "f"),  # e is online
        ({"language": ["unknown"]}, "def"),  # c: asked, and none
        ({"weekday": ["1"]}, "a"),
        ({"organization": ["o2"]}, "c"),
        ({"status": ["active"]}, "abcde"),
        ({"status": ["overdue"]}, "f"),  # still marked active, but it ended yesterday
        ({"status": ["ended"]}, ""),
        ({"freshness": ["never"]}, "abcdef"),
        ({"nonsense": ["x"]}, ""),
        ({"theme": []}, "abcdef"),
    ],
)
def test_facets(faceted: Inventory, options: dict[str, list[str]], ids: str) -> None:
    assert chosen(faceted, **options) == list(ids)


def test_no_fixed_times_are_known_times(faceted: Inventory) -> None:
    assert "b" not in chosen(faceted, weekday=["unknown"])
    assert chosen(faceted, weekday=["unknown"]) == list("cdef")


def test_counts_leave_out_the_choice_in_their_own_facet(faceted: Inventory) -> None:
    counts = search.facet_counts(faceted, chosen={"theme": ["homework"], "language": ["de"]})
    assert counts["theme"] == {"german_courses": 1, "homework": 1, "education": 2}  # of those in German
    assert counts["language"] == {"de": 1, "fa": 1}  # of those with homework help
    assert counts["district"] == {"01": 1}


# ---------------------------------------------------------------- the example, against plain Python


def fold(words: str) -> str:
    for letter, written in {"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"}.items():
        words = words.lower().replace(letter, written)
    plain = "".join(c for c in unicodedata.normalize("NFD", words) if not unicodedata.combining(c))
    return re.sub(r"[\W_]+", " ", plain).strip()


def edits(a: str, b: str) -> int:
    """Levenshtein distance."""
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        before, row[0] = row[0], i
        for j, y in enumerate(b, 1):
            before, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, before + (x != y))
    return row[-1]


def matches(words: set[str], query: str) -> bool:
    def alike(asked: str) -> bool:
        allowed = 2 if len(asked) >= 8 else 1 if len(asked) >= 4 else 0
        return any(asked in word for word in words) or any(
            abs(len(word) - len(asked)) <= allowed and edits(asked, word) <= allowed for word in words if allowed
        )

    return all(alike(asked) for asked in fold(query).split())


class Plain:
    """The example as dictionaries."""

    def __init__(self, inventory: Inventory) -> None:
        names = ("organization", "location", "district", "theme", "target_group", "language")
        self.tables = {n: {row[f"{n}_id"]: row for row in inventory.rows(f"FROM inventory.{n}")} for n in names}
        rows = inventory.rows("FROM inventory.initiative")
        self.offers = {row["initiative_id"]: row for row in rows if row["status"] != "archived"}
        self.today = inventory.today()
        self.found: dict[str, set[str]] = {}  # query → initiatives whose words match it
        self.words = {key: self.words_of(row) for key, row in self.offers.items()}
        self.options = {key: self.options_of(row) for key, row in self.offers.items()}

    def words_of(self, row: Row) -> set[str]:
        home = self.tables["location"].get(row["location_id"], {})
        organization = self.tables["organization"][row["organization_id"]]
        texts = [row["name"], row["description"], row["note"], row["source"], home.get("name"), home.get("street")]
        texts += [home.get("postcode"), self.tables["district"].get(home.get("district_id"), {}).get("name")]
        texts += [organization["name"], organization["short_name"]]
        for table in ("theme", "target_group", "language"):
            for key in row[f"{table}_ids"] or []:
                texts += [self.tables[table][key]["name_de"], self.tables[table][key]["name_en"]]
        return set(fold(" ".join(text for text in texts if text)).split())

    def options_of(self, row: Row) -> dict[str, set[str]]:
        home = self.tables["location"].get(row["location_id"], {}).get("district_id")
        themes = set(row["theme_ids"] or [])
        fields = {self.tables["theme"][theme]["parent_id"] for theme in themes} - {None}
        districts = ({home} - {None}) | set(row["district_ids"] or [])
        somewhere = districts or row["mode"] == "online"
        return {
            "theme": themes | fields or {"unknown"},
            "target_group": set(row["target_group_ids"] or []) or {"unknown"},
            "district": districts if somewhere else {"unknown"},
            "language": {"unknown"} if row["language_ids"] is None else set(row["language_ids"]),
            "weekday": {"unknown"} if row["times"] is None else {str(time["weekday"]) for time in row["times"]},
            "organization": {row["organization_id"], *(row["partner_ids"] or [])},
            "status": {"overdue" if self.overdue(row) else row["status"]},
            "freshness": {self.freshness(row["assured_on"])},
            "wanted": {{None: "unknown", 0: "no"}.get(row["volunteers_wanted"], "yes")},
            **{
                name: {{None: "unknown", True: "yes", False: "no"}[row[name]]}
                for name in ("without_commitment", "little_german", "childcare")
            },
        }

    def overdue(self, row: Row) -> bool:
        """Marked as running, but past its end."""
        return row["status"] == "active" and row["ended_on"] is not None and row["ended_on"] < self.today

    def freshness(self, assured: date | None) -> str:
        if assured is None:
            return "never"
        age = (self.today - assured).days
        return "fresh" if age <= 90 else "check" if age <= 365 else "stale"

    def matching(self, query: str) -> set[str]:
        if query not in self.found:
            self.found[query] = {key for key, words in self.words.items() if matches(words, query)}
        return self.found[query]

    def select(self, query: str, wanted: dict[str, list[str]]) -> set[str]:
        asked = [(facet, set(options)) for facet, options in wanted.items()]
        return {key for key in self.matching(query) if all(self.options[key][facet] & of for facet, of in asked)}

    def count(self, query: str, wanted: dict[str, list[str]], facet: str, option: str) -> int:
        return len(self.select(query, {**wanted, facet: [option]}))


QUERIES = (
    "",
    "",
    "",
    "deutsch",
    "kinder",
    "rosslau",
    "Roßlau cafe",
    "sprachkaffee",
    "beratng",
    "verein",
    "frauen nähen",
)


@pytest.fixture(scope="module")
def plain(example: Inventory) -> Plain:
    return Plain(example)


def combination(plain: Plain, number: int) -> tuple[str, dict[str, list[str]]]:
    chance = random.Random(number)
    wanted = {}
    for facet in chance.sample(search.FACETS, chance.choice([0, 1, 1, 2, 3])):
        there = sorted({option for options in plain.options.values() for option in options[facet]})
        wanted[facet] = chance.sample(there, min(len(there), chance.choice([1, 1, 2, 3])))
    return chance.choice(QUERIES), wanted


def test_fifty_combinations(example: Inventory, plain: Plain) -> None:
    sizes = []
    for number in range(50):
        query, wanted = combination(plain, number)
        told: Any = (query, wanted)
        rows = search.initiatives(example, query, wanted)["initiative_id"].tolist()
        assert set(rows) == plain.select(query, wanted), told
        assert len(rows) == len(set(rows)), told
        sizes.append(len(rows))
        counts = search.facet_counts(example, query, wanted)
        for facet in search.FACETS:
            there = {option for options in plain.options.values() for option in options[facet]}
            expected = {option: plain.count(query, wanted, facet, option) for option in there}
            assert counts[facet] == {option: n for option, n in expected.items() if n}, (facet, told)
    assert sum(0 < size < len(plain.offers) for size in sizes) >= 20  # the combinations say something


def test_a_count_is_what_choosing_it_shows(example: Inventory) -> None:
    wanted = {"theme": ["education"], "district": ["02"]}
    counts = search.facet_counts(example, "deutsch", wanted)
    options = [(facet, option, n) for facet, numbers in counts.items() for option, n in numbers.items()]
    assert len(options) > 20
    for facet, option, n in random.Random(1).sample(options, 20):
        assert len(search.initiatives(example, "deutsch", wanted | {facet: [option]})) == n, (facet, option)
