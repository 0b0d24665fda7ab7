"""The dialled form of the phones that a file of an earlier version holds, filled once when it is opened."""

import duckdb

from esdash.model.phones import DIALLED, e164

_TABLES = ("organization", "contact", "contact_point")


def fill(connection: duckdb.DuckDBPyConnection) -> None:
    """Fill the column of all tables with phones; no change of anybody, so without entries in the change log."""
    for table in _TABLES:
        connection.execute(
            f"DROP TRIGGER IF EXISTS log_{table}_update ON inventory.{table}"
        )  # made anew after migrating
        written = connection.execute(f"SELECT DISTINCT phone FROM inventory.{table} WHERE phone IS NOT NULL").fetchall()
        pairs = [(phone, number) for (phone,) in written if (number := e164(phone)) is not None]
        if pairs:
            connection.execute(
                f"UPDATE inventory.{table} SET {DIALLED} = map_extract_value(map($phones, $numbers), phone) "
                "WHERE phone IN $phones",
                {"phones": [phone for phone, _ in pairs], "numbers": [number for _, number in pairs]},
            )
