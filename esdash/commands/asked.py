"""The questions of an import on the command line: naming them with their keys, and taking the answers from a file."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from esdash.commands.terminal import Terminal
from esdash.errors import UserError
from esdash.inventory import Inventory, importing
from esdash.inventory.importing import Answers, Beside, Difference, Plan
from esdash.texts import Text
from esdash.wording import labels

ROWS_SHOWN = 20  # changed rows that a terminal shows; --json has all
ASSUMED = ("another", "create", importing.LEAVE_OUT)  # answers that a person can give to all open questions at once


def read(file: Path | None) -> Answers:
    """The answers of a JSON file {"answers": {key: answer}, "declined": [[row, "field"]], "owner": "organisation"}.

    Raises UserError for any other content.
    """
    if file is None:
        return Answers()
    try:
        content = json.loads(file.read_text(encoding="utf-8-sig"))
        if unknown := content.keys() - {"answers", "declined", "owner"}:
            raise ValueError(f"{', '.join(sorted(unknown))}?")
        given = {str(key): str(answer) for key, answer in content.get("answers", {}).items()}
        declined = frozenset((int(row), str(name)) for row, name in content.get("declined", ()))
        owner = content.get("owner")
        if not isinstance(owner, str | None):
            raise ValueError(f"owner: {owner!r}")
        return Answers(given, declined, owner)
    except (OSError, ValueError, AttributeError, TypeError, OverflowError, RecursionError) as error:
        raise UserError("import_answers", file=file.name, details=str(error).splitlines()[0]) from error


def planned(inventory: Inventory, base: Plan, answers: Answers, assumed: str | None) -> Plan:
    """The plan with questions about rows that resemble a record, and with the answers; `assumed` for all without one.

    Raises UserError for an answer that a question does not have.
    """
    from esdash.analysis.duplicates import resembling

    plan = resembling.asked(inventory, base, answers)
    for _ in range(len(plan.rows) if assumed else 0):  # an answer may lead to another question
        more = {one.key: str(assumed) for one in plan.unanswered if assumed in one.answers}
        if not more:
            break
        answers = replace(answers, given={**answers.given, **more})
        plan = resembling.asked(inventory, base, answers)
    for question in plan.questions:
        given = answers.given.get(question.key, question.answers[0])
        if given not in question.answers:
            raise UserError("import_answer", question=question.key, answer=given, answers=", ".join(question.answers))
    return plan


def unused(plan: Plan, answers: Answers) -> set[str]:
    """What an answer file says that this plan has no question or change for: keys, and "row field"."""
    asked = {question.key for question in plan.questions}
    return (answers.given.keys() - asked) | {f"{row} {name}" for row, name in answers.declined - plan.declined}


def tell(terminal: Terminal, inventory: Inventory, plan: Plan) -> None:
    """Print the questions that nobody has answered, each with its differences, its key and its answers."""
    from esdash.wording.imports import answer, sentence, unanswered

    for question in plan.unanswered:
        click.echo(f"{sentence(terminal.text, question)} {unanswered(terminal.text, question)}")
        table = question.table or plan.kind.table
        for line in _differences(inventory, plan, table, question.differences, terminal.text):
            click.echo(f"    {line}")
        answers = "; ".join(f"{one} = {answer(terminal.text, question, one)}" for one in question.answers)
        click.echo(f"    {question.key}: {answers}")
    if plan.unanswered:
        text = terminal.text
        open_rows = text.count("cli.rows_waiting", plan.counts["open"])
        click.echo(text.count("cli.questions_open", len(plan.unanswered), waiting=open_rows))


def changes(terminal: Terminal, inventory: Inventory, plan: Plan) -> None:
    """Print the rows that change a record, each with its fields, and what comes along; of many the first."""
    text = terminal.text
    changed = [row for row in plan.rows if row.state == "changed"]
    for row in changed[:ROWS_SHOWN]:
        lines = _differences(inventory, plan, plan.kind.table, row.differences, terminal.text)
        terminal.say("cli.row_changes", row=row.number, changes="; ".join(lines))
    for one in plan.beside[:ROWS_SHOWN]:
        _beside(terminal, inventory, plan, one)
    if (more := max(len(changed), len(plan.beside)) - ROWS_SHOWN) > 0:
        terminal.say("cli.faults_more", n=more)
    if plan.from_memory:
        click.echo(text.count("cli.from_memory", len(plan.from_memory), sender=plan.sender))


def _beside(terminal: Terminal, inventory: Inventory, plan: Plan, one: Beside) -> None:
    """Print a record that the import adds or changes on the way."""
    name = plan.names.get(one.record_id) or _named(inventory, one)
    said = {"kind": labels.kind(terminal.text, one.table), "name": name, "rows": ", ".join(map(str, one.rows)) or "–"}
    if one.version is None:
        terminal.say("cli.beside_new", **said)
    else:
        lines = _differences(inventory, plan, one.table, one.differences, terminal.text)
        terminal.say("cli.beside_changed", changes="; ".join(lines), **said)


def _named(inventory: Inventory, one: Beside) -> str:
    from esdash.analysis.maintenance import keeping

    return keeping.names(inventory, one.table).get(one.record_id, one.record_id)


def _differences(
    inventory: Inventory, plan: Plan, table: str, differences: Iterable[Difference], text: Text
) -> Iterator[str]:
    """The fields in words, what stands there and what the list says."""
    from esdash.wording.names import names_of
    from esdash.wording.values import Values

    new = {
        one.record_id: str(one.values["name"]) for one in plan.beside if one.version is None and "name" in one.values
    }
    words = Values(inventory, names_of(inventory, text), table, {**plan.names, **new})
    for one in differences:
        known = one.field in words.kind.by_name
        label = labels.label_of(text, table, one.field) if known else one.label
        before, after = (words.value(one.field, value) for value in (one.before, one.after))
        yield text("imports.before_after", field=label, before=before, after=after)


def documents(plan: Plan, text: Text) -> list[dict[str, Any]]:
    """The questions as JSON for programs, also the answered ones."""
    from esdash.wording.imports import answer, sentence

    return [
        {
            "key": question.key,
            "topic": question.topic,
            "row": question.row,
            "record_id": question.record_id,
            "message": sentence(text, question),
            "differences": [_as_document(one) for one in question.differences],
            "answers": {one: answer(text, question, one) for one in question.answers},
            "safe": question.safe,
            "answered": plan.said.get(question.key),
            "remembered": question.key in plan.from_memory,
        }
        for question in plan.questions
    ]


def _as_document(one: Difference) -> dict[str, Any]:
    return {"field": one.field, "before": one.before, "after": one.after}
