"""Every write names its action and asks who may: checked in the code, and tried by an actor without rights."""

from __future__ import annotations

import ast
import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path
from shutil import copytree
from typing import Any

import pytest

from esdash import inventory as room
from esdash.__main__ import cli
from esdash.analysis import open_inventory
from esdash.errors import UserError
from esdash.examples.start import start
from esdash.inventory import Inventory, access, backups, city, create, default_city, editing, importing, merging
from esdash.inventory.access import ALLOWED, Action, Actor, Role
from esdash.inventory.editing import attempts, succession
from esdash.inventory.file import recovery
from esdash.inventory.file.conditions import Conditions, Growth
from esdash.inventory.importing import answer_sheets
from esdash.inventory.importing.senders import forget, learn
from esdash.inventory.privacy import erasure
from esdash.inventory.steering import (
    answers,
    bodies,
    budget,
    bundling,
    commitments,
    deciding,
    handing_over,
    ideas,
    items,
    leaflet_texts,
    measures,
    prints,
    ranges,
    scenarios,
    surveying,
    voices,
    wishes,
    workshops,
)
from esdash.inventory.steering.meetings import agenda, closing, decisions, meetings, minutes
from esdash.inventory.steering.meetings.said import Said
from esdash.inventory.steering.tasks import Task
from esdash.inventory.steering.versions import Draft, freeze
from esdash.texts import LANGUAGES, Text
from tests.commands.command_line import run
from tests.conftest import NOW, TINY_CITY, load_tiny_city
from tests.people import ADA

ROOT = Path(__file__).parents[2]
NOBODY = Actor("Niemand", "visitor")  # type: ignore[arg-type]  # a role that the table does not know
ASKING = ("change", "exclusive", "replace_file")
WRITING = ("INSERT INTO ", "UPDATE ", "DELETE FROM ")
# What writes into a file past `change`, and who has asked before.
DOORS = {
    "esdash/inventory/file/change.py": "the inside of `change`",
    "esdash/inventory/file/changelog.py": "the triggers of the log",
    "esdash/inventory/file/files.py": "a new file: `create` demands set_up",
    "esdash/inventory/file/layout.py": "an older file is brought up to date by whoever opens it",
    "esdash/inventory/file/dialled.py": "an older file is brought up to date by whoever opens it",
    "esdash/inventory/file/past.py": "a past day, rebuilt in memory",
    "esdash/inventory/file/consent.py": "a past day, rebuilt in memory",
    "esdash/inventory/file/scratch.py": "a copy in memory, for a question",
    "esdash/inventory/privacy/rewriting.py": "a draft, for `replace_file` of an erasure and for `restore`",
}


# ---------------------------------------------------------------- in the code


def faults(source: str, path: str = "some.py") -> list[str]:
    """Calls that change the file without an action, and writing SQL outside the write door."""
    found = []
    tree = ast.parse(source)
    imports = [node for node in ast.walk(tree) if isinstance(node, ast.Import | ast.ImportFrom)]
    modules = {alias.asname or alias.name for node in imports for alias in node.names}  # their functions are others
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and node.func.attr in ASKING
            and ast.unparse(node.func.value) not in modules
        ):
            named = [ast.unparse(argument) for argument in node.args[:2]]
            if len(named) < 2 or not (named[1].startswith("Action.") or named[1] == "action"):
                found.append(f"{path}:{node.lineno}: {ast.unparse(node)[:60]} names no action")
        words = node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""
        if words.startswith(WRITING) and path not in DOORS:
            found.append(f"{path}:{node.lineno}: {words[:40]} writes past the write door")
    return found


def code() -> Iterator[tuple[str, str]]:
    for path in [ROOT / "app.py", *sorted(ROOT.glob("pages/*.py")), *sorted(ROOT.glob("esdash/**/*.py"))]:
        yield path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8")


def test_every_call_that_changes_the_file_names_its_action() -> None:
    assert [fault for path, source in code() for fault in faults(source, path)] == []


