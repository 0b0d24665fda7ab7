"""Weekly times, opening hours and dates in every spelling of German lists mean the same; what we write reads back."""

from collections.abc import Callable
from contextlib import suppress
from datetime import date, time, timedelta
from time import process_time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from esdash.exports.values import shown
from esdash.inventory.importing import cells, opening_words
from esdash.model import dates, entries, opening_rows, times, values
from esdash.model.kinds import KINDS
from esdash.model.opening_rows import Row
from esdash.texts import LANGUAGES, Text
from tests.trials import drawn

DAYS = (
    ("Mo", "Mo.", "Montag", "montags", "MONTAG", "Mon"),
    ("Di", "Di.", "Dienstag", "dienstags", "Tue"),
    ("Mi", "Mi.", "Mittwoch", "mittwochs", "Wed"),
    ("Do", "Do.", "Donnerstag", "donnerstags", "Thu"),
    ("Fr", "Fr.", "Freitag", "freitags", "Fri"),
    ("Sa", "Sa.", "Samstag", "sonnabends", "Sat"),
    ("So", "So.", "Sonntag", "sonntags", "Sun"),
)
DASHES = ("-", " - ", "–", " – ", "—", " — ", "‑", " − ", " bis ")
AND = (", ", " und ", " u. ", "/", " + ", " & ", ",", " sowie ")
BETWEEN = ("; ", "\n", ";", ", ", " | ", " · ")
TODAY = date(2026, 11, 22)

Clock = tuple[int, int]  # hour (24 only as an end), minute
Span = tuple[Clock, Clock]
Week = list[tuple[tuple[int, ...], list[Span]]]  # days that have the same times


@st.composite
def weeks(draw: st.DrawFn, over_midnight: bool) -> Week:
    """Different days, each with one or two times that do not meet; the last one may end at or after midnight."""
    order = draw(st.permutations(range(1, 8)))
    cuts = sorted(draw(st.sets(st.integers(1, 6), max_size=2)))
    used = order[: draw(st.integers(max(cuts, default=0) + 1, 7))]
    groups = [used[a:b] for a, b in zip([0, *cuts], [*cuts, len(used)], strict=True)]
    quarters = st.lists(st.integers(6 * 4, 23 * 4 + 3), min_size=2, max_size=4, unique=True)
    week = []
    for days in filter(None, groups):
        points = [divmod(quarter, 4) for quarter in sorted(draw(quarters))]
        clocks = [(hour, 15 * part) for hour, part in points]
        spans = list(zip(clocks[::2], clocks[1::2], strict=False))
        if over_midnight and spans[-1][0] > (13, 0) and draw(st.booleans()):
            spans[-1] = (spans[-1][0], draw(st.sampled_from([(24, 0), (0, 0), (1, 30), (5, 0)])))
        week.append((tuple(sorted(days)), spans))
    return week


def clock(draw: st.DrawFn, at: Clock) -> str:
    hour, minute = at
    ways = [f"{hour}:{minute:02}", f"{hour:02}:{minute:02}", f"{hour}.{minute:02}", f"{hour:02}.{minute:02} Uhr"]
    ways += [f"{hour}h{minute:02}", f"{hour}:{minute:02}h"]
    if not minute:
        ways += [f"{hour}", f"{hour:02}", f"{hour} Uhr", f"{hour}h", f"{hour} h"]
    return draw(st.sampled_from(ways))


def days(draw: st.DrawFn, chosen: tuple[int, ...]) -> str:
    """ "Mo, Mi und Fr", "Di bis Do", "täglich"."""
    if chosen == tuple(range(1, 8)) and draw(st.booleans()):
        return draw(st.sampled_from(["täglich", "Täglich", "daily"]))
    if chosen == tuple(range(1, 6)) and draw(st.booleans()):
        return draw(st.sampled_from(["werktags", "wochentags"]))
    names = [draw(st.sampled_from(DAYS[day - 1])) for day in chosen]
    run = len(chosen) > 1 and chosen[-1] - chosen[0] == len(chosen) - 1
    if run and draw(st.booleans()):
        return f"{names[0]}{draw(st.sampled_from(DASHES))}{names[-1]}"
    joined = names[0]
    for name in names[1:]:
        joined += draw(st.sampled_from(AND)) + name
    return joined


