"""The content of a cell of a spreadsheet as a German office would type it."""

import re
from datetime import datetime, timedelta

_NO_VALUE = re.compile(r'"[^"]*"|\\.|[_*].|\[(?!h+\]|m+\]|s+\])[^\]]*\]', re.IGNORECASE)  # texts, colours, conditions
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")  # Excel's notation for a character that XML cannot hold
_COLUMNS: dict[str, int] = {}


def written(value: str, kind: str, code: str, from_1904: bool) -> str:
    """A value as a German office would type it: 2026-02-01, 14:00, 12, 0,5; a number shown as 06844 keeps its zero."""
    if kind == "b":
        return "ja" if value == "1" else "nein"
    if kind == "d":  # ISO 8601, in files that declare it
        return re.sub(r"T00:00(:00(\.0+)?)?$", "", value).replace("T", " ")
    if kind == "e":
        return value
    number = float(value)
    if _is_moment(code):
        return moment(number, "[" in _shown(code), from_1904)
    return figure(number, code)


def is_number(kind: str, code: str) -> bool:
    """Whether a cell holds a number that may be a sum: no date, no truth, no code such as 06844."""
    return kind == "n" and not _is_moment(code) and not _is_code(code)


def figure(number: float, code: str = "") -> str:
    """A number in the digits that people type: 12, 0,5, and 06844 in the format 00000."""
    if not number.is_integer() or abs(number) >= 1e15:
        exact = f"{number:.15g}" if abs(number) >= 0.0001 else f"{number:.15f}".rstrip("0")  # 0,000098, not 9,8e-05
        return exact.replace(".", ",")
    digits = str(int(number))
    return shaped(digits, code.split(";")[0]) if _is_code(code) else digits


def _shown(code: str) -> str:
    return _NO_VALUE.sub("", code.split(";")[0]).lower()


def _is_moment(code: str) -> bool:
    return re.search("[ymdhs]", _shown(code)) is not None


def _is_code(code: str) -> bool:
    """Whether a format shows a number with zeros in front, as 00000 does."""
    return _shown(code).count("0") > 1 and not re.search("[.,%e?]", _shown(code))


def moment(number: float, elapsed: bool, from_1904: bool) -> str:
    """An Excel day number as a date, a time, or both; a duration may be longer than a day."""
    seconds = round(number * 86_400)
    clock = f"{seconds // 3600:02}:{seconds % 3600 // 60:02}" + (f":{seconds % 60:02}" if seconds % 60 else "")
    if seconds >= 0 and (elapsed or seconds < 86_400):
        return clock
    if not from_1904 and 60 <= number < 61:
        return "1900-02-29"  # Excel counts 29 February 1900, which never was: marked as not a date
    begin = datetime(1904, 1, 1) if from_1904 else datetime(1899, 12, 31 if number < 60 else 30)
    try:
        found = begin + timedelta(seconds=seconds)
    except OverflowError:
        return f"{number:.15g}".replace(".", ",")
    day = f"{found.year:04}-{found.month:02}-{found.day:02}"
    return day if seconds % 86_400 == 0 else f"{day} {found:%H:%M}" + (f"{found::%S}" if found.second else "")


def shaped(digits: str, code: str) -> str:
    """A whole number shown in a format of zeros and texts: 6844 in 00000 → 06844, in "D-"00000 → D-06844."""
    signs = re.findall(r'"([^"]*)"|\\(.)|\[[^\]]*\]|[_*].|(.)', code)
    places = sum(plain in "0#" for quoted, escaped, plain in signs if plain)
    negative, digits = digits.startswith("-"), digits.lstrip("-")
    padded = digits.rjust(places, "\0")
    parts, position = [padded[: len(padded) - places]], len(padded) - places
    for quoted, escaped, plain in signs:
        if plain and plain in "0#":
            digit = padded[position]
            parts.append(("0" if plain == "0" else "") if digit == "\0" else digit)
            position += 1
        else:
            parts.append(quoted or escaped or plain)
    return ("-" if negative else "") + "".join(parts).strip()


def unescaped(text: str) -> str:
    """The text with Excel's escapes decoded: "Zeile_x000D_" ends with a carriage return."""
    if "_x" not in text:
        return text
    found = _ESCAPED.sub(lambda match: chr(int(match.group(1), 16)), text)
    return found.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def column_of(letters: str) -> int:
    """The number of a column: A → 1, AA → 27."""
    if letters not in _COLUMNS:
        if not re.fullmatch("[A-Z]{1,4}", letters):
            raise ValueError(letters)
        number = 0
        for letter in letters:
            number = 26 * number + ord(letter) - 64
        _COLUMNS[letters] = number
    return _COLUMNS[letters]
