"""Questions, faults and notices of an import in words."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from esdash.inventory.importing import Fault, Notice, Plan, Question
from esdash.texts import Text

RECORDS_NAMED = 20  # notices about single records that a screen shows; nobody reads more
_ALIKE = 0.5  # share of a field from which it is named as a reason


def sentence(text: Text, question: Question) -> str:
    """The question as a sentence."""
    said = dict(question.values)
    if rule := said.get("rule"):
        said["what"] = text(f"plausible.{rule}", **question.values)
    return text(f"import_ask.{question.topic}", row=question.row, label=question.label, **said)


def answer(text: Text, question: Question, given: str) -> str:
    """One of its answers: the name of a record where the question says it (`called`), else the words of the topic."""
    called = question.called.get(given)
    return called if called else text(f"import_ask.{question.topic}_{given}")


def unanswered(text: Text, question: Question) -> str:
    """What holds while nobody answers."""
    if question.safe not in question.answers:
        return text("imports.left_open")
    return text("imports.while_open", answer=answer(text, question, question.safe))


def reasons(text: Text, match: Mapping[str, Any]) -> str:
    """The fields in which a row agrees with the record that it resembles, the most similar first (METHODS M5)."""
    shares = {name.removesuffix("_share"): share for name, share in match.items() if name.endswith("_share")}
    alike = {name: share for name, share in shares.items() if share is not None and share == share and share >= _ALIKE}
    ordered = sorted(alike, key=lambda name: -alike[name])
    return ", ".join(f"{text(f'imports.share_{name}')} {text.percent(alike[name])}" for name in ordered)


def advice(text: Text, fault: Fault) -> str:
    """What is wrong, what to do, and whether the rest of the row comes in."""
    return " ".join((*text.error(fault.error), *(() if fault.whole_row else (text("import.only_cell"),))))


def bounded(notices: Iterable[Notice]) -> tuple[list[Notice], int]:
    """The notices to show, of those about single records the first ones, and how many more of these there are."""
    every = list(notices)
    single = [notice for notice in every if notice.about_one]
    shown = [notice for notice in every if not notice.about_one] + single[:RECORDS_NAMED]
    return shown, len(single) - len(single[:RECORDS_NAMED])


def in_records(plan: Plan, text: Text) -> Callable[[Fault, str], str]:
    """A function (fault, sentence) that adds id and name of the record of a document, whose rows nobody has counted."""
    records = {row.number: row.record for row in plan.table.rows if any(row.record)}

    def said(fault: Fault, sentence: str) -> str:
        record = records.get(fault.row)
        if record is None:
            return sentence
        return text("import_hsds.fault_of", id=record[0] or "?", name=record[1], message=sentence)

    return said
