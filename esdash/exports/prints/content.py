"""What a paper says, ready for its template: the contact points that may be printed, texts, days, QR code."""

import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from esdash.analysis.leaflet import address, contacts, texts
from esdash.analysis.leaflet.contacts import Audience, Kind, Printable
from esdash.analysis.records import records
from esdash.exports.prints import hours
from esdash.exports.prints.saying import Pieces, Saying, comma, joined, sign
from esdash.inventory import Inventory
from esdash.texts import leaflet

_QUIET_ZONE = 4  # modules of white around a QR code, as its standard asks
_INVENTED = ("example", "generated")


@dataclass(frozen=True)
class Sheet:
    """The content of a paper, for its template, and what else there is to know of it.

    contacts: those that the paper may hold, in its order; a flyer holds the first of them.
    """

    kind: Kind
    language: str
    contacts: list[Printable]
    said: dict[str, Any]
    say: Saying
    as_of: date

    @property
    def draft(self) -> bool:
        """Whether the paper is a draft: not every text on it was read by a person as it is."""
        return self.say.draft

    def valid_to(self, shown: Sequence[Printable]) -> date:
        """Until when the paper holds if it shows these contact points."""
        return contacts.valid_to(shown, self.as_of)


def sheet(inventory: Inventory, kind: Kind, language: str, audience: Audience = "volunteers") -> Sheet:
    """The content of a paper of a kind, in a language, for an audience."""
    say = Saying(texts.texts_of(inventory, language), language)
    city, today = records.status(inventory), inventory.today()
    names = {row["language_id"]: row["name_de"] for row in inventory.rows("FROM language ORDER BY sort")}
    found = contacts.printable(inventory, audience)
    if kind == "flyer":  # those who speak the language first: not all may fit
        found.sort(key=lambda one: language not in (one.facts["language_ids"] or []))
    said: dict[str, Any] = {
        "language": _code(language),
        "right_to_left": say.right_to_left,
        "date": [today.year, today.month, today.day],
        "author": city["name"],
        "city": say.foreign(city["name"]),
        "as_of": say("word_as_of", day=today),
        "valid_to": say("word_valid_to", day=contacts.valid_to(found, today)),
        "holidays": say("word_holidays_closed") if any(one.hours.timed for one in found) else [],
        "contacts": [_card(one, kind, say, names, city["name"]) for one in found],
        "none": [] if found else say("word_none"),
        "publisher": _publisher(city, say),
        "qr": _qr(inventory, say),
        "notice": say("word_example") if city["kind"] in _INVENTED else [],
        **(_flyer(say, audience, language, names) if kind == "flyer" else _list(say, audience)),
    }
    if say.draft:
        mark = say("word_draft")
        german = [["foreign", leaflet.standard(leaflet.SOURCE)["word_draft"]]]
        said["draft"] = [mark] if language == leaflet.SOURCE else [mark, german]
    else:
        said["draft"] = []
    return Sheet(kind, language, found, said, say, today)


def _code(language: str) -> str:
    """The language as a PDF names it; German where its key is no code of two or three letters."""
    code = language.partition("-")[0].lower()
    return code if re.fullmatch("[a-z]{2,3}", code) else leaflet.SOURCE


def _list(say: Saying, audience: Audience) -> dict[str, Any]:
    title = "list" if audience == "volunteers" else "newcomers"
    return {
        "title": say.plain(f"{title}_title"),
        "subtitle": say(f"{title}_subtitle"),
        "page": say("word_page", n="{page}"),
        "german": _beside(say, f"{title}_title"),
    }


def _flyer(say: Saying, audience: Audience, language: str, names: Mapping[str, str]) -> dict[str, Any]:
    pairs = texts.questions(say.passages)
    steps = [name for name in say.passages if name.startswith("start_") and say.passages[name].source]
    return {
        "title": say.plain("title"),
        "subtitle": say("subtitle"),
        "questions": {
            "heading": say("heading_questions"),
            "pairs": [{"question": say(asked.passage), "answer": say(answer.passage)} for asked, answer in pairs],
        },
        "start": {"heading": say("heading_start"), "steps": [say(name) for name in steps]},
        "heading_contacts": say("heading_contacts"),
        "more_one": say("word_more_one"),
        "more_many": say("word_more_many", n="{n}"),
        "german": _beside(say, "title"),
        "written_in": "" if language == leaflet.SOURCE else names.get(language, language),
    }


