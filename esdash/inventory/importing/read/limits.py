"""How large an imported file may be. A city has some hundred records; hostile files may be endless."""

MAX_BYTES = 20_000_000  # bytes of the file
MAX_ROWS = 20_000
MAX_COLUMNS = 200
MAX_CELLS = 400_000  # filled cells: 20,000 rows with 20 columns, or 5,000 with 80
MAX_CHARACTERS = 12_000_000  # XLSX: of all cells together, because a million cells can refer to one long text
MAX_CELL_CHARACTERS = 131_072  # CSV: of one cell; spreadsheet programs allow a quarter of it
FULL_CELL = 32_767  # XLSX: characters that a cell can hold; a text of this length was probably cut off
MAX_UNZIPPED_BYTES = 50_000_000  # XLSX: unzipped; a usual list of 5,000 rows unzips to 5 MB
MAX_MEMBERS = 2_000  # XLSX: files in the archive; one per sheet, picture and comment
MAX_MEMORY_BYTES = 1_000_000_000  # XLSX: address space of the reading process
MAX_SECONDS = 20  # XLSX: time of the reading process
MAX_WIDTH = 16_384  # CSV: cells of a row, including empty ones, which some programs write
MAX_LINE = 1_000_000  # CSV: characters of a line
MAX_LINES = 10_000  # CSV: lines of one row, whose cells may hold line breaks
MAX_MARKS = 100  # characters normalised at once: sorting n combining marks takes n² steps
MAX_OBJECTS = 400_000  # JSON: objects and lists; each takes at least 60 bytes of memory, however short in the file
MAX_FIELDS = 600_000  # GeoJSON: names with a value; 20,000 places with 25, or 8,000 with 70
