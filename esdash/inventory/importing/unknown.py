"""Words of a file that are on no list, such as "Frauen" for a target group: a person says once what each means."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches

from esdash.inventory.file.store import Inventory
from esdash.inventory.importing.lookup import Lookup
from esdash.inventory.importing.options import Option, options
from esdash.inventory.importing.preview import Plan
from esdash.inventory.importing.rows import parse
from esdash.inventory.importing.senders import PARTS
from esdash.model.fields import Field
from esdash.model.folding import fold
from esdash.model.values import Wrong

_UNKNOWN = {"import_unknown_name", "import_unknown_name_near", "import_ambiguous", "import_not_choice"}
_UNKNOWN |= {"import_not_yes_no"}
_ASKED = ("choice", "choices", "reference", "references", "boolean")
_LISTS = ("choices", "references")
_ALIKE = 0.75  # similarity from which a meaning is proposed; low, because a person confirms it
_LEAST_LETTERS = 4  # characters of a name found inside a word, or the reverse; shorter ones match by chance
_LONGEST = 100  # characters; a longer text is a sentence, and nobody is asked about it


@dataclass(frozen=True)
class UnknownWord:
    """A word that is on no list, the number of rows with it, and the id that it may mean."""

    field: Field
    header: str
    word: str
    rows: int
    proposal: str | None


def unknown_words(inventory: Inventory, plan: Plan) -> list[UnknownWord]:
    """One entry per field and word without a known meaning, by column, the most frequent first."""
    lookup = Lookup(inventory)
    found: list[UnknownWord] = []
    for position, field in plan.columns.fields.items():
        if field.type not in _ASKED or field.target == "contact":  # persons are not on lists
            continue
        said = plan.mapping.values.get(field.name, {})
        rows: Counter[str] = Counter()
        spelt: dict[str, str] = {}
        for text, number in Counter(row.cells[position] for row in plan.table.rows).items():
            for word in dict.fromkeys(_unknown(field, text, said, lookup)):
                spelt.setdefault(fold(word), word)
                rows[fold(word)] += number
        for name, word, number in plan.table.asked:
            if name == field.name and fold(word) not in said:
                spelt.setdefault(fold(word), word)
                rows[fold(word)] += number
        if rows:
            known = options(inventory, field)
            header = plan.table.header[position]
            found += [
                UnknownWord(field, header, spelt[folded], number, _proposal(field, spelt[folded], known))
                for folded, number in rows.most_common()
            ]
    return found


def _unknown(field: Field, text: str, said: dict[str, str | None], lookup: Lookup) -> Iterator[str]:
    """The words of a cell that are on no list."""
    if not text or fold(text) in said:
        return
    if field.type not in _LISTS:
        try:
            parse(field, text, lookup)
        except Wrong as wrong:
            if wrong.key in _UNKNOWN and len(text) <= _LONGEST:
                yield text
        return
    pieces = [piece.strip() for piece in PARTS.split(text) if piece.strip() and fold(piece) not in said]
    while pieces:
        try:
            parse(field, ", ".join(pieces), lookup)
            return
        except Wrong as wrong:
            word = wrong.values.get("named", "")
            if wrong.key not in _UNKNOWN or word not in pieces:
                return
            if len(word) <= _LONGEST:
                yield word
            pieces = [piece for piece in pieces if piece != word]


def _proposal(field: Field, word: str, known: list[Option]) -> str | None:
    """The id whose name is most similar to a word; None if none is similar enough."""
    names: dict[str, str] = {}
    for option in known:
        for name in (option.german, option.english):
            names.setdefault(fold(name), option.id)
    names |= {folded: our_id for folded, our_id in field.words.items() if our_id in field.ids}
    wanted = fold(word)
    inside = [name for name in names if len(name) >= _LEAST_LETTERS and name in wanted]
    if inside:  # "Frauen und Mädchen" → women
        return names[max(inside, key=len)]
    near = get_close_matches(wanted, list(names), n=1, cutoff=_ALIKE)
    if near:
        return names[near[0]]
    around = [name for name in names if len(wanted) >= _LEAST_LETTERS and wanted in name]
    return names[min(around, key=len)] if around else None
