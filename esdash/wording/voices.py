"""Rounds of voices in words: what is told when, the result, and where it differs from the computation."""

from collections.abc import Sequence
from typing import Any

import pandas as pd

from esdash.analysis import voices
from esdash.analysis.priorities import items
from esdash.inventory import Inventory
from esdash.inventory.cached import cached
from esdash.inventory.steering.voices import Round
from esdash.texts import Text, is_missing
from esdash.wording import items as item_words
from esdash.wording.columns import Column
from esdash.wording.escaping import bold
from esdash.wording.names import Names

TITLE_WIDTH = 56  # characters of a title that a table shows on the screen; cells are cut without a sign


@cached
def titles(inventory: Inventory, text: Text) -> dict[str, str]:
    """Item → its title, of all items that are or were on the list."""
    both = [*items.on_list(inventory).to_dict("records"), *items.ended(inventory).to_dict("records")]
    return {str(row["priority_item_id"]): item_words.title(row, text) for row in both}


def about(a_round: Round, text: Text) -> str:
    """An open round in one sentence: what each seat gives."""
    return text(
        f"voices.open_sentence_{a_round.method}",
        day=a_round.opened_on,
        n=len(a_round.item_ids),
        dots=a_round.dots,
        most=a_round.most_per_item,
    )


def handed_in(a_round: Round, text: Text) -> str:
    """How many seats have handed in."""
    return text.count("voices.handed_in", len(a_round.handed_in), seats=len(a_round.seats))


def told(a_round: Round, text: Text, seat: str = "") -> str:
    """Who will see what, and when: said before the first dot."""
    who = seat or text("voices.told_seat")
    return text("voices.told_named" if a_round.names_shown else "voices.told_unnamed", seat=who)


def counted(a_round: Round, given: Sequence[int | None], text: Text) -> str:
    """How much has been given so far in the form of one seat."""
    if a_round.dots is None:
        return text("voices.judged", given=sum(value is not None for value in given), n=len(a_round.item_ids))
    total = sum(value or 0 for value in given)
    key = "given" if total == a_round.dots else "given_left" if total < a_round.dots else "given_beyond"
    return text(f"voices.{key}", given=total, dots=a_round.dots, left=abs(a_round.dots - total))


def points(value: float, text: Text) -> str:
    """A median or quartile as it is: of whole points it has at most two decimals, so nothing is rounded."""
    digits = next((number for number in (0, 1) if round(value, number) == value), 2)
    return text.number(value, digits)


def seats(ids: Sequence[str], names: Names) -> str:
    """Seats by the names of their organisations."""
    return ", ".join(names.of("organization", key) for key in names.by_name("organization", ids))


# ---------------------------------------------------------------- the result


@cached
def result(inventory: Inventory, text: Text, round_id: str) -> pd.DataFrame:
    """`voices.result` with title and words: half, divided_word, without."""
    found, known = voices.result(inventory, round_id), titles(inventory, text)
    rows = list(found.itertuples())
    named = [known.get(row.priority_item_id, row.priority_item_id) for row in rows]
    return found.assign(
        title=named,
        title_shown=[_cut(one) for one in named],
        half=[text("voices.span", low=points(row.q1, text), high=points(row.q3, text)) for row in rows],
        divided_word=[text("voices.divided" if row.contested else "voices.agreed") for row in rows],
        without=[_without(row, text) for row in rows],
    )


def _without(row: Any, text: Text) -> str:
    if not row.recused:
        return text("voices.without_none")
    if row.recused == row.n:
        return text("voices.without_nobody")
    if is_missing(row.median_without):
        return text("voices.without_unsaid")
    return text("voices.without_known", median=points(row.median_without, text), n=int(row.n - row.recused))


def columns(text: Text) -> list[Column]:
    """The columns of the result in a file."""
    found = _columns("title", text)
    return [*found[:-1], Column("without", text("voices.column_without"), width=28), found[-1]]


def shown_columns(text: Text) -> list[Column]:
    """The columns of the result on the screen; who is concerned stands in a table of its own."""
    return _columns("title_shown", text)


def _columns(title: str, text: Text) -> list[Column]:
    return [
        Column("rank", text("voices.column_rank"), "integer", 7),
        Column(title, text("column.title"), width=TITLE_WIDTH),
        Column("median", text("voices.column_median"), "decimal", 8),
        Column("half", text("voices.column_half"), width=15),
        Column("n", text("voices.column_voices"), "integer", 9),
        Column("divided_word", text("voices.column_divided"), width=10),
    ]


