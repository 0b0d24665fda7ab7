"""The inventory file: opening, reading, the write door, the change log, past states."""