@st.composite
def spelled(draw: st.DrawFn, over_midnight: bool) -> tuple[Week, str]:
    """A week, and one of the ways to write it."""
    week, parts = draw(weeks(over_midnight)), []
    for chosen, spans in week:
        said = [
            draw(st.sampled_from(["", "", "von ", "jeweils "]))
            + clock(draw, begins)
            + draw(st.sampled_from(DASHES))
            + clock(draw, ends)
            for begins, ends in spans
        ]
        before = draw(st.sampled_from([" ", ": ", ", ", ":"]))
        parts.append(days(draw, chosen) + before + draw(st.sampled_from([", ", " und ", " u. ", " / "])).join(said))
    return week, draw(st.sampled_from(BETWEEN)).join(parts)


def rows(week: Week) -> list[Row]:
    at = lambda clock: time(clock[0] % 24, clock[1])  # noqa: E731
    return [Row(day, at(begins), at(ends)) for chosen, spans in week for day in chosen for begins, ends in spans]


@given(spelled(over_midnight=False))
@drawn(100, 600)
def test_weekly_times_mean_the_same_however_they_are_written(drawn_week: tuple[Week, str]) -> None:
    week, text = drawn_week
    expected = [{"weekday": row.weekday, "begins": row.begins, "ends": row.ends} for row in sorted(rows(week))]
    assert times.weekly(text) == expected
    own = ";".join(times.written(entry) for entry in expected)
    assert times.weekly(own) == entries.several(own, "times") == expected
    for language in LANGUAGES:  # as tables for people have them
        assert times.weekly(shown(expected, Text(language))) == expected


@given(spelled(over_midnight=True))
@drawn(100, 600)
def test_opening_hours_mean_the_same_however_they_are_written(drawn_week: tuple[Week, str]) -> None:
    week, text = drawn_week
    expected = opening_rows.written(rows(week))
    reading = opening_words.read(text, TODAY)
    assert (reading.weekly, reading.note) == (expected, None)
    assert opening_words.hours_alone(text) == expected
    assert expected and opening_words.hours_alone(expected) == expected
    again = opening_rows.read(expected)
    assert again and set(again.rows) == set(rows(week))


