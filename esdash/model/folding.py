"""Words as people write them: compared without case, spaces, umlauts and punctuation; words that mean "unknown"."""

from __future__ import annotations

import re
import unicodedata

_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})  # ß becomes ss by casefold
_UNKNOWN = {"unbekannt", "nicht bekannt", "unknown", "na", "n/a", "n.a.", "k.a.", "keine angabe"}
_UNKNOWN |= {"keine angaben", "not known", "-", "–", "—", "?", "??", "???"}
_NONE_OF_THEM = {"keine", "keiner", "keins", "none", "niemand", "nobody"}
_PARENTHESES = re.compile(r"\s*[(\[][^)\]]*[)\]]")
_LEGAL_FORM = re.compile(r"\b(e\.\s?V\.?|e\.?\s?V\.|eV|gGmbH|GmbH|gUG|UG|e\.\s?G\.|AöR)(?!\w)", re.IGNORECASE)
SLUG_LENGTH = 40  # ids stay readable in a table column and in an address


def fold(text: str) -> str:
    """The letters and digits of a text, lower case, umlauts as two letters: "Plätze / Woche" → "plaetzewoche"."""
    plain = _plain(text)
    return "".join(letter for letter in plain if letter.isalnum()) or plain.strip()


def fold_core(text: str) -> str:
    """As `fold`, without what stands in brackets and without legal forms: "Hilfe (Nord) e. V." → "hilfe"."""
    return fold(_LEGAL_FORM.sub(" ", _PARENTHESES.sub(" ", text)).strip() or text)


def slug(text: str) -> str:
    """A readable id: "Café für Frauen" → "cafe-fuer-frauen", at most SLUG_LENGTH characters; may be empty."""
    return re.sub(r"[^a-z0-9]+", "-", _plain(text)).strip("-")[:SLUG_LENGTH].strip("-")


def is_unknown(text: str) -> bool:
    """Whether a cell says that nobody knows."""
    return re.sub(r"(?<=k\.)\s+(?=a)", "", text.strip().lower()) in _UNKNOWN or text.strip() in ("k. A", "k.A", "kA")


def is_none_of_them(text: str) -> bool:
    """Whether a cell of a list says that there is none, which is something known."""
    return text.strip().lower() in _NONE_OF_THEM


def _plain(text: str) -> str:
    lower = unicodedata.normalize("NFC", text).casefold().translate(_UMLAUTS)
    return "".join(letter for letter in unicodedata.normalize("NFKD", lower) if not unicodedata.combining(letter))
