"""The same record entered twice (METHODS M5)."""
