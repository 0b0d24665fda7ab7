"""The page Importieren, in three steps: the file, the meaning of its columns and words, checking and importing."""