@pytest.mark.parametrize(
    "source",
    [
        "inventory.change(actor)",
        "inventory.change(actor, reason)",
        "inventory.exclusive()",
        "inventory.replace_file(write, attach)",
        "cursor.execute('DELETE FROM inventory.contact')",
        "cursor.execute(f'UPDATE inventory.{table} SET x = 1')",
    ],
)
def test_the_check_finds(source: str) -> None:
    assert len(faults(source)) == 1


def test_every_action_is_done_somewhere_and_said_in_both_languages() -> None:
    written = "".join(source for path, source in code() if "/access/" not in path)
    assert [action for action in Action if f"Action.{action.name}" not in written] == []
    for text in map(Text, LANGUAGES):
        assert all(text.has(named.text_key) for named in (*Action, *Role))


def named(source: str, *functions: str) -> set[str]:
    """The actions that calls of these functions name."""
    calls = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call)]
    arguments = [part for call in calls if ast.unparse(call.func).split(".")[-1] in functions for part in call.args]
    return {part.attr for part in arguments if isinstance(part, ast.Attribute) and ast.unparse(part.value) == "Action"}


def test_what_the_screen_does_it_asks_for_before_it_draws_the_button() -> None:
    screen = [source for path, source in code() if path.startswith(("pages/", "esdash/ui/"))]
    acted = set().union(*(named(source, "act", "act_here") for source in screen))
    assert {"CONFIRM", "IMPORT_TABLE", "RECORD_SURVEY"} <= acted
    assert acted - set().union(*(named(source, "may", "allowed") for source in screen)) == set()


# ---------------------------------------------------------------- the one table


def test_who_and_what_is_not_in_the_table_may_nothing() -> None:
    assert all(access.may(ADA, action) for action in Action)
    assert not any(access.may(NOBODY, action) for action in Action)
    assert not access.may(ADA, "something")  # type: ignore[arg-type]


def test_a_refusal_says_what_and_who_may(monkeypatch: pytest.MonkeyPatch) -> None:
    refusal = access.why_not(NOBODY, Action.ERASE_PERSON)
    assert refusal is not None
    assert Text("de").error(refusal) == (
        "Das dürfen Sie in Ihrer Rolle „visitor“ nicht: eine Person endgültig löschen.",
        "Nichts wurde geändert. Das darf, wer diese Rolle hat: Mitarbeitende dieses Büros. "
        "Wenden Sie sich an das Projektbüro.",
    )
    monkeypatch.setitem(ALLOWED, Role.OFFICE, frozenset(Action) - {Action.ERASE_PERSON})  # the only table of roles
    assert access.may(ADA, Action.CONFIRM) and not access.may(ADA, Action.ERASE_PERSON)
    refusal = access.why_not(ADA, Action.ERASE_PERSON)
    assert refusal is not None
    words, hint = Text("en").error(refusal)
    assert words == "At present nobody may do this: erase a person for good."
    assert hint.startswith("Nothing was changed. ")


# ---------------------------------------------------------------- every function of the inventory

TABLE = "Angebot;Organisation;Plätze\nLesekreis;Haus A;12\n"
MEASURE = measures.Plan("Lernhilfe aufbauen", "a", NOW.date())
A_WORKSHOP = workshops.Workshop("Werkstattgespräch", NOW.date())
A_PROMISE = commitments.Promise("Stellt einen Raum bereit", "a")
LINE = budget.Line("Programm", "Sachmittel", 2026, Decimal("100.00"))
ENTRY = budget.Entry("gone", Decimal("10.00"), "planned", NOW.date(), "Faltblatt")
A_MEETING = meetings.Plan("Sitzung", NOW.date())
SEEN = leaflet_texts.Seen("Titel")
A_PRINT = prints.Print(
    *("flyer", "volunteers", "de", NOW.date(), NOW.date(), NOW.date(), "Büro", 1),
    *(({"contact_point_id": "p", "contact_id": None, "sha256": "0"},), "salt"),
)
MORE = Conditions(growth=(Growth("adults", "01", 5.0),))


