"""What the city's page says of a version: its sentence, and the state of each entry; only what is public."""

from collections.abc import Mapping
from typing import Any

from esdash.analysis.answers import Published
from esdash.texts import Text
from esdash.wording import answers
from esdash.wording.names import Names


def network(version: Mapping[str, Any] | None, names: Names) -> str:
    """Whose list it is, and for whom."""
    text, city = names.text, names.city
    key = "city_list.of" if city["programme"] else "city_list.of_city"
    of = text(key, programme=city["programme"], city=city["name"])
    recipient = (version or {}).get("recipient") or city["list_recipient"]
    return text("city_list.to", of=of, recipient=recipient) if recipient else of


def sentence(found: Published, text: Text) -> str:
    """When it was adopted and handed over, until when an answer is asked for, how many entries, what changed."""
    version = found.version
    decided = answers.decided(version, text)
    said = [decided[:1].upper() + decided[1:]]
    if version["handed_over_on"] is None:
        said.append(text("city_list.not_handed_over"))
    else:
        said.append(text("city_list.handed_over", day=version["handed_over_on"]))
    if version["answer_due_on"] is not None:
        said.append(text("city_list.due", day=version["answer_due_on"]))
    size = text.count("city_list.size", version["entries"])
    if found.before is None:
        return text("city_list.sentence", said=", ".join(said), size=size)
    changes = [text(f"city_list.change_{name}", n=number) for name, number in found.changes.items() if number]
    changed = ", ".join(changes) or text("city_list.change_none")
    return text("city_list.sentence_since", said=", ".join(said), size=size, before=found.before, changes=changed)


def state(row: Mapping[str, Any], text: Text) -> str:
    """The state of an entry; empty for one that was not handed over. How long overdue is no reproach made here."""
    if row["state"] == "kept":
        return ""
    if row["state"] in ("open", "overdue"):
        return text.count("answer_state.open", int(row["days_waiting"]))
    return answers.state(row, text)
