"""The papers as PDF: list of contact points (A4), wall list (A3, folded once), flyer (A4, folded twice inwards)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from esdash.analysis.leaflet import address
from esdash.analysis.leaflet.contacts import Audience, Kind, Printable
from esdash.analysis.leaflet.texts import Passage
from esdash.errors import UserError
from esdash.exports.prints.content import Sheet, sheet
from esdash.exports.reports import setting
from esdash.inventory import Inventory
from esdash.texts import leaflet

_HERE = Path(__file__).parent
_LIST, _FLYER = _HERE / "list.typ", _HERE / "flyer.typ"
_LIST_SIZE = 12  # points; most people can read that without glasses
# Hung on a wall, a list is read from an arm's length: as large as one page allows, and on several pages not too small.
_WALL_SIZES, _WALL_USUAL = {22: 5, 20: 7, 18: 9, 16: 12, 14: 16}, 16  # points → so many may fit on one page
_FLYER_AT_MOST = 24  # contact points; more never fit, and need not be measured
DRAFT = "entwurf"  # in the name of the file
_NAMES: Mapping[Kind, str] = {"contact_list": "anlaufstellen", "wall_list": "wandliste", "flyer": "faltblatt"}


class _Part(str):
    """A part of the flyer, named in the language of whoever reads the message."""

    @property
    def text_key(self) -> str:
        return f"papers.part_{self}"


@dataclass(frozen=True)
class Paper:
    """A paper that can be printed.

    contacts: those that stand on it, in their order. left_out: how many more could have stood on it; a flyer says so.
    draft: whether it may only be printed as a draft, because of the texts in `not_reviewed`. no_qr: why there is no QR
    code (analysis/leaflet/address.py); empty if there is one.
    """

    kind: Kind
    language: str
    content: bytes
    name: str
    as_of: date
    valid_to: date
    contacts: list[Printable]
    left_out: int
    draft: bool
    not_reviewed: list[Passage]
    no_qr: str


def paper(
    inventory: Inventory,
    kind: Kind,
    language: str,
    audience: Audience = "volunteers",
    office: bool = False,
    created: datetime | None = None,
) -> Paper:
    """A paper in a language. `office`: a flyer with marks where it is folded, for the office's own printer.

    Equal content on an equal day gives equal bytes. Raises UserError for a language without a single text, and for
    texts that do not fit their panel.
    """
    if not leaflet.standard(language) and not _has_texts(inventory, language):
        raise UserError("print_language", language=language, known=", ".join(leaflet.languages()))
    known = sheet(inventory, kind, language, audience)
    shown = known.contacts
    said: Mapping[str, Any] = known.said | {"office": office}
    if kind == "flyer":
        said = {**said, "total": len(shown), "contacts": said["contacts"][:_FLYER_AT_MOST]}
        shown = _fitting(known, said)
        said = {**said, "valid_to": known.say("word_valid_to", day=known.valid_to(shown))}
    else:
        said = _on_the_wall(known.said) if kind == "wall_list" else _set_as(known.said, "a4", _LIST_SIZE)
    stamp = created or datetime.combine(known.as_of, datetime.min.time(), UTC)
    return Paper(
        kind=kind,
        language=language,
        content=setting.pdf(_FLYER if kind == "flyer" else _LIST, said, stamp),
        name=file_name(kind, language, known.draft, audience),
        as_of=known.as_of,
        valid_to=known.valid_to(shown),
        contacts=shown,
        left_out=len(known.contacts) - len(shown),
        draft=known.draft,
        not_reviewed=known.say.not_reviewed(),
        no_qr=address.public_address(inventory).why,
    )


def file_name(kind: Kind, language: str, draft: bool, audience: Audience = "volunteers") -> str:
    """The name of the file, which says if it is a draft: faltblatt-ar-entwurf.pdf."""
    parts = [
        _NAMES[kind],
        *(["zugewanderte"] if audience == "newcomers" else []),
        language,
        *([DRAFT] if draft else []),
    ]
    return "-".join(parts) + ".pdf"


def _fitting(known: Sheet, said: Mapping[str, Any]) -> list[Printable]:
    """The contact points that the flyer has room for. Raises UserError if another part has too much text."""
    found = setting.measured(_FLYER, said, "fit")
    if found["over"]:
        raise UserError("print_too_long", language=known.language, part=_Part(found["over"][0]))
    return known.contacts[: found["shown"]]


def _on_the_wall(said: Mapping[str, Any]) -> Mapping[str, Any]:
    """The wall list in the largest size in which it is one page; in the usual one if it needs more."""
    for size, most in _WALL_SIZES.items():
        if len(said["contacts"]) > most:
            continue
        if setting.measured(_LIST, wanted := _set_as(said, "a3", size), "pages") == 1:
            return wanted
    return _set_as(said, "a3", _WALL_USUAL)


def _set_as(said: Mapping[str, Any], page: str, size: int) -> Mapping[str, Any]:
    return {**said, "paper": page, "size": size, "folded": page == "a3"}


def _has_texts(inventory: Inventory, language: str) -> bool:
    return bool(inventory.value("SELECT count(*) FROM leaflet_text WHERE language_id = $id", id=language))
