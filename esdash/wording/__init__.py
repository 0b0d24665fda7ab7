"""What stands in the inventory, in words: names, sentences, columns. Knows no page and no file."""
