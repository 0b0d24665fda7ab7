"""How large an imported file may be. An inventory of a city has some hundred records; hostile files have no end."""

MAX_BYTES = 20_000_000  # the file itself
MAX_UNZIPPED_BYTES = 50_000_000  # XLSX: what it unzips to; a usual list of 5,000 rows unzips to 5 MB
MAX_ROWS = 20_000
MAX_COLUMNS = 200
MAX_CHARACTERS = 30_000_000  # XLSX: all cells together; one long text can be referred to a million times
MAX_MEMORY_BYTES = 1_000_000_000  # XLSX: address space of the reading process
MAX_SECONDS = 20  # XLSX: time of the reading process
