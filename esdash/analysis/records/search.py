"""Choosing records by search and facets (search.sql, selection.sql)."""

from collections.abc import Mapping, Sequence
from itertools import product
from typing import Any, NamedTuple

import pandas as pd

from esdash.analysis.records import compounds
from esdash.inventory import Inventory
from esdash.inventory.cached import cached
from esdash.model import phones
from esdash.model.folding import plain_words, searched_words, unmarked
from esdash.model.kinds import BY_TABLE

DECLARED = tuple(field.name for field in BY_TABLE["initiative"].filters)
# In the order of the page; also the names in the URL.
FACETS = (
    *("theme", "target_group", "district", "language", "weekday", "organization", "status", "freshness", "wanted"),
    *DECLARED,
)

OF_CONTACT_POINTS = ("audience", "barrier_free")  # facets that no other kind of record has

MOST_WORDS = 12  # of a query; who pastes a whole text looks for its beginning
PROPOSE_BELOW = 3  # records found; from this number on people have enough to read
_PROPOSALS = 3  # at once; more are no answer
_PER_WORD = 4  # words like each word of the query that are tried
_FEW_WORDS = 3  # of a query; in a longer one each word is tried with the most alike only
_MOST_TRIED = 20  # queries that are tried for them

Chosen = Mapping[str, Sequence[str]]
Only = Sequence[str] | None


def asks(query: str) -> bool:
    """Whether anything is left of a query to look for: signs alone ask for nothing."""
    return bool(_words(query))


class Found(NamedTuple):
    """What a query finds among the records of a kind, archived ones too, the best first. Three lists of one length.

    fits: 0 is best. in_parts: whether a word of the query is there only in its parts ("Sprach", "Kurs").
    """

    ids: list[str]
    fits: list[int]
    in_parts: list[bool]


def matching(inventory: Inventory, table: str, query: str) -> Found | None:
    """The records of a table that hold every word of a query; None if it asks for nothing.

    A word may stand in another one, have a typing error, be parted by a hyphen or a blank, or be a compound whose
    parts stand in names and themes. A phone number is found in any spelling.
    """
    words = _words(query)
    if not words:
        return None
    phone = phones.sought(query)
    frame = inventory.frame(
        "FROM record_matching($table, $words, $ways, $phone_words, $dialled, $whole)",
        table=table,
        words=words,
        ways=_ways(inventory, table, words),
        phone_words=_words(phone.written) if phone else [],
        dialled=phone.digits if phone else "",
        whole=plain_words(query).replace(" ", ""),
    )
    return Found(frame["record_id"].tolist(), frame["fit"].astype(int).tolist(), frame["in_parts"].tolist())


def bound(inventory: Inventory, table: str, query: str) -> dict[str, list[Any] | None]:
    """What `matching` finds as the values $found and $fits of a question; None: everything."""
    found = matching(inventory, table, query)
    return {"found": found.ids if found else None, "fits": found.fits if found else None}


def initiatives(inventory: Inventory, query: str = "", chosen: Chosen | None = None) -> pd.DataFrame:
    """One row per initiative that a query finds and that has one chosen option of every chosen facet.

    What fits the query best comes first: names, then themes, then the rest; else the order of names.
    """
    asked = "FROM initiative_selected(CAST($found AS VARCHAR[]), CAST($fits AS BIGINT[]), $wanted)"
    return inventory.frame(asked, wanted=_wanted(chosen), **bound(inventory, "initiative", query))


def records(
    inventory: Inventory, table: str, query: str = "", chosen: Chosen | None = None, only: Only = None
) -> pd.DataFrame:
    """One row per record of a table that fits query and facets: as keeping.listed has it, with its place.

    `only`: the records among which it is looked for; None: all. The order is that of `initiatives`.
    """
    asked = (
        "FROM record_selected($table, CAST($found AS VARCHAR[]), CAST($fits AS BIGINT[]), $wanted, "
        "CAST($only AS VARCHAR[]))"
    )
    values = bound(inventory, table, query)
    return inventory.frame(asked, table=table, wanted=_wanted(chosen), only=_listed(only), **values)


def facet_counts(
    inventory: Inventory,
    query: str = "",
    chosen: Chosen | None = None,
    table: str = "initiative",
    only: Only = None,
) -> dict[str, dict[str, int]]:
    """Facet → option → number of records of a table that it would show, given the choices in the other facets.

    `only`: the records among which it is counted; None: all.
    """
    return _counts(inventory, table, query, _wanted(chosen), _listed(only))


