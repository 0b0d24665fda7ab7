"""Minutes as PDF and text, decisions as tables."""
