"""Organisations and their ties in words: cells of the matrix, spans, figures of the network."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, NamedTuple

import pandas as pd

from esdash.analysis.actors import organizations, programme, sectors, ties
from esdash.analysis.actors.programme import Network
from esdash.inventory import Inventory
from esdash.inventory.cached import cached
from esdash.texts import Text, is_missing
from esdash.wording.columns import Column, headed
from esdash.wording.escaping import bold, hover
from esdash.wording.listing import items
from esdash.wording.names import Names, names_of

MOST_IN_MATRIX = 60  # organisations; more rows cannot be read on a projector
MOST_WITH_LETTERS = 30  # up to here a cell has room for the letters of its kinds, beyond it says how many there are
PARTS = ("civil", "administration", "business", "both", "unclear")  # of the ties; they add up


class Cell(NamedTuple):
    """A cell of the matrix: its letters, its class of colour (by the number of kinds), and its hover text."""

    word: str
    step: str
    hover: str


@cached
def short_names(inventory: Inventory) -> dict[str, str]:
    """Active organisation → its short name, or its name where it has none."""
    frame = organizations.actors(inventory)
    return {
        row.organization_id: row.name if is_missing(row.short_name) else row.short_name
        for row in frame[["organization_id", "name", "short_name"]].itertuples(index=False)
    }


@cached
def in_matrix(inventory: Inventory) -> list[str]:
    """The organisations of the matrix: those with a tie, in their order; of too many those with most facts."""
    facts: dict[str, int] = {}
    for pair, kinds in ties.kinds_of(inventory).items():
        for one in pair:
            facts[one] = facts.get(one, 0) + sum(kinds.values())
    kept = set(sorted(facts, key=lambda one: (-facts[one], one))[:MOST_IN_MATRIX])
    return [one for one in ties.order(inventory) if one in kept]


def cells(inventory: Inventory, names: Names, kinds: Iterable[str] = ()) -> dict[ties.Pair, Cell]:
    """Pair → its cell, only of these kinds (none: all); pairs without a tie are left out."""
    text, wanted = names.text, [kind for kind in ties.KINDS if kind in (set(kinds) or ties.KINDS)]
    letters = len(in_matrix(inventory)) <= MOST_WITH_LETTERS
    frame = ties.ties(inventory)
    lines: dict[ties.Pair, dict[str, str]] = {}
    for row in frame[frame["kind"].isin(wanted)].itertuples(index=False):
        lines.setdefault((row.a_id, row.b_id), {})[row.kind] = _line(row, inventory.today(), text)
    found = {}
    for pair, said in lines.items():
        here = [kind for kind in wanted if kind in said]
        word = "".join(text(f"actors.letter_{kind}") for kind in here) if letters else str(len(here))
        title = text("actors.pair", a=names.of("organization", pair[0]), b=names.of("organization", pair[1]))
        found[pair] = Cell(word, f"offers_{len(here)}", hover(title, *(said[kind] for kind in here)))
    return found


def _line(row: Any, today: date, text: Text) -> str:
    """The facts of one kind in one line: how many, and when last."""
    when = text("actors.last", day=last_words(row.last_on, today, text))
    return text("actors.facts", kind=text(f"actors.kind_{row.kind}"), n=int(row.n), when=when)


def last_words(day: Any, today: date, text: Text) -> str:
    """When two organisations last did something together: the day, or that they do so today."""
    if is_missing(day):
        return text("actors.day_unknown")
    return text("actors.today") if _day(day) >= today else text.date(_day(day))


def span(row: Mapping[Any, Any], today: date, text: Text) -> str:
    """When a fact was: on a day, from a day to another, since a day, or unknown."""
    first, last = row["first_on"], row["last_on"]
    if is_missing(first):
        return (
            text("actors.day_unknown")
            if is_missing(last) or _day(last) >= today
            else text("actors.until", day=_day(last))
        )
    if is_missing(last):
        return text("actors.from", day=_day(first))
    if row["kind"] in ("meeting", "workshop", "promise"):
        return text("actors.on", day=_day(first))
    if _day(last) >= today:
        return text("actors.since", day=_day(first))
    return text("actors.span", first=_day(first), last=_day(last))


def _day(day: Any) -> date:
    return day.date() if isinstance(day, pd.Timestamp) else day


def kinds(names: Any, text: Text, briefly: bool = False) -> str:
    """Kinds of ties in one line, the most binding first."""
    there = [kind for kind in ties.KINDS if kind in items(names)]
    return ", ".join(text(f"actors.word_{kind}") if briefly else text(f"actors.kind_{kind}") for kind in there)


@cached
def pairs(inventory: Inventory, text: Text) -> pd.DataFrame:
    """One row per pair with a tie, in words: pair (both ids), a_name, b_name, kind_words, n, first_on, last_on."""
    names, frame, today = names_of(inventory, text), ties.pairs(inventory), inventory.today()
    frame.insert(0, "pair", [f"{row.a_id}|{row.b_id}" for row in frame.itertuples()])
    frame["a_name"] = [names.of("organization", key) for key in frame["a_id"]]
    frame["b_name"] = [names.of("organization", key) for key in frame["b_id"]]
    frame["kind_words"] = [kinds(of, text) for of in frame["kinds"]]
    frame["last_words"] = [last_words(day, today, text) for day in frame["last_on"]]
    return frame


def pair_columns(text: Text) -> list[Column]:
    """Columns of the table of pairs."""
    return headed(
        text,
        "",
        *(("a_name", "facet.organization"), ("b_name", "actors.column_other"), ("kind_words", "actors.column_kinds")),
        *(("n", "actors.column_facts"), ("first_on", "actors.column_first"), ("last_words", "actors.column_last")),
    )


def sentence(figures: Network, text: Text) -> str:
    """The network in one sentence."""
    if not figures.organizations:
        return text("actors.sentence_empty")
    if not figures.ties:
        return text(
            "actors.sentence_none", organizations=bold(text.count("actors.n_organizations", figures.organizations))
        )
    return text(
        "actors.sentence_net",
        pairs=bold(text.count("actors.n_pairs", figures.ties)),
        organizations=text.count("actors.n_organizations", figures.organizations),
        alone=bold(text.count("actors.n_alone", figures.alone)),
    )


def network_rows(now: Network, then: Network | None, text: Text) -> list[tuple[str, str, str, str]]:
    """Label, then, now and change of each figure that the programme's study counts; parts stand below their sum."""
    rows = []
    for label, of in _FIGURES(text):
        here, before = of(now), None if then is None else of(then)
        change = "" if before is None or not isinstance(here, int) else text.signed(int(here) - int(before))
        rows.append((label, _said(before, text), _said(here, text), change))
    return rows


