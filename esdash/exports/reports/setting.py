"""Setting a page with typst: a template places what a report says; tagged for screen readers (PDF/UA)."""

import json
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal, cast

from esdash.exports.values import clean

# Streamlit's Source Sans cannot be used: it is WOFF2, which typst cannot read, with a name that changes by release.
_FONTS = Path(__file__).with_name("fonts")
_STANDARD: Literal["ua-1"] = "ua-1"
WORD_LIMIT = 24  # characters; a longer word may break anywhere, so that it does not run into the next column


def pdf(template: Path, content: Mapping[str, Any], created: datetime | None = None) -> bytes:
    """The content set by the template. Equal content with an equal `created` (now, if left out) gives equal bytes."""
    import typst  # imported here because it takes 70 ms

    data = json.dumps(content, ensure_ascii=False, allow_nan=False)
    options: dict[str, Any] = {
        "font_paths": [str(_FONTS)],
        "ignore_system_fonts": True,  # only these fonts, so that the pages are the same everywhere
        "sys_inputs": {"data": data},
        "timestamp": int((created or datetime.now(UTC)).timestamp()),
    }
    try:
        return cast(bytes, typst.compile(str(template), pdf_standards=[_STANDARD], **options))
    except typst.TypstError:
        # PDF/UA needs a glyph for every character. If the fonts lack one, the report is made without PDF/UA.
        return cast(bytes, typst.compile(str(template), **options))


def breakable(value: Any) -> Any:
    """Text without control characters, and with possible breaks in words that are too long for a column."""
    if isinstance(value, dict):
        return {name: breakable(part) for name, part in value.items()}
    if isinstance(value, list):
        return [breakable(part) for part in value]
    if isinstance(value, str):
        return re.sub(rf"(\S{{{WORD_LIMIT}}})(?=\S)", "\\1\N{ZERO WIDTH SPACE}", " ".join(clean(value).split()))
    return value
