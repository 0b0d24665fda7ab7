"""Entering and keeping single records: the list, the record, the form."""
