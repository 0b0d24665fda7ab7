"""White spots of volunteering: what was looked for and not found, as far as it may be shown (METHODS M19)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

import pandas as pd

from esdash.inventory import Inventory
from esdash.inventory.cached import cached

PARTS = ("theme", "district", "time", "language")
ANY = "any"  # this part of the wish was left open
# Half a year holds both seasons of a school year, and what was missing before may long be there.
WEEKS = 26


@dataclass(frozen=True)
class Unmet:
    """One option of a part of the wishes: how often nothing was found. None: not shown.

    `small`: fewer than the threshold; otherwise a number is kept back so that the small ones cannot be computed.
    """

    option: str
    times: int | None
    small: bool


@dataclass(frozen=True)
class Shown:
    """The options of each part, the most frequent first; the threshold; whether any number may be shown."""

    parts: dict[str, list[Unmet]]
    threshold: int
    any_shown: bool


@cached
def unmet(inventory: Inventory) -> Shown:
    """What was wished and not found in the last WEEKS weeks that are over.

    Of the week that runs nothing is shown: whoever looks before and after a search would see all parts of that wish.
    All parts count the same searches, so a part in which nothing is hidden gives away their number. Where the rule of
    hidden small numbers (METHODS M4) cannot protect a part against that, no number of any part is shown.
    """
    today = inventory.today()
    until = today - timedelta(days=today.weekday())
    since = until - timedelta(weeks=WEEKS)
    threshold = int(inventory.value("SELECT small_number_threshold FROM city") or 0)
    frames = {
        part: inventory.frame("FROM wishes_unmet($part, $since, $until)", part=part, since=since, until=until)
        for part in PARTS
    }
    hidden = {part: kept_back(frame["unmet"].tolist(), threshold) for part, frame in frames.items()}
    nothing = any(places is None for places in hidden.values())
    parts = {part: _shown(frame, None if nothing else hidden[part], threshold) for part, frame in frames.items()}
    any_shown = any(option.times is not None for options in parts.values() for option in options)
    return Shown(parts, threshold, any_shown)


def kept_back(counts: Sequence[int], threshold: int) -> set[int] | None:
    """The places of the numbers that are not shown if their sum is known; None: not even that protects the small ones.

    The rule of METHODS M4: small ones are those below the threshold. They hide each other, or larger ones are hidden
    with them in the order in which they stand, which must not depend on the numbers, until each small one can be
    anything below the threshold.
    """
    t = threshold
    small = {place for place, count in enumerate(counts) if count < t}
    if not small:
        return set()
    total, k = sum(counts[place] for place in small), len(small)
    if 2 * t - 3 <= total - k <= (k - 2) * (t - 2):
        return small
    hidden = set(small)
    larger = [place for place in range(len(counts)) if place not in small]
    for n, place in enumerate(larger, 1):
        hidden.add(place)
        total += counts[place]
        if total >= k + n * t + 2 * t - 3:
            return hidden
    return None


def _shown(frame: pd.DataFrame, hidden: set[int] | None, threshold: int) -> list[Unmet]:
    rows = [
        Unmet(str(option), None if hidden is None or place in hidden else int(count), bool(count < threshold))
        for place, (option, count) in enumerate(frame[["option", "unmet"]].itertuples(index=False))
    ]
    if hidden is None:  # then nobody learns either which of them are small
        rows = [Unmet(row.option, None, False) for row in rows]
    return sorted(rows, key=lambda row: (row.times is None, -(row.times or 0), row.small, row.option))
