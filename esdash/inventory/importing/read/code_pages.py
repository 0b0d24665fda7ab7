"""The letters of a text file that does not say how it writes them.

Each code page reads the same bytes as other signs: 0x9A is š on Windows, ö on an old Mac and Ü under DOS. The page is
taken in which the words look like words: letters of one language, capitals only where a word begins, signs between
words. What another page could read as well is named, so that a person can say so.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

# In the order in which they are likely; the first wins where two read a file equally well.
NAMES = {
    "cp1252": "Windows-1252",
    "mac_roman": "Mac Roman",
    "cp850": "DOS 850",
    "cp437": "DOS 437",
    "cp1250": "Windows-1250",
    "iso8859-15": "ISO 8859-15",
    "cp1254": "Windows-1254",
    "cp1251": "Windows-1251",
}
PAGES = tuple(NAMES)
USUAL = PAGES[0]  # what Excel in German writes as "CSV"
GERMAN = frozenset("äöüÄÖÜß")
_SMALL = (
    *("äöüß", "äöüßéèêàç", "éèêëàâçîïôûùœæ", "áéíóúñü", "àèéìòù", "ãõáâàéêíóôúç", "åäöøæ", "ëïéèöü", "äõöüšž"),
    *("ąćęłńóśźż", "áčďéěíňóřšťúůýž", "áäčďéíĺľňóôŕšťúýž", "áéíóöőúüű", "ăâîşţ", "čćđšž", "ëç"),
    "абвгдежзийклмнопрстуфхцчшщъыьэюяёіїєґ",
)
_TURKISH = frozenset("çğıöşüâîÇĞİÖŞÜ")
_ALPHABETS = (*(frozenset(small + small.upper().replace("SS", "")) for small in _SMALL), _TURKISH)
_BESIDE_LETTERS = frozenset("’‘‚„“”«»‹›–—…·•©®™°²³¹ªº½¼¾×¿¡\xa0\xad")  # signs that may touch a word
_INSIDE = frozenset("’‘–—·•×\xad\xa0")  # signs that may stand between two letters
_OPENING = frozenset("„‚¿¡")  # signs that never follow a letter
_APART = frozenset("€§±¤£¥¢µ¬¶†‡‰÷≤≥≠≈")  # signs of their own: before or after a blank or a figure
_WORD = re.compile(rb'[^\s;,\t"|]*[\x80-\xff][^\s;,\t"|]*')
_LETTERS = re.compile(r"[^\W\d_¹²³ªº½¼¾]+")
_DOUBLY_ENCODED = re.compile("Ã[¤¶¼Ÿ„–œ]")  # signs of UTF-8 read as cp1252, e.g. Ã¼ for ü
_VOWELS = frozenset("aeiouyäöü")
WORDS_READ = 3_000  # different words that are looked at; a list of a city has some hundred with such letters
MOST_DOUBTFUL = 0.1  # share of words that look like none in any page; with more, the file is mixed or no text
WORDS_NAMED = 5
_WIDE = 0.5  # share of bytes that are zero on one side, in UTF-16


class Unknown(ValueError):
    """The bytes are no text that can be read without a fault."""


@dataclass(frozen=True)
class Text:
    """A text; the code page that was guessed ("" if there was nothing to guess), and words that may be others."""

    text: str
    page: str = ""
    doubtful: tuple[str, ...] = ()


def read(content: bytes) -> Text | None:
    """The text of a file; None for a file that is no text at all. Raises Unknown for mixed or unknown code pages."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _plain(content, "utf-16")
    if b"\0" in content:
        wide = _without_mark(content)
        return None if wide is None else _plain(content, wide)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return _guessed(content)
    if _DOUBLY_ENCODED.search(text):
        raise Unknown
    return Text(text)


def _plain(content: bytes, encoding: str) -> Text | None:
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        raise Unknown from error
    return None if "\0" in text else Text(text)


def _without_mark(content: bytes) -> str | None:
    """UTF-16 that does not say so: every second byte of plain letters is zero, always on the same side."""
    first, second = content[::2].count(0), content[1::2].count(0)
    if second > _WIDE * len(content) / 2 and not first:
        return "utf-16-le"
    return "utf-16-be" if first > _WIDE * len(content) / 2 and not second else None


def _guessed(content: bytes) -> Text:
    words = _words(content)
    old_mac = content.count(b"\r") > content.count(b"\n") * 2  # by the ends of its lines
    found = [_Reading(page, words) for page in PAGES]
    best = max(found, key=lambda one: (one.score, (one.page == "mac_roman") == old_mac))
    if len(best.doubtful) > MOST_DOUBTFUL * len(words):
        raise Unknown
    try:
        text = content.decode(best.page)
    except UnicodeDecodeError as error:
        raise Unknown from error
    if _DOUBLY_ENCODED.search(text):
        raise Unknown
    others = [one for one in found if one.plausible and one.page != best.page]
    named = [best.words[number] for number in best.doubtful] + list(_other_readings(best, others))
    if best.page == USUAL and not named:
        return Text(text)
    shown = named or [word for word in dict.fromkeys(best.words) if word]
    return Text(text, best.page, tuple(shown[:WORDS_NAMED]))