def plan(inventory: Inventory) -> importing.Plan:
    path = Path(str(inventory.path)).parent / "tabelle.csv"
    path.write_text(TABLE, encoding="utf-8")
    return importing.plan(inventory, path, "initiatives", {"columns": {"Angebot": "name"}}, "Haus A")


def sheet() -> answer_sheets.SheetPlan:
    table = importing.Table("bogen.xlsx", "0" * 64, (), 1, ())
    return answer_sheets.SheetPlan("sheet-1", table, "v1", 1, NOW.date(), (), (), (), 0, None)


def changed_city(inventory: Inventory) -> city.Comparison:
    files = city.files_of(TINY_CITY)
    files["criteria.csv"] = files["criteria.csv"].replace(b"size,0.4", b"size,0.5")
    return city.compare(inventory, city.read("musterstadt", files))


# Function → an attempt of somebody, with what would be done if they might.
ATTEMPTS: dict[str, Callable[[Inventory, Actor], Any]] = {
    "backups.write": lambda i, who: backups.write(i, Path(f"{i.path}.copy"), who),
    "backups.automatic": lambda i, who: backups.automatic(i, "import", who, Action.IMPORT_TABLE),
    "backups.manual": lambda i, who: backups.manual(i, who),
    "backups.restore": lambda i, who: backups.restore(Path(f"{i.path}.kept"), Path(str(i.path)), who),
    "city.applying.apply": lambda i, who: city.apply(i, changed_city(i), who),
    "file.files.create": lambda i, who: create(Path(f"{i.path}.new"), "empty", load_tiny_city, who),
    "file.recovery.recover": lambda i, who: recovery.recover(Path(str(i.path)), who),
    "editing.answering.answer": lambda i, who: editing.answer(i, "gone", {}, 1, who, "Anruf", "k"),
    "editing.answering.nobody_knows": lambda i, who: editing.nobody_knows(i, ["a"], who, "Anruf"),
    "editing.attempts.note": lambda i, who: attempts.note(
        i, "contact", "gone", NOW.date(), "phone", "reached", "Projektbüro", who
    ),
    "editing.attempts.take_back": lambda i, who: attempts.take_back(i, "gone", who),
    "editing.succession.archive": lambda i, who: succession.archive(i, "contact", "gone", "open", who),
    "editing.succession.take_back": lambda i, who: succession.take_back(i, "gone", who),
    "editing.saving.save": lambda i, who: editing.save(i, "organization", {"name": "Neu"}, None, who, None, "k"),
    "editing.restoring.restore_version": lambda i, who: editing.restore_version(i, "organization", "a", 1, who, None),
    "editing.status.set_status": lambda i, who: editing.set_status(i, "organization", ["a"], "archive", who, None),
    "editing.status.assure": lambda i, who: editing.assure(i, "organization", ["a"], who),
    "editing.status.assure_hours": lambda i, who: editing.assure_hours(i, ["a"], who),
    "importing.answer_sheets.running.run": lambda i, who: answer_sheets.run(i, sheet(), who),
    "importing.running.run": lambda i, who: importing.run(i, plan(i), who),
    "importing.undo.undo": lambda i, who: importing.undo(i, importing.runs(i)[0]["import_run_id"], who),
    "importing.senders.learn": lambda i, who: learn(i, plan(i), who),
    "importing.senders.forget": lambda i, who: forget(i, "Haus A", "initiatives", who),
    "merging.dismiss": lambda i, who: merging.dismiss(i, "organization", "a", "b", who),
    "merging.take_back": lambda i, who: merging.take_back(i, "organization|a|b", who),
    "merging.merge": lambda i, who: merging.merge(i, "organization", "a", "b", {}, who),
    "merging.undo_merge": lambda i, who: merging.undo_merge(
        i, i.value("SELECT record_alias_id FROM record_alias"), who
    ),
    "privacy.erasure.erase": lambda i, who: erasure.erase(i, "p", who, "Wunsch"),
    "steering.answers.answer": lambda i, who: answers.answer(i, who, "v1", [], "letter", NOW.date()),
    "steering.answers.take_back": lambda i, who: answers.take_back(i, who, "letter-1"),
    "steering.handing_over.hand_over": lambda i, who: handing_over.hand_over(i, who, "v1", NOW.date(), "AG"),
    "steering.handing_over.take_back": lambda i, who: handing_over.take_back(i, who, "v1"),
    "steering.handing_over.receipt": lambda i, who: handing_over.receipt(i, who, "v1", NOW.date()),
    "steering.handing_over.reminded": lambda i, who: handing_over.reminded(i, who, "v1", NOW.date()),
    "steering.bodies.save": lambda i, who: bodies.save(i, who, "Steuerungsgruppe", "SG", ["a", "b"]),
    "steering.budget.take": lambda i, who: budget.take(i, [budget.Difference(LINE, "new", None)], who),
    "steering.budget.add_line": lambda i, who: budget.add_line(i, LINE, who),
    "steering.budget.change_line": lambda i, who: budget.change_line(i, "gone", 1, LINE, who, "Bescheid"),
    "steering.budget.drop_line": lambda i, who: budget.drop_line(i, "gone", 1, who, "doppelt"),
    "steering.budget.book": lambda i, who: budget.book(i, ENTRY, who, "k"),
    "steering.budget.advance": lambda i, who: budget.advance(i, "gone", 1, "paid", NOW.date(), who),
    "steering.budget.correct": lambda i, who: budget.correct(i, "gone", 1, ENTRY, who, "Zahlendreher"),
    "steering.budget.cancel": lambda i, who: budget.cancel(i, "gone", 1, who, "doppelt"),
    "steering.bundling.accept": lambda i, who: bundling.accept(i, "s", "t", who, "abgesprochen"),
    "steering.bundling.withdraw": lambda i, who: bundling.withdraw(i, "s|t", who),
    "steering.deciding.decide": lambda i, who: deciding.decide(i, ["x", "y"], "wanted", who, "gewollt"),
    "steering.deciding.withdraw": lambda i, who: deciding.withdraw(i, "x+y", who),
    "steering.leaflet_texts.add_question": lambda i, who: leaflet_texts.add_question(i, 9, "Frage?", "Ja.", who),
    "steering.leaflet_texts.back_to_usual": lambda i, who: leaflet_texts.back_to_usual(i, "title", "de", SEEN, who),
    "steering.leaflet_texts.review": lambda i, who: leaflet_texts.review(
        i, "de", [leaflet_texts.Reading("title", "Titel", SEEN)], "Büro", who
    ),
    "steering.leaflet_texts.write": lambda i, who: leaflet_texts.write(i, "title", "de", "Titel", SEEN, who),
    "steering.prints.collect": lambda i, who: prints.collect(i, "r", NOW.date(), who, 1),
    "steering.prints.lay_out": lambda i, who: prints.lay_out(i, "r", [], who, 1),
    "steering.prints.lie_again": lambda i, who: prints.lie_again(i, "r", who, 1),
    "steering.prints.record": lambda i, who: prints.record(i, A_PRINT, who),
    "steering.prints.take_back": lambda i, who: prints.take_back(i, "r", who, 1),
    "steering.measures.start": lambda i, who: measures.start(i, MEASURE, who),
    "steering.measures.change_plan": lambda i, who: measures.change_plan(i, "m", MEASURE, who, 1),
    "steering.measures.note": lambda i, who: measures.note(i, "m", measures.Progress("läuft", "Büro", NOW.date()), who),
    "steering.measures.finish": lambda i, who: measures.finish(i, "m", "erledigt", who),
    "steering.measures.drop": lambda i, who: measures.drop(i, "m", "kein Raum", who),
    "steering.measures.taken_note": lambda i, who: measures.taken_note(i, ["m"], "meeting", who),
    "steering.meetings.agenda.bring": lambda i, who: agenda.bring(i, who, agenda.Point("Thema")),
    "steering.meetings.agenda.edit": lambda i, who: agenda.edit(i, who, "i", name="Thema"),
    "steering.meetings.agenda.move": lambda i, who: agenda.move(i, who, "i", 1),
    "steering.meetings.agenda.remove": lambda i, who: agenda.remove(i, who, "i"),
    "steering.meetings.agenda.take_out": lambda i, who: agenda.take_out(i, who, "i"),
    "steering.meetings.agenda.take_over": lambda i, who: agenda.take_over(i, who, "m", [agenda.Point("Thema")]),
    "steering.meetings.closing.close": lambda i, who: closing.close(i, who, "m", closing.Seen("Niederschrift", 1)),
    "steering.meetings.minutes.append": lambda i, who: minutes.append(i, who, "m", "Nachtrag"),
    "steering.meetings.minutes.correct": lambda i, who: minutes.correct(i, who, "m", "alt", "neu", "Tippfehler"),
    "steering.meetings.minutes.draft_again": lambda i, who: minutes.draft_again(i, who, "m"),
    "steering.meetings.minutes.write": lambda i, who: minutes.write(i, who, "m", "Niederschrift"),
    "steering.meetings.decisions.communicated": lambda i, who: decisions.communicated(i, who, ["d"], NOW.date()),
    "steering.meetings.decisions.decide": lambda i, who: decisions.decide(i, who, "i", Said("noted", "Gelesen.")),
    "steering.meetings.decisions.decide_block": lambda i, who: decisions.decide_block(
        i, who, "i", Said("adopted", "So beschlossen.")
    ),
    "steering.meetings.meetings.attend": lambda i, who: meetings.attend(i, who, "m", meetings.Present()),
    "steering.meetings.meetings.begin": lambda i, who: meetings.begin(i, who, "m", meetings.Present()),
    "steering.meetings.meetings.cancel": lambda i, who: meetings.cancel(i, who, "m", "krank"),
    "steering.meetings.meetings.change": lambda i, who: meetings.change(i, who, "m", A_MEETING),
    "steering.meetings.meetings.plan": lambda i, who: meetings.plan(i, who, "b", A_MEETING),
    "steering.items.take": lambda i, who: items.take(i, "gap|homework|01", who, "oft gefragt"),
    "steering.items.write": lambda i, who: items.write(i, Task(title="Lernhilfe"), who, "oft gefragt"),
    "steering.items.edit": lambda i, who: items.edit(i, "p1", Task(title="Lernhilfe"), who),
    "steering.items.rate": lambda i, who: items.rate(i, "p1", {"size": 50}, "geschätzt", who),
    "steering.items.judge": lambda i, who: items.judge(i, "p1", {"legal": False}, "nicht erlaubt", who),
    "steering.items.take_back": lambda i, who: items.take_back(i, "p1", who),
    "steering.items.end": lambda i, who: items.end(i, "p1", "done", "läuft", who),
    "steering.ranges.agree": lambda i, who: ranges.agree(i, [ranges.Range("living", 5, 10, 20)], who, "so vereinbart"),
    "steering.scenarios.save": lambda i, who: scenarios.save(i, "Sitzung", MORE, who),
    "steering.scenarios.remove": lambda i, who: scenarios.remove(i, "s1", who),
    "steering.versions.freeze": lambda i, who: freeze(i, who, Draft(1, "1", "{}", {}, 0, i.today())),
    "steering.surveying.mark": lambda i, who: surveying.mark(i, [("homework", "01")], "surveyed", who),
    "steering.voices.open_round": lambda i, who: voices.open_round(i, who, "Was zuerst?", ["p", "q"], "abcd"),
    "steering.voices.hand_in": lambda i, who: voices.hand_in(i, who, "r", "a", {}),
    "steering.voices.take_back": lambda i, who: voices.take_back(i, who, "r", "a"),
    "steering.voices.close_round": lambda i, who: voices.close_round(i, who, "r", {}),
    "steering.voices.call_off": lambda i, who: voices.call_off(i, who, "r"),
    "steering.wishes.count": lambda i, who: wishes.count(i, who, "homework", None, None, None, True),
    "steering.workshops.record": lambda i, who: workshops.record(i, A_WORKSHOP, who),
    "steering.workshops.change_said": lambda i, who: workshops.change_said(i, "ws", A_WORKSHOP, who),
    "steering.workshops.take_back": lambda i, who: workshops.take_back(i, "ws", who),
    "steering.ideas.add": lambda i, who: ideas.add(i, [ideas.Idea("Räume teilen")], who),
    "steering.ideas.edit": lambda i, who: ideas.edit(i, "d", ideas.Idea("Räume teilen"), who),
    "steering.ideas.take_back": lambda i, who: ideas.take_back(i, "d", who),
    "steering.ideas.merge": lambda i, who: ideas.merge(i, "d", ["e"], who),
    "steering.ideas.separate": lambda i, who: ideas.separate(i, "d", who),
    "steering.ideas.tell_apart": lambda i, who: ideas.tell_apart(i, ["d", "e"], who),
    "steering.ideas.compare_again": lambda i, who: ideas.compare_again(i, "d", who),
    "steering.ideas.park": lambda i, who: ideas.park(i, "d", "zu teuer", who),
    "steering.ideas.take_up": lambda i, who: ideas.take_up(i, "d", who),
    "steering.commitments.add": lambda i, who: commitments.add(i, [A_PROMISE], who),
    "steering.commitments.edit": lambda i, who: commitments.edit(i, "z", A_PROMISE, who),
    "steering.commitments.take_back": lambda i, who: commitments.take_back(i, "z", who),
    "steering.commitments.end": lambda i, who: commitments.end(i, "z", "kept", None, who),
    "steering.commitments.reopen": lambda i, who: commitments.reopen(i, "z", who),
    "steering.commitments.move": lambda i, who: commitments.move(i, "z", NOW.date(), "krank", who),
    "steering.commitments.to_measure": lambda i, who: commitments.to_measure(i, "z", MEASURE, who),
    "steering.voices.explain": lambda i, who: voices.explain(i, who, "p", "sehr gefragt"),
}


