"""Workshops, their ideas and promises: what became of each."""