def _words(content: bytes) -> list[bytes]:
    found: dict[bytes, None] = {}
    for match in _WORD.finditer(content):
        found[match.group()] = None
        if len(found) == WORDS_READ:
            break
    return list(found)


class _Reading:
    """The words of a file, read with one code page."""

    def __init__(self, page: str, words: list[bytes]) -> None:
        self.page = page
        self.words = [_decoded(word, page) for word in words]
        alphabets = [letters for letters in _ALPHABETS if _can_write(page, letters)]
        self.worth = [_worth(word, alphabets) for word in self.words]
        self.doubtful = [number for number, value in enumerate(self.worth) if value < 0]
        whole = "".join(word for word, value in zip(self.words, self.worth, strict=True) if value > 0)
        self.score = sum(self.worth) + 2 * (_pairs(whole) - _languages(whole, alphabets))

    @property
    def plausible(self) -> bool:
        """Whether every word looks like one."""
        return not self.doubtful


def _decoded(word: bytes, page: str) -> str:
    try:
        return word.decode(page)
    except UnicodeDecodeError:
        return ""


def _can_write(page: str, letters: frozenset[str]) -> bool:
    try:
        "".join(letters).encode(page)
    except UnicodeEncodeError:
        return False
    return True


def _pairs(text: str) -> int:
    """How many quotation marks are opened and closed."""
    signs = Counter(text)
    return min(signs["„"], signs["“"] + signs["”"]) + min(signs["«"], signs["»"])


def _languages(text: str, alphabets: list[frozenset[str]]) -> int:
    """How many alphabets a text needs at least: one writer rarely has words of three languages."""
    left, needed = {letter for letter in text if not letter.isascii() and letter.isalpha()}, 0
    while left and (most := max(alphabets, key=lambda alphabet: len(left & alphabet))) & left:
        left, needed = left - most, needed + 1
    return needed


def _worth(word: str, alphabets: list[frozenset[str]]) -> int:
    """How much a word looks like one: 3 for German, 1 for another language or for signs, less than 0 for none."""
    if not word or not all(_sign_fits(word, place) for place, sign in enumerate(word) if _is_sign(sign)):
        return -5
    worth = [1]
    for match in _LETTERS.finditer(word):
        letters = match.group()
        strange = frozenset(letter for letter in letters if not letter.isascii())
        if not strange:
            continue
        if not _cased(letters) or not any(strange <= alphabet for alphabet in alphabets):
            return -5
        if "а" <= min(strange).lower() <= "ґ" and any(letter.isascii() for letter in letters):
            return -5  # Latin and Cyrillic in one word
        worth.append(3 if strange <= GERMAN and letters[-1] not in "äö" else 1)
    return max(worth)


def _is_sign(sign: str) -> bool:
    return not sign.isascii() and not (sign.isalpha() and sign not in "ªº")


def _sign_fits(word: str, place: int) -> bool:
    sign = word[place]
    before = place > 0 and word[place - 1].isalpha()
    after = place + 1 < len(word) and word[place + 1].isalpha()
    if sign in _APART:
        return not (before or after)
    if sign in _OPENING:
        return not before
    if before and after:
        return sign in _INSIDE
    return sign in _BESIDE_LETTERS


def _cased(letters: str) -> bool:
    """Whether capitals stand where German has them: "Ärzte", "STRAßE", never "MŠdchen"; ß only after a vowel."""
    for place, letter in enumerate(letters):
        last = letters[place - 1] if place else ""
        if letter == "ß":
            if last.lower() not in _VOWELS:
                return False
        elif last and last.islower() and letter.isupper() and not (last.isascii() and letter.isascii()):
            return False
        elif last.isupper() and not letter.isascii():
            follows = letters[place + 1 : place + 2]
            if (letter.isupper() and follows.islower()) or (
                letter.islower() and letters[:place].isupper() and place > 1
            ):
                return False
    return True


def _other_readings(best: _Reading, others: list[_Reading]) -> Iterator[str]:
    """Words that a page which reads all of them reads otherwise, with both readings."""
    for number, word in enumerate(best.words):
        likely = (one.words[number] for one in others if one.worth[number] >= best.worth[number])
        readings = [reading for reading in dict.fromkeys(likely) if reading != word]
        if readings:
            yield f"{word} ({' / '.join(readings)}?)"