OF_A_PATH = ("backups.restore", "file.files.create", "file.recovery.recover")


def writing_functions() -> set[str]:
    """Public functions of the rooms of the inventory that take an actor, by module and name."""
    found = set()
    for module in pkgutil.walk_packages(room.__path__, f"{room.__name__}."):
        if ".access" in module.name or "_child" in module.name:
            continue
        loaded = importlib.import_module(module.name)
        for name, function in inspect.getmembers(loaded, inspect.isfunction):
            own = function.__module__ == module.name and not name.startswith("_")
            if own and Actor in inspect.get_annotations(function, eval_str=True).values():
                found.add(f"{module.name.removeprefix(f'{room.__name__}.')}.{name}")
    return found


def state(inventory: Inventory) -> dict[str, Any]:
    """The content of every table, and the files beside the inventory that hold some of it."""
    tables = inventory.rows("SELECT table_name FROM duckdb_tables() WHERE database_name = 'inventory'")
    content: dict[str, Any] = {
        row["table_name"]: inventory.rows(f"FROM inventory.{row['table_name']} ORDER BY ALL") for row in tables
    }
    folder = Path(str(inventory.path)).parent
    return content | {"files": sorted(str(path) for path in folder.rglob("*.duckdb*") if not path.name.endswith("wal"))}


