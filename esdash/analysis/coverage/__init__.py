"""Need, coverage and gaps (METHODS M1 to M4)."""
