"""Files that others send, read into plain tables of text."""
