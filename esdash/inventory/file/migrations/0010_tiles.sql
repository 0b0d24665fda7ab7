-- Version 10: where each district lies on the tile map, and the rivers between the tiles, both from the city's folder.

ALTER TABLE district ADD COLUMN IF NOT EXISTS tile_column INTEGER;  -- from the west, from 1; NULL: worked out
ALTER TABLE district ADD COLUMN IF NOT EXISTS tile_row INTEGER;     -- from the north, from 1

-- One row per bend of a river on the tile map.
CREATE TABLE tile_river (
    tile_river_id VARCHAR PRIMARY KEY,          -- river|bend
    river VARCHAR NOT NULL,
    bend INTEGER NOT NULL,                      -- the order of the points of its line
    west DOUBLE NOT NULL CHECK (west >= 0),     -- tiles between the western edge and this point
    north DOUBLE NOT NULL CHECK (north >= 0)    -- tiles between the northern edge and this point
);
