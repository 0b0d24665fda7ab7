"""The clocks of the city. The tables hold moments in UTC; what people see, and where a day ends, follows the city.

The views of the tables, which every question reads, show moments by these clocks (`VIEW_COLUMN`); code that reads a
table itself (`inventory.change_log`) gets UTC.
"""

from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import duckdb

from esdash.errors import UserError

DEFAULT = "Europe/Berlin"  # for a city that names none, and for inventories from before cities did

# What a view has in the place of a column of moments.
_ZONE = f"coalesce((SELECT any_value(timezone) FROM inventory.city), '{DEFAULT}')"
VIEW_COLUMN = f"timezone({_ZONE}, timezone('UTC', {{0}})) AS {{0}}"


def zone(connection: duckdb.DuckDBPyConnection) -> ZoneInfo:
    """The time zone of the city in the attached database `inventory`."""
    rows = connection.execute("SELECT timezone FROM inventory.city WHERE timezone IS NOT NULL").fetchall()
    return ZoneInfo(rows[0][0] if rows else DEFAULT)  # all rows: an answer half fetched would hold up a CHECKPOINT


def checked(name: str, path: Path) -> str:
    """The name of a time zone, from the file at `path`. Raises UserError for one that does not exist."""
    try:
        return ZoneInfo(name).key
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:  # KeyError: no such zone
        raise UserError("city_file_wrong", path=path, details=f"timezone: {name}") from error


def by_the_clocks(moment: datetime, zone: ZoneInfo) -> datetime:
    """A moment as the clocks of the city show it; one without a zone is UTC, as in the tables."""
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(zone)


def end_of(day: date, zone: ZoneInfo) -> datetime:
    """The last moment of a day of the city, in UTC."""
    return datetime.combine(day + timedelta(days=1), time(), zone).astimezone(UTC) - timedelta.resolution
