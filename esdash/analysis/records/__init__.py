"""Records in lists and one by one, search and facets, and the history of a record (METHODS M10)."""