@cached
def _counts(
    inventory: Inventory, table: str, query: str, wanted: list[str], only: list[str] | None
) -> dict[str, dict[str, int]]:
    counts: dict[str, dict[str, int]] = {facet: {} for facet in (*FACETS, *OF_CONTACT_POINTS)}
    asked = "FROM facet_counts($table, CAST($found AS VARCHAR[]), $wanted, CAST($only AS VARCHAR[]))"
    found = bound(inventory, table, query)["found"]
    frame = inventory.frame(asked, table=table, found=found, wanted=wanted, only=only)
    for facet, option, number in frame.itertuples(index=False):
        counts[facet][option] = number
    return counts


def as_sql() -> str:
    """The view declared_option: one row per initiative and field that its kind declares a filter: yes, no, unknown."""
    options = ["SELECT NULL AS initiative_id, NULL AS facet, NULL AS option WHERE false"]
    options += [
        f"SELECT initiative_id, '{name}', CASE WHEN {name} THEN 'yes' WHEN NOT {name} THEN 'no' ELSE 'unknown' END "
        "FROM initiative WHERE status <> 'archived'"
        for name in DECLARED
    ]
    return f"CREATE VIEW declared_option AS {' UNION ALL '.join(options)};"


def _listed(only: Only) -> list[str] | None:
    return None if only is None else sorted(only)


def _wanted(chosen: Chosen | None) -> list[str]:
    return [f"{facet}={option}" for facet, options in sorted((chosen or {}).items()) for option in sorted(options)]


def _words(query: str) -> list[str]:
    """The different words of a query as search.sql has them, at most MOST_WORDS."""
    return list(dict.fromkeys(searched_words(query).split()))[:MOST_WORDS]


def _ways(inventory: Inventory, table: str, words: list[str]) -> list[str]:
    """How the words may be parted, each as "word part part", the parts unmarked."""
    known = _stems(inventory, table)
    return [" ".join((word, *way)) for word in words for way in compounds.ways(unmarked(word), known)]


@cached
def _stems(inventory: Inventory, table: str) -> frozenset[str]:
    """What may be a part of a compound: words of names, themes and fields of action of the records of a kind."""
    frame = inventory.frame("SELECT word FROM search_known WHERE table_name = $table AND naming", table=table)
    return compounds.stems(map(unmarked, frame["word"]))


@cached
def proposals(inventory: Inventory, table: str, query: str) -> tuple[str, ...]:
    """At most three queries that find more than this one, if it finds fewer than PROPOSE_BELOW: "Meinten Sie …?".

    Made from words of names, themes, organisations and places, the most alike first; where no word is like them, the
    query without one of its words.
    """
    words, found = _words(query), matching(inventory, table, query)
    if found is None or len(found.ids) >= PROPOSE_BELOW:
        return ()
    most = _PER_WORD if len(words) <= _FEW_WORDS else 1
    frame = inventory.frame("FROM word_alike($table, $words, $most)", table=table, words=words, most=most)
    alike = {word: [(word, 0)] for word in words}
    for asked, word, differs in frame.itertuples(index=False):
        alike[asked].append((word, int(differs)))
    tried = sorted(product(*alike.values()), key=lambda one: sum(differs for _, differs in one))[1:_MOST_TRIED]
    shorter = [[word for word in words if word != left_out] for left_out in words] if not found.ids else []
    better: dict[frozenset[str], list[str]] = {}
    for one in ([word for word, _ in way] for way in tried):
        ids = (matching(inventory, table, " ".join(one)) or found).ids
        if len(ids) > len(found.ids) and len(better) < _PROPOSALS:
            better.setdefault(frozenset(ids), one)
    for one in shorter if not better else []:
        if one and (matching(inventory, table, " ".join(one)) or found).ids and len(better) < _PROPOSALS:
            better[frozenset(one)] = one
    return tuple(_written(inventory, table, query, list(better.values())))


def _written(inventory: Inventory, table: str, query: str, folded: list[list[str]]) -> list[str]:
    """Folded words as people write them: words of the query as they stand there, others as most names have them."""
    wanted = sorted({word for words in folded for word in words})
    frame = inventory.frame("FROM word_written($table, $wanted)", table=table, wanted=wanted)
    spelt = dict(zip(frame["word"], frame["written"], strict=True))
    spelt |= {searched_words(word): word for word in query.split()}
    return [" ".join(spelt.get(word, word) for word in words) for words in folded]
