"""The draft of the report about a year, in words: aims, decisions, measures, effects, money, what did not come about.

Where something failed or is unknown the draft says so; an effect stands only with its split by cause.
"""

from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, NamedTuple

from esdash.analysis.actors import programme as network
from esdash.analysis.budget import budget, year
from esdash.analysis.records import records
from esdash.inventory import Inventory
from esdash.inventory.cached import cached
from esdash.texts import Text
from esdash.wording import actors, effect, items, measures, money
from esdash.wording.names import names_of

_HUNDRED = Decimal(100)
MONEY = ("planned_eur", "paid_eur", "committed_eur", "deviation_eur")

Row = dict[str, Any]


class Table(NamedTuple):
    """A small table: headings and rows of words, the first column left, the others right."""

    heads: list[str]
    rows: list[list[str]]


@dataclass(frozen=True)
class Section:
    """A heading, sentences or points below it, and perhaps a table."""

    heading: str
    lines: list[str]
    table: Table | None = None


@dataclass(frozen=True)
class Report:
    """The draft: its title, what it rests on, and its sections."""

    title: str
    subtitle: str
    draft: str
    notes: list[str]
    sections: list[Section] = field(default_factory=list)

    def words(self) -> list[str]:
        """Every text of the report that people wrote or that names something."""
        tables = [cell for part in self.sections if part.table for row in part.table.rows for cell in row]
        return [self.title, self.subtitle, *(line for part in self.sections for line in part.lines), *tables]


@cached
def report(
    inventory: Inventory, text: Text, of_year: int, programme: str | None = None, with_effects: bool = True
) -> Report:
    """The draft about a year, as far as it is known today; without effects it is made at once."""
    status, today = names_of(inventory, text).city, inventory.today()
    aims, decided, ran = (ask(inventory, of_year) for ask in (year.items, year.decisions, year.measures))
    invented = [text(f"export.{status['kind']}_note")] if status["kind"] in ("example", "generated") else []
    sections = [
        Section(text("year_report.aims"), [_aim(row, text) for row in aims] or [text("year_report.no_aims")]),
        Section(
            text("year_report.decisions"),
            [_decision(row, text) for row in decided] or [text("year_report.no_decisions")],
        ),
        Section(
            text("year_report.measures"), [_measure(row, text) for row in ran] or [text("year_report.no_measures")]
        ),
        *([Section(text("year_report.effects"), _effects(inventory, ran, text))] if with_effects else []),
        *(_network(inventory, of_year, text) if with_effects else []),
        *_money(inventory, of_year, programme, text),
        Section(text("year_report.failed"), _failed(inventory, of_year, aims, decided, ran, text)),
        Section(text("year_report.unknown"), _unknown(inventory, of_year, aims, ran, text)),
    ]
    return Report(
        text("year_report.title", year=str(of_year)),
        text(
            "year_report.subtitle", city=status["name"], day=today, programme=programme or _programmes(inventory, text)
        ),
        text("year_report.draft"),
        invented,
        sections,
    )


def _programmes(inventory: Inventory, text: Text) -> str:
    return ", ".join(dict.fromkeys(budget.plan(inventory)["programme"])) or text("word.unknown")


def _aim(row: Row, text: Text) -> str:
    """An item of the list as an aim: its title, since when, what a meeting decided."""
    title = items.title(row, text)
    if row["number"] is None:
        return text("year_report.aim", title=title, since=row["listed_on"])
    result = text(f"meetings.result_{row['result']}")
    return text("year_report.aim_decided", title=title, since=row["listed_on"], result=result, number=row["number"])


def _decision(row: Row, text: Text) -> str:
    result = text(f"meetings.result_{row['result']}")
    return text(
        "year_report.decision", number=row["number"], day=row["decided_on"], words=row["resolution_text"], result=result
    )


def _measure(row: Row, text: Text) -> str:
    """A measure with its state and, as it applies, its end, its due date, what it waits for."""
    parts = [text(f"measures.state_{row['state']}")]
    if row["lead"]:
        parts.append(text("year_report.lead", lead=row["lead"]))
    if row["finished_on"]:
        parts.append(text("year_report.finished", day=row["finished_on"]))
    elif row["due_on"]:
        parts.append(text("year_report.overdue" if row["overdue"] else "year_report.due", day=row["due_on"]))
    if row["state"] == "waiting" and row["waiting_for"]:
        parts.append(text("year_report.waits", what=row["waiting_for"]))
    note = f" {row['closing_note']}" if row["closing_note"] else ""
    return f"{measures.title(row, text)}: {', '.join(parts)}.{note}"


def _effects(inventory: Inventory, rows: list[Row], text: Text) -> list[str]:
    """One line per measure with an aim: the figure then and now, and where the change came from."""
    known = [(row, year.effect_of(inventory, row)) for row in rows]
    lines = [
        text("year_report.effect", measure=measures.title(row, text), said=effect.sentence(found[1], found[0], text))
        for row, found in known
        if found is not None
    ]
    return lines or [text("year_report.no_effects")]


