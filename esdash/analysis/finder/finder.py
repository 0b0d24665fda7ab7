"""What fits a volunteer: offers that run, look for somebody and have a contact who was reached lately (METHODS M19)."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, fields, replace
from itertools import combinations
from typing import Any

import pandas as pd

from esdash.inventory import Inventory
from esdash.inventory.cached import cached

SLOTS = ("morning", "afternoon", "evening", "weekend")
FIRST = 3  # more answers at once are a list again, and nobody calls a fourth place
MOST = 30  # answers after "show more"; whoever has read so many needs another wish, not a longer list


@dataclass(frozen=True)
class Wishes:
    """What a volunteer wishes; None and False are no wish. `theme` may be a field of action.

    `district`: where the way begins. `time`: of SLOTS.
    """

    theme: str | None = None
    time: str | None = None
    language: str | None = None
    district: str | None = None
    without_commitment: bool = False
    little_german: bool = False

    @property
    def asked(self) -> tuple[str, ...]:
        """The names of the wishes, in the order of the questions."""
        return tuple(field.name for field in fields(self) if getattr(self, field.name))

    def without(self, *names: str) -> Wishes:
        """The same without these wishes."""
        none: dict[str, Any] = {field.name: field.default for field in fields(self) if field.name in names}
        return replace(self, **none)


@dataclass(frozen=True)
class Answer:
    """An offer, with the names of the wishes that it meets, misses, and of which nothing is known.

    `offer`: its row of volunteer_place. `travel_minutes`: 0 if it is online or comes everywhere; None: no district is
    wished, or its place is unknown.
    """

    offer: dict[str, Any]
    met: tuple[str, ...]
    missed: tuple[str, ...]
    unknown: tuple[str, ...]
    travel_minutes: float | None


@dataclass(frozen=True)
class Found:
    """What the finder answers.

    fitting: offers that meet all wishes; nearly: those that meet all but one of several wishes; `answers` has the first
    of both, in order. wanted_unknown: offers that meet all wishes, of which nobody knows whether they look for
    volunteers; unaskable: offers that meet all wishes and look for volunteers, without a contact that can be asked.
    instead: what would have to change where nothing fits: wishes to drop, and how many offers then fit.
    """

    fitting: int
    nearly: int
    answers: tuple[Answer, ...]
    wanted_unknown: int
    unaskable: int
    instead: tuple[tuple[tuple[str, ...], int], ...]

    @property
    def more(self) -> int:
        """Offers that fit or nearly fit, beyond the answers."""
        return self.fitting + self.nearly - len(self.answers)


@cached
def find(inventory: Inventory, wishes: Wishes, most: int = FIRST) -> Found:
    """The first `most` answers to the wishes, and what is said beside them."""
    frame = judged(inventory, wishes)
    failed = pd.Series(frame["missed"] + "," + frame["unknown"]).str.strip(",")
    wanted, fits = frame["volunteers_wanted"].gt(0).fillna(False).astype(bool), failed.eq("")
    several = len(wishes.asked) > 1  # an offer that misses the only wish has nothing to do with it
    near = several & failed.ne("") & ~failed.str.contains(",")
    answering = frame["askable"] & wanted
    shown = pd.concat([frame[answering & fits], frame[answering & near]]).head(most)
    return Found(
        fitting=int((answering & fits).sum()),
        nearly=int((answering & near).sum()),
        answers=tuple(
            _answer(row, offer) for row, offer in zip(shown.itertuples(), _offers(inventory, shown), strict=True)
        ),
        wanted_unknown=int((frame["volunteers_wanted"].isna() & fits).sum()),
        unaskable=int((~frame["askable"] & wanted & fits).sum()),
        instead=() if (answering & fits).any() else _instead(failed[answering], wishes.asked),
    )


def judged(inventory: Inventory, wishes: Wishes) -> pd.DataFrame:
    """One row per offer that runs, the best first (M19): met, missed, unknown (names of wishes, joined by commas),
    volunteers_wanted, askable, travel_minutes.
    """
    return inventory.frame(
        "FROM finder_answers($theme, $time, $language, $district, $without_commitment, $little_german)", **vars(wishes)
    )


def places(inventory: Inventory) -> tuple[int, int]:
    """How many offers look for volunteers and have a contact who was reached lately, and how many places they have."""
    row = inventory.frame(
        "SELECT count(*) AS offers, coalesce(sum(volunteers_wanted), 0) AS places FROM volunteer_place "
        "WHERE via IS NOT NULL AND volunteers_wanted > 0"
    ).iloc[0]
    return int(row["offers"]), int(row["places"])


@cached
def spoken(inventory: Inventory) -> list[str]:
    """The languages of the offers that look for volunteers and can be asked, in the order of the city."""
    return [
        str(row["language_id"])
        for row in inventory.rows(
            "FROM language WHERE language_id IN (SELECT unnest(language_ids) FROM volunteer_place "
            "WHERE via IS NOT NULL AND volunteers_wanted > 0) ORDER BY sort, language_id"
        )
    ]


def _instead(failed: pd.Series, asked: tuple[str, ...]) -> tuple[tuple[tuple[str, ...], int], ...]:
    """The fewest wishes to drop so that something fits; the choice that finds most offers first."""
    kinds = [(frozenset(words.split(",")), number) for words, number in Counter(failed).items()]
    for size in range(1, len(asked) + 1):
        tried = [
            (dropped, sum(number for missing, number in kinds if missing <= set(dropped)))
            for dropped in combinations(asked, size)
        ]
        if found := [(dropped, number) for dropped, number in tried if number]:
            return tuple(sorted(found, key=lambda change: -change[1]))
    return ()


def _offers(inventory: Inventory, shown: pd.DataFrame) -> list[dict[str, Any]]:
    ids = shown["initiative_id"].tolist()
    rows = inventory.rows("FROM volunteer_place WHERE initiative_id IN $ids", ids=ids) if ids else []
    return sorted(rows, key=lambda row: ids.index(row["initiative_id"]))


def _answer(row: Any, offer: dict[str, Any]) -> Answer:
    met, missed, unknown = (tuple(filter(None, words.split(","))) for words in (row.met, row.missed, row.unknown))
    minutes = None if pd.isna(row.travel_minutes) else float(row.travel_minutes)
    return Answer(offer, met, missed, unknown, minutes)
