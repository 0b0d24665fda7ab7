"""From names to ids: finding the theme, district or organisation that a cell names."""

import re
from collections.abc import Iterable
from difflib import get_close_matches
from typing import Any

from esdash.inventory.file.store import Inventory
from esdash.inventory.merging import resolved
from esdash.model.folding import fold, fold_core, plain_words
from esdash.model.values import Wrong

# Table → rows with id, full names, short names, whether it is archived, and the organisation it belongs to.
_NAMES = {
    "theme": "SELECT theme_id AS id, [name_de, name_en] AS names, [short_de, short_en] AS short FROM inventory.theme",
    "target_group": "SELECT target_group_id AS id, [name_de, name_en] AS names, [short_de, short_en] AS short "
    "FROM inventory.target_group",
    "language": "SELECT language_id AS id, [name_de, name_en] AS names, [] AS short FROM inventory.language",
    "module": "SELECT module_id AS id, [name_de, name_en] AS names, [] AS short FROM inventory.module",
    "district": "SELECT district_id AS id, [name] AS names, [short_name] AS short FROM inventory.district",
    "organization": "SELECT organization_id AS id, [name] AS names, [short_name] AS short, "
    "status = 'archived' AS archived FROM inventory.organization",
    "location": "SELECT location_id AS id, [name] AS names, [] AS short, status = 'archived' AS archived "
    "FROM inventory.location",
    "contact": "SELECT contact_id AS id, [name, email] AS names, [role] AS short, status = 'archived' AS archived, "
    "organization_id AS owner FROM inventory.contact",
    "contact_point": "SELECT contact_point_id AS id, [name] AS names, [] AS short, status = 'archived' AS archived "
    "FROM inventory.contact_point",
    "course": "SELECT course_id AS id, [name] AS names, [] AS short, status = 'archived' AS archived, "
    "organization_id AS owner FROM inventory.course",
}
_ALIKE = 0.75  # similarity from which a name is proposed; below it, proposals look arbitrary
_OFFERED = 3  # similar records offered for a name that is not known
_PART_FROM = 6  # letters from which a name inside another one is similar to it
_PROPOSALS = 300  # unknown words with a proposal; comparing is slow, and nobody reads more
_LONGEST_NAME = 100  # characters; no proposal for longer words
_MOST_COMMAS = 5  # most commas in one name


