"""The sentences of the page Schulungen."""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import Any

import pandas as pd

from esdash.analysis.bundling import result
from esdash.analysis.bundling.bundling import Plan, Problem
from esdash.analysis.judgements import EVENING_FROM, REACH_STEPS
from esdash.analysis.trainings import training
from esdash.inventory import Inventory
from esdash.texts import Text
from esdash.wording import labels, listing
from esdash.wording.escaping import bold
from esdash.wording.names import Names, names_of


def title(view: str, text: Text) -> str:
    """The question that a part of the page answers."""
    return text("trainings.title" if view == "sessions" else f"trainings.title_{view}")


def sentence(upcoming: pd.DataFrame, courses: int, untaught: int, text: Text) -> str:
    """The answer in one sentence, from the coming sessions and the number of modules nobody teaches."""
    if not courses:
        return text("trainings.sentence_empty")
    return text(
        "trainings.sentence",
        n=bold(text.count("trainings.upcoming", len(upcoming))),
        free=bold(text.number(_known_sum(upcoming["free"]))),
        waiting=bold(text.number(_known_sum(upcoming["waiting"]))),
        untaught=bold(text.number(untaught)),
    )


def module_lines(inventory: Inventory, text: Text, modules: Sequence[str], providers: Sequence[str]) -> pd.DataFrame:
    """One row per module (`line`, an id), the soonest free seat first: its name, where that seat is, and its day.

    With a choice of modules or providers those alone; coming sessions of unknown modules share a last line.
    """
    names, found = names_of(inventory, text), training.modules(inventory)
    coming = taught_by(listing.coming(inventory, text), modules, providers)
    if modules or providers:
        found = found[found["module_id"].isin(modules or set(coming["line"]))]
    rows = []
    for module in found.itertuples():
        own = coming[coming["line"] == module.module_id]
        words, day = next_free(own, bool(module.providers), text)
        rows.append((module.module_id, names.of("module", module.module_id), words, day is not None, day))
    unknown = coming[coming["line"] == ""]
    if len(unknown):
        words, day = next_free(unknown, True, text)
        rows.append(("", text("trainings.module_unknown"), words, day is not None, day))
    lines = pd.DataFrame(rows, columns=["line", "line_words", "next_free", "seat", "day"])
    return lines.sort_values("day", kind="stable", na_position="last", ignore_index=True)


def taught_by(coming: pd.DataFrame, modules: Sequence[str], providers: Sequence[str]) -> pd.DataFrame:
    """One row per module (`line`; empty if unknown) of each coming session that the choice leaves."""
    found = listing.taught(coming, modules, providers)
    lines = found.assign(line=[listing.items(ids) or [""] for ids in found["module_ids"]]).explode("line")
    return lines[lines["line"].isin(modules)] if modules else lines


def next_free(sessions: pd.DataFrame, offered: bool, text: Text) -> tuple[str, Any]:
    """Where the next free seat among these sessions is, in words, and its day; None without one."""
    if sessions.empty:
        return text("plan.no_session" if offered else "plan.nobody_teaches"), None
    free = sessions[sessions["free"].fillna(0) > 0]
    if len(free):
        day = free.iloc[0]["starts_on"]
        weekday = text(f"weekday_short.{day.isoweekday()}")
        return text("trainings.next_free", weekday=weekday, day=short_day(day, text), n=int(free.iloc[0]["free"])), day
    if sessions["free"].isna().any():
        return text("seats.unknown"), None
    waiting = int(sessions["waiting"].fillna(0).sum())
    return text.count("trainings.only_waiting", waiting) if waiting else text("seats.full"), None


def short_day(day: date, text: Text) -> str:
    """A day without its year: 05.12. or 5 Dec."""
    return f"{day:%d.%m.}" if text.language == "de" else f"{day.day} {text(f'month.{day.month}')}"


def _known_sum(column: pd.Series) -> float | None:
    """The sum of the known values; None if there are values and all of them are unknown."""
    known = column.dropna()
    return None if len(column) and known.empty else float(known.sum())


