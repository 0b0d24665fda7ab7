"""The tables of a plan for training dates in words, and their columns."""

from typing import Any

import pandas as pd

from esdash.analysis.bundling import result
from esdash.analysis.bundling.bundling import Plan
from esdash.analysis.bundling.topics import topics as by_topic
from esdash.texts import Text
from esdash.wording import trainings as words
from esdash.wording.columns import Column, Kind
from esdash.wording.names import Names

Kinds = dict[str, Kind | tuple[Kind, float]]  # columns under the headings of the plan

_ENDS: Kinds = {"from_words": ("text", 36), "into_words": ("text", 36)}
_MOVED: Kinds = {"people": "integer", "days": "integer", "km": "decimal"}
_DATES: Kinds = {
    **{"starts_on": "date", "course": ("text", 40), "organization": ("text", 30)},
    **{"kept_starts_on": "date", "kept_course": ("text", 40), "teaches": ("text", 30)},
}
_SAVED: Kinds = {"seats": "integer", "hours": "decimal", "euros": "integer"}
SHORT: Kinds = {**_ENDS, **_MOVED, "minutes": "integer", **_SAVED, "origin_word": ("text", 16)}
FULL: Kinds = {
    **_DATES,
    **_MOVED,
    "minutes": "integer",
    **_SAVED,
    "origin_word": ("text", 20),
    "loss_words": ("text", 60),
}
ACCESS: Kinds = {
    **{"from_words": ("text", 36), "loss_words": ("text", 60), "people": "integer", "into_words": ("text", 36)},
}
ACCESS_FULL: Kinds = {**_DATES, **_MOVED, "loss_words": ("text", 80)}
FREE: Kinds = {"waits_at": ("text", 44), "seat_at": ("text", 44), **_MOVED}
HELD: Kinds = {
    **{"starts_on": "date", "course": ("text", 40), "organization": ("text", 30), "where": ("text", 28)},
    **{"seats": "integer", "booked": "integer", "arriving": "integer"},
    **{"from_waiting": "integer", "free": "integer", "waiting": "integer"},
}
TOPICS: Kinds = {
    **{"topic_words": ("text", 40), "verdict_word": ("text", 28), "why": ("text", 80), "providers": "integer"},
    **{"sessions": "integer", "seats": "integer", "booked": "integer"},
    **{"waiting": "integer", "organizations_words": ("text", 60)},
}
UNCOUNTED: Kinds = {
    "starts_on": "date",
    "course": ("text", 40),
    "organization": ("text", 30),
    "reason_word": ("text", 60),
}


def columns(kinds: Kinds, text: Text) -> list[Column]:
    """Columns under the headings of the plan."""
    named = {name: text(f"plan.column_{name}") for name in kinds}
    return [Column(name, named[name], *((of,) if isinstance(of, str) else of)) for name, of in kinds.items()]


def merges(plan: Plan, names: Names) -> pd.DataFrame:
    """One row per merge of the plan."""
    return _worded(result.merges(plan), names)


def kept_apart(plan: Plan, names: Names) -> pd.DataFrame:
    """One row per merge that the plan leaves out because people would lose access."""
    return _worded(result.kept_apart(plan), names)


def free(plan: Plan, text: Text) -> pd.DataFrame:
    """One row per waiting list and session with free seats for it."""
    frame = _ends(result.free_seats(plan.problem), text)
    own = frame["session_id"] == frame["kept_id"]
    frame.loc[own, "into_words"] = text("plan.own_session")
    return frame.rename(columns={"from_words": "waits_at", "into_words": "seat_at"})


def held(plan: Plan, text: Text) -> pd.DataFrame:
    """One row per session that is held."""
    frame = result.held(plan)
    frame["where"] = [
        text("mode.online") if mode == "online" else text.value(place)
        for mode, place in zip(frame["mode"], frame["place"], strict=True)
    ]
    return frame


def topics(plan: Plan, names: Names) -> pd.DataFrame:
    """One row per topic with its verdict and why."""
    text, frame = names.text, by_topic(plan)
    frame["topic_words"] = [
        words.topic(modules, level, names) for modules, level in zip(frame["module_ids"], frame["level"], strict=True)
    ]
    frame["verdict_word"] = [text(f"plan.verdict_{verdict}") for verdict in frame["verdict"]]
    frame["why"] = [
        text(
            f"plan.why_{row.verdict}",
            providers=row.providers,
            booked=row.booked,
            seats=row.seats,
            waiting=row.waiting,
            merged=row.merged,
        )
        for row in frame.itertuples()
    ]
    frame["organizations_words"] = [", ".join(taking_part) for taking_part in frame["organizations"]]
    return frame


def uncounted(plan: Plan, text: Text) -> pd.DataFrame:
    """One row per session that could not be considered, with its reason."""
    frame = result.uncounted(plan.problem)
    frame["reason_word"] = [text(f"plan.uncounted_{reason}") for reason in frame["reason"]]
    return frame


def timeline(plan: Plan, names: Names) -> pd.DataFrame:
    """One row per session for the chart: only topics with several sessions, those with merges first."""
    problem, taking = plan.problem, set(plan.into.values())
    rows: list[dict[str, Any]] = []
    for key, row in problem.sessions.items():
        target_id = plan.into.get(key)
        target = problem.sessions[target_id] if target_id else None
        role = "takes" if key in taking else "held"
        if target_id:
            role = "agreed" if plan.origin((key, target_id)) == "accepted" else "goes"
        rows.append(
            {
                "topic": words.topic(row["module_ids"], row["level"], names),
                "role": role,
                "pair": f"{key}|{target_id}" if target_id else None,
                "kept_on": target["starts_on"] if target else None,
                "into": target["course"] if target else None,
                **{name: row[name] for name in ("starts_on", "course", "organization", "booked", "seats")},
            }
        )
    columns = ["topic", "role", "pair", "kept_on", "into", "starts_on", "course", "organization", "booked", "seats"]
    frame = pd.DataFrame(rows, columns=columns)
    sizes = frame.groupby("topic", sort=False)["pair"].agg(["size", "count"])
    order = sizes[sizes["size"] > 1].sort_values(["count", "size"], ascending=False, kind="stable").index
    place = {topic: number for number, topic in enumerate(order)}
    frame = frame[frame["topic"].isin(place)]
    return frame.assign(place=frame["topic"].map(place)).sort_values(["place", "starts_on"], kind="stable")


def _worded(frame: pd.DataFrame, names: Names) -> pd.DataFrame:
    text = names.text
    frame = _ends(frame, text)
    frame["origin_word"] = [text(f"plan.origin_{origin}") for origin in frame["origin"]]
    frame["loss_words"] = [" ".join(words.losses(row, names)) for row in frame.itertuples()]
    return frame


def _ends(frame: pd.DataFrame, text: Text) -> pd.DataFrame:
    for name, day, course in (("from_words", "starts_on", "course"), ("into_words", "kept_starts_on", "kept_course")):
        frame[name] = [
            words.day_and_course(when, what, text) for when, what in zip(frame[day], frame[course], strict=True)
        ]
    return frame
