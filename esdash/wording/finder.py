"""The finder in words: wishes, why an offer fits, what does not fit, and what is not known."""

from collections.abc import Iterable
from typing import Any

from esdash.analysis.finder.finder import Answer, Found, Wishes
from esdash.analysis.judgements import EVENING_FROM, NOON
from esdash.texts import Text, is_missing
from esdash.wording import listing
from esdash.wording.names import Names

NAMED_DISTRICTS = 3  # more make the line longer than the answer
MET, MISSED, UNKNOWN = "✓", "✕", "?"  # colour never stands alone


def said(wishes: Wishes, names: Names) -> list[str]:
    """The wishes, one text for each: "Lernhilfe", "nachmittags", "Arabisch", "Weg von Zoberberg"."""
    return [wish(name, wishes, names) for name in wishes.asked]


def wish(name: str, wishes: Wishes, names: Names) -> str:
    """One wish in words."""
    text, value = names.text, getattr(wishes, name)
    if name in ("theme", "language"):
        return names.of(name, value)
    if name == "district":
        return text("finder.wish_district", district=names.short("district", value))
    return text(f"finder.slot_{value}") if name == "time" else text(f"finder.wish_{name}")


def dropped(wish_names: Iterable[str], text: Text) -> str:
    """Wishes that were dropped: "die Zeit und die Sprache"."""
    words = [text(f"finder.the_{name}") for name in wish_names]
    return text("finder.and").join([", ".join(words[:-1]), words[-1]] if words[1:] else words)


def reasons(answer: Answer, wishes: Wishes, names: Names) -> list[tuple[str, str]]:
    """Sign and sentence for each wish: first what fits, then what does not, then what is not known."""
    return [
        *((MET, _met(name, answer, wishes, names)) for name in answer.met),
        *((MISSED, _missed(name, answer, wishes, names)) for name in answer.missed),
        *((UNKNOWN, names.text(f"finder.unknown_{name}")) for name in answer.unknown),
    ]


def count(found: Found, wishes: Wishes, text: Text) -> str:
    """How many offers fit, and nearly fit."""
    if not wishes.asked:
        return text.count("finder.all", found.fitting) if found.fitting else text("finder.all_none")
    if found.fitting:
        return text.count("finder.fitting", found.fitting)
    return text.count("finder.nearly", found.nearly) if found.nearly else text("finder.nothing")


def besides(found: Found, text: Text) -> list[str]:
    """What else there is, and why it is not among the answers."""
    said = [text.count("finder.also_nearly", found.nearly)] if found.fitting and found.nearly else []
    if found.wanted_unknown:
        said.append(text.count("finder.wanted_unknown", found.wanted_unknown))
    if found.unaskable:
        said.append(text.count("finder.unaskable", found.unaskable))
    return said


def times(offer_times: Iterable[Any] | None, text: Text, slot: str | None = None) -> str:
    """Weekly times in short, those of one day together: "Di, Do 14–15:30 Uhr"; with a slot only those in it."""
    if offer_times is None or is_missing(offer_times):
        return text("finder.times_unknown")
    spans: dict[str, list[int]] = {}
    for entry in offer_times:
        if slot in (None, slot_of(entry)):
            spans.setdefault(_span(entry, text), []).append(int(entry["weekday"]))
    days = {
        span: ", ".join(text(f"weekday_short.{day}") for day in sorted(set(found))) for span, found in spans.items()
    }
    return "; ".join(f"{found} {span}" for span, found in days.items()) or text("finder.times_open")


def slot_of(entry: Any) -> str:
    """The time of day of a weekly time, as in finder.sql; its begin counts."""
    begins = f"{entry['begins']:%H:%M}"
    if entry["weekday"] > 5:
        return "weekend"
    return "morning" if begins < NOON else "afternoon" if begins < EVENING_FROM else "evening"


def where(offer: dict[str, Any], names: Names) -> str:
    """Where the offer is: place and district, "online", or the districts in which it works."""
    text = names.text
    if offer["mode"] == "online":
        return text("mode.online")
    if offer["mode"] == "mobile":
        districts = [names.short("district", key) for key in listing.items(offer["district_ids"])]
        if len(districts) > NAMED_DISTRICTS:
            return text("finder.mobile_many", n=len(districts))
        return text("finder.mobile_in", districts=", ".join(districts)) if districts else text("finder.mobile")
    district = offer["home_district_id"] and names.short("district", offer["home_district_id"])
    return ", ".join(part for part in (offer["place"], offer["street"], district) if part) or text(
        "finder.place_unknown"
    )


def _met(name: str, answer: Answer, wishes: Wishes, names: Names) -> str:
    text, offer = names.text, answer.offer
    if name == "theme":
        return _theme(offer, wishes, names)
    if name == "time":
        slot = text(f"finder.slot_{wishes.time}")
        return text("finder.met_time", slot=slot, times=times(offer["times"], text, wishes.time))
    if name == "language":
        return text("finder.met_language", language=names.of("language", wishes.language))
    return _way(answer, wishes, names) if name == "district" else text(f"finder.met_{name}")


def _missed(name: str, answer: Answer, wishes: Wishes, names: Names) -> str:
    text, offer = names.text, answer.offer
    if name == "theme":
        return text("finder.missed_theme", themes=names.all("theme", offer["theme_ids"]))
    if name == "time":
        slot = text(f"finder.slot_{wishes.time}")
        return text("finder.missed_time", slot=slot, times=times(offer["times"], text))
    if name == "language":
        wished = names.of("language", wishes.language)
        return text("finder.missed_language", wished=wished, languages=names.all("language", offer["language_ids"]))
    return _way(answer, wishes, names) if name == "district" else text(f"finder.missed_{name}")


def _theme(offer: dict[str, Any], wishes: Wishes, names: Names) -> str:
    wished = names.of("theme", wishes.theme)
    if wishes.theme in listing.items(offer["theme_ids"]):
        return names.text("finder.met_theme", theme=wished)
    below = [key for key in listing.items(offer["theme_ids"]) if names.parent.get(key) == wishes.theme]
    return names.text("finder.met_field", field=wished, themes=names.all("theme", below))


def _way(answer: Answer, wishes: Wishes, names: Names) -> str:
    """The way from the wished district, or that there is none."""
    offer, text = answer.offer, names.text
    district = names.short("district", str(wishes.district))
    if offer["mode"] == "online":
        return text("finder.way_online")
    if offer["mode"] == "mobile" and not answer.travel_minutes:
        return text("finder.way_there", district=district)
    return text("finder.way", minutes=round(answer.travel_minutes or 0), district=district)


def _span(entry: Any, text: Text) -> str:
    begins, ends = (_clock(entry[name], text) for name in ("begins", "ends"))
    return text("finder.span", begins=begins, ends=ends)


def _clock(value: Any, text: Text) -> str:
    if text.language != "de":
        return f"{value:%H:%M}"
    return f"{value:%H:%M}".lstrip("0") if value.minute else str(value.hour)
