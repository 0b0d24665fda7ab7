-- Version 3: who sent an imported file, and what the headers and words of that sender mean.

ALTER TABLE import_run ADD COLUMN sender VARCHAR;      -- NULL: not given
ALTER TABLE import_run ADD COLUMN rows_faulty INTEGER; -- left out because of a fault; NULL: imported before this version

-- One row per header or word of a sender with a known meaning. Words are stored as they were written, so that an
-- erasure finds a person in them; for the same reason the key is not made from the word.
CREATE TABLE sender_mapping (
    sender_mapping_id VARCHAR PRIMARY KEY,
    sender VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,                      -- kind of table, as import_run has it
    field VARCHAR,                              -- in whose cells the word stands; NULL: it is the header of a column
    word VARCHAR NOT NULL,
    meaning VARCHAR,                            -- our field for a header, our id for a word; NULL: not to be imported
    learned_on DATE NOT NULL,
    version INTEGER NOT NULL DEFAULT 1
);
