"""Opening hours as rows that people choose: weekday, how often, from, to. They never see the notation.

The rows fill two columns: `opening_hours` (every week, weeks of the month) and `fortnightly` (every second week). What
rows cannot show, such as seasons, stays as it is until somebody replaces it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import streamlit as st

from esdash.model import entries, opening_rows
from esdash.model.opening import Fortnightly, Hours
from esdash.model.opening_rows import LAST, Row
from esdash.model.values import Wrong
from esdash.ui.entry.field_times import DAY_WIDTH, TIME_WIDTH
from esdash.ui.entry.field_widgets import EARLIEST, LATEST, Fields
from esdash.ui.entry.form_state import Form
from esdash.wording import labels, openings
from esdash.wording.escaping import plain

FIELD, BESIDE = "opening_hours", "fortnightly"  # the fields that the rows fill
_ROWS, _REPLACED = f"{FIELD} rows", f"{FIELD} replaced"  # names of the widgets besides the rows
WEEKLY, FORTNIGHTLY = "weekly", "fortnightly"
MONTHLY = tuple(f"week_{week}" for week in (1, 2, 3, 4, 5, LAST))
RHYTHM_WIDTH, DATE_WIDTH, WEEKS_WIDTH = 180, 172, 320  # pixels; day and rhythm fit one line of a telephone


@dataclass(frozen=True)
class Entered:
    """One row as entered; `weeks` of the month beside the one in `rhythm`."""

    weekday: int | None = None
    rhythm: str = WEEKLY
    weeks: tuple[str, ...] = ()
    starts_on: date | None = None
    begins: str = ""
    ends: str = ""

    @property
    def empty(self) -> bool:
        """Whether nobody entered anything."""
        return not (self.weekday or self.begins.strip() or self.ends.strip() or self.starts_on)


def show(fields: Fields) -> None:
    """Draw the rows; the entries are texts and values that editing reads, None for unknown."""
    form, text = fields.form, fields.text
    weekly, beside = form.before(FIELD), form.before(BESIDE)
    known = opening_rows.read(weekly)
    st.markdown(f":small[{labels.label(text, fields.by_name[FIELD])}]", help=fields.help(FIELD))
    replaced = known is not None
    if known is None:
        st.markdown(text("form_hours.kept", hours=plain(openings.week(Hours(weekly), text))))
        replaced = st.checkbox(text("form_hours.replace"), key=form.hold(_REPLACED, False))
        form.entered[_REPLACED] = replaced
    public = known.public if known else ""
    if public:
        st.caption(text("form_hours.public", hours=openings.on_holidays(public, text)))
    initial = [_entered(row) for row in _rows(known.rows if known else (), beside)]
    numbers = form.entered.setdefault(_ROWS, list(range(max(1, len(initial)))))
    rows = [_row(fields, n, initial[n] if n < len(initial) else Entered()) for n in numbers]
    st.button(text("form_hours.add"), key=form.widget(f"{FIELD} add"), on_click=_add, args=(form,))
    fields.slots[FIELD] = fields.slots[BESIDE] = st.container()
    filled = [row for row in rows if not row.empty]
    form.note(FIELD, (initial, known is not None), (filled, replaced))
    fields.said[FIELD] = _values(filled, public, weekly if not replaced else None, beside, fields)


def _rows(rows: Iterable[Row], beside: list[dict[str, Any]] | None) -> list[Row]:
    times = [Fortnightly(entry["starts_on"], entry["begins"], entry["ends"]) for entry in beside or []]
    return [*rows, *opening_rows.of_fortnightly(times)]


def _entered(row: Row) -> Entered:
    ends = entries.MIDNIGHT if row.ends == opening_rows.MIDNIGHT else f"{row.ends:%H:%M}"
    rhythm = FORTNIGHTLY if row.starts_on else f"week_{row.weeks[0]}" if row.weeks else WEEKLY
    weeks = tuple(f"week_{week}" for week in row.weeks[1:])
    return Entered(row.weekday, rhythm, weeks, row.starts_on, f"{row.begins:%H:%M}", ends)


def _row(fields: Fields, row: int, initial: Entered) -> Entered:
    form, text = fields.form, fields.text
    first = row == form.entered[_ROWS][0]
    visibility: Any = "visible" if first else "collapsed"
    with st.container(horizontal=True, vertical_alignment="bottom", gap="xsmall"):
        day = _chosen(fields, row, "day", range(1, 8), initial.weekday, DAY_WIDTH, visibility, "weekday.{}")
        rhythm = _chosen(
            *(fields, row, "rhythm", (WEEKLY, FORTNIGHTLY, *MONTHLY), initial.rhythm, RHYTHM_WIDTH, visibility),
            "form_hours.{}",
        )
        begins, ends = (
            _time(fields, row, name, value, example, visibility)
            for name, value, example in (("from", initial.begins, "14:00"), ("to", initial.ends, "17:00"))
        )
        if len(form.entered[_ROWS]) > 1:
            key, why = form.widget(f"{FIELD} {row} remove"), text("form_times.remove")
            st.button("✕", key=key, help=why, type="tertiary", on_click=_remove, args=(form, row))
    starts_on: date | None = None
    weeks: tuple[str, ...] = ()
    if rhythm == FORTNIGHTLY:
        starts_on = _start(fields, row, day, initial.starts_on)
    elif rhythm in MONTHLY:
        weeks = _weeks(fields, row, str(rhythm), initial.weeks)
    if rhythm == FORTNIGHTLY and starts_on and day:
        starts_on += timedelta(days=(day - starts_on.isoweekday()) % 7)
    return Entered(day, str(rhythm), weeks, starts_on, begins, ends)


def _chosen(
    fields: Fields, row: int, part: str, options: Any, initial: Any, width: int, visibility: Any, words: str
) -> Any:
    form, text, name = fields.form, fields.text, f"{FIELD} {row} {part}"
    chosen = st.selectbox(
        text(f"form_hours.{part}"),
        options,
        key=form.hold(name, initial),
        format_func=lambda option: text(words.format(option)),
        index=None if initial is None else 0,
        placeholder=text("form_entry.choose"),
        label_visibility=visibility,
        width=width,
    )
    form.entered[name] = chosen
    return chosen


def _time(fields: Fields, row: int, part: str, initial: str, example: str, visibility: Any) -> str:
    form, name = fields.form, f"{FIELD} {row} {part}"
    entered = st.text_input(
        fields.text(f"form_times.{part}"),
        key=form.hold(name, initial),
        placeholder=example,
        label_visibility=visibility,
        width=TIME_WIDTH,
    )
    form.entered[name] = entered
    return entered or ""


def _start(fields: Fields, row: int, weekday: int | None, initial: date | None) -> date | None:
    """The first day of a time of every second week."""
    form, text, name = fields.form, fields.text, f"{FIELD} {row} start"
    chosen = st.date_input(
        text("form_hours.start"),
        value=None,
        key=form.hold(name, initial),
        min_value=EARLIEST,
        max_value=LATEST,
        format=text("form.date_input"),
        help=text("form_hours.start_help"),
        width=DATE_WIDTH,
    )
    form.entered[name] = chosen
    if isinstance(chosen, date) and weekday and chosen.isoweekday() != weekday:
        first = chosen + timedelta(days=(weekday - chosen.isoweekday()) % 7)
        st.caption(text("form_hours.first_time", weekday=text(f"weekday.{weekday}"), day=first))
    return chosen if isinstance(chosen, date) else None


def _weeks(fields: Fields, row: int, rhythm: str, initial: tuple[str, ...]) -> tuple[str, ...]:
    """Further weeks of the month: first and third."""
    form, text, name = fields.form, fields.text, f"{FIELD} {row} weeks"
    offered = [week for week in MONTHLY if week != rhythm]
    now = st.session_state.get(form.widget(name), form.entered.get(name, initial))
    kept = [week for week in now if week in offered]
    if kept != list(now):  # that week is now the first choice
        form.put(name, kept)
    chosen = st.multiselect(
        text("form_hours.weeks"),
        offered,
        key=form.hold(name, kept),
        format_func=lambda week: text(f"form_hours.{week}"),
        placeholder=text("form_hours.weeks_none"),
        select_all=False,
        width=WEEKS_WIDTH,
    )
    form.entered[name] = chosen
    return tuple(sorted(chosen, key=MONTHLY.index))


def _values(
    filled: list[Entered], public: str, kept: str | None, beside: list[dict[str, Any]] | None, fields: Fields
) -> dict[str, Any]:
    """Column → entry: the notation of the rows, or the words of a row that is no time, which editing refuses."""
    rows: list[Row] = []
    for entered in filled:
        try:
            rows.append(_as_row(entered))
        except Wrong:
            return {FIELD: _in_words(entered, fields)}
    weekly = kept or opening_rows.written(rows, public)
    times = [entry._asdict() for entry in opening_rows.fortnightly(rows)]
    return {FIELD: weekly, BESIDE: times or ([] if beside else None)}


def _as_row(entered: Entered) -> Row:
    """A row of values. Raises Wrong where something is missing or no time."""
    begins, ends = entries.clocks(f"{entered.begins.strip()}-{entered.ends.strip()}")
    if entered.rhythm == FORTNIGHTLY:
        if entered.starts_on is None:
            raise Wrong("import_not_fortnightly")
        return Row(entered.starts_on.isoweekday(), begins, ends, starts_on=entered.starts_on)
    if entered.weekday is None:
        raise Wrong("import_not_opening")
    weeks = () if entered.rhythm == WEEKLY else (entered.rhythm, *entered.weeks)
    ordered = sorted({int(week.removeprefix("week_")) for week in weeks}, key=lambda week: week % 10)
    return Row(entered.weekday, begins, ends, tuple(ordered))


def _in_words(entered: Entered, fields: Fields) -> str:
    day = fields.text(f"weekday.{entered.weekday}") if entered.weekday else ""
    rhythm = "" if entered.rhythm == WEEKLY else fields.text(f"form_hours.{entered.rhythm}")
    start = fields.text.date(entered.starts_on) if entered.starts_on else ""
    said = f"{rhythm} {day} {start} {entered.begins.strip()}-{entered.ends.strip()}"
    return " ".join(said.split()) + " ?"  # no reader takes it for a time


def _add(form: Form) -> None:
    form.entered[_ROWS] = [*form.entered[_ROWS], max(form.entered[_ROWS]) + 1]


def _remove(form: Form, row: int) -> None:
    form.entered[_ROWS] = [other for other in form.entered[_ROWS] if other != row]