def plan_sentence(plan: Plan, text: Text) -> str:
    """How many sessions suffice, what that saves, who has to move, and how far the plan is from the best."""
    figures = result.figures(plan)
    if not figures.before:
        return text("plan.sentence_none")
    if not plan.into:
        return text("plan.sentence_nothing", before=figures.before)
    return " ".join(
        [
            text(
                "plan.sentence",
                after=bold(text.number(figures.after)),
                before=text.number(figures.before),
                seats=bold(text.count("plan.seats", figures.seats)),
                euros=bold(euros(figures.euros, text)),
                people=bold(text.count("plan.people", figures.people)),
            ),
            optimum(plan, text),
        ]
    )


def counted(plan: Plan, text: Text) -> str:
    """With how many of the coming sessions the plan reckons and why not with the others; empty if with all."""
    left_out = plan.problem.uncounted
    if not left_out:
        return ""
    held = result.figures(plan).before
    reasons = Counter(row["reason"] for row in left_out)
    why = "; ".join(
        text("plan.left_out", n=number, why=text(f"plan.uncounted_{reason}"))
        for reason, number in reasons.most_common()
    )
    return text("plan.counted", n=held, of=held + len(left_out), why=why)


def optimum(plan: Plan, text: Text) -> str:
    """How far the plan may be from the best."""
    if plan.optimal:
        return text("plan.optimal")
    return text("plan.gap", gap=text.percent(plan.gap, 1))


def savings(plan: Plan, text: Text) -> str:
    """What the plan saves and the burden of its moves, with the number of unknown values."""
    figures = result.figures(plan)
    parts = [
        text(
            "plan.savings",
            seats=figures.seats,
            hours=text.number(figures.hours),
            euros=euros(figures.euros, text),
            burden=euros(figures.burden, text),
            days=figures.longest_days,
            km=text.number(figures.longest_km, 1),
        )
    ]
    if figures.hours_unknown:
        parts.append(text.count("plan.hours_unknown", figures.hours_unknown))
    if figures.euros_unknown:
        parts.append(text.count("plan.euros_unknown", figures.euros_unknown))
    return " ".join(parts)


def waiting(problem: Problem, text: Text) -> str:
    """How many waiting people get a seat; empty if no waiting people are known."""
    lists = [row["waiting"] for row in problem.sessions.values()]
    people = sum(int(number or 0) for number in lists)
    parts = [text("plan.free_note", placed=sum(problem.placed.values()), waiting=people)] if people else []
    if None in lists:
        parts.append(text.count("plan.waiting_unknown", lists.count(None)))
    return " ".join(parts)


def limits(plan: Plan, text: Text) -> str:
    """The limits of the plan, for a file."""
    wish = plan.problem.wish
    return text("plan.limits", days=wish.days, km=text.number(wish.km), price=euros(wish.price, text))


def euros(value: float, text: Text) -> str:
    """An amount in whole euros."""
    return text("plan.euros", n=text.number(round(value)))


def session_name(inventory: Inventory, session_id: str, text: Text) -> str:
    """The day and course of a session, including one that is no longer coming."""
    found = inventory.frame("FROM session_listed")
    row = found[found["session_id"] == session_id]
    if row.empty:
        return session_id
    return day_and_course(row.iloc[0]["starts_on"], row.iloc[0]["course"], text)


def day_and_course(day: Any, course: str, text: Text) -> str:
    """The name of a session in a list: day and course."""
    return text("plan.named", weekday=text(f"weekday_short.{day.isoweekday()}"), day=text.date(day), course=course)


def losses(row: Any, names: Names) -> list[str]:
    """The losses of access by a merge, one sentence each."""
    text, districts = names.text, names.all("district", row.lost_district_ids)
    languages = names.all("language", row.lost_language_ids)
    limits = {"minutes": REACH_STEPS[-1][0], "hour": int(EVENING_FROM[:2])}
    return [text(f"plan.loss_{name}", districts=districts, languages=languages, **limits) for name in row.losses]


def topic(module_ids: Any, level: Any, names: Names) -> str:
    """The modules and level of a topic; the usual level is not mentioned."""
    text = names.text
    modules = " + ".join(names.of("module", key) for key in module_ids)  # because names of modules contain commas
    if level == "basic":
        return modules
    word = labels.choice(text, "level", level) if isinstance(level, str) else text("plan.level_unknown")
    return f"{modules} ({word})"