def _network(inventory: Inventory, of_year: int, text: Text) -> list[Section]:
    """What the programme's study counts, at the beginning and the end of the year as far as the inventory reaches."""
    first, today = records.first_day(inventory), inventory.today()
    begin, end = max(date(of_year - 1, 12, 31), first), min(date(of_year, 12, 31), today)
    if begin >= end:
        return []
    then, now = (network.network(inventory.as_of(day)) for day in (begin, end))
    heads = [text("actors.column_figure"), text.date(begin), text.date(end), text("actors.column_change")]
    table = Table(heads, [list(row) for row in actors.network_rows(now, then, text)])
    return [Section(text("year_report.network"), [text("year_report.network_how")], table)]


def _money(inventory: Inventory, of_year: int, programme: str | None, text: Text) -> list[Section]:
    """Expense and income by category, with the deviation from the plan; the last row has the sums of those above."""
    frame = budget.by(inventory, "category", programme, of_year)
    found = []
    for direction in money.DIRECTIONS:
        rows = frame[frame["direction"] == direction].to_dict("records")
        heading = text(f"year_report.money_{direction}")
        if not rows:
            if direction == "expense":
                found.append(Section(heading, [text("year_report.no_money", year=str(of_year))]))
            continue
        sums = [
            sum((row[name] for row in rows), budget.NOTHING) for name in ("planned_eur", "paid_eur", "committed_eur")
        ]
        cells = [
            [row["key"], *_deviation([row[f"{name}_eur"] for name in ("planned", "paid", "committed")], text)]
            for row in rows
        ]
        last = [text("money.together"), *_deviation(sums, text)]
        heads = [text("money.column_category"), *(text(f"year_report.column_{name}_{direction}") for name in MONEY)]
        lines = [text("year_report.money_how")] if direction == "expense" else []
        found.append(Section(heading, lines, Table(heads, [*cells, last])))
    return found


def _deviation(amounts: list[Decimal], text: Text) -> list[str]:
    """Plan, paid, committed, and by how much paid and committed differ from the plan, in euros and per cent."""
    planned, paid, committed = amounts
    deviation = paid + committed - planned
    words = ("+" if deviation > 0 else "") + money.euro(deviation, text)
    if planned:
        share = (_HUNDRED * deviation / planned).quantize(Decimal(1), ROUND_HALF_UP)
        space = "\N{NO-BREAK SPACE}" if text.language == "de" else ""
        words += f" ({text.signed(int(share))}{space}%)"
    return [*(money.euro(amount, text) for amount in amounts), words]


def _failed(
    inventory: Inventory, of_year: int, aims: list[Row], decided: list[Row], ran: list[Row], text: Text
) -> list[str]:
    """What was dropped, is overdue, was rejected or put aside, each with its reason as far as there is one."""
    lines = [
        text("year_report.dropped", what=measures.title(row, text), reason=text.value(row["closing_note"]))
        for row in ran
        if row["state"] == "dropped"
    ]
    lines += [
        text("year_report.late", what=measures.title(row, text), day=row["due_on"]) for row in ran if row["overdue"]
    ]
    lines += [
        text(
            f"year_report.decided_{row['result']}",
            what=row["resolution_text"],
            number=row["number"],
            reason=text.value(row["reason"]),
        )
        for row in decided
        if row["result"] in ("rejected", "deferred", "withdrawn")
    ]
    lines += [
        text(
            "year_report.refused",
            what=row["title"],
            verdict=text(f"verdict.{row['verdict']}"),
            day=row["answered_on"],
            reason=text.value(row["reason"]),
        )
        for row in year.refusals(inventory, of_year)
    ]
    lines += [
        text("year_report.aside", what=items.title(row, text), reason=text.value(row["pearl_reason"]))
        for row in aims
        if row["put_aside"]
    ]
    lines += [
        text("year_report.ended", what=items.title(row, text), reason=text.value(row["ended_reason"]))
        for row in aims
        if row["ended_as"] == "dropped" and row["ended_on"] and row["ended_on"].year == of_year
    ]
    return lines or [text("year_report.none_failed")]


def _unknown(inventory: Inventory, of_year: int, aims: list[Row], ran: list[Row], text: Text) -> list[str]:
    """What nobody knows: costs, effects; each names what it is about."""
    unbooked = year.unbooked(inventory, ran)
    unmeasured = [row for row in ran if not row["effect"]]
    open_cost = [row for row in aims if row["cost_eur"] is None]
    named = (
        ("cost", [measures.title(row, text) for row in unbooked]),
        ("effect", [measures.title(row, text) for row in unmeasured]),
        ("estimate", [items.title(row, text) for row in open_cost]),
    )
    lines = [text.count(f"year_report.unknown_{name}", len(what), what="; ".join(what)) for name, what in named if what]
    if budget.total(inventory, "income", None, of_year) is None:
        lines.append(text("year_report.unknown_income", year=str(of_year)))
    return lines or [text("year_report.none_unknown")]
