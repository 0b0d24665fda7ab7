"""How large an imported file may be. An inventory of a city has some hundred records; hostile files have no end."""

MAX_BYTES = 20_000_000  # the file itself
MAX_ROWS = 20_000
MAX_COLUMNS = 200
MAX_CELLS = 400_000  # filled ones: 20,000 rows with 20 columns, or 5,000 with 80
MAX_CHARACTERS = 12_000_000  # XLSX: all cells together; one long text can be referred to a million times
MAX_CELL_CHARACTERS = 131_072  # CSV: of one cell; in a spreadsheet program a quarter of it
FULL_CELL = 32_767  # XLSX: characters that a cell can hold; a text of this length was probably cut off
MAX_UNZIPPED_BYTES = 50_000_000  # XLSX: what it unzips to; a usual list of 5,000 rows unzips to 5 MB
MAX_MEMBERS = 2_000  # XLSX: files inside; one per sheet, picture and comment
MAX_MEMORY_BYTES = 1_000_000_000  # XLSX: address space of the reading process
MAX_SECONDS = 20  # XLSX: time of the reading process
MAX_WIDTH = 16_384  # CSV: cells of a row, empty ones too, as spreadsheet programs may write them
MAX_LINE = 1_000_000  # CSV: characters of a line
MAX_LINES = 10_000  # CSV: lines of one row, with line breaks inside its cells
MAX_MARKS = 100  # characters that are put together at once: marks above letters are sorted, which takes their square
MAX_OBJECTS = 400_000  # JSON: objects and lists; what is small in the file takes 60 bytes and more each in memory
