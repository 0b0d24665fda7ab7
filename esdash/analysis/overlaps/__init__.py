"""The same work done twice (METHODS M6)."""