class Lookup:
    """The names of the reference tables and of the inventory, read when first needed."""

    def __init__(self, inventory: Inventory) -> None:
        self._inventory = inventory
        self._rows: dict[str, list[dict[str, Any]]] = {}
        self._proposals: dict[tuple[str, str | None, str], str | None] = {}
        self._called: dict[str, dict[str, str]] = {}  # table → key → name
        self._added: dict[str, set[str]] = {}  # keys of records that the import adds itself
        self._levels: dict[tuple[str, str | None], list[dict[str, list[dict[str, Any]]]]] = {}

    def find(self, target: str, word: str, owner: str | None = None) -> str:
        """The id of the record of table `target` that `word` names; ids are tried first, then names, then short names.

        `owner` limits contacts and courses to an organisation. Raises Wrong for an unknown name, with the most similar
        known one, and for a name of several records.
        """
        found = self._found(target, word, owner)
        if word in self._added.get(target, ()):
            return word
        if not found:  # a key is unique, whoever owns the record
            found = [str(row.get("meant", word)) for row in self._of(target, None) if row["id"] == word]
        if len(found) == 1:
            return found[0]
        if found:
            raise Wrong("import_ambiguous", named=word, records=", ".join(found), table=target)
        near = self._nearest(target, word, owner)
        if near:
            raise Wrong("import_unknown_name_near", named=word, near=near)
        raise Wrong("import_unknown_name", named=word)

    def add(self, target: str, keys: Iterable[str]) -> None:
        """Let `find` know records that are not there yet, by their keys."""
        self._added.setdefault(target, set()).update(keys)

    def knows(self, target: str, word: str) -> bool:
        """Whether a word names one record or several."""
        return bool(self._found(target, word))

    def archived(self, target: str) -> set[str]:
        """The keys of the records of a table that are archived."""
        return {str(row["id"]) for row in self._of(target, None) if row.get("archived")} if target in _NAMES else set()

    def name(self, target: str, key: str) -> str | None:
        """The name of the record with this key; None if there is none."""
        if target not in self._called:
            named = ((row["id"], _filled(row["names"], row["short"])) for row in self._of(target, None))
            self._called[target] = {row_id: names[0] for row_id, names in named if names}
        return self._called[target].get(key)

    def similar(self, target: str, word: str) -> dict[str, str]:
        """Id → name of the records whose names are most similar to a word, at most _OFFERED, the most similar first."""
        if len(word) > _LONGEST_NAME:
            return {}
        rows = [row for row in self._of(target, None) if not row.get("archived") and "meant" not in row]
        spelt = {fold(name): row for row in rows for name in _filled(row["names"], row["short"])}
        wanted, core = fold(word), fold_core(word)
        near = get_close_matches(wanted, list(spelt), n=_OFFERED, cutoff=_ALIKE)
        near += [name for name in spelt if min(len(name), len(core)) >= _PART_FROM and (name in core or core in name)]
        return {str(spelt[name]["id"]): str(_filled(spelt[name]["names"])[0]) for name in near[:_OFFERED]}

    def find_all(self, target: str, text: str) -> list[str]:
        """The ids of a list, separated by semicolons or line breaks, or by commas that are not part of a name."""
        found: list[str] = []
        for part in filter(None, (part.strip() for part in re.split(r"[;\n|]", text))):
            found += self._with_commas(target, part)
        return list(dict.fromkeys(found))

    def _with_commas(self, target: str, text: str) -> list[str]:
        """Joins comma-separated pieces that together are one name: "Möbel, Kleidung, Grundausstattung"."""
        pieces = [piece.strip() for piece in text.split(",") if piece.strip()]
        found: list[str] = []
        while pieces:
            for length in range(min(len(pieces), _MOST_COMMAS + 1), 1, -1):
                if self._found(target, ", ".join(pieces[:length])):
                    break
            else:
                length = 1
            found.append(self.find(target, ", ".join(pieces[:length])))
            pieces = pieces[length:]
        return found

    def _found(self, target: str, word: str, owner: str | None = None) -> list[str]:
        """The ids that a word may name, by the most reliable match that finds any; archived ones only if no other."""
        words = (word, fold(word), fold_core(word), fold(word), fold(word))
        for level, key in zip(self._index(target, owner), words, strict=True):
            rows = level.get(key, [])
            if rows:
                rows = [row for row in rows if not row.get("archived")] or rows
                rows = [row for row in rows if "meant" not in row] or rows
                rows = [row for row in rows if word in (row.get("names") or ())] or rows  # spelt exactly so
                return sorted({str(row.get("meant", row["id"])) for row in rows})
        return []

    def _nearest(self, target: str, word: str, owner: str | None) -> str | None:
        key = (target, owner, word)
        if key not in self._proposals:
            if len(self._proposals) >= _PROPOSALS or len(word) > _LONGEST_NAME:
                return None
            proposable = ("short",) if target == "contact" else ("names", "short")  # so that no message names a person
            spelt = {
                plain_words(name): name
                for row in self._of(target, owner)
                for name in _filled(*(row[column] for column in proposable))
            }
            near = get_close_matches(plain_words(word), list(spelt), n=1, cutoff=_ALIKE)
            self._proposals[key] = spelt[near[0]] if near else None
        return self._proposals[key]

    def _of(self, target: str, owner: str | None) -> list[dict[str, Any]]:
        if target not in self._rows:
            rows = self._inventory.rows(f"FROM ({_NAMES[target]}) ORDER BY id")
            merged = resolved(self._inventory, target)
            kept = {row["id"]: row for row in rows}
            for row in rows:  # its key and names now mean the kept record
                if row["id"] in merged and (into := kept.get(merged[row["id"]])):
                    row |= {"meant": into["id"], "archived": into.get("archived"), "owner": into.get("owner")}
            self._rows[target] = rows
        rows = self._rows[target]
        return [row for row in rows if owner is None or row.get("owner") in (None, owner)]

    def _index(self, target: str, owner: str | None) -> list[dict[str, list[dict[str, Any]]]]:
        """Folded word → rows, one index per way of naming a record, the most reliable first."""
        if (target, owner) not in self._levels:
            levels: list[dict[str, list[dict[str, Any]]]] = [{}, {}, {}, {}, {}]
            for row in self._of(target, owner):
                names = _filled(row["names"])
                for level, words in zip(
                    levels,
                    (
                        [row["id"]],  # exact spelling: "Basiskurs" is a name, not the key basiskurs
                        map(fold, names),
                        map(fold_core, names),
                        map(fold, _filled(row["short"])),
                        [fold(row["id"]), row["id"].lstrip("0")],  # spreadsheets make 1 of 01
                    ),
                    strict=True,
                ):
                    for word in set(words):
                        level.setdefault(word, []).append(row)
            self._levels[(target, owner)] = levels
        return self._levels[(target, owner)]


def _filled(*lists: Iterable[str | None]) -> list[str]:
    return [name for names in lists for name in names if name]