@pytest.fixture(scope="module")
def lived(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Inventory]:
    """Two organisations, one merge and one import of Ada's."""
    folder = tmp_path_factory.mktemp("lived")
    create(folder / "inventory.duckdb", "empty", load_tiny_city, ADA, lambda: NOW)
    inventory = open_inventory(folder / "inventory.duckdb", clock=lambda: NOW)
    with inventory.change(ADA, Action.ENTER_RECORDS) as change:
        change.insert("organization", [{"organization_id": key, "name": f"Haus {key}"} for key in "abcd"])
    merging.merge(inventory, "organization", "c", "d", {}, ADA)
    importing.run(inventory, plan(inventory), ADA)
    (folder / "inventory.duckdb.kept").write_bytes(b"no inventory: it is not even looked at")
    yield inventory
    inventory.close()


def test_every_writing_function_is_tried() -> None:
    assert writing_functions() == ATTEMPTS.keys()


@pytest.fixture(scope="module")
def found(lived: Inventory) -> dict[str, Any]:
    """Its content as the last attempt left it: what that one should not have changed counts against it alone."""
    return state(lived)


@pytest.mark.parametrize("name", ATTEMPTS)
def test_nobody_changes_anything(lived: Inventory, found: dict[str, Any], name: str) -> None:
    before = dict(found)
    with pytest.raises(UserError) as refused:
        ATTEMPTS[name](lived, NOBODY)
    assert refused.value.key == "not_allowed", refused.value
    found.update(state(lived))
    assert found == before


