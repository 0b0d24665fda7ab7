"""The printed papers of the example: texts that people have read, and prints whose marks the program works out.

A mark has a salt and depends on what the contact point says, so the files name only which contact points stood on a
print and which of them said something else then; checksums of German texts are worked out too.
"""

import hashlib
import json
from collections.abc import Iterable
from datetime import date
from typing import Any

from esdash.analysis.leaflet import contacts
from esdash.inventory import Inventory
from esdash.texts import leaflet

TABLES = ("leaflet_text", "print_run")
_ALL = "*"
_EARLIER = "ein früherer Stand"

Row = dict[str, Any]


def texts(rows: Iterable[Row]) -> list[Row]:
    """The rows of leaflet_text from those of the file; of one text the last row counts.

    passages: names, or * for all usual ones. text: words of the city's own, empty for the usual ones. source: the
    German text it was read against; empty for the usual one.
    """
    found: dict[str, Row] = {}
    german = leaflet.standard(leaflet.SOURCE)
    for row in rows:
        language = row["language_id"]
        usual = leaflet.standard(language)
        fixed = [name for name in usual if not name.startswith(leaflet.THEME)]
        for passage in fixed if row["passages"] == _ALL else row["passages"].split(";"):
            source = None if language == leaflet.SOURCE else leaflet.hashed(row["source"] or german[passage])
            found[f"{passage}|{language}"] = {
                "leaflet_text_id": f"{passage}|{language}",
                "passage": passage,
                "language_id": language,
                "text": row["text"] or usual[passage],
                "source_sha256": source if row["reviewed_on"] else None,
                "reviewed_on": row["reviewed_on"],
                "reviewed_by": row["reviewed_by"],
            }
    return list(found.values())


def run(inventory: Inventory, row: Row) -> Row:
    """A row of print_run from one of the file, in which `printed` says of each contact point whether it was other then.

    What may not be printed today has a mark that nobody compares.
    """
    salt = hashlib.sha256(row["print_run_id"].encode()).hexdigest()[:32]
    lines = json.loads(row["printed"])
    today = contacts.of(inventory, [line["contact_point_id"] for line in lines], date.fromisoformat(row["as_of"]))
    printed = []
    for line in lines:
        now = today.get(line["contact_point_id"])
        other = line.pop("other", False) or now is None
        mark = hashlib.sha256(f"{salt}{_EARLIER}".encode()).hexdigest()
        printed.append(
            {**line, "sha256": mark if other or now is None else contacts.fingerprint(now, row["kind"], salt)}
        )
    return {**row, "laid_out": json.loads(row["laid_out"]), "printed": printed, "salt": salt}
