"""What the files of a version say of its content, in the words of a language; the same for every format."""

from collections import Counter
from collections.abc import Mapping
from datetime import date
from typing import Any

from esdash.texts import Text
from esdash.wording import versions as words
from esdash.wording.voices import points

CHANGES = ("new", "up", "down", "changed", "same")

Part = Mapping[str, Any]


def sentence(content: Part, text: Text) -> str:
    """How many entries, and how they stand to the version before."""
    entries = content["entries"]
    size = text.count("versions.sentence", len(entries)) if entries else text("versions.sentence_none")
    if not content["previous_sha256"]:
        return f"{size} {text('versions.first')}"
    counted = Counter(entry["change"] for entry in entries) | Counter({"gone": len(content["gone"])})
    counts = [text.count(f"versions.count_{name}", counted[name]) for name in (*CHANGES, "gone") if counted[name]]
    since = text("versions.since", title=text("versions.short", number=content["number"] - 1), counts=", ".join(counts))
    return f"{size} {since}" if counts else size


def rank(entry: Part) -> str:
    """The rank as it is printed; a dash for an entry without one."""
    return "–" if entry["rank"] is None else f"{entry['rank']}."


def number(value: str | None, text: Text, digits: int | None = None) -> str:
    """A decimal of the content as it is written in this language."""
    return text.number(None if value is None else float(value), digits)


def day(value: str | None, text: Text) -> str:
    """A day of the content; empty for none."""
    return "" if value is None else text.date(date.fromisoformat(value))


def decided(decision: Part | None, text: Text) -> str:
    """A decision with its number, result and day; empty for none."""
    if decision is None:
        return ""
    result = text(f"meetings.result_{decision['result']}")
    return text(
        "versions.decided_words", number=decision["number"], result=result, day=day(decision["decided_on"], text)
    )


def met(meeting: Part | None, text: Text) -> str:
    """The meeting that adopted the version; empty for none."""
    if meeting is None:
        return ""
    key = "versions.met_number" if meeting["number"] else "versions.met_words"
    return text(key, name=meeting["name"], number=meeting["number"], day=day(meeting["held_on"], text))


def facts(entry: Part, text: Text) -> list[tuple[str, str]]:
    """What is known of an entry, in the order of reading: key of the label, value; empty where nothing is said."""
    return [
        ("for_whom", ", ".join(entry["for_whom"])),
        ("where", ", ".join(entry["where"]) or text("versions.whole_city")),
        ("themes", ", ".join(entry["themes"])),
        ("lead", entry["lead"] or text("versions.open")),
        ("partners", ", ".join(entry["partners"])),
        ("cost", words.euros(entry["cost_eur"], text)),
        ("due", day(entry["due_on"], text) or text("versions.open")),
        ("voices", heard(entry["voices"], text)),
        ("decision", decided(entry["decision"], text)),
    ]


def heard(voices: Part | None, text: Text) -> str:
    """What the voices said: median and quartiles, with their number; empty where nobody was asked."""
    if voices is None or not voices["n"]:
        return ""
    named = {name: points(float(voices[name]), text) for name in ("median", "q1", "q3")}
    parts = [text("versions.voices_words", n=voices["n"], **named)]
    if voices["recused"]:
        parts.append(text("versions.voices_recused", n=voices["recused"]))
    return ", ".join([*parts, *([text("versions.voices_contested")] if voices["contested"] else [])])


def rests(entry: Part, text: Text) -> list[str]:
    """The evidence of an entry in lines: why it was taken, the figures then and now, the link."""
    evidence = entry["evidence"]
    lines = ["" if evidence["reason"] == entry["change_reason"] else evidence["reason"] or ""]
    if evidence["then"]:
        lines.append(
            text("versions.rests_words", day=day(evidence["as_of"], text), figures=figures(evidence["then"], text))
        )
    if evidence["now"]:
        lines.append(text("versions.rests_now", figures=figures(evidence["now"], text)))
    if entry["score_reason"]:
        lines.append(f"{text('versions.score_reason')}: {entry['score_reason']}")
    if evidence["url"]:
        lines.append(text("versions.link_words", url=evidence["url"]))
    return [line for line in lines if line]


def figures(found: list[dict[str, Any]], text: Text) -> str:
    """Figures in one line, with their units."""
    return ", ".join(f"{one['name']} {number(one['value'], text)} {one['unit']}" for one in found)


def others(content: Part, text: Text) -> list[dict[str, Any]]:
    """What stands beside the list: put aside, and no longer on it, each with its reason; only parts with rows."""
    aside = [{"title": entry["title"], "words": _aside(entry, text)} for entry in content["aside"]]
    gone = [{"title": entry["title"], "words": _gone(entry, text)} for entry in content["gone"]]
    parts = {"aside": aside, "gone": gone}
    return [
        {"title": text(f"versions.{name}"), "note": text(f"versions.{name}_note"), "rows": rows}
        for name, rows in parts.items()
        if rows
    ]


def method(content: Part, text: Text) -> list[str]:
    """How the list comes about, in sentences."""
    names = ("method_stability", "method_voices", "method_unknown", "people")
    first = text("versions.method_words", method=content["method"])
    return [first, *(text(f"versions.{name}") for name in names)]


def status(content: Part, text: Text) -> list[str]:
    """Of which day the data are, from where, and how to check the file."""
    lines = [
        text(
            "versions.status_words",
            city=content["city"]["name"],
            day=day(content["as_of"], text),
            change=content["last_change"],
        ),
        *content["sources"],
        text("versions.verify_words"),
    ]
    return [line for line in lines if line]


def _aside(entry: Part, text: Text) -> str:
    parts = [text(f"versions.standing_{entry['standing']}"), entry["standing_reason"], decided(entry["decision"], text)]
    return " · ".join(part for part in parts if part)


def _gone(entry: Part, text: Text) -> str:
    ended = text("versions.on_day", day=day(entry["ended_on"], text)) if entry["ended_on"] else ""
    how = text(f"versions.ended_{entry['ended_as']}")
    parts = [f"{how} {ended}".strip(), entry["reason"]]
    return " · ".join(part for part in parts if part)
