"""Who could help with something: at most five organisations, each with why (helping.sql, METHODS M22).

A need is a few wishes. For each wish an organisation has a reason or none: an offer, a place, somebody who speaks the
language, a promise that nobody has used yet. Only who has a reason for every wish is an answer.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any, NamedTuple

from esdash.analysis.judgements import REACH_STEPS
from esdash.analysis.records import search
from esdash.inventory import Inventory
from esdash.inventory.cached import cached
from esdash.model.folding import fold_words, name_order

AT_MOST = 5  # answers: more calls nobody makes
NEAR, FAR = (minutes for minutes, _ in REACH_STEPS[:2])  # minutes on the way, as for offers (M2)

# What a reason counts for its wish. An offer that makes people wait has nothing to give away; whether it does is often
# unknown. Another theme of the field is something like it, no more. A promise is the organisation's own word.
FREE, UNKNOWN_IF_FREE, WAITING = 1.0, 0.75, 0.5
LIKE_IT = 0.5  # times the above
HERE, IN_REACH, FARTHER, SEAT = 1.0, 0.75, 0.5, 0.5
ELSEWHERE = 0.5  # an offer for the group, but for another theme than the one asked for
HAS_ENOUGH = 0.75  # volunteers of its own: they may help, but nobody finds new ones there
BESIDE_OFFER = 0.75  # words found in a training, a contact point or the organisation itself
UNUSED_PROMISE = 0.5  # on top: whoever promised something that fits is asked first

WISHES = ("theme", "target_group", "district", "language", "barrier_free", "volunteers", "words")


class Need(NamedTuple):
    """What help is needed with; None, False or "" is no wish."""

    theme: str | None = None  # a theme or a field of action
    target_group: str | None = None
    district: str | None = None
    language: str | None = None
    barrier_free: bool = False
    volunteers: bool = False
    words: str = ""

    @property
    def wishes(self) -> tuple[str, ...]:
        """The wishes that are made, in their order; words without a letter are none."""
        return tuple(name for name in WISHES if (fold_words(self.words) if name == "words" else getattr(self, name)))

    def without(self, wish: str) -> "Need":
        """The need without one wish."""
        return self._replace(**{wish: Need._field_defaults[wish]})


class Reason(NamedTuple):
    """Why an organisation fulfils a wish: the record, the day it was confirmed or given, and what it counts.

    kind: offer_free, offer, offer_waiting, also with _like (another theme of the field); group, group_elsewhere;
    room, room_near, comes, seat; promise; speaks; finds; enough; says. value: minutes, or people waiting.
    """

    wish: str
    kind: str
    table: str
    record_id: str
    name: str
    day: date | None
    points: float
    value: float | None = None

    @property
    def beside(self) -> bool:
        """Whether it is not quite what was asked for: another theme of the field, or the group at another theme."""
        return self.kind.endswith(("_like", "_elsewhere"))


class Helper(NamedTuple):
    """An organisation with a reason for each wish, and the promises that fit and that nobody has used."""

    organization_id: str
    points: float
    reasons: tuple[Reason, ...]
    promises: tuple[Reason, ...] = ()

    @property
    def beside(self) -> int:
        """How many of its reasons are not quite what was asked for."""
        return sum(reason.beside for reason in self.reasons)

    @property
    def latest(self) -> date | None:
        """The latest day on which one of its reasons was confirmed or given."""
        return max((reason.day for reason in self.reasons if reason.day), default=None)


class Answer(NamedTuple):
    """Who could help, the best first; `found`: how many in all. Without any: wish → how many there are without it."""

    helpers: tuple[Helper, ...]
    found: int
    without: dict[str, int]


@cached
def find(inventory: Inventory, need: Need) -> Answer:
    """At most AT_MOST organisations with a reason for every wish. No wish, no answer.

    Order: first those that do exactly what was asked for; then points, the latest day of a reason, the name. If there
    is none, `without` counts for each wish how many there would be without it, most first; wishes that change nothing
    are left out.
    """
    found = _helpers(inventory, need)
    without: dict[str, int] = {}
    if not found and len(need.wishes) > 1:
        counts = {wish: len(_helpers(inventory, need.without(wish))) for wish in need.wishes}
        without = {wish: count for wish, count in sorted(counts.items(), key=lambda item: -item[1]) if count}
    return Answer(tuple(found[:AT_MOST]), len(found), without)


Found = dict[str, dict[str, Reason]]  # organisation → wish → its best reason


def _helpers(inventory: Inventory, need: Need) -> list[Helper]:
    """Everybody who has a reason for every wish, the best first."""
    wishes, names = need.wishes, _names(inventory)
    reasons, promised = _reasons(inventory, need)
    found = []
    for organization_id, of in reasons.items():
        if organization_id in names and wishes and all(wish in of for wish in wishes):
            given = tuple(of[wish] for wish in wishes)
            promises = tuple(promised.get(organization_id, ()))
            points = sum(reason.points for reason in given) + (UNUSED_PROMISE if promises else 0)
            found.append(Helper(organization_id, points, given, promises))
    return sorted(found, key=lambda one: _rank(one, names[one.organization_id]))


def _rank(one: Helper, name: str) -> tuple[Any, ...]:
    latest = one.latest
    return one.beside, -one.points, -(latest.toordinal() if latest else 0), name_order(name), one.organization_id


@cached
def _names(inventory: Inventory) -> dict[str, str]:
    """Active organisation → its name."""
    rows = inventory.rows("SELECT organization_id, name FROM organization WHERE status = 'active'")
    return {row["organization_id"]: row["name"] for row in rows}


def _reasons(inventory: Inventory, need: Need) -> tuple[Found, dict[str, list[Reason]]]:
    """The best reason of each organisation for each wish, and its promises that fit and are unused."""
    best: Found = defaultdict(dict)
    promised: dict[str, list[Reason]] = defaultdict(list)
    for organization_id, reason in _promises(inventory, need):
        if reason.wish:
            _keep(best, organization_id, reason)
        elif reason not in promised[organization_id]:
            promised[organization_id].append(reason)
    for source in (_by_offers, _by_places, _by_speakers, _by_points, _by_words):
        for organization_id, reason in source(inventory, need):
            _keep(best, organization_id, reason)
    return best, promised


def _keep(best: Found, organization_id: str, reason: Reason) -> None:
    """Keep the reason if it counts more than what is known for its wish; of equal ones the first stays."""
    known = best[organization_id].get(reason.wish)
    if known is None or reason.points > known.points:
        best[organization_id][reason.wish] = reason


Named = Iterator[tuple[str, Reason]]  # organisation and reason


@cached
def _asked(inventory: Inventory, /, sql: str, **values: Any) -> list[dict[str, Any]]:
    """Rows of a question, cached: needs that differ in one wish ask most of the same."""
    return inventory.rows(sql, **values)


def _by_offers(inventory: Inventory, need: Need) -> Named:
    rows = _asked(
        inventory,
        "FROM offer_that_helps($theme, $target_group, $language, $district)",
        **{name: getattr(need, name) for name in ("theme", "target_group", "language", "district")},
    )
    for row in sorted(rows, key=lambda row: not row["group_fit"]):  # of equal ones the offer for the same people
        for wish, kind, points, value in _fits(row, need):
            about = ("initiative", row["initiative_id"], row["name"], row["assured_on"])
            yield row["organization_id"], Reason(wish, kind, *about, points, value)


def _fits(row: dict[str, Any], need: Need) -> Iterator[tuple[str, str, float, float | None]]:
    """Wish, kind of reason, points and value, for each wish that an offer fulfils."""
    if row["theme_fit"]:
        waiting = row["waiting"]
        free = UNKNOWN_IF_FREE if waiting is None else WAITING if waiting else FREE
        kind = "offer" if waiting is None else "offer_waiting" if waiting else "offer_free"
        like = row["theme_fit"] == "field"
        yield "theme", f"{kind}_like" if like else kind, free * (LIKE_IT if like else 1), waiting
    if row["group_fit"]:
        same = need.theme is None or row["theme_fit"] == "same"
        yield "target_group", "group" if same else "group_elsewhere", HERE if same else ELSEWHERE, None
    if row["language_fit"]:
        yield "language", "speaks", HERE, None
    if row["comes"]:
        yield "district", "comes", HERE, None
    if need.volunteers and row["volunteers_active"] and row["volunteers_wanted"] == 0:
        yield "volunteers", "enough", HAS_ENOUGH, None


def _by_places(inventory: Inventory, need: Need) -> Named:
    """Rooms in the district or near it, and those without barriers; then the seats of organisations."""
    if not (need.district or need.barrier_free):
        return
    for row in _asked(inventory, "FROM place_that_helps($district)", district=need.district):
        minutes = row["minutes"]
        about = ("location", row["location_id"], row["name"], row["assured_on"])
        if need.district and (minutes is None or minutes > FAR):
            continue
        if need.barrier_free and row["barrier_free"]:
            yield row["organization_id"], Reason("barrier_free", "barrier_free", *about, HERE)
        if need.district and not (need.barrier_free and not row["barrier_free"]):
            kind = "room_near" if minutes else "room"
            points = HERE if not minutes else IN_REACH if minutes <= NEAR else FARTHER
            yield row["organization_id"], Reason("district", kind, *about, points, minutes)
    for row in _asked(
        inventory,
        "SELECT organization_id, name, assured_on FROM organization "
        "WHERE status = 'active' AND district_id = $district ORDER BY organization_id",
        district=need.district,
    ):
        about = ("organization", row["organization_id"], row["name"], row["assured_on"])
        yield row["organization_id"], Reason("district", "seat", *about, SEAT)


def _by_speakers(inventory: Inventory, need: Need) -> Named:
    if need.language:
        for row in _asked(inventory, "FROM speaker_that_helps($language)", language=need.language):
            about = (row["table_name"], row["record_id"], row["name"], row["assured_on"])
            yield row["organization_id"], Reason("language", "speaks", *about, HERE)


def _by_points(inventory: Inventory, need: Need) -> Named:
    """Contact points for volunteers: who looks for a volunteer asks where volunteers go."""
    if need.volunteers:
        for row in _asked(
            inventory,
            "SELECT contact_point_id, organization_id, name, assured_on FROM contact_point "
            "WHERE status = 'active' AND list_contains(audiences, 'volunteers') "
            "ORDER BY name COLLATE de, contact_point_id",
        ):
            about = ("contact_point", row["contact_point_id"], row["name"], row["assured_on"])
            yield row["organization_id"], Reason("volunteers", "finds", *about, HERE)


def _by_words(inventory: Inventory, need: Need) -> Named:
    if "words" in need.wishes:
        kinds = ("initiative", "course", "contact_point", "organization")
        found = {f"{kind}s": _saying(inventory, kind, need.words) for kind in kinds}
        asked = "FROM record_that_helps($initiatives, $courses, $contact_points, $organizations)"
        for row in _asked(inventory, asked, **found):
            points = HERE if row["table_name"] == "initiative" else BESIDE_OFFER
            about = (row["table_name"], row["record_id"], row["name"], row["assured_on"])
            yield row["organization_id"], Reason("words", "says", *about, points)


def _saying(inventory: Inventory, table: str, words: str) -> list[str]:
    """The records of a kind that have every word; a compound word in its parts says too little about who does it."""
    found = search.matching(inventory, table, words)
    return [key for key, apart in zip(found.ids, found.in_parts, strict=True) if not apart] if found else []


def _promises(inventory: Inventory, need: Need) -> Named:
    """An open promise fulfils each wish that it is about, and with wish "" stands for itself.

    One about another theme or district than the one asked for fulfils none.
    """
    rows = _asked(
        inventory,
        "FROM promise_that_helps($theme, $district, $words)",
        theme=need.theme,
        district=need.district,
        words=need.words,
    )
    for row in rows:
        if row["theme_fit"] is False or row["district_fit"] is False:
            continue
        about = ("commitment", row["commitment_id"], row["text"], row["given_on"])
        fits = {"theme": row["theme_fit"], "district": row["district_fit"], "words": row["words_fit"]}
        wishes: Iterable[str] = [wish for wish, fit in fits.items() if fit]
        for wish in wishes:
            yield row["organization_id"], Reason(wish, "promise", *about, HERE)
        if wishes:
            yield row["organization_id"], Reason("", "promise", *about, 0.0)


@cached
def ask_first(inventory: Inventory, need: Need) -> dict[str, Any] | None:
    """The contact point to ask where nobody was found (M18): for the theme, in the district, reached lately come first.

    contact_point_id, name, organization_id, role, phone, email; None if there is no active one.
    """
    rows = inventory.rows(
        "SELECT p.contact_point_id, p.name, p.organization_id, t.role, t.phone, t.email "
        "FROM contact_point AS p JOIN contact_point_today AS t USING (contact_point_id) "
        "LEFT JOIN located USING (location_id) "
        "WHERE p.status = 'active' ORDER BY coalesce(list_contains(p.theme_ids, $theme), false) DESC, "
        "coalesce(list_contains(p.audiences, 'volunteers'), false) DESC, "
        "t.reach <> 'reached', coalesce(located.district_id = $district, false) DESC, "
        "t.reached_on DESC NULLS LAST, p.contact_point_id LIMIT 1",
        theme=need.theme,
        district=need.district,
    )
    return rows[0] if rows else None
