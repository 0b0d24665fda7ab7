"""One point as the group sees it, on the page and on the projector: at most three figures, then what is proposed."""

from collections.abc import Mapping
from typing import Any, NamedTuple

import pandas as pd

from esdash.analysis.answers import answers
from esdash.analysis.meetings import agenda, points
from esdash.analysis.priorities import items
from esdash.analysis.voices import voices
from esdash.analysis.workshops import listed as workshops
from esdash.inventory import Inventory
from esdash.inventory.cached import cached
from esdash.texts import Text, is_missing
from esdash.wording import figures
from esdash.wording import workshops as workshop_words
from esdash.wording.names import Names, names_of

Row = Mapping[str, Any]
NEAR = 0.9  # share of the weightings from which an item stays among the first "almost always" (METHODS M8)


class Figure(NamedTuple):
    """A large figure, what it is in a few words, and the page that leads to its records."""

    value: str
    words: str


class Face(NamedTuple):
    """Three figures, and sentences about what is proposed; `proposal` is the wording of a decision as proposed."""

    figures: tuple[Figure, ...] = ()
    lines: tuple[str, ...] = ()
    proposal: str = ""
    lead_organization_id: str | None = None
    due_on: Any = None
    link: tuple[str, dict[str, str]] | None = None


def face(inventory: Inventory, row: Row, text: Text) -> Face:
    """What the group has to know about a point to decide it."""
    names = names_of(inventory, text)
    if row["subject_table"] == "priority_item" and row["subject"]:
        return _item(inventory, str(row["subject"]), names, text, _seats(inventory, row["meeting_id"]))
    if row["kind"] == "measure":
        return _measure(inventory, str(row["subject"]), text)
    if row["kind"] == "commitment":
        return _commitment(inventory, str(row["subject"]), text)
    if row["kind"] in ("answer", "unanswered"):
        return _version(inventory, str(row["subject"]), str(row["kind"]), text)
    if row["kind"] == "list":
        return _list(inventory, row, text)
    return Face(lines=tuple(filter(None, [row["note"]])))


# ---------------------------------------------------------------- inside


@cached
def _items(inventory: Inventory) -> dict[str, dict[str, Any]]:
    frame = figures.shown(items.on_list(inventory).assign(gap_places=lambda frame: frame["places"]))
    return {str(row["priority_item_id"]): row for row in frame.to_dict("records")}


@cached
def _voices(inventory: Inventory) -> dict[str, dict[str, Any]]:
    return {str(row["priority_item_id"]): row for row in voices.latest(inventory).to_dict("records")}


def _seats(inventory: Inventory, meeting_id: str | None) -> set[str]:
    """The organisations with a seat in the group of this meeting."""
    meeting = points.meeting(inventory, meeting_id)
    return set((meeting and meeting["seat_organization_ids"]) or ())


def _item(inventory: Inventory, key: str, names: Names, text: Text, seats: set[str]) -> Face:
    item = _items(inventory).get(key)
    if item is None:
        return Face(lines=(text("points.item_ended"),))
    said = _voices(inventory).get(key)
    shown = (*_places(item, text), _rank(item, text), *([_said(said, text)] if said else []))
    measure, lead = item["measure"], item["lead_organization_id"]
    lead = None if is_missing(lead) else str(lead)
    due = None if is_missing(item["due_on"]) else pd.Timestamp(item["due_on"]).date()
    proposal = "" if is_missing(measure) else str(measure)
    lines = [text("points.proposal", words=proposal)] if proposal else [text("points.no_proposal")]
    lines.append(text("points.lead", lead=names.of("organization", lead) if lead else text("points.open")))
    cost = text("points.open") if is_missing(item["cost_eur"]) else text("points.euro", n=float(item["cost_eur"]))
    lines.append(text("points.due_and_cost", due=due or text("points.open"), cost=cost))
    if concerned := sorted(seats & set(item["organization_ids"])):
        lines.append(text("points.concerns", who=names.all("organization", names.by_name("organization", concerned))))
    return Face(shown, tuple(lines), proposal, lead, due, ("priorities", {"priorities": "list", "item": key}))


def _places(item: Row, text: Text) -> list[Figure]:
    if item["origin"] == "gap" and not is_missing(item["places_needed"]):
        of = {name: figures.word(name, item[name], text) for name in ("places_met", "places_needed")}
        return [Figure(text("points.of", **of), text("points.places_exist"))]
    if item["origin"] == "overlap" and not is_missing(item["places"]):
        return [Figure(figures.word("places", item["places"], text), text("points.places_beyond"))]
    return []


def _rank(item: Row, text: Text) -> Figure:
    if is_missing(item["rank"]):
        return Figure(text("points.no_rank"), text(f"points.standing_{item['standing']}"))
    near = float(item["near"])
    key = "points.near_always" if near >= NEAR else "points.near" if round(near, 2) else "points.near_never"
    return Figure(text("points.rank", rank=int(item["rank"])), text(key, near=text.percent(near)))