MONTHS = [
    "Januar",
    "Februar",
    "März",
    "April",
    "Mai",
    "Juni",
    "Juli",
    "August",
    "September",
    "Oktober",
    "November",
    "Dezember",
]
WRITTEN: tuple[Callable[[date], str], ...] = (
    lambda day: f"{day:%d.%m.%Y}",
    lambda day: f"{day.day}.{day.month}.{day.year}",
    lambda day: f"{day.day}. {day.month}. {day.year}",
    lambda day: f"{day.day}.{day.month}.{day:%y}",
    lambda day: f"{day:%Y-%m-%d}",
    lambda day: f"{day.year}-{day.month}-{day.day}",
    lambda day: f"{day.day}. {MONTHS[day.month - 1]} {day.year}",
    lambda day: f"{day.day}. {MONTHS[day.month - 1][:3]}. {day.year}",
    lambda day: Text("de").date(day),
    lambda day: Text("en").date(day),
)
NEAR = st.dates(date(1971, 1, 1), date(2069, 12, 31))
QUARTERS = st.times(time(6), time(23)).map(lambda at: at.replace(minute=at.minute // 15 * 15, second=0, microsecond=0))


@given(NEAR, st.sampled_from(WRITTEN), st.sampled_from(["", "{}, ", "{} ", "am {}, den "]), st.booleans())
@drawn(100, 600)
def test_a_day_means_the_same_however_it_is_written(
    day: date, write: Callable[[date], str], before: str, right: bool
) -> None:
    said = day if right else day + timedelta(days=1)
    text = before.format(DAYS[said.isoweekday() - 1][hash(day) % 3]) + write(day)
    if right or not before:
        assert values.day(text) == day
        assert dates.read(text) == dates.Dated(day)
    else:
        for read in (values.day, dates.read):
            with pytest.raises(values.Wrong, match="import_wrong_weekday"):
                read(text)


@given(
    NEAR,
    st.integers(0, 40),
    st.sampled_from(WRITTEN[:7]),
    st.sampled_from([" - ", "–", " bis ", "-", " — "]),
    st.tuples(QUARTERS, QUARTERS).filter(lambda span: span[0] < span[1]),
    st.sampled_from(["", ", {:%H:%M}-{:%H:%M}", " {:%H.%M} bis {:%H.%M} Uhr", ", von {:%H:%M} – {:%H:%M} Uhr"]),
)
@drawn(100, 600)
def test_days_from_to_with_their_time(
    first: date, length: int, write: Callable[[date], str], dash: str, span: tuple[time, time], clocks: str
) -> None:
    last = first + timedelta(days=length)
    text = write(first) + (dash + write(last) if length else "") + clocks.format(*span)
    begins, ends = span if clocks else (None, None)
    assert dates.read(text) == dates.Dated(first, last if length else None, begins, ends)
    if length < 28 and first.month == last.month and length:
        short = f"{first.day}.{dash}{write(last)}" if "." in write(last) else text
        assert dates.read(short).first == first
        if not clocks and write is not WRITTEN[3]:
            assert entries.period(f"{text} Pause") == {"first_day": first, "last_day": last, "reason": "Pause"}


ITEMS: dict[str, st.SearchStrategy[Any]] = {
    "fortnightly": st.fixed_dictionaries({"starts_on": NEAR, "begins": QUARTERS, "ends": QUARTERS}).filter(
        lambda entry: entry["begins"] != entry["ends"]
    ),
    "periods": st.tuples(NEAR, st.none() | st.integers(0, 90), st.none() | st.sampled_from(["Urlaub", "Umbau"])).map(
        lambda drawn: {
            "first_day": drawn[0],
            "last_day": None if drawn[1] is None else drawn[0] + timedelta(days=drawn[1]),
            "reason": drawn[2],
        }
    ),
    "date": NEAR,
    "time": QUARTERS,
    "integer": st.integers(0, 100_000),
    "decimal": st.integers(0, 9_999_999).map(lambda number: number / 100),
}


@given(st.data())
@drawn(100, 600)
def test_what_our_tables_say_is_read_back(data: st.DataObject) -> None:
    kind, field = data.draw(
        st.sampled_from([(kind, field) for kind in KINDS.values() for field in kind.fields if field.type in ITEMS])
    )
    value = data.draw(st.lists(ITEMS[field.type], min_size=1, max_size=3) if field.is_list else ITEMS[field.type])
    if field.is_list:
        value = entries.checked(value, field.type)
    said = cells.read(kind, field, shown(value, Text("de")), TODAY)
    assert (said.given, said.beside, said.note, said.remarks) == ({field.name: value}, {}, "", [])


LONG = ("01.02.2026{}x", "Mo {}x", "so{}x", "1.{}", "9-{}", "(9){}", "am {}", "1,{}", "Mo,{}", "jeden 1.{}", "- {}")


@pytest.mark.parametrize("form", LONG)
def test_long_texts_take_no_time(form: str) -> None:
    """What a hostile list may hold: none of it costs more than a moment of computing."""
    text = form.format(" " * 20_000 if form.endswith("x") else form.format("") * 8_000)
    readers: list[Callable[[str], Any]] = [values.day, dates.read, times.weekly, times.impossible, times.span]
    readers += [times.clock, entries.period, entries.fortnight, opening_words.hours_alone]
    begin = process_time()
    for read in readers:
        with suppress(values.Wrong):
            read(text)
    assert process_time() - begin < 2
