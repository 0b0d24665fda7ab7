"""Both languages say everything, and the code asks only for texts that exist."""

import ast
import re
import tomllib
from pathlib import Path
from string import Formatter

ROOT = Path(__file__).parents[2]
TEXTS = ROOT / "esdash" / "texts"

# Beginnings of keys that the code puts together at run time, where the rule below cannot see it.
DYNAMIC: tuple[str, ...] = ("wanted.", "measure.", "rows.")

# How code asks for texts: the call, and the keys it reads for its first argument.
ASKING = {
    "text": ("{}",),
    "self.text": ("{}",),
    "session.text()": ("{}",),
    "text.count": ("{}_one", "{}_many"),
    "UserError": ("error.{}", "error.{}_hint"),
}


def flat(table: dict, prefix: str = "") -> dict[str, str]:
    """One entry per text; its key is the path through the tables, joined by dots."""
    entries: dict[str, str] = {}
    for name, value in table.items():
        entries |= flat(value, f"{prefix}{name}.") if isinstance(value, dict) else {f"{prefix}{name}": value}
    return entries


def read(language: str) -> dict[str, str]:
    files = sorted((TEXTS / language).glob("*.toml"))
    found: dict[str, str] = {}
    for file in files:
        found |= flat(tomllib.loads(file.read_text(encoding="utf-8")))
    return found


def placeholders(value: str) -> set[str]:
    return {re.split(r"[.\[]", name)[0] for _, name, _, _ in Formatter().parse(value) if name is not None}


def asked(source: str) -> tuple[set[str], set[str], set[str]]:
    """Keys asked for by name, patterns of keys put together in an f-string, and every string that could be a key."""
    keys: set[str] = set()
    patterns: set[str] = set()
    other: set[str] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and node.args:
            for part in branches(node.args[0]):
                if isinstance(part, ast.Constant) and isinstance(part.value, str):
                    keys |= {shape.format(part.value) for shape in ASKING.get(ast.unparse(node.func), ())}
                if isinstance(part, ast.JoinedStr) and ast.unparse(node.func) == "UserError":
                    patterns.add(rf"error\.{pattern_of(part)}")
        if isinstance(node, ast.Call) and ast.unparse(node.func).endswith("headed"):  # ("name", "room.heading")
            inside = [part.value for given in node.args for part in ast.walk(given) if isinstance(part, ast.Constant)]
            keys |= {value for value in inside if isinstance(value, str) and re.fullmatch(r"\w+\.\w+", value)}
        if isinstance(node, ast.JoinedStr):
            pattern = pattern_of(node)
            if re.fullmatch(r"([a-z_]|\\\.|\[\^\.\]\+)+", pattern) and re.search(r"[a-z_]{3}", pattern):
                patterns.add(pattern)  # looks like a key: lower case, dots, and at least one fixed word
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            other.add(node.value)
    return keys, patterns, other


def pattern_of(node: ast.JoinedStr) -> str:
    return "".join(re.escape(str(p.value)) if isinstance(p, ast.Constant) else "[^.]+" for p in node.values)


def branches(node: ast.expr) -> list[ast.expr]:
    return [*branches(node.body), *branches(node.orelse)] if isinstance(node, ast.IfExp) else [node]


def asked_by_the_code() -> tuple[dict[str, str], set[str], set[str]]:
    keys: dict[str, str] = {}
    patterns: set[str] = set()
    other: set[str] = set()
    for path in [*ROOT.glob("app.py"), *ROOT.glob("pages/**/*.py"), *ROOT.glob("esdash/**/*.py")]:
        found = asked(path.read_text(encoding="utf-8"))
        keys |= dict.fromkeys(found[0], path.relative_to(ROOT).as_posix())
        patterns |= found[1] - {r"error\.[^.]+", r"error\.[^.]+_hint"}  # the lookup; UserError("…") names them
        other |= found[2]
    return keys, patterns, other


def raised(key: str) -> str:
    """The name of an error that a text tells. What the import says as import_… a form says as edit_…."""
    return key.removeprefix("error.").removesuffix("_hint")


def test_both_languages_have_the_same_keys() -> None:
    german, english = read("de"), read("en")
    assert german, "esdash/texts/de/ holds no texts"
    assert sorted(german.keys() ^ english.keys()) == []


def test_both_languages_have_the_same_placeholders() -> None:
    german, english = read("de"), read("en")
    differing = {
        key: (placeholders(german[key]), placeholders(english[key]))
        for key in german.keys() & english.keys()
        if placeholders(german[key]) != placeholders(english[key])
    }
    assert differing == {}


def test_no_text_is_empty() -> None:
    for language in ("de", "en"):
        empty = [key for key, value in read(language).items() if not isinstance(value, str) or not value.strip()]
        assert empty == [], language


def test_every_text_asked_for_exists() -> None:
    german = read("de")
    keys, _, _ = asked_by_the_code()
    assert keys, 'no text("…") found in the code'
    assert {key: path for key, path in keys.items() if key not in german} == {}


def test_every_text_is_used() -> None:
    keys, patterns, other = asked_by_the_code()
    shapes = [re.compile(pattern) for pattern in patterns]
    unused = [
        key
        for key in read("de")
        if key not in keys
        and key not in other
        and not {raised(key), raised(key).replace("edit_", "import_", 1)} & other
        and not key.startswith(DYNAMIC or ("\0",))
        and not any(shape.fullmatch(key) for shape in shapes)
    ]
    assert unused == []


def test_the_rules_see_what_they_should() -> None:
    keys, patterns, other = asked(
        'text("a.b")\nst.text("Hello")\ntext("c.d" if x else "c.e")\ntext(f"state.{s}_label")\n'
        'text.count("n", 2)\nraise UserError("lost", path=1)\nraise UserError(f"gone_{why}")\ncolumn = {"p": "q.r"}'
    )
    assert keys == {"a.b", "c.d", "c.e", "n_one", "n_many", "error.lost", "error.lost_hint"}
    assert patterns == {r"state\.[^.]+_label", r"error\.gone_[^.]+", "gone_[^.]+"}
    assert "q.r" in other
    assert flat({"a": {"b": "x", "c": {"d": "y"}}}) == {"a.b": "x", "a.c.d": "y"}
    assert placeholders("{n:,.0f} von {total} {{fest}}") == {"n", "total"}