def _said(value: Any, text: Text) -> str:
    if isinstance(value, tuple):  # a part of a whole
        part, whole = value
        return (
            text("actors.share", part=part, whole=whole, share=text.percent(part / whole))
            if whole
            else text("actors.no_share")
        )
    return "" if value is None else text.number(value)


def _FIGURES(text: Text) -> list[tuple[str, Any]]:
    sector = [
        (text(f"actors.sector_{name}"), lambda figures, name=name: figures.of_sector[name]) for name in sectors.SECTORS
    ]
    parts = [(text(f"actors.ties_{name}"), lambda figures, name=name: getattr(figures, name)) for name in PARTS]
    return [
        (text("actors.figure_organizations"), lambda figures: figures.organizations),
        *sector,
        (text("actors.figure_ties"), lambda figures: figures.ties),
        *parts,
        (text("actors.figure_alone"), lambda figures: figures.alone),
        (text("actors.figure_contacts"), lambda figures: (figures.contacts_reached, figures.contacts)),
        (text("actors.figure_answers"), lambda figures: (figures.entries_answered, figures.entries)),
    ]


def sector(inventory: Inventory, organization_id: str, text: Text) -> str:
    """The sector of an organisation."""
    return text(f"actors.in_{programme.sector_of(inventory).get(organization_id, 'unknown')}")