def sentence(a_round: Round, found: pd.DataFrame, text: Text) -> str:
    """The result in one sentence, ready for Markdown: who handed in, what is first, where the seats are divided."""
    first, divided = found[found["rank"] == 1], int(found["contested"].sum())
    said = text("voices.divided_none") if divided == 0 else text.count("voices.divided", divided)
    top = first.iloc[0]
    values = {"handed": handed_in(a_round, text), "median": points(top["median"], text), "divided": said}
    if len(first) > 1:
        return text("voices.sentence_shared", n=len(first), most=a_round.most_per_item, **values)
    return text("voices.sentence", first=bold(top["title"]), most=a_round.most_per_item, **values)


def hovers(found: pd.DataFrame, text: Text) -> list[str]:
    """The hover text of each bar."""
    return [
        text("voices.hover", median=points(r.median, text), q1=points(r.q1, text), q3=points(r.q3, text), n=int(r.n))
        for r in found.itertuples()
    ]


def concerned(
    found: pd.DataFrame, conflicts: dict[str, list[str]], names: Names, text: Text
) -> tuple[pd.DataFrame, list[Column]]:
    """One row per item that concerns a seat which handed in: whom, and the middle with all and without those seats."""
    rows = found[found["recused"] > 0]
    ids = rows["priority_item_id"]
    frame = rows.assign(seats=[seats(conflicts.get(item, []), names) for item in ids])
    frame["with_all"] = [
        text("voices.without_known", median=points(row.median, text), n=int(row.n)) for row in rows.itertuples()
    ]
    return frame, [
        Column("title_shown", text("column.title"), width=TITLE_WIDTH),
        Column("seats", text("voices.column_seats"), width=44),
        Column("with_all", text("voices.column_with_all"), width=20),
        Column("without", text("voices.column_without"), width=28),
    ]


def who(inventory: Inventory, text: Text, names: Names, a_round: Round) -> tuple[pd.DataFrame, list[Column]]:
    """One row per item, one column per seat that handed in: its points, with a star where the item concerns it."""
    found, known = voices.of_seats(inventory, a_round.voice_round_id), titles(inventory, text)
    order = names.by_name("organization", found["seat_organization_id"].unique())
    cells = {
        (row.priority_item_id, row.seat_organization_id): f"{row.points}{' ★' if row.conflict else ''}"
        for row in found.itertuples()
    }
    frame = pd.DataFrame(
        [
            {"title": _cut(known.get(item, item)), **{seat: cells.get((item, seat), "") for seat in order}}
            for item in a_round.item_ids
        ],
        columns=["title", *order],
    )
    heads = [Column(seat, names.of("organization", seat), width=18) for seat in order]
    return frame, [Column("title", text("column.title"), width=TITLE_WIDTH), *heads]


# ---------------------------------------------------------------- beside the computation


@cached
def beside(inventory: Inventory, text: Text, round_id: str) -> pd.DataFrame:
    """`voices.compared` with title, shift_word, and what people wrote about the item (score_reason, version)."""
    listed = items.on_list(inventory)
    found = voices.compared(voices.result(inventory, round_id), listed)
    known = titles(inventory, text)
    found = found.merge(listed[["priority_item_id", "score_reason", "version"]], on="priority_item_id")
    return found.assign(
        title=[known[item] for item in found["priority_item_id"]],
        title_shown=[_cut(known[item]) for item in found["priority_item_id"]],
        shift_word=[_shift(int(value), text) for value in found["shift"]],
        computed_word=[_place(row.computed, row.computed_last, text) for row in found.itertuples()],
        voiced_word=[_place(row.voiced, row.voiced_last, text) for row in found.itertuples()],
    )


def beside_columns(text: Text) -> list[Column]:
    """The columns of the places side by side."""
    return [
        Column("title_shown", text("column.title"), width=TITLE_WIDTH),
        Column("computed_word", text("voices.column_computed"), width=18),
        Column("voiced_word", text("voices.column_voiced"), width=18),
        Column("shift_word", text("voices.column_shift"), width=16),
    ]


def crossing(row: Any, text: Text) -> str:
    """An item whose places lie far apart, in one sentence."""
    return text("voices.crossing", computed=row.computed_word, voiced=row.voiced_word, title=row.title)


def _place(first: int, last: int, text: Text) -> str:
    """A place, or those that equal items share."""
    return text.number(first) if first == last else text("voices.span", low=int(first), high=int(last))


def _cut(title: str) -> str:
    return title if len(title) <= TITLE_WIDTH else title[: TITLE_WIDTH - 1].rstrip() + "…"


def _shift(places: int, text: Text) -> str:
    if places == 0:
        return text("voices.shift_none")
    return text("voices.shift_up" if places > 0 else "voices.shift_down", n=abs(places))
