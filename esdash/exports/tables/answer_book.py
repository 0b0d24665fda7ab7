"""The questions of the calls as a workbook to fill in; the import takes it back by the key of each offer."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from esdash.exports.tables.template import Blank, blanks, template_file
from esdash.model.fields import PLACE_PARTS
from esdash.model.kinds import BY_TABLE
from esdash.texts import Text
from esdash.wording import labels, questions
from esdash.wording.names import Names
from esdash.wording.questions import Call

_OFFER = BY_TABLE["initiative"]
PLACE = ("location_id", *PLACE_PARTS)
ASKED = ("theme_ids", "target_group_ids", "capacity", "mode", *PLACE)
SAID = ("source", "assured_on", "assured_by")  # where the answers come from, and when
FIELDS = tuple(_OFFER.field(name) for name in (*ASKED, *SAID))


def answer_book(
    calls: Sequence[Call], options: Mapping[str, Sequence[str]], names: Names, text: Text, created: datetime
) -> bytes:
    """One row per offer of which something is unknown; cells that nobody asks about are grey.

    `options`: names to choose from, by field. The first columns hold the key, the offer, and what to ask; the import
    recognises the heading of the last one and skips it.
    """
    told = [
        Blank(labels.label(text, _OFFER.field(_OFFER.key)), "text", text("answer_book.help_key")),
        Blank(labels.label(text, _OFFER.field("name")), "text", text("answer_book.help_key")),
        Blank(text("answer_book.heading"), "text", text("answer_book.help_key")),
    ]
    rows: list[list[str | None]] = []
    for call in calls:
        for one in call.questions:
            wanted = {*one.fields, *(PLACE if "location_id" in one.fields else ()), *SAID}
            asked = "\n".join((call.organization, *questions.asked(one, text)))
            cells = ["" if field.name in wanted else None for field in FIELDS]
            rows.append([one.initiative_id, one.name, asked, *cells])
    columns = [*told, *blanks(FIELDS, options, text)]
    kind = names.city["kind"]
    notice = f"{text(f'export.{kind}_note')} " if kind in ("example", "generated") else ""
    return template_file(text("answer_book.title"), columns, text, created, rows, notice + text("answer_book.how"))
