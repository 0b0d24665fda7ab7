"""Comparing words without case, accents and punctuation; and the words that mean "unknown".

Search, import and duplicates share this rule: what is *the same name* is `fold_words` (import, headings), what *may be
meant* is `plain_words` (search, duplicates, proposals). `as_sql` makes the macros from the same table of letters.
"""

import re
import unicodedata

# Letters with a usual spelling for keyboards that lack them, umlauts also as two characters (macOS), and characters
# that stand for several letters. Accents are not listed: `fold_words` drops them all.
_WRITTEN_OUT = {
    **{"ä": "ae", "ö": "oe", "ü": "ue", "a\u0308": "ae", "o\u0308": "oe", "u\u0308": "ue", "ß": "ss"},
    **{"æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ı": "i", "ς": "σ", "¹": "1", "²": "2", "³": "3"},
    **{"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"},
}
# Letters of one alphabet that keyboards of different countries give for the same one; digits of other scripts.
_SAME_LETTER = {"ة": "ه", "ى": "ي", "ی": "ي", "ک": "ك", "ґ": "г"}
_SAME_LETTER |= {sign: str(n) for signs in ("٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹") for n, sign in enumerate(signs)}
_FOR_TRANSLATION = str.maketrans(_SAME_LETTER)
# Written one way or the other for the same word: "Ärzte", "Aerzte" and "Arzte".
_EITHER_WAY = {"ae": "a", "oe": "o", "ue": "u"}
# Short forms in addresses as they are folded, in full: "Musterstr.", "Marktpl."; "Nr." before a number says nothing.
_IN_ADDRESSES = ((r"str\b", "strasse"), (r"(\w\w\w)pl\b", r"\1platz"), (r"\bnr ([0-9])", r"\1"))
_IN_A_WORD = "'’ʼ‘`´"  # an apostrophe parts no word: "м’ята", "Oma's"
_APOSTROPHE = re.compile(rf"(?<=(\w))[{_IN_A_WORD}](?=(\w))")
_NOBODY = {"nn", "vakant", "vacant", "unbesetzt", "nichtbesetzt", "derzeitunbesetzt", "zurzeitunbesetzt"}
_UNKNOWN = {"unbekannt", "nicht bekannt", "unknown", "na", "n/a", "n.a.", "k.a.", "keine angabe"}
_UNKNOWN |= {"keine angaben", "not known", "-", "–", "—", "?", "??", "???"}
_NONE_OF_THEM = {"keine", "keiner", "keins", "none", "niemand", "nobody"}
_PARENTHESES = re.compile(r"\s*[(\[][^)\]]*[)\]]")
_LEGAL_FORM = re.compile(r"\b(e\.\s?V\.?|e\.?\s?V\.|eV|gGmbH|GmbH|gUG|UG|e\.\s?G\.|AöR)(?!\w)", re.IGNORECASE)
_BETWEEN_WORDS = re.compile(r"[\W_]+")
SLUG_LENGTH = 40  # longer ids are hard to read in a table column and in a URL


def fold_words(text: str) -> str:
    """The words of a text parted by single spaces, lower case, umlauts written out: "Für Mütter!" → "fuer muetter".

    Letters and digits of every script stay; accents and other marks on them do not, nor do vowel signs.
    """
    folded = text.lower()
    if not folded.isascii():
        for letter, instead in _WRITTEN_OUT.items():
            folded = folded.replace(letter, instead)
        folded = folded.translate(_FOR_TRANSLATION)
        bare = "".join(sign for sign in unicodedata.normalize("NFD", folded) if unicodedata.category(sign)[0] != "M")
        folded = unicodedata.normalize("NFC", bare)
    return _BETWEEN_WORDS.sub(" ", folded).strip()


def searched_words(text: str) -> str:
    """As `fold_words`, without what parts no word, and streets in full: "Oma's Musterstr." → "omas musterstrasse"."""
    folded = fold_words(_APOSTROPHE.sub(lambda sign: "" if (sign[1] + sign[2]).isalpha() else sign[0], text))
    for short, full in _IN_ADDRESSES:
        folded = re.sub(short, full, folded, flags=re.ASCII)  # as DuckDB sees the end of a word
    return folded


def unmarked(folded: str) -> str:
    """Folded words with umlauts as one letter, as people write them who leave the dots out: "aerzte" → "arzte"."""
    for letters, instead in _EITHER_WAY.items():
        folded = folded.replace(letters, instead)
    return folded


def plain_words(text: str) -> str:
    """The words of a text, alike where people write the same word in two ways: "Ärzte", "Arzte"; "Str.", "Straße".

    For finding and comparing; what is the same by it need not be the same: "Kühn" is not "Kuhn".
    """
    return unmarked(searched_words(text))


