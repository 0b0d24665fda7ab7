"""Public holidays of the Länder, by the package of the same name."""

from datetime import date
from functools import cache

COUNTRY = "DE"
_SPOKEN = {"de": "de", "en": "en_US"}


def holiday(day: date, land: str | None, language: str = "de") -> str | None:
    """The name of the public holiday on a day; None on other days.

    `land`: ISO 3166-2 without "DE-", as ST; None: only holidays of the whole country.
    """
    return of_year(day.year, land, language).get(day)


@cache
def of_year(year: int, land: str | None, language: str = "de") -> dict[date, str]:
    """The public holidays of a year, with their names; read once for each Land."""
    import holidays  # takes a moment, and only hours need it

    return dict(holidays.country_holidays(COUNTRY, subdiv=land, years=year, language=_SPOKEN[language]))
