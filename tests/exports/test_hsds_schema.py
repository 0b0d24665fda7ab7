"""Our HSDS document against what HSDS 3 demands of each part: needed properties, types, formats, code lists.

The demands are written down here from the schemas of the specification (openreferral/specification, version 3).
"""

import json
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

import pytest

from esdash.analysis.records import records
from esdash.exports import hsds_file
from tests.exports.test_exchange import city, weekly

NEEDED = {
    "service": {"id", "name", "status"},
    "organization": {"id", "name", "description"},
    "location": {"id", "location_type"},
    "address": {"id", "address_1", "city", "state_province", "postal_code", "country", "address_type"},
    "phone": {"id", "number"},
    **{
        name: {"id"} for name in ("schedule", "language", "service_area", "service_at_location", "contact", "attribute")
    },
}
PARTS = {
    **{f"{name}s": name for name in ("phone", "schedule", "language", "service_area", "contact", "attribute")},
    **{"service_at_locations": "service_at_location", "addresses": "address"},
    **{"organization": "organization", "location": "location"},
}
CODES = {
    ("service", "status"): {"active", "inactive", "defunct", "temporarily closed"},
    ("location", "location_type"): {"physical", "postal", "virtual"},
    ("address", "address_type"): {"physical", "postal", "virtual"},
    ("schedule", "freq"): {"WEEKLY", "MONTHLY"},
}
PATTERNS = {
    "email": r"[^@\s]+@[^@\s]+\.\w+",
    "assured_date": r"\d{4}-\d{2}-\d{2}",
    "opens_at": r"\d{2}:\d{2}",
    "closes_at": r"\d{2}:\d{2}",
    "byday": r"-?\d?(MO|TU|WE|TH|FR|SA|SU)(,-?\d?(MO|TU|WE|TH|FR|SA|SU))*",
    **dict.fromkeys(("dtstart", "valid_from", "valid_to"), r"\d{4}-\d{2}-\d{2}"),
    "schedule_link": r"https?://\S+",
    "code": r"[a-z]{2,3}",
    "country": r"[A-Z]{2}",
}


def broken(kind: str, part: dict[str, Any]) -> Iterator[str]:
    """What a part and its parts do against the specification."""
    yield from (f"{kind}: no {name}" for name in sorted(NEEDED[kind] - part.keys()))
    for name, value in part.items():
        if name in PARTS:
            for inner in value if isinstance(value, list) else [value]:
                yield from broken(PARTS[name], inner)
        elif name in ("id", "link_id") and str(UUID(value)) != value:
            yield f"{kind}.{name}: {value}"
        elif name in ("latitude", "longitude", "interval"):
            if not isinstance(value, int | float):
                yield f"{kind}.{name}: {value!r}"
        elif not isinstance(value, str):
            yield f"{kind}.{name}: {value!r}"
        elif (
            value not in CODES.get((kind, name), {value})
            or (name in ("url", "website") and not (urlsplit(value).scheme and urlsplit(value).netloc))
            or (name in PATTERNS and not re.fullmatch(PATTERNS[name], value))
        ):
            yield f"{kind}.{name}: {value}"


@pytest.mark.parametrize("status", ["planned", "active", "paused", "ended"])
def test_every_part_is_as_hsds_demands(status: str, tmp_path: Path) -> None:
    full = {
        **{"initiative_id": "i0", "organization_id": "o1", "name": "Treff", "location_id": "l1", "contact_id": "c1"},
        **{"times": [weekly([1, 9, 1])], "status": status, "language_ids": ["de"], "website": "www.example.org/a"},
        **{"district_ids": ["01"], "assured_on": str(date(2026, 1, 2)), "capacity": 3, "theme_ids": []},
    }
    bare = dict.fromkeys(full) | {"initiative_id": "i1", "organization_id": "o2", "name": "Chor", "status": status}
    half = bare | {"initiative_id": "i2", "location_id": "l2", "website": "https://example.org"}
    with city(tmp_path, [dict(sorted(offer.items())) for offer in (full, bare, half)]) as inventory:
        document = json.loads(hsds_file(records.exchange(inventory)))
    assert [fault for service in document["contents"] for fault in broken("service", service)] == []
    assert document.keys() == {
        *("total_items", "total_pages", "page_number", "size", "first_page", "last_page", "empty", "contents"),
    }
    by_name = {service["name"] + service["id"]: service for service in document["contents"]}
    assert len(by_name) == 3
    assert {service.get("url") for service in document["contents"]} == {
        *("https://www.example.org/a", None, "https://example.org"),
    }


def test_the_check_sees_what_is_wrong() -> None:
    wrong = {
        **{"id": "ac148810-d857-441c-9679-408f346de14b", "name": 1, "status": "paused", "url": "example.org"},
        "organization": {"id": "ac148810-d857-441c-9679-408f346de14b", "name": "x"},
    }
    assert list(broken("service", wrong)) == [
        *("service.name: 1", "service.status: paused", "service.url: example.org", "organization: no description"),
    ]
