"""The inventory file: opening, reading, the one way to change it, the change log, past states."""