@pytest.mark.parametrize("name", [name for name in ATTEMPTS if name not in OF_A_PATH])
def test_nobody_changes_the_past(lived: Inventory, name: str) -> None:
    young = name.endswith(("undo", "undo_merge", "run", "learn"))  # what they are about is not in the past yet
    past = lived.under(MORE) if young else lived.as_of(NOW.date())
    with pytest.raises(UserError) as refused:
        ATTEMPTS[name](past, ADA)
    assert refused.value.key in ("inventory_read_only", "inventory_supposed")


# ---------------------------------------------------------------- every command

READING = {"imports", "check", "export", "template", "verify"}
COMMANDS: dict[str, tuple[str, ...]] = {
    "init": (),
    "import": ("FOLDER/tabelle.csv", "--kind", "initiatives"),
    "undo-import": ("RUN",),
    "city": ("FOLDER/city", "--apply"),
    "backup": (),
    "recover": (),
    "restore": ("FOLDER/kept.duckdb",),
    "erase": ("p", "--reason", "Wunsch", "--yes"),
    "generate": ("--initiatives", "5"),
}


def test_every_command_is_tried_or_only_reads() -> None:
    assert COMMANDS.keys() | READING == cli.commands.keys()


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_of_nobody_changes_nothing(command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "i.duckdb"
    if command not in ("init", "generate"):
        start(path, "empty", clock=lambda: NOW)
    (tmp_path / "tabelle.csv").write_text(TABLE, encoding="utf-8")
    (tmp_path / "kept.duckdb").write_bytes(b"no inventory")
    if command == "city":
        copytree(default_city(), tmp_path / "city")
        file = tmp_path / "city" / "criteria.csv"
        file.write_text(file.read_text(encoding="utf-8").replace("size,0.35", "size,0.4"), encoding="utf-8")
    run_id = ""
    if path.exists():
        inventory = open_inventory(path, clock=lambda: NOW)
        with inventory.change(ADA, Action.ENTER_RECORDS) as change:
            change.insert("organization", [{"organization_id": "a", "name": "Haus A"}])
            change.insert("contact", [{"contact_id": "p", "organization_id": "a", "role": "Leitung"}])
        run_id = importing.run(inventory, importing.plan(inventory, tmp_path / "tabelle.csv", "initiatives"), ADA)
        inventory.close()
    before = {file: file.read_bytes() for file in tmp_path.rglob("*.duckdb")}
    monkeypatch.setitem(ALLOWED, Role.OFFICE, frozenset())
    arguments = [word.replace("FOLDER", str(tmp_path)).replace("RUN", run_id) for word in COMMANDS[command]]
    if command == "import":
        (tmp_path / "tabelle.csv").write_text(TABLE.replace("12", "15"), encoding="utf-8")
    done = run(command, *arguments, database=path)
    assert done.exit_code == 2, done.output
    assert "Das darf zurzeit niemand: " in done.output
    assert {file: file.read_bytes() for file in tmp_path.rglob("*.duckdb")} == before
