"""3W (who does what where) as CSV with a row of HXL tags: one row per initiative that is not archived.

The first row names the columns for people, the second one tags them for programs. Lists are parted by "; " and hold
names; organisations, themes, target groups, languages and districts are named as in the city's own lists (German).

It does not carry: notes, who confirmed a record, contacts and people, descriptions and addresses of organisations,
whether a place is barrier-free, empty lists (they come back as unknown), trainings, contact points and surveys. Who
imports it needs the organisations beforehand, and gets places by name and address without their coordinates.
"""

from __future__ import annotations

import csv
import io
from typing import Any

from esdash.exports.exchange.plain import portable

SEPARATOR = "; "
# heading, tag, column of analysis.records.exchange()["initiative"]
COLUMNS = (
    ("id", "#activity+id", "initiative_id"),
    ("Who", "#org+name", "organization"),
    ("With whom", "#org+partner+list", "partners"),
    ("What", "#activity+name", "name"),
    ("Description", "#description", "description"),
    ("Status", "#status", "status"),
    ("Theme", "#sector+list", "themes"),
    ("For whom", "#beneficiary+type+list", "target_groups"),
    ("Languages", "#meta+lang+list", "languages"),
    ("Mode", "#modality", "mode"),
    ("Where", "#loc+name", "place"),
    ("Street", "#loc+street", "street"),
    ("Postcode", "#loc+postcode", "postcode"),
    ("District", "#adm5+name", "district"),
    ("Districts served", "#adm5+served+list", "districts"),
    ("Latitude", "#geo+lat", "lat"),
    ("Longitude", "#geo+lon", "lon"),
    ("Weekly times", "#date+weekly+list", "times"),
    ("Places per week", "#capacity+num", "capacity"),
    ("Waiting", "#capacity+waiting", "waiting"),
    ("Volunteers active", "#capacity+volunteers+active", "volunteers_active"),
    ("Volunteers wanted", "#capacity+volunteers+wanted", "volunteers_wanted"),
    ("Begin", "#date+start", "started_on"),
    ("End", "#date+end", "ended_on"),
    ("Cost", "#value+cost", "cost"),
    ("Web page", "#contact+url", "website"),
    ("Source", "#meta+source", "source"),
    ("Confirmed on", "#date+assured", "assured_on"),
)


def hxl_file(initiatives: list[dict[str, Any]]) -> bytes:
    """Comma, UTF-8, ISO dates; unknown is empty."""
    output = io.StringIO(newline="")
    writer = csv.writer(output, lineterminator="\n")
    writer.writerow([heading for heading, _, _ in COLUMNS])
    writer.writerow([tag for _, tag, _ in COLUMNS])
    for record in initiatives:
        writer.writerow([_cell(record[column]) for _, _, column in COLUMNS])
    return output.getvalue().encode("utf-8")


def _cell(value: Any) -> Any:
    if isinstance(value, list):
        return SEPARATOR.join(str(_cell(part)) for part in value)
    if isinstance(value, dict):
        return f"{value['weekday']} {value['begins']:%H:%M}-{value['ends']:%H:%M}"
    return portable(value)
