"""Records as lists and one by one, search and facets, their history (METHODS M10)."""
