-- Version 9: what an offer of unknown size may hold, agreed for each field of action (METHODS M11).

-- One row per field of action with an agreed range of places per week. No row: the usual range (judgements.py).
CREATE TABLE capacity_range (
    capacity_range_id VARCHAR PRIMARY KEY,      -- the field of action
    theme_id VARCHAR NOT NULL,                  -- the same, as a reference
    low DOUBLE NOT NULL CHECK (low >= 0),
    central DOUBLE NOT NULL CHECK (central >= low),
    high DOUBLE NOT NULL CHECK (high >= central),
    agreed_on DATE NOT NULL,
    agreed_by VARCHAR NOT NULL,
    reason VARCHAR NOT NULL CHECK (trim(reason) <> ''),
    version INTEGER NOT NULL DEFAULT 1
);
