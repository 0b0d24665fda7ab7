"""Public contacts as a vCard file (3.0, RFC 2426), as address books of phones and offices read it.

One card for each function: FN is the function with its organisation, and the name of a person stands only in the note,
and only with public consent of today. A card keeps its UID, so that an address book changes it instead of adding it
again. It holds neither notes nor who confirmed what.
"""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from icalendar import Component
from icalendar.parser import Parameters
from icalendar.prop import vInline, vText

from esdash.exports.values import clean
from esdash.wording.names import Names

Record = dict[str, Any]


def vcard_file(cards: Sequence[Record], names: Names, city: Record, made: datetime, notice: str | None = None) -> bytes:
    """The file for rows of analysis.contact_points.cards; `made` is the time of change of rows without one.

    `city`: its name is the town of the addresses, its id makes the UIDs unique. `notice` (example data) is a line of
    every note.
    """
    return b"".join(_card(card, names, city, made, notice).to_ical(sorted=False) for card in cards)


class Card(Component):
    """A component of icalendar that is a card: folded and with ends of lines as in a calendar."""

    name = "VCARD"


def _card(card: Record, names: Names, city: Record, made: datetime, notice: str | None) -> Component:
    function = _plain(", ".join(dict.fromkeys(part for part in (card["role"], card["organization"]) if part)))
    written = Card()

    def add(name: str, value: Any, *types: str) -> None:
        if value:
            known = value if isinstance(value, vInline) else vText(_plain(str(value)))
            known.params = Parameters({"TYPE": list(types)} if types else {})
            written.add(name, known, encode=False)

    add("version", "3.0")
    add("fn", function)
    add("n", _structured(function, "", "", "", ""))  # address books want one; the function has no first name
    add("org", card["organization"])
    add("title", card["role"])
    add("role", card["role"])
    add("tel", card["phone_e164"] or card["phone"], "WORK", "VOICE")
    add("email", card["email"], "INTERNET")
    if card["street"]:
        address = _structured("", "", card["street"], city["name"], "", card["postcode"] or "", "")
        add("adr", address, "WORK")
    add("url", card["website"] and _address(card["website"]))
    add("note", "\n".join(_lines(card, names, notice)))
    add("uid", f"{card['table_name'].replace('_', '-')}-{card['record_id']}@{city['city_id']}.esdash")
    changed = card["changed_at"].replace(tzinfo=UTC) if card["changed_at"] else made.astimezone(UTC)
    add("rev", f"{changed:%Y-%m-%dT%H:%M:%SZ}")
    return written


def _lines(card: Record, names: Names, notice: str | None) -> list[str]:
    """The note: the person with consent, the place, the languages that are known, and whether all is invented."""
    text = names.text
    lines = [text("vcard.person", name=card["person"])] if card["person"] else []
    if card["place"]:
        lines.append(text("vcard.place", place=card["place"]))
    if card["language_ids"]:
        lines.append(text("vcard.languages", languages=names.all("language", card["language_ids"])))
    return [*lines, *([notice] if notice else [])]


def _structured(*parts: str) -> vInline:
    """A value of several parts. Semicolons in a part become commas: simple readers split at every one."""
    return vInline(";".join(vText(_plain(part).replace(";", ",")).to_ical().decode() for part in parts))


def _address(website: str) -> vInline:
    """A web address, which is no text: signs that separate values are written in its own way."""
    return vInline("".join(_plain(website).split()).replace(",", "%2C").replace(";", "%3B"))


def _plain(words: str) -> str:
    """The text with the line ends of vCard, and without characters that it forbids."""
    return str(clean(words)).replace("\r\n", "\n").replace("\r", "\n")
