"""The inventory in words: names, sentences and columns, the same for pages, files and commands."""
