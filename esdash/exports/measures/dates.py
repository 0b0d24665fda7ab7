"""Due dates and steps of open measures as an iCalendar file."""

from icalendar import Event

from esdash.analysis.measures import listed
from esdash.analysis.records import records
from esdash.exports.exchange import calendar as ics
from esdash.inventory import Inventory
from esdash.texts import Text, is_missing
from esdash.wording import measures as words
from esdash.wording.names import names_of


def calendar(inventory: Inventory, text: Text, lead: str | None = None) -> bytes:
    """One whole day for each due date and each step that is not done; `lead`: only of that organisation."""
    city, names, made = records.status(inventory), names_of(inventory, text), inventory.now()
    frame = listed.measures(inventory)
    notice = [text("app.example_note")] if city["kind"] in ("example", "generated") else []
    events: list[Event] = []
    for row in frame[frame["open"]].to_dict("records"):
        if lead and row["lead_organization_id"] != lead:
            continue
        uid, version = f"measure-{row['measure_id']}", int(row["version"])
        name = words.title(row, text)
        about = [text("calendar_measure.lead", organization=names.of("organization", row["lead_organization_id"]))]
        if not is_missing(row["responsible_role"]):
            about.append(text("calendar_measure.role", role=row["responsible_role"]))
        due = words.day_of(row["due_on"])
        if due is not None:
            said = text("calendar_measure.due", measure=name)
            events.append(ics.whole_day(f"{uid}@{city['city_id']}.esdash", due, said, [*about, *notice], version, made))
        for number, step in enumerate(listed.milestones(row)):
            if step["due_on"] and not step["done_on"]:
                said = text("calendar_measure.step", measure=name, step=step["text"])
                key = f"{uid}-{number}@{city['city_id']}.esdash"
                events.append(ics.whole_day(key, step["due_on"], said, [*about, *notice], version, made))
    return ics.written(text("calendar_measure.title", city=city["name"]), events)