def _said(row: Row, text: Text) -> Figure:
    """What the voices say: agreed or not, their span, the middle, and the middle without seats in their own matter."""
    if is_missing(row["median"]):
        return Figure(text("word.unknown"), text("points.no_voices"))
    span = {name: text.number(row[name]) for name in ("least", "most", "median")}
    words = text("points.voices", **span)
    if row["recused"]:
        words += " " + text.count("points.recused", int(row["recused"]))
        if not is_missing(row["median_without"]):
            words += " " + text("points.without", median=text.number(row["median_without"]))
    value = text("points.contested") if row["contested"] else text("points.median", median=span["median"])
    return Figure(value, words)


@cached
def _measure(inventory: Inventory, key: str, text: Text) -> Face:
    names = names_of(inventory, text)
    rows = inventory.rows("FROM measure WHERE measure_id = $id", id=key)
    if not rows:
        return Face(lines=(text("points.gone"),))
    row = rows[0]
    late = (inventory.today() - row["due_on"]).days if row["due_on"] else 0
    due = text.count("points.late", late) if late > 0 and row["finished_on"] is None else text("points.due_on")
    shown = (
        Figure(text(f"points.state_{row['state']}"), str(row["number"] or "")),
        Figure(text.value(row["due_on"]), due),
    )
    note = inventory.rows(
        "FROM progress_note WHERE measure_id = $id ORDER BY noted_on DESC, progress_note_id LIMIT 1", id=key
    )
    lines = [text("points.lead", lead=names.of("organization", row["lead_organization_id"]))]
    lines += [text("points.waiting_for", words=row["waiting_for"])] if row["waiting_for"] else []
    lines += [text("points.last_note", day=one["noted_on"], words=one["text"]) for one in note]
    lines += [text("points.closing_note", words=row["closing_note"])] if row["closing_note"] else []
    proposal = text("points.note_end" if row["finished_on"] else "points.note_report", title=row["title"])
    return Face(shown, tuple(lines), proposal, link=("measures", {"id": key}))


@cached
def _commitment(inventory: Inventory, key: str, text: Text) -> Face:
    names = names_of(inventory, text)
    row = next((row for row in workshops.promises(inventory) if row["commitment_id"] == key), None)
    if row is None:
        return Face(lines=(text("points.gone"),))
    late = (inventory.today() - row["due_on"]).days if row["due_on"] else 0
    state = workshop_words.promise_standing(row, text, inventory.today())
    shown = [Figure(workshop_words.due(row, text), state)]
    if late > 0 and row["state"] == "open":
        shown = [Figure(text.value(row["due_on"]), text.count("points.late", late))]
    who = workshop_words.promiser(row, names, text)
    lines = [text("points.promised", by=who), str(row["text"]), workshop_words.origin(row, text)]
    lines += [text("points.promise_note", words=row["note"])] if row["note"] else []
    link = ("workshops", {"workshops": "promises", "promise": key})
    return Face(tuple(shown), tuple(lines), text("points.note_promise"), link=link)


@cached
def _version(inventory: Inventory, key: str, kind: str, text: Text) -> Face:
    entries = answers.entries(inventory, key)
    if entries.empty:
        return Face(lines=(text("points.gone"),))
    waiting = entries[entries["state"].isin(["open", "overdue"])]
    answered = entries[entries["state"] == "answered"]
    pace = answers.pace(inventory)
    days = int(waiting["days_waiting"].max()) if len(waiting) else 0
    of = text("points.of", places_met=text.number(len(answered)), places_needed=text.number(len(entries)))
    shown = [Figure(of, text("points.entries_answered"))]
    if len(waiting):
        shown.append(Figure(text.count("points.days", days), text("points.waits")))
    if pace.median_days is not None:
        shown.append(Figure(text.count("points.days", int(pace.median_days)), text("points.usual")))
    count = answered["verdict"].value_counts()
    verdicts = [text("points.verdict", n=int(n), word=text(f"verdict.{name}")) for name, n in count.items()]
    number = int(entries["number"].iloc[0])
    note = "points.note_answers" if kind == "answer" else "points.note_silence"
    lines = [text("points.verdicts", words=", ".join(verdicts))] if verdicts else []
    return Face(tuple(shown), tuple(lines), text(note, number=number), link=("priorities", {"priorities": "answers"}))


def _list(inventory: Inventory, row: Row, text: Text) -> Face:
    listed = items.on_list(inventory)
    ranked = int(listed["rank"].notna().sum())
    shown = [
        Figure(text.number(len(listed)), text("points.on_list")),
        Figure(text.number(ranked), text("points.ranked")),
    ]
    resting = len(agenda.resting(inventory, row["meeting_id"])) if row["meeting_id"] else 0
    if resting:
        shown.append(Figure(text.number(resting), text("points.rest")))
    return Face(tuple(shown), (text("points.list_freezes"),), str(row["name"]), link=("priorities", {}))
