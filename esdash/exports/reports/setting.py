"""Setting a page with typst: a template places what a report says; tagged for screen readers (PDF/UA)."""

import json
import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

from esdash.exports.reports import signs
from esdash.exports.values import clean

# Streamlit's Source Sans cannot be used: it is WOFF2, which typst cannot read, with a name that changes by release.
# Amiri keeps every letter of an Arabic text in what is copied out of the page; other fonts double some (measured).
_ROOT = Path(__file__).parents[1]
WORD_LIMIT = 24  # characters; a longer word may break anywhere, so that it does not run into the next column
_LETTER = r"[^\s\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]"
_LONG = re.compile(rf"({_LETTER}{{{WORD_LIMIT}}})(?={_LETTER})")


class Attachment(NamedTuple):
    """A file inside a PDF, for programs: a report with one is also PDF/A-3."""

    name: str
    content: str
    media_type: str
    description: str
    relationship: str = "data"


def pdf(
    template: Path, content: Mapping[str, Any], created: datetime | None = None, attached: Sequence[Attachment] = ()
) -> bytes:
    """The content set by the template. Equal content with an equal `created` (now, if left out) gives equal bytes.

    A sign that no bundled font can draw becomes its name in brackets. What is attached stays as it is, and reaches the
    template as `attached`, for `pdf.attach`.
    """
    import typst  # imported here because it takes 70 ms

    said = _spelled(content) | ({"attached": [one._asdict() for one in attached]} if attached else {})
    return typst.compile(
        str(template),
        timestamp=int((created or datetime.now(UTC)).timestamp()),
        pdf_standards=["a-3a", "ua-1"] if attached else ["ua-1"],
        **_known(said),
    )


def measured(template: Path, content: Mapping[str, Any], label: str) -> Any:
    """What a template found out while it set the content: the value of its only metadata with this label."""
    import typst

    return json.loads(typst.query(str(template), f"<{label}>", field="value", one=True, **_known(_spelled(content))))


def _spelled(content: Mapping[str, Any]) -> dict[str, Any]:
    signs.learn(content.values())
    said: dict[str, Any] = signs.spelled(dict(content))
    return said


def _known(said: Mapping[str, Any]) -> dict[str, Any]:
    """What a template knows: its content, the folder of all templates ("/reports/basics.typ"), the bundled fonts."""
    return {
        "root": str(_ROOT),
        "font_paths": signs.fonts(),
        "ignore_system_fonts": True,
        "sys_inputs": {"data": json.dumps(said, ensure_ascii=False, allow_nan=False)},
    }


def breakable(value: Any) -> Any:
    """Text without control characters, and with possible breaks in words that are too long for a column.

    Words of right-to-left scripts stay whole, because a break inside would part letters that are joined.
    """
    if isinstance(value, dict):
        return {name: breakable(part) for name, part in value.items()}
    if isinstance(value, list):
        return [breakable(part) for part in value]
    if isinstance(value, str):
        return _LONG.sub("\\1\N{ZERO WIDTH SPACE}", " ".join(clean(value).split()))
    return value