def fold(text: str) -> str:
    """The folded words without the spaces: "Plätze / Woche" → "plaetzewoche"; "?" stays "?"."""
    return fold_words(text).replace(" ", "") or text.strip().lower()


def as_sql() -> str:
    """The SQL of fold_words(words) and plain_words(words), in queries what they are here, and of spelled(words).

    spelled: folded words with one byte per letter, because DuckDB compares spellings (Jaro-Winkler, Levenshtein) byte
    by byte: letters of other scripts have two or three, of which the first are the same, so any two names seem alike.
    Letters of one alphabet stay different (86 signs that folded words do not use); two scripts may share some.
    """
    written = "lower(words)"
    for letter, instead in _WRITTEN_OUT.items():
        written = f"replace({written}, '{letter}', '{instead}')"
    written = f"translate({written}, '{''.join(_SAME_LETTER)}', '{''.join(_SAME_LETTER.values())}')"
    kept = f"regexp_replace(strip_accents({written}), '[^\\pL\\pN]+', ' ', 'g')"
    rest = "ord(letter) % 86"
    letter = f"CASE WHEN ord(letter) < 128 THEN letter ELSE chr({rest} + CASE WHEN {rest} < 47 THEN 1 ELSE 11 END) END"
    each = f"array_to_string(list_transform(string_split(words, ''), lambda letter: {letter}), '')"
    quoted = _IN_A_WORD.replace("'", "''")
    joined = "words"
    for _ in range(2):  # the letter between two apostrophes stands beside both
        joined = f"regexp_replace({joined}, '(\\pL)[{quoted}](\\pL)', '\\1\\2', 'g')"
    searched = f"fold_words({joined})"
    for short, full in _IN_ADDRESSES:
        searched = f"regexp_replace({searched}, '{short}', '{full}', 'g')"
    unmarked = "folded"
    for letters, instead in _EITHER_WAY.items():
        unmarked = f"replace({unmarked}, '{letters}', '{instead}')"
    return (
        f"CREATE MACRO fold_words(words) AS trim({kept});"
        f"CREATE MACRO searched_words(words) AS {searched};"
        f"CREATE MACRO unmarked(folded) AS {unmarked};"
        "CREATE MACRO plain_words(words) AS unmarked(searched_words(words));"
        f"CREATE MACRO spelled(words) AS CASE WHEN strlen(words) = length(words) THEN words ELSE {each} END;"
    )


def fold_core(text: str) -> str:
    """As `fold`, but without text in brackets and without legal forms: "Hilfe (Nord) e. V." → "hilfe"."""
    return fold(_LEGAL_FORM.sub(" ", _PARENTHESES.sub(" ", text)).strip() or text)


def slug(text: str) -> str:
    """A readable id: "Café für Frauen" → "cafe-fuer-frauen", at most SLUG_LENGTH characters; may be empty."""
    return re.sub(r"[^a-z0-9]+", "-", fold_words(text)).strip("-")[:SLUG_LENGTH].strip("-")


# Punctuation before digits, digits before letters, as DuckDB sorts (COLLATE de, the collation of Unicode).
_IN_ORDER = " _-‐–—,;:!¡?¿.·'‹›\"«»()[]{}§¶@*/\\&#%•`´^¨°©®+±÷×<=>¬|¦~$£€0123456789"
_RANK = {sign: place for place, sign in enumerate(_IN_ORDER)}
_FOR_ORDER = str.maketrans(
    {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "…": "...", "‑": "‐"}
    | dict.fromkeys("‘’‚", "'")
    | dict.fromkeys("“”„", '"')
)


def name_order(name: str) -> tuple[object, ...]:
    """Key for lists of names in the order of German lexicons (DIN 5007, variant 1): Ä as A, ß as ss.

    Queries use COLLATE de for the same order. Where two names are equal by it, accents decide, then capitals.
    """
    parts = unicodedata.normalize("NFD", name.lower().translate(_FOR_ORDER))
    letters: list[tuple[int, str]] = []
    marks: list[str] = []
    for sign in parts:
        if unicodedata.category(sign) == "Mn" and letters:
            marks[-1] += sign
        else:
            letters.append((_RANK.get(sign, len(_RANK)), sign))
            marks.append("")
    return tuple(letters), tuple(marks), name.swapcase(), name


def is_unknown(text: str) -> bool:
    """Whether a cell says that its value is unknown."""
    return re.sub(r"(?<=k\.)\s+(?=a)", "", text.strip().lower()) in _UNKNOWN or text.strip() in ("k. A", "k.A", "kA")


def is_nobody(text: str) -> bool:
    """Whether the name of a person says that none is known: N.N., or a function that nobody has."""
    return fold(text) in _NOBODY


def is_none_of_them(text: str) -> bool:
    """Whether a cell of a list says "none": known to be empty, which is not unknown."""
    return text.strip().lower() in _NONE_OF_THEM
