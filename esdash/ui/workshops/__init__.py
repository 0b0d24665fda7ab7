"""Werkstatt: workshops, ideas and promises."""
