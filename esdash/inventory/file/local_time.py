"""The time zone of the city. Tables hold moments in UTC; what people see, and the end of a day, follows the city.

The views of the tables, which all queries read, show moments in local time (`VIEW_COLUMN`); code that reads a
table itself (`inventory.change_log`) gets UTC.
"""

from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import duckdb

from esdash.errors import UserError

DEFAULT = "Europe/Berlin"  # for a city without a time zone, and for inventories older than this column

# What a view selects for a column of moments.
_ZONE = f"coalesce((SELECT any_value(timezone) FROM inventory.city), '{DEFAULT}')"
VIEW_COLUMN = f"timezone({_ZONE}, timezone('UTC', {{0}})) AS {{0}}"


def zone(connection: duckdb.DuckDBPyConnection) -> ZoneInfo:
    """The time zone of the city in the attached database `inventory`, also of one whose city has no such column yet."""
    try:
        rows = connection.execute("SELECT timezone FROM inventory.city WHERE timezone IS NOT NULL").fetchall()
    except duckdb.BinderException:  # no such column yet
        return ZoneInfo(DEFAULT)
    return ZoneInfo(rows[0][0] if rows else DEFAULT)  # fetched whole: a half-read result blocks a CHECKPOINT


def checked(name: str, path: Path) -> str:
    """The name of a time zone, as read from the file at `path`. Raises UserError if there is no such zone."""
    try:
        return ZoneInfo(name).key
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:  # KeyError: unknown zone
        raise UserError("city_file_wrong", path=path, details=f"timezone: {name}") from error


def by_the_clocks(moment: datetime, zone: ZoneInfo) -> datetime:
    """A moment in the local time of the city; a moment without a zone is taken as UTC, as in the tables."""
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(zone)


def end_of(day: date, zone: ZoneInfo) -> datetime:
    """The last moment of a local day, in UTC."""
    return datetime.combine(day + timedelta(days=1), time(), zone).astimezone(UTC) - timedelta.resolution