def _beside(say: Saying, name: str) -> Pieces:
    """The German title, small, so that the office knows what it holds; none on a German paper."""
    return say.foreign(say.passages[name].source) if say.language != leaflet.SOURCE else []


def _card(one: Printable, kind: Kind, say: Saying, languages: Mapping[str, str], city: str) -> dict[str, Any]:
    """A contact point. Its name, address, function and way there stay German; themes are in the paper's language."""
    facts = one.facts
    long = kind == "contact_list"
    return {
        "name": say.foreign(facts["name"]),
        "district": say.foreign(facts["district"]),
        "about": _about(facts, say, long),
        "address": [say.foreign(line) for line in _address(facts, city)],
        "directions": _labelled("word_directions", say.foreign(facts["directions"]), say) if long else [],
        "hours": hours.rows(one, say),
        "notes": hours.notes(one, say),
        "lines": [
            line
            for line in (
                _labelled("word_phone", sign(facts["phone"]) if facts["phone"] else [], say),
                sign(facts["email"]) if facts["email"] else [],
                _labelled("word_contact", _function(facts, say), say),
                _labelled("word_languages", _languages(facts, say, languages), say),
                _barrier_free(facts["barrier_free"], say) if long else [],
            )
            if line
        ],
    }


def _about(facts: Mapping[str, Any], say: Saying, long: bool) -> list[Pieces]:
    """What one can ask about: themes, and the description where it is in the language of the paper or all there is."""
    themes = [
        say(f"{leaflet.THEME}{theme}") for theme in facts["theme_ids"] or [] if say.has(f"{leaflet.THEME}{theme}")
    ]
    described = say.foreign(facts["description"]) if not themes or (say.language == leaflet.SOURCE and long) else []
    return [part for part in (joined(themes, comma(say.language)), described) if part]


def _address(facts: Mapping[str, Any], city: str) -> list[str]:
    """Place, and street with postcode and city, as the lines of an address."""
    town = f"{facts['postcode']} {city}" if facts["postcode"] else None
    lines = (
        facts["place"] if facts["place"] != facts["name"] else None,
        ", ".join(filter(None, (facts["street"], town))),
    )
    return [line for line in lines if line]


def _function(facts: Mapping[str, Any], say: Saying) -> Pieces:
    """The function that one asks for; nobody's name stands on paper."""
    if facts["via"] == "place" or not facts["role"] or facts["role"].casefold() in facts["name"].casefold():
        return []
    deputy = [["words", " ("], *say("word_deputy"), ["words", ")"]] if facts["via"] == "deputy" else []
    return [*say.foreign(facts["role"]), *deputy]


def _languages(facts: Mapping[str, Any], say: Saying, german: Mapping[str, str]) -> Pieces:
    keys = facts["language_ids"] or []
    return [["words", hours.language_names(keys, say.language, dict(german))]] if keys else []


def _barrier_free(known: bool | None, say: Saying) -> Pieces:
    if known is None:
        return say("word_barrier_unknown")
    return say("word_barrier_free" if known else "word_not_barrier_free")


def _labelled(label: str, value: Pieces, say: Saying) -> Pieces:
    return [*say(label), ["words", ": "], *value] if value else []


def _publisher(city: Mapping[str, Any], say: Saying) -> dict[str, Any]:
    programme = f"{city['programme']}, {city['name']}" if city["programme"] else city["name"]
    return {"heading": say("word_publisher"), "name": say.foreign(programme)}


def _qr(inventory: Inventory, say: Saying) -> dict[str, Any] | None:
    """The QR code of the city's public address as SVG; none where people outside could not open it."""
    url = address.public_address(inventory).url
    if url is None:
        return None
    import segno

    drawn = io.BytesIO()
    code = segno.make(url, micro=False, error="m")
    code.save(drawn, kind="svg", border=_QUIET_ZONE, xmldecl=False, svgns=True)
    return {
        "svg": drawn.getvalue().decode(),
        "alt": f"{say.plain('word_qr')} {url}",
        "heading": say("word_online"),
        "address": sign(url),
    }
